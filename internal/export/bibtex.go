package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// bibTypes are the BibTeX types of those types of CSL that have one, and the field that each has for the publisher.
var bibTypes = map[string][2]string{
	"article":           {"article", "journal"},
	"article-journal":   {"article", "journal"},
	"article-magazine":  {"article", "journal"},
	"article-newspaper": {"article", "journal"},
	"book":              {"book", "publisher"},
	"classic":           {"book", "publisher"},
	"chapter":           {"incollection", "publisher"},
	"collection":        {"proceedings", "publisher"},
	"manuscript":        {"unpublished", "publisher"},
	"pamphlet":          {"booklet", "howpublished"},
	"paper-conference":  {"inproceedings", "publisher"},
	"report":            {"techreport", "institution"},
	"standard":          {"manual", "organization"},
	"thesis":            {"phdthesis", "school"},
}

// BibTeX writes the sources as BibTeX, by title, in UTF-8. The date stands as year and month for BibTeX and, in full, as biblatex has it.
func BibTeX(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	for _, s := range graph.Of[*dossier.Source](g, dossier.KindSource) {
		kind, ok := bibTypes[s.Type]
		if !ok {
			kind = [2]string{"misc", "publisher"}
		}
		fmt.Fprintf(b, "@%s{%s,\n", kind[0], s.ID)
		bibField(b, "title", "{"+bibText(s.Title)+"}")
		authors := make([]string, len(s.Authors))
		for i, name := range s.Authors {
			authors[i] = "{" + bibText(name) + "}"
		}
		bibField(b, "author", strings.Join(authors, " and "))
		bibField(b, kind[1], bibText(s.Publisher))
		bibDate(b, s.Issued)
		bibField(b, "url", s.URL) // TeX takes it as it is; braces are no part of any address
		bibField(b, "urldate", s.Accessed.Start.Plain())
		bibField(b, "language", bibText(s.Language))
		bibField(b, "note", bibText(remark(g, s)))
		b.WriteString("}\n\n")
	}
	return b.Flush()
}

// bibField writes a field. An empty one is left out.
func bibField(b *bufio.Writer, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "  %s = {%s},\n", name, value)
	}
}

// bibDate writes the date of a source.
func bibDate(b *bufio.Writer, d dossier.Date) {
	if d.IsZero() {
		return
	}
	bibField(b, "date", d.String())
	fmt.Fprintf(b, "  year = %d,\n", d.Start.Year)
	if d.Start.Month != 0 {
		fmt.Fprintf(b, "  month = %s,\n", strings.ToLower(time.Month(d.Start.Month).String()[:3]))
	}
}

var bibEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`,
)

// bibText returns text on one line, with the signs escaped that mean something to TeX.
func bibText(s string) string { return bibEscapes.Replace(oneLine(s)) }

// oneLine returns text with each run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// remark says through which source we know one, and where a stored copy is.
func remark(g *graph.Graph, s *dossier.Source) string {
	text := via(g, s)
	if s.Archive.URL != "" {
		text += " Stored copy: " + s.Archive.URL
	}
	return strings.TrimSpace(text)
}
