package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// risTypes are the RIS types of those types of CSL that have one.
var risTypes = map[string]string{
	"article": "GEN", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK",
	"broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA", "entry-dictionary": "DICT",
	"entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE",
	"legislation": "STAT", "manuscript": "UNPB", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC",
	"pamphlet": "PAMP", "paper-conference": "CPAPER", "patent": "PAT", "personal_communication": "PCOMM", "post": "ELEC",
	"post-weblog": "BLOG", "regulation": "STAT", "report": "RPRT", "software": "COMP", "song": "SOUND", "standard": "STAND",
	"thesis": "THES", "webpage": "ELEC",
}

// RIS writes the sources as RIS, by title. The year stands apart from the date, for some readers take nothing else.
func RIS(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	for _, s := range graph.Of[*dossier.Source](g, dossier.KindSource) {
		kind := risTypes[s.Type]
		if kind == "" {
			kind = "GEN"
		}
		risField(b, "TY", kind)
		risField(b, "ID", string(s.ID))
		risField(b, "TI", s.Title)
		for _, name := range s.Authors {
			risField(b, "AU", name)
		}
		risField(b, "T2", container(s))
		risField(b, "PB", s.Publisher)
		if p := s.Issued.Start; p.Year != 0 {
			risField(b, "PY", fmt.Sprintf("%04d", p.Year))
			risField(b, "DA", risDate(p))
		}
		risField(b, "UR", s.URL)
		risField(b, "Y2", risDate(s.Accessed.Start))
		risField(b, "LA", s.Language)
		risField(b, "N1", remark(g, s))
		b.WriteString("ER  - \r\n\r\n")
	}
	return b.Flush()
}

// risField writes a field on one line. An empty one is left out.
func risField(b *bufio.Writer, tag, value string) {
	if value = oneLine(value); value != "" {
		fmt.Fprintf(b, "%s  - %s\r\n", tag, value)
	}
}

// risDate returns a date as year, month and day, whose places are kept where they are not known.
func risDate(p dossier.Point) string {
	parts := strings.Split(p.Plain(), "-")
	if parts[0] == "" {
		return ""
	}
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	return strings.Join(parts, "/") + "/"
}
