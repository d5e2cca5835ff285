package export

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A dataPackage is the descriptor of Frictionless Data Package 1.
type dataPackage struct {
	Profile      string              `json:"profile"`
	Name         string              `json:"name"`
	Title        string              `json:"title"`
	Description  string              `json:"description"`
	Homepage     string              `json:"homepage"`
	Version      string              `json:"version,omitempty"`
	Created      string              `json:"created,omitempty"`
	Licences     []dataLicence       `json:"licenses,omitempty"`
	Contributors []map[string]string `json:"contributors"`
	Resources    []dataResource      `json:"resources"`
}

// A dataLicence names a licence as Open Definition does. Either path or name must be there.
type dataLicence struct {
	Name  string `json:"name"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title"`
}

// A dataResource is one file, by the profile of a table or, where it is none, of any data. Its path is from the descriptor's folder.
type dataResource struct {
	Name        string       `json:"name"`
	Path        string       `json:"path"`
	Profile     string       `json:"profile"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Table       string       `json:"table,omitempty"` // of which the resource is all or a part
	Format      string       `json:"format"`
	Media       string       `json:"mediatype"`
	Encoding    string       `json:"encoding"`
	Bytes       int64        `json:"bytes"`
	Hash        string       `json:"hash"`
	Dialect     *dataDialect `json:"dialect,omitempty"`
	Schema      *dataSchema  `json:"schema,omitempty"`
}

// A dataDialect says how a CSV file is written, by CSV Dialect. It is given although it is the default: some programs guess else.
type dataDialect struct {
	Delimiter   string `json:"delimiter"`
	Line        string `json:"lineTerminator"`
	Quote       string `json:"quoteChar"`
	DoubleQuote bool   `json:"doubleQuote"`
	Header      bool   `json:"header"`
}

// A dataSchema is the columns of a file, by Table Schema. Missing are the texts that stand for no value.
type dataSchema struct {
	Fields  []dataField `json:"fields"`
	Primary []string    `json:"primaryKey"`
	Foreign []dataLink  `json:"foreignKeys,omitempty"`
	Missing []string    `json:"missingValues"`
}

// A dataField is one column.
type dataField struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Format      string         `json:"format,omitempty"`
	Description string         `json:"description"`
	Constraints map[string]any `json:"constraints,omitempty"`

	// Reference says, for programs that know of it, whose ids the column holds, in all files of that table together; and Delimiter what
	// stands between the items of a list. The specification has foreign keys for single values within one file alone.
	Reference *dataTableOf `json:"reference,omitempty"`
	Delimiter string       `json:"delimiter,omitempty"`
}

// A dataTableOf names a table, which may be split into several resources, and its column of ids.
type dataTableOf struct {
	Table  string `json:"table"`
	Fields string `json:"fields"`
}

// A dataLink is a foreign key: the column of this file whose values are those of another.
type dataLink struct {
	Fields    string     `json:"fields"`
	Reference dataTarget `json:"reference"`
}

// A dataTarget is the file and the column that a foreign key leads to. Without a resource it is the same file.
type dataTarget struct {
	Resource string `json:"resource"`
	Fields   string `json:"fields"`
}

// DataPackage describes the files of the open data for programs, with the length and the digest of each.
func DataPackage(w io.Writer, g *graph.Graph, files []dataFile) error {
	p := dataPackage{
		Profile: "data-package", Name: packageName(&g.Site), Title: g.Site.Title + ": open data", Homepage: g.Site.BaseURL + "/data/",
		Description:  g.Site.Description + "\n\n- " + strings.Join(data.Rules, "\n- ") + "\n",
		Contributors: []map[string]string{{"title": g.Site.Editor, "role": "publisher"}},
	}
	if t := g.Date(); !t.IsZero() {
		p.Version, p.Created = t.UTC().Format(time.DateOnly), t.UTC().Format(time.RFC3339)
	}
	if l := g.Site.Licence; l.Name != "" {
		p.Licences = []dataLicence{{Name: licenceName(l.Name), Path: l.URL, Title: l.Name}}
	}
	for _, f := range files {
		r, err := f.resource(files)
		if err != nil {
			return err
		}
		p.Resources = append(p.Resources, r)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p)
}

// packageName returns the name of the package: the host of the site.
func packageName(site *dossier.Site) string {
	if u, err := url.Parse(site.BaseURL); err == nil && u.Hostname() != "" {
		return strings.ToLower(strings.ReplaceAll(u.Hostname(), ":", "-"))
	}
	return "briefing"
}

// licenceName returns the name of a licence as Open Definition writes it: CC-BY-4.0.
func licenceName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-':
			return r
		}
		return '-'
	}, name)
}

// resource describes a file.
func (f dataFile) resource(all []dataFile) (dataResource, error) {
	// A promise may be kept before any other: then the file is made for its sum alone.
	if f.sum.Load() == nil {
		if err := f.Write(io.Discard); err != nil {
			return dataResource{}, err
		}
	}
	made := f.sum.Load()
	base := path.Base(f.Path)
	stem, format, _ := strings.Cut(base, ".")
	r := dataResource{
		Name: strings.ReplaceAll(base, ".", "-"), Path: base, Profile: "data-resource", Title: stem, Description: f.doc, Format: path.Ext(base)[1:],
		Media: f.media, Encoding: "utf-8", Bytes: made.bytes, Hash: fmt.Sprintf("sha256:%x", made.sha256),
	}
	if f.table != nil && format == "csv" {
		r.Name, r.Profile, r.Table = stem, "tabular-data-resource", f.table.Name
		r.Dialect = &dataDialect{Delimiter: ",", Line: "\r\n", Quote: `"`, DoubleQuote: true, Header: true}
		r.Schema = f.schema(all)
	}
	return r, nil
}

