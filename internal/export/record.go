package export

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"briefing/internal/cite"
	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
	"briefing/internal/page"
)

// Records writes entries as JSON: all that is known of each, for programs.
//
// The members of a record are always there, and in one order, but that of a withdrawn entry has few. What editors wrote stands under
// front_matter, by the keys of the entry's own Table, with null for what is not stated; what is derived of it stands under tables, in the
// rows that the entry has in the open data, column by column. A key or a column is therefore in the records as soon as it is there at all.
type Records struct {
	// tables describe the rows of each entry. site is the same in all records, as JSON.
	g      *graph.Graph
	tables []data.Table
	site   []byte

	// cited are the sources that records have cited so far, as JSON.
	cited sync.Map
}

// NewRecords returns the records of a graph.
func NewRecords(g *graph.Graph) *Records {
	s := &g.Site
	site := appendMember([]byte{'{'}, "title", s.Title)
	site = appendMember(site, "url", s.BaseURL+"/")
	site = appendMember(site, "language", s.Language)
	site = appendMember(site, "time_zone", s.TimeZone)
	site = appendMember(append(appendName(site, "licence"), '{'), "name", s.Licence.Name)
	site = append(appendOrNull(appendName(site, "url"), s.Licence.URL), "}}"...)
	return &Records{g: g, tables: data.Tables(g, page.DataAddresses(g)), site: site}
}

// A record is one that is being written: no part of it is a value of its own before it is JSON.
type record struct {
	*Records
	b []byte

	// html is the body of the entry, and cites are the sources that it has named so far.
	html  []byte
	cites []*dossier.Source
}

// records are those that were written, for the memory of others.
var records = sync.Pool{New: func() any { return new(record) }}

// Rows returns the rows of an entry in each table of its kind, as its record has them. Beside what the entry says and refers to, they are
// all that the record depends on.
func (r *Records) Rows(e dossier.Entry) []byte {
	const most = 2 << 10 // those of a pledge with a step
	b := append(make([]byte, 0, most), '{')
	for i := range r.tables {
		t := &r.tables[i]
		if t.Kind == e.Base().Kind {
			b = appendEach(appendName(b, t.Name), "[]", t.RowsOf(e), func(b []byte, row []data.Cell) []byte { return appendRow(b, t, row) })
		}
	}
	return append(b, '}')
}

// Write writes the record of an entry, given its rows. Text is its body as it was written, where that may be told. Of an entry that was
// withdrawn nothing is told but when and why.
func (r *Records) Write(w io.Writer, e dossier.Entry, rows, text []byte) error {
	x := records.Get().(*record)
	defer records.Put(x)
	*x = record{Records: r, b: append(x.b[:0], "{\n"...), html: x.html[:0], cites: x.cites[:0]}
	x.head(e.Base(), r.g.Site.BaseURL+page.URL(e))
	x.line("withdrawn")
	if e.Base().IsWithdrawn() {
		x.table(e.Base().Withdrawn.Table())
	} else {
		x.b = append(x.b, "null"...)
		x.told(e, rows, text)
	}
	x.line("site")
	_, err := w.Write(append(append(x.b, x.site...), "\n}\n"...))
	return err
}

// line begins a member of the record.
func (x *record) line(name string) {
	if len(x.b) > len("{\n") {
		x.b = append(x.b, ",\n"...)
	}
	x.b = append(appendText(x.b, name), ": "...)
}

// text adds a member that is a text.
func (x *record) text(name, value string) {
	x.line(name)
	x.b = appendText(x.b, value)
}

// moment adds a member that is a time as RFC 3339 has it, in UTC, or null.
func (x *record) moment(name string, t time.Time) {
	if x.line(name); t.IsZero() {
		x.b = append(x.b, "null"...)
		return
	}
	x.b = append(t.UTC().AppendFormat(append(x.b, '"'), time.RFC3339), '"')
}

// head adds what stands in every record.
func (x *record) head(head *dossier.Head, url string) {
	x.text("id", string(head.ID))
	x.text("kind", string(head.Kind))
	x.text("url", url)
	x.text("title", head.Title)
	x.moment("published", head.Published)
	x.moment("updated", head.Updated())
	x.line("version")
	x.b = strconv.AppendInt(x.b, int64(head.Version()), 10)
}

// told adds what is told of an entry that was not withdrawn.
func (x *record) told(e dossier.Entry, rows, text []byte) {
	x.line("front_matter")
	form := dossier.Borrow(e.Base().Kind)
	form.Copy(e)
	x.table(form.Keys)
	form.Return()
	x.line("tables")
	x.b = append(x.b, rows...)
	x.line("markdown")
	x.b = appendOrNull(x.b, text)
	x.line("html")
	x.body(e)
	x.line("sources")
	x.b = appendEach(x.b, "[]", x.cites, x.citation)
	x.line("links")
	x.links(x.g.Site.BaseURL + page.URL(e))
}

// links adds where an entry can be read. Its file is left out of a site as it stood at a date, for it tells of what came later.
func (x *record) links(url string) {
	source := url + page.SourceName
	if !x.g.AsOf.IsZero() {
		source = ""
	}
	x.b = appendMember(append(x.b, '{'), "page", url)
	x.b = appendOrNull(appendName(x.b, "markdown"), source)
	x.b = append(appendMember(x.b, "data", x.g.Site.BaseURL+"/data/"), '}')
}

