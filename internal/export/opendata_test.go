package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// adversarial links the site in testdata that is hard to write into tables.
func adversarial(t *testing.T) (*graph.Graph, []page.Page) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/data.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return link(t, archive)
}

// csvRows returns the rows of a CSV file as an independent reader understands it, the names of the columns first.
func csvRows(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// undone takes away what the rules of the open data say was put before a cell.
func undone(s string) string { return strings.TrimPrefix(s, "'") }

// unjoined divides a cell into the items of its list, by the rules of the open data.
func unjoined(s string) []string {
	if s == "" {
		return nil
	}
	items := []string{""}
	for i := 0; i < len(s); i++ {
		last := &items[len(items)-1]
		switch {
		case s[i] == '\\':
			i++
			*last += s[i : i+1]
		case s[i] == ';':
			items = append(items, "")
		default:
			*last += s[i : i+1]
		}
	}
	return items
}

// Every cell of every CSV file, once what was put before it is taken away, is that of the table. Readers of CSV take CRLF within a cell
// for LF.
func TestCSVReadsBackAsTheTables(t *testing.T) {
	g, pages := adversarial(t)
	for _, table := range data.Tables(g, page.DataAddresses(g)) {
		name := "data/" + table.Name + ".csv"
		rows := csvRows(t, written(t, g, pages, name))
		for i, c := range table.Columns {
			if rows[0][i] != c.Name {
				t.Errorf("%s: column %d is %q, want %q", name, i, rows[0][i], c.Name)
			}
		}
		n := 0
		for want := range table.Parts[0].Rows {
			n++
			for i, cell := range want {
				got := []string{undone(rows[n][i])}
				switch kind := table.Columns[i].Type; {
				case kind.IsList():
					got = unjoined(undone(rows[n][i]))
				case kind.IsNumber():
					got = []string{rows[n][i]}
				}
				if len(got) == 1 && got[0] == "" {
					got = nil
				}
				if !slices.Equal(got, []string(cell)) {
					t.Errorf("%s: row %d, %s is %q, want %q", name, n, table.Columns[i].Name, got, cell)
				}
			}
		}
		if n != len(rows)-1 || n != table.Parts[0].Count() {
			t.Errorf("%s has %d rows, the table %d, and says %d", name, len(rows)-1, n, table.Parts[0].Count())
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	g, pages := adversarial(t)
	for _, f := range everyFile(g, pages, look) {
		if !strings.HasSuffix(f.Path, ".csv") {
			continue
		}
		for _, row := range csvRows(t, written(t, g, pages, f.Path)) {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") {
					t.Errorf("%s: a spreadsheet takes %q for a formula", f.Path, cell)
				}
			}
		}
	}
}

// The rows that a reader of the adversarial site expects, written out by hand.
func TestCellsAsTheyAreWritten(t *testing.T) {
	g, pages := adversarial(t)
	for _, c := range []struct{ file, row, column, want string }{
		{"actors", "formula", "title", `'=HYPERLINK("https://evil.example","click")`},
		{"actors", "formula", "also_known_as", `'=1+1;a\; b;back\\slash;-;'quoted;🛥️;שלום, עולם;＝1`},
		{"actors", "lines", "short_name", "'-5"},
		{"actors", "apostrophe", "title", "''Apostrophe"},
		{"actors", "arabic", "member_of", "league"},
		{"actors", "league", "updated", "2026-11-03T08:00:00Z"},
		{"events", "talks", "date", "2025-06-24/2025-06-25"},
		{"events", "talks", "date_first", "2025-06-24"},
		{"events", "talks", "date_last", "2025-06-25"},
		{"events", "talks", "date_text", "24 to 25 June 2025"},
		{"events", "talks", "absent", "arabic"},
		{"events", "talks", "attended", "lines"},
		{"events", "talks", "participants_min", "40"},
		{"events", "talks", "participants_max", ""},
		{"events", "talks", "sources", "letter"},
		{"events", "talks", "pledges", "boats"},
		{"events", "talks", "page", "https://data.example/events/talks/"},
		{"pledges", "boats", "donors", "league;lines"},
		{"pledges", "boats", "announced_last", "2025-06-30"},
		{"pledges", "boats", "amount_min", "100"},
		{"pledges", "boats", "amount_max", "200"},
		{"pledges", "boats", "stage", "delivered"},
		{"pledges", "boats", "part", "true"},
		{"pledges", "boats", "counted_min", "100"},
		{"pledges", "boats", "firm", "true"},
		{"pledges", "again", "counted", "false"},
		{"pledges", "again", "counted_reason", "announces again boats"},
		{"pledges", "again", "amount_min", "0"},
		{"pledges", "again", "loan", "true"},
		{"pledges", "mixed", "counted", "true"},
		{"pledges", "mixed", "counted_currency", ""},
		{"pledges", "mixed", "counted_min", ""},
		{"figures", "total", "value_min", ""},
		{"figures", "total", "value_max", "12000"},
		{"figures", "total", "asserted_by", "league"},
		{"sources", "letter", "issued", "2025-06~"},
		{"sources", "radio", "via", "letter"},
		{"corrections", "league", "change", "2"},
		{"corrections", "league", "note", "'-2 was written, it is 2."},
	} {
		rows := csvRows(t, written(t, g, pages, "data/"+c.file+".csv"))
		i := slices.Index(rows[0], c.column)
		at := slices.IndexFunc(rows, func(row []string) bool { return row[0] == c.row })
		if i < 0 || at < 0 || rows[at][i] != c.want {
			t.Errorf("%s, %s, %s: want %q in %q", c.file, c.row, c.column, c.want, rows[max(at, 0)])
		}
	}
}

func TestCSVFollowsRFC4180(t *testing.T) {
	g, pages := adversarial(t)
	text := written(t, g, pages, "data/actors.csv")
	mustHold(t, text, `,"Two, and a ""quotation""",`, "العربية 🇺🇦")
	if strings.HasPrefix(text, "\ufeff") || !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\r\n") != 6 {
		t.Errorf("a byte order mark, or other line ends than CRLF:\n%q", text)
	}
}

