package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mended is a site on which something was wrong, and what it touched. The site is of 31 March 2026.
const mended = `
-- actors/norway.md --
kind: state
published: 2026-01-01T00:00:00Z
-- actors/ukraine.md --
kind: state
published: 2026-01-01T00:00:00Z
-- sources/paper.md --
type: article
publisher: Paper
issued: 2025
class: media
published: 2026-01-01T00:00:00Z
-- events/meeting.md --
kind: meeting
date: 2025-04-11
published: 2026-01-01T00:00:00Z
changes:
  - {at: 2026-01-02T00:00:00Z, kind: correction, severity: retraction, was: A., now: B., note: Retracted.}
  - {at: 2026-02-28T23:59:59Z, kind: correction, was: A., now: B., note: Old.}
  - {at: 2026-03-02T00:00:00Z, kind: correction, severity: clarification, was: A., now: B., note: Fresh.}
  - {at: 2026-03-31T00:00:00Z, kind: update, was: A., now: B., note: Known.}
-- pledges/whole.md --
donors: [norway]
recipient: ukraine
announced: 2025-04-11
category: military
steps: [{stage: announced, date: 2025-04-11, source: paper}]
as_of: 2025-05-01
published: 2026-01-01T00:00:00Z
-- pledges/promise.md --
donors: [norway]
recipient: ukraine
announced: {date: 2025-04-11, event: meeting}
category: military
amount: {value: 5, currency: EUR}
steps: [{stage: announced, date: 2025-04-11, source: paper}]
as_of: 2025-05-01
published: 2026-01-01T00:00:00Z
changes: [{at: 2026-03-03T00:00:00Z, kind: correction, was: 6 euros., now: 5 euros., note: A slip.}]
-- pledges/inside.md --
donors: [norway]
recipient: ukraine
announced: 2025-04-11
category: military
part_of: whole
amount: {value: 5, currency: EUR}
steps: [{stage: announced, date: 2025-04-11, source: paper}]
as_of: 2025-05-01
published: 2026-01-01T00:00:00Z
changes: [{at: 2026-03-03T00:00:00Z, kind: correction, was: C., now: D., note: A slip.}]
-- figures/april.md --
min: 5
currency: USD
wording: more than $5
measures: What was given.
as_of: 2025-04
sources: [paper]
published: 2026-01-01T00:00:00Z
-- figures/june.md --
value: 6
currency: USD
measures: What was given by then.
as_of: 2025-06
supersedes: april
asserted_by: norway
sources: [paper]
published: 2026-01-01T00:00:00Z
changes: [{at: 2026-03-04T00:00:00Z, kind: correction, was: 7 dollars., now: 6 dollars., note: A slip.}]
-- pages/about.md --
published: 2026-01-01T00:00:00Z
---
The sum was [[june]], and [[april|less]] before.
-- pages/policy.md --
tags: [corrections]
published: 2026-01-01T00:00:00Z
---
## How to report a mistake

Write to us.
`

// notes returns the notes of some changes.
func notes(list []ChangeNote) string {
	var all []string
	for _, c := range list {
		all = append(all, c.Note)
	}
	return strings.Join(all, " ")
}

// TestAPageTellsOfFreshCorrectionsFirst proves that a correction stands at the head of its page for 30 days of the site's date, and a
// retraction for good. What was wrong and what is right stand beside each other.
func TestAPageTellsOfFreshCorrectionsFirst(t *testing.T) {
	v := view[Event](t, linked(t, mended), "/events/meeting/")
	if got := notes(v.Corrected); got != "Fresh. Retracted." {
		t.Errorf("at its head: %s", got)
	}
	if got := notes(v.Changes); got != "Known. Fresh. Old. Retracted." {
		t.Errorf("its changes: %s", got)
	}
	if c := v.Changes[3]; c.Label != "Retraction" || !c.Correction || c.Was != "A." || c.Now != "B." || c.ID != "change.1" || c.Of.URL != "" {
		t.Errorf("%+v", c)
	}
	if c := v.Changes[0]; c.Correction || c.Was != "A." {
		t.Errorf("%+v", c)
	}
}

