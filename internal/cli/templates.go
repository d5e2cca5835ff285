package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"briefing/internal/theme"
	"briefing/static"
	"briefing/templates"
)

// templatesCommand returns “briefing templates”.
func (a *app) templatesCommand() *cobra.Command {
	var take bool
	c := &cobra.Command{
		Use:   "templates [NAME]",
		Short: "Say what templates are made with, or copy one to change",
		Long: `Templates lists the built-in templates with the view that each is given, the parts that they share and the functions that they may call.
With the name of a template, or of a type such as page.Card, it shows the fields of the view.

A file in the site's own templates/ or static/ stands before the built-in one of the same name. With --copy the built-in file is put
there, to start from; a file that is there already is never written over.`,
		Example:           "  briefing templates event.html\n  briefing templates --copy partials/card.html\n  briefing templates --copy css/palette.css",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeWith(templateNames),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case take && len(args) == 0:
				return usageError{errors.New("--copy needs the name of a file, such as event.html")}
			case take:
				return a.copyTemplate(args[0])
			case len(args) == 0:
				a.listTemplates()
				return nil
			}
			return a.describeTemplate(args[0])
		},
	}
	c.Flags().BoolVar(&take, "copy", false, "put the built-in file into the site's folder")
	return c
}

// builtIn are the folders of a theme, by their names in a site.
var builtIn = []struct {
	folder string
	files  fs.FS
}{{"templates", templates.Files}, {"static", static.Files}}

// templateNames returns the names of the built-in files, and of the types that views hold.
func templateNames() []string { return append(builtInNames(), theme.Types()...) }

// builtInNames returns the names of the built-in files.
func builtInNames() []string {
	var names []string
	for _, b := range builtIn {
		fs.WalkDir(b.files, ".", func(name string, d fs.DirEntry, err error) error { // of an embedded folder nothing fails
			if err == nil && !d.IsDir() {
				names = append(names, name)
			}
			return err
		})
	}
	return names
}

// listTemplates prints what there is.
func (a *app) listTemplates() {
	fmt.Fprintln(a.Stdout, "Templates, and the view that each is given:")
	for _, name := range theme.Templates() {
		fmt.Fprintf(a.Stdout, "  %-18s %T\n", name, theme.Views()[name])
	}
	fmt.Fprintln(a.Stdout, "  base.html          the frame of every page, which is given the view of the page")
	fmt.Fprintf(a.Stdout, "\nParts that they share, in partials/, and what each is given:\n%s", indented(theme.Parts()))
	fmt.Fprintf(a.Stdout, "\nFunctions, beside those of html/template:\n%s", indented(theme.Functions()))
	fmt.Fprintln(a.Stdout, "\nSee briefing templates event.html for the fields of a view.")
}

// indented puts two spaces before each line.
func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
}

// describeTemplate prints the view of a template, a type that a view holds, or which parts a partial defines.
func (a *app) describeTemplate(name string) error {
	if view, ok := theme.Views()[name]; ok {
		fmt.Fprintf(a.Stdout, "%s is given a %T.\n\n", name, view)
		name = fmt.Sprintf("%T", view)
	}
	if text := theme.Describe(name); slices.Contains(theme.Types(), name) {
		fmt.Fprint(a.Stdout, text)
		if held := theme.Held(name); held != nil {
			fmt.Fprintf(a.Stdout, "\nSee briefing templates with %s.\n", strings.Join(held, ", "))
		}
		return nil
	}
	// A partial is found by its file and by each name that it defines.
	found := false
	for line := range strings.Lines(theme.Parts()) {
		if fields := strings.Fields(line); slices.Contains(fields[:2], name) {
			fmt.Fprint(a.Stdout, line)
			found = true
		}
	}
	if found {
		return nil
	}
	// An asset, or the frame of every page.
	if slices.Contains(builtInNames(), name) {
		fmt.Fprintf(a.Stdout, "%s has no view of its own; --copy puts it into the site's folder, to be changed.\n", name)
		return nil
	}
	return unknown("template or type", name, templateNames(), "briefing templates lists them")
}

// copyTemplate puts a built-in file into the site's folder.
func (a *app) copyTemplate(name string) error {
	for _, b := range builtIn {
		text, err := fs.ReadFile(b.files, name)
		if err != nil {
			continue
		}
		file := filepath.Join(a.dir, b.folder, filepath.FromSlash(name))
		if err := writeFresh(file, text); err != nil {
			return err
		}
		fmt.Fprintf(a.news(), "%s\nIt stands before the built-in file now.\n", file)
		return nil
	}
	return unknown("built-in file", name, builtInNames(), "briefing templates lists them")
}

// writeFresh writes a file that must not be there yet, and the folders that it lies in. That it is not there is asked and done in one step,
// so that nothing is lost to a race. One that cannot be written whole is taken away again, for it would stand in the way of another try.
func writeFresh(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(name)
	}
	return err
}
