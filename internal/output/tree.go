package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// A tree is a folder with output files: the live one that readers see, or the spare. Paths in it are those of [File].
type tree string

// name returns the name of the file on the disk.
func (t tree) name(path string) string { return filepath.Join(string(t), filepath.FromSlash(path)) }

// fs returns the tree as a file system.
func (t tree) fs() fs.FS { return os.DirFS(string(t)) }

// walk visits all that is in the tree but its root, in the manner of [fs.WalkDir]: in order, and without following symbolic
// links. A missing tree is empty.
func (t tree) walk(visit func(path string, d fs.DirEntry) error) error {
	return fs.WalkDir(t.fs(), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case path == "." && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", t, err)
		case path == ".":
			return nil
		}
		return visit(path, d)
	})
}

// reduce removes all that is not one of the files or folders, and makes the folders that are missing.
func (t tree) reduce(files func() map[string]bool, folders map[string]bool) error {
	err := t.walk(func(path string, d fs.DirEntry) error {
		switch {
		case d.IsDir() && folders[path], d.Type().IsRegular() && files()[path]:
			return nil
		case !d.IsDir():
			return os.Remove(t.name(path))
		}
		if err := os.RemoveAll(t.name(path)); err != nil {
			return err
		}
		return fs.SkipDir
	})
	if err != nil {
		return err
	}
	return t.makeFolders(folders)
}

// makeFolders makes the root and the folders, once and for all: those who write files after it need not look.
func (t tree) makeFolders(folders map[string]bool) error {
	// In this order an outer folder comes before its inner ones.
	for _, path := range append([]string{"."}, slices.Sorted(maps.Keys(folders))...) {
		if err := os.Mkdir(t.name(path), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// has reports whether the file has the bytes that are in buf, and returns its modification time in nanoseconds. It reads the file into the
// free space of buf, which is used for page after page and so soon large enough for both.
func (t tree) has(path string, buf *bytes.Buffer) (same bool, modified int64, err error) {
	f, err := os.Open(t.name(path))
	if err != nil {
		return false, 0, err
	}
	defer f.Close()
	size := buf.Len()
	info, err := f.Stat()
	if err != nil || info.Size() != int64(size) {
		return false, 0, err
	}
	defer buf.Truncate(size)
	_, err = buf.ReadFrom(f)
	return err == nil && bytes.Equal(buf.Bytes()[:size], buf.Bytes()[size:]), info.ModTime().UnixNano(), err
}

// stands reports whether the file has the bytes of which r was recorded at a time. Its stamp says so where it is trusted.
func (t tree) stands(path string, r state, at time.Time) (bool, error) {
	info, err := os.Lstat(t.name(path))
	if err != nil {
		return false, ignoreMissing(err)
	}
	if !info.Mode().IsRegular() || info.Size() != r.size || info.ModTime().UnixNano() != r.modified {
		return false, nil
	}
	if Settled(info.ModTime(), at) {
		return true, nil
	}
	sum, err := t.sum(path)
	return sum == r.sum, err
}

// sum returns the SHA-256 of a file.
func (t tree) sum(path string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(t.name(path))
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	h.Sum(sum[:0])
	return sum, err
}

// write makes the file anew, and returns its modification time in nanoseconds. It never writes to the file that is there, whose other link
// may be in the live tree.
func (t tree) write(path string, data []byte) (int64, error) {
	f, err := t.create(path)
	if errors.Is(err, fs.ErrExist) {
		if err = os.Remove(t.name(path)); err == nil {
			f, err = t.create(path)
		}
	}
	if err != nil {
		return 0, err
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Close()); err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

// create opens a file that must not be there yet. O_NONBLOCK means nothing to a plain file, but without it package os makes four more calls of
// the system, to learn that such a file cannot be waited for.
func (t tree) create(path string) (*os.File, error) {
	return os.OpenFile(t.name(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NONBLOCK, 0o644)
}

// share makes the file one and the same in t and in the tree from, if it is in from. Most often it is already, which two
// looks tell.
func (t tree) share(path string, from tree) error {
	source, err := os.Lstat(from.name(path))
	if err != nil {
		return ignoreMissing(err)
	}
	if own, err := os.Lstat(t.name(path)); err == nil && os.SameFile(own, source) {
		return nil
	}
	if err := ignoreMissing(os.Remove(t.name(path))); err != nil {
		return err
	}
	if os.Link(from.name(path), t.name(path)) == nil {
		return nil
	}
	return t.copy(path, from)
}

// copy serves file systems that know no hard links. It makes the file anew, with the bytes and the modification time that it
// has in the tree from.
func (t tree) copy(path string, from tree) error {
	info, err := os.Stat(from.name(path))
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from.name(path))
	if err != nil {
		return err
	}
	if _, err := t.write(path, data); err != nil {
		return err
	}
	return os.Chtimes(t.name(path), info.ModTime(), info.ModTime())
}

// swap lets two trees change places. The receiver is made if it is missing.
func (t tree) swap(other tree) error {
	if err := os.MkdirAll(string(t), 0o755); err != nil {
		return err
	}
	err := exchange(string(t), string(other))
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("output folder %s cannot be replaced: %w; let yourself write in it and in the folder that it lies in", t, err)
	case err != nil:
		return fmt.Errorf("output folder %s must be a plain folder on the same file system as its state: %w", t, err)
	}
	return nil
}

// ignoreMissing returns err, unless it says that a file does not exist.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
