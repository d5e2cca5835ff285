package cli

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// layered is a file system in which the files of over stand before those of under that have the same name. Folders are merged, so that a
// site can replace one template and leave the rest to the built-in ones. Only what is not there is looked for below: a file of the
// site's own that cannot be read is an error, or the site would be built with another theme than its editor's.
type layered struct{ over, under fs.FS }

// Open opens a file of over, or of under where over has none.
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.under.Open(name)
	}
	return f, err
}

// ReadDir lists a folder of both.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	over, err := fs.ReadDir(l.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	under, underErr := fs.ReadDir(l.under, name)
	if underErr != nil && (err != nil || !errors.Is(underErr, fs.ErrNotExist)) {
		return nil, underErr
	}
	// Of two files of one name the stable sort keeps that of over first, and Compact drops the other.
	list := slices.Concat(over, under)
	slices.SortStableFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(list, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}

// A rootFS has the methods that the file system of a root has.
type rootFS interface {
	fs.ReadDirFS
	fs.ReadFileFS
	fs.StatFS
	fs.ReadLinkFS
}

// A rooted is the files of a root, whose folders can be opened.
type rooted struct {
	rootFS
	root *os.Root
}

// Folder opens a folder. No link leads out of it.
func (r rooted) Folder(name string) (fs.FS, error) {
	folder, err := r.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return folder.FS(), nil
}

// sub returns a folder of a file system; one without any files where there is no such folder.
func sub(files fs.FS, dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		return layered{files, files} // cannot happen: dir is a constant
	}
	return f
}
