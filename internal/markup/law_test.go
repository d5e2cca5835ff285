package markup

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/yuin/goldmark/parser"

	"briefing/internal/diag"
)

// caseSources returns the source of each case in testdata, and of a text as an entry has it, by name.
func caseSources(t *testing.T) map[string]Source {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	sources := map[string]Source{"body": {File: "e.md", Text: []byte(body)}}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[strings.TrimSuffix(filepath.Base(name), ".txt")] = source(t, a)
	}
	return sources
}

// TestFillAndCutAgree cuts each fragment in two at every place that is no hole: the halves, filled, are the whole.
func TestFillAndCutAgree(t *testing.T) {
	for name, src := range caseSources(t) {
		f, _ := Compile(src)
		whole := string(f.Fill(nil, marked))
		if again := string(f.Fill(nil, marked)); again != whole {
			t.Errorf("%s: filled twice, it differs", name)
		}
		asked := 0
		f.Fill(nil, func(dst []byte, h *Hole) []byte {
			if h != &f.Holes[asked] {
				t.Errorf("%s: hole %d is asked for out of order", name, asked)
			}
			asked++
			return dst
		})
		if asked != len(f.Holes) {
			t.Errorf("%s: %d of %d holes are asked for", name, asked, len(f.Holes))
		}
		end := int32(len(f.HTML))
		for at := range end + 1 {
			if slices.ContainsFunc(f.Holes, func(h Hole) bool { return h.Offset == at }) {
				continue
			}
			first, second := f.Cut(0, at), f.Cut(at, end)
			if got := string(second.Fill(first.Fill(nil, marked), marked)); got != whole {
				t.Fatalf("%s: cut at %d, the halves are not the whole", name, at)
			}
		}
		for _, q := range f.Quotes {
			part := f.Cut(q.Start, q.End)
			if !strings.HasPrefix(part.HTML, "<") || !strings.HasSuffix(part.HTML, ">\n") || strings.Count(part.HTML, "<p>") != strings.Count(part.HTML, "</p>") {
				t.Errorf("%s: %s is cut within a tag: %q", name, q.ID, part.HTML)
			}
			if part.Words > f.Words || part.Headings != nil || part.Quotes != nil {
				t.Errorf("%s: %s has %d words of %d", name, q.ID, part.Words, f.Words)
			}
		}
	}
}

// TestCutLeavesTheFragmentAlone changes a part, and looks at the whole.
func TestCutLeavesTheFragmentAlone(t *testing.T) {
	f := compile(t, body)
	before := string(f.Fill(nil, marked))
	part := f.Cut(0, int32(len(f.HTML)))
	for i := range part.Holes {
		part.Holes[i] = Hole{Target: "other"}
	}
	if string(f.Fill(nil, marked)) != before {
		t.Error("a part shares its holes with the whole")
	}
}

// TestLineShiftsMarksAlone begins each text at another line of its file: only the lines of marks move.
func TestLineShiftsMarksAlone(t *testing.T) {
	const shift = 1000
	for name, src := range caseSources(t) {
		src.Line = max(src.Line, 1)
		f, problems := Compile(src)
		src.Line += shift
		moved, list := Compile(src)
		move := func(m *diag.Mark) { m.Line += shift }
		for i := range f.Holes {
			move(&f.Holes[i].At)
		}
		for i := range f.Headings {
			move(&f.Headings[i].At)
		}
		for i := range f.Quotes {
			move(&f.Quotes[i].At)
		}
		for i := range f.Paths {
			move(&f.Paths[i].At)
		}
		for i := range problems {
			move(&problems[i].Mark)
		}
		if diff := cmp.Diff(f, moved); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(problems, list); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestLineEndsMeanNothing compiles each text with LF and with CRLF to the same fragment, places and problems.
func TestLineEndsMeanNothing(t *testing.T) {
	for name, src := range caseSources(t) {
		src.Text = bytes.ReplaceAll(src.Text, []byte("\r\n"), []byte("\n"))
		f, problems := Compile(src)
		src.Text = bytes.ReplaceAll(src.Text, []byte("\n"), []byte("\r\n"))
		crlf, list := Compile(src)
		if diff := cmp.Diff(f, crlf); diff != "" {
			t.Errorf("%s (-lf +crlf):\n%s", name, diff)
		}
		if diff := cmp.Diff(problems, list); diff != "" {
			t.Errorf("%s (-lf +crlf):\n%s", name, diff)
		}
	}
}

// TestCompilationsShareNothing compiles all cases in many orders at once: what came before, or goes on beside it, changes no byte, and
// no fragment changes later.
func TestCompilationsShareNothing(t *testing.T) {
	type result struct {
		Fragment Fragment
		Problems diag.List
	}
	sources := caseSources(t)
	names := make([]string, 0, len(sources))
	want := map[string]result{}
	for name, src := range sources {
		f, problems := Compile(src)
		names, want[name] = append(names, name), result{f, problems}
	}
	slices.Sort(names)
	var wg sync.WaitGroup
	for seed := range uint64(8) {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			kept := map[string]result{}
			for range 5 * len(names) {
				name := names[r.IntN(len(names))]
				f, problems := Compile(sources[name])
				kept[name] = result{f, problems}
			}
			for name, got := range kept {
				if diff := cmp.Diff(want[name], got); diff != "" {
					t.Errorf("%s after others (-want +got):\n%s", name, diff)
				}
			}
		})
	}
	wg.Wait()
}

