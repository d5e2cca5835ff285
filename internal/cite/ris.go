package cite

import (
	"fmt"
	"io"
	"strings"

	"briefing/internal/dossier"
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

// RIS writes the item as RIS, and an empty line. The year stands apart from the date, for some readers take nothing else.
func (i *Item) RIS(w io.Writer) {
	kind := risTypes[i.Type]
	if kind == "" {
		kind = "GEN"
	}
	risField(w, "TY", kind)
	risField(w, "ID", i.ID)
	risField(w, "TI", i.Title)
	for _, name := range i.Authors {
		risField(w, "AU", name)
	}
	risField(w, "T2", i.Container)
	risField(w, "PB", i.Publisher)
	risField(w, "SN", i.Number)
	risField(w, "ET", i.version())
	if p := i.Issued.Start; p.Year != 0 {
		risField(w, "PY", fmt.Sprintf("%04d", p.Year))
		risField(w, "DA", risDate(p))
	}
	risField(w, "UR", i.URL)
	risField(w, "Y2", risDate(i.Accessed.Start))
	risField(w, "LA", i.Language)
	risField(w, "N1", i.remark())
	io.WriteString(w, "ER  - \r\n\r\n")
}

// risField writes a field on one line. An empty one is left out.
func risField(w io.Writer, tag, value string) {
	if value = oneLine(value); value != "" {
		fmt.Fprintf(w, "%s  - %s\r\n", tag, value)
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
