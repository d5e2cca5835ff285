package page

import (
	"strings"
	"testing"
)

// A page is cited by its permanent address in the version of its newest change; a brief as a report, a source as itself.
func TestHowPagesAreCited(t *testing.T) {
	pages := linked(t, `
-- briefs/one.md --
title: '"100%" {of} it & more'
summary: S.
published: 2026-01-01T09:00:00Z
changes: [{at: 2026-02-03T09:00:00Z, kind: update, note: N.}]
number: RB-01
authors: [A. Writer]
-- actors/a.md --
title: An actor
summary: S.
published: 2026-01-01T09:00:00Z
kind: state
-- sources/s.md --
title: A letter
published: 2026-01-01T09:00:00Z
type: report
publisher: P
issued: 2025
url: https://elsewhere.example/
`)
	for address, want := range map[string]struct {
		cite  *Cite
		text  string
		parts []string
	}{
		"/briefs/one/": {
			view[Brief](t, pages, "/briefs/one/").Cite, ", RB-01, version 2, 3 February 2026, https://example.org/briefs/one/",
			[]string{`@techreport{one,`, `{{"100\%" \{of\} it \& more}}`, "TY  - RPRT\r\n", "DA  - 2026/02/03/\r\n", `"title":"\"100%\" {of} it & more"`, `"date-parts":[[2026,2,3]]`},
		},
		"/actors/a/": {
			view[Actor](t, pages, "/actors/a/").Cite, "“An actor”, ",
			[]string{`@misc{a,`, "TY  - ELEC\r\n", `"type":"webpage"`, `"version":"1"`, `"URL":"https://example.org/actors/a/"`},
		},
		"/sources/s/": {
			view[Source](t, pages, "/sources/s/").Cite, "“A letter”, P, 2025, https://elsewhere.example/",
			[]string{`url = {https://elsewhere.example/}`, "PY  - 2025\r\n", `"publisher":"P"`},
		},
	} {
		if !strings.Contains(want.cite.Text, want.text) {
			t.Errorf("%s: the text is %s", address, want.cite.Text)
		}
		files := want.cite.BibTeX + want.cite.RIS + want.cite.CSL
		for _, part := range want.parts {
			if !strings.Contains(files, part) {
				t.Errorf("%s: no %s in\n%s", address, part, files)
			}
		}
		if want.cite.Record != address+"index.json" || want.cite.Source != address+"index.md" {
			t.Errorf("%s leads to %s and %s", address, want.cite.Record, want.cite.Source)
		}
	}
}
