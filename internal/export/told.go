package export

import (
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// ItemOf returns an entry as the feeds of a site carry it in full, or nil where they do not tell of it. Its page is the one given.
func ItemOf(g *graph.Graph, e dossier.Entry, its page.Page) (*Item, error) {
	if !graph.IsNews(e) {
		return nil, nil
	}
	item, err := newPress(g, []page.Page{its}, Look{}).item(piece{entry: e}, &article{base: g.Site.BaseURL}, true)
	return &item, err
}
