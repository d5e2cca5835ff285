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
	// Entries are printed already.
	Entries []byte `xml:",innerxml"`
}

type atomEntry struct {
	feeds.AtomEntry
	XMLName xml.Name `xml:"entry"`
	// the library's has one, without a term
	Category []atomCategory
	Author   []feeds.AtomPerson `xml:"author"`
	// as CDATA, which is as good as escaping and costs nothing
	Content atomContent
}

type atomCategory struct {
	XMLName xml.Name `xml:"category"`
	Term    string   `xml:"term,attr"`
	Scheme  string   `xml:"scheme,attr"`
	Label   string   `xml:"label,attr"`
}

type atomContent struct {
	XMLName xml.Name `xml:"content"`
	Type    string   `xml:"type,attr"`
	Text    string   `xml:",cdata"`
}

// FeedXml returns what the library is to encode.
func (f *atomFeed) FeedXml() any { return f }

// atomType is the media type of Atom.
const atomType = "application/atom+xml"

// Atom writes a feed as Atom 1.0 (RFC 4287), with its archive by RFC 5005.
func Atom(w io.Writer, f *Feed) error {
	out := &atomFeed{
		Lang: f.Site.Language,
		AtomFeed: feeds.AtomFeed{
			Xmlns: "http://www.w3.org/2005/Atom", Title: unmarked(f.Title), Id: f.ID, Updated: feedTime(f.Updated()), Rights: plain(f.Site.Licence.Name),
			Subtitle: plain(f.Text), Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: plain(f.Site.Editor)}},
		},
		Links: f.atomLinks(), Generator: Generator,
	}
	if f.Icon != "" {
		out.Icon = f.at(f.Icon)
	}
	if f.Part > 0 {
		out.History, out.Archive = "http://purl.org/syndication/history/1.0", &struct{}{}
	}
	entries, err := f.join(atomFormat, "\n", f.atomEntry)
	if err != nil {
		return err
	}
	out.Entries = entries
	return f.write(w, out)
}

// atomLinks returns the links of a document: to itself, to the page that it tells of, to the licence, and to its neighbours.
func (f *Feed) atomLinks() []feeds.AtomLink {
	self := f.Atom()
	if f.Part > 0 {
		self = f.ArchivedAtom(f.Part)
	}
	links := []feeds.AtomLink{
		{Href: f.at(self), Rel: "self", Type: atomType},
		{Href: f.at(f.Home), Rel: "alternate", Type: "text/html"},
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

// atomEntry returns an item.
func (f *Feed) atomEntry(x *Item) ([]byte, error) {
	e := &atomEntry{
		AtomEntry: feeds.AtomEntry{
			Title: x.Title, Id: x.ID, Published: feedTime(x.Published), Updated: feedTime(x.Updated),
			Links: []feeds.AtomLink{{Href: x.URL, Rel: "alternate", Type: "text/html"}}, Summary: &feeds.AtomSummary{Content: x.Summary, Type: "text"},
		},
		Content: atomContent{Type: "html", Text: x.HTML},
	}
	for _, url := range x.Via {
		e.Links = append(e.Links, feeds.AtomLink{Href: url, Rel: "via"})
	}
	for _, c := range x.Categories {
		e.Category = append(e.Category, atomCategory{Term: c, Scheme: f.at("/"), Label: c})
	}
	for _, name := range x.Authors {
		e.Author = append(e.Author, feeds.AtomPerson{Name: name})
	}
	return xmlOf(e, len(x.HTML))
}
