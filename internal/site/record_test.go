package site_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/internal/page"
	"briefing/internal/site"
)

// Beside the page of each entry lie its record and its file, byte for byte, and the page leads to both.
func TestEachEntryHasARecordAndItsFileBesideItsPage(t *testing.T) {
	s := sites(t)["this repository"]
	for _, e := range s.Graph.All() {
		if e.Base().IsWithdrawn() {
			continue
		}
		folder := strings.TrimPrefix(page.URL(e), "/")
		want, err := os.ReadFile("../../" + e.Base().File)
		if err != nil {
			t.Fatal(err)
		}
		if s.tree[folder+page.SourceName] != string(want) {
			t.Errorf("%s%s is not %s", folder, page.SourceName, e.Base().File)
		}
		if !strings.Contains(s.tree[folder+page.RecordName], `"id": "`+string(e.Base().ID)+`"`) {
			t.Errorf("%s%s is not the record of %s", folder, page.RecordName, e.Base().ID)
		}
		html := s.tree[folder+"index.html"]
		for _, link := range []string{
			`<link rel="alternate" type="application/json" title="This page as data" href="/` + folder + page.RecordName + `">`,
			`<link rel="alternate" type="text/markdown" title="This page as it was written" href="/` + folder + page.SourceName + `">`,
			`<a href="/` + folder + page.RecordName + `">`, `<a href="/` + folder + page.SourceName + `">`,
		} {
			if !strings.Contains(html, link) {
				t.Errorf("%sindex.html has no %s", folder, link)
			}
		}
	}
}

// A draft is told only where drafts are asked for.
func TestADraftHasNoRecord(t *testing.T) {
	files := starter(t)
	files = edited(files, brief, replaced(files, brief, "title:", "draft: true\ntitle:"))
	source := realSource(files)
	for _, drafts := range []bool{false, true} {
		source.Drafts = drafts
		tree := keep(t, load(t, source, nil))
		for _, name := range []string{page.RecordName, page.SourceName} {
			if _, there := tree["briefs/boats/"+name]; there != drafts {
				t.Errorf("drafts %t: %s is there: %t", drafts, name, there)
			}
		}
	}
}

// What is published of a file must be what its page was made of.
func TestAFileThatChangesDuringABuildIsAnError(t *testing.T) {
	for want, change := range map[string]func(fstest.MapFS){
		"changed during the build; build again":       func(files fstest.MapFS) { files[brief].Data = append(bytes.Clone(files[brief].Data), "More.\n"...) },
		"went away during the build; build again: op": func(files fstest.MapFS) { delete(files, brief) },
	} {
		files := starter(t)
		files[brief] = &fstest.MapFile{Data: files[brief].Data}
		s, problems, err := site.Load(t.Context(), realSource(files), nil)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		change(files)
		for _, name := range []string{page.RecordName, page.SourceName} {
			f, ok := s.File("/briefs/boats/" + name)
			if !ok {
				t.Fatalf("no %s", name)
			}
			if err := f.Write(io.Discard); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

// Of an entry that was withdrawn its record says when and why, and nothing else of it.
func TestAWithdrawnEntryHasARecordAndNoSource(t *testing.T) {
	files := starter(t)
	files = edited(files, brief, replaced(files, brief, "published:", "withdrawn: {at: 2126-01-01T00:00:00Z, reason: It was wrong.}\npublished:"))
	tree := keep(t, load(t, realSource(files), nil))
	record := tree["briefs/boats/"+page.RecordName]
	if !strings.Contains(record, `"withdrawn": {"at":"2126-01-01T00:00:00Z","reason":"It was wrong."}`) || strings.Contains(record, "front_matter") || strings.Contains(record, "html") {
		t.Errorf("the record: %s", record)
	}
	if _, there := tree["briefs/boats/"+page.SourceName]; there || strings.Contains(tree["briefs/boats/index.html"], page.SourceName) {
		t.Error("the file is still there")
	}
}

// A site as it stood at a date tells nothing of what came later, and a file does.
func TestARecordAsItStoodHasNoSource(t *testing.T) {
	files := starter(t)
	files = edited(files, brief, replaced(files, brief, "published:", "changes: [{at: 2126-01-01T00:00:00Z, kind: update, note: What came later.}]\npublished:"))
	tree := builtAsOf(t, realSource(files), "2125-01-01").tree
	if len(tree["briefs/boats/"+page.RecordName]) == 0 || !strings.Contains(tree["briefs/boats/"+page.RecordName], `"markdown": null`) {
		t.Errorf("the record: %s", tree["briefs/boats/"+page.RecordName])
	}
	for name, text := range tree {
		if strings.HasSuffix(name, page.SourceName) || strings.Contains(text, page.SourceName) || strings.Contains(text, "What came later.") {
			t.Errorf("%s tells of what came later", name)
		}
	}
}
