// Package export writes the graph in formats that other programs read, one format to a file.
//
//	rss.go      RSS 2.0, the newest entries with their full text
//	sitemap.go  the sitemap protocol, and robots.txt
//	article.go  the HTML of an entry as a feed carries it
//
// Nothing here depends on the clock: the newest date of the content is the date of every file.
package export

import (
	"io"

	"briefing/internal/graph"
	"briefing/internal/page"
)

// Generator names this program in the files that have a place for it.
const Generator = "briefing"

// A File is a file of one of the formats.
type File struct {
	Path  string
	Write func(w io.Writer) error
}

// Files returns the files of every format. Icon is the address of a PNG that stands for the site, from the root; it may be empty.
func Files(g *graph.Graph, pages []page.Page, icon string) []File {
	return []File{
		{"feed.xml", func(w io.Writer) error { return RSS(w, g, pages, icon) }},
		{"sitemap.xml", func(w io.Writer) error { return Sitemap(w, g, pages) }},
		{"robots.txt", func(w io.Writer) error { return Robots(w, g) }},
	}
}
