package markup

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"

	"briefing/internal/diag"
)

// quoteID begins the id of each attributed quotation.
const quoteID = "quote-"

// dashes are the characters that an attribution begins with. Hyphens have become one of them when a
// quotation is printed.
var dashes = []string{"—", "–", "―"}

// blockquote prints a blockquote: as a figure if its last line attributes it.
func (p *printer) blockquote(n *ast.Blockquote) {
	caption, at := p.attribution(n)
	if caption == nil {
		p.wrap("<blockquote>\n", n, "</blockquote>\n")
		return
	}
	q := p.quote(n, caption, at)
	if p.quoting {
		p.report(at, diag.BadQuotation, "a quotation within a quotation", "quote them one after the other")
	}
	// The number is taken before the words are printed, so that an outer quotation has a lower one
	// than an inner.
	outer := p.quoting
	p.quotes++
	q.ID = quoteID + strconv.Itoa(p.quotes)
	p.write(`<figure class="quotation" id="`, q.ID, "\">\n<blockquote>\n")
	q.Start = int32(len(p.out))
	p.quoting = true
	p.children(n)
	p.quoting = outer
	q.End = int32(len(p.out))
	p.write("</blockquote>\n<figcaption>— ")
	p.captioned = true
	p.children(caption)
	p.captioned = false
	p.write(`<a class="self" href="#`, q.ID, `" aria-label="Link to this quotation"></a>`)
	p.write("</figcaption>\n</figure>\n")
	if q.Speaker != "" && len(q.Sources) > 0 && q.Start < q.End {
		p.fragment.Quotes = append(p.fragment.Quotes, q)
	}
}

// quote returns who is quoted from where, and reports what the attribution lacks.
func (p *printer) quote(n *ast.Blockquote, caption ast.Node, at span) Quote {
	const form = "write the last line as — [[speaker]], [@source]"
	q := Quote{At: p.position.mark(at)}
	// The speaker is the first who is named; a place after it may be a reference too. Emphasis
	// around either is no matter.
	_ = ast.Walk(caption, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *reference:
			if entering && q.Speaker == "" {
				q.Speaker = n.target
			}
		case *citation:
			if entering {
				q.Sources = slices.Grow(q.Sources, len(n.sources))
				for _, s := range n.sources {
					q.Sources = append(q.Sources, s.id)
				}
			}
		}
		return ast.WalkContinue, nil
	})
	if q.Speaker == "" {
		p.report(at, diag.BadQuotation, "a quotation without a speaker", form)
	}
	if len(q.Sources) == 0 {
		p.report(at, diag.BadQuotation, "a quotation without a source", form)
	}
	if !n.HasChildren() {
		p.report(at, diag.BadQuotation, "a quotation without words", "write them above the attribution")
	}
	return q
}

// attribution takes the last line of a blockquote's last paragraph away if it begins with a dash,
// and returns it without the dash.
func (p *printer) attribution(quote *ast.Blockquote) (ast.Node, span) {
	last, ok := quote.LastChild().(*ast.Paragraph)
	if !ok || !last.HasChildren() {
		return nil, span{}
	}
	first := lastLine(last)
	if !p.cutDash(first) {
		return nil, span{}
	}
	caption := ast.NewTextBlock()
	for n := first; n != nil; {
		next := n.NextSibling()
		caption.AppendChild(caption, n)
		n = next
	}
	if before, ok := last.LastChild().(*ast.Text); ok {
		before.SetSoftLineBreak(false)
		before.SetHardLineBreak(false)
	} else {
		quote.RemoveChild(quote, last) // the attribution was a paragraph of its own
	}
	// The dash may be a node without a place of its own, but the paragraph still knows its lines.
	line := last.Lines().At(last.Lines().Len() - 1)
	return caption, span{line.Start, line.Stop}
}

// lastLine returns the first node of a paragraph's last line. What begins before the line counts as
// a whole.
func lastLine(paragraph *ast.Paragraph) ast.Node {
	n := paragraph.LastChild()
	for ; n.PreviousSibling() != nil; n = n.PreviousSibling() {
		if t, ok := n.PreviousSibling().(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
	}
	return n
}

// cutDash takes a dash and the spaces after it off the line that begins with n, and reports whether
// there was one.
func (p *printer) cutDash(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.String: // the typographer's
		if !slices.Contains(dashes, string(n.Value)) {
			return false
		}
		n.Value = nil
		p.cutSpace(n.NextSibling())
		return true
	case *ast.Text:
		line := n.Segment.Value(p.text)
		for _, dash := range dashes {
			if bytes.HasPrefix(line, []byte(dash)) {
				n.Segment = n.Segment.WithStart(n.Segment.Start + len(dash))
				p.cutSpace(n)
				return true
			}
		}
	}
	return false
}

// cutSpace takes the spaces off the text that begins with n. goldmark may have split it into
// several nodes.
func (p *printer) cutSpace(n ast.Node) {
	for ; n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			return
		}
		t.Segment = t.Segment.TrimLeftSpace(p.text)
		if !t.Segment.IsEmpty() {
			return
		}
	}
}
