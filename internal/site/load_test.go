package site_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/diag"
	"briefing/internal/site"
)

const (
	brief  = "content/briefs/boats.md"
	about  = "content/pages/about.md"
	source = "content/sources/gazette-2026-01-04.md"
)

// oneRate is a file of rates for the one pledge of the starter.
const oneRate = "date,pair,rate,source\n2026-01-04,EUR/USD,1.25,gazette-2026-01-04\n"

// text returns the text of one of the starter's files with a replacement.
func replaced(files fstest.MapFS, name, old, by string) string {
	return strings.Replace(string(files[name].Data), old, by, 1)
}

func TestLoadParsesOnlyWhatChanged(t *testing.T) {
	files := starter(t)
	first := load(t, bareSource(files), nil)
	entries := 0
	for name := range files {
		if path.Ext(name) == ".md" {
			entries++
		}
	}
	if first.Parsed != entries {
		t.Errorf("the first load parsed %d files of %d", first.Parsed, entries)
	}
	touched := edited(files, brief, string(files[brief].Data))
	added := edited(files, "content/pages/second.md", "---\ntitle: Second\nsummary: Another page.\npublished: 2026-03-13T10:00:00Z\n---\n")
	removed := maps.Clone(files)
	delete(removed, about)
	renamed := maps.Clone(removed)
	renamed["content/pages/colophon.md"] = files[about]
	for _, c := range []struct {
		what  string
		files fstest.MapFS
		want  int
	}{
		{"nothing was done", files, 0},
		{"a body was edited", edited(files, brief, string(files[brief].Data)+"\nMore.\n"), 1},
		{"a title was edited that other pages show", edited(files, brief, replaced(files, brief, "title: What", "title: All that")), 1},
		{"a file was touched", touched, 0},
		{"a file was added", added, 1},
		{"a file was removed", removed, 0},
		{"a file was renamed", renamed, 1},
		{"rates were added", edited(files, site.RatesFile, oneRate), 1},
		{"the site's own file was edited", edited(files, site.ConfigFile, replaced(files, site.ConfigFile, "title: My", "title: Our")), 0},
	} {
		if got := load(t, bareSource(c.files), first).Parsed; got != c.want {
			t.Errorf("when %s, Load parsed %d files, want %d", c.what, got, c.want)
		}
	}
}

// A chain of edits, each loaded from the one before, must come to the same as a fresh load.
func TestAnIncrementalLoadPutsOutTheSameAsAFreshOne(t *testing.T) {
	files := starter(t)
	src := func(files fstest.MapFS) site.Source { return realSource(files) }
	s := load(t, src(files), nil)
	kept := keep(t, s)
	for i, edit := range []func(fstest.MapFS) fstest.MapFS{
		func(f fstest.MapFS) fstest.MapFS { return edited(f, brief, string(f[brief].Data)+"\nMore.\n") },
		func(f fstest.MapFS) fstest.MapFS {
			return edited(f, source, replaced(f, source, "title: Harbour talks open", "title: Talks open"))
		},
		func(f fstest.MapFS) fstest.MapFS { return edited(f, site.RatesFile, oneRate) },
		func(f fstest.MapFS) fstest.MapFS {
			return edited(f, site.RatesFile, strings.Replace(oneRate, "1.25", "1.375", 1))
		},
		func(f fstest.MapFS) fstest.MapFS {
			return edited(f, site.ConfigFile, replaced(f, site.ConfigFile, "My brief", "Our brief"))
		},
		func(f fstest.MapFS) fstest.MapFS {
			f = maps.Clone(f)
			f["content/pages/colophon.md"] = f[about]
			delete(f, about)
			return f
		},
	} {
		files = edit(files)
		s = load(t, src(files), s)
		tree := keep(t, s)
		mustEqual(t, tree, keep(t, load(t, src(files), nil)), "after an edit")
		if maps.Equal(tree, kept) {
			t.Errorf("edit %d changed no output", i)
		}
		kept = tree
	}
}

func TestASiteStaysAsItWasWhenANewOneIsLoadedFromIt(t *testing.T) {
	files := starter(t)
	old := load(t, realSource(files), nil)
	before := keep(t, old)
	load(t, realSource(edited(files, brief, replaced(files, brief, "title: What", "title: All that"))), old)
	mustEqual(t, keep(t, old), before, "after another load")
}

func TestProblemsOfAllStagesComeInOneSortedList(t *testing.T) {
	files := edited(starter(t), brief, "---\ntitle: Boats\nsumary: Wrong key.\npublished: 2026-03-12T09:00:00Z\n---\n\n[[nowhere]] <b>\n")
	s, problems, err := site.Load(context.Background(), bareSource(files), nil)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, p := range problems {
		codes = append(codes, string(p.Code))
	}
	if got, want := strings.Join(codes, " "), "unknown-key dangling-reference raw-html"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if _, ok := s.File("/briefs/boats/"); !ok {
		t.Error("the page of the broken entry cannot be looked at")
	}
}