// body adds the body of an entry as plain HTML with absolute addresses. A source stands as its id and the place within it.
func (x *record) body(e dossier.Entry) {
	x.html = x.g.Body(e).Fill(x.html, x.fill)
	base := x.g.Site.BaseURL
	rest := x.html
	x.b = append(x.b, '"')
	for {
		i := bytes.Index(rest, []byte(`="`)) + len(`="`)
		if i < len(`="`) || i == len(rest) {
			break
		}
		x.b = appendEscaped(x.b, rest[:i])
		href := bytes.HasSuffix(rest[:i], []byte(`href="`))
		switch {
		case rest[i] == '/' && (href || bytes.HasSuffix(rest[:i], []byte(`src="`))):
			x.b = appendEscaped(x.b, base)
		// A fragment alone would lead within whatever page the HTML is put into.
		case rest[i] == '#' && href:
			x.b = appendEscaped(appendEscaped(x.b, base), page.URL(e))
		}
		rest = rest[i:]
	}
	x.b = append(appendEscaped(x.b, rest), '"')
}

// fill appends what goes into a hole of the body.
func (x *record) fill(b []byte, h *markup.Hole) []byte {
	to, ok := x.g.Lookup(dossier.ID(h.Target))
	if !ok {
		return inHTML.append(b, h.Target)
	}
	if h.Kind == markup.Citation {
		x.cite(to)
	}
	b = page.AppendURL(append(append(b, `<a href="`...), x.g.Site.BaseURL...), to)
	if h.Anchor != "" {
		b = inHTML.append(append(b, '#'), h.Anchor)
	}
	b = append(b, `">`...)
	switch {
	case h.Kind == markup.Citation:
		b = append(append(b, '['), to.Base().ID...)
		if h.Text != "" {
			b = inHTML.append(append(b, ", "...), h.Text)
		}
		b = append(b, ']')
	case h.Text == "":
		b = inHTML.append(b, to.Base().Title)
	default:
		b = append(b, h.Text...)
	}
	return append(b, "</a>"...)
}

// cite keeps a source, once.
func (x *record) cite(e dossier.Entry) {
	if s, ok := e.(*dossier.Source); ok && !slices.Contains(x.cites, s) {
		x.cites = append(x.cites, s)
	}
}

// table adds the keys of an entry or of a record within one, and reports whether any is stated.
func (x *record) table(t dossier.Table) (stated bool) {
	x.b = append(x.b, '{')
	for i := range t {
		x.b = appendName(x.b, t[i].Key)
		if x.slot(t[i].Slot) {
			stated = true
		}
	}
	x.b = append(x.b, '}')
	return stated
}

// slot adds the value of a key, and reports whether it is stated: else it is null, false or an empty list.
func (x *record) slot(slot dossier.Slot) (stated bool) {
	switch s := slot.(type) {
	case dossier.Scalar:
		text := s.Get()
		x.scalar(s.Type, text)
		return text != "" && text != "false"
	case dossier.Sequence:
		x.b = append(x.b, '[')
		for item := range s.Items {
			if stated {
				x.b = append(x.b, ',')
			}
			x.slot(item)
			stated = true
		}
		x.b = append(x.b, ']')
		return stated
	case dossier.Record:
		from := len(x.b)
		if stated = x.table(s.Table()); !stated {
			x.b = append(x.b[:from], "null"...)
		}
		return stated
	}
	panic("internal error: a slot of no known sort")
}

// scalar adds a single value. Numbers that may be money are texts, so that no program rounds them.
func (x *record) scalar(kind dossier.Type, text string) {
	switch {
	case text == "":
		x.b = append(x.b, "null"...)
	case kind == dossier.Integer || kind == dossier.Boolean:
		x.b = append(x.b, text...)
	case kind == dossier.Reference:
		x.b = appendText(x.b, x.present(dossier.ID(text)))
	case kind == dossier.CiteType:
		id, locator := dossier.CutLocator(text)
		if e, ok := x.g.Lookup(id); ok {
			x.cite(e)
			id = e.Base().ID
		}
		x.b = appendMember(append(x.b, '{'), "source", string(id))
		x.b = append(appendOrNull(appendName(x.b, "locator"), locator), '}')
	default:
		x.b = appendText(x.b, text)
	}
}

// present returns the present id of the entry that has one, now or formerly.
func (x *record) present(id dossier.ID) string {
	if e, ok := x.g.Lookup(id); ok {
		id = e.Base().ID
	}
	return string(id)
}

// citation appends a source as it is cited: that is made once, for many records cite the same.
func (r *Records) citation(b []byte, s *dossier.Source) []byte {
	if made, ok := r.cited.Load(s); ok {
		return append(b, made.([]byte)...)
	}
	item := cite.Source(r.g, s)
	made := appendMember([]byte{'{'}, "id", string(s.ID))
	made = appendMember(made, "page", r.g.Site.BaseURL+page.URL(s))
	made = appendMember(made, "citation", item.Text())
	made = append(append(appendName(made, "csl"), item.CSL()...), '}')
	r.cited.Store(s, made)
	return append(b, made...)
}
