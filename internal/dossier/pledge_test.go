package dossier

import (
	"strings"
	"testing"
)

// pledge makes a pledge of a sum and of things, with steps written as "stage date amount things [final]"; a hyphen stands for none.
func pledge(t testing.TB, amount, things string, steps ...string) *Pledge {
	t.Helper()
	p := &Pledge{Announced: Announcing{Date: mustDate(t, "2025-06-04")}, AsOf: mustDate(t, "2025-10-15")}
	p.Amount, p.Items = money(t, amount), items(t, things)
	for _, s := range steps {
		w := strings.Fields(s)
		p.Steps = append(p.Steps, Step{
			Stage: Stage(w[0]), Date: mustDate(t, w[1]), Amount: money(t, w[2]), Items: items(t, w[3]), Final: len(w) > 4,
		})
	}
	return p
}

func money(t testing.TB, s string) Amount {
	if s == "-" {
		return Amount{}
	}
	return Amount{Range: mustRange(t, s), Currency: "EUR"}
}

func items(t testing.TB, s string) []Item {
	if s == "-" {
		return nil
	}
	number, what, _ := strings.Cut(s, "*")
	return []Item{{What: what, Range: mustRange(t, number)}}
}

func TestStatus(t *testing.T) {
	tests := []struct {
		name         string
		pledge       *Pledge
		label, tells string
		net          string
		promised     string
	}{
		{"announced alone", pledge(t, "100", "-", "announced 2025-06-04 - -"),
			"announced", "Announced on 4 June 2025; what followed is not known to us, as of 15 October 2025", "€100", "100"},
		{"stages may be skipped", pledge(t, "100", "-", "announced 2025-06-04 - -", "allocated 2025-07 - -"),
			"allocated", "Allocated in July 2025; what followed is not known to us, as of 15 October 2025", "€100", "100"},
		{"the furthest stage counts", pledge(t, "100", "-", "allocated 2025-07 - -", "committed 2025-08 - -"),
			"allocated", "Allocated in July 2025; no later stage is known to us, as of 15 October 2025", "€100", "100"},
		{"delivered in full", pledge(t, "100", "-", "delivered 2025-07 60 -", "delivered 2025-08 40 -"),
			"delivered", "Delivered: all of €100, as of 15 October 2025", "€100", "100"},
		{"delivered in part", pledge(t, "100", "-", "delivered 2025-07 60 -"),
			"part-delivered", "Part-delivered: €60 of €100, as of 15 October 2025", "€100", "100"},
		{"a range is met at its least", pledge(t, "100..200", "-", "delivered 2025-07 100 -"),
			"delivered", "Delivered: €100, of between €100 and €200 promised, as of 15 October 2025", "between €100 and €200", "100"},
		{"a bound keeps its words", pledge(t, "-", "100000*drones", "delivered 2025-07 - 85000..|more_than_85,000*drones"),
			"part-delivered", "Part-delivered: at least 85,000 (more_than_85,000) of 100,000 drones, as of 15 October 2025", "", "100000"},
		{"final says it all", pledge(t, "100", "-", "delivered 2025-07 - - final"),
			"delivered", "Delivered, as of 15 October 2025", "€100", "100"},
		{"an unknown extent", pledge(t, "100", "-", "delivered 2025-07 - -"),
			"part-delivered", "Part-delivered, to an extent not known to us, as of 15 October 2025", "€100", "100"},
		{"other things do not count", pledge(t, "-", "10*tanks", "delivered 2025-07 - 10*drones"),
			"part-delivered", "Part-delivered: 10 drones, as of 15 October 2025; how much of the promise that is, is not known to us", "", "10"},
		{"money and things", pledge(t, "100", "10*tanks", "delivered 2025-07 100 5*Tanks"),
			"part-delivered", "Part-delivered: all of €100, 5 of 10 tanks, as of 15 October 2025", "€100", "100"},
		{"withdrawn as a whole", pledge(t, "100", "-", "committed 2025-07 - -", "withdrawn 2025-08 - -"),
			"withdrawn", "Withdrawn in August 2025, as of 15 October 2025", "€100", "100"},
		{"withdrawn by parts", pledge(t, "100", "-", "withdrawn 2025-07 60 -", "withdrawn 2025-08 40 -"),
			"withdrawn", "Withdrawn in August 2025, as of 15 October 2025", "€0", "0"},
		{"withdrawn things", pledge(t, "-", "10*tanks", "withdrawn 2025-07 - 10*tanks"),
			"withdrawn", "Withdrawn in July 2025, as of 15 October 2025", "", "0"},
		{"things without a number stay", pledge(t, "-", "*tanks", "withdrawn 2025-07 - 10*tanks"),
			"announced", "Announced on 4 June 2025; part of it was withdrawn, and no later stage is known to us, as of 15 October 2025", "", "0"},
		{"withdrawn in part", pledge(t, "100", "-", "committed 2025-07 - -", "withdrawn 2025-08 60 -"),
			"committed", "Committed in July 2025; part of it was withdrawn, and no later stage is known to us, as of 15 October 2025", "€40", "40"},
		{"the rest delivered", pledge(t, "100", "-", "withdrawn 2025-08 60 -", "delivered 2025-09 40 -"),
			"delivered", "Delivered: all of €40, as of 15 October 2025", "€40", "40"},
		{"withdrawn after a delivery", pledge(t, "100", "-", "delivered 2025-07 60 -", "withdrawn 2025-08 - - final"),
			"part-delivered", "Part-delivered: €60 of €100, as of 15 October 2025", "€100", "100"},
		{"nothing is known", pledge(t, "-", "-"),
			"announced", "Announced on 4 June 2025; what followed is not known to us, as of 15 October 2025", "", ""},
	}
	for _, test := range tests {
		p := test.pledge
		if got := p.Status().Label(); got != test.label {
			t.Errorf("%s: %s, want %s", test.name, got, test.label)
		}
		if got := p.Sentence(); got != test.tells {
			t.Errorf("%s: %q, want %q", test.name, got, test.tells)
		}
		if got := p.Net().Text(); got != test.net {
			t.Errorf("%s: %s is left, want %s", test.name, got, test.net)
		}
		if progress := p.Progress(); test.promised == "" && len(progress) > 0 ||
			test.promised != "" && progress[0].Promised.Low().String() != test.promised {
			t.Errorf("%s: %+v", test.name, progress)
		}
	}
}

// TestAverage proves that an average is of whole years alone, and says where it is not exact.
func TestAverage(t *testing.T) {
	for _, c := range []struct {
		sum, period, want string
		years             int
	}{
		{"11000000000", "2025/2029", "€2.2 billion", 5},
		{"..50000000000", "2024/2027", "up to €12.5 billion", 4},
		{"6700000000", "2025/2027", "about €2.23 billion", 3},
		{"100..200", "2025/2026", "between €50 and €100", 2},
		{"100", "2025", "", 0},
		{"100", "2025-07/2027-06", "", 0},
		{"100", "2025/..", "", 0},
		{"-", "2025/2026", "", 0},
	} {
		d, fault := ParseDate(c.period)
		if fault != nil {
			t.Fatal(fault)
		}
		p := &Pledge{Amount: money(t, c.sum), Period: d}
		if got, years := p.Average(); got.Text() != c.want || years != c.years {
			t.Errorf("%s over %s: %q in %d years, want %q in %d", c.sum, c.period, got.Text(), years, c.want, c.years)
		}
	}
}
