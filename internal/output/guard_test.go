package output_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/output"
)

func TestForeignFilesAreRefused(t *testing.T) {
	d := newDir(t)
	for _, path := range []string{"a.txt", "b/b.txt", "c.txt", "d.txt", "e.txt"} {
		writeFile(t, filepath.Join(d.Path, path), "mine")
	}
	before := contents(t, d.Path)
	refused(t, d, promises("index.html", "home"), d.Path, "a.txt, b/b.txt, c.txt, …", "no build is known to have written")
	if diff := cmp.Diff(before, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestForeignFileAmongOursIsRefused(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("index.html", "home"))
	writeFile(t, filepath.Join(d.Path, "notes.txt"), "mine")
	refused(t, d, promises("index.html", "new"), "notes.txt")
	want := map[string]string{"index.html": "home", "notes.txt": "mine"}
	if diff := cmp.Diff(want, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestForeignFileAtOurPathIsRefused(t *testing.T) {
	d := newDir(t)
	writeFile(t, filepath.Join(d.Path, "index.html"), "mine")
	refused(t, d, promises("index.html", "home"), "index.html")
	if diff := cmp.Diff(map[string]string{"index.html": "mine"}, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestStateMayBeDeleted(t *testing.T) {
	d := newDir(t)
	files := promises("index.html", "home", "a/b", "b")
	commit(t, d, files)
	if err := os.RemoveAll(filepath.Join(filepath.Dir(d.Path), ".briefing")); err != nil {
		t.Fatal(err)
	}
	if got := commit(t, d, files); got.Unchanged != 2 {
		t.Errorf("%d files unchanged, want 2", got.Unchanged)
	}
	if got := commit(t, d, promises("index.html", "new")); got.Written != 1 || got.Removed != 1 {
		t.Errorf("the commit after it: %+v", got)
	}
}

// Archives and systems that build the same twice give files the first of all times.
func TestAFileOfTheFirstMomentIsKnownByItsBytes(t *testing.T) {
	d := newDir(t)
	name := filepath.Join(d.Path, "a")
	writeFile(t, name, "1")
	if err := os.Chtimes(name, time.Unix(0, 0), time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if got := commit(t, d, promises("a", "1")); got.Unchanged != 1 {
		t.Errorf("%+v", got)
	}
}

func TestGitignoreIsKept(t *testing.T) {
	d := newDir(t)
	name := filepath.Join(d.Path, ".gitignore")
	writeFile(t, name, "*\n")
	old := age(t, name)
	for _, text := range []string{"1", "2", "3"} {
		commit(t, d, promises("index.html", text))
		want := map[string]string{".gitignore": "*\n", "index.html": text}
		if diff := cmp.Diff(want, contents(t, d.Path)); diff != "" {
			t.Error(diff)
		}
		if got := modTime(t, name); !got.Equal(old) {
			t.Errorf("modification time %v, want %v", got, old)
		}
	}
	commit(t, d, nil)
	if diff := cmp.Diff(map[string]string{".gitignore": "*\n"}, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	outside := t.TempDir()
	writeFile(t, filepath.Join(outside, "index.html"), "outside")
	tests := []struct{ name, link, target string }{
		{"to a folder", "a", outside},
		{"to a file, at our path", "index.html", filepath.Join(outside, "index.html")},
		{"as the file that is kept", ".gitignore", filepath.Join(outside, "index.html")},
		{"to nothing", "nothing", filepath.Join(outside, "missing")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := newDir(t)
			commit(t, d, promises("index.html", "home", "a/index.html", "a"))
			name := filepath.Join(d.Path, test.link)
			os.RemoveAll(name)
			if err := os.Symlink(test.target, name); err != nil {
				t.Fatal(err)
			}
			refused(t, d, promises("index.html", "new", "a/index.html", "new"), test.link)
			if diff := cmp.Diff(map[string]string{"index.html": "outside"}, contents(t, outside)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDearFoldersAreRefused(t *testing.T) {
	site := t.TempDir()
	content := filepath.Join(site, "content")
	writeFile(t, filepath.Join(content, "index.md"), "# Home")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(site, link); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "home")
	writeFile(t, filepath.Join(home, "letter"), "mine")
	t.Setenv("HOME", home)
	t.Chdir(filepath.Join(site, "content"))

	tests := []struct {
		name string
		dir  output.Dir
		want string
	}{
		{"the root", output.Dir{Path: "/", State: t.TempDir()}, "working folder"},
		{"the working folder", output.Dir{Path: "."}, "working folder"},
		{"no name", output.Dir{}, "working folder"},
		{"the home folder", output.Dir{Path: home}, "home folder"},
		{"a folder above the home folder", output.Dir{Path: filepath.Dir(home)}, "home folder"},
		{"a folder with its own state", output.Dir{Path: t.TempDir(), State: "STATE"}, "its own state"},
		{"a source", output.Dir{Path: home, Sources: []string{home}}, "home folder"},
		{"a link", output.Dir{Path: link}, "symbolic link"},
		{"a file", output.Dir{Path: filepath.Join(content, "index.md")}, "not a folder"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.dir.State == "STATE" {
				test.dir.State = filepath.Join(test.dir.Path, "state")
			}
			refused(t, test.dir, promises("index.html", "home"), test.want)
		})
	}
	if diff := cmp.Diff(map[string]string{"content/index.md": "# Home"}, contents(t, site)); diff != "" {
		t.Error(diff)
	}
}

func TestFolderWithSourcesIsRefused(t *testing.T) {
	site := t.TempDir()
	content := filepath.Join(site, "content")
	writeFile(t, filepath.Join(content, "index.md"), "# Home")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(content, link); err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{content, link, site, filepath.Join(site, "not", "yet")} {
		d := output.Dir{Path: site, State: t.TempDir(), Sources: []string{t.TempDir(), source}}
		refused(t, d, promises("index.html", "home"), "is or holds the source "+source)
	}
	beside := output.Dir{Path: filepath.Join(site, "public"), Sources: []string{site, content}}
	commit(t, beside, promises("index.html", "home"))
}

func TestDirectoriesShareAState(t *testing.T) {
	folder := t.TempDir()
	one := output.Dir{Path: filepath.Join(folder, "one"), State: filepath.Join(folder, "state")}
	two := output.Dir{Path: filepath.Join(folder, "two"), State: one.State}
	commit(t, one, promises("a", "1"))
	commit(t, two, promises("a", "2", "b", "2"))
	if got := commit(t, one, promises("a", "1")); got.Unchanged != 1 || got.Removed != 0 {
		t.Errorf("%+v", got)
	}
}
