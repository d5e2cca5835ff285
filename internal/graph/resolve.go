package graph

import (
	"fmt"
	"iter"
	"slices"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// maxSuggestions bounds the searches for the nearest id or anchor, each of which reads all of them; beyond it problems come without a suggestion.
const maxSuggestions = 200

// A resolver follows every reference of a graph in the making.
type resolver struct {
	graph *Graph
	// drafts are those left out, so that a reference to one can be told from one to nothing.
	drafts map[dossier.ID]dossier.Entry
	// dropped are those whose id is taken: their references are followed all the same.
	dropped  []dossier.Entry
	problems diag.List
	// near remembers what searches for the nearest id found: one slip is often made in many files.
	near        map[search]suggestion
	suggestions int
}

// A suggestion is the nearest id, and whether it was certainly meant.
type suggestion struct {
	id    dossier.ID
	meant bool
}

// A search is one for the id of an allowed kind that comes nearest to a wrong one.
type search struct {
	id    dossier.ID
	kinds dossier.KindSet
}

// duplicate reports an entry whose id is that of first. The first in the order of files keeps it, whatever order they were read in.
func (r *resolver) duplicate(e, first dossier.Entry) {
	r.dropped = append(r.dropped, e)
	r.problems.Add(diag.Problem{
		Pos: diag.Pos{File: e.Base().File}, Code: diag.DuplicateID, Msg: fmt.Sprintf("the id %q is taken", e.Base().ID),
		Hint: "give one of the two files another name", Also: diag.Pos{File: first.Base().File},
	})
}

// aliases adds former ids to the index, and reports those that are taken.
func (r *resolver) aliases() {
	g := r.graph
	for i, e := range g.entries {
		head := e.Base()
		for _, a := range head.Aliases {
			at, taken := g.index[a.ID]
			switch draft := r.drafts[a.ID]; {
			case a.ID == "": // it could not be read
			case taken:
				r.collision(a, head, g.entries[at].Base())
			case draft != nil:
				r.collision(a, head, draft.Base())
			default:
				g.index[a.ID] = int32(i)
			}
		}
	}
}

// collision reports an alias that is an id, or another alias, of first.
func (r *resolver) collision(a dossier.Alias, head, first *dossier.Head) {
	p := diag.Problem{Pos: a.At.In(head.File), Code: diag.AliasCollision, Hint: "remove it from one of the two", Also: diag.Pos{File: first.File}}
	for _, b := range first.Aliases {
		if b.ID == a.ID && b.At != a.At {
			p.Also = b.At.In(first.File)
			break
		}
	}
	switch {
	case a.ID == head.ID:
		p.Msg, p.Hint, p.Also = fmt.Sprintf("the former id %q is the present one", a.ID), "remove it", diag.Pos{}
	case a.ID == first.ID:
		p.Msg, p.Hint = fmt.Sprintf("the former id %q is the id of another entry", a.ID), "remove it here, or rename the other entry"
	case head == first:
		p.Msg = fmt.Sprintf("the former id %q is given twice", a.ID)
	default:
		p.Msg = fmt.Sprintf("the former id %q is that of another entry too", a.ID)
	}
	r.problems.Add(p)
}

// resolve follows every reference and records what refers to what.
func (r *resolver) resolve() {
	g := r.graph
	var back gathering[int32]
	told := make([]int, len(g.entries)) // one more than the last entry that was found to refer to each
	for i, e := range g.entries {
		r.follow(e, func(to int32) {
			if to != int32(i) && told[to] != i+1 {
				told[to] = i + 1
				back.add(to, int32(i))
			}
		})
	}
	g.back = back.lists(len(g.entries))
	for _, e := range r.dropped {
		r.follow(e, func(int32) {})
	}
}

// follow follows every reference of e, and calls found with the position of each entry that one leads to.
func (r *resolver) follow(e dossier.Entry, found func(to int32)) {
	body := r.graph.Whole(e)
	for _, l := range body.Links {
		if to, ok := r.target(l.To, l.Kinds, l.At.In(e.Base().File)); ok {
			found(to)
		}
	}
	for j := range body.Holes {
		if to, ok := r.hole(e, &body.Holes[j]); ok {
			found(to)
		}
	}
}

// target returns the position of the entry that a reference leads to, which must be of one of the given kinds.
func (r *resolver) target(id dossier.ID, kinds dossier.KindSet, pos diag.Pos) (int32, bool) {
	i, ok := r.graph.index[id]
	if !ok {
		r.dangling(id, kinds, pos)
		return 0, false
	}
	e := r.graph.entries[i]
	if kind := e.Base().Kind; !kinds.Has(kind) {
		hint := "give the id of " + article(kinds.String())
		r.problems.Add(diag.Problem{
			Pos: pos, Code: diag.WrongKind, Msg: fmt.Sprintf("%q is %s, not %s", id, article(string(kind)), article(kinds.String())),
			Hint: hint, Also: diag.Pos{File: e.Base().File},
		})
		return 0, false
	}
	return i, true
}

// dangling reports a reference that leads nowhere: to a draft, or to nothing, with the nearest id of an allowed kind and where it is.
func (r *resolver) dangling(id dossier.ID, kinds dossier.KindSet, pos diag.Pos) {
	p := diag.Problem{Pos: pos, Code: diag.DanglingReference, Msg: fmt.Sprintf("there is no %s %q", noun(kinds), id)}
	if kinds == dossier.Of(dossier.KindSource) {
		p.Code = diag.UnknownSource
	}
	if draft := r.drafts[id]; draft != nil {
		p.Msg = fmt.Sprintf("%q is a draft", id)
		p.Hint, p.Also = "publish it first, or build with --drafts", diag.Pos{File: draft.Base().File}
		r.problems.Add(p)
		return
	}
	p.Hint = fmt.Sprintf("write the id of one that exists, or add the file %s", r.newFile(id, kinds))
	if near, ok := r.nearest(id, kinds); ok {
		p.Hint, p.Also = fmt.Sprintf("did you mean %q?", near.id), diag.Pos{File: r.graph.entries[r.graph.index[near.id]].Base().File}
		if near.meant {
			p.Fix = diag.Edit{Pos: pos, Old: string(id), New: string(near.id)}
		}
	}
	r.problems.Add(p)
}

// newFile returns the file in which the missing entry would be.
func (r *resolver) newFile(id dossier.ID, kinds dossier.KindSet) string {
	for _, k := range dossier.Kinds {
		if kinds == dossier.Of(k) {
			return fmt.Sprintf("content/%s/%s.md", k.Folder(), id)
		}
	}
	return fmt.Sprintf("%s.md to a folder of content/", id)
}

// nearest returns the id of an allowed kind that comes nearest to a wrong one.
func (r *resolver) nearest(id dossier.ID, kinds dossier.KindSet) (suggestion, bool) {
	s := search{id, kinds}
	near, known := r.near[s]
	if !known && r.suggestions < maxSuggestions {
		r.suggestions++
		word, _ := diag.Nearest(string(id), r.ids(kinds))
		_, sure := diag.Meant(string(id), r.ids(kinds))
		near = suggestion{dossier.ID(word), sure}
		r.near[s] = near
	}
	return near, near.id != ""
}

// ids yields the ids of the given kinds, in order.
func (r *resolver) ids(kinds dossier.KindSet) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range r.graph.entries {
			if kinds.Has(e.Base().Kind) && !yield(string(e.Base().ID)) {
				return
			}
		}
	}
}

