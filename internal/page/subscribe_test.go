package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const followed = `
-- actors/saka.md --
title: Šakalienė
kind: person
-- actors/body.md --
title: The Body
kind: state
-- series/talks.md --
-- events/day.md --
kind: meeting
date: 2025-06-04
series: talks
chairs: [saka]
-- events/month.md --
kind: meeting
date: 2025-06
chairs: [body]
`

// subscriptions returns the rows of groups by their places, each with the title of its group.
func subscriptions(groups []SubscriptionGroup) (rows map[string]Subscription, under map[string]string) {
	rows, under = map[string]Subscription{}, map[string]string{}
	for _, group := range groups {
		for _, s := range group.Rows {
			rows[s.ID], under[s.ID] = s, group.Title
		}
	}
	return rows, under
}

func TestThePageOnSubscribingHasEveryChannel(t *testing.T) {
	v := view[Subscribe](t, linked(t, followed), "/subscribe/")
	topics, _ := subscriptions(v.Topics)
	for id, calendar := range map[string]bool{"feed-site": true, "feed-updates": false, "feed-corrections": false, "feed-series-talks": true} {
		if s, ok := topics[id]; !ok || (s.Calendar != "") != calendar {
			t.Errorf("%s: %+v", id, s)
		}
	}
	actors, under := subscriptions(v.Letters)
	if s := actors["feed-actor-saka"]; under[s.ID] != "S" || !strings.HasSuffix(s.RSS, "/actors/saka/feed.xml") || !strings.HasPrefix(s.RSS, "http") {
		t.Errorf("under %q: %+v", under[s.ID], s)
	}
	if s := actors["feed-actor-saka"]; "https://"+s.Webcal != s.Calendar || !strings.HasSuffix(s.Calendar, "/actors/saka/calendar.ics") {
		t.Errorf("%q leads not to %q", s.Webcal, s.Calendar)
	}
	if s := actors["feed-actor-body"]; s.RSS == "" || s.Calendar != "" {
		t.Errorf("an actor whose events have no certain day: %+v", s)
	}
}

func TestWhatNoCalendarHoldsIsListed(t *testing.T) {
	v := view[Subscribe](t, linked(t, followed), "/subscribe/")
	if v.AllUndated != 1 || len(v.Undated) != 1 || v.Undated[0].ID != "month" || v.Undated[0].When().Text != "June 2025" {
		t.Errorf("%d: %+v", v.AllUndated, v.Undated)
	}
}

func TestAPageOnSubscribingSaysWhetherThereIsACalendar(t *testing.T) {
	for _, x := range []struct {
		content string
		want    bool
	}{
		{followed, true},
		{"\n-- events/month.md --\nkind: meeting\ndate: 2025-06\n", false},
		{"\n-- actors/saka.md --\nkind: person\n", false},
	} {
		if v := view[Subscribe](t, linked(t, x.content), "/subscribe/"); v.Calendars != x.want {
			t.Errorf("%s: %v", x.content, v.Calendars)
		}
	}
}

func TestPagesWithAFeedLeadToItsPlace(t *testing.T) {
	pages := linked(t, followed)
	for url, want := range map[string]string{
		"/": "#feed-site", "/updates/": "#feed-updates", "/corrections/": "#feed-corrections", "/talks/": "#feed-series-talks", "/actors/saka/": "#feed-actor-saka",
		"/events/day/": "", "/pledges/": "",
	} {
		if want != "" {
			want = "/subscribe/" + want
		}
		if got := baseOf(t, pages[url]).Subscribe; got != want {
			t.Errorf("%s leads to %q, want %q", url, got, want)
		}
	}
}

// A site may have tens of thousands of actors, and as many events whose day is not certain.
func TestTheChannelsOfManyActorsTakeSeveralPages(t *testing.T) {
	var b strings.Builder
	for i := range MaxRows + 1 {
		fmt.Fprintf(&b, "-- actors/a%03d.md --\ntitle: Actor %03d\nkind: state\n-- events/e%03d.md --\nkind: meeting\ndate: 2025\nchairs: [a%03d]\n", i, i, i, i)
	}
	pages := linked(t, b.String())
	one, two := view[Subscribe](t, pages, "/subscribe/"), view[Subscribe](t, pages, "/subscribe/page/2/")
	first, _ := subscriptions(one.Letters)
	second, _ := subscriptions(two.Letters)
	if len(first) != MaxRows || len(second) != 1 || len(two.Topics)+len(two.Undated) > 0 {
		t.Errorf("%d and %d actors, %d topics, %d events", len(first), len(second), len(two.Topics), len(two.Undated))
	}
	last := fmt.Sprintf("a%03d", MaxRows)
	if _, ok := second["feed-actor-"+last]; !ok {
		t.Errorf("%s is not on the second page", last)
	}
	if got := baseOf(t, pages["/actors/"+last+"/"]).Subscribe; got != "/subscribe/page/2/#feed-actor-"+last {
		t.Errorf("the page of %s leads to %q", last, got)
	}
	if one.AllUndated != MaxRows+1 || len(one.Undated) != MaxRows || one.MoreUndated.URL != "/subscribe/undated/" {
		t.Errorf("%d of %d events, more at %q", len(one.Undated), one.AllUndated, one.MoreUndated.URL)
	}
	if more := view[Roll](t, pages, "/subscribe/undated/page/2/"); len(more.Cards) != 1 {
		t.Errorf("%d events on the second page of those that have no day", len(more.Cards))
	}
}

// baseOf returns the frame of a page.
func baseOf(t *testing.T, p Page) Base {
	t.Helper()
	if p == (Page{}) {
		t.Fatal("no such page")
	}
	return reflect.ValueOf(p.View()).FieldByName("Base").Interface().(Base)
}
