package output

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// fewNames is how many of the files that no build wrote are named.
const fewNames = 3

// A commit is one run of [Dir.Commit], under the lock. Its steps are the methods, in order.
type commit struct {
	files    []File
	promised map[string]bool // paths of files
	folders  map[string]bool // folders that hold them

	live, spare tree
	manifest    manifest

	// prepare readies the spare for writing. The first call does it, so that a commit without changes never does.
	prepare func() error

	// found has the promised files that the directory holds, and whether an earlier commit wrote them. Removed counts the
	// files that an earlier commit wrote and that are promised no longer.
	found   map[string]bool
	removed int

	// unchanged tells, by index in files, whether the live file has the promised bytes.
	unchanged []bool
	written   atomic.Int64
	bytes     atomic.Int64

	// buffers holds a *bytes.Buffer for each core.
	buffers sync.Pool
}

// newCommit prepares a commit of files to the live tree, with its spare in state.
func newCommit(files []File, live, state string) *commit {
	c := &commit{
		files:     files,
		promised:  make(map[string]bool, len(files)),
		folders:   make(map[string]bool),
		live:      tree(live),
		spare:     tree(filepath.Join(state, "spare")),
		manifest:  manifest(filepath.Join(state, "manifest")),
		found:     make(map[string]bool),
		unchanged: make([]bool, len(files)),
		buffers:   sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	for _, f := range files {
		c.promised[f.Path] = true
		for folder := range parents(f.Path) {
			c.folders[folder] = true
		}
	}
	c.prepare = sync.OnceValue(func() error { return c.spare.reduce(c.promised, c.folders) })
	return c
}

// run takes the steps. Up to the last line of change, nothing in the directory is touched.
func (c *commit) run(ctx context.Context) (Result, error) {
	if err := restore(string(c.live), string(c.spare)); err != nil {
		return Result{}, err
	}
	if err := c.survey(); err != nil {
		return Result{}, err
	}
	if err := c.each(ctx, c.keep); err != nil {
		return Result{}, err
	}
	if err := c.manifest.begin(c.files); err != nil {
		return Result{}, err
	}
	written := int(c.written.Load())
	if written+c.removed > 0 {
		if err := c.change(ctx); err != nil {
			return Result{}, err
		}
	}
	return Result{
		Files:     len(c.files),
		Written:   written,
		Unchanged: len(c.files) - written,
		Removed:   c.removed,
		Bytes:     c.bytes.Load(),
	}, c.manifest.end()
}

// survey looks at what the directory holds, and refuses what no commit wrote.
func (c *commit) survey() error {
	owned, err := c.manifest.read()
	if err != nil {
		return err
	}
	var foreign []string
	err = c.live.walk(func(path string, d fs.DirEntry) error {
		regular := d.Type().IsRegular()
		switch {
		case d.IsDir(), regular && path == keptName:
		case !regular, !owned[path] && !c.promised[path]:
			if foreign = append(foreign, path); len(foreign) > fewNames {
				return fs.SkipAll
			}
		case c.promised[path]:
			c.found[path] = owned[path]
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

// keep keeps the promise of file i: it writes the bytes to the spare, unless the live file has the same.
func (c *commit) keep(i int) error {
	buf := c.buffers.Get().(*bytes.Buffer)
	defer c.buffers.Put(buf)
	buf.Reset()

	path := c.files[i].Path
	if err := c.files[i].Write(buf); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	c.bytes.Add(int64(buf.Len()))
	if owned, found := c.found[path]; found {
		equal, err := c.live.has(path, buf)
		switch {
		case equal || err != nil:
			c.unchanged[i] = equal
			return err
		case !owned:
			return c.refuse([]string{path})
		}
	}
	c.written.Add(1)
	if err := c.prepare(); err != nil {
		return err
	}
	return c.spare.write(path, buf.Bytes())
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
		return c.spare.share(c.files[i].Path, c.live)
	})
	if err != nil {
		return err
	}
	if err := c.spare.share(keptName, c.live); err != nil {
		return err
	}
	return c.live.swap(c.spare)
}

// each calls f with each index of files, on all cores, until one returns an error or ctx is done.
func (c *commit) each(ctx context.Context, f func(i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range c.files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return f(i)
		})
	}
	return g.Wait()
}
