package cite

import "strings"

// Text returns the item in words, as a note or a list of references has it.
func (i *Item) Text() string {
	parts := []string{strings.Join(i.Authors, ", "), "“" + oneLine(i.Title) + "”", i.Container}
	if i.Publisher != i.Container {
		parts = append(parts, i.Publisher)
	}
	parts = append(parts, i.Number)
	if i.Version != 0 {
		parts = append(parts, "version "+i.version())
	}
	parts = append(parts, i.Issued.Text(), i.URL)
	var b strings.Builder
	for _, part := range parts {
		if part != "" && b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(part)
	}
	return b.String()
}
