package markup

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func compile(t *testing.T, text string) Fragment {
	t.Helper()
	f, problems := Compile(Source{File: "e.md", Text: []byte(text)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return f
}

func TestFillAsksForEachHoleInOrder(t *testing.T) {
	f := compile(t, "[[a]] b [@c; @d]\n")
	got := f.Fill([]byte("before "), func(dst []byte, h *Hole) []byte { return append(dst, h.Target+h.Target...) })
	if want := "before <p>aa bccdd</p>\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if empty := (&Fragment{}).Fill(nil, nil); len(empty) != 0 {
		t.Errorf("the zero fragment holds %q", empty)
	}
}

func TestFillDoesNotAllocate(t *testing.T) {
	f := compile(t, body)
	dst := make([]byte, 0, 2*len(f.HTML))
	if n := testing.AllocsPerRun(10, func() {
		dst = f.Fill(dst[:0], func(dst []byte, h *Hole) []byte { return append(dst, h.Target...) })
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestCutTakesItsHolesAlong(t *testing.T) {
	f := compile(t, "[[z]]\n\n> One [[a|two three]].[@b]\n>\n> — [[c]], [@d]\n\n[[y]]\n")
	q := f.Quotes[0]
	words := f.Cut(q.Start, q.End)
	if got, want := string(words.Fill(nil, marked)), "<p>One {a#|two three}.{@b,}</p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if words.Words != 3 {
		t.Errorf("%d words, want 3", words.Words)
	}
	whole := f.Cut(0, int32(len(f.HTML)))
	if diff := cmp.Diff(f.Holes, whole.Holes); diff != "" {
		t.Errorf("the whole is not the fragment (-want +got):\n%s", diff)
	}
}

func TestWordsAreThoseThatAReaderSees(t *testing.T) {
	for text, want := range map[string]int{
		"":                                 0,
		"One two *three*-four — five.":     4,
		"a*b*c &amp; d & e":                3,
		"[[uk|five six]] [[nato]][@a]":     2,
		"Слава Україні! 2025-06-04":        3,
		"- a\n- b\n\n| c | d |\n|---|---|": 4,
	} {
		if got := compile(t, text).Words; got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

func TestControlCharactersAreDropped(t *testing.T) {
	f, _ := Compile(Source{Text: []byte("a\x00b\x0bc\x1bd\x7fe\u0085f\ng\r\n`\x0b` [x](/\x0b\x01y \"\x02\x0b\")\n\n```\n\x0b\x1a\r\n```\n")})
	want := "<p>abcdef\ng\n<code></code> <a href=\"/y\" title=\"\">x</a></p>\n<pre tabindex=\"0\"><code>\n</code></pre>\n"
	if diff := cmp.Diff(want, f.HTML); diff != "" {
		t.Error(diff)
	}
}

func TestCompileHoldsNothingOfItsSource(t *testing.T) {
	text := []byte(body)
	f, _ := Compile(Source{Text: text})
	before := string(f.Fill(nil, marked))
	clear(text)
	if _, problems := Compile(Source{Text: []byte(strings.Repeat("## x [[y|z]]\n", 500))}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(before, string(f.Fill(nil, marked))); diff != "" {
		t.Error(diff)
	}
}

func TestCompileRunsInParallel(t *testing.T) {
	want := compile(t, body)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if f, _ := Compile(Source{File: "e.md", Text: []byte(body)}); !cmp.Equal(want, f) {
					t.Error("another result")
				}
			}
		})
	}
	wg.Wait()
}

// body is a text of some 400 words, as an entry has.
var body = "The Ukraine Defense Contact Group met in Brussels. [[john-healey]] and [[boris-pistorius|his *German* colleague]] chaired.\n\n" +
	"## Outcomes\n\n" + strings.Repeat("Allies pledged \"drones\" and 155-mm rounds to [[ukraine]] -- more than in any month before. "+
	"The [[uk-drones-2025|drone pledge]] is worth £350 million [@guardian-2025-06-04, para. 3], ten times last year's. "+
	"Deliveries began in May; see [the statement](https://example.org/statement?a=1&b=2) and [[nato]].\n\n", 8) +
	"| Donor | Sum |\n|:------|----:|\n| [[uk|United Kingdom]] | £350m |\n| [[netherlands]] | €400m [@mod-nl] |\n\n" +
	"> We will deliver what we promised.\n> — [[john-healey]], Brussels, [@guardian-2025-06-04]\n\n" +
	"- One thing is open.[^1]\n- Another is the *date*.\n\n[^1]: Nobody has said when.\n"

func BenchmarkCompile(b *testing.B) {
	src := Source{File: "e.md", Text: []byte(body)}
	f, _ := Compile(src)
	b.ReportMetric(float64(f.Words), "words")
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Compile(src)
	}
}

func BenchmarkFill(b *testing.B) {
	f, _ := Compile(Source{File: "e.md", Text: []byte(body)})
	dst := make([]byte, 0, 2*len(f.HTML))
	b.ReportAllocs()
	for b.Loop() {
		dst = f.Fill(dst[:0], func(dst []byte, h *Hole) []byte { return append(dst, h.Target...) })
	}
}
