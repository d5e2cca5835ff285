package diag

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Baseline is the problems that a site is known to have, so that a new rule can be kept from now on without mending what is old first.
// It holds how often each finding occurs, since one slip may stand twice in a file.
type Baseline map[string]int

// Finding names a problem by its file, its code and its message. Lines that come or go above it change nothing.
func (p Problem) Finding() string {
	return fmt.Sprintf("%s: %s: %s", p.File, p.Code, strings.Join(strings.Fields(p.Msg), " "))
}

// mayBeKnown reports whether a baseline may hold the problem: one that leaves something out of the pages, or makes it wrong, has to be
// mended.
func (p Problem) mayBeKnown() bool { return p.Severity == Warning || !RuleOf(p.Code).Firm }

// baselineHead explains the file to those who open it.
const baselineHead = "# Problems that were there before their rules, one a line. “briefing check --write-baseline” writes this file.\n"

// Text returns the text of a baseline of the problems, which ReadBaseline takes, sorted so that additions merge.
func (l List) Text() []byte {
	lines := []string{}
	for _, p := range l {
		if p.mayBeKnown() {
			lines = append(lines, p.Finding())
		}
	}
	slices.Sort(lines)
	return []byte(baselineHead + strings.Join(append(lines, ""), "\n"))
}

// ReadBaseline reads what Text wrote.
func ReadBaseline(text []byte) Baseline {
	b := Baseline{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "#") {
			b[line]++
		}
	}
	return b
}

// Unknown returns the problems that the baseline does not hold, and the findings that it holds and that are there no more.
func (b Baseline) Unknown(l List) (unknown List, mended []string) {
	left := maps.Clone(b)
	for _, p := range l {
		if f := p.Finding(); left[f] > 0 && p.mayBeKnown() {
			left[f]--
		} else {
			unknown.Add(p)
		}
	}
	// What is left has no problem any more, as often as it is left.
	for _, f := range slices.Sorted(maps.Keys(left)) {
		mended = append(mended, slices.Repeat([]string{f}, left[f])...)
	}
	return unknown, mended
}
