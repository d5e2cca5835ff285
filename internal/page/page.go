// Package page decides which pages exist, where, and what each shows.
//
// [Plan] lists the pages of a graph. A [Page] has an address, a template and a function that makes its view when it is asked for; a
// view is a struct that embeds [Base] and holds all that the template prints, in the order in which it prints it. A page shows its own
// entry in full and every other entry only as a [Card] or a [Ref].
//
// What a page cites becomes a numbered note: the number is given where the source is first cited, and the note links back to each
// place that cites it. A view is therefore made from top to bottom, in the order in which its page is read.
//
// The addresses are those of [URL]. No list on a page has more than [MaxRows] rows; longer ones go on at further addresses.
package page

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/picture"
)

// MaxRows is how many rows a list may have on one page.
const MaxRows = 200

// A Page is a page that the site has: that of an entry, or one of its own. Of the former it is no more than the entry, for there are as many
// as entries, and most of what is told of one follows from its entry.
type Page struct {
	// Own is a page that is not that of an entry; nil where it is.
	Own *Own

	plan  *planner
	entry dossier.Entry
}

// An Own is a page that is not that of an entry: an index, a further page of a list, a redirect.
type Own struct {
	// URL is its address from the root, such as /events/.
	URL string

	// Title is what it is called in lists of pages.
	Title string

	// Template is the name of a file, such as events.html.
	Template string

	// Origin is the file of the entry that it shows; empty for an index.
	Origin string

	// Unlisted keeps it out of the sitemap.
	Unlisted bool

	// Whole says that it shows the text of all entries. Any other page shows that of its origin alone.
	Whole bool

	// View makes what the template prints.
	View func() any

	// Picture makes what the picture of the page says. It is nil where the page has none of its own.
	Picture func() picture.Card
}

// URL returns the address of the page from the root, such as /events/udcg-28/.
func (p Page) URL() string {
	if p.Own != nil {
		return p.Own.URL
	}
	return URL(p.entry)
}

// Title returns what the page is called in lists of pages.
func (p Page) Title() string {
	if p.Own != nil {
		return p.Own.Title
	}
	return p.entry.Base().Title
}

// Template returns the name of a file, such as event.html.
func (p Page) Template() string {
	switch {
	case p.Own != nil:
		return p.Own.Template
	case p.entry.Base().IsWithdrawn():
		return "withdrawn.html"
	}
	return string(p.entry.Base().Kind) + ".html"
}

// Origin returns the file of the entry that the page shows; "" for an index.
func (p Page) Origin() string {
	if p.Own != nil {
		return p.Own.Origin
	}
	return p.entry.Base().File
}

// Unlisted reports whether the page is kept out of the sitemap.
func (p Page) Unlisted() bool {
	if p.Own != nil {
		return p.Own.Unlisted
	}
	return p.entry.Base().IsWithdrawn()
}

// Whole reports whether the page shows the text of all entries. Any other shows that of its origin alone.
func (p Page) Whole() bool { return p.Own != nil && p.Own.Whole }

// View makes what the template prints.
func (p Page) View() any {
	if p.Own != nil {
		return p.Own.View()
	}
	return p.plan.view(p.entry)
}

// HasPicture reports whether the page has a picture of its own, which stands at [PictureURL].
func (p Page) HasPicture() bool {
	if p.Own != nil {
		return p.Own.Picture != nil
	}
	return hasPicture(p.entry)
}

// Picture makes what the picture of the page says.
func (p Page) Picture() picture.Card {
	if p.Own != nil {
		return p.Own.Picture()
	}
	return p.plan.entryPicture(p.entry)
}

// Texts returns a function that makes the view of an entry of some pages with no more than its own words, its notes and what feeds tell of
// it. It returns nil of an entry that is no news.
func Texts(pages []Page) func(dossier.Entry) any {
	for _, p := range pages {
		if p.Own == nil {
			return p.plan.text
		}
	}
	return func(dossier.Entry) any { return nil }
}

// URL returns the address of an entry, from the root. A page that introduces a month has that of the month.
func URL(e dossier.Entry) string {
	if p, ok := e.(*dossier.Page); ok && !p.Timeline.IsZero() {
		return monthURL(int(p.Timeline.Start.Year), int(p.Timeline.Start.Month))
	}
	return urlOf(e.Base().Kind, e.Base().ID)
}

