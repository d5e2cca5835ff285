package dossier

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"briefing/internal/diag"
)

// A Point is one EDTF date: a year, a month or a day, perhaps approximate or uncertain.
type Point struct {
	Year int16
	// Month and Day are 0 where not given; there is no day without a month.
	Month, Day int8
	// Approximate is ~ in EDTF: the date is about right.
	Approximate bool
	// Uncertain is ? in EDTF: the source of the date is in doubt. The sign % is both.
	Uncertain bool
}

// A Date is an EDTF date, or an interval of two. The zero Date is no date.
//
// The forms are 2025, 2025-06 and 2025-06-04, each of which may end in ~ (about), ? (uncertain) or % (both), and two of
// these joined by a slash. The second may be left out or written as .. where the end is open (EDTF level 1).
type Date struct {
	// Start and End are equal for a single date.
	Start, End Point
	// Open marks an interval without end; End is zero.
	Open bool
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.Start.Year == 0 }

// IsInterval reports whether d spans two different points.
func (d Date) IsInterval() bool { return d.Open || d.Start != d.End }

// IsDay reports whether d is a single, certain day.
func (d Date) IsDay() bool {
	return !d.IsInterval() && d.Start.isDay()
}

// IsPlain reports whether nothing in d is approximate or uncertain.
func (d Date) IsPlain() bool {
	return !d.Start.Approximate && !d.Start.Uncertain && !d.End.Approximate && !d.End.Uncertain
}

// IsDays reports whether d is a certain day, or runs from one certain day to another.
func (d Date) IsDays() bool { return d.Start.isDay() && d.End.isDay() }

// isDay reports whether the point is a certain day.
func (p Point) isDay() bool { return p.Day != 0 && !p.Approximate && !p.Uncertain }

// ParseDate reads an EDTF date.
func ParseDate(s string) (Date, *Fault) {
	first, second, interval := strings.Cut(s, "/")
	start, fault := parsePoint(first)
	d := Date{Start: start, End: start}
	if fault == nil && interval {
		d, fault = parseEnd(start, second)
	}
	switch {
	case fault != nil && interval && (otherForm(s) != "" || strings.Count(s, "/") > 1): // 2025/06/04 is no interval
		return Date{}, badDate(s)
	case fault != nil:
		return Date{}, fault
	case d.Last().Before(d.First()):
		return Date{}, faultf(diag.BadDate, fmt.Sprintf("write the earlier date first: %s/%s", second, first), "%q ends before it begins", s)
	}
	return d, nil
}

// parseEnd reads the end of an interval that begins with start.
func parseEnd(start Point, s string) (Date, *Fault) {
	if s == ".." || s == "" {
		return Date{Start: start, Open: true}, nil
	}
	end, fault := parsePoint(s)
	if fault != nil && len(s) == len("25") && start.Day != 0 {
		full := fmt.Sprintf("%s/%04d-%02d-%s", start, start.Year, start.Month, s)
		fault.Hint = "write both dates in full: " + full
		if _, wrong := ParseDate(full); wrong == nil {
			fault.Mend = full
		}
	}
	return Date{Start: start, End: end}, fault
}

// parsePoint reads one date without a slash. Each part must have its full width, so that 2025-6-4 is not taken for 2025-06-04 in
// one place and refused in another.
func parsePoint(s string) (Point, *Fault) {
	var p Point
	digits := s
	switch {
	case strings.HasSuffix(s, "~"):
		p.Approximate, digits = true, s[:len(s)-1]
	case strings.HasSuffix(s, "?"):
		p.Uncertain, digits = true, s[:len(s)-1]
	case strings.HasSuffix(s, "%"):
		p.Approximate, p.Uncertain, digits = true, true, s[:len(s)-1]
	}
	parts := strings.Split(digits, "-")
	widths := [3]int{4, 2, 2}
	if len(parts) > len(widths) {
		return p, badDate(s)
	}
	var n [3]int
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) != widths[i] {
			return p, badDate(s)
		}
		n[i] = int(v)
	}
	p.Year, p.Month, p.Day = int16(n[0]), int8(n[1]), int8(n[2])
	return p, impossible(p, len(parts), s)
}

// impossible returns a fault where the calendar has no such date.
func impossible(p Point, parts int, s string) *Fault {
	if p.Year < 1 {
		return badDate(s)
	}
	if parts > 1 && (p.Month < 1 || p.Month > 12) {
		return faultf(diag.BadDate, "months run from 01 to 12", "%q is not a date: there is no month %d", s, p.Month)
	}
	if parts > 2 {
		if last := daysIn(p); p.Day < 1 || p.Day > last {
			return faultf(diag.BadDate, "check the day", "%q is not a date: %s %d has %d days", s, time.Month(p.Month), p.Year, last)
		}
	}
	return nil
}

