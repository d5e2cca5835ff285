package export

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"briefing/internal/data"
)

// CSV writes a part of a table by RFC 4180. The writer of encoding/csv cannot be used: it changes the line breaks within cells to those
// between rows.
func CSV(w io.Writer, t *data.Table, part data.Part) error {
	b := bufio.NewWriter(w)
	for i, c := range t.Columns {
		csvCell(b, c.Name, i)
	}
	b.WriteString("\r\n")
	for row := range part.Rows {
		for i, cell := range row {
			csvCell(b, csvText(t.Columns[i].Type, cell), i)
		}
		b.WriteString("\r\n")
	}
	return b.Flush()
}

// csvText returns a cell as text.
func csvText(kind data.Type, cell data.Cell) string {
	switch {
	case len(cell) == 0:
		return ""
	case kind.IsList():
		return defuse(data.Join(cell))
	// A number may begin with a sign, and is no formula.
	case kind.IsNumber():
		return cell[0]
	}
	return defuse(cell[0])
}

// defuse puts an apostrophe before a text that a spreadsheet would take for a formula, and before one that begins with an apostrophe, so
// that taking one away gives the text back in either case.
func defuse(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("=+-@\t\r\n'＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// csvCell writes one cell of a row.
func csvCell(b *bufio.Writer, text string, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
	// Space at either end need not be quoted by the standard, but some programs take it away.
	if !strings.ContainsAny(text, "\",\r\n") && !strings.HasPrefix(text, " ") && !strings.HasSuffix(text, " ") {
		b.WriteString(text)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(text, `"`, `""`))
	b.WriteByte('"')
}
