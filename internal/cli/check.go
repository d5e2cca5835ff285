package cli

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"briefing/internal/diag"
	"briefing/internal/feedlint"
	"briefing/internal/output"
)

// checkCommand returns “briefing check”, which is a build without its last step. It finds every problem that a build would find, for
// both load the site in the same way.
func (a *app) checkCommand() *cobra.Command {
	var feeds bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Report problems, write nothing",
		Long: `Check reads and links the entries, and prints every problem with its place and what to do. It writes nothing.

With --feeds it also makes every feed, calendar and list of feeds that a build would write, and prints what readers would stumble
over. What they manage with all the same is a warning, and no failure.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.check(c.Context(), feeds) },
	}
	c.Flags().BoolVar(&feeds, "feeds", false, "check feeds and calendars too, as their readers would")
	a.siteFlags(c)
	return c
}

// check loads the site, and reads its feeds where asked to.
func (a *app) check(ctx context.Context, feeds bool) error {
	s, err := a.load(ctx)
	if err != nil {
		return err
	}
	summary := entries(len(s.Graph.All())) + ", no problems"
	if feeds {
		var r feedReport
		if err := r.read(ctx, s.Files()); err != nil {
			return err
		}
		if err := a.printFeeds(&r); err != nil {
			return err
		}
		summary = fmt.Sprintf("%s, %s, no problems", entries(len(s.Graph.All())), count(r.files, "feed"))
	}
	fmt.Fprintln(a.Stdout, summary)
	if n := s.Unlocked(); n > 0 {
		fmt.Fprintf(a.Stdout, "%s of feeds not locked yet; once they are published, run briefing lock\n", count(n, "item"))
	}
	return nil
}

// A feedReport is what is wrong with the feeds of a site, and the text of those with which something is.
type feedReport struct {
	files    int
	problems diag.List
	texts    map[string][]byte
}

// feedNames are the ends of the names that feeds, calendars and lists of feeds have. Other files may have them too.
var feedNames = []string{".xml", ".rss", ".atom", ".json", ".opml", ".ics"}

// read keeps the promises of all feeds, one after the other: one text is in memory at a time.
func (r *feedReport) read(ctx context.Context, files []output.File) error {
	r.texts = map[string][]byte{}
	for _, f := range files {
		if !slices.Contains(feedNames, path.Ext(f.Path)) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		if feedlint.Known(f.Path, b.Bytes()) {
			r.take(f.Path, b.Bytes())
		}
	}
	return nil
}

// take checks a feed.
func (r *feedReport) take(name string, text []byte) {
	r.files++
	if list := feedlint.Check(name, text); len(list) > 0 {
		r.texts[name] = text
		r.problems = append(r.problems, list...)
	}
}

// printFeeds prints what is wrong with feeds, which are named by their paths below the folder that a build writes to.
func (a *app) printFeeds(r *feedReport) error {
	if len(r.problems) > 0 {
		r.problems.Sort()
		diag.Print(a.Stderr, r.problems, func(name string) []byte { return r.texts[name] })
		fmt.Fprintf(a.Stderr, "\n%s\n", tally(r.problems))
	}
	return a.verdict(r.problems)
}
