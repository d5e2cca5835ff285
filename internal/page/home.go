package page

import (
	"cmp"
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Home is the first page.
type Home struct {
	Base

	// Series leads to each series.
	Series []SeriesDoor

	// Points are the conclusions of the newest brief that draws any, and PointsOf leads to it.
	Points   []Claim
	PointsOf *Card

	// Briefs are by number.
	Briefs []*Card

	// MoreBriefs leads to all of them where they are too many for the page.
	MoreBriefs Ref

	// Main are the totals in the currencies in which most was promised, by the number of rows, for sums in different currencies cannot be
	// compared. More is how many other totals there are.
	Main []Sum
	More int

	// Converted are what all totals come to in each currency of the site; there are none where it has no rates.
	Converted []Sum

	// Stages say how far the pledges have come.
	Stages []StageCount

	// Pledges is how many there are; InTotals is how many rows of them are in the totals.
	Pledges  int
	InTotals int

	// Latest is what was published last, briefs left out. News is the newest of the changes and publications, in a line.
	Latest []*Card
	News   News

	// Changed are the newest change notes.
	Changed []ChangeNote

	// Doors lead to the sections.
	Doors []Door
}

// News is what happened last to an entry.
type News struct {
	// What is the sort of change, or Published.
	What string

	// When is its day.
	When Time

	// Of leads to the entry.
	Of Ref
}

// A SeriesDoor leads to a series.
type SeriesDoor struct {
	Ref

	// Summary is that of the series.
	Summary string

	// Strip is its meetings to scale.
	Strip Strip

	// Latest is the last meeting held, Next the next one that is scheduled.
	Latest *Card
	Next   *Card

	// Held is how many were held.
	Held int
}

// latestRows is how many of the newest entries the first page shows.
const latestRows = 6

// home returns the first page. Briefs have a section of their own there, and are left out of what was published last.
func (p *planner) home() Home {
	d := p.desk()
	v := Home{Base: p.base("/", p.g.Site.Title, p.g.Site.Description)}
	for _, s := range graph.Of[*dossier.Series](p.g, dossier.KindSeries) {
		events := p.g.Series(s.ID)
		var counted Series
		for _, e := range events {
			p.count(&counted, e)
		}
		v.Series = append(v.Series, SeriesDoor{
			Ref: Ref{Title: s.Title, URL: URL(s)}, Summary: s.Summary, Strip: p.strip(events), Latest: counted.Latest, Next: counted.Next, Held: counted.Held,
		})
	}
	briefs := graph.Of[*dossier.Brief](p.g, dossier.KindBrief)
	v.Briefs = cardsOf(p, first(briefs, MaxRows))
	if len(briefs) > MaxRows {
		v.MoreBriefs = Ref{Title: "All " + count(len(briefs), "brief"), URL: "/briefs/"}
	}
	p.promised(&v)
	for _, e := range p.g.News() {
		if _, isBrief := e.(*dossier.Brief); !isBrief && len(v.Latest) < latestRows {
			v.Latest = append(v.Latest, p.card(e))
		}
	}
	v.Changed = p.changeNotes(first(p.g.Changes(), latestRows))
	v.Doors = p.doors()
	v.News = p.lastNews(v.Changed)
	d.keyPoints(&v, briefs)
	v.Notes, v.Basis = d.notes, p.wholeBasis()
	p.describeHome(&v.Base)
	return v
}

// mainSums is how many totals the first page names.
const mainSums = 2

// promised fills in what was promised: the totals that have most rows, loans left out, and how far all pledges have come.
func (p *planner) promised(v *Home) {
	whole := p.sheet(graph.Cut{})
	sums := p.sumsOf(graph.Cut{}, whole)
	for _, sum := range sums {
		v.InTotals += sum.Rows
		if !sum.Loans {
			v.Main = append(v.Main, sum)
		}
	}
	slices.SortStableFunc(v.Main, func(a, b Sum) int { return cmp.Compare(b.Rows, a.Rows) })
	v.Main = first(v.Main, mainSums)
	v.More, v.Converted = len(sums)-len(v.Main), p.convertedOf(graph.Cut{}, whole)
	all := graph.Of[*dossier.Pledge](p.g, dossier.KindPledge)
	v.Pledges = len(all)
	v.Stages = stageCounts(all)
	for i := range v.Stages {
		if c := (graph.Cut{By: graph.ByStage, Value: v.Stages[i].Stage}); slices.Contains(p.g.Cuts(graph.ByStage), c) {
			v.Stages[i].URL = sumURL(p.g, c)
		}
	}
}

// keyPoints fills in the conclusions of the brief that was published last, of those that draw any.
func (d *desk) keyPoints(v *Home, briefs []*dossier.Brief) {
	var newest *dossier.Brief
	for _, b := range briefs {
		if len(b.KeyPoints) > 0 && (newest == nil || b.Published.After(newest.Published)) {
			newest = b
		}
	}
	if newest != nil {
		v.Points, v.PointsOf = d.claims(newest, newest.KeyPoints, ""), d.card(newest)
	}
}

// wholeBasis says on what the site as a whole rests.
func (p *planner) wholeBasis() string {
	of := map[string]int{}
	for _, s := range graph.Of[*dossier.Source](p.g, dossier.KindSource) {
		of[string(s.Class)]++
	}
	return basis(of)
}

// lastNews returns the newest of some changes, newest first, or what was published last where that is newer.
func (p *planner) lastNews(changed []ChangeNote) News {
	var n News
	if published := p.g.News(); len(published) > 0 {
		e := published[0]
		n = News{What: "Published", When: moment(e.Base().Published), Of: p.titled(e)}
	}
	if len(changed) > 0 && changed[0].When.Machine >= n.When.Machine {
		n = News{What: changed[0].Label, When: changed[0].When, Of: changed[0].Of}
	}
	return n
}
