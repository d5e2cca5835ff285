package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASeriesKnowsItsFirstItsLatestAndItsNextMeeting(t *testing.T) {
	pages := linked(t, gathering)
	v := view[Series](t, pages, "/talks/")
	if v.First.Card.ID != "first" || v.Latest.Card.ID != "second" || v.Next.Card.ID != "third" {
		t.Errorf("first %v, latest %v, next %v", v.First, v.Latest, v.Next)
	}
	if v.Held != 2 || v.Numbered != 3 || v.Organiser.Title != "North Atlantic Treaty Organization" {
		t.Errorf("%d held, %d with a number, organised by %v", v.Held, v.Numbered, v.Organiser)
	}
	var rows []string
	for _, m := range v.Meetings {
		rows = append(rows, strings.Join([]string{m.ID, fmt.Sprint(m.Number), m.When.Text, m.Place, m.Format, m.Status, m.Participants, m.Outcome}, "|"))
	}
	want := []string{
		"meeting-third|3|1 to 2 October 2025|Online|online|scheduled||",
		"meeting-moved|0|September 2025|||postponed||",
		"meeting-second|2|15 July 2025|Kyiv|hybrid|||",
		"meeting-first|1|15 January 2025|Headquarters, Brussels|in person||nearly 50|Agreed.",
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	first := v.Meetings[3]
	if len(first.Came) != 3 || len(first.Absent) != 1 || first.Absent[0].Title != "The fay" {
		t.Errorf("came %v, absent %v", first.Came, first.Absent)
	}
	door := view[Home](t, pages, "/").Series[0]
	if door.Latest != v.Latest || door.Next != v.Next || door.Held != 2 || door.URL != "/talks/" {
		t.Errorf("the first page shows %+v", door)
	}
	if len(v.Kin) != 0 {
		t.Errorf("what stands above is named again: %+v", v.Kin)
	}
}

func TestASeriesWithoutMeetingsSaysSo(t *testing.T) {
	v := view[Series](t, linked(t, "-- series/talks.md --\nnumbering: Nobody does.\n"), "/talks/")
	if v.First != nil || v.Latest != nil || v.Next != nil || v.Held != 0 || v.Meetings != nil || v.Strip.Marks != nil || v.Pager.Pages != 1 {
		t.Errorf("%+v", v)
	}
}

// meetings returns a series of meetings, one for each line of a text: the date, the chairs, and other keys.
func meetings(lines string) string {
	var b strings.Builder
	b.WriteString("-- series/talks.md --\naka: [Talks]\n")
	for _, id := range strings.Fields("a b c d e f") {
		fmt.Fprintf(&b, "-- actors/%s.md --\nkind: person\ntitle: %s\n", id, strings.ToUpper(id))
	}
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		words := strings.Fields(line)
		fmt.Fprintf(&b, "-- events/m%d.md --\nkind: meeting\nseries: talks\ndate: %s\n", i+1, words[0])
		for _, key := range words[1:] {
			fmt.Fprintln(&b, strings.Replace(key, ":", ": ", 1))
		}
	}
	return b.String()
}

// TestAStripIsToScale proves that a mark's place is that of its day between the first and the last, and that ticks stand where years begin.
func TestAStripIsToScale(t *testing.T) {
	s := view[Series](t, linked(t, meetings(`
2024-01-01 chairs:[a] number:1 place:{"city":X}
2024-12-31 chairs:[a] number:2 online:true
2025-12-31 chairs:[b] number:3 online:true place:{"city":X}
2026-06 chairs:[b] status:scheduled
2027-12-31 chairs:[a] number:4 published:2028-01-01T00:00:00Z`)), "/talks/").Strip
	var got []string
	for _, m := range s.Marks {
		got = append(got, fmt.Sprint(m.X, " ", m.Shape, " ", m.Fill, " ", m.Number))
	}
	want := []string{"0 circle solid 1", "250 circle hollow 2", "500 square half 3", "604 square cross 0", "1000 circle solid 4"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Tick{{0, "2024"}, {250, "2025"}, {500, "2026"}, {750, "2027"}}, s.Years); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]LegendItem{{"circle", "A"}, {"square", "B"}}, s.Legend); d != "" {
		t.Error(d)
	}
	if s.Summary != "5 meetings from 1 January 2024 to 31 December 2027, placed to scale along a line of time." || s.Marks[3].Label != "The m4, June 2026" {
		t.Errorf("%q, %q", s.Summary, s.Marks[3].Label)
	}
}

func TestAStripOfOneMeeting(t *testing.T) {
	s := view[Series](t, linked(t, meetings("2025-06-04 number:1")), "/talks/").Strip
	if len(s.Marks) != 1 || s.Marks[0].X != StripWidth/2 || s.Summary != "1 meeting, on a line of time: 4 June 2025." {
		t.Errorf("%+v", s)
	}
	if s.Legend[0].Text != "Chair not known to us" {
		t.Errorf("legend %+v", s.Legend)
	}
}

// TestAYearWithoutRoomIsNotNamed proves that the year in which a series begins is named only where the next is far enough away.
func TestAYearWithoutRoomIsNotNamed(t *testing.T) {
	s := view[Series](t, linked(t, meetings("2024-12-20\n2026-01-01")), "/talks/").Strip
	if d := cmp.Diff([]Tick{{31, "2025"}, {1000, "2026"}}, s.Years); d != "" {
		t.Error(d)
	}
}

// TestNoShapeMeansTwoChairs proves that chairs beyond the number of shapes share the last one, and that the legend says so.
func TestNoShapeMeansTwoChairs(t *testing.T) {
	s := view[Series](t, linked(t, meetings(`
2025-01-01 chairs:[a]
2025-02-01 chairs:[a,b]
2025-03-01 chairs:[c]
2025-04-01 chairs:[d]
2025-05-01 chairs:[e]
2025-06-01 chairs:[f] status:cancelled
2025-07-01 chairs:[a]`)), "/talks/").Strip
	want := []LegendItem{{"circle", "A"}, {"square", "A and B"}, {"diamond", "C"}, {"triangle", "others"}}
	if d := cmp.Diff(want, s.Legend); d != "" {
		t.Error(d)
	}
	var shapes []string
	for _, m := range s.Marks {
		shapes = append(shapes, m.Shape)
	}
	if got := strings.Join(shapes, " "); got != "circle square diamond triangle triangle  circle" {
		t.Errorf("shapes %s", got)
	}
}

// TestTenuresShowTheOfficeHeldAtTheBeginning covers who chaired a series, and since when.
func TestTenuresShowTheOfficeHeldAtTheBeginning(t *testing.T) {
	v := view[Series](t, linked(t, `
-- actors/ada.md --
kind: person
roles: [{title: Minister, from: 2024, to: 2025, source: paper}, {title: Envoy, from: 2026, source: paper}]
-- sources/paper.md --
type: webpage
publisher: P
undated: true
-- series/talks.md --
chairs: [{actor: ada, from: 2025-01-10, to: 2025-06-04}, {actor: ada, from: 2026-03}, ada]
`), "/talks/")
	var got []string
	for _, c := range v.Chairs {
		got = append(got, c.Title+", "+c.Role+": "+c.From.Machine+" to "+c.To.Machine)
	}
	if d := cmp.Diff([]string{"The ada, Minister: 2025-01-10 to 2025-06-04", "The ada, Envoy: 2026-03 to ", "The ada, :  to "}, got); d != "" {
		t.Error(d)
	}
}
