package markup

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"briefing/internal/diag"
)

// maxLength is how many bytes a line and a paragraph may have; people write a tenth of it. Within a
// paragraph, goldmark looks for the other end of each emphasis and of each link up to where the
// paragraph ends: a hundred kilobytes of * or [a]( take it seconds.
const maxLength = 16 << 10

// tooLong reports the first line that is longer than maxLength, and whether there is one.
func (c *compiler) tooLong() bool {
	lines := c.position.lines
	for i, start := range lines {
		stop := len(c.text)
		if i+1 < len(lines) {
			stop = int(lines[i+1])
		}
		if stop-int(start) > maxLength {
			c.reportLength(span{int(start), int(start) + 1}, "line")
			return true
		}
	}
	return false
}

// reportLength reports what is longer than maxLength.
func (c *compiler) reportLength(at span, what string) {
	c.report(at, diag.TooLong, fmt.Sprintf("a %s of more than %d bytes", what, maxLength), "break it into paragraphs")
}

// A lengthLimit drops paragraphs that are too long, after tables have been taken from them: a table
// is read cell by cell.
type lengthLimit struct{}

// Transform is called when a paragraph ends, one in a list or a quotation too.
func (lengthLimit) Transform(n *ast.Paragraph, _ text.Reader, pc parser.Context) {
	lines := n.Lines()
	first, last := lines.At(0), lines.At(lines.Len()-1)
	if last.Stop-first.Start > maxLength {
		compilerOf(pc).reportLength(span{first.Start, first.Stop}, "paragraph")
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// maxDepth is how many blocks may stand within each other; a list and its item are two. goldmark
// asks each open block about each line, and each time counts the columns before it: without a
// limit, a line of n marks takes n² steps.
const maxDepth = 100

// A buried block is what lies deeper. It takes the rest of its line and is not printed.
type buried struct{ ast.BaseBlock }

// kindBuried is the sort of node by which the printer passes over what is buried.
var kindBuried = ast.NewNodeKind("Buried")

func (*buried) Kind() ast.NodeKind { return kindBuried }

func (n *buried) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A depthLimit is asked before any parser whose blocks can hold others.
type depthLimit struct{}

// Trigger names the characters with which quotations, lists, definitions and footnotes begin. What
// they hold, such as a heading, is not limited: it cannot hold another block.
func (depthLimit) Trigger() []byte { return []byte(">-+*0123456789:[") }

// Open opens a block only to bury what is too deep; otherwise it leaves the line to the parsers
// asked after it.
func (depthLimit) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) < maxDepth {
		return nil, parser.NoChildren
	}
	switch parent.(type) {
	case *ast.List, *xast.DefinitionList:
		return nil, parser.NoChildren // goldmark relies on their children to be items: what stands in the next item is buried
	}
	c := compilerOf(pc)
	// Reported once: where one line is too deep, hundreds after it often are.
	if !c.tooDeep {
		c.tooDeep = true
		_, segment := reader.PeekLine()
		c.report(span{segment.Start, segment.Stop}, diag.NestedTooDeep,
			fmt.Sprintf("more than %d lists and quotations within each other", maxDepth), "no reader can follow this: use headings")
	}
	reader.AdvanceToEOL()
	return &buried{}, parser.NoChildren
}

// Continue ends a buried block with its line: what follows may stand less deep.
func (depthLimit) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }

// Close has nothing to do: a buried block holds nothing.
func (depthLimit) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph is true because it is for a quotation, and the limit has to come first.
func (depthLimit) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is true because it is for the items of lists.
func (depthLimit) CanAcceptIndentedLine() bool { return true }