// schema describes the columns of a table.
func (f dataFile) schema(all []dataFile) *dataSchema {
	s := &dataSchema{Primary: f.table.Key, Missing: []string{""}}
	for _, c := range f.table.Columns {
		s.Fields = append(s.Fields, schemaField(c))
		if target, ok := f.target(c, all); ok {
			s.Foreign = append(s.Foreign, dataLink{Fields: c.Name, Reference: dataTarget{Resource: target, Fields: "id"}})
		}
	}
	return s
}

// schemaField describes a column.
func schemaField(c data.Column) dataField {
	field := dataField{Name: c.Name, Description: c.Doc, Constraints: map[string]any{}}
	field.Type, field.Format = schemaType(c.Type)
	if c.Type.IsList() {
		field.Delimiter = data.Separator
	}
	if c.Of != "" {
		field.Reference = &dataTableOf{Table: c.Of, Fields: "id"}
	}
	if c.Required {
		field.Constraints["required"] = true
	}
	if c.Unique {
		field.Constraints["unique"] = true
	}
	if len(c.Words) > 0 {
		field.Constraints["enum"] = c.Words
	}
	if c.Form != "" {
		field.Constraints["pattern"] = c.Form
	}
	// Sums and counts are never below nothing; a withdrawal is a step of its own.
	if c.Type.IsNumber() {
		field.Constraints["minimum"] = 0
	}
	return field
}

// schemaType returns the type of Table Schema that stands for a type, and its format.
func schemaType(t data.Type) (kind, format string) {
	switch t {
	case data.Number:
		return "number", ""
	case data.Integer:
		return "integer", ""
	case data.Boolean:
		return "boolean", ""
	case data.Day:
		return "date", ""
	case data.Time:
		return "datetime", ""
	case data.Address:
		return "string", "uri"
	}
	return "string", ""
}

// target returns the resource whose ids a column holds, "" for the file itself. There is none for lists, nor where the ids may be those
// of several files: of the files of a table that is split, a key alone refers to the one of its own section.
func (f dataFile) target(c data.Column, all []dataFile) (resource string, ok bool) {
	if c.Of == "" || c.Type != data.ID {
		return "", false
	}
	var parts []dataFile
	for _, other := range all {
		if other.table != nil && other.table.Name == c.Of && path.Ext(other.Path) == ".csv" {
			parts = append(parts, other)
		}
	}
	i := 0
	if len(parts) > 1 {
		i = slices.IndexFunc(parts, func(p dataFile) bool { return p.part.Section == f.part.Section && f.table.InKey(c.Name) })
	}
	switch {
	case i < 0 || len(parts) == 0:
		return "", false
	case parts[i].Path == f.Path:
		return "", true
	}
	return parts[i].part.Name, true
}
