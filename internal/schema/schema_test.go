package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/schema"
)

// A subject is an entry in the making, and the two that judge it.
type subject struct {
	name   string
	table  dossier.Table
	schema *jsonschema.Schema
}

// subjects returns every kind of entry, and the site.
func subjects(t *testing.T) []subject {
	t.Helper()
	var list []subject
	for _, name := range schema.Subjects() {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON(name)))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name+".json", document); err != nil {
			t.Fatal(err)
		}
		compiled, err := c.Compile(name + ".json")
		if err != nil {
			t.Fatalf("%s is no JSON Schema: %v", name, err)
		}
		table := new(dossier.Site).Table()
		if name != schema.Site {
			table = dossier.New(dossier.Kind(name)).Table()
		}
		list = append(list, subject{name, table, compiled})
	}
	return list
}

// refused are the codes by which the decoder refuses what a table does not allow. Others come from rules that no table can tell, and from
// ids that the values here make up.
var refused = []diag.Code{
	diag.UnknownKey, diag.MissingKey, diag.EmptyValue, diag.WrongType, diag.UnknownWord, diag.BadDate, diag.BadTime, diag.BadNumber,
	diag.BadValue, diag.TooLong, diag.BadReference, diag.BadYAML,
}

// judge returns what the decoder and the schema have against a value. JSON is YAML too, so that the decoder reads the same text.
func (s subject) judge(t *testing.T, value map[string]any) (byDecoder diag.List, bySchema error) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var read any
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	if s.name == schema.Site {
		_, problems = content.ParseSite("content/site.yaml", text)
	} else {
		file := fmt.Sprintf("content/%s/an-entry.md", dossier.Kind(s.name).Folder())
		_, problems = content.Parse(file, slices.Concat([]byte("---\n"), text, []byte("\n---\n")))
	}
	for _, p := range problems {
		if slices.Contains(refused, p.Code) || p.Code == diag.Contradiction && strings.Contains(p.Msg, "exclude each other") || strings.Contains(p.Msg, "stands without") {
			byDecoder.Add(p)
		}
	}
	return byDecoder, s.schema.Validate(read)
}

// samples are texts that a slot of the type takes; the first that does is used.
var samples = map[dossier.Type][]string{
	dossier.Text: {"words", "/pledges/", "Europe/Brussels", "example.org,2026"}, dossier.Integer: {"7"}, dossier.Number: {"7.5"}, dossier.Boolean: {"true"},
	dossier.DateType: {"2025-06"}, dossier.Timestamp: {"2025-06-04T12:00:00Z"}, dossier.Clock: {"14:30"}, dossier.Reference: {"an-id"},
	dossier.CiteType: {"an-id, p. 2"}, dossier.Address: {"https://example.org/a", "https://example.org"}, dossier.Language: {"en"}, dossier.Country: {"UA"}, dossier.Money: {"EUR"},
	dossier.Slug: {"a-word"}, dossier.FormerID: {"an-old-id"},
}

// sample returns a value that a slot takes.
func sample(t *testing.T, slot dossier.Slot) any {
	t.Helper()
	switch s := slot.(type) {
	case dossier.Scalar:
		for _, text := range append(slices.Clone(s.Words), samples[s.Type]...) {
			if s.Set(text) == nil {
				if s.Type == dossier.Boolean {
					return true
				}
				return text
			}
		}
		t.Fatalf("no sample of %s", s.Type)
	case dossier.Sequence:
		return []any{sample(t, s.Next(1))}
	case dossier.Record:
		return full(t, s.Table())
	}
	return nil
}

// full returns a value with every key of a table that may stand beside those before it.
func full(t *testing.T, table dossier.Table) map[string]any {
	t.Helper()
	value := map[string]any{}
	for _, f := range table {
		excluded := func(other string) bool { return value[other] != nil }
		if !slices.ContainsFunc(f.Excludes, excluded) && !slices.ContainsFunc(table, func(g dossier.Field) bool { return value[g.Key] != nil && slices.Contains(g.Excludes, f.Key) }) {
			value[f.Key] = sample(t, f.Slot)
		}
	}
	return value
}

// TestSchemaAndDecoderAgreeOnEveryField gives both the same entries: one with all keys, which both take; then, for each key at any depth,
// that entry with the key missing, misspelt, of the wrong type or with a bad value, of which both say the same.
func TestSchemaAndDecoderAgreeOnEveryField(t *testing.T) {
	for _, s := range subjects(t) {
		whole := full(t, s.table)
		if problems, err := s.judge(t, whole); err != nil || problems != nil {
			t.Errorf("%s with every key: the schema says %v, the decoder %v", s.name, err, problems)
			continue
		}
		paths := 0
		visit(s.table, whole, "", func(where string, f dossier.Field, in map[string]any) {
			paths++
			for name, change := range changes(f) {
				before := maps.Clone(in)
				change(in)
				problems, err := s.judge(t, whole)
				if (err == nil) != (problems == nil) {
					t.Errorf("%s, %s %s: the schema says %v, the decoder %v", s.name, where, name, err, problems)
				}
				clear(in)
				maps.Copy(in, before)
			}
		})
		if paths < len(s.table) {
			t.Errorf("%s: %d fields tried, and its table has %d", s.name, paths, len(s.table))
		}
	}
}

