package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"briefing/internal/schema"
)

// schemaCommand returns “briefing schema”.
func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a kind of entry, or of site.yaml",
		Long: `Schema prints what front matter of a kind may hold, by JSON Schema, draft
2020-12, for editors that check and complete while you type. The kinds are
those of briefing new, and site for content/site.yaml.`,
		Example: "  briefing schema event > .vscode/event.schema.json",
		Args:    cobra.ExactArgs(1), ValidArgsFunction: completeWith(schema.Subjects),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := known("kind", args[0], schema.Subjects()); err != nil {
				return err
			}
			_, err := a.Stdout.Write(schema.JSON(args[0]))
			return err
		},
	}
}

// fieldsCommand returns “briefing fields”.
func (a *app) fieldsCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "fields [KIND]",
		Short: "Say which fields entries of a kind have",
		Long: `Fields lists the keys that front matter of a kind may have: what each means,
what it takes, whether it is required, and an example. Without a kind it lists
all kinds, and site.yaml.`,
		Args: cobra.MaximumNArgs(1), ValidArgsFunction: completeWith(schema.Subjects),
		RunE: func(_ *cobra.Command, args []string) error { return a.fields(args, format) },
	}
	c.Flags().StringVar(&format, "format", "text", "how to write it: text, markdown or json")
	return c
}

// fields prints the fields of the kinds named, or of all. A kind that there is not stops it before anything is printed.
func (a *app) fields(subjects []string, format string) error {
	if err := known("format", format, []string{"text", "markdown", "json"}); err != nil {
		return err
	}
	if len(subjects) == 0 {
		subjects = schema.Subjects()
	}
	var sheets []schema.Sheet
	for _, s := range subjects {
		if err := known("kind", s, schema.Subjects()); err != nil {
			return err
		}
		sheets = append(sheets, schema.Fields(s))
	}
	if format == "json" {
		return schema.FieldsJSON(a.Stdout, sheets)
	}
	for i, s := range sheets {
		if i > 0 {
			fmt.Fprintln(a.Stdout)
		}
		if format == "markdown" {
			s.Markdown(a.Stdout)
		} else {
			s.Text(a.Stdout)
		}
	}
	return nil
}
