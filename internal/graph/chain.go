package graph

import (
	"fmt"
	"slices"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// relateFigures enters the figures, oldest first. Of several that supersede one the first counts, so that a chain never forks; a ring
// has no newest value, and makes no chain.
func (g *Graph) relateFigures(list []*dossier.Figure) {
	newer := map[dossier.ID]*dossier.Figure{}
	older := func(f *dossier.Figure) *dossier.Figure {
		if old := Find[*dossier.Figure](g, f.Supersedes); old != nil && !old.IsWithdrawn() {
			return old
		}
		return nil
	}
	for _, f := range list {
		put(g, g.rel.figures, f.AssertedBy, f)
		if old := older(f); old != nil && newer[old.ID] == nil {
			newer[old.ID] = f
		}
	}
	for _, newest := range list {
		if newer[newest.ID] != nil {
			continue
		}
		chain := []*dossier.Figure{newest}
		for f := newest; older(f) != nil && newer[older(f).ID] == f; f = older(f) {
			chain = append(chain, older(f))
		}
		if len(chain) == 1 {
			continue
		}
		slices.Reverse(chain)
		for _, f := range chain {
			g.rel.chains[f.ID] = chain
		}
	}
}

// Chain returns all values of the measure of a figure, oldest first, where there is more than one; it is one of them.
func (g *Graph) Chain(figure dossier.ID) []*dossier.Figure { return g.rel.chains[figure] }

// Chains returns the chain of each measure of which more than one value is known, those with the newest value first.
func (g *Graph) Chains() [][]*dossier.Figure {
	var all [][]*dossier.Figure
	for _, f := range slices.Backward(Of[*dossier.Figure](g, dossier.KindFigure)) {
		if chain := g.Chain(f.ID); len(chain) > 0 && last(chain) == f {
			all = append(all, chain)
		}
	}
	return all
}

// chains reports figures that supersede what they cannot: another measure, a value that is not older, or one that is superseded already.
func (r *resolver) chains() {
	g := r.graph
	newer := map[*dossier.Figure]*dossier.Figure{}
	for _, f := range Of[*dossier.Figure](g, dossier.KindFigure) {
		old := Find[*dossier.Figure](g, f.Supersedes)
		if old == nil || old == f || old.Broken || f.Broken {
			continue
		}
		if newer[old] == nil {
			newer[old] = f
		}
		if p := misfit(f, old, newer[old]); p.Msg != "" {
			p.Code, p.Pos = diag.Contradiction, r.reference(g.index[f.ID], g.index[old.ID])
			r.problems.Add(p)
		}
	}
}

// misfit says why f cannot supersede old, which newer is the first to supersede. The problem has no message where it can.
func misfit(f, old, newer *dossier.Figure) diag.Problem {
	p := diag.Problem{Also: diag.Pos{File: old.File}}
	switch {
	case f.Unit != old.Unit || f.Currency != old.Currency:
		p.Msg = fmt.Sprintf("this figure in %s supersedes one in %s", unitOf(f), unitOf(old))
		p.Hint = "only values of one measure supersede each other; mention the other in the text instead"
	case !f.AsOf.IsZero() && !old.AsOf.IsZero() && !old.AsOf.First().Before(f.AsOf.First()):
		p.Msg = fmt.Sprintf("this figure as of %s supersedes one as of %s, which is not earlier", f.AsOf, old.AsOf)
		p.Hint = "check both dates, or let the other figure supersede this one"
	case newer != f:
		p.Msg = fmt.Sprintf("%q is superseded by %q already", old.ID, newer.ID)
		p.Hint, p.Also = fmt.Sprintf("write supersedes: %s, or remove it where they do not measure the same", newer.ID), diag.Pos{File: newer.File}
	}
	return p
}

// unitOf names what a figure is counted in.
func unitOf(f *dossier.Figure) string {
	switch {
	case f.Currency != "":
		return f.Currency
	case f.Unit != "":
		return f.Unit
	}
	return "no unit"
}
