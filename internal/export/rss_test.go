package export_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"briefing/internal/export"
)

// parsed returns the feed of the hard site as an independent reader understands it.
func parsed(t *testing.T) *rss.Feed {
	t.Helper()
	g, pages := hard(t)
	feed, err := (&rss.Parser{}).Parse(strings.NewReader(written(t, g, pages, "feed.xml")))
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

// item returns the item whose guid ends as given.
func item(t *testing.T, feed *rss.Feed, end string) *rss.Item {
	t.Helper()
	for _, x := range feed.Items {
		if strings.HasSuffix(x.GUID.Value, end) {
			return x
		}
	}
	t.Fatalf("no item %s", end)
	return nil
}

func TestAReaderUnderstandsTheChannel(t *testing.T) {
	feed := parsed(t)
	for _, x := range []struct{ what, got, want string }{
		{"version", feed.Version, "2.0"},
		{"title", feed.Title, "News ‹of› the UK & Germany"},
		{"link", feed.Link, "https://brief.example/"},
		{"description", feed.Description, "What the UK &amp; Germany said to Dovilė Šakalienė."},
		{"language", feed.Language, "en-GB"},
		{"copyright", feed.Copyright, "CC BY 4.0"},
		{"pubDate, that of the newest item", feed.PubDate, "Tue, 03 Nov 2026 09:00:00 +0000"},
		{"lastBuildDate, that of the newest change", feed.LastBuildDate, "Fri, 20 Nov 2026 12:00:00 +0000"},
		{"generator", feed.Generator, export.Generator},
		{"docs", feed.Docs, "https://www.rssboard.org/rss-specification"},
		{"ttl", feed.TTL, "60"},
		{"managingEditor, which needs an address of a person", feed.ManagingEditor, ""},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.what, x.got, x.want)
		}
	}
	if i := feed.Image; i == nil || i.URL != "https://brief.example"+look.Icon || i.Title != feed.Title || i.Link != feed.Link {
		t.Errorf("image: %+v", i)
	}
	self := feed.Extensions["atom"]["link"]
	if len(self) != 1 || self[0].Attrs["href"] != "https://brief.example/feed.xml" || self[0].Attrs["rel"] != "self" || self[0].Attrs["type"] != "application/rss+xml" {
		t.Errorf("atom:link: %+v", self)
	}
}

func TestAReaderUnderstandsAnItem(t *testing.T) {
	x := item(t, parsed(t), "event/talks")
	for _, f := range []struct{ what, got, want string }{
		{"title, with the date of the event", x.Title, "4 June 2025: Talks of the UK & Germany"},
		{"link", x.Link, "https://brief.example/events/talks/"},
		{"description, which readers take for HTML", x.Description, "Dovilė Šakalienė told the UK &amp; Germany that 2 &lt; 3. 🛥️"},
		{"guid", x.GUID.Value, "tag:brief.example,2026:event/talks"},
		{"isPermaLink", x.GUID.IsPermalink, "false"},
		{"pubDate, that of publication", x.PubDate, "Mon, 02 Nov 2026 08:00:00 +0000"},
		{"atom:updated, that of the change", x.Extensions["atom"]["updated"][0].Value, "2026-11-20T12:00:00Z"},
		{"author, which would have to be an e-mail address", x.Author, ""},
		{"comments", x.Comments, ""},
	} {
		if f.got != f.want {
			t.Errorf("%s: %q, want %q", f.what, f.got, f.want)
		}
	}
	if x.Source != nil || x.Enclosure != nil {
		t.Error("there is a source or an enclosure")
	}
	var terms []string
	for _, c := range x.Categories {
		terms = append(terms, c.Value)
		if c.Domain != "https://brief.example/" {
			t.Errorf("category %s has the domain %q", c.Value, c.Domain)
		}
	}
	if want := []string{"event", "air-defence", "drones"}; !slices.Equal(terms, want) {
		t.Errorf("categories %v, want %v", terms, want)
	}
}

func TestEachAuthorIsACreator(t *testing.T) {
	feed := parsed(t)
	for end, want := range map[string][]string{
		"brief/boats-brief": {"A. Writer", "B. Writer"},
		"event/talks":       {"The editors"},
	} {
		if got := item(t, feed, end).DublinCoreExt.Creator; !slices.Equal(got, want) {
			t.Errorf("%s: dc:creator %v, want %v", end, got, want)
		}
	}
}

