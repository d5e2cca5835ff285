package export

import (
	"io"
	"slices"
	"strings"
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
	// tables describe the rows of each entry. site is the same in all records.
	g      *graph.Graph
	tables []data.Table
	site   object

	// cited are the sources that records have cited so far, as JSON.
	cited sync.Map
}

// NewRecords returns the records of a graph.
func NewRecords(g *graph.Graph) *Records {
	s := &g.Site
	return &Records{
		g: g, tables: data.Tables(g, page.DataAddresses(g)),
		site: object{
			{"title", s.Title}, {"url", s.BaseURL + "/"}, {"language", s.Language}, {"time_zone", s.TimeZone},
			{"licence", object{{"name", s.Licence.Name}, {"url", textOrNull(s.Licence.URL)}}},
		},
	}
}

// records hold records while they are put together.
var records = sync.Pool{New: func() any { return new([]byte) }}

// Write writes the record of an entry. Text is its body as it was written, where that may be told. Of an entry that was withdrawn
// nothing is told but when and why.
func (r *Records) Write(w io.Writer, e dossier.Entry, text []byte) error {
	head := e.Base()
	url := r.g.Site.BaseURL + page.URL(e)
	record := object{
		{"id", string(head.ID)}, {"kind", string(head.Kind)}, {"url", url}, {"title", head.Title},
		{"published", moment(head.Published)}, {"updated", moment(head.Updated())}, {"version", head.Version()},
	}
	cited := citing{Records: r}
	withdrawn, gone := cited.slot(dossier.Record{Table: head.Withdrawn.Table})
	record = append(record, member{"withdrawn", withdrawn})
	if !gone {
		record = append(record, r.told(e, &cited, text)...)
	}
	b := records.Get().(*[]byte)
	defer records.Put(b)
	*b = append(record, member{"site", r.site}).appendLines((*b)[:0])
	_, err := w.Write(*b)
	return err
}

// told returns what is told of an entry that was not withdrawn.
func (r *Records) told(e dossier.Entry, cited *citing, text []byte) object {
	front, _ := cited.table(e.Table())
	body := r.g.Body(e)
	for _, hole := range body.Holes {
		if hole.Kind == markup.Citation {
			cited.add(dossier.ID(hole.Target))
		}
	}
	url := r.g.Site.BaseURL + page.URL(e)
	return object{
		{"front_matter", front}, {"tables", r.rows(e)},
		{"markdown", textOrNull(string(text))}, {"html", r.html(e, body)},
		{"sources", cited.sources()},
		{"links", object{{"page", url}, {"markdown", r.source(url)}, {"data", r.g.Site.BaseURL + "/data/"}}},
	}
}

// source returns the address of the file of an entry: null on a site as it stood at a date, for it tells of what came later.
func (r *Records) source(url string) any {
	if !r.g.AsOf.IsZero() {
		return nil
	}
	return url + page.SourceName
}

// moment returns a time as RFC 3339 has it, in UTC, or null.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

// textOrNull returns text, or null where it is empty.
func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// rows returns the rows of an entry in each table of its kind.
func (r *Records) rows(e dossier.Entry) object {
	tables := object{}
	for i := range r.tables {
		t := &r.tables[i]
		if t.Kind != e.Base().Kind {
			continue
		}
		rows := []any{}
		for _, cells := range t.RowsOf(e) {
			row := make(object, len(cells))
			for c, cell := range cells {
				row[c] = member{t.Columns[c].Name, raw(appendCell(nil, t.Columns[c].Type, cell))}
			}
			rows = append(rows, row)
		}
		tables = append(tables, member{t.Name, rows})
	}
	return tables
}

