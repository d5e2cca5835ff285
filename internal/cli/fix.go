package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
)

// A fixing is what check --fix may do.
type fixing struct {
	// fix says that what can be mended is to be mended, yes that nobody need be asked, dry that nothing must be written.
	fix, yes, dry bool
}

// sensible reports flags that say nothing together. A change is shown to people, so that no program could read the problems behind it.
func (f fixing) sensible(textual bool) error {
	switch {
	case f.fix && !textual:
		return usageError{errors.New("--fix shows a change to people; leave out --format, or --fix")}
	case f.yes && !f.fix:
		return usageError{errors.New("--yes says nothing without --fix")}
	case f.dry && !f.fix:
		return usageError{errors.New("--dry-run says nothing without --fix")}
	}
	return nil
}

// mend shows what would mend the site's problems for certain, and makes it so where the user agrees: one who said so before, or who says so
// now. It reports whether the site is to be checked: not where nothing but the change was asked for.
func (a *app) mend(ctx context.Context, f fixing) (check bool, err error) {
	w, err := a.open(ctx)
	if err != nil {
		return false, err
	}
	c, n, err := w.Fix(ctx)
	if err != nil {
		return false, err
	}
	// Problems that nothing can mend for certain may still be there: the check that follows tells.
	if n == 0 {
		fmt.Fprintln(a.news(), "Nothing can be mended for certain.")
		return true, nil
	}
	// The diff is a patch, so that what --dry-run prints can be kept and applied later.
	if _, err := a.Stdout.Write(c.Diff()); err != nil {
		return false, err
	}
	if f.dry || !f.yes && !a.interactive() {
		fmt.Fprintln(a.Stderr, "Nothing was changed; briefing check --fix --yes makes it so.")
		return false, nil
	}
	what := fmt.Sprintf("%s in %s", count(n, "edit"), count(len(c.Texts), "file"))
	if !f.yes && !a.agree("\nMake "+what+"?") {
		fmt.Fprintln(a.news(), "Nothing was changed.")
		return false, nil
	}
	if err := c.Write(a.dir); err != nil {
		return false, err
	}
	fmt.Fprintf(a.news(), "\n%s made\n", what)
	return true, nil
}

// interactive reports whether a person reads and answers. Where nobody does, nothing is asked.
func (a *app) interactive() bool { return a.Stdin != nil && a.Terminal }

// agree asks a question that is answered with yes or no. Only yes is yes: an empty line, or the end of the input, changes nothing.
func (a *app) agree(question string) bool {
	fmt.Fprint(a.Stderr, question+" [y/N] ")
	answer := strings.ToLower(a.answer())
	return answer == "y" || answer == "yes"
}

// answer reads a line; "" where there is none. The reader is kept between answers, since it may have read ahead.
func (a *app) answer() string {
	if a.answers == nil {
		a.answers = bufio.NewReader(a.Stdin)
	}
	line, _ := a.answers.ReadString('\n')
	return strings.TrimSpace(line)
}
