package export

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A cslItem is a source as CSL-JSON, by the schema of CSL 1.0.2.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Publisher string    `json:"publisher"`
	Issued    *cslDate  `json:"issued,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Archive   string    `json:"archive_location,omitempty"`
	Language  string    `json:"language,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// A cslName is the name of an author as it is written: which part of it is the family's is not known to us.
type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
	Circa bool    `json:"circa,omitempty"`
}

// CSL writes the sources as CSL-JSON, by title, one to a line.
func CSL(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	between := "[\n"
	for _, s := range graph.Of[*dossier.Source](g, dossier.KindSource) {
		b.WriteString(between)
		if err := e.Encode(cslItemOf(g, s)); err != nil {
			return err
		}
		between = ","
	}
	b.WriteString(strings.TrimPrefix(between+"]\n", ","))
	return b.Flush()
}

// cslItemOf returns a source.
func cslItemOf(g *graph.Graph, s *dossier.Source) cslItem {
	item := cslItem{
		ID: string(s.ID), Type: s.Type, Title: s.Title, Container: container(s), Publisher: s.Publisher, Issued: cslDateOf(s.Issued),
		URL: s.URL, Accessed: cslDateOf(s.Accessed), Archive: s.Archive.URL, Language: s.Language, Note: via(g, s),
	}
	for _, name := range s.Authors {
		item.Author = append(item.Author, cslName{name})
	}
	return item
}

// cslDateOf returns a date, or the two ends of an interval. A date that is about or uncertain is one of circa.
func cslDateOf(d dossier.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	out := &cslDate{Parts: [][]int{cslParts(d.Start)}, Circa: d.Start.Approximate || d.Start.Uncertain || d.End.Approximate || d.End.Uncertain}
	if d.IsInterval() && !d.Open {
		out.Parts = append(out.Parts, cslParts(d.End))
	}
	return out
}

// cslParts returns the year of a date, and its month and day as far as they are known.
func cslParts(p dossier.Point) []int {
	parts := []int{int(p.Year), int(p.Month), int(p.Day)}
	return parts[:slices.Index(append(parts, 0), 0)]
}

// container returns what a source appeared in: a paper, a site, a programme. Its publisher bears the same name.
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
