package graph

import (
	"slices"
	"sort"

	"briefing/internal/dossier"
)

// relations hold, for each entry that has any, the entries that stand in one relation to it. Lists are in the order of dates.
type relations struct {
	// Of actors: what they had a part in, said and asserted.

	appearances lists[appearance]
	quotations  map[dossier.ID][]Quotation
	figures     map[dossier.ID][]*dossier.Figure

	// Of figures: all values of their measure, where there are several.

	chains map[dossier.ID][]*dossier.Figure

	// Of cuts, by their numbers: the rows in them, as they stand there; of dimensions the cuts. What an actor promised, or was promised,
	// and what was promised at an event are cuts too.

	cuts    map[Cut]int32
	entered lists[*Row]
	values  map[Dimension][]Cut

	// Of pledges: their rows in a ledger, those of which they, or a share of theirs, are part, and those that they repeat.

	rows     map[*dossier.Pledge][]*Row
	children map[dossier.ID][]*dossier.Pledge
	repeats  map[dossier.ID][]*dossier.Pledge

	// Of events: what were their parts, and what continued them.

	parts     map[dossier.ID][]*dossier.Event
	followers map[dossier.ID][]*dossier.Event

	// Of series and actors their events that were withdrawn, oldest first; under no id all of them.

	withdrawn map[dossier.ID][]*dossier.Event

	// Of series their events, and of months, as 2025-06, the pages that introduce them.

	series     map[dossier.ID][]*dossier.Event
	introduces map[string]*dossier.Page
}

// An Appearance is the part that an actor had in an event.
type Appearance struct {
	Event *dossier.Event
	As    Part
	// Entry is the line of the event's attendance that tells of it; nil where the actor chaired or was involved.
	Entry *dossier.Attendance
}

// An appearance is the same as a graph keeps it: the position of the event, and that of the line of its attendance, or a number below zero
// for another part.
type appearance struct{ event, line int32 }

// The parts of those whom no line of the attendance tells of.
const (
	chaired int32 = -1 - iota
	involved
)

// A Part is the part that an actor had in an event. Its value is the word for it.
type Part string

// The parts that an actor can have.
const (
	// Chaired goes before all others: who chaired also took part.
	Chaired Part = "chaired"
	// Attended is in person, or in a way that is not known to us.
	Attended    Part = "took part"
	Online      Part = "took part online"
	Represented Part = "was represented"
	Absent      Part = "was absent"
	Contested   Part = "reports differ"
	// Involved says only that the event concerns the actor, who may never have come near it.
	Involved Part = "was involved"
)

// A Quotation is words quoted in an entry.
type Quotation struct {
	In dossier.Entry
	// Index is the position among the quotes of In's body.
	Index int
}

// relate fills in the relations of the graph.
func (g *Graph) relate() {
	g.rel = relations{
		cuts: map[Cut]int32{}, values: map[Dimension][]Cut{},
		rows: map[*dossier.Pledge][]*Row{}, children: map[dossier.ID][]*dossier.Pledge{},
		repeats: map[dossier.ID][]*dossier.Pledge{}, quotations: map[dossier.ID][]Quotation{},
		series: map[dossier.ID][]*dossier.Event{}, parts: map[dossier.ID][]*dossier.Event{},
		followers: map[dossier.ID][]*dossier.Event{}, figures: map[dossier.ID][]*dossier.Figure{},
		introduces: map[string]*dossier.Page{}, chains: map[dossier.ID][]*dossier.Figure{},
		withdrawn: map[dossier.ID][]*dossier.Event{},
	}
	g.relateEvents()
	g.relateWithdrawn()
	for _, p := range Of[*dossier.Pledge](g, dossier.KindPledge) {
		g.relatePledge(p)
	}
	var entered gathering[*Row]
	for _, p := range g.Pledged() {
		g.relateCuts(p, &entered)
	}
	g.rel.entered = entered.lists(len(g.rel.cuts))
	g.convertAll()
	g.orderCuts()
	g.relateFigures(Of[*dossier.Figure](g, dossier.KindFigure))
	for _, p := range Of[*dossier.Page](g, dossier.KindPage) {
		if month := p.Timeline.String(); month != "" && g.rel.introduces[month] == nil {
			g.rel.introduces[month] = p
		}
	}
	for _, e := range g.entries {
		if e.Base().IsWithdrawn() {
			continue
		}
		for i := range e.Base().Body.Quotes {
			put(g, g.rel.quotations, dossier.ID(e.Base().Body.Quotes[i].Speaker), Quotation{e, i})
		}
	}
	// Entries were gone through by id; those without a date, such as pages, come first.
	for _, list := range g.rel.quotations {
		slices.SortStableFunc(list, func(a, b Quotation) int { return dateOf(a.In).Compare(dateOf(b.In)) })
	}
}

