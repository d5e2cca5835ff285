package cite

import (
	"bytes"
	"encoding/json"
	"slices"

	"briefing/internal/dossier"
)

// A cslItem is an item as CSL-JSON.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Number    string    `json:"number,omitempty"`
	Version   string    `json:"version,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Archive   string    `json:"archive_location,omitempty"`
	Language  string    `json:"language,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// A cslName is the name of an author as it is written.
type cslName struct {
	Literal string `json:"literal"`
}

// A cslDate is one date, or two for an interval: each is a year, or a year and a month, or all three.
type cslDate struct {
	Parts [][]int `json:"date-parts"`
	Circa bool    `json:"circa,omitempty"`
}

// CSL returns the item as an object of CSL-JSON, on one line. A list of them is a file that reference managers read.
func (i *Item) CSL() []byte {
	item := cslItem{
		ID: i.ID, Type: i.Type, Title: i.Title, Container: i.Container, Publisher: i.Publisher, Number: i.Number, Version: i.version(),
		Issued: cslDateOf(i.Issued), URL: i.URL, Accessed: cslDateOf(i.Accessed), Archive: i.Archive, Language: i.Language, Note: i.Note,
	}
	for _, name := range i.Authors {
		item.Author = append(item.Author, cslName{name})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(item); err != nil {
		panic("internal error: " + err.Error()) // texts and numbers can always be encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
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
	// The first that is 0 is not known, nor what stands behind it.
	return parts[:slices.Index(append(parts, 0), 0)]
}
