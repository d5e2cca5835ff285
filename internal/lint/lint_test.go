package lint

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// checked returns what the linter finds in the content files of an archive, which must have no other problems.
func checked(t *testing.T, archive *txtar.Archive) diag.List {
	t.Helper()
	site := dossier.Site{Language: "en-GB", Severities: map[diag.Code]diag.Severity{diag.NoArchive: diag.Warning, diag.Unsourced: diag.Off}}
	var entries []dossier.Entry
	sources := map[string][]byte{}
	var problems diag.List
	for _, f := range archive.Files {
		var list diag.List
		switch {
		case f.Name == "content/site.yaml":
			site, list = content.ParseSite(f.Name, f.Data)
		case strings.HasPrefix(f.Name, "content/"):
			var e dossier.Entry
			e, list = content.Parse(f.Name, f.Data)
			entries, sources[f.Name] = append(entries, e), f.Data
		}
		problems = append(problems, list...)
	}
	g, list := graph.Link(site, entries, graph.Options{})
	if problems = append(problems, list...); len(problems) > 0 {
		t.Fatalf("the archive has problems of other sorts: %v", problems)
	}
	l := New(g)
	var found []Findings
	for _, e := range g.All() {
		found = append(found, l.Read(e, sources[e.Base().File]))
	}
	return l.Check(found)
}

// TestRules holds each rule against texts that break it, whose files are called bad, and against others that may look so.
func TestRules(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	tested := map[diag.Code]bool{}
	for _, file := range files {
		code := diag.Code(strings.TrimSuffix(filepath.Base(file), ".txt"))
		tested[code] = true
		t.Run(string(code), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			problems := checked(t, archive)
			for _, p := range problems {
				if p.Code != code || !strings.Contains(p.File, "bad") {
					t.Errorf("a cry of wolf: %s", p)
				}
			}
			compare(t, file, archive, problems)
		})
	}
	for _, code := range append(diag.Style, diag.UnusedAllowance) {
		if !tested[code] {
			t.Errorf("testdata/%s.txt is missing", code)
		}
	}
}

// compare compares problems with the last file of an archive; -update rewrites it instead.
func compare(t *testing.T, file string, archive *txtar.Archive, problems diag.List) {
	t.Helper()
	sources := map[string][]byte{}
	for _, f := range archive.Files {
		sources[f.Name] = f.Data
	}
	var b bytes.Buffer
	if err := diag.Print(&b, problems, func(name string) []byte { return sources[name] }); err != nil {
		t.Fatal(err)
	}
	want := &archive.Files[len(archive.Files)-1]
	if want.Name != "want.problems" {
		t.Fatal("the archive does not end with want.problems")
	}
	if *update {
		want.Data = b.Bytes()
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want.Data), b.String()); diff != "" || b.Len() == 0 {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestEveryKeyOfProseIsAKey(t *testing.T) {
	keys := map[string]bool{}
	var gather func(dossier.Slot)
	table := func(fields dossier.Table) {
		for _, f := range fields {
			keys[f.Key] = true
			gather(f.Slot)
		}
	}
	gather = func(slot dossier.Slot) {
		switch s := slot.(type) {
		case dossier.Record:
			table(s.Table())
		case dossier.Sequence:
			gather(s.Next(1))
		}
	}
	for _, k := range dossier.Kinds {
		table(dossier.New(k).Table())
	}
	for _, list := range []map[string]bool{proseKeys, theirKeys} {
		for key := range list {
			if !keys[key] {
				t.Errorf("no entry has a key %q", key)
			}
		}
	}
}

// FuzzRead reads any text as the body of an event, and any as its summary.
func FuzzRead(f *testing.F) {
	f.Add("On June 4th, 2025-06-04 and 04.06.2025 Zelensky slammed “today”.[@a]\n\n> — [[a]], [@a]\n", "It is 4/6/2025, ‘22, 24–25 June and £5")
	f.Add("[[a|the minister]], minister of [[b]], 1–2–3 May 3, 2025 and ", "June")
	f.Fuzz(func(t *testing.T, body, summary string) {
		src := []byte("---\ntitle: A title\nsummary: " + strings.Join(strings.Fields(summary), " ") +
			"\npublished: 2026-01-01T00:00:00Z\nkind: meeting\ndate: 2025-06-04\n---\n\n" + body)
		actor := []byte("---\ntitle: Volodymyr Zelenskyy\nsummary: A.\npublished: 2026-01-01T00:00:00Z\nkind: person\nalso_known_as: [Zelensky]\nroles: [{title: minister, from: 2026}]\n---\n")
		event, _ := content.Parse("content/events/e.md", src)
		person, _ := content.Parse("content/actors/a.md", actor)
		g, _ := graph.Link(dossier.Site{Language: "en-GB"}, []dossier.Entry{event, person}, graph.Options{})
		l := New(g)
		for _, p := range l.Check([]Findings{l.Read(event, src), l.Read(person, actor)}) {
			if p.Line < 1 || p.Col < 1 || p.Msg == "" || p.Hint == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}

// TestWhatIsDatedAhead holds the dates of an entry against the day on which it is checked, with a day to spare for those further east.
func TestWhatIsDatedAhead(t *testing.T) {
	src := []byte("---\ntitle: Boats\nsummary: A summary.\npublished: 2026-01-02T09:00:00Z\nchanges: [{at: 2026-01-03T09:00:00Z, kind: update, note: More.}]\n" +
		"allow: [{code: unsourced, reason: It is a test.}]\nvalue: 3\nas_of: 2026-01-07\n---\n")
	e, problems := content.Parse("content/figures/p.md", src)
	g, more := graph.Link(dossier.Site{}, []dossier.Entry{e}, graph.Options{})
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	for today, want := range map[string]int{"": 0, "2026-01-06T08:00:00Z": 0, "2026-01-05T08:00:00Z": 1, "2026-01-02T08:00:00Z": 2, "2025-12-31T08:00:00Z": 3} {
		l := New(g)
		l.Today, _ = time.Parse(time.RFC3339, today)
		if found := l.Check([]Findings{l.Read(e, src)}); len(found) != want {
			t.Errorf("on %q: %v, want %d", today, found, want)
		}
	}
}
