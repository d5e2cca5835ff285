package output_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/output"
)

func TestCommitShowsTheFilesAndNothingElse(t *testing.T) {
	d := newDir(t)
	steps := []struct {
		name  string
		files []string // path, text, …
		want  output.Result
	}{
		{"new", []string{"index.html", "home", "a/index.html", "a", "a/b/index.html", "b"},
			output.Result{Files: 3, Written: 3, Bytes: 6, Made: 3}},
		{"the same again", []string{"index.html", "home", "a/index.html", "a", "a/b/index.html", "b"},
			output.Result{Files: 3, Unchanged: 3, Bytes: 6, Made: 3}},
		{"one changed", []string{"index.html", "Home", "a/index.html", "a", "a/b/index.html", "b"},
			output.Result{Files: 3, Written: 1, Unchanged: 2, Bytes: 6, Made: 3}},
		{"another changed", []string{"index.html", "Home", "a/index.html", "A", "a/b/index.html", "b"},
			output.Result{Files: 3, Written: 1, Unchanged: 2, Bytes: 6, Made: 3}},
		{"one gone", []string{"index.html", "Home", "a/index.html", "A"},
			output.Result{Files: 2, Unchanged: 2, Removed: 1, Bytes: 5, Made: 2}},
		{"file where a folder was", []string{"index.html", "Home", "a", "file"},
			output.Result{Files: 2, Written: 1, Unchanged: 1, Removed: 1, Bytes: 8, Made: 2}},
		{"folder where a file was", []string{"index.html", "Home", "a/c", "c"},
			output.Result{Files: 2, Written: 1, Unchanged: 1, Removed: 1, Bytes: 5, Made: 2}},
		{"one renamed", []string{"index.html", "Home", "a/d", "c"},
			output.Result{Files: 2, Written: 1, Unchanged: 1, Removed: 1, Bytes: 5, Made: 2}},
		{"none", nil, output.Result{Removed: 2}},
		{"none again", nil, output.Result{}},
		{"back", []string{"a/d", "", "e", "e"}, output.Result{Files: 2, Written: 2, Bytes: 1, Made: 2}},
	}
	for _, step := range steps {
		got := commit(t, d, promises(step.files...))
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
		want := make(map[string]string)
		for i := 0; i < len(step.files); i += 2 {
			want[step.files[i]] = step.files[i+1]
		}
		if diff := cmp.Diff(want, contents(t, d.Path)); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
}

func TestEmptyFoldersGo(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("index.html", "home", "a/b/c/index.html", "c"))
	commit(t, d, promises("index.html", "home"))
	if _, err := os.Stat(filepath.Join(d.Path, "a")); !os.IsNotExist(err) {
		t.Errorf("folder a is still there (%v)", err)
	}
}

func TestEqualFilesKeepTheirModificationTime(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("same", "1", "a/same", "2", "changed", "3"))
	name := filepath.Join(d.Path, "a", "same")
	old := age(t, name)
	for i := range 4 {
		commit(t, d, promises("same", "1", "a/same", "2", "changed", fmt.Sprint(i)))
		if got := modTime(t, name); !got.Equal(old) {
			t.Fatalf("commit %d: modification time %v, want %v", i, got, old)
		}
	}
}

func TestCommitWithoutChangesWritesNothing(t *testing.T) {
	d := newDir(t)
	files := promises("index.html", "home", "a/b", "b")
	commit(t, d, files)
	old := age(t, d.Path)
	age(t, filepath.Join(d.Path, "a"))
	commit(t, d, files)
	for _, name := range []string{d.Path, filepath.Join(d.Path, "a")} {
		if got := modTime(t, name); !got.Equal(old) {
			t.Errorf("%s was written", name)
		}
	}
}

func TestModes(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("a/b", "b"))
	for path, want := range map[string]os.FileMode{"": 0o755, "a": 0o755, "a/b": 0o644} {
		info, err := os.Stat(filepath.Join(d.Path, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q has mode %o, want %o", path, got, want)
		}
	}
}

func TestHandEditedFileIsMended(t *testing.T) {
	d := newDir(t)
	files := promises("a", "1", "b", "2")
	commit(t, d, files)
	commit(t, d, promises("a", "1", "b", "changed"))
	commit(t, d, files) // now the spare has been used
	writeFile(t, filepath.Join(d.Path, "a"), "edited")
	os.Remove(filepath.Join(d.Path, "b"))
	if got := commit(t, d, files); got.Written != 2 {
		t.Errorf("wrote %d files, want 2", got.Written)
	}
	if diff := cmp.Diff(map[string]string{"a": "1", "b": "2"}, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestErrorLeavesTheOldTree(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("a", "1", "b", "2", "c/d", "3"))
	before := contents(t, d.Path)
	broken := errors.New("broken")
	files := append(promises("a", "new", "e", "new"), output.File{Path: "b", Write: func(w io.Writer) error {
		io.WriteString(w, "half")
		return broken
	}})
	if _, err := d.Commit(t.Context(), files); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	if diff := cmp.Diff(before, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
	if got := commit(t, d, promises("a", "new")); got.Written != 1 || got.Removed != 2 {
		t.Errorf("the commit after it: %+v", got)
	}
}

func TestErrorInFirstCommitMakesNoDirectory(t *testing.T) {
	d := newDir(t)
	broken := output.File{Path: "a", Write: func(io.Writer) error { return errors.New("broken") }}
	refused(t, d, output.List{broken}, "a: broken")
	if _, err := os.Stat(d.Path); !os.IsNotExist(err) {
		t.Errorf("directory was made (%v)", err)
	}
}

func TestCancelled(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("a", "1"))
	ctx, cancel := context.WithCancel(t.Context())
	stop := output.File{Path: "a", Write: func(w io.Writer) error { cancel(); return nil }}
	if _, err := d.Commit(ctx, append(output.List{stop}, promises("b", "2")...)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if diff := cmp.Diff(map[string]string{"a": "1"}, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}

func TestCommitsDoNotMix(t *testing.T) {
	d := newDir(t)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			var files output.List
			for n := range 50 {
				files = append(files, promise(fmt.Sprintf("%d/index.html", n), fmt.Sprint(i)))
			}
			if _, err := d.Commit(t.Context(), files); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got := contents(t, d.Path)
	for path, text := range got {
		if text != got["0/index.html"] {
			t.Errorf("%s is of commit %s, another of %s", path, text, got["0/index.html"])
		}
	}
	if len(got) != 50 {
		t.Errorf("%d files, want 50", len(got))
	}
}

func TestSecondCommitGivesUpWhenToldTo(t *testing.T) {
	d := newDir(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	outer := output.File{Path: "a", Write: func(w io.Writer) error {
		if _, err := d.Commit(ctx, promises("a", "inner")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("second commit: %v, want %v", err, context.DeadlineExceeded)
		}
		_, err := io.WriteString(w, "outer")
		return err
	}}
	commit(t, d, output.List{outer})
	if diff := cmp.Diff(map[string]string{"a": "outer"}, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
}
