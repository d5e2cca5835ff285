package cli

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/site"
)

// starter is a small complete site.
//
//go:embed starter.txtar
var starter []byte

// newCommand returns “briefing new”.
func (a *app) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new KIND ID",
		Short: "Begin an entry: a file with the required fields",
		Long: `New writes a file with every required field of the kind. The kinds are
actor, series, event, pledge, figure, brief, source and page. The id is the
file's name: lower-case letters, digits and hyphens, permanent.`,
		Example:           "  briefing new pledge norway-drones-2025",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeWith(kindNames),
		RunE:              func(c *cobra.Command, args []string) error { return a.begin(c.Context(), args[0], args[1]) },
	}
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
// refused, whatever its kind; and a file that is there is never written over.
func (a *app) begin(ctx context.Context, kindName, id string) error {
	kind := dossier.Kind(kindName)
	if err := known("kind", kindName, kindNames()); err != nil {
		return err
	}
	if !dossier.ID(id).Valid() {
		return usageError{fmt.Errorf("%q is not an id: write lower-case letters a to z, digits and single hyphens", id)}
	}
	if _, err := os.Stat(filepath.Join(a.dir, "content")); err != nil {
		return fmt.Errorf("there is no folder content in %s; briefing init DIR makes a site", a.dir)
	}
	if file, err := a.taken(ctx, dossier.ID(id)); err != nil {
		return err
	} else if file != "" {
		return fmt.Errorf("the id %q is taken: %s", id, file)
	}
	name := filepath.Join(a.dir, "content", kind.Folder(), id+".md")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	// A file that came into being since the site was read stays.
	if err := writeFresh(name, []byte(Template(kind, a.Now()))); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "%s\nFill it in, then run briefing check.\n", name)
	return nil
}

// taken returns the file of the entry that has an id, now or formerly, or "". Drafts have their ids too. Problems of the site are no
// reason not to begin an entry: the new one may be what mends them.
func (a *app) taken(ctx context.Context, id dossier.ID) (string, error) {
	a.drafts = true
	src, err := a.source()
	if err != nil {
		return "", err
	}
	s, _, err := site.Load(ctx, src, nil)
	if err != nil {
		return "", err
	}
	e, ok := s.Graph.Lookup(id)
	if !ok {
		return "", nil
	}
	return filepath.Join(a.dir, filepath.FromSlash(e.Base().File)), nil
}

// usual names a key that is not required because another may stand for it, but which most entries of the kind have.
var usual = map[dossier.Kind]string{dossier.KindFigure: "value", dossier.KindSource: "issued"}

// Template returns the text of a new entry of a kind: each required key with TODO for its value and a comment that says what goes
// there, then each other key as a comment, to be taken out of it where wanted. Now is when the entry is first published.
func Template(kind dossier.Kind, now time.Time) string {
	var b, others strings.Builder
	for _, f := range dossier.New(kind).Table() {
		switch {
		case f.Key == "published":
			fmt.Fprintf(&b, "published: %s # %s\n", now.UTC().Format(time.RFC3339), f.Doc)
		case f.Required, f.Key == usual[kind]:
			writeField(&b, f, "", "")
		case f.Example != "":
			fmt.Fprintf(&others, "# %s: %s # %s\n", f.Key, f.Example, f.Doc)
		default:
			fmt.Fprintf(&others, "# %s: # %s\n", f.Key, f.Doc)
		}
	}
	return "---\n" + b.String() + others.String() + "---\n\n"
}

// writeField writes a field that is to be filled in. First stands before its key, and indent before the lines that belong to it: they
// differ only for the first field of an element of a list, which begins with a hyphen. A list that may be written as a single value
// is; of a record only what is required is written, unless a single value may stand for all of it.
func writeField(b *strings.Builder, f dossier.Field, first, indent string) {
	slot, value := f.Slot, dossier.Todo
	sequence, isList := slot.(dossier.Sequence)
	if isList {
		slot = sequence.Next()
		if !sequence.OrOne {
			value = "[" + dossier.Todo + "]"
		}
	}
	record, nested := slot.(dossier.Record)
	if !nested || isList && record.Short != "" {
		fmt.Fprintf(b, "%s%s: %s # %s\n", first, f.Key, value, advice(f, slot))
		return
	}
	fmt.Fprintf(b, "%s%s: # %s\n", first, f.Key, f.Doc)
	indent += "  "
	// The first line of an element begins with a hyphen, which takes the place of its indentation.
	first = indent
	if isList {
		first, indent = indent+"- ", indent+"  "
	}
	for _, inner := range record.Table() {
		if inner.Required {
			writeField(b, inner, first, indent)
			first = indent
		}
	}
}

// maxWords is how long a vocabulary may be to be written out in a comment. Those of entries have ten words at most; the types of sources, of
// which there are dozens, have an example instead.
const maxWords = 10

// advice says what the value of a field is, with its vocabulary or with an example. A long vocabulary is left to the problem that
// a wrong word would be, which names the nearest right one.
func advice(f dossier.Field, slot dossier.Slot) string {
	scalar, _ := slot.(dossier.Scalar)
	doc := strings.TrimSuffix(f.Doc, ".")
	switch n := len(scalar.Words); {
	case n > 0 && n <= maxWords:
		return doc + ": " + strings.Join(scalar.Words, ", ")
	case f.Example != "":
		return doc + ", such as: " + f.Example
	}
	return f.Doc
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
	fmt.Fprintf(a.Stdout, "A site is in %s. Next:\n\n  cd %s\n  briefing serve\n", dir, dir)
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

// flagHint adds the nearest flag to the error of an unknown one. Cobra has no error type for it, only a text that begins alike; an error
// of another sort is returned as it is.
func flagHint(c *cobra.Command, err error) error {
	name, found := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !found {
		return err
	}
	var names []string
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
