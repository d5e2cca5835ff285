package site_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// A feedDocument is a feed or an archive of one, in any format, as a client understands it.
type feedDocument struct {
	entries []entry
	// older is the address of the document with what came before; empty where there is none.
	older string
}

// An entry is an item of a feed. Times are in UTC.
type entry struct {
	id, title, link, summary, content string
	authors, categories               []string
	published, updated                time.Time
}

// The three formats, as far as a client needs them.
type (
	rssDocument struct {
		Channel struct {
			Links []atomLink `xml:"http://www.w3.org/2005/Atom link"`
			Items []struct {
				GUID       string   `xml:"guid"`
				Title      string   `xml:"title"`
				Link       string   `xml:"link"`
				Summary    string   `xml:"description"`
				Content    string   `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
				Authors    []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
				Categories []string `xml:"category"`
				PubDate    string   `xml:"pubDate"`
				Updated    string   `xml:"http://www.w3.org/2005/Atom updated"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	atomDocument struct {
		Links   []atomLink `xml:"link"`
		Entries []struct {
			ID         string     `xml:"id"`
			Title      string     `xml:"title"`
			Links      []atomLink `xml:"link"`
			Summary    string     `xml:"summary"`
			Content    string     `xml:"content"`
			Authors    []string   `xml:"author>name"`
			Categories []struct {
				Term string `xml:"term,attr"`
			} `xml:"category"`
			Published string `xml:"published"`
			Updated   string `xml:"updated"`
		} `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	jsonDocument struct {
		NextURL string `json:"next_url"`
		Items   []struct {
			ID        string                  `json:"id"`
			Title     string                  `json:"title"`
			URL       string                  `json:"url"`
			Summary   string                  `json:"summary"`
			Content   string                  `json:"content_html"`
			Authors   []struct{ Name string } `json:"authors"`
			Tags      []string                `json:"tags"`
			Published string                  `json:"date_published"`
			Modified  string                  `json:"date_modified"`
		} `json:"items"`
	}
)

// related returns the address of a relation.
func related(links []atomLink, rel string) string {
	for _, l := range links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

// decode reads a document with nothing but the decoders of the language.
func decode(t *testing.T, url string, text []byte) feedDocument {
	t.Helper()
	at := func(layout, s string) time.Time {
		when, err := time.Parse(layout, s)
		if err != nil {
			t.Errorf("%s: %v", url, err)
		}
		return when.UTC()
	}
	must := func(err error) {
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
	}
	var doc feedDocument
	switch {
	case strings.HasSuffix(url, ".json"):
		var in jsonDocument
		must(json.Unmarshal(text, &in))
		doc.older = in.NextURL
		for _, x := range in.Items {
			e := entry{x.ID, x.Title, x.URL, x.Summary, x.Content, nil, x.Tags, at(time.RFC3339, x.Published), at(time.RFC3339, x.Modified)}
			for _, a := range x.Authors {
				e.authors = append(e.authors, a.Name)
			}
			doc.entries = append(doc.entries, e)
		}
	case bytes.Contains(text, []byte("<rss")):
		var in rssDocument
		must(xml.Unmarshal(text, &in))
		doc.older = related(in.Channel.Links, "prev-archive")
		for _, x := range in.Channel.Items {
			doc.entries = append(doc.entries, entry{
				x.GUID, x.Title, x.Link, html.UnescapeString(x.Summary), x.Content, x.Authors, x.Categories, at(time.RFC1123Z, x.PubDate), at(time.RFC3339, x.Updated),
			})
		}
	default:
		var in atomDocument
		must(xml.Unmarshal(text, &in))
		doc.older = related(in.Links, "prev-archive")
		for _, x := range in.Entries {
			e := entry{
				x.ID, x.Title, related(x.Links, "alternate"), x.Summary, x.Content, x.Authors, nil, at(time.RFC3339, x.Published), at(time.RFC3339, x.Updated),
			}
			for _, c := range x.Categories {
				e.categories = append(e.categories, c.Term)
			}
			doc.entries = append(doc.entries, e)
		}
	}
	return doc
}

// decodeByLibrary reads the entries of a document as gofeed does, which readers are built on.
func decodeByLibrary(t *testing.T, url string, text []byte) []entry {
	t.Helper()
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	var list []entry
	for _, x := range feed.Items {
		e := entry{id: x.GUID, title: x.Title, link: x.Link, summary: html.UnescapeString(x.Description), content: x.Content, categories: x.Categories}
		for _, a := range x.Authors {
			e.authors = append(e.authors, a.Name)
		}
		if x.PublishedParsed != nil {
			e.published = x.PublishedParsed.UTC()
		}
		if x.UpdatedParsed != nil {
			e.updated = x.UpdatedParsed.UTC()
		} else if in := x.Extensions["atom"]["updated"]; len(in) == 1 {
			e.updated, _ = time.Parse(time.RFC3339, in[0].Value)
		}
		list = append(list, e)
	}
	return list
}