// visit calls do with each field of a table, at any depth, that a value has, and with the record that holds it.
func visit(table dossier.Table, value map[string]any, path string, do func(where string, f dossier.Field, in map[string]any)) {
	for _, f := range table {
		inner, ok := value[f.Key]
		if !ok {
			continue
		}
		do(path+f.Key, f, value)
		slot := f.Slot
		if s, ok := slot.(dossier.Sequence); ok {
			slot, inner = s.Next(1), inner.([]any)[0]
		}
		if r, ok := slot.(dossier.Record); ok {
			visit(r.Table(), inner.(map[string]any), path+f.Key+".", do)
		}
	}
}

// changes returns slips that an editor may make with a field.
func changes(f dossier.Field) map[string]func(map[string]any) {
	list := map[string]func(map[string]any){
		"missing":            func(m map[string]any) { delete(m, f.Key) },
		"beside an unknown":  func(m map[string]any) { m["no-such-key-anywhere"] = "x" },
		"a list of lists":    func(m map[string]any) { m[f.Key] = []any{[]any{[]any{"x"}}} },
		"an unknown record":  func(m map[string]any) { m[f.Key] = map[string]any{"no-such-key-anywhere": "x"} },
		"an empty list":      func(m map[string]any) { m[f.Key] = []any{} },
		"an empty record":    func(m map[string]any) { m[f.Key] = map[string]any{} },
		"null":               func(m map[string]any) { m[f.Key] = nil },
		"too long":           func(m map[string]any) { m[f.Key] = strings.Repeat("word ", 100) },
		"what nothing takes": func(m map[string]any) { m[f.Key] = "? :" },
	}
	scalar, ok := f.Slot.(dossier.Scalar)
	if !ok || scalar.Type == dossier.Text {
		delete(list, "what nothing takes")
	}
	if scalar.Type == dossier.Text && scalar.MaxChars+scalar.MaxWords == 0 {
		delete(list, "too long") // some have a form of their own, which the decoder alone knows
	}
	for _, other := range f.Excludes {
		list["with "+other] = func(m map[string]any) { m[other] = m[f.Key] }
	}
	if f.Needs != "" {
		list["without "+f.Needs] = func(m map[string]any) { delete(m, f.Needs) }
	}
	return list
}

// TestEveryFieldIsDocumentedOnce proves that the reference has each key of each table, and what the table says of it.
func TestEveryFieldIsDocumentedOnce(t *testing.T) {
	for _, s := range subjects(t) {
		seen := map[string]schema.Field{}
		for _, f := range schema.Fields(s.name).Fields {
			if _, twice := seen[f.Path]; twice {
				t.Errorf("%s: %s stands there twice", s.name, f.Path)
			}
			seen[f.Path] = f
		}
		for _, f := range s.table {
			d, ok := seen[f.Key]
			if !ok || d.Doc != f.Doc || d.Example != f.Example || f.Required && !d.Required {
				t.Errorf("%s: %s is documented as %+v", s.name, f.Key, d)
			}
		}
	}
	for _, want := range []string{"steps[].source", "donors[].amount.currency", "announced.event"} {
		if !slices.ContainsFunc(schema.Fields("pledge").Fields, func(f schema.Field) bool { return f.Path == want }) {
			t.Errorf("pledges have no %s", want)
		}
	}
}

// TestFieldsCanBeRead holds the three forms against each other.
func TestFieldsCanBeRead(t *testing.T) {
	for _, name := range schema.Subjects() {
		sheet := schema.Fields(name)
		var text, markdown, data bytes.Buffer
		sheet.Text(&text)
		sheet.Markdown(&markdown)
		if err := schema.FieldsJSON(&data, []schema.Sheet{sheet}); err != nil {
			t.Fatal(err)
		}
		var back []schema.Sheet
		if err := json.Unmarshal(data.Bytes(), &back); err != nil || len(back) != 1 || len(back[0].Fields) != len(sheet.Fields) {
			t.Errorf("%s: %v, %d sheets", name, err, len(back))
		}
		for _, f := range sheet.Fields {
			if !strings.Contains(text.String(), " "+f.Path+"  (") || !strings.Contains(markdown.String(), "| `"+f.Path+"` |") {
				t.Errorf("%s: %s is missing from the text or from the table", name, f.Path)
			}
		}
		for line := range strings.Lines(markdown.String()) {
			if strings.HasPrefix(line, "|") && strings.Count(line, "|")-strings.Count(line, `\|`) != 6 {
				t.Errorf("%s: a row has another number of cells: %s", name, line)
			}
		}
	}
}
