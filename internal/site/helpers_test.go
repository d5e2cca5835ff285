package site_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"briefing/internal/output"
	"briefing/internal/site"
	"briefing/internal/theme"
	"briefing/static"
	"briefing/templates"
)

// starter returns the files of the site that briefing init makes, all written at the same moment.
func starter(t *testing.T) fstest.MapFS {
	t.Helper()
	return archived(t, "../cli/starter.txtar")
}

// archived returns the files of an archive, all written at the same moment.
func archived(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data, ModTime: time.Unix(1e9, 0)}
	}
	return files
}

// edited returns files with one of them changed, a minute after it was written.
func edited(files fstest.MapFS, name, text string) fstest.MapFS {
	files = maps.Clone(files)
	files[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(1e9+60, 0)}
	return files
}

// bare is a theme that prints the title and the summary of each page and the text of some, so that tests do not depend on a design.
func bare() (templates, assets fs.FS) {
	files := fstest.MapFS{
		"base.html":          {Data: []byte(`{{define "frame"}}<title>{{.Title}}</title>{{end}}`)},
		"partials/card.html": {Data: []byte(`{{define "card"}}<a href="{{.URL}}">{{.Title}}</a>{{end}}`)},
	}
	for name := range theme.Views() {
		files[name] = &fstest.MapFile{Data: []byte(`{{template "frame" .}}`)}
	}
	for _, name := range []string{"brief.html", "page.html"} {
		files[name] = &fstest.MapFile{Data: []byte(`{{template "frame" .}}<p>{{.Summary}}</p>{{.Body}}`)}
	}
	return files, fstest.MapFS{"css/base.css": {Data: []byte("body { color: black }")}, "icon.svg": {Data: []byte("<svg/>")}}
}

// bareSource returns files with the bare theme.
func bareSource(files fs.FS) site.Source {
	templates, assets := bare()
	return site.Source{Files: files, Templates: templates, Static: assets}
}

// realSource returns files with the built-in theme.
func realSource(files fs.FS) site.Source {
	return site.Source{Files: files, Templates: templates.Files, Static: static.Files}
}

// repository is the site in this repository.
func repository() site.Source { return realSource(os.DirFS("../..")) }

// A built is a site and the bytes of all that it puts out.
type built struct {
	*site.Site
	tree map[string]string
	docs map[string]document
}

var cache = map[string]built{}

// sites returns the sites whose whole output is checked, by name. Tests that ask for them must not run beside each other.
func sites(t *testing.T) map[string]built {
	t.Helper()
	if len(cache) == 0 {
		for name, src := range map[string]site.Source{"this repository": repository(), "the starter": realSource(starter(t))} {
			s := load(t, src, nil)
			tree := keep(t, s)
			cache[name] = built{s, tree, documents(t, tree)}
		}
	}
	return cache
}

// load loads a site that must be free of problems.
func load(t *testing.T, src site.Source, prev *site.Site) *site.Site {
	t.Helper()
	s, problems, err := site.Load(context.Background(), src, prev)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	if len(problems) > 0 {
		t.FailNow()
	}
	return s
}

// keep keeps every promise of a site, and returns the bytes by path.
func keep(t *testing.T, s *site.Site) map[string]string {
	t.Helper()
	tree := map[string]string{}
	for _, f := range output.All(s.Files()) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		tree[f.Path] = b.String()
	}
	return tree
}

// mustEqual reports the paths at which two trees differ.
func mustEqual(t *testing.T, got, want map[string]string, when string) {
	t.Helper()
	for path, text := range want {
		if other, ok := got[path]; !ok {
			t.Errorf("%s there is no %s", when, path)
		} else if other != text {
			t.Errorf("%s the bytes of %s are others", when, path)
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%s there is a %s", when, path)
		}
	}
}
