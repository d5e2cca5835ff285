package dossier

import (
	"slices"

	"briefing/internal/diag"
)

// A Series is a row of meetings with a name of its own.
type Series struct {
	Head
	Aka       []string
	Organiser ID
	Chairs    []Tenure
	Numbering string
}

// Table returns the keys of a series.
func (s *Series) Table() Table {
	return append(s.Head.Table(), Table{
		{Key: "aka", Doc: "Other names.", Example: "[Ramstein format, UDCG]", Slot: texts(&s.Aka)},
		{Key: "organiser", Doc: "The actor that meets.", Slot: ref(&s.Organiser, KindActor)},
		{Key: "chairs", Doc: "Who chaired, and when.", Slot: list(&s.Chairs, func(t *Tenure) Slot { return recordOr(t, "actor") })},
		{Key: "numbering", Doc: "Who numbers the meetings, and how, in one sentence.", Slot: text(&s.Numbering)},
	}...)
}

// Card returns what other pages show of the series.
func (s *Series) Card() Card {
	c := s.Head.Card()
	c.Label = "series"
	return c
}

// A Tenure is the time for which an actor chaired a series.
type Tenure struct {
	Actor    ID
	From, To Date
}

// Table returns the keys of a tenure.
func (t *Tenure) Table() Table {
	return Table{
		required(Field{Key: "actor", Doc: "Who chaired.", Example: "lloyd-austin", Slot: ref(&t.Actor, KindActor)}),
		{Key: "from", Doc: "The first meeting chaired.", Slot: date(&t.From)},
		{Key: "to", Doc: "The last.", Slot: date(&t.To)},
	}
}

// Check reports a tenure that ends before it begins.
func (t *Tenure) Check(report Report) { span("tenure", t.From, t.To, report) }

// An EventKind is a sort of event.
type EventKind string

// The sorts of event.
const (
	Meeting      EventKind = "meeting"
	Summit       EventKind = "summit"
	Talks        EventKind = "talks"
	Exchange     EventKind = "exchange"
	Attack       EventKind = "attack"
	Statement    EventKind = "statement"
	Politics     EventKind = "politics"
	Announcement EventKind = "announcement"
)

// An EventStatus says whether an event took place.
type EventStatus string

// The states of an event. Empty means Held.
const (
	Scheduled EventStatus = "scheduled"
	Held      EventStatus = "held"
	Postponed EventStatus = "postponed"
	Cancelled EventStatus = "cancelled"
)

// An Event is something that happened, or is to happen, on a date.
type Event struct {
	Head
	Sort         EventKind
	Date         Date
	Time         string // 15:04 in the site's time zone; may be empty
	Place        Place
	Online       bool // with a Place: a hybrid event
	Status       EventStatus
	Was          Date // the old date of an event that was moved
	Series       ID
	Number       int // within the series; 0 where it has none
	NumberAt     diag.Mark
	Chairs       []ID
	Attendance   []Attendance
	Participants Participants
	Actors       []ID // involved, beside chairs and attendance
	Outcomes     []Claim
	Disputed     []Dispute
	PartOf       ID
	Follows      ID
	Key          string // a label for lists of key events
}

// Table returns the keys of an event.
func (e *Event) Table() Table {
	return append(e.Head.Table(), Table{
		required(Field{Key: "kind", Doc: "What sort of event it is.", Example: "meeting", Slot: word(&e.Sort, Meeting, Summit, Talks, Exchange, Attack, Statement, Politics, Announcement)}),
		required(Field{Key: "date", Doc: "When it took place, as an EDTF date.", Example: "2025-06-04", Slot: date(&e.Date)}),
		{Key: "time", Doc: "When it began, in the site’s time zone.", Example: `"14:30"`, Slot: clock(&e.Time)},
		{Key: "place", Doc: "Where it took place.", Example: "{name: NATO headquarters, city: Brussels, country: BE}", Slot: record(&e.Place)},
		{Key: "online", Doc: "True where it was held online; with a place, it was hybrid.", Example: "true", Slot: boolean(&e.Online)},
		{Key: "status", Doc: "Whether it took place; held where not given.", Example: "held", Slot: word(&e.Status, Scheduled, Held, Postponed, Cancelled)},
		{Key: "was", Doc: "The old date of an event that was moved.", Slot: date(&e.Was)},
		{Key: "series", Doc: "The series it belongs to.", Slot: ref(&e.Series, KindSeries)},
		{Key: "number", Doc: "Its number in the series.", Example: "28", Needs: "series", Slot: integer(&e.Number, &e.NumberAt)},
		{Key: "chairs", Doc: "Who chaired.", Slot: refs(&e.Chairs, KindActor)},
		{Key: "attendance", Doc: "Who took part, how, and who was absent.", Slot: list(&e.Attendance, func(a *Attendance) Slot { return recordOr(a, "actor") })},
		{Key: "participants", Doc: "How many took part, in the words of the source.", Slot: record(&e.Participants)},
		{Key: "actors", Doc: "Who else is concerned.", Slot: refs(&e.Actors, KindActor)},
		{Key: "outcomes", Doc: "What came out of it, a sentence each.", Slot: list(&e.Outcomes, func(c *Claim) Slot { return recordOr(c, "text") })},
		disputes(&e.Disputed),
		{Key: "part_of", Doc: "The event of which it was a part.", Slot: ref(&e.PartOf, KindEvent)},
		{Key: "follows", Doc: "The event that it continues.", Slot: ref(&e.Follows, KindEvent)},
		{Key: "key", Doc: "A label of at most 60 characters; makes it a key event.", Slot: line(&e.Key, keyLimit)},
	}...)
}

