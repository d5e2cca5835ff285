package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"briefing/internal/dossier"
)

// A Series is the page of a series: its meetings as a table, newest first.
type Series struct {
	Base

	// Aka are other names.
	Aka []string

	// Organiser is the actor that meets; it may be empty.
	Organiser Ref

	// Numbering says who numbers the meetings, and how.
	Numbering string

	// Rests are the marks of the sources of the entry.
	Rests template.HTML

	// First and Latest are meetings that were held; Next is scheduled. Each is nil where there is none.
	First  *Card
	Latest *Card
	Next   *Card

	// Held is how many were held, Numbered how many have a number.
	Held     int
	Numbered int

	// Strip is the meetings to scale.
	Strip Strip

	// Filters choose among the meetings of this page.
	Filters Filters

	// Meetings are the rows of the table, newest first.
	Meetings []Meeting

	// Pager leads through the other pages.
	Pager Pager

	// Chairs are who chaired, and when.
	Chairs []Tenure

	// Body is the prose of the entry.
	Body template.HTML
}

// A Meeting is a row of the table of a series.
type Meeting struct {
	// ID is the place of the row on the page.
	ID string

	// Marks are what the row is, for the filters.
	Marks Marks

	// Number is 0 where it has none.
	Number int

	// Event leads to the meeting.
	Event Ref

	// When is its date.
	When Time

	// Place is the building and the city, or Online.
	Place string

	// Format is in person, online or hybrid; it may be empty.
	Format string

	// Status is empty where it was held.
	Status string

	// Chairs are who chaired.
	Chairs []Ref

	// Participants is how many took part, in the words of the source. Raw is the number as programs compare it.
	Participants string
	Raw          string

	// Counted are the marks of the sources of that number.
	Counted template.HTML

	// Came are those known to have taken part, chairs left out; Absent those known not to have.
	Came   []Ref
	Absent []Ref

	// Outcome is the first of its outcomes.
	Outcome string

	// Pledges is how many were announced at it.
	Pledges int
}

// A Tenure is the time for which someone chaired.
type Tenure struct {
	Person

	// From and To are the first and the last meeting chaired; To is empty where that goes on.
	From, To Time
}

// A Strip is a chart of a series to scale: one mark for each meeting along a line of time.
type Strip struct {
	// Summary says in a sentence what the chart shows.
	Summary string

	// Marks are in the order of dates.
	Marks []Mark

	// Years are the ticks below the line.
	Years []Tick

	// Legend says what each shape stands for.
	Legend []LegendItem
}

// A Mark is a meeting on a strip.
type Mark struct {
	// X is from 0 to StripWidth.
	X int

	// Shape is circle, square, diamond or triangle, by who chaired.
	Shape string

	// Fill is solid in person, hollow online, half where hybrid, cross where not held.
	Fill string

	// Number is 0 where the meeting has none.
	Number int

	// Label is the title and the date.
	Label string
}

// A LegendItem says what a shape of a strip stands for.
type LegendItem struct {
	// Shape is that of the marks, Text who chaired.
	Shape, Text string
}

// series returns one page of a series. Its chart and its numbers are those of all meetings, on every page.
func (p *planner) series(s *dossier.Series, page int) Series {
	d := p.desk()
	events := p.g.Series(s.ID)
	v := Series{
		Base: p.entryBase(s), Aka: s.Aka, Numbering: s.Numbering, Strip: p.strip(events),
	}
	if s.Organiser != "" {
		v.Organiser = p.ref(s.Organiser)
	}
	for _, e := range events {
		p.count(&v, e)
	}
	newest := slices.Clone(events)
	slices.Reverse(newest)
	rows, pager := paged(newest, URL(s), page)
	v.Pager = pager
	v.turn(pager)
	list, marks := filtered(rows, p.meetingFacets())
	v.Filters = Filters{List: list, Rows: len(rows), Noun: "meetings", Part: pager.Pages > 1}
	for i, e := range rows {
		m := d.meeting(e)
		m.Marks = marks[i]
		v.Meetings = append(v.Meetings, m)
	}
	for _, t := range s.Chairs {
		v.Chairs = append(v.Chairs, Tenure{Person: p.person(t.Actor, t.From), From: dateTime(t.From), To: dateTime(t.To)})
	}
	v.Body = d.body(d.g.Body(s))
	v.Rests = d.cite(s.Sources) // the page shows them below its text
	shown := map[dossier.ID]bool{s.Organiser: true}
	for _, e := range events {
		shown[e.ID] = true
	}
	d.finish(&v.Base, s, shown)
	return v
}

