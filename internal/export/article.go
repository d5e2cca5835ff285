package export

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

//go:embed article.html
var articleText string

// articleTemplate prints the views of pages as plain HTML: no chart, no navigation, nothing that needs a style sheet.
var articleTemplate = template.Must(template.New("article").Parse(articleText))

// articles makes the HTML of entries as feeds carry them.
type articles struct {
	g *graph.Graph
	// by address
	views map[string]func() any
}

// newArticles finds the view of each page by its address. Of two pages at one address, which is a problem elsewhere, the first
// counts.
func newArticles(g *graph.Graph, pages []page.Page) *articles {
	a := &articles{g: g, views: make(map[string]func() any, len(pages))}
	for _, p := range pages {
		if _, taken := a.views[p.URL]; !taken {
			a.views[p.URL] = p.View
		}
	}
	return a
}

// html returns an entry's text with absolute addresses.
func (a *articles) html(e dossier.Entry) (string, error) {
	var name string
	switch e.(type) {
	case *dossier.Event:
		name = "event"
	case *dossier.Pledge:
		name = "pledge"
	case *dossier.Figure:
		name = "figure"
	default:
		name = "brief"
	}
	var b bytes.Buffer
	if err := articleTemplate.ExecuteTemplate(&b, name, a.views[page.URL(e)]()); err != nil {
		return "", err
	}
	return a.absolute(b.String(), page.URL(e)), nil
}

// absolute makes the addresses of HTML that this program wrote absolute: readers know no base. It also leaves out what is for the
// page alone. Quotation marks in text are escaped, so that each pattern is an attribute.
func (a *articles) absolute(html, url string) string {
	base := a.g.Site.BaseURL
	return strings.NewReplacer(
		`href="#`, `href="`+base+url+`#`, `href="/`, `href="`+base+`/`, `src="/`, `src="`+base+`/`,
		` tabindex="0"`, "", ` role="region"`, "",
	).Replace(html)
}

// escape returns text as HTML.
func escape(s string) string { return template.HTMLEscapeString(s) }
