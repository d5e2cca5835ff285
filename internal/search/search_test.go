package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// folded are texts and the words that they fold to. The test of the page asks the same of its script.
func folded(t *testing.T) map[string][]string {
	t.Helper()
	src, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var list map[string][]string
	if err := json.Unmarshal(src, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWords(t *testing.T) {
	for text, want := range folded(t) {
		got := []string{}
		wordsOf(appendFolded(nil, text), func(w []byte) { got = append(got, string(w)) })
		if !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for date, want := range map[string]string{
		"2025-06-04": "2025-06-04", "2025-06-04~": "2025-06-04", "2025-06": "2025-06", "2025": "2025", "2025-06-30/2025-07-02": "2025-06-30 2025-07-01 2025-07-02",
		"2025-06-04/..": "2025-06-04", "2025-01/2025-03": "2025-01 2025-03", "2025-01-01/2025-12-31": "2025-01-01 2025-12-31", "2025/2029": "2025 2029",
	} {
		d, fault := dossier.ParseDate(date)
		if fault != nil {
			t.Fatal(fault)
		}
		var got []string
		days(d, func(term string) { got = append(got, term) })
		if strings.Join(got, " ") != want {
			t.Errorf("%s has the terms %v, want %s", date, got, want)
		}
	}
}

// linked links entries, given as a file name and what stands in the file, and returns the graph and its pages.
func linked(t *testing.T, files map[string]string, reversed bool) (*graph.Graph, []page.Page) {
	t.Helper()
	var entries []dossier.Entry
	for name, text := range files {
		head := "title: " + strings.TrimSuffix(name[strings.Index(name, "/")+1:], ".md") + "\nsummary: A summary.\n"
		if strings.HasPrefix(text, "title:") {
			head = "summary: A summary.\n"
		}
		e, problems := content.Parse("content/"+name, []byte("---\npublished: 2026-01-01T00:00:00Z\n"+head+text))
		for _, p := range problems {
			t.Error(p)
		}
		entries = append(entries, e)
	}
	if reversed {
		slices.Reverse(entries)
	}
	config := dossier.Site{Title: "Site", Description: "A site.", BaseURL: "https://example.org"}
	config.Check(nil)
	g, problems := graph.Link(config, entries, graph.Options{})
	for _, p := range problems {
		t.Error(p)
	}
	return g, page.Plan(g)
}

const source = "type: webpage\npublisher: The Herald\nissued: 2025-06-05\nurl: https://example.org/x\nlanguage: en\nclass: media\n---\n"

// some are entries of each sort that matters here.
var some = map[string]string{
	"sources/s.md":       "title: A report\n" + source,
	"actors/dovile.md":   "title: Dovilė Šakalienė\nshort_name: DŠ\nalso_known_as: [Довіле Шакалєне]\nkind: person\nsources: [s]\n---\nShe spoke of [[boats]].\n",
	"actors/land.md":     "title: Land\nkind: state\ncode: LT\nsources: [s]\n---\n",
	"events/talks.md":    "title: Talks on boats\nkind: talks\ndate: 2025-06-04\nkey: Boats were agreed\nactors: [land]\noutcomes: [{text: Nine dinghies., source: s}]\nsources: [s]\n---\nThe *harbour* was full.\n\n| A | B |\n|---|---|\n| left | right |\n",
	"events/later.md":    "title: Later talks\nkind: talks\ndate: 2025-07-01\nsources: [s]\n---\nDinghies.\n",
	"events/secret.md":   "title: A secret draft\nkind: talks\ndate: 2025-07-02\ndraft: true\nsources: [s]\n---\n",
	"events/gone.md":     "title: Withdrawn talks\nkind: talks\ndate: 2025-07-02\nwithdrawn: {at: 2026-02-01T00:00:00Z, reason: No.}\nsources: [s]\n---\n",
	"pledges/boats.md":   "title: Nine boats\ndonors: [land]\nrecipient: dovile\nannounced: {date: 2025-06-04, event: talks}\ncategory: military\nsteps: [{stage: announced, date: 2025-06-04, source: s}, {stage: committed, date: 2025-08-09, source: s}]\nas_of: 2025-09-01\nsources: [s]\n---\n",
	"pages/june-page.md": "title: June\ntimeline: 2025-06\n---\n",
}

// A reader is the index as its files tell it.
type reader struct {
	top
	files map[string][]byte
	rows  [][]string
	terms map[string][]uint32
	cut   map[string]int
}

// read reads the files of an index back.
func read(t *testing.T, files map[string][]byte) *reader {
	t.Helper()
	r := &reader{files: files, terms: map[string][]uint32{}, cut: map[string]int{}}
	decode := func(name string, v any) {
		if err := json.Unmarshal(files[name], v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	decode("index.json", &r.top)
	for i := 0; len(r.rows) < r.Docs; i++ {
		var rows [][]string
		decode(blockName(i), &rows)
		r.rows = append(r.rows, rows...)
	}
	last := ""
	for i, first := range r.Shards {
		var shard []json.RawMessage
		decode(shardName(i), &shard)
		for j := 0; j < len(shard); j += 2 {
			var word string
			var steps []int
			if json.Unmarshal(shard[j], &word) != nil || json.Unmarshal(shard[j+1], &steps) != nil {
				t.Fatalf("%s: %s", shardName(i), shard[j])
			}
			if word <= last || j == 0 && word != first {
				t.Errorf("%s begins with %q, and %q follows %q", shardName(i), first, word, last)
			}
			last = word
			r.enter(word, steps)
		}
	}
	return r
}

// enter enters the postings of a term.
func (r *reader) enter(word string, steps []int) {
	if steps[0] < 0 {
		r.cut[word], steps = -steps[0], steps[1:]
	}
	sum := 0
	for _, s := range steps {
		sum += s
		r.terms[word] = append(r.terms[word], uint32(sum))
	}
}

// find returns the addresses of the documents that have a term, each with the field.
func (r *reader) find(term string) []string {
	var list []string
	for _, p := range r.terms[term] {
		list = append(list, fmt.Sprintf("%s %d", r.rows[p/uint32(fields)][0], p%uint32(fields)))
	}
	return list
}

func TestTheIndexFindsWhatEntriesSay(t *testing.T) {
	g, pages := linked(t, some, false)
	r := read(t, made(g, pages, 3, 4))
	for term, want := range map[string][]string{
		"sakaliene":  {"/actors/dovile/ 4"},
		"шакалєне":   {"/actors/dovile/ 2"},
		"lt":         {"/actors/land/ 2"},
		"boats":      {"/events/talks/ 3", "/pledges/boats/ 3", "/actors/dovile/ 0"},
		"dinghies":   {"/events/talks/ 1", "/events/later/ 0"},
		"harbour":    {"/events/talks/ 0"},
		"left":       {"/events/talks/ 0"},
		"right":      {"/events/talks/ 0"},
		"leftright":  nil,
		"herald":     {"/sources/s/ 1"},
		"2025-06-04": {"/events/talks/ 3", "/pledges/boats/ 3"},
		"2025-08-09": {"/pledges/boats/ 3"},
		"2025-06-05": {"/sources/s/ 1"},
		"2025-06":    {"/timeline/2025/06/ 4"},
		"secret":     nil,
		"withdrawn":  nil,
	} {
		if got := r.find(term); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", term, got, want)
		}
	}
	for i, row := range r.rows {
		if kind := r.Kinds[r.Kind[i]-'a']; row[0] == "/pledges/boats/" && (kind != "pledge" || r.Stages[r.Stage[i]-'a'] != "committed" || row[3] != "4 June 2025" || row[1] != "pledge, committed") {
			t.Errorf("%q is a %s", row, kind)
		}
	}
	if first := r.rows[0][0]; first != "/events/talks/" {
		t.Errorf("the first document is %s, not the key event", first)
	}
	var cast struct {
		ids  []string
		docs [][]int
	}
	if err := json.Unmarshal(r.files["actors.json"], &[]any{&cast.ids, new([]string), &cast.docs}); err != nil || len(cast.docs) != r.Docs || !slices.Contains(cast.ids, "land") {
		t.Errorf("actors %v of %d documents: %v", cast.ids, len(cast.docs), err)
	}
}

func TestTheIndexDependsOnNoOrder(t *testing.T) {
	g, pages := linked(t, some, false)
	want := made(g, pages, 3, 4)
	for range 3 { // the order of a map is another each time
		g, pages := linked(t, some, true)
		if d := cmp.Diff(want, made(g, pages, 3, 4)); d != "" {
			t.Fatal(d)
		}
	}
}

// made returns the content of all files of an index.
func made(g *graph.Graph, pages []page.Page, blocks, shards int) map[string][]byte {
	files := map[string][]byte{}
	for name, content := range build(g, pages).files(blocks, shards) {
		files[name] = content()
	}
	return files
}

// many returns a site in which one word stands in all texts and another in all titles.
func many(t *testing.T, n int) (*graph.Graph, []page.Page) {
	t.Helper()
	files := map[string]string{"sources/s.md": some["sources/s.md"]}
	for i := range n {
		files[fmt.Sprintf("events/event-%d.md", i)] = fmt.Sprintf(
			"title: Talks of day %d\nkind: talks\ndate: %04d-06-04\nsources: [s]\n---\nThe ministers spoke, as word%d said.\n", i, 900+i, i)
	}
	return linked(t, files, false)
}

func TestATermOfVeryManyDocumentsKeepsTheFirst(t *testing.T) {
	const n = textLimit + 100
	g, pages := many(t, n)
	r := read(t, made(g, pages, 40, 20))
	if got := len(r.terms["ministers"]); got != textLimit || r.cut["ministers"] != n {
		t.Errorf("the word of all texts has %d documents and tells of %d", got, r.cut["ministers"])
	}
	if len(r.terms["talks"]) != n || r.cut["talks"] != 0 {
		t.Errorf("the word of all titles has %d documents", len(r.terms["talks"]))
	}
	if r.find("ministers")[0] != fmt.Sprintf("/events/event-%d/ 0", n-1) {
		t.Errorf("the first document of it is %s", r.find("ministers")[0])
	}
}

func TestFilesAreThoseThatWereNamed(t *testing.T) {
	g, pages := many(t, 100)
	for _, f := range Files(g, pages) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil || !json.Valid(b.Bytes()) {
			t.Errorf("%s: %v: %s", f.Path, err, b.Bytes())
		}
	}
	blocks, shards := min(maxBlocks, ceil(1_000_000, blockSize)), min(maxShards, ceil(1_000_000, docsPerShard))
	if n := len(names(blocks, shards)); n > 4_700 {
		t.Errorf("the index of a very large site takes %d files", n)
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("The ministers met at Ramstein on 4 June 2025; Germany's pledge (EUR 5 billion) was confirmed, they said. ", 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var folded []byte
	for b.Loop() {
		folded = appendFolded(folded[:0], text)
		wordsOf(folded, func([]byte) {})
	}
}
