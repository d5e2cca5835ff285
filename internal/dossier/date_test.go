package dossier

import (
	"testing"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		in, edtf, text string
		first, last    string
	}{
		{"2025", "2025", "2025", "2025-01-01", "2025-12-31"},
		{"2025-06", "2025-06", "June 2025", "2025-06-01", "2025-06-30"},
		{"2025-06-04", "2025-06-04", "4 June 2025", "2025-06-04", "2025-06-04"},
		{"2024-02-29", "2024-02-29", "29 February 2024", "2024-02-29", "2024-02-29"},
		{"2024-02", "2024-02", "February 2024", "2024-02-01", "2024-02-29"},
		{"2025-06~", "2025-06~", "about June 2025", "2025-06-01", "2025-06-30"},
		{"2025-06-04?", "2025-06-04?", "4 June 2025 (uncertain)", "2025-06-04", "2025-06-04"},
		{"2025%", "2025%", "about 2025 (uncertain)", "2025-01-01", "2025-12-31"},
		{"2025-06-24/2025-06-25", "2025-06-24/2025-06-25", "24 to 25 June 2025", "2025-06-24", "2025-06-25"},
		{"2025-06-30/2025-07-01", "2025-06-30/2025-07-01", "30 June to 1 July 2025", "2025-06-30", "2025-07-01"},
		{"2025-06-24/2025-07", "2025-06-24/2025-07", "24 June to July 2025", "2025-06-24", "2025-07-31"},
		{"2025-06-24/2025-06", "2025-06-24/2025-06", "24 June 2025 to June 2025", "2025-06-24", "2025-06-30"},
		{"2025-06/2025-08", "2025-06/2025-08", "June to August 2025", "2025-06-01", "2025-08-31"},
		{"2025-06/2025-08-15", "2025-06/2025-08-15", "June to 15 August 2025", "2025-06-01", "2025-08-15"},
		{"2025-06/2025", "2025-06/2025", "June 2025 to 2025", "2025-06-01", "2025-12-31"},
		{"2025-06-24/2025-06-25~", "2025-06-24/2025-06-25~", "24 June 2025 to about 25 June 2025", "2025-06-24", "2025-06-25"},
		{"2024-12-31/2025-01-01", "2024-12-31/2025-01-01", "31 December 2024 to 1 January 2025", "2024-12-31", "2025-01-01"},
		{"2025/2029", "2025/2029", "2025 to 2029", "2025-01-01", "2029-12-31"},
		{"2025-06-04/2025-06-04", "2025-06-04", "4 June 2025", "2025-06-04", "2025-06-04"},
		{"2025-06/..", "2025-06/..", "from June 2025", "2025-06-01", "9999-12-31"},
		{"2025/", "2025/..", "from 2025", "2025-01-01", "9999-12-31"},
		{"0001", "0001", "1", "0001-01-01", "0001-12-31"},
	}
	for _, test := range tests {
		d, fault := ParseDate(test.in)
		if fault != nil {
			t.Errorf("%s: %s", test.in, fault.Msg)
			continue
		}
		first, last := d.First().Format("2006-01-02"), d.Last().Format("2006-01-02")
		if d.String() != test.edtf || d.Text() != test.text || first != test.first || last != test.last {
			t.Errorf("%s is %s, %q, %s to %s; want %s, %q, %s to %s", test.in, d, d.Text(), first, last, test.edtf, test.text, test.first, test.last)
		}
	}
}

func TestParseDateFaults(t *testing.T) {
	const general = "write it as 2025-06-04, 2025-06 or 2025; with ~ for about, ? for uncertain, and a slash between two for an interval"
	tests := []struct{ in, msg, hint string }{
		{"2025-06-31", `"2025-06-31" is not a date: June 2025 has 30 days`, "check the day"},
		{"2024-02-30", `"2024-02-30" is not a date: February 2024 has 29 days`, "check the day"},
		{"2025-06-00", `"2025-06-00" is not a date: June 2025 has 30 days`, "check the day"},
		{"2025-13", `"2025-13" is not a date: there is no month 13`, "months run from 01 to 12"},
		{"2025-00-01", `"2025-00-01" is not a date: there is no month 0`, "months run from 01 to 12"},
		{"4 June 2025", `"4 June 2025" is not a date`, "write 2025-06-04"},
		{"June 4, 2025", `"June 4, 2025" is not a date`, "write 2025-06-04"},
		{"2025-6-4", `"2025-6-4" is not a date`, "write 2025-06-04"},
		{"2025/06/04", `"2025/06/04" is not a date`, "write 2025-06-04"},
		{"04.06.2025", `"04.06.2025" is not a date`, "write 2025-06-04"},
		{"20250604", `"20250604" is not a date`, "write 2025-06-04"},
		{"2025-06-04T10:00:00Z", `"2025-06-04T10:00:00Z" is not a date`, "write 2025-06-04"},
		{"June 2025", `"June 2025" is not a date`, "write 2025-06"},
		{"2025/06", `"2025/06" is not a date`, "write 2025-06"},
		{"2025-06-25/2025-06-24", `"2025-06-25/2025-06-24" ends before it begins`, "write the earlier date first: 2025-06-24/2025-06-25"},
		{"2025-06-24/25", `"25" is not a date`, "write both dates in full: 2025-06-24/2025-06-25"},
		{"2025-06-24/2025-06-31", `"2025-06-31" is not a date: June 2025 has 30 days`, "check the day"},
		{"2025-2029", `"2025-2029" is not a date`, "write 2025/2029"},
		{"2025–2029", `"2025–2029" is not a date`, "write 2025/2029"},
		{"2029-2025", `"2029-2025" is not a date`, general},
		{"../2025", `".." is not a date`, general},
		{"0000", `"0000" is not a date`, general},
		{"-2025", `"-2025" is not a date`, general},
		{"+2025", `"+2025" is not a date`, general},
		{"2025-06-04-05", `"2025-06-04-05" is not a date`, general},
		{"2025~?", `"2025~?" is not a date`, general},
		{"٢٠٢٥", `"٢٠٢٥" is not a date`, general},
		{"", `"" is not a date`, general},
		{"tomorrow", `"tomorrow" is not a date`, general},
	}
	for _, test := range tests {
		d, fault := ParseDate(test.in)
		if fault == nil {
			t.Errorf("%q is %s, want a fault", test.in, d)
			continue
		}
		if fault.Msg != test.msg || fault.Hint != test.hint || !d.IsZero() && fault == nil {
			t.Errorf("%q: %s; %s\nwant %s; %s", test.in, fault.Msg, fault.Hint, test.msg, test.hint)
		}
	}
}

