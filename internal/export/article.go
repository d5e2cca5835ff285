package export

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"sync"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

//go:embed article.html
var articleText string

// articleTemplate prints the views of pages as plain HTML: no chart, no navigation, nothing that needs a style sheet.
var articleTemplate = template.Must(template.New("article").Parse(articleText))

// articles makes the HTML of entries as feeds carry them. Each is made when it is first taken and let go when the last document that
// carries it has taken it, so that a build makes each once and never holds many.
type articles struct {
	base string

	// views are by address.
	views map[string]func() any

	// made are by the id of the entry.
	made map[dossier.ID]*article
}

// An article is the HTML of one entry.
type article struct {
	sync.Mutex
	html string

	// documents is how many will take it, left how many of them have yet to.
	documents, left int
}

// newArticles finds the view of each page by its address. Of two pages at one address, which is a problem elsewhere, the first
// counts.
func newArticles(g *graph.Graph, pages []page.Page) *articles {
	a := &articles{base: g.Site.BaseURL, views: make(map[string]func() any, len(pages)), made: map[dossier.ID]*article{}}
	for _, p := range pages {
		if _, taken := a.views[p.URL]; !taken {
			a.views[p.URL] = p.View
		}
	}
	return a
}

// expect says that some more documents will take the article of an entry. All must be said before the first is taken.
func (a *articles) expect(e dossier.Entry, documents int) {
	id := e.Base().ID
	if a.made[id] == nil {
		a.made[id] = &article{}
	}
	a.made[id].documents += documents
}

// take returns an entry's text with absolute addresses. A document may be written again, as in a preview: then so is the article.
func (a *articles) take(e dossier.Entry) (string, error) {
	x := a.made[e.Base().ID]
	x.Lock()
	defer x.Unlock()
	if x.left == 0 {
		html, err := a.print(e)
		if err != nil {
			return "", err
		}
		x.html, x.left = html, x.documents
	}
	html := x.html
	if x.left--; x.left == 0 {
		x.html = ""
	}
	return html, nil
}

// print makes the text of an entry.
func (a *articles) print(e dossier.Entry) (string, error) {
	name := string(e.Base().Kind)
	url := page.URL(e)
	var b bytes.Buffer
	if err := articleTemplate.ExecuteTemplate(&b, name, a.views[url]()); err != nil {
		return "", err
	}
	return a.absolute(plain(b.String()), url), nil
}

// absolute makes the addresses of HTML that this program wrote absolute: readers know no base. It also leaves out what is for the
// page alone. Quotation marks in text are escaped, so that each pattern is an attribute.
func (a *articles) absolute(html, url string) string {
	for _, x := range [][2]string{
		{`href="#`, `href="` + a.base + url + `#`}, {`href="/`, `href="` + a.base + `/`}, {` tabindex="0"`, ""}, {` role="region"`, ""},
	} {
		html = strings.ReplaceAll(html, x[0], x[1])
	}
	return html
}
