package feedlint

import (
	"bytes"
	"unicode/utf8"
)

const (
	// sizeLimit is the size in bytes beyond which a file is not read at all.
	sizeLimit = 64 << 20

	// depthLimit is how deep elements, objects and components may lie in each other.
	depthLimit = 64

	// attributesLimit is how many attributes an element may have.
	attributesLimit = 64

	// pollLimit is the size in bytes that a client can be asked to fetch every hour.
	pollLimit = 250_000
)

// textRules are about a file before anything is known of its structure.
var textRules = []Rule{
	// What comes from elsewhere may be made to exhaust whoever reads it, so that readers have limits too, mostly lower ones.
	{Code: "feed-limit", Means: "the file is too large, or too deep, to be read", Spec: "RFC 4287 section 8; RFC 8259 section 9",
		Hint: "leave out items, or divide the file", find: parsed("feed-limit")},
	// A feed is fetched whole each time that anything in it changed.
	{Code: "feed-large", Warning: true, Means: "the file is large for something that is fetched every hour", Spec: "JSON Feed 1.1, “Suggestions for publishers”; RFC 5005 section 4",
		Hint: "keep fewer items, and the others in archives", find: large},
	// A reader that meets a byte which is no character refuses the file, or shows a sign of replacement.
	{Code: "feed-utf8", Means: "the file is not UTF-8", Spec: "RFC 8259 section 8.1; RFC 5545 section 3.1.4; XML 1.0 section 2.2",
		Hint: "write it as UTF-8", find: notUTF8},
	// RFC 8259 forbids writers the mark, and a parser of any format that does not expect it finds text before the root.
	{Code: "feed-bom", Means: "the file begins with a byte order mark", Spec: "RFC 8259 section 8.1",
		Hint: "leave the mark out", find: byteOrderMark},
	// A control character pasted from a PDF makes XML ill-formed, even as a character reference, and the feed stops for all subscribers.
	{Code: "feed-character", Means: "a character that the format forbids, or the sign for one that was lost", Spec: "XML 1.0 section 2.2; RFC 5545 section 3.1; W3C validator BadCharacters",
		Hint: "leave the character out where the text is read", find: badCharacter},
}

// large finds a file that costs its subscribers too much. An archive is fetched once.
func large(d *doc, report found) {
	if len(d.data) > pollLimit && !d.feed.archive && d.format&anyFeed != 0 {
		report(0, "the feed has %d bytes, more than %d", len(d.data), pollLimit)
	}
}

// notUTF8 finds the first byte that is no part of a character. In a calendar that is mostly a fold within a character, which has a
// rule of its own.
func notUTF8(d *doc, report found) {
	if d.format == ical && utf8.Valid(unfolded(d.data)) {
		return
	}
	for i := 0; i < len(d.data); {
		r, n := utf8.DecodeRune(d.data[i:])
		if r == utf8.RuneError && n == 1 {
			report(i, "the byte %#02x is no part of a character", d.data[i])
			return
		}
		i += n
	}
}

// byteOrderMark finds the mark that some editors put before a text.
func byteOrderMark(d *doc, report found) {
	if bytes.HasPrefix(d.data, []byte("\ufeff")) {
		report(0, "the file begins with a byte order mark")
	}
}

// badCharacter finds the first character of a line that no reader can show.
func badCharacter(d *doc, report found) {
	// line is the offset of what was found in the line being read, or -1 where nothing was yet.
	line := -1
	for i, r := range string(d.data) {
		if r == '\n' {
			line = -1
		}
		if line < 0 && forbidden(r) && !(r == utf8.RuneError && !bytes.HasPrefix(d.data[i:], []byte("\ufffd"))) {
			line = i
			report(i, "the character U+%04X stands in the text", r)
		}
	}
}

// forbidden reports whether a character may stand in no feed. U+FFFD is what a writer puts where it lost something.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85 || r == utf8.RuneError || r == 0xfffe || r == 0xffff
}
