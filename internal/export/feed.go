package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/feeds"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

const (
	// feedItems is how many of the newest items a feed carries.
	feedItems = 50

	// feedBytes is what no feed is to be larger than: readers ask for it again and again. What is older is left to the archive.
	feedBytes = 250_000

	// partItems is how many items a part of an archive has. It is less than feedItems, so that what no part holds yet is in the feed
	// itself, and so small that this holds where the items are long too.
	partItems = 25
)

// A Feed is one document of a channel: the one to subscribe to, or a part of its archive.
//
// The archive of a channel is cut from its oldest item on: part 1 has the oldest 25, and there are only full parts. What is new
// therefore never changes one; but the newest part gains the link to the one after it. Each part leads to those before and after it
// by RFC 5005, which reads “archive documents” for parts.
type Feed struct {
	page.Channel
	Site *dossier.Site

	// ID is a tag: URI, one for all documents of the channel in every format.
	ID string

	// Look is what it is shown with.
	Look

	// Since is when the site first published anything.
	Since time.Time

	// Items are newest first.
	Items []*Item

	// Part is the number of the part of the archive; 0 in the document to subscribe to. Parts is how many there are.
	Part  int
	Parts int

	// printed keeps items of channels that share them with others; nil where each is printed for this document alone.
	printed *sync.Map
}

// once returns an item as a format prints it. What many channels carry is printed once.
func (f *Feed) once(format string, x *Item, print func(*Item) ([]byte, error)) ([]byte, error) {
	if f.printed == nil {
		return print(x)
	}
	type key struct {
		format string
		item   *Item
	}
	if made, ok := f.printed.Load(key{format, x}); ok {
		return made.([]byte), nil
	}
	made, err := print(x)
	if err == nil {
		f.printed.Store(key{format, x}, made)
	}
	return made, err
}

// join returns all items as a format prints them, with a separator between each two.
func (f *Feed) join(format, separator string, print func(*Item) ([]byte, error)) ([]byte, error) {
	var b []byte
	for i, x := range f.Items {
		text, err := f.once(format, x, print)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b = append(b, separator...)
		}
		b = append(b, text...)
	}
	return b, nil
}

// Updated returns the time of the newest change to anything in the feed; where there are no items, the time from which on it could have
// had some.
func (f *Feed) Updated() time.Time {
	newest := f.Since
	for _, x := range f.Items {
		if x.Updated.After(newest) {
			newest = x.Updated
		}
	}
	return newest
}

// write writes a document in XML, with the stylesheet with which browsers show it: they run no other kind of one any more.
func (f *Feed) write(w io.Writer, document feeds.XmlFeed) error {
	if f.Style == "" {
		return feeds.WriteXML(document, w)
	}
	if _, err := fmt.Fprintf(w, "%s<?xml-stylesheet type=\"text/css\" href=\"%s\"?>\n", xml.Header, f.Style); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	return e.Encode(document.FeedXml())
}

// at makes an address of the site absolute.
func (f *Feed) at(url string) string { return f.Site.BaseURL + url }

// before returns the number of the next older part; 0 where there is none.
func (f *Feed) before() int {
	if f.Part > 0 {
		return f.Part - 1
	}
	return f.Parts
}

// after returns the number of the next newer part; 0 where there is none.
func (f *Feed) after() int {
	if f.Part == 0 || f.Part == f.Parts {
		return 0
	}
	return f.Part + 1
}

// A press prints the feeds of a site.
type press struct {
	g        *graph.Graph
	look     Look
	since    time.Time
	articles *articles

	// short are the items with their summary in place of their text, by the id of the entry; printed are those items in each format.
	short, printed sync.Map
}

// files returns the feeds of the channels, and the list of them.
func (p *press) files(channels []page.Channel) []File {
	var files []File
	for _, c := range channels {
		files = append(files, p.documents(c)...)
	}
	return append(files, File{"feeds.opml", func(w io.Writer) error { return OPML(w, p.g, channels) }})
}