// containers are the places in which an inline may stand, with X for it.
var containers = map[string]string{
	"paragraph":       "Київ X, and so on.\n",
	"second line":     "One line\nand Київ X.\n",
	"item":            "- one\n- Київ X\n",
	"loose item":      "1. one\n\n2. Київ X\n",
	"item in an item": "- one\n  - two\n    - Київ X\n",
	"second of item":  "- one\n\n  Київ X\n",
	"table cell":      "| a | b |\n|---|--:|\n| Київ | X |\n| c | d |\n",
	"last cell":       "a | b\n--|--\nКиїв | X",
	"quotation":       "> Київ X\n> and more\n",
	"attributed":      "> Київ X\n>\n> — [[speaker]], [@paper]\n",
	"quoted item":     "> - one\n> - Київ X\n",
	"footnote":        "Here.[^1]\n\n[^1]: Київ X\n",
	"long footnote":   "Here.[^1]\n\n[^1]: One.\n\n    Київ X\n",
	"definition":      "Term\n: Київ X\n",
	"emphasis":        "Київ *one X two*.\n",
	"strong":          "Київ **X**.\n",
	"struck":          "Київ ~~one X~~.\n",
	"behind a tab":    "-\tКиїв X\n",
}

// TestReferencesHoldEverywhere puts each form of reference into each container: there is a hole for it, whose place is exactly what the
// author wrote.
func TestReferencesHoldEverywhere(t *testing.T) {
	forms := map[string]Hole{
		"[[udcg-28]]":              {Target: "udcg-28"},
		"[[udcg-28#outcomes]]":     {Target: "udcg-28", Anchor: "outcomes"},
		"[[uk|the *United* Ківс]]": {Target: "uk", Text: "the <em>United</em> Ківс"},
		"[[uk#x|a \\] b]]":         {Target: "uk", Anchor: "x", Text: "a ] b"},
		"[@guardian]":              {Kind: Citation, Target: "guardian"},
		"[@guardian, para. 3; 4]":  {Kind: Citation, Target: "guardian", Text: "para. 3; 4"},
	}
	for where, container := range containers {
		for form, want := range forms {
			for _, end := range []string{"\n", "\r\n"} {
				text := strings.ReplaceAll(strings.Replace(container, "X", form, 1), "\n", end)
				src := Source{File: "e.md", Line: 12, Text: []byte(text)}
				f, problems := Compile(src)
				if len(problems) > 0 {
					t.Errorf("%s in a %s: %v", form, where, problems)
					continue
				}
				i := slices.IndexFunc(f.Holes, func(h Hole) bool { return h.Target == want.Target && h.Text == want.Text && h.Anchor == want.Anchor })
				if i < 0 || f.Holes[i].Kind != want.Kind {
					t.Errorf("%s in a %s: no hole among %+v", form, where, f.Holes)
				} else if got := excerpt(src, f.Holes[i].At); got != form {
					t.Errorf("%s in a %s: its place is %q", form, where, got)
				}
				if strings.ContainsAny(f.HTML, "[]@\v") {
					t.Errorf("%s in a %s: part of it is printed: %s", form, where, f.HTML)
				}
			}
		}
	}
}

