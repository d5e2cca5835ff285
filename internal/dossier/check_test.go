package dossier

import (
	"fmt"
	"testing"
)

// TestChecks gives each Check what no single key can know to be wrong. A report is the path of the culprit and what is said of it.
func TestChecks(t *testing.T) {
	early, late := mustDate(t, "2024"), mustDate(t, "2025-06-04")
	published := Head{Published: instant(t, "2026-11-21T12:00:00Z"), Seldom: &Seldom{}}
	older := published
	older.Seldom = &Seldom{Changes: []Change{{At: published.Published}, {At: published.Published.Add(-1)}}}
	two := []Version{{Text: "Yes"}, {Text: "No"}}
	half := func(sum, currency, per string) Donor {
		return Donor{Actor: ID("donor-" + sum), Amount: Amount{Range: mustRange(t, sum), Currency: currency, Per: per}}
	}
	promise := func(sum string, donors ...Donor) *Pledge {
		return &Pledge{Amount: money(t, sum), Donors: donors}
	}
	dated := func(p *Pledge, announced, asOf string) *Pledge {
		p.Announced.Date, p.AsOf = mustDate(t, announced), mustDate(t, asOf)
		return p
	}
	tests := []struct {
		name    string
		checker Checker
		want    string
	}{
		{"a change before publication", &Actor{Head: older}, "[changes 1 at] the change is older than the entry, which was published at 2026-11-21T12:00:00Z"},
		{"a role backwards", &Role{From: late, To: early}, "[to] the role ends on 2024, before it begins"},
		{"a role within one year", &Role{From: late, To: mustDate(t, "2025")}, ""},
		{"a membership backwards", &Membership{From: late, To: early}, "[to] the membership ends on 2024, before it begins"},
		{"a tenure backwards", &Tenure{From: late, To: early}, "[to] the tenure ends on 2024, before it begins"},
		{"a tenure without beginning", &Tenure{To: early}, ""},
		{"a time on an uncertain day", &Event{Date: mustDate(t, "2025-06-04?"), Time: "14:30"}, "[time] it has a time of day, but no certain day"},
		{"a time on a day", &Event{Date: late, Time: "14:30"}, ""},
		{"a guest twice", &Event{Attendance: []Attendance{{Actor: "a"}, {Actor: "b"}, {Actor: "a"}}}, `[attendance 2 actor] "a" is listed twice`},
		{"guests who could not be read", &Event{Attendance: []Attendance{{}, {}}}, ""},
		{"a dispute without versions", &Claim{Standing: Disputed, Versions: two[:1]}, "[standing] it is disputed, but what each side says is not given"},
		{"a claim with one version", &Claim{Versions: two[:1]}, "[versions] a disputed point has one version only"},
		{"versions, which make a dispute", &Claim{Versions: two}, ""},
		{"a dispute", &Claim{Standing: Disputed, Versions: two}, ""},
		{"a correction without words", &Change{Kind: Correction}, "[kind] a correction must say what was wrong and what is right"},
		{"a correction", &Change{Kind: Correction, Was: "5", Now: "4", Severity: Retracts}, ""},
		{"a grave update", &Change{Kind: Update, Severity: Corrects}, "[severity] only a correction has a severity"},
		{"an update with words", &Change{Kind: Update, Was: "5", Now: "4"}, ""},
		{"a point with one version", &Dispute{Versions: two[:1]}, "[versions] a disputed point has one version only"},
		{"a point with two", &Dispute{Versions: two}, ""},
		{"a point on which all agree", &Dispute{Versions: []Version{{Text: "5"}, {Text: "5"}}}, "[versions 1 text] two versions say the same"},
		{"a claim on which all agree", &Claim{Versions: []Version{{Text: "5"}, {Text: "5"}}}, "[versions 1 text] two versions say the same"},
		{"a member twice", &Actor{MemberOf: []Membership{{Of: "a"}, {Of: "a"}}}, `[member_of 1 of] "a" is listed twice`},
		{"a member that came back", &Actor{MemberOf: []Membership{{Of: "a", To: mustDate(t, "1966")}, {Of: "a", From: mustDate(t, "2009")}}}, ""},
		{"bounds the wrong way round", &Figure{Range: mustRange(t, "7..5")}, "[max] the greatest, 5, is less than the least, 7"},
		{"a year as a month", &Page{Timeline: mustDate(t, "2025")}, "[timeline] 2025 is not a month"},
		{"an uncertain month", &Page{Timeline: mustDate(t, "2025-06?")}, "[timeline] 2025-06? is not a month"},
		{"a month", &Page{Timeline: mustDate(t, "2025-06")}, ""},
		{"no month", &Page{}, ""},

		{"a source issued after it was read", &Source{Issued: mustDate(t, "2025-06-04"), Accessed: mustDate(t, "2025-06-01")}, "[accessed] it was read on 2025-06-01, before it was issued on 2025-06-04"},
		{"a paper of tomorrow, read today", &Source{Issued: mustDate(t, "2025-06-04"), Accessed: mustDate(t, "2025-06-03")}, ""},
		{"a source issued after it was published here", &Source{Head: published, Issued: mustDate(t, "2027-01")}, "[issued] it was issued on 2027-01, and published here before that"},
		{"a source issued in the year of its publication", &Source{Issued: mustDate(t, "2026"), Accessed: mustDate(t, "2026-03")}, ""},
		{"due before it was promised", &Pledge{Announced: Announcing{Date: mustDate(t, "2025-06-04")}, Due: mustDate(t, "2025-05")}, "[due] it was due on 2025-05, before the announcement on 2025-06-04"},
		{"due in the month of the promise", &Pledge{Announced: Announcing{Date: mustDate(t, "2025-06-04")}, Due: mustDate(t, "2025-06")}, ""},
		{"things of nearly the name promised", pledge(t, "-", "10*tanks", "delivered 2025-07 - 5*tank"), `[steps 0 items 0 what] no "tank" were promised, and so these count for nothing`},
		{"other things than promised", pledge(t, "-", "10*tanks", "delivered 2025-07 - 5*guns"), ""},
		{"a step from the future", dated(pledge(t, "100", "-", "committed 2026-01 - -"), "2025-06-04", "2025-12-31"),
			"[steps 0 date] the step is dated 2026-01, and as_of is 2025-12-31"},
		{"a step in the month of as_of", dated(pledge(t, "100", "-", "committed 2025-12 - -"), "2025-06-04", "2025-12-01"), ""},
		{"a step before the announcement", dated(pledge(t, "100", "-", "announced 2025-01 - -", "committed 2025-05 - -"), "2025-06-04", "2026"),
			"[steps 1 date] the step is dated 2025-05, before the announcement on 2025-06-04"},
		{"a step in another currency", &Pledge{Amount: money(t, "100"), Steps: []Step{{Stage: Committed, Amount: Amount{Range: mustRange(t, "5"), Currency: "GBP"}}}},
			"[steps 0 amount currency] the step is in GBP, the promise in EUR"},
		{"a donor twice", promise("-", Donor{Actor: "a"}, Donor{Actor: "a"}), `[donors 1 actor] "a" is listed twice`},
		{"all arrived with the announcement", &Pledge{Steps: []Step{{Stage: Announced, Final: true}}}, "[steps 0 final] only with a delivery can the whole promise have arrived"},
		{"all arrived", &Pledge{Steps: []Step{{Stage: Delivered, Final: true}}}, ""},
		{"a thing twice", &Pledge{Items: append(items(t, "10*drones"), items(t, "5*Drones")...)}, `[items 1 what] "Drones" is listed twice`},
		{"a share in another currency", promise("100", half("5", "GBP", "")), "[donors 0 amount currency] the share is in GBP, the promise in EUR"},
		{"a rate within a total", promise("100", half("5", "EUR", PerYear)), "[donors 0 amount] either the share or the promise is a rate"},
		{"shares beyond the promise", promise("100", half("60", "EUR", ""), half("50", "EUR", "")),
			"[donors] the shares of the donors come to 110, more than the promise, 100"},
		{"shares beyond the least of a promise", promise("100..", half("60", "EUR", ""), half("50", "EUR", "")), ""},
		{"shares that make up the promise", promise("100..110", half("60", "EUR", ""), half("50", "EUR", "")), ""},
		{"shares without a promise", promise("-", half("60", "EUR", ""), half("50", "GBP", "")), ""},
		{"more delivered than promised", pledge(t, "100", "-", "delivered 2025-07 60 -", "delivered 2025-08 50 -", "delivered 2025-09 5 -"),
			"[steps 1 amount] with this step deliveries come to €110, of €100 promised"},
		{"more delivered, and a note", noted(pledge(t, "100", "-", "delivered 2025-07 60 -", "delivered 2025-08 50 -", "delivered 2025-09 5 -"), 1), ""},
		{"more things delivered", pledge(t, "-", "10*tanks", "delivered 2025-07 - 11*Tanks"), "[steps 0 items] with this step deliveries come to 11 tanks, of 10 tanks promised"},
		{"more than the least delivered", pledge(t, "100..", "-", "delivered 2025-07 110 -"), ""},
		{"perhaps more delivered", pledge(t, "100", "-", "delivered 2025-07 90..110 -"), ""},
		{"more taken back than promised", pledge(t, "100", "-", "withdrawn 2025-07 60 -", "withdrawn 2025-08 50 -"), "[steps 1 amount] with this step what is taken back comes to €110, of €100 promised"},
		{"more taken back, and a note", noted(pledge(t, "100", "-", "withdrawn 2025-07 110 -"), 0), "[steps 0 amount] with this step what is taken back comes to €110, of €100 promised"},
		{"taken back after it arrived", pledge(t, "100", "-", "delivered 2025-07 90 -", "withdrawn 2025-08 20 -"), "[steps 1 amount] with this step deliveries come to €90, of €80 promised"},
		{"taken back from shares alone", taken(promise("-", half("60", "EUR", ""), half("50", "EUR", "")), Amount{Range: mustRange(t, "10"), Currency: "EUR"}),
			"[steps 0 amount] a sum is taken back, and the promise has none but the shares of its donors"},
		{"a rate taken back", taken(promise("100"), Amount{Range: mustRange(t, "10"), Currency: "EUR", Per: PerYear}), "[steps 0 amount] either what was taken back or the promise is a rate"},
	}
	for _, test := range tests {
		got := ""
		if e, ok := test.checker.(Entry); ok && e.Base().Seldom == nil {
			e.Base().Seldom = &Seldom{}
		}
		test.checker.Check(func(f *Fault, path ...any) {
			got += fmt.Sprint(path) + " " + f.Msg
			if f.Hint == "" || f.Code == "" {
				t.Errorf("%s: %+v lacks something", test.name, f)
			}
		})
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// noted gives a step of a pledge a note.
func noted(p *Pledge, step int) *Pledge {
	p.Steps[step].Note = "The donor gave more."
	return p
}

// taken adds a step to a pledge that takes back a sum.
func taken(p *Pledge, sum Amount) *Pledge {
	p.Steps = append(p.Steps, Step{Stage: Withdrawn, Amount: sum})
	return p
}

// TestProgressByThings counts each sort of thing by itself, under whatever case its name is written.
func TestProgressByThings(t *testing.T) {
	p := pledge(t, "100", "10*tanks", "delivered 2025-07 60 4*Tanks", "delivered 2025-08 - 8*tanks", "withdrawn 2025-09 - 3*drones")
	p.Items = append(p.Items, items(t, "20..30*drones")...)
	want := []string{"money 100 60 false", "tanks 10 12 true", "drones between 17 and 27  false"}
	progress := p.Progress()
	for i, x := range progress {
		what := x.What
		if what == "" {
			what = "money"
		}
		if got := fmt.Sprintf("%s %s %s %v", what, x.Promised.Text(), x.Delivered.Text(), x.Done()); i >= len(want) || got != want[i] {
			t.Errorf("got %s", got)
		}
	}
	if len(progress) != len(want) || p.Status().Label() != "part-delivered" {
		t.Errorf("%d measures, %s", len(progress), p.Status().Label())
	}
	if p.Amount.Text() != "€100" || p.Items[1].Text() != "between 20 and 30 drones" {
		t.Error("what was promised has changed")
	}
}

// TestStatusTells holds what a reader is told where more, or less, happened than was promised.
func TestStatusTells(t *testing.T) {
	tests := []struct {
		name         string
		pledge       *Pledge
		label, tells string
	}{
		{"more than was promised", pledge(t, "100", "-", "delivered 2025-07 120 -"), "delivered", "Delivered: €120, more than the €100 promised, as of 15 October 2025"},
		{"more than is left", pledge(t, "100", "-", "withdrawn 2025-07 120 -"), "withdrawn", "Withdrawn in July 2025, as of 15 October 2025"},
		{"final without a delivery", pledge(t, "100", "-", "committed 2025-07 - - final"), "committed", "Committed in July 2025; what followed is not known to us, as of 15 October 2025"},
		{"a part is committed", pledge(t, "100", "-", "committed 2025-07 20 -", "committed 2025-08 30 -"), "committed", "Committed: €50 of €100, as of 15 October 2025; no later stage is known to us"},
		{"all is committed in parts", pledge(t, "100", "-", "committed 2025-07 20 -", "committed 2025-08 80 -"), "committed", "Committed in July 2025; no later stage is known to us, as of 15 October 2025"},
		{"withdrawn in full after a part", pledge(t, "100", "-", "withdrawn 2025-07 60 - final"), "withdrawn", "Withdrawn in July 2025, as of 15 October 2025"},
		{"part withdrawn, and nothing else known", pledge(t, "100", "-", "withdrawn 2025-07 60 -"), "announced", "Announced on 4 June 2025; part of it was withdrawn, and no later stage is known to us, as of 15 October 2025"},
		{"announced, then told again", pledge(t, "100", "-", "announced 2025-06-04 - -", "announced 2025-07 - -"), "announced", "Announced on 4 June 2025; no later stage is known to us, as of 15 October 2025"},
		{"a ceiling is met by no sum", pledge(t, "..100", "-", "delivered 2025-07 60 -"), "part-delivered", "Part-delivered: €60 of up to €100, as of 15 October 2025"},
		{"a delivery of up to so much", pledge(t, "100", "-", "delivered 2025-07 ..100 -"), "part-delivered", "Part-delivered: up to €100 of €100, as of 15 October 2025"},
	}
	for _, test := range tests {
		if got := test.pledge.Status().Label(); got != test.label {
			t.Errorf("%s: %s, want %s", test.name, got, test.label)
		}
		if got := test.pledge.Sentence(); got != test.tells {
			t.Errorf("%s: %q, want %q", test.name, got, test.tells)
		}
	}
}
