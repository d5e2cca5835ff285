package output

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// markName is the file at the top of a directory that tells of all others that commits wrote them.
const markName = ".briefing"

// markHead is how a mark begins. What follows is the SHA-256 of the list of all files.
const markHead = "A build wrote all files of this folder. The SHA-256 of the list of them, as briefing build --manifest writes it, is "

// A sum is a file with the SHA-256 of its bytes.
type sum struct {
	path string
	of   [sha256.Size]byte
}

// writeSums writes a list as sha256sum does, by path.
func writeSums(w io.Writer, list []sum) error {
	slices.SortFunc(list, func(a, b sum) int { return cmp.Compare(a.path, b.path) })
	out := bufio.NewWriter(w)
	for _, s := range list {
		path := s.path
		// sha256sum escapes a backslash in a name, and says so by another before the sum.
		if strings.Contains(path, `\`) {
			out.WriteByte('\\')
			path = strings.ReplaceAll(path, `\`, `\\`)
		}
		fmt.Fprintf(out, "%x  %s\n", s.of, path)
	}
	return out.Flush()
}

// markOf returns the text of the mark of a tree.
func markOf(list []sum) string {
	h := sha256.New()
	writeSums(h, list) // a hash takes everything
	return fmt.Sprintf("%s%x.\n", markHead, h.Sum(nil))
}

// mark returns the text of the tree's mark; a file of the same name that says something else is none.
func (t tree) mark() (string, error) {
	info, err := os.Lstat(t.name(markName))
	if err != nil || !info.Mode().IsRegular() {
		return "", ignoreMissing(err)
	}
	text, err := os.ReadFile(t.name(markName))
	if !strings.HasPrefix(string(text), markHead) {
		return "", err
	}
	return string(text), err
}

// recognise returns what a mark tells of the tree: that every file in it is ours, or nothing, where one is missing, another came or a byte
// is not as it was.
func (t tree) recognise(mark string) (history, error) {
	var list []sum
	h := history{records: map[string]record{}}
	err := t.walk(func(path string, d fs.DirEntry) error {
		// What is no file is refused by all who look.
		if !d.Type().IsRegular() || path == keptName || path == markName {
			return nil
		}
		of, err := t.sum(path)
		list = append(list, sum{path, of})
		h.records[path] = record{}
		return err
	})
	if err != nil || markOf(list) != mark {
		return history{}, err
	}
	return h, nil
}

// stand, of a commit of no files, looks at each file of the directory. It reports whether all are there that the last commit left, as it
// left them, and none else.
func (c *commit) stand(ctx context.Context) (Result, bool, error) {
	if err := c.survey(); err != nil {
		return Result{}, false, err
	}
	paths := slices.Collect(maps.Keys(c.history.records))
	// With no files promised all that are ours are to be removed: another number says that one is missing or came.
	if c.removed != len(paths) || c.mark != markOf(c.history.sums()) {
		return Result{}, false, nil
	}
	var standing, bytes atomic.Int64
	err := Each(ctx, len(paths), func(i int) error {
		r := c.history.records[paths[i]]
		stands, err := c.live.stands(paths[i], r.state, c.history.at)
		if stands {
			standing.Add(1)
			bytes.Add(r.size)
		}
		return err
	})
	n := len(paths)
	return Result{Files: n, Unchanged: n, Bytes: bytes.Load()}, int(standing.Load()) == n, err
}

// sums returns the files that are known.
func (h *history) sums() []sum {
	list := make([]sum, 0, len(h.records))
	for path, r := range h.records {
		list = append(list, sum{path, r.sum})
	}
	return list
}

// WriteManifest writes the SHA-256 of each file that the last commit left in the directory, by path, in the form that sha256sum -c reads.
func (d Dir) WriteManifest(ctx context.Context, w io.Writer) error {
	return d.locked(ctx, func(_, state string) error {
		m := manifest(filepath.Join(state, "manifest"))
		h, err := m.read()
		if err == nil && h.at.IsZero() {
			err = errors.New("internal error: no commit is recorded")
		}
		if err != nil {
			return err
		}
		return writeSums(w, h.sums())
	})
}
