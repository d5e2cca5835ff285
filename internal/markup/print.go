package markup

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"briefing/internal/diag"
)

// A printer prints a parsed text as a fragment. goldmark's own renderer is not used: it has no
// place for holes, and it decides on markup, such as style attributes, that is decided here.
type printer struct {
	*compiler
	out      []byte
	holes    []Hole // copied into the fragment when it is finished
	fragment Fragment
	ids      map[string]int // of headings and reserved
	quotes   int
	tables   int

	// Where the printer is.

	bare      bool // in a text that is repeated elsewhere: no links, no notes, no holes
	linked    bool // in a link
	titled    bool // in a heading
	quoting   bool // in the words of an attributed quotation
	captioned bool // in an attribution
	defined   bool // in a term that is being defined
}

// write appends HTML.
func (p *printer) write(s ...string) {
	for _, s := range s {
		p.out = append(p.out, s...)
	}
}

// hole adds a hole at the current place.
func (p *printer) hole(h Hole, at span) {
	h.Offset = int32(len(p.out))
	h.At = p.position.mark(at)
	p.holes = append(p.holes, h)
}

// children prints what n holds.
func (p *printer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			p.inline(c)
		} else {
			p.block(c)
		}
	}
}

// wrap prints what n holds between two tags.
func (p *printer) wrap(open string, n ast.Node, end string) {
	p.write(open)
	p.children(n)
	p.write(end)
}

// bareHTML returns the content of n without links, notes, holes and the spaces around it. Nothing
// is reported.
func (p *printer) bareHTML(n ast.Node) string {
	start, outer := len(p.out), p.bare
	p.bare = true
	p.children(n)
	p.bare = outer
	html := string(bytes.TrimSpace(p.out[start:]))
	p.out = p.out[:start]
	return html
}

// block prints a block: CommonMark's, then those of the extensions.
func (p *printer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		p.wrap("<p>", n, "</p>\n")
	case *ast.TextBlock:
		p.children(n)
		if n.NextSibling() != nil && n.HasChildren() {
			p.write("\n")
		}
	case *ast.Heading:
		p.heading(n)
	case *ast.Blockquote:
		p.blockquote(n)
	case *ast.List:
		p.list(n)
	case *ast.ListItem:
		p.item(n)
	case *ast.CodeBlock:
		p.code(n, nil)
	case *ast.FencedCodeBlock:
		p.closed(n)
		p.code(n, n.Language(p.text))
	case *ast.ThematicBreak:
		p.write("<hr>\n")
	case *ast.HTMLBlock:
		// One problem for the block: its first line is what made it one.
		at := n.Lines().At(0)
		p.rawHTML(span{max(n.Pos(), at.Start), at.Stop})
	case *ast.LinkReferenceDefinition:
		p.definition(n)
	case *xast.DefinitionList:
		p.wrap("<dl>\n", n, "</dl>\n")
	case *xast.DefinitionTerm:
		p.term(n)
	case *xast.DefinitionDescription:
		p.description(n)
	case *xast.Table:
		p.table(n)
	case *xast.FootnoteList:
		p.footnoteList(n)
	case *buried:
	default:
		panic(fmt.Sprintf("markup: no rule to print a %T", n))
	}
}

// inline prints an inline.
func (p *printer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.textNode(n)
	case *ast.String:
		p.out = append(p.out, n.Value...) // the typographer's, fit for HTML
	case *ast.CodeSpan:
		p.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			p.wrap("<strong>", n, "</strong>")
		} else {
			p.wrap("<em>", n, "</em>")
		}
	case *xast.Strikethrough:
		p.wrap("<del>", n, "</del>")
	case *ast.Link:
		p.link(n)
	case *ast.AutoLink:
		p.autoLink(n)
	case *ast.Image:
		p.image(n)
	case *ast.RawHTML:
		at := n.Segments.At(0)
		p.rawHTML(span{at.Start, at.Stop})
	case *xast.FootnoteLink:
		p.footnoteMark(n)
	case *xast.FootnoteBacklink:
		p.footnoteBacklink(n)
	case *reference:
		p.reference(n)
	case *citation:
		p.citation(n)
	default:
		panic(fmt.Sprintf("markup: no rule to print a %T", n))
	}
}

