// Package cite writes what can be cited, a source or a page of this site, in the formats of reference managers and in words.
//
//	text.go    words
//	csl.go     CSL-JSON, by the schema of CSL 1.0.2
//	bibtex.go  BibTeX, with the fields of biblatex where that has more
//	ris.go     RIS
//
// Each format has one printer, so that a page and a source are told in the same way.
package cite

import (
	"slices"
	"strconv"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// An Item is something that can be cited. Fields that are empty are left out.
type Item struct {
	// ID is its key among references. Type is an item type of CSL.
	ID, Type string

	Title   string
	Authors []string // each as it is written: which part of a name is the family's is not known to us

	// Container is what it appeared in: a paper, a site, a programme.
	Container string
	Publisher string

	// Number is that of a report.
	Number string

	// Version is the number of the state that is meant; 0 where it has none.
	Version int

	Issued   dossier.Date
	URL      string
	Accessed dossier.Date

	// Archive is the address of a stored copy.
	Archive string

	// Language is a BCP 47 tag.
	Language string
	Note     string
}

// Source returns a source as it is cited. A source that is known only through another says so in its note.
func Source(g *graph.Graph, s *dossier.Source) Item {
	return Item{
		ID: string(s.ID), Type: s.Type, Title: s.Title, Authors: s.Authors, Container: container(s), Publisher: s.Publisher,
		Issued: s.Issued, URL: s.URL, Accessed: s.Accessed, Archive: s.Archive.URL, Language: s.Language, Note: via(g, s),
	}
}

// container returns what a source appeared in. Its publisher bears the same name.
func container(s *dossier.Source) string {
	if strings.HasPrefix(s.Type, "article") || slices.Contains([]string{"webpage", "post", "post-weblog", "broadcast", "entry"}, s.Type) {
		return s.Publisher
	}
	return ""
}

// via says through which other source we know one.
func via(g *graph.Graph, s *dossier.Source) string {
	other := graph.Find[*dossier.Source](g, s.Via)
	if other == nil {
		return ""
	}
	return "As told by: " + other.Title + ". " + other.Publisher + "."
}

// remark returns the note, and where a stored copy is.
func (i *Item) remark() string {
	text := i.Note
	if i.Archive != "" {
		text += " Stored copy: " + i.Archive
	}
	return strings.TrimSpace(text)
}

// version returns the number of the version as text, "" where there is none.
func (i *Item) version() string {
	if i.Version == 0 {
		return ""
	}
	return strconv.Itoa(i.Version)
}

// oneLine returns text with each run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
