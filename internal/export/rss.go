package export

import (
	"encoding/xml"
	"io"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

// An rssFeed is a feed of the library with what RSS readers need beside it: where both have a field, the outer one is written.
type rssFeed struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Channel *rssChannel
}

// An rssChannel is the channel of the library, with links of Atom and the items.
type rssChannel struct {
	feeds.RssFeed
	XMLName xml.Name `xml:"channel"`
	Links   []rssLink
	// Items are printed where this stands, after all else, as they must.
	Items string `xml:",innerxml"`
}

// An rssLink is a link that RSS has no element for.
type rssLink struct {
	XMLName xml.Name `xml:"atom:link"`
	Href    string   `xml:"href,attr"`
	Rel     string   `xml:"rel,attr"`
	Type    string   `xml:"type,attr"`
}

// RSS writes a feed as RSS 2.0. Its archive is in Atom, to which a link of RFC 5005 leads.
func RSS(w io.Writer, f *Feed) error {
	channel := &rssChannel{
		RssFeed: feeds.RssFeed{
			Title: unmarked(f.Title()), Link: f.at(f.Home()), Description: described(plain(f.Text())), Language: f.Site.Language,
			Copyright: plain(f.Site.Licence.Name), Generator: Generator, Docs: "https://www.rssboard.org/rss-specification", Ttl: 60,
		},
		Items: itemsHere, Links: []rssLink{{Href: f.at(f.RSS()), Rel: "self", Type: "application/rss+xml"}},
	}
	if f.Parts > 0 {
		channel.Links = append(channel.Links, rssLink{Href: f.at(f.ArchivedAtom(f.Parts)), Rel: "prev-archive", Type: "application/atom+xml"})
	}
	if f.Icon != "" {
		channel.Image = &feeds.RssImage{Url: f.at(f.Icon), Title: channel.Title, Link: channel.Link}
	}
	if len(f.Items) > 0 {
		channel.PubDate, channel.LastBuildDate = rssTime(f.Items[0].Published), rssTime(f.Updated())
	}
	return f.write(w, &rssFeed{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Content: "http://purl.org/rss/1.0/modules/content/",
		DC: "http://purl.org/dc/elements/1.1/", Channel: channel,
	}, f.rssItem)
}

// tags escapes what would begin or end a tag or an entity, and leaves quotation marks as they are.
var tags = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// described returns text as a description. Some readers take one for HTML and others for text, and so it is escaped once as the one before
// it is escaped as XML; but for no more than HTML must have escaped, since whoever takes it for text sees what stands for each sign.
func described(text string) string { return tags.Replace(text) }

// rssItem appends an item.
func (f *Feed) rssItem(b []byte, x *Item) []byte {
	b = appendElement(append(b, "<item>"...), "title", x.Title)
	b = appendElement(b, "link", x.URL)
	b = appendElement(b, "description", described(x.Summary))
	b = appendEnd(appendCDATA(append(b, "<content:encoded>"...), x.HTML), "content:encoded")
	b = appendEnd(inXML.append(append(b, `<guid isPermaLink="false">`...), x.ID), "guid")
	b = appendElement(b, "pubDate", rssTime(x.Published))
	for _, name := range x.Authors {
		b = appendElement(b, "dc:creator", name)
	}
	for _, c := range x.Categories {
		b = append(appendAttribute(append(b, "<category"...), "domain", f.at("/")), '>')
		b = appendEnd(inXML.append(b, c), "category")
	}
	return appendEnd(appendTime(b, "atom:updated", x.Updated), "item")
}

// rssTime returns a time as RSS wants it: with four digits to the year, and in UTC.
func rssTime(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }

// feedTime returns a time as all other formats want it, by RFC 3339 and in UTC.
func feedTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }
