package dossier

import (
	"strings"
	"time"

	"briefing/internal/diag"
)

// A Moment is up to when the record is read: the end of a day, of a month or of a year in the site's time zone, or a point in time. The
// zero Moment is none, and leaves nothing out.
type Moment struct {
	// Date is zero where Time is given.
	Date Date
	Time time.Time
}

// ParseMoment reads a date of EDTF that is neither qualified nor an interval, or a time by RFC 3339.
func ParseMoment(s string) (Moment, *Fault) {
	const hint = "write a day, a month or a year, such as 2025-06-04, or a time, as 2025-06-04T14:30:00Z"
	if strings.Contains(s, ":") {
		var m Moment
		fault := timestamp(&m.Time).(Scalar).Set(s)
		return m, fault
	}
	d, fault := ParseDate(s)
	switch {
	case fault != nil && otherForm(s) == "":
		fault.Hint = hint
	case fault == nil && s != d.Start.Plain():
		fault = faultf(diag.BadDate, hint, "%q does not say one moment", s)
	}
	if fault != nil {
		return Moment{}, fault
	}
	return Moment{Date: d}, nil
}

// IsZero reports whether m is no moment.
func (m Moment) IsZero() bool { return m.Date.IsZero() && m.Time.IsZero() }

// In returns the moment as a time in the zone: of a date its last instant.
func (m Moment) In(zone *time.Location) time.Time {
	if m.Date.IsZero() {
		return m.Time.In(zone)
	}
	year, month, day := m.Date.Last().Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, zone).Add(-time.Nanosecond)
}

// MomentText returns a time in words, in its own zone: the last instant of a day is the day, "4 June 2025"; any other is told to the
// minute, "4 June 2025 at 14:30 CEST".
func MomentText(t time.Time) string {
	const day = "2 January 2006"
	if t.Day() != t.Add(time.Nanosecond).Day() {
		return t.Format(day)
	}
	return t.Format(day + " at 15:04 MST")
}

// On returns the date of the day on which t falls in its own zone.
func On(t time.Time) Date {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}
