package export_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"golang.org/x/tools/txtar"

	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/graph"
)

// calendarSite is a site with an event of each sort that a calendar treats otherwise. Each of the given entries is the front matter of an
// event without its title, its summary and its kind.
func calendarSite(t *testing.T, events map[string]string) *graph.Graph {
	t.Helper()
	text := `-- site.yaml --
title: Calls, talks; and more
description: A site.
base_url: https://brief.example
tagging_entity: tags.example,2026
time_zone: Europe/Brussels
-- content/actors/body.md --
---
title: The Body
summary: It meets.
published: 2026-11-01T08:00:00Z
kind: state
code: BE
---
-- content/series/talks.md --
---
title: The talks
summary: They go on.
published: 2026-11-01T08:00:00Z
---
`
	for id, front := range events {
		text += fmt.Sprintf("-- content/events/%s.md --\n---\ntitle: Event %[1]s\nsummary: What happened.\npublished: 2026-11-02T08:00:00Z\nkind: meeting\n%s\n---\n", id, front)
	}
	g, _ := link(t, txtar.Parse([]byte(text)))
	return g
}

// calendar returns a calendar of a site as it is written, and its events by the part of their UID before the @, as golang-ical reads them.
func calendar(t *testing.T, g *graph.Graph, name string) (string, map[string]*ics.VEvent) {
	t.Helper()
	text := written(t, g, nil, name)
	parsed, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	events := map[string]*ics.VEvent{}
	for _, e := range parsed.Events() {
		id, host, _ := strings.Cut(e.Id(), "@")
		if events[id] = e; host != "tags.example" {
			t.Errorf("UID %s", e.Id())
		}
	}
	return text, events
}

// property returns the value of a property, or "" where there is none.
func property(e *ics.VEvent, name string) string {
	if p := e.GetProperty(ics.ComponentProperty(name)); p != nil {
		return p.Value
	}
	return ""
}

func TestACalendarHasEachEventOnItsDays(t *testing.T) {
	_, events := calendar(t, calendarSite(t, map[string]string{
		"day":       "date: 2025-06-04",
		"leap":      "date: 2024-02-28/2024-02-29",
		"days":      "date: 2025-12-30/2026-01-01",
		"summer":    "date: 2025-06-04\ntime: \"14:30\"",
		"winter":    "date: 2025-12-04\ntime: \"00:30\"",
		"scheduled": "date: 2027-01-01\nstatus: scheduled",
		"cancelled": "date: 2025-06-05\nstatus: cancelled",
		"moved":     "date: 2025-07-01\nwas: 2025-06-06\nstatus: postponed",
		"adrift":    "date: 2025-07\nwas: 2025-06-06\nstatus: postponed",
		"put-off":   "date: 2025-06-07\nstatus: postponed",
		"late":      "date: 2025-06-09\nwas: 2025-06-08",
		"about":     "date: 2025-06-04~",
		"doubt":     "date: 2025-06-04?",
		"month":     "date: 2025-06",
		"year":      "date: 2025",
		"open":      "date: 2025-06-04/..",
		"vague-end": "date: 2025-06-04/2025-06-06~",
	}), "calendar.ics")
	want := map[string][4]string{ // start, end, status, title
		"day":       {"20250604", "20250605", "CONFIRMED", "Event day"},
		"leap":      {"20240228", "20240301", "CONFIRMED", "Event leap"},
		"days":      {"20251230", "20260102", "CONFIRMED", "Event days"},
		"summer":    {"20250604T123000Z", "", "CONFIRMED", "Event summer"},
		"winter":    {"20251203T233000Z", "", "CONFIRMED", "Event winter"},
		"scheduled": {"20270101", "20270102", "TENTATIVE", "Event scheduled"},
		"cancelled": {"20250605", "20250606", "CANCELLED", "Cancelled: Event cancelled"},
		"moved":     {"20250701", "20250702", "TENTATIVE", "Postponed: Event moved"},
		"adrift":    {"20250606", "20250607", "CANCELLED", "Postponed: Event adrift"},
		"put-off":   {"20250607", "20250608", "CANCELLED", "Postponed: Event put-off"},
		"late":      {"20250609", "20250610", "CONFIRMED", "Event late"},
	}
	for id, x := range want {
		if events[id] == nil {
			t.Errorf("%s is not there", id)
			continue
		}
		got := [4]string{property(events[id], "DTSTART"), property(events[id], "DTEND"), property(events[id], "STATUS"), property(events[id], "SUMMARY")}
		if got != x {
			t.Errorf("%s: %q, want %q", id, got, x)
		}
	}
	for id := range events {
		if _, ok := want[id]; !ok {
			t.Errorf("%s is there, though no day of it is certain", id)
		}
	}
}

