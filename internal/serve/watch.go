package serve

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// folders are what a site is made from, in its own folder.
var folders = []string{"content", "static", "templates"}

const (
	// calm is how long nothing may change before the site is loaded, and calmAfterMany the same where a program writes many files, as a
	// checkout does. An editor that saves one file waits for no more than calm, and for nothing where it puts a whole file in the place of
	// the old one.
	calm          = 8 * time.Millisecond
	calmAfterMany = 100 * time.Millisecond
	many          = 4

	// patience is how long changes without an end may put off loading.
	patience = time.Second

	// pause is how long files are left alone between two looks at them, where the system does not tell of changes.
	pause = 500 * time.Millisecond
)

// Watch has the site loaded whenever the system tells that a file in the folder of the site changed, until ctx ends. An error at once says
// that the system does not tell; Poll then does the same.
func (h *Handler) Watch(ctx context.Context, dir string) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w := &watch{Handler: h, notes: watcher, dir: filepath.Clean(dir)}
	if err := w.addAll(); err != nil {
		watcher.Close()
		return err
	}
	h.group.Go(func() {
		defer watcher.Close()
		w.run(ctx)
	})
	return nil
}

// A watch takes what the system tells.
type watch struct {
	*Handler
	notes *fsnotify.Watcher
	dir   string

	// batch are the files that have changed, each soon after the one before it: at last. Since is when the first of those changed that have
	// not been loaded; it is zero where all have.
	batch       map[string]bool
	since, last time.Time
}

// addAll watches the folder of the site, in which the folders that it is made from come and go, and those.
func (w *watch) addAll() error {
	if err := w.notes.Add(w.dir); err != nil {
		return err
	}
	for _, name := range folders {
		if err := w.add(name); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and all below it. One that is not there, or has just gone, is none to watch.
func (w *watch) add(name string) error {
	return filepath.WalkDir(filepath.Join(w.dir, name), func(full string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || !d.IsDir():
			return err
		case isHidden(d.Name()):
			return fs.SkipDir
		}
		if err := w.notes.Add(full); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// run takes notes until ctx ends.
func (w *watch) run(ctx context.Context) {
	w.batch = map[string]bool{}
	quiet := time.NewTimer(0) // at first for what changed while the watch was set up
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case note, ok := <-w.notes.Events:
			if whole := w.isWhole(note); ok && w.take(note) {
				quiet.Reset(w.wait(whole))
			}
		case _, ok := <-w.notes.Errors:
			// Some notes are lost. What has come into being is watched, and everything looked at.
			if ok {
				w.addAll() // what cannot be watched now can be on the next note
				w.Changed()
				quiet.Reset(calmAfterMany)
			}
		case <-quiet.C:
			w.since = time.Time{}
			w.Load(ctx) // what is wrong is told to those who ask for a page
		}
	}
}

// take takes a note, and reports whether it is on a file of the site.
func (w *watch) take(note fsnotify.Event) bool {
	name, ok := w.name(note.Name)
	if !ok {
		return false
	}
	if note.Has(fsnotify.Create) {
		if info, err := os.Lstat(note.Name); err == nil && info.IsDir() {
			w.add(filepath.FromSlash(name)) // where it fails, the folder went again
		}
	}
	// On a slow disk a checkout may be calm between any two files, and is one for all that.
	now := w.Now()
	if now.Sub(w.last) > calmAfterMany {
		clear(w.batch)
	}
	if w.since.IsZero() {
		w.since = now
	}
	w.batch[name], w.last = true, now
	w.Changed(name)
	return true
}

// isWhole reports whether a note says that a file has taken the place of one that stood there when the site was loaded. One that is written
// where it stands is told of before all of it is there.
func (w *watch) isWhole(note fsnotify.Event) bool {
	name, ok := w.name(note.Name)
	return ok && note.Has(fsnotify.Create) && w.files.remembers(name)
}

// wait returns how long to wait for more, after a file that is whole or may not be.
func (w *watch) wait(whole bool) time.Duration {
	switch {
	case whole && len(w.batch) == 1:
		return 0
	case w.Now().Sub(w.since) > patience:
		return 0
	case len(w.batch) >= many:
		return calmAfterMany
	}
	return calm
}

// name returns the name of a file in the folder of the site, and whether it may be one of the site's: not what an editor puts beside it.
func (w *watch) name(full string) (string, bool) {
	rel, err := filepath.Rel(w.dir, full)
	if err != nil {
		return "", false
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if !slices.Contains(folders, parts[0]) || slices.ContainsFunc(parts, isHidden) {
		return "", false
	}
	return strings.Join(parts, "/"), true
}

// isHidden reports whether a name is that of what editors and version control keep for themselves.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") && name != "." || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp")
}

// Poll does what Watch does by looking at the stamps of all files again and again, until ctx ends.
func (h *Handler) Poll(ctx context.Context, dir string) {
	h.group.Go(func() {
		w := &watch{Handler: h, dir: filepath.Clean(dir)}
		known := w.stamps()
		for tick := time.NewTimer(0); ; tick.Reset(pause) {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			now := w.stamps()
			if changed := differing(known, now); len(changed) > 0 {
				known = now
				h.Changed(changed...)
			}
			h.Load(ctx) // what is wrong is told to those who ask for a page
		}
	})
}

// A stamp tells two states of a file apart.
type stamp struct {
	size     int64
	modified time.Time
	mode     fs.FileMode
}

// stamps returns those of all files and folders that a site is made from. What cannot be read has none.
func (w *watch) stamps() map[string]stamp {
	all := map[string]stamp{}
	for _, folder := range folders {
		filepath.WalkDir(filepath.Join(w.dir, folder), func(full string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			name, ok := w.name(full)
			if info, err := d.Info(); ok && err == nil {
				all[name] = stamp{info.Size(), info.ModTime(), info.Mode()}
			}
			if !ok && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		})
	}
	return all
}

// differing returns the names that two sets of stamps do not have alike, in order.
func differing(a, b map[string]stamp) []string {
	var names []string
	for name, s := range b {
		if old, ok := a[name]; !ok || old != s {
			names = append(names, name)
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
