package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A ChangeNote is a change that readers should know of.
type ChangeNote struct {
	// ID is its permanent place on the page.
	ID string

	// Label says what sort of change it is.
	Label string

	// Correction says that we were wrong.
	Correction bool

	// Was and Now are the old words and the new; both are empty where the note says all.
	Was, Now string

	// Note says what changed, and why.
	Note string

	// When is the day of the change.
	When Time

	// Of leads to the note on the page of the entry that changed, as items of feeds do; it is empty on the entry's own page.
	Of Ref

	// Touched leads to the pages that showed what was wrong, MoreTouched to the rest of them.
	Touched     []Ref
	MoreTouched Ref

	// at is the time of the change, text the whole of it in one line; retracts says that it takes back what was published.
	at       time.Time
	text     string
	retracts bool
}

// fresh is how many days a page tells of a correction before all else.
const fresh = 30

// changes fills in the changes of an entry, and the corrections that its page tells of before all else.
func (p *planner) changes(b *Base, head *dossier.Head) {
	since := p.date.AddDate(0, 0, -fresh)
	for i, c := range head.Changes {
		b.Changes = append(b.Changes, changeNote(graph.Changed{Change: c, Number: i + 1}))
	}
	slices.SortStableFunc(b.Changes, func(x, y ChangeNote) int { return y.at.Compare(x.at) })
	for _, note := range b.Changes {
		if note.Correction && (note.at.After(since) || note.retracts) {
			b.Corrected = append(b.Corrected, note)
		}
	}
}

// changeNote returns a change as the page of its entry shows it.
func changeNote(c graph.Changed) ChangeNote {
	return ChangeNote{
		ID: c.Anchor(), Label: c.Label(), Correction: c.Corrects(), Was: c.Was, Now: c.Now, Note: c.Note, When: moment(c.At),
		at: c.At, retracts: c.Grade() == dossier.Retracts, text: c.Text(),
	}
}

// corrected returns the changes that say that we were wrong, newest first.
func (p *planner) corrected() []graph.Changed {
	return slices.DeleteFunc(p.g.Changes(), func(c graph.Changed) bool { return !c.Corrects() })
}

// changeNotes returns changes as lists of all entries show them.
func (p *planner) changeNotes(list []graph.Changed) []ChangeNote {
	out := make([]ChangeNote, 0, len(list))
	for _, c := range list {
		note := changeNote(c)
		note.ID = string(c.Entry.Base().ID) + "-" + strings.TrimPrefix(c.Anchor(), "change.")
		note.Of = p.titled(c.Entry)
		note.Of.URL = ChangeURL(&c)
		out = append(out, note)
	}
	return out
}

// maxTouched is how many pages the note of a correction names.
const maxTouched = 12

// touched returns the pages that showed what an entry says: its own, the totals in which it is, the other values of its measure, and
// what refers to it.
func (p *planner) touched(e dossier.Entry) ([]Ref, Ref) {
	all := []Ref{p.titled(e)}
	switch e := e.(type) {
	case *dossier.Pledge:
		for _, c := range p.g.CutsOf(e) {
			all = append(all, Ref{Title: p.cutTitle(c), URL: sumURL(p.g, c)})
		}
		for _, id := range []dossier.ID{e.PartOf, e.Reannounces} {
			if id != "" {
				all = append(all, p.ref(id)) // its page has a row of this one
			}
		}
	case *dossier.Figure:
		for _, f := range newest(p.g.Chain(e.ID), min(len(p.g.Chain(e.ID)), maxTouched)) {
			all = append(all, p.titled(f))
		}
	}
	mentions := p.g.Mentions(e.Base().ID)
	for _, x := range first(mentions, maxTouched) {
		all = append(all, p.titled(x))
	}
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(r Ref) bool {
		again := seen[r.URL]
		seen[r.URL] = true
		return again
	})
	var more Ref
	if n := len(mentions) - maxTouched; n > 0 {
		more = Ref{Title: fmt.Sprintf("%d more that mention it", n), URL: URL(e) + "#mentions"}
	}
	return all, more
}

// An Updates is the page of what is new, by day: change notes, and entries as they were published.
type Updates struct {
	Base

	// Days are newest first.
	Days []NewsDay

	// Rest is how many older entries and changes the page does not list.
	Rest int
}

// A NewsDay is what was new on one day.
type NewsDay struct {
	// When is the day.
	When Time

	// Changed are the changes, newest first.
	Changed []ChangeNote

	// Cards are the entries that were published, newest first.
	Cards []*Card
}

// updates returns the page of what is new.
func (p *planner) updates() Updates {
	v := Updates{Base: p.base("/updates/", "Updates", "What is new, by day: entries as they were published, and every change to them that readers should know of.")}
	changed, news := p.g.Changes(), p.g.News()
	v.Rest = max(0, len(changed)-MaxRows) + max(0, len(news)-MaxRows)
	changed, shown := first(changed, MaxRows), first(news, MaxRows)
	index := map[Time]int{}
	at := func(when Time) *NewsDay {
		i, ok := index[when]
		if !ok {
			i = len(v.Days)
			index[when] = i
			v.Days = append(v.Days, NewsDay{When: when})
		}
		return &v.Days[i]
	}
	for i, note := range p.changeNotes(changed) {
		d := at(day(changed[i].At))
		d.Changed = append(d.Changed, note)
	}
	for _, e := range shown {
		d := at(day(graph.Told(e)))
		d.Cards = append(d.Cards, p.card(e))
	}
	slices.SortFunc(v.Days, func(a, b NewsDay) int { return strings.Compare(b.When.Machine, a.When.Machine) })
	describeList(p, &v.Base, shown, whole(news))
	return v
}

// A Corrections is the page of what was wrong.
type Corrections struct {
	Base

	// List is newest first.
	List []ChangeNote

	// Policy leads to the page of prose that says how to report a mistake, where the site has one.
	Policy Ref

	// Pager leads through the other pages.
	Pager Pager
}

// corrections returns one page of what was wrong.
func (p *planner) corrections(all []graph.Changed, page int) Corrections {
	rows, pager := paged(all, "/corrections/", page)
	v := Corrections{
		Base: p.base("/corrections/", "Corrections", "What was wrong in this brief, what it is now, why, and which pages showed it."), Pager: pager,
		List: p.changeNotes(rows), Policy: p.proseTagged("corrections", "how-to-report-a-mistake"),
	}
	v.turn(pager)
	for i := range v.List {
		v.List[i].Touched, v.List[i].MoreTouched = p.touched(rows[i].Entry)
	}
	p.describeCorrections(&v.Base, v.List, pager)
	return v
}
