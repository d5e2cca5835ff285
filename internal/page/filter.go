package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// Filters let readers choose among the rows of a table, without a script: each filter is a group of radio buttons, each row carries in
// attributes what it is, and a stylesheet that is made for the site hides the rows that do not have what is chosen. A row stands
// only where every filter lets it.
//
// The stylesheet knows no words, but numbers alone: the third option of the second filter is the radio button f2-3, and the rows that have
// it carry the 3 in data-f2. Options are numbered on each page anew, so that a page has no more of them than its rows need.
type Filters struct {
	// List is empty where there is nothing to choose.
	List []Filter

	// Rows is how many rows the page has, Noun what they are.
	Rows int
	Noun string

	// Part says that the list goes on: the filters are for the rows of this page alone.
	Part bool
}

// A Filter is a group of options, of which one is chosen.
type Filter struct {
	// Name is that of the radio buttons, such as f2.
	Name string

	// Title says what the options are.
	Title string

	// Long says that the options are too many for one line.
	Long bool

	// Options begin with the one that lets every row stand.
	Options []Option
}

// An Option is what a row may be.
type Option struct {
	// ID is that of the radio button, such as f2-3.
	ID string

	// Value counts from 1; it is 0 where every row stands.
	Value int

	// Label is the option in words.
	Label string

	// Rows is how many rows have it.
	Rows int
}

// Marks are what a row is: for each filter of its page the numbers of its options.
type Marks [][]int

// longFilter is how many options stand on one line.
const longFilter = 9

// Label returns what the filters choose by, in words: "donor, category and year".
func (f Filters) Label() string {
	var titles []string
	for _, x := range f.List {
		titles = append(titles, strings.ToLower(x.Title))
	}
	if n := len(titles); n > 1 {
		return strings.Join(titles[:n-1], ", ") + " and " + titles[n-1]
	}
	return strings.Join(titles, "")
}

// A facet is one of the ways in which the rows of a list differ.
type facet[R any] struct {
	title string
	// of returns what a row is; nothing where that is not known to us.
	of func(R) []string
	// order compares options.
	order func(a, b string) int
}

// unknownOption is the option of rows of which nothing is known.
const unknownOption = "not known to us"

// filtered returns the filters of a list of rows, and what each row carries for them. A facet in which all rows are alike makes none.
func filtered[R any](rows []R, facets []facet[R]) ([]Filter, []Marks) {
	var list []Filter
	marks := make([]Marks, len(rows))
	for _, f := range facets {
		has := make([][]string, len(rows))
		count := map[string]int{}
		for i, r := range rows {
			if has[i] = f.of(r); len(has[i]) == 0 {
				has[i] = []string{unknownOption}
			}
			for _, label := range has[i] {
				count[label]++
			}
		}
		if len(count) < 2 {
			continue
		}
		name := "f" + strconv.Itoa(len(list)+1)
		filter, number := newFilter(name, f, count)
		filter.Options[0].Rows = len(rows)
		list = append(list, filter)
		for i := range rows {
			marks[i] = append(marks[i], numbers(has[i], number))
		}
	}
	return list, marks
}

// newFilter returns the filter of a facet, given how many rows have each option, and the number of each option.
func newFilter[R any](name string, f facet[R], count map[string]int) (Filter, map[string]int) {
	labels := make([]string, 0, len(count))
	for label := range count {
		labels = append(labels, label)
	}
	slices.SortFunc(labels, func(a, b string) int {
		return cmp.Or(unknownLast(a, b), f.order(a, b), cmp.Compare(a, b))
	})
	filter := Filter{Name: name, Title: f.title, Long: len(labels) > longFilter, Options: []Option{{ID: name + "-0", Label: "all"}}}
	number := make(map[string]int, len(labels))
	for i, label := range labels {
		number[label] = i + 1
		filter.Options = append(filter.Options, Option{ID: name + "-" + strconv.Itoa(i+1), Value: i + 1, Label: label, Rows: count[label]})
	}
	return filter, number
}

// numbers returns the numbers of options.
func numbers(labels []string, number map[string]int) []int {
	out := make([]int, 0, len(labels))
	for _, label := range labels {
		out = append(out, number[label])
	}
	return out
}

// unknownLast puts what is not known behind all that is.
func unknownLast(a, b string) int {
	switch {
	case a == unknownOption && b != unknownOption:
		return 1
	case b == unknownOption && a != unknownOption:
		return -1
	}
	return 0
}

// FilterSizes returns how many options the first, second … filter of any page of g has: as many as the stylesheet must have rules for.
func FilterSizes(g *graph.Graph) []int {
	p := newPlanner(g)
	var sizes []int
	enter := func(list []Filter) {
		for i, f := range list {
			if i == len(sizes) {
				sizes = append(sizes, 0)
			}
			sizes[i] = max(sizes[i], len(f.Options)-1)
		}
	}
	pledges := graph.Of[*dossier.Pledge](g, dossier.KindPledge)
	slices.Reverse(pledges)
	for rows := range slices.Chunk(pledges, MaxRows) {
		list, _ := filtered(rows, p.pledgeFacets())
		enter(list)
	}
	for _, s := range graph.Of[*dossier.Series](g, dossier.KindSeries) {
		for rows := range slices.Chunk(newest(g.Series(s.ID), len(g.Series(s.ID))), MaxRows) {
			list, _ := filtered(rows, p.meetingFacets())
			enter(list)
		}
	}
	return sizes
}

// pledgeFacets are the ways in which pledges differ.
func (p *planner) pledgeFacets() []facet[*dossier.Pledge] {
	return []facet[*dossier.Pledge]{
		{"Donor", func(x *dossier.Pledge) []string { return p.shortNames(donorsOf(x)) }, strings.Compare},
		{"Category", func(x *dossier.Pledge) []string { return []string{string(x.Category)} }, strings.Compare},
		{"Stage", func(x *dossier.Pledge) []string { return []string{x.Status().Label()} }, byPlace(
			"announced", "committed", "allocated", "part-delivered", "delivered", "withdrawn",
		)},
		{"Year", func(x *dossier.Pledge) []string { return yearOf(x.Announced.Date) }, newestFirst},
	}
}

// meetingFacets are the ways in which meetings differ.
func (p *planner) meetingFacets() []facet[*dossier.Event] {
	return []facet[*dossier.Event]{
		{"Chair", func(e *dossier.Event) []string { return p.shortNames(e.Chairs) }, strings.Compare},
		{"Format", func(e *dossier.Event) []string { return someText(e.Format()) }, byPlace("in person", "hybrid", "online")},
		{"Year", func(e *dossier.Event) []string { return yearOf(e.Date) }, newestFirst},
	}
}

// donorsOf returns who promises.
func donorsOf(x *dossier.Pledge) []dossier.ID {
	ids := make([]dossier.ID, 0, len(x.Donors))
	for _, d := range x.Donors {
		ids = append(ids, d.Actor)
	}
	return ids
}

// shortNames returns the short names of actors, each once.
func (p *planner) shortNames(ids []dossier.ID) []string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if name := p.short(id).Title; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// yearOf returns the year in which a date begins.
func yearOf(d dossier.Date) []string {
	if d.IsZero() {
		return nil
	}
	return []string{strconv.Itoa(int(d.Start.Year))}
}

// someText returns a list of a text that is not empty.
func someText(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// newestFirst compares years.
func newestFirst(a, b string) int { return cmp.Compare(b, a) }

// byPlace compares words by their places in a list.
func byPlace(list ...string) func(a, b string) int {
	return func(a, b string) int { return cmp.Compare(slices.Index(list, a), slices.Index(list, b)) }
}
