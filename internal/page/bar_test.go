package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line writes a line of a cut as a reader would read it, with its bar: the fill, the place and the width of each part.
func (x BarLine) line() string {
	var of []string
	for _, r := range x.Of {
		of = append(of, strings.TrimPrefix(r.Title, "The "))
	}
	s := fmt.Sprintf("%s [%s %s] %s | %s | %s", strings.Join(of, "+"), x.Sum.Title, x.Sum.URL, x.Delivered, x.Firm, x.Announced)
	if x.Joint {
		s = "joint " + s
	}
	return s + " ::" + x.Bar.text()
}

func (b Bar) text() string {
	var s string
	for _, part := range b {
		s += fmt.Sprintf(" %s %d+%d", part.Fill, part.X, part.Width)
	}
	return s
}

func text(groups []BarGroup) []string {
	var out []string
	for _, g := range groups {
		head := "# " + g.ID + " " + g.Currency + " full " + g.Full
		if g.Loans {
			head += " loans"
		}
		out = append(out, head)
		for _, x := range g.Lines {
			out = append(out, x.line())
		}
	}
	return out
}

// paid are pledges of which money arrived, in part and not at all, and things that cost money.
const paid = `
-- pledges/part-paid.md --
donors: [northland]
recipient: ukraine
announced: {date: 2025-01-11, event: talks}
category: financial
amount: {value: 40, currency: EUR}
steps:
  - {stage: announced, date: 2025-01-11, source: paper}
  - {stage: delivered, date: 2025-02-11, source: paper, amount: {value: 10, currency: EUR}}
as_of: 2025-03-01
-- pledges/paid-in-things.md --
donors: [southland]
recipient: ukraine
announced: 2025-01-12
category: military
amount: {value: 50, currency: EUR}
items: [{what: boats, value: 5}]
steps:
  - {stage: announced, date: 2025-01-12, source: paper}
  - {stage: delivered, date: 2025-02-12, source: paper, final: true, items: [{what: boats, value: 5}]}
as_of: 2025-03-01
`

// TestBarsTellDonorsApart reads the totals by donor: the biggest come first, each bar to the scale of its currency alone; joint pledges
// have a line of their own; and only money that a step tells of is delivered, not the price of things that arrived.
func TestBarsTellDonorsApart(t *testing.T) {
	v := view[Pledges](t, linked(t, ledgers+paid), "/pledges/")
	want := []string{
		"# donors-eur EUR full €100",
		"northland [2 rows /actors/northland/#sum] €10 | between €80 and €100 |  :: delivered 0+100 firm 100+700 range 800+200",
		"southland [1 row /actors/southland/#sum]  | €50 |  :: firm 0+500",
		"joint North+southland [1 row /pledges/sum/donor/joint/#sum-eur]  |  | €10 :: announced 0+100",
		"# donors-gbp GBP full £5",
		"northland [1 row /actors/northland/#sum]  | £5 |  :: firm 0+1000",
		"eastland [1 row /actors/eastland/#sum]  | £3 |  :: firm 0+600",
		"# donors-eur-loans EUR full €3 loans",
		"eastland [1 row /actors/eastland/#sum]  | €3 |  :: firm 0+1000",
	}
	if d := cmp.Diff(want, text(v.Donors)); d != "" {
		t.Error(d)
	}
}

// TestBarsTellMeetingsApart reads the same totals by event: what was announced at none is not left out.
func TestBarsTellMeetingsApart(t *testing.T) {
	v := view[Pledges](t, linked(t, ledgers+paid), "/pledges/")
	want := []string{
		"# meetings-eur EUR full €100",
		"talks [2 rows /events/talks/#sum] €10 | between €80 and €100 |  :: delivered 0+100 firm 100+700 range 800+200",
		"Not announced at an event recorded here [2 rows /pledges/sum/event/not-stated/#sum-eur]  | €50 | €10 :: firm 0+500 announced 500+100",
		"# meetings-gbp GBP full £8",
		"Not announced at an event recorded here [2 rows /pledges/sum/event/not-stated/#sum-gbp]  | £8 |  :: firm 0+1000",
		"# meetings-eur-loans EUR full €3 loans",
		"Not announced at an event recorded here [1 row /pledges/sum/event/not-stated/#sum-eur-loans]  | €3 |  :: firm 0+1000",
	}
	if d := cmp.Diff(want, text(v.Meetings)); d != "" {
		t.Error(d)
	}
}