// White space of every sort stays as it is. Readers of CSV take CRLF within a cell for LF.
func TestWhiteSpaceInCells(t *testing.T) {
	texts := []string{"\ttab", "\rreturn", "\nline", "two\nlines", "two\r\nlines", " space ", "a\rb", `"`, ",", "'", "a\tb", "\u2028", "=\n"}
	table := data.Table{Columns: []data.Column{{Name: "text", Type: data.Text}, {Name: "list", Type: data.Texts}}}
	part := data.Part{Rows: func(yield func([]data.Cell) bool) {
		for _, s := range texts {
			if !yield([]data.Cell{{s}, {s, s}}) {
				return
			}
		}
	}}
	var b, j bytes.Buffer
	if err := export.CSV(&b, &table, part); err != nil {
		t.Fatal(err)
	}
	if err := export.JSON(&j, &table, part); err != nil {
		t.Fatal(err)
	}
	var objects []struct {
		Text string
		List []string
	}
	if err := json.Unmarshal(j.Bytes(), &objects); err != nil {
		t.Fatal(err)
	}
	for i, row := range csvRows(t, b.String())[1:] {
		want := strings.ReplaceAll(texts[i], "\r\n", "\n")
		if undone(row[0]) != want || !slices.Equal(unjoined(undone(row[1])), []string{want, want}) {
			t.Errorf("CSV has %q for %q", row, want)
		}
		if objects[i].Text != texts[i] || !slices.Equal(objects[i].List, []string{texts[i], texts[i]}) {
			t.Errorf("JSON has %q for %q", objects[i], texts[i])
		}
	}
}

// JSON files hold what the tables hold, texts as they are.
func TestJSONReadsBackAsTheTables(t *testing.T) {
	g, pages := adversarial(t)
	for _, table := range data.Tables(g, page.DataAddresses(g)) {
		var rows []map[string]any
		d := json.NewDecoder(strings.NewReader(written(t, g, pages, "data/"+table.Name+".json")))
		d.UseNumber()
		if err := d.Decode(&rows); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		n := 0
		for want := range table.Parts[0].Rows {
			for i, c := range table.Columns {
				value, ok := rows[n][c.Name]
				if got := shown(value); !ok || got != shown(plainCell(c.Type, want[i])) {
					t.Errorf("%s: row %d, %s is %s, want %s", table.Name, n, c.Name, got, shown(plainCell(c.Type, want[i])))
				}
			}
			n++
		}
		if n != len(rows) {
			t.Errorf("%s: %d rows, want %d", table.Name, len(rows), n)
		}
	}
}

// plainCell returns a cell as JSON has it.
func plainCell(kind data.Type, cell data.Cell) any {
	switch {
	case kind.IsList():
		list := []any{}
		for _, s := range cell {
			list = append(list, s)
		}
		return list
	case len(cell) == 0:
		return nil
	case kind.IsNumber():
		return json.Number(cell[0])
	case kind == data.Boolean:
		return cell[0] == "true"
	}
	return cell[0]
}

