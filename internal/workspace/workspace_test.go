package workspace

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

const published = "published: 2026-01-05T09:00:00Z\n"

// texts is a site that refers to one actor in every way there is, under its present id and under a former one.
var texts = map[string]string{
	"content/site.yaml":        "title: T\ndescription: D\nbase_url: https://example.org\nnavigation:\n  - {title: N, to: 'norway'}\n",
	"content/actors/norway.md": "\ufeff---\r\ntitle: Norway\r\nsummary: A state.\r\n" + strings.TrimSpace(published) + "\r\nkind: state\r\naliases:\r\n  - norge # as they say\r\n---\r\n\r\n## A place\r\n\r\nSee [[norway#a-place]].\r\n",
	"content/actors/minister.md": "---\ntitle: Minister\nsummary: A person.\n" + published +
		"kind: person\nroles:\n  - {title: Minister of Öl, of: \"norge\"}\n---\n\nOf [[norge|the *north*]] and [[norway]]; in code `[[norway]]`.\n",
	"content/sources/paper.md": "---\ntitle: Paper\n" + published + "type: report\npublisher: P\nissued: 2025\n---\n",
	"content/rates.csv":        "date,pair,rate,source\n2025-06-04,EUR/USD,1.14,\"paper\"\n",
	"content/pages/cited.md":   "---\ntitle: Cited\nsummary: S.\n" + published + "---\n\nOne [@paper], two [@paper, p. 2; @paper, p. 3].\n",
}

// openTexts opens that site.
func openTexts(t *testing.T) *Workspace {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	w, err := Open(t.Context(), site.Source{Files: files, Templates: templates.Files, Static: static.Files})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestReferencesStandUnderTheirIDs(t *testing.T) {
	w := openTexts(t)
	for id, want := range map[dossier.ID][]string{
		"norway": {"content/actors/minister.md:7:34 norge", "content/actors/minister.md:10:6 norge", "content/actors/minister.md:10:32 norway", "content/actors/norway.md:12:7 norway", "content/site.yaml:5:21 norway"},
		"paper":  {"content/pages/cited.md:7:7 paper", "content/pages/cited.md:7:21 paper", "content/pages/cited.md:7:35 paper", "content/rates.csv:2:26 paper"},
	} {
		var got []string
		for _, r := range w.References(id) {
			got = append(got, r.Pos.String()+" "+string(r.ID))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
	if refs := w.References("nobody"); refs != nil {
		t.Errorf("%v", refs)
	}
}

func TestCompletion(t *testing.T) {
	if got := openTexts(t).Complete(dossier.Of(dossier.KindActor), "no"); len(got) != 1 || got[0].Title != "Norway" {
		t.Errorf("%v", got)
	}
}

// TestTextsStandForTheirFiles covers a file that is new, one that is gone, and the texts of a later moment.
func TestTextsStandForTheirFiles(t *testing.T) {
	w, err := openTexts(t).With(t.Context(), Texts{
		"content/pages/cited.md": nil,
		"content/pages/new.md":   []byte("---\ntitle: New\nsummary: S.\n" + published + "---\n\n[[norwya]]\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Problems) != 1 || w.Problems[0].File != "content/pages/new.md" || w.Problems[0].Code != diag.DanglingReference {
		t.Errorf("%v", w.Problems)
	}
	if _, ok := w.Site.Graph.Lookup("cited"); ok || w.Text("content/pages/cited.md") != nil {
		t.Error("what is gone is there")
	}
	later, err := w.With(t.Context(), Texts{"content/pages/new.md": nil})
	if err != nil || len(later.Problems) != 0 || later.Site.Parsed != 0 {
		t.Errorf("%v, %v, %d files read", err, later.Problems, later.Site.Parsed)
	}
}

// TestRenameKeepsAllElse compares every byte of every file.
func TestRenameKeepsAllElse(t *testing.T) {
	w := openTexts(t)
	c, refs, err := w.Rename("norway", "kingdom-of-norway")
	if err != nil || len(refs) != 5 {
		t.Fatal(err, refs)
	}
	if problems, err := w.Try(t.Context(), c); err != nil || problems != nil {
		t.Errorf("%v, %v", err, problems)
	}
	old := strings.NewReplacer("'norway'", "'kingdom-of-norway'", `"norge"`, `"kingdom-of-norway"`, "[[norge|", "[[kingdom-of-norway|", "and [[norway", "and [[kingdom-of-norway",
		"[[norway#", "[[kingdom-of-norway#", "say\r\n", "say\r\n  - norway\r\n")
	got := map[string]string{}
	for name, text := range c.Texts {
		got[name] = string(text)
	}
	want := map[string]string{"content/actors/norway.md": "", "content/actors/kingdom-of-norway.md": old.Replace(texts["content/actors/norway.md"])}
	for _, name := range []string{"content/site.yaml", "content/actors/minister.md"} {
		want[name] = old.Replace(texts[name])
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestAChangeIsWrittenWholeOrNotAtAll stops a change at its last file, which is a folder that cannot be taken away.
func TestAChangeIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	write("a.md", "old a")
	write("z.md/file", "in the way")
	c := Change{
		Texts: Texts{"a.md": []byte("new a"), "b/b.md": []byte("new b"), "z.md": nil}, Old: Texts{"a.md": []byte("old a"), "z.md": []byte("?")},
	}
	if err := c.Write(dir); err == nil {
		t.Fatal("no error")
	}
	found := map[string]string{}
	fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := os.ReadFile(filepath.Join(dir, name))
			found[name] = string(text)
		}
		return nil
	})
	if d := cmp.Diff(map[string]string{"a.md": "old a", "z.md/file": "in the way"}, found); d != "" {
		t.Error(d)
	}
	delete(c.Texts, "z.md")
	if err := c.Write(dir); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "a.md")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
