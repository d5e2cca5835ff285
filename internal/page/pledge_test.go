package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ledgers is a site with a pledge of each sort that a total treats in a way of its own.
const ledgers = `
-- actors/ukraine.md --
kind: state
-- actors/northland.md --
kind: state
short_name: North
-- actors/southland.md --
kind: state
-- actors/eastland.md --
kind: state
-- events/talks.md --
kind: meeting
date: 2025-01-01/2025-06-04
-- sources/paper.md --
type: webpage
publisher: P
undated: true
-- pledges/fund.md --
donors: [northland]
recipient: ukraine
announced: {date: 2025-01-01, event: talks}
category: financial
amount: {min: 40, max: 60, currency: EUR}
steps:
  - {stage: announced, date: 2025-01-01, source: paper}
  - {stage: committed, date: 2025-02-01, source: paper}
as_of: 2025-03-01
-- pledges/joint.md --
donors: [northland, southland]
recipient: ukraine
announced: 2025-01-02
category: military
amount: {value: 10, currency: EUR}
steps: [{stage: announced, date: 2025-01-02, source: paper}]
as_of: 2025-03-01
-- pledges/shares.md --
donors:
  - {actor: northland, amount: {value: 5, currency: GBP}}
  - {actor: southland, amount: {value: 2, currency: GBP}, part_of: fund}
  - eastland
recipient: ukraine
announced: 2025-01-03
category: military
amount: {value: 10, currency: GBP}
steps: [{stage: allocated, date: 2025-01-03, source: paper}]
as_of: 2025-03-01
-- pledges/child.md --
donors: [northland]
recipient: ukraine
announced: 2025-01-04
category: military
amount: {value: 7, currency: EUR}
part_of: fund
steps: [{stage: announced, date: 2025-01-04, source: paper}]
as_of: 2025-03-01
-- pledges/again.md --
donors: [northland]
recipient: ukraine
announced: {date: 2025-06-04, event: talks}
category: financial
amount: {min: 40, max: 60, currency: EUR}
reannounces: fund
steps: [{stage: announced, date: 2025-06-04, source: paper}]
as_of: 2025-06-04
-- pledges/credit.md --
donors: [eastland]
recipient: ukraine
announced: 2025-01-05
category: financial
instrument: loan
amount: {value: 3, currency: EUR}
steps: [{stage: committed, date: 2025-01-05, source: paper}]
as_of: 2025-03-01
-- pledges/taken-back.md --
donors: [southland]
recipient: ukraine
announced: 2025-01-06
category: financial
amount: {value: 9, currency: EUR}
steps:
  - {stage: announced, date: 2025-01-06, source: paper}
  - {stage: withdrawn, date: 2025-02-06, source: paper}
as_of: 2025-03-01
-- pledges/yearly.md --
donors: [southland]
recipient: ukraine
announced: 2025-01-07
category: financial
amount: {value: 1, currency: EUR, per: year}
steps: [{stage: announced, date: 2025-01-07, source: paper}]
as_of: 2025-03-01
-- pledges/things.md --
donors: [southland]
recipient: [ukraine, eastland]
announced: 2025-01-08
category: military
items: [{what: drones, value: 1200}, {what: boats, min: 3}]
steps:
  - {stage: announced, date: 2025-01-08, source: paper}
  - {stage: delivered, date: 2025-02-08, source: paper, items: [{what: drones, value: 600}]}
as_of: 2025-03-01
-- pledges/words.md --
donors: [southland]
recipient: ukraine
announced: 2025-01-09
category: diplomatic
steps: [{stage: announced, date: 2025-01-09, source: paper}]
as_of: 2025-03-01
-- pledges/overlap.md --
donors: [eastland]
recipient: ukraine
announced: 2025-01-10
category: financial
amount: {value: 100, currency: EUR}
uncounted: It covers what others count too.
steps: [{stage: announced, date: 2025-01-10, source: paper}]
as_of: 2025-03-01
`