// textNode prints text and the line break at its end. Raw text is that of code: nothing in it is
// resolved.
func (p *printer) textNode(n *ast.Text) {
	if n.IsRaw() {
		p.out = appendEscaped(p.out, n.Segment.Value(p.text))
	} else {
		from := len(p.out)
		p.out = appendText(p.out, n.Segment.Value(p.text))
		p.mentions(from)
	}
	switch {
	case n.HardLineBreak():
		p.write("<br>\n")
	case n.SoftLineBreak():
		p.write("\n")
	}
}

// codeSpan prints a code span, line ends as spaces.
func (p *printer) codeSpan(n *ast.CodeSpan) {
	p.write("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.out = appendEscaped(p.out, c.(*ast.Text).Segment.Value(p.text))
		if last := len(p.out) - 1; p.out[last] == '\n' {
			p.out[last] = ' '
		}
	}
	p.write("</code>")
}

// code prints a code block, which a keyboard can reach and scroll.
func (p *printer) code(n interface{ Lines() *text.Segments }, language []byte) {
	p.write(`<pre tabindex="0"><code`)
	if len(language) > 0 {
		p.write(` class="language-`)
		p.out = appendText(p.out, language)
		p.write(`"`)
	}
	p.write(">")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		p.out = appendEscaped(p.out, line.Value(p.text))
	}
	p.write("</code></pre>\n")
}

// closed reports a block of code whose fence is not repeated at its end, so that all that stands behind it is code too.
func (p *printer) closed(n *ast.FencedCodeBlock) {
	fence, at := p.lineAt(n.Pos())
	end := min(at.stop+1, len(p.text))
	if last := n.Lines().Len() - 1; last >= 0 {
		end = n.Lines().At(last).Stop
	}
	// A line of the block that would end it is not among its lines.
	after, _ := p.lineAt(end)
	after = bytes.TrimLeft(after, " \t>")
	if sign := bytes.TrimLeft(fence, " \t>"); len(sign) == 0 || len(after) == 0 || after[0] != sign[0] {
		p.report(span{n.Pos(), at.stop}, diag.UnclosedCode, "a block of code that never ends", "write its fence again, on a line of its own behind the code")
	}
}

// lineAt returns the rest of the line that holds an offset, from there on, and the whole stretch up to its end.
func (p *printer) lineAt(offset int) ([]byte, span) {
	stop := len(p.text)
	if i := bytes.IndexByte(p.text[offset:], '\n'); i >= 0 {
		stop = offset + i
	}
	return p.text[offset:stop], span{offset, stop}
}

// list prints a list. The number it starts at is left out where it is the browser's own.
func (p *printer) list(n *ast.List) {
	if !n.IsOrdered() {
		p.wrap("<ul>\n", n, "</ul>\n")
		return
	}
	start := ""
	if n.Start != 1 {
		start = ` start="` + strconv.Itoa(n.Start) + `"`
	}
	p.wrap("<ol"+start+">\n", n, "</ol>\n")
}

// item prints an item. That of a tight list holds its text without a paragraph.
func (p *printer) item(n *ast.ListItem) {
	p.write("<li>")
	if first := n.FirstChild(); first != nil && first.Kind() != ast.KindTextBlock {
		p.write("\n")
	}
	p.wrap("", n, "</li>\n")
}

// rawHTML reports HTML and prints nothing of it.
func (p *printer) rawHTML(at span) {
	if p.bare {
		return
	}
	hint := `write Markdown; for a literal < write \<`
	switch text := strings.ToLower(string(p.text[at.start:at.stop])); {
	case strings.HasPrefix(text, "<!--"):
		hint = "remove it: notes of editors stand in comments of the front matter, behind #"
	case strings.HasPrefix(text, "<br"):
		hint = `end the line with a backslash, and go on in the next`
	}
	p.report(at, diag.RawHTML, "raw HTML", hint)
}

// definition prints nothing: the definition of a link label is no part of the text. A citation is
// not meant to define one, but looks so if a colon follows it.
func (p *printer) definition(n *ast.LinkReferenceDefinition) {
	if len(n.Label) > 0 && n.Label[0] == '@' {
		at := span{n.Pos(), n.Pos() + len("[]:") + len(n.Label)}
		p.report(at, diag.BadReference, "a citation followed by a colon", "the line would define a link label: leave the colon out")
	}
}
