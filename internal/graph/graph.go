// Package graph links entries: it resolves every reference and answers every query.
//
// [Link] takes the entries of a site, each read by itself, and returns a [Graph], or the problems that only show when all files
// are seen together: an id used twice, a reference that leads nowhere or to the wrong kind of thing, an anchor that is not there, a
// number given to two meetings, a month with two introductions, things that contain each other, parts of a pledge that come to more than
// the whole, a sum without the rates to convert it, a claim made surer than its sources. Each problem names both places.
//
// A reference may name an entry by a former id; what queries return, and what ledgers and relations are kept by, is the present one.
// Of two entries with one id the first in the order of file names is in the graph; the references of the other are checked too.
//
// Lists of what has a date are in the order of dates: by the first day that a date may mean, then by the last, then by id. What is new
// comes newest first. All other lists are by id, or in the order that an index of their kind has.
//
// A ledger says which sums may be added up, see [Ledger], and a cut of which part of the pledges, see [Cut]. Two things hold: in each
// dimension the totals of all cuts come to the total of the whole, and a pledge inside another, or one that announces another again,
// changes no total when it is added. Both hold for converted totals too.
//
// # The record
//
// [Graph.At] returns the graph of what had been published at a moment, with the totals that could be added up then. In it are the entries
// whose published: is not later, their changes whose at: is not, and those steps of pledges of which neither the date, by its first
// day, nor the time at which they were recorded is. A step without a time of its own was there when its pledge was published, or, where it
// is dated later, on the first day that its date may mean: a later one would leave a step of “2026” out until the year is over, though it
// has long been read. A pledge with no step left stands as announced.
//
// Actors, series and sources are reference works: one that the record speaks of is in it, though it may have been written later. Any other
// reference to what came later is left out, from lists, from fields and from prose, in which its words stay. A pledge inside one that had
// yet to come therefore counts by itself.
//
// A rate is in the record when its source is. Where one is missing that a total needs, the record has no converted totals.
//
// Texts have no versions. What was changed in an entry without a note stands in every record as it is now, and so does a text that a note
// says was corrected.
//
// # How sure a statement is
//
// Outcomes, key points, figures, the steps of pledges and the versions of a dispute are statements. The standing of each is derived
// from its sources, see [Graph.Standing]. It is the first of these that holds:
//
//	disputed     there are versions of it that differ
//	unconfirmed  no source is of class official, agency, media or research
//	claimed      asserted_by names who says so, and no source is of class research; or all good sources are official
//	confirmed    two sources of its own are independent, one is primary, and the other is not official
//	reported     otherwise
//
// A source is primary that is of class official or research and was seen by us, not known via another. Two sources are independent that
// share no publisher, neither their own nor one of those via which they are known; what stands in brackets behind a publisher’s name
// is left out of account. A statement without sources of its own rests on those of its entry, which can make it reported but not
// confirmed, for nobody has said which of them it stands in. An editor’s own word may lower a standing; one that would raise it is a
// problem.
//
// # Figures
//
// A figure may supersede another: the earlier value of the same measure. Such figures form a chain, see [Graph.Chain]; each is
// superseded by one other at most, has the same unit or currency, and an earlier date. No figure is part of any total.
//
// A Graph is frozen: its methods may be called from any number of goroutines, and what they return must not be changed. Nothing
// in it depends on the order in which files were read.
package graph

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// A Graph is a linked site.
type Graph struct {
	Site dossier.Site
	// AsOf is the moment of the record that this is, where it is not the whole: what was published later is left out.
	AsOf time.Time

	// entries are in the order of their ids. All other fields know an entry by its position here, which takes a quarter of the
	// memory of an id: a site may have 150,000 of them.
	entries []dossier.Entry
	// index maps ids, present and former, to positions.
	index map[dossier.ID]int32
	// byKind holds positions in the order of the kind's index, see order. Lists and relations know no other entries: one that the editors
	// withdrew is not in it, and only references lead to it.
	byKind map[dossier.Kind][]int32
	// withdrawn says of each entry whether the editors withdrew it.
	withdrawn []bool
	// back holds, for each entry, the positions of those that refer to it, in the order of ids.
	back lists[int32]
	// news holds the positions of those of which subscribers are told, newest first; place has the place of each entry there, or none.
	news, place []int32
	rel         relations
	// exchange converts the rows of totals.
	exchange exchange
	// media are the sizes of images by their addresses.
	media map[string]Size
	// prose returns the texts of entries, where they do not hold them.
	prose func(dossier.Entry) *dossier.Body
	// places holds the anchors of entries that were asked for one, each as a map[string]bool.
	places sync.Map
}