// AppendURL appends the address of an entry, from the root.
func AppendURL(b []byte, e dossier.Entry) []byte {
	switch head := e.Base(); head.Kind {
	case dossier.KindSeries, dossier.KindPage:
		return append(b, URL(e)...)
	default:
		b = append(append(append(b, '/'), head.Kind.Folder()...), '/')
		return append(append(b, head.ID...), '/')
	}
}

// urlOf returns the address of an id as one of a kind.
func urlOf(kind dossier.Kind, id dossier.ID) string {
	switch kind {
	case dossier.KindSeries, dossier.KindPage:
		return "/" + string(id) + "/"
	}
	return "/" + kind.Folder() + "/" + string(id) + "/"
}

// yearURL and monthURL return the addresses of pages of the timeline.
func yearURL(year int) string         { return fmt.Sprintf("/timeline/%04d/", year) }
func monthURL(year, month int) string { return fmt.Sprintf("/timeline/%04d/%02d/", year, month) }

// A planner makes the pages of one graph.
type planner struct {
	g     *graph.Graph
	pages []Page

	// site is what all pages share; sections are the menus that they may have.
	site     *Site
	sections []*Menu

	// shared is the picture of pages that have none of their own.
	shared Picture

	// channels are those of the site and, from wholeChannels on, those of actors; channelAt finds one by the last part of the address of its page.
	channels      []Channel
	wholeChannels int
	channelAt     map[string]int

	// cards and lines are those that have been asked for, of entries and of sources.
	cards kept[Card]
	lines kept[SourceLine]

	// date is that of the site: nothing depends on the clock.
	date time.Time

	// countries names places.
	countries Countries

	// glossary says where each abbreviation and other term is defined, by its name.
	glossary map[string]string

	// sheets are the sums that take several pages, by their cuts; dimensions are the sums of all cuts of each.
	sheets     sync.Map
	dimensions map[graph.Dimension]*sheet[partID]
}

// newPlanner returns a planner that can show the entries of g.
func newPlanner(g *graph.Graph) *planner {
	n := len(g.All())
	return &planner{g: g, cards: make(kept[Card], n), lines: make(kept[SourceLine], n)}
}

// Plan returns the pages of g in a fixed order. Two pages at one address are for the caller to find.
func Plan(g *graph.Graph) []Page {
	p := newPlanner(g)
	p.date, p.countries, p.glossary = g.Date(), CountriesOf(g), glossary(g)
	p.tune(Channels(g))
	p.site = p.siteOf(&g.Site, p.channels)
	p.sections = p.menus()
	p.shared = p.pictured("/", p.sitePicture())
	p.add(Own{URL: "/", Title: g.Site.Title, Template: "home.html", View: func() any { return p.home() }, Picture: p.sitePicture})
	p.add(Own{URL: wholeURL, Title: "The whole brief", Template: "print.html", Whole: true, View: func() any { return p.whole() }})
	p.timelines()
	p.indexes()
	p.subscribes()
	p.searches()
	for _, e := range g.All() {
		p.entry(e)
	}
	p.add(Own{URL: "/404.html", Title: "Page not found", Template: "404.html", Unlisted: true, View: func() any { return p.notFound() }})
	return p.pages
}

// add adds a page that is not that of an entry. Where another has its address the collision is told once all files are known.
func (p *planner) add(own Own) { p.pages = append(p.pages, Page{Own: &own}) }

// entry adds the page of an entry, the further pages of its lists and the redirects from its former ids.
func (p *planner) entry(e dossier.Entry) {
	head := e.Base()
	switch e := e.(type) {
	case *dossier.Series:
		if !head.IsWithdrawn() {
			first := Own{URL: URL(e), Title: head.Title, Template: "series.html", Origin: head.File}
			p.pagesOf(first, len(p.g.Series(e.ID)), func(n int) any { return p.series(e, n) })
		}
	case *dossier.Page:
		if !head.IsWithdrawn() && !e.Timeline.IsZero() && p.hasMonth(e.Timeline) {
			p.redirects(e)
			return // shown on the month's page
		}
	}
	p.pages = append(p.pages, Page{plan: p, entry: e})
	if !head.IsWithdrawn() {
		p.rollsOf(e)
	}
	p.redirects(e)
}

