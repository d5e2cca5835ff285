package graph

import (
	"cmp"
	"slices"

	"briefing/internal/dossier"
)

// A Dimension is a way of cutting the totals into parts. Its value is the word for it.
type Dimension string

// The dimensions.
const (
	ByDonor      Dimension = "donor"
	ByRecipient  Dimension = "recipient"
	ByCategory   Dimension = "category"
	ByInstrument Dimension = "instrument"
	// ByEvent is by the event at which a pledge was announced.
	ByEvent Dimension = "event"
	// ByMonth is by the month in which it was announced, such as 2025-06.
	ByMonth Dimension = "month"
	// ByStage is by how far it has come, as its status says: announced, part-delivered.
	ByStage Dimension = "stage"
)

// Dimensions lists all of them, in the order in which readers ask for them.
var Dimensions = []Dimension{ByDonor, ByRecipient, ByCategory, ByInstrument, ByEvent, ByMonth, ByStage}

// A Cut is a part of the totals: the rows that have one value in one dimension. The zero Cut is the whole. Values are ids, or words; no
// id has brackets, so that none is taken for one of the values below.
type Cut struct {
	By    Dimension
	Value string
}

// The values of rows that have none, and of those that have several. With them the cuts of each dimension come to the whole.
const (
	// Joint is the value of rows behind which several donors stand, or that are for several recipients.
	Joint = "(joint)"
	// NotStated is the value of rows of which no source tells it.
	NotStated = "(not stated)"
)

// jointly says why a row is in the sum of none of its donors, or recipients.
var jointly = map[Dimension]string{
	ByDonor:     "joint pledge; the split is not published",
	ByRecipient: "to several recipients; the split is not published",
}

// LedgerOf returns the ledger of a cut. Each row is in the ledger of one cut of each dimension, whether or not it counts there; a row of
// several donors or recipients is in that of Joint, and among those left out in the ledger of each of them.
func (g *Graph) LedgerOf(c Cut) Ledger {
	if c == (Cut{}) {
		return g.Ledger(g.Pledged()...)
	}
	return newLedger(g.rowsIn(g.presentCut(c)))
}

// rowsIn returns the rows in a cut, in the order of the pledges.
func (g *Graph) rowsIn(c Cut) []*Row {
	number, ok := g.rel.cuts[c]
	if !ok {
		return nil
	}
	return g.rel.entered.of(number)
}

// pledgesIn returns the pledges that have rows in a cut, in their order.
func (g *Graph) pledgesIn(c Cut) []*dossier.Pledge {
	var list []*dossier.Pledge
	for _, r := range g.rowsIn(c) {
		if len(list) == 0 || last(list) != r.Pledge {
			list = append(list, r.Pledge)
		}
	}
	return list
}

// Cuts returns the cuts of a dimension that have rows, counted or not: donors, recipients and events in the order of their indexes, months
// and stages in that of time, and what is joint or not stated last.
func (g *Graph) Cuts(by Dimension) []Cut { return g.rel.values[by] }

// Values returns the values that a row has in a dimension: none where no source tells it, several where they share the row.
func (g *Graph) Values(r *Row, by Dimension) []string {
	if by == ByDonor && r.Donor != "" {
		return []string{string(r.Donor)}
	}
	return g.values(r.Pledge, by)
}

// CutsOf returns the cuts in whose totals a pledge is, whole or with a share, in the order of the dimensions. It begins with the whole,
// and is empty where no row of the pledge is in any total.
func (g *Graph) CutsOf(p *dossier.Pledge) []Cut {
	var list []Cut
	for _, by := range append([]Dimension{""}, Dimensions...) {
		for _, r := range g.rel.rows[p] {
			c := Cut{}
			if by != "" {
				c = Cut{by, single(g.Values(r, by))}
			}
			if r.Reason == "" && !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// values returns the values that a pledge has in a dimension.
func (g *Graph) values(p *dossier.Pledge, by Dimension) []string {
	var list []string
	add := func(value string) {
		if value != "" && !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	switch by {
	case ByDonor:
		for _, d := range p.Donors {
			add(string(g.present(d.Actor)))
		}
	case ByRecipient:
		for _, id := range p.Recipients {
			add(string(g.present(id)))
		}
	case ByCategory:
		add(string(p.Category))
	case ByInstrument:
		add(string(p.Instrument))
	case ByEvent:
		add(string(g.present(p.Announced.Event)))
	case ByMonth:
		add(month(p.Announced.Date))
	case ByStage:
		add(p.Status().Label())
	}
	return list
}

// month returns the month in which all of a date lies, or "".
func month(d dossier.Date) string {
	const layout = "2006-01"
	if first := d.First().Format(layout); !d.IsZero() && first == d.Last().Format(layout) {
		return first
	}
	return ""
}

// single returns the value of the one cut of a dimension to which a row with the given values belongs.
func single(values []string) string {
	switch len(values) {
	case 0:
		return NotStated
	case 1:
		return values[0]
	}
	return Joint
}

// presentCut returns a cut by the present id of the entry of which it is.
func (g *Graph) presentCut(c Cut) Cut {
	switch c.By {
	case ByDonor, ByRecipient, ByEvent:
		c.Value = string(g.present(dossier.ID(c.Value)))
	}
	return c
}

// relateCuts makes the rows of a pledge, and enters each in the cuts that it is in, or has to do with.
func (g *Graph) relateCuts(p *dossier.Pledge, entered *gathering[*Row]) {
	rows := g.divide(p)
	g.rel.rows[p] = rows
	for _, r := range rows {
		for _, by := range Dimensions {
			values := g.Values(r, by)
			entered.add(g.number(Cut{by, single(values)}), r)
			if len(values) < 2 {
				continue
			}
			out := *r
			out.Reason = cmp.Or(r.Reason, jointly[by])
			for _, value := range values {
				entered.add(g.number(Cut{by, value}), &out)
			}
		}
	}
}

// number returns the number of a cut.
func (g *Graph) number(c Cut) int32 {
	number, ok := g.rel.cuts[c]
	if !ok {
		number = int32(len(g.rel.cuts))
		g.rel.cuts[c] = number
		g.rel.values[c.By] = append(g.rel.values[c.By], c)
	}
	return number
}

// orderCuts puts the cuts of each dimension in order.
func (g *Graph) orderCuts() {
	place := map[string]int{}
	for _, kind := range []dossier.Kind{dossier.KindActor, dossier.KindEvent} {
		for i, e := range Of[dossier.Entry](g, kind) {
			place[string(e.Base().ID)] = i
		}
	}
	for i, stage := range dossier.Stages {
		place[string(stage)] = 2 * i
		place["part-"+string(stage)] = 2*i - 1
	}
	place[string(dossier.Withdrawn)] = 2 * len(dossier.Stages)
	for _, cuts := range g.rel.values {
		slices.SortFunc(cuts, func(a, b Cut) int {
			return cmp.Or(cmp.Compare(special(a.Value), special(b.Value)), cmp.Compare(place[a.Value], place[b.Value]), cmp.Compare(a.Value, b.Value))
		})
	}
}

// special puts what is joint, and then what is not stated, behind all values that are something.
func special(value string) int { return slices.Index([]string{Joint, NotStated}, value) }
