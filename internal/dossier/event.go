package dossier

import (
	"slices"
	"time"

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
		{Key: "organiser", Doc: "The actor that meets.", Example: "united-kingdom", Slot: ref(&s.Organiser, KindActor)},
		{Key: "chairs", Doc: "Who chaired, and when.", Example: "[{actor: lloyd-austin, from: 2022-04-26, to: 2025-01-09}]", Slot: list(&s.Chairs, func(t *Tenure) Slot { return recordOr(t, "actor") })},
		{Key: "numbering", Doc: "Who numbers the meetings, and how, in one sentence.", Example: "Official and press usage numbers the meetings from that of 26 April 2022 on.", Slot: text(&s.Numbering)},
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
		{Key: "from", Doc: "The first meeting chaired.", Example: "2022-04-26", Slot: date(&t.From)},
		{Key: "to", Doc: "The last.", Example: "2025-01-09", Slot: date(&t.To)},
	}
}

// Check reports a tenure that ends before it begins.
func (t *Tenure) Check(report Report) { span("tenure", t.From, t.To, report) }

// An EventKind is a sort of event.
type EventKind string

// The sorts of event.
const (
	// Meeting is one of ministers or officials, such as those of the contact group. Its page always has room for pledges.
	Meeting EventKind = "meeting"
	// Summit is a meeting of heads of state or government.
	Summit EventKind = "summit"
	// Talks are negotiations between the sides of the war, or with one of them.
	Talks EventKind = "talks"
	// Exchange is one of prisoners, of civilians or of the bodies of the dead.
	Exchange EventKind = "exchange"
	Attack   EventKind = "attack"
	// Statement is words of weight: a speech, a letter, a joint declaration.
	Statement EventKind = "statement"
	// Politics is what happens within a state: an election, a vote, a minister who leaves.
	Politics EventKind = "politics"
	// Announcement is aid or a measure made known outside a meeting.
	Announcement EventKind = "announcement"
)

// An EventStatus says whether an event took place.
type EventStatus string

// The states of an event. Empty means Held.
const (
	// Scheduled is still to come; subscribers are not told of it as news.
	Scheduled EventStatus = "scheduled"
	// Held took place.
	Held EventStatus = "held"
	// Postponed did not take place on the date it had, which Was keeps; Date is the new one.
	Postponed EventStatus = "postponed"
	// Cancelled did not take place, and will not.
	Cancelled EventStatus = "cancelled"
)

// EventStatuses lists the states of an event.
var EventStatuses = []EventStatus{Scheduled, Held, Postponed, Cancelled}

// An Event is something that happened, or is to happen, on a date.
type Event struct {
	Head
	Sort EventKind
	Date Date
	// Was is the old date of an event that was moved.
	Was Date
	// Online with a Place is a hybrid event.
	Online bool
	// Time is 15:04 in the site's time zone; empty where it is not known. It stands only with a certain day.
	Time  string
	Place Place
	// Status is empty where none is given: use State.
	Status EventStatus
	Series ID
	// Number counts from 1 within the series; 0 where the event has none. No two events of a series have the same.
	Number       int
	NumberAt     diag.Mark
	Chairs       []ID
	Attendance   []Attendance
	Participants Participants
	// Actors are those concerned beside chairs and attendance; they need not have been there.
	Actors   []ID
	Outcomes []Claim
	Disputed []Dispute
	// PartOf is the event within which this one was held: talks at a summit.
	PartOf ID
	// Follows is the event that this one continues: a second round of talks.
	Follows ID
	// Key is the label of a key event in lists of them; empty where it is none.
	Key string
}

// Table returns the keys of an event.
func (e *Event) Table() Table {
	return append(e.Head.Table(), Table{
		required(Field{Key: "kind", Doc: "What sort of event it is.", Example: "meeting", Slot: word(&e.Sort, Meeting, Summit, Talks, Exchange, Attack, Statement, Politics, Announcement)}),
		required(Field{Key: "date", Also: []string{"when", "day"}, Doc: "When it took place, as an EDTF date.", Example: "2025-06-04", Slot: date(&e.Date)}),
		{Key: "time", Doc: "When it began, in the site’s time zone.", Example: `"14:30"`, Slot: clock(&e.Time)},
		{Key: "place", Also: []string{"location", "venue"}, Doc: "Where it took place.", Example: "{name: NATO headquarters, city: Brussels, country: BE}", Slot: record(&e.Place)},
		{Key: "online", Doc: "True where it was held online; with a place, it was hybrid.", Example: "true", Slot: boolean(&e.Online)},
		{Key: "status", Doc: "Whether it took place; held where not given. Of one that was published before its day, a change note of kind status says when that changes.", Example: "held", Slot: word(&e.Status, EventStatuses...)},
		{Key: "was", Doc: "The old date of an event that was moved.", Example: "2025-06-03", Slot: date(&e.Was)},
		{Key: "series", Doc: "The series it belongs to.", Example: "ramstein", Slot: ref(&e.Series, KindSeries)},
		{Key: "number", Doc: "Its number in the series.", Example: "28", Needs: "series", Slot: integer(&e.Number, &e.NumberAt)},
		{Key: "chairs", Doc: "Who chaired.", Example: "[john-healey, boris-pistorius]", Slot: refs(&e.Chairs, KindActor)},
		{Key: "attendance", Also: []string{"attendees", "present", "absent"}, Doc: "Who took part, how, and who was absent.", Example: "[{actor: pete-hegseth, mode: absent, source: guardian-2025-06-04-europe-live}]", Slot: list(&e.Attendance, func(a *Attendance) Slot { return recordOr(a, "actor") })},
		{Key: "participants", Doc: "How many took part, in the words of the source.", Example: "{min: 50, wording: more than 50}", Slot: record(&e.Participants)},
		{Key: "actors", Doc: "Who else is concerned.", Example: "[ukraine]", Slot: refs(&e.Actors, KindActor)},
		{Key: "outcomes", Doc: "What came out of it, a sentence each.", Example: "[{text: The United Kingdom promised drones., source: nato-2025-06-05-rutte-press}]", Slot: list(&e.Outcomes, func(c *Claim) Slot { return recordOr(c, "text") })},
		disputes(&e.Disputed, "date", "place", "number", "chairs", "attendance", "participants"),
		{Key: "part_of", Doc: "The event of which it was a part.", Example: "nato-defence-ministers-2025-06", Slot: ref(&e.PartOf, KindEvent)},
		{Key: "follows", Doc: "The event that it continues.", Example: "udcg-27", Slot: ref(&e.Follows, KindEvent)},
		{Key: "key", Doc: "A label of at most 60 characters; makes it a key event.", Example: "US defense secretary absent", Slot: line(&e.Key, keyLimit)},
	}...)
}

