package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"briefing/internal/dossier"
)

// dialect is the version of JSON Schema.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// A node is a schema. Its fields are the keywords that are used here.
type node struct {
	Dialect     string           `json:"$schema,omitempty"`
	Ref         string           `json:"$ref,omitempty"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Type        any              `json:"type,omitempty"`
	Enum        []string         `json:"enum,omitempty"`
	Pattern     string           `json:"pattern,omitempty"`
	MaxLength   int              `json:"maxLength,omitempty"`
	Minimum     *int             `json:"minimum,omitempty"`
	Maximum     *int             `json:"maximum,omitempty"`
	Examples    []string         `json:"examples,omitempty"`
	Items       *node            `json:"items,omitempty"`
	MinItems    int              `json:"minItems,omitempty"`
	Unique      bool             `json:"uniqueItems,omitempty"`
	Properties  map[string]*node `json:"properties,omitempty"`
	// Additional is false in every object: an unknown key is a problem.
	Additional *bool               `json:"additionalProperties,omitempty"`
	MinKeys    int                 `json:"minProperties,omitempty"`
	Required   []string            `json:"required,omitempty"`
	Needs      map[string][]string `json:"dependentRequired,omitempty"`
	AnyOf      []*node             `json:"anyOf,omitempty"`
	AllOf      []*node             `json:"allOf,omitempty"`
	Not        *node               `json:"not,omitempty"`
	Defs       map[string]*node    `json:"$defs,omitempty"`
}

// JSON returns the schema of a subject by JSON Schema, draft 2020-12, with a final newline. It describes front matter as a YAML parser
// hands it over, where 2025 is a number and 2025-06 a text: the decoder reads both as they are written.
func JSON(subject string) []byte {
	root := object(table(subject))
	root.Dialect, root.Title, root.Defs = dialect, title(subject), definitions()
	root.Description = "The front matter of " + where(subject) + "."
	if subject == Site {
		root.Description = "What stands in " + where(subject) + "."
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic(fmt.Sprintf("internal error: a schema is no JSON: %v", err))
	}
	return b.Bytes()
}

// object returns the schema of a table.
func object(t dossier.Table) *node {
	closed := false
	n := &node{Type: "object", Properties: map[string]*node{}, Additional: &closed, MinKeys: 1}
	for _, f := range t {
		p := slot(f.Slot)
		p.Description = f.Doc
		// An example of a list or a record is written as YAML, which is no value of JSON.
		if _, ok := f.Slot.(dossier.Scalar); ok && f.Example != "" {
			p.Examples = []string{strings.Trim(f.Example, `"`)}
		}
		n.Properties[f.Key] = p
		n.rules(f)
	}
	return n
}

// rules adds what a field demands of its neighbours.
func (n *node) rules(f dossier.Field) {
	if f.Required {
		n.Required = append(n.Required, f.Key)
	}
	if f.Unless != nil {
		// One of the keys must be there: several may.
		one := &node{AnyOf: []*node{{Required: []string{f.Key}}}}
		for _, other := range f.Unless {
			one.AnyOf = append(one.AnyOf, &node{Required: []string{other}})
		}
		n.AllOf = append(n.AllOf, one)
	}
	for _, other := range f.Excludes {
		n.AllOf = append(n.AllOf, &node{Not: &node{Required: []string{f.Key, other}}})
	}
	if f.Needs != "" {
		if n.Needs == nil {
			n.Needs = map[string][]string{}
		}
		n.Needs[f.Key] = []string{f.Needs}
	}
}

// slot returns the schema of what a slot takes.
func slot(s dossier.Slot) *node {
	switch s := s.(type) {
	case dossier.Scalar:
		return scalar(s)
	case dossier.Sequence:
		item := s.Next(1)
		// Of ids and other names none may stand twice; two texts may happen to be alike.
		one, _ := item.(dossier.Scalar)
		list := &node{Type: "array", Items: slot(item), MinItems: 1, Unique: one.Type.Names()}
		if s.OrOne {
			return &node{AnyOf: []*node{slot(item), list}}
		}
		return list
	case dossier.Record:
		t := s.Table()
		if i := t.Index(s.Short); i >= 0 {
			return &node{AnyOf: []*node{slot(t[i].Slot), object(t)}}
		}
		return object(t)
	}
	panic(fmt.Sprintf("internal error: no schema of %T", s))
}

// scalar returns the schema of a single value: a vocabulary, a text with a bound, or a reference to what all values of the type have in
// common.
func scalar(s dossier.Scalar) *node {
	switch {
	case len(s.Words) > 0:
		return &node{Enum: s.Words}
	case s.MaxChars > 0:
		return &node{Ref: ref(s.Type), MaxLength: s.MaxChars}
	// JSON Schema cannot count words; a pattern of runs of other signs than white space can.
	case s.MaxWords > 0:
		return &node{Ref: ref(s.Type), Pattern: fmt.Sprintf(`^\s*(\S+\s+){0,%d}\S+\s*$`, s.MaxWords-1)}
	}
	return &node{Ref: ref(s.Type)}
}

// ref returns the address of the definition of a type.
func ref(t dossier.Type) string { return "#/$defs/" + definition(t) }

// definition returns the name of the definition of a type.
func definition(t dossier.Type) string { return strings.ReplaceAll(string(t), " ", "-") }

// The patterns that definitions share.
const (
	idPattern    = `[a-z0-9]+(-[a-z0-9]+)*`
	pointPattern = `[0-9]{4}(-[0-9]{2}){0,2}[?~%]?`
)

// definitions returns the schema of each type of value.
func definitions() map[string]*node {
	// Bounds hold for numbers and patterns for texts: JSON Schema asks either only of values of its type.
	zero, one, million, lastYear := 0, 1, 1_000_000, 9999
	text := func(pattern string) *node { return &node{Type: "string", Pattern: pattern} }
	all := map[dossier.Type]*node{
		// A YAML parser takes some texts for something else; the decoder does not.
		dossier.Text:      {Type: []string{"string", "number", "boolean"}, Pattern: `\S`},
		dossier.Integer:   {Type: []string{"integer", "string"}, Minimum: &one, Maximum: &million, Pattern: `^[0-9]+$`},
		dossier.Number:    {Type: []string{"number", "string"}, Minimum: &zero, Pattern: `^[0-9]+(_[0-9]+)*(\.[0-9]+)?$`},
		dossier.Boolean:   {Type: "boolean"},
		dossier.DateType:  {Type: []string{"integer", "string"}, Minimum: &zero, Maximum: &lastYear, Pattern: `^` + pointPattern + `(/(\.\.|` + pointPattern + `)?)?$`},
		dossier.Timestamp: text(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`),
		dossier.Clock:     text(`^([01][0-9]|2[0-3]):[0-5][0-9]$`),
		dossier.Reference: text(`^` + idPattern + `$`),
		dossier.CiteType:  text(`^` + idPattern + `\s*(,.*)?$`),
		dossier.Address:   text(`^https?://[^\s]+$`),
		dossier.Language:  text(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`),
		dossier.Country:   text(`^[A-Z]{2}$`),
		dossier.Money:     text(`^[A-Z]{3}$`),
		dossier.Slug:      text(`^` + idPattern + `$`),
		dossier.FormerID:  text(`^` + idPattern + `$`),
	}
	named := map[string]*node{}
	for t, n := range all {
		n.Description = strings.ToUpper(t.Article()[:1]) + t.Article()[1:] + "."
		named[definition(t)] = n
	}
	return named
}
