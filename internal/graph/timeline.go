package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"briefing/internal/dossier"
)

// A Month is a month that has events.
type Month struct {
	Year  int
	Month time.Month
	// Events are oldest first; one known by its month alone comes before those of a day.
	Events []*dossier.Event
}

// String returns the month as 2025-06.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Text returns the month in words: "June 2025".
func (m Month) Text() string { return fmt.Sprintf("%s %d", m.Month, m.Year) }

// Timeline returns the months that have events, oldest first. An event belongs to the month in which it began. An event whose
// month is not known belongs to its year alone, see YearEvents.
func (g *Graph) Timeline() []Month {
	var months []Month
	for _, e := range Of[*dossier.Event](g, dossier.KindEvent) {
		p := e.Date.Start
		if p.Month == 0 {
			continue
		}
		if n := len(months); n == 0 || months[n-1].Year != int(p.Year) || months[n-1].Month != time.Month(p.Month) {
			months = append(months, Month{Year: int(p.Year), Month: time.Month(p.Month)})
		}
		m := &months[len(months)-1]
		m.Events = append(m.Events, e)
	}
	return months
}

// YearEvents returns the events of a year whose month is not known.
func (g *Graph) YearEvents(year int) []*dossier.Event {
	var list []*dossier.Event
	for _, e := range Of[*dossier.Event](g, dossier.KindEvent) {
		if int(e.Date.Start.Year) == year && e.Date.Start.Month == 0 {
			list = append(list, e)
		}
	}
	return list
}

// Changes returns every change note of the site, withdrawals among them, newest first, and those of one time by the id of their entry.
func (g *Graph) Changes() []Changed {
	var list []Changed
	for _, e := range g.entries {
		for i, c := range e.Base().Changes {
			list = append(list, Changed{Entry: e, Change: c, Number: i + 1})
		}
		if w := e.Base().Withdrawn; e.Base().IsWithdrawn() {
			list = append(list, Changed{Entry: e, Change: dossier.Change{At: w.At, Kind: dossier.WithdrawalNote, Note: w.Reason}})
		}
	}
	slices.SortStableFunc(list, func(a, b Changed) int { return b.At.Compare(a.At) })
	return list
}

// A Changed is a change note and the entry that it stands in.
type Changed struct {
	Entry dossier.Entry
	dossier.Change
	// Number counts from 1 in the order of the entry: with the entry's id it names the note for good, since notes are only added. A
	// withdrawal, of which there is but one, has none.
	Number int
}

// Lasting returns the name by which feeds know the note for good.
func (c *Changed) Lasting() string {
	return c.Entry.Base().Lasting() + "/" + strings.ReplaceAll(c.Anchor(), ".", "/")
}

// Anchor returns the place of the note on the page of its entry. No heading takes it, for ids of headings have no full stop.
func (c *Changed) Anchor() string {
	if c.Number == 0 {
		return "withdrawn"
	}
	return fmt.Sprintf("change.%d", c.Number)
}

// Version returns which version of the entry the change made, from 2 on.
func (c *Changed) Version() int {
	if c.Number == 0 {
		return len(c.Entry.Base().Changes) + 2
	}
	return c.Number + 1
}

// Headline returns what the note is called where it stands without its entry: one of kind status by the status that it tells of, where that
// is known.
func (c *Changed) Headline() string {
	label := c.Label()
	if status := c.became(); status != "" {
		label = "Now " + status
	}
	return label + ": " + c.Entry.Base().Title
}

// became returns the status that a note of kind status tells of: that which a pledge had by the steps recorded since the note of that kind
// before it, or the one that the note names. It is empty where neither is known. Nothing that is added later changes it, for feeds have
// told of it.
func (c *Changed) became() string {
	if c.Kind != dossier.StatusNote {
		return ""
	}
	named := c.Word(c.Now)
	switch e := c.Entry.(type) {
	case *dossier.Pledge:
		if status, ok := e.StatusAt(c.statusBefore(), c.At); ok {
			return status.Label()
		}
		if slices.Contains(dossier.Labels(), named) {
			return named
		}
	case *dossier.Event:
		if slices.Contains(dossier.EventStatuses, dossier.EventStatus(named)) {
			return named
		}
	}
	return ""
}

