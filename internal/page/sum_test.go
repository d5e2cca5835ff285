package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// rows returns the rows of a sheet, those in the totals first.
func (v Sheet) rows() []*Row {
	var all []*Row
	for _, g := range v.Groups {
		all = append(all, g.Rows...)
	}
	return append(all, v.Left...)
}

// lines returns the table of a group as a reader sees it, cell by cell.
func (g *SumGroup) lines() []string {
	line := func(name string, c Columns) string { return fmt.Sprintf("%s | %s | %s", name, c.Firm, c.Announced) }
	out := []string{g.ID + " " + g.Currency}
	if g.Brought != (Columns{}) {
		out = append(out, line("brought", g.Brought))
	}
	for _, r := range g.Rows {
		out = append(out, line(r.Pledge.Title, r.Columns))
	}
	for _, x := range g.Parts {
		out = append(out, line(x.Of.Title+" "+x.Of.URL, x.Columns))
	}
	name := "total"
	if g.GoesOn {
		name = "carried"
	}
	return append(out, line(name, g.Total))
}

// lines returns the tables of groups.
func lines(groups []SumGroup) []string {
	var all []string
	for i := range groups {
		all = append(all, groups[i].lines()...)
	}
	return all
}

// TestASumEndsWithItsTotal proves that a sum is set as a reader adds it up: in digits, by currency, with loans apart and the total last.
func TestASumEndsWithItsTotal(t *testing.T) {
	v := view[SumPage](t, linked(t, ledgers), "/pledges/sum/")
	want := []string{
		"sum-eur EUR", "The fund | between 40 and 60 | ", "The joint |  | 10", "total | between 40 and 60 | 10",
		"sum-gbp GBP", "The shares | 5 | ", "The shares | 3 | ", "total | 8 | ",
		"sum-eur-loans EUR", "The credit | 3 | ", "total | 3 | ",
	}
	if d := cmp.Diff(want, lines(v.Groups)); d != "" {
		t.Error(d)
	}
	if v.In != 5 || v.Out != 8 || len(v.Left) != 8 || len(v.Doors) != 7 || !v.Whole {
		t.Errorf("%d in, %d out, %d told, %d doors", v.In, v.Out, len(v.Left), len(v.Doors))
	}
}

// TestTheWholeIsCutInEachDimension goes through the doors of the whole: in each dimension the parts come to the same total, and each part
// leads to its rows.
func TestTheWholeIsCutInEachDimension(t *testing.T) {
	pages := linked(t, ledgers)
	whole := view[SumPage](t, pages, "/pledges/sum/")
	for _, door := range whole.Doors {
		v := view[SumsBy](t, pages, door.URL)
		for i, g := range v.Groups {
			if d := cmp.Diff(whole.Groups[i].Total, g.Total); d != "" || g.ID != whole.Groups[i].ID {
				t.Errorf("%s: %s", door.URL, d)
			}
			for _, x := range g.Parts {
				sums, url := sumsAt(t, pages, x.Of.URL)
				if !slices.ContainsFunc(sums, func(g SumGroup) bool { return g.Total == x.Columns }) {
					t.Errorf("%s: %s says %v, and %s no such thing", door.URL, x.Of.Title, x.Columns, url)
				}
			}
		}
	}
	want := []string{
		"sum-eur EUR", "The northland /actors/northland/#sum | between 40 and 60 | ",
		"Joint, the split is not published /pledges/sum/donor/joint/ |  | 10", "total | between 40 and 60 | 10",
		"sum-gbp GBP", "The eastland /actors/eastland/#sum | 3 | ", "The northland /actors/northland/#sum | 5 | ", "total | 8 | ",
		"sum-eur-loans EUR", "The eastland /actors/eastland/#sum | 3 | ", "total | 3 | ",
	}
	byDonor := view[SumsBy](t, pages, "/pledges/sum/donor/")
	if d := cmp.Diff(want, lines(byDonor.Groups)); d != "" {
		t.Error(d)
	}
	if len(byDonor.Without) != 1 || byDonor.Without[0].Of.Title != "The southland" {
		t.Errorf("in no total are %+v", byDonor.Without)
	}
}

// sumsAt returns the groups at an address, be it a page of their own or a section of the page of an entry.
func sumsAt(t *testing.T, pages map[string]Page, address string) ([]SumGroup, string) {
	t.Helper()
	url, section, _ := strings.Cut(address, "#")
	switch v := pages[url].View().(type) {
	case SumPage:
		return v.Groups, url
	case Actor:
		if section == "sum" {
			return v.Sum.Groups, url
		}
	case Event:
		if section == "sum" {
			return v.Sum.Groups, url
		}
	}
	t.Fatalf("%s is no sum", address)
	return nil, ""
}

