package page

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/picture"
)

// A Timeline is the page of all years.
type Timeline struct {
	Base

	// Years are newest first.
	Years []YearLink

	// Keys are the key events, newest first.
	Keys []*Card
}

// A YearLink leads to a year, and to its months.
type YearLink struct {
	Ref

	// Events is how many the year has.
	Events int

	// Months are those that have events.
	Months []MonthLink
}

// A MonthLink leads to a month.
type MonthLink struct {
	Ref

	// Events is how many the month has.
	Events int
}

// A Year is the page of a year.
type Year struct {
	Base

	// Months are those that have events, in order.
	Months []MonthEvents

	// Undated are the events whose month is not known.
	Undated []Item

	// Previous and Next are the years before and after that have events.
	Previous Ref
	Next     Ref
}

// A MonthEvents is a month of a year's page.
type MonthEvents struct {
	MonthLink

	// ID is the month's place on the page.
	ID string

	// Items are oldest first; More is how many the month has beside them, in a year with too many for one page.
	Items []Item
	More  int
}

// A Month is the page of a month: its days in order.
type Month struct {
	Base

	// Intro is the prose that introduces the month; it may be empty.
	Intro template.HTML

	// Rests are the marks of its sources.
	Rests template.HTML

	// Events is how many the month has.
	Events int

	// Weeks are a calendar, from Monday.
	Weeks [][]Cell

	// Keys are the key events.
	Keys []Item

	// Days are those that have events, in order.
	Days []Day

	// Undated are the events whose day is not known.
	Undated []Item

	// Previous and Next are the months before and after that have events.
	Previous Ref
	Next     Ref

	// Pager leads through the other pages.
	Pager Pager
}

// A Cell is a day of a calendar; Day is 0 before the first and after the last.
type Cell struct {
	// Day is 0 before the first of the month and after its last.
	Day int

	// URL is where the day's events begin, on this page or on another of the month; empty where there are none.
	URL string

	// Events is how many begin on the day.
	Events int

	// Kinds are their sorts, each once.
	Kinds []string

	// Key says that one of them is a key event.
	Key bool
}

// A Day is a day that has events.
type Day struct {
	// ID is the day's place on the page, such as 2025-06-04.
	ID string

	// When is the date, Week the day of the week.
	When Time
	Week string

	// Gap is the days between the one before it on the page and this one, of which nothing is entered; it may be empty.
	Gap Time

	// List is the events that begin on the day.
	List []Item
}

// An Item is an event in a timeline.
type Item struct {
	// ID is its place on the page.
	ID string

	// Event leads to the event.
	Event Ref

	// Kind is the sort of event, in a word.
	Kind string

	// Status is empty where it was held.
	Status string

	// When is its date, Day the id of the day on which it began.
	When Time
	Day  string

	// Place is in words; it may be empty.
	Place string

	// Summary is plain text.
	Summary string

	// Key is its label where it is a key event.
	Key string

	// Rests are the marks of its sources.
	Rests template.HTML
}

// timelines adds the pages of the timeline.
func (p *planner) timelines() {
	months := p.g.Timeline()
	years := p.years(months)
	p.add(Own{URL: "/timeline/", Title: "Timeline", Template: "timeline.html", View: func() any { return p.timeline(months, years) }})
	for i, year := range years {
		p.add(Own{URL: yearURL(year), Title: fmt.Sprint(year), Template: "year.html", View: func() any { return p.year(months, years, i) }})
	}
	for i, m := range months {
		page := Own{URL: monthURL(m.Year, int(m.Month)), Title: m.Text(), Template: "month.html", View: func() any { return p.month(months, i, 1) }, Picture: func() picture.Card { return p.monthPicture(m) }}
		if intro := p.g.Introduction(m.String()); intro != nil {
			page.Origin, page.Title = intro.File, intro.Title
		}
		p.add(page)
		p.pagesOf(page, len(m.Events), func(n int) any { return p.month(months, i, n) })
	}
}

