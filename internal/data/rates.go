package data

import (
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// rates are the exchange rates at which totals are converted.
func (l linked) rates() Table {
	return table[dossier.Rate, dossier.Rate]{
		Table: Table{
			Name: "rates", Key: []string{"date", "base", "quote"},
			Doc: "Exchange rates at which sums are converted: that of the day of announcement, or the last one at most seven days older, directly or through the euro.",
		},
		entries: l.Rates, rows: alone[dossier.Rate],
		columns: []column[dossier.Rate]{
			col(Day, "date", "The day.", func(r dossier.Rate) string { return r.Date.String() }),
			col(Word, "base", "The currency of which one unit is meant, by ISO 4217.", func(r dossier.Rate) string { return r.Base }).like(currencyForm),
			col(Word, "quote", "The currency in which it is told, by ISO 4217.", func(r dossier.Rate) string { return r.Quote }).like(currencyForm),
			col(Number, "rate", "What one unit of base was in units of quote.", func(r dossier.Rate) string { return r.Value.String() }).always(),
			col(ID, "source", "What says so.", func(r dossier.Rate) string { return l.id(r.Source) }).of("sources").always(),
		},
	}.described()
}

// converted describes the columns of what a row of the ledger comes to in each currency of the site; none where nothing is converted.
func (l linked) converted() []column[entered[counted]] {
	type row = entered[counted]
	var list []column[row]
	for i, currency := range l.Currencies() {
		name := "converted_" + strings.ToLower(currency)
		list = append(list, ranged(name, "the row in "+currency+", converted at the rates of the table rates and rounded to a hundredth,", func(r row) dossier.Range {
			// A row that is not counted comes to nothing here, so that the column can be added up.
			if !r.value.in {
				return dossier.Range{}
			}
			return hundredths(r.value.Converted[i].Range)
		})...)
	}
	return list
}

// hundredths returns a converted sum as the data have it.
func hundredths(r dossier.Range) dossier.Range {
	r.Min, r.Max = r.Min.Round(2), r.Max.Round(2)
	return r
}

// convertedOf returns the totals of a cut as they were converted.
func (l linked) convertedOf(c graph.Cut) []cutTotal {
	var list []cutTotal
	for _, t := range graph.Converted(l.LedgerOf(c).Totals()) {
		t.Firm, t.Announced = hundredths(t.Firm), hundredths(t.Announced)
		list = append(list, cutTotal{c, t})
	}
	return list
}
