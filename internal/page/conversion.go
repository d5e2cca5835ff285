package page

import (
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Conversion is what a row comes to in another currency.
type Conversion struct {
	// Currency is that currency, Sum the row in it, in digits and rounded to whole units.
	Currency string
	Sum      string

	// Rates are those by which it was converted, in their order; none where it was stated in the currency.
	Rates []Rate
}

// A Rate is an exchange rate.
type Rate struct {
	// Text is what one unit of a currency was worth, When the day on which it was.
	Text string
	When Time

	// Source leads to what says so.
	Source Ref
}

// convertedOf returns what the totals of a cut, of which s is the sheet, come to in each currency of the site, each with the way to the
// rows and their rates.
func (p *planner) convertedOf(c graph.Cut, s *sheet[*graph.Row]) []Sum {
	totals := make([]graph.Total, 0, len(s.totals()))
	for _, g := range s.totals() {
		totals = append(totals, g.Total)
	}
	return convertedSums(graph.Converted(totals), p.rowsAt(c, s, s.url+"#in"), func(a dossier.Amount) string {
		a.Range = a.Short()
		return a.Text()
	})
}

// convertedSums returns converted totals, in the words that text gives.
func convertedSums(totals []graph.Total, url string, text func(dossier.Amount) string) []Sum {
	var out []Sum
	for _, t := range totals {
		out = append(out, sumOf(t, url, text))
	}
	return out
}

// conversions returns what a row comes to in each currency of the site, and by which rates.
func (p *planner) conversions(r *graph.Row) []Conversion {
	var out []Conversion
	for _, c := range r.Converted {
		made := Conversion{Currency: c.Currency, Sum: c.Whole().Digits()}
		for _, rate := range c.Rates {
			made.Rates = append(made.Rates, Rate{Text: rate.Text(), When: dateTime(rate.Date), Source: p.ref(rate.Source)})
		}
		out = append(out, made)
	}
	return out
}