// Options say which entries a site has, and at which rates it converts.
type Options struct {
	// Drafts includes drafts. Without it a reference to one is a problem.
	Drafts bool
	// AsOf is the moment of the record that the entries are, where they are not the whole.
	AsOf time.Time
	// Rates are those at which totals are converted.
	Rates dossier.Rates
	// Media are the sizes of the images that entries may show, by their addresses.
	Media map[string]Size
	// Prose returns the text of an entry, where entries themselves hold no more of theirs than quotations, paths and terms. It may return
	// another text at another time, with the same references, headings and quotations. Where it is nil entries hold their texts.
	Prose func(dossier.Entry) *dossier.Body
}

// Link links entries. The graph is usable even where there are problems: references that lead nowhere are left out of it.
func Link(site dossier.Site, entries []dossier.Entry, options Options) (*Graph, diag.List) {
	g := &Graph{Site: site, AsOf: options.AsOf, byKind: map[dossier.Kind][]int32{}, exchange: newExchange(options.Rates, site.Currencies), media: options.Media, prose: options.Prose}
	r := resolver{graph: g, drafts: map[dossier.ID]dossier.Entry{}, near: map[search]suggestion{}}
	list := sorted(entries)
	for i, e := range list {
		head := e.Base()
		switch {
		case i > 0 && list[i-1].Base().ID == head.ID:
			r.duplicate(e, list[i-1])
		case head.Draft && !options.Drafts:
			r.drafts[head.ID] = e
		default:
			g.entries = append(g.entries, e)
		}
	}
	g.index = make(map[dossier.ID]int32, len(g.entries))
	g.withdrawn = make([]bool, len(g.entries))
	for i, e := range g.entries {
		g.index[e.Base().ID] = int32(i)
		if g.withdrawn[i] = e.Base().IsWithdrawn(); !g.withdrawn[i] {
			g.byKind[e.Base().Kind] = append(g.byKind[e.Base().Kind], int32(i))
		}
	}
	// Former ids come first, since all that follows asks for the present id of an entry; then the order of kinds, which the lists of
	// relations take over; and anchors are checked when all relations, by which sections are there, are known.
	r.aliases()
	g.order()
	g.orderNews()
	g.relate()
	r.resolve()
	r.numbers()
	r.briefNumbers()
	r.introductions()
	r.cycles()
	r.standings()
	r.chains()
	r.contradictions()
	r.rates()
	r.problems.Sort()
	return g, r.problems
}

// sorted returns entries by id, then by file, whatever order they were read in. Files in which no kind could be seen gave none.
func sorted(entries []dossier.Entry) []dossier.Entry {
	list := slices.DeleteFunc(slices.Clone(entries), func(e dossier.Entry) bool { return e == nil })
	slices.SortFunc(list, func(a, b dossier.Entry) int {
		return cmp.Or(cmp.Compare(a.Base().ID, b.Base().ID), cmp.Compare(a.Base().File, b.Base().File))
	})
	return list
}

// last returns the last element of a list that is not empty.
func last[T any](list []T) T { return list[len(list)-1] }