func mustDate(t testing.TB, s string) Date {
	t.Helper()
	if s == "" {
		return Date{}
	}
	d, fault := ParseDate(s)
	if fault != nil {
		t.Fatal(fault.Msg)
	}
	return d
}

func TestDateOrder(t *testing.T) {
	tests := []struct {
		a, b     string
		compare  int
		overlaps bool
	}{
		{"2025-06-04", "2025-06-05", -1, false},
		{"2025-06-04", "2025-06", 1, true},
		{"2025-06", "2025-07", -1, false},
		{"2025", "2025-06", -1, true},
		{"2025-06-04", "2025-06-04?", 0, true},
		{"2025-06-01/2025-06-10", "2025-06-10/2025-06-12", -1, true},
		{"2025-06-01/..", "2030", -1, true},
		{"2025-06-01/..", "2025-05", 1, false},
		{"", "2025", -1, false},
	}
	for _, test := range tests {
		a, b := mustDate(t, test.a), mustDate(t, test.b)
		if a.Compare(b) != test.compare || b.Compare(a) != -test.compare {
			t.Errorf("%s against %s: %d and %d, want %d", a, b, a.Compare(b), b.Compare(a), test.compare)
		}
		if a.Overlaps(b) != test.overlaps || b.Overlaps(a) != test.overlaps {
			t.Errorf("%s overlaps %s: %v, want %v", a, b, a.Overlaps(b), test.overlaps)
		}
	}
}

// FuzzParseDate checks that what ParseDate takes comes back from String, and that it has days and words.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025", "2025-06~", "2025-06-04?/2025-07%", "2025/..", "2025/", "2025-13", "4 June 2025", "2025-06-24/25"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, fault := ParseDate(s)
		if fault != nil {
			if fault.Msg == "" || fault.Hint == "" || fault.Code == "" {
				t.Errorf("%q: %+v", s, fault)
			}
			return
		}
		again, fault := ParseDate(d.String())
		if fault != nil || again != d {
			t.Errorf("%q gives %s, which gives %+v, %v", s, d, again, fault)
		}
		if d.IsZero() || d.Text() == "" || d.Last().Before(d.First()) || !d.Overlaps(d) || d.Compare(d) != 0 {
			t.Errorf("%q gives %+v, %q", s, d, d.Text())
		}
	})
}

func TestHeld(t *testing.T) {
	tests := []struct {
		from, to, asOf, on string
		want               bool
	}{
		{"2024-07-05", "", "", "2024-07-04", false},
		{"2024-07-05", "", "", "2024-07-05", true},
		{"2024-07-05", "", "", "2030", true},
		{"2024-07-05", "", "", "2024", true}, // some day that 2024 may mean
		{"2024-07-05", "2025-01", "", "2025-01-31", true},
		{"2024-07-05", "2025-01", "", "2025-02-01", false},
		{"2024", "", "", "2024-01-01", true},
		{"", "", "2022-04-26/2023-09-15", "2023-01-01", true},
		{"", "", "2022-04-26/2023-09-15", "2022-04-25", false},
		{"", "", "2022-04-26/2023-09-15", "2023-09-16", false},
		{"", "2023-12-01", "2022-04-26", "2023-11-30", true},
		{"", "2023-12-01", "2022-04-26", "2022-04-25", false},
		{"2022-01-01", "", "2022-04-26", "2023-01-01", true},
		{"", "2023-12-01", "", "2023-11-30", false}, // its beginning is not known at all
		{"", "", "", "2023-11-30", false},
		{"2024-07-05", "", "", "", false},
	}
	for _, test := range tests {
		r := Role{From: mustDate(t, test.from), To: mustDate(t, test.to), AsOf: mustDate(t, test.asOf)}
		if got := r.Held(mustDate(t, test.on)); got != test.want {
			t.Errorf("from %q to %q, as of %q, held on %q: %v, want %v", test.from, test.to, test.asOf, test.on, got, test.want)
		}
	}
}
