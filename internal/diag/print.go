package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// excerptWidth is how many characters of a line an excerpt shows.
const excerptWidth = 100

// Print writes each problem of l with an excerpt of its line, a caret under the culprit, and its hint. Source returns the text of a
// file, or nil where it cannot be had; then the excerpt is left out. Print expects a sorted list.
func Print(w io.Writer, l List, source func(file string) []byte) error {
	var b bytes.Buffer
	var file string
	var lines []string
	for _, p := range l {
		if p.Line > 0 && p.File != file {
			file, lines = p.File, strings.Split(strings.TrimPrefix(string(source(p.File)), "\ufeff"), "\n")
		}
		fmt.Fprintln(&b, printable(p.String()))
		if n := int(p.Line); n > 0 && n <= len(lines) {
			excerpt(&b, lines[n-1], p.Mark)
		}
		if hint := hintLine(p); hint != "" {
			fmt.Fprintf(&b, "    %s\n", printable(hint))
		}
	}
	_, err := w.Write(b.Bytes())
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

// excerpt writes a window of the line that holds the mark, and carets under the mark. An ellipsis stands where the line is cut.
func excerpt(b *bytes.Buffer, line string, m Mark) {
	text := []rune(printable(strings.TrimSuffix(line, "\r")))
	col := min(max(int(m.Col)-1, 0), len(text))
	from := 0
	if col > excerptWidth*3/4 {
		from = col - excerptWidth/2
	}
	to := min(from+excerptWidth, len(text))
	end := max(min(col+max(int(m.Len), 1), to), col)
	if from > 0 {
		text[from] = '…'
	}
	if to < len(text) {
		text[to-1] = '…'
	}
	number := fmt.Sprintf("%3d", m.Line)
	gutter, carets := strings.Repeat(" ", len(number)), strings.Repeat("^", max(columns(text[col:end]), 1))
	fmt.Fprintf(b, "%s | %s\n", number, strings.TrimRight(string(text[from:to]), " "))
	fmt.Fprintf(b, "%s | %s%s\n", gutter, strings.Repeat(" ", columns(text[from:col])), carets)
}

// columns returns how many columns of a terminal a text takes up.
func columns(text []rune) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me): // stands over the character before it
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// printable replaces what would move the caret or disturb a terminal by one plain character each.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case !unicode.IsPrint(r): // a no-break space too
			return '·'
		}
		return r
	}, text)
}
