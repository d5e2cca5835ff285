package export

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"briefing/internal/data"
)

// JSON writes a part of a table as a list of objects, one to a line, whose members are in the order of the columns.
func JSON(w io.Writer, t *data.Table, part data.Part) error {
	b := bufio.NewWriter(w)
	names := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = appendText(nil, c.Name)
	}
	between := "["
	var value []byte
	for row := range part.Rows {
		b.WriteString(between + "\n{")
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(names[i])
			b.WriteByte(':')
			value = appendCell(value[:0], t.Columns[i].Type, cell)
			b.Write(value)
		}
		b.WriteByte('}')
		between = ","
	}
	// A table without rows is an empty list.
	if between == "[" {
		b.WriteString(between)
	}
	b.WriteString("\n]\n")
	return b.Flush()
}

// appendCell appends a cell as the JSON value that its type asks for.
func appendCell(b []byte, kind data.Type, cell data.Cell) []byte {
	switch {
	case kind.IsList():
		b = append(b, '[')
		for i, item := range cell {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendText(b, item)
		}
		return append(b, ']')
	case len(cell) == 0:
		return append(b, "null"...)
	case kind.IsNumber() || kind == data.Boolean:
		return append(b, cell[0]...)
	}
	return appendText(b, cell[0])
}

// appendText appends a text as a JSON string. Letters and signs stay as they are.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if asIs(s[i]) {
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(s[i:])
		if escaped(c) {
			b = appendSign(append(b, s[from:i]...), c)
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}

// appendSign appends what stands for c in a JSON string.
func appendSign(b []byte, c rune) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', byte(c))
	case '\n':
		return append(b, `\n`...)
	case '\t':
		return append(b, `\t`...)
	}
	return fmt.Appendf(b, `\u%04x`, c)
}

// asIs reports whether a byte is a letter or sign of ASCII that a JSON string can have as it is, as most are.
func asIs(c byte) bool { return ' ' <= c && c < utf8.RuneSelf && c != '"' && c != '\\' }

// escaped reports whether a JSON string cannot have c as it is. U+2028 and U+2029 end a line in JavaScript; what is no UTF-8 becomes
// U+FFFD.
func escaped(c rune) bool {
	return c < ' ' || c == '"' || c == '\\' || c == '\u2028' || c == '\u2029' || c == utf8.RuneError
}

// An object is a JSON object whose members keep their order. A value is nil, a string, an int, a list of values, an object, or raw.
type object []member

// A member is a name and its value. Names are ours, and each is there once.
type member struct {
	name  string
	value any
}

// A raw value is JSON already.
type raw []byte

// appendLines appends the object with each of its members on a line.
func (o object) appendLines(b []byte) []byte {
	b = append(b, "{\n"...)
	for i, m := range o {
		if i > 0 {
			b = append(b, ",\n"...)
		}
		b = append(appendText(b, m.name), ": "...)
		b = appendValue(b, m.value)
	}
	return append(b, "\n}\n"...)
}

// appendValue appends a value on one line.
func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		return appendText(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case raw:
		return append(b, v...)
	case []any:
		return appendEach(b, "[]", v, appendValue)
	case object:
		return appendEach(b, "{}", v, func(b []byte, m member) []byte {
			return appendValue(append(appendText(b, m.name), ':'), m.value)
		})
	}
	panic(fmt.Sprintf("internal error: no JSON for %T", v))
}

// appendEach appends items between brackets, with commas between them.
func appendEach[T any](b []byte, brackets string, items []T, add func([]byte, T) []byte) []byte {
	b = append(b, brackets[0])
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = add(b, item)
	}
	return append(b, brackets[1])
}
