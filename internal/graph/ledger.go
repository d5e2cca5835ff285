package graph

import (
	"cmp"
	"fmt"
	"slices"

	"briefing/internal/dossier"
)

// A Ledger is what a set of pledges adds up to, and why: every row that is in the totals, and every row that is not. Ledgers share
// their rows.
//
// A sum is in the totals in the currency in which it was stated. Not in them are: a pledge, or one donor's share of it, that lies inside
// another; one that repeats another; one that was withdrawn; one without a sum; a sum that is a rate; and one that an editor
// has found to overlap with others. Loans and guarantees are added up apart from the rest, and what has only been announced
// apart from what was committed, allocated or delivered. Figures are never in a total.
//
// A pledge of several donors is one row for each published share, and one for what is left. What is left is joint, unless one donor
// alone has no share of its own. Where a share of unknown size lies inside another pledge, what is left is in no total; where part
// of a pledge was withdrawn nobody knows from which share, so that all of it is joint. Hence the ledgers of all donors and the
// joint rows come to the ledger of the whole.
type Ledger struct {
	// In holds the rows of the totals, in the order of the pledges.
	In []*Row
	// Out holds all others, each with its Reason.
	Out []*Row
}

// A Row is a pledge, or a share of it, in a ledger.
type Row struct {
	Pledge *dossier.Pledge
	// Donor is set where the row is one donor's share.
	Donor dossier.ID
	// Amount is less than was promised where part was withdrawn, or where the shares of others were taken from it.
	Amount dossier.Amount
	// Firm means that the pledge was committed, allocated or delivered.
	Firm bool
	// Loan means that it is a loan or a guarantee.
	Loan bool
	// Joint means that several donors stand behind the row, and that their split is not published.
	Joint bool
	// Reason says why the row is not in the totals; empty where it is.
	Reason string
	// See is the pledge that Reason speaks of.
	See dossier.ID
	// Converted is what the row comes to in each currency of the site; empty where it is in no total, and where nothing is converted.
	Converted []Conversion
}

// A Total is the sum of the rows of one currency, and of one sort.
type Total struct {
	Currency string
	Loan     bool
	// Firm is the sum of what was committed, allocated or delivered.
	Firm dossier.Range
	// Announced is the sum of what was no more than announced. No row is in both.
	Announced dossier.Range
	Rows      int
	// Converted is the same in each currency of the site, the sum of its rows as they were converted; empty where nothing is.
	Converted []Total
}

// Total returns what the row brings to the totals; of one that is in none, nothing.
func (r *Row) Total() Total {
	if r.Reason != "" {
		return Total{}
	}
	t := r.total(r.Amount.Currency, r.Amount.Range)
	for _, c := range r.Converted {
		t.Converted = append(t.Converted, r.total(c.Currency, c.Range))
	}
	return t
}

// total returns the row as a total in one currency.
func (r *Row) total(currency string, sum dossier.Range) Total {
	t := Total{Currency: currency, Loan: r.Loan, Rows: 1}
	if r.Firm {
		t.Firm = sum
	} else {
		t.Announced = sum
	}
	return t
}

// Add returns the sum of two totals of one currency and sort.
func (t Total) Add(o Total) Total {
	t.Firm, t.Announced, t.Rows = t.Firm.Add(o.Firm), t.Announced.Add(o.Announced), t.Rows+o.Rows
	if len(t.Converted)+len(o.Converted) > 0 {
		t.Converted = Enter(slices.Clone(t.Converted), o.Converted...)
	}
	return t
}

// Enter adds totals to a list that has one of each currency and sort, in order, and returns the list.
func Enter(list []Total, totals ...Total) []Total {
	for _, t := range totals {
		i, found := slices.BinarySearchFunc(list, t, Total.Compare)
		if !found {
			list = slices.Insert(list, i, Total{Currency: t.Currency, Loan: t.Loan})
		}
		list[i] = list[i].Add(t)
	}
	return list
}

// Compare puts loans and guarantees behind the rest, and each by currency; what is in no total, and has no currency, comes last.
func (t Total) Compare(o Total) int {
	rank := func(t Total) int {
		switch {
		case t.Currency == "":
			return 2
		case t.Loan:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(t), rank(o)), cmp.Compare(t.Currency, o.Currency))
}

// Pledged returns all pledges, as a whole ledger shows them: those of the index, and then by id those that the editors withdrew, which are
// in no total.
func (g *Graph) Pledged() []*dossier.Pledge {
	list := Of[*dossier.Pledge](g, dossier.KindPledge)
	for _, e := range g.entries {
		if p, ok := e.(*dossier.Pledge); ok && p.IsWithdrawn() {
			list = append(list, p)
		}
	}
	return list
}

// Totals returns the totals: loans behind the rest, and each by currency. What they come to in one currency is told by Converted. Addition
// is exact and knows no order, so that they do not depend on the order of rows.
func (l Ledger) Totals() []Total {
	var totals []Total
	for _, r := range l.In {
		totals = Enter(totals, r.Total())
	}
	return totals
}

// Ledger returns the ledger of the given pledges; each must be of g.
func (g *Graph) Ledger(pledges ...*dossier.Pledge) Ledger {
	var rows []*Row
	for _, p := range pledges {
		rows = append(rows, g.rel.rows[p]...)
	}
	return newLedger(rows)
}