func TestTheProblemsOfAFileThatIsTheSameComeAgain(t *testing.T) {
	src := bareSource(edited(starter(t), about, "no front matter"))
	s, first, err := site.Load(context.Background(), src, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, second, err := site.Load(context.Background(), src, s)
	if err != nil || again.Parsed != 0 || len(first) != 1 || len(second) != 1 || first[0] != second[0] {
		t.Errorf("parsed %d, %v then %v, %v", again.Parsed, first, second, err)
	}
}

// only returns the one problem of a source.
func only(t *testing.T, src site.Source) diag.Problem {
	t.Helper()
	_, problems, err := site.Load(context.Background(), src, nil)
	if err != nil || len(problems) != 1 {
		t.Fatalf("%d problems: %v %v", len(problems), problems, err)
	}
	return problems[0]
}

func TestTwoEntriesAtOneAddressAreAProblemThatNamesBoth(t *testing.T) {
	files := edited(starter(t), "content/pages/harbour-talks-1.md", "---\ntitle: One\nsummary: A page.\npublished: 2026-03-13T10:00:00Z\n---\n")
	if p := only(t, bareSource(files)); p.Code != diag.DuplicateID || p.File == "" || p.Also.File == "" {
		t.Errorf("%+v", p)
	}
	files = edited(starter(t), "content/pages/pledges.md", "---\ntitle: One\nsummary: A page.\npublished: 2026-03-13T10:00:00Z\n---\n")
	p := only(t, bareSource(files))
	if p.Code != diag.AddressCollision || p.File != "content/pages/pledges.md" || !strings.Contains(p.Msg, "/pledges/") || !strings.Contains(p.Msg, "“Pledges”") {
		t.Errorf("%+v", p)
	}
}

func TestASiteWithoutItsOwnFileIsAProblem(t *testing.T) {
	files := starter(t)
	delete(files, site.ConfigFile)
	_, problems, err := site.Load(context.Background(), bareSource(files), nil)
	if err != nil || len(problems) == 0 || problems[0].Code != diag.BadSite || problems[0].File != site.ConfigFile {
		t.Errorf("%v %v", problems, err)
	}
}

func TestAFolderWithoutContentIsAnErrorThatSaysWhatToDo(t *testing.T) {
	_, _, err := site.Load(context.Background(), bareSource(fstest.MapFS{}), nil)
	if err == nil || !strings.Contains(err.Error(), "briefing init") {
		t.Error(err)
	}
}

func TestHiddenAndForeignFilesAreNoEntries(t *testing.T) {
	files := starter(t)
	n := load(t, bareSource(files), nil).Parsed
	for _, name := range []string{"content/.obsidian/note.md", "content/events/.swap.md", "content/LICENSE", "content/events/report.pdf", "notes.md"} {
		files[name] = &fstest.MapFile{Data: []byte("anything")}
	}
	if got := load(t, bareSource(files), nil).Parsed; got != n {
		t.Errorf("%d files parsed, want %d", got, n)
	}
}

// An unreadable is a file system in which one file cannot be read.
type unreadable struct {
	fstest.MapFS
	name string
}

// ReadFile refuses the one file.
func (u unreadable) ReadFile(name string) ([]byte, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadFile(name)
}

func TestAFileThatCannotBeReadIsAProblemOfItsOwn(t *testing.T) {
	p := only(t, bareSource(unreadable{starter(t), about}))
	if p.Code != diag.Unreadable || p.File != about {
		t.Errorf("%+v", p)
	}
}

func TestABrokenTemplateIsAProblemWithItsFileAndLine(t *testing.T) {
	src := bareSource(starter(t))
	files := src.Templates.(fstest.MapFS)
	files["event.html"] = &fstest.MapFile{Data: []byte("<p>\n{{nonsense}}\n")}
	if p := only(t, src); p.Code != diag.BadTemplate || p.File != "templates/event.html" || p.Line != 2 {
		t.Errorf("%+v", p)
	}
	delete(files, "event.html")
	if p := only(t, src); p.Code != diag.BadTemplate || p.File != "templates" || p.Msg != "no template event.html" {
		t.Errorf("%+v", p)
	}
	files["partials/card.html"] = &fstest.MapFile{Data: []byte("{{define}}")}
	if p := only(t, src); p.File != "templates/partials/card.html" || p.Line != 1 {
		t.Errorf("%+v", p)
	}
}

func TestDraftsArePutOutOnlyWhereAskedFor(t *testing.T) {
	files := edited(starter(t), "content/pages/second.md", "---\ntitle: Second\nsummary: Another.\npublished: 2026-03-13T10:00:00Z\ndraft: true\n---\n")
	src := bareSource(files)
	if _, ok := load(t, src, nil).File("/second/"); ok {
		t.Error("a draft is put out")
	}
	src.Drafts = true
	if _, ok := load(t, src, nil).File("/second/"); !ok {
		t.Error("a draft that was asked for is not put out")
	}
}

func TestTheBaseURLCanBeReplaced(t *testing.T) {
	src := bareSource(starter(t))
	src.BaseURL = "https://elsewhere.example/"
	if text := keep(t, load(t, src, nil))["sitemap.xml"]; !strings.Contains(text, "<loc>https://elsewhere.example/pledges/</loc>") || strings.Contains(text, "example.org") {
		t.Error(text)
	}
}

func TestLoadEndsWhenItIsToldTo(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	cancel()
	if _, _, err := site.Load(ctx, bareSource(starter(t)), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
