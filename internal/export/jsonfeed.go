package export

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/gorilla/feeds"
)

// A jsonFeed is a feed of the library with what it lacks: where both have a field, the outer one is written.
type jsonFeed struct {
	feeds.JSONFeed
	// Items are there even where there are none. They come last, and are put in once all else is printed.
	Items []struct{} `json:"items"`
}

// JSONFeed writes a feed as JSON Feed 1.1. Parts of the archive are its further pages.
func JSONFeed(w io.Writer, f *Feed) error {
	self := f.JSON()
	if f.Part > 0 {
		self = f.ArchivedJSON(f.Part)
	}
	out := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: unmarked(f.Title()), HomePageUrl: f.at(f.Home()), FeedUrl: f.at(self), Description: plain(f.Text()),
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
	// The frame ends with an empty list of items and its own brace, between which the items go.
	if _, err := w.Write(bytes.TrimSuffix(frame, []byte("]}"))); err != nil {
		return err
	}
	p := printers.Get().(*printer)
	defer printers.Put(p)
	if err := p.items(w, f, ",\n", f.jsonItem); err != nil {
		return err
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

// jsonItem appends an item. Facts stand in an extension, whose name begins with an underscore.
func (f *Feed) jsonItem(b []byte, x *Item) []byte {
	b = appendGiven(append(b, '{'), "id", x.ID)
	b = appendGiven(b, "url", x.URL)
	b = appendGiven(b, "title", x.Title)
	b = appendGiven(b, "content_html", x.HTML)
	b = appendGiven(b, "summary", x.Summary)
	b = append(x.Published.AppendFormat(append(b, `,"date_published":"`...), time.RFC3339Nano), '"')
	b = append(x.Updated.AppendFormat(append(b, `,"date_modified":"`...), time.RFC3339Nano), '"')
	b = appendEach(append(b, `,"authors":`...), "[]", x.Authors, func(b []byte, name string) []byte {
		return append(appendGiven(append(b, '{'), "name", name), '}')
	})
	b = appendEach(append(b, `,"tags":`...), "[]", x.Categories, appendText)
	return append(x.Facts.append(append(b, `,"_briefing":`...)), '}')
}

// append appends facts as a JSON object.
func (f *Facts) append(b []byte) []byte {
	b = appendGiven(append(b, '{'), "about", f.About)
	b = appendGiven(b, "type", f.Type)
	b = appendGiven(b, "change", f.Change)
	b = appendGiven(b, "status", f.Status)
	b = appendGiven(b, "as_of", f.AsOf)
	b = appendGiven(b, "event", f.Event)
	if len(f.Donors) > 0 {
		b = appendEach(append(b, `,"donors":`...), "[]", f.Donors, appendText)
	}
	b = strconv.AppendInt(append(b, `,"version":`...), int64(f.Version), 10)
	return append(b, '}')
}

// appendGiven appends a member of an object, where it has a value.
func appendGiven(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendMember(b, name, value)
}

// jsonOf returns a value as JSON, in which signs of HTML are not escaped: a feed is no part of a page.
func jsonOf(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
