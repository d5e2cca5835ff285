package graph

import (
	"fmt"
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// Standing returns how sure a statement of entry e is: what its sources support, or less where the editor says so.
func (g *Graph) Standing(e dossier.Entry, s dossier.Stated) dossier.Standing {
	basis := s.Basis()
	supported := g.supported(e, basis)
	if surer(supported, basis.Given) {
		return basis.Given
	}
	return supported
}

// surer reports whether a is surer than b. No word is as sure as any.
func surer(a, b dossier.Standing) bool {
	return b != "" && slices.Index(dossier.Standings, a) < slices.Index(dossier.Standings, b)
}

// supported returns how sure the sources make a statement, by the rule in the comment of this package.
func (g *Graph) supported(e dossier.Entry, basis dossier.Basis) dossier.Standing {
	own := len(basis.Sources) > 0
	if !own {
		basis.Sources = e.Base().Sources
	}
	w := make(witnesses, 0, 4) // most statements have no more
	for _, c := range basis.Sources {
		if s := Find[*dossier.Source](g, c.Source); s != nil && !s.IsWithdrawn() {
			w = append(w, witness{s})
		}
	}
	shown := slices.ContainsFunc(w, func(x witness) bool { return x.Class == dossier.Research })
	switch {
	case basis.Disputed:
		return dossier.Disputed
	case !w.good():
		return dossier.Unconfirmed
	case basis.AssertedBy != "" && !shown, !w.apart():
		return dossier.Claimed
	case own && w.agree(g):
		return dossier.Confirmed
	}
	return dossier.Reported
}

// A witness is a source as evidence.
type witness struct{ *dossier.Source }

// maxVia is how long a chain of sources may be that are known through each other; a longer one is a ring, which is a problem elsewhere.
const maxVia = 8

// origins returns the publishers behind the witness: its own, and those of the sources through which it is known.
func (w witness) origins(g *Graph) []string {
	var list []string
	for s := w.Source; s != nil && len(list) < maxVia; s = Find[*dossier.Source](g, s.Via) {
		// What stands in brackets behind a name is an edition, or where it was read: “Ukrinform (German edition)”.
		name, _, _ := strings.Cut(s.Publisher, " (")
		list = append(list, strings.ToLower(name))
	}
	return list
}

// primary reports whether the witness tells what it did or counted itself, and we have seen the source itself.
func (w witness) primary() bool {
	return w.Via == "" && (w.Class == dossier.Official || w.Class == dossier.Research)
}

// good reports whether the witness has reporting of its own.
func (w witness) good() bool { return w.Class != dossier.Secondary && w.Class != "" }

// apart reports whether it does not speak for a party.
func (w witness) apart() bool { return w.good() && w.Class != dossier.Official }

// witnesses are the sources of one statement.
type witnesses []witness

// good reports whether any has reporting of its own.
func (w witnesses) good() bool { return slices.ContainsFunc(w, witness.good) }

// apart reports whether any does not speak for a party.
func (w witnesses) apart() bool { return slices.ContainsFunc(w, witness.apart) }

// agree reports whether two are independent of each other, one of them primary and one of them of no party.
func (w witnesses) agree(g *Graph) bool {
	for _, a := range w {
		for _, b := range w {
			if a.Source != b.Source && a.primary() && b.apart() && !share(a.origins(g), b.origins(g)) {
				return true
			}
		}
	}
	return false
}

// share reports whether two lists have anything in common.
func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// standings reports each standing that an editor has set higher than the sources support.
func (r *resolver) standings() {
	for _, e := range r.graph.entries {
		switch e := e.(type) {
		case *dossier.Event:
			for i := range e.Outcomes {
				r.standing(e, &e.Outcomes[i])
			}
		case *dossier.Brief:
			for i := range e.KeyPoints {
				r.standing(e, &e.KeyPoints[i])
			}
		case *dossier.Pledge:
			for i := range e.Steps {
				r.standing(e, &e.Steps[i])
			}
		case *dossier.Figure:
			r.standing(e, e)
		}
	}
}

// standing reports the standing of one statement where it is higher than the sources support.
func (r *resolver) standing(e dossier.Entry, s dossier.Stated) {
	basis := s.Basis()
	if basis.Given == "" || basis.Given == dossier.Disputed {
		return // of a dispute without versions the entry itself tells
	}
	if supported := r.graph.supported(e, basis); surer(basis.Given, supported) {
		r.problems.Add(diag.Problem{
			Pos: basis.At.In(e.Base().File), Code: diag.StandingRaised, Msg: fmt.Sprintf("%q is more than its sources support, which is %q", basis.Given, supported),
			Hint: fmt.Sprintf("remove it, or %s", missing(basis.Given, supported)),
		})
	}
}

// missing says what would raise a statement from one standing to another.
func missing(to, from dossier.Standing) string {
	switch {
	case from == dossier.Disputed:
		return "settle the dispute by a correction, and remove the versions"
	case to == dossier.Confirmed:
		return "give it two sources of its own from different publishers, one of class official or research, and one that is not official"
	case to == dossier.Reported && from == dossier.Claimed:
		return "add a source of class agency, media or research, and remove asserted_by where that source vouches for it"
	}
	return "add a source of class agency, media, research or official"
}
