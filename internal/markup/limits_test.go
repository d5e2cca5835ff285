package markup

import (
	"fmt"
	"strings"
	"testing"

	"briefing/internal/diag"
)

// TestLimits holds inputs that a processor without limits takes minutes or gigabytes for. There is
// no clock in it, since a busy machine is no fault of ours: another order of growth runs into the
// time limit of go test.
func TestLimits(t *testing.T) {
	const n = 20_000
	lines := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	table := func(columns, rows int) string {
		row := strings.Repeat("|a", columns) + "|\n"
		return row + strings.Repeat("|-", columns) + "|\n" + strings.Repeat("|\n", rows)
	}
	for _, c := range []struct {
		name, input string
		want        diag.Code // "" if any, or none
	}{
		{"quotations in quotations on one line", strings.Repeat(strings.Repeat(">", n/2)+" a\n", 10), diag.NestedTooDeep},
		{"deep quotations on many lines", strings.Repeat(strings.Repeat("> ", 200)+"a\n", 500), diag.NestedTooDeep},
		{"lists in lists on one line", strings.Repeat(strings.Repeat("- ", n/4)+"a\n", 10), diag.NestedTooDeep},
		{"lists in lists by indentation", lines(600, func(i int) string { return strings.Repeat("  ", i) + "- a\n" }), diag.NestedTooDeep},
		{"footnotes in footnotes", strings.Repeat("[^a]: ", n/10), diag.NestedTooDeep},
		{"a wide table", table(51, 1), diag.TableTooLarge},
		{"a table that would be filled up", table(2000, 5000), diag.TableTooLarge},
		{"a long table", table(10, 2001), diag.TableTooLarge},
		{"many tables", strings.Repeat(table(50, 100)+"\n", 5), diag.TableTooLarge},
		{"a table within the limits", table(50, 300), ""},
		{"a long line", strings.Repeat("*a_ ", n), diag.TooLong},
		{"a long heading", "## " + strings.Repeat("*a_ ", n), diag.TooLong},
		{"a long paragraph", strings.Repeat("*a_ *a_ *a_ *a_\n", n/4), diag.TooLong},
		{"emphases that do not end", strings.Repeat(strings.Repeat("*a_ ", 4000)+"\n\n", 2), ""},
		{"links that do not end", strings.Repeat("[a](", 4000), ""},
		{"references on one line", strings.Repeat("[[a]] ", n/10), ""},
		{"references with texts on one line", strings.Repeat("[[a|b]]", n/10), ""},
		{"citations on one line", strings.Repeat("[@a]", n/10), ""},
		{"unclosed references on one line", strings.Repeat("[[a ", n/10), diag.BadReference},
		{"unclosed citations on one line", strings.Repeat("[@a", n/10), diag.BadReference},
		{"brackets on one line", strings.Repeat("[", n/2), ""},
		{"undefined labels on one line", strings.Repeat("[a][b]", n/10), diag.UndefinedLink},
		{"equal headings", strings.Repeat("## a\n", n), ""},
		{"headings that count", lines(n, func(i int) string { return fmt.Sprintf("## a\n## a %d\n", i) }), ""},
		{"emphasis in emphasis", strings.Repeat("*a **a ", 500) + strings.Repeat("b** b*", 500), ""},
		{"very many footnotes", lines(n, func(i int) string { return fmt.Sprintf("a[^%d]\n\n[^%d]: a\n\n", i, i) }), diag.TooManyFootnotes},
		{"many footnotes and more marks without one", lines(900, func(i int) string { return fmt.Sprintf("a[^%d]\n\n[^%d]: a\n\n", i, i) }) +
			lines(n, func(i int) string { return fmt.Sprintf("a[^b%d]\n\n", i) }), diag.UndefinedFootnote},
		{"unused footnotes", lines(900, func(i int) string { return fmt.Sprintf("[^%d]: a\n\n", i) }), diag.UnusedFootnote},
		{"undefined footnotes", strings.Repeat("[^a] b\n\n", n), diag.UndefinedFootnote},
		{"character references", strings.Repeat("&a", n/4), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := Source{File: "e.md", Text: []byte(c.input)}
			f, problems := Compile(src)
			if len(f.HTML) > 50*len(c.input)+10_000 && len(f.HTML) > 1<<20 {
				t.Errorf("wrote %d bytes for %d", len(f.HTML), len(c.input))
			}
			if c.want != "" && (len(problems) == 0 || problems[0].Code != c.want) {
				t.Errorf("%d problems, want %s", len(problems), c.want)
			}
		})
	}
}
