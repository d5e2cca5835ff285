package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Bar is a sum, or a number of things, to scale: its parts from left to right. It tells nothing that does not stand in words beside it.
type Bar []BarPart

// A BarPart is a part of a bar.
type BarPart struct {
	// Fill is delivered, firm, announced, or range for what lies between the least and the most that a number may mean.
	Fill string

	// X and Width are from 0 to StripWidth.
	X, Width int
}

// A BarGroup is the totals in one currency, cut into lines. As nothing is converted, bars can be compared within a group alone.
type BarGroup struct {
	// ID is its place on the page.
	ID string

	// Currency is that of all lines; Loans says that they are loans and guarantees.
	Currency string
	Loans    bool

	// Full is the sum that a bar of the whole width stands for.
	Full string

	// Lines are the parts.
	Lines []BarLine

	// More is how many further lines the page does not list.
	More int
}

// A BarLine is one part of a total.
type BarLine struct {
	// Of is whose the part is: a donor, several who promised jointly, or the event at which it was announced.
	Of []Ref

	// Joint says that several donors promised, and the split is not published.
	Joint bool

	// When is the date of the event.
	When Time

	// Sum leads to the rows of the part, and says how many there are.
	Sum Ref

	// Delivered is the money of which steps tell that it arrived. It is part of Firm: what was committed, allocated or delivered.
	Delivered string
	Firm      string

	// Announced is the sum of what was no more than announced. Each of the three may be empty.
	Announced string

	// Bar is the three to scale.
	Bar Bar
}

// An extent is how far a sum, or a number of things, has come.
type extent struct {
	// delivered is part of firm; more may have arrived than was promised.
	delivered dossier.Range
	// firm is what was committed, allocated or delivered, announced what was no more than announced.
	firm, announced dossier.Range
}

// high returns the most that m may come to.
func (m extent) high() decimal.Decimal {
	return decimal.Max(m.firm.High().Add(m.announced.High()), m.delivered.Low())
}

// bar draws m to the scale on which full has the whole width. What is certain stands on the left: what has arrived, then the least of the
// rest that is firm, then the least of what was announced. What is left up to the most that the promise may mean comes last.
func (m extent) bar(full decimal.Decimal) Bar {
	if !full.IsPositive() {
		return nil
	}
	var b Bar
	end := decimal.Zero
	add := func(fill string, to decimal.Decimal) {
		if !to.GreaterThan(end) {
			return
		}
		from := scaled(end, full)
		b = append(b, BarPart{fill, from, max(scaled(to, full)-from, minPart)})
		end = to
	}
	add("delivered", m.delivered.Low())
	add("firm", m.firm.Low())
	add("announced", decimal.Max(end, m.firm.Low()).Add(m.announced.Low()))
	add("range", m.high())
	return b
}

// minPart is the least width of a part, for the smallest sum is not nothing.
const minPart = 2

// scaled returns where a number is on the scale of a bar.
func scaled(x, full decimal.Decimal) int {
	return int(x.Mul(decimal.NewFromInt(StripWidth)).DivRound(full, 0).IntPart())
}

// A lineKey tells the lines of a cut apart.
type lineKey struct {
	currency string
	loan     bool
	of       string
}

// A line is a part of the totals while it is being added up.
type line struct {
	lineKey
	extent
	rows int
	// of are the donors, or the event: ids.
	of []string
}

// cutLines cuts the totals in one dimension, in the order of their first rows.
func (p *planner) cutLines(by graph.Dimension) []*line {
	var lines []*line
	at := map[lineKey]*line{}
	for _, r := range p.g.LedgerOf(graph.Cut{}).In {
		of := p.g.Values(r, by)
		key := lineKey{r.Amount.Currency, r.Loan, strings.Join(of, " ")}
		x := at[key]
		if x == nil {
			x = &line{lineKey: key, of: of}
			at[key] = x
			lines = append(lines, x)
		}
		x.enter(r)
	}
	return lines
}

// enter adds a row to a line. A delivery of a pledge of which the row is but a share is nobody's: whose part arrived is not known.
func (x *line) enter(r *graph.Row) {
	x.rows++
	if !r.Firm {
		x.announced = x.announced.Add(r.Amount.Range)
		return
	}
	x.firm = x.firm.Add(r.Amount.Range)
	if r.Donor != "" {
		return
	}
	for _, step := range r.Pledge.Steps {
		if step.Stage == dossier.Delivered && step.Amount.Currency == r.Amount.Currency && step.Amount.Per == "" {
			x.delivered = x.delivered.Add(step.Amount.Range)
		}
	}
}