// The pledge and the event were published at the same moment, so that their ids decide.
func TestItemsAreNewestFirstThenById(t *testing.T) {
	var got []string
	for _, x := range parsed(t).Items {
		got = append(got, strings.TrimPrefix(x.GUID.Value, "tag:brief.example,2026:"))
	}
	want := []string{"brief/boats-brief", "pledge/boats", "event/talks", "figure/boats-in-use"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v: a scheduled event is not news, nor is an actor or a source", got, want)
	}
}

func TestAFeedHasTheNewestFiftyEntries(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/feed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	archive.Files = archive.Files[:1]
	for i := range 60 {
		archive.Files = append(archive.Files, txtar.File{Name: fmt.Sprintf("content/briefs/brief-%d.md", i), Data: fmt.Appendf(nil,
			"---\ntitle: Brief %d\nsummary: One of many.\npublished: 2026-11-01T08:%02d:00Z\n---\n", i, i)})
	}
	g, pages := link(t, archive)
	feed, err := (&rss.Parser{}).Parse(strings.NewReader(written(t, g, pages, "feed.xml")))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(feed.Items); n != 50 || feed.Items[0].Title != "Brief 59" || feed.Items[49].Title != "Brief 10" {
		t.Errorf("%d items from %q to %q", n, feed.Items[0].Title, feed.Items[n-1].Title)
	}
}

