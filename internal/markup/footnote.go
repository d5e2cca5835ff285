package markup

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"briefing/internal/diag"
)

// A footnoteDefinition is goldmark's block parser of footnotes. It remembers them, since goldmark
// forgets those that are not used.
type footnoteDefinition struct{ parser.BlockParser }

// Close is called when a footnote ends, and hands it on.
func (d footnoteDefinition) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	c := compilerOf(pc)
	if len(c.footnotes) < maxFootnotes {
		d.BlockParser.Close(n, reader, pc)
		c.footnotes = append(c.footnotes, n.(*xast.Footnote))
		return
	}
	n.Parent().RemoveChild(n.Parent(), n)
	if !c.crowded {
		c.crowded = true
		c.report(span{n.Pos(), n.Pos() + len("[^")}, diag.TooManyFootnotes, fmt.Sprintf("more than %d footnotes", maxFootnotes),
			"split the text into several entries, or cite sources with [@source]")
	}
}

// maxFootnotes is how many footnotes a text may have. goldmark compares each mark with all of them.
const maxFootnotes = 1000

// undefinedFootnote sees the [^label] that goldmark's parser did not take, because no such footnote
// is defined.
type undefinedFootnote struct{}

// Trigger has the ! that goldmark's parser has too: after a word, ![^label] is a footnote and not
// an image.
func (undefinedFootnote) Trigger() []byte { return []byte{'[', '!'} }

// Parse makes the mark literal text, so that the link parser does not look at it again.
func (undefinedFootnote) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark := bytes.TrimPrefix(line, []byte("!"))
	if !bytes.HasPrefix(mark, []byte("[^")) {
		return nil
	}
	end := bytes.IndexAny(mark[2:], "[]\n") + 2
	if end <= 2 || mark[end] != ']' || util.IsSpace(mark[2]) || end+1 < len(mark) && (mark[end+1] == '(' || mark[end+1] == '[') {
		return nil // text in brackets, or that of a link
	}
	start := segment.Start + len(line) - len(mark)
	stop := start + end + 1
	c := compilerOf(pc)
	c.undefinedFootnote(span{start, stop}, string(restore(mark[2:end])))
	block.Advance(stop - segment.Start)
	return ast.NewTextSegment(text.NewSegment(segment.Start, stop))
}

// undefinedFootnote reports a mark and names the definition that it may have been meant for.
func (c *compiler) undefinedFootnote(at span, label string) {
	if c.crowded {
		return // it may be one of those that are too many
	}
	hint := fmt.Sprintf(`define it on a line of its own as [^%s]: text, or write \[^ if it is meant literally`, label)
	if near, ok := c.nearest(label, func(yield func(string) bool) {
		for _, f := range c.footnotes {
			if !yield(string(restore(f.Ref))) {
				return
			}
		}
	}); ok {
		hint = fmt.Sprintf("did you mean [^%s]?", near)
	}
	c.report(at, diag.UndefinedFootnote, fmt.Sprintf("footnote %q is not defined", label), hint)
}

// unusedFootnotes reports the footnotes that nothing refers to. A second one of the same name is
// among them.
func (c *compiler) unusedFootnotes() {
	for _, f := range c.footnotes {
		if f.Index < 0 {
			at := span{f.Pos(), f.Pos() + len("[^]:") + len(f.Ref)}
			c.report(at, diag.UnusedFootnote, fmt.Sprintf("footnote %q is never used", restore(f.Ref)),
				fmt.Sprintf("write [^%s] where it belongs, under a name that no other footnote has, or delete it", restore(f.Ref)))
		}
	}
}

// footnoteMark prints the number that leads to a footnote.
func (p *printer) footnoteMark(n *xast.FootnoteLink) {
	at := span{n.Pos(), n.Pos() + bytes.IndexByte(p.text[n.Pos():], ']') + 1}
	switch {
	case p.bare:
		return
	case p.linked:
		p.report(at, diag.BadReference, "a footnote within a link", "put it after the link")
		return
	case p.quoting:
		p.report(at, diag.BadQuotation, "a footnote in a quotation", "the words are also shown on the speaker's page: put it after the quotation")
	}
	number := strconv.Itoa(n.Index)
	p.write(`<sup id="`, footnoteMarkID(n.Index, n.RefIndex), `"><a class="footnote-ref" href="#fn:`, number,
		`" role="doc-noteref">`, number, "</a></sup>")
}

// footnoteMarkID returns the id of the nth mark, from 0, of a footnote.
func footnoteMarkID(footnote, n int) string {
	// A colon stands in no slug, so that no heading can take this id.
	id := "fnref:" + strconv.Itoa(footnote)
	if n > 0 {
		id += ":" + strconv.Itoa(n+1)
	}
	return id
}

// footnoteBacklink prints the link from a footnote back to one of its marks.
func (p *printer) footnoteBacklink(n *xast.FootnoteBacklink) {
	p.write("\u00a0", `<a class="footnote-backref" href="#`, footnoteMarkID(n.Index, n.RefIndex), `" role="doc-backlink" aria-label="Back to mark `, strconv.Itoa(n.Index))
	if n.RefIndex > 0 {
		p.write(", place ", strconv.Itoa(n.RefIndex+1))
	}
	p.write("\">\u21a9\ufe0e</a>") // the second character keeps the arrow from becoming a picture
}

// footnoteList prints the footnotes at the end of the text.
func (p *printer) footnoteList(list *xast.FootnoteList) {
	p.write("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n")
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		p.write(`<li id="fn:`, strconv.Itoa(n.(*xast.Footnote).Index), "\">\n")
		p.children(n)
		p.write("</li>\n")
	}
	p.write("</ol>\n</section>\n")
}
