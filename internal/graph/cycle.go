package graph

import (
	"fmt"
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// cycles reports entries that contain, repeat or follow each other in a ring. For pledges, to be part of and to repeat are one relation,
// since either takes the sum to another pledge: in a ring of both nothing would be counted anywhere.
func (r *resolver) cycles() {
	r.rings("contain or repeat each other", func(e dossier.Entry) []dossier.ID {
		p, ok := e.(*dossier.Pledge)
		if !ok {
			return nil
		}
		up := []dossier.ID{p.PartOf, p.Reannounces}
		for _, d := range p.Donors {
			up = append(up, d.PartOf)
		}
		return up
	})
	r.rings("are part of each other", func(e dossier.Entry) []dossier.ID {
		if event, ok := e.(*dossier.Event); ok {
			return []dossier.ID{event.PartOf}
		}
		return nil
	})
	r.rings("follow each other", func(e dossier.Entry) []dossier.ID {
		if event, ok := e.(*dossier.Event); ok {
			return []dossier.ID{event.Follows}
		}
		return nil
	})
	r.rings("are known through each other", func(e dossier.Entry) []dossier.ID {
		if source, ok := e.(*dossier.Source); ok {
			return []dossier.ID{source.Via}
		}
		return nil
	})
	r.rings("are members of each other", func(e dossier.Entry) []dossier.ID {
		actor, ok := e.(*dossier.Actor)
		if !ok {
			return nil
		}
		var up []dossier.ID
		for _, m := range actor.MemberOf {
			up = append(up, m.Of)
		}
		return up
	})
	r.rings("supersede each other", func(e dossier.Entry) []dossier.ID {
		if figure, ok := e.(*dossier.Figure); ok {
			return []dossier.ID{figure.Supersedes}
		}
		return nil
	})
}

// A walk is a search for rings, depth first.
type walk struct {
	// up returns the entries that lie above one; empty ids among them lead nowhere.
	up func(dossier.Entry) []dossier.ID
	// state is that of each entry.
	state []state
	// path holds the entries that are open, each above the one before it.
	path []int32
	// ring is called with the part of the path that has come back to its beginning.
	ring func(path []int32)
}

// A state is how far a walk has come with an entry.
type state uint8

const (
	unseen state = iota
	// open entries are on the path.
	open
	// done entries, and all above them, lead to no ring that has not been told.
	done
)

// rings reports each ring of the relation up, once, at the first of its entries by id.
func (r *resolver) rings(what string, up func(dossier.Entry) []dossier.ID) {
	g := r.graph
	w := walk{up: up, state: make([]state, len(g.entries)), ring: func(path []int32) { r.ring(what, path) }}
	for i := range g.entries {
		if w.state[i] == unseen {
			w.visit(g, int32(i))
		}
	}
}

// visit follows everything that lies above entry i. An entry that is met again while it is open closes a ring; one that is done leads to
// no new one. The path is as long as the longest chain.
func (w *walk) visit(g *Graph, i int32) {
	w.state[i] = open
	w.path = append(w.path, i)
	for _, id := range w.up(g.entries[i]) {
		to, ok := g.index[id]
		switch {
		case !ok || id == "":
		case w.state[to] == open:
			w.ring(w.path[slices.Index(w.path, to):])
		case w.state[to] == unseen:
			w.visit(g, to)
		}
	}
	w.path = w.path[:len(w.path)-1]
	w.state[i] = done
}

// ring reports a ring at the reference of its first entry to the next.
func (r *resolver) ring(what string, path []int32) {
	at := slices.Index(path, slices.Min(path))
	ring := slices.Concat(path[at:], path[:at])
	var names strings.Builder
	for _, i := range ring {
		names.WriteString(string(r.graph.entries[i].Base().ID) + " → ")
	}
	first := r.graph.entries[ring[0]].Base()
	p := diag.Problem{
		Pos: r.reference(ring[0], ring[1%len(ring)]), Code: diag.Cycle,
		Msg: fmt.Sprintf("entries %s: %s%s", what, names.String(), first.ID), Hint: "remove one of the references",
	}
	if len(ring) == 1 {
		p.Msg, p.Hint = fmt.Sprintf("%q refers to itself", first.ID), "remove the reference"
	} else {
		p.Also = r.reference(ring[1], ring[2%len(ring)])
	}
	r.problems.Add(p)
}

// reference returns the place of the first reference in the front matter of one entry to another. An entry may refer to the other for
// another reason too; both references then stand in the same file, a few lines apart.
func (r *resolver) reference(from, to int32) diag.Pos {
	e := r.graph.entries[from]
	for _, l := range r.graph.Whole(e).Links {
		if i, ok := r.graph.index[l.To]; ok && i == to {
			return l.At.In(e.Base().File)
		}
	}
	return diag.Pos{File: e.Base().File}
}
