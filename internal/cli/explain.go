package cli

import (
	"github.com/spf13/cobra"

	"briefing/internal/diag"
	"briefing/internal/explain"
)

// explainCommand returns “briefing explain”.
func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Say what a problem means, and how to mend it",
		Long: `Explain says what the code of a problem means, why it matters, and shows an
example of it with the same put right. Without a code it lists all codes.`,
		Example: "  briefing explain dangling-reference",
		Args:    cobra.MaximumNArgs(1), ValidArgsFunction: completeWith(codeNames),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				explain.List(a.Stdout)
				return nil
			}
			c, ok := explain.Find(diag.Code(args[0]))
			if !ok {
				return unknown("code", args[0], codeNames(), "briefing explain lists them all")
			}
			c.Text(a.Stdout)
			return nil
		},
	}
}

// codeNames returns every code.
func codeNames() []string {
	var names []string
	for _, c := range explain.Codes() {
		names = append(names, string(c))
	}
	return names
}
