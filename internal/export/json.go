package export

import (
	"bufio"
	"fmt"
	"io"
	"math/bits"
	"unicode/utf8"

	"briefing/internal/data"
)

// JSON writes a part of a table as a list of objects, one to a line, whose members are in the order of the columns.
func JSON(w io.Writer, t *data.Table, part data.Part) error {
	b := bufio.NewWriter(w)
	between := "["
	var line []byte
	for row := range part.Rows {
		line = appendRow(append(append(line[:0], between...), '\n'), t, row)
		b.Write(line)
		between = ","
	}
	// A table without rows is an empty list.
	if between == "[" {
		b.WriteString(between)
	}
	b.WriteString("\n]\n")
	return b.Flush()
}

// appendRow appends a row of a table as an object.
func appendRow(b []byte, t *data.Table, row []data.Cell) []byte {
	b = append(b, '{')
	for i, cell := range row {
		b = appendCell(appendName(b, t.Columns[i].Name), t.Columns[i].Type, cell)
	}
	return append(b, '}')
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
func appendText[T string | []byte](b []byte, s T) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendOrNull appends a text, or null where it is empty.
func appendOrNull[T string | []byte](b []byte, s T) []byte {
	if len(s) == 0 {
		return append(b, "null"...)
	}
	return appendText(b, s)
}

// appendEscaped appends a part of a text as it stands in a JSON string.
func appendEscaped[T string | []byte](b []byte, s T) []byte {
	from := 0
	for i := 0; i < len(s); {
		if n := usual(s[i:]); n > 0 {
			i += n
			continue
		}
		if asIs[s[i]] {
			i++
			continue
		}
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		}
		if escaped(c) {
			b = appendSign(append(b, s[from:i]...), c)
			from = i + size
		}
		i += size
	}
	return append(b, s[from:]...)
}

// usual returns how many bytes at the beginning of a text, of the first eight, are letters and signs of ASCII other than quotation marks and
// backslashes: most texts are little else. Of a text of less than eight bytes it says nothing. The bytes are looked at together, as one
// number. A byte of less than what is taken away from it has its upper bit set then, and may have those after it set too.
func usual[T string | []byte](s T) int {
	const each, upper = 0x0101010101010101, 0x8080808080808080
	if len(s) < 8 {
		return 0
	}
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	quote, slash := x^each*'"', x^each*'\\'
	return bits.TrailingZeros64((x|(x+each)|(x-each*' ')|(quote-each)|(slash-each))&upper) / 8
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

// asIs tells the letters and signs of ASCII that a JSON string can have as they are, as most are.
var asIs = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = !escaped(rune(c))
	}
	return t
}()

// escaped reports whether a JSON string cannot have c as it is. U+2028 and U+2029 end a line in JavaScript; what is no UTF-8 becomes
// U+FFFD.
func escaped(c rune) bool {
	return c < ' ' || c == '"' || c == '\\' || c == '\u2028' || c == '\u2029' || c == utf8.RuneError
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

// appendName appends the name of a member of an object, with a comma where it is not the first.
func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(appendText(b, name), ':')
}

// appendMember appends a member of an object that is a text.
func appendMember(b []byte, name, value string) []byte {
	return appendText(appendName(b, name), value)
}
