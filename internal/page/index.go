package page

import (
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// indexes adds the pages that list entries.
func (p *planner) indexes() {
	actors := graph.Of[*dossier.Actor](p.g, dossier.KindActor)
	p.index("/actors/", "Actors", "actors.html", len(actors), func(n int) any { return p.actors(n) })
	events := graph.Of[*dossier.Event](p.g, dossier.KindEvent)
	p.index("/events/", "Events", "events.html", len(events), func(n int) any { return p.events(n) })
	pledges := graph.Of[*dossier.Pledge](p.g, dossier.KindPledge)
	p.index("/pledges/", "Pledges", "pledges.html", len(pledges), func(n int) any { return p.allPledges(n) })
	p.sumPages()
	figures := graph.Of[*dossier.Figure](p.g, dossier.KindFigure)
	p.index("/figures/", "Figures", "figures.html", len(figures), func(n int) any { return p.figures(n) })
	briefs := graph.Of[*dossier.Brief](p.g, dossier.KindBrief)
	p.index("/briefs/", "Briefs", "briefs.html", len(briefs), func(n int) any { return p.briefs(n) })
	sources := graph.Of[*dossier.Source](p.g, dossier.KindSource)
	p.index("/sources/", "Sources", "sources.html", len(sources), func(n int) any { return p.sources(n) })
	p.index("/updates/", "Updates", "updates.html", 0, func(int) any { return p.updates() })
	corrections := p.corrected()
	p.index("/corrections/", "Corrections", "corrections.html", len(corrections), func(n int) any { return p.corrections(corrections, n) })
	p.index("/data/", "Data", "data.html", 0, func(int) any { return p.data() })
}

// index adds an index and its further pages.
func (p *planner) index(url, title, template string, rows int, view func(page int) any) {
	first := Own{URL: url, Title: title, Template: template, View: func() any { return view(1) }}
	p.add(first)
	p.pagesOf(first, rows, view)
}

// A Door leads to a section.
type Door struct {
	Ref

	// Text says what is behind it.
	Text string
}

// doors leads to each section that has entries, with how many.
func (p *planner) doors() []Door {
	var out []Door
	for _, d := range []struct {
		kind       dossier.Kind
		title, url string
		noun, text string
	}{
		{dossier.KindEvent, "Timeline", "/timeline/", "event", "by year, month and day"},
		{dossier.KindPledge, "Pledges", "/pledges/", "promise", "and what is known of each"},
		{dossier.KindFigure, "Figures", "/figures/", "reported total", "each with who said it"},
		{dossier.KindActor, "Actors", "/actors/", "actor", "and where each took part"},
		{dossier.KindSource, "Sources", "/sources/", "source", "and what rests on each"},
	} {
		if n := len(graph.Of[dossier.Entry](p.g, d.kind)); n > 0 {
			out = append(out, Door{Ref{Title: d.title, URL: d.url}, count(n, d.noun) + ", " + d.text})
		}
	}
	return out
}

// An Actors is the index of actors, by sort and then by letter.
type Actors struct {
	Base

	// Groups are by sort of actor.
	Groups []ActorGroup

	// Pager leads through the other pages.
	Pager Pager
}

// An ActorGroup is the actors of one sort.
type ActorGroup struct {
	// ID is the group's place on the page.
	ID, Title string

	// Cards are in the order of the alphabet.
	Cards []ActorCard
}

// An ActorCard is an actor in the index.
type ActorCard struct {
	*Card

	// Events and Pledges are how many the actor has.
	Events, Pledges int
}

// actorSorts are the headings of the list of actors, in their order.
var actorSorts = []struct {
	sort  dossier.ActorKind
	title string
}{
	{dossier.State, "States"}, {dossier.Alliance, "Alliances"}, {dossier.Organisation, "Organisations"}, {dossier.Group, "Groups"}, {dossier.Person, "People"},
}

// actors returns one page of the index of actors. A sort of actor may go on over several pages.
func (p *planner) actors(page int) Actors {
	var all []*dossier.Actor
	for _, s := range actorSorts {
		for _, a := range graph.Of[*dossier.Actor](p.g, dossier.KindActor) {
			if a.Sort == s.sort {
				all = append(all, a)
			}
		}
	}
	rows, pager := paged(all, "/actors/", page)
	v := Actors{
		Base:  p.base("/actors/", "Actors", "The people, states and organisations of this brief, with what each promised, where each took part and what mentions it."),
		Pager: pager,
	}
	v.turn(pager)
	for _, s := range actorSorts {
		group := ActorGroup{ID: string(s.sort), Title: s.title}
		for _, a := range rows {
			if a.Sort == s.sort {
				group.Cards = append(group.Cards, ActorCard{p.card(a), len(p.g.Appearances(a.ID)), len(p.g.PledgesOf(a.ID))})
			}
		}
		if group.Cards != nil {
			v.Groups = append(v.Groups, group)
		}
	}
	describeList(p, &v.Base, rows, pager)
	return v
}

// An Events is the index of events, newest first.
type Events struct {
	Base

	// Items are newest first.
	Items []Item

	// Pager leads through the other pages.
	Pager Pager
}

// events returns one page of the index of events.
func (p *planner) events(page int) Events {
	all := graph.Of[*dossier.Event](p.g, dossier.KindEvent)
	slices.Reverse(all)
	rows, pager := paged(all, "/events/", page)
	v := Events{Base: p.base("/events/", "Events", count(len(all), "event")+", newest first."), Pager: pager}
	v.turn(pager)
	d := p.desk()
	for _, e := range rows {
		v.Items = append(v.Items, d.item(e, nil))
	}
	describeList(p, &v.Base, rows, pager)
	return v
}

// A Briefs is the index of briefs.
type Briefs struct {
	Base

	// Cards are by number.
	Cards []*Card

	// Pager leads through the other pages.
	Pager Pager
}

// briefs returns one page of the index of briefs.
func (p *planner) briefs(page int) Briefs {
	rows, pager := paged(graph.Of[*dossier.Brief](p.g, dossier.KindBrief), "/briefs/", page)
	v := Briefs{
		Base:  p.base("/briefs/", "Briefs", "Texts with conclusions, each with what it rests on and what is not known."),
		Cards: cardsOf(p, rows), Pager: pager,
	}
	v.turn(pager)
	describeList(p, &v.Base, rows, pager)
	return v
}

// A Sources is the index of sources, by title.
type Sources struct {
	Base

	// Rows are by title.
	Rows []SourceRow

	// Pager leads through the other pages.
	Pager Pager
}

// A SourceRow is a source in the index.
type SourceRow struct {
	// Source leads to the source.
	Source Ref

	// Lang is the language of its title where it is not the site's.
	Lang string

	// Publisher is who published it.
	Publisher string

	// Class says what sort of witness it is.
	Class string

	// Issued is empty where it is undated.
	Issued Time

	// Uses is how many entries rest on it.
	Uses int
}

// sources returns one page of the index of sources.
func (p *planner) sources(page int) Sources {
	all := graph.Of[*dossier.Source](p.g, dossier.KindSource)
	rows, pager := paged(all, "/sources/", page)
	v := Sources{
		Base:  p.base("/sources/", "Sources", count(len(all), "source")+", by title, with how many entries rest on each."),
		Pager: pager,
	}
	v.turn(pager)
	for _, s := range rows {
		v.Rows = append(v.Rows, SourceRow{
			Source: Ref{Title: s.Title, URL: URL(s)}, Lang: p.foreign(s.Language), Publisher: s.Publisher, Class: string(s.Class),
			Issued: dateTime(s.Issued), Uses: len(p.g.Mentions(s.ID)),
		})
	}
	describeList(p, &v.Base, rows, pager)
	return v
}

// first returns the first n of a list, or all of a shorter one. Entries that are cut off a page still lead to it, and are found among
// all that mention it.
func first[T any](list []T, n int) []T { return list[:min(len(list), n)] }

// A NotFound is what a server shows where there is no page.
type NotFound struct {
	Base

	// Doors lead to the sections.
	Doors []Door
}

// notFound returns what a server shows where there is no page.
func (p *planner) notFound() NotFound {
	v := NotFound{Base: p.base("/404.html", "Page not found", "There is no page at this address."), Doors: p.doors()}
	p.describe(&v.Base, p.document(&v.Base, "WebPage"))
	return v
}

// A Redirect leads from a former address to the present one.
type Redirect struct {
	// Title is that of the entry.
	Title string

	// To is its present address from the root, Canonical the same with the site's own before it.
	To        string
	Canonical string

	// Language is that of the site's texts.
	Language string
}
