package export

import (
	"encoding/xml"
	"io"

	"github.com/gorilla/feeds"
)

// An atomFeed is a feed of the library with what it lacks: where both have a field, the outer one is written.
type atomFeed struct {
	XMLName xml.Name `xml:"feed"`
	Lang    string   `xml:"xml:lang,attr"`
	History string   `xml:"xmlns:fh,attr,omitempty"`
	feeds.AtomFeed
	Links     []feeds.AtomLink
	Generator string `xml:"generator"`
	// Archive says that the document is a part of an archive, by RFC 5005.
	Archive *struct{} `xml:"fh:archive"`
	// Entries are printed where this stands.
	Entries string `xml:",innerxml"`
}

// atomType is the media type of Atom.
const atomType = "application/atom+xml"

// Atom writes a feed as Atom 1.0 (RFC 4287), with its archive by RFC 5005.
func Atom(w io.Writer, f *Feed) error {
	out := &atomFeed{
		Lang: f.Site.Language,
		AtomFeed: feeds.AtomFeed{
			Xmlns: "http://www.w3.org/2005/Atom", Title: unmarked(f.Title()), Id: f.ID, Updated: feedTime(f.Updated()), Rights: plain(f.Site.Licence.Name),
			Subtitle: plain(f.Text()), Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: plain(f.Site.Editor)}},
		},
		Links: f.atomLinks(), Generator: Generator, Entries: itemsHere,
	}
	if f.Icon != "" {
		out.Icon = f.at(f.Icon)
	}
	if f.Part > 0 {
		out.History, out.Archive = "http://purl.org/syndication/history/1.0", &struct{}{}
	}
	return f.write(w, out, f.atomEntry)
}

// atomLinks returns the links of a document: to itself, to the page that it tells of, to the licence, and to its neighbours.
func (f *Feed) atomLinks() []feeds.AtomLink {
	self := f.Atom()
	if f.Part > 0 {
		self = f.ArchivedAtom(f.Part)
	}
	links := []feeds.AtomLink{
		{Href: f.at(self), Rel: "self", Type: atomType},
		{Href: f.at(f.Home()), Rel: "alternate", Type: "text/html"},
	}
	if f.Site.Licence.URL != "" {
		links = append(links, feeds.AtomLink{Href: f.Site.Licence.URL, Rel: "license"})
	}
	if f.Part > 0 {
		links = append(links, feeds.AtomLink{Href: f.at(f.Atom()), Rel: "current", Type: atomType})
	}
	if n := f.before(); n > 0 {
		links = append(links, feeds.AtomLink{Href: f.at(f.ArchivedAtom(n)), Rel: "prev-archive", Type: atomType})
	}
	if n := f.after(); n > 0 {
		links = append(links, feeds.AtomLink{Href: f.at(f.ArchivedAtom(n)), Rel: "next-archive", Type: atomType})
	}
	return links
}

// atomEntry appends an item. Its text is CDATA, which is as good as escaping and costs nothing.
func (f *Feed) atomEntry(b []byte, x *Item) []byte {
	b = appendElement(append(b, "<entry>"...), "title", x.Title)
	b = appendTime(b, "updated", x.Updated)
	b = appendElement(b, "id", x.ID)
	b = appendTime(b, "published", x.Published)
	b = appendAttribute(append(b, "<link"...), "href", x.URL)
	b = append(b, ` rel="alternate" type="text/html"></link>`...)
	for _, url := range x.Via {
		b = append(appendAttribute(append(b, "<link"...), "href", url), ` rel="via"></link>`...)
	}
	b = appendEnd(inXML.append(append(b, `<summary type="text">`...), x.Summary), "summary")
	for _, c := range x.Categories {
		b = appendAttribute(append(b, "<category"...), "term", c)
		b = appendAttribute(b, "scheme", f.at("/"))
		b = append(appendAttribute(b, "label", c), "></category>"...)
	}
	for _, name := range x.Authors {
		b = appendEnd(appendElement(append(b, "<author>"...), "name", name), "author")
	}
	b = appendCDATA(append(b, `<content type="html">`...), x.HTML)
	return append(b, "</content></entry>"...)
}
