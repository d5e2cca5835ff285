package cli

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// starter is a small complete site.
//
//go:embed starter.txtar
var starter []byte

// newCommand returns “briefing new”.
func (a *app) newCommand() *cobra.Command {
	// b is filled by the flags before RunE is called.
	var b beginning
	c := &cobra.Command{
		Use:   "new KIND ID",
		Short: "Begin an entry: a file with the required fields",
		Long: `New writes a file with every required field of the kind, and asks for what it
is not told where somebody can answer. The kinds are
actor, series, event, pledge, figure, brief, source and page. The id is the
file's name: lower-case letters, digits and hyphens, permanent.

Any field can be set, as --set steps.source=nato-2025-06-05; briefing fields KIND
lists them. Items of a list are parted by commas.`,
		Example: "  briefing new pledge norway-drones-2025 --donor norway --event udcg-28",
		Args:    cobra.ExactArgs(2), ValidArgsFunction: completeWith(kindNames),
		RunE: func(c *cobra.Command, args []string) error { return a.begin(c.Context(), args[0], args[1], b) },
	}
	c.Flags().StringVar(&b.title, "title", "", "what it is called")
	c.Flags().StringVar(&b.date, "date", "", "the `date` of what it is about")
	c.Flags().StringVar(&b.event, "event", "", "the `id` of the event that it belongs to")
	c.Flags().StringVar(&b.donor, "donor", "", "the `id` of who promised")
	c.Flags().StringArrayVar(&b.set, "set", nil, "set any field, as `key=value`; may be repeated")
	c.Flags().BoolVar(&b.edit, "edit", false, "open the file in $VISUAL or $EDITOR")
	// The shell is offered only ids that the field takes.
	for flag, kind := range map[string]dossier.Kind{"event": dossier.KindEvent, "donor": dossier.KindActor} {
		c.RegisterFlagCompletionFunc(flag, func(c *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
			return a.ids(c.Context(), dossier.Of(kind), prefix), cobra.ShellCompDirectiveNoFileComp
		})
	}
	return c
}

// kindNames returns the words for the kinds of entry, as the command takes them. They are those of the folders in the singular, in the
// order in which the documentation has them.
func kindNames() []string {
	var names []string
	for _, k := range dossier.Kinds {
		names = append(names, string(k))
	}
	return names
}

// begin writes the file of a new entry. An id is permanent and unique in the whole site, so that one that any entry has, or had, is
// refused, whatever its kind; and a file that is there is never written over. Problems of the site are no reason not to begin an entry: the
// new one may be what mends them.
func (a *app) begin(ctx context.Context, kindName, id string, b beginning) error {
	kind := dossier.Kind(kindName)
	if err := known("kind", kindName, kindNames()); err != nil {
		return err
	}
	if !dossier.ID(id).Valid() {
		return usageError{fmt.Errorf("%q is not an id: write lower-case letters a to z, digits and single hyphens", id)}
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	if e, ok := w.Site.Graph.Lookup(dossier.ID(id)); ok {
		return fmt.Errorf("the id %q is taken: %s", id, filepath.Join(a.dir, filepath.FromSlash(e.Base().File)))
	}
	d := draft{kind: kind, now: a.Now(), site: w, values: map[string]string{}}
	if err := d.told(b); err != nil {
		return usageError{err}
	}
	// In a script what is not known stays TODO, which check reports.
	if a.interactive() {
		a.ask(&d)
	}
	return a.create(filepath.Join(a.dir, "content", kind.Folder(), id+".md"), &d, b.edit)
}

// create writes the file of a draft, and opens it where asked to.
func (a *app) create(name string, d *draft, edit bool) error {
	text := d.text()
	if err := writeFresh(name, []byte(text)); err != nil {
		return err
	}
	fmt.Fprintln(a.news(), name)
	if edit {
		return a.edit(name)
	}
	if strings.Contains(text, dossier.Todo) {
		fmt.Fprintf(a.news(), "Write what is still %s, then run briefing check.\n", dossier.Todo)
	}
	return nil
}

// edit opens a file in the editor of the user's choice, which may have arguments of its own. The error of the editor, if it ends with one,
// is the command's: the file is there all the same.
func (a *app) edit(name string) error {
	command := strings.Fields(cmp.Or(a.Getenv("VISUAL"), a.Getenv("EDITOR")))
	if len(command) == 0 {
		return fmt.Errorf("neither VISUAL nor EDITOR names an editor; %s is there to be opened", name)
	}
	editor := exec.Command(command[0], append(command[1:], name)...)
	editor.Stdin, editor.Stdout, editor.Stderr = a.Stdin, a.Stdout, a.Stderr
	return editor.Run()
}

// initCommand returns “briefing init”.
func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Begin a site: a small complete one, to be changed",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.init(args[0]) },
	}
}

// init writes the starter site to a folder that is not there, or is empty. It builds without problems, so that the first thing an editor
// sees is a site, and each kind of entry in it can be taken as a pattern.
func (a *app) init(dir string) error {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return fmt.Errorf("%s is not empty; name a folder that is not there yet", dir)
	}
	for _, f := range txtar.Parse(starter).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.news(), "A site is in %s. Next:\n\n  cd %s\n  briefing serve\n", dir, dir)
	return nil
}

// versionCommand returns “briefing version”.
func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(a.Stdout, "briefing", version())
			return nil
		},
	}
}

// version returns the version that the Go command recorded, and the version of Go, which belong into any report of a fault. A binary that
// was built in a way that records none is a developer's own.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version + ", " + info.GoVersion
}

// flagHint adds the nearest flag to the error of an unknown one, and says in words what is no number. Cobra has no error type for the
// first, only a text that begins alike; an error of another sort is returned as it is.
func flagHint(c *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) && errors.Is(err, strconv.ErrSyntax) {
		return fmt.Errorf("--%s takes a number, not %q", value.GetFlag().Name, value.GetValue())
	}
	name, found := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !found {
		return err
	}
	var names []string
	// The usage text names every flag, also those that the command has from the root.
	for _, flag := range strings.Fields(c.Flags().FlagUsages() + c.InheritedFlags().FlagUsages()) {
		if long, ok := strings.CutPrefix(flag, "--"); ok {
			names = append(names, long)
		}
	}
	// The text of cobra comes first, for users search the web for it.
	if near, ok := diag.Nearest(name, slices.Values(names)); ok {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}
