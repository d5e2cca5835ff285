package page

import (
	"slices"

	"briefing/internal/graph"
)

// A sheet is the lines of a sum in the order in which a reader adds them up: by currency, loans behind the rest, and last those that are in
// no total. It may take several pages; as on paper, what a page comes to is carried over to the next.
type sheet[T any] struct {
	// url is the address of the first page.
	url string

	lines []T

	// groups are the lines of each total, in the order of lines.
	groups []group

	// carried is, for each page, what the group that goes on there comes to on the pages before; zero where a page begins a group.
	carried []graph.Total
}

// A group is the lines of one total: those from one position up to another.
type group struct {
	graph.Total
	from, to int
}

// newSheet puts lines in order, and adds them up: bring returns what a line brings to the totals. One that is in none has no currency.
func newSheet[T any](url string, lines []T, bring func(T) graph.Total) *sheet[T] {
	s := &sheet[T]{url: url, lines: lines, carried: make([]graph.Total, 0, pageCount(len(lines)))}
	slices.SortStableFunc(lines, func(a, b T) int { return bring(a).Compare(bring(b)) })
	for i, line := range lines {
		t := bring(line)
		if n := len(s.groups); n == 0 || s.groups[n-1].Compare(t) != 0 {
			s.groups = append(s.groups, group{Total: graph.Total{Currency: t.Currency, Loan: t.Loan}, from: i})
		}
		g := &s.groups[len(s.groups)-1]
		if i%MaxRows == 0 {
			s.carried = append(s.carried, g.Total)
		}
		g.Total, g.to = g.Add(t), i+1
	}
	return s
}

// told returns a sheet whose lines are told in another form.
func told[T, U any](s *sheet[T], as func(T) U) *sheet[U] {
	lines := make([]U, len(s.lines))
	for i, line := range s.lines {
		lines[i] = as(line)
	}
	return &sheet[U]{url: s.url, lines: lines, groups: s.groups, carried: s.carried}
}

// totals returns the groups that are in totals.
func (s *sheet[T]) totals() []group {
	if n := len(s.groups); n > 0 && s.groups[n-1].Currency == "" {
		return s.groups[:n-1]
	}
	return s.groups
}

// A leaf is the lines of one group that stand on one page.
type leaf[T any] struct {
	group
	lines []T

	// brought is what its lines on the pages before come to, upTo what all do up to the end of this one.
	brought, upTo graph.Total

	// goesOn says that further lines follow on the next page.
	goesOn bool
}

// page returns what stands on a page.
func (s *sheet[T]) page(n int) []leaf[T] {
	var out []leaf[T]
	from, to := (n-1)*MaxRows, min(n*MaxRows, len(s.lines))
	for _, g := range s.groups {
		if g.to <= from || g.from >= to {
			continue
		}
		l := leaf[T]{group: g, lines: s.lines[max(g.from, from):min(g.to, to)], upTo: g.Total, goesOn: g.to > to}
		if g.from < from {
			l.brought = s.carried[n-1]
		}
		if l.goesOn {
			l.upTo = s.carried[n]
		}
		out = append(out, l)
	}
	return out
}

// address returns the address of the page on which a group begins, and of its place there.
func (s *sheet[T]) address(g group) string {
	return pageURL(s.url, g.from/MaxRows+1) + "#" + groupID(g.Total)
}