// TestThePagesOfParts reads some of them: what each is called, and where it stands.
func TestThePagesOfParts(t *testing.T) {
	pages := linked(t, ledgers)
	for url, want := range map[string]string{
		"/pledges/sum/donor/joint/":           "Sum of pledges by donor: Joint, the split is not published",
		"/pledges/sum/recipient/ukraine/":     "Sum of pledges by recipient: The ukraine",
		"/pledges/sum/recipient/joint/":       "Sum of pledges by recipient: To several recipients, the split is not published",
		"/pledges/sum/category/military/":     "Sum of pledges by category: military",
		"/pledges/sum/instrument/loan/":       "Sum of pledges by instrument: loan",
		"/pledges/sum/instrument/not-stated/": "Sum of pledges by instrument: Instrument not stated",
		"/pledges/sum/event/not-stated/":      "Sum of pledges by event: Not announced at an event recorded here",
		"/pledges/sum/month/2025-01/":         "Sum of pledges by month of announcement: January 2025",
		"/pledges/sum/stage/part-delivered/":  "Sum of pledges by stage: part-delivered",
		"/pledges/sum/stage/withdrawn/":       "Sum of pledges by stage: withdrawn",
	} {
		v := view[SumPage](t, pages, url)
		if v.Title != want || v.URL != url || len(v.Trail) != 4 || v.Doors != nil || v.Whole {
			t.Errorf("%s: %q at %s below %v", url, v.Title, v.URL, v.Trail)
		}
	}
	if v := view[SumPage](t, pages, "/pledges/sum/stage/withdrawn/"); len(v.Sums) != 0 || v.Out != 1 || v.Left[0].Reason != "withdrawn" {
		t.Errorf("%+v", v.Sheet)
	}
}

// manyPledges are pledges of one donor at one meeting: n in euro, then one in pounds and one without a sum.
func manyPledges(n int) string {
	var b strings.Builder
	b.WriteString("-- actors/giver.md --\nkind: state\n-- events/talks.md --\nkind: meeting\ndate: 2025-06-04\n-- sources/paper.md --\ntype: webpage\npublisher: P\nundated: true\n")
	for i := range n + 2 {
		amount := fmt.Sprintf("amount: {value: %d, currency: EUR}\n", i+1)
		switch i {
		case n:
			amount = "amount: {min: 7, currency: GBP}\n"
		case n + 1:
			amount = ""
		}
		stage := []string{"announced", "committed"}[i%2]
		fmt.Fprintf(&b, "-- pledges/p%04d.md --\ndonors: [giver]\nrecipient: giver\nannounced: {date: 2025-06-04, event: talks}\ncategory: military\n%ssteps: [{stage: %s, date: 2025-06-04, source: paper}]\nas_of: 2025-06-04\n", i, amount, stage)
	}
	return b.String()
}

// TestALongSumIsCarriedOver proves that each page of a long sum begins with what the pages before come to, so that each can be added up by
// itself, and that the sum of an entry goes on at pages below it.
func TestALongSumIsCarriedOver(t *testing.T) {
	const n = 2*MaxRows + 1
	pages := linked(t, manyPledges(n))
	for _, url := range []string{"/pledges/sum/", "/actors/giver/sum/", "/events/talks/sum/", "/pledges/sum/category/military/"} {
		first, second, third := view[SumPage](t, pages, url), view[SumPage](t, pages, url+"page/2/"), view[SumPage](t, pages, url+"page/3/")
		if g := first.Groups; len(g) != 1 || len(g[0].Rows) != MaxRows || !g[0].GoesOn || g[0].Brought != (Columns{}) || g[0].Total.Announced != "10,000" || g[0].Total.Firm != "10,100" {
			t.Errorf("%s: the first page has %d groups, the first of which comes to %+v", url, len(g), g[0].Total)
		}
		if g := second.Groups; len(g) != 1 || g[0].Brought != first.Groups[0].Total || !g[0].GoesOn || g[0].Total.Announced != "40,000" || g[0].Total.Firm != "40,200" {
			t.Errorf("%s: the second page brings forward %+v and comes to %+v", url, g[0].Brought, g[0].Total)
		}
		want := []string{
			"sum-eur EUR", "brought | 40,200 | 40,000", "The p0400 |  | 401", "total | 40,200 | 40,401", "sum-gbp GBP", "The p0401 | at least 7 | ", "total | at least 7 | ",
		}
		if d := cmp.Diff(want, lines(third.Groups)); d != "" || len(third.Left) != 1 {
			t.Errorf("%s: %d are left out on the third page, %s", url, len(third.Left), d)
		}
		if first.Sums[0].URL != url+"#sum-eur" || first.Sums[1].URL != url+"page/3/#sum-gbp" {
			t.Errorf("%s: the totals lead to %s and %s", url, first.Sums[0].URL, first.Sums[1].URL)
		}
		if cmp.Diff(first.Sums, third.Sums) != "" || len(third.Doors) != 0 {
			t.Errorf("%s: other totals on the third page", url)
		}
	}
	actor, event := view[Actor](t, pages, "/actors/giver/").Sum, view[Event](t, pages, "/events/talks/").Sum
	if len(actor.rows())+len(event.rows()) != 0 || actor.More.URL != "/actors/giver/sum/" || event.More.URL != "/events/talks/sum/" || actor.Sums[1].URL != "/actors/giver/sum/page/3/#sum-gbp" {
		t.Errorf("the page of the actor has %d rows, that of the event %d, and they lead to %v and %v", len(actor.rows()), len(event.rows()), actor.More, event.More)
	}
}

