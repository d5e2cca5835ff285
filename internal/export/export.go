// Package export writes the graph in formats that other programs read, one format to a file.
//
//	items.go     what feeds tell of: one list of items for all formats
//	article.go   the HTML of an entry as a feed carries it
//	feed.go      which feeds there are, and which items each has
//	rss.go       a feed as RSS 2.0
//	atom.go      a feed as Atom 1.0
//	jsonfeed.go  a feed as JSON Feed 1.1
//	escape.go    text and elements of HTML and XML, written fast
//	opml.go      the list of all feeds as OPML 2.0
//	ical.go      iCalendar, the events of the site, of a series or of an actor
//	told.go      one entry as feeds carry it, for a preview
//	sitemap.go   the sitemap protocol, and robots.txt
//	headers.go   the headers with which a server sends each file, and a file that tells some hosts of them
//	hosting.go   the same as configurations of nginx and of Caddy
//
// The open data, of which package data says what it holds:
//
//	opendata.go     which files there are
//	csv.go          a table as CSV, by RFC 4180
//	json.go         a table as JSON
//	datapackage.go  all of them described by Frictionless Data Package 1
//	references.go   the sources as CSL-JSON, BibTeX and RIS
//	record.go       an entry as JSON, beside its page
//
// An empty file .nojekyll tells GitHub Pages to publish every file, those included whose names begin with an underscore.
//
// Nothing here depends on the clock: the newest date of the content is the date of every file.
package export

import (
	"io"
	"slices"

	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// Generator names this program in the files that have a place for it.
const Generator = "briefing"

// A File is a file of one of the formats.
type File struct {
	Path  string
	Write func(w io.Writer) error

	// Texts returns the entries of whose text the file shows anything. It is nil where it shows of entries only what lists show.
	Texts func() []dossier.Entry

	// Shown returns the entries of which the file shows something, where that is no more than their front matter says and names, and the file
	// shows nothing else. It is nil where the file may show more.
	Shown func() []dossier.Entry
}

// A Family is files of one sort: how many there are, and each by its number from 0 on. A site has a dozen for each actor, and so none need
// be there before it is asked for.
type Family struct {
	N    int
	File func(i int) File
}

// familyOf returns the family of files that are there.
func familyOf(files []File) Family {
	return Family{len(files), func(i int) File { return files[i] }}
}

// those returns the family of n files of each channel that is one of those asked for.
func those(channels []page.Channel, asked func(page.Channel) bool, n int, file func(c *page.Channel, n int) File) Family {
	var at []int32
	for i, c := range channels {
		if asked(c) {
			at = append(at, int32(i))
		}
	}
	return Family{n * len(at), func(i int) File { return file(&channels[at[i/n]], i%n) }}
}

// A Look is the addresses, from the root, of what feeds are shown with. Each may be empty.
type Look struct {
	// Icon is a PNG that stands for the site.
	Icon string

	// Style is the stylesheet with which browsers show a feed.
	Style string
}

// Files returns the files of every format.
func Files(g *graph.Graph, pages []page.Page, look Look) []Family {
	described := dataFiles(g)
	tables := make([]File, len(described))
	for i := range described {
		tables[i] = described[i].File
	}
	channels := page.Channels(g)
	all := []Family{familyOf(tables), familyOf([]File{
		{Path: "sitemap.xml", Write: func(w io.Writer) error { return Sitemap(w, g, pages) }},
		{Path: "robots.txt", Write: func(w io.Writer) error { return Robots(w, g) }},
		{Path: "_headers", Write: HeadersFile},
		{Path: ".nojekyll", Write: func(io.Writer) error { return nil }},
	})}
	// A closed channel tells of nothing new any more, but who subscribed goes on asking for it.
	every := slices.Concat(channels, page.ClosedChannels(g))
	all = append(all, calendarFiles(g, every))
	all = append(all, newPress(g, pages, look).files(every)...)
	all = append(all, familyOf([]File{{Path: "feeds.opml", Write: func(w io.Writer) error { return OPML(w, g, every[:len(channels)]) }}}))
	// The package comes long after the files that it describes: where they have been written it need not make them again for their sums.
	return append(all, familyOf([]File{
		{Path: data.Folder + "datapackage.json", Write: func(w io.Writer) error { return DataPackage(w, g, described) }},
	}))
}
