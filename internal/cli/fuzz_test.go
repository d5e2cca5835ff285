package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// syntax are the problems of a file that cannot be read as it was meant. Whatever a value is, a new entry has none.
var syntax = []diag.Code{diag.BadYAML, diag.YAMLAlias, diag.FrontMatterEarly, diag.FrontMatterUnclosed, diag.FrontMatterMissing, diag.DuplicateKey, diag.UnknownKey}

// FuzzSet checks that a value given for a field is refused or written so that it is read again as it was given.
func FuzzSet(f *testing.F) {
	for _, s := range []string{"A title", `a "b" \c`, "a: b", "# a", "- a", "---", "a\n---\nb", "{a}", "null", "'", "@x", "%x", "a\tb", "\u0085\u2028", "\xff", "0x10", "=1", "a #b", "x:", "!!str a", "&a", "*a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		words := strings.Join(strings.Fields(value), " ")
		if words == "" || words[0] == '[' || words[0] == '{' {
			return // it is YAML that the user wrote
		}
		d := &draft{kind: dossier.KindActor, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), values: map[string]string{}}
		if d.set("title", value) != nil {
			return
		}
		e, problems := content.Parse("content/actors/e.md", []byte(d.text()))
		refused := false
		for _, p := range problems {
			refused = refused || p.Line == 2 && p.Code != diag.TooLong // the line of the title; what is too long is kept
			if slices.Contains(syntax, p.Code) {
				t.Errorf("%q is written as %s: %v", value, d.values["title"], p)
			}
		}
		if got := e.Base().Title; !refused && got != words {
			t.Errorf("%q is read as %q", value, got)
		}
	})
}
