package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// termWord stands before the name of a term where an id is made of it.
const termWord = "term "

// A Term is what a definition list defines. Cut(Start, End) yields the definition.
type Term struct {
	ID         string   // of the element with the name
	Names      []string // as plain text: the list has them with commas between
	Start, End int32    // the first definition in HTML, without its tag
}

// A Mention is a place in a fragment's HTML at which an abbreviation stands that a glossary may explain: capital letters and digits.
type Mention struct {
	Offset int32
	Word   string
}

// term prints the name that a definition list defines, with a place of its own.
func (p *printer) term(n *xast.DefinitionTerm) {
	words := p.bareHTML(n)
	t := Term{ID: p.headingID(termWord + words), Names: strings.Split(plainText(words), ", ")}
	p.fragment.Terms = append(p.fragment.Terms, t)
	p.write(`<dt id="`, t.ID, `">`)
	p.defined = true
	p.children(n)
	p.defined = false
	p.write("</dt>\n")
}

// description prints what a definition list says of a term.
func (p *printer) description(n ast.Node) {
	p.write("<dd>")
	start := int32(len(p.out))
	p.children(n)
	if last := len(p.fragment.Terms) - 1; last >= 0 && p.fragment.Terms[last].End == 0 {
		p.fragment.Terms[last].Start, p.fragment.Terms[last].End = start, int32(len(p.out))
	}
	p.write("</dd>\n")
}

// mentions enters the abbreviations in the text that was printed from an offset on, where a link may stand.
func (p *printer) mentions(from int) {
	if p.bare || p.linked || p.titled || p.quoting || p.captioned || p.defined {
		return
	}
	text := p.out[from:]
	for i := 0; i < len(text); i++ {
		if text[i] < 'A' || text[i] > 'Z' {
			continue
		}
		n := abbreviation(text[i:])
		if n >= 2 && (from+i == 0 || !inWord(p.out[from+i-1])) && (i+n == len(text) || !inWord(text[i+n])) {
			p.fragment.Mentions = append(p.fragment.Mentions, Mention{int32(from + i), string(text[i : i+n])})
		}
		i += n - 1
	}
}

// abbreviation returns the length of what may be one at the start of s, which is a capital letter: capital letters and digits, with hyphens
// between them.
func abbreviation(s []byte) int {
	n := 1
	for n < len(s) && (isCapital(s[n]) || s[n] == '-' && n+1 < len(s) && isCapital(s[n+1])) {
		n++
	}
	return n
}

// isCapital reports whether a byte is a capital letter or a digit.
func isCapital(c byte) bool { return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' }

// inWord reports whether a byte is part of a word. Each byte of a letter that is not ASCII counts as one.
func inWord(c byte) bool {
	return c >= 0x80 || c == '&' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// FillMarked is Fill, and has mark append what stands for each abbreviation.
func (f *Fragment) FillMarked(dst []byte, fill func(dst []byte, h *Hole) []byte, mark func(dst []byte, word string) []byte) []byte {
	from, rest := int32(0), f.Mentions
	upTo := func(dst []byte, end int32) []byte {
		for len(rest) > 0 && rest[0].Offset < end {
			dst = mark(append(dst, f.HTML[from:rest[0].Offset]...), rest[0].Word)
			from, rest = rest[0].Offset+int32(len(rest[0].Word)), rest[1:]
		}
		dst = append(dst, f.HTML[from:end]...)
		from = end
		return dst
	}
	for i := range f.Holes {
		dst = fill(upTo(dst, f.Holes[i].Offset), &f.Holes[i])
	}
	return upTo(dst, int32(len(f.HTML)))
}
