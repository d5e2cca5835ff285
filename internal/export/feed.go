package export

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

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
	Items []Item

	// Part is the number of the part of the archive; 0 in the document to subscribe to. Parts is how many there are.
	Part  int
	Parts int
}

// Updated returns the time of the newest change to anything in the feed; where there are no items, the time from which on it could have
// had some.
func (f *Feed) Updated() time.Time {
	newest := f.Since
	for i := range f.Items {
		if t := f.Items[i].Updated; t.After(newest) {
			newest = t
		}
	}
	return newest
}

// The items stand in an XML document where this stands before they are printed: nothing else in it can be the same, for text is escaped.
const itemsHere = "<items/>"

// A printer is the memory in which documents are put together, one after the other.
type printer struct {
	item  []byte
	frame bytes.Buffer

	// xml writes to the frame: the encoder of XML makes one of its own for each document where it is not given one.
	xml *bufio.Writer
}

// printers are those that are not in use.
var printers = sync.Pool{New: func() any {
	p := new(printer)
	p.xml = bufio.NewWriter(&p.frame)
	return p
}}

// items writes the items of a feed, with a separator between each two.
func (p *printer) items(w io.Writer, f *Feed, separator string, item func([]byte, *Item) []byte) error {
	for i := range f.Items {
		if p.item = p.item[:0]; i > 0 {
			p.item = append(p.item, separator...)
		}
		p.item = item(p.item, &f.Items[i])
		if _, err := w.Write(p.item); err != nil {
			return err
		}
	}
	return nil
}

// write writes a document in XML around its items, with the stylesheet with which browsers show it: they run no other kind of one any more.
func (f *Feed) write(w io.Writer, document any, item func([]byte, *Item) []byte) error {
	head := xml.Header
	if f.Style != "" {
		head += `<?xml-stylesheet type="text/css" href="` + f.Style + "\"?>\n"
	}
	p := printers.Get().(*printer)
	defer printers.Put(p)
	p.frame.Reset()
	if err := writeXML(p.xml, head, document); err != nil {
		return err
	}
	before, after, _ := bytes.Cut(p.frame.Bytes(), []byte(itemsHere))
	if _, err := w.Write(before); err != nil {
		return err
	}
	if err := p.items(w, f, "\n", item); err != nil {
		return err
	}
	_, err := w.Write(after)
	return err
}

// writeXML writes a document behind what stands before its root.
func writeXML(w io.Writer, head string, document any) error {
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	return e.Encode(document)
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
	g     *graph.Graph
	look  Look
	since time.Time

	// editor is the one author of all that names no other.
	editor []string

	// text makes the text of an entry.
	text func(dossier.Entry) any

	// mu guards open, which has the feeds of which documents have yet to be written, by the address of the first document.
	mu   sync.Mutex
	open map[string]*opened
}

// newPress returns what prints the feeds of a site, of which some pages are given.
func newPress(g *graph.Graph, pages []page.Page, look Look) *press {
	return &press{
		g: g, look: look, since: began(g), editor: []string{plain(g.Site.Editor)}, text: page.Texts(pages), open: map[string]*opened{},
	}
}

