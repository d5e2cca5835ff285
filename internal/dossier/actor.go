package dossier

import "slices"

// An ActorKind is a sort of actor.
type ActorKind string

// The sorts of actor.
const (
	// Person is a human being, who speaks, holds offices and chairs.
	Person ActorKind = "person"
	// State is a country, and its government where that acts for it.
	State ActorKind = "state"
	// Organisation is a body with members or staff: the European Union, a ministry, a firm.
	Organisation ActorKind = "organisation"
	// Alliance is states bound by treaty, such as NATO.
	Alliance ActorKind = "alliance"
	// Group is states that meet without a treaty, such as the contact group or a capability coalition.
	Group ActorKind = "group"
)

// An Actor is someone or something that meets, promises or speaks.
type Actor struct {
	Head
	Sort      ActorKind
	ShortName string
	// Language is that of the name, where it is not the site's: uk-Latn for a Ukrainian name in Latin letters.
	Language    string
	AlsoKnownAs []string
	// Code is that of a state by ISO 3166-1 alpha-2; empty for other sorts.
	Code string
	// Roles stand in the order of the entry, which need not be that of time.
	Roles    []Role
	MemberOf []Membership
	// SameAs are addresses of the same actor in registers elsewhere, as schema.org has them.
	SameAs []string
}

// Table returns the keys of an actor.
func (a *Actor) Table() Table {
	return append(a.Head.Table(), Table{
		required(Field{Key: "kind", Doc: "What sort of actor it is.", Example: "person", Slot: word(&a.Sort, Person, State, Organisation, Alliance, Group)}),
		{Key: "short_name", Doc: "A short name, where one is common.", Example: "UK", Slot: text(&a.ShortName)},
		{Key: "language", Doc: "The language of the name, as a BCP 47 tag, where it is not the site’s.", Example: "lt", Slot: languageTag(&a.Language)},
		{Key: "also_known_as", Doc: "Other names and spellings, in any script.", Example: "[Zelensky, Зеленський]", Slot: texts(&a.AlsoKnownAs)},
		{Key: "code", Doc: "A state’s code by ISO 3166-1 alpha-2.", Example: "LT", Slot: country(&a.Code)},
		{Key: "roles", Doc: "Offices held; pages print the one held on the date they speak of.", Example: "[{title: Minister of Defence, of: germany, from: 2023-01-19, source: nato-2025-06-05-rutte-press}]", Slot: list(&a.Roles, func(r *Role) Slot { return record(r) })},
		{Key: "member_of", Doc: "What it belongs to.", Example: "[nato]", Slot: list(&a.MemberOf, func(m *Membership) Slot { return recordOr(m, "of") })},
		{Key: "same_as", Doc: "Addresses of the same actor in registers elsewhere.", Example: `["https://www.wikidata.org/wiki/Q183"]`, Slot: list(&a.SameAs, address)},
	}...)
}

// Check reports a body that the actor is listed under twice for the same time.
func (a *Actor) Check(report Report) {
	a.Head.Check(report)
	for i, m := range a.MemberOf {
		if m.Of != "" && slices.Contains(a.MemberOf[:i], m) {
			report(twice(string(m.Of)), "member_of", i, "of")
		}
	}
}

// Card returns what other pages show of the actor.
func (a *Actor) Card() Card {
	c := a.Head.Card()
	c.Label, c.Short, c.Lang = string(a.Sort), a.ShortName, a.Language
	return c
}

// A Role is an office that a person holds or held.
type Role struct {
	Title string
	// Of is the state or body whose office it is.
	Of ID
	// From and To are zero where they are not known to us; a role without To goes on.
	From, To Date
	// AsOf is when sources show the person in office. It says nothing of the time before or after.
	AsOf    Date
	Sources []Citation
}

// Table returns the keys of a role.
func (r *Role) Table() Table {
	return Table{
		required(Field{Key: "title", Doc: "The office.", Example: "Minister of Defence", Slot: text(&r.Title)}),
		{Key: "of", Also: []string{"org", "organisation"}, Doc: "The state or body whose office it is.", Example: "germany", Slot: ref(&r.Of, KindActor)},
		{Key: "from", Also: []string{"since", "start"}, Doc: "When it began, where known.", Example: "2023-01-19", Slot: date(&r.From)},
		{Key: "to", Also: []string{"until", "end"}, Doc: "When it ended, where known.", Example: "2025-05", Slot: date(&r.To)},
		{Key: "as_of", Doc: "When sources show the person in office, where its beginning or end is not known to us.", Example: "2022-04-26/2023-09-15", Slot: date(&r.AsOf)},
		{Key: "source", Doc: "What says so.", Example: "nato-2025-06-05-rutte-press", Slot: cites(&r.Sources)},
	}
}

// Check reports a role that ends before it begins.
func (r *Role) Check(report Report) {
	span("role", r.From, r.To, report)
}

// Held reports whether the role is known to have been held on d, or on some day that d may mean.
func (r *Role) Held(d Date) bool { return r.term().Overlaps(d) }

// term returns the time for which the role is known to have been held. It begins with the role, or when sources first show the person
// in office; it ends with the role. A role whose beginning is known and whose end is not goes on; where neither is known, the term
// is the time for which sources show the person in office.
func (r *Role) term() Date {
	t := r.AsOf
	if !r.From.IsZero() {
		t = Date{Start: r.From.Start, Open: true}
	}
	if !t.IsZero() && !r.To.IsZero() {
		t = Date{Start: t.Start, End: r.To.End, Open: r.To.Open}
	}
	return t
}

// RoleOn returns the roles known to have been held on d, in the order of the entry.
func (a *Actor) RoleOn(d Date) []Role {
	var held []Role
	for i := range a.Roles {
		if a.Roles[i].Held(d) {
			held = append(held, a.Roles[i])
		}
	}
	return held
}

// A Membership says what an actor belongs to.
type Membership struct {
	Of       ID
	From, To Date
}

// Table returns the keys of a membership.
func (m *Membership) Table() Table {
	return Table{
		required(Field{Key: "of", Also: []string{"org", "organisation"}, Doc: "The body it belongs to.", Example: "nato", Slot: ref(&m.Of, KindActor)}),
		{Key: "from", Also: []string{"since", "start"}, Doc: "Since when.", Example: "2004", Slot: date(&m.From)},
		{Key: "to", Also: []string{"until", "end"}, Doc: "Until when.", Example: "2020-01-31", Slot: date(&m.To)},
	}
}

// Check reports a membership that ends before it begins.
func (m *Membership) Check(report Report) { span("membership", m.From, m.To, report) }
