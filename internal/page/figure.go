package page

import (
	"html/template"
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Figure is the page of a figure.
type Figure struct {
	Base

	// Value is the number with its unit, Wording the source's own words where it is not exact.
	Value   string
	Wording string

	// Measures is what the number measures.
	Measures string

	// AssertedBy is who says so; it may be empty.
	AssertedBy Ref

	// Standing is how sure it is, in a word.
	Standing string

	// Rests are the marks of the sources of the entry.
	Rests template.HTML

	// Newer is the value that has replaced this one; nil where this is the newest.
	Newer *FigureRow

	// Chain are all values of the same measure, where there are several.
	Chain Chain

	// Body is the prose of the entry.
	Body template.HTML

	// Disputed are the points on which sources differ.
	Disputed []Dispute

	// Doubts lead to those that concern the number or its date.
	Doubts FigureDoubts
}

// FigureDoubts are the places of the page that tell how sources differ on a fact; empty where they do not.
type FigureDoubts struct {
	Value, AsOf string
}

// A Chain is the values of one measure over time.
type Chain struct {
	// Measures is what they measure, in the words of the newest.
	Measures string

	// Rows are the values, oldest first.
	Rows []FigureRow

	// Earlier is how many older ones are left out.
	Earlier int
}

// A FigureRow is a figure in a table.
type FigureRow struct {
	// Figure leads to the figure.
	Figure Ref

	// Value is the number with its unit, Raw the same as programs compare it.
	Value string
	Raw   string

	// Measures is what the number measures.
	Measures string

	// AsOf is the date for which it holds.
	AsOf Time

	// AssertedBy is who says so.
	AssertedBy Ref

	// Standing is how sure it is, in a word.
	Standing string

	// Sources lead to the sources, by their publishers.
	Sources []Ref

	// Newest marks the newest value of a chain, and Own that of the page it stands on.
	Newest, Own bool
}

// figure returns the page of a figure.
func (p *planner) figure(x *dossier.Figure) Figure {
	d := p.desk()
	v := d.figureText(x)
	v.Base = p.entryBase(x, Ref{Title: "Pledges", URL: "/pledges/"}, Ref{Title: "Figures", URL: "/figures/"})
	v.AsOf = dateTime(x.AsOf)
	shown := map[dossier.ID]bool{}
	if chain := p.g.Chain(x.ID); len(chain) > 0 {
		v.Chain = p.chain(chain, x)
		if i := slices.Index(chain, x); i+1 < len(chain) {
			newer := p.figureRow(chain[len(chain)-1])
			v.Newer = &newer
		}
		for _, f := range newest(chain, min(len(chain), maxChain)) {
			shown[f.ID] = true
		}
	}
	v.Doubts = FigureDoubts{doubt(x.Disputed, "value"), doubt(x.Disputed, "as_of")}
	d.finish(&v.Base, x, shown)
	return v
}

// figureText returns what feeds carry of a figure.
func (d *desk) figureText(x *dossier.Figure) Figure {
	v := Figure{
		Base: Base{Summary: x.Summary, AsOf: dateTime(x.AsOf)}, Value: x.Text(), Wording: x.Wording, Measures: x.Measures,
		Standing: string(d.g.Standing(x, x)), Rests: d.cite(x.Sources), Body: d.body(d.g.Body(x)),
	}
	if x.AssertedBy != "" {
		v.AssertedBy = d.ref(x.AssertedBy)
	}
	v.Disputed = d.disputes(x, x.Disputed)
	v.Notes = d.notes
	return v
}

// maxChain is how many values of a measure a table shows, the newest of them: with more, readers want the data.
const maxChain = 50

// chain returns the values of one measure as a table; own is the figure on whose page it stands, if any.
func (p *planner) chain(all []*dossier.Figure, own *dossier.Figure) Chain {
	shown := all[max(0, len(all)-maxChain):]
	c := Chain{Measures: all[len(all)-1].Measures, Earlier: len(all) - len(shown)}
	for i, f := range shown {
		row := p.figureRow(f)
		row.Newest, row.Own = i == len(shown)-1, f == own
		c.Rows = append(c.Rows, row)
	}
	return c
}

// figureRow returns the row of a figure.
func (p *planner) figureRow(f *dossier.Figure) FigureRow {
	row := FigureRow{
		Figure: Ref{Title: f.Title, URL: URL(f)}, Value: f.Text(), Raw: raw(f.Currency+f.Unit, f.Range), Measures: f.Measures, AsOf: dateTime(f.AsOf), Standing: string(p.g.Standing(f, f)),
	}
	if f.AssertedBy != "" {
		row.AssertedBy = p.ref(f.AssertedBy)
	}
	for _, c := range f.Sources {
		if s := graph.Find[*dossier.Source](p.g, c.Source); s != nil {
			row.Sources = append(row.Sources, Ref{Title: s.Publisher, URL: URL(s)})
		}
	}
	return row
}

// A Figures is the index of figures, newest first.
type Figures struct {
	Base

	// Chains are on the first page alone: each measure of which several values are known.
	Chains []Chain

	// Rows are newest first.
	Rows []FigureRow

	// Pager leads through the other pages.
	Pager Pager
}

// figures returns one page of the index of figures.
func (p *planner) figures(page int) Figures {
	all := graph.Of[*dossier.Figure](p.g, dossier.KindFigure)
	slices.Reverse(all)
	rows, pager := paged(all, "/figures/", page)
	v := Figures{
		Base:  p.base("/figures/", "Figures", "Totals and counts as someone stated them on a date. None of them is part of a total of ours."),
		Pager: pager,
	}
	v.turn(pager)
	v.Trail = append(v.Trail, Ref{Title: "Pledges", URL: "/pledges/"})
	if page == 1 {
		for _, chain := range first(p.g.Chains(), maxChain) {
			v.Chains = append(v.Chains, p.chain(chain, nil))
		}
	}
	for _, f := range rows {
		v.Rows = append(v.Rows, p.figureRow(f))
	}
	describeList(p, &v.Base, rows, pager)
	return v
}
