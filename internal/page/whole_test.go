package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readable is a site with something for each chapter. Both briefs have a heading of the same name.
const readable = `
-- sources/a.md --
type: webpage
publisher: A
undated: true
-- sources/b.md --
type: webpage
publisher: B
undated: true
-- sources/c.md --
type: webpage
publisher: C
undated: true
-- briefs/one.md --
number: B-1
key_points: [{text: First., source: b}]
questions: [Why?]
---
So.[@a]

## Outlook
-- briefs/two.md --
number: B-2
---
And.[@b]

## Outlook

See [below](#outlook).
-- series/row.md --
---
They met.[@c]
-- events/met.md --
kind: meeting
date: 2025-06-04
series: row
key: They meet
sources: [a]
-- events/before.md --
kind: talks
date: 2025-05-31
key: They talk
sources: [c]
-- pages/june.md --
timeline: 2025-06
---
A month.[@c]
-- pages/method.md --
---
## Outlook
`

// TestTheWholeBriefIsOneDocument proves that the chapters follow each other with one list of notes, and that no two places have the same
// id.
func TestTheWholeBriefIsOneDocument(t *testing.T) {
	v := view[Whole](t, linked(t, readable), "/print/")
	var chapters []string
	for _, c := range v.Chapters {
		chapters = append(chapters, fmt.Sprintf("%d. %s at %s", c.Number, c.Title, c.ID))
	}
	want := []string{
		"1. The one at chapter-one", "2. The two at chapter-two", "3. The row at chapter-row", "4. Key events at key-events", "5. The method at chapter-method",
	}
	if d := cmp.Diff(want, chapters); d != "" {
		t.Error(d)
	}
	var notes []string
	for _, n := range v.Notes {
		notes = append(notes, fmt.Sprintf("%d %s %d", n.Number, n.Source.Title, len(n.Uses)))
	}
	// The brief's conclusion comes before its text, the history of the series before the key events.
	if d := cmp.Diff([]string{"1 The b 2", "2 The a 2", "3 The c 3"}, notes); d != "" {
		t.Error(d)
	}
	one, two := string(v.Briefs[0].Body), string(v.Briefs[1].Body)
	if !strings.Contains(one, `<h3 id="chapter-one:outlook">`) || !strings.Contains(two, `<h3 id="chapter-two:outlook">`) || !strings.Contains(two, `href="#chapter-two:outlook"`) {
		t.Errorf("two chapters with one heading:\n%s\n%s", one, two)
	}
	if m := v.Keys.Months; len(m) != 2 || m[0].Title != "May 2025" || m[0].Intro != "" || m[1].Items[0].Key != "They meet" || !strings.Contains(string(m[1].Intro), "A month.") {
		t.Errorf("key events %+v", m)
	}
	if v.Pledges != nil || len(v.Left) > 0 || v.Series[0].Held != 1 || len(v.Series[0].Meetings) != 1 {
		t.Errorf("pledges %v, left out %v, series %+v", v.Pledges, v.Left, v.Series)
	}
}

// TestTheWholeBriefHasTheTotals proves that it tells of pledges as their own page does.
func TestTheWholeBriefHasTheTotals(t *testing.T) {
	pages := linked(t, ledgers)
	whole, own := view[Whole](t, pages, "/print/").Pledges, view[Pledges](t, pages, "/pledges/")
	if d := cmp.Diff(own.Sums, whole.Sums); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(own.Donors, whole.Donors); d != "" || whole.Recorded == 0 {
		t.Error(whole.Recorded, d)
	}
}

// TestTheWholeBriefIsNoLongerThanAReaderPrints proves that a big site has a document of the same length, which says what it leaves out.
func TestTheWholeBriefIsNoLongerThanAReaderPrints(t *testing.T) {
	const n = MaxRows + 5
	var b strings.Builder
	b.WriteString("-- series/row.md --\n")
	for i := range n {
		fmt.Fprintf(&b, "-- briefs/b%d.md --\nnumber: B-%d\n-- events/e%d.md --\nkind: meeting\ndate: 2025-01-01\nseries: row\nkey: Key %d\n", i, i, i, i)
	}
	for i := range wholeTexts {
		fmt.Fprintf(&b, "-- series/s%d.md --\n-- pages/p%d.md --\n-- pages/q%d.md --\n", i, i, i)
	}
	v := view[Whole](t, linked(t, b.String()), "/print/")
	if len(v.Briefs) != wholeTexts || len(v.Series[0].Meetings) != MaxRows || len(v.Keys.Months[0].Items) != MaxRows {
		t.Errorf("%d briefs, %d meetings, %d key events", len(v.Briefs), len(v.Series[0].Meetings), len(v.Keys.Months[0].Items))
	}
	want := []Ref{
		{Title: "20 of 205 briefs", URL: "/briefs/"}, {Title: "20 of 21 series", URL: "/"}, {Title: "200 of 205 meetings", URL: "/row/"},
		{Title: "200 of 205 key events", URL: "/timeline/"}, {Title: "20 of 40 other texts", URL: "/search/"},
	}
	if d := cmp.Diff(want, v.Left); d != "" {
		t.Error(d)
	}
}

// TestAnEmptySiteHasNoChapters proves that there is no heading with nothing under it.
func TestAnEmptySiteHasNoChapters(t *testing.T) {
	v := view[Whole](t, linked(t, ""), "/print/")
	if v.Chapters != nil || v.Keys != nil || v.Pledges != nil || v.Left != nil {
		t.Errorf("%+v", v)
	}
}
