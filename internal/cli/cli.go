// Package cli is the command line: flags, words and exit codes.
//
//	briefing build       write the site to a folder
//	briefing serve       show the site in a browser, always as the files are now
//	briefing check       report problems and what breaks the house style, in feeds and calendars too where asked to; with --fix mend
//	                     what can be mended for certain
//	briefing lock        record what feeds carry
//	briefing new KIND ID begin an entry
//	briefing mv OLD NEW  give an entry another id, and every reference to it
//	briefing rm ID       delete an entry that nothing refers to
//	briefing init DIR    begin a site
//	briefing hosting S   print the configuration of a web server for the site
//	briefing explain CODE say what a problem means, and how to mend it
//	briefing templates   say what templates are made with, or copy one to change
//	briefing fields KIND say which fields entries of a kind have
//	briefing schema KIND the same for editors, as a JSON Schema
//	briefing version     say which version this is
//	briefing help        say how a command is written
//	briefing completion SHELL print what has a shell complete commands, ids and words
//
// Exit codes: 0 where all is well, 1 where there are problems, 2 where the command was not understood.
//
// Results go to the standard output; problems, each with its file, its line and what to do, go to the standard error. A site's own
// templates/ and static/ stand before the built-in ones file by file, so that one binary and a folder of entries make a site.
//
// On a terminal long work shows how far it is in a line that is gone when it ends, and problems have colours, which NO_COLOR turns off and
// which say nothing that words do not. In a pipe there is neither. With --quiet only problems are told, with --verbose how long each stage
// took, with --metrics, of a build, what the files of each template took.
//
// There is one clock, [Host.Now], and nothing else in the program asks for the time. It says when a new entry is first published, how long
// a build and its stages took, when a preview found no problems any more and whether its look at the content is still fresh. Nothing that
// is put out depends on it: a build up to the present day is told the day, as in --as-of $(date -I).
package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// The exit codes.
const (
	// exitOK says that what was asked for has been done.
	exitOK = 0

	// exitProblems says that the entries, or the folder, have to be mended first.
	exitProblems = 1

	// exitUsage says that the command itself has to be written otherwise.
	exitUsage = 2
)

// errProblems says that problems have been printed. Nothing is left to say but the exit code.
var errProblems = errors.New("problems")

// A usageError is a command that was not understood. It wraps what was wrong with it; the hint to --help is added where it is printed. It
// ends in [exitUsage].
type usageError struct{ error }

// A Host is what the command runs on.
type Host struct {
	// Stdout takes what was asked for, Stderr all else, so that a script can read the one and a person the other.
	Stdout, Stderr io.Writer

	// Now is the clock.
	Now func() time.Time

	// Getenv returns a variable of the environment, or "".
	Getenv func(name string) string

	// Terminal says that Stderr is a terminal that a person watches.
	Terminal bool

	// Stdin is where a person's answers come from; nil where nobody can be asked.
	Stdin io.Reader
}

// An app is one run of the command.
type app struct {
	Host

	// dir is the site's folder, as the user typed it: messages name files by it.
	dir string

	// baseURL stands in place of the site's own where it is not empty.
	baseURL string

	// drafts says that drafts are published too, as a preview of what is to come.
	drafts bool

	// asOf is the moment of the record that is built, as a flag names it.
	asOf dossier.Moment

	reporting

	// quiet says that nothing is printed but problems, verbose that more is; progress keeps how far the work is.
	quiet, verbose bool
	progress       progress

	// answers reads the standard input line by line.
	answers *bufio.Reader

	// metrics says that what each template took is told, and meter measures it.
	metrics bool
	meter   meter
}

// Run runs the command with its arguments, and returns its exit code. It may be called many times in one process: it keeps nothing
// between calls.
func Run(ctx context.Context, args []string, host Host) int {
	// Cobra prints nothing of its own about an error: the text below is the whole of it.
	a := &app{Host: host}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(host.Stdout)
	root.SetErr(host.Stderr)
	c := root
	err := crash.Guard(func() (err error) {
		c, err = root.ExecuteContextC(ctx)
		return err
	}, "running briefing ", strings.Join(args, " "))
	a.finish()
	var usage usageError
	var failed *crash.Error
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errProblems):
		// They have been printed, with how many they are.
		return exitProblems
	case errors.As(err, &usage):
		fmt.Fprintf(host.Stderr, "briefing: %v\nSee %s --help.\n", err, c.CommandPath())
		return exitUsage
	}
	fmt.Fprintf(host.Stderr, "briefing: %v\n", err)
	if errors.As(err, &failed) {
		fmt.Fprintf(host.Stderr, "\n%s", failed.Stack)
	}
	return exitProblems
}

