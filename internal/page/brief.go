package page

import (
	"html/template"
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// A Brief is the page of a brief.
type Brief struct {
	Base

	// Number never changes.
	Number string

	// Authors are names.
	Authors []string

	// Minutes is the time that reading takes.
	Minutes int

	// KeyPoints are its conclusions.
	KeyPoints []Claim

	// Questions are what we do not know.
	Questions []string

	// Body is its text.
	Body template.HTML

	// Rests are the marks of the sources of the whole.
	Rests template.HTML

	// Actors, Events and Pledges are what it is about.
	Actors  []*Card
	Events  []*Card
	Pledges []*Card

	// Previous and Next are the briefs before and after it.
	Previous Ref
	Next     Ref
}

// wordsPerMinute is how fast a brief is read.
const wordsPerMinute = 220

// brief returns the page of a brief. What it is about counts as named, and is not shown again among its kin.
func (p *planner) brief(b *dossier.Brief) Brief {
	d, body := p.desk(), p.g.Body(b)
	v := d.briefText(b, body)
	v.Base, v.Number, v.Authors = p.entryBase(b, Ref{Title: "Briefs", URL: "/briefs/"}), b.Number, b.Authors
	v.Minutes = max(1, (body.Words+wordsPerMinute/2)/wordsPerMinute)
	if v.Authors == nil {
		v.Authors = []string{p.g.Site.Editor}
	}
	shown := map[dossier.ID]bool{}
	for _, group := range []struct {
		ids []dossier.ID
		to  *[]*Card
	}{{b.Actors, &v.Actors}, {b.Events, &v.Events}, {b.Pledges, &v.Pledges}} {
		for _, id := range group.ids {
			if e, ok := p.g.Lookup(id); ok {
				*group.to = append(*group.to, p.card(e))
				shown[id] = true
			}
		}
	}
	v.Previous, v.Next = p.neighbours(b)
	v.contents(body)
	d.finish(&v.Base, b, shown)
	return v
}

// briefText returns what feeds carry of a brief with the given body.
func (d *desk) briefText(b *dossier.Brief, body *markup.Fragment) Brief {
	v := Brief{Base: Base{Summary: b.Summary}, Questions: b.Questions, KeyPoints: d.claims(b, b.KeyPoints, "point"), Body: d.body(body), Rests: d.cite(b.Sources)}
	v.Notes = d.notes
	return v
}

// A Prose is a page of prose.
type Prose struct {
	Base

	// Body is its text.
	Body template.HTML

	// Rests are the marks of the sources of the whole.
	Rests template.HTML
}

// prose returns a page of prose.
func (p *planner) prose(x *dossier.Page) Prose {
	d := p.desk()
	v := Prose{Base: p.entryBase(x), Body: d.body(d.g.Body(x))}
	v.Rests = d.cite(x.Sources) // the page shows them below its text
	v.contents(p.g.Body(x))
	d.finish(&v.Base, x, nil)
	return v
}

// A Source is the page of a source, with all that rests on it.
type Source struct {
	Base

	// Type is the sort of item, by CSL.
	Type string

	// Authors are names; there may be none.
	Authors []string

	// Publisher is who published it.
	Publisher string

	// Issued is empty where the source is undated.
	Issued Time

	// Address is where it is; it may be empty.
	Address string

	// Accessed is when we read it there, where we did.
	Accessed Time

	// Archive is the address of a stored copy, Archived the day on which it was made.
	Archive  string
	Archived Time

	// Language is the English name of its language.
	Language string

	// Class says what sort of witness it is.
	Class string

	// Via is the source through which we know it.
	Via Ref

	// Body is the prose of the entry.
	Body template.HTML

	// Groups are the entries that rest on it, by kind.
	Groups []Group

	// More leads to all of them where they are too many for the page.
	More Ref
}

// A Group is entries of one kind.
type Group struct {
	// Title names the kind.
	Title string

	// Cards are in the order of their dates.
	Cards []*Card
}

// source returns the page of a source. A source has no summary of its own, for its citation says all; the page still needs a
// description.
func (p *planner) source(s *dossier.Source) Source {
	d := p.desk()
	v := Source{
		Base: p.entryBase(s, Ref{Title: "Sources", URL: "/sources/"}), Type: s.Type, Authors: s.Authors, Publisher: s.Publisher,
		Issued: dateTime(s.Issued), Address: s.URL, Accessed: dateTime(s.Accessed), Archive: s.Archive.URL, Archived: dateTime(s.Archive.At),
		Language: p.languageName(s.Language), Class: string(s.Class), Body: d.body(d.g.Body(s)),
	}
	v.Lang = p.foreign(s.Language)
	if s.Publisher != s.Title {
		v.Apart = s.Publisher
	}
	if v.Summary == "" {
		v.Summary = "Source: " + s.Publisher + "."
	}
	if s.Via != "" {
		v.Via = p.ref(s.Via)
	}
	v.Groups, v.More = p.groups(p.g.Mentions(s.ID), s)
	d.annotate(&v.Base)
	p.describeEntry(&v.Base, s)
	return v
}

// groupOrder is the order in which kinds are listed together, and their headings.
var groupOrder = []struct {
	kind  dossier.Kind
	title string
}{
	{dossier.KindBrief, "Briefs"}, {dossier.KindSeries, "Series"}, {dossier.KindEvent, "Events"}, {dossier.KindPledge, "Pledges"},
	{dossier.KindFigure, "Figures"}, {dossier.KindActor, "Actors"}, {dossier.KindPage, "Pages"}, {dossier.KindSource, "Sources"},
}

// groups puts the entries that refer to e together by kind, as many as a page may hold.
func (p *planner) groups(list []dossier.Entry, e dossier.Entry) ([]Group, Ref) {
	return p.grouped(first(list, MaxRows)), rollRef(e, len(list), Ref{Title: "All %d entries that rest on it", URL: "mentions"})
}

// grouped puts entries together by kind.
func (p *planner) grouped(list []dossier.Entry) []Group {
	var out []Group
	for _, g := range groupOrder {
		var of []dossier.Entry
		for _, x := range list {
			if x.Base().Kind == g.kind {
				of = append(of, x)
			}
		}
		if of != nil {
			out = append(out, Group{g.title, byDate(cardsOf(p, of))})
		}
	}
	return out
}

// byDate puts cards in the order of their dates, oldest first.
func byDate(cards []*Card) []*Card {
	slices.SortStableFunc(cards, func(a, b *Card) int { return a.Card.Date.Compare(b.Card.Date) })
	return cards
}
