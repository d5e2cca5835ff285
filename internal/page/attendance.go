package page

import (
	"fmt"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// An AttendanceStrip is the part that an actor had in each meeting of a series, to scale. Meetings of which nothing is recorded stand in it
// too: what is not recorded is neither presence nor absence.
type AttendanceStrip struct {
	// Series leads to the series.
	Series Ref

	// Held is how many of its meetings were held. Those that the chart shows may be fewer, the newest of them.
	Held int

	// Summary says in a sentence what the chart shows.
	Summary string

	// Marks are in the order of dates.
	Marks []PartMark

	// Years are the ticks below the line.
	Years []Tick

	// Legend are the parts that the actor had, with how often.
	Legend []PartCount
}

// A PartMark is a meeting on an attendance strip.
type PartMark struct {
	// X is from 0 to StripWidth.
	X int

	// Sign is that of the part: chaired, present, online, represented, absent, unclear or blank.
	Sign string

	// Label is the title, the date and the part.
	Label string
}

// A PartCount is how often an actor had a part in meetings of a series.
type PartCount struct {
	// Sign is that of the marks, Text the part in words.
	Sign, Text string

	// N is how often.
	N int
}

// signs are the parts of a strip in the order of its legend. The last stands for meetings of which nothing is recorded.
var signs = []struct {
	part       graph.Part
	sign, text string
}{
	{graph.Chaired, "chaired", "in the chair"}, {graph.Attended, "present", "took part"}, {graph.Online, "online", "took part online"},
	{graph.Represented, "represented", "represented"}, {graph.Absent, "absent", "absent"}, {graph.Contested, "unclear", "reports differ"},
	{"", "blank", "nothing recorded"},
}

// attendanceStrips returns a strip for each series in whose meetings an actor is recorded, the newest MaxRows meetings of each.
func (p *planner) attendanceStrips(list []graph.Appearance) []AttendanceStrip {
	parts := map[dossier.ID]graph.Part{}
	var series []dossier.ID
	seen := map[dossier.ID]bool{}
	for _, x := range list {
		if x.As == graph.Involved || x.Event.Series == "" || x.Event.State() != dossier.Held {
			continue
		}
		parts[x.Event.ID] = x.As
		if s := graph.Find[*dossier.Series](p.g, x.Event.Series); s != nil && !seen[s.ID] {
			seen[s.ID] = true
			series = append(series, s.ID)
		}
	}
	var out []AttendanceStrip
	for _, id := range series {
		out = append(out, p.attendanceStrip(id, parts))
	}
	return out
}

// attendanceStrip draws the strip of one series, of which at least one meeting was held.
func (p *planner) attendanceStrip(id dossier.ID, parts map[dossier.ID]graph.Part) AttendanceStrip {
	var held []*dossier.Event
	for _, e := range p.g.Series(id) {
		if e.State() == dossier.Held {
			held = append(held, e)
		}
	}
	drawn := held[max(0, len(held)-MaxRows):]
	line := axisOf(drawn)
	v := AttendanceStrip{Series: p.short(id), Held: len(held), Years: line.years()}
	of := map[graph.Part]int{}
	for _, e := range drawn {
		of[parts[e.ID]]++
		for _, s := range signs {
			if s.part == parts[e.ID] {
				v.Marks = append(v.Marks, PartMark{line.x(e.Date.First()), s.sign, e.Title + ", " + e.Date.Text() + ": " + s.text})
			}
		}
	}
	var words []string
	for _, s := range signs {
		if n := of[s.part]; n > 0 {
			v.Legend = append(v.Legend, PartCount{s.sign, s.text, n})
			words = append(words, fmt.Sprintf("%s %d", s.text, n))
		}
	}
	newest := ""
	if len(drawn) < len(held) {
		newest = "the newest "
	}
	v.Summary = fmt.Sprintf("Of %s%s held: %s.", newest, count(len(drawn), "meeting"), strings.Join(words, ", "))
	return v
}
