package workspace

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Texts are the new texts of files, by their names; nil for a file that is no more.
type Texts map[string][]byte

// An overlay is a file system with other texts in place of some files. Their time is unknown, so that nobody takes them for the files that
// they stand for.
type overlay struct {
	under fs.FS
	texts Texts
}

// Open opens a text, or what lies under it.
func (o overlay) Open(name string) (fs.File, error) {
	text, ok := o.texts[name]
	switch {
	case ok && text == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case ok:
		return &opened{info{path.Base(name), int64(len(text)), false}, bytes.NewReader(text)}, nil
	}
	return o.under.Open(name)
}

// ReadDir lists a folder with the files and folders that the texts add to it, and without those that they take away.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.under, name)
	added := false
	for file, text := range o.texts {
		below, ok := strings.CutPrefix(file, name+"/")
		if !ok {
			continue
		}
		base, _, folder := strings.Cut(below, "/")
		there := func(e fs.DirEntry) bool { return e.Name() == base }
		// A text replaces the file of its name, and a nil one takes it away. A folder stays, with what else is in it.
		if !folder {
			list = slices.DeleteFunc(list, there)
		}
		if text != nil && !slices.ContainsFunc(list, there) {
			list, added = append(list, fs.FileInfoToDirEntry(info{base, int64(len(text)), folder})), true
		}
	}
	// A folder that only texts are in is on no disk.
	if added && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// An opened is a text that is being read.
type opened struct {
	info
	*bytes.Reader
}

// Stat describes the text.
func (f *opened) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *opened) Close() error { return nil }

// Size returns the length of the text; both that it is made of could.
func (f *opened) Size() int64 { return f.info.Size() }

// An info describes a text.
type info struct {
	name   string
	size   int64
	folder bool
}

func (i info) Name() string { return i.name }
func (i info) Size() int64  { return i.size }

// ModTime is none, so that whoever keeps stamps reads the text anew.
func (i info) ModTime() time.Time { return time.Time{} }

func (i info) IsDir() bool { return i.folder }
func (i info) Sys() any    { return nil }

// Mode says whether it is a folder.
func (i info) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
