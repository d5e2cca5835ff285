package export_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// look is what the feeds of the tests are shown with.
var look = export.Look{Icon: "/assets/icon.0123456789.png", Style: "/assets/feed.0123456789.css"}

// link links the site in a txtar archive and plans its pages. The archive must be free of problems.
func link(t *testing.T, archive *txtar.Archive) (*graph.Graph, []page.Page) {
	t.Helper()
	return linkWith(t, graph.Options{}, archive)
}

// linkWith does so with options.
func linkWith(t *testing.T, options graph.Options, archive *txtar.Archive) (*graph.Graph, []page.Page) {
	t.Helper()
	var site dossier.Site
	var entries []dossier.Entry
	for _, f := range archive.Files {
		if f.Name == "site.yaml" {
			parsed, problems := content.ParseSite(f.Name, f.Data)
			for _, p := range problems {
				t.Error(p)
			}
			parsed.Check(nil)
			site = parsed
			continue
		}
		e, problems := content.Parse(f.Name, f.Data)
		for _, p := range problems {
			t.Error(p)
		}
		entries = append(entries, e)
	}
	g, problems := graph.Link(site, entries, options)
	for _, p := range problems {
		t.Error(p)
	}
	return g, page.Plan(g)
}

// hard links the site in testdata that is hard to write into a feed.
func hard(t *testing.T) (*graph.Graph, []page.Page) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/feed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return link(t, archive)
}

// empty links a site without entries.
func empty(t *testing.T) (*graph.Graph, []page.Page) {
	t.Helper()
	const config = "-- site.yaml --\ntitle: Empty\ndescription: Nothing yet.\nbase_url: https://empty.example\n"
	return link(t, txtar.Parse([]byte(config)))
}

// written returns the bytes of one of the files.
func written(t *testing.T, g *graph.Graph, pages []page.Page, name string) string {
	t.Helper()
	for _, f := range everyFile(g, pages, look) {
		if f.Path != name {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	t.Fatalf("no file %s", name)
	return ""
}

func TestEveryFileIsTheSameEachTimeItIsWritten(t *testing.T) {
	g, pages := hard(t)
	for _, f := range everyFile(g, pages, look) {
		if a, b := written(t, g, pages, f.Path), written(t, g, pages, f.Path); a != b {
			t.Errorf("%s differs when it is written again", f.Path)
		}
	}
}

// mustHold reports each part that a text lacks.
func mustHold(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

// everyFile returns the files of every format.
func everyFile(g *graph.Graph, pages []page.Page, look export.Look) []export.File {
	var files []export.File
	for _, f := range export.Files(g, pages, look) {
		for i := range f.N {
			files = append(files, f.File(i))
		}
	}
	return files
}
