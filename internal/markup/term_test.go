package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const glossaryText = `## NATO in a heading

NATO and the [NATO link](/x) and [[nato|NATO]] and ` + "`NATO`" + `, X1, A, Natö, NATOs, NATO-led, F-16.

> NATO, she said.
>
> — [[ada]], NATO, [@s]

PURL, The *list*
: A NATO list of [[ukraine]].
: It is new.

Package
: Several.
`

func TestTermsAndMentionsAreFound(t *testing.T) {
	f, problems := Compile(Source{File: "e.md", Text: []byte(glossaryText)})
	for _, p := range problems {
		t.Error(p)
	}
	var marked []string
	mark := func(dst []byte, word string) []byte {
		marked = append(marked, word)
		return append(append(append(dst, '<'), word...), '>')
	}
	none := func(dst []byte, _ *Hole) []byte { return dst }
	got := string(f.FillMarked(nil, none, mark))
	if diff := cmp.Diff([]string{"NATO", "X1", "NATO", "F-16", "NATO"}, marked); diff != "" {
		t.Errorf("abbreviations (-want +got):\n%s", diff)
	}
	plain := strings.NewReplacer("<NATO>", "NATO", "<X1>", "X1", "<F-16>", "F-16").Replace(got)
	if diff := cmp.Diff(string(f.Fill(nil, none)), plain); diff != "" {
		t.Errorf("the rest is not what Fill prints (-want +got):\n%s", diff)
	}
	var terms []string
	for _, x := range f.Terms {
		words := f.Cut(x.Start, x.End)
		terms = append(terms, x.ID+": "+strings.Join(x.Names, "|")+": "+words.Text(func(h *Hole) string { return h.Target }))
	}
	if diff := cmp.Diff([]string{"term-purl-the-list: PURL|The list: A NATO list of ukraine.", "term-package: Package: Several."}, terms); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
}

// A fragment that loses its links keeps its terms and abbreviations where they were.
func TestTermsAndMentionsStayWhereLinksGo(t *testing.T) {
	f, _ := Compile(Source{File: "e.md", Text: []byte("See [a](/x), NATO, [[b]].\n\nTerm\n: Of [c](/x) and NATO.\n")})
	u := f.Unlink(func(h *Hole) (string, bool) { return "words of " + h.Target, true }, func(string) bool { return true })
	for _, m := range u.Mentions {
		if got := u.HTML[m.Offset : int(m.Offset)+len(m.Word)]; got != m.Word {
			t.Errorf("%q stands where %q was", got, m.Word)
		}
	}
	if len(u.Mentions) != 2 || len(u.Terms) != 1 || u.HTML[u.Terms[0].Start:u.Terms[0].End] != "Of c and NATO." {
		t.Errorf("%+v", u)
	}
}