func TestAnEventOfACalendarSaysWhatIsKnownOfIt(t *testing.T) {
	_, events := calendar(t, calendarSite(t, map[string]string{
		"e1": `date: 2025-06-04
place: {name: "Hall 1, north", city: Brussels, country: BE}
online: true
tags: [air-defence, drones]
changes:
  - {at: 2026-11-03T08:00:00Z, kind: update, note: More is known.}
  - {at: 2026-11-05T08:00:00Z, kind: correction, was: Old., now: New., note: It was another hall.}
  - {at: 2026-11-04T08:00:00Z, kind: status, note: It took place.}`,
	}), "calendar.ics")
	for name, want := range map[string]string{
		"UID": "e1@tags.example", "DTSTAMP": "20261105T080000Z", "LAST-MODIFIED": "20261105T080000Z", "CREATED": "20261102T080000Z",
		"SEQUENCE": "2", "LOCATION": "Hall 1, north, Brussels, The Body, and online", "URL": "https://brief.example/events/e1/",
		"DESCRIPTION": "What happened.\n\nhttps://brief.example/events/e1/", "TRANSP": "TRANSPARENT", "CATEGORIES": "meeting,air-defence,drones",
	} {
		if got := property(events["e1"], name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A calendar goes on knowing an event that was given another id.
func TestTheUIDOfAnEventNeverChanges(t *testing.T) {
	_, events := calendar(t, calendarSite(t, map[string]string{"third": "date: 2025-06-04\naliases: [first, second]"}), "calendar.ics")
	if events["first"] == nil {
		t.Errorf("%v", events)
	}
}

// A reader of a calendar takes an event for older where its sequence goes down.
func TestTheSequenceOnlyGrows(t *testing.T) {
	last := -1
	for _, front := range []string{
		"date: 2025-06-04\nstatus: scheduled",
		"date: 2025-06-05\nwas: 2025-06-04\nstatus: postponed",
		"date: 2025-06-05\nwas: 2025-06-04\nchanges:\n  - {at: 2026-11-04T08:00:00Z, kind: status, note: It took place.}",
		"date: 2025-06-05\nwas: 2025-06-04\nchanges:\n  - {at: 2026-11-04T08:00:00Z, kind: status, note: It took place.}\n  - {at: 2026-11-05T08:00:00Z, kind: correction, was: Old., now: New., note: In another hall.}",
	} {
		_, events := calendar(t, calendarSite(t, map[string]string{"e1": front}), "calendar.ics")
		var n int
		if _, err := fmt.Sscan(property(events["e1"], "SEQUENCE"), &n); err != nil || n <= last {
			t.Errorf("the sequence goes from %d to %d (%v) with\n%s", last, n, err, front)
		}
		last = n
	}
}

func TestSeriesAndActorsHaveCalendarsOfTheirOwn(t *testing.T) {
	g := calendarSite(t, map[string]string{
		"both": "date: 2025-06-04\nseries: talks\nchairs: [body]", "one": "date: 2025-06-05\nseries: talks",
		"other": "date: 2025-06-06\nattendance: [{actor: body, mode: absent}]", "none": "date: 2025-06-07",
	})
	whole, _ := calendar(t, g, "calendar.ics")
	for name, want := range map[string]string{
		"calendar.ics": "both none one other", "talks/calendar.ics": "both one", "actors/body/calendar.ics": "both other",
	} {
		text, events := calendar(t, g, name)
		if len(events) != len(strings.Fields(want)) {
			t.Errorf("%s has %d events, want %s", name, len(events), want)
		}
		for _, id := range strings.Fields(want) {
			_, block, _ := strings.Cut(text, "UID:"+id+"@")
			block, _, _ = strings.Cut(block, "END:VEVENT")
			if events[id] == nil || !strings.Contains(whole, block) {
				t.Errorf("%s in %s is not as in the calendar of the site", id, name)
			}
		}
		mustHold(t, text, "SOURCE;VALUE=URI:https://brief.example/"+name+"\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n", `NAME:Calls\, talks\; and more`)
		if strings.Contains(text, "METHOD") {
			t.Errorf("%s has a method", name)
		}
	}
}

// The standard has no calendar without an event.
func TestThereIsNoCalendarWithoutEvents(t *testing.T) {
	for _, front := range []string{"date: 2025-06\nseries: talks\nchairs: [body]", "date: 2025\nseries: talks"} {
		for _, f := range everyFile(calendarSite(t, map[string]string{"e1": front}), nil, export.Look{}) {
			if strings.HasSuffix(f.Path, ".ics") {
				t.Errorf("%s is there", f.Path)
			}
		}
	}
}

// FuzzCalendar proves that whatever an event is called, the calendar can be read, and says the same.
func FuzzCalendar(f *testing.F) {
	for _, s := range []string{
		"", "Talks", `a\b;c,d:e"f`, "two\nlines\r\nand\rmore", "Dovilė Šakalienė", strings.Repeat("🛥️", 40), strings.Repeat("x", 200),
		"END:VEVENT\r\nBEGIN:VEVENT", " blanks ", "\xff\x80\x80", "\x00\x07\u2028", `\n\N\\`, strings.Repeat("\xbf", 200),
	} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, title, summary, place string) {
		day := dossier.Day(time.Date(2025, 6, 4, 0, 0, 0, 0, time.UTC))
		e := &dossier.Event{Date: day, Place: dossier.Place{Name: place}}
		e.Head = dossier.Head{Kind: dossier.KindEvent, Body: dossier.Blank, Seldom: &dossier.Seldom{}, ID: "e1", Title: title, Summary: summary}
		site := dossier.Site{Title: title, BaseURL: "https://brief.example", TaggingEntity: "tags.example,2026", Location: time.UTC}
		g, _ := graph.Link(site, []dossier.Entry{e}, graph.Options{})
		text, events := calendar(t, g, "calendar.ics")
		checkLines(t, text)
		if len(events) != 1 {
			t.Fatalf("%d events in\n%s", len(events), text)
		}
		for name, want := range map[string]string{
			"SUMMARY": title, "DESCRIPTION": strings.TrimSpace(summary + "\n\nhttps://brief.example/events/e1/"), "LOCATION": place,
		} {
			if got := property(events["e1"], name); got != carried(want) {
				t.Errorf("%s is read as %q, not %q", name, got, carried(want))
			}
		}
	})
}

// carried returns of a text what a calendar can carry.
func carried(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// checkLines reports lines that are too long, that do not end in CRLF, or that cut a character in two.
func checkLines(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitAfterSeq(text, "\r\n") {
		switch bare := strings.TrimSuffix(line, "\r\n"); {
		case strings.ContainsAny(bare, "\r\n") || line != "" && bare == line:
			t.Errorf("a line does not end in CRLF: %q", line)
		case len(bare) > 75 || !utf8.ValidString(bare):
			t.Errorf("%d octets: %q", len(bare), line)
		}
	}
}

func TestAWithdrawnEventStaysInCalendarsAsCancelled(t *testing.T) {
	const withdrawn = "date: 2025-06-04\nchairs: [body]\nseries: talks\nplace: {city: Town}\nwithdrawn: {at: 2026-11-03T08:00:00Z, reason: There were no talks.}"
	g := calendarSite(t, map[string]string{"held": "date: 2025-06-05", "gone": withdrawn})
	for _, name := range []string{"calendar.ics", "talks/calendar.ics", "actors/body/calendar.ics"} {
		text, events := calendar(t, g, name)
		if events["gone"] == nil {
			t.Errorf("%s has lost the event", name)
		}
		mustHold(t, text, "SUMMARY:Withdrawn: Event gone\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:1\r\n", "LAST-MODIFIED:20261103T080000Z\r\n", "There were no talks.")
		if strings.Contains(text, "LOCATION") {
			t.Errorf("%s still says where", name)
		}
	}
}
