package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"briefing/internal/data"
)

// JSON writes a part of a table as a list of objects, one to a line, whose members are in the order of the columns.
func JSON(w io.Writer, t *data.Table, part data.Part) error {
	b := bufio.NewWriter(w)
	names := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = jsonText(c.Name)
	}
	between := "["
	for row := range part.Rows {
		b.WriteString(between + "\n{")
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(names[i])
			b.WriteByte(':')
			jsonCell(b, t.Columns[i].Type, cell)
		}
		b.WriteByte('}')
		between = ","
	}
	if between == "[" {
		b.WriteString(between)
	}
	b.WriteString("\n]\n")
	return b.Flush()
}

// jsonCell writes a cell as the JSON value that its type asks for.
func jsonCell(b *bufio.Writer, kind data.Type, cell data.Cell) {
	switch {
	case kind.IsList():
		b.WriteByte('[')
		for i, item := range cell {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(jsonText(item))
		}
		b.WriteByte(']')
	case len(cell) == 0:
		b.WriteString("null")
	case kind.IsNumber() || kind == data.Boolean:
		b.WriteString(cell[0])
	default:
		b.Write(jsonText(cell[0]))
	}
}

// jsonText returns a text as a JSON string. Letters and signs stay as they are.
func jsonText(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic("internal error: " + err.Error()) // a string can always be encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
