package export_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// recorded links the site in testdata that has entries of every kind.
func recorded(t *testing.T) *graph.Graph {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/record.txtar")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := link(t, archive)
	return g
}

// record returns the record of an entry as an independent reader understands it.
func record(t *testing.T, g *graph.Graph, e dossier.Entry) map[string]any {
	t.Helper()
	var b bytes.Buffer
	records := export.NewRecords(g)
	if err := records.Write(&b, e, records.Rows(e), []byte("The *text*.\n")); err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(b.Bytes(), &v); err != nil {
		t.Fatalf("%v in\n%s", err, b.Bytes())
	}
	return v
}

// compare reports keys of a table that a value lacks, and others that it has, at every depth.
func compare(t *testing.T, where string, slot dossier.Slot, v any) (seen []string) {
	t.Helper()
	switch s := slot.(type) {
	case dossier.Sequence:
		list := v.([]any)
		for item := range s.Items {
			seen = append(seen, compare(t, where, item, list[0])...)
			list = list[1:]
		}
	case dossier.Record:
		object, ok := v.(map[string]any)
		if !ok {
			return nil // nothing of it is stated
		}
		if len(object) != len(s.Table()) {
			t.Errorf("%s has the members %v", where, object)
		}
		for _, f := range s.Table() {
			member, ok := object[f.Key]
			if !ok {
				t.Errorf("%s.%s is not in the record", where, f.Key)
				continue
			}
			seen = append(append(seen, where+"."+f.Key), compare(t, where+"."+f.Key, f.Slot, member)...)
		}
	}
	return seen
}

// A key that an entry may have, and a column of its tables, is in its record, whether a value is known or not.
func TestARecordHasEveryKeyAndEveryColumn(t *testing.T) {
	g := recorded(t)
	tables := data.Tables(g, page.DataAddresses(g))
	kinds := map[dossier.Kind]bool{}
	var seen []string
	for _, e := range g.All() {
		head := e.Base()
		kinds[head.Kind] = true
		r := record(t, g, e)
		seen = append(seen, compare(t, string(head.Kind), dossier.Record{Table: e.Table}, r["front_matter"])...)
		for _, table := range tables {
			rows, there := r["tables"].(map[string]any)[table.Name].([]any)
			if there != (table.Kind == head.Kind) {
				t.Errorf("the record of the %s %s has the table %s: %t", head.Kind, head.ID, table.Name, there)
			}
			for _, row := range rows {
				for _, c := range table.Columns {
					if _, ok := row.(map[string]any)[c.Name]; !ok {
						t.Errorf("the record of %s lacks %s.%s", head.ID, table.Name, c.Name)
					}
				}
			}
		}
	}
	if len(kinds) != len(dossier.Kinds) {
		t.Errorf("the site has entries of the kinds %v alone", kinds)
	}
	for _, key := range []string{"event.attendance.mode", "pledge.steps.amount.currency", "event.outcomes.versions.text", "source.archive.url"} {
		if !slices.Contains(seen, key) {
			t.Errorf("no entry of the site has %s, so that it is not tested", key)
		}
	}
}

// The rows of a record are those of the tables: added up over all entries they are the tables.
func TestTheRowsOfRecordsAreThoseOfTheTables(t *testing.T) {
	g := recorded(t)
	for _, table := range data.Tables(g, page.DataAddresses(g)) {
		if table.Kind == "" {
			continue
		}
		var b bytes.Buffer
		if err := export.JSON(&b, &table, table.Parts[0]); err != nil {
			t.Fatal(err)
		}
		var want, got []any
		if err := json.Unmarshal(b.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		for _, e := range g.All() {
			if e.Base().Kind == table.Kind {
				got = append(got, record(t, g, e)["tables"].(map[string]any)[table.Name].([]any)...)
			}
		}
		sorted := func(list []any) []string {
			var texts []string
			for _, v := range list {
				text, _ := json.Marshal(v)
				texts = append(texts, string(text))
			}
			slices.Sort(texts)
			return texts
		}
		if !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("%s: the records have %d rows, or others than the table's %d", table.Name, len(got), len(want))
		}
	}
}

// TestWhatARecordSays looks up values by their path.
func TestWhatARecordSays(t *testing.T) {
	g := recorded(t)
	citation := func(locator any) any { return []any{map[string]any{"source": "letter", "locator": locator}} }
	for _, test := range []struct {
		id   dossier.ID
		path []any
		want any
	}{
		{"north", []any{"title"}, `North "the <b>cold</b>" & {brace} \back`},
		{"north", []any{"front_matter", "aliases", 0}, "old-north"},
		{"north", []any{"front_matter", "draft"}, false},
		{"north", []any{"front_matter", "code"}, "NO"},
		{"first", []any{"url"}, "https://example.org/events/first/"},
		{"first", []any{"updated"}, "2026-02-01T09:00:00Z"},
		{"first", []any{"version"}, 2.0},
		{"first", []any{"front_matter", "date"}, "2025-06~"},
		{"first", []any{"front_matter", "number"}, 7.0},
		{"first", []any{"front_matter", "chairs", 0}, "north"},
		{"first", []any{"front_matter", "time"}, nil},
		{"first", []any{"front_matter", "attendance", 0, "source"}, citation("p. 2")},
		{"first", []any{"tables", "events", 0, "date_last"}, "2025-06-30"},
		{"first", []any{"markdown"}, "The *text*.\n"},
		{"first", []any{"html"}, `<p>The <a href="https://example.org/actors/north/">state</a> said so` +
			`<a href="https://example.org/sources/letter/">[letter, p. 3]</a> and <a href="https://example.org/data/">more</a>.</p>` + "\n" +
			`<h2 id="length"><a class="self" href="https://example.org/events/first/#length">Length</a></h2>` + "\n" + `<p>See <a href="https://example.org/events/first/#length">there</a>, <img src="https://example.org/plan.png" alt="plan">.</p>` + "\n"},
		{"first", []any{"sources", 0, "csl", "URL"}, "https://league.example/a%20letter?x=1&y=2"},
		{"first", []any{"sources", 0, "citation"}, "B. Author, “A letter”, The league, 5 June 2025, https://league.example/a%20letter?x=1&y=2"},
		{"first", []any{"links", "markdown"}, "https://example.org/events/first/index.md"},
		{"first", []any{"site", "time_zone"}, "Europe/Brussels"},
		{"boats", []any{"front_matter", "amount", "value"}, "1234567890123.1"},
		{"boats", []any{"front_matter", "donors", 0, "actor"}, "north"},
		{"boats", []any{"front_matter", "steps", 0, "amount", "min"}, "1"},
		{"boats", []any{"front_matter", "steps", 1, "amount"}, nil},
		{"boats", []any{"front_matter", "steps", 1, "final"}, true},
		{"boats", []any{"tables", "pledges", 0, "stage"}, "delivered"},
		{"boats", []any{"tables", "shares", 0, "counted"}, true},
		{"report", []any{"tables"}, map[string]any{}},
		{"report", []any{"site", "licence", "name"}, "CC BY 4.0"},
		{"june", []any{"url"}, "https://example.org/timeline/2025/06/"},
	} {
		e, ok := g.Lookup(test.id)
		if !ok {
			t.Fatalf("no %s", test.id)
		}
		got := any(record(t, g, e))
		for _, step := range test.path {
			switch step := step.(type) {
			case string:
				got = got.(map[string]any)[step]
			case int:
				got = got.([]any)[step]
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", test.id, test.path, diff)
		}
	}
}
