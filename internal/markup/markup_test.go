package markup

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// TestCompile runs the cases in testdata. Each is named by what it promises and holds input.md and
// any of the results that results knows; -update rewrites them. In the comment above the files, a
// line "crlf" gives the input CRLF line ends, "line N" says where in its file the body begins, and
// "reserved a b" reserves ids.
func TestCompile(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if a.Files[0].Name != "input.md" {
				t.Fatalf("the first file is %s, want input.md", a.Files[0].Name)
			}
			src := source(t, a)
			f, problems := Compile(src)
			invariants(t, src, f, problems)
			problems.Sort()
			if *update {
				rewrite(t, name, a, func(result string) string { return results(t, result, src, f, problems) })
				return
			}
			for _, want := range a.Files[1:] {
				got := results(t, want.Name, src, f, problems)
				if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", want.Name, diff)
				}
			}
		})
	}
}

// source returns the source that a case describes.
func source(t *testing.T, a *txtar.Archive) Source {
	t.Helper()
	src := Source{File: "e.md", Text: a.Files[0].Data}
	for line := range strings.Lines(string(a.Comment)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 1 && words[0] == "crlf":
			src.Text = bytes.ReplaceAll(src.Text, []byte("\n"), []byte("\r\n"))
		case len(words) == 2 && words[0] == "line":
			if _, err := fmt.Sscan(words[1], &src.Line); err != nil {
				t.Fatal(err)
			}
		case len(words) > 1 && words[0] == "reserved":
			src.Reserved = words[1:]
		}
	}
	return src
}

// rewrite writes the case with the results that there are now, leaving out those that are empty.
func rewrite(t *testing.T, name string, a *txtar.Archive, result func(string) string) {
	t.Helper()
	a.Files = a.Files[:1]
	for _, r := range []string{"want.html", "want.holes", "want.headings", "want.quotes", "want.problems"} {
		if data := result(r); data != "" {
			a.Files = append(a.Files, txtar.File{Name: r, Data: []byte(data)})
		}
	}
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// results returns one result of a case as text: the HTML with its holes marked, or each hole,
// heading, quotation or problem with the piece of the input at its place.
func results(t *testing.T, name string, src Source, f Fragment, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	switch name {
	case "want.html":
		return string(f.Fill(nil, marked))
	case "want.holes":
		for _, h := range f.Holes {
			fmt.Fprintf(&b, "%d:%d %s\n", h.At.Line, h.At.Col, excerpt(src, h.At))
		}
	case "want.headings":
		for _, h := range f.Headings {
			fmt.Fprintf(&b, "%d:%d %s\n\t%d %s %s\n", h.At.Line, h.At.Col, excerpt(src, h.At), h.Level, h.ID, h.HTML)
		}
	case "want.quotes":
		for _, q := range f.Quotes {
			words := f.Cut(q.Start, q.End)
			fmt.Fprintf(&b, "%d:%d %s\n\t%s %s %v\n%s", q.At.Line, q.At.Col, excerpt(src, q.At), q.ID, q.Speaker, q.Sources, words.Fill(nil, marked))
		}
	case "want.problems":
		for _, p := range problems {
			fmt.Fprintf(&b, "%s\n\t%s\n\t%s\n", p, excerpt(src, p.Mark), p.Hint)
		}
	default:
		t.Fatalf("no result is called %s", name)
	}
	return b.String()
}

// marked fills a hole with a description of it.
func marked(dst []byte, h *Hole) []byte {
	if h.Kind == Citation {
		return fmt.Appendf(dst, "{@%s,%s}", h.Target, h.Text)
	}
	return fmt.Appendf(dst, "{%s#%s|%s}", h.Target, h.Anchor, h.Text)
}

// excerpt returns the piece of the source that a mark underlines.
func excerpt(src Source, m diag.Mark) string {
	lines := bytes.Split(src.Text, []byte("\n"))
	line := []rune(string(lines[int(m.Line)-max(src.Line, 1)]))
	return string(line[m.Col-1 : m.Col-1+m.Len])
}

// invariants checks what holds for every fragment.
func invariants(t *testing.T, src Source, f Fragment, problems diag.List) {
	t.Helper()
	place := func(what string, m diag.Mark) {
		lines := bytes.Split(src.Text, []byte("\n"))
		i := int(m.Line) - max(src.Line, 1)
		if i < 0 || i >= len(lines) {
			t.Fatalf("%s in line %d of %d", what, m.Line, len(lines))
		}
		if n := utf8.RuneCount(lines[i]); m.Col < 1 || m.Len < 0 || int(m.Col+m.Len) > n+1 {
			t.Errorf("%s at column %d+%d of %d", what, m.Col, m.Len, n)
		}
	}
	for _, p := range problems {
		place(string(p.Code), p.Mark)
		if p.File != src.File || p.Msg == "" {
			t.Errorf("%+v lacks its file or message", p)
		}
	}
	last := int32(0)
	for _, h := range f.Holes {
		place("hole", h.At)
		if h.Offset < last || int(h.Offset) > len(f.HTML) {
			t.Errorf("hole at %d, after one at %d, in %d bytes", h.Offset, last, len(f.HTML))
		}
		last = h.Offset
	}
	ids := map[string]bool{}
	for _, h := range f.Headings {
		place("heading", h.At)
		if ids[h.ID] {
			t.Errorf("heading id %q twice", h.ID)
		}
		ids[h.ID] = true
	}
	for _, q := range f.Quotes {
		place("quotation", q.At)
		words := f.Cut(q.Start, q.End)
		if strings.Contains(words.HTML, "<figcaption") && len(problems) == 0 {
			t.Errorf("quoted words hold an attribution: %s", words.HTML)
		}
	}
	if strings.Contains(strings.ToLower(f.HTML), "<script") || strings.Contains(f.HTML, "javascript:") && strings.Contains(f.HTML, `="javascript:`) {
		t.Errorf("unsafe HTML: %s", f.HTML)
	}
	if i := strings.IndexFunc(f.HTML, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' || 0x7f <= r && r <= 0x9f
	}); i >= 0 && utf8.Valid(src.Text) {
		t.Errorf("control character at %d of %q", i, f.HTML)
	}
}
