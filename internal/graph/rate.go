package graph

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// oldest is how many days before an announcement a rate may be: over Christmas or Easter a bank gives none for four or five.
const oldest = 7

// euro is the currency through which two others are converted that have no rate of their own.
const euro = "EUR"

// A Conversion is what a row comes to in another currency.
type Conversion struct {
	dossier.Range
	Currency string
	// Rates are those by which it was converted, in their order: none where the row was stated in the currency, two where it was
	// converted through the euro. Which way round each is used follows from the currencies.
	Rates []*dossier.Rate
}

// A lacking is a rate that a row of a total needs, and that is not there.
type lacking struct {
	pledge *dossier.Pledge
	pair   string
	day    time.Time
}

// An exchange converts rows, at the rates of the day of announcement: of a date that is no day, the first that it may mean. Without that
// day's rate the last one before it counts, if it is not older than a week. Each row is converted once, and totals are added up from what
// came of it, so that the parts of a total come to the whole in every currency.
type exchange struct {
	dossier.Rates
	currencies []string
	// byPair holds the rates of each pair, by date.
	byPair map[[2]string][]*dossier.Rate
	// lacking are the rates that are missing. Where one is, nothing is converted: no total is of a part of its rows.
	lacking []lacking
}

// newExchange returns what converts the rows of a site.
func newExchange(rates dossier.Rates, currencies []string) exchange {
	x := exchange{Rates: rates, currencies: currencies, byPair: map[[2]string][]*dossier.Rate{}}
	for i := range rates.List {
		r := &rates.List[i]
		pair := [2]string{r.Base, r.Quote}
		x.byPair[pair] = append(x.byPair[pair], r)
	}
	for _, list := range x.byPair {
		slices.SortFunc(list, func(a, b *dossier.Rate) int { return a.Date.Compare(b.Date) })
	}
	return x
}

// Rates returns the exchange rates of the site: by date, then by pair.
func (g *Graph) Rates() []dossier.Rate {
	return slices.SortedFunc(slices.Values(g.exchange.List), func(a, b dossier.Rate) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Pair(), b.Pair()))
	})
}

// Currencies returns those to which totals are converted: none where the site has no rates, or where one is missing.
func (g *Graph) Currencies() []string {
	if g.exchange.File == "" || g.LacksRates() {
		return nil
	}
	return g.exchange.currencies
}

// LacksRates reports whether the site has rates, and one that a total needs is not among them. Of the whole that is a problem; a record is
// shown without converted totals.
func (g *Graph) LacksRates() bool { return len(g.exchange.lacking) > 0 }

// convertAll converts the rows of all totals, or none.
func (g *Graph) convertAll() {
	if g.exchange.File == "" {
		return
	}
	pledges := Of[*dossier.Pledge](g, dossier.KindPledge)
	for _, p := range pledges {
		for _, r := range g.rel.rows[p] {
			if r.Reason == "" {
				g.exchange.convert(r)
			}
		}
	}
	if len(g.exchange.lacking) == 0 {
		return
	}
	for _, p := range pledges {
		for _, r := range g.rel.rows[p] {
			r.Converted = nil
		}
	}
}

// convert fills in what a row comes to in each currency.
func (x *exchange) convert(r *Row) {
	day := r.Pledge.Announced.Date.First()
	for _, to := range x.currencies {
		rates := x.way(r.Amount.Currency, to, day)
		if rates == nil && to != r.Amount.Currency {
			x.lack(r, to, day)
			continue
		}
		c := Conversion{Currency: to, Rates: rates}
		factor, divisor, at := decimal.NewFromInt(1), decimal.NewFromInt(1), r.Amount.Currency
		for _, rate := range rates {
			if at == rate.Base {
				factor, at = factor.Mul(rate.Value), rate.Quote
			} else {
				divisor, at = divisor.Mul(rate.Value), rate.Base
			}
		}
		c.Range = r.Amount.Times(factor, divisor)
		r.Converted = append(r.Converted, c)
	}
}

// way returns the rates that lead from one currency to another: one, or two through the euro; nil where none do.
func (x *exchange) way(from, to string, day time.Time) []*dossier.Rate {
	if from == to {
		return nil
	}
	if rate := x.newest(from, to, day); rate != nil {
		return []*dossier.Rate{rate}
	}
	first, second := x.newest(from, euro, day), x.newest(euro, to, day)
	if first == nil || second == nil {
		return nil
	}
	return []*dossier.Rate{first, second}
}

// newest returns the newest rate of two currencies, whichever comes first in it, that is no later than a day and not too old for it.
func (x *exchange) newest(a, b string, day time.Time) *dossier.Rate {
	var found *dossier.Rate
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		list := x.byPair[pair]
		after, _ := slices.BinarySearchFunc(list, day, func(r *dossier.Rate, day time.Time) int {
			if r.Date.First().After(day) {
				return 1
			}
			return -1
		})
		if after > 0 && (found == nil || list[after-1].Date.Compare(found.Date) > 0) {
			found = list[after-1]
		}
	}
	if found == nil || day.Sub(found.Date.First()) > oldest*24*time.Hour {
		return nil
	}
	return found
}

// lack notes the rates that a row lacks, as pairs with the euro, of which one serves every other currency.
func (x *exchange) lack(r *Row, to string, day time.Time) {
	for _, other := range []string{r.Amount.Currency, to} {
		if other != euro && x.newest(euro, other, day) == nil {
			x.lacking = append(x.lacking, lacking{r.Pledge, euro + "/" + other, day})
		}
	}
}

// rates reports rates without a source that exists, and those that are missing, each at the pledge that needs it. Where some could not be
// read none is told to be missing.
func (r *resolver) rates() {
	x := &r.graph.exchange
	for _, rate := range x.List {
		r.target(rate.Source, dossier.Of(dossier.KindSource), rate.SourceAt.In(x.File))
	}
	if x.Broken {
		return
	}
	for _, l := range x.lacking {
		day := l.day.Format(time.DateOnly)
		r.problems.Add(diag.Problem{
			Pos: l.pledge.Announced.At.In(l.pledge.File), Code: diag.MissingRate, Also: diag.Pos{File: x.File},
			Msg:  fmt.Sprintf("there is no rate of %s for %s, or for the %d days before", l.pair, day, oldest),
			Hint: fmt.Sprintf("add the line %s,%s,RATE,SOURCE with the rate and the id of its source", day, l.pair),
		})
	}
}
