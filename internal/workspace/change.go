package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"briefing/internal/diag"
)

// A Change is an edit of files that belong together.
type Change struct {
	// Texts are the new texts of the files.
	Texts Texts
	// Old are the texts that they replace.
	Old Texts
	// from and to are the names of a file that moves; empty where none does.
	from, to string
}

// change returns the change that some edits make. Edits that hold no more are an error: the files have changed meanwhile.
func (w *Workspace) change(edits []diag.Edit) (Change, error) {
	byFile := map[string][]diag.Edit{}
	for _, e := range edits {
		byFile[e.File] = append(byFile[e.File], e)
	}
	c := Change{Texts: Texts{}, Old: Texts{}}
	for name, list := range byFile {
		old := w.Text(name)
		text, err := diag.Apply(old, list)
		if err != nil {
			return c, err
		}
		if !bytes.Equal(old, text) {
			c.Texts[name], c.Old[name] = text, old
		}
	}
	return c, nil
}

// Files returns the names of the files that the change touches, in order.
func (c Change) Files() []string { return slices.Sorted(maps.Keys(c.Texts)) }

// Diff returns the change as a unified diff.
func (c Change) Diff() []byte {
	var out []byte
	for _, name := range c.Files() {
		old, text := name, name
		if c.Old[name] == nil {
			old = os.DevNull
		}
		if c.Texts[name] == nil {
			text = os.DevNull
		}
		out = append(out, diff.Diff(old, c.Old[name], text, c.Texts[name])...)
	}
	return out
}

// Try returns the problems that the change would bring: none where it is safe.
func (w *Workspace) Try(ctx context.Context, c Change) (diag.List, error) {
	after, err := w.With(ctx, c.Texts)
	if err != nil {
		return nil, err
	}
	known := diag.Baseline{}
	for _, p := range w.Problems {
		known[p.Finding()]++
	}
	var list diag.List
	for _, p := range after.Problems {
		before := p
		// A file that moves takes along what is wrong with it.
		if c.to != "" && p.File == c.to {
			before.File = c.from
		}
		// Places move with the lines above them, so that problems are compared by what they say.
		if f := before.Finding(); known[f] > 0 {
			known[f]--
		} else {
			list.Add(p)
		}
	}
	return list, nil
}

// Write writes the change to the site's folder, all of it or nothing: new texts are stored beside their files first, and only then put in
// their place. Where that fails, what was put in place already is put back. A file that has its new text already is left alone.
func (c Change) Write(dir string) error {
	staged := map[string]string{}
	defer func() {
		for _, temporary := range staged {
			os.Remove(temporary)
		}
	}()
	// Nothing is in its place yet: whatever fails here, the site is as it was.
	for name, text := range c.Texts {
		if text == nil {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
			continue
		}
		temporary, err := stage(path, text)
		if err != nil {
			return err
		}
		staged[name] = temporary
	}
	// What goes goes last: of an entry that moves there are two for a moment, never none.
	names := c.Files()
	slices.SortStableFunc(names, func(a, b string) int { return gone(c.Texts[a]) - gone(c.Texts[b]) })
	for i, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		var err error
		if temporary, ok := staged[name]; ok {
			err = os.Rename(temporary, path)
		} else if c.Texts[name] == nil {
			err = os.Remove(path)
		}
		if err != nil {
			return errors.Join(err, c.undo(dir, names[:i]))
		}
	}
	return nil
}

// gone returns 1 for the text of a file that is no more.
func gone(text []byte) int {
	if text == nil {
		return 1
	}
	return 0
}

// undo puts the old texts of files back.
func (c Change) undo(dir string, names []string) error {
	var failed []error
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if old := c.Old[name]; old == nil {
			// A file without an old text was made by the change.
			failed = append(failed, os.Remove(path))
		} else {
			failed = append(failed, os.WriteFile(path, old, 0o644))
		}
	}
	return errors.Join(failed...)
}

// stage stores a text beside the file that it is for, with the permissions of that file, and returns where.
func stage(path string, text []byte) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	// A name that begins with a dot is no entry, should the program be stopped here.
	f, err := os.CreateTemp(filepath.Dir(path), ".briefing-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close(), os.Chmod(f.Name(), mode)); err != nil {
		os.Remove(f.Name())
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return f.Name(), nil
}