// TestTheRowsOfAShortSumStandOnThePageOfItsEntry reads those of a donor: a joint pledge is told there as left out.
func TestTheRowsOfAShortSumStandOnThePageOfItsEntry(t *testing.T) {
	pages := linked(t, ledgers)
	v := view[Actor](t, pages, "/actors/northland/").Sum
	var got []string
	for _, r := range v.rows() {
		got = append(got, r.line())
	}
	want := []string{
		"in fund/ between €40 and €60 firm", "in shares/ northland/ £5 firm", "out joint/ €10 joint; joint pledge; the split is not published",
		"out child/ €7; inside The fund", "out again/ between €40 and €60; announces again The fund",
	}
	if d := cmp.Diff(want, got); d != "" || v.More.URL != "" || v.Sums[0].URL != "" {
		t.Errorf("%+v %s", v.More, d)
	}
	if _, apart := pages["/actors/northland/sum/"]; apart {
		t.Error("a short sum has a page of its own")
	}
}

// TestEachRowNamesItsRates reads a converted sum: each row with what it comes to, by which rate of which day and source; the foot of each
// table; and the totals, which are led to wherever they are printed.
func TestEachRowNamesItsRates(t *testing.T) {
	day, _ := dossier.ParseDate("2025-01-01")
	rate := func(quote string, value float64) dossier.Rate {
		return dossier.Rate{Date: day, Base: "EUR", Quote: quote, Value: decimal.NewFromFloat(value), Source: "paper"}
	}
	site := dossier.Site{Title: "Site", BaseURL: "https://example.org", Language: "en-GB", Location: time.UTC, Currencies: []string{"EUR", "USD"}}
	options := graph.Options{Rates: dossier.Rates{File: "content/rates.csv", List: []dossier.Rate{rate("USD", 1.1), rate("GBP", 0.3)}}}
	pages := planned(graphAs(t, site, options, ledgers))
	v := view[SumPage](t, pages, "/pledges/sum/")
	var got []string
	for _, g := range v.Groups {
		for _, r := range g.Rows {
			for _, c := range r.Converted {
				line := r.Pledge.Title + ": " + c.Currency + " " + c.Sum
				for _, x := range c.Rates {
					line += " | " + x.Text + ", " + x.When.Text + ", " + x.Source.URL
				}
				got = append(got, line)
			}
		}
		for _, c := range g.Converted {
			got = append(got, fmt.Sprintf("total %s: %s %s | %s", g.Currency, c.Currency, c.Firm, c.Announced))
		}
	}
	const dollars, pounds = " | 1 EUR = 1.1 USD, 1 January 2025, /sources/paper/", " | 1 EUR = 0.3 GBP, 1 January 2025, /sources/paper/"
	want := []string{
		"The fund: EUR between 40 and 60", "The fund: USD between 44 and 66" + dollars, "The joint: EUR 10", "The joint: USD 11" + dollars,
		"total EUR: EUR between 40 and 60 | 10", "total EUR: USD between 44 and 66 | 11",
		"The shares: EUR 17" + pounds, "The shares: USD 18" + pounds + dollars, "The shares: EUR 10" + pounds, "The shares: USD 11" + pounds + dollars,
		"total GBP: EUR 27 | ", "total GBP: USD 29 | ",
		"The credit: EUR 3", "The credit: USD 3" + dollars, "total EUR: EUR 3 | ", "total EUR: USD 3 | ",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	sums := []Sum{
		{Currency: "EUR", Firm: "between €67 and €87", Announced: "€10", Rows: 4, URL: "/pledges/sum/#in"},
		{Currency: "USD", Firm: "between US$73 and US$95", Announced: "US$11", Rows: 4, URL: "/pledges/sum/#in"},
		{Currency: "EUR", Firm: "€3", Loans: true, Rows: 1, URL: "/pledges/sum/#in"}, {Currency: "USD", Firm: "US$3", Loans: true, Rows: 1, URL: "/pledges/sum/#in"},
	}
	for what, converted := range map[string][]Sum{
		"the sum": v.Converted, "home": view[Home](t, pages, "/").Converted, "the pledges": view[Pledges](t, pages, "/pledges/").Converted,
	} {
		if d := cmp.Diff(sums, converted); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	if donor := view[Actor](t, pages, "/actors/northland/").Sum; len(donor.Converted) != 2 || donor.Converted[0].Firm != "between €57 and €77" || donor.Converted[0].URL != "" {
		t.Errorf("a donor: %+v", donor.Converted)
	}
	if v := view[SumPage](t, linked(t, ledgers), "/pledges/sum/"); v.Converted != nil || v.Unconverted || v.Groups[0].Rows[0].Converted != nil || v.Groups[0].Converted != nil {
		t.Errorf("without rates: %+v", v.Converted)
	}
}
