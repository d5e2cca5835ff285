package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"briefing/internal/dossier"
	"briefing/internal/site"
	"briefing/internal/workspace"
)

// moveCommand returns “briefing mv”.
func (a *app) moveCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "mv OLD NEW",
		Short: "Give an entry another id, and every reference to it",
		Long: `Mv renames the file of an entry and writes the new id wherever the site refers
to it. The old id becomes a former one, under aliases: its address goes on
leading to the entry, and feeds go on knowing it. All of it is done, or nothing.`,
		Example: "  briefing mv norway-boats norway-boats-2025",
		Args:    cobra.ExactArgs(2), ValidArgsFunction: a.completeID,
		RunE: func(c *cobra.Command, args []string) error {
			return a.move(c.Context(), dossier.ID(args[0]), dossier.ID(args[1]), dry)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "show what would change, and change nothing")
	return c
}

// open opens the site as texts to be edited.
func (a *app) open(ctx context.Context) (*workspace.Workspace, error) {
	src, err := a.source()
	if err != nil {
		return nil, err
	}
	return workspace.Open(ctx, src)
}

// move renames an entry, once it is sure that nothing breaks by it.
func (a *app) move(ctx context.Context, from, to dossier.ID, dry bool) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	c, refs, err := w.Rename(from, to)
	if err != nil {
		return err
	}
	if err := a.try(ctx, w, c); err != nil {
		return err
	}
	if dry {
		_, err := a.Stdout.Write(c.Diff())
		return err
	}
	if err := c.Write(a.dir); err != nil {
		return err
	}
	for _, name := range c.Files() {
		fmt.Fprintln(a.news(), filepath.Join(a.dir, filepath.FromSlash(name))+fate(c, name))
	}
	fmt.Fprintf(a.news(), "%s: %s to it changed\n", to, count(len(refs), "reference"))
	return nil
}

// try returns errProblems where a change would bring errors, once it has told of them. Only those count that it would bring: a site that has
// others may be put in order too.
func (a *app) try(ctx context.Context, w *workspace.Workspace, c workspace.Change) error {
	problems, err := w.Try(ctx, c)
	if err != nil || problems.Errors() == 0 {
		return err
	}
	// The lines that they would stand in are not on the disk.
	a.printText(a.named(problems), func(string) []byte { return nil })
	fmt.Fprintln(a.Stderr, "Nothing was changed: these would be new.")
	return errProblems
}

// fate says what became of a file that a change touched, where it was not only edited.
func fate(c workspace.Change, name string) string {
	switch {
	case c.Texts[name] == nil:
		return " is gone"
	case c.Old[name] == nil:
		return " is new"
	}
	return ""
}

// removeCommand returns “briefing rm”.
func (a *app) removeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rm ID",
		Short: "Delete an entry that nothing refers to",
		Long: `Rm deletes the file of an entry, unless other entries refer to it, which it
lists, or feeds have carried it: what was published is withdrawn in the open,
with withdrawn: {at, reason} in its front matter.`,
		Args: cobra.ExactArgs(1), ValidArgsFunction: a.completeID,
		RunE: func(c *cobra.Command, args []string) error { return a.remove(c.Context(), dossier.ID(args[0])) },
	}
}

// remove deletes an entry.
func (a *app) remove(ctx context.Context, id dossier.ID) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	head, err := w.Named(id)
	if err != nil {
		return err
	}
	if w.Site.Carried(head) {
		return fmt.Errorf("feeds have carried %q (%s), so that it cannot vanish; write withdrawn: {at, reason} into %s", id, site.LockFile, head.File)
	}
	// What an entry says of itself goes with it.
	others := 0
	for _, r := range w.References(id) {
		if r.File != head.File {
			others++
			r.File = filepath.Join(a.dir, filepath.FromSlash(r.File))
			fmt.Fprintf(a.Stderr, "%s: refers to %q\n", r.Pos, r.ID)
		}
	}
	if others > 0 {
		return fmt.Errorf("%s to %q; take them out first, or write withdrawn: {at, reason} into %s", count(others, "reference"), id, head.File)
	}
	c := w.Remove(head)
	if err := a.try(ctx, w, c); err != nil {
		return err
	}
	if err := c.Write(a.dir); err != nil {
		return err
	}
	fmt.Fprintf(a.news(), "%s is gone\n", filepath.Join(a.dir, filepath.FromSlash(head.File)))
	return nil
}
