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

// An Ink is how a terminal shows what matters in a problem: signs that stand before it, and End after. The zero Ink prints plain text, and
// no other says more than it does.
type Ink struct{ Place, Error, Warning, End string }

// Colours are the signs of nearly all terminals, ECMA-48: places bold, errors red and warnings magenta, both legible on black and on white.
var Colours = Ink{Place: "\x1b[1m", Error: "\x1b[31m", Warning: "\x1b[35m", End: "\x1b[m"}

// of returns the sign for a severity.
func (k Ink) of(s Severity) string {
	if s == Error {
		return k.Error
	}
	return k.Warning
}

// heading returns the first line of a problem. What is printed of its place and its code holds no signs of its own.
func (k Ink) heading(p Problem) string {
	place, text := printable(p.Pos.String()), printable(p.String())
	rest := strings.TrimPrefix(text, place)
	if k == (Ink{}) || rest == text {
		return text
	}
	code := ": " + string(p.Code) + ": "
	i := strings.Index(rest, code) + len(code) - len(": ")
	return k.Place + place + k.End + ": " + k.of(p.Severity) + rest[len(": "):i] + k.End + rest[i:]
}

// Print writes problems in plain text, see [Ink.Print].
func Print(w io.Writer, l List, source func(file string) []byte) error {
	return Ink{}.Print(w, l, source)
}

// Print writes each problem of l with an excerpt of its line, a caret under the culprit, and its hint. Source returns the text of a
// file, or nil where it cannot be had; then the excerpt is left out. Print expects a sorted list.
func (k Ink) Print(w io.Writer, l List, source func(file string) []byte) error {
	var b bytes.Buffer
	var file string
	var lines []string
	for _, p := range l {
		// A file is split once for all its problems, which follow each other.
		if p.Line > 0 && p.File != file {
			file, lines = p.File, strings.Split(strings.TrimPrefix(string(source(p.File)), "\ufeff"), "\n")
		}
		fmt.Fprintln(&b, k.heading(p))
		if n := int(p.Line); n > 0 && n <= len(lines) {
			k.excerpt(&b, lines[n-1], p)
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
func (k Ink) excerpt(b *bytes.Buffer, line string, p Problem) {
	m := p.Mark
	text := []rune(printable(strings.TrimSuffix(line, "\r")))
	col := min(max(int(m.Col)-1, 0), len(text))
	from := 0
	// Where the mark stands far to the right the window begins half its width before it.
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
	if k != (Ink{}) {
		carets = k.of(p.Severity) + carets + k.End
	}
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
