package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"briefing/internal/page"
)

// timeElement returns a date or a time as an element.
func timeElement(t page.Time) template.HTML {
	text := template.HTMLEscapeString(t.Text)
	if t.Machine == "" {
		return template.HTML(text)
	}
	return template.HTML(`<time datetime="` + template.HTMLEscapeString(t.Machine) + `">` + text + `</time>`)
}

// link returns words as a link to an address of the site.
func link(words, url string) template.HTML { return ref(page.Ref{Title: words, URL: url}) }

// ref returns a reference as a link. Package page makes each address of ids, from the root of the site. As html/template does not
// look at what this returns, an address that does not begin there is no address: it might be a script.
func ref(r page.Ref) template.HTML {
	title := template.HTMLEscapeString(r.Title)
	if !strings.HasPrefix(r.URL, "/") {
		return template.HTML(title)
	}
	lang := ""
	if r.Lang != "" {
		lang = ` lang="` + template.HTMLEscapeString(r.Lang) + `"`
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(r.URL) + `"` + lang + `>` + title + `</a>`)
}

// refs returns references as links, with a separator between them.
func refs(separator string, list []page.Ref) template.HTML {
	var b strings.Builder
	for i, r := range list {
		if i > 0 {
			b.WriteString(template.HTMLEscapeString(separator))
		}
		b.WriteString(string(ref(r)))
	}
	return template.HTML(b.String())
}

// notes writes the notes of a page as items of a list: its source as the named partial makes it, and the links back. A page has more
// of them than of anything else.
func (t *Theme) notes(b *bytes.Buffer, name string, list []page.Note) error {
	for i := range list {
		source, err := t.listed(name, list[i].Source)
		if err != nil {
			return err
		}
		write(b, `<li id="note-`, strconv.Itoa(list[i].Number), `">`, string(source), `<p class="uses">Cited at`)
		back(b, list[i].Uses)
		b.WriteString(`</p></li>`)
	}
	return nil
}

// back writes the links from a note back to each place that cites it.
func back(b *bytes.Buffer, uses []page.Use) {
	for _, u := range uses {
		write(b, ` <a href="#`, template.HTMLEscapeString(u.ID), `" role="doc-backlink">`, template.HTMLEscapeString(u.Label), `</a>`)
		if u.Locator != "" {
			write(b, ` (`, template.HTMLEscapeString(u.Locator), `)`)
		}
	}
}

// write writes parts of HTML one after the other.
func write(b io.StringWriter, parts ...string) {
	for _, s := range parts {
		b.WriteString(s)
	}
}

// feeds returns the elements by which a page announces its feeds.
func feeds(list []page.Feed) template.HTML {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(string(alternate(f.Type, f.Title, f.URL)))
	}
	return template.HTML(b.String())
}

// alternate returns the element by which a page announces another form of itself, by its media type. An address that does not begin at the
// root is none, as for ref.
func alternate(media, title, url string) template.HTML {
	if !strings.HasPrefix(url, "/") {
		return ""
	}
	return template.HTML(`<link rel="alternate" type="` + template.HTMLEscapeString(media) + `" title="` + template.HTMLEscapeString(title) +
		`" href="` + template.HTMLEscapeString(url) + `">`)
}

// downloads returns a citation as items of a list, one for each format, that hold what they download.
func downloads(c *page.Cite) template.HTML {
	var b strings.Builder
	b.Grow(2 * (len(c.BibTeX) + len(c.RIS) + len(c.CSL)))
	for _, f := range []struct{ name, ending, media, text string }{
		{"BibTeX", ".bib", "application/x-bibtex", c.BibTeX},
		{"RIS", ".ris", "application/x-research-info-systems", c.RIS},
		{"CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", c.CSL},
	} {
		write(&b, `<li><a download="`, template.HTMLEscapeString(c.Name), f.ending, `" href="data:`, f.media, `;charset=utf-8,`)
		writeData(&b, f.text)
		write(&b, `">`, f.name, `</a></li>`)
	}
	return template.HTML(b.String())
}

// inData says what each byte becomes in an address of data within an attribute; nothing where it stays as it is.
var inData = func() (table [256]string) {
	for i := range table {
		if c := byte(i); !isPlainByte(c, "-_.~$+=:@/,") {
			table[i] = fmt.Sprintf("%%%02X", c)
		}
	}
	table['&'] = "&amp;"
	return table
}()

// writeData writes a text as it stands in an address of data within an attribute.
func writeData(b *strings.Builder, text string) {
	from := 0
	for i := range len(text) {
		if escaped := inData[text[i]]; escaped != "" {
			write(b, text[from:i], escaped)
			from = i + 1
		}
	}
	b.WriteString(text[from:])
}

// isPlainByte reports whether a byte is a letter, a digit or one of some others.
func isPlainByte(c byte, others string) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(others, c) >= 0
}

// self returns a link to where it stands, by which others can find the place. What says of which sort the place is, in a word. Headings
// and days need none: there the words themselves are the link, of the same class.
func self(id, what string) template.HTML {
	if id == "" {
		return ""
	}
	return template.HTML(`<a class="self" href="#` + template.HTMLEscapeString(id) + `" aria-label="Link to this ` + template.HTMLEscapeString(what) + `"></a>`)
}

// percent returns a place on a strip as a share of its width.
func percent(x int) string {
	return fmt.Sprintf("%g%%", float64(x)*100/page.StripWidth)
}
