package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"briefing/internal/page"
)

// filterSheet is the name of the stylesheet of filters. It is made and not read, for it depends on how many options a site's pages offer.
const filterSheet = "filters.css"

// filterStyles returns the rules by which filters work without a script, given how many options each filter has: for each option
// one that hides, while it is chosen, the rows that do not carry its number. On paper all rows stand. See [page.Filters].
func filterStyles(sizes []int) []byte {
	var b bytes.Buffer
	b.WriteString("@media screen {\n")
	for f, options := range sizes {
		for o := range options {
			fmt.Fprintf(&b, ".filtered:has(#f%[1]d-%[2]d:checked) [data-f%[1]d]:not([data-f%[1]d~=\"%[2]d\"]) { display: none }\n", f+1, o+1)
		}
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// marks returns what a row carries for the rules of filterStyles.
func marks(m page.Marks) template.HTMLAttr {
	var b strings.Builder
	for i, options := range m {
		fmt.Fprintf(&b, ` data-f%d="%s"`, i+1, strings.Trim(fmt.Sprint(options), "[]"))
	}
	return template.HTMLAttr(b.String())
}
