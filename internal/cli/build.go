package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/site"
)

// publicFolder is where a build goes unless told otherwise, inside the site's folder. It holds nothing that a build did not make, but for
// a .gitignore.
const publicFolder = "public"

// buildGarbage is how much of the memory may be garbage during a build, in percent of what is not. With less the collector would add more
// than a twentieth to the time of a build of a large site; with more, one of 150,000 entries would take more than a gigabyte.
const buildGarbage = 60

// buildFloor is how many bytes count as no garbage without being used: the same share of them may be garbage, so that the collector does not
// come every few megabytes while a site is small, for a tenth of the time of its build. What is never touched takes no memory.
const buildFloor = 80 << 20

// A build is one run of “briefing build”.
type build struct {
	*app

	// out is the folder to write to, and dir the same with all that a commit must know of it.
	out string
	dir output.Dir

	// manifest is the file to which the digests of all files are written; empty for none.
	manifest string

	// verify says that the site is made a second time, from nothing, to be compared, and precompress that compressed forms of files lie
	// beside them.
	verify, precompress bool

	// What the site is made from, when the run began, and what is told of it at the end: how many entries there are, how many files had to be
	// parsed, and what the commit did.
	src     site.Source
	start   time.Time
	entries int
	parsed  int
	result  output.Result
}