// put adds v to the list of the entry that has the id, under its present id. The last one is not added again.
func put[T comparable](g *Graph, m map[dossier.ID][]T, id dossier.ID, v T) {
	if id = g.present(id); id == "" {
		return
	}
	if list := m[id]; len(list) == 0 || last(list) != v {
		m[id] = append(list, v)
	}
}

// relateWithdrawn enters the events that were withdrawn, which no other relation knows.
func (g *Graph) relateWithdrawn() {
	for _, x := range g.entries {
		if e, ok := x.(*dossier.Event); ok && e.IsWithdrawn() {
			g.rel.withdrawn[""] = append(g.rel.withdrawn[""], e)
		}
	}
	slices.SortStableFunc(g.rel.withdrawn[""], func(a, b *dossier.Event) int { return a.Date.Compare(b.Date) })
	for _, e := range g.rel.withdrawn[""] {
		put(g, g.rel.withdrawn, e.Series, e)
		for _, id := range slices.Concat(e.Chairs, e.Actors) {
			put(g, g.rel.withdrawn, id, e)
		}
		for _, a := range e.Attendance {
			put(g, g.rel.withdrawn, a.Actor, e)
		}
	}
}

// WithdrawnEvents returns the events of a series, or those in which an actor had a part, that the editors withdrew, oldest first; all of
// them where no id is given.
func (g *Graph) WithdrawnEvents(id dossier.ID) []*dossier.Event {
	return g.rel.withdrawn[g.present(id)]
}

// relateEvents enters the events. Of several parts that an actor had in one the first counts: who chaired also took part.
func (g *Graph) relateEvents() {
	var appearances gathering[appearance]
	told := make([]int32, len(g.entries)) // one more than the last event in which each was found to have a part
	for _, i := range g.byKind[dossier.KindEvent] {
		e := g.entries[i].(*dossier.Event)
		put(g, g.rel.series, e.Series, e)
		put(g, g.rel.parts, e.PartOf, e)
		put(g, g.rel.followers, e.Follows, e)
		appear := func(id dossier.ID, line int32) {
			if at, ok := g.index[id]; ok && told[at] != i+1 {
				told[at] = i + 1
				appearances.add(at, appearance{i, line})
			}
		}
		for _, id := range e.Chairs {
			appear(id, chaired)
		}
		for line := range e.Attendance {
			appear(e.Attendance[line].Actor, int32(line))
		}
		for _, id := range e.Actors {
			appear(id, involved)
		}
	}
	g.rel.appearances = appearances.lists(len(g.entries))
}

// partOf returns the part that a mode of attendance tells of.
func partOf(m dossier.Mode) Part {
	switch m {
	case dossier.Remote:
		return Online
	case dossier.Represented:
		return Represented
	case dossier.Absent:
		return Absent
	case dossier.Contested:
		return Contested
	}
	return Attended
}

// relatePledge enters a pledge. It is a part of another also where only one donor’s share is.
func (g *Graph) relatePledge(p *dossier.Pledge) {
	put(g, g.rel.children, p.PartOf, p)
	put(g, g.rel.repeats, p.Reannounces, p)
	for _, d := range p.Donors {
		put(g, g.rel.children, d.PartOf, p)
	}
}

// Appearances returns the events in which an actor had a part, oldest first.
func (g *Graph) Appearances(actor dossier.ID) []Appearance {
	i, ok := g.index[actor]
	if !ok {
		return nil
	}
	all := g.rel.appearances.of(i)
	list := make([]Appearance, len(all))
	for i, a := range all {
		e := g.entries[a.event].(*dossier.Event)
		switch a.line {
		case chaired:
			list[i] = Appearance{Event: e, As: Chaired}
		case involved:
			list[i] = Appearance{Event: e, As: Involved}
		default:
			entry := &e.Attendance[a.line]
			list[i] = Appearance{Event: e, As: partOf(entry.Mode), Entry: entry}
		}
	}
	return list
}

// PledgesOf returns the pledges of a donor, oldest first.
func (g *Graph) PledgesOf(actor dossier.ID) []*dossier.Pledge {
	return g.pledgesIn(Cut{ByDonor, string(actor)})
}

// PledgesTo returns the pledges to a recipient, oldest first.
func (g *Graph) PledgesTo(actor dossier.ID) []*dossier.Pledge {
	return g.pledgesIn(Cut{ByRecipient, string(actor)})
}

// PledgesAt returns the pledges announced at an event, oldest first.
func (g *Graph) PledgesAt(event dossier.ID) []*dossier.Pledge {
	return g.pledgesIn(Cut{ByEvent, string(event)})
}

// Parts returns the pledges that lie, whole or with one donor's share, inside another.
func (g *Graph) Parts(pledge dossier.ID) []*dossier.Pledge { return g.rel.children[pledge] }

