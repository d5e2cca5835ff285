package page

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// A Base is what every page shows around its own content.
type Base struct {
	// Site is what all pages of the site share, and Menu the links at its head.
	Site *Site
	Menu *Menu

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

	// Subscribe leads to how the news of the page can be followed, where it has a feed.
	Subscribe string

	// AsOf is the date of our newest knowledge of facts that age.
	AsOf Time

	// Published and Updated are those of the entry; both are empty on an index.
	Published Time
	Updated   Time

	// Picture is what other sites show a link to the page with.
	Picture Picture

	// Draft marks a page that is not published yet.
	Draft bool

	// Contents is the table of contents of a long text.
	Contents []Heading

	// Changes are the notes that readers should know of, newest first.
	Changes []ChangeNote

	// Corrected are the corrections that the page tells of before all else: the fresh ones, and retractions for good.
	Corrected []ChangeNote

	// Cite is how the page is cited; it is nil where the page shows no entry.
	Cite *Cite

	// Notes are the sources that the page cites, by number.
	Notes []Note

	// Basis says in words how many they are, and of which classes: how we know. It is empty where there are none.
	Basis string

	// Kin are entries that refer to this one and have not been named above.
	Kin []Group

	// MoreKin leads to all entries that refer to this one where they are too many for the page.
	MoreKin Ref

	// Linked is what the page tells programs: structured data as JSON, which is safe within a script element.
	Linked template.JS
}

// A Site is what every page shows of the site as a whole. All pages share one.
type Site struct {
	shared

	// Title and Summary are those of the site.
	Title   string
	Summary string

	// Language is that of the site's texts, Locale the same as other sites write it: en_GB.
	Language string
	Locale   string

	// Licence is the terms on which others may use the texts.
	Licence dossier.Licence

	// Stood is the moment of the record that the site shows; empty where it shows all of it.
	Stood Time

	// Scale explains the words for how sure a statement is.
	Scale *Scale

	// About leads to the pages of prose, such as the methodology.
	About []Ref

	// Feeds are the feeds of the site as a whole.
	Feeds []Feed

	// Date is the newest change of the whole content.
	Date Time
}

// A Menu is the head of a page: the site's name and the links to its sections. Pages of one section share one.
type Menu struct {
	shared

	Site  *Site
	Links []MenuLink
}

// A MenuLink is a link at the head of each page.
type MenuLink struct {
	Ref

	// Current is page on the page that the link leads to, true on the pages below it, and empty elsewhere.
	Current string
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

	// Lang is the language of the title where it is not the site's.
	Lang string
}

// A Card is all that other pages show of an entry.
type Card struct {
	shared
	dossier.Card

	// URL is the address of the entry.
	URL string
}

// When returns the date of the entry; an empty one where its kind has none.
func (c *Card) When() Time { return dateTime(c.Date) }