// line writes a row of a ledger as an auditor would read it.
func (r Row) line() string {
	s := "out"
	if r.In {
		s = "in"
	}
	s += " " + strings.TrimPrefix(r.Pledge.URL, "/pledges/")
	if r.Donor.URL != "" {
		s += " " + strings.TrimPrefix(r.Donor.URL, "/actors/")
	}
	s += " " + r.Amount
	if r.Joint {
		s += " joint"
	}
	if r.Firm {
		s += " firm"
	}
	if r.Reason != "" {
		s += "; " + r.Reason
	}
	if r.See.URL != "" {
		s += " " + r.See.Title
	}
	return s
}

// TestEveryRowOfASumIsShownWithWhy proves that a total can be audited: each pledge stands once among the rows that are in it, or among
// those that are not, with the reason in words and a link to the pledge that the reason speaks of.
func TestEveryRowOfASumIsShownWithWhy(t *testing.T) {
	v := view[SumPage](t, linked(t, ledgers), "/pledges/sum/")
	var got []string
	for _, r := range v.rows() {
		got = append(got, r.line())
	}
	want := []string{
		"in fund/ between €40 and €60 firm",
		"in joint/ €10 joint",
		"in shares/ northland/ £5 firm",
		"in shares/ eastland/ £3 firm",
		"in credit/ €3 firm",
		"out shares/ southland/ £2 firm; share inside The fund",
		"out child/ €7; inside The fund",
		"out taken-back/ €9 firm; withdrawn",
		"out yearly/ €1 a year; a sum for each year, not a total",
		"out things/  firm; no amount stated",
		"out words/ ; no amount stated",
		"out overlap/ €100; It covers what others count too.",
		"out again/ between €40 and €60; announces again The fund",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(v.Trail) != 2 || v.Trail[1].URL != "/pledges/" {
		t.Errorf("trail %v", v.Trail)
	}
}

// TestARowHasRoomForSomeDonors proves that what a pledge takes on the page of each donor does not grow with their number.
func TestARowHasRoomForSomeDonors(t *testing.T) {
	archive, ids := ledgers, make([]string, maxParty+3)
	for i := range ids {
		ids[i] = fmt.Sprintf("donor-%d", i)
		archive += fmt.Sprintf("-- actors/%s.md --\nkind: state\n", ids[i])
	}
	archive = strings.Replace(archive, "donors: [northland, southland]", "donors: ["+strings.Join(ids, ", ")+"]", 1)
	pages := linked(t, archive)
	var got [][]Ref
	for _, r := range view[SumPage](t, pages, "/pledges/sum/").rows() {
		if r.Joint {
			got = append(got, r.Whose)
		}
	}
	for _, r := range view[Pledges](t, pages, "/pledges/").Rows {
		if r.Pledge.URL == "/pledges/joint/" {
			got = append(got, r.Donors)
		}
	}
	want := Ref{Title: "3 more", URL: "/pledges/joint/"}
	for _, refs := range got {
		if len(refs) != maxParty+1 || refs[0].URL != "/actors/donor-0/" || refs[maxParty] != want {
			t.Errorf("%v", refs)
		}
	}
	if n := len(view[Pledge](t, pages, "/pledges/joint/").Donors); len(got) != 2 || n != len(ids) {
		t.Errorf("%d rows, and %d donors on its own page", len(got), n)
	}
}

// TestTotalsKeepCurrenciesLoansAndRangesApart proves that nothing is converted, and that a range adds up to a range.
func TestTotalsKeepCurrenciesLoansAndRangesApart(t *testing.T) {
	want := []Sum{
		{Currency: "EUR", Firm: "between €40 and €60", Announced: "€10", Rows: 2, URL: "/pledges/sum/#sum-eur"},
		{Currency: "GBP", Firm: "£8", Rows: 2, URL: "/pledges/sum/#sum-gbp"},
		{Currency: "EUR", Firm: "€3", Loans: true, Rows: 1, URL: "/pledges/sum/#sum-eur-loans"},
	}
	pages := linked(t, ledgers)
	home, all := view[Home](t, pages, "/"), view[Pledges](t, pages, "/pledges/")
	for name, got := range map[string][]Sum{"pledges": all.Sums, "sum": view[SumPage](t, pages, "/pledges/sum/").Sums} {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if d := cmp.Diff(want[:2], home.Main); d != "" || home.More != 1 {
		t.Errorf("home names %d totals less: %s", home.More, d)
	}
	if home.Pledges != 11 || home.InTotals != 5 || all.In != 5 || all.Out != 8 {
		t.Errorf("%d pledges, %d rows in the totals, on the index %d in and %d out", home.Pledges, home.InTotals, all.In, all.Out)
	}
}

// TestADonorsSumsLeaveJointPledgesOut proves that a donor's page counts its shares, and no promise of which nobody knows the split.
func TestADonorsSumsLeaveJointPledgesOut(t *testing.T) {
	pages := linked(t, ledgers)
	for id, want := range map[string][]Sum{
		"northland": {{Currency: "EUR", Firm: "between €40 and €60", Rows: 1}, {Currency: "GBP", Firm: "£5", Rows: 1}},
		"southland": {},
		"eastland":  {{Currency: "GBP", Firm: "£3", Rows: 1}, {Currency: "EUR", Firm: "€3", Loans: true, Rows: 1}},
	} {
		if d := cmp.Diff(want, view[Actor](t, pages, "/actors/"+id+"/").Sum.Sums); d != "" {
			t.Errorf("on %s: %s", id, d)
		}
	}
}

// TestAPledgeSaysWhereItIsCounted reads the same rows on the pages of single pledges.
func TestAPledgeSaysWhereItIsCounted(t *testing.T) {
	pages := linked(t, ledgers)
	for id, want := range map[string][]string{
		"joint":      {"in joint/ €10 joint"},
		"child":      {"out child/ €7; inside The fund"},
		"again":      {"out again/ between €40 and €60; announces again The fund"},
		"taken-back": {"out taken-back/ €9 firm; withdrawn"},
		"shares":     {"in shares/ northland/ £5 firm", "in shares/ eastland/ £3 firm", "out shares/ southland/ £2 firm; share inside The fund"},
	} {
		var got []string
		for _, r := range view[Pledge](t, pages, "/pledges/"+id+"/").Counting {
			got = append(got, r.line())
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", id, d)
		}
	}
}

// TestAPledgeLeadsToEachSumThatItIsIn covers a pledge with shares, one of which is in the sum of another pledge, and one that counts
// nowhere.
func TestAPledgeLeadsToEachSumThatItIsIn(t *testing.T) {
	pages := linked(t, ledgers)
	for id, want := range map[string][]string{
		"shares": {
			"/pledges/sum/", "/actors/northland/#sum", "/actors/eastland/#sum", "/pledges/sum/recipient/ukraine/", "/pledges/sum/category/military/",
			"/pledges/sum/month/2025-01/", "/pledges/sum/stage/allocated/",
		},
		"joint": {
			"/pledges/sum/", "/pledges/sum/donor/joint/", "/pledges/sum/recipient/ukraine/", "/pledges/sum/category/military/",
			"/pledges/sum/month/2025-01/", "/pledges/sum/stage/announced/",
		},
		"child": nil,
	} {
		var got []string
		for _, r := range view[Pledge](t, pages, "/pledges/"+id+"/").CountedIn {
			if got = append(got, r.URL); !strings.Contains(r.URL, "#") && pages[r.URL] == (Page{}) {
				t.Errorf("%s leads to %s, where there is no page", id, r.URL)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", id, d)
		}
	}
}

// TestPledgesThatBelongTogetherLeadToEachOther covers what lies inside a pledge, whole or with one donor's share, and what repeats it.
func TestPledgesThatBelongTogetherLeadToEachOther(t *testing.T) {
	pages := linked(t, ledgers)
	titles := func(rows []*PledgeRow) string {
		var all []string
		for _, r := range rows {
			all = append(all, r.Pledge.Title)
		}
		return strings.Join(all, ", ")
	}
	fund := view[Pledge](t, pages, "/pledges/fund/")
	if titles(fund.Parts) != "The shares, The child" || titles(fund.RepeatedBy) != "The again" || fund.PartOf.URL != "" || fund.Repeats.URL != "" {
		t.Errorf("in the fund are %s; it is repeated by %s", titles(fund.Parts), titles(fund.RepeatedBy))
	}
	if len(fund.Kin) != 0 {
		t.Errorf("what stands above is named again: %+v", fund.Kin)
	}
	if v := view[Pledge](t, pages, "/pledges/child/"); v.PartOf.URL != "/pledges/fund/" {
		t.Errorf("the child lies inside %v", v.PartOf)
	}
	if v := view[Pledge](t, pages, "/pledges/again/"); v.Repeats.URL != "/pledges/fund/" {
		t.Errorf("it announces %v again", v.Repeats)
	}
	donors := view[Pledge](t, pages, "/pledges/shares/").Donors
	if donors[0].Share != "£5" || donors[1].PartOf.URL != "/pledges/fund/" || donors[2].Share != "" || donors[2].PartOf.URL != "" {
		t.Errorf("donors %+v", donors)
	}
}

// TestARowSaysWhatWasPromised covers sums, things, and neither: a row is never empty by mistake.
func TestARowSaysWhatWasPromised(t *testing.T) {
	rows := map[string]*PledgeRow{}
	for _, r := range view[Pledges](t, linked(t, ledgers), "/pledges/").Rows {
		rows[r.ID] = r.PledgeRow
	}
	for id, want := range map[string]string{
		"fund": "between €40 and €60", "things": "1,200 drones and more", "words": "", "yearly": "€1 a year",
	} {
		if got := rows["pledge-"+id].What; got != want {
			t.Errorf("%s promises %q, want %q", id, got, want)
		}
	}
	things := rows["pledge-things"]
	if len(things.Recipients) != 2 || things.Status != "part-delivered" || things.AsOf.Machine != "2025-03-01" {
		t.Errorf("%+v", things)
	}
	if north := rows["pledge-fund"].Donors[0]; north.Title != "North" || north.URL != "/actors/northland/" {
		t.Errorf("a table names the donor %v", north)
	}
	if e := rows["pledge-again"].Event; e.URL != "/events/talks/" {
		t.Errorf("it was made at %v", e)
	}
}

// TestThePledgesOfAnEventAddUpWithoutWhatTheyRepeat proves that a meeting's total holds what is new there.
func TestThePledgesOfAnEventAddUpWithoutWhatTheyRepeat(t *testing.T) {
	v := view[Event](t, linked(t, ledgers), "/events/talks/")
	want := []Sum{{Currency: "EUR", Firm: "between €40 and €60", Rows: 1}}
	if d := cmp.Diff(want, v.Sum.Sums); d != "" || len(v.Pledges) != 2 {
		t.Errorf("%d pledges, %s", len(v.Pledges), d)
	}
}

// TestStages goes through what a pledge's steps may tell. What no step tells is never shown as done, nor as not done.
func TestStages(t *testing.T) {
	const head = "-- actors/a.md --\nkind: state\n-- sources/paper.md --\ntype: webpage\npublisher: P\nundated: true\n-- pledges/p.md --\n" +
		"donors: [a]\nrecipient: a\nannounced: 2025-01-01\ncategory: military\namount: {value: 10, currency: EUR}\nas_of: 2025-12-31\nsteps:\n"
	const unknown, passed = "not known to us", "no record of its own"
	for _, c := range []struct {
		steps  string
		status string
		want   []string
	}{
		{"announced 2025-01-01", "announced", []string{"done 2025-01-01", unknown, unknown, unknown}},
		{"announced 2025-01-01, committed 2025-02-01", "committed", []string{"done 2025-01-01", "done 2025-02-01", unknown, unknown}},
		{"committed 2025-02-01", "committed", []string{passed, "done 2025-02-01", unknown, unknown}},
		{"announced 2025-01-01, allocated 2025-03", "allocated", []string{"done 2025-01-01", passed, "done 2025-03", unknown}},
		{"announced 2025-01-01, delivered 2025-04-01 4", "part-delivered", []string{"done 2025-01-01", passed, passed, "part 2025-04-01"}},
		{"announced 2025-01-01, delivered 2025-04-01 4, delivered 2025-05-01 6", "delivered", []string{"done 2025-01-01", passed, passed, "done 2025-05-01"}},
		{"announced 2025-01-01, delivered 2025-04-01 final", "delivered", []string{"done 2025-01-01", passed, passed, "done 2025-04-01"}},
		{"announced 2025-01-01, withdrawn 2025-06-01", "withdrawn", []string{"done 2025-01-01", unknown, unknown, unknown, "done 2025-06-01"}},
		{"announced 2025-01-01, committed 2025-02-01, withdrawn 2025-06-01 4, withdrawn 2025-07-01 6", "withdrawn",
			[]string{"done 2025-01-01", "done 2025-02-01", unknown, unknown, "done 2025-07-01"}},
		{"announced 2025-01-01, withdrawn 2025-06-01 4", "announced", []string{"done 2025-01-01", unknown, unknown, unknown}},
	} {
		var b strings.Builder
		for step := range strings.SplitSeq(c.steps, ", ") {
			words := strings.Fields(step)
			fmt.Fprintf(&b, "  - {stage: %s, date: %s, source: paper", words[0], words[1])
			switch {
			case len(words) == 3 && words[2] == "final":
				b.WriteString(", final: true")
			case len(words) == 3:
				fmt.Fprintf(&b, ", amount: {value: %s, currency: EUR}", words[2])
			}
			b.WriteString("}\n")
		}
		v := view[Pledge](t, linked(t, head+b.String()), "/pledges/p/")
		var got []string
		for _, s := range v.Stages {
			got = append(got, strings.TrimSuffix(s.State+" "+s.When.Machine, " "))
		}
		if d := cmp.Diff(c.want, got); d != "" || v.Status != c.status {
			t.Errorf("%s: status %s, %s", c.steps, v.Status, d)
		}
	}
}

// TestALedgerShowsEachStepByItself proves that a step's row holds its own sum and things, and keeps its address.
func TestALedgerShowsEachStepByItself(t *testing.T) {
	v := view[Pledge](t, linked(t, ledgers), "/pledges/things/")
	if len(v.Steps) != 2 || v.Steps[0].ID != "step-a" || v.Steps[0].What != "the whole promise" || v.Steps[1].ID != "step-b" || v.Steps[1].What != "600 drones" {
		t.Errorf("steps %+v", v.Steps)
	}
	if v.Sentence != "Part-delivered: 600 of 1,200 drones, as of 1 March 2025" {
		t.Errorf("sentence %q", v.Sentence)
	}
	if len(v.Items) != 2 || v.Items[1] != "at least 3 boats" || v.Amount != "" {
		t.Errorf("things %q, sum %q", v.Items, v.Amount)
	}
	if v.AsOf.Text != "1 March 2025" || v.Category != "military" || v.Instrument != "" {
		t.Errorf("as of %v, %s, %s", v.AsOf, v.Category, v.Instrument)
	}
}

// TestAFigureIsAClaimOfSomeone proves that a figure is shown with who said it, and is in no total.
func TestAFigureIsAClaimOfSomeone(t *testing.T) {
	pages := linked(t, ledgers+`
-- figures/total.md --
min: 66500000000
currency: USD
wording: more than $66.5 billion
measures: Aid since 2022.
as_of: 2025-01-20
asserted_by: northland
-- figures/share.md --
value: 12
unit: percent
as_of: 2025-02
disputed:
  - point: The share
    versions: [{text: Twelve, asserted_by: northland}, {text: Ten}]
`)
	v := view[Figure](t, pages, "/figures/total/")
	if v.Value != "more than US$66.5 billion" || v.AssertedBy.URL != "/actors/northland/" || v.AsOf.Text != "20 January 2025" {
		t.Errorf("%q by %v as of %v", v.Value, v.AssertedBy, v.AsOf)
	}
	share := view[Figure](t, pages, "/figures/share/")
	if share.Value != "12%" || share.AssertedBy.Title != "" || len(share.Disputed) != 1 || share.Disputed[0].Versions[1].By.Title != "" {
		t.Errorf("%+v", share)
	}
	rows := view[Figures](t, pages, "/figures/").Rows
	if len(rows) != 2 || rows[0].Figure.Title != "The share" || rows[1].AssertedBy.Title != "The northland" {
		t.Errorf("rows %+v", rows)
	}
	if c := view[Actor](t, pages, "/actors/northland/").Figures; len(c) != 1 || c[0].URL != "/figures/total/" {
		t.Errorf("figures of the actor: %v", c)
	}
	if got := view[Home](t, pages, "/").InTotals; got != 5 {
		t.Errorf("with figures there are %d rows in the totals", got)
	}
}
