package export

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"

	"briefing/internal/graph"
	"briefing/internal/page"
)

// Sitemap writes the addresses of all pages that search engines may list.
func Sitemap(w io.Writer, g *graph.Graph, pages []page.Page) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header)
	b.WriteString("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, p := range pages {
		// Redirects and pages such as 404 stand for no content of their own.
		if p.Unlisted() {
			continue
		}
		b.WriteString("<url><loc>")
		xml.EscapeText(b, []byte(g.Site.BaseURL+p.URL()))
		b.WriteString("</loc></url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Flush()
}

// Robots writes a robots.txt that lets all in and names the sitemap.
func Robots(w io.Writer, g *graph.Graph) error {
	_, err := fmt.Fprintf(w, "User-agent: *\nDisallow:\n\nSitemap: %s/sitemap.xml\n", g.Site.BaseURL)
	return err
}
