package site

import (
	"time"

	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/page"
)

// An About is what an editor may want to know of a page.
type About struct {
	// File is the one in which the page's entry is written. It is empty for a page that has none, which has nothing else either.
	File string

	// Published is when the entry is published, which may be yet to come.
	Published time.Time

	// Mentions are the pages of the entries that refer to the entry.
	Mentions []page.Ref

	// Item is the entry as subscribers see it. It is nil where they are not told.
	Item *export.Item
}

// EntryAt returns the entry that the page at an address shows; nil where there is none.
func (s *Site) EntryAt(address string) dossier.Entry {
	i, ok := s.index(address)
	// The first files of the output are the pages, in their order; what follows shows no entry.
	if !ok || i >= len(s.Pages) || s.Pages[i].Origin() == "" {
		return nil
	}
	return s.fileNamed(s.Pages[i].Origin()).entry
}

// About tells of the page at an address.
func (s *Site) About(address string) (About, error) {
	e := s.EntryAt(address)
	if e == nil {
		return About{}, nil
	}
	head := e.Base()
	about := About{File: head.File, Published: head.Published}
	for _, x := range s.Graph.Mentions(head.ID) {
		about.Mentions = append(about.Mentions, page.Ref{Title: x.Base().Title, URL: page.URL(x)})
	}
	var err error
	i, _ := s.index(page.URL(e))
	about.Item, err = export.ItemOf(s.Graph, e, s.Pages[i])
	return about, err
}
