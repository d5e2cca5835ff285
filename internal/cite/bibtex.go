package cite

import (
	"fmt"
	"io"
	"strings"
	"time"

	"briefing/internal/dossier"
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

// BibTeX writes the item as BibTeX, in UTF-8, and an empty line. The date stands as year and month for BibTeX and, in full, as biblatex
// has it.
func (i *Item) BibTeX(w io.Writer) {
	kind, ok := bibTypes[i.Type]
	if !ok {
		kind = [2]string{"misc", "publisher"}
	}
	fmt.Fprintf(w, "@%s{%s,\n", kind[0], i.ID)
	// Double braces keep the capitals of a title and the name of an organisation whole, which BibTeX would else take apart.
	bibField(w, "title", "{"+bibText(i.Title)+"}")
	authors := make([]string, len(i.Authors))
	for n, name := range i.Authors {
		authors[n] = "{" + bibText(name) + "}"
	}
	bibField(w, "author", strings.Join(authors, " and "))
	bibField(w, kind[1], bibText(i.Publisher))
	if i.Container != i.Publisher {
		bibField(w, "organization", bibText(i.Container))
	}
	bibField(w, "number", bibText(i.Number))
	bibField(w, "version", i.version())
	bibDate(w, i.Issued)
	bibField(w, "url", i.URL) // TeX takes it as it is; braces are no part of any address
	bibField(w, "urldate", i.Accessed.Start.Plain())
	bibField(w, "language", bibText(i.Language))
	bibField(w, "note", bibText(i.remark()))
	io.WriteString(w, "}\n\n")
}

// bibField writes a field. An empty one is left out.
func bibField(w io.Writer, name, value string) {
	if value != "" {
		fmt.Fprintf(w, "  %s = {%s},\n", name, value)
	}
}

// bibDate writes the date of an item.
func bibDate(w io.Writer, d dossier.Date) {
	if d.IsZero() {
		return
	}
	bibField(w, "date", d.String())
	fmt.Fprintf(w, "  year = %d,\n", d.Start.Year)
	// The three letters are macros of every BibTeX style, and stand without braces.
	if d.Start.Month != 0 {
		fmt.Fprintf(w, "  month = %s,\n", strings.ToLower(time.Month(d.Start.Month).String()[:3]))
	}
}

// bibEscapes has TeX print the signs by which it takes commands.
var bibEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`,
)

// bibText returns text on one line, with the signs escaped that mean something to TeX.
func bibText(s string) string { return bibEscapes.Replace(oneLine(s)) }
