package markup

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"briefing/internal/diag"
)

// Missing cells of a row are filled up, so that a table of n bytes can have n² cells. These limits
// are far beyond what a page can show; that of the cells is for all tables of a text together.
const (
	maxColumns = 50
	maxCells   = 20_000
)

// A tableLimit drops paragraphs that would become too large a table, before they do.
type tableLimit struct{}

// Transform is called when a paragraph ends. It looks for what goldmark takes for the line under a
// table's head; a paragraph may have several of them.
func (tableLimit) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := n.Lines()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		columns := delimiterColumns(line.Value(reader.Source()))
		if columns == 0 {
			continue
		}
		c := compilerOf(pc)
		c.cells += columns * (lines.Len() - i)
		if columns <= maxColumns && c.cells <= maxCells {
			continue
		}
		header := lines.At(i - 1)
		c.report(span{header.Start, header.Stop}, diag.TableTooLarge,
			fmt.Sprintf("more than %d columns, or %d cells in all tables", maxColumns, maxCells), "split the text, or publish the table as a data file")
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
}

// delimiterColumns returns the number of columns of a line such as |---|:-:|, or 0 if it is another
// line.
func delimiterColumns(line []byte) int {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || len(bytes.Trim(line, "-|: \t")) > 0 || bytes.IndexByte(line, '-') < 0 {
		return 0
	}
	return 1 + bytes.Count(bytes.Trim(line, "| \t"), []byte("|"))
}

// table prints a table in a box of its own, which a keyboard can reach and scroll.
func (p *printer) table(t *xast.Table) {
	p.tables++ // regions of one page must be told apart by their names
	p.write(`<div class="table" role="region" tabindex="0" aria-label="Table `, strconv.Itoa(p.tables), "\">\n<table>\n<thead>\n")
	head := t.FirstChild()
	p.row(head)
	p.write("</thead>\n")
	if head != t.LastChild() {
		p.write("<tbody>\n")
		for row := head.NextSibling(); row != nil; row = row.NextSibling() {
			p.row(row)
		}
		p.write("</tbody>\n")
	}
	p.write("</table>\n</div>\n")
}

// row prints one row, the header included.
func (p *printer) row(row ast.Node) {
	p.lostCells(row)
	p.write("<tr>\n")
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		p.cell(cell.(*xast.TableCell), row.Kind() == xast.KindTableHeader)
	}
	p.write("</tr>\n")
}

// lostCells reports what stands in a row behind its last cell: goldmark drops the cells for which the header has no column.
func (p *printer) lostCells(row ast.Node) {
	last, ok := row.LastChild().(*xast.TableCell)
	if !ok || last.Lines().Len() == 0 {
		return
	}
	rest, at := p.lineAt(last.Lines().At(last.Lines().Len() - 1).Stop)
	if lost := bytes.TrimLeft(rest, "| \t"); len(bytes.TrimSpace(lost)) > 0 {
		p.report(span{at.stop - len(lost), at.stop}, diag.LostCell, "a cell more than the table’s head has",
			`add a cell to the head and to the line of hyphens, or write \| for a bar that is meant`)
	}
}

// cell prints one cell. An empty corner heads nothing, so that it is no heading.
func (p *printer) cell(n *xast.TableCell, heads bool) {
	tag, scope := "td", ""
	if heads && n.HasChildren() {
		tag, scope = "th", ` scope="col"`
	}
	p.write("<", tag, scope)
	switch n.Alignment {
	case xast.AlignRight:
		p.write(` class="num"`)
	case xast.AlignCenter:
		p.write(` class="center"`)
	}
	p.write(">")
	p.children(n)
	p.write("</", tag, ">\n")
}
