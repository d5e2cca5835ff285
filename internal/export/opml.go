package export

import (
	"encoding/xml"
	"io"

	"briefing/internal/graph"
	"briefing/internal/page"
)

// An opml is an outline of feeds.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Changed string    `xml:"head>dateModified,omitempty"`
	Docs    string    `xml:"head>docs"`
	Groups  []outline `xml:"body>outline"`
}

// An outline is a feed, or a group of feeds, which has a text alone.
type outline struct {
	Text        string    `xml:"text,attr"`
	Type        string    `xml:"type,attr,omitempty"`
	Title       string    `xml:"title,attr,omitempty"`
	XMLURL      string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL     string    `xml:"htmlUrl,attr,omitempty"`
	Description string    `xml:"description,attr,omitempty"`
	Language    string    `xml:"language,attr,omitempty"`
	Version     string    `xml:"version,attr,omitempty"`
	Feeds       []outline `xml:"outline"`
}

// groups are those of the list of feeds, each with the topics of its channels.
var groups = []struct {
	text   string
	topics []page.Topic
}{
	{"The whole site", []page.Topic{page.SiteNews, page.SiteUpdates, page.SiteCorrections}},
	{"Series", []page.Topic{page.SeriesNews}},
	{"Actors", []page.Topic{page.ActorNews}},
}

// OPML writes the list of all feeds as OPML 2.0, in groups. A feed reader that is given it subscribes to them.
func OPML(w io.Writer, g *graph.Graph, channels []page.Channel) error {
	out := opml{Version: "2.0", Title: plain(g.Site.Title), Docs: "https://opml.org/spec2.opml"}
	if date := g.Date(); !date.IsZero() {
		out.Changed = rssTime(date)
	}
	byTopic := map[page.Topic][]outline{}
	for _, c := range channels {
		// RSS is named although there are three formats: it is the one that every reader knows.
		byTopic[c.Topic] = append(byTopic[c.Topic], outline{
			Text: unmarked(c.Title()), Type: "rss", Title: unmarked(c.Title()), XMLURL: g.Site.BaseURL + c.RSS(), HTMLURL: g.Site.BaseURL + c.Home(),
			Description: plain(c.Text()), Language: g.Site.Language, Version: "RSS2",
		})
	}
	for _, group := range groups {
		o := outline{Text: group.text}
		for _, topic := range group.topics {
			o.Feeds = append(o.Feeds, byTopic[topic]...)
		}
		if o.Feeds != nil {
			out.Groups = append(out.Groups, o)
		}
	}
	return writeXML(w, xml.Header, out)
}
