package markup

import (
	"slices"
	"strconv"
	"strings"
)

// Within returns the fragment as a part of a longer document that has headings of its own above it: each heading is one level lower. So
// that two parts of one document do not meet, each id and each link to one begins with prefix, which must be safe in an attribute, and each
// label that readers of screens hear begins with the number of the chapter. Of the rest only the holes, the headings and the
// number of words are kept.
func (f *Fragment) Within(prefix string, chapter int) Fragment {
	lower := lowering(prefix, "Chapter "+strconv.Itoa(chapter)+": ")
	to := Fragment{Holes: slices.Clone(f.Holes), Words: f.Words}
	var out strings.Builder
	read := 0
	for i := range to.Holes { // no tag has a hole in it
		at := int(f.Holes[i].Offset)
		out.WriteString(lower.Replace(f.HTML[read:at]))
		to.Holes[i].Offset, read = int32(out.Len()), at
	}
	out.WriteString(lower.Replace(f.HTML[read:]))
	to.HTML = out.String()
	for _, h := range f.Headings {
		h.Level, h.ID = h.Level+1, prefix+h.ID
		to.Headings = append(to.Headings, h)
	}
	return to
}

// lowering returns what changes HTML for Within. A printer writes a quotation mark only around attributes and an angle bracket only around
// tags, so that no parser is needed.
func lowering(prefix, label string) *strings.Replacer {
	changes := []string{` id="`, ` id="` + prefix, ` href="#`, ` href="#` + prefix, ` aria-label="`, ` aria-label="` + label}
	for level := topHeading; level <= lastHeading; level++ {
		from, to := strconv.Itoa(level), strconv.Itoa(level+1)
		changes = append(changes, "<h"+from, "<h"+to, "</h"+from, "</h"+to)
	}
	return strings.NewReplacer(changes...)
}
