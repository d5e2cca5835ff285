package markup

import (
	"strings"
	"testing"
)

// TestWithin proves that a part of a longer document has headings below those of the document, and no id or label that another part may
// have.
func TestWithin(t *testing.T) {
	const text = "See [below](#what-came).[@a] Not: ` id=\"x\"`.[^n]\n\n## What *came*\n\nTo [[b]].\n\n#### Too deep\n\n### Then\n\n| A |\n|---|\n| [[c]] |\n\n" +
		"> Yes.\n> — [[b]], [@a]\n\n[^n]: A note.\n"
	f, _ := Compile(Source{Text: []byte(text)})
	g := f.Within("one:", 3)
	html := string(g.Fill(nil, func(b []byte, h *Hole) []byte { return append(append(append(b, '{'), h.Target...), '}') }))
	for _, want := range []string{
		`<a href="#one:what-came">below</a>.{a} Not: <code> id=`, `<h3 id="one:what-came"><a class="self" href="#one:what-came">What <em>came</em></a></h3>`, "To {b}.", `<h5 id="one:too-deep">`, "</h5>",
		`<h4 id="one:then">`, "</h4>", `aria-label="Chapter 3: Table 1"`, "{c}", `id="one:quote-1"`, `href="#one:fn:1"`, `id="one:fn:1"`, `id="one:fnref:1"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %s:\n%s", want, html)
		}
	}
	if h := g.Headings[0]; h.Level != 3 || h.ID != "one:what-came" || f.Headings[0].Level != 2 {
		t.Errorf("heading %+v of %+v", h, f.Headings[0])
	}
}