// shown returns a value with its type.
func shown(v any) string { return fmt.Sprintf("%T %#v", v, v) }

func TestSourcesAreWrittenForProgramsThatManageReferences(t *testing.T) {
	g, pages := adversarial(t)
	var items []map[string]any
	if err := json.Unmarshal([]byte(written(t, g, pages, "data/sources.csl.json")), &items); err != nil || len(items) != 2 {
		t.Fatalf("%d items: %v", len(items), err)
	}
	if got := fmt.Sprint(items[0]["issued"], items[0]["author"], items[1]["note"]); got != "map[circa:true date-parts:[[2025 6]]] [map[literal:A. and B.] map[literal:Ünï Çödé]]As told by: {Braces} & 100 % of_it \\ $5 #1 ~ ^. Smith & Sons." {
		t.Errorf("CSL: %s", got)
	}
	mustHold(t, written(t, g, pages, "data/sources.bib"),
		"@article{letter,\n", `title = {{\{Braces\} \& 100 \% of\_it \textbackslash{} \$5 \#1 \textasciitilde{} \textasciicircum{}}}`,
		"author = {{A. and B.} and {Ünï Çödé}}", "journal = {Smith \\& Sons}", "date = {2025-06~}", "year = 2025,\n  month = jun,",
		"url = {https://letter.example/a_b?c=%7Bd%7D&e=1#f}", "@misc{radio,\n  title = {{Said on air}}")
	ris := written(t, g, pages, "data/sources.ris")
	mustHold(t, ris, "TY  - NEWS\r\nID  - letter\r\n", "AU  - Ünï Çödé\r\n", "PY  - 2025\r\nDA  - 2025/06//\r\n", "TI  - Said on air\r\n")
	tag := regexp.MustCompile(`^([A-Z][A-Z0-9]  - .*)?$`)
	for line := range strings.SplitSeq(ris, "\r\n") {
		if !tag.MatchString(line) {
			t.Errorf("RIS has the line %q", line)
		}
	}
}

// A site without entries has every table, empty.
func TestASiteWithoutEntriesHasEmptyTables(t *testing.T) {
	g, pages := empty(t)
	for name, want := range map[string]string{"data/pledges.json": "[\n]\n", "data/sources.csl.json": "[\n]\n", "data/sources.bib": "", "data/sources.ris": ""} {
		if got := written(t, g, pages, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if rows := csvRows(t, written(t, g, pages, "data/steps.csv")); len(rows) != 1 {
		t.Errorf("steps: %q", rows)
	}
	mustHold(t, written(t, g, pages, "data/datapackage.json"), `"name": "empty.example"`)
}

// A table of many entries is divided by year. What belongs to a pledge refers to the file of its own year; what may lie in any year has no
// foreign key.
// The package tells of each file as it is, whether it was written before the package or not.
func TestThePackageTellsOfTheFilesThatWereWritten(t *testing.T) {
	g, pages := adversarial(t)
	var first bytes.Buffer
	files := everyFile(g, pages, look)
	packaged := files[slices.IndexFunc(files, func(f export.File) bool { return path.Base(f.Path) == "datapackage.json" })]
	var descriptor struct {
		Resources []struct {
			Path, Hash string
			Bytes      int
		}
	}
	err := packaged.Write(&first)
	if err == nil {
		err = json.Unmarshal(first.Bytes(), &descriptor)
	}
	if err != nil || len(descriptor.Resources) == 0 {
		t.Fatal(err, first.String())
	}
	for _, r := range descriptor.Resources {
		text := written(t, g, pages, data.Folder+r.Path)
		if hash := fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text))); r.Bytes != len(text) || r.Hash != hash {
			t.Errorf("%s has %d bytes and %s, the package says %d and %s", r.Path, len(text), hash, r.Bytes, r.Hash)
		}
	}
	files = everyFile(g, pages, look)
	var last bytes.Buffer
	for _, f := range files {
		last.Reset()
		if err := f.Write(&last); err != nil {
			t.Fatal(err)
		}
	}
	if files[len(files)-1].Path != packaged.Path || last.String() != first.String() {
		t.Error("the package tells something else once the files were written")
	}
}

