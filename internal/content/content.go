// Package content reads one content file and returns one entry.
//
// An entry is a Markdown file. The folder in which it lies says its kind (actors, series, events, pledges, figures, briefs,
// sources, pages; folders within these are free), its name without .md is its id. It is UTF-8, with or without a byte order mark, with
// line ends of either sort, and at most 1 MiB long. It begins with front matter, which is YAML between two lines of three hyphens:
//
//	---
//	title: 28th meeting of the contact group
//	date: 2025-06-04
//	---
//
//	The body, in Markdown.
//
// The keys of the front matter are those of the kind's [dossier.Table], decoded strictly: each key once, none unknown, none
// required missing, none empty, each value of its type. Keys that exclude or need each other are told of with both places. Anchors,
// aliases, merge keys and tags of YAML are refused, and so is nesting deeper than 20 levels. Texts of front matter are plain:
// references work in the body alone.
//
// Every value is read as the text that stands in the file. Quotation marks, the order of keys, comments and the style of YAML change
// nothing, and no word is taken for a boolean, a number or a date unless its key asks for one: the country code NO and the
// language no are what they seem.
//
// Where a record has one key that matters most, that value may stand for the record, and where a list often has one item, the item may
// stand for the list:
//
//	announced: 2025-06-04            announced: {date: 2025-06-04}
//	donors: [norway]                 donors: [{actor: norway}]
//	source: guardian-2025-06-04      source: [guardian-2025-06-04]
//
// White space within a text counts as one space, so that a text may run over several lines in any style of YAML. A list of ids or of
// tags holds each once. The value TODO, which templates of new entries hold, is a problem wherever it stands.
//
// The site's own file, content/site.yaml, is YAML without hyphens around it, and read by the same rules; see [ParseSite]. It refers to
// entries in its navigation alone, which later stages resolve.
//
// # Rates
//
// Exchange rates are facts with sources, in content/rates.csv; see [ParseRates]. It is CSV by RFC 4180, in UTF-8, at most 1 MiB long, and
// begins with a line of columns, which may stand in any order:
//
//	date,pair,rate,source
//	2025-06-04,EUR/USD,1.25,central-bank-2025-06
//
// The date is a day. Of the pair EUR/USD the rate says what one euro was in dollars; that of two currencies on one day is given once,
// either way round. A site without the file converts nothing.
//
// # Problems
//
// A problem stands under the culprit: a value, or the key where the value is a list, a record or missing. Errors of the YAML parser are
// told in our words and at the place of the cause, which is often not where the parser stopped; see wording.go. A character that no
// text may hold is reported and read as a space, so that the rest of the file is still checked; a misspelt key counts as given,
// so that one slip is one problem. After an error of YAML syntax the keys are not read, the body is.
//
// Reading one file reads no other (the parse law). [Parse] returns an entry whatever is wrong with the file, so that references to it
// still lead somewhere, and all problems that it can see in one run.
package content

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// MaxSize is the greatest size of an entry in bytes.
const MaxSize = 1 << 20

// Identify returns the kind and the id of the entry in the named file, a path such as content/events/udcg-28.md whose first
// element is the content folder.
func Identify(name string) (dossier.Kind, dossier.ID, diag.List) {
	var problems diag.List
	id := dossier.ID(strings.TrimSuffix(path.Base(name), ".md"))
	parts := strings.Split(name, "/")
	kind, ok := dossier.KindOf(parts[min(1, len(parts)-1)])
	if !ok || len(parts) < 3 {
		kind = ""
		problems.Add(diag.Problem{
			Pos: diag.Pos{File: name}, Code: diag.UnknownPlace,
			Msg: "no kind of entry has this folder", Hint: "move it to one of " + folders(parts),
		})
	}
	if !id.Valid() {
		problems.Add(diag.Problem{
			Pos: diag.Pos{File: name}, Code: diag.BadID, Msg: fmt.Sprintf("%q is not an id", id),
			Hint: fmt.Sprintf("rename the file to %s.md: lower-case letters a to z, digits and single hyphens", kebab(string(id))),
		})
	}
	return kind, id, problems
}

// folders lists the folders for entries, the likeliest first.
func folders(parts []string) string {
	var names []string
	for _, k := range dossier.Kinds {
		names = append(names, k.Folder()+"/")
	}
	if len(parts) > 2 {
		if near, ok := diag.Nearest(parts[1]+"/", slices.Values(names)); ok {
			others := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == near })
			return near + " (the nearest), " + strings.Join(others, ", ")
		}
	}
	return strings.Join(names, ", ")
}

// kebab returns the id that comes nearest to s. Letters lose their accents; those of other scripts, and the few of ours that are no letter
// with an accent, such as ł, part words. The result is always an id, so that a file of any name has one.
func kebab(s string) dossier.ID {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
	words := strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return "a-name-of-its-own"
	}
	return dossier.ID(strings.Join(words, "-"))
}

// Parse reads the entry in src, the bytes of the named file. It returns nil only where the file's folder gives no kind; a file whose name
// is no id has the id that comes nearest.
func Parse(name string, src []byte) (dossier.Entry, diag.List) {
	kind, id, problems := Identify(name)
	if kind == "" {
		return nil, problems
	}
	if !id.Valid() {
		id = kebab(string(id))
	}
	form := dossier.Borrow(kind)
	defer form.Return()
	// Until the front matter says better the title is the id, so that even a broken entry has a name on other pages.
	head := form.Entry.Base()
	head.ID, head.File, head.Title = id, name, string(id)
	problems = append(problems, fill(form, src)...)
	return form.Made(), problems
}

