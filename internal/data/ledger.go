package data

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A counted is a row of the ledger.
type counted struct {
	*graph.Row
	in bool
}

// shares are the rows of the ledger.
func (l linked) shares() Table {
	type row = entered[counted]
	return table[*dossier.Pledge, row]{
		Table:   Table{Name: "shares", Kind: dossier.KindPledge, Doc: "The rows of the totals at /pledges/sum/: each pledge, or each donor’s share of one and what is left, counted or not.", Key: []string{"pledge", "row"}},
		entries: l.all, section: announcedIn, rows: l.countedOf,
		columns: slices.Concat(
			[]column[row]{
				col(ID, "pledge", "The pledge.", func(r row) string { return string(r.pledge.ID) }).of("pledges"),
				col(Integer, "row", "The number of the row within the pledge, from 1.", func(r row) string { return strconv.Itoa(r.number) }),
				col(ID, "donor", "Whose share it is; empty where it is the whole, or joint.", func(r row) string { return l.id(r.value.Donor) }).of("actors"),
				col(Boolean, "joint", "Whether several donors promised it and the split is not published.", func(r row) string { return yes(r.value.Joint) }),
			},
			sum("what the row brings, or would bring", func(r row) dossier.Amount { return r.value.Amount }),
			[]column[row]{
				col(Boolean, "counted", "Whether it is in the totals. Added up for each currency, firm and loan, counted rows are the totals.", func(r row) string { return yes(r.value.in) }),
				col(Text, "reason", "Why it is not.", func(r row) string { return r.value.Reason }),
				col(ID, "see", "The pledge that the reason speaks of.", func(r row) string { return l.id(r.value.See) }).of("pledges"),
				col(Boolean, "firm", "Whether it was committed, allocated or delivered.", func(r row) string { return yes(firm(r.pledge)) }),
				col(Boolean, "loan", "Whether it is a loan or a guarantee.", func(r row) string { return yes(r.value.Loan) }),
			},
			l.dimensions(), l.converted(),
		),
	}.described()
}

// dimensions describes the columns by which the rows of the ledger can be grouped as pages group them. A row with one value counts there;
// of several it is joint, and of none not stated.
func (l linked) dimensions() []column[entered[counted]] {
	type row = entered[counted]
	values := func(by graph.Dimension) func(row) Cell {
		return func(r row) Cell { return Cell(l.Values(r.value.Row, by)) }
	}
	// A row has one value in these dimensions, or none.
	one := func(by graph.Dimension) func(row) string {
		return func(r row) string { return strings.Join(l.Values(r.value.Row, by), "") }
	}
	return []column[row]{
		many(IDs, "donors", "Who stands behind the row. It is in the sum of one donor; of several it is joint, and in the sum of none.", values(graph.ByDonor)).of("actors"),
		many(IDs, "recipients", "For whom. It is in the sum of one recipient; of several it is joint, and in the sum of none.", values(graph.ByRecipient)).of("actors"),
		col(Word, "category", "As in the table pledges.", one(graph.ByCategory)).words(written(dossier.KindPledge, "category")...),
		col(Word, "instrument", "As in the table pledges; empty where not stated.", one(graph.ByInstrument)).words(written(dossier.KindPledge, "instrument")...),
		col(ID, "event", "The event at which the pledge was announced.", one(graph.ByEvent)).of("events"),
		col(EDTF, "month", "The month in which it was announced; empty where only the year is known, or a span over several months.", one(graph.ByMonth)),
		col(Word, "stage", "How far it has come: announced, committed, allocated, part-delivered, delivered or withdrawn.", one(graph.ByStage)),
	}
}

// A cutTotal is a total of a part of the pledges.
type cutTotal struct {
	graph.Cut
	graph.Total
}

// sums are the totals: of all pledges, and of each part of them that has any.
func (l linked) sums() Table {
	return l.totals("sums", "The totals at /pledges/sum/, of all pledges and of each part of them. In each dimension the parts come to the whole; each is the sum of counted rows of the table shares.",
		"The currency in which the rows were stated, by ISO 4217.", l.totalsOf)
}

// convertedSums are the same in each currency of the site.
func (l linked) convertedSums() Table {
	return l.totals("converted", "The totals of the table sums, all currencies together, converted at the rates of the days of announcement and rounded to a hundredth. Each row is added up in every currency: never add up several.",
		"The currency to which the rows were converted, by ISO 4217.", l.convertedOf)
}

// totals describes a table of totals.
func (l linked) totals(name, doc, currency string, rows func(graph.Cut) []cutTotal) Table {
	cuts := func() []graph.Cut {
		// The whole comes first: the cut by nothing.
		all := []graph.Cut{{}}
		for _, by := range graph.Dimensions {
			all = append(all, l.Cuts(by)...)
		}
		return all
	}
	return table[graph.Cut, cutTotal]{
		Table:   Table{Name: name, Doc: doc, Key: []string{"dimension", "value", "currency", "loan"}},
		entries: cuts, rows: rows, columns: slices.Concat(
			[]column[cutTotal]{
				col(Word, "dimension", "By what it is a part: all, which is the whole, donor, recipient, category, instrument, event, month or stage.", func(t cutTotal) string { return cmp.Or(string(t.By), "all") }).words(append(texts(graph.Dimensions), "all")...),
				col(Text, "value", "Of which it is the sum: an id, a word or a month, as in the table shares; (joint) for what is of several donors or recipients; (not stated) where no source tells it; all for the whole.", func(t cutTotal) string { return cmp.Or(t.Value, "all") }),
				col(Word, "currency", currency, func(t cutTotal) string { return t.Currency }).like(currencyForm),
				col(Boolean, "loan", "Whether they are loans and guarantees.", func(t cutTotal) string { return yes(t.Loan) }),
			},
			ranged("firm", "what was committed, allocated or delivered", func(t cutTotal) dossier.Range { return t.Firm }),
			ranged("announced", "what was no more than announced", func(t cutTotal) dossier.Range { return t.Announced }),
			[]column[cutTotal]{
				col(Integer, "rows", "How many rows it has.", func(t cutTotal) string { return strconv.Itoa(t.Rows) }),
				col(Address, "page", "Where the site shows these rows.", func(t cutTotal) string { return l.Site.BaseURL + l.addresses.Sum(t.Cut) }),
			},
		),
	}.described()
}

// totalsOf returns the totals of a cut.
func (l linked) totalsOf(c graph.Cut) []cutTotal {
	var list []cutTotal
	for _, t := range l.LedgerOf(c).Totals() {
		list = append(list, cutTotal{c, t})
	}
	return list
}

// countedOf returns the rows of a pledge in the ledger, those that are counted first.
func (l linked) countedOf(p *dossier.Pledge) []entered[counted] {
	ledger := l.Ledger(p)
	var list []entered[counted]
	for i, r := range slices.Concat(ledger.In, ledger.Out) {
		list = append(list, entered[counted]{p, 0, i + 1, counted{r, i < len(ledger.In)}})
	}
	return list
}
