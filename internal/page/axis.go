package page

import (
	"strconv"
	"time"

	"briefing/internal/dossier"
)

// StripWidth is the width of a strip in units of its own.
const StripWidth = 1000

// A Tick is a year on a strip.
type Tick struct {
	// X is from 0 to StripWidth.
	X int

	// Text is the year.
	Text string
}

// tickRoom is how much of a strip's width the first year must have to be named.
const tickRoom = 120

// An axis is a line of time from the first to the last of some events, which are in the order of dates. Events whose day is not known
// stand at the first day they may mean.
type axis struct {
	first, last time.Time
}

// axisOf returns the axis of events, of which there is at least one.
func axisOf(events []*dossier.Event) axis {
	return axis{events[0].Date.First(), events[len(events)-1].Date.First()}
}

// x returns where a day stands, from 0 to StripWidth.
func (a axis) x(day time.Time) int {
	span := a.last.Sub(a.first)
	if span == 0 {
		return StripWidth / 2
	}
	return int(int64(day.Sub(a.first).Hours()) * StripWidth / int64(span.Hours()))
}

// years returns the first day of each year on the axis, and the beginning of the axis where there is room to name its year.
func (a axis) years() []Tick {
	var out []Tick
	start := func(year int) int {
		return a.x(dossier.Date{Start: dossier.Point{Year: int16(year)}}.First())
	}
	if start(a.first.Year()+1) > tickRoom {
		out = append(out, Tick{0, strconv.Itoa(a.first.Year())})
	}
	for year := a.first.Year() + 1; year <= a.last.Year(); year++ {
		out = append(out, Tick{start(year), strconv.Itoa(year)})
	}
	return out
}
