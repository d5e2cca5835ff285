package output_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"briefing/internal/output"
)

// A build for which the disk has no room leaves the old tree, complete, and the next one is none the worse for it.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := unix.Mount("tmpfs", folder, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("no small disk can be made here: ", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	d := output.Dir{Path: filepath.Join(folder, "public")}
	commit(t, d, promises("index.html", "home", "a/index.html", "a"))
	before := contents(t, d.Path)
	refused(t, d, promises("index.html", "new", "a/index.html", "new", "big", strings.Repeat("x", 1<<20)), "no space left")
	if diff := cmp.Diff(before, contents(t, d.Path)); diff != "" {
		t.Error(diff)
	}
	if got := commit(t, d, promises("index.html", "new", "a/index.html", "new")); got.Written != 2 {
		t.Errorf("the commit after it: %+v", got)
	}
}

// A folder that must not be written in, whichever it is, stays as it was; a file of ours that must not be is replaced, as any other.
func TestReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	for _, test := range []struct{ name, locked, want string }{
		{"the output", "public", "cannot be replaced"},
		{"its state", ".briefing/public", "permission denied"},
		{"the folder of both", ".", "cannot be replaced"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDir(t)
			commit(t, d, promises("index.html", "home", "a/index.html", "a"))
			before := contents(t, d.Path)
			locked := filepath.Join(filepath.Dir(d.Path), test.locked)
			chmod(t, locked, 0o555)
			refused(t, d, promises("index.html", "new"), test.want)
			chmod(t, locked, 0o755)
			if diff := cmp.Diff(before, contents(t, d.Path)); diff != "" {
				t.Error(diff)
			}
		})
	}
	d := newDir(t)
	commit(t, d, promises("index.html", "home"))
	chmod(t, filepath.Join(d.Path, "index.html"), 0o444)
	commit(t, d, promises("index.html", "new"))
	if got := contents(t, d.Path)["index.html"]; got != "new" {
		t.Errorf("it says %q", got)
	}
}

func chmod(t *testing.T, name string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}
