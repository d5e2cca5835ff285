package schema

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"briefing/internal/dossier"
)

// A Field is one key of a subject as it is documented.
type Field struct {
	// Path is the key with those that it stands within, as in steps[].date.
	Path string `json:"path"`
	// Type says what the value is, as in “list of ids of actors”.
	Type     string `json:"type"`
	Required bool   `json:"required"`
	// Unless names the keys one of which does in place of a required one.
	Unless []string `json:"unless,omitempty"`
	// Excludes names the keys beside which it must not stand, Needs the one without which it must not.
	Excludes []string `json:"excludes,omitempty"`
	Needs    string   `json:"needs,omitempty"`
	Doc      string   `json:"doc"`
	Example  string   `json:"example,omitempty"`
	// Words is the vocabulary, Kinds what an id may lead to.
	Words []string `json:"words,omitempty"`
	Kinds []string `json:"kinds,omitempty"`
}

// A Sheet is all fields of a subject.
type Sheet struct {
	// Subject is the word for it, and File where it is written, as content/events/ID.md.
	Subject string  `json:"subject"`
	File    string  `json:"file"`
	Fields  []Field `json:"fields"`
}

// Fields returns the sheet of a subject. Fields stand in the order in which entries are written, each record's behind its own key.
func Fields(subject string) Sheet {
	return Sheet{Subject: subject, File: where(subject), Fields: fields(nil, "", table(subject))}
}

// fields appends the fields of a table whose keys stand within prefix.
func fields(list []Field, prefix string, t dossier.Table) []Field {
	// A list is told of as what its items are.
	for _, f := range t {
		one, isList := f.Slot, false
		if s, ok := one.(dossier.Sequence); ok {
			one, isList = s.Next(1), true
		}
		d := Field{
			Path: prefix + f.Key, Type: typeOf(one, isList), Required: f.Required || f.Unless != nil, Unless: f.Unless,
			Excludes: f.Excludes, Needs: f.Needs, Doc: f.Doc, Example: f.Example,
		}
		if s, ok := one.(dossier.Scalar); ok {
			d.Words, d.Kinds = s.Words, kinds(s)
		}
		list = append(list, d)
		if r, ok := one.(dossier.Record); ok {
			inner := d.Path + "."
			if isList {
				inner = d.Path + "[]."
			}
			list = fields(list, inner, r.Table())
		}
	}
	return list
}

// kinds returns the kinds that a reference may lead to; none of any other value.
func kinds(s dossier.Scalar) []string {
	var names []string
	for _, k := range dossier.Kinds {
		if s.Kinds != 0 && s.Kinds.Has(k) {
			names = append(names, string(k))
		}
	}
	return names
}

// typeOf says what a value is.
func typeOf(s dossier.Slot, isList bool) string {
	name := "record"
	if scalar, ok := s.(dossier.Scalar); ok {
		name = string(scalar.Type)
		if scalar.Kinds != 0 && scalar.Type == dossier.Reference {
			name = "id of " + scalar.Kinds.String()
		}
	}
	if isList {
		return "list of " + name
	}
	return name
}

// notes returns what is to be known of a field beside its doc, a sentence each.
func (f *Field) notes() []string {
	var notes []string
	add := func(what string, words ...string) {
		if len(words) > 0 {
			notes = append(notes, what+strings.Join(words, ", ")+".")
		}
	}
	add("Not required with ", f.Unless...)
	add("One of ", f.Words...)
	add("Not with ", f.Excludes...)
	if f.Needs != "" {
		add("Only with ", f.Needs)
	}
	return notes
}

// Text writes a sheet for a terminal.
func (s Sheet) Text(w io.Writer) {
	fmt.Fprintf(w, "%s, in %s (* required)\n", s.Subject, s.File)
	for _, f := range s.Fields {
		star := " "
		if f.Required {
			star = "*"
		}
		fmt.Fprintf(w, "\n%s %s  (%s)\n    %s\n", star, f.Path, f.Type, strings.Join(append([]string{f.Doc}, f.notes()...), " "))
		if f.Example != "" {
			fmt.Fprintf(w, "    %s: %s\n", f.Path[strings.LastIndexByte(f.Path, '.')+1:], f.Example)
		}
	}
}

// Markdown writes a sheet as a section with a table.
func (s Sheet) Markdown(w io.Writer) {
	// A bar would end the cell, and an angle bracket begin HTML.
	cell := strings.NewReplacer("|", `\|`, "<", `\<`, "\n", " ")
	code := func(text string) string { return "`" + strings.ReplaceAll(text, "|", `\|`) + "`" }
	fmt.Fprintf(w, "## %s\n\nIn `%s`.\n\n| Key | Value | Required | Meaning | Example |\n| --- | --- | --- | --- | --- |\n", title(s.Subject), s.File)
	for _, f := range s.Fields {
		required, example := "", ""
		if f.Required {
			required = "yes"
		}
		if f.Example != "" {
			example = code(f.Example)
		}
		meaning := cell.Replace(strings.Join(append([]string{f.Doc}, f.notes()...), " "))
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", code(f.Path), cell.Replace(f.Type), required, meaning, example)
	}
}

// FieldsJSON writes sheets as one JSON document.
func FieldsJSON(w io.Writer, sheets []Sheet) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sheets)
}
