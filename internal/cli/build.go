package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/site"
)

// publicFolder is where a build goes unless told otherwise, inside the site's folder. It holds nothing that a build did not make, but for
// a .gitignore.
const publicFolder = "public"

// buildCommand returns “briefing build”.
func (a *app) buildCommand() *cobra.Command {
	var out string
	var precompress bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Write the site to a folder",
		Long: `Build reads the entries, links them and writes the site. Where there are
problems it prints them all and writes nothing: the last good site stays.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.build(c, out, precompress) },
	}
	c.Flags().StringVar(&out, "out", "", "the `folder` to write to (default public/ in the site's folder)")
	a.siteFlags(c)
	a.reportFlags(c)
	c.Flags().BoolVar(&precompress, "precompress", false, "write .gz and .br beside each file of text, for servers that send these")
	c.Flags().BoolVar(&a.metrics, "metrics", false, "say what the files of each template took")
	return c
}

// build loads the site and commits its output, unless there are problems: then the folder is not touched, and the user is told so, for
// the page that is open in a browser still looks well. The folders that a site is written in are given to the commit, which refuses to
// write over them.
func (a *app) build(c *cobra.Command, out string, precompress bool) error {
	start := a.Now()
	s, err := a.load(c.Context())
	if err != nil {
		if s != nil {
			fmt.Fprintln(a.Stderr, "Nothing was written.")
		}
		return err
	}
	// The default lies in the site's folder, wherever the command runs.
	if out == "" {
		out = filepath.Join(a.dir, publicFolder)
	}
	dir := output.Dir{Path: out, Sources: []string{
		filepath.Join(a.dir, "content"), filepath.Join(a.dir, "templates"), filepath.Join(a.dir, "static"),
	}}
	files := s.Files()
	if precompress {
		files = output.Compressed(files, export.Compressible)
	}
	result, err := dir.Commit(c.Context(), a.watched(files))
	a.progress.end()
	if err != nil {
		err = a.proof(c.Context(), s, err)
		fmt.Fprintln(a.Stderr, "Nothing was written.")
		return err
	}
	fmt.Fprintf(a.news(), "%s from %s: %s written, %s unchanged, %s removed, in %d ms. See %s\n",
		count(result.Files, "file"), entries(len(s.Graph.All())), digits(result.Written), digits(result.Unchanged), digits(result.Removed),
		a.Now().Sub(start).Milliseconds(), filepath.Join(out, "index.html"))
	if a.metrics {
		a.meter.print(a.news())
	}
	return nil
}

// proof tells of all problems of templates where a commit failed for one of them, which need not be the first.
func (a *app) proof(ctx context.Context, s *site.Site, failed error) error {
	var fault *site.TemplateError
	if !errors.As(failed, &fault) {
		return failed
	}
	problems, err := s.Proof(ctx, true)
	if err != nil {
		return err
	}
	src, err := a.source()
	if err != nil {
		return err
	}
	return a.tell(a.named(problems), a.texts(src.Files))
}

// entries returns a number of entries in words. Count cannot, for the plural is not regular.
func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return digits(n) + " entries"
}