// count enters one event, oldest first, into the numbers of the series.
func (p *planner) count(v *Series, e *dossier.Event) {
	switch e.State() {
	case dossier.Held:
		v.Held++
		v.Latest = p.card(e)
		if v.First == nil {
			v.First = v.Latest
		}
	case dossier.Scheduled:
		if v.Next == nil {
			v.Next = p.card(e)
		}
	}
	if e.Number != 0 {
		v.Numbered++
	}
}

// meeting returns the row of a meeting. Who was represented did not come, and who is disputed is left to the meeting's own
// page. Of a meeting that was not held nobody can say who came: whom it expects stands on its own page.
func (d *desk) meeting(e *dossier.Event) Meeting {
	m := Meeting{
		ID: "meeting-" + string(e.ID), Number: e.Number, Event: Ref{Title: e.Title, URL: URL(e)}, When: dateTime(e.Date), Place: d.shortPlace(e),
		Format: e.Format(), Participants: participants(e.Participants), Counted: d.cite(e.Participants.Sources),
		Raw:     raw("", e.Participants.Range),
		Pledges: len(d.g.PledgesAt(e.ID)),
	}
	if e.State() != dossier.Held {
		m.Status = string(e.State())
	}
	for _, id := range e.Chairs {
		m.Chairs = append(m.Chairs, d.ref(id))
	}
	if len(e.Outcomes) > 0 {
		m.Outcome = e.Outcomes[0].Text
	}
	if e.State() != dossier.Held {
		return m
	}
	for _, a := range e.Attendance {
		switch a.Mode {
		case dossier.Absent:
			m.Absent = append(m.Absent, d.ref(a.Actor))
		case dossier.Represented, dossier.Contested:
		default:
			m.Came = append(m.Came, d.ref(a.Actor))
		}
	}
	return m
}

// shortPlace returns the name of a place and its city.
func (p *planner) shortPlace(e *dossier.Event) string {
	place := e.Place
	if place.Name != "" || place.City != "" {
		place.Country = ""
	}
	if s := p.countries.Place(place); s != "" {
		return s
	}
	if e.Online {
		return "Online"
	}
	return ""
}

// shapes are given in the order in which chairs first held a meeting. Where there are more chairs than shapes, the last shape stands for
// all that are left: no shape may mean two things.
var shapes = []string{"circle", "square", "diamond", "triangle"}

// strip draws a series to scale.
func (p *planner) strip(events []*dossier.Event) Strip {
	var s Strip
	if len(events) == 0 {
		return s
	}
	line := axisOf(events)
	s.Years = line.years()
	chairs := map[string]string{}
	for _, e := range events {
		who := p.names(e.Chairs)
		if _, ok := chairs[who]; !ok && e.State() == dossier.Held {
			chairs[who] = shapes[min(len(chairs), len(shapes)-1)]
			s.Legend = append(s.Legend, LegendItem{chairs[who], who})
		}
		s.Marks = append(s.Marks, Mark{
			X: line.x(e.Date.First()), Shape: chairs[who], Fill: fillOf(e), Number: e.Number,
			Label: e.Title + ", " + e.Date.Text(),
		})
	}
	if len(s.Legend) > len(shapes) {
		s.Legend = append(s.Legend[:len(shapes)-1], LegendItem{shapes[len(shapes)-1], "others"})
	}
	s.Summary = stripSummary(events)
	return s
}

// stripSummary says what a chart shows to those who cannot see it.
func stripSummary(events []*dossier.Event) string {
	first, last := events[0].Date.Text(), events[len(events)-1].Date.Text()
	if len(events) == 1 {
		return "1 meeting, on a line of time: " + first + "."
	}
	return fmt.Sprintf("%d meetings from %s to %s, placed to scale along a line of time.", len(events), first, last)
}

// fillOf returns how a mark is filled, by the way in which the meeting was held.
func fillOf(e *dossier.Event) string {
	if e.State() != dossier.Held {
		return "cross"
	}
	switch e.Format() {
	case "online":
		return "hollow"
	case "hybrid":
		return "half"
	}
	return "solid"
}

// names returns actors in words: "John Healey and Boris Pistorius".
func (p *planner) names(ids []dossier.ID) string {
	var names []string
	for _, id := range ids {
		names = append(names, p.ref(id).Title)
	}
	switch n := len(names); n {
	case 0:
		return "Chair not known to us"
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