// TestACorrectionNamesThePagesItTouched follows a wrong value to the totals it was in, to the values beside it, and to what refers to it.
func TestACorrectionNamesThePagesItTouched(t *testing.T) {
	pages := linked(t, mended)
	v := view[Corrections](t, pages, "/corrections/")
	got := map[string]string{}
	for _, c := range v.List {
		var urls []string
		for _, r := range c.Touched {
			urls = append(urls, r.URL)
		}
		got[c.ID] = strings.Join(urls, " ")
	}
	want := map[string]string{
		"june-1": "/figures/june/ /figures/april/ /about/",
		"promise-1": "/pledges/promise/ /pledges/sum/ /actors/norway/#sum /pledges/sum/recipient/ukraine/ /pledges/sum/category/military/ " +
			"/pledges/sum/instrument/not-stated/ /events/meeting/#sum /pledges/sum/month/2025-04/ /pledges/sum/stage/announced/",
		"inside-1":  "/pledges/inside/ /pledges/whole/", // in no total
		"meeting-1": "/events/meeting/ /pledges/promise/", "meeting-2": "/events/meeting/ /pledges/promise/", "meeting-3": "/events/meeting/ /pledges/promise/",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if v.Policy.URL != "/policy/#how-to-report-a-mistake" {
		t.Errorf("how to report a mistake: %+v", v.Policy)
	}
	many := mended
	for i := range maxTouched + 3 {
		many += "-- pages/p" + strings.Repeat("x", i) + ".md --\n---\n[[june]]\n"
	}
	for _, c := range view[Corrections](t, linked(t, many), "/corrections/").List {
		if c.ID == "june-1" && c.MoreTouched != (Ref{Title: "4 more that mention it", URL: "/figures/june/#mentions"}) {
			t.Errorf("%d pages and %+v", len(c.Touched), c.MoreTouched)
		}
	}
}

// TestAFigureStandsBesideItsEarlierValues reads the chain from both ends and from the index.
func TestAFigureStandsBesideItsEarlierValues(t *testing.T) {
	pages := linked(t, mended)
	old, newest := view[Figure](t, pages, "/figures/april/"), view[Figure](t, pages, "/figures/june/")
	if old.Newer == nil || old.Newer.Figure.URL != "/figures/june/" || newest.Newer != nil {
		t.Errorf("newer than april: %+v; newer than june: %+v", old.Newer, newest.Newer)
	}
	rows := newest.Chain.Rows
	if len(rows) != 2 || rows[0].Newest || !rows[1].Newest || rows[0].Own || !rows[1].Own || !old.Chain.Rows[0].Own {
		t.Fatalf("%+v", rows)
	}
	if r := rows[0]; r.Value != "more than US$5" || r.AsOf.Text != "April 2025" || r.AssertedBy.Title != "" || r.Standing != "reported" || r.Sources[0].Title != "Paper" {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.AssertedBy.URL != "/actors/norway/" || r.Standing != "claimed" || newest.Chain.Measures != "What was given by then." {
		t.Errorf("%+v", r)
	}
	all := view[Figures](t, pages, "/figures/")
	if len(all.Chains) != 1 || len(all.Chains[0].Rows) != 2 || all.Chains[0].Rows[0].Own || all.Chains[0].Rows[1].Own {
		t.Errorf("%+v", all.Chains)
	}
}

// TestANumberIsWrittenOnce proves that prose prints a figure from its entry, with the date for which it holds, unless it has words of its
// own, and that structured data does the same.
func TestANumberIsWrittenOnce(t *testing.T) {
	pages := linked(t, mended+"-- actors/ada.md --\nkind: person\n---\n> It is [[june]].\n>\n> — [[ada]], [@paper]\n")
	if got := string(view[Prose](t, pages, "/about/").Body); !strings.Contains(got, `The sum was <a href="/figures/june/">US$6, as of June 2025</a>, and <a href="/figures/april/">less</a> before.`) {
		t.Error(got)
	}
	if got := string(view[Actor](t, pages, "/actors/ada/").Linked); !strings.Contains(got, `"text":"It is US$6, as of June 2025."`) {
		t.Error(got)
	}
}

// TestWhatNeedsNoWordHasNone proves that a page says how sure a statement is only where that does not go without saying.
func TestWhatNeedsNoWordHasNone(t *testing.T) {
	v := view[Event](t, linked(t, gathering), "/events/first/")
	if got := v.Outcomes[0].Standing + " " + v.Outcomes[1].Standing; got != "confirmed disputed" {
		t.Error(got)
	}
	if step := view[Pledge](t, linked(t, mended), "/pledges/promise/").Steps[0]; step.Standing != "" {
		t.Errorf("%+v", step)
	}
	if len(v.Site.Scale.Words) != 5 || v.Site.Scale.More.URL != "" {
		t.Errorf("%+v", v.Site.Scale)
	}
	told := linked(t, "-- pages/how.md --\ntags: [methodology]\n---\n## How sure we are\n")
	if more := view[Home](t, told, "/").Site.Scale.More; more.URL != "/how/#how-sure-we-are" {
		t.Errorf("%+v", more)
	}
}