// Check reports a time without a day, and an actor who attended twice.
func (e *Event) Check(report Report) {
	e.Head.Check(report)
	if e.Time != "" && !e.Date.IsZero() && !e.Date.IsDay() {
		report(faultf(diag.Contradiction, "give the day, or remove the time", "it has a time of day, but no certain day"), "time")
	}
	e.checkHeld(report)
	for i, a := range e.Attendance {
		if slices.ContainsFunc(e.Attendance[:i], func(b Attendance) bool { return a.Actor != "" && b.Actor == a.Actor }) {
			report(twice(string(a.Actor)), "attendance", i, "actor")
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

// checkHeld reports an event that was held after we had published it as one to come, and of which no note says so: feeds would tell of it
// at a time that lies behind their readers. No place on Earth is further ahead of UTC than 14 hours.
func (e *Event) checkHeld(report Report) {
	told := slices.ContainsFunc(e.Changes, func(c Change) bool { return c.Kind == StatusNote })
	if e.State() != Held || told || e.Date.IsZero() || e.Published.IsZero() {
		return
	}
	if e.Published.Before(e.Date.First().Add(-14 * time.Hour)) {
		report(faultf(diag.Contradiction, "add to changes: {at: when you write this, kind: status, was: Scheduled., now: Held., note: what is known of it}",
			"it was held on %s, and published before that, at %s; no note says that it took place", e.Date, e.Published.Format(time.RFC3339)), "date")
	}
}

// Days returns the day or days on which the event stands in a calendar, and its state there. A calendar cannot say that a date is
// about right: an event of which no day is certain is in none, and has no days. One that was postponed stands on its new date, which
// is still to come; where that is not known it stays on the old one, on which it does not take place.
func (e *Event) Days() (Date, EventStatus) {
	state := e.State()
	switch {
	case state == Postponed && !e.Was.IsZero() && e.Date.IsDays():
		return e.Date, Scheduled
	case state == Postponed && e.Was.IsDays():
		return e.Was, Cancelled
	case state == Postponed && e.Was.IsZero() && e.Date.IsDays():
		return e.Date, Cancelled
	case state != Postponed && e.Date.IsDays():
		return e.Date, state
	}
	return Date{}, state
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
	InPerson Mode = "in-person"
	Remote   Mode = "online"
	// Represented means that somebody else came in their place, whom the note names.
	Represented Mode = "represented"
	// Absent is worth an entry where readers expect the actor to have come.
	Absent Mode = "absent"
	// Contested means that sources differ on whether they took part.
	Contested Mode = "disputed"
)

// An Attendance says how an actor took part in an event, or that it did not.
type Attendance struct {
	Actor ID
	// Mode is empty where the actor took part, and how is not known to us.
	Mode    Mode
	Note    string
	Sources []Citation
}

// Table returns the keys of an attendance.
func (a *Attendance) Table() Table {
	return Table{
		required(Field{Key: "actor", Doc: "Who.", Example: "pete-hegseth", Slot: ref(&a.Actor, KindActor)}),
		{Key: "mode", Doc: "How they took part; absent is a fact too.", Example: "in-person", Slot: word(&a.Mode, InPerson, Remote, Represented, Absent, Contested)},
		{Key: "note", Doc: "What readers should know of it.", Example: "Only for the first session.", Slot: text(&a.Note)},
		{Key: "source", Doc: "What says so.", Example: "guardian-2025-06-04-europe-live", Slot: cites(&a.Sources)},
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
		{Key: "source", Doc: "What says so.", Example: "guardian-2025-06-04-europe-live", Slot: cites(&p.Sources)},
	}...).numbered()
}