// TestFaultsHoldEverywhere puts what is wrong into each container: the problem stands under it, at the start of what the author wrote.
func TestFaultsHoldEverywhere(t *testing.T) {
	faults := map[string]diag.Code{
		"[[Udcg 28]]":            diag.BadReference,
		"[[]]":                   diag.BadReference,
		"[[udcg-28":              diag.BadReference,
		"[[a--b]]":               diag.BadReference,
		"[@Paper]":               diag.BadReference,
		"[@paper,]":              diag.BadReference,
		"<b>":                    diag.RawHTML,
		"[x](page)":              diag.UnsafeLink,
		"[x](javascript:y)":      diag.UnsafeLink,
		"[x](&#106;avascript:y)": diag.UnsafeLink,
		"[x](//example.org)":     diag.UnsafeLink,
		"![](/a.png)":            diag.MissingAlt,
		"[x][nowhere]":           diag.UndefinedLink,
	}
	for where, container := range containers {
		for fault, code := range faults {
			src := Source{File: "e.md", Line: 12, Text: []byte(strings.Replace(container, "X", fault, 1))}
			f, problems := Compile(src)
			if len(problems) != 1 || problems[0].Code != code || problems[0].Hint == "" {
				t.Errorf("%s in a %s: %v, want %s", fault, where, problems, code)
				continue
			}
			if got := excerpt(src, problems[0].Mark); got == "" || !strings.HasPrefix(fault, got) {
				t.Errorf("%s in a %s: the problem stands under %q", fault, where, got)
			}
			if strings.Contains(f.HTML, "<b>") || strings.Contains(f.HTML, "script:y\"") {
				t.Errorf("%s in a %s: %s", fault, where, f.HTML)
			}
		}
	}
}

// TestCodeIsLiteral writes what would be a reference or a fault elsewhere as code: nothing of it is read.
func TestCodeIsLiteral(t *testing.T) {
	for _, text := range []string{"[[uk|text]]", "[@paper, p. 3]", "<script>", "[x](page)", "[^1]", "[[Bad Id]]", "a | b", "\\*", "&amp;"} {
		for where, container := range map[string]string{
			"span": "One `X` two.\n", "block": "    X\n", "fence": "```\nX\n```\n", "fence with a language": "~~~go\nX\n~~~\n",
			"item": "- `X`\n", "quotation": "> `X`\n", "definition": "Term\n: `X`\n", "footnote": "Here.[^n]\n\n[^n]: `X`\n",
		} {
			f := compile(t, strings.Replace(container, "X", text, 1))
			escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
			if len(f.Holes)+len(f.Paths) > 0 || !strings.Contains(f.HTML, escaped) {
				t.Errorf("%s in a %s: %s, %+v", text, where, f.HTML, f.Holes)
			}
		}
	}
}

