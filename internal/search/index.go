package search

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"briefing/internal/graph"
	"briefing/internal/page"
)

// An index is what is known of all documents.
type index struct {
	docs  []document
	terms map[string]*term
	g     *graph.Graph
}

// A term is a word or a date and the documents that have it.
type term struct {
	// postings are number*fields + field, in the order of documents.
	postings []uint32

	// last is one more than the number of the document that was entered last, whether it was kept or not; all counts them.
	last, all int32

	// best is the highest field in which a document has it.
	best field
}

// build makes the index of a site. Documents are read one after the other, in their order, so that a term which is full keeps the first.
func build(g *graph.Graph, pages []page.Page) *index {
	x := &index{docs: collect(g, pages), terms: map[string]*term{}, g: g}
	var on desk
	for i, d := range x.docs {
		d.terms(g, &on, func(word []byte, f field) { x.add(word, i, f) })
	}
	return x
}

// add enters that a document has a term. The best field comes first; what a document has again is left out.
func (x *index) add(word []byte, doc int, f field) {
	t := x.terms[string(word)]
	if t == nil {
		t = &term{}
		x.terms[string(word)] = t
	}
	if t.last == int32(doc)+1 {
		return
	}
	t.last, t.best = int32(doc)+1, max(t.best, f)
	t.all++
	// What is only mentioned in so many texts is not what makes one of them the right one.
	limit := termLimit
	if f <= inSummary {
		limit = textLimit
	}
	if len(t.postings) < limit {
		t.postings = append(t.postings, uint32(doc)*uint32(fields)+uint32(f))
	}
}

// cast returns the actors that documents tell of, those of most documents first, what they are called, and their places in that list for
// each document.
func (x *index) cast() []byte {
	all := x.g.All()
	uses, place := make([]int, len(all)), make([]int, len(all))
	var told []int32 // of all documents, one behind the other
	ends := make([]int, len(x.docs))
	for i, d := range x.docs {
		if d.entry != nil {
			told = append(told, actorsOf(x.g, d.entry)...)
		}
		ends[i] = len(told)
	}
	var actors []int32
	for _, i := range told {
		if uses[i]++; uses[i] == 1 {
			actors = append(actors, i)
		}
	}
	slices.SortFunc(actors, func(a, b int32) int { return cmp.Or(cmp.Compare(uses[b], uses[a]), cmp.Compare(a, b)) })
	var ids, titles []string
	for i, at := range actors {
		place[at] = i
		ids = append(ids, string(all[at].Base().ID))
		titles = append(titles, all[at].Base().Title)
	}
	out := append(append(append([]byte{'['}, encode(ids)...), ','), encode(titles)...)
	out = append(out, ",["...)
	from := 0
	for i, end := range ends {
		if i > 0 {
			out = append(out, ',')
		}
		places := told[from:end]
		slices.SortFunc(places, func(a, b int32) int { return cmp.Compare(place[a], place[b]) })
		out = append(out, '[')
		for j, at := range places {
			if j > 0 {
				out = append(out, ',')
			}
			out = strconv.AppendInt(out, int64(place[at]), 10)
		}
		out = append(out, ']')
		from = end
	}
	return append(out, "]]"...)
}

// shards divides the terms, in the order of their letters, into ranges of about the same weight.
func (x *index) shards(n int) [][]string {
	words := slices.Sorted(maps.Keys(x.terms))
	total := 0
	for _, w := range words {
		total += weight(w, x.terms[w])
	}
	list := make([][]string, 0, n)
	from, sum := 0, 0
	for i, w := range words {
		sum += weight(w, x.terms[w])
		if len(list) < n-1 && sum*n >= total*(len(list)+1) {
			list = append(list, words[from:i+1])
			from = i + 1
		}
	}
	if from < len(words) {
		list = append(list, words[from:])
	}
	return list
}

// weight estimates how many bytes a term takes.
func weight(word string, t *term) int { return len(word)/2 + 2*len(t.postings) }

// likely returns the words that a reader may have meant, those of names and of most documents first.
func (x *index) likely() []string {
	const shortest = 4 // with fewer letters anything is near to anything
	var list []string
	for word := range x.terms {
		if len(word) >= shortest && (word[0] < '0' || word[0] > '9') {
			list = append(list, word)
		}
	}
	// A title counts no more than another name: both are what a reader may have tried to type.
	rank := func(t *term) int { return int(min(t.best, inNames)) }
	slices.SortFunc(list, func(a, b string) int {
		ta, tb := x.terms[a], x.terms[b]
		return cmp.Or(cmp.Compare(rank(tb), rank(ta)), cmp.Compare(tb.all, ta.all), cmp.Compare(a, b))
	})
	return list[:min(len(list), wordLimit)]
}
