package cli

import (
	"context"

	"github.com/spf13/cobra"

	"briefing/internal/dossier"
)

// completeWith completes the first argument with words. Files are not offered beside them.
func completeWith(words func() []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return words(), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeID offers the ids of the site, with their titles, as the first argument.
func (a *app) completeID(c *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.ids(c.Context(), dossier.Of(), prefix), cobra.ShellCompDirectiveNoFileComp
}

// ids returns the ids of some kinds that begin with a text, each with its title as shells show it; none where the site cannot be read.
func (a *app) ids(ctx context.Context, kinds dossier.KindSet, prefix string) []string {
	w, err := a.open(ctx)
	if err != nil {
		return nil
	}
	var list []string
	for _, card := range w.Complete(kinds, prefix) {
		list = append(list, cobra.CompletionWithDesc(string(card.ID), card.Title))
	}
	return list
}