func TestLongTablesAreDividedByYear(t *testing.T) {
	var entries []dossier.Entry
	for i := range data.MaxRows + 1 {
		date, _ := dossier.ParseDate(fmt.Sprintf("%d-06-04", 2020+i%2))
		entries = append(entries, &dossier.Pledge{
			Head:      dossier.Head{ID: dossier.ID(fmt.Sprintf("p-%d", i)), Kind: dossier.KindPledge, Body: dossier.Blank, Seldom: &dossier.Seldom{}, File: fmt.Sprintf("content/pledges/p-%d.md", i)},
			Announced: dossier.Announcing{Date: date}, Steps: []dossier.Step{{Stage: dossier.Announced, Date: date}}, AsOf: date,
		})
	}
	g, _ := graph.Link(dossier.Site{Title: "Long", BaseURL: "https://long.example"}, entries, graph.Options{})
	total := 0
	var described struct {
		Resources []struct {
			Name   string
			Schema struct {
				ForeignKeys []struct{ Fields, Reference any }
			}
		}
	}
	for _, f := range everyFile(g, nil, look) {
		if !strings.HasPrefix(f.Path, data.Folder) {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		switch f.Path {
		case "data/pledges-2020.csv", "data/pledges-2021.csv":
			total += len(csvRows(t, b.String())) - 1
		case "data/pledges.csv", "data/steps.csv":
			t.Errorf("%s is not divided", f.Path)
		case "data/datapackage.json":
			if err := json.Unmarshal(b.Bytes(), &described); err != nil {
				t.Fatal(err)
			}
		}
	}
	if total != len(entries) {
		t.Errorf("the files have %d pledges, want %d", total, len(entries))
	}
	for _, r := range described.Resources {
		got := fmt.Sprint(r.Schema.ForeignKeys)
		switch r.Name {
		case "steps-2021":
			if want := "[{pledge map[fields:id resource:pledges-2021]}]"; got != want {
				t.Errorf("steps of 2021: %s, want %s", got, want)
			}
		case "pledges-2021":
			if want := "[{event map[fields:id resource:events]}]"; got != want {
				t.Errorf("pledges of 2021: %s, want %s", got, want)
			}
		}
	}
}

// Every cell holds what its column promises to programs.
func TestCellsKeepThePromisesOfTheirColumns(t *testing.T) {
	hard, _ := adversarial(t)
	words := 0
	for _, g := range []*graph.Graph{hard, recorded(t)} {
		for _, table := range data.Tables(g, page.DataAddresses(g)) {
			seen := map[string]bool{}
			for row := range table.Parts[0].Rows {
				for i, c := range table.Columns {
					where := fmt.Sprintf("%s.%s: %q", table.Name, c.Name, row[i])
					switch {
					case len(row[i]) == 0 && c.Required:
						t.Errorf("%s is empty", where)
					case len(row[i]) == 0 || c.Type.IsList():
						continue
					case c.Words != nil && !slices.Contains(c.Words, row[i][0]):
						t.Errorf("%s is not one of %v", where, c.Words)
					case c.Form != "" && !regexp.MustCompile("^(?:"+c.Form+")$").MatchString(row[i][0]):
						t.Errorf("%s is not of the form %s", where, c.Form)
					case c.Unique && seen[row[i][0]]:
						t.Errorf("%s is there twice", where)
					}
					if c.Unique && len(row[i]) > 0 {
						seen[row[i][0]] = true
					}
					if c.Words != nil {
						words++
					}
				}
			}
		}
	}
	if words == 0 {
		t.Error("no column has a list of words")
	}
}

// Actors have no date and sources may have none: they are divided by what each has.
func TestLongTablesOfActorsAndSourcesAreDivided(t *testing.T) {
	var entries []dossier.Entry
	for i := range data.MaxRows + 1 {
		head := func(kind dossier.Kind) dossier.Head {
			id := fmt.Sprintf("%c-%s-%d", 'a'+i%2, kind, i)
			return dossier.Head{ID: dossier.ID(id), Kind: kind, Body: dossier.Blank, Seldom: &dossier.Seldom{}, Title: id, File: "content/" + kind.Folder() + "/" + id + ".md"}
		}
		sort := []dossier.ActorKind{dossier.Person, dossier.State}[i%2]
		entries = append(entries, &dossier.Actor{Head: head(dossier.KindActor), Sort: sort}, &dossier.Source{Head: head(dossier.KindSource), Type: "report"})
	}
	g, _ := graph.Link(dossier.Site{Title: "Long", BaseURL: "https://long.example"}, entries, graph.Options{})
	var names []string
	rows := 0
	for _, table := range data.Tables(g, page.DataAddresses(g)) {
		if table.Name == "actors" || table.Name == "sources" {
			for _, part := range table.Parts {
				names = append(names, part.Name)
				rows += part.Count()
			}
		}
	}
	if want := []string{"actors-person", "actors-state", "sources-a", "sources-b"}; !slices.Equal(names, want) || rows != len(entries) {
		t.Errorf("%d rows in %v, want %v", rows, names, want)
	}
}
