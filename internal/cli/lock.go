package cli

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"briefing/internal/site"
	"briefing/internal/workspace"
)

// lockCommand returns “briefing lock”.
func (a *app) lockCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "lock",
		Short: "Record what feeds carry, so that no subscriber is told of it twice",
		Long: `Lock adds to content/feeds.lock the id of each item that the feeds carry, and
the time of its publication. From then on an item that vanishes, or whose time
changes, is a problem. Run it when you publish, and commit the file.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.load(c.Context())
			if err != nil {
				return err
			}
			return a.lock(s)
		},
	}
}

// lock writes the lock file. A site with problems is never locked: the file would record what is about to be mended.
func (a *app) lock(s *site.Site) error {
	text := s.Lock()
	if err := (workspace.Change{Texts: workspace.Texts{site.LockFile: text}}).Write(a.dir); err != nil {
		return err
	}
	// The first line says what the file is.
	items := bytes.Count(text, []byte("\n")) - 1
	fmt.Fprintf(a.news(), "%s added to %s, which records %s\n", count(s.Unlocked(), "item"), filepath.Join(a.dir, filepath.FromSlash(site.LockFile)), digits(items))
	return nil
}
