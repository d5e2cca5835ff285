// Package diag describes what is wrong with content, and where.
//
// A [Problem] has a place, a [Code] that never changes, a message of one sentence and a hint that says what to do. Where two
// files disagree it names the second place too. Every stage collects its problems in a [List] and carries on, so that one run
// shows them all; [List.Sort] puts them in order, and [Print] shows each with the line it stands in:
//
//	content/pledges/uk-drones.md:7:18: dangling-reference: no entry "united-kingdon"
//	  7 | donors: [{actor: united-kingdon}]
//	    |                  ^^^^^^^^^^^^^^
//	    did you mean "united-kingdom"? (content/actors/united-kingdom.md)
//
// A problem is an [Error] or a [Warning], or passed over; the table of [Rules] says which of these each code is, and a site may say
// otherwise of some, see [List.Graded].
//
// [JSON], [GitHub] and [SARIF] tell programs the same as Print tells people. A [Baseline] holds the problems that a site is known to have,
// and an [Edit] what mends one for certain.
//
// Lines and columns count from 1; columns count characters, not bytes.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// A Mark is a place within one file. A zero Line means the file as a whole.
type Mark struct {
	Line int32 // from 1
	Col  int32 // from 1, in characters
	Len  int32 // characters to underline; 0 counts as 1
}

// A Pos is a place in a named file.
type Pos struct {
	File string // as the user would type it, such as content/events/udcg-28.md
	Mark
}

// In returns the place m of the named file.
func (m Mark) In(file string) Pos { return Pos{file, m} }

// String returns file:line:column, or the file's name alone where no line is known.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, max(p.Col, 1))
}

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// A Problem is one thing that an editor has to mend.
type Problem struct {
	Pos
	Code Code
	// Severity is set by Graded; those who find problems leave it alone.
	Severity Severity
	Msg      string // one sentence without a final stop
	Hint     string // what to do; may be empty
	Also     Pos    // the other place, where two files disagree
	// Fix mends the problem for certain; there is none where an editor has to choose. Its place may be a part of the line, from where on the
	// old text is looked for.
	Fix Edit
}

// String returns the problem on one line, without hint and excerpt.
func (p Problem) String() string {
	if p.Severity == Warning {
		return fmt.Sprintf("%s: warning: %s: %s", p.Pos, p.Code, p.Msg)
	}
	return fmt.Sprintf("%s: %s: %s", p.Pos, p.Code, p.Msg)
}

// A List collects problems. The zero List is empty and ready to use.
type List []Problem

// Add appends a problem.
func (l *List) Add(p Problem) { *l = append(*l, p) }

// Sort orders the list by file, line, column and code, and drops repetitions.
func (l *List) Sort() {
	slices.SortFunc(*l, compare)
	*l = slices.CompactFunc(*l, func(a, b Problem) bool { return compare(a, b) == 0 })
}

// compare orders problems by their place, and then by what they say, so that a list has one order whatever found it.
func compare(a, b Problem) int {
	return cmp.Or(
		a.Pos.Compare(b.Pos),
		cmp.Compare(a.Code, b.Code), cmp.Compare(a.Msg, b.Msg), cmp.Compare(a.Hint, b.Hint), cmp.Compare(a.Len, b.Len),
		a.Also.Compare(b.Also),
	)
}
