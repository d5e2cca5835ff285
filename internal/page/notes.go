package page

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// A Note is a source that a page cites, with links back to each use.
type Note struct {
	// Number is given by first use on the page.
	Number int

	// Source is shared by all pages that cite it.
	Source *SourceLine

	// Uses lead back to each place that cites it.
	Uses []Use
}

// A SourceLine is a source as notes show it.
type SourceLine struct {
	shared

	// Title is that of the source, URL the address of its page.
	Title string
	URL   string

	// Lang is the language of the title where it is not the site's.
	Lang string

	// Publisher is who published it.
	Publisher string

	// Class says what sort of witness it is.
	Class string

	// Issued is empty where it is undated.
	Issued Time

	// Address is where the source itself is, Archive where a copy is kept; either may be empty.
	Address, Archive string
}

// A Use is a place of a page that cites a source.
type Use struct {
	// ID is the place that cites the source.
	ID string

	// Label is a, b, c and so on.
	Label string

	// Locator is the place within the source; it may be empty.
	Locator string
}

// A desk makes the notes of one page, and the HTML that refers to them.
type desk struct {
	*planner
	notes []Note

	// number says which note each source has, by its position in the graph.
	number map[int]int

	// told are the abbreviations that the page has already explained.
	told map[string]bool
}

// desk returns a desk for one page. Pages are made at the same time, and share none.
func (p *planner) desk() *desk {
	return &desk{planner: p, number: map[int]int{}, told: map[string]bool{}}
}

// closeMarks is how many marks stand together on a line: the stylesheet ties each to what is before it, and a run without end would fit no
// telephone.
const closeMarks = 3

// cite returns the marks of citations, and adds the sources to the notes.
func (d *desk) cite(list []dossier.Citation) template.HTML {
	var b []byte
	for i, c := range list {
		if i > 0 && i%closeMarks == 0 {
			b = append(b, "<wbr>"...)
		}
		b = d.appendCite(b, c.Source, c.Locator)
	}
	return template.HTML(b)
}

// appendCite appends the mark of one citation. Nothing is appended where the source does not exist.
func (d *desk) appendCite(b []byte, id dossier.ID, locator string) []byte {
	at, ok := d.g.Position(id)
	if !ok {
		return b
	}
	source, ok := d.g.All()[at].(*dossier.Source)
	if !ok {
		return b
	}
	n := d.number[at]
	if n == 0 {
		d.notes = append(d.notes, Note{Number: len(d.notes) + 1, Source: d.sourceLine(at, source)})
		n = len(d.notes)
		d.number[at] = n
	}
	note := &d.notes[n-1]
	use := Use{Label: useLabel(len(note.Uses)), Locator: locator}
	use.ID = "cite-" + strconv.Itoa(n) + use.Label
	note.Uses = append(note.Uses, use)
	b = append(b, `<sup class="cite" id="`...)
	b = append(b, use.ID...)
	b = append(b, `"><a href="#note-`...)
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, `" role="doc-noteref">[`...)
	b = strconv.AppendInt(b, int64(n), 10)
	if locator != "" {
		b = append(b, ", "...)
		b = append(b, template.HTMLEscapeString(locator)...)
	}
	return append(b, `]</a></sup>`...)
}

// sourceLine returns the line of a source at a position of the graph: each time it is asked the same one, so that its HTML need be made
// only once.
func (p *planner) sourceLine(position int, s *dossier.Source) *SourceLine {
	return p.lines.of(position, func() *SourceLine {
		return &SourceLine{
			Title: s.Title, URL: URL(s), Lang: p.foreign(s.Language), Publisher: s.Publisher, Class: string(s.Class),
			Issued: dateTime(s.Issued), Address: s.URL, Archive: s.Archive.URL,
		}
	})
}

// classNouns are the classes of sources in the order in which readers trust them, each with its word for one and for several.
var classNouns = []struct {
	class     dossier.SourceClass
	one, more string
}{
	{dossier.Official, "official", "official"}, {dossier.Agency, "agency", "agencies"}, {dossier.Media, "media", "media"},
	{dossier.Research, "research", "research"}, {dossier.Secondary, "secondary", "secondary"}, {"", "of no class", "of no class"},
}

// annotate gives a page the notes that its texts have made, and says what they come to.
func (d *desk) annotate(b *Base) {
	b.Notes = d.notes
	of := map[string]int{}
	for _, n := range d.notes {
		of[n.Source.Class]++
	}
	b.Basis = basis(of)
}

// basis says how many sources there are, given how many of each class; nothing where there are none.
func basis(of map[string]int) string {
	total := 0
	var parts []string
	for _, c := range classNouns {
		n := of[string(c.class)]
		total += n
		switch n {
		case 0:
		case 1:
			parts = append(parts, "1 "+c.one)
		default:
			parts = append(parts, strconv.Itoa(n)+" "+c.more)
		}
	}
	if total == 0 {
		return ""
	}
	return count(total, "source") + ": " + strings.Join(parts, ", ")
}

// foreign returns a language where it is not the site's. A text in en is none on a site in en-GB.
func (p *planner) foreign(tag string) string {
	site := p.g.Site.Language
	if tag == "" || tag == site || strings.HasPrefix(site, tag+"-") {
		return ""
	}
	return tag
}

// useLabel returns a, b, … z, then 27, 28 ….
func useLabel(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return strconv.Itoa(i + 1)
}

// body returns the HTML of an entry's body, with its references filled in.
func (d *desk) body(f *markup.Fragment) template.HTML {
	if f.HTML == "" {
		return ""
	}
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = f.FillMarked((*b)[:0], d.fill, d.mention)
	return d.sized(*b)
}

// buffers hold a text while it is being filled in: it is then copied once, to what it takes.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// sized returns HTML whose images have their sizes, so that a page does not move while they arrive, and are asked for when they come into
// sight. Package markup writes each of them with its address first, and a quotation mark only around attributes.
func (p *planner) sized(html []byte) template.HTML {
	var b []byte
	for {
		before, rest, found := bytes.Cut(html, []byte(`<img src="`))
		if b == nil && !found {
			return template.HTML(html)
		}
		if b = append(b, before...); !found {
			return template.HTML(b)
		}
		address, rest, _ := bytes.Cut(rest, []byte(`"`))
		b = fmt.Appendf(b, `<img src="%s"`, address)
		if size, ok := p.g.Image(string(address)); ok {
			b = fmt.Appendf(b, ` width="%d" height="%d" loading="lazy"`, size.Width, size.Height)
		}
		html = rest
	}
}

// fill appends what stands for a reference.
func (d *desk) fill(b []byte, h *markup.Hole) []byte {
	if h.Kind == markup.Citation {
		return d.appendCite(b, dossier.ID(h.Target), h.Text)
	}
	at, ok := d.g.Position(dossier.ID(h.Target))
	if !ok {
		return append(b, template.HTMLEscapeString(h.Target)...)
	}
	card := d.cardAt(at)
	b = append(b, `<a href="`...)
	b = append(b, card.URL...)
	if h.Anchor != "" {
		b = append(append(b, '#'), template.HTMLEscapeString(h.Anchor)...)
	}
	if h.Text != "" {
		b = append(append(b, `">`...), h.Text...)
		return append(b, `</a>`...)
	}
	if card.Lang != "" {
		b = append(append(b, `" lang="`...), card.Lang...)
	}
	b = append(append(b, `">`...), template.HTMLEscapeString(dossier.InProse(d.g.All()[at]))...)
	return append(b, `</a>`...)
}
