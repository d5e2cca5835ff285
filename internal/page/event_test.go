package page

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// gathering is a site with a meeting of every state, and what hangs on it.
const gathering = `
-- actors/belgium.md --
title: Kingdom of Belgium
kind: state
code: BE
-- actors/nato.md --
title: North Atlantic Treaty Organization
short_name: NATO
kind: alliance
-- actors/ada.md --
kind: person
roles:
  - {title: Secretary General, of: nato, from: 2024, source: paper}
  - {title: Speaker, from: 2025-01, to: 2025-06, source: paper}
-- actors/bob.md --
kind: person
-- actors/cyd.md --
kind: person
-- actors/dan.md --
kind: person
-- actors/eve.md --
kind: person
-- actors/fay.md --
kind: person
-- sources/paper.md --
type: webpage
publisher: P
undated: true
class: media
-- sources/ministry.md --
type: webpage
publisher: Ministry
issued: 2024-12
class: official
-- series/talks.md --
aka: [The Format, Talks]
organiser: nato
-- events/first.md --
kind: meeting
date: 2025-01-15
time: "14:30"
place: {name: Headquarters, city: Brussels, country: BE}
series: talks
number: 1
chairs: [ada]
actors: [nato]
attendance:
  - {actor: bob, mode: in-person}
  - {actor: cyd}
  - {actor: dan, mode: online}
  - {actor: eve, mode: represented, note: by an envoy}
  - {actor: fay, mode: absent}
  - {actor: belgium, mode: disputed}
participants: {min: 40, wording: nearly 50, source: paper}
disputed:
  - point: How many came
    fact: participants
    versions:
      - {text: Forty., source: paper}
      - {text: Fifty., asserted_by: ada, source: ministry}
outcomes:
  - {text: Agreed., source: [paper, ministry]}
  - {text: Who left first., versions: [{text: She did., asserted_by: bob}, {text: He did., asserted_by: cyd}]}
-- events/second.md --
kind: meeting
date: 2025-07-15
time: "14:30"
place: {city: Kyiv, country: UA}
online: true
series: talks
number: 2
follows: first
-- events/moved.md --
kind: meeting
date: 2025-09
status: postponed
was: 2025-08-01
series: talks
attendance: [bob, {actor: cyd, mode: in-person}, {actor: fay, mode: absent}]
-- events/third.md --
kind: meeting
date: 2025-10-01/2025-10-02
online: true
status: scheduled
series: talks
number: 3
chairs: [ada]
-- events/dinner.md --
kind: talks
date: 2025-01-15
part_of: first
-- events/alone.md --
kind: attack
date: 2024
-- events/called-off.md --
kind: summit
date: 2025-11-05
status: cancelled
attendance: [bob]
`

func TestAnEventSaysWhenAndWhere(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Skip(err)
	}
	site := dossier.Site{Title: "Site", Language: "en-GB", Location: brussels}
	pages := planned(graphAs(t, site, graph.Options{}, gathering))
	for _, c := range []struct{ id, when, machine, clock, place, format, status, was string }{
		{"first", "15 January 2025", "2025-01-15", "14:30 CET", "Headquarters, Brussels, Kingdom of Belgium", "in person", "", ""},
		{"second", "15 July 2025", "2025-07-15", "14:30 CEST", "Kyiv, Ukraine", "hybrid", "", ""},
		{"moved", "September 2025", "2025-09", "", "", "", "postponed", "1 August 2025"},
		{"third", "1 to 2 October 2025", "2025-10-01", "", "", "online", "scheduled", ""},
		{"alone", "2024", "2024", "", "", "", "", ""},
		{"called-off", "5 November 2025", "2025-11-05", "", "", "", "cancelled", ""},
	} {
		v := view[Event](t, pages, "/events/"+c.id+"/")
		got := []string{v.When.Text, v.When.Machine, v.Clock, v.Place, v.Format, v.Status, v.Was.Text}
		if d := cmp.Diff([]string{c.when, c.machine, c.clock, c.place, c.format, c.status, c.was}, got); d != "" {
			t.Errorf("%s: %s", c.id, d)
		}
	}
}

