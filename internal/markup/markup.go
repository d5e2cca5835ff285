// Package markup compiles the Markdown body of an entry to a [Fragment]: HTML with holes where
// cross-references go.
//
// The language is CommonMark with GitHub's tables, strikethrough and bare addresses, footnotes,
// definition lists and typographic quotes and dashes. Task lists, raw HTML and heading attributes
// are not part of it. To it come:
//
//	[[john-healey]]                       a reference; it shows the title of the entry it leads to
//	[[john-healey|the *UK* secretary]]    with its own text, which may hold inline Markdown but no brackets
//	[[udcg-28#outcomes|the outcomes]]     to a heading of that entry's page
//	[@guardian-2025-06-04, para. 3]       a citation, with or without a locator
//	[@a; @b, p. 2]                        several citations in one pair of brackets
//	> We will deliver.                    an attributed quotation: the last line of the blockquote begins with a dash
//	> — [[john-healey]], Brussels, [@a]   (— or -- or ---) and names one speaker and at least one source
//
// A reference or citation stands on one line and works in a table cell too, where [[id|text]] does
// not split the cell. In code all of this is literal; elsewhere \[ writes a bracket. Ids are
// lower-case ASCII letters and digits, with single hyphens between words.
//
// A title has the page to itself, so headings run from ## to ####, without leaving out a level. A
// heading's id is its text in lower case, letters of every script kept and spaces made hyphens; a
// second one of the same text gets -2. Ids that the package makes itself are quote-N, fn:N and
// fnref:N; no heading ever takes one of them.
//
// A definition list defines terms: each gets an id, and the names of one have commas between them. Capital letters and digits in the
// text, such as NATO, may be an abbreviation that is defined somewhere: their places are noted, except in headings, links, quotations and
// the names of terms, so that a page can lead to the definition.
//
// Links lead to https, http or mailto addresses, to paths of this site or to fragments. An image lies
// in content/media/ and is shown by its address, as in ![a map of the coast](/media/coast.png); it
// always needs an alternative text, for one that says nothing does not belong into a briefing.
//
// # HTML
//
// The HTML needs no styles of its own and has no style attributes. Beside the plain elements of
// Markdown, a theme meets these:
//
//	<a class="self" href="#quote-1">          a link to where it stands: around the text of a heading, empty in an attribution
//	<figure class="quotation" id="quote-1">   an attributed quotation: a blockquote, then a figcaption that begins with a dash
//	<dt id="term-name">                       what a definition list defines
//	<div class="table" role="region">         the box around a table, which scrolls where the table is too wide
//	<th class="num">, <td class="center">     cells of columns aligned right (---:) and in the middle (:---:)
//	<a class="footnote-ref">                  the mark of a footnote, within a sup
//	<section class="footnotes">               the footnotes, at the end
//	<a class="footnote-backref">              the link from a footnote back to its mark
//	<code class="language-go">                code whose fence names a language
//
// The hole of a citation follows the word before it at once, without the space that stands there in
// the source. What an attributed quotation quotes is also shown on the speaker's page, so that it
// holds no heading, footnote or other quotation: their ids are those of this page.
//
// # Problems
//
// Nesting, tables, lines and paragraphs have limits that no reader of a page would wish wider, so
// that no text takes more time or space than its length explains.
//
// Everything else that a Markdown processor would pass over in silence is a problem here, reported
// at its line and column: raw HTML, an unsafe link, a footnote or a link label that is not defined,
// a footnote that is never used, a block of code that never ends, a cell beyond those of a table's
// head. Compile never fails: it makes what it can of the text and reports the rest. It reads nothing
// but its argument, and may be called from many goroutines at once.
package markup

import (
	"sort"

	"briefing/internal/diag"
)

// A Source is the body of one entry, as it is on disk: line ends may be LF or CRLF.
type Source struct {
	File     string   // named in problems
	Line     int      // the line of File at which Text begins; 0 means 1
	Text     []byte   // UTF-8; control characters are dropped
	Reserved []string // ids that headings must not take: those of the page's own sections; outcome- means outcome-1, outcome-2, …
}

// A Fragment is compiled Markdown. It is immutable and holds no part of its source.
type Fragment struct {
	HTML     string // without what fills the holes
	Holes    []Hole // by Offset
	Headings []Heading
	Quotes   []Quote
	Paths    []Path
	Terms    []Term
	Mentions []Mention // by Offset
	Words    int       // in the prose and in the texts of references
}

// A HoleKind says what a hole is for.
type HoleKind uint8

const (
	Link     HoleKind = iota // [[target]]: a link to an entry
	Citation                 // [@target]: the mark of a note that names a source
)

// A Hole is a place in a fragment's HTML whose content depends on other entries. Several holes may
// share one place.
type Hole struct {
	Offset int32 // in HTML
	Kind   HoleKind
	Target string    // an id; nobody has checked that it exists
	Anchor string    // the heading's id after #, or ""
	Text   string    // of a link, its own text as HTML, "" for the target's title; of a citation, its locator as plain text
	At     diag.Mark // in the file
}

// A Heading is one line of a table of contents.
type Heading struct {
	Level int    // 2 to 4
	ID    string // letters, digits and hyphens; unique in the fragment
	HTML  string // the heading's text without links and notes
	At    diag.Mark
}

// A Path is a link or an image that leads to this site by its address, not by an id.
type Path struct {
	Address string    // begins with / or #; nobody has checked that it exists
	At      diag.Mark // in the file
}

// A Quote is an attributed quotation. Cut(Start, End) yields its words, to be shown elsewhere.
type Quote struct {
	ID         string    // of the figure that shows it: quote-1, quote-2, …
	Start, End int32     // the words in HTML: paragraphs, without the blockquote's tag and the attribution
	Speaker    string    // an id
	Sources    []string  // ids, at least one
	At         diag.Mark // the attribution
}

// Fill appends the fragment's HTML to dst. For each hole, in order, it calls fill, which appends
// what goes there.
func (f *Fragment) Fill(dst []byte, fill func(dst []byte, h *Hole) []byte) []byte {
	from := int32(0)
	for i := range f.Holes {
		h := &f.Holes[i]
		dst = append(dst, f.HTML[from:h.Offset]...)
		dst = fill(dst, h)
		from = h.Offset
	}
	return append(dst, f.HTML[from:]...)
}

// Cut returns the part of the fragment between two offsets of its HTML with its holes, those at
// either end included. The part has no headings and no quotes of its own.
func (f *Fragment) Cut(start, end int32) Fragment {
	// A hole at an end has no width, so that nobody can say on which side of it the cut goes; at
	// the ends of a quotation's words, where tags stand, there is none.
	first := sort.Search(len(f.Holes), func(i int) bool { return f.Holes[i].Offset >= start })
	last := sort.Search(len(f.Holes), func(i int) bool { return f.Holes[i].Offset > end })
	part := Fragment{HTML: f.HTML[start:end]}
	if first < last {
		part.Holes = make([]Hole, last-first)
		copy(part.Holes, f.Holes[first:last])
	}
	part.Words = countWords(part.HTML)
	for i := range part.Holes {
		part.Holes[i].Offset -= start
		part.Words += part.Holes[i].words()
	}
	return part
}

// words counts the words that the hole itself brings: those of a link's own text.
func (h *Hole) words() int {
	if h.Kind != Link {
		return 0
	}
	return countWords(h.Text)
}
