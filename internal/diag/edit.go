package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// An Edit puts a text in place of another on one line of a file. It is made where a problem is found, and holds against no other text than
// the one that it was made for.
type Edit struct {
	Pos
	// Old is what stands at Pos, and nothing for what is to be put in there. New may hold line ends.
	Old, New string
}

// Some reports whether there is an edit at all.
func (e Edit) Some() bool { return e.File != "" }

// byteOrderMark may stand before the first character of a file, and is none itself.
var byteOrderMark = []byte("\ufeff")

// Apply returns src with the edits made, in whatever order they are given. It fails where the text has changed since they were made, or
// where two of them overlap; one that is given twice is made once.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	// A cut is the part of src that an edit replaces, in bytes.
	type cut struct {
		from, to int
		Edit
	}
	lines := lineStarts(src)
	cuts := make([]cut, len(edits))
	for i, e := range edits {
		from, ok := e.offset(src, lines)
		if !ok || !bytes.HasPrefix(src[from:], []byte(e.Old)) {
			return nil, fmt.Errorf("%s: there is no %q any more", e.Pos, e.Old)
		}
		cuts[i] = cut{from, from + len(e.Old), e}
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	// Two rules may find the same slip and carry the same cure.
	cuts = slices.CompactFunc(cuts, func(a, b cut) bool { return a.from == b.from && a.Edit == b.Edit })
	var out []byte
	last := 0
	for _, c := range cuts {
		if c.from < last {
			return nil, fmt.Errorf("%s: two edits of one place", c.Pos)
		}
		out = append(append(out, src[last:c.from]...), c.New...)
		last = c.to
	}
	return append(out, src[last:]...), nil
}

// lineStarts returns the offsets at which lines begin.
func lineStarts(src []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(src, byteOrderMark) {
		starts[0] = len(byteOrderMark)
	}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// offset returns the offset of a place in a text whose lines begin as given.
func (m Mark) offset(src []byte, lines []int) (int, bool) {
	if m.Line < 1 || int(m.Line) > len(lines) {
		return 0, false
	}
	at := lines[m.Line-1]
	for range m.Col - 1 {
		r, size := utf8.DecodeRune(src[at:])
		if size == 0 || r == '\n' {
			return 0, false
		}
		at += size
	}
	return at, true
}