// fill reads the bytes of an entry's file. Whatever stops one of the steps leaves an entry that is broken: what refers to it is not told to
// lead nowhere.
func fill(form *dossier.Form, src []byte) diag.List {
	head := form.Entry.Base()
	src, problems, ok := clean(head.File, src)
	if !ok {
		head.Broken = true
		return problems
	}
	matter, problem := split(head.File, src)
	if problem != nil {
		head.Broken = true
		return append(problems, *problem)
	}
	links, list := decode(form, matter)
	problems = append(problems, list...)
	text, list := markup.Compile(markup.Source{
		File: head.File, Line: matter.bodyLine, Text: matter.body, Reserved: dossier.Sections,
	})
	head.Body = &dossier.Body{Fragment: text, Links: links}
	return append(problems, list...)
}

// Passages returns the passages of an entry's body, for programs that read prose; none where the front matter cannot be told from it.
func Passages(name string, src []byte) []markup.Passage {
	m, problem := split(name, src)
	if problem != nil {
		return nil
	}
	return markup.Passages(markup.Source{File: name, Line: m.bodyLine, Text: m.body})
}

// unmerged reports a file in which a merge has left both versions: whatever else is wrong with it comes of that.
func unmerged(name string, src []byte) *diag.Problem {
	const mark = "\n<<<<<<< "
	start := bytes.Index(src, []byte(mark))
	if start < 0 || !bytes.Contains(src[start:], []byte("\n=======")) || !bytes.Contains(src[start:], []byte("\n>>>>>>> ")) {
		return nil
	}
	return &diag.Problem{
		Pos: place(src, start+1).In(name), Code: diag.Unmerged, Msg: "a merge has left two versions here",
		Hint: "keep one of the two, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>",
	}
}

// mostFaults is how many faulty characters of one file are reported. A file with more is no text, such as a picture with the wrong
// name, which would have a problem for each of its bytes.
const mostFaults = 10

// clean returns src without its byte order mark, and with a space in place of each character that no text may hold, so that the
// columns of all others stay what they are. It reports whether src is text at all.
func clean(name string, src []byte) ([]byte, diag.List, bool) {
	whole := func(code diag.Code, hint, msg string) ([]byte, diag.List, bool) {
		return nil, diag.List{{Pos: diag.Pos{File: name}, Code: code, Msg: msg, Hint: hint}}, false
	}
	switch {
	case len(src) > MaxSize:
		return whole(diag.FileTooLarge, "split the entry into several", fmt.Sprintf("the file has %d bytes, and %d is the limit", len(src), MaxSize))
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return whole(diag.InvalidUTF8, "save the file as UTF-8", "the file is in UTF-16")
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if p := unmerged(name, src); p != nil {
		return nil, diag.List{*p}, false
	}
	var problems diag.List
	out := src
	for offset := plain(src); offset < len(src) && len(problems) < mostFaults; offset += plain(src[offset:]) {
		r, size := utf8.DecodeRune(src[offset:])
		p := diag.Problem{Code: diag.BadCharacter, Hint: "delete it"}
		switch {
		case r == utf8.RuneError && size == 1:
			p.Code, p.Hint = diag.InvalidUTF8, "save the file as UTF-8"
			p.Msg = fmt.Sprintf("byte 0x%02x is not part of a UTF-8 character", src[offset])
		case r == '\r' && !bytes.HasPrefix(src[offset:], []byte("\r\n")) && offset+1 < len(src):
			p.Msg, p.Hint = "a carriage return without a line feed", "end lines with LF or with CRLF"
		case isControl(r):
			p.Msg = fmt.Sprintf("control character U+%04X", r)
		}
		// The rest of the file stays where it is behind src; only what stands before the fault may have been replaced already.
		if p.Msg != "" {
			p.Pos = place(src, offset).In(name)
			if p.Code == diag.BadCharacter && r != '\r' {
				p.Fix = diag.Edit{Pos: p.Pos, Old: string(r), New: replacement(r)}
			}
			problems.Add(p)
			out = slices.Concat(out[:len(out)-len(src)+offset], []byte(" "), src[offset+size:])
		}
		offset += size
	}
	return out, problems, len(problems) < mostFaults
}

// plain returns how many characters at the start of a text every text may hold, as are nearly all.
func plain(text []byte) int {
	for i, c := range text {
		if (c < ' ' || c > '~') && c != '\n' {
			return i
		}
	}
	return len(text)
}

// replacement returns what stands for a character that no text may hold: nothing, but for those that part words.
func replacement(r rune) string {
	if r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' {
		return " "
	}
	return ""
}

// isControl reports whether r is a character that no text needs and no reader sees: a control character, a separator of lines that
// editors do not count as such, a byte order mark within the text, or no character at all.
func isControl(r rune) bool {
	switch r {
	case '\n', '\r', '\t':
		return false
	case '\u2028', '\u2029', '\ufeff':
		return true
	}
	return unicode.IsControl(r) || r&0xfffe == 0xfffe
}

// place returns the mark of an offset.
func place(src []byte, offset int) diag.Mark {
	before := src[:offset]
	line := bytes.Count(before, []byte("\n"))
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Mark{Line: int32(line + 1), Col: int32(utf8.RuneCount(before[start:]) + 1), Len: 1}
}
