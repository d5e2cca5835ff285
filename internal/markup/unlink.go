package markup

import (
	"cmp"
	"slices"
	"strings"
)

// Unlink returns the fragment without some of its links; their words stay where they were. Words is
// asked of each hole: it reports whether the hole goes, and what is printed in its place. Dead is
// asked of each address of this site, and reports whether the links to it go.
func (f *Fragment) Unlink(words func(h *Hole) (html string, gone bool), dead func(address string) bool) Fragment {
	u := unlinking{from: f, to: *f}
	u.to.Holes, u.to.Paths, u.to.Quotes, u.to.Terms, u.to.Mentions = nil, nil, slices.Clone(f.Quotes), slices.Clone(f.Terms), slices.Clone(f.Mentions)
	for i := range f.Holes {
		html, gone := words(&f.Holes[i])
		u.add(f.Holes[i].Offset, func() { u.hole(f.Holes[i], html, gone) })
	}
	taken := map[string]bool{}
	for _, p := range f.Paths {
		switch {
		case !dead(p.Address):
			u.to.Paths = append(u.to.Paths, p)
		case !taken[p.Address]:
			taken[p.Address] = true
			u.links(p.Address)
		}
	}
	for i := range u.to.Quotes {
		q := &u.to.Quotes[i]
		u.add(q.Start, func() { q.Start = int32(u.out.Len()) })
		u.add(q.End, func() { q.End = int32(u.out.Len()) })
	}
	for i := range u.to.Terms {
		t := &u.to.Terms[i]
		u.add(t.Start, func() { t.Start = int32(u.out.Len()) })
		u.add(t.End, func() { t.End = int32(u.out.Len()) })
	}
	for i := range u.to.Mentions {
		m := &u.to.Mentions[i]
		u.add(m.Offset, func() { m.Offset = int32(u.out.Len()) })
	}
	return u.run()
}

// An unlinking is a fragment that is being printed anew. What happens at some place of the old HTML
// is noted first, and done in the order of places.
type unlinking struct {
	from  *Fragment
	to    Fragment
	out   strings.Builder
	notes []note
	// read is how far the old HTML has been printed or skipped.
	read int32
}

// A note is what is to be done at an offset of the old HTML.
type note struct {
	at int32
	do func()
}

// add notes what is to be done at an offset.
func (u *unlinking) add(at int32, do func()) { u.notes = append(u.notes, note{at, do}) }

// run does what is noted and returns the new fragment. Holes that share a place keep their order.
func (u *unlinking) run() Fragment {
	slices.SortStableFunc(u.notes, func(a, b note) int { return cmp.Compare(a.at, b.at) })
	for _, n := range u.notes {
		u.out.WriteString(u.from.HTML[u.read:n.at])
		u.read = n.at
		n.do()
	}
	u.out.WriteString(u.from.HTML[u.read:])
	u.to.HTML = u.out.String()
	return u.to
}

// hole prints the words of a hole that goes, and keeps any other.
func (u *unlinking) hole(h Hole, html string, gone bool) {
	if gone {
		u.out.WriteString(html)
		return
	}
	h.Offset = int32(u.out.Len())
	u.to.Holes = append(u.to.Holes, h)
}

// links notes that the tags of the links to an address are skipped. A printer writes a quotation
// mark only around attributes, and no link within another, so that no parser is needed.
func (u *unlinking) links(address string) {
	const end = "</a>"
	html, open := u.from.HTML, `<a href="`+string(appendEscaped(nil, []byte(address)))+`"`
	for from := 0; ; {
		at := strings.Index(html[from:], open)
		if at < 0 {
			return
		}
		at += from
		words := at + strings.IndexByte(html[at:], '>') + 1
		stop := words + strings.Index(html[words:], end)
		from = stop + len(end)
		u.skip(at, words)
		u.skip(stop, from)
	}
}

// skip notes that a part of the old HTML is not printed.
func (u *unlinking) skip(start, stop int) { u.add(int32(start), func() { u.read = int32(stop) }) }
