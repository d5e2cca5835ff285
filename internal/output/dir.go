package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
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

	// From names all that the files are made from: where it is the same, so are they. It is empty if unknown; it has no spaces.
	From string

	// Around, which may be nil, returns what Commit calls in place of what writes a file that has to be made: for those who count or measure.
	Around func(f *File, write func(io.Writer) error) func(io.Writer) error
}

// A Result counts what a commit did.
type Result struct {
	// Files is how many files the tree has. Written ones are new or have new bytes; Unchanged ones stayed as they were.
	Files, Written, Unchanged int

	// Removed is how many files of earlier commits are no longer there.
	Removed int

	// Made is how many files' bytes were made, to be compared or written, and Drafted how many were drafted. The others stood.
	Made, Drafted int

	// Bytes is the size of all Files together.
	Bytes int64
}

// Commit makes the directory show files and nothing else. It keeps promises on all cores at once. It waits for another commit
// to the same directory, and gives up when ctx is done. When it returns an error the directory is as it was.
func (d Dir) Commit(ctx context.Context, files Files) (Result, error) {
	if err := checkAll(files); err != nil {
		return Result{}, err
	}
	var result Result
	err := d.locked(ctx, func(live, state string) (err error) {
		result, err = d.newCommit(files, live, state).run(ctx)
		return err
	})
	return result, err
}

// Stands reports whether the directory holds what the last commit left there, all of it and nothing else, and that was made from what From
// names now. There is then nothing to commit.
func (d Dir) Stands(ctx context.Context) (Result, bool, error) {
	var result Result
	stands := false
	err := d.locked(ctx, func(live, state string) error {
		c := d.newCommit(List(nil), live, state)
		if err := c.begin(); err != nil || d.From == "" || c.history.from != d.From {
			return err
		}
		var err error
		result, stands, err = c.stand(ctx)
		return err
	})
	return result, stands, err
}

// locked calls f with the full paths of the directory and of its state, while no other does.
func (d Dir) locked(ctx context.Context, f func(live, state string) error) error {
	live, state, err := d.locate()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(state, 0o755); err != nil {
		return fmt.Errorf("the state of output folder %s cannot be kept beside it: %w; choose a folder where you may write", d.Path, err)
	}
	lock := flock.New(filepath.Join(state, "lock"))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return fmt.Errorf("waiting for another build of %s: %w", d.Path, err)
	}
	defer lock.Unlock()
	return f(live, state)
}

// StateFolder returns the folder for the state of this directory alone. A caller may keep there what it remembers, in files with names
// other than those of a commit.
func (d Dir) StateFolder() (string, error) {
	_, state, err := d.paths()
	return state, err
}

// paths returns the full paths of the directory and of its state.
func (d Dir) paths() (live, state string, err error) {
	if live, err = filepath.Abs(d.Path); err != nil {
		return "", "", err
	}
	parent := cmp.Or(d.State, filepath.Join(filepath.Dir(live), ".briefing"))
	state, err = filepath.Abs(filepath.Join(parent, filepath.Base(live)))
	return live, state, err
}

// locate returns the full paths of the directory and of its state, once it is sure that the directory may be replaced.
func (d Dir) locate() (live, state string, err error) {
	if live, state, err = d.paths(); err != nil {
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
