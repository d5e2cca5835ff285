package export

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/gorilla/feeds"
)

// A jsonFeed is a feed of the library with what it lacks: where both have a field, the outer one is written.
type jsonFeed struct {
	feeds.JSONFeed
	// Items are there even where there are none. They come last, and are put in once all else is printed.
	Items []struct{} `json:"items"`
}

type jsonItem struct {
	feeds.JSONItem
	// Facts stand in an extension, whose name begins with an underscore.
	Facts Facts `json:"_briefing"`
}

// JSONFeed writes a feed as JSON Feed 1.1. Parts of the archive are its further pages.
func JSONFeed(w io.Writer, f *Feed) error {
	self := f.JSON()
	if f.Part > 0 {
		self = f.ArchivedJSON(f.Part)
	}
	out := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: unmarked(f.Title), HomePageUrl: f.at(f.Home), FeedUrl: f.at(self), Description: plain(f.Text),
			UserComment: "This is a feed: add its address to a feed reader to be told of what is new. See " + f.at("/subscribe/"),
			Language:    f.Site.Language, Authors: []*feeds.JSONAuthor{{Name: plain(f.Site.Editor), Url: f.at("/")}},
		},
		Items: []struct{}{},
	}
	if f.Icon != "" {
		out.Icon, out.Favicon = f.at(f.Icon), f.at(f.Icon)
	}
	if n := f.before(); n > 0 {
		out.NextUrl = f.at(f.ArchivedJSON(n))
	}
	frame, err := jsonOf(out)
	if err != nil {
		return err
	}
	items, err := f.join(jsonFormat, ",\n", f.jsonItem)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{bytes.TrimSuffix(frame, []byte("]}")), items, []byte("]}\n")} {
		if _, err = w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// jsonItem returns an item.
func (f *Feed) jsonItem(x *Item) ([]byte, error) {
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
	return jsonOf(item)
}

// jsonOf returns a value as JSON, in which signs of HTML are not escaped: a feed is no part of a page.
func jsonOf(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
