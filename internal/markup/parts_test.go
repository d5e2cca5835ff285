package markup

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/diag"
)

func TestSlugKeepsLettersOfEveryScript(t *testing.T) {
	for text, want := range map[string]string{
		"Україна: що далі?":     "україна-що-далі",
		"The UK's £350m pledge": "the-uks-350m-pledge",
		"4–6 June / Brussels":   "4-6-june-brussels",
		"  -- Outcomes --  ":    "outcomes",
		"Straße É İ":            "straße-é-i",
		"?!":                    "section",
		"":                      "section",
	} {
		if got := slug(text); got != want {
			t.Errorf("slug(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestIDsAreKebabCase(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "john-healey": true, "2025-06-04": true,
		"a--b": false, "": false, "-": false, "-a": false, "a-": false, "A": false, "a_b": false, "a b": false, "ї": false,
	} {
		if got := validID([]byte(id)); got != want {
			t.Errorf("validID(%q) = %v", id, got)
		}
	}
}

func TestNormaliseKeepsLinesAndColumns(t *testing.T) {
	const source = "a|b [[c|d]] [[[e|f]] [[g|h [[i|\r\n\rk|\x00l\tm\n\n[[n\\|o\\]|p]]"
	text, lines := normalise(nil, nil, []byte(source))
	want := "a|b [[c\vd]] [[[e\vf]] [[g|h [[i|\n\x1ak|\x1al\tm\n\n[[n\\\vo\\]\vp]]"
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int32{0, 32, 40, 41}, lines); diff != "" {
		t.Error(diff)
	}
}

func TestMarkDoesNotDependOnWhatWasAskedBefore(t *testing.T) {
	text, lines := normalise(nil, nil, []byte("їё a\n\nbї c\n"))
	p := position{text: text, lines: lines, first: 3}
	for _, c := range []struct {
		at   span
		want diag.Mark
	}{
		{span{5, 6}, diag.Mark{Line: 3, Col: 4, Len: 1}},
		{span{0, 4}, diag.Mark{Line: 3, Col: 1, Len: 2}},
		{span{8, 11}, diag.Mark{Line: 5, Col: 1, Len: 2}},
		{span{12, 99}, diag.Mark{Line: 5, Col: 4, Len: 1}},
		{span{2, 12}, diag.Mark{Line: 3, Col: 2, Len: 3}},
		{span{7, 7}, diag.Mark{Line: 4, Col: 1, Len: 0}},
		{span{-1, 0}, diag.Mark{Line: 3, Col: 1, Len: 0}},
	} {
		if got := p.mark(c.at); got != c.want {
			t.Errorf("mark(%v) = %v, want %v", c.at, got, c.want)
		}
	}
	if got, want := (&position{first: 1}).mark(span{3, 4}), (diag.Mark{Line: 1, Col: 1}); got != want {
		t.Errorf("in an empty text, mark = %v, want %v", got, want)
	}
}

func TestAppendTextResolvesOnce(t *testing.T) {
	for text, want := range map[string]string{
		`a < b & "c"`:            "a &lt; b &amp; &quot;c&quot;",
		`\& \\& \a \<`:           `&amp; \&amp; \a &lt;`,
		`&amp; &amp;lt; \&amp;`:  "&amp; &amp;lt; &amp;amp;",
		`&lt;b&gt; &#60; &#x3c;`: "&lt;b&gt; &lt; &lt;",
		`&nope; &copyx; &#; & ;`: "&amp;nope; &amp;copyx; &amp;#; &amp; ;",
		"a\x01b\u0085c\u00a0«":   "abc\u00a0«",
	} {
		if got := string(appendText(nil, []byte(text))); got != want {
			t.Errorf("appendText(%q) = %q, want %q", text, got, want)
		}
	}
}
