package site

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/lint"
	"briefing/internal/output"
)

// StyleOf returns what breaks the house style in the entry of one file; none where the file has no entry. What only shows beside other
// entries, such as a text that stands twice, and allowances, which may be for that, are left to Style.
func (s *Site) StyleOf(files fs.FS, name string) diag.List {
	g := cmp.Or(s.whole, s.Graph)
	i := slices.IndexFunc(g.All(), func(e dossier.Entry) bool { return e.Base().File == name })
	text, err := fs.ReadFile(files, name)
	if i < 0 || err != nil {
		return nil
	}
	linter := lint.New(g)
	list := linter.Check([]lint.Findings{linter.Read(g.All()[i], text)})
	list = slices.DeleteFunc(list, func(p diag.Problem) bool { return p.Code == diag.UnusedAllowance })
	return list.Graded(s.Graph.Site.Severities)
}

// Style returns what breaks the house style, graded as the site's own file says. The text of each entry is read anew, for a site keeps no
// more of it than its pages need. Today is when it is asked for, by the clock of who asks; zero where that is no matter.
func (s *Site) Style(ctx context.Context, files fs.FS, today time.Time) (diag.List, error) {
	// What had yet to come at the moment that is shown makes no problem, such as a gap in a series, and hides none.
	g := cmp.Or(s.whole, s.Graph)
	linter, entries := lint.New(g), g.All()
	linter.Today = today
	found := make([]lint.Findings, len(entries))
	err := output.Each(ctx, len(entries), func(i int) error {
		name := entries[i].Base().File
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return crash.Guard(func() error {
			found[i] = linter.Read(entries[i], text)
			return nil
		}, "checking the style of ", name)
	})
	if err != nil {
		return nil, err
	}
	return linter.Check(found).Graded(s.Graph.Site.Severities), nil
}