// files returns the feeds of the channels.
func (p *press) files(channels []page.Channel) []Family {
	var archived []File
	for _, c := range channels {
		if c.Whole() {
			archived = append(archived, p.documents(c)...)
		}
	}
	// There are thousands of channels without an archive: of these nothing is kept.
	return []Family{familyOf(archived), those(channels, func(c page.Channel) bool { return !c.Whole() }, formats, func(c *page.Channel, format int) File {
		return p.newest(*c).document(format)
	})}
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

// formats is how many documents there are to subscribe to in a channel.
const formats = 3

// newest returns the documents of a channel to which to subscribe.
func (p *press) newest(c page.Channel) *batch {
	return &batch{run: &run{press: p, channel: c, pieces: func() []piece { return pieces(p.g, c) }}, documents: formats}
}

// document returns one of the documents to which to subscribe.
func (b *batch) document(format int) File {
	switch format {
	case 0:
		return b.file(b.channel.RSS(), RSS)
	case 1:
		return b.file(b.channel.Atom(), Atom)
	}
	return b.file(b.channel.JSON(), JSONFeed)
}

// documents returns the feeds of one channel that has an archive. What it tells of is looked up once.
func (p *press) documents(c page.Channel) []File {
	newest := p.newest(c)
	newest.pieces = sync.OnceValue(newest.pieces)
	var files []File
	for i := range formats {
		files = append(files, newest.document(i))
	}
	for n := 1; n <= newest.parts(); n++ {
		part := &batch{run: newest.run, part: n, documents: 2}
		files = append(files, part.file(c.ArchivedAtom(n), Atom), part.file(c.ArchivedJSON(n), JSONFeed))
	}
	return files
}

// A run is all documents of one channel.
type run struct {
	*press
	channel page.Channel

	// pieces returns all that the channel tells of, newest first.
	pieces func() []piece
}

// parts returns how many parts the archive has.
func (r *run) parts() int {
	if !r.channel.Whole() {
		return 0
	}
	// What does not fill a part stays in the feed alone until it does.
	return len(r.pieces()) / partItems
}

// part returns the pieces of one part of the archive.
func (r *run) part(n int) []piece {
	// Part 1 ends with the oldest piece, which is the last.
	end := len(r.pieces()) - (n-1)*partItems
	return r.pieces()[end-partItems : end]
}

// newest returns the pieces that the document to subscribe to may carry.
func (r *run) newest() []piece {
	list := r.pieces()
	return list[:min(len(list), feedItems)]
}

// list returns the pieces that a document carries: those of a part of the archive, or the newest.
func (r *run) list(part int) []piece {
	if part > 0 {
		return r.part(part)
	}
	return r.newest()
}

// A batch is the documents that carry the same items, each in a format of its own. Their feed is made when the first is written and let go
// with the last, so that a build makes an item once for all of them, and never holds many with their whole text. A document may be written
// again, as in a preview: then the feed is made again.
type batch struct {
	*run
	part      int
	documents int
}

// An opened is a feed of which left documents have yet to be written.
type opened struct {
	feed func() (*Feed, error)
	left int
}

// take returns the feed for one of the documents.
func (b *batch) take() (*Feed, error) {
	name := b.channel.RSS()
	if b.part > 0 {
		name = b.channel.ArchivedAtom(b.part)
	}
	b.mu.Lock()
	o := b.open[name]
	if o == nil {
		o = &opened{sync.OnceValues(func() (*Feed, error) { return b.feed(b.part) }), b.documents}
		b.open[name] = o
	}
	if o.left--; o.left == 0 {
		delete(b.open, name)
	}
	b.mu.Unlock()
	return o.feed()
}

// file promises a document.
func (b *batch) file(url string, print func(io.Writer, *Feed) error) File {
	f := File{Path: strings.TrimPrefix(url, "/"), Texts: b.whole, Write: func(w io.Writer) error {
		f, err := b.take()
		if err != nil {
			return fmt.Errorf("%s: %w", url, err)
		}
		return print(w, f)
	}}
	if b.channel.Topic == page.ActorNews {
		f.Shown = b.shown
	}
	return f
}

// shown returns of whom the documents tell, and what. Without either a feed says since when there is a site.
func (b *batch) shown() []dossier.Entry {
	list := b.told()
	if b.channel.Of == nil || len(list) == 0 {
		return nil
	}
	return append(list, b.channel.Of)
}

// whole returns the entries that the documents may carry as a whole.
func (b *batch) whole() []dossier.Entry {
	if !b.channel.Whole() {
		return nil
	}
	return b.told()
}

// told returns the entries that the documents tell of.
func (b *batch) told() []dossier.Entry {
	var list []dossier.Entry
	for _, x := range b.list(b.part) {
		list = append(list, x.entry)
	}
	return list
}

// feed returns a document.
func (r *run) feed(part int) (*Feed, error) {
	f := &Feed{Channel: r.channel, Site: &r.g.Site, ID: r.id(), Look: r.look, Since: r.since, Part: part, Parts: r.parts()}
	list := r.list(part)
	text := articles.Get().(*article)
	defer articles.Put(text)
	text.base = r.g.Site.BaseURL
	f.Items = make([]Item, len(list))
	for i, x := range list {
		var err error
		if f.Items[i], err = r.item(x, text, r.channel.Whole()); err != nil {
			return nil, err
		}
	}
	if part == 0 && r.channel.Whole() {
		f.Items = f.Items[:r.fitting(f.Items)]
	}
	return f, nil
}

// fitting returns how many of the newest items a feed may carry before it is too large. Those that no part of the archive holds are always
// carried.
func (r *run) fitting(items []Item) int {
	// The head of a feed takes about 3,000 bytes, in whatever format.
	size, least := 3000, min(len(items), len(r.pieces())-r.parts()*partItems)
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
	if e := r.channel.Of; e != nil {
		name = "feed/" + e.Base().Lasting()
	}
	return TagURI(&r.g.Site, name)
}
