// Package e2e tests the site of this repository as readers meet it: in a browser, on paper, by the checkers that the web has for
// pages, by programs that read data, and behind web servers. The tests are skipped where a tool is missing, but fail for it where
// BRIEFING_BROWSER is "required".
//
//	BRIEFING_BROWSER     "required" where no test may be skipped
//	BRIEFING_AXE         the path of axe.min.js, from the npm package axe-core
//	BRIEFING_VNU         the path of vnu.jar, the Nu HTML checker, from the npm package vnu-jar
//	BRIEFING_LIGHTHOUSE  the path of lighthouse/cli/index.js, of the npm package lighthouse; never required, for it takes minutes
//	BRIEFING_READERS     the folder node_modules with the npm packages that read data, which .ci/run lists
package e2e

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/page"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// A built is the site and all that it puts out, by path.
type built struct {
	pages []page.Page
	tree  map[string][]byte
}

var (
	once   sync.Once
	result built
)

// build builds the site of this repository, once.
func build(t *testing.T) built {
	t.Helper()
	once.Do(func() {
		s, problems, err := site.Load(t.Context(), site.Source{Files: os.DirFS("../.."), Templates: templates.Files, Static: static.Files}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Error(p)
		}
		result = built{s.Pages, written(t, s.Files())}
	})
	if result.tree == nil {
		t.Fatal("the site could not be built")
	}
	return result
}

// written returns the bytes of files by their paths.
func written(t *testing.T, files output.Files) map[string][]byte {
	t.Helper()
	tree := map[string][]byte{}
	for _, f := range output.All(files) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		tree[f.Path] = b.Bytes()
	}
	return tree
}

// file returns the path of what stands at an address.
func file(address string) string {
	if strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	return strings.TrimPrefix(address, "/")
}

// save writes the site to a folder.
func (b built) save(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range b.tree {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A host serves the site, and remembers what it was asked for in vain.
type host struct {
	*httptest.Server
	mu     sync.Mutex
	missed []string
}

// serve serves the site until the test ends, when nothing may have been missing but what the test takes out of missed.
func (b built) serve(t *testing.T) *host {
	t.Helper()
	h := &host{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, ok := b.tree[file(r.URL.Path)]
		if !ok {
			h.mu.Lock()
			h.missed = append(h.missed, r.URL.Path)
			h.mu.Unlock()
			http.NotFound(w, r)
			return
		}
		for _, header := range export.Headers(file(r.URL.Path)) {
			w.Header().Set(header.Name, header.Value)
		}
		w.Write(data)
	}))
	t.Cleanup(func() {
		h.Close()
		for _, address := range h.missed {
			t.Errorf("a page asks for %s, which is not there", address)
		}
	})
	return h
}

// samples returns the addresses of the longest page of each template and of the shortest, which is the same where there is but one.
// Redirects are left out. The longest of all come first, so that nobody waits for one that was begun last.
func (b built) samples() (long, short []string) {
	longest, shortest := map[string]string{}, map[string]string{}
	size := func(address string) int { return len(b.tree[file(address)]) }
	for _, p := range b.pages {
		if p.Template() == "redirect.html" {
			continue
		}
		if old, ok := longest[p.Template()]; !ok || size(p.URL()) > size(old) {
			longest[p.Template()] = p.URL()
		}
		if old, ok := shortest[p.Template()]; !ok || size(p.URL()) < size(old) {
			shortest[p.Template()] = p.URL()
		}
	}
	for _, template := range slices.SortedFunc(maps.Keys(longest), func(x, y string) int { return size(longest[y]) - size(longest[x]) }) {
		long, short = append(long, longest[template]), append(short, shortest[template])
	}
	return long, short
}

// missing skips a test that lacks a tool, or fails it where none may be skipped.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("BRIEFING_BROWSER") == "required" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("%s is missing: not tested", what)
}

// tool returns the path in an environment variable.
func tool(t *testing.T, variable, what string) string {
	t.Helper()
	name := os.Getenv(variable)
	if _, err := os.Stat(name); err != nil {
		missing(t, what+" ("+variable+")")
	}
	return name
}