// buildCommand returns “briefing build”.
func (a *app) buildCommand() *cobra.Command {
	b := build{app: a}
	var used profile
	c := &cobra.Command{
		Use:   "build",
		Short: "Write the site to a folder",
		Long: `Build reads the entries, links them and writes the site. Where there are
problems it prints them all and writes nothing: the last good site stays.

It does no more than it must: what it read and made is remembered in .briefing/
beside the folder, which may be deleted at any moment.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return used.around(func() error { return b.run(c.Context()) })
		},
	}
	c.Flags().StringVar(&b.out, "out", "", "the `folder` to write to (default public/ in the site's folder)")
	c.Flags().StringVar(&b.manifest, "manifest", "", "write the SHA-256 of every file to a `file`, for sha256sum -c")
	c.Flags().BoolVar(&b.verify, "verify", false, "make the whole site again from nothing and compare every file")
	a.siteFlags(c)
	a.reportFlags(c)
	c.Flags().BoolVar(&b.precompress, "precompress", false, "write .gz and .br beside each file of text, for servers that send these")
	c.Flags().BoolVar(&a.metrics, "metrics", false, "say what the files of each template took")
	used.flags(c)
	return c
}

// run makes the folder show the site, and then does what else was asked for.
func (b *build) run(ctx context.Context) error {
	b.start = b.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(buildGarbage))
	floor := make([]byte, buildFloor)
	defer runtime.KeepAlive(floor)
	// The default lies in the site's folder, wherever the command runs.
	if b.out == "" {
		b.out = filepath.Join(b.app.dir, publicFolder)
	}
	// The folders that a site is written in are given to the commit, which refuses to write over them.
	b.dir = output.Dir{Path: b.out, Sources: []string{
		filepath.Join(b.app.dir, "content"), filepath.Join(b.app.dir, "templates"), filepath.Join(b.app.dir, "static"),
	}}
	var err error
	if b.src, err = b.asked(); err != nil {
		return err
	}
	// Only a build remembers: check and serve name no program, and read or keep nothing beside the folder.
	b.src.Program, b.src.Watch = programDigest(), &b.progress
	if err := b.bring(ctx); err != nil {
		return err
	}
	b.tellResult()
	if b.manifest != "" {
		if err := b.writeManifest(ctx); err != nil {
			return err
		}
	}
	if b.verify {
		return b.compare(ctx)
	}
	return nil
}

// bring brings the folder up to date. Where nothing changed since the last build, and its files stand, that takes no more than a look.
func (b *build) bring(ctx context.Context) error {
	state, err := b.dir.StateFolder()
	if err != nil {
		return err
	}
	b.src.Lean = state
	b.progress.Enter("looking for what changed")
	memory := site.OpenMemory(state, b.src.Program)
	defer memory.Close()
	stands, err := b.stands(ctx, memory)
	if err != nil {
		return b.nothing(err)
	}
	if stands {
		b.progress.end()
		return b.report(nil, b.src)
	}
	return b.commit(ctx, memory)
}

// stands reports whether there is nothing to do. An error of the look at the sources is found again, and told better, by those who read
// them.
func (b *build) stands(ctx context.Context, memory *site.Memory) (stands bool, err error) {
	from, entries, err := memory.From(ctx, b.src)
	// Metrics are of files that are made, so that with them all is made.
	if err != nil || from == "" || b.metrics {
		return false, nil
	}
	b.dir.From, b.entries = b.from(from), entries
	b.result, stands, err = b.dir.Stands(ctx)
	return stands, err
}

// commit loads the site and commits its output, unless there are problems: then the folder is not touched, and the user is told so, for
// the page that is open in a browser still looks well.
func (b *build) commit(ctx context.Context, memory *site.Memory) error {
	s, problems, err := site.Load(ctx, b.src, memory.Site())
	if err != nil {
		return err
	}
	if err := b.report(problems, b.src); err != nil {
		return b.nothing(err)
	}
	// Problems that stop nothing are to be told by every build: none may be left out.
	b.dir.From = ""
	if len(problems) == 0 {
		b.dir.From = b.from(s.From())
	}
	// It is kept before anything is made, which takes memory too. The start counts: a file that was saved while the build ran has to be looked
	// at again.
	if err := memory.Keep(s, b.start); err != nil {
		fmt.Fprintf(b.Stderr, "briefing: the next build will have to parse all files again: %v\n", err)
	}
	b.entries, b.parsed = len(s.Graph.All()), s.Parsed
	files := b.files(s)
	b.dir.Around = b.steps(files.Len())
	b.result, err = b.dir.Commit(ctx, files)
	b.progress.end()
	if err != nil {
		return b.nothing(b.proof(ctx, s, err))
	}
	return nil
}

// files returns the files of a site, and their compressed forms where these are asked for.
func (b *build) files(s *site.Site) output.Files {
	if !b.precompress {
		return s.Files()
	}
	return output.Compressed(s.Files(), export.Compressible)
}

// from names what the folder is made from, given what the site is: a folder with compressed forms is another.
func (b *build) from(site string) string {
	if b.precompress && site != "" {
		return site + "-compressed"
	}
	return site
}

// nothing tells the user that the folder was not touched, and returns the error.
func (b *build) nothing(err error) error {
	fmt.Fprintln(b.Stderr, "Nothing was written.")
	return err
}

// tellResult says what was done.
func (b *build) tellResult() {
	r := &b.result
	fmt.Fprintf(b.news(), "%s from %s: %s written, %s unchanged, %s removed, in %d ms. See %s\n",
		count(r.Files, "file"), entries(b.entries), digits(r.Written), digits(r.Unchanged), digits(r.Removed),
		b.Now().Sub(b.start).Milliseconds(), filepath.Join(b.out, "index.html"))
	if b.verbose {
		fmt.Fprintf(b.news(), "%s parsed, %s drafted, %s made, %s written\n",
			count(b.parsed, "file"), count(r.Drafted, "file"), count(r.Made, "file"), digits(r.Written))
	}
	if b.metrics {
		b.meter.print(b.news())
	}
}

// writeManifest writes the digests of all files. The error of closing counts too: on a full disk it may be the only one.
func (b *build) writeManifest(ctx context.Context) error {
	f, err := os.Create(b.manifest)
	if err != nil {
		return err
	}
	return errors.Join(b.dir.WriteManifest(ctx, f), f.Close())
}

// namedDifferences is how many differences are named.
const namedDifferences = 10

// compare makes the site from nothing, keeps every promise and compares it with the file in the folder. What differs was left standing by
// mistake, which is a fault of the program and not of the site. Its error names the cure.
func (b *build) compare(ctx context.Context) error {
	src := b.src
	// Without a program no memory is trusted, so that every file is parsed and every promise kept.
	src.Program = ""
	s, _, err := site.Load(ctx, src, nil)
	if err != nil {
		return err
	}
	files := b.files(s)
	list, err := b.dir.Compare(ctx, files)
	if err != nil {
		return err
	}
	for i, d := range list {
		if i == namedDifferences {
			fmt.Fprintf(b.Stderr, "… and %d more\n", len(list)-i)
			break
		}
		fmt.Fprintf(b.Stderr, "%s %s\n", filepath.Join(b.out, filepath.FromSlash(d.Path)), d.What)
	}
	if len(list) > 0 {
		return fmt.Errorf("%s not what a build from nothing makes; remove .briefing/ beside the folder and build again, and report it", count(len(list), "file"))
	}
	fmt.Fprintf(b.news(), "Verified: a build from nothing makes the same %s, byte for byte.\n", count(files.Len(), "file"))
	return nil
}

// proof tells of all problems of templates where a commit failed for one of them, which need not be the first.
func (b *build) proof(ctx context.Context, s *site.Site, failed error) error {
	var fault *site.TemplateError
	if !errors.As(failed, &fault) {
		return failed
	}
	problems, err := s.Proof(ctx, true)
	if err != nil {
		return err
	}
	return cmp.Or(b.tell(b.named(problems), b.texts(b.src.Files)), failed)
}
