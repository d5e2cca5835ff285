package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"briefing/internal/diag"
	"briefing/internal/explain"
	"briefing/internal/site"
	"briefing/internal/workspace"
)

// A reporting is how a run tells of problems.
type reporting struct {
	// format is one of formats; empty means text.
	format string
	// strict says that warnings are errors.
	strict bool
	// baseline is a file of problems that are known, and not told; known is how many were found, mended how many are there no more.
	baseline      string
	known, mended int
	// styled says that the texts were held against the house style.
	styled bool
	// made holds the texts of files that were made and not read, such as feeds, by their paths below the folder that a build writes to.
	made map[string][]byte
}

// formats are the forms in which problems can be told.
var formats = []string{"text", "json", "github", "sarif"}

// reportFlags adds the flags that say how problems are told.
func (a *app) reportFlags(c *cobra.Command) {
	c.Flags().StringVar(&a.format, "format", "text", "how to tell of problems: text, json, github (annotations\nof a workflow) or sarif (2.1.0)")
	c.Flags().BoolVar(&a.strict, "strict", false, "let warnings stop it too")
	c.Flags().StringVar(&a.baseline, "baseline", "", "a `file` of problems that are known and not told again,\nas check --write-baseline writes it")
	c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// textual reports whether people read the problems, and not programs.
func (r *reporting) textual() bool { return r.format == "" || r.format == formats[0] }

// news is where a command tells what it did: what programs read of the standard output is the problems alone.
func (a *app) news() io.Writer {
	if a.quiet {
		return io.Discard
	}
	if a.textual() {
		return a.Stdout
	}
	return a.Stderr
}

// readBaseline returns the problems that need not be told: none where no baseline is named.
func (r *reporting) readBaseline() (diag.Baseline, error) {
	if r.baseline == "" {
		return nil, nil
	}
	text, err := os.ReadFile(r.baseline)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no baseline %s; briefing check --write-baseline %s records one", r.baseline, r.baseline)
	}
	return diag.ReadBaseline(text), err
}

// settle returns the problems that are not known. Their files are named from the site's folder, so that a baseline holds wherever the
// command runs.
func (a *app) settle(problems diag.List) (diag.List, error) {
	baseline, err := a.readBaseline()
	if err != nil {
		return nil, err
	}
	unknown, mended := baseline.Unknown(problems)
	// Of what was not looked for, such as the house style by a build, nobody knows what is mended.
	mended = slices.DeleteFunc(mended, func(finding string) bool {
		return !a.styled || a.made == nil && !strings.HasPrefix(finding, site.ContentFolder+"/")
	})
	a.known, a.mended = len(problems)-len(unknown), len(mended)
	return unknown, nil
}

// named returns the problems with their files as the user would type them. Inside the site files are named from its folder; a terminal, or
// an editor that a place is pasted into, wants the path from where the command runs. What was made, and not read, need not be there. The
// list of the caller stays as it is.
func (a *app) named(problems diag.List) diag.List {
	list := slices.Clone(problems)
	for i := range list {
		for _, pos := range []*diag.Pos{&list[i].Pos, &list[i].Also} {
			if pos.File != "" && a.made[pos.File] == nil {
				pos.File = filepath.Join(a.dir, filepath.FromSlash(pos.File))
			}
		}
	}
	return list
}

// texts returns what reads a file by the name that named gives it.
func (a *app) texts(files fs.FS) func(name string) []byte {
	return func(name string) []byte {
		if text := a.made[name]; text != nil {
			return text
		}
		// A name from elsewhere, such as the baseline's, is looked for as it is, and has no text.
		if rel, err := filepath.Rel(a.dir, name); err == nil {
			name = filepath.ToSlash(rel)
		}
		text, _ := fs.ReadFile(files, name)
		return text
	}
}

// print prints problems for people, and how many they are.
func (a *app) print(problems diag.List, files fs.FS) { a.printText(a.named(problems), a.texts(files)) }

// printText prints a list that is named already.
func (a *app) printText(list diag.List, text func(name string) []byte) {
	ink := diag.Ink{}
	if a.coloured() {
		ink = diag.Colours
	}
	ink.Print(a.Stderr, list, text)
	fmt.Fprintf(a.Stderr, "\n%s\n", tally(list))
	if n := workspace.Mendable(list); n > 0 {
		which := digits(n) + " of them"
		switch {
		case len(list) == 1:
			which = "it"
		case n == len(list):
			which = "them all"
		}
		fmt.Fprintf(a.Stderr, "briefing check --fix mends %s\n", which)
	}
}

// tell tells of problems in the form that was asked for, and returns errProblems where they stop what the command is for. Programs are told
// of none, too.
func (a *app) tell(list diag.List, text func(name string) []byte) error {
	a.progress.end()
	var err error
	switch a.format {
	case "json":
		err = diag.JSON(a.Stdout, list)
	case "github":
		err = diag.GitHub(a.Stdout, list)
	case "sarif":
		err = diag.SARIF(a.Stdout, list, diag.Tool{Name: "briefing", Version: version(), Rules: explain.Rules()})
	default:
		if len(list) > 0 {
			a.printText(list, text)
		}
	}
	// On the standard error in every form: a program reads the problems and nothing else.
	a.tellKnown()
	if err == nil && (list.Errors() > 0 || a.strict && len(list) > 0) {
		return errProblems
	}
	return err
}

// tellKnown says how many problems the baseline kept back, and whether it may be shortened.
func (a *app) tellKnown() {
	if a.known > 0 {
		fmt.Fprintf(a.Stderr, "%s known to %s\n", count(a.known, "problem"), a.baseline)
	}
	if a.mended > 0 {
		fmt.Fprintf(a.Stderr, "%s of %s mended; briefing check --write-baseline %s takes them out\n", count(a.mended, "problem"), a.baseline, a.baseline)
	}
}

// tally says how many problems there are: "2 problems, 1 warning".
func tally(problems diag.List) string {
	errors := problems.Errors()
	switch warnings := len(problems) - errors; {
	case warnings == 0:
		return count(errors, "problem")
	case errors == 0:
		return "no problems, " + count(warnings, "warning")
	default:
		return count(errors, "problem") + ", " + count(warnings, "warning")
	}
}
