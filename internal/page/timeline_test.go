package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const chronicle = `
-- sources/early.md --
type: webpage
publisher: Early
undated: true
-- sources/late.md --
type: webpage
publisher: Late
undated: true
-- sources/intro.md --
type: webpage
publisher: Intro
undated: true
-- events/old.md --
kind: talks
date: 2023-12-31
key: It began
-- events/year.md --
kind: politics
date: 2025~
-- events/month.md --
kind: statement
date: 2025-06
sources: [late]
-- events/one.md --
kind: talks
date: 2025-06-04
sources: [early]
-- events/two.md --
kind: attack
date: 2025-06-04/2025-07-01
key: A long one
-- events/three.md --
kind: talks
date: 2025-06-04~
status: cancelled
-- events/last.md --
kind: meeting
date: 2025-06-30
online: true
-- pages/june.md --
title: What June was
timeline: 2025-06
sources: [intro]
---
It was[@early] so.
-- pages/empty.md --
title: Nothing happened
timeline: 2025-02
`

func TestTheTimelineCountsByYearAndMonth(t *testing.T) {
	v := view[Timeline](t, linked(t, chronicle), "/timeline/")
	var got []string
	for _, y := range v.Years {
		got = append(got, fmt.Sprintf("%s %s %d", y.Title, y.URL, y.Events))
		for _, m := range y.Months {
			got = append(got, fmt.Sprintf("  %s %s %d", m.Title, m.URL, m.Events))
		}
	}
	want := []string{
		"2025 /timeline/2025/ 6", "  June /timeline/2025/06/ 5", "2023 /timeline/2023/ 1", "  December /timeline/2023/12/ 1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(v.Keys) != 2 || v.Keys[0].Title != "A long one" || v.Keys[0].URL != "/events/two/" || v.Keys[1].Title != "It began" {
		t.Errorf("key events %v", v.Keys)
	}
}

// TestAKeyLabelStaysInTheTimeline proves that the label of a key event does not change the card that other pages show.
func TestAKeyLabelStaysInTheTimeline(t *testing.T) {
	pages := linked(t, chronicle)
	view[Timeline](t, pages, "/timeline/")
	for _, c := range view[Home](t, pages, "/").Latest {
		if c.URL == "/events/two/" && c.Title != "The two" {
			t.Errorf("its card says %q", c.Title)
		}
	}
}

func TestAYearShowsWhatHasNoMonth(t *testing.T) {
	pages := linked(t, chronicle)
	v := view[Year](t, pages, "/timeline/2025/")
	if len(v.Months) != 1 || v.Months[0].ID != "2025-06" || len(v.Months[0].Items) != 5 || len(v.Undated) != 1 || v.Undated[0].When.Text != "about 2025" {
		t.Errorf("months %+v, without one %+v", v.Months, v.Undated)
	}
	if v.Previous.URL != "/timeline/2023/" || v.Next.URL != "" || view[Year](t, pages, "/timeline/2023/").Next.Title != "2025" {
		t.Errorf("before %v, after %v", v.Previous, v.Next)
	}
	if _, ok := pages["/timeline/2024/"]; ok {
		t.Error("a year without events has a page")
	}
}

