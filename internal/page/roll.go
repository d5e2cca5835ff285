package page

import (
	"fmt"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"briefing/internal/dossier"
	"briefing/internal/graph"
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
	p.roll(e, Ref{Title: "Entries that mention “%s”", URL: "mentions"}, len(p.g.Mentions(id)), func() []dossier.Entry { return p.g.Mentions(id) })
	if _, ok := e.(*dossier.Actor); !ok {
		return
	}
	p.roll(e, Ref{Title: "Events of “%s”", URL: "events"}, len(p.g.Appearances(id)), func() []dossier.Entry {
		return newestOf(p.g.Appearances(id), func(x graph.Appearance) dossier.Entry { return x.Event })
	})
	p.roll(e, Ref{Title: "Pledges of “%s”", URL: "pledges"}, len(p.g.PledgesOf(id)), func() []dossier.Entry {
		return newestOf(p.g.PledgesOf(id), func(x *dossier.Pledge) dossier.Entry { return x })
	})
}

// newestOf returns the entries of a list that is in the order of dates, newest first.
func newestOf[T any](list []T, entry func(T) dossier.Entry) []dossier.Entry {
	out := make([]dossier.Entry, 0, len(list))
	for _, x := range slices.Backward(list) {
		out = append(out, entry(x))
	}
	return out
}

// roll adds the pages of one list of an entry, which has n rows. The section names the list, with a place for the title of the entry, and
// gives the last part of its address.
func (p *planner) roll(e dossier.Entry, section Ref, n int, list func() []dossier.Entry) {
	if n <= MaxRows {
		return
	}
	title := e.Base().Title
	of := Own{URL: URL(e), Title: title, Origin: e.Base().File}
	p.rollOf(of, Ref{Title: fmt.Sprintf(section.Title, title), URL: of.URL + section.URL + "/"}, n, list)
}

// rollOf adds the pages of a list of n rows that belongs to a page, where it is longer than that page may show.
func (p *planner) rollOf(of Own, section Ref, n int, list func() []dossier.Entry) {
	if n <= MaxRows {
		return
	}
	// A list that is made up anew for each of its pages would take the square of its length, and one of entries four times the memory.
	places := p.places(list())
	back := Ref{Title: of.Title, URL: of.URL}
	view := func(page int) any {
		shown, pager := paged(places, section.URL, page)
		rows := make([]dossier.Entry, len(shown))
		for i, place := range shown {
			rows[i] = p.g.All()[place]
		}
		b := p.base(section.URL, section.Title, fmt.Sprintf("%d entries.", n))
		b.turn(pager)
		b.Trail = append(b.Trail, back)
		describeList(p, &b, rows, pager)
		return Roll{Base: b, Of: back, Cards: cardsOf(p, rows), Pager: pager}
	}
	first := Own{URL: section.URL, Title: section.Title, Template: "roll.html", Origin: of.Origin, View: func() any { return view(1) }}
	p.add(first)
	p.pagesOf(first, n, view)
}

// places returns where entries stand among all.
func (p *planner) places(list []dossier.Entry) []int32 {
	places := make([]int32, len(list))
	for i, e := range list {
		place, _ := p.g.Position(e.Base().ID) // entries of the graph are in it
		places[i] = int32(place)
	}
	return places
}

// languageName returns the English name of a language.
func (p *planner) languageName(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	return display.BritishEnglish.Languages().Name(t)
}
