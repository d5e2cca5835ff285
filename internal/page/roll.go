package page

import (
	"fmt"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"briefing/internal/dossier"
)

// finish fills in what comes last on the page of an entry: its notes, and the entries that refer to it and have not been named.
func (d *desk) finish(b *Base, e dossier.Entry, shown map[dossier.ID]bool) {
	id := e.Base().ID
	all := d.g.Mentions(id)
	var kin []dossier.Entry
	for _, x := range all {
		if !shown[x.Base().ID] && x.Base().Kind != dossier.KindSource && len(kin) < MaxRows {
			kin = append(kin, x)
		}
	}
	b.Kin = d.grouped(kin)
	b.MoreKin = rollRef(e, len(all), Ref{Title: "All %d entries that mention it", URL: "mentions"})
	d.annotate(b)
	d.describeEntry(b, e)
}

// A Roll is a page of a list that is too long for the page of its entry.
type Roll struct {
	Base

	// Of leads back to the entry.
	Of Ref

	// Cards are the rows of this page.
	Cards []*Card

	// Pager leads through the other pages.
	Pager Pager
}

// rollsOf adds the pages for the long lists of an entry.
func (p *planner) rollsOf(e dossier.Entry) {
	id := e.Base().ID
	p.roll(e, Ref{Title: "Entries that mention “%s”", URL: "mentions"}, p.g.Mentions(id))
	if _, ok := e.(*dossier.Actor); !ok {
		return
	}
	var events []dossier.Entry
	for _, x := range newest(p.g.Appearances(id), len(p.g.Appearances(id))) {
		events = append(events, x.Event)
	}
	p.roll(e, Ref{Title: "Events of “%s”", URL: "events"}, events)
	var pledges []dossier.Entry
	for _, x := range newest(p.g.PledgesOf(id), len(p.g.PledgesOf(id))) {
		pledges = append(pledges, x)
	}
	p.roll(e, Ref{Title: "Pledges of “%s”", URL: "pledges"}, pledges)
}

// roll adds the pages of one list of an entry. The section names the list, with a place for the title of the entry, and gives the last
// part of its address.
func (p *planner) roll(e dossier.Entry, section Ref, list []dossier.Entry) {
	title := e.Base().Title
	of := Page{URL: URL(e), Title: title, Origin: e.Base().File}
	p.rollOf(of, Ref{Title: fmt.Sprintf(section.Title, title), URL: of.URL + section.URL + "/"}, list)
}

// rollOf adds the pages of a list that belongs to a page, where it is longer than that page may show.
func (p *planner) rollOf(of Page, section Ref, list []dossier.Entry) {
	if len(list) <= MaxRows {
		return
	}
	// What the pages hold until they are made are positions, which take a quarter of the memory of entries.
	positions := make([]int32, len(list))
	for i, e := range list {
		at, _ := p.g.Position(e.Base().ID)
		positions[i] = int32(at)
	}
	back := Ref{Title: of.Title, URL: of.URL}
	view := func(page int) any {
		at, pager := paged(positions, section.URL, page)
		rows := make([]dossier.Entry, len(at))
		for i := range at {
			rows[i] = p.g.All()[at[i]]
		}
		b := p.base(section.URL, section.Title, fmt.Sprintf("%d entries.", len(positions)))
		b.turn(pager)
		b.Trail = append(b.Trail, back)
		describeList(p, &b, rows, pager)
		return Roll{Base: b, Of: back, Cards: cardsOf(p, rows), Pager: pager}
	}
	first := Page{URL: section.URL, Title: section.Title, Template: "roll.html", Origin: of.Origin, View: func() any { return view(1) }}
	p.add(first)
	p.pagesOf(first, len(positions), view)
}

// languageName returns the English name of a language.
func (p *planner) languageName(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	return display.BritishEnglish.Languages().Name(t)
}
