package export

import (
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// feedItems is how many of the newest entries a feed carries.
const feedItems = 50

// An rssFeed is a feed of the library with what RSS readers need beside it: where both have a field, the outer one is written.
type rssFeed struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Channel *rssChannel
}

type rssChannel struct {
	feeds.RssFeed
	XMLName xml.Name `xml:"channel"`
	Self    rssLink  `xml:"atom:link"`
	Items   []*rssItem
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	feeds.RssItem
	XMLName  xml.Name `xml:"item"`
	Creators []string `xml:"dc:creator"`
	// the library's has one, without a domain
	Category []rssCategory
	Updated  string `xml:"atom:updated"`
}

type rssCategory struct {
	XMLName xml.Name `xml:"category"`
	Domain  string   `xml:"domain,attr,omitempty"`
	Term    string   `xml:",chardata"`
}

// FeedXml returns what the library is to encode.
func (f *rssFeed) FeedXml() any { return f }

// RSS writes the newest entries as RSS 2.0. Icon is the address of a PNG from the root; it may be empty.
func RSS(w io.Writer, g *graph.Graph, pages []page.Page, icon string) error {
	news := g.News()
	news = news[:min(len(news), feedItems)]
	site := &g.Site
	channel := &rssChannel{
		RssFeed: feeds.RssFeed{
			Title: plain(site.Title), Link: site.BaseURL + "/", Description: plain(site.Description), Language: site.Language,
			Copyright: site.Licence.Name, Generator: Generator, Docs: "https://www.rssboard.org/rss-specification", Ttl: 60,
		},
		Self: rssLink{Href: site.BaseURL + "/feed.xml", Rel: "self", Type: "application/rss+xml"},
	}
	if icon != "" {
		channel.Image = &feeds.RssImage{Url: site.BaseURL + icon, Title: channel.Title, Link: channel.Link}
	}
	var updated time.Time
	articles := newArticles(g, pages)
	for _, e := range news {
		item, err := articles.rssItem(e)
		if err != nil {
			return err
		}
		channel.Items = append(channel.Items, item)
		if t := e.Base().Updated(); t.After(updated) {
			updated = t
		}
	}
	if len(news) > 0 {
		channel.PubDate, channel.LastBuildDate = rssTime(news[0].Base().Published), rssTime(updated)
	}
	return feeds.WriteXML(&rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/",
		DC: "http://purl.org/dc/elements/1.1/", Channel: channel,
	}, w)
}

// rssItem returns an entry as an item. Its description is read as HTML by some readers and as text by others, and so escaped
// once as the one before it is escaped as XML.
func (a *articles) rssItem(e dossier.Entry) (*rssItem, error) {
	head := e.Base()
	html, err := a.html(e)
	if err != nil {
		return nil, err
	}
	item := &rssItem{
		RssItem: feeds.RssItem{
			Title: plain(itemTitle(e)), Link: a.g.Site.BaseURL + page.URL(e), Description: escape(plain(head.Summary)),
			Content: &feeds.RssContent{Content: html},
			Guid:    &feeds.RssGuid{Id: TagURI(a.g, e), IsPermaLink: "false"}, PubDate: rssTime(head.Published),
		},
		Creators: creators(a.g, e), Updated: head.Updated().Format(time.RFC3339),
	}
	item.Category = append(item.Category, rssCategory{Domain: a.g.Site.BaseURL + "/", Term: string(head.Kind)})
	for _, tag := range head.Tags {
		item.Category = append(item.Category, rssCategory{Domain: a.g.Site.BaseURL + "/", Term: tag})
	}
	return item, nil
}

// TagURI returns the permanent id of an entry in every feed, by RFC 4151. It depends on neither address, title nor host.
func TagURI(g *graph.Graph, e dossier.Entry) string {
	head := e.Base()
	return "tag:" + g.Site.TaggingEntity + ":" + string(head.Kind) + "/" + string(head.ID)
}

// itemTitle returns the title of an entry in a feed: events bear their date, since what is new in a feed may be old in the world.
func itemTitle(e dossier.Entry) string {
	if event, ok := e.(*dossier.Event); ok {
		return event.Date.Text() + ": " + event.Title
	}
	return e.Base().Title
}

// creators returns the authors of an entry.
func creators(g *graph.Graph, e dossier.Entry) []string {
	if b, ok := e.(*dossier.Brief); ok && len(b.Authors) > 0 {
		return b.Authors
	}
	return []string{g.Site.Editor}
}

// rssTime returns a time as RSS wants it: with four digits to the year, and in UTC.
func rssTime(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }

// plain returns text without what no feed may carry: control characters, and angle brackets, which readers take for markup however
// they are escaped.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff:
			return -1
		case r == '<':
			return '‹'
		case r == '>':
			return '›'
		}
		return r
	}, s)
}
