package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockRetry is how often a commit that waits for another one looks again.
const lockRetry = 20 * time.Millisecond

// A Dir is a directory that shows a tree.
type Dir struct {
	// Path names the directory. It is made if missing.
	Path string

	// State is the folder for the state, which must be on Path's file system. Directories of different names may share it.
	// The default is .briefing beside Path.
	State string

	// Sources are files and folders that must not be replaced, and so must not be in Path.
	Sources []string
}

// A Result counts what a commit did.
type Result struct {
	// Files is how many files the tree has. Written ones are new or have new bytes; Unchanged ones stayed as they were.
	Files, Written, Unchanged int

	// Removed is how many files of earlier commits are no longer there.
	Removed int

	// Bytes is the size of all Files together.
	Bytes int64
}

// Commit makes the directory show files and nothing else. It keeps promises on all cores at once. It waits for another commit
// to the same directory, and gives up when ctx is done. When it returns an error the directory is as it was.
func (d Dir) Commit(ctx context.Context, files []File) (Result, error) {
	if err := checkAll(files); err != nil {
		return Result{}, err
	}
	live, state, err := d.locate()
	if err != nil {
		return Result{}, err
	}
	if err := os.MkdirAll(state, 0o755); err != nil {
		return Result{}, err
	}
	lock := flock.New(filepath.Join(state, "lock"))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return Result{}, fmt.Errorf("waiting for another build of %s: %w", d.Path, err)
	}
	defer lock.Unlock()
	return newCommit(files, live, state).run(ctx)
}

// locate returns the full paths of the directory and of its state, once it is sure that the directory may be replaced.
func (d Dir) locate() (live, state string, err error) {
	live, err = filepath.Abs(d.Path)
	if err != nil {
		return "", "", err
	}
	parent := cmp.Or(d.State, filepath.Join(filepath.Dir(live), ".briefing"))
	state, err = filepath.Abs(filepath.Join(parent, filepath.Base(live)))
	if err != nil {
		return "", "", err
	}
	return live, state, d.guard(live, state)
}

// guard refuses to replace what is not a plain folder, or holds what is dear to its user.
func (d Dir) guard(live, state string) error {
	info, err := os.Lstat(live)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("output folder %s is a symbolic link; name the folder that it leads to", d.Path)
	case !info.IsDir():
		return fmt.Errorf("output folder %s is not a folder", d.Path)
	}
	for _, p := range d.precious(state) {
		if holds(info, p.path) {
			return fmt.Errorf("output folder %s would be replaced, but it is or holds %s; choose another folder", d.Path, p.what)
		}
	}
	return nil
}

// A place is a file or folder that a commit must not replace, and what to call it in a message.
type place struct{ path, what string }

// precious lists what must not be in the directory. The root needs no entry, for it holds the working folder.
func (d Dir) precious(state string) []place {
	list := []place{{".", "the working folder"}, {state, "the folder for its own state"}}
	if home, err := os.UserHomeDir(); err == nil {
		list = append(list, place{home, "the home folder"})
	}
	for _, source := range d.Sources {
		list = append(list, place{source, "the source " + source})
	}
	return list
}

// holds reports whether folder is path, or one of the folders above it. It compares the folders and not their names, as one
// folder may have several: by symbolic links, or in capitals on some systems. Path need not exist.
func holds(folder fs.FileInfo, path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	for {
		if info, err := os.Stat(path); err == nil && os.SameFile(folder, info) {
			return true
		}
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
}
