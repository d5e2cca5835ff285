package graph

import (
	"fmt"
	"html"
	"slices"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// At returns the graph of the record as it stood at a moment, whose zone is that of the days it speaks of. It is g itself where nothing
// had yet to come, and an error where nothing had been published at all. Problems are those of g: to speak of what came later is no
// mistake of an editor's.
func (g *Graph) At(moment time.Time) (*Graph, error) {
	r := record{whole: g, moment: moment, today: dossier.On(moment), entries: make([]dossier.Entry, len(g.entries))}
	for i, e := range g.entries {
		if !r.later(e.Base().Published) {
			r.take(int32(i))
		}
	}
	if len(r.open) == 0 && len(g.entries) > 0 {
		return nil, r.nothing()
	}
	for len(r.open) > 0 {
		e := last(r.open)
		r.open = r.open[:len(r.open)-1]
		r.follow(e)
	}
	if slices.Equal(r.entries, g.entries) {
		return g, nil
	}
	for i, e := range r.entries {
		if e != nil {
			r.entries[i] = r.unlinked(e)
		}
	}
	then, _ := Link(g.Site, r.entries, Options{Drafts: true, AsOf: moment, Rates: r.rates(), Media: g.media})
	return then, nil
}

// A record is what had been published at a moment.
type record struct {
	whole  *Graph
	moment time.Time
	// today is the day of the moment.
	today dossier.Date
	// entries are in the order of those of the whole; nil stands for one that had yet to come.
	entries []dossier.Entry
	// open are those whose references have yet to be followed.
	open []dossier.Entry
}

// later reports whether a time lies behind the moment. None does not.
func (r *record) later(t time.Time) bool { return t.After(r.moment) }

// ahead reports whether a date lies behind the day of the moment. One that may mean that day does not.
func (r *record) ahead(d dossier.Date) bool { return d.First().After(r.today.First()) }

// nothing is the error of a moment before the first publication.
func (r *record) nothing() error {
	first := slices.MinFunc(r.whole.entries, func(a, b dossier.Entry) int {
		return a.Base().Published.Compare(b.Base().Published)
	}).Base()
	return fmt.Errorf("nothing had been published by %s: the first entry, %s, was published on %s; use that date or a later one",
		dossier.MomentText(r.moment), first.File, dossier.MomentText(first.Published.In(r.moment.Location())))
}

// rates returns the rates whose sources are in the record.
func (r *record) rates() dossier.Rates {
	rates := r.whole.exchange.Rates
	rates.List = slices.DeleteFunc(slices.Clone(rates.List), func(x dossier.Rate) bool { return r.gone(x.Source) })
	return rates
}

// take brings an entry into the record, as it stood.
func (r *record) take(i int32) {
	r.entries[i] = r.trimmed(r.whole.entries[i])
	r.open = append(r.open, r.entries[i])
}

// follow brings in the reference works that an entry speaks of. One that was published later has no time of publication: in this record
// it is there only because something else needs it.
func (r *record) follow(e dossier.Entry) {
	body := e.Base().Body
	need := func(id dossier.ID) {
		i, ok := r.whole.index[id]
		if ok && r.entries[i] == nil && reference.Has(r.whole.entries[i].Base().Kind) {
			r.take(i)
		}
	}
	for _, l := range body.Links {
		need(l.To)
	}
	for i := range body.Holes {
		need(dossier.ID(body.Holes[i].Target))
	}
}

// reference is the kinds of entry that have no date of their own: whatever speaks of one cannot be read without it.
var reference = dossier.Of(dossier.KindActor, dossier.KindSeries, dossier.KindSource)

// trimmed returns an entry without the changes, the steps and the withdrawal that came later; the entry itself where there are none.
func (r *record) trimmed(e dossier.Entry) dossier.Entry {
	head := e.Base()
	changes := slices.DeleteFunc(slices.Clone(head.Changes), func(c dossier.Change) bool { return r.later(c.At) })
	withdrawn, scheduled := r.later(head.Withdrawn.At), r.later(Told(e))
	if r.later(head.Published) || len(changes) < len(head.Changes) || withdrawn {
		e = dossier.Clone(e)
		head = e.Base()
		head.Changes = changes
		if withdrawn {
			head.Withdrawn = dossier.Withdrawal{}
		}
		if event, ok := e.(*dossier.Event); ok && scheduled {
			event.Status = dossier.Scheduled
		}
		if r.later(head.Published) {
			head.Published = time.Time{}
		}
	}
	if p, ok := e.(*dossier.Pledge); ok {
		return r.ledger(p)
	}
	return e
}

// ledger returns a pledge without the steps that came later. Nothing in it claims to know more than the record did: where steps are left
// out, the date of our newest knowledge is that of the newest step left, since it may have been moved on with the others.
func (r *record) ledger(p *dossier.Pledge) *dossier.Pledge {
	steps := slices.DeleteFunc(slices.Clone(p.Steps), func(s dossier.Step) bool { return r.ahead(s.Date) || r.later(s.Recorded) })
	asOf := p.AsOf
	if len(steps) < len(p.Steps) {
		known := p.Announced.Date
		for _, s := range steps {
			if s.Date.Compare(known) > 0 {
				known = s.Date
			}
		}
		if known.Compare(asOf) < 0 {
			asOf = known
		}
	}
	if r.ahead(asOf) {
		asOf = r.today
	}
	if len(steps) == len(p.Steps) && asOf == p.AsOf {
		return p
	}
	then := *p
	then.Steps, then.AsOf = steps, asOf
	then.Body = &dossier.Body{Fragment: p.Body.Fragment, Links: cited(p, &then)}
	return &then
}

// cited returns the references of a pledge without those to sources that only the steps left out of then rest on.
func cited(p, then *dossier.Pledge) []dossier.Link {
	left := map[dossier.ID]bool{}
	for _, s := range p.Steps {
		for _, c := range s.Sources {
			left[c.Source] = true
		}
	}
	keep := func(list []dossier.Citation) {
		for _, c := range list {
			delete(left, c.Source)
		}
	}
	keep(then.Sources)
	for _, s := range then.Steps {
		keep(s.Sources)
	}
	for _, d := range then.Disputed {
		for _, v := range d.Versions {
			keep(v.Sources)
		}
	}
	return slices.DeleteFunc(slices.Clone(p.Body.Links), func(l dossier.Link) bool { return left[l.To] })
}

// gone reports whether an id leads to something that had yet to come. One that leads nowhere at all is a problem of the whole.
func (r *record) gone(id dossier.ID) bool {
	i, ok := r.whole.index[id]
	return ok && r.entries[i] == nil
}

// unlinked returns an entry without references to what had yet to come; the entry itself where it has none. In prose the words stay.
func (r *record) unlinked(e dossier.Entry) dossier.Entry {
	body := *e.Base().Body
	links := slices.DeleteFunc(slices.Clone(body.Links), func(l dossier.Link) bool { return r.gone(l.To) })
	prose := slices.ContainsFunc(body.Holes, func(h markup.Hole) bool { return r.gone(dossier.ID(h.Target)) })
	if len(links) == len(body.Links) && !prose {
		return e
	}
	e = dossier.Clone(e)
	body.Links = links
	if prose {
		body.Fragment = body.Unlink(r.words, func(string) bool { return false })
	}
	e.Base().Body = &body
	r.clear(e)
	return e
}

// words returns what stands in prose for a reference to what had yet to come: its own text, or what it shows without one.
func (r *record) words(h *markup.Hole) (text string, gone bool) {
	id := dossier.ID(h.Target)
	switch {
	case !r.gone(id):
		return "", false
	case h.Text != "":
		return h.Text, true
	}
	return html.EscapeString(dossier.InProse(r.whole.entries[r.whole.index[id]])), true
}

// clear takes references to what had yet to come out of the fields of an entry, which is a copy of ours. Those fields alone are looked at
// that may lead to something with a date.
func (r *record) clear(e dossier.Entry) {
	drop := func(ids ...*dossier.ID) {
		for _, id := range ids {
			if r.gone(*id) {
				*id = ""
			}
		}
	}
	switch e := e.(type) {
	case *dossier.Event:
		drop(&e.PartOf, &e.Follows)
	case *dossier.Pledge:
		drop(&e.Announced.Event, &e.PartOf, &e.Reannounces)
		e.Donors = slices.Clone(e.Donors)
		for i := range e.Donors {
			drop(&e.Donors[i].PartOf)
		}
	case *dossier.Figure:
		drop(&e.Supersedes)
	case *dossier.Brief:
		e.Events = slices.DeleteFunc(slices.Clone(e.Events), r.gone)
		e.Pledges = slices.DeleteFunc(slices.Clone(e.Pledges), r.gone)
	}
}
