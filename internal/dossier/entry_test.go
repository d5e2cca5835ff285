package dossier

import (
	"strings"
	"testing"
	"time"
)

// instant reads a time by RFC 3339.
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestCards checks what other pages are told of an entry of each kind.
func TestCards(t *testing.T) {
	day := mustDate(t, "2025-06-04")
	head := Head{ID: "an-id", Title: "A title", Summary: "A summary.", Published: instant(t, "2026-11-21T23:30:00-05:00"), Seldom: &Seldom{}}
	tests := []struct {
		entry              Entry
		label, date, short string
	}{
		{&Actor{Head: head, Sort: State, ShortName: "UK"}, "state", "", "UK"},
		{&Series{Head: head}, "series", "", ""},
		{&Event{Head: head, Sort: Meeting, Date: day}, "meeting", "2025-06-04", ""},
		{&Event{Head: head, Sort: Talks, Date: day, Status: Held}, "talks", "2025-06-04", ""},
		{&Event{Head: head, Sort: Summit, Date: day, Status: Postponed}, "summit, postponed", "2025-06-04", ""},
		{&Event{Head: head, Sort: Meeting, Date: day, Status: Scheduled}, "meeting, scheduled", "2025-06-04", ""},
		{&Pledge{Head: head, Announced: Announcing{Date: day}}, "announced", "2025-06-04", ""},
		{&Pledge{Head: head, Announced: Announcing{Date: day}, Steps: []Step{{Stage: Delivered}}}, "part-delivered", "2025-06-04", ""},
		{&Figure{Head: head, AsOf: day}, "figure", "2025-06-04", ""},
		{&Brief{Head: head, Number: "RB-01"}, "brief", "2026-11-22", "RB-01"}, // the day of publication, in UTC
		{&Source{Head: head, Class: Media, Publisher: "The Guardian", Issued: day}, "media", "2025-06-04", "The Guardian"},
		{&Page{Head: head}, "page", "", ""},
	}
	for _, test := range tests {
		c := test.entry.Card()
		if c.ID != "an-id" || c.Title != "A title" || c.Summary != "A summary." {
			t.Errorf("%T: %+v lacks what all cards have", test.entry, c)
		}
		if c.Label != test.label || c.Date.String() != test.date || c.Short != test.short {
			t.Errorf("%T: %q, %q, %q; want %q, %q, %q", test.entry, c.Label, c.Date, c.Short, test.label, test.date, test.short)
		}
	}
}

func TestUpdatedIsTheNewestChange(t *testing.T) {
	h := Head{Published: instant(t, "2026-11-21T12:00:00Z"), Seldom: &Seldom{}}
	if !h.Updated().Equal(h.Published) {
		t.Error("an entry without changes was updated when it was published")
	}
	for _, at := range []string{"2026-11-23T12:00:00Z", "2026-11-24T00:30:00+02:00", "2026-11-22T12:00:00Z"} {
		h.Changes = append(h.Changes, Change{At: instant(t, at)})
	}
	if got := h.Updated().UTC().Format(time.RFC3339); got != "2026-11-23T22:30:00Z" {
		t.Errorf("updated %s", got)
	}
}

// TestChangeLabel checks the word for each sort of change, and how grave it is.
func TestChangeLabel(t *testing.T) {
	for _, test := range []struct {
		change Change
		label  string
		grade  Severity
	}{
		{Change{Kind: Update}, "Update", ""},
		{Change{Kind: StatusNote}, "Status", ""},
		{Change{}, "Update", ""},
		{Change{Kind: Correction}, "Correction", Corrects},
		{Change{Kind: Correction, Severity: Corrects}, "Correction", Corrects},
		{Change{Kind: Correction, Severity: Clarifies}, "Clarification", Clarifies},
		{Change{Kind: Correction, Severity: Retracts}, "Retraction", Retracts},
	} {
		if label, grade := test.change.Label(), test.change.Grade(); label != test.label || grade != test.grade {
			t.Errorf("%+v is %q and %q, want %q and %q", test.change, label, grade, test.label, test.grade)
		}
	}
}

// TestEveryStandingHasAMeaning keeps the words that readers see and what explains them together.
func TestEveryStandingHasAMeaning(t *testing.T) {
	seen := map[string]Standing{}
	for _, s := range Standings {
		if m := s.Meaning(); m == "" || seen[m] != "" {
			t.Errorf("%s means %q, like %q", s, m, seen[m])
		} else {
			seen[m] = s
		}
	}
	if Standing("sure").Meaning() != "" {
		t.Error("a word that is no standing has a meaning")
	}
}

func TestEventFormat(t *testing.T) {
	for _, test := range []struct {
		event Event
		want  string
	}{
		{Event{}, ""},
		{Event{Online: true}, "online"},
		{Event{Place: Place{City: "Brussels"}}, "in person"},
		{Event{Place: Place{Country: "BE"}, Online: true}, "hybrid"},
	} {
		if got := test.event.Format(); got != test.want {
			t.Errorf("%+v is %q, want %q", test.event.Place, got, test.want)
		}
	}
	if (&Event{}).State() != Held || (&Event{Status: Cancelled}).State() != Cancelled {
		t.Error("an event is held unless it says otherwise")
	}
}

