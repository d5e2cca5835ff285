package site

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/lint"
)

// Style returns what breaks the house style, graded as the site's own file says. The text of each entry is read anew, for a site keeps no
// more of it than its pages need.
func (s *Site) Style(ctx context.Context, files fs.FS) (diag.List, error) {
	// What had yet to come at the moment that is shown makes no problem, such as a gap in a series, and hides none.
	g := cmp.Or(s.whole, s.Graph)
	linter, entries := lint.New(g), g.All()
	found := make([]lint.Findings, len(entries))
	err := each(ctx, len(entries), func(i int) error {
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
