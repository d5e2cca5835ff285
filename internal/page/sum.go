package page

import (
	"cmp"
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A SumPage shows each row of the totals, and each row that is not in them, with why.
type SumPage struct {
	Base

	// Sums are the totals of all pledges.
	Sums []Sum

	// In are the rows of this page that are in the totals, by currency; Out are those that are not.
	In  []Row
	Out []Row

	// Pager leads through the other pages.
	Pager Pager
}

// A Row is a row of a sum: a pledge or a share that is in it, or one that is not, and why.
type Row struct {
	// Pledge leads to the pledge.
	Pledge Ref

	// Donor is set where the row is one donor's share.
	Donor Ref

	// Amount is the sum that the row brings, or would bring.
	Amount string

	// Joint says that several donors promised, and the split is not published.
	Joint bool

	// Firm says that it was committed, allocated or delivered.
	Firm bool

	// In says whether it is in the totals.
	In bool

	// Reason is why it is not, and See the pledge that Reason speaks of.
	Reason string
	See    Ref
}

// A Sum is a total in one currency.
type Sum struct {
	// Currency is that in which the rows were stated.
	Currency string

	// Firm is the sum of what was committed, allocated or delivered, Announced that of the rest; either may be empty.
	Firm      string
	Announced string

	// Loans says that the rows are loans and guarantees.
	Loans bool

	// Rows is how many there are.
	Rows int
}

// sum returns one page of the rows of the totals. The totals are those of all rows, on every page.
func (p *planner) sum(page int) SumPage {
	all := graph.Of[*dossier.Pledge](p.g, dossier.KindPledge)
	rows, pager := paged(all, "/pledges/sum/", page)
	whole, part := p.ledger(), p.g.Ledger(rows)
	v := SumPage{
		Base: p.base("/pledges/sum/", "How the totals are made", "Every row that is in the totals, every row that is not, and why."),
		Sums: sums(whole), Pager: pager,
	}
	v.turn(pager)
	v.Trail = append(v.Trail, Ref{Title: "Pledges", URL: "/pledges/"})
	slices.SortStableFunc(part.In, func(a, b graph.Row) int { return cmp.Compare(a.Amount.Currency, b.Amount.Currency) })
	for _, r := range part.In {
		v.In = append(v.In, p.row(r, true))
	}
	for _, r := range part.Out {
		v.Out = append(v.Out, p.row(r, false))
	}
	describeList(p, &v.Base, rows, pager)
	return v
}

// row returns a row of a ledger in words.
func (p *planner) row(r graph.Row, in bool) Row {
	row := Row{
		Pledge: Ref{Title: r.Pledge.Title, URL: URL(r.Pledge)}, Amount: r.Amount.Text(), Joint: r.Joint, Firm: r.Firm, In: in, Reason: r.Reason,
	}
	if r.Donor != "" {
		row.Donor = p.ref(r.Donor)
	}
	if r.See != "" {
		row.See = p.ref(r.See)
	}
	return row
}

// sums returns the totals of a ledger in words.
func sums(l graph.Ledger) []Sum {
	out := make([]Sum, 0, len(l.Totals))
	for _, t := range l.Totals {
		s := Sum{Currency: t.Currency, Loans: t.Loan, Rows: t.Rows}
		if !t.Firm.IsZero() {
			s.Firm = dossier.Amount{Range: t.Firm, Currency: t.Currency}.Text()
		}
		if !t.Announced.IsZero() {
			s.Announced = dossier.Amount{Range: t.Announced, Currency: t.Currency}.Text()
		}
		out = append(out, s)
	}
	return out
}