// years returns the years that have events, oldest first.
func (p *planner) years(months []graph.Month) []int {
	var years []int
	for _, m := range months {
		years = append(years, m.Year)
	}
	for _, e := range graph.Of[*dossier.Event](p.g, dossier.KindEvent) {
		if e.Date.Start.Month == 0 && !e.Date.IsZero() {
			years = append(years, int(e.Date.Start.Year))
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// hasMonth reports whether a month has events, and so a page that its introduction can stand on.
func (p *planner) hasMonth(d dossier.Date) bool {
	return slices.ContainsFunc(p.g.Timeline(), func(m graph.Month) bool { return m.String() == d.String() })
}

// monthRef leads to the page of a month.
func monthRef(m graph.Month) Ref { return Ref{Title: m.Text(), URL: monthURL(m.Year, int(m.Month))} }

// timeline returns the page of all years.
func (p *planner) timeline(months []graph.Month, years []int) Timeline {
	v := Timeline{Base: p.base("/timeline/", "Timeline", "Every event of the brief by year and month, with the key events of all years.")}
	for _, year := range slices.Backward(years) {
		link := YearLink{Ref: Ref{Title: fmt.Sprint(year), URL: yearURL(year)}, Events: len(p.g.YearEvents(year))}
		for _, m := range months {
			if m.Year == year {
				link.Events += len(m.Events)
				link.Months = append(link.Months, MonthLink{Ref{Title: m.Month.String(), URL: monthURL(m.Year, int(m.Month))}, len(m.Events)})
			}
		}
		v.Years = append(v.Years, link)
	}
	var keys []*dossier.Event
	for _, e := range slices.Backward(graph.Of[*dossier.Event](p.g, dossier.KindEvent)) {
		if e.Key != "" && len(v.Keys) < MaxRows {
			keys = append(keys, e)
			c := p.newCard(e)
			c.Title = e.Key
			v.Keys = append(v.Keys, c)
		}
	}
	describeList(p, &v.Base, keys, whole(keys))
	return v
}

// year returns the page of the i-th of years.
func (p *planner) year(months []graph.Month, years []int, i int) Year {
	year := years[i]
	d := p.desk()
	title := fmt.Sprintf("Timeline of %d", year)
	v := Year{Base: p.base(yearURL(year), title, fmt.Sprintf("Events of %d, month by month.", year))}
	v.Trail = append(v.Trail, Ref{Title: "Timeline", URL: "/timeline/"})
	var own []graph.Month
	events := 0
	for _, m := range months {
		if m.Year == year {
			own = append(own, m)
			events += len(m.Events)
		}
	}
	for _, m := range own {
		shown := m.Events
		if events > MaxRows {
			shown = first(shown, MaxRows/len(own))
		}
		entry := MonthEvents{MonthLink: MonthLink{monthRef(m), len(m.Events)}, ID: m.String(), More: len(m.Events) - len(shown)}
		for _, e := range shown {
			entry.Items = append(entry.Items, d.item(e, nil))
		}
		v.Months = append(v.Months, entry)
	}
	for _, e := range first(p.g.YearEvents(year), MaxRows) {
		v.Undated = append(v.Undated, d.item(e, nil))
	}
	if i > 0 {
		v.Previous = Ref{Title: fmt.Sprint(years[i-1]), URL: yearURL(years[i-1])}
	}
	if i+1 < len(years) {
		v.Next = Ref{Title: fmt.Sprint(years[i+1]), URL: yearURL(years[i+1])}
	}
	all := p.g.YearEvents(year)
	for _, m := range slices.Backward(own) {
		all = append(slices.Clone(m.Events), all...)
	}
	describeList(p, &v.Base, all, whole(all))
	return v
}

// month returns one page of the i-th of months. The calendar and the key events are those of the whole month, on every page.
func (p *planner) month(months []graph.Month, i, page int) Month {
	m := months[i]
	d := p.desk()
	title := "Timeline: " + m.Text()
	v := Month{Base: p.base(monthURL(m.Year, int(m.Month)), title, count(len(m.Events), "event")+" of "+m.Text()+", day by day."), Events: len(m.Events)}
	if intro := p.g.Introduction(m.String()); intro != nil {
		v.Base = p.entryBase(intro)
	}
	v.Picture = p.pictured(monthURL(m.Year, int(m.Month)), p.monthPicture(m))
	v.Trail = append(v.Trail, Ref{Title: "Timeline", URL: "/timeline/"}, Ref{Title: fmt.Sprint(m.Year), URL: yearURL(m.Year)})
	v.Weeks = weeks(m, page)
	for _, e := range m.Events {
		if e.Key != "" && len(v.Keys) < MaxRows {
			v.Keys = append(v.Keys, d.item(e, nil))
		}
	}
	events, pager := paged(m.Events, monthURL(m.Year, int(m.Month)), page)
	v.Pager = pager
	v.turn(pager)
	d.days(&v, events)
	if intro := p.g.Introduction(m.String()); intro != nil { // below the days, so that its sources get their numbers after theirs
		v.Intro, v.Rests = d.body(d.g.Body(intro)), d.cite(intro.Sources)
	}
	if i > 0 {
		v.Previous = monthRef(months[i-1])
	}
	if i+1 < len(months) {
		v.Next = monthRef(months[i+1])
	}
	d.annotate(&v.Base)
	describeList(p, &v.Base, events, pager)
	return v
}

// days puts events under the day on which they began. Those whose day is not known come last on the page, so that their sources get
// their numbers last.
func (d *desk) days(v *Month, events []*dossier.Event) {
	var undated []*dossier.Event
	var before time.Time
	for _, e := range events {
		if e.Date.Start.Day == 0 {
			undated = append(undated, e)
			continue
		}
		item := d.item(e, e.Sources)
		if n := len(v.Days); n == 0 || v.Days[n-1].ID != item.Day {
			first := e.Date.First()
			x := Day{ID: item.Day, When: day(first), Week: first.Weekday().String()}
			if n > 0 {
				x.Gap = gap(before, first)
			}
			v.Days = append(v.Days, x)
			before = first
		}
		last := &v.Days[len(v.Days)-1]
		last.List = append(last.List, item)
	}
	for _, e := range undated {
		v.Undated = append(v.Undated, d.item(e, e.Sources))
	}
}

// gap returns the days that lie between two days, both left out.
func gap(before, after time.Time) Time {
	from, to := dossier.Day(before.AddDate(0, 0, 1)), dossier.Day(after.AddDate(0, 0, -1))
	switch to.Compare(from) {
	case -1:
		return Time{}
	case 0:
		return dateTime(from)
	}
	return dateTime(dossier.Date{Start: from.Start, End: to.Start})
}

// item returns an event for a timeline, with the marks of its sources.
func (d *desk) item(e *dossier.Event, sources []dossier.Citation) Item {
	v := Item{
		ID: "event-" + string(e.ID), Event: Ref{Title: e.Title, URL: URL(e)}, Kind: string(e.Sort), When: dateTime(e.Date), Day: e.Date.Start.Plain(),
		Place: d.countries.Place(e.Place), Summary: e.Summary, Key: e.Key, Rests: d.cite(sources),
	}
	if s := e.State(); s != dossier.Held {
		v.Status = string(s)
	}
	if v.Place == "" && e.Online {
		v.Place = "Online"
	}
	return v
}

// weeks returns the calendar of a month, with the events that begin on each day, for one of its pages: each day leads to the page on
// which its first event stands.
func weeks(m graph.Month, page int) [][]Cell {
	first := time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, time.UTC)
	days := first.AddDate(0, 1, -1).Day()
	cells := make([]Cell, (int(first.Weekday())+6)%7, 42)
	for day := 1; day <= days; day++ {
		cells = append(cells, Cell{Day: day})
	}
	for len(cells)%7 != 0 {
		cells = append(cells, Cell{})
	}
	offset := (int(first.Weekday())+6)%7 - 1
	url := monthURL(m.Year, int(m.Month))
	for i, e := range m.Events {
		if e.Date.Start.Day == 0 {
			continue
		}
		c := &cells[offset+int(e.Date.Start.Day)]
		if on := i/MaxRows + 1; c.Events == 0 && on == page {
			c.URL = "#" + e.Date.Start.Plain()
		} else if c.Events == 0 {
			c.URL = pageURL(url, on) + "#" + e.Date.Start.Plain()
		}
		c.Events++
		c.Key = c.Key || e.Key != ""
		if !slices.Contains(c.Kinds, string(e.Sort)) {
			c.Kinds = append(c.Kinds, string(e.Sort))
		}
	}
	return slices.Collect(slices.Chunk(cells, 7))
}

// monthOf returns the month of a date that has one.
func monthOf(p dossier.Point) time.Month { return time.Month(p.Month) }

// instant returns the time at which an event begins, in the site's time zone.
func (p *planner) instant(e *dossier.Event) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly+" 15:04", e.Date.Start.Plain()+" "+e.Time, p.g.Site.Location)
	return t, err == nil
}
