package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"briefing/internal/site"
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
	name := filepath.Join(a.dir, filepath.FromSlash(site.LockFile))
	text := s.Lock()
	if err := replaceFile(name, text); err != nil {
		return err
	}
	// The first line says what the file is.
	items := bytes.Count(text, []byte("\n")) - 1
	fmt.Fprintf(a.news(), "%s added to %s, which records %s\n", count(s.Unlocked(), "item"), name, digits(items))
	return nil
}

// replaceFile writes a file whole or not at all. One that has the same bytes already is not touched.
func replaceFile(name string, text []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, text) {
		return nil
	}
	// It is made in the same folder, since a rename is one step only within a file system.
	f, err := os.CreateTemp(filepath.Dir(name), ".lock-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		// A temporary file is its maker's alone; this one belongs to the site, like those beside it.
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}
