package dossier

import (
	"testing"
	"time"
)

// An event that was published as one to come must say when that changed, for that is when it becomes news. One that was published on its
// day, as days are anywhere on Earth, need not.
func TestAnEventPublishedBeforeItsDaySaysWhenItWasHeld(t *testing.T) {
	note := []Change{{At: time.Date(2025, 6, 5, 8, 0, 0, 0, time.UTC), Kind: StatusNote, Was: "Scheduled.", Now: "Held.", Note: "It was held."}}
	for _, x := range []struct {
		name      string
		published string
		status    EventStatus
		changes   []Change
		faults    int
	}{
		{"published afterwards", "2026-01-01T00:00:00Z", "", nil, 0},
		{"published on the day, far in the east", "2025-06-03T22:00:00Z", Held, nil, 0},
		{"published before, and no note", "2025-06-01T00:00:00Z", "", nil, 1},
		{"published before, with a note", "2025-06-01T00:00:00Z", Held, note, 0},
		{"still to come", "2025-06-01T00:00:00Z", Scheduled, nil, 0},
		{"cancelled before we knew of it", "2025-06-01T00:00:00Z", Cancelled, nil, 0},
		{"cancelled later", "2025-06-01T00:00:00Z", Cancelled, note, 0},
	} {
		published, err := time.Parse(time.RFC3339, x.published)
		if err != nil {
			t.Fatal(err)
		}
		e := &Event{Head: Head{Published: published, Seldom: &Seldom{Changes: x.changes}}, Date: mustDate(t, "2025-06-04"), Status: x.status}
		faults := 0
		e.Check(func(*Fault, ...any) { faults++ })
		if faults != x.faults {
			t.Errorf("%s: %d faults", x.name, faults)
		}
	}
}

func TestAChangeInOneLine(t *testing.T) {
	for _, x := range []struct{ was, now, want string }{
		{"", "", "Why."}, {"5 June 2025", "4 June 2025", "Was: 5 June 2025. Now: 4 June 2025. Why."}, {"Old.", "“New.”", "Was: Old. Now: “New.” Why."},
	} {
		if got := (Change{Was: x.was, Now: x.now, Note: "Why."}).Text(); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}
