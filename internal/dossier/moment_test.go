package dossier

import (
	"testing"
	"time"
)

func TestAMomentIsTheEndOfItsDate(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]struct{ utc, text string }{
		"2025-06-04":                {"2025-06-04T21:59:59.999999999Z", "4 June 2025"},
		"2025-12-31":                {"2025-12-31T22:59:59.999999999Z", "31 December 2025"},
		"2025-02":                   {"2025-02-28T22:59:59.999999999Z", "28 February 2025"},
		"2024":                      {"2024-12-31T22:59:59.999999999Z", "31 December 2024"},
		"9999":                      {"9999-12-31T22:59:59.999999999Z", "31 December 9999"},
		"2025-06-04T14:30:00Z":      {"2025-06-04T14:30:00Z", "4 June 2025 at 16:30 CEST"},
		"2025-06-04T23:59:59+02:00": {"2025-06-04T21:59:59Z", "4 June 2025 at 23:59 CEST"},
	} {
		m, fault := ParseMoment(text)
		if fault != nil {
			t.Errorf("%s: %s", text, fault.Msg)
			continue
		}
		at := m.In(brussels)
		if got := at.UTC().Format(time.RFC3339Nano); got != want.utc {
			t.Errorf("%s is %s, want %s", text, got, want.utc)
		}
		if got := MomentText(at); got != want.text {
			t.Errorf("%s is told as %s, want %s", text, got, want.text)
		}
	}
}

// The hint of a moment offers no date that a moment cannot be.
func TestWhatIsNoMoment(t *testing.T) {
	const general = "write a day, a month or a year, such as 2025-06-04, or a time, as 2025-06-04T14:30:00Z"
	for text, hint := range map[string]string{
		"yesterday": general, "": general, "2025-06-31": general, "2025-06~": general, "2025-06-04?": general, "2025/2026": general, "2025/..": general,
		"4 June 2025": "write 2025-06-04", "2025-6-4": "write 2025-06-04",
		"2025-06-04T14:30:00": "write 2025-06-04T14:30:00Z, or another zone in place of Z", "25:00": "write it as 2025-06-04T14:30:00Z (RFC 3339)",
	} {
		m, fault := ParseMoment(text)
		if fault == nil || !m.IsZero() {
			t.Errorf("%q is %+v", text, m)
		} else if fault.Hint != hint {
			t.Errorf("%q: %s, want %s", text, fault.Hint, hint)
		}
	}
}

func TestADayIsThatOfTheZone(t *testing.T) {
	late := time.Date(2025, 6, 4, 23, 30, 0, 0, time.FixedZone("east", 14*60*60))
	if got := On(late).String(); got != "2025-06-04" {
		t.Errorf("%s falls on %s", late, got)
	}
}
