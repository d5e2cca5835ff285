package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
	"briefing/internal/page"
)

// A document is what a query finds: an entry, or a page of the timeline. It is no more than that, for there are as many as entries; what is
// shown of it is made when it is asked for.
type document struct {
	entry dossier.Entry
	page  *page.Page
}

// card returns what is shown of a document, beside its address.
func (d document) card() dossier.Card {
	if d.entry != nil {
		return d.entry.Card()
	}
	period, _ := timeline(d.page)
	return dossier.Card{Kind: dossier.KindPage, Label: "timeline", Title: period.Text(), Date: period, Summary: "What happened in " + period.Text() + "."}
}

// url returns the address of a document.
func (d document) url() string {
	if d.entry != nil {
		return page.URL(d.entry)
	}
	return d.page.URL()
}

// isKey reports whether a document is a key event.
func (d document) isKey() bool {
	event, ok := d.entry.(*dossier.Event)
	return ok && event.Key != ""
}

// timeline returns the period that a page of the timeline shows, and whether it is the first page of one.
func timeline(p *page.Page) (dossier.Date, bool) {
	if p.Own == nil || p.Own.Template != "month.html" && p.Own.Template != "year.html" {
		return dossier.Date{}, false
	}
	// The address is the only place where the page itself says which period it shows: /timeline/2025/06/ is 2025-06.
	period := strings.ReplaceAll(strings.Trim(strings.TrimPrefix(p.URL(), "/timeline/"), "/"), "/", "-")
	d, fault := dossier.ParseDate(period)
	return d, fault == nil
}

// found reports whether a query may find an entry. The introduction of a month is part of the page of that month.
func found(e dossier.Entry) bool {
	if p, ok := e.(*dossier.Page); ok && !p.Timeline.IsZero() {
		return false
	}
	return !e.Base().IsWithdrawn()
}

// documents returns how many there are.
func documents(g *graph.Graph, pages []page.Page) int {
	n := 0
	for _, e := range g.All() {
		if found(e) {
			n++
		}
	}
	for i := range pages {
		if _, ok := timeline(&pages[i]); ok {
			n++
		}
	}
	return n
}

// collect returns the documents in their order.
func collect(g *graph.Graph, pages []page.Page) []document {
	// Each is with what it is ordered by: the day of what has none lies before all others.
	type placed struct {
		document
		key   bool
		day   int64
		title string
	}
	list := make([]placed, 0, documents(g, pages))
	add := func(d document) {
		card := d.card()
		var day time.Time
		if !card.Date.IsZero() {
			day = card.Date.First()
		}
		list = append(list, placed{d, d.isKey(), day.Unix(), fold(card.Title)})
	}
	for _, e := range g.All() {
		if found(e) {
			add(document{entry: e})
		}
	}
	for i := range pages {
		if _, ok := timeline(&pages[i]); ok {
			add(document{page: &pages[i]})
		}
	}
	slices.SortFunc(list, func(a, b placed) int {
		if a.key != b.key {
			return cmp.Compare(b2i(b.key), b2i(a.key))
		}
		if c := cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.title, b.title)); c != 0 {
			return c
		}
		return cmp.Compare(a.url(), b.url())
	})
	docs := make([]document, len(list))
	for i, p := range list {
		docs[i] = p.document
	}
	return docs
}

// b2i returns 1 for true.
func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// label returns what sort of thing it is, in words that tell it from all other sorts: a card among pledges need not say that it is one.
func label(c dossier.Card) string {
	switch kind := string(c.Kind); {
	case c.Kind != dossier.KindPledge && c.Kind != dossier.KindSource:
		return c.Label
	case c.Label == "":
		return kind
	default:
		return kind + ", " + c.Label
	}
}

// A field is where a document has a term: the higher, the sooner the document is what was meant.
type field uint32

const (
	// In the prose of a body, which is the least of signs.
	inText    field = iota
	inSummary       // and in key facts; and of a source in its title and its date, which tell of the texts of others
	inNames         // other names and former ids
	inTitle
	inName // of an actor or a series, whose names are looked for by themselves

	fields // how many there are
)

// A desk is where texts are cut into words. It keeps its memory for the next.
type desk struct{ body, folded []byte }

// terms calls add with each term of a document, those of the best field first. It may keep none of them.
func (d document) terms(g *graph.Graph, on *desk, add func(term []byte, f field)) {
	// An index takes each term of a document from the first call with it.
	text := func(f field, texts ...string) {
		for _, s := range texts {
			on.folded = appendFolded(on.folded[:0], s)
			wordsOf(on.folded, func(w []byte) { add(w, f) })
		}
	}
	if d.entry == nil {
		card := d.card()
		text(inName, card.Title)
		// Who types 2025-06 means the month before anything that happened in it.
		add([]byte(card.Date.Start.Plain()), inName)
		return
	}
	head := d.entry.Base()
	when := inTitle
	if head.Kind == dossier.KindSource {
		when = inSummary
	}
	for _, date := range dates(d.entry) {
		days(date, func(term string) { add([]byte(term), when) })
	}
	d.names(text)
	for _, a := range head.Aliases {
		text(inNames, string(a.ID))
	}
	text(inNames, strings.Join(head.Tags, " "))
	text(inSummary, head.Summary)
	text(inSummary, facts(d.entry)...)
	on.body = appendBody(on.body[:0], g, g.Body(d.entry))
	on.folded = appendFolded(on.folded[:0], on.body)
	wordsOf(on.folded, func(w []byte) { add(w, inText) })
}