// html returns the body of an entry as plain HTML with absolute addresses. A source stands as its id and the place within it.
func (r *Records) html(e dossier.Entry, body *markup.Fragment) string {
	own := r.g.Site.BaseURL + page.URL(e)
	filled := body.Fill(make([]byte, 0, len(body.HTML)+128*len(body.Holes)), func(b []byte, h *markup.Hole) []byte {
		to, ok := r.g.Lookup(dossier.ID(h.Target))
		if !ok {
			return append(b, escape(h.Target)...)
		}
		text := h.Text
		switch {
		case h.Kind == markup.Citation && text != "":
			text = "[" + string(to.Base().ID) + ", " + escape(text) + "]"
		case h.Kind == markup.Citation:
			text = "[" + string(to.Base().ID) + "]"
		case text == "":
			text = escape(to.Base().Title)
		}
		address := r.g.Site.BaseURL + page.URL(to)
		if h.Anchor != "" {
			address += "#" + escape(h.Anchor)
		}
		return append(b, `<a href="`+address+`">`+text+`</a>`...)
	})
	text := string(filled)
	for _, attribute := range []string{`href="`, `src="`} {
		text = strings.ReplaceAll(text, attribute+"/", attribute+r.g.Site.BaseURL+"/")
	}
	// A fragment alone would lead within whatever page the HTML is put into.
	return strings.ReplaceAll(text, `href="#`, `href="`+own+`#`)
}

// A citing tells the front matter of one entry, and keeps the sources that it names.
type citing struct {
	*Records
	ids []dossier.ID
}

// add keeps a source, once.
func (c *citing) add(id dossier.ID) {
	if s := graph.Find[*dossier.Source](c.g, id); s != nil && !slices.Contains(c.ids, s.ID) {
		c.ids = append(c.ids, s.ID)
	}
}

// table returns the keys of an entry or of a record within one, and whether any is stated.
func (c *citing) table(t dossier.Table) (v any, stated bool) {
	o := make(object, len(t))
	for i := range t {
		value, given := c.slot(t[i].Slot)
		o[i] = member{t[i].Key, value}
		stated = stated || given
	}
	return o, stated
}

// slot returns the value of a key, and whether it is stated: else it is null, false or an empty list.
func (c *citing) slot(slot dossier.Slot) (v any, stated bool) {
	switch s := slot.(type) {
	case dossier.Scalar:
		text := s.Get()
		return c.scalar(s.Type, text), text != "" && text != "false"
	case dossier.Sequence:
		list := []any{}
		for _, item := range s.Items() {
			value, _ := c.slot(item)
			list = append(list, value)
		}
		return list, len(list) > 0
	case dossier.Record:
		if v, stated = c.table(s.Table()); stated {
			return v, true
		}
		return nil, false
	}
	panic("internal error: a slot of no known sort")
}

// scalar returns a single value. Numbers that may be money are texts, so that no program rounds them.
func (c *citing) scalar(kind dossier.Type, text string) any {
	switch {
	case text == "":
		return nil
	case kind == dossier.Integer || kind == dossier.Boolean:
		return raw(text)
	case kind == dossier.Reference:
		return c.present(dossier.ID(text))
	case kind == dossier.CiteType:
		id, locator := dossier.CutLocator(text)
		c.add(id)
		return object{{"source", c.present(id)}, {"locator", textOrNull(locator)}}
	}
	return text
}

// present returns the present id of the entry that has one, now or formerly.
func (c *citing) present(id dossier.ID) string {
	if e, ok := c.g.Lookup(id); ok {
		id = e.Base().ID
	}
	return string(id)
}

// sources returns the sources that were named, as they are cited.
func (c *citing) sources() []any {
	list := []any{}
	for _, id := range c.ids {
		list = append(list, c.citation(graph.Find[*dossier.Source](c.g, id)))
	}
	return list
}

// citation returns a source as it is cited: it is made once, for many records cite the same.
func (r *Records) citation(s *dossier.Source) raw {
	if made, ok := r.cited.Load(s); ok {
		return made.(raw)
	}
	item := cite.Source(r.g, s)
	made := raw(appendValue(nil, object{
		{"id", string(s.ID)}, {"page", r.g.Site.BaseURL + page.URL(s)}, {"citation", item.Text()}, {"csl", raw(item.CSL())},
	}))
	r.cited.Store(s, made)
	return made
}
