package export

import (
	"bufio"
	"io"

	"briefing/internal/cite"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// references returns the sources as they are cited, by title.
func references(g *graph.Graph) []cite.Item {
	var list []cite.Item
	for _, s := range graph.Of[*dossier.Source](g, dossier.KindSource) {
		list = append(list, cite.Source(g, s))
	}
	return list
}

// CSL writes the sources as CSL-JSON, one to a line.
func CSL(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	between := "[\n"
	for _, item := range references(g) {
		b.WriteString(between)
		b.Write(item.CSL())
		between = "\n,"
	}
	if between == "[\n" {
		b.WriteByte('[')
	}
	b.WriteString("\n]\n")
	return b.Flush()
}

// BibTeX writes the sources as BibTeX.
func BibTeX(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	for _, item := range references(g) {
		item.BibTeX(b)
	}
	return b.Flush()
}

// RIS writes the sources as RIS.
func RIS(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	for _, item := range references(g) {
		item.RIS(b)
	}
	return b.Flush()
}