// byDonor cuts the totals by donor, the biggest first. Pledges of several donors without a published split have lines of their own.
func (p *planner) byDonor() []BarGroup {
	lines := p.cutLines(graph.ByDonor)
	slices.SortStableFunc(lines, func(a, b *line) int { return b.high().Cmp(a.high()) })
	return barGroups("donors", lines, func(x *line) BarLine {
		if len(x.of) == 1 {
			return p.lineOf(graph.Cut{By: graph.ByDonor, Value: x.of[0]}, x)
		}
		v := p.lineOf(graph.Cut{By: graph.ByDonor, Value: graph.Joint}, x)
		v.Joint, v.Of = true, nil
		for _, id := range x.of {
			v.Of = append(v.Of, p.short(dossier.ID(id)))
		}
		return v
	})
}

// byMeeting cuts the totals by the event at which each pledge was announced, newest first. What was announced elsewhere stands last.
func (p *planner) byMeeting() []BarGroup {
	date := func(x *line) (d dossier.Date) {
		if len(x.of) == 1 {
			d = graph.Find[*dossier.Event](p.g, dossier.ID(x.of[0])).Date
		}
		return d
	}
	lines := p.cutLines(graph.ByEvent)
	slices.SortStableFunc(lines, func(a, b *line) int { return date(b).Compare(date(a)) })
	return barGroups("meetings", lines, func(x *line) BarLine {
		cut := graph.Cut{By: graph.ByEvent, Value: graph.NotStated}
		if len(x.of) == 1 {
			cut.Value = x.of[0]
		}
		v := p.lineOf(cut, x)
		v.When = dateTime(date(x))
		return v
	})
}

// lineOf returns the head of a line of a cut: what it is the sum of, and the way to its rows.
func (p *planner) lineOf(c graph.Cut, x *line) BarLine {
	of := p.cutRef(c)
	of.URL = ""
	if e := p.entryOf(c); e != nil {
		of.URL = URL(e)
	}
	v := BarLine{Of: []Ref{of}, Sum: Ref{Title: count(x.rows, "row")}}
	for _, sum := range p.sums(c) {
		if sum.Currency == x.currency && sum.Loans == x.loan {
			v.Sum.URL = sum.URL
		}
	}
	return v
}

// barGroups puts lines into groups by currency, loans behind the rest, the currencies with most rows first. Head makes what a line is
// called and where it leads.
func barGroups(name string, lines []*line, head func(*line) BarLine) []BarGroup {
	type group struct {
		lines []*line
		rows  int
		full  decimal.Decimal
	}
	groups := map[lineKey]*group{}
	var keys []lineKey
	for _, x := range lines {
		key := lineKey{currency: x.currency, loan: x.loan}
		g := groups[key]
		if g == nil {
			g = &group{}
			groups[key], keys = g, append(keys, key)
		}
		g.lines, g.rows, g.full = append(g.lines, x), g.rows+x.rows, decimal.Max(g.full, x.high())
	}
	slices.SortFunc(keys, func(a, b lineKey) int {
		return cmp.Or(cmp.Compare(rankOf(a.loan), rankOf(b.loan)), cmp.Compare(groups[b].rows, groups[a].rows), cmp.Compare(a.currency, b.currency))
	})
	out := make([]BarGroup, 0, len(keys))
	for _, key := range keys {
		g := groups[key]
		v := BarGroup{ID: barID(name, key), Currency: key.currency, Loans: key.loan, Full: dossier.MoneyText(g.full, key.currency)}
		for _, x := range first(g.lines, MaxRows) {
			v.Lines = append(v.Lines, x.fill(head(x), g.full))
		}
		v.More = len(g.lines) - len(v.Lines)
		out = append(out, v)
	}
	return out
}

// fill completes a line with its sums and its bar.
func (x *line) fill(v BarLine, full decimal.Decimal) BarLine {
	v.Delivered, v.Firm, v.Announced = x.text(x.delivered), x.text(x.firm), x.text(x.announced)
	v.Bar = x.bar(full)
	return v
}

// text returns a sum in the currency of a line in words; nothing where there is none.
func (x *line) text(r dossier.Range) string {
	return dossier.Amount{Range: r, Currency: x.currency}.Text()
}

// barID returns the place of a group on its page, such as donors-eur-loans.
func barID(name string, key lineKey) string {
	id := name + "-" + strings.ToLower(key.currency)
	if key.loan {
		id += "-loans"
	}
	return id
}

// rankOf puts loans behind the rest.
func rankOf(loan bool) int {
	if loan {
		return 1
	}
	return 0
}