// daysIn returns the number of days of the month.
func daysIn(p Point) int8 {
	return int8(time.Date(int(p.Year), time.Month(p.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day())
}

// otherForms are ways of writing a day or a month that editors slip into.
var otherForms = []struct {
	// layout is that of package time, edtf the one in which the date is to be written.
	layout, edtf string
	// sure says that nothing but this date can be meant.
	sure bool
}{
	{"2 January 2006", time.DateOnly, true}, {"2 Jan 2006", time.DateOnly, true}, {"January 2, 2006", time.DateOnly, true},
	{"January 2 2006", time.DateOnly, true}, {"Jan 2, 2006", time.DateOnly, true}, {"2006/1/2", time.DateOnly, true},
	{"2006-1-2", time.DateOnly, true}, {"2006.01.02", time.DateOnly, true}, {dotted, time.DateOnly, false}, {"20060102", time.DateOnly, false},
	{time.RFC3339, time.DateOnly, false}, {time.DateTime, time.DateOnly, false}, {"2006-01-02T15:04:05", time.DateOnly, false},
	{"2006-01-02T15:04", time.DateOnly, false},
	{"January 2006", "2006-01", true}, {"Jan 2006", "2006-01", true}, {"2006-1", "2006-01", false}, {"2006/1", "2006-01", false},
	{"01/2006", "2006-01", false}, {"200601", "2006-01", false},
}

// dotted is a day in figures with stops, of which nobody can say which is the month where both may be.
const dotted = "2.1.2006"

// inOtherForm returns a date that is written in another form as EDTF, or "", and whether it alone can be meant.
func inOtherForm(s string) (edtf string, sure bool) {
	for _, f := range otherForms {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t.Format(f.edtf), f.sure || f.layout == dotted && (t.Day() > 12 || t.Day() == int(t.Month()))
		}
	}
	return "", false
}

// otherForm returns a date that is written in another form as EDTF, or "".
func otherForm(s string) string {
	edtf, _ := inOtherForm(s)
	return edtf
}

// sureDate returns the one date that a text in another form can mean as EDTF, or "".
func sureDate(s string) string {
	if edtf, sure := inOtherForm(s); sure {
		return edtf
	}
	return ""
}

// inWords is two days of a month, as in 24–25 June 2025.
var inWords = regexp.MustCompile(`^(\d{1,2}) ?(?:-|–|to) ?(\d{1,2}) (\w+ \d{4})$`)

// dayRange returns two days of a month in words as EDTF, or "".
func dayRange(s string) string {
	m := inWords.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	first, second := sureDate(m[1]+" "+m[3]), sureDate(m[2]+" "+m[3])
	if first == "" || second == "" || first >= second {
		return ""
	}
	return first + "/" + second
}

// joined are two dates in one value, as in 2025-06-24 - 2025-06-25.
var joined = regexp.MustCompile(`^(\d[\d-]*) (?:-|–|to|until) (\d[\d-]*)$`)

// years are two years in one value, as in 2025-2029.
var years = regexp.MustCompile(`^(\d{4})[-–](\d{4})$`)

// circa is a date that is about right, as editors of printed texts write it.
var circa = regexp.MustCompile(`(?i)^(?:c\.|ca\.|circa|about|around) ?(\d[\d-]*)$`)

// spelledOut returns what a text says in words as EDTF: from when to when, or about when. It is "" where it says neither.
func spelledOut(s string) string {
	edtf := ""
	if m := joined.FindStringSubmatch(s); m != nil {
		edtf = m[1] + "/" + m[2]
	} else if m := years.FindStringSubmatch(s); m != nil {
		edtf = m[1] + "/" + m[2]
	} else if m := circa.FindStringSubmatch(s); m != nil {
		edtf = m[1] + "~"
	}
	if edtf == "" {
		return ""
	}
	if _, fault := ParseDate(edtf); fault != nil {
		return ""
	}
	return edtf
}

// lasting are words for the end of what goes on, which has none.
var lasting = []string{"present", "now", "ongoing", "current"}

// undated are words for a date that nobody knows.
var undated = []string{"undated", "unknown", "n.d.", "none", "tbc", "tbd", "?"}

// timed reports whether a text is a day with a time of day behind it.
func timed(s string) bool {
	if len(s) <= len(time.DateOnly) || s[len(time.DateOnly)] != ' ' && s[len(time.DateOnly)] != 'T' {
		return false
	}
	_, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	return err == nil
}

// badDate is the fault of what is no date. Where it is one in another form, the hint gives that date as EDTF.
func badDate(s string) *Fault {
	hint := "write it as 2025-06-04, 2025-06 or 2025; with ~ for about, ? for uncertain, and a slash between two for an interval"
	t, err := time.Parse("2/1/2006", s)
	us, other := time.Parse("1/2/2006", s)
	switch edtf := cmp.Or(otherForm(s), dayRange(s), spelledOut(s)); {
	case slices.Contains(lasting, strings.ToLower(s)):
		hint = "leave the key out where it goes on"
	case slices.Contains(undated, strings.ToLower(s)):
		hint = "leave the key out where it may be missing; a source without a date has undated: true"
	case edtf != "":
		hint = "write " + edtf
	case timed(s):
		hint = fmt.Sprintf("write %s; a time of day, where there is a key for it, stands apart as time: \"14:30\"", s[:len(time.DateOnly)])
	case err == nil && other == nil && t != us:
		hint = fmt.Sprintf("write %s if %s is meant, and %s if %s", t.Format(time.DateOnly), t.Format("2 January"), us.Format(time.DateOnly), us.Format("2 January"))
	case err == nil || other == nil:
		if err != nil {
			t = us
		}
		hint = "write " + t.Format(time.DateOnly)
	}
	return faultf(diag.BadDate, hint, "%q is not a date", s).meant(cmp.Or(sureDate(s), dayRange(s), spelledOut(s)))
}

// date takes an EDTF date.
func date(p *Date) Scalar {
	return Scalar{Type: DateType, Get: func() string { return p.String() }, Set: func(s string) *Fault {
		d, fault := ParseDate(s)
		if fault == nil {
			*p = d
		}
		return fault
	}}
}

// First returns the first day that d may mean.
func (d Date) First() time.Time { return d.Start.first() }

// Last returns the last day that d may mean; for an open interval, the last day of year 9999.
func (d Date) Last() time.Time {
	if d.Open {
		return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return d.End.last()
}

// first returns the first day that the point may mean. Qualifiers do not widen it: nobody can say by how much.
func (p Point) first() time.Time {
	return time.Date(int(p.Year), time.Month(max(p.Month, 1)), int(max(p.Day, 1)), 0, 0, 0, 0, time.UTC)
}

// last returns the last day that the point may mean.
func (p Point) last() time.Time {
	switch {
	case p.Month == 0:
		p.Month, p.Day = 12, 31
	case p.Day == 0:
		p.Day = daysIn(p)
	}
	return p.first()
}

// Compare orders dates by their first day, then by their last.
func (d Date) Compare(e Date) int {
	return cmp.Or(d.First().Compare(e.First()), d.Last().Compare(e.Last()))
}

// Overlaps reports whether some day may be meant by both.
func (d Date) Overlaps(e Date) bool {
	return !d.IsZero() && !e.IsZero() && !d.Last().Before(e.First()) && !e.Last().Before(d.First())
}

// String returns d as EDTF.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Open:
		return d.Start.String() + "/.."
	case d.IsInterval():
		return d.Start.String() + "/" + d.End.String()
	}
	return d.Start.String()
}