// noun names what a reference was to lead to.
func noun(kinds dossier.KindSet) string {
	if kinds == dossier.Of() {
		return "entry"
	}
	return kinds.String()
}

// article puts the indefinite article before a noun.
func article(noun string) string {
	if slices.Contains([]byte("aeiou"), noun[0]) {
		return "an " + noun
	}
	return "a " + noun
}

// hole follows a reference of the body.
func (r *resolver) hole(from dossier.Entry, h *markup.Hole) (int32, bool) {
	pos := h.At.In(from.Base().File)
	kinds := dossier.Of()
	if h.Kind == markup.Citation {
		kinds = dossier.Of(dossier.KindSource)
	}
	to, ok := r.target(dossier.ID(h.Target), kinds, pos)
	if !ok {
		return 0, false
	}
	if h.Anchor != "" {
		r.anchor(r.graph.entries[to], h, pos)
	}
	return to, true
}

// anchor checks that the page of e has the place that h leads to. Of an entry that could not be read whole nobody knows; what is wrong
// with its own file has been told.
func (r *resolver) anchor(e dossier.Entry, h *markup.Hole, pos diag.Pos) {
	if e.Base().Broken || r.graph.HasAnchor(e, h.Anchor) {
		return
	}
	p := diag.Problem{
		Pos: pos, Code: diag.DanglingAnchor, Msg: fmt.Sprintf("%q has no place #%s", e.Base().ID, h.Anchor),
		Hint: "look up on its page what the place is called", Also: diag.Pos{File: e.Base().File},
	}
	if r.suggestions < maxSuggestions {
		r.suggestions++
		anchors := r.graph.Anchors(e)
		p.Hint = anchorHint(h.Anchor, anchors)
		if meant, sure := diag.Meant(h.Anchor, slices.Values(anchors)); sure {
			p.Fix = diag.Edit{Pos: pos, Old: "#" + h.Anchor, New: "#" + meant}
		}
	}
	r.problems.Add(p)
}

