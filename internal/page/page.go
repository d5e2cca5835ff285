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

// A Page is a page that the site has.
type Page struct {
	// URL is its address from the root, such as /events/udcg-28/.
	URL string

	// Title is what it is called in lists of pages.
	Title string

	// Template is the name of a file, such as event.html.
	Template string

	// Origin is the file of the entry that it shows; empty for an index.
	Origin string

	// Unlisted keeps it out of the sitemap.
	Unlisted bool

	// Whole says that it shows the text of all entries. Any other page shows that of its origin alone.
	Whole bool

	// View makes what the template prints.
	View func() any

	// Picture makes what the picture of the page says, which stands at [PictureURL]. It is nil where the page has none of its own.
	Picture func() picture.Card

	// Text makes the same view with no more than the entry's own words, its notes and what feeds tell of it. It is nil where the page shows
	// nothing that is news.
	Text func() any
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
	p.add(Page{URL: "/", Title: g.Site.Title, Template: "home.html", View: func() any { return p.home() }, Picture: p.sitePicture})
	p.add(Page{URL: wholeURL, Title: "The whole brief", Template: "print.html", Whole: true, View: func() any { return p.whole() }})
	p.timelines()
	p.indexes()
	p.subscribes()
	p.searches()
	for _, e := range g.All() {
		p.entry(e)
	}
	p.add(Page{URL: "/404.html", Title: "Page not found", Template: "404.html", Unlisted: true, View: func() any { return p.notFound() }})
	return p.pages
}

// add adds a page. Where another has its address the collision is told once all files are known.
func (p *planner) add(page Page) { p.pages = append(p.pages, page) }

// entry adds the page of an entry, the further pages of its lists and the redirects from its former ids.
func (p *planner) entry(e dossier.Entry) {
	head := e.Base()
	page := Page{URL: URL(e), Title: head.Title, Origin: head.File}
	if head.IsWithdrawn() {
		page.Template, page.Unlisted, page.View = "withdrawn.html", true, func() any { return p.withdrawn(e) }
		p.add(page)
		p.redirects(e)
		return
	}
	switch e := e.(type) {
	case *dossier.Actor:
		page.Template, page.View = "actor.html", func() any { return p.actor(e) }
	case *dossier.Series:
		page.Template, page.View = "series.html", func() any { return p.series(e, 1) }
		p.pagesOf(page, len(p.g.Series(e.ID)), func(n int) any { return p.series(e, n) })
	case *dossier.Event:
		page.Template, page.View, page.Text = "event.html", func() any { return p.event(e) }, func() any { return p.desk().eventText(e) }
	case *dossier.Pledge:
		page.Template, page.View, page.Text = "pledge.html", func() any { return p.pledge(e) }, func() any { return p.desk().pledgeText(e) }
	case *dossier.Figure:
		page.Template, page.View, page.Text = "figure.html", func() any { return p.figure(e) }, func() any { return p.desk().figureText(e) }
	case *dossier.Brief:
		page.Template, page.View, page.Text = "brief.html", func() any { return p.brief(e) }, func() any { return p.desk().briefText(e) }
	case *dossier.Source:
		page.Template, page.View = "source.html", func() any { return p.source(e) }
	case *dossier.Page:
		if !e.Timeline.IsZero() && p.hasMonth(e.Timeline) {
			p.redirects(e)
			return // shown on the month's page
		}
		page.Template, page.View = "page.html", func() any { return p.prose(e) }
	default:
		panic(fmt.Sprintf("internal error: no page for %T", e))
	}
	if hasPicture(e) {
		page.Picture = func() picture.Card { return p.entryPicture(e) }
	}
	p.add(page)
	p.rollsOf(e)
	p.redirects(e)
}

// redirects adds a page at each former address of an entry.
func (p *planner) redirects(e dossier.Entry) {
	aliases := e.Base().Aliases
	for i, a := range aliases {
		twice := slices.ContainsFunc(aliases[:i], func(b dossier.Alias) bool { return b.ID == a.ID })
		if other, ok := p.g.Lookup(a.ID); twice || ok && (other.Base().ID == a.ID || other.Base() != e.Base()) {
			continue // an id that is taken, or given twice, is no former one of this entry: the linker has told
		}
		p.add(Page{
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
func (p *planner) pagesOf(first Page, n int, view func(page int) any) {
	for i := 2; i <= pageCount(n); i++ {
		p.add(Page{
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
