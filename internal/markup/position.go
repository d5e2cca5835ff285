package markup

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"briefing/internal/diag"
)

// pipe stands for a | inside [[…]] in the normalised text, so that it does not split a table's
// cell. The vertical tab is a character that no text may hold, and that the rules of Markdown take
// for a space: an emphasis can begin after it.
const pipe = '\v'

// control stands for each control character of the source. It is never printed.
const control = '\x1a'

// normalise appends source to text in the form that the parser reads, and the offset of each line
// to lines. Lines and columns stay what they are in the source: only the CR of a line end is left
// out, and other changes put one byte for another.
func normalise(text []byte, lines []int32, source []byte) ([]byte, []int32) {
	for len(source) > 0 {
		lines = append(lines, int32(len(text)))
		line, end := source, len(source)
		if i := bytes.IndexByte(source, '\n'); i >= 0 {
			line, end = source[:i], i+1
		}
		start := len(text)
		text = append(text, bytes.TrimSuffix(line, []byte("\r"))...)
		normaliseLine(text[start:])
		if end > len(line) {
			text = append(text, '\n')
		}
		source = source[end:]
	}
	return text, lines
}

// normaliseLine changes the bytes of one line in place.
func normaliseLine(line []byte) {
	for i, b := range line {
		if b < ' ' && b != '\t' {
			line[i] = control
		}
	}
	// In code these are no references, but that is not known yet. Where text is printed literally,
	// a pipe is printed again.
	for {
		i := bytes.Index(line, []byte("[["))
		if i < 0 {
			return
		}
		end := closing(line[i:])
		if end < 0 {
			line = line[i+1:] // in [[[id|text]]] the reference begins at the second bracket
			continue
		}
		for j, b := range line[i : i+end] {
			if b == '|' {
				line[i+j] = pipe
			}
		}
		line = line[i+end:]
	}
}

// closing returns the offset of the ]] that ends the reference at the start of line, or -1. A
// reference holds no other bracket unless a backslash stands before it, so that a missing ]] never
// costs more than the way to the next bracket.
func closing(line []byte) int {
	for i := len("[["); i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '[', '\n':
			return -1
		case ']':
			if i+1 < len(line) && line[i+1] == ']' {
				return i
			}
		}
	}
	return -1
}

// restore returns a piece of the normalised text as the author wrote it, without control
// characters.
func restore(b []byte) []byte {
	if bytes.IndexByte(b, pipe) < 0 && bytes.IndexByte(b, control) < 0 {
		return b
	}
	b = bytes.ReplaceAll(b, []byte{pipe}, []byte("|"))
	return bytes.ReplaceAll(b, []byte{control}, nil)
}

// A position turns offsets of the text into marks in the file.
type position struct {
	text  []byte
	lines []int32 // the offset of each line
	first int     // the number of the first line in the file

	// The last answer: col characters stand before offset in line. Offsets are mostly asked for in
	// order, and one endless line with thousands of references must not be counted from its start
	// for each.
	line, offset, col int
}

// mark returns the place of a span. What of it lies beyond the end of its first line is not
// underlined.
func (p *position) mark(at span) diag.Mark {
	start := min(max(at.start, 0), len(p.text))
	stop := min(max(at.stop, start), len(p.text))
	// The first line that begins behind start is the one after it.
	line := max(sort.Search(len(p.lines), func(i int) bool { return int(p.lines[i]) > start })-1, 0)
	if line != p.line || start < p.offset {
		p.line, p.offset, p.col = line, 0, 0
		if len(p.lines) > 0 {
			p.offset = int(p.lines[line])
		}
	}
	p.col += utf8.RuneCount(p.text[p.offset:start])
	p.offset = start

	under := p.text[start:stop]
	if i := bytes.IndexByte(under, '\n'); i >= 0 {
		under = under[:i]
	}
	return diag.Mark{Line: int32(p.first + line), Col: int32(p.col + 1), Len: int32(utf8.RuneCount(under))}
}
