package page

import (
	"html/template"
	"slices"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// An Event is the page of an event.
type Event struct {
	Base

	// Kind is the sort of event, in a word.
	Kind string

	// When is its date.
	When Time

	// Clock is the time of day with its zone; it may be empty.
	Clock string

	// Place is in words; it may be empty.
	Place string

	// Format is in person, online or hybrid; it may be empty.
	Format string

	// Status is empty where the event was held.
	Status string

	// Was is the old date of an event that was moved.
	Was Time

	// Series and Number are what it belongs to, and as which; Number is 0 where it has none.
	Series Ref
	Number int

	// Chairs are who chaired, with the office held on the date.
	Chairs []Person

	// Participants is how many took part, in the words of the source.
	Participants string

	// Counted are the marks of the sources of that number.
	Counted template.HTML

	// Rests are the marks of the sources of the entry.
	Rests template.HTML

	// Outcomes are what came out of it. Unmarked are the marks of the sources on which those rest that have none of their own.
	Outcomes []Claim
	Unmarked template.HTML

	// Pledges are those announced at it.
	Pledges []*PledgeRow

	// Sum is what those pledges add up to.
	Sum Sheet

	// ShowPledges says that the section stands even where no pledge is recorded.
	ShowPledges bool

	// Attendance is who took part and how, and who was absent.
	Attendance []Attendance

	// Others are concerned, beside chairs and attendance.
	Others []Person

	// Body is the prose of the entry.
	Body template.HTML

	// Disputed are the points on which sources differ.
	Disputed []Dispute

	// Doubts lead to those that concern a fact of the event.
	Doubts EventDoubts

	// PartOf is the event of which it was a part, Parts are its own parts.
	PartOf Ref
	Parts  []*Card

	// Follows is the event that it continues, Followers are those that continue it.
	Follows   Ref
	Followers []*Card

	// Previous and Next are its neighbours, in the series where it belongs to one.
	Previous Ref
	Next     Ref
}

// EventDoubts are the places of the page that tell how sources differ on a fact; empty where they do not.
type EventDoubts struct {
	Date, Place, Number, Chairs, Attendance, Participants string
}

// A Person is an actor with the office held on the date that the page speaks of.
type Person struct {
	Ref

	// Role is the office held on the date; empty where not known to us.
	Role string

	// Note is what readers should know of the person's part.
	Note string

	// Rest are the marks of what says so.
	Rest template.HTML
}

// Attendance is all who took part in one way.
type Attendance struct {
	// Mode is a heading: "Took part", "Absent".
	Mode string

	// Absent says that these people are known not to have come.
	Absent bool

	// People are in the order of the entry.
	People []Person
}

// event returns the page of an event.
func (p *planner) event(e *dossier.Event) Event {
	d := p.desk()
	v := d.eventText(e)
	v.Base = p.entryBase(e, p.eventTrail(e)...)
	if e.Series != "" {
		v.Series = p.ref(e.Series)
	}
	v.ShowPledges, v.Sum = e.Sort == dossier.Meeting, p.sheetOf(graph.Cut{By: graph.ByEvent, Value: string(e.ID)})
	doubt := func(fact string) string { return doubt(e.Disputed, fact) }
	v.Doubts = EventDoubts{doubt("date"), doubt("place"), doubt("number"), doubt("chairs"), doubt("attendance"), doubt("participants")}
	p.relations(e, &v)
	d.finish(&v.Base, e, d.shownOnEvent(e, p.g.PledgesAt(e.ID)))
	return v
}

// eventText returns what feeds carry of an event.
func (d *desk) eventText(e *dossier.Event) Event {
	v := Event{
		Base: Base{Summary: e.Summary}, Kind: string(e.Sort), When: dateTime(e.Date), Clock: d.clock(e),
		Place: d.countries.Place(e.Place), Format: e.Format(), Was: dateTime(e.Was),
		Number: e.Number, Participants: participants(e.Participants), Counted: d.cite(e.Participants.Sources), Rests: d.cite(e.Sources),
	}
	if e.State() != dossier.Held {
		v.Status = string(e.State())
	}
	if e.PartOf != "" {
		v.PartOf = d.ref(e.PartOf)
	}
	if e.Follows != "" {
		v.Follows = d.ref(e.Follows)
	}
	v.Chairs = d.people(e.Chairs, e.Date)
	v.Outcomes = d.claims(e, e.Outcomes, "outcome")
	if slices.ContainsFunc(e.Outcomes, func(c dossier.Claim) bool { return len(c.Sources)+len(c.Versions) == 0 }) {
		v.Unmarked = d.cite(e.Sources)
	}
	v.Pledges = d.pledgeRows(first(d.g.PledgesAt(e.ID), MaxRows))
	v.Attendance = d.attendance(e)
	v.Others = d.people(e.Actors, e.Date)
	v.Body = d.body(d.g.Body(e))
	v.Disputed = d.disputes(e, e.Disputed)
	v.Notes = d.notes
	return v
}

// relations fills in the events that are tied to this one.
func (p *planner) relations(e *dossier.Event, v *Event) {
	v.Parts, v.Followers = cardsOf(p, first(p.g.EventParts(e.ID), MaxRows)), cardsOf(p, first(p.g.Followers(e.ID), MaxRows))
	v.Previous, v.Next = p.neighbours(e)
}

// shownOnEvent returns the entries that an event's page names in sections of their own.
func (d *desk) shownOnEvent(e *dossier.Event, pledges []*dossier.Pledge) map[dossier.ID]bool {
	shown := map[dossier.ID]bool{e.Series: true, e.PartOf: true, e.Follows: true}
	for _, pledge := range first(pledges, MaxRows) {
		shown[pledge.ID] = true
	}
	for _, list := range [][]*dossier.Event{d.g.EventParts(e.ID), d.g.Followers(e.ID)} {
		for _, other := range first(list, MaxRows) {
			shown[other.ID] = true
		}
	}
	return shown
}

// eventTrail leads to an event from the series that it belongs to, or from its month.
func (p *planner) eventTrail(e *dossier.Event) []Ref {
	if e.Series != "" {
		if s := graph.Find[*dossier.Series](p.g, e.Series); s != nil {
			return []Ref{{Title: firstOf(s.Aka, s.Title), URL: URL(s)}}
		}
	}
	trail := []Ref{{Title: "Timeline", URL: "/timeline/"}}
	if start := e.Date.Start; start.Month != 0 {
		month := graph.Month{Year: int(start.Year), Month: monthOf(start)}
		trail = append(trail, Ref{Title: month.Text(), URL: monthURL(month.Year, int(month.Month))})
	}
	return trail
}

// firstOf returns the first of a list, or otherwise where it is empty.
func firstOf(list []string, otherwise string) string {
	if len(list) > 0 {
		return list[0]
	}
	return otherwise
}

// clock returns the time of day with its zone, as "14:30 CEST".
func (p *planner) clock(e *dossier.Event) string {
	if e.Time == "" || !e.Date.IsDay() {
		return ""
	}
	t, ok := p.instant(e)
	if !ok {
		return ""
	}
	return t.Format("15:04 MST")
}

// participants prefers the source's words to the number made of them: “nearly 50” is not 50.
func participants(p dossier.Participants) string {
	if p.Wording != "" {
		return p.Wording
	}
	return p.Text()
}

// people returns actors with the offices they held on a date.
func (d *desk) people(ids []dossier.ID, on dossier.Date) []Person {
	out := make([]Person, 0, len(ids))
	for _, id := range ids {
		out = append(out, d.person(id, on))
	}
	return out
}

// person returns an actor with the office held on a date.
func (p *planner) person(id dossier.ID, on dossier.Date) Person {
	person := Person{Ref: p.ref(id)}
	if a := graph.Find[*dossier.Actor](p.g, id); a != nil {
		person.Role = p.roles(a.RoleOn(on))
	}
	return person
}

// roles returns offices in words: "Secretary General, NATO".
func (p *planner) roles(list []dossier.Role) string {
	var parts []string
	for _, r := range list {
		s := r.Title
		if r.Of != "" && !strings.Contains(r.Title, p.ref(r.Of).Title) {
			s += ", " + p.short(r.Of).Title
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// attendanceGroups are the ways of taking part in the order in which readers ask, each with its heading where the event was held and
// where it was not, or not yet: of such an event a page must not say that anybody took part in it.
var attendanceGroups = []struct {
	mode          dossier.Mode
	held, planned string
}{
	{dossier.InPerson, "Took part in person", "Expected in person"},
	{"", "Took part", "Expected"},
	{dossier.Remote, "Took part online", "Expected online"},
	{dossier.Represented, "Represented", "To be represented"},
	{dossier.Absent, "Absent", "Not expected"},
	{dossier.Contested, "Reports differ", "Reports differ"},
}

// attendance groups who took part.
func (d *desk) attendance(e *dossier.Event) []Attendance {
	var out []Attendance
	for _, g := range attendanceGroups {
		heading := g.held
		if e.State() != dossier.Held {
			heading = g.planned
		}
		var people []Person
		for _, a := range e.Attendance {
			if a.Mode != g.mode {
				continue
			}
			person := d.person(a.Actor, e.Date)
			person.Note, person.Rest = a.Note, d.cite(a.Sources)
			people = append(people, person)
		}
		if people != nil {
			out = append(out, Attendance{Mode: heading, Absent: g.mode == dossier.Absent, People: people})
		}
	}
	return out
}
