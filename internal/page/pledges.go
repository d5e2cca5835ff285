package page

import (
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Pledges is the page of all pledges, newest first, with their totals.
type Pledges struct {
	Base

	// Sums are the totals of all pledges, Converted what they come to in each currency of the site.
	Sums      []Sum
	Converted []Sum

	// In and Out are how many rows are in the totals, and how many are not.
	In  int
	Out int

	// Donors are the totals cut by donor, Meetings the same by the event at which the pledges were announced. Both are on the first page
	// alone.
	Donors   []BarGroup
	Meetings []BarGroup

	// Unsummed are the donors without a sum of their own in the totals.
	Unsummed []Promiser

	// Filters choose among the rows of this page.
	Filters Filters

	// Rows are the pledges, newest first.
	Rows []MarkedRow

	// Pager leads through the other pages.
	Pager Pager
}

// A MarkedRow is a row of a table with filters.
type MarkedRow struct {
	*PledgeRow

	// Marks are what the row is, for the filters.
	Marks Marks
}

// A Promiser is a donor of whom the totals hold no sum.
type Promiser struct {
	// Donor leads to the donor.
	Donor Ref

	// Promised leads to the newest of the donor's pledges, each by its things; More is how many others there are.
	Promised []Ref
	More     int
}

// promisedRows is how many pledges stand beside a donor without a sum.
const promisedRows = 4

// allPledges returns one page of all pledges. The totals are those of all of them, on every page.
func (p *planner) allPledges(page int) Pledges {
	all := graph.Of[*dossier.Pledge](p.g, dossier.KindPledge)
	slices.Reverse(all)
	whole := p.sheet(graph.Cut{})
	rows, pager := paged(all, "/pledges/", page)
	v := Pledges{
		Base: p.base("/pledges/", "Pledges", promises(len(all))),
		Sums: p.sumsOf(graph.Cut{}, whole), Converted: p.convertedOf(graph.Cut{}, whole), Out: len(whole.lines), Pager: pager,
	}
	for _, sum := range v.Sums {
		v.In += sum.Rows
	}
	v.Out -= v.In
	v.turn(pager)
	if page == 1 {
		v.Donors, v.Meetings = p.byDonor(), p.byMeeting()
		v.Unsummed = p.unsummed(v.Donors)
	}
	list, marks := filtered(rows, p.pledgeFacets())
	v.Filters = Filters{List: list, Rows: len(rows), Noun: "pledges", Part: pager.Pages > 1}
	for i, row := range p.pledgeRows(rows) {
		v.Rows = append(v.Rows, MarkedRow{row, marks[i]})
	}
	v.AsOf = p.newestKnowledge(all)
	describeList(p, &v.Base, rows, pager)
	return v
}

// newestKnowledge returns the newest date as of which a pledge is told.
func (p *planner) newestKnowledge(list []*dossier.Pledge) Time {
	var newest dossier.Date
	for _, x := range list {
		if x.AsOf.Compare(newest) > 0 {
			newest = x.AsOf
		}
	}
	return dateTime(newest)
}

// unsummed returns the donors that have no line of their own in the given groups, with what they promised.
func (p *planner) unsummed(groups []BarGroup) []Promiser {
	summed := map[string]bool{}
	for _, g := range groups {
		for _, line := range g.Lines {
			if !line.Joint {
				summed[line.Of[0].URL] = true
			}
		}
	}
	var out []Promiser
	for _, a := range graph.Of[*dossier.Actor](p.g, dossier.KindActor) {
		pledges := p.g.PledgesOf(a.ID)
		if len(pledges) == 0 || summed[URL(a)] || len(out) == MaxRows {
			continue
		}
		x := Promiser{Donor: p.ref(a.ID), More: max(0, len(pledges)-promisedRows)}
		for _, pledge := range newest(pledges, promisedRows) {
			row := p.pledgeRow(pledge)
			x.Promised = append(x.Promised, Ref{Title: firstOf(someText(row.What), pledge.Title), URL: row.Pledge.URL})
		}
		out = append(out, x)
	}
	return out
}

// promises says what the index of pledges holds.
func promises(n int) string {
	if n == 0 {
		return "No promise has been entered yet."
	}
	return count(n, "promise") + ": who promised, and what is known to have followed."
}
