package graph

import (
	"slices"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// Leads reports whether a link in the body of e leads to something: to a place of its own page, or to an address at which something
// stands, which the caller knows.
func (g *Graph) Leads(e dossier.Entry, address string, stands func(address string) bool) bool {
	if anchor, own := strings.CutPrefix(address, "#"); own {
		return g.HasAnchor(e, anchor)
	}
	return stands(address)
}

// WithoutDeadEnds returns the graph without what leads nowhere in the menu and in prose: an address at which nothing stands is plain text,
// and a reference to a place of a page that is not there is one to the page. It is g itself where all leads somewhere. No address depends
// on it.
func (g *Graph) WithoutDeadEnds(stands func(address string) bool) *Graph {
	site := g.Site
	site.Navigation = slices.DeleteFunc(slices.Clone(site.Navigation), func(item dossier.NavItem) bool {
		_, entry := g.Lookup(dossier.ID(item.To))
		return !entry && !stands(item.To)
	})
	entries := slices.Clone(g.entries)
	for i, e := range entries {
		entries[i] = g.withoutDeadEnds(e, stands)
	}
	if len(site.Navigation) == len(g.Site.Navigation) && slices.Equal(entries, g.entries) {
		return g
	}
	then, _ := Link(site, entries, Options{Drafts: true, AsOf: g.AsOf, Rates: g.exchange.Rates, Media: g.media})
	return then
}

// withoutDeadEnds returns an entry in whose body every link leads somewhere; the entry itself where they all do.
func (g *Graph) withoutDeadEnds(e dossier.Entry, stands func(address string) bool) dossier.Entry {
	body := e.Base().Body
	paths := slices.ContainsFunc(body.Paths, func(p markup.Path) bool { return !g.Leads(e, p.Address, stands) })
	if !paths && !slices.ContainsFunc(body.Holes, g.isLost) {
		return e
	}
	e = dossier.Clone(e)
	then := body.Unlink(
		func(*markup.Hole) (string, bool) { return "", false },
		func(address string) bool { return !g.Leads(e, address, stands) },
	)
	for i := range then.Holes {
		if g.isLost(then.Holes[i]) {
			then.Holes[i].Anchor = ""
		}
	}
	e.Base().Body = &dossier.Body{Fragment: then, Links: body.Links}
	return e
}

// isLost reports whether the page that a reference leads to lacks the place that it names.
func (g *Graph) isLost(h markup.Hole) bool {
	to, ok := g.Lookup(dossier.ID(h.Target))
	return ok && h.Anchor != "" && !g.HasAnchor(to, h.Anchor)
}