func TestDatesOfARSSFeedAreByRFC822WithFourDigitYears(t *testing.T) {
	feed := parsed(t)
	dates := []string{feed.PubDate, feed.LastBuildDate}
	for _, x := range feed.Items {
		dates = append(dates, x.PubDate)
	}
	for _, d := range dates {
		if _, err := time.Parse("Mon, 02 Jan 2006 15:04:05 +0000", d); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDescriptionStandsBeforeTheContent(t *testing.T) {
	g, pages := hard(t)
	for i, text := range strings.Split(written(t, g, pages, "feed.xml"), "<item>")[1:] {
		description, content := strings.Index(text, "<description>"), strings.Index(text, "<content:encoded>")
		if description < 0 || content < description {
			t.Errorf("item %d: description at %d, content at %d", i, description, content)
		}
	}
}

func TestQuotationMarksInADescriptionAreNoEntities(t *testing.T) {
	g, pages := link(t, txtar.Parse([]byte(`
-- site.yaml --
title: News
base_url: https://brief.example
language: en-GB
description: The "contact group's" news.
editor: The editors
tagging_entity: brief.example,2026
-- content/figures/count.md --
---
title: Count
summary: The UK's "count" is < 5 & > 3.
published: 2026-11-03T09:00:00Z
value: 4
unit: boats
measures: Boats.
as_of: 2026-11-01
---
`)))
	feed, err := (&rss.Parser{}).Parse(strings.NewReader(written(t, g, pages, "feed.xml")))
	if err != nil {
		t.Fatal(err)
	}
	if want := `The "contact group's" news.`; feed.Description != want {
		t.Errorf("the channel: %s, want %s", feed.Description, want)
	}
	if want := `The UK's "count" is &lt; 5 &amp; &gt; 3.`; feed.Items[0].Description != want {
		t.Errorf("the item: %s, want %s", feed.Items[0].Description, want)
	}
}

func TestItemsStandAfterAllElseOfTheChannel(t *testing.T) {
	g, pages := hard(t)
	text := written(t, g, pages, "feed.xml")
	if after := text[strings.LastIndex(text, "</item>"):]; strings.TrimSpace(strings.ReplaceAll(after, "\n", "")) != "</item>  </channel></rss>" {
		t.Errorf("after the last item stands %q", after)
	}
}

func TestNoTitleHasAnAngleBracket(t *testing.T) {
	feed := parsed(t)
	for _, x := range feed.Items {
		if strings.ContainsAny(x.Title+feed.Title, "<>") {
			t.Errorf("%q", x.Title)
		}
	}
}

func TestTheContentOfAnItemIsTheWholeEntry(t *testing.T) {
	feed := parsed(t)
	mustHold(t, item(t, feed, "event/talks").Content,
		"Dovilė Šakalienė told the UK &amp; Germany that 2 &lt; 3. 🛥️", "Boats &amp; drones &lt;soon&gt;.", "<code>]]&gt;</code> and words with ]]&gt;",
		"Who came.", "Nobody came.", "All came.",
		"We will send boats.", "<table>", "Lithuania: three boats", "<h2>Sources</h2>", "The &lt;b&gt;bold&lt;/b&gt; gazette", "Gazette &amp; Sons",
	)
	mustHold(t, item(t, feed, "pledge/boats").Content, "what followed", "3 boats", "<h2>Ledger</h2>", "Disputed", "How many", "Four.")
	mustHold(t, item(t, feed, "figure/boats-in-use").Content, "<strong>300 boats</strong>", "June 2025", "Dovilė Šakalienė")
	mustHold(t, item(t, feed, "brief/boats-brief").Content, "Key points", "Three boats.", "What we do not know", "Where they are.")
}

// attributes that no reader knows what to do with, or must not have.
var attributes = []string{"style", "tabindex", "role"}

// elements that validators flag in the content of an item.
var elements = []string{"script", "svg", "iframe", "style", "form", "input", "button", "object", "embed"}

func TestTheContentOfAnItemIsPlainAbsoluteHTML(t *testing.T) {
	for _, x := range parsed(t).Items {
		root, err := html.Parse(strings.NewReader(x.Content))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if slices.Contains(elements, n.Data) {
				t.Errorf("%s: <%s>", x.GUID.Value, n.Data)
			}
			for _, a := range n.Attr {
				link := a.Key == "href" || a.Key == "src"
				switch {
				case slices.Contains(attributes, a.Key), strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: attribute %s", x.GUID.Value, a.Key)
				case link && !strings.HasPrefix(a.Val, "https://"):
					t.Errorf("%s: the address %q is relative", x.GUID.Value, a.Val)
				}
			}
		}
	}
}

func TestAFragmentInAFeedLeadsToThePage(t *testing.T) {
	feed := parsed(t)
	mustHold(t, item(t, feed, "event/talks").Content,
		`<a href="https://brief.example/events/talks/#what-was-said">a place</a>`, `<a href="https://brief.example/events/talks/">the talks</a>`,
		`href="https://brief.example/events/talks/#note-1"`, `<a href="https://afar.example/">afar</a>`, `https://gazette.example/a?b=1&amp;c=2`,
	)
	mustHold(t, item(t, feed, "brief/boats-brief").Content, `<a href="https://brief.example/events/talks/#what-was-said">what was said</a>`)
}

func TestAFeedIsWellFormedXML(t *testing.T) {
	g, pages := hard(t)
	d := xml.NewDecoder(strings.NewReader(written(t, g, pages, "feed.xml")))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnEmptySiteHasAFeedWithoutItems(t *testing.T) {
	g, pages := empty(t)
	text := written(t, g, pages, "feed.xml")
	feed, err := (&rss.Parser{}).Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if feed.Title != "Empty" || feed.Link != "https://empty.example/" || feed.Description == "" || len(feed.Items) != 0 {
		t.Errorf("%+v", feed)
	}
	for _, element := range []string{"<pubDate>", "<lastBuildDate>"} {
		if strings.Contains(text, element) {
			t.Errorf("%s, but there is no date to give", element)
		}
	}
}

func TestASiteWithoutAnIconHasAFeedWithoutAnImage(t *testing.T) {
	g, pages := empty(t)
	for _, f := range everyFile(g, pages, export.Look{}) {
		var b strings.Builder
		if err := f.Write(&b); err != nil || f.Path == "feed.xml" && strings.Contains(b.String(), "<image>") {
			t.Errorf("%v in\n%s", err, b.String())
		}
	}
}

func TestAnIdInAFeedDependsOnNeitherAddressNorTitle(t *testing.T) {
	g, pages := hard(t)
	before := item(t, parsed(t), "event/talks").GUID.Value
	g.Site.BaseURL = "http://elsewhere.example"
	mustHold(t, written(t, g, pages, "feed.xml"), before, "<link>http://elsewhere.example/events/talks/</link>")
}
