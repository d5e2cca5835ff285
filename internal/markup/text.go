package markup

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// appendText appends Markdown text as HTML: backslashes and character references are resolved, the
// rest is escaped.
func appendText(dst, src []byte) []byte {
	// Both have to be found in one pass: \&amp; is the text &amp;, and what a reference stands for
	// is not read again.
	from := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\\':
			if i+1 < len(src) && (util.IsPunct(src[i+1]) || src[i+1] == pipe) {
				dst = appendEscaped(dst, src[from:i])
				i++ // what follows the backslash is literal, another backslash too
				from = i
			}
		case '&':
			if s, n := characterReference(src[i:]); n > 0 {
				dst = appendEscaped(dst, src[from:i])
				dst = appendEscaped(dst, []byte(s))
				i += n - 1
				from = i + 1
			}
		}
	}
	return appendEscaped(dst, src[from:])
}

// characterReference returns what the reference at the start of s stands for, such as & for &amp;,
// and its length, or 0.
func characterReference(s []byte) (string, int) {
	const longest = len("&CounterClockwiseContourIntegral;")
	end := 1
	for end < len(s) && end < longest && (util.IsAlphaNumeric(s[end]) || s[end] == '#') {
		end++
	}
	if end == len(s) || s[end] != ';' {
		return "", 0
	}
	if s[1] == '#' {
		ref := string(s[:end+1])
		c := html.UnescapeString(ref)
		if c == ref {
			return "", 0
		}
		return c, end + 1
	}
	// html.UnescapeString would also take &copyright; for © and a word: only whole names count
	// here.
	if e, ok := util.LookUpHTML5EntityByName(string(s[1:end])); ok {
		return string(e.Characters), end + 1
	}
	return "", 0
}

// appendEscaped appends text to HTML, fit for an attribute too. Control characters are left out:
// they are no part of HTML.
func appendEscaped(dst, src []byte) []byte {
	from := 0
	for i := 0; i < len(src); i++ {
		if !special[src[i]] {
			continue
		}
		s, n := escape(src[i:])
		if n == 0 {
			continue // part of a character such as «, which begins like a control character
		}
		dst = append(dst, src[from:i]...)
		dst = append(dst, s...)
		i += n - 1
		from = i + 1
	}
	return append(dst, src[from:]...)
}

// special marks the bytes that escape has to look at.
var special = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = c != '\t' && c != '\n'
	}
	for _, c := range []byte{'<', '>', '&', '"', 0x7f, 0xc2} {
		t[c] = true
	}
	return t
}()

// escape returns what to write for the special character at the start of s, and its length; 0 if it
// may stay.
func escape(s []byte) (string, int) {
	switch s[0] {
	case '<':
		return "&lt;", 1
	case '>':
		return "&gt;", 1
	case '&':
		return "&amp;", 1
	case '"':
		return "&quot;", 1
	case pipe:
		return "|", 1
	case 0xc2: // the second half of the control characters, U+0080 to U+009F, begins so
		if len(s) > 1 && 0x80 <= s[1] && s[1] <= 0x9f {
			return "", 2
		}
		return "", 0
	}
	return "", 1
}

// plainText returns the text of HTML that a printer wrote.
func plainText(markup string) string { return html.UnescapeString(string(withoutTags([]byte(markup)))) }

// withoutTags drops the tags, in place. A printer writes < and > only around tags, so that no parser
// is needed.
func withoutTags(markup []byte) []byte {
	text := markup[:0]
	for len(markup) > 0 {
		before, rest, _ := bytes.Cut(markup, []byte{'<'})
		text = append(text, before...)
		_, markup, _ = bytes.Cut(rest, []byte{'>'})
	}
	return text
}

// A wordSign is what a byte or a character of HTML is to a count of words.
type wordSign byte

const (
	signOther  wordSign = iota
	signSpace           // ends a word
	signLetter          // or a digit: begins one
	signOpener          // of a tag or a character reference
	signPart            // of a character that must be decoded
)

// wordSigns has what each byte is.
var wordSigns = func() (t [256]wordSign) {
	for c := range t {
		t[c] = signPart
		if c < utf8.RuneSelf {
			t[c] = wordSignOf(rune(c))
		}
	}
	t['<'], t['&'] = signOpener, signOpener
	return t
}()

// wordSignOf returns what a character is that opens nothing.
func wordSignOf(r rune) wordSign {
	switch {
	case unicode.IsSpace(r):
		return signSpace
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return signLetter
	}
	return signOther
}

// countWords counts the words of HTML that a printer wrote: runs without a space that hold a letter
// or a digit. A tag does not end a word, and a character reference counts as a sign.
func countWords(markup string) int {
	words, counted := 0, false
	for i := 0; i < len(markup); {
		sign, n := wordSigns[markup[i]], 1
		switch sign {
		case signOpener:
			n = skip(markup[i:], markup[i])
		case signPart:
			var r rune
			r, n = utf8.DecodeRuneInString(markup[i:])
			sign = wordSignOf(r)
		}
		i += n
		switch {
		case sign == signSpace:
			counted = false
		case sign == signLetter && !counted:
			counted = true
			words++
			for i < len(markup) && wordSigns[markup[i]] == signLetter {
				i++
			}
		}
	}
	return words
}

// skip returns the length of the tag or character reference at the start of s.
func skip(s string, opener byte) int {
	closer := byte('>')
	if opener == '&' {
		closer = ';'
	}
	if i := strings.IndexByte(s, closer); i >= 0 {
		return i + 1
	}
	return len(s)
}

// Text returns the fragment's words without markup. For a link without a text of its own, and for the mark of a note, it has what name
// returns.
func (f *Fragment) Text(name func(h *Hole) string) string { return string(f.AppendText(nil, name)) }

// AppendText appends what Text returns to dst.
func (f *Fragment) AppendText(dst []byte, name func(h *Hole) string) []byte {
	const perName = 40
	from := len(dst)
	dst = f.Fill(slices.Grow(dst, len(f.HTML)+perName*len(f.Holes)), func(dst []byte, h *Hole) []byte {
		if h.Kind == Link && h.Text != "" {
			return append(dst, h.Text...)
		}
		return appendEscaped(dst, []byte(name(h)))
	})
	text := withoutTags(dst[from:])
	if bytes.IndexByte(text, '&') >= 0 {
		return append(dst[:from], html.UnescapeString(string(text))...)
	}
	return dst[:from+len(text)]
}