func TestAMonthPutsEventsUnderTheDayOnWhichTheyBegan(t *testing.T) {
	v := view[Month](t, linked(t, chronicle), "/timeline/2025/06/")
	var got []string
	for _, day := range v.Days {
		for _, item := range day.List {
			got = append(got, strings.Join([]string{day.ID, day.Week, item.Event.Title, item.When.Text, item.Status, item.Place, item.Key}, "|"))
		}
	}
	want := []string{
		"2025-06-04|Wednesday|The one|4 June 2025|||", "2025-06-04|Wednesday|The three|about 4 June 2025|cancelled||",
		"2025-06-04|Wednesday|The two|4 June to 1 July 2025|||A long one", "2025-06-30|Monday|The last|30 June 2025||Online|",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if v.Days[0].Gap.Text != "" || v.Days[1].Gap.Text != "5 to 29 June 2025" {
		t.Errorf("nothing is entered of %q and %q", v.Days[0].Gap.Text, v.Days[1].Gap.Text)
	}
	if len(v.Undated) != 1 || v.Undated[0].When.Text != "June 2025" || len(v.Keys) != 1 || v.Events != 5 {
		t.Errorf("without a day %v, key events %v, %d events", v.Undated, v.Keys, v.Events)
	}
	if v.Previous.Title != "December 2023" || v.Next.URL != "" || v.Trail[2].URL != "/timeline/2025/" {
		t.Errorf("before %v, after %v, trail %v", v.Previous, v.Next, v.Trail)
	}
	for _, week := range v.Weeks {
		for _, c := range week {
			if c.Day == 4 && (c.Events != 3 || !slices.Equal(c.Kinds, []string{"talks", "attack"}) || c.URL != "#2025-06-04" || !c.Key) {
				t.Errorf("the calendar has %+v", c)
			}
			if c.Day == 1 && (c.URL != "" || c.Key) {
				t.Errorf("the event of an unknown day stands at %+v", c)
			}
		}
	}
}

// TestTheSourcesOfAMonthAreNumberedAsItIsRead proves that events without a day cite after the others, and the introduction, which stands
// below them, last.
func TestTheSourcesOfAMonthAreNumberedAsItIsRead(t *testing.T) {
	v := view[Month](t, linked(t, chronicle), "/timeline/2025/06/")
	var got []string
	for _, n := range v.Notes {
		got = append(got, n.Source.Publisher)
	}
	if d := cmp.Diff([]string{"Early", "Late", "Intro"}, got); d != "" {
		t.Error(d)
	}
	if v.Title != "What June was" || v.Published.Text == "" {
		t.Errorf("%q, published %v", v.Title, v.Published)
	}
}

// TestAnIntroductionWithoutEventsHasAPage proves that no text is lost where its month has no events.
func TestAnIntroductionWithoutEventsHasAPage(t *testing.T) {
	v := view[Prose](t, linked(t, chronicle), "/timeline/2025/02/")
	if v.Title != "Nothing happened" {
		t.Errorf("%+v", v)
	}
}

// TestACalendarLeadsToThePageOfTheDay proves that the calendar of a month of several pages leads to each day on the page where it begins.
func TestACalendarLeadsToThePageOfTheDay(t *testing.T) {
	var b strings.Builder
	for i := range MaxRows + 20 {
		fmt.Fprintf(&b, "-- events/e%03d.md --\nkind: talks\ndate: 2025-06-%02d\n", i, i/20+1)
	}
	pages := linked(t, b.String())
	for url, want := range map[string][2]string{
		"/timeline/2025/06/":        {"#2025-06-01", "/timeline/2025/06/page/2/#2025-06-11"},
		"/timeline/2025/06/page/2/": {"/timeline/2025/06/#2025-06-01", "#2025-06-11"},
	} {
		v := view[Month](t, pages, url)
		cells := slices.Concat(v.Weeks...)
		at := func(day int) string {
			return cells[slices.IndexFunc(cells, func(c Cell) bool { return c.Day == day })].URL
		}
		if got := [2]string{at(1), at(11)}; got != want {
			t.Errorf("on %s the calendar leads to %v, want %v", url, got, want)
		}
	}
}

// TestMonthsOfEveryShape proves that a calendar has all days of a month in weeks from Monday.
func TestMonthsOfEveryShape(t *testing.T) {
	for month, want := range map[string]struct{ weeks, first, days int }{
		"2021-02": {4, 0, 28}, "2024-02": {5, 3, 29}, "2025-06": {6, 6, 30}, "2025-12": {5, 0, 31}, "2000-02": {5, 1, 29}, "1900-02": {5, 3, 28},
	} {
		v := view[Month](t, linked(t, "-- events/e.md --\nkind: talks\ndate: "+month+"-28\n"), "/timeline/"+strings.Replace(month, "-", "/", 1)+"/")
		var days []int
		for _, c := range slices.Concat(v.Weeks...) {
			if c.Day != 0 {
				days = append(days, c.Day)
			}
		}
		if len(v.Weeks) != want.weeks || v.Weeks[0][want.first].Day != 1 || len(days) != want.days || days[len(days)-1] != want.days {
			t.Errorf("%s has %d weeks, the first %+v, and the days %v", month, len(v.Weeks), v.Weeks[0], days)
		}
	}
}

// TestAGapIsWhatLiesBetweenTwoDays covers neighbours, a single day and several.
func TestAGapIsWhatLiesBetweenTwoDays(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2025, 6, n, 0, 0, 0, 0, time.UTC) }
	for after, want := range map[int]string{5: "", 6: "5 June 2025", 9: "5 to 8 June 2025"} {
		if got := gap(day(4), day(after)).Text; got != want {
			t.Errorf("between 4 and %d June lies %q, want %q", after, got, want)
		}
	}
}