// Plain returns the point without qualifiers, in the form that HTML and CSV readers take: 2025, 2025-06 or 2025-06-04.
func (p Point) Plain() string {
	if p.Year == 0 {
		return ""
	}
	b := make([]byte, 0, len(time.DateOnly))
	b = appendTwo(appendTwo(b, int(p.Year)/100), int(p.Year)%100)
	for _, n := range []int{int(p.Month), int(p.Day)} {
		if n == 0 {
			break
		}
		b = appendTwo(append(b, '-'), n)
	}
	return string(b)
}

// appendTwo appends a number as two digits.
func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// String returns the point as EDTF.
func (p Point) String() string {
	switch {
	case p.Approximate && p.Uncertain:
		return p.Plain() + "%"
	case p.Approximate:
		return p.Plain() + "~"
	case p.Uncertain:
		return p.Plain() + "?"
	}
	return p.Plain()
}

// Text returns d in words: "4 June 2025", "about June 2025", "24 to 25 June 2025", "from 2025".
func (d Date) Text() string {
	switch {
	case d.IsZero():
		return ""
	case d.Open:
		return "from " + d.Start.Text()
	case !d.IsInterval():
		return d.Start.Text()
	}
	a, b := d.Start, d.End
	switch {
	case !d.IsPlain() || a.Year != b.Year || a.Month == 0 || b.Month == 0 || a.Month == b.Month && (a.Day == 0 || b.Day == 0):
		return a.Text() + " to " + b.Text()
	case a.Month == b.Month:
		return fmt.Sprintf("%d to %s", a.Day, b.Text())
	case a.Day != 0:
		return fmt.Sprintf("%d %s to %s", a.Day, time.Month(a.Month), b.Text())
	}
	return fmt.Sprintf("%s to %s", time.Month(a.Month), b.Text())
}

// Text returns the point in words.
func (p Point) Text() string {
	var s string
	switch {
	case p.Year == 0:
		return ""
	case p.Month == 0:
		s = strconv.Itoa(int(p.Year))
	case p.Day == 0:
		s = time.Month(p.Month).String() + " " + strconv.Itoa(int(p.Year))
	default:
		s = strconv.Itoa(int(p.Day)) + " " + time.Month(p.Month).String() + " " + strconv.Itoa(int(p.Year))
	}
	if p.Approximate {
		s = "about " + s
	}
	if p.Uncertain {
		s += " (uncertain)"
	}
	return s
}

// Day returns the date of the day on which t falls, in UTC.
func Day(t time.Time) Date {
	y, m, d := t.UTC().Date()
	p := Point{Year: int16(y), Month: int8(m), Day: int8(d)}
	return Date{Start: p, End: p}
}