// newLedger puts rows where they belong.
func newLedger(rows []*Row) Ledger {
	in := 0
	for _, r := range rows {
		if r.Reason == "" {
			in++
		}
	}
	all := make([]*Row, len(rows))
	i, o := 0, in
	for _, r := range rows {
		if r.Reason == "" {
			all[i], i = r, i+1
		} else {
			all[o], o = r, o+1
		}
	}
	return Ledger{In: all[:in:in], Out: all[in:]}
}

// Converted returns what the rows of all totals come to in each currency of the site: first what is no loan, then loans and guarantees. It
// is empty where nothing is converted.
func Converted(totals []Total) []Total {
	var all []Total
	for _, t := range totals {
		all = Enter(all, t.Converted...)
	}
	return all
}

// divide makes the rows of a pledge: one, or one for each share that is published and one for what is left.
func (g *Graph) divide(p *dossier.Pledge) []*Row {
	status := p.Status()
	row := Row{
		Pledge: p, Amount: p.Amount, Firm: status.Stage != dossier.Announced,
		Loan: p.Instrument == dossier.Loan || p.Instrument == dossier.Guarantee,
	}
	if row.Reason, row.See = excluded(p, status); row.Reason != "" {
		return g.presentRows([]*Row{&row})
	}
	row.Amount = p.Net()
	s := split{graph: g, whole: row, cut: !row.Amount.Min.Equal(p.Amount.Min) || !row.Amount.Max.Equal(p.Amount.Max)}
	for _, d := range p.Donors {
		s.share(d)
	}
	s.rest()
	return g.presentRows(s.rows)
}

// presentRows returns rows in which no reason speaks of a pledge by a former id.
func (g *Graph) presentRows(rows []*Row) []*Row {
	for i := range rows {
		rows[i].See = g.present(rows[i].See)
	}
	return rows
}

// excluded returns why a pledge as a whole is in no total, or "".
func excluded(p *dossier.Pledge, status dossier.Status) (reason string, see dossier.ID) {
	shared := slices.ContainsFunc(p.Donors, func(d dossier.Donor) bool { return !d.Amount.IsZero() })
	// What lies inside another pledge, or repeats it, is told first: its sum is counted there, or out for that pledge's own reason.
	switch {
	case p.IsWithdrawn():
		return "withdrawn by the editors", ""
	case p.Reannounces != "":
		return "announces again", p.Reannounces
	case p.PartOf != "":
		return "inside", p.PartOf
	case status.Stage == dossier.Withdrawn:
		return "withdrawn", ""
	case p.Amount.IsZero() && !shared:
		return noAmount, ""
	case p.Amount.Per != "":
		return rate(p.Amount), ""
	}
	return p.Uncounted, ""
}

// noAmount is the reason of a pledge of things alone, and of one whose donors have not said how much.
const noAmount = "no amount stated"

// rate says why a sum of so much a year, or a package, is in no total.
func rate(a dossier.Amount) string {
	return fmt.Sprintf("a sum for each %s, not a total", a.Per)
}

// A split is a pledge that is being divided among its donors.
type split struct {
	graph *Graph
	whole Row
	// cut means that part of the promise was withdrawn; whose part is not known.
	cut  bool
	rows []*Row

	// taken is the sum of the shares that are not part of what is left.
	taken dossier.Range
	// open are the donors without a share of their own: what is left is theirs.
	open []dossier.ID
	// unknown is a pledge that contains a share of unknown size, so that nobody knows how much of what is left it counts already.
	unknown dossier.ID
}

// share enters the share of one donor, if there is a word of it. What is not known of it is told as such: a share of unknown size inside
// another pledge makes what is left unknown too.
func (s *split) share(d dossier.Donor) {
	r := s.whole
	r.Donor, r.Amount = s.graph.present(d.Actor), d.Amount
	switch {
	case d.PartOf != "" && d.Amount.IsZero():
		r.Reason, r.See = "share of unknown size inside", d.PartOf
		s.unknown = d.PartOf
	case d.PartOf != "":
		r.Reason, r.See = "share inside", d.PartOf
		s.taken = s.taken.Add(d.Amount.Range)
	case d.Amount.IsZero():
		s.open = append(s.open, r.Donor)
		return
	case d.Amount.Per != "":
		r.Reason = rate(d.Amount)
	case s.cut:
		r.Reason = "share before part of the pledge was withdrawn"
		s.open = append(s.open, r.Donor)
	default:
		s.taken = s.taken.Add(d.Amount.Range)
	}
	s.rows = append(s.rows, &r)
}

// rest enters what is left of the pledge when all shares are taken from it: as the row of the one donor that has no share of its own, else
// as a joint row. Nothing is entered where nothing is left and nobody is without a share.
func (s *split) rest() {
	r := s.whole
	r.Amount.Range = r.Amount.Less(s.taken)
	left := r.Amount.High().IsPositive()
	switch {
	case len(s.open) == 0 && (!left || s.unknown != ""):
		return
	case s.whole.Amount.IsZero():
		r.Reason = noAmount
	case !left:
		r.Reason = "the shares of the others make up the whole"
	case s.unknown != "":
		r.Reason, r.See = "lies in part, of unknown size, inside", s.unknown
	}
	donors := len(s.whole.Pledge.Donors)
	if len(s.open) == 1 && donors > 1 {
		r.Donor = s.open[0]
	}
	r.Joint = r.Donor == "" && donors > 1
	s.rows = append(s.rows, &r)
}