// Class returns the name by which the stylesheet knows the sort of entry, such as event-meeting: the first word of the label, for what
// follows a comma there, such as that a meeting is scheduled, makes it no other sort.
func (c *Card) Class() string {
	sort, _, _ := strings.Cut(c.Label, ",")
	return string(c.Kind) + "-" + sort
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

// stood returns the moment of a record for a page, in the zone in which it was named.
func stood(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{Text: dossier.MomentText(t), Machine: t.Format(time.RFC3339)}
}

// day returns the day of a time for a page, in UTC.
func day(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return dateTime(dossier.Day(t))
}

// base returns the frame of a page that shows no single entry.
func (p *planner) base(url, title, summary string) Base {
	b := Base{
		Site: p.site, Menu: p.menu(url), URL: url, Canonical: p.g.Site.BaseURL + url, Title: title, Summary: summary, Picture: p.shared,
	}
	p.follow(&b)
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
	if hasPicture(e) {
		b.Picture = p.pictured(URL(e), p.entryPicture(e))
	}
	p.changes(&b, head)
	if !head.IsWithdrawn() {
		b.Cite = p.citation(e)
	}
	return b
}

// contents fills in the table of contents of a body.
func (b *Base) contents(body *markup.Fragment) {
	for _, h := range body.Headings {
		b.Contents = append(b.Contents, Heading{ID: h.ID, HTML: template.HTML(h.HTML), Level: h.Level})
	}
}

// siteOf returns what all pages share.
func (p *planner) siteOf(config *dossier.Site, channels []Channel) *Site {
	return &Site{
		Title: config.Title, Summary: config.Description, Language: config.Language, Locale: strings.ReplaceAll(config.Language, "-", "_"), Licence: config.Licence, About: about(p.g),
		Feeds: channels[0].Feeds(), Date: moment(p.date), Stood: stood(p.g.AsOf), Scale: p.scale(),
	}
}

// navigation returns the links of the site's own file, or those to the indexes where it names none.
func (p *planner) navigation() []Ref {
	var nav []Ref
	for _, item := range p.g.Site.Navigation {
		link := Ref{Title: item.Title, URL: item.To}
		if e, ok := p.g.Lookup(dossier.ID(item.To)); ok {
			link.URL = URL(e)
		}
		nav = append(nav, link)
	}
	if nav == nil {
		nav = []Ref{
			{Title: "Timeline", URL: "/timeline/"}, {Title: "Pledges", URL: "/pledges/"}, {Title: "Actors", URL: "/actors/"},
			{Title: "Briefs", URL: "/briefs/"}, {Title: "Sources", URL: "/sources/"},
		}
	}
	return nav
}

// menus returns every menu that a page may have: first that of pages outside all sections, then for each link that of the pages below it,
// and that of the page itself.
func (p *planner) menus() []*Menu {
	nav := p.navigation()
	marked := func(at int, current string) *Menu {
		m := &Menu{Site: p.site}
		for i, link := range nav {
			m.Links = append(m.Links, MenuLink{Ref: link})
			if i == at {
				m.Links[i].Current = current
			}
		}
		return m
	}
	all := []*Menu{marked(-1, "")}
	for i := range nav {
		all = append(all, marked(i, "true"), marked(i, "page"))
	}
	return all
}

// menu returns the menu of the page at an address: the one of the section whose address is the longest beginning of it. A link to the
// first page marks that page alone, for no section is everything.
func (p *planner) menu(url string) *Menu {
	found, longest := p.sections[0], 0
	for i, link := range p.sections[0].Links {
		if !strings.HasPrefix(url, link.URL) || len(link.URL) <= longest || link.URL == "/" && url != "/" {
			continue
		}
		found, longest = p.sections[2*i+1], len(link.URL)
		if url == link.URL {
			found = p.sections[2*i+2]
		}
	}
	return found
}

// about leads to the pages of prose.
func about(g *graph.Graph) []Ref {
	var out []Ref
	for _, x := range prosePages(g) {
		out = append(out, Ref{Title: x.Title, URL: URL(x)})
	}
	return out
}

// prosePages returns the pages of prose that are not shown on the page of a month.
func prosePages(g *graph.Graph) []*dossier.Page {
	return slices.DeleteFunc(graph.Of[*dossier.Page](g, dossier.KindPage), func(x *dossier.Page) bool { return !x.Timeline.IsZero() })
}

// card returns the card of an entry: each time it is asked the same one, so that its HTML need be made only once.
func (p *planner) card(e dossier.Entry) *Card {
	i, _ := p.g.Position(e.Base().ID)
	return p.cardAt(i)
}

// cardAt returns the card of the entry at a position of the graph.
func (p *planner) cardAt(position int) *Card {
	return p.cards.of(position, func() *Card { return p.newCard(p.g.All()[position]) })
}

// newCard makes the card of an entry.
func (p *planner) newCard(e dossier.Entry) *Card {
	head := e.Base()
	c := e.Card()
	c.Lang = p.foreign(c.Lang)
	if head.IsWithdrawn() {
		c.Label, c.Summary = "withdrawn", head.Withdrawn.Reason
	}
	return &Card{Card: c, URL: URL(e)}
}

// cardsOf returns the cards of entries.
func cardsOf[T dossier.Entry](p *planner, list []T) []*Card {
	out := make([]*Card, len(list))
	for i, e := range list {
		out[i] = p.card(e)
	}
	return out
}

// ref returns a link to the entry that has the id; one without an address where there is none.
func (p *planner) ref(id dossier.ID) Ref {
	i, ok := p.g.Position(id)
	if !ok {
		return Ref{Title: string(id)}
	}
	return p.cardAt(i).ref()
}

// titled returns a link to an entry by its title.
func (p *planner) titled(e dossier.Entry) Ref { return p.card(e).ref() }

// ref returns a link to the entry of a card.
func (c *Card) ref() Ref { return Ref{Title: c.Title, URL: c.URL, Lang: c.Lang} }

// short is ref with the entry's short name, where it has one.
func (p *planner) short(id dossier.ID) Ref {
	i, ok := p.g.Position(id)
	if !ok {
		return Ref{Title: string(id)}
	}
	r := p.cardAt(i).ref()
	if short := p.cardAt(i).Short; short != "" {
		r.Title, r.Lang = short, ""
	}
	return r
}

// refs is ref for a list of ids.
func (p *planner) refs(ids []dossier.ID) []Ref {
	out := make([]Ref, len(ids))
	for i, id := range ids {
		out[i] = p.ref(id)
	}
	return out
}

// neighbours returns links to the entries before and after one; one without an address at the ends.
func (p *planner) neighbours(e dossier.Entry) (previous, next Ref) {
	before, after := p.g.Neighbours(e)
	if before != nil {
		previous = p.titled(before)
	}
	if after != nil {
		next = p.titled(after)
	}
	return previous, next
}
