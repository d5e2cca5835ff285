package page

import (
	"strings"

	"briefing/internal/cite"
	"briefing/internal/dossier"
)

// The names of what lies beside the page of an entry: all that is known of it as JSON, and the file in which it is written.
const (
	RecordName = "index.json"
	SourceName = "index.md"
)

// A Cite is how the page of an entry is cited, and what programs can have of it.
type Cite struct {
	// What is cited: "this page", or "this source" on the page of one.
	What string

	// Text is the citation in words.
	Text string

	// Name is that of a downloaded file, without what says its format.
	Name string

	// BibTeX, RIS and CSL are the citation in formats of reference managers. The page holds each as an address, so that it needs no three
	// more files.
	BibTeX, RIS, CSL string

	// Address is that of the page, from the site's own.
	Address string

	// Record is the address of the entry as JSON.
	Record string

	// Source is that of the entry as it was written. It is empty on a site as it stood at a date: the file tells of what came later.
	Source string
}

// citation returns how the page of an entry is cited: of a source, how the source itself is.
func (p *planner) citation(e dossier.Entry) *Cite {
	item, what := p.item(e), "this page"
	if s, ok := e.(*dossier.Source); ok {
		item, what = cite.Source(p.g, s), "this source"
	}
	var bib, ris strings.Builder
	item.BibTeX(&bib)
	item.RIS(&ris)
	c := &Cite{
		What: what, Text: item.Text(), Name: item.ID,
		BibTeX: bib.String(), RIS: ris.String(), CSL: "[" + string(item.CSL()) + "]\n",
		Address: p.g.Site.BaseURL + URL(e), Record: URL(e) + RecordName,
	}
	if p.g.AsOf.IsZero() {
		c.Source = URL(e) + SourceName
	}
	return c
}

// item returns the page of an entry as it is cited: by its permanent address, in the version of its newest change.
func (p *planner) item(e dossier.Entry) cite.Item {
	head, site := e.Base(), &p.g.Site
	item := cite.Item{
		ID: string(head.ID), Type: "webpage", Title: head.Title, Authors: []string{site.Editor}, Container: site.Title, Publisher: site.Title,
		Version: head.Version(), URL: site.BaseURL + URL(e), Language: site.Language,
	}
	if t := head.Updated(); !t.IsZero() {
		item.Issued = dossier.Day(t)
	}
	if b, ok := e.(*dossier.Brief); ok {
		item.Type, item.Number = "report", b.Number
		if b.Authors != nil {
			item.Authors = b.Authors
		}
	}
	return item
}