// began returns when the site first published anything. Of a site without entries it is the oldest time that readers of feeds know.
func began(g *graph.Graph) time.Time {
	first := time.Unix(0, 0).UTC()
	for _, e := range g.All() {
		if t := e.Base().Published; !t.IsZero() && (first.Unix() == 0 || t.Before(first)) {
			first = t
		}
	}
	return first
}

// documents returns the feeds of one channel.
func (p *press) documents(c page.Channel) []File {
	r := &run{press: p, channel: c, pieces: pieces(p.g, c)}
	if !c.Whole() {
		r.pieces = slices.Clone(r.pieces[:min(len(r.pieces), feedItems)])
	}
	files := []File{r.file(c.RSS(), 0, RSS), r.file(c.Atom(), 0, Atom), r.file(c.JSON(), 0, JSONFeed)}
	r.expect(r.newest(), len(files))
	for part := 1; part <= r.parts(); part++ {
		files = append(files, r.file(c.ArchivedAtom(part), part, Atom), r.file(c.ArchivedJSON(part), part, JSONFeed))
		r.expect(r.part(part), 2)
	}
	return files
}

// A run is all documents of one channel.
type run struct {
	*press
	channel page.Channel

	// pieces are all that the channel tells of, newest first.
	pieces []piece
}

// parts returns how many parts the archive has.
func (r *run) parts() int {
	if !r.channel.Whole() {
		return 0
	}
	return len(r.pieces) / partItems
}

// part returns the pieces of one part of the archive.
func (r *run) part(n int) []piece {
	end := len(r.pieces) - (n-1)*partItems
	return r.pieces[end-partItems : end]
}

// newest returns the pieces that the document to subscribe to may carry.
func (r *run) newest() []piece { return r.pieces[:min(len(r.pieces), feedItems)] }

// expect tells the articles how many documents will ask for those of some pieces.
func (r *run) expect(list []piece, documents int) {
	for _, x := range list {
		if x.change == nil && r.channel.Whole() && !x.entry.Base().IsWithdrawn() {
			r.articles.expect(x.entry, documents)
		}
	}
}

// file promises a document.
func (r *run) file(url string, part int, printer func(io.Writer, *Feed) error) File {
	return File{strings.TrimPrefix(url, "/"), func(w io.Writer) error {
		f, err := r.feed(part)
		if err != nil {
			return fmt.Errorf("%s: %w", url, err)
		}
		return printer(w, f)
	}}
}

// feed returns a document.
func (r *run) feed(part int) (*Feed, error) {
	f := &Feed{Channel: r.channel, Site: &r.g.Site, ID: r.id(), Look: r.look, Since: r.since, Part: part, Parts: r.parts()}
	if !r.channel.Whole() {
		f.printed = &r.printed
	}
	list := r.newest()
	if part > 0 {
		list = r.part(part)
	}
	f.Items = make([]*Item, 0, len(list))
	for _, x := range list {
		item, err := r.item(x, r.channel.Whole())
		if err != nil {
			return nil, err
		}
		f.Items = append(f.Items, item)
	}
	if part == 0 {
		f.Items = f.Items[:r.fitting(f.Items)]
	}
	return f, nil
}

// fitting returns how many of the newest items a feed may carry before it is too large. Those that no part of the archive holds are always
// carried.
func (r *run) fitting(items []*Item) int {
	size, least := 3000, min(len(items), len(r.pieces)-r.parts()*partItems)
	for i := range items {
		size += items[i].weight()
		if size > feedBytes && i >= least {
			return i
		}
	}
	return len(items)
}

// id returns the id of the channel. Like those of items it depends on no address.
func (r *run) id() string {
	name := "feed/" + string(r.channel.Topic)
	if e, ok := r.g.Lookup(r.channel.Of); ok {
		name = "feed/" + e.Base().Lasting()
	}
	return TagURI(&r.g.Site, name)
}