// TestDonorsWithoutASumAreNamedWithWhatTheyPromised proves that a table of sums hides nobody.
func TestDonorsWithoutASumAreNamedWithWhatTheyPromised(t *testing.T) {
	v := view[Pledges](t, linked(t, ledgers), "/pledges/")
	if len(v.Unsummed) != 1 || v.Unsummed[0].Donor.Title != "The southland" || v.Unsummed[0].More != 2 {
		t.Fatalf("%+v", v.Unsummed)
	}
	var got []string
	for _, r := range v.Unsummed[0].Promised {
		got = append(got, r.Title+" "+r.URL)
	}
	want := []string{"The words /pledges/words/", "1,200 drones and more /pledges/things/", "€1 a year /pledges/yearly/", "€9 /pledges/taken-back/"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestAPledgeHasABarWhereItsDeliveryIsCounted covers money and things, and pledges of which nobody knows how much arrived.
func TestAPledgeHasABarWhereItsDeliveryIsCounted(t *testing.T) {
	const head = `
-- actors/a.md --
kind: state
-- sources/paper.md --
type: webpage
publisher: P
undated: true
-- pledges/p.md --
donors: [a]
recipient: a
announced: 2025-01-01
category: military
as_of: 2025-03-01
`
	for _, c := range []struct{ promise, step, want string }{
		{"amount: {value: 40, currency: EUR}", "amount: {value: 10, currency: EUR}", "€10 of €40: delivered 0+250 firm 250+750"},
		{"amount: {min: 40, max: 80, currency: EUR}", "amount: {value: 20, currency: EUR}", "€20 of between €40 and €80: delivered 0+250 firm 250+250 range 500+500"},
		{"amount: {max: 40, currency: EUR}", "amount: {value: 10, currency: EUR}", "€10 of up to €40: delivered 0+250 range 250+750"},
		{"items: [{what: tanks, value: 4}]", "items: [{what: tanks, value: 5}], note: One more.", "5 tanks, more than the 4 promised: delivered 0+1000"},
		{"items: [{what: tanks, value: 4}]", "items: [{what: boats, value: 4}]", ""},
		{"items: [{what: tanks, value: 4}]", "note: Some.", ""},
		{"items: [{what: tanks, value: 4}]", "final: true, items: [{what: tanks, value: 3}]", ""},
		{"amount: {value: 4, currency: EUR, per: year}", "amount: {value: 3, currency: EUR}", ""},
	} {
		steps := "steps: [{stage: delivered, date: 2025-02-01, source: paper, " + c.step + "}]\n"
		v := view[Pledge](t, linked(t, head+c.promise+"\n"+steps), "/pledges/p/")
		got := ""
		for _, b := range v.Bars {
			got += b.Text + ":" + b.Bar.text()
		}
		if got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.promise, c.step, got, c.want)
		}
	}
}

// TestThePartsOfABarStayInIt proves that the smallest sum is seen, and that none reaches out of the picture by more than that.
func TestThePartsOfABarStayInIt(t *testing.T) {
	v := view[Pledges](t, linked(t, strings.Replace(ledgers, "min: 40, max: 60", "min: 40_000_000_000, max: 60_000_000_000", 1)), "/pledges/")
	for _, x := range v.Donors[0].Lines {
		for _, part := range x.Bar {
			if part.Width < minPart || part.X < 0 || part.X+part.Width > StripWidth+minPart {
				t.Errorf("%s", x.line())
			}
		}
	}
}