// statusBefore returns when the entry last told of its status before the note: with another note of kind status, or with its publication.
func (c *Changed) statusBefore() time.Time {
	head := c.Entry.Base()
	before := head.Published
	for _, other := range head.Changes {
		if other.Kind == dossier.StatusNote && other.At.Before(c.At) && other.At.After(before) {
			before = other.At
		}
	}
	return before
}

// Date returns the newest time at which anything of the site was published or changed. It is the site's date: nothing in the
// output depends on the clock.
func (g *Graph) Date() time.Time {
	var newest time.Time
	for _, e := range g.entries {
		if t := e.Base().Updated(); t.After(newest) {
			newest = t
		}
	}
	return newest
}

// News returns what a subscriber is told of, newest first and then by id: briefs, pledges, figures and events that are not merely
// scheduled. Actors, sources and pages are not news. What was withdrawn stays among the news, so that subscribers see that it was.
func (g *Graph) News() []dossier.Entry { return pick[dossier.Entry](g, g.news) }

// NewsOf returns the news that refer to the entry with the id, in the order of News. Those of a series are its events and whatever else
// names it.
func (g *Graph) NewsOf(id dossier.ID) []dossier.Entry {
	var places []int32
	for _, i := range g.referring(id) {
		if g.place[i] != none {
			places = append(places, g.place[i])
		}
	}
	slices.Sort(places)
	for i, place := range places {
		places[i] = g.news[place]
	}
	return pick[dossier.Entry](g, places)
}

// An Announcement is what feeds tell of once: an entry that is news, or a change note.
type Announcement struct {
	// Name is the one by which feeds know it for good.
	Name  string
	At    time.Time
	Entry dossier.Entry
}

// Announced returns all that the site's feeds tell of.
func (g *Graph) Announced() []Announcement {
	var list []Announcement
	for _, e := range g.News() {
		list = append(list, Announcement{e.Base().Lasting(), Told(e), e})
	}
	for _, c := range g.Changes() {
		list = append(list, Announcement{c.Lasting(), c.At, c.Entry})
	}
	return list
}

// HasNewsOf reports whether NewsOf returns anything.
func (g *Graph) HasNewsOf(id dossier.ID) bool {
	return slices.ContainsFunc(g.referring(id), func(i int32) bool { return g.place[i] != none })
}

// IsNews reports whether subscribers are told of an entry.
func IsNews(e dossier.Entry) bool {
	switch e := e.(type) {
	case *dossier.Brief, *dossier.Pledge, *dossier.Figure:
		return true
	case *dossier.Event:
		return e.State() != dossier.Scheduled
	}
	return false
}

// none is the place of an entry that is no news.
const none = -1

// orderNews puts the news in order. Nearly every list of some of them is asked for, and is put in order by their places alone.
func (g *Graph) orderNews() {
	g.place = make([]int32, len(g.entries))
	told := make([]time.Time, len(g.entries))
	for i, e := range g.entries {
		if g.place[i] = none; IsNews(e) {
			told[i] = Told(e)
			g.news = append(g.news, int32(i))
		}
	}
	slices.SortFunc(g.news, func(a, b int32) int { return cmp.Or(told[b].Compare(told[a]), cmp.Compare(a, b)) })
	for place, i := range g.news {
		g.place[i] = int32(place)
	}
}

// Told returns when subscribers are told of an entry: when it was published. An event that was published before its day is no news until
// it takes place, so that its time is that of the first note on its status: at its old place nobody would see that it is new.
func Told(e dossier.Entry) time.Time {
	head := e.Base()
	event, ok := e.(*dossier.Event)
	if !ok || !head.Published.Before(event.Date.First()) {
		return head.Published
	}
	for _, c := range head.Changes {
		if c.Kind == dossier.StatusNote {
			return c.At
		}
	}
	return head.Published
}
