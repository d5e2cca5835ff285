package export

import (
	"encoding/xml"
	"html/template"
	"io/fs"
	"os"
	"path"
	"testing"
	"time"

	"github.com/gorilla/feeds"
	"golang.org/x/tools/txtar"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// Items are the library's with what it lacks: where both have a field, the outer one is encoded. They are what the items that are written
// by hand must equal.

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

type jsonItem struct {
	feeds.JSONItem
	// Facts stand in an extension, whose name begins with an underscore.
	Facts Facts `json:"_briefing"`
}

// encoded returns a value as XML.
func encoded(t *testing.T, v any) string {
	t.Helper()
	b, err := xml.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func wantRSS(t *testing.T, f *Feed, x *Item) string {
	t.Helper()
	item := &rssItem{
		RssItem: feeds.RssItem{
			Title: x.Title, Link: x.URL, Description: described(x.Summary), Content: &feeds.RssContent{Content: x.HTML},
			Guid: &feeds.RssGuid{Id: x.ID, IsPermaLink: "false"}, PubDate: rssTime(x.Published),
		},
		Creators: x.Authors, Updated: feedTime(x.Updated),
	}
	for _, c := range x.Categories {
		item.Category = append(item.Category, rssCategory{Domain: f.at("/"), Term: c})
	}
	return encoded(t, item)
}

func wantAtom(t *testing.T, f *Feed, x *Item) string {
	t.Helper()
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
	return encoded(t, e)
}

func wantJSON(t *testing.T, x *Item) string {
	t.Helper()
	item := &jsonItem{
		JSONItem: feeds.JSONItem{
			Id: x.ID, Url: x.URL, Title: x.Title, ContentHTML: x.HTML, Summary: x.Summary, PublishedDate: &x.Published, ModifiedDate: &x.Updated,
			Tags: x.Categories,
		},
		Facts: x.Facts,
	}
	for _, name := range x.Authors {
		item.Authors = append(item.Authors, &feeds.JSONAuthor{Name: name})
	}
	b, err := jsonOf(item)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sameItem reports each format in which an item is not written as the encoders of the standard library write it.
func sameItem(t *testing.T, f *Feed, x *Item) {
	t.Helper()
	for _, c := range []struct{ name, got, want string }{
		{"RSS", string(f.rssItem(nil, x)), wantRSS(t, f, x)},
		{"Atom", string(f.atomEntry(nil, x)), wantAtom(t, f, x)},
		{"JSON", string(f.jsonItem(nil, x)), wantJSON(t, x)},
	} {
		if c.got != c.want {
			t.Errorf("%s: an item in %s is\n%s\nwant\n%s", f.Home(), c.name, c.got, c.want)
		}
	}
}

// linked links what is in the folder content, with the site's description in it or beside it.
func linked(t *testing.T, dir fs.FS) (*graph.Graph, []page.Page) {
	t.Helper()
	var site dossier.Site
	var entries []dossier.Entry
	for _, pattern := range []string{"site.yaml", "content/site.yaml", "content/*/*.md"} {
		names, err := fs.Glob(dir, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			if path.Base(name) == "site.yaml" {
				site, _ = content.ParseSite(name, text)
				site.Check(nil)
			} else if path.Dir(name) != "content/pages" {
				e, _ := content.Parse(name, text)
				entries = append(entries, e)
			}
		}
	}
	g, _ := graph.Link(site, entries, graph.Options{})
	return g, page.Plan(g)
}

// compare compares every item of every document of a site, and returns how many there are.
func compare(t *testing.T, dir fs.FS) (items int) {
	t.Helper()
	g, pages := linked(t, dir)
	p := newPress(g, pages, Look{})
	for _, c := range append(page.Channels(g), page.ClosedChannels(g)...) {
		r := &run{press: p, channel: c, pieces: func() []piece { return pieces(g, c) }}
		for part := range r.parts() + 1 {
			f, err := r.feed(part)
			if err != nil {
				t.Fatal(err)
			}
			for i := range f.Items {
				sameItem(t, f, &f.Items[i])
			}
			items += len(f.Items)
		}
	}
	return items
}

func TestAnItemIsWrittenAsTheLibraryWouldEncodeIt(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/feed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	hard, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]fs.FS{"the hard site": hard, "the default site": os.DirFS("../..")} {
		t.Run(name, func(t *testing.T) {
			if compare(t, dir) == 0 {
				t.Error("no item was compared")
			}
		})
	}
}

func TestAnyTextIsWrittenAsTheLibraryWouldEncodeIt(t *testing.T) {
	const signs = "a\tb\nc \"quoted\" 'so' & <b>bold</b> &amp; é ‐ 漢 🜁 \u2028 \u2029 ]]> \\ \\n / ]]"
	when := time.Date(2026, 11, 20, 23, 59, 59, 500, time.FixedZone("", 3600))
	f := &Feed{Site: &dossier.Site{BaseURL: "https://example.org/a&b"}}
	sameItem(t, f, &Item{
		ID: signs, URL: signs, Title: signs, Summary: signs, HTML: signs + signs, Published: when, Updated: when.Add(time.Hour),
		Authors: []string{signs, "b"}, Categories: []string{signs, "b"}, Via: []string{signs, "b"},
		Facts: Facts{About: signs, Type: signs, Change: signs, Status: signs, AsOf: signs, Event: signs, Donors: []string{signs, "b"}, Version: 12},
	})
	sameItem(t, f, &Item{ID: "a", URL: "b", Title: "c", HTML: "]]>", Authors: []string{"d"}, Categories: []string{"e"}, Facts: Facts{About: "a", Type: "b"}})
	if got, want := escape(signs), template.HTMLEscapeString(signs); got != want {
		t.Errorf("escaped: %q, want %q", got, want)
	}
}
