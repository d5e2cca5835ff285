package page

import (
	"html/template"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Base is what every page shows around its own content.
type Base struct {
	// SiteTitle and SiteSummary are those of the site as a whole.
	SiteTitle   string
	SiteSummary string

	// Language is that of the site's texts.
	Language string

	// Licence is the terms on which others may use the texts.
	Licence dossier.Licence

	// Nav is the links at the head of each page.
	Nav []NavLink

	// Current is the address of the link in Nav under which the page lies; it may be empty.
	Current string

	// About leads to the pages of prose, such as the methodology.
	About []Ref

	// Trail leads from the first page down to the page above this one.
	Trail []Ref

	// URL is the address from the root, Canonical the same with the site's own address before it.
	URL       string
	Canonical string

	// Title is the page's one heading.
	Title string

	// Apart tells the page from others of the same title: the number of a further page of a list, the publisher of a source.
	Apart string

	// Summary is plain text.
	Summary string

	// Lang is the language of the title where it is not the site's.
	Lang string

	// Feeds are the feeds that the page announces, its own first.
	Feeds []Feed

	// AsOf is the date of our newest knowledge of facts that age.
	AsOf Time

	// Published and Updated are those of the entry; both are empty on an index.
	Published Time
	Updated   Time

	// SiteDate is the newest change of the whole content.
	SiteDate Time

	// Draft marks a page that is not published yet.
	Draft bool

	// Contents is the table of contents of a long text.
	Contents []Heading

	// Changes are the notes that readers should know of, oldest first.
	Changes []ChangeNote

	// Notes are the sources that the page cites, by number.
	Notes []Note

	// Kin are entries that refer to this one and have not been named above.
	Kin []Group

	// MoreKin leads to all entries that refer to this one where they are too many for the page.
	MoreKin Ref
}

// A NavLink is a link at the head of each page.
type NavLink struct {
	// Title is the words of the link, URL its address.
	Title, URL string
}

// A Feed is a feed that the page announces.
type Feed struct {
	// Title tells the feeds of a page apart; Type is a media type.
	Title, URL, Type string
}

// A Ref is a link to a page.
type Ref struct {
	// Title is what the link says. URL is empty where there is nothing to lead to.
	Title, URL string
}

// A Card is all that other pages show of an entry.
type Card struct {
	dossier.Card

	// URL is the address of the entry.
	URL string

	// When is its date; empty where its kind has none.
	When Time
}

// A Time is a date or a time: in words, and as HTML wants it.
type Time struct {
	// Text is for readers, Machine for the datetime attribute.
	Text, Machine string
}

// A Heading is a line of a table of contents.
type Heading struct {
	// ID is the heading's place on the page.
	ID string

	// HTML is its text, without links.
	HTML template.HTML

	// Level is 2 to 4.
	Level int
}

// A ChangeNote is a change that readers should know of.
type ChangeNote struct {
	// Label says what sort of change it is.
	Label string

	// Note says what was, what is, and why.
	Note string

	// When is the day of the change.
	When Time

	// Of leads to the entry that changed; it is empty on the entry's own page.
	Of Ref
}

// dateTime returns a date for a page.
func dateTime(d dossier.Date) Time {
	return Time{Text: d.Text(), Machine: d.Start.Plain()}
}

// moment returns the day of a time for a page.
func moment(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{Text: t.UTC().Format("2 January 2006"), Machine: t.UTC().Format(time.RFC3339)}
}

// base returns the frame of a page that shows no single entry.
func (p *planner) base(url, title, summary string) Base {
	site := &p.g.Site
	b := Base{
		SiteTitle: site.Title, SiteSummary: site.Description, Language: site.Language, Licence: site.Licence,
		Nav: p.nav, About: p.about, URL: url, Canonical: site.BaseURL + url, Title: title, Summary: summary,
		Feeds:    []Feed{{Title: site.Title, URL: "/feed.xml", Type: "application/rss+xml"}},
		SiteDate: moment(p.siteDate),
	}
	for _, link := range p.nav {
		if strings.HasPrefix(url, link.URL) && len(link.URL) > len(b.Current) {
			b.Current = link.URL
		}
	}
	if url != "/" {
		b.Trail = []Ref{{Title: "Home", URL: "/"}}
	}
	return b
}

// entryBase returns the frame of the page of an entry. Under is the index in which it is listed.
func (p *planner) entryBase(e dossier.Entry, under ...Ref) Base {
	head := e.Base()
	b := p.base(URL(e), head.Title, head.Summary)
	b.Trail = append(b.Trail, under...)
	b.Published, b.Updated, b.Draft = moment(head.Published), moment(head.Updated()), head.Draft
	for _, c := range head.Changes {
		b.Changes = append(b.Changes, ChangeNote{Label: c.Kind.Label(), Note: c.Note, When: moment(c.At)})
	}
	return b
}

// contents fills in the table of contents of a body.
func (b *Base) contents(head *dossier.Head) {
	for _, h := range head.Body.Headings {
		b.Contents = append(b.Contents, Heading{ID: h.ID, HTML: template.HTML(h.HTML), Level: h.Level})
	}
}

// navigation returns the links of the site's own file, or those to the indexes where it names none.
func (p *planner) navigation() []NavLink {
	var nav []NavLink
	for _, item := range p.g.Site.Navigation {
		link := NavLink{Title: item.Title, URL: item.To}
		if e, ok := p.g.Lookup(dossier.ID(item.To)); ok {
			link.URL = URL(e)
		}
		nav = append(nav, link)
	}
	if nav == nil {
		nav = []NavLink{{"Timeline", "/timeline/"}, {"Pledges", "/pledges/"}, {"Actors", "/actors/"}, {"Briefs", "/briefs/"}, {"Sources", "/sources/"}}
	}
	return nav
}

// prosePages leads to the pages of prose that are not shown on the page of a month.
func (p *planner) prosePages() []Ref {
	var out []Ref
	for _, x := range graph.Of[*dossier.Page](p.g, dossier.KindPage) {
		if x.Timeline.IsZero() {
			out = append(out, Ref{x.Title, URL(x)})
		}
	}
	return out
}

// card returns the card of an entry.
func card(e dossier.Entry) Card {
	c := e.Card()
	return Card{Card: c, URL: URL(e), When: dateTime(c.Date)}
}

func cards[T dossier.Entry](list []T) []Card {
	out := make([]Card, len(list))
	for i, e := range list {
		out[i] = card(e)
	}
	return out
}

// ref returns a link to the entry that has the id; one without an address where there is none.
func (p *planner) ref(id dossier.ID) Ref {
	e, ok := p.g.Lookup(id)
	if !ok {
		return Ref{Title: string(id)}
	}
	return Ref{Title: e.Base().Title, URL: URL(e)}
}

// short is ref with the entry's short name, where it has one.
func (p *planner) short(id dossier.ID) Ref {
	r := p.ref(id)
	if c, ok := p.g.Card(id); ok && c.Short != "" {
		r.Title = c.Short
	}
	return r
}

func (p *planner) refs(ids []dossier.ID) []Ref {
	out := make([]Ref, len(ids))
	for i, id := range ids {
		out[i] = p.ref(id)
	}
	return out
}
