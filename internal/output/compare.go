package output

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"briefing/internal/crash"
)

// A Difference is a file of which the directory does not hold what was promised.
type Difference struct {
	Path string

	// What says how it differs, such as "is missing".
	What string
}

// Compare keeps every promise, whatever the directory and its state say of it, and returns the files of which the directory holds something
// else, by path. It writes nothing.
func (d Dir) Compare(ctx context.Context, files Files) ([]Difference, error) {
	path, err := filepath.Abs(d.Path)
	if err != nil {
		return nil, err
	}
	live, found := tree(path), map[string]bool{}
	err = live.walk(func(path string, entry fs.DirEntry) error {
		if !entry.IsDir() && path != keptName && path != markName {
			found[path] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	differs := make([]string, files.Len())
	err = Each(ctx, files.Len(), func(i int) (err error) {
		differs[i] = "is missing"
		if path := files.Path(i); found[path] {
			err = crash.Guard(func() (err error) {
				differs[i], err = live.differs(files.File(i))
				return err
			}, "making ", path)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var list []Difference
	for i, path := range paths(files) {
		if differs[i] != "" {
			list = append(list, Difference{path, differs[i]})
		}
		delete(found, path)
	}
	for path := range found {
		list = append(list, Difference{path, "should not be there"})
	}
	slices.SortFunc(list, func(a, b Difference) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}

// differs says how the file in the tree differs from the promised one: not at all, or from which byte on.
func (t tree) differs(f File) (string, error) {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return "", fmt.Errorf("%s: %w", f.Path, err)
	}
	size := b.Len()
	// Only what differs is read into memory of its own.
	if same, _, err := t.has(f.Path, &b); same || err != nil {
		return "", err
	}
	got, err := fs.ReadFile(t.fs(), f.Path)
	if err != nil {
		return "", err
	}
	want := b.Bytes()[:size]
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("differs from byte %d on", i+1), nil
		}
	}
	return fmt.Sprintf("has %d bytes, not %d", len(got), len(want)), nil
}
