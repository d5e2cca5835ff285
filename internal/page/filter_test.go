package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// text writes filters as a reader would read them.
func (f Filters) text() []string {
	var out []string
	for _, x := range f.List {
		s := x.Name + " " + x.Title + ":"
		for _, o := range x.Options {
			s += fmt.Sprintf(" %d %s (%d)", o.Value, o.Label, o.Rows)
		}
		out = append(out, s)
	}
	return out
}

// TestFiltersOfferWhatTheRowsAre reads the filters of the pledges, and proves that the numbers of a row are those of its options: a
// pledge of several donors has one for each.
func TestFiltersOfferWhatTheRowsAre(t *testing.T) {
	v := view[Pledges](t, linked(t, ledgers), "/pledges/")
	want := []string{
		"f1 Donor: 0 all (11) 1 North (5) 2 The eastland (3) 3 The southland (6)",
		"f2 Category: 0 all (11) 1 diplomatic (1) 2 financial (6) 3 military (4)",
		"f3 Stage: 0 all (11) 1 announced (6) 2 committed (2) 3 allocated (1) 4 part-delivered (1) 5 withdrawn (1)",
	}
	if d := cmp.Diff(want, v.Filters.text()); d != "" {
		t.Error(d)
	}
	if v.Filters.Label() != "donor, category and stage" || v.Filters.Rows != 11 || v.Filters.Part {
		t.Errorf("%+v", v.Filters)
	}
	for _, r := range v.Rows {
		if r.Pledge.Title == "The shares" && fmt.Sprint(r.Marks) != "[[1 3 2] [3] [3]]" {
			t.Errorf("the shares carry %v", r.Marks)
		}
	}
}

// TestFiltersOfMeetings covers what is not known, which is an option like others and comes last.
func TestFiltersOfMeetings(t *testing.T) {
	v := view[Series](t, linked(t, small+"-- events/talks-3.md --\nkind: meeting\ndate: 2025-07\nseries: talks\n"), "/talks/")
	want := []string{
		"f1 Chair: 0 all (3) 1 The ada (2) 2 not known to us (1)",
		"f2 Format: 0 all (3) 1 in person (1) 2 online (1) 3 not known to us (1)",
	}
	if d := cmp.Diff(want, v.Filters.text()); d != "" {
		t.Error(d)
	}
	if fmt.Sprint(v.Meetings[0].Marks) != "[[2] [3]]" {
		t.Errorf("the newest meeting carries %v", v.Meetings[0].Marks)
	}
}

// TestAListOfOneSortHasNoFilters proves that readers are not offered what changes nothing.
func TestAListOfOneSortHasNoFilters(t *testing.T) {
	v := view[Pledges](t, linked(t, small), "/pledges/")
	if len(v.Filters.List) != 0 || v.Rows[0].Marks != nil {
		t.Errorf("%+v, %v", v.Filters, v.Rows[0].Marks)
	}
}

// TestTheStylesheetHasARuleForEachOption holds the sizes against the pages, of which a long list has several.
func TestTheStylesheetHasARuleForEachOption(t *testing.T) {
	var b strings.Builder
	b.WriteString(ledgers)
	for i := range MaxRows {
		fmt.Fprintf(&b, "-- actors/n%d.md --\nkind: state\n-- pledges/p%[1]d.md --\ndonors: [n%[1]d]\nrecipient: ukraine\nannounced: %d-01-01\ncategory: military\nsteps: [{stage: announced, date: %[2]d-01-01, source: paper}]\nas_of: 2025-01-01\n", i, 2000+i/100)
	}
	g := graphOf(t, b.String())
	pages := planned(g)
	var most []int
	for _, url := range []string{"/pledges/", "/pledges/page/2/"} {
		f := view[Pledges](t, pages, url).Filters
		if !f.Part {
			t.Errorf("%s does not say that it is part of a list", url)
		}
		for i, x := range f.List {
			if i == len(most) {
				most = append(most, 0)
			}
			most[i] = max(most[i], len(x.Options)-1)
		}
	}
	if got := FilterSizes(g); !slices.Equal(got, most) || most[0] < 190 {
		t.Errorf("sizes %v, pages have %v", got, most)
	}
}