// root returns the command with all that belong to it.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "briefing",
		Short: "Build a briefing site from Markdown entries on actors, events and pledges",
		Long: `Briefing compiles a folder of Markdown entries on actors, events and pledges to
a linked site, and tells you exactly what is wrong with them, and where.

Begin with:  briefing init mybrief && cd mybrief && briefing serve`,
		SilenceErrors: true, SilenceUsage: true,
		Args:              knownCommand,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.prepare() },
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().StringVar(&a.dir, "site", ".", "the site's `folder`, the one with content/ in it")
	// A mistake in the command line must end with exit code 2, whichever part of it cobra finds fault with.
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError{flagHint(c, err)} })
	a.wordFlags(root)
	root.AddCommand(
		a.buildCommand(), a.serveCommand(), a.checkCommand(), a.lockCommand(), a.newCommand(), a.moveCommand(), a.removeCommand(), a.initCommand(),
		a.hostingCommand(), a.explainCommand(), a.templatesCommand(), a.fieldsCommand(), a.schemaCommand(), a.versionCommand(),
	)
	root.SetHelpCommand(helpCommand(root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
		// Completion holds a command for each shell, and is as root is: knownCommand tells better what is wrong with its arguments.
		if c.HasSubCommands() {
			c.Args, c.RunE = knownCommand, root.RunE
		}
		for _, shell := range c.Commands() {
			shell.Args = usageArgs(shell.Args)
		}
	}
	return root
}

// helpCommand returns “briefing help”, which cobra has too; its own takes a command that there is not for no mistake.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:               "help [COMMAND]",
		Short:             "Say how a command is written",
		ValidArgsFunction: completeWith(func() []string { return commandNames(root) }),
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			switch {
			case err != nil:
				return usageError{err}
			// Find returns the root for a word that is no command, and for none.
			case c == root:
				if err := knownCommand(root, rest); err != nil {
					return err
				}
			case len(rest) > 0:
				return usageError{fmt.Errorf("%s has no command %q", c.CommandPath(), rest[0])}
			}
			return c.Help()
		},
	}
}

// commandNames returns the names of the commands that c holds.
func commandNames(c *cobra.Command) []string {
	var names []string
	for _, held := range c.Commands() {
		names = append(names, held.Name())
	}
	return names
}

// knownCommand reports a command that c does not hold, with the nearest that it does.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near, ok := diag.Nearest(args[0], slices.Values(commandNames(c))); ok {
		return usageError{fmt.Errorf("there is no command %q; did you mean %q?", args[0], near)}
	}
	return usageError{fmt.Errorf("there is no command %q", args[0])}
}

// usageArgs makes what args reports a usage error, and adds how the command is to be written.
func usageArgs(args cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, list []string) error {
		if err := args(c, list); err != nil {
			return usageError{fmt.Errorf("%w\nUsage: %s", argsHint(c, list, err), c.UseLine())}
		}
		return nil
	}
}

// argsHint says in words how many arguments a command takes, where their number is what was wrong with them.
func argsHint(c *cobra.Command, list []string, err error) error {
	switch wanted := strings.Fields(c.Use)[1:]; {
	case len(wanted) == 0:
		return fmt.Errorf("%s takes no argument, and %q was given", c.CommandPath(), list[0])
	case len(wanted) != len(list):
		return fmt.Errorf("%s takes %s, and %s given", c.CommandPath(), strings.Join(wanted, " and "), wereWords(len(list)))
	}
	return err
}

// siteFlags adds the flags that say what a site is made with. Every command that reads a site has the same, so that a check finds what a
// build with the same flags would.
func (a *app) siteFlags(c *cobra.Command) {
	c.Flags().Func("base-url", "the `address` at which the site is published, in place of the one in site.yaml", a.setBaseURL)
	c.Flags().BoolVar(&a.drafts, "drafts", false, "include drafts")
	c.Flags().Func("as-of", asOfHelp, a.setAsOf)
}

// asOfHelp says what the flag is for.
const asOfHelp = "the site as it stood in the record at the end of a `date`, such as 2025-06-04,\n" +
	"2025-06 or 2025, or at a time, as 2025-06-04T14:30:00Z; $(date -I) holds back\n" +
	"what is to be published later (default SOURCE_DATE_EPOCH, where that is set)"