// order puts the entries of each kind in the order of their indexes: actors by name, sources and pages by title, briefs by number, all that
// has a date by that date, oldest first.
func (g *Graph) order() {
	// A reader looks for Šakalienė under S and for Élysée under E: code points would put both behind Z.
	collator := collate.New(language.English, collate.IgnoreCase)
	var buf collate.Buffer
	keys := make(map[int32][]byte)
	for kind, list := range g.byKind {
		if !inAlphabet(kind) {
			slices.SortFunc(list, func(a, b int32) int { return compare(g.entries[a], g.entries[b]) })
			continue
		}
		for _, i := range list {
			keys[i] = slices.Clone(collator.KeyFromString(&buf, g.entries[i].Base().Title))
			buf.Reset()
		}
		slices.SortFunc(list, func(a, b int32) int { return cmp.Or(slices.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	}
}

// inAlphabet says that entries of a kind are in the order of the alphabet, and not of dates or numbers.
func inAlphabet(kind dossier.Kind) bool {
	switch kind {
	case dossier.KindActor, dossier.KindSource, dossier.KindPage, dossier.KindSeries:
		return true
	}
	return false
}

// compare says which of two entries of a kind goes first in an index that is not in the order of the alphabet: briefs are by number, all
// else by date, and by id where that is the same.
func compare(a, b dossier.Entry) int {
	c := dateOf(a).Compare(dateOf(b))
	if x, ok := a.(*dossier.Brief); ok {
		c = cmp.Compare(x.Number, b.(*dossier.Brief).Number)
	}
	return cmp.Or(c, cmp.Compare(a.Base().ID, b.Base().ID))
}

// dateOf returns the date by which an entry is ordered.
func dateOf(e dossier.Entry) dossier.Date {
	switch e := e.(type) {
	case *dossier.Event:
		return e.Date
	case *dossier.Pledge:
		return e.Announced.Date
	case *dossier.Figure:
		return e.AsOf
	}
	return dossier.Date{}
}

// All returns every entry, by id.
func (g *Graph) All() []dossier.Entry { return g.entries }

// Body returns the text of an entry.
func (g *Graph) Body(e dossier.Entry) *markup.Fragment { return &g.Whole(e).Fragment }

// Whole returns the text of an entry, with the references of its front matter.
func (g *Graph) Whole(e dossier.Entry) *dossier.Body {
	if g.prose != nil {
		return g.prose(e)
	}
	return e.Base().Body
}

// present returns the present id of the entry that has the id, now or formerly; the id itself where there is none.
func (g *Graph) present(id dossier.ID) dossier.ID {
	if i, ok := g.index[id]; ok {
		return g.entries[i].Base().ID
	}
	return id
}

// Lookup returns the entry that has the id, now or formerly.
func (g *Graph) Lookup(id dossier.ID) (dossier.Entry, bool) {
	i, ok := g.index[id]
	if !ok {
		return nil, false
	}
	return g.entries[i], true
}

// Position returns where the entry that has the id, now or formerly, stands in All.
func (g *Graph) Position(id dossier.ID) (int, bool) {
	i, ok := g.index[id]
	return int(i), ok
}

// References calls visit with each two entries of which one refers to the other, by their positions in All: in the order of to, and of from
// for each.
func (g *Graph) References(visit func(from, to int)) {
	for to := range g.entries {
		for _, from := range g.back.of(int32(to)) {
			visit(int(from), to)
		}
	}
}

// Find returns the entry of type T that has the id, now or formerly. It returns nil where there is none, or one of another type.
func Find[T dossier.Entry](g *Graph, id dossier.ID) T {
	e, _ := g.Lookup(id)
	t, _ := e.(T)
	return t
}

// Of returns the entries of one kind, in the order of their index.
func Of[T dossier.Entry](g *Graph, kind dossier.Kind) []T {
	return pick[T](g, g.byKind[kind])
}

// pick returns the entries of type T at the given positions.
func pick[T dossier.Entry](g *Graph, positions []int32) []T {
	list := make([]T, 0, len(positions))
	for _, i := range positions {
		if t, ok := g.entries[i].(T); ok {
			list = append(list, t)
		}
	}
	return list
}

// Mentions returns the entries that refer to the one with the id, in front matter or in prose, in the order of their ids. Each is there
// once, and none mentions itself.
func (g *Graph) Mentions(id dossier.ID) []dossier.Entry {
	all := g.referring(id)
	list := make([]dossier.Entry, 0, len(all))
	for _, i := range all {
		if !g.withdrawn[i] {
			list = append(list, g.entries[i])
		}
	}
	return list
}

// referring is the positions of those that Mentions returns, with what was withdrawn.
func (g *Graph) referring(id dossier.ID) []int32 {
	i, ok := g.index[id]
	if !ok {
		return nil
	}
	return g.back.of(i)
}
