package page

import (
	"fmt"
	"html/template"
	"slices"
	"unicode"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// An Actor is the page of an actor.
type Actor struct {
	Base

	// Kind is the sort of actor, in a word.
	Kind string

	// ShortName is empty where none is common.
	ShortName string

	// Names are other names and spellings.
	Names []Name

	// Code is a state's, by ISO 3166-1 alpha-2.
	Code string

	// Now is the offices held, as far as we know, to this day.
	Now string

	// Roles are all offices that we know of.
	Roles []Role

	// MemberOf is what the actor is known to belong to; it may be incomplete.
	MemberOf []Membership

	// SameAs are addresses of the same actor elsewhere.
	SameAs []string

	// Rests are the marks of the sources of the entry.
	Rests template.HTML

	// Body is the prose of the entry.
	Body template.HTML

	// Record counts the parts that the actor had in events.
	Record []Count

	// Strips are the meetings of each series in which the actor is recorded, to scale.
	Strips []AttendanceStrip

	// Events are the events in which the actor had a part, newest first.
	Events []Appearance

	// MoreEvents leads to all of them where they are too many for the page.
	MoreEvents Ref

	// Pledges are those that the actor made, newest first.
	Pledges []*PledgeRow

	// Stages say how far they have come, all of them.
	Stages []StageCount

	// MorePledges leads to all of them where they are too many for the page.
	MorePledges Ref

	// Sum is what those pledges add up to.
	Sum Sheet

	// Received are the newest pledges made to the actor by others.
	Received []*PledgeRow

	// Quotations are the actor's words, newest first.
	Quotations []Quotation

	// Figures are those that the actor asserted.
	Figures []*Card
}

// A Name is another name of an actor.
type Name struct {
	// Text is the name as written.
	Text string

	// Lang is the language that its script tells; it may be empty.
	Lang string
}

// A Role is an office that an actor held.
type Role struct {
	// Title is the office.
	Title string

	// Of is whose office it is; it may be empty.
	Of Ref

	// From and To are empty where not known to us.
	From, To Time

	// AsOf is when sources show the person in office.
	AsOf Time

	// Rest are the marks of its sources.
	Rest template.HTML
}

// A Membership is what an actor belongs to.
type Membership struct {
	// Of is what the actor belongs to.
	Of Ref

	// From and To are empty where not known to us.
	From, To Time
}

// A Count is how often something was so.
type Count struct {
	// What is what is counted, in words that stand under the number.
	What string

	// N is how often.
	N int

	// Absent says that absences are counted.
	Absent bool
}

// An Appearance is an event in which an actor had a part.
type Appearance struct {
	// Event leads to the event.
	Event Ref

	// When is its date.
	When Time

	// Part is what the actor did there, in words.
	Part string

	// Absent says that the actor is known not to have come.
	Absent bool

	// Role is the office held on the date.
	Role string

	// Note is what readers should know of it.
	Note string
}

// A Quotation is words of an actor.
type Quotation struct {
	// Words are the quoted paragraphs.
	Words template.HTML

	// In leads to the quotation where it stands.
	In Ref

	// When is the date of that entry, where it has one.
	When Time

	// Role is the office that the speaker held on that date.
	Role string

	// Rest are the marks of its sources.
	Rest template.HTML
}

// actor returns the page of an actor. The marks of its roles come before those of its prose, as the page shows them.
func (p *planner) actor(a *dossier.Actor) Actor {
	d := p.desk()
	v := Actor{
		Base: p.entryBase(a, Ref{Title: "Actors", URL: "/actors/"}), Kind: string(a.Sort), ShortName: a.ShortName, Code: a.Code, SameAs: a.SameAs,
		Rests: d.cite(a.Sources),
	}
	v.Lang = p.foreign(a.Language)
	for _, name := range a.AlsoKnownAs {
		v.Names = append(v.Names, Name{Text: name, Lang: scriptLanguage(name)})
	}
	d.offices(a, &v)
	v.Body = d.body(d.g.Body(a))
	events := p.g.Appearances(a.ID)
	v.Record, v.Strips = record(events), p.attendanceStrips(events)
	for _, x := range newest(events, MaxRows) {
		v.Events = append(v.Events, p.appearance(a, x))
	}
	v.MoreEvents = rollRef(a, len(events), Ref{Title: "All %d events", URL: "events"})
	pledges := p.g.PledgesOf(a.ID)
	v.Pledges, v.Sum = p.pledgeRows(newest(pledges, MaxRows)), p.sheetOf(graph.Cut{By: graph.ByDonor, Value: string(a.ID)})
	v.Stages = stageCounts(pledges)
	v.MorePledges = rollRef(a, len(pledges), Ref{Title: "All %d pledges", URL: "pledges"})
	v.Received = p.pledgeRows(newest(withoutDonor(p.g.PledgesTo(a.ID), a.ID), receivedRows))
	for _, q := range newest(p.g.Quotations(a.ID), MaxRows) {
		v.Quotations = append(v.Quotations, d.quotation(a, q))
	}
	v.Figures = cardsOf(p, newest(p.g.Figures(a.ID), MaxRows))
	d.finish(&v.Base, a, p.shownOnActor(a))
	return v
}

// receivedRows is how many pledges to it the page of a recipient shows; all are on the page of all pledges.
const receivedRows = 12

// withoutDonor leaves out pledges that an actor makes to itself with others, which its page shows among its own.
func withoutDonor(list []*dossier.Pledge, id dossier.ID) []*dossier.Pledge {
	return slices.DeleteFunc(slices.Clone(list), func(x *dossier.Pledge) bool {
		return slices.ContainsFunc(x.Donors, func(d dossier.Donor) bool { return d.Actor == id })
	})
}

// offices fills in the roles and memberships of an actor.
func (d *desk) offices(a *dossier.Actor, v *Actor) {
	var now []dossier.Role
	for _, r := range a.Roles {
		role := Role{Title: r.Title, From: dateTime(r.From), To: dateTime(r.To), AsOf: dateTime(r.AsOf), Rest: d.cite(r.Sources)}
		if r.Of != "" {
			role.Of = d.ref(r.Of)
		}
		if !r.From.IsZero() && r.To.IsZero() {
			now = append(now, r)
		}
		v.Roles = append(v.Roles, role)
	}
	v.Now = d.roles(now)
	for _, m := range a.MemberOf {
		v.MemberOf = append(v.MemberOf, Membership{Of: d.ref(m.Of), From: dateTime(m.From), To: dateTime(m.To)})
	}
}

// recordWords are what a record counts, in its order, each with its word for one and for several.
var recordWords = []struct {
	part      graph.Part
	one, more string
}{
	{graph.Chaired, "event chaired", "events chaired"}, {graph.Attended, "event attended", "events attended"},
	{graph.Online, "event attended online", "events attended online"},
	{graph.Represented, "event with a representative", "events with a representative"}, {graph.Absent, "known absence", "known absences"},
	{graph.Contested, "event on which reports differ", "events on which reports differ"},
	{graph.Involved, "event without a recorded part", "events without a recorded part"},
}

// record counts the parts that an actor had in events. Events that were not held, or not yet, do not count: nobody took part in them, and
// nobody was absent.
func record(list []graph.Appearance) []Count {
	of := map[graph.Part]int{}
	for _, x := range list {
		if x.Event.State() == dossier.Held {
			of[x.As]++
		}
	}
	var out []Count
	for _, w := range recordWords {
		switch n := of[w.part]; n {
		case 0:
		case 1:
			out = append(out, Count{w.one, n, w.part == graph.Absent})
		default:
			out = append(out, Count{w.more, n, w.part == graph.Absent})
		}
	}
	return out
}

// appearance returns what the actor did at an event. Of one that was not held it says that instead.
func (p *planner) appearance(a *dossier.Actor, x graph.Appearance) Appearance {
	v := Appearance{
		Event: Ref{Title: x.Event.Title, URL: URL(x.Event)}, When: dateTime(x.Event.Date), Part: string(x.As), Absent: x.As == graph.Absent,
		Role: p.roles(a.RoleOn(x.Event.Date)),
	}
	if x.Entry != nil {
		v.Note = x.Entry.Note
	}
	if s := x.Event.State(); s != dossier.Held {
		v.Part, v.Absent = string(s), false
	}
	return v
}

// quotation returns words of the actor from another entry, with a link to where they stand there.
func (d *desk) quotation(a *dossier.Actor, q graph.Quotation) Quotation {
	body := d.g.Body(q.In)
	quote := body.Quotes[q.Index]
	words := body.Cut(quote.Start, quote.End)
	v := Quotation{Words: d.body(&words), In: Ref{Title: q.In.Base().Title, URL: URL(q.In) + "#" + quote.ID}}
	if on := d.card(q.In).Card.Date; !on.IsZero() {
		v.When, v.Role = dateTime(on), d.roles(a.RoleOn(on))
	}
	for _, id := range quote.Sources {
		v.Rest += d.cite([]dossier.Citation{{Source: dossier.ID(id)}})
	}
	return v
}

// shownOnActor returns the entries that an actor's page names in sections of their own.
func (p *planner) shownOnActor(a *dossier.Actor) map[dossier.ID]bool {
	shown := map[dossier.ID]bool{}
	for _, x := range p.g.Appearances(a.ID) {
		shown[x.Event.ID] = true
	}
	for _, list := range [][]*dossier.Pledge{p.g.PledgesOf(a.ID), p.g.PledgesTo(a.ID)} {
		for _, x := range list {
			shown[x.ID] = true
		}
	}
	for _, f := range p.g.Figures(a.ID) {
		shown[f.ID] = true
	}
	return shown
}

// newest returns the last n of a list that is in the order of dates, newest first.
func newest[T any](list []T, n int) []T {
	out := slices.Clone(list[max(0, len(list)-n):])
	slices.Reverse(out)
	return out
}

// rollRef returns a link to all n rows of a list of which the page of e shows some, or none where it shows all. The section is that of
// roll, with a place for the number.
func rollRef(e dossier.Entry, n int, section Ref) Ref {
	if n <= MaxRows {
		return Ref{}
	}
	return Ref{Title: fmt.Sprintf(section.Title, n), URL: URL(e) + section.URL + "/"}
}

// scriptLanguage returns the language tag that a name's script tells: Ukrainian or Russian where a letter stands in it that of the two
// alphabets only that one has, else the script with no language. Hard signs tell nothing, for Bulgarian names have them too; ў is
// Belarusian.
func scriptLanguage(name string) string {
	cyrillic := false
	for _, r := range name {
		switch r {
		case 'і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ':
			return "uk"
		case 'ў', 'Ў':
			return "be"
		case 'ы', 'э', 'ё', 'Ы', 'Э', 'Ё':
			return "ru"
		}
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
	}
	if cyrillic {
		return "und-Cyrl"
	}
	return ""
}