// Check reports a time without a day, and an actor who attended twice.
func (e *Event) Check(report Report) {
	e.Head.Check(report)
	if e.Time != "" && !e.Date.IsZero() && !e.Date.IsDay() {
		report(faultf(diag.Contradiction, "give the day, or remove the time", "it has a time of day, but no certain day"), "time")
	}
	for i, a := range e.Attendance {
		if slices.ContainsFunc(e.Attendance[:i], func(b Attendance) bool { return a.Actor != "" && b.Actor == a.Actor }) {
			report(twice(a.Actor), "attendance", i, "actor")
		}
	}
}

// State returns the event's status, held where none is given.
func (e *Event) State() EventStatus {
	if e.Status == "" {
		return Held
	}
	return e.Status
}

// Card returns what other pages show of the event.
func (e *Event) Card() Card {
	c := e.Head.Card()
	c.Label, c.Date = string(e.Sort), e.Date
	if s := e.State(); s != Held {
		c.Label += ", " + string(s)
	}
	return c
}

// Format returns how an event was held: "in person", "online", "hybrid", or "" where neither a place nor online is given.
func (e *Event) Format() string {
	switch {
	case e.Online && !e.Place.IsZero():
		return "hybrid"
	case e.Online:
		return "online"
	case !e.Place.IsZero():
		return "in person"
	}
	return ""
}

// A Place is where an event was held.
type Place struct {
	Name    string
	City    string
	Country string // ISO 3166-1 alpha-2
}

// Table returns the keys of a place.
func (p *Place) Table() Table {
	return Table{
		{Key: "name", Doc: "The building, base or area.", Example: "NATO headquarters", Slot: text(&p.Name)},
		{Key: "city", Doc: "The city.", Example: "Brussels", Slot: text(&p.City)},
		{Key: "country", Doc: "The country, by ISO 3166-1 alpha-2.", Example: "BE", Slot: country(&p.Country)},
	}
}

// IsZero reports whether no place is given.
func (p Place) IsZero() bool { return p == Place{} }

// A Mode is how someone took part.
type Mode string

// The modes of attendance.
const (
	InPerson    Mode = "in-person"
	Remote      Mode = "online"
	Represented Mode = "represented"
	Absent      Mode = "absent"
	Contested   Mode = "disputed" // sources differ on whether they took part
)

// An Attendance says how an actor took part in an event, or that it did not.
type Attendance struct {
	Actor   ID
	Mode    Mode // may be empty: took part, how is not known to us
	Note    string
	Sources []Citation
}

// Table returns the keys of an attendance.
func (a *Attendance) Table() Table {
	return Table{
		required(Field{Key: "actor", Doc: "Who.", Example: "pete-hegseth", Slot: ref(&a.Actor, KindActor)}),
		{Key: "mode", Doc: "How they took part; absent is a fact too.", Example: "in-person", Slot: word(&a.Mode, InPerson, Remote, Represented, Absent, Contested)},
		{Key: "note", Doc: "What readers should know of it.", Slot: text(&a.Note)},
		{Key: "source", Doc: "What says so.", Slot: cites(&a.Sources)},
	}
}

// Participants says how many took part.
type Participants struct {
	Range
	Sources []Citation
}

// Table returns the keys of participants.
func (p *Participants) Table() Table {
	return append(p.rangeFields(), Table{
		wordingField(&p.Range),
		{Key: "source", Doc: "What says so.", Slot: cites(&p.Sources)},
	}...).numbered()
}