// setAsOf takes the moment of the record that is built.
func (a *app) setAsOf(text string) error {
	m, fault := dossier.ParseMoment(text)
	if fault != nil {
		return fmt.Errorf("%s; %s", fault.Msg, fault.Hint)
	}
	a.asOf = m
	return nil
}

// epoch is the variable by which builds that can be repeated are told their date, see reproducible-builds.org.
const epoch = "SOURCE_DATE_EPOCH"

// moment returns the moment of the record that is built: that of the flag, else that of the environment, else none.
func (a *app) moment() (dossier.Moment, error) {
	text := a.Getenv(epoch)
	// What was typed for this run outweighs what is set for all.
	if text == "" || !a.asOf.IsZero() {
		return a.asOf, nil
	}
	// The specification of the variable asks for a build to fail where the value is malformed, and not to take the clock instead.
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 {
		return dossier.Moment{}, usageError{fmt.Errorf("%s is %q; give it in seconds since 1970, or unset it", epoch, text)}
	}
	return dossier.Moment{Time: time.Unix(seconds, 0).UTC()}, nil
}

// setBaseURL takes the address of the site, by the rule of the key in site.yaml.
func (a *app) setBaseURL(text string) error {
	var s dossier.Site
	// The rule is that of the field itself: no second one can come to differ from it.
	for _, f := range s.Table() {
		if f.Key != "base_url" {
			continue
		}
		if fault := f.Slot.(dossier.Scalar).Set(text); fault != nil {
			return fmt.Errorf("%s; %s", fault.Msg, fault.Hint)
		}
	}
	a.baseURL = s.BaseURL
	return nil
}

// published returns what the site is made from, up to the moment that is asked for.
func (a *app) published() (site.Source, error) {
	moment, err := a.moment()
	if err != nil {
		return site.Source{}, err
	}
	src, err := a.source()
	src.AsOf = moment
	return src, err
}

// source returns what the site is made from: its folder, and the built-in templates and assets below its own. Files are read through a
// root, so that no link in a site's folder can put a file from elsewhere on the machine into what is published.
func (a *app) source() (site.Source, error) {
	if err := siteFolder(a.dir); err != nil {
		return site.Source{}, err
	}
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return site.Source{}, err
	}
	files := rooted{root.FS().(rootFS), root}
	return site.Source{
		Files: files, Templates: layered{sub(files, "templates"), templates.Files}, Static: layered{sub(files, "static"), static.Files},
		BaseURL: a.baseURL, Drafts: a.drafts,
	}, nil
}

// siteFolder refuses a folder that is not a site's, and names the one above it that is: whoever writes entries may well be among them.
func siteFolder(dir string) error {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s; --site names the folder that has content/ in it", dir)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is no folder", dir)
	}
	if hasContent(dir) {
		return nil
	}
	// Where there is no full path there is nothing above it.
	full, _ := filepath.Abs(dir)
	for up := filepath.Dir(full); up != filepath.Dir(up); up = filepath.Dir(up) {
		if hasContent(up) {
			return fmt.Errorf("there is no folder content in %s, but in %s; run the command there, or with --site %[2]s", dir, up)
		}
	}
	return fmt.Errorf("there is no folder content in %s; briefing init DIR makes a site", dir)
}

// hasContent reports whether there is a content folder in another.
func hasContent(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, site.ContentFolder))
	return err == nil && info.IsDir()
}

// load loads the site and tells of its problems. The error is errProblems where any of them stops a build; the site is then still there,
// for its caller to tell that it was read. Any other error says that it could not be read at all.
func (a *app) load(ctx context.Context) (*site.Site, error) {
	s, src, problems, err := a.read(ctx)
	if err != nil {
		return nil, err
	}
	return s, a.report(problems, src)
}

// report tells of the problems of what was made from a source, but of those that are known. It returns errProblems where any stops a build.
func (a *app) report(problems diag.List, src site.Source) error {
	problems, err := a.settle(problems)
	if err != nil {
		return err
	}
	return a.tell(a.named(problems), a.texts(src.Files))
}

// read loads the site and returns its problems, and what it was made from.
func (a *app) read(ctx context.Context) (*site.Site, site.Source, diag.List, error) {
	src, err := a.asked()
	if err != nil {
		return nil, src, nil, err
	}
	src.Watch = &a.progress
	s, problems, err := site.Load(ctx, src, nil)
	return s, src, problems, err
}

// asked returns what the site is made from, once it is sure that problems can be told as the user asks for.
func (a *app) asked() (site.Source, error) {
	if err := known("format", cmp.Or(a.format, formats[0]), formats); err != nil {
		return site.Source{}, err
	}
	return a.published()
}
