package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"briefing/internal/crash"
)

// keptBuffer is how large the memory of one file may be to be that of the next as well: a few files of a large site take tens of megabytes.
const keptBuffer = 1 << 20

// fewNames is how many of the files that no build wrote are named.
const fewNames = 3

// A commit is one run of [Dir.Commit], under the lock. Its steps are the methods, in order.
type commit struct {
	dir   Dir
	files Files

	// promised returns the paths of files. Whoever looks at no directory does not ask.
	promised func() map[string]bool

	live, spare tree
	manifest    manifest

	// history is what is known of the directory, and mark the text of its mark.
	history history
	mark    string

	// prepare readies the spare for writing. The first call does it, so that a commit without changes never does.
	prepare func() error

	// found has the promised files that the directory holds, and whether an earlier commit wrote them. Removed counts the
	// files that an earlier commit wrote and that are promised no longer.
	found   map[string]bool
	removed int

	// unchanged tells, by index in files, whether the live file has the promised bytes. All else that is to be known of each goes into the
	// journal: it would be much to have in memory.
	unchanged []bool
	journal   *journal

	written, made, drafted, bytes atomic.Int64

	// buffers holds a *bytes.Buffer for each core.
	buffers sync.Pool
}

// newCommit prepares a commit of files to the live tree, with its spare in a folder.
func (d Dir) newCommit(files Files, live, folder string) *commit {
	c := &commit{
		dir:       d,
		files:     files,
		live:      tree(live),
		spare:     tree(filepath.Join(folder, "spare")),
		manifest:  manifest(filepath.Join(folder, "manifest")),
		found:     make(map[string]bool),
		unchanged: make([]bool, files.Len()),
		buffers:   sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	c.promised = sync.OnceValue(func() map[string]bool {
		promised := make(map[string]bool, files.Len())
		for _, path := range paths(files) {
			promised[path] = true
		}
		return promised
	})
	c.prepare = sync.OnceValue(func() error { return c.spare.reduce(c.promised, foldersOf(files)) })
	return c
}

// begin makes good what a commit that was killed left, and finds out what is known of the directory.
func (c *commit) begin() error {
	if err := restore(string(c.live), string(c.spare)); err != nil {
		return err
	}
	var err error
	if c.history, err = c.manifest.read(); err != nil {
		return err
	}
	if c.mark, err = c.live.mark(); err != nil || c.mark == "" || c.history.records != nil {
		return err
	}
	c.history, err = c.live.recognise(c.mark)
	return err
}

// run takes the steps. Up to the last line of change, nothing in the directory is touched.
func (c *commit) run(ctx context.Context) (Result, error) {
	if err := c.begin(); err != nil {
		return Result{}, err
	}
	if err := c.survey(); err != nil {
		return Result{}, err
	}
	var err error
	if c.journal, err = c.manifest.open(c.dir.From); err != nil {
		return Result{}, err
	}
	defer c.manifest.discard(c.journal)
	err = c.each(ctx, func(i int) error {
		return crash.Guard(func() error { return c.keep(i, c.files.File(i)) }, "making ", c.files.Path(i))
	})
	if err != nil {
		return Result{}, err
	}
	if err := c.manifest.begin(c.journal); err != nil {
		return Result{}, err
	}
	sums, err := c.manifest.recorded(c.files.Len())
	if err != nil {
		return Result{}, err
	}
	written := int(c.written.Load())
	if mark := markOf(sums); written+c.removed > 0 || c.mark != mark {
		c.mark = mark
		if err := c.change(ctx); err != nil {
			return Result{}, err
		}
	}
	return Result{
		Files:     c.files.Len(),
		Written:   written,
		Unchanged: c.files.Len() - written,
		Removed:   c.removed,
		Made:      int(c.made.Load()),
		Drafted:   int(c.drafted.Load()),
		Bytes:     c.bytes.Load(),
	}, c.manifest.end()
}

// survey looks at what the directory holds, and refuses what no commit wrote.
func (c *commit) survey() error {
	var foreign []string
	err := c.live.walk(func(path string, d fs.DirEntry) error {
		regular := d.Type().IsRegular()
		_, owned := c.history.records[path]
		switch {
		case d.IsDir(), regular && path == keptName, regular && path == markName && c.mark != "":
		case !regular, !owned && !c.promised()[path]:
			if foreign = append(foreign, path); len(foreign) > fewNames {
				return fs.SkipAll
			}
		case c.promised()[path]:
			c.found[path] = owned
		default:
			c.removed++
		}
		return nil
	})
	if err == nil && len(foreign) > 0 {
		err = c.refuse(foreign)
	}
	return err
}

// refuse returns the error for files that were found but that no commit wrote. It names a few; one more stands for the rest.
func (c *commit) refuse(foreign []string) error {
	if len(foreign) > fewNames {
		foreign[fewNames] = "…"
	}
	return fmt.Errorf("output folder %s holds files that no build is known to have written: %s; move them away or choose another folder (if the state folder was deleted since a build wrote them, empty this one)",
		c.live, strings.Join(foreign, ", "))
}

// keep keeps the promise of file i, as far as it must be: a file that stands as it was recorded, and that shows the same, is not made
// again.
func (c *commit) keep(i int, f File) error {
	old, stands, err := c.standing(f.Path)
	if err != nil {
		return err
	}
	if stands && f.Key != "" && f.Key == old.key {
		c.note(i, &f, &old.state, true)
		return nil
	}
	write, now := f.Write, state{}
	if f.Draft != nil {
		if now.view, write, err = f.Draft(); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		c.drafted.Add(1)
		if stands && now.view != "" && now.view == old.view {
			c.note(i, &f, &old.state, true)
			return nil
		}
	}
	if !stands {
		old = record{}
	}
	if c.dir.Around != nil {
		write = c.dir.Around(&f, write)
	}
	unchanged, err := c.make(f.Path, write, &old.state, &now)
	if err == nil {
		c.note(i, &f, &now, unchanged)
	}
	return err
}

// standing returns what is known of a file in the directory, and whether it stands as it was recorded.
func (c *commit) standing(path string) (record, bool, error) {
	if !c.found[path] {
		return record{}, false, nil
	}
	r := c.history.records[path]
	stands, err := c.live.stands(path, r.state, c.history.at)
	return r, stands, err
}

// note notes what is now known of file i, and whether the live file has its bytes.
func (c *commit) note(i int, f *File, now *state, unchanged bool) {
	c.unchanged[i] = unchanged
	c.bytes.Add(now.size)
	c.journal.add(f, now)
}

// make makes the bytes of a file, and writes them to the spare unless the live file has the same, which it reports. Old is what is known of
// the live file, if it stands as it was recorded; what is then known goes into now.
func (c *commit) make(path string, write func(io.Writer) error, old, now *state) (unchanged bool, err error) {
	buf := c.buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= keptBuffer {
			c.buffers.Put(buf)
		}
	}()
	buf.Reset()

	if err := write(buf); err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	c.made.Add(1)
	now.sum, now.size = sha256.Sum256(buf.Bytes()), int64(buf.Len())
	if now.sum == old.sum {
		now.modified = old.modified
		return true, nil
	}
	owned, found := c.found[path]
	if found && old.sum == ([sha256.Size]byte{}) {
		same, modified, err := c.live.has(path, buf)
		switch {
		case same || err != nil:
			now.modified = modified
			return same, err
		case !owned:
			return false, c.refuse([]string{path})
		}
	}
	c.written.Add(1)
	if err := c.prepare(); err != nil {
		return false, err
	}
	now.modified, err = c.spare.write(path, buf.Bytes())
	return false, err
}

// change completes the spare with all that did not change, and puts it in the directory's place. Most files are in the spare
// already, from the commit before the last one.
func (c *commit) change(ctx context.Context) error {
	if err := c.prepare(); err != nil {
		return err
	}
	err := c.each(ctx, func(i int) error {
		if !c.unchanged[i] {
			return nil
		}
		return c.spare.share(c.files.Path(i), c.live)
	})
	if err != nil {
		return err
	}
	if err := c.spare.share(keptName, c.live); err != nil {
		return err
	}
	if _, err := c.spare.write(markName, []byte(c.mark)); err != nil {
		return err
	}
	return c.live.swap(c.spare)
}

// each calls f with each index of files, on all cores, until one returns an error or ctx is done.
func (c *commit) each(ctx context.Context, f func(i int) error) error {
	return Each(ctx, c.files.Len(), f)
}
