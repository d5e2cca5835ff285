package page

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// attended is a series in which one actor had each of the parts there are, and another is only named.
const attended = `
-- actors/ada.md --
kind: person
-- actors/bob.md --
kind: person
-- series/talks.md --
aka: [Talks]
-- events/t1.md --
kind: meeting
date: 2024-01-01
series: talks
chairs: [ada]
-- events/t2.md --
kind: meeting
date: 2024-07-01
series: talks
attendance: [{actor: ada, mode: online}]
actors: [bob]
-- events/t3.md --
kind: meeting
date: 2025-01-01
series: talks
-- events/t4.md --
kind: meeting
date: 2025-07-01
series: talks
attendance: [{actor: ada, mode: absent}]
-- events/t5.md --
kind: meeting
date: 2026-01-01
series: talks
status: cancelled
attendance: [ada]
`

// TestAttendanceIsDrawnWithWhatIsNotRecorded proves that a strip has each meeting that was held, and says of none more than is recorded.
func TestAttendanceIsDrawnWithWhatIsNotRecorded(t *testing.T) {
	pages := linked(t, attended)
	v := view[Actor](t, pages, "/actors/ada/")
	if len(v.Strips) != 1 {
		t.Fatalf("%+v", v.Strips)
	}
	s := v.Strips[0]
	var got []string
	for _, m := range s.Marks {
		got = append(got, fmt.Sprintf("%d %s %s", m.X, m.Sign, m.Label))
	}
	want := []string{
		"0 chaired The t1, 1 January 2024: in the chair", "332 online The t2, 1 July 2024: took part online",
		"669 blank The t3, 1 January 2025: nothing recorded", "1000 absent The t4, 1 July 2025: absent",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if want := "Of 4 meetings held: in the chair 1, took part online 1, absent 1, nothing recorded 1."; s.Summary != want || s.Held != 4 {
		t.Errorf("%d held: %q", s.Held, s.Summary)
	}
	if v := view[Actor](t, pages, "/actors/bob/"); v.Strips != nil {
		t.Errorf("an actor who is named, and no more, has %+v", v.Strips)
	}
}

// TestALongSeriesIsDrawnInPart proves that the page of an actor stays small, however often a series met.
func TestALongSeriesIsDrawnInPart(t *testing.T) {
	archive := "-- actors/ada.md --\nkind: person\n-- series/talks.md --\naka: [Talks]\n"
	for i := range MaxRows + 5 {
		archive += fmt.Sprintf("-- events/e%03d.md --\nkind: meeting\ndate: %d-%02d-01\nseries: talks\nchairs: [ada]\n", i, 2000+i/12, i%12+1)
	}
	s := view[Actor](t, linked(t, archive), "/actors/ada/").Strips[0]
	if len(s.Marks) != MaxRows || s.Marks[0].X != 0 {
		t.Errorf("%d marks, the first %+v", len(s.Marks), s.Marks[0])
	}
	if want := "Of the newest 200 meetings held: in the chair 200."; s.Held != MaxRows+5 || s.Summary != want {
		t.Errorf("%d held: %q", s.Held, s.Summary)
	}
}
