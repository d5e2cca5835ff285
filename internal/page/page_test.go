package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// linked returns the pages of a small site, by address. Each entry is an archive's file without what every entry needs.
func linked(t *testing.T, archive string) map[string]Page {
	t.Helper()
	return planned(graphOf(t, archive))
}

// planned returns the pages of a graph, by address.
func planned(g *graph.Graph) map[string]Page {
	pages := map[string]Page{}
	for _, p := range Plan(g) {
		pages[p.URL()] = p
	}
	return pages
}

func graphOf(t *testing.T, archive string) *graph.Graph {
	t.Helper()
	return graphAs(t, dossier.Site{Title: "Site", BaseURL: "https://example.org", Language: "en-GB", Editor: "The editors", Location: time.UTC}, graph.Options{}, archive)
}

// graphAs links the entries of an archive for a site of one's own. What an entry leaves out of the keys that each must have is added.
func graphAs(t *testing.T, site dossier.Site, options graph.Options, archive string) *graph.Graph {
	t.Helper()
	var entries []dossier.Entry
	for _, f := range txtar.Parse([]byte(archive)).Files {
		keys, body, _ := strings.Cut(string(f.Data), "---\n")
		for _, key := range []string{
			"title: The " + strings.TrimSuffix(f.Name[strings.LastIndex(f.Name, "/")+1:], ".md"), "summary: What it says.", "published: 2026-01-01T00:00:00Z",
		} {
			name, _, _ := strings.Cut(key, " ")
			if !strings.HasPrefix(keys, name) && !strings.Contains(keys, "\n"+name) {
				keys = key + "\n" + keys
			}
		}
		e, problems := content.Parse("content/"+f.Name, []byte("---\n"+keys+"---\n"+body))
		for _, p := range problems {
			t.Error(p)
		}
		entries = append(entries, e)
	}
	g, problems := graph.Link(site, entries, options)
	for _, p := range problems {
		t.Error(p)
	}
	return g
}

const small = `
-- actors/ukraine.md --
kind: state
code: UA
-- actors/ada.md --
kind: person
roles:
  - {title: Minister, of: ukraine, from: 2024, to: 2025-03, source: paper}
  - {title: Envoy, of: ukraine, from: 2025-04, source: paper}
-- actors/bob.md --
kind: person
-- series/talks.md --
aka: [Talks]
-- events/talks-1.md --
kind: meeting
date: 2025-01-10
place: {city: Town, country: UA}
series: talks
number: 1
chairs: [ada]
sources: [paper]
-- events/talks-2.md --
aliases: [second-talks]
kind: meeting
date: 2025-06-04
online: true
series: talks
number: 2
chairs: [ada]
attendance:
  - {actor: bob, mode: absent, note: was ill, source: letter}
outcomes:
  - {text: One thing., source: [letter, "paper, p. 2"]}
sources: [paper]
---
Some prose.[@letter] See [[talks-1]].

> Words.
>
> — [[ada]], [@paper]
-- pledges/boats.md --
donors: [ada]
recipient: ukraine
announced: {date: 2025-06-04, event: talks-2}
category: military
amount: {value: 5, currency: EUR}
steps:
  - {stage: announced, date: 2025-06-04, source: paper}
as_of: 2025-06-04
-- sources/paper.md --
type: webpage
publisher: The Paper
issued: 2025-06-04
language: uk
-- sources/letter.md --
type: webpage
publisher: The Post
undated: true
-- pages/june.md --
timeline: 2025-06
---
What June was.
`

func view[T any](t *testing.T, pages map[string]Page, url string) T {
	t.Helper()
	p, ok := pages[url]
	if !ok {
		t.Fatalf("no page at %s", url)
	}
	v, ok := p.View().(T)
	if !ok {
		t.Fatalf("the view at %s is a %T", url, p.View())
	}
	return v
}