// anchorHint says what may be written for an anchor that a page does not have.
func anchorHint(wrong string, anchors []string) string {
	if near, ok := diag.Nearest(wrong, slices.Values(anchors)); ok {
		return fmt.Sprintf("did you mean #%s?", near)
	}
	if len(anchors) > 0 {
		return "its page has " + JoinAnchors(anchors)
	}
	return "its page has no such places"
}

// JoinAnchors lists anchors for a hint, but not more than an editor would read.
func JoinAnchors(anchors []string) string {
	// A page of twelve headings is a long one.
	const most = 12
	var b []byte
	for i, a := range anchors[:min(len(anchors), most)] {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(append(b, '#'), a...)
	}
	if len(anchors) > most {
		b = append(b, " …"...)
	}
	return string(b)
}

// numbers reports numbers given twice in a series. The first event by date keeps its number; drafts and events without a series have none.
func (r *resolver) numbers() {
	type key struct {
		series dossier.ID
		number int
	}
	seen := map[key]*dossier.Event{}
	for _, e := range Of[*dossier.Event](r.graph, dossier.KindEvent) {
		if e.Number == 0 || e.Series == "" {
			continue
		}
		k := key{r.graph.present(e.Series), e.Number}
		first := seen[k]
		if first == nil {
			seen[k] = e
			continue
		}
		r.problems.Add(diag.Problem{
			Pos: e.NumberAt.In(e.File), Code: diag.NumberTwice, Msg: fmt.Sprintf("number %d of %q is taken", e.Number, e.Series),
			Hint: "check both numbers", Also: first.NumberAt.In(first.File),
		})
	}
}

// briefNumbers reports numbers that two briefs have, by which they are cited. The first brief by publication keeps its number.
func (r *resolver) briefNumbers() {
	seen := map[string]*dossier.Brief{}
	for _, b := range Of[*dossier.Brief](r.graph, dossier.KindBrief) {
		first := seen[b.Number]
		switch {
		case b.Number == "":
		case first == nil:
			seen[b.Number] = b
		case b.Published.Before(first.Published):
			seen[b.Number] = b
			r.numberTaken(first, b)
		default:
			r.numberTaken(b, first)
		}
	}
}

// numberTaken reports a brief that has the number of another.
func (r *resolver) numberTaken(b, first *dossier.Brief) {
	r.problems.Add(diag.Problem{
		Pos: b.NumberAt.In(b.File), Code: diag.NumberTwice, Msg: fmt.Sprintf("the number %s is taken", b.Number),
		Hint: "give the later brief the next number", Also: first.NumberAt.In(first.File),
	})
}

// introductions reports months that two pages introduce.
func (r *resolver) introductions() {
	for _, p := range Of[*dossier.Page](r.graph, dossier.KindPage) {
		if first := r.graph.Introduction(p.Timeline.String()); first != nil && first != p {
			r.problems.Add(diag.Problem{
				Pos: diag.Pos{File: p.File}, Code: diag.Contradiction, Msg: fmt.Sprintf("another page introduces %s too", p.Timeline.Text()),
				Hint: "remove timeline: from one of the two", Also: diag.Pos{File: first.File},
			})
		}
	}
}