// Repeats returns the pledges that announce another again.
func (g *Graph) Repeats(pledge dossier.ID) []*dossier.Pledge { return g.rel.repeats[pledge] }

// Quotations returns what an actor is quoted with, oldest first.
func (g *Graph) Quotations(actor dossier.ID) []Quotation { return g.rel.quotations[actor] }

// Figures returns the figures that an actor asserts, oldest first.
func (g *Graph) Figures(actor dossier.ID) []*dossier.Figure { return g.rel.figures[actor] }

// Series returns the events of a series, oldest first.
func (g *Graph) Series(id dossier.ID) []*dossier.Event { return g.rel.series[id] }

// EventParts returns the events that were parts of another, oldest first.
func (g *Graph) EventParts(event dossier.ID) []*dossier.Event { return g.rel.parts[event] }

// Followers returns the events that continue another, oldest first.
func (g *Graph) Followers(event dossier.ID) []*dossier.Event { return g.rel.followers[event] }

// Introduction returns the page that introduces a month, given as 2025-06, or nil.
func (g *Graph) Introduction(month string) *dossier.Page { return g.rel.introduces[month] }

// Neighbours returns the entries before and after one that has a date or a number, or nil where there is none: those of the index, and for
// an event that belongs to a series those of the series. Entries that are in the order of the alphabet have none.
func (g *Graph) Neighbours(e dossier.Entry) (before, after dossier.Entry) {
	if inAlphabet(e.Base().Kind) {
		return nil, nil
	}
	list := g.byKind[e.Base().Kind]
	n, at := len(list), func(i int) dossier.Entry { return g.entries[list[i]] }
	if e, ok := e.(*dossier.Event); ok && e.Series != "" {
		events := g.rel.series[g.present(e.Series)]
		n, at = len(events), func(i int) dossier.Entry { return events[i] }
	}
	i, found := sort.Find(n, func(i int) int { return compare(e, at(i)) })
	if found && i > 0 {
		before = at(i - 1)
	}
	if found && i+1 < n {
		after = at(i + 1)
	}
	return before, after
}

// Anchors returns the places of an entry's page that prose may lead to: its sections and the headings and quotations of its body.
func (g *Graph) Anchors(e dossier.Entry) []string {
	head := e.Base()
	if head.IsWithdrawn() {
		return nil
	}
	anchors := g.sections(e)
	for _, h := range g.Body(e).Headings {
		anchors = append(anchors, h.ID)
	}
	for _, q := range head.Body.Quotes {
		anchors = append(anchors, q.ID)
	}
	for _, t := range head.Body.Terms {
		anchors = append(anchors, t.ID)
	}
	return anchors
}

// HasAnchor reports whether an entry's page has a place. A page may have thousands, and as many references to them.
func (g *Graph) HasAnchor(e dossier.Entry, anchor string) bool {
	known, ok := g.places.Load(e)
	if !ok {
		set := map[string]bool{}
		for _, a := range g.Anchors(e) {
			set[a] = true
		}
		known, _ = g.places.LoadOrStore(e, set)
	}
	return known.(map[string]bool)[anchor]
}

// sections returns the sections that an entry's page has.
func (g *Graph) sections(e dossier.Entry) []string {
	head := e.Base()
	var all []string
	add := func(id string, present bool) {
		if present {
			all = append(all, id)
		}
	}
	switch e := e.(type) {
	case *dossier.Event:
		add(dossier.SectionOutcomes, len(e.Outcomes) > 0)
		add(dossier.SectionPledges, len(g.PledgesAt(e.ID)) > 0 || e.Sort == dossier.Meeting)
		add(dossier.SectionSum, len(g.PledgesAt(e.ID)) > 0)
		add(dossier.SectionAttendance, len(e.Chairs)+len(e.Attendance) > 0)
		add(dossier.SectionDisputed, len(e.Disputed) > 0)
	case *dossier.Pledge:
		add(dossier.SectionSteps, true)
		add(dossier.SectionDisputed, len(e.Disputed) > 0)
	case *dossier.Figure:
		add(dossier.SectionDisputed, len(e.Disputed) > 0)
	case *dossier.Actor:
		add(dossier.SectionRoles, len(e.Roles) > 0)
		add(dossier.SectionEvents, len(g.Appearances(e.ID)) > 0)
		add(dossier.SectionPledges, len(g.PledgesOf(e.ID)) > 0)
		add(dossier.SectionSum, len(g.PledgesOf(e.ID)) > 0)
		add(dossier.SectionQuotations, len(g.Quotations(e.ID)) > 0)
	case *dossier.Brief:
		add(dossier.SectionKeyPoints, len(e.KeyPoints) > 0)
		add(dossier.SectionQuestions, len(e.Questions) > 0)
	case *dossier.Series:
		add("meetings", true)
	}
	add(dossier.SectionSources, len(head.Sources) > 0)
	return all
}
