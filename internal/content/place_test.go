package content

import (
	"strings"
	"testing"

	"briefing/internal/diag"
)

func TestPlaceFindsWordsInEveryStyleOfYAML(t *testing.T) {
	const src = `---
title: Šakalienė’s word today
summary: "He said \"no\" today"
key: 'it''s today'
outcomes:
  - text: >-
      Several
      lines, and today
  - text: one line
      and today
  - Today
---
Body
`
	for _, c := range []struct {
		value string
		path  []any
		want  diag.Mark
	}{
		{"Šakalienė’s word today", []any{"title"}, diag.Mark{Line: 2, Col: 25, Len: 5}},
		{`He said "no" today`, []any{"summary"}, diag.Mark{Line: 3, Col: 26, Len: 5}},
		{"it's today", []any{"key"}, diag.Mark{Line: 4, Col: 13, Len: 5}},
		{"Several lines, and today", []any{"outcomes", 0, "text"}, diag.Mark{Line: 8, Col: 18, Len: 5}},
		{"one line and today", []any{"outcomes", 1, "text"}, diag.Mark{Line: 10, Col: 11, Len: 5}},
		{"Today", []any{"outcomes", 2, "text"}, diag.Mark{Line: 11, Col: 5, Len: 5}},
		{"nothing today", []any{"date"}, diag.Mark{Line: 2, Col: 1, Len: 5}},
	} {
		start := strings.Index(strings.ToLower(c.value), "today")
		if got := Place("x.md", []byte(src), start, len(c.value), c.path...); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.value, got, c.want)
		}
	}
}