// TestFigureText puts figures in words, with whatever they count.
func TestFigureText(t *testing.T) {
	tests := []struct{ number, unit, currency, want string }{
		{"126000000000|around 126 billion", "", "USD", "around US$126 billion"},
		{"12000..|more than 12,000", "drones", "", "more than 12,000 drones"},
		{"40", "percent", "", "40%"},
		{"5..7", "", "", "between 5 and 7"},
		{"..21000000000", "", "EUR", "up to €21 billion"},
		{"|several dozen", "drones", "", "several dozen"},
	}
	for _, test := range tests {
		f := Figure{Range: mustRange(t, test.number), Unit: test.unit, Currency: test.currency}
		if got := f.Text(); got != test.want {
			t.Errorf("%s %s%s is %q, want %q", test.number, test.unit, test.currency, got, test.want)
		}
	}
}

// TestWordings gives the words of a source, which say how exact a number is, in the case that ours need.
func TestWordings(t *testing.T) {
	for _, q := range qualifiers {
		if got, want := mustRange(t, "5..|"+strings.ToUpper(q[:1])+q[1:]+" five").Text(), q+" 5"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for in, want := range map[string]string{
		"5|overall five":      "5 (overall five)", // over is a word of its own
		"5|about":             "about 5",
		"5..|a handful":       "at least 5 (a handful)",
		"|":                   "",
		"..7|not over seven":  "up to 7",
		"5..7|five to seven":  "between 5 and 7",
		"85000|about 85,000":  "about 85,000",
		"0":                   "0",
		"0.5|nearly one half": "nearly 0.5",
	} {
		if got := mustRange(t, in).Text(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := (Item{What: "drones", Range: mustRange(t, "85000..|more than 85,000")}).Text(); got != "more than 85,000 drones" {
		t.Errorf("got %q", got)
	}
}

// TestDays holds what IsDay, Day and the points of a date promise to calendars and feeds.
func TestDays(t *testing.T) {
	for in, want := range map[string]bool{
		"2025-06-04": true, "2025-06-04/2025-06-04": true, "2025-06-04?": false, "2025-06-04~": false, "2025-06-04%": false,
		"2025-06": false, "2025": false, "2025-06-04/2025-06-05": false, "2025-06-04/..": false, "": false,
	} {
		if got := mustDate(t, in).IsDay(); got != want {
			t.Errorf("%q is one certain day: %v", in, got)
		}
	}
	if got := Day(instant(t, "2025-12-31T23:30:00-02:00")).String(); got != "2026-01-01" {
		t.Errorf("the day in UTC is %s", got)
	}
	if got := mustDate(t, "2025-06-04%/..").Text(); got != "from about 4 June 2025 (uncertain)" {
		t.Errorf("got %q", got)
	}
	for in, want := range map[string]string{"2025~": "2025", "2025-06?": "2025-06", "2025-06-04%": "2025-06-04", "": ""} {
		if got := mustDate(t, in).Start.Plain(); got != want {
			t.Errorf("%q without qualifiers is %q, want %q", in, got, want)
		}
	}
	if (Date{}).Text() != "" || (Date{}).String() != "" || (Point{}).Text() != "" {
		t.Error("no date has words")
	}
}

// TestDatesAreOrdered checks, over all pairs of a set of dates, that Compare is an order and that Overlaps follows from days.
func TestDatesAreOrdered(t *testing.T) {
	var dates []Date
	for _, s := range strings.Fields("2024 2024-12-31 2025 2025~ 2025-01 2025-01/2025-03 2025-02-28 2025-03-01? 2025-03/.. 2025/2029 2025-06-04/2025-06-25 2025-06-25") {
		dates = append(dates, mustDate(t, s))
	}
	for _, a := range dates {
		for _, b := range dates {
			if a.Compare(b) != -b.Compare(a) {
				t.Errorf("%s against %s is no order", a, b)
			}
			shared := false
			for day := a.First(); !day.After(a.Last()) && day.Year() < 2031; day = day.AddDate(0, 0, 1) {
				shared = shared || !day.Before(b.First()) && !day.After(b.Last())
			}
			if a.Overlaps(b) != shared {
				t.Errorf("%s overlaps %s: %v, but a day in both: %v", a, b, a.Overlaps(b), shared)
			}
			for _, c := range dates {
				if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
					t.Errorf("%s, %s, %s are in no order", a, b, c)
				}
			}
		}
	}
}

// TestRoleOn returns every role held on a date, in the order of the entry.
func TestRoleOn(t *testing.T) {
	a := Actor{Roles: []Role{
		{Title: "Minister", From: mustDate(t, "2024-07-05"), To: mustDate(t, "2025-09-05")},
		{Title: "Deputy", From: mustDate(t, "2025-09-05")},
		{Title: "Member", AsOf: mustDate(t, "2025")},
	}}
	for on, want := range map[string]string{
		"2024-07-04": "", "2024-07-05": "Minister", "2025-06": "Minister Member", "2025-09-05": "Minister Deputy Member", "2026": "Deputy", "": "",
	} {
		var titles []string
		for _, r := range a.RoleOn(mustDate(t, on)) {
			titles = append(titles, r.Title)
		}
		if got := strings.Join(titles, " "); got != want {
			t.Errorf("on %q: %q, want %q", on, got, want)
		}
	}
}