func TestEveryEntryHasItsAddress(t *testing.T) {
	pages := linked(t, small)
	for _, url := range []string{
		"/", "/talks/", "/timeline/", "/timeline/2025/", "/timeline/2025/06/", "/actors/", "/actors/ada/", "/events/", "/events/talks-2/",
		"/pledges/", "/pledges/boats/", "/pledges/sum/", "/briefs/", "/sources/", "/sources/paper/", "/updates/", "/corrections/", "/404.html",
	} {
		if _, ok := pages[url]; !ok {
			t.Errorf("no page at %s", url)
		}
	}
	if _, ok := pages["/june/"]; ok {
		t.Error("the introduction of a month has a page beside that of the month")
	}
}

func TestAFormerAddressLeadsToThePresentOne(t *testing.T) {
	v := view[Redirect](t, linked(t, small), "/events/second-talks/")
	if want := (Redirect{Title: "The talks-2", To: "/events/talks-2/", Canonical: "https://example.org/events/talks-2/", Language: "en-GB"}); v != want {
		t.Errorf("got %+v, want %+v", v, want)
	}
}

// TestNotesAreNumberedByFirstUse proves that a source has one number on a page, and leads back to each of its uses.
func TestNotesAreNumberedByFirstUse(t *testing.T) {
	v := view[Event](t, linked(t, small), "/events/talks-2/")
	var got []string
	for _, n := range v.Notes {
		line := fmt.Sprintf("%d %s:", n.Number, n.Source.Publisher)
		for _, u := range n.Uses {
			line += " " + u.ID
			if u.Locator != "" {
				line += " (" + u.Locator + ")"
			}
		}
		got = append(got, line)
	}
	want := []string{"1 The Paper: cite-1a cite-1b (p. 2) cite-1c", "2 The Post: cite-2a cite-2b cite-2c"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	html := string(v.Rests) + string(v.Outcomes[0].Rest) + string(v.Attendance[0].People[0].Rest) + string(v.Body)
	for _, n := range v.Notes {
		for _, u := range n.Uses {
			if strings.Count(html, `id="`+u.ID+`"`) != 1 {
				t.Errorf("%s stands %d times in %s", u.ID, strings.Count(html, `id="`+u.ID+`"`), html)
			}
		}
	}
	if v.Notes[0].Source.Lang != "uk" || v.Notes[1].Source.Lang != "" {
		t.Error("the language of a title is not told, or is told where it is the site's own or not known")
	}
}

func TestARoleIsTheOneHeldOnTheDate(t *testing.T) {
	pages := linked(t, small)
	for url, want := range map[string]string{"/events/talks-1/": "Minister, The ukraine", "/events/talks-2/": "Envoy, The ukraine"} {
		if got := view[Event](t, pages, url).Chairs[0].Role; got != want {
			t.Errorf("at %s Ada was %q, want %q", url, got, want)
		}
	}
	a := view[Actor](t, pages, "/actors/ada/")
	if a.Now != "Envoy, The ukraine" || a.Events[0].Role != "Envoy, The ukraine" || a.Quotations[0].Role != "Envoy, The ukraine" {
		t.Errorf("now %q, newest event %q, quotation %q", a.Now, a.Events[0].Role, a.Quotations[0].Role)
	}
}

func TestAbsenceIsAFact(t *testing.T) {
	pages := linked(t, small)
	e := view[Event](t, pages, "/events/talks-2/")
	if a := e.Attendance[0]; !a.Absent || a.People[0].Title != "The bob" || a.People[0].Note != "was ill" {
		t.Errorf("attendance %+v", e.Attendance)
	}
	b := view[Actor](t, pages, "/actors/bob/")
	if len(b.Events) != 1 || !b.Events[0].Absent || b.Events[0].Note != "was ill" {
		t.Errorf("events %+v", b.Events)
	}
	if m := view[Series](t, pages, "/talks/").Meetings[0]; len(m.Absent) != 1 || len(m.Came) != 0 {
		t.Errorf("came %v, absent %v", m.Came, m.Absent)
	}
}

func TestMeetingsAreNewestFirstAndToScale(t *testing.T) {
	v := view[Series](t, linked(t, small), "/talks/")
	if len(v.Meetings) != 2 || v.Meetings[0].Number != 2 || v.Meetings[1].Number != 1 {
		t.Errorf("meetings %+v", v.Meetings)
	}
	if v.Held != 2 || v.Numbered != 2 || v.First.ID != "talks-1" || v.Latest.ID != "talks-2" || v.Next != nil {
		t.Errorf("held %d, numbered %d, first %v, latest %v, next %v", v.Held, v.Numbered, v.First, v.Latest, v.Next)
	}
	marks := v.Strip.Marks
	if marks[0].X != 0 || marks[1].X != StripWidth || marks[0].Fill != "solid" || marks[1].Fill != "hollow" || marks[0].Shape != marks[1].Shape {
		t.Errorf("marks %+v", marks)
	}
}

func TestAMonthHasItsDaysAndItsCalendar(t *testing.T) {
	v := view[Month](t, linked(t, small), "/timeline/2025/06/")
	if !strings.Contains(string(v.Intro), "What June was.") || v.Title != "The june" {
		t.Errorf("introduction %q, title %q", v.Intro, v.Title)
	}
	if len(v.Days) != 1 || v.Days[0].ID != "2025-06-04" || v.Days[0].Week != "Wednesday" || v.Days[0].When.Machine != "2025-06-04" {
		t.Errorf("days %+v", v.Days)
	}
	if v.Previous.URL != "/timeline/2025/01/" || v.Next.URL != "" {
		t.Errorf("before %v, after %v", v.Previous, v.Next)
	}
	var days []int
	for _, week := range v.Weeks {
		if len(week) != 7 {
			t.Errorf("a week of %d days", len(week))
		}
		for _, c := range week {
			if c.Day != 0 {
				days = append(days, c.Day)
			}
			if (c.Day == 4) != (c.Events == 1) || (c.Day == 4) != (c.URL == "#2025-06-04") {
				t.Errorf("cell %+v", c)
			}
		}
	}
	if len(days) != 30 || v.Weeks[0][6].Day != 1 {
		t.Errorf("June 2025 has the days %v, and began on a Sunday", days)
	}
}

// TestUnknownIsNotUndelivered proves that a stage of which no step tells is not shown as one that was not reached.
func TestUnknownIsNotUndelivered(t *testing.T) {
	v := view[Pledge](t, linked(t, small), "/pledges/boats/")
	var got []string
	for _, s := range v.Stages {
		got = append(got, s.Name+": "+s.State)
	}
	want := []string{"announced: done", "committed: not known to us", "allocated: not known to us", "delivered: not known to us"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if v.Sentence != "Announced on 4 June 2025; what followed is not known to us" {
		t.Errorf("sentence %q", v.Sentence)
	}
	if len(v.Counting) != 1 || !v.Counting[0].In || v.Counting[0].Amount != "€5" {
		t.Errorf("counted as %+v", v.Counting)
	}
}

func TestTheMenuMarksWhereThePageLies(t *testing.T) {
	pages := linked(t, small)
	for url, want := range map[string]string{"/": "", "/pledges/": "/pledges/ page", "/pledges/boats/": "/pledges/ true", "/events/talks-1/": ""} {
		base := pages[url].View()
		var menu *Menu
		switch v := base.(type) {
		case Home:
			menu = v.Menu
		case Pledges:
			menu = v.Menu
		case Pledge:
			menu = v.Menu
		case Event:
			menu = v.Menu
		}
		got := ""
		for _, l := range menu.Links {
			if l.Current != "" {
				got = l.URL + " " + l.Current
			}
		}
		if got != want {
			t.Errorf("on %s the menu marks %q, want %q", url, got, want)
		}
	}
}

// TestWhatManyPagesShowIsMadeOnce proves the law of cards: pages that list an entry show the same value.
func TestWhatManyPagesShowIsMadeOnce(t *testing.T) {
	pages := linked(t, small)
	if view[Home](t, pages, "/").Series[0].Latest != view[Series](t, pages, "/talks/").Latest {
		t.Error("the card of an event is made more than once")
	}
}

// TestNoListIsLongerThanAPageMayBe builds an actor that hundreds of events and pledges mention.
func TestNoListIsLongerThanAPageMayBe(t *testing.T) {
	const n = MaxRows + 50
	var b strings.Builder
	b.WriteString("-- actors/star.md --\nkind: state\n-- sources/paper.md --\ntype: webpage\npublisher: P\nundated: true\n")
	for i := range n {
		fmt.Fprintf(&b, "-- events/e%d.md --\nkind: talks\ndate: 2025-06-0%d\nactors: [star]\nsources: [paper]\n", i, i%9+1)
		fmt.Fprintf(&b, "-- pledges/p%d.md --\ndonors: [star]\nrecipient: star\nannounced: 2025-06-01\ncategory: military\nsteps: [{stage: announced, date: 2025-06-01, source: paper}]\nas_of: 2025-06-01\n", i)
	}
	pages := linked(t, b.String())
	a := view[Actor](t, pages, "/actors/star/")
	if len(a.Events) != MaxRows || a.MoreEvents.URL != "/actors/star/events/" || len(a.Pledges) != MaxRows || a.MorePledges.URL != "/actors/star/pledges/" {
		t.Errorf("%d events and %s, %d pledges and %s", len(a.Events), a.MoreEvents.URL, len(a.Pledges), a.MorePledges.URL)
	}
	seen := map[string]bool{}
	for _, url := range []string{"/actors/star/events/", "/actors/star/events/page/2/"} {
		for _, c := range view[Roll](t, pages, url).Cards {
			seen[c.URL] = true
		}
	}
	if len(seen) != n {
		t.Errorf("the pages of all events show %d, want %d", len(seen), n)
	}
	month := view[Month](t, pages, "/timeline/2025/06/")
	shown := 0
	for _, d := range month.Days {
		shown += len(d.List)
	}
	if shown != MaxRows || month.Pager.Next != "/timeline/2025/06/page/2/" || month.Pager.Rows != n {
		t.Errorf("the month shows %d events, and goes on at %q of %d", shown, month.Pager.Next, month.Pager.Rows)
	}
	if s := view[Source](t, pages, "/sources/paper/"); s.More.URL != "/sources/paper/mentions/" {
		t.Errorf("all that rests on the source is at %q", s.More.URL)
	}
}

func TestPaged(t *testing.T) {
	list := make([]int, 2*MaxRows+1)
	for i := range list {
		list[i] = i
	}
	var all []int
	for page := 1; page <= pageCount(len(list)); page++ {
		rows, pager := paged(list, "/x/", page)
		all = append(all, rows...)
		if (pager.Previous == "") != (page == 1) || (pager.Next == "") != (page == 3) {
			t.Errorf("page %d: %+v", page, pager)
		}
	}
	if !slices.Equal(all, list) {
		t.Error("the pages do not add up to the list")
	}
	if rows, pager := paged(list[:0], "/x/", 1); len(rows) != 0 || pager.Pages != 1 || pager.Next != "" {
		t.Errorf("an empty list: %v %+v", rows, pager)
	}
}

func TestScriptLanguage(t *testing.T) {
	for name, want := range map[string]string{
		"Volodymyr Zelensky": "", "Рустем Умєров": "uk", "Володимир Зеленський": "und-Cyrl", "Рыбаков": "ru", "Dovilė Šakalienė": "", "": "",
	} {
		if got := scriptLanguage(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
