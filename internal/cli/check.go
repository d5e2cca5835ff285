package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/feedlint"
	"briefing/internal/output"
	"briefing/internal/site"
	"briefing/internal/workspace"
)

// checkCommand returns “briefing check”, which is a build without its last step. It finds every problem that a build would find, for
// both load the site in the same way.
func (a *app) checkCommand() *cobra.Command {
	// What the flags ask for: feeds to be read, a baseline to be written, problems to be mended.
	var feeds bool
	var record string
	var mending fixing
	c := &cobra.Command{
		Use:   "check",
		Short: "Report problems, write nothing",
		Long: `Check reads and links the entries, and prints every problem with its place and what to do, and where the
texts break the house style. It writes nothing.

With --feeds it also makes every feed, calendar and list of feeds that a build would write, and prints what readers would stumble
over. What they manage with all the same is a warning, and no failure.

An old site can take on new rules step by step: --write-baseline FILE records what it is known to have, and with --baseline FILE only
what is new is told.

With --fix it mends what it can be sure of, such as a key that is misspelt or a date in another form: it shows the change, and makes it
once you agree. Where nobody can be asked it only shows it, unless --yes is given.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := mending.sensible(a.textual()); err != nil {
				return err
			}
			if mending.fix {
				if check, err := a.mend(c.Context(), mending); !check || err != nil {
					return err
				}
			}
			return a.check(c.Context(), feeds, record)
		},
	}
	c.Flags().BoolVar(&feeds, "feeds", false, "check feeds and calendars too, as their readers would")
	c.Flags().StringVar(&record, "write-baseline", "", "record the problems that there are in a `file`")
	c.Flags().BoolVar(&mending.fix, "fix", false, "mend what can be mended for certain")
	c.Flags().BoolVar(&mending.yes, "yes", false, "with --fix, do not ask")
	c.Flags().BoolVar(&mending.dry, "dry-run", false, "with --fix, show the change and make none")
	a.siteFlags(c)
	a.reportFlags(c)
	return c
}

// check loads the site and, where a build of it would go through, holds its entries against the house style and reads its feeds where
// asked to. What is wrong hides what is inelegant. It records the problems in a baseline where one is named, and else tells of them.
func (a *app) check(ctx context.Context, feeds bool, record string) error {
	baseline, err := a.readBaseline()
	if err != nil {
		return err
	}
	s, src, problems, err := a.read(ctx)
	if err != nil {
		return err
	}
	// What is about to be recorded stops no build after that.
	if record != "" {
		baseline = diag.ReadBaseline(problems.Text())
	}
	sound := func() bool { unknown, _ := baseline.Unknown(problems); return unknown.Errors() == 0 }
	if sound() {
		faults, err := s.Proof(ctx, false)
		if err != nil {
			return err
		}
		problems = append(problems, faults...)
	}
	var r feedReport
	// Feeds of a site with errors would be of pages that lack what the errors are about.
	if sound() {
		if problems, err = a.style(ctx, s, src.Files, problems); err == nil && feeds {
			a.progress.Enter("making feeds")
			err = r.read(ctx, s.Files())
		}
		if err != nil {
			return err
		}
	}
	// The texts are shown with the problems in them; that there are any also tells settle that feeds were looked at.
	a.made = r.texts
	problems = append(problems, r.problems...)
	if record != "" {
		return a.record(record, problems)
	}
	if problems, err = a.settle(problems); err != nil {
		return err
	}
	if err = a.tell(a.named(problems), a.texts(src.Files)); err == nil {
		a.summary(s, &r, len(problems) == 0)
	}
	return err
}

// style returns the problems, and among them what breaks the house style.
func (a *app) style(ctx context.Context, s *site.Site, files fs.FS, problems diag.List) (diag.List, error) {
	a.progress.Enter("holding texts against the house style")
	a.styled = true
	style, err := s.Style(ctx, files, a.Now())
	problems = slices.Concat(problems, style)
	problems.Sort()
	return problems, err
}

// record writes a baseline. Problems that no baseline can hold are told of, so that nobody takes them for settled.
func (a *app) record(name string, problems diag.List) error {
	c := workspace.Change{Texts: workspace.Texts{filepath.Base(name): problems.Text()}}
	if err := c.Write(filepath.Dir(name)); err != nil {
		return err
	}
	a.baseline = name
	rest, err := a.settle(problems)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.news(), "%s recorded in %s\n", count(a.known, "problem"), name)
	// What has just been recorded was told in the line above, and need not be told again as known.
	a.known = 0
	return a.tell(a.named(rest), func(string) []byte { return nil })
}

// summary says how much was checked, and that all is well where no warning has said what is not.
func (a *app) summary(s *site.Site, r *feedReport, well bool) {
	text := entries(len(s.Graph.All()))
	if r.files > 0 {
		text += ", " + count(r.files, "feed")
	}
	if well {
		text += ", no problems"
	}
	fmt.Fprintln(a.news(), text)
	if n := s.Unlocked(); n > 0 {
		fmt.Fprintf(a.news(), "%s of feeds not locked yet; once they are published, run briefing lock\n", count(n, "item"))
	}
}

// A feedReport is what is wrong with the feeds of a site, and the text of those with which something is.
type feedReport struct {
	// files counts those that were read, sound or not. The texts are kept of the others only, by the paths of output files.
	files    int
	problems diag.List
	texts    map[string][]byte
}

// feedNames are the ends of the names that feeds, calendars and lists of feeds have. Other files may have them too.
var feedNames = []string{".xml", ".rss", ".atom", ".json", ".opml", ".ics"}

// read keeps the promises of all feeds, one after the other: one text is in memory at a time.
func (r *feedReport) read(ctx context.Context, files output.Files) error {
	r.texts = map[string][]byte{}
	for i := range files.Len() {
		if !slices.Contains(feedNames, path.Ext(files.Path(i))) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		f := files.File(i)
		var b bytes.Buffer
		if err := crash.Guard(func() error { return f.Write(&b) }, "making ", f.Path); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		if feedlint.Known(f.Path, b.Bytes()) {
			r.take(f.Path, b.Bytes())
		}
	}
	return nil
}

// take checks a feed. Its text is kept only if a problem has to show a line of it.
func (r *feedReport) take(name string, text []byte) {
	r.files++
	if list := feedlint.Check(name, text); len(list) > 0 {
		r.texts[name] = text
		r.problems = append(r.problems, list...)
	}
}