// view makes what the page of an entry shows.
func (p *planner) view(e dossier.Entry) any {
	if e.Base().IsWithdrawn() {
		return p.withdrawn(e)
	}
	switch e := e.(type) {
	case *dossier.Actor:
		return p.actor(e)
	case *dossier.Series:
		return p.series(e, 1)
	case *dossier.Event:
		return p.event(e)
	case *dossier.Pledge:
		return p.pledge(e)
	case *dossier.Figure:
		return p.figure(e)
	case *dossier.Brief:
		return p.brief(e)
	case *dossier.Source:
		return p.source(e)
	case *dossier.Page:
		return p.prose(e)
	}
	panic(fmt.Sprintf("internal error: no page for %T", e))
}

// text makes what feeds carry of an entry; nil where it is no news.
func (p *planner) text(e dossier.Entry) any {
	switch e := e.(type) {
	case *dossier.Event:
		return p.desk().eventText(e)
	case *dossier.Pledge:
		return p.desk().pledgeText(e)
	case *dossier.Figure:
		return p.desk().figureText(e)
	case *dossier.Brief:
		return p.desk().briefText(e, p.g.Body(e))
	}
	return nil
}

// redirects adds a page at each former address of an entry.
func (p *planner) redirects(e dossier.Entry) {
	aliases := e.Base().Aliases
	for i, a := range aliases {
		twice := slices.ContainsFunc(aliases[:i], func(b dossier.Alias) bool { return b.ID == a.ID })
		if other, ok := p.g.Lookup(a.ID); twice || ok && (other.Base().ID == a.ID || other.Base() != e.Base()) {
			continue // an id that is taken, or given twice, is no former one of this entry: the linker has told
		}
		p.add(Own{
			URL: urlOf(e.Base().Kind, a.ID), Title: e.Base().Title, Template: "redirect.html", Origin: e.Base().File, Unlisted: true,
			View: func() any {
				return Redirect{Title: e.Base().Title, To: URL(e), Canonical: p.g.Site.BaseURL + URL(e), Language: p.g.Site.Language}
			},
		})
	}
}

// count returns a number with its noun: "1 event", "12 events". The nouns that pages count are all regular.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// pagesOf adds the second and further pages of a list that has n rows and begins on the given page.
func (p *planner) pagesOf(first Own, n int, view func(page int) any) {
	for i := 2; i <= pageCount(n); i++ {
		p.add(Own{
			URL: pageURL(first.URL, i), Title: fmt.Sprintf("%s, page %d", first.Title, i),
			Template: first.Template, Origin: first.Origin, View: func() any { return view(i) },
		})
	}
}

// pageCount returns how many pages a list takes; an empty one takes one, which says so.
func pageCount(rows int) int { return max(1, (rows+MaxRows-1)/MaxRows) }

// paged returns the rows of one page of a list, and the links to its other pages.
func paged[T any](list []T, url string, page int) ([]T, Pager) {
	pager := Pager{Page: page, Pages: pageCount(len(list)), Rows: len(list)}
	if page > 1 {
		pager.Previous = pageURL(url, page-1)
	}
	if page < pager.Pages {
		pager.Next = pageURL(url, page+1)
	}
	from := min((page-1)*MaxRows, len(list))
	return list[from:min(from+MaxRows, len(list))], pager
}

// pageURL returns the address of one page of a list that begins at url.
func pageURL(url string, page int) string {
	if page == 1 {
		return url
	}
	return fmt.Sprintf("%spage/%d/", url, page)
}

// turn makes b the frame of one page of a list: from the second on, a page has an address of its own.
func (b *Base) turn(p Pager) {
	if p.Page > 1 {
		further := fmt.Sprintf("page/%d/", p.Page)
		b.URL, b.Canonical, b.Apart = b.URL+further, b.Canonical+further, fmt.Sprintf("page %d", p.Page)
	}
}

// A Pager leads through the pages of a long list.
type Pager struct {
	// Page counts from 1.
	Page, Pages int

	// Rows is the number on all pages together.
	Rows int

	// Previous and Next are addresses, empty at the ends.
	Previous, Next string
}
