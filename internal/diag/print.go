package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// excerptWidth is how many characters of a line an excerpt shows.
const excerptWidth = 100

// Print writes each problem of l with an excerpt of its line, a caret under the culprit, and its hint. Source returns the text of a
// file, or nil where it cannot be had; then the excerpt is left out. Print expects a sorted list.
func Print(w io.Writer, l List, source func(file string) []byte) error {
	var b strings.Builder
	var file string
	var lines []string
	for _, p := range l {
		if p.File != file {
			file, lines = p.File, strings.Split(string(source(p.File)), "\n")
		}
		b.WriteString(p.String())
		b.WriteByte('\n')
		if n := int(p.Line); n > 0 && n <= len(lines) {
			excerpt(&b, lines[n-1], p.Mark)
		}
		if hint := hintLine(p); hint != "" {
			fmt.Fprintf(&b, "    %s\n", hint)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// hintLine joins the hint and the second place.
func hintLine(p Problem) string {
	switch {
	case p.Also.File == "":
		return p.Hint
	case p.Hint == "":
		return "see " + p.Also.String()
	}
	return fmt.Sprintf("%s (%s)", p.Hint, p.Also)
}

// excerpt writes a window of the line that holds the mark, and carets under the mark.
func excerpt(b *strings.Builder, line string, m Mark) {
	text := []rune(strings.TrimSuffix(line, "\r"))
	col := min(max(int(m.Col)-1, 0), len(text))
	from := 0
	if col > excerptWidth*3/4 {
		from = col - excerptWidth/2
	}
	to := min(from+excerptWidth, len(text))
	carets := min(max(int(m.Len), 1), max(to-col, 1))

	number := fmt.Sprintf("%3d", m.Line)
	fmt.Fprintf(b, "%s | %s\n", number, printable(text[from:to]))
	fmt.Fprintf(b, "%s | %s%s\n", strings.Repeat(" ", len(number)), strings.Repeat(" ", col-from), strings.Repeat("^", carets))
}

// printable replaces what would move the caret or disturb a terminal by one plain character each.
func printable(text []rune) string {
	out := make([]rune, len(text))
	for i, r := range text {
		switch {
		case r == '\t':
			out[i] = ' '
		case !unicode.IsPrint(r):
			out[i] = '·'
		default:
			out[i] = r
		}
	}
	return strings.TrimRight(string(out), " ")
}
