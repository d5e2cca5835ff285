package graph

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// ratesFile is the file of an archive that holds its rates.
const ratesFile = "content/rates.csv"

// A parsedFile is what content.Parse makes of one file.
type parsedFile struct {
	entry    dossier.Entry
	problems diag.List
}

// parsed holds every file that a test has read, by its name and its text. To parse one file reads that file alone, and nobody
// changes an entry, so that sites may share their entries; a Link that changed one would change the sites that come after.
var parsed = map[string]parsedFile{}

// parse parses a file, or remembers what came of it.
func parse(f txtar.File) (dossier.Entry, diag.List) {
	key := f.Name + "\x00" + string(f.Data)
	p, ok := parsed[key]
	if !ok {
		p.entry, p.problems = content.Parse(f.Name, f.Data)
		parsed[key] = p
	}
	return p.entry, p.problems
}

// load parses and links the content files of an archive, and returns all problems, sorted.
func load(files []txtar.File, options Options) (*Graph, diag.List) {
	var entries []dossier.Entry
	var problems diag.List
	for _, f := range files {
		switch {
		case f.Name == ratesFile:
			var list diag.List
			options.Rates, list = content.ParseRates(f.Name, f.Data)
			problems = append(problems, list...)
		case strings.HasPrefix(f.Name, "content/"):
			e, list := parse(f)
			entries, problems = append(entries, e), append(problems, list...)
		}
	}
	g, list := Link(dossier.Site{Currencies: []string{"EUR", "USD"}}, entries, options)
	problems = append(problems, list...)
	problems.Sort()
	return g, problems
}

// printed returns problems as an editor sees them.
func printed(t *testing.T, problems diag.List, files []txtar.File) string {
	t.Helper()
	sources := map[string][]byte{}
	for _, f := range files {
		sources[f.Name] = f.Data
	}
	var b bytes.Buffer
	if err := diag.Print(&b, problems, func(name string) []byte { return sources[name] }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// result compares got with the named file of the archive; -update rewrites it there instead.
func result(t *testing.T, file string, a *txtar.Archive, name, got string) {
	t.Helper()
	for i := range a.Files {
		if a.Files[i].Name != name {
			continue
		}
		if *update {
			a.Files[i].Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(a.Files[i].Data), got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", filepath.Base(file), name, diff)
		}
		return
	}
	t.Fatalf("%s has no %s", file, name)
}

// TestBroken shows every problem of a site full of faults, as an editor sees them. Read the file want.problems when it changes: is
// the place right, does the caret stand under the culprit, does the hint say what to do?
func TestBroken(t *testing.T) {
	for _, file := range []string{"testdata/broken.txt", "testdata/contradictions.txt", "testdata/rates.txt"} {
		allBroken(t, file)
	}
}

// allBroken shows every problem of one site.
func allBroken(t *testing.T, file string) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, problems := load(a.Files, Options{})
	result(t, file, a, "want.problems", printed(t, problems, a.Files))
	faulty := map[string]bool{}
	for _, p := range problems {
		faulty[p.File] = true
		if p.Code == "" || p.Msg == "" || p.Hint == "" {
			t.Errorf("%s lacks its code, its message or its hint", p)
		}
		if strings.Contains(p.Msg, "go-yaml") || strings.Contains(p.Msg, "cannot be read:") {
			t.Errorf("%s is not in our words", p)
		}
	}
	t.Logf("%d problems in %d files", len(problems), len(faulty))
}
