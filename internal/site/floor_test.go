//go:build linux

package site

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/frontmatter"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"briefing/internal/output"
)

// floorOf holds the flag of TestFloor.
var floorOf = flag.String("floor", "", "do the least that a build can do for a `site:finished:output`, three folders")

// TestFloor does what no build of a site can do without, and nothing else, for [TestBesideHugo] to measure as a program: it reads all entries
// of a site, takes in their front matter, converts their texts, and writes the files of the finished site, of their sizes but without
// their words.
func TestFloor(t *testing.T) {
	if *floorOf == "" {
		t.Skip("no -floor")
	}
	folders := strings.Split(*floorOf, ":")
	site, finished, out := folders[0], folders[1], folders[2]
	entries, largest := files(t, site)
	made, size := files(t, finished)
	largest = max(largest, size)
	for name := range made {
		if err := os.MkdirAll(filepath.Join(out, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	markdown, blank := goldmark.New(goldmark.WithExtensions(extension.Table)), make([]byte, largest)
	each(t, entries, func(name string, _ int64) error {
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		var head map[string]any
		body, err := frontmatter.Parse(bytes.NewReader(text), &head)
		if err != nil {
			return err
		}
		return markdown.Convert(body, io.Discard)
	})
	each(t, made, func(name string, size int64) error {
		return os.WriteFile(filepath.Join(out, name), blank[:size], 0o644)
	})
}

// files returns the sizes of the files in a folder, by their names in it, and the largest.
func files(t *testing.T, folder string) (sizes map[string]int64, largest int64) {
	t.Helper()
	sizes = map[string]int64{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sizes[name], largest = info.Size(), max(largest, info.Size())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sizes, largest
}

// each calls f for each of some files, on all cores.
func each(t *testing.T, sizes map[string]int64, f func(name string, size int64) error) {
	t.Helper()
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	err := output.Each(t.Context(), len(names), func(i int) error { return f(names[i], sizes[names[i]]) })
	if err != nil {
		t.Fatal(err)
	}
}
