package graph

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// ratesOf makes a file of rates, from lines without their source.
func ratesOf(lines ...string) txtar.File {
	text := "date,pair,rate,source\n"
	for _, line := range lines {
		text += line + ",paper\n"
	}
	return txtar.File{Name: ratesFile, Data: []byte(text)}
}

// TestConversion converts one pledge of 11 April 2025 at different rates.
func TestConversion(t *testing.T) {
	for _, test := range []struct {
		name, amount string
		rates        []string
		want         string
	}{
		{"a direct pair", "value: 100, currency: GBP", []string{"2025-04-11,GBP/EUR,1.2", "2025-04-11,GBP/USD,1.3"}, "EUR 120 by GBP/EUR, USD 130 by GBP/USD"},
		{"the inverse", "value: 84, currency: GBP", []string{"2025-04-11,EUR/GBP,0.84", "2025-04-11,USD/GBP,0.7"}, "EUR 100 by EUR/GBP, USD 120 by USD/GBP"},
		{"through the euro", "value: 84, currency: GBP", []string{"2025-04-11,EUR/GBP,0.84", "2025-04-11,EUR/USD,1.1"}, "EUR 100 by EUR/GBP, USD 110 by EUR/GBP EUR/USD"},
		{"through the euro the other way round", "value: 84, currency: GBP", []string{"2025-04-11,GBP/EUR,2", "2025-04-11,USD/EUR,0.8"}, "EUR 168 by GBP/EUR, USD 210 by GBP/EUR USD/EUR"},
		{"a pair goes before the euro", "value: 100, currency: GBP", []string{"2025-04-11,GBP/EUR,1.2", "2025-04-11,EUR/USD,1.1", "2025-04-04,GBP/USD,1.3"}, "EUR 120 by GBP/EUR, USD 130 by GBP/USD"},
		{"stated in one of them", "value: 100, currency: EUR", []string{"2025-04-11,EUR/USD,1.1"}, "EUR 100 by , USD 110 by EUR/USD"},
		{"the last day before", "value: 100, currency: EUR", []string{"2025-04-04,EUR/USD,1.1", "2025-04-09,USD/EUR,0.5", "2025-04-12,EUR/USD,7"}, "EUR 100 by , USD 200 by USD/EUR"},
		{"a range", "min: 100, max: 200, currency: EUR", []string{"2025-04-11,EUR/USD,1.1"}, "EUR between 100 and 200 by , USD between 110 and 220 by EUR/USD"},
		{"at least", "min: 100, currency: EUR", []string{"2025-04-11,EUR/USD,1.1"}, "EUR at least 100 by , USD at least 110 by EUR/USD"},
		{"up to", "max: 100, currency: EUR", []string{"2025-04-11,EUR/USD,1.1"}, "EUR up to 100 by , USD up to 110 by EUR/USD"},
		{"a cent", "value: 0.01, currency: EUR", []string{"2025-04-11,EUR/USD,1.1"}, "EUR 0.01 by , USD 0.011 by EUR/USD"},
	} {
		g := linked(t, pledgeFile("p", "[uk]", test.amount, nil), ratesOf(test.rates...))
		if got := conversions(g.rel.rows[Find[*dossier.Pledge](g, "p")][0]); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// conversions returns what a row comes to, as "EUR 120 by GBP/EUR".
func conversions(r *Row) string {
	var all []string
	for _, c := range r.Converted {
		var pairs []string
		for _, rate := range c.Rates {
			pairs = append(pairs, rate.Pair())
		}
		all = append(all, c.Currency+" "+c.Text()+" by "+strings.Join(pairs, " "))
	}
	return strings.Join(all, ", ")
}

// TestConvertedTotalsKeepApart holds that firm and announced, and loans and the rest, are no more added up converted than as stated.
func TestConvertedTotalsKeepApart(t *testing.T) {
	rates := ratesOf("2025-04-11,EUR/USD,1.25", "2025-04-11,EUR/GBP,0.8")
	g := linked(t, rates, pledgeFile("a", "[uk]", "value: 100, currency: EUR", nil), pledgeFile("b", "[uk]", "value: 80, currency: GBP", []string{"committed"}),
		pledgeFile("c", "[norway]", "value: 125, currency: USD", nil), pledgeFile("d", "[norway]", "min: 8, currency: GBP", nil, "instrument: loan"))
	const want = "EUR false 1: , 100; GBP false 1: 80, ; USD false 1: , 125; GBP true 1: , at least 8; " +
		"EUR false 3: 100, 200; USD false 3: 125, 250; EUR true 1: , at least 10; USD true 1: , at least 12.5; "
	if got := total(g); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	balances(t, g)
}

// TestWithoutAFileNothingIsConverted tells a site without rates from one whose file has no line.
func TestWithoutAFileNothingIsConverted(t *testing.T) {
	g := linked(t, germany)
	if g.Currencies() != nil || g.LacksRates() || Converted(g.LedgerOf(Cut{}).Totals()) != nil {
		t.Error("a site without rates converts")
	}
	_, problems := load(slices.Concat(world, []txtar.File{germany, ratesOf()}), Options{})
	if len(problems) != 1 || problems[0].Code != diag.MissingRate {
		t.Errorf("a file without a line gives %v", problems)
	}
	_, problems = load(slices.Concat(world, []txtar.File{germany, ratesOf("2025-04-11,EUR/USD,nothing")}), Options{})
	if len(problems) != 1 || problems[0].Code != diag.BadNumber {
		t.Errorf("a rate that cannot be read gives %v", problems)
	}
}

// TestARecordConvertsByTheSourcesItHas builds the record of a moment before the source of a rate was published: nothing is converted there,
// rather than a part of it.
func TestARecordConvertsByTheSourcesItHas(t *testing.T) {
	late := entryFile("sources/late", "published: 2026-11-23T12:00:00Z")
	other := pledgeFile("other", "[uk]", "value: 80, currency: GBP", nil)
	files := slices.Concat(world, []txtar.File{germany, other, late, entryFile("actors/newcomer", "kind: state", "published: 2026-11-25T12:00:00Z"), {
		Name: ratesFile, Data: []byte("date,pair,rate,source\n2025-04-11,EUR/USD,1.25,paper\n2025-04-11,EUR/GBP,0.8,late\n"),
	}})
	g, problems := load(files, Options{})
	if len(problems) > 0 || len(g.Currencies()) != 2 {
		t.Fatal(problems)
	}
	for day, want := range map[int]bool{22: false, 24: true} {
		then, err := g.At(time.Date(2026, 11, day, 12, 0, 0, 0, time.UTC))
		if err != nil || then == g {
			t.Fatal(err)
		}
		converted := Converted(then.LedgerOf(Cut{}).Totals())
		if (len(converted) > 0) != want || then.LacksRates() == want || (len(then.Currencies()) > 0) != want {
			t.Errorf("on the %d. the totals are converted to %v", day, converted)
		}
		if then.WithoutDeadEnds(func(string) bool { return false }).LacksRates() == want {
			t.Error("without dead ends the rates are others")
		}
	}
}
