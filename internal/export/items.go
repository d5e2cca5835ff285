package export

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// An Item is one piece of news: an entry, or a change to one. All formats print the same items.
type Item struct {
	// ID is a tag: URI by RFC 4151. It depends on neither address, title nor host, and no renaming changes it.
	ID string

	// URL is absolute.
	URL string

	// Title and Summary are plain text. No title has an angle bracket, for readers take one for markup however it is escaped.
	Title   string
	Summary string

	// HTML is the text, with absolute addresses; it is never empty.
	HTML string

	// Published never changes; Updated is the time of the newest change that readers should know of, and no earlier.
	Published time.Time
	Updated   time.Time

	// Authors are names, at least one.
	Authors []string

	// Categories are the kind of the entry, of a change its kind, and the tags.
	Categories []string

	// Via are the addresses of the sources on which the entry as a whole rests.
	Via []string

	Facts Facts
}

// Facts are what programs may want to know of an item. Ids are those of the open data.
type Facts struct {
	// About, Event and Donors are ids, Type is a kind of entry, Change one of change. Version counts from 1, and goes up with each change.
	About   string   `json:"about"`
	Type    string   `json:"type"`
	Change  string   `json:"change,omitempty"`
	Status  string   `json:"status,omitempty"`
	AsOf    string   `json:"as_of,omitempty"`
	Event   string   `json:"event,omitempty"`
	Donors  []string `json:"donors,omitempty"`
	Version int      `json:"version"`
}

// A piece is what an item tells of: an entry, or where change is not nil, that change to it.
type piece struct {
	entry  dossier.Entry
	change *graph.Changed
}

// TagURI makes a tag: URI of its specific part.
func TagURI(site *dossier.Site, specific string) string {
	return "tag:" + site.TaggingEntity + ":" + specific
}

// pieces returns what a channel tells of, newest first.
func pieces(g *graph.Graph, c page.Channel) []piece {
	switch c.Topic {
	case page.SiteUpdates, page.SiteCorrections:
		var list []piece
		for _, x := range g.Changes() {
			if c.Topic == page.SiteUpdates || x.Corrects() {
				list = append(list, piece{x.Entry, &x})
			}
		}
		return list
	case page.SiteNews:
		return ofEntries(g.News())
	}
	return ofEntries(slices.DeleteFunc(g.NewsOf(c.Of.Base().ID), func(e dossier.Entry) bool {
		return !c.Closed().IsZero() && graph.Told(e).After(c.Closed())
	}))
}

// ofEntries returns the pieces that tell of whole entries, in their order.
func ofEntries(entries []dossier.Entry) []piece {
	list := make([]piece, len(entries))
	for i, e := range entries {
		list[i].entry = e
	}
	return list
}

// item returns a piece as an item, whose text a writes: the whole of it, or its summary in place of that.
func (p *press) item(x piece, a *article, whole bool) (Item, error) {
	if x.change != nil {
		return p.change(x.change), nil
	}
	head := x.entry.Base()
	if head.IsWithdrawn() {
		return p.withdrawn(x.entry), nil
	}
	id, url := p.names(x.entry, a)
	item := Item{
		ID: id, URL: url, Title: unmarked(itemTitle(x.entry)), Summary: plain(head.Summary),
		Published: graph.Told(x.entry), Updated: head.Updated(), Authors: p.authors(x.entry),
		Categories: append([]string{string(head.Kind)}, head.Tags...), Via: p.via(head), Facts: facts(x.entry),
	}
	if !whole {
		item.HTML = a.summary(&item)
		return item, nil
	}
	html, err := a.of(strings.TrimPrefix(url, a.base), p.text(x.entry))
	item.HTML = html
	return item, err
}

// names returns the id and the address of the item of an entry, which a puts together.
func (p *press) names(e dossier.Entry, a *article) (id, url string) {
	a.b = append(append(append(a.b[:0], TagURI(&p.g.Site, "")...), e.Base().Lasting()...), p.g.Site.BaseURL...)
	end := len(a.b) - len(p.g.Site.BaseURL)
	both := string(page.AppendURL(a.b, e))
	return both[:end], both[end:]
}

// withdrawn returns an entry that the editors took back as an item: it says so, and leads to the page that says so.
func (p *press) withdrawn(e dossier.Entry) Item {
	head := e.Base()
	item := Item{
		ID: TagURI(&p.g.Site, head.Lasting()), URL: p.g.Site.BaseURL + page.URL(e), Title: unmarked("Withdrawn: " + head.Title),
		Summary: plain(head.Withdrawn.Reason), Published: graph.Told(e), Updated: head.Updated(), Authors: p.authors(e),
		Categories: append([]string{string(head.Kind)}, head.Tags...),
		Facts:      Facts{About: string(head.ID), Type: string(head.Kind), Status: "withdrawn", Version: len(head.Changes) + 2},
	}
	item.HTML = paragraph("The editors have withdrawn this entry: "+item.Summary) + paragraphOf(link(item.URL, head.Title))
	return item
}

