package markup

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"briefing/internal/diag"
)

// The levels that a heading may have. The first is the page's title.
const topHeading, lastHeading = 2, 4

// heading prints a heading and lists it.
func (p *printer) heading(n *ast.Heading) {
	at := p.headingSpan(n)
	switch {
	case n.Level < topHeading:
		p.report(at, diag.BadHeading, "a heading of the first level", "the page's title is the front matter's title; use ##")
	case n.Level > lastHeading:
		p.report(at, diag.BadHeading, fmt.Sprintf("a heading of level %d", n.Level), "#### is the deepest")
	case n.Level > p.level()+1:
		p.report(at, diag.BadHeading, fmt.Sprintf("a heading of level %d under one of level %d", n.Level, p.level()),
			"use "+strings.Repeat("#", p.level()+1)+": no level may be skipped on the way down")
	case !n.HasChildren():
		p.report(at, diag.BadHeading, "a heading without text", "")
	}
	if p.quoting {
		p.report(at, diag.BadQuotation, "a heading in a quotation", "the words are also shown on the speaker's page: quote without the heading")
	}
	// The text is printed twice, first as a table of contents repeats it: a link cannot stand
	// there, since the line is one.
	words := p.bareHTML(n)
	h := Heading{Level: min(max(n.Level, topHeading), lastHeading), ID: p.headingID(words), HTML: words, At: p.position.mark(at)}
	p.fragment.Headings = append(p.fragment.Headings, h)

	level := strconv.Itoa(h.Level)
	p.write("<h", level, ` id="`, h.ID, `">`)
	p.headingText(n, h.ID)
	p.write("</h", level, ">\n")
}

// headingText prints the text of a heading as a link to it. Where the text holds a link or a mark of its own, the link follows it and has
// no words, for no link may lie in another.
func (p *printer) headingText(n *ast.Heading, id string) {
	start, holes := len(p.out), len(p.holes)
	p.titled = true
	p.children(n)
	p.titled = false
	self := `<a class="self" href="#` + id + `"`
	if len(p.holes) > holes || bytes.Contains(p.out[start:], []byte("<a ")) {
		p.write(self, ` aria-label="Link to this section"></a>`)
		return
	}
	p.out = slices.Insert(p.out, start, []byte(self+">")...)
	p.write("</a>")
}

// level returns the level of the heading under which the next one stands, at first the page's title.
func (p *printer) level() int {
	if n := len(p.fragment.Headings); n > 0 {
		return p.fragment.Headings[n-1].Level
	}
	return topHeading - 1
}

// headingSpan returns the span from a heading's marks to the end of its text.
func (p *printer) headingSpan(n *ast.Heading) span {
	at := span{n.Pos(), n.Pos() + n.Level}
	if l := n.Lines(); l.Len() > 0 {
		at.stop = l.At(l.Len() - 1).Stop
	}
	return at
}

// headingID returns an id for a heading whose text is given as HTML. It is one that no other part
// of the page has.
func (p *printer) headingID(words string) string {
	if p.ids == nil {
		p.ids = make(map[string]int, len(p.src.Reserved)+8)
		for _, id := range p.src.Reserved {
			p.ids[id] = 1
		}
	}
	base := slug(plainText(words))
	if p.numbered(base) {
		base = "the-" + base
	}
	id := base
	// For each id that is taken, ids holds the last number put behind it: a thousand equal headings
	// take a thousand steps.
	for p.ids[id] > 0 {
		p.ids[base] = max(p.ids[base], 1) + 1
		id = base + "-" + strconv.Itoa(p.ids[base])
	}
	p.ids[id] = 1
	return id
}

// slug returns text as an id: lower case, letters and digits of every script kept, one hyphen for
// what stands between words.
func slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range text {
		// Dashes and slashes part words too, other punctuation does not: the UK's is one.
		switch {
		case unicode.IsSpace(r) || r == '-' || r == '_' || r == '–' || r == '—' || r == '/':
			gap = true
		case inSlug(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// inSlug reports whether r is a letter, a digit or an accent that follows one.
func inSlug(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// numbered reports whether id is one that quotations or other numbered parts of the page may take, or that gets such an id when a number is
// put behind it.
func (p *printer) numbered(id string) bool {
	word := strings.TrimRight(id, "0123456789")
	if word == id {
		word += "-"
	}
	return word == quoteID || strings.HasSuffix(word, "-") && slices.Contains(p.src.Reserved, word)
}
