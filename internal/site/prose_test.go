package site_test

import (
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/internal/site"
)

// leanSource returns a source of files whose site is lean.
func leanSource(t *testing.T, files fstest.MapFS) site.Source {
	src := bareSource(files)
	src.Lean = t.TempDir()
	return src
}

func TestWordsAloneAreTakenOverWithoutLinkingAnew(t *testing.T) {
	const boats, words = "content/briefs/boats.md", "[[northland]] promised"
	for _, c := range []struct {
		what, old, by string
		same          bool
	}{
		{"words", words, "[[northland]] solemnly *promised*", true},
		{"a link's words", words, "[[northland|The north]] promised", true},
		{"a link to elsewhere", words, "[[northland]] [promised](https://example.org/)", true},
		{"the form of a heading", "## The promise", "## The *promise*", true},
		{"a heading", "## The promise", "## A promise", false},
		{"another reference", words, "[[northland]] and [[southland]] promised", false},
		{"one reference less", words, "Northland promised", false},
		{"another place in an entry", words, "[[northland#pledges]] promised", false},
		{"a quotation", words, "> We will.\n>\n> — [[northland]], [@gazette-2026-01-04]\n\n" + words, false},
		{"a path", words, "[[northland]] [promised](/timeline/)", false},
		{"a term", words, "BBB\n: Boats.\n\n" + words, false},
		{"an error", words, "[[nothing]] promised", false},
		{"a title", "title: ", "title: New ", false},
		{"a comment", "title: ", "# It moves all below it.\ntitle: ", false},
		{"a draft", "title: ", "draft: true\ntitle: ", false},
	} {
		files := starter(t)
		first, _, err := site.Load(t.Context(), leanSource(t, files), nil)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(files[boats].Data), c.old, c.by, 1)
		next, _, err := site.Load(t.Context(), leanSource(t, edited(files, boats, text)), first)
		if err != nil {
			t.Fatal(err)
		}
		if same := next.Graph == first.Graph; same != c.same || next.Parsed != 1 {
			t.Errorf("%s: the same graph: %v, and %d files parsed", c.what, same, next.Parsed)
		}
	}
}

// A template or a style says nothing: the graph stays, and what is put out is as if all had been made anew.
func TestALookAloneIsTakenOverWithoutLinkingAnew(t *testing.T) {
	src := leanSource(t, starter(t))
	templates, assets := bare()
	first := load(t, src, nil)
	for _, c := range []struct {
		what, name string
		part       *fs.FS
		in         fs.FS
	}{
		{"a template", "brief.html", &src.Templates, templates}, {"a style", "css/base.css", &src.Static, assets},
	} {
		*c.part = edited(c.in.(fstest.MapFS), c.name, "h1 { color: inherit }")
		next := load(t, src, first)
		if next.Graph != first.Graph {
			t.Errorf("%s: the graph is another", c.what)
		}
		mustEqual(t, keep(t, next), keep(t, load(t, src, nil)), "after an edit of "+c.what)
		first = next
	}
	// What is linked next has all that was edited before.
	src.Files = edited(starter(t), "content/briefs/boats.md", strings.Replace(string(starter(t)["content/briefs/boats.md"].Data), "title: ", "title: New ", 1))
	next := load(t, src, first)
	if next.Graph == first.Graph {
		t.Error("a title: the graph is the same")
	}
	mustEqual(t, keep(t, next), keep(t, load(t, src, nil)), "after an edit of a title")
}

// A preview shows what is published, though it puts texts aside.
func TestALeanSitePutsOutTheSame(t *testing.T) {
	src := repository()
	src.Lean = t.TempDir()
	lean := load(t, src, nil)
	for _, e := range lean.Graph.All() {
		if e.Base().Body.HTML != "" {
			t.Fatalf("%s holds its text", e.Base().ID)
		}
	}
	mustEqual(t, keep(t, lean), sites(t)["this repository"].tree, "in a lean site")
	if left, err := os.ReadDir(src.Lean); err != nil || len(left) > 0 && runtime.GOOS != "windows" {
		t.Errorf("%v stays (%v)", left, err)
	}
}