// TestHeadingIDs gives headings ids that nothing else of the page has, in every script.
func TestHeadingIDs(t *testing.T) {
	const text = "## Sources\n\n## Sources\n\n## Sources 2\n\n## Quote 1\n\n## Outcomes\n\n## Підсумки\n\n## Підсумки\n\n## 結果 2025\n\n" +
		"## İstanbul’da\n\n## [[uk|The UK]] *and* `code`[@paper]\n\n## ☮\n\n## ?\n\n> W.\n>\n> — [[a]], [@b]\n"
	f, problems := Compile(Source{File: "e.md", Text: []byte(text), Reserved: []string{"sources", "the-quote-1", "section"}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var ids []string
	for _, h := range f.Headings {
		ids = append(ids, h.ID)
		if !strings.Contains(f.HTML, `<h2 id="`+h.ID+`">`) {
			t.Errorf("no heading has the id %q", h.ID)
		}
		if !validAnchor([]byte(h.ID)) {
			t.Errorf("no reference can lead to #%s", h.ID)
		}
	}
	want := []string{"sources-2", "sources-3", "sources-2-2", "the-quote-1-2", "outcomes", "підсумки", "підсумки-2", "結果-2025",
		"istanbulda", "the-uk-and-code", "section-2", "section-3"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if words := f.Headings[9].HTML; words != "The UK <em>and</em> <code>code</code>" {
		t.Errorf("a table of contents shows %q", words)
	}
}

// TestPaths lists every address of this site that a text leads to, each with its place; others are not of this site.
func TestPaths(t *testing.T) {
	const text = "Ківс [a](/pledges/) and ![b](/b.png \"c\")\n\n- [d](#outcomes), <https://example.org/>, [e](https://example.org/pledges/)\n" +
		"- [f](/g%20h?i=j&k#l) [m][n]\n\n[n]: </o p> (q)\n"
	src := Source{File: "e.md", Line: 3, Text: []byte(text)}
	f, problems := Compile(src)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range f.Paths {
		got = append(got, p.Address+" at "+excerpt(src, p.At))
	}
	want := []string{
		"/pledges/ at [a](/pledges/)", `/b.png at ![b](/b.png "c")`, "#outcomes at [d](#outcomes)",
		"/g%20h?i=j&k#l at [f](/g%20h?i=j&k#l)", "/o%20p at [m][n]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWordsOfEachForm counts what a reader reads: not marks, codes of characters or addresses.
func TestWordsOfEachForm(t *testing.T) {
	for text, want := range map[string]int{
		"## One two\n\nThree.":               3,
		"[one two](/x \"three\")":            2,
		"![one two](/x.png)":                 0, // an alternative text is an attribute
		"`one two`":                          2,
		"one[@paper, p. 3] two":              2,
		"[[uk|one &amp; two]]":               2,
		"don't 3.5% £350m — … &quot;":        3,
		"Here.[^1]\n\n[^1]: One two.":        3, // a mark is part of the word it stands at
		"| one | two |\n|--|--|\n| 3 | |":    3,
		"日本語 текст":                          2,
		"> One.\n>\n> — [[a]], City, [@b]\n": 2,
	} {
		if got := compile(t, text).Words; got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

// TestQuotationsInOrder numbers quotations as they come, the unattributed not among them.
func TestQuotationsInOrder(t *testing.T) {
	f := compile(t, "> One.\n> — [[a]], [@x]\n\n> Not attributed.\n\n- In a list:\n\n  > Two.\n  >\n  > -- *[[b|Mr B]]*, in [[city]], [@y; @z, p. 2]\n\n> Three\n> lines.\n> --- [[c]][@x]\n")
	var got []string
	for _, q := range f.Quotes {
		words := f.Cut(q.Start, q.End)
		got = append(got, q.ID+" "+q.Speaker+" "+strings.Join(q.Sources, "+")+" "+strings.TrimSpace(words.HTML))
	}
	want := []string{"quote-1 a x <p>One.</p>", "quote-2 b y+z <p>Two.</p>", "quote-3 c x <p>Three\nlines.</p>"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := strings.Count(f.HTML, "<figure"); n != 3 || strings.Count(f.HTML, "<blockquote>") != 4 {
		t.Errorf("%d figures in %s", n, f.HTML)
	}
}

// TestTextWithoutAddressesIsReadTheSame compiles each paragraph that cannot hold a bare address with the parser that looks for them too.
func TestTextWithoutAddressesIsReadTheSame(t *testing.T) {
	defer func(p parser.Parser) { plain = p }(plain)
	without := plain
	compared := 0
	for name, src := range caseSources(t) {
		for _, text := range bytes.Split(src.Text, []byte("\n\n")) {
			if mayHoldAddress(text) {
				continue
			}
			src.Text, compared = text, compared+1
			plain = without
			got, gotProblems := Compile(src)
			plain = markdown
			want, problems := Compile(src)
			if diff := cmp.Diff(want, got) + cmp.Diff(problems, gotProblems); diff != "" {
				t.Errorf("%s: %s\n%s", name, text, diff)
			}
		}
	}
	if compared == 0 {
		t.Error("no text is without addresses")
	}
}