// TestAttendanceIsGroupedByTheWayOfTakingPart proves that an event that was not held claims of nobody to have been there.
func TestAttendanceIsGroupedByTheWayOfTakingPart(t *testing.T) {
	pages := linked(t, gathering)
	for id, want := range map[string][]string{
		"first": {
			"Took part in person: The bob", "Took part: The cyd", "Took part online: The dan", "Represented: The eve", "Absent: The fay",
			"Reports differ: Kingdom of Belgium",
		},
		"moved":      {"Expected in person: The cyd", "Expected: The bob", "Not expected: The fay"},
		"called-off": {"Expected: The bob"},
		"second":     nil,
	} {
		var got []string
		for _, a := range view[Event](t, pages, "/events/"+id+"/").Attendance {
			got = append(got, a.Mode+": "+a.People[0].Title)
			if a.Absent != (a.People[0].Title == "The fay") {
				t.Errorf("%s: %s is shown as absent: %v", id, a.People[0].Title, a.Absent)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", id, d)
		}
	}
}

// TestNobodyTookPartInWhatWasNotHeld looks at the same events from the pages of the actors and of the series.
func TestNobodyTookPartInWhatWasNotHeld(t *testing.T) {
	pages := linked(t, gathering)
	bob := view[Actor](t, pages, "/actors/bob/")
	if d := cmp.Diff([]Count{{What: "event attended", N: 1}}, bob.Record); d != "" {
		t.Error(d)
	}
	var parts []string
	for _, a := range bob.Events {
		parts = append(parts, a.Event.Title+": "+a.Part)
	}
	if d := cmp.Diff([]string{"The called-off: cancelled", "The moved: postponed", "The first: took part"}, parts); d != "" {
		t.Error(d)
	}
	fay := view[Actor](t, pages, "/actors/fay/")
	if d := cmp.Diff([]Count{{What: "known absence", N: 1, Absent: true}}, fay.Record); d != "" || fay.Events[0].Absent || !fay.Events[1].Absent {
		t.Errorf("%s, events %+v", d, fay.Events)
	}
	for _, m := range view[Series](t, pages, "/talks/").Meetings {
		if m.Status != "" && len(m.Came)+len(m.Absent) > 0 {
			t.Errorf("to %s, which was %s, came %v", m.Event.Title, m.Status, m.Came)
		}
	}
}

// TestVersionsStandSideBySide proves that each side is named where it is known, that none is put before another but by the dates of
// their sources, and that the disputed fact leads to them.
func TestVersionsStandSideBySide(t *testing.T) {
	v := view[Event](t, linked(t, gathering), "/events/first/")
	if len(v.Disputed) != 1 || v.Disputed[0].ID != "disputed-1" || v.Disputed[0].Point != "How many came" {
		t.Fatalf("%+v", v.Disputed)
	}
	if a, b := v.Disputed[0].Versions[0], v.Disputed[0].Versions[1]; a.By.URL != "/actors/ada/" || a.Text != "Fifty." || b.By.Title != "" || b.Rest == "" {
		t.Errorf("%+v and %+v", a, b)
	}
	if v.Doubts != (EventDoubts{Participants: "disputed-1"}) {
		t.Errorf("%+v", v.Doubts)
	}
	if len(v.Outcomes) != 2 || v.Outcomes[0].Standing != "confirmed" || len(v.Outcomes[0].Versions) != 0 {
		t.Errorf("%+v", v.Outcomes)
	}
	if o := v.Outcomes[1]; o.Standing != "disputed" || len(o.Versions) != 2 || o.Versions[1].By.Title != "The cyd" {
		t.Errorf("%+v", o)
	}
	if v.Participants != "nearly 50" || v.Counted == "" {
		t.Errorf("%q took part, which rests on %q", v.Participants, v.Counted)
	}
}

// TestEventsLeadToThoseBesideThem covers parts, what followed, and the neighbours: in the series, and in time outside of one.
func TestEventsLeadToThoseBesideThem(t *testing.T) {
	pages := linked(t, gathering)
	first, second, moved := view[Event](t, pages, "/events/first/"), view[Event](t, pages, "/events/second/"), view[Event](t, pages, "/events/moved/")
	if len(first.Parts) != 1 || first.Parts[0].URL != "/events/dinner/" || len(first.Followers) != 1 || first.Followers[0].URL != "/events/second/" {
		t.Errorf("parts %v, followers %v", first.Parts, first.Followers)
	}
	if len(first.Kin) != 0 {
		t.Errorf("what stands above is named again: %+v", first.Kin)
	}
	if first.Previous.URL != "" || first.Next.URL != "/events/second/" || second.Previous.URL != "/events/first/" || second.Next.URL != "/events/moved/" {
		t.Errorf("after the first comes %v, before the second %v, after it %v", first.Next, second.Previous, second.Next)
	}
	if second.Follows.URL != "/events/first/" || moved.Next.URL != "/events/third/" || moved.Number != 0 {
		t.Errorf("the second follows %v; after the one that was moved comes %v", second.Follows, moved.Next)
	}
	dinner := view[Event](t, pages, "/events/dinner/")
	if dinner.PartOf.URL != "/events/first/" || dinner.Previous.URL != "/events/alone/" || dinner.Next.URL != "/events/first/" {
		t.Errorf("%v, %v, %v", dinner.PartOf, dinner.Previous, dinner.Next)
	}
}

// TestTheTrailOfAnEventLeadsThroughWhereReadersComeFrom proves that a meeting lies below its series, and another event below its month.
func TestTheTrailOfAnEventLeadsThroughWhereReadersComeFrom(t *testing.T) {
	pages := linked(t, gathering)
	for id, want := range map[string]string{
		"first": "Home The Format", "dinner": "Home Timeline January 2025", "alone": "Home Timeline",
	} {
		var titles []string
		for _, r := range view[Event](t, pages, "/events/"+id+"/").Trail {
			titles = append(titles, r.Title)
			if _, ok := pages[r.URL]; !ok {
				t.Errorf("%s: %s leads to %s, where there is no page", id, r.Title, r.URL)
			}
		}
		if got := strings.Join(titles, " "); got != want {
			t.Errorf("%s lies below %q, want %q", id, got, want)
		}
	}
}

// TestAMeetingSaysThatNoPledgeIsRecorded proves that the section stands on each meeting, and on no other event without pledges.
func TestAMeetingSaysThatNoPledgeIsRecorded(t *testing.T) {
	pages := linked(t, gathering)
	for id, want := range map[string]bool{"first": true, "third": true, "dinner": false, "alone": false} {
		if v := view[Event](t, pages, "/events/"+id+"/"); v.ShowPledges != want || len(v.Pledges)+len(v.Sum.Sums) > 0 {
			t.Errorf("%s: %v, %d pledges", id, v.ShowPledges, len(v.Pledges))
		}
	}
}

func TestARoleIsPrintedWithWhoseItIs(t *testing.T) {
	pages := linked(t, gathering)
	for id, want := range map[string]string{"first": "Secretary General, NATO; Speaker", "third": "Secretary General, NATO"} {
		if got := view[Event](t, pages, "/events/"+id+"/").Chairs[0].Role; got != want {
			t.Errorf("at %s the chair was %q, want %q", id, got, want)
		}
	}
	if other := view[Event](t, pages, "/events/first/").Others[0]; other.Title != "North Atlantic Treaty Organization" || other.Role != "" {
		t.Errorf("also involved: %+v", other)
	}
}