// change returns a change as an item, which says what the note says and leads to it.
func (p *press) change(c *graph.Changed) Item {
	head := c.Entry.Base()
	url := p.g.Site.BaseURL + page.ChangeURL(c)
	item := Item{
		ID: TagURI(&p.g.Site, c.Lasting()), URL: url, Title: unmarked(c.Headline()), Summary: plain(c.Text()),
		Published: c.At, Updated: c.At, Authors: p.authors(c.Entry),
		Categories: append([]string{string(head.Kind), string(c.Kind)}, head.Tags...),
		Facts:      Facts{About: string(head.ID), Type: string(head.Kind), Change: string(c.Kind), Version: c.Version()},
	}
	item.HTML = paragraph(plain(c.Note)) + paragraphOf(link(p.g.Site.BaseURL+page.URL(c.Entry), head.Title))
	if c.Was != "" {
		item.HTML = paragraph(plain("Was: "+c.Was)) + paragraph(plain("Now: "+c.Now)) + item.HTML
	}
	return item
}

// itemTitle returns the title of an entry in a feed: events bear their date, since what is new in a feed may be old in the world.
func itemTitle(e dossier.Entry) string {
	if event, ok := e.(*dossier.Event); ok {
		return event.Date.Text() + ": " + event.Title
	}
	return e.Base().Title
}

// authors returns who wrote an entry.
func (p *press) authors(e dossier.Entry) []string {
	b, ok := e.(*dossier.Brief)
	if !ok || len(b.Authors) == 0 {
		return p.editor
	}
	out := make([]string, len(b.Authors))
	for i, name := range b.Authors {
		out[i] = plain(name)
	}
	return out
}

// via returns the addresses of the sources on which an entry as a whole rests.
func (p *press) via(head *dossier.Head) []string {
	var list []string
	for _, c := range head.Sources {
		if s := graph.Find[*dossier.Source](p.g, c.Source); s != nil && s.URL != "" {
			list = append(list, s.URL)
		}
	}
	return list
}

// facts returns what programs may want to know of an entry.
func facts(e dossier.Entry) Facts {
	head := e.Base()
	f := Facts{About: string(head.ID), Type: string(head.Kind), Version: len(head.Changes) + 1}
	switch e := e.(type) {
	case *dossier.Event:
		f.Status = string(e.State())
	case *dossier.Pledge:
		f.Status, f.AsOf, f.Event = e.Status().Label(), e.AsOf.String(), string(e.Announced.Event)
		for _, d := range e.Donors {
			f.Donors = append(f.Donors, string(d.Actor))
		}
	case *dossier.Figure:
		f.AsOf = e.AsOf.String()
	}
	return f
}

// plain returns text without characters that no feed may carry.
func plain(s string) string {
	if !suspicious(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, s)
}

// suspicious reports whether text may have a character that no feed may carry. It looks at bytes alone, for most texts have none: of those
// that are not ASCII, U+0080 to U+009F begin with 0xc2, all others end in 0xbd to 0xbf after 0xbf.
func suspicious(s string) bool {
	for i := 0; i < len(s); i++ {
		i += usual(s[i:])
		if i == len(s) || !dubious[s[i]] {
			continue
		}
		if c := s[i]; c < utf8.RuneSelf || i+1 < len(s) && (c == 0xc2 && s[i+1] < 0xa0 || c == 0xbf && s[i+1] >= 0xbd) {
			return true
		}
	}
	return false
}

// dubious tells the bytes that are such a character, or may begin the end of one.
var dubious = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = unprintable(rune(c))
	}
	t[0xc2], t[0xbf] = true, true
	return t
}()

// unprintable reports whether r is a control character, of which XML knows three, or no character at all.
func unprintable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0 || r&0xfffe == 0xfffe || r == '\ufffd'
}

// brackets puts other signs in place of angle brackets.
var brackets = strings.NewReplacer("<", "‹", ">", "›")

// unmarked returns text without angle brackets.
func unmarked(s string) string { return brackets.Replace(plain(s)) }

// paragraph returns text as a paragraph, paragraphOf HTML as one.
func paragraph(text string) string   { return paragraphOf(escape(text)) }
func paragraphOf(html string) string { return "<p>" + html + "</p>\n" }

// link returns a link to an absolute address.
func link(url, text string) string {
	return `<a href="` + escape(url) + `">` + escape(plain(text)) + `</a>`
}

// weight returns what an item adds to the file of a feed in any format, or somewhat more. JSON escapes quotation marks and line ends,
// RSS has the summary escaped twice.
func (x *Item) weight() int {
	// Addresses and titles stand in some formats twice; the 1,000 are for dates, ids and the names of elements.
	n := 1000 + len(x.HTML) + strings.Count(x.HTML, `"`) + strings.Count(x.HTML, "\n") + 2*len(x.URL) + 2*len(x.Title) + 2*len(escape(x.Summary))
	for _, s := range x.Categories {
		n += 100 + len(s)
	}
	for _, s := range x.Via {
		n += 30 + 2*len(s)
	}
	return n
}