// names calls text with what a document is called.
func (d document) names(text func(f field, texts ...string)) {
	title := d.entry.Base().Title
	switch e := d.entry.(type) {
	case *dossier.Actor:
		text(inName, title, e.ShortName)
		text(inNames, e.AlsoKnownAs...)
		text(inNames, e.Code)
	case *dossier.Series:
		text(inName, title)
		text(inName, e.Aka...)
	case *dossier.Source:
		text(inSummary, title, e.Publisher)
		text(inSummary, e.Authors...)
	case *dossier.Brief:
		text(inTitle, title)
		text(inNames, e.Number)
	default:
		text(inTitle, title)
	}
}

// facts returns what an entry says in its front matter in few words.
func facts(e dossier.Entry) []string {
	var list []string
	claims := func(cs []dossier.Claim) {
		for _, c := range cs {
			list = append(list, c.Text)
		}
	}
	switch e := e.(type) {
	case *dossier.Actor:
		for _, r := range e.Roles {
			list = append(list, r.Title)
		}
	case *dossier.Event:
		list = append(list, e.Key, string(e.Sort), e.Place.Name, e.Place.City)
		claims(e.Outcomes)
	case *dossier.Pledge:
		list = append(list, string(e.Category), string(e.Instrument), e.Amount.Text())
		for _, item := range e.Items {
			list = append(list, item.What)
		}
	case *dossier.Figure:
		list = append(list, e.Text(), e.Measures)
	case *dossier.Brief:
		claims(e.KeyPoints)
		list = append(list, e.Questions...)
	}
	return list
}

// dates returns when what an entry tells of happened.
func dates(e dossier.Entry) []dossier.Date {
	list := []dossier.Date{e.Card().Date}
	if p, ok := e.(*dossier.Pledge); ok {
		for _, s := range p.Steps {
			list = append(list, s.Date)
		}
	}
	return list
}

// maxDays is how many days an interval may have of which each is a term.
const maxDays = 31

// days calls add with each day that a date spans; of what is less exact or longer, with the months or the years at its ends.
func days(d dossier.Date, add func(term string)) {
	if d.IsZero() {
		return
	}
	first, last := d.First(), d.Last()
	if d.Start.Day == 0 || d.End.Day == 0 || last.Sub(first) >= maxDays*24*time.Hour {
		add(d.Start.Plain())
		if !d.Open && d.End != d.Start {
			add(d.End.Plain())
		}
		return
	}
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		add(day.Format(time.DateOnly))
	}
}

// appendBody appends the text of a body, in which a reference without words of its own has those that the page shows.
func appendBody(b []byte, g *graph.Graph, f *markup.Fragment) []byte {
	return f.AppendText(b, func(h *markup.Hole) string {
		if e, ok := g.Lookup(dossier.ID(h.Target)); ok && h.Kind == markup.Link {
			return dossier.InProse(e)
		}
		return ""
	})
}

// actorsOf returns the positions of the actors of whom an entry tells, each once.
func actorsOf(g *graph.Graph, e dossier.Entry) []int32 {
	var ids []dossier.ID
	switch e := e.(type) {
	case *dossier.Actor:
		ids = []dossier.ID{e.ID}
	case *dossier.Series:
		ids = []dossier.ID{e.Organiser}
	case *dossier.Event:
		ids = append(slices.Clone(e.Chairs), e.Actors...)
		for _, a := range e.Attendance {
			ids = append(ids, a.Actor)
		}
	case *dossier.Pledge:
		ids = slices.Clone(e.Recipients)
		for _, d := range e.Donors {
			ids = append(ids, d.Actor)
		}
	case *dossier.Figure:
		ids = []dossier.ID{e.AssertedBy}
	case *dossier.Brief:
		ids = e.Actors
	}
	// Ids may be former ones, so that two may be of one actor.
	var out []int32
	for _, id := range ids {
		i, ok := g.Position(id)
		if !ok || slices.Contains(out, int32(i)) {
			continue
		}
		if a, ok := g.All()[i].(*dossier.Actor); ok && !a.IsWithdrawn() {
			out = append(out, int32(i))
		}
	}
	return out
}

// blockName and shardName return the names of files.
func blockName(i int) string { return fmt.Sprintf("docs-%04d.json", i) }
func shardName(i int) string { return fmt.Sprintf("terms-%03d.json", i) }
