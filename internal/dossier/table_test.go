package dossier

import (
	"reflect"
	"slices"
	"testing"
)

// A sheet is a table and the value that its slots set.
type sheet struct {
	name  string
	value reflect.Value // the struct
	table Table
}

// sheets returns the table of every kind of entry and of the site, and those of the records within them, each once.
func sheets() []sheet {
	var all []sheet
	seen := map[reflect.Type]bool{}
	var add func(v any)
	add = func(v any) {
		value := reflect.ValueOf(v).Elem()
		if seen[value.Type()] {
			return
		}
		seen[value.Type()] = true
		all = append(all, sheet{value.Type().Name(), value, v.(tabled).Table()})
		for i := range value.NumField() {
			field := value.Field(i)
			typ := field.Type()
			if typ.Kind() == reflect.Slice {
				typ = typ.Elem()
			}
			if nested, ok := reflect.New(typ).Interface().(tabled); ok && !value.Type().Field(i).Anonymous {
				add(nested)
			}
		}
	}
	for _, k := range Kinds {
		add(New(k))
	}
	add(&Site{})
	return all
}

// TestTables checks what every table promises to the decoder, to templates of new entries and to the documentation of fields.
func TestTables(t *testing.T) {
	all := sheets()
	if len(all) < 20 {
		t.Fatalf("only %d tables", len(all))
	}
	for _, s := range all {
		keys := map[string]bool{}
		for _, f := range s.table {
			where := s.name + "." + f.Key
			if f.Key == "" || keys[f.Key] {
				t.Errorf("%s: no key, or a key for the second time", where)
			}
			keys[f.Key] = true
			if n := len(f.Doc); n == 0 || f.Doc[n-1] != '.' {
				t.Errorf("%s: %q is no sentence", where, f.Doc)
			}
			if f.Slot == nil {
				t.Errorf("%s has no slot", where)
			}
			if (f.Required || f.Unless != nil) && f.Example == "" && !nested(f.Slot) {
				t.Errorf("%s is required, and has no example", where)
			}
			for _, other := range append(slices.Concat(f.Unless, f.Excludes), f.Needs) {
				if other != "" && s.table.Index(other) < 0 {
					t.Errorf("%s speaks of the key %q, which there is not", where, other)
				}
			}
			if scalar, ok := f.Slot.(Scalar); ok && f.Example != "" && scalar.Type != Clock {
				if fault := scalar.Set(f.Example); fault != nil {
					t.Errorf("%s: the example: %s", where, fault.Msg)
				}
				if scalar.Words != nil && !slices.Contains(scalar.Words, f.Example) {
					t.Errorf("%s: the example is not one of its words", where)
				}
			}
		}
	}
}

func nested(slot Slot) bool {
	if s, ok := slot.(Sequence); ok {
		slot = s.Next(1)
	}
	_, ok := slot.(Record)
	return ok
}

// unset are the fields that no key sets: those that come from the file's name, its folder, its body, or from other fields.
var unset = []string{
	"Head.ID", "Head.Kind", "Head.File", "Head.Body", "Head.Broken", "Event.NumberAt", "Brief.NumberAt", "Announcing.At", "Alias.At", "NavItem.At", "Site.Location",
	"Claim.StandingAt", "Step.StandingAt", "Figure.StandingAt",
}

// values are texts that slots take, by their type.
var values = map[Type]string{
	Text: "words", Integer: "7", Number: "7", Boolean: "true", DateType: "2025-06-04", Timestamp: "2025-06-04T12:00:00Z", Clock: "14:30",
	Reference: "an-id", CiteType: "an-id, p. 2", Address: "https://example.org/a", Language: "en", Country: "UA", Money: "EUR", Slug: "a-word", FormerID: "an-id",
}

// TestFieldsAreReachable checks that the keys of each table, between them, set every field of their struct.
func TestFieldsAreReachable(t *testing.T) {
	for _, s := range sheets() {
		for _, f := range s.table {
			fill(t, s.name+"."+f.Key, f.Slot)
		}
		for _, name := range zeros(s.value, s.name) {
			if !slices.Contains(unset, name) {
				t.Errorf("no key of %s sets %s", s.name, name)
			}
		}
	}
}

// TestSlotsGiveWhatTheyTook checks each key on its own; records within others are sheets too.
func TestSlotsGiveWhatTheyTook(t *testing.T) {
	for i, s := range sheets() {
		for j, f := range s.table {
			where := s.name + "." + f.Key
			slot := sheets()[i].table[j].Slot
			list, isList := slot.(Sequence)
			if isList {
				slot = list.Next(1)
			}
			scalar, ok := slot.(Scalar)
			if !ok {
				continue
			}
			if got := scalar.Get(); got != "" && got != "false" {
				t.Errorf("%s gives %q, and took nothing", where, got)
			}
			want := take(t, where, scalar)
			if isList {
				list.Keep()
				list.Next(1)
				if n := len(slices.Collect(list.Items)); n != 1 {
					t.Errorf("%s: %d items", where, n)
				}
			}
			if got := scalar.Get(); got != want {
				t.Errorf("%s gives %q, and took %q", where, got, want)
			}
		}
	}
}

// fill sets the slot, and for a list one item.
func fill(t *testing.T, where string, slot Slot) {
	switch s := slot.(type) {
	case Scalar:
		take(t, where, s)
	case Sequence:
		fill(t, where, s.Next(1))
		s.Keep()
	case Record:
		for _, f := range s.Table() {
			fill(t, where+"."+f.Key, f.Slot)
		}
	}
}

// take gives the slot a text that it takes, and returns that.
func take(t *testing.T, where string, s Scalar) string {
	t.Helper()
	text := values[s.Type]
	if len(s.Words) > 0 {
		text = s.Words[0]
	}
	if s.Words == nil && text == "" {
		t.Fatalf("%s: no value for the type %q", where, s.Type)
	}
	// Some texts have a form of their own.
	for _, text := range []string{text, "https://example.org", "Europe/Brussels", "example.org,2026"} {
		fault := s.Set(text)
		if fault == nil {
			return text
		}
		if fault.Hint == "" {
			t.Errorf("%s: %+v", where, fault)
		}
	}
	t.Errorf("%s takes none of the texts", where)
	return ""
}

// zeros returns the exported fields of v that are zero, by the struct that declares them.
func zeros(v reflect.Value, owner string) []string {
	var names []string
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case field.Anonymous:
			names = append(names, zeros(reflect.Indirect(v.Field(i)), field.Name)...)
		case v.Field(i).IsZero():
			names = append(names, owner+"."+field.Name)
		}
	}
	return names
}

func TestKinds(t *testing.T) {
	for _, k := range Kinds {
		e := New(k)
		if e.Base().Kind != k || e.Card().Kind != k {
			t.Errorf("New(%q) is of another kind", k)
		}
		if got, ok := KindOf(k.Folder()); !ok || got != k {
			t.Errorf("the folder of %q is of kind %q", k, got)
		}
	}
	if _, ok := KindOf("event"); ok {
		t.Error("event/ is no folder of entries")
	}
	if got := Of(KindActor, KindEvent).String(); got != "actor or event" {
		t.Errorf("got %q", got)
	}
	for id, want := range map[ID]bool{
		"udcg-28": true, "2025-06-04": true, "a": true, "": false, "-a": false, "a-": false, "a--b": false, "A": false, "a_b": false, "é": false, "a b": false,
	} {
		if id.Valid() != want {
			t.Errorf("%q is an id: %v", id, !want)
		}
	}
}
