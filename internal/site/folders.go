package site

import (
	"io/fs"
	"path"
	"sync"
)

// foldered are files that may be read by way of the folder that they lie in. To walk down to it anew for each of them takes longer than to
// read one.
type foldered interface {
	fs.FS
	// Folder returns a folder, which stays open until nobody holds it.
	Folder(name string) (fs.FS, error)
}

// mostOpen bounds the folders that are kept open: a site may have thousands, and a program only so many open files.
const mostOpen = 64

// A walker reads files, and keeps the folders open in which they lie. It is made anew for each site, since another folder may take the place
// of one that is open.
type walker struct {
	foldered
	mu   sync.Mutex
	open map[string]fs.FS
}

// walking returns files that keep their folders open, where they can.
func walking(files fs.FS) fs.FS {
	if f, ok := files.(foldered); ok {
		return &walker{foldered: f, open: map[string]fs.FS{}}
	}
	return files
}

// folder returns the open folder in which a file lies, and the file's name in it. It reports whether there is one.
func (w *walker) folder(name string) (fs.FS, string, bool) {
	dir, base := path.Dir(name), path.Base(name)
	w.mu.Lock()
	defer w.mu.Unlock()
	files, ok := w.open[dir]
	if !ok && len(w.open) < mostOpen {
		// What cannot be opened is not tried again.
		files, _ = w.Folder(dir)
		w.open[dir] = files
	}
	return files, base, files != nil
}

// Stat describes a file. Here, as below, the whole has the last word: a link may lead out of a folder, and not out of the site.
func (w *walker) Stat(name string) (fs.FileInfo, error) {
	if files, base, ok := w.folder(name); ok {
		if info, err := fs.Stat(files, base); err == nil {
			return info, nil
		}
	}
	return fs.Stat(w.foldered, name)
}

// ReadFile reads a file.
func (w *walker) ReadFile(name string) ([]byte, error) {
	if files, base, ok := w.folder(name); ok {
		if text, err := fs.ReadFile(files, base); err == nil {
			return text, nil
		}
	}
	return fs.ReadFile(w.foldered, name)
}

// Open opens a file.
func (w *walker) Open(name string) (fs.File, error) {
	if files, base, ok := w.folder(name); ok {
		if f, err := files.Open(base); err == nil {
			return f, nil
		}
	}
	return w.foldered.Open(name)
}

// ReadDir lists a folder.
func (w *walker) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(w.foldered, name) }
