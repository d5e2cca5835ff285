package page

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheFirstPageSaysHowFarThePledgesHaveCome counts pledges by stage: what nobody is known to have reached is left out, but not delivery.
func TestTheFirstPageSaysHowFarThePledgesHaveCome(t *testing.T) {
	pages := linked(t, ledgers)
	var got []string
	for _, s := range view[Home](t, pages, "/").Stages {
		got = append(got, fmt.Sprintf("%d %s, %d wide, %s", s.N, s.Stage, s.Width, s.URL))
		if _, ok := pages[s.URL]; s.URL != "" && !ok {
			t.Errorf("%s leads to %s, which is not there", s.Stage, s.URL)
		}
	}
	want := []string{
		"6 announced, 1000 wide, /pledges/sum/stage/announced/",
		"2 committed, 333 wide, /pledges/sum/stage/committed/",
		"1 allocated, 166 wide, /pledges/sum/stage/allocated/",
		"1 part-delivered, 166 wide, /pledges/sum/stage/part-delivered/",
		"0 delivered, 0 wide, ",
		"1 withdrawn, 166 wide, /pledges/sum/stage/withdrawn/",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestTheFirstPageShowsTheConclusionsOfTheNewestBrief proves that a newer brief without any does not hide them, and that they are cited.
func TestTheFirstPageShowsTheConclusionsOfTheNewestBrief(t *testing.T) {
	v := view[Home](t, linked(t, news+`
-- sources/wire.md --
type: webpage
publisher: W
undated: true
class: agency
-- briefs/old.md --
number: RB-8
published: 2026-03-02T00:00:00Z
key_points: [{text: An old point., source: wire}]
-- briefs/new.md --
number: RB-9
published: 2026-03-03T00:00:00Z
key_points: [{text: A new point., source: wire}]
-- briefs/newest.md --
number: RB-10
published: 2026-03-04T00:00:00Z
`), "/")
	if len(v.Points) != 1 || v.Points[0].Text != "A new point." || v.PointsOf.Title != "The new" {
		t.Errorf("%+v of %+v", v.Points, v.PointsOf)
	}
	if v.Basis != "2 sources: 1 agency, 1 media" {
		t.Errorf("it rests on %q", v.Basis)
	}
	if v.News.What != "Correction" || v.News.When.Text != "2 May 2026" {
		t.Errorf("the newest is %+v", v.News)
	}
}
