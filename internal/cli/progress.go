package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"briefing/internal/output"
)

const (
	// patience is how long work goes on before anything is told of it: a line that is gone at once only makes people uneasy.
	patience = 400 * time.Millisecond
	// pace is how long a line stands before it is put anew.
	pace = 100 * time.Millisecond
)

// A progress is a site.Watcher. It tells the person at a terminal how far long work is, in one line that is put anew, and keeps how long
// each stage took. Where nobody watches it prints nothing. Its methods may be called from any number of goroutines.
type progress struct {
	// out is the terminal; nil where there is none.
	out io.Writer
	now func() time.Time

	mu     sync.Mutex
	stages []stage
	// done of total things of the last stage are done; a stage that does not count has a total of 0.
	done, total int
	shown       time.Time // when the line was put last; zero while there is none
	// began is when the first stage began: patience is for the whole of the work.
	began time.Time
}

// A stage is a part of the work.
type stage struct {
	name  string
	began time.Time
	took  time.Duration // once the next has begun
}

// Enter begins a stage, named by what is being done: “parsing”.
func (p *progress) Enter(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.close(now)
	if p.began.IsZero() {
		p.began = now
	}
	p.stages, p.done, p.total = append(p.stages, stage{name: name, began: now}), 0, 0
	p.show(now)
}

// close ends the stage that is under way.
func (p *progress) close(now time.Time) {
	if n := len(p.stages); n > 0 && p.stages[n-1].took == 0 {
		p.stages[n-1].took = now.Sub(p.stages[n-1].began)
	}
}

// Step says that one more of so many things of the stage is done.
func (p *progress) Step(total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.total = total
	// To ask for the time costs as much as a small file: one in sixteen steps is enough to look smooth.
	if p.out != nil && p.done%16 == 0 {
		p.show(p.now())
	}
}

// show puts the line, unless the last is fresh.
func (p *progress) show(now time.Time) {
	if p.out == nil || now.Sub(p.began) < patience || now.Sub(p.shown) < pace {
		return
	}
	p.shown = now
	text := p.stages[len(p.stages)-1].name
	if p.total > 0 {
		text += fmt.Sprintf(" %s of %s", digits(p.done), count(p.total, "file"))
	}
	// Carriage return, then the control sequence that erases to the end of the line (ECMA-48, EL).
	fmt.Fprintf(p.out, "\r\x1b[K%s …", text)
}

// end takes the line away, so that what is printed next begins at its place. It may be called more than once.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.stages) == 0 {
		return
	}
	p.close(p.now())
	if !p.shown.IsZero() {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = time.Time{}
	}
}

// steps begins the stage in which files are made, and returns what makes each a step of it, and measures it where that is asked for. A file
// that stands is none, and the line ends early.
func (a *app) steps(total int) func(*output.File, func(io.Writer) error) func(io.Writer) error {
	a.progress.Enter("making and writing")
	return func(f *output.File, write func(io.Writer) error) func(io.Writer) error {
		if a.metrics {
			write = a.meter.measured(f, write)
		}
		return func(w io.Writer) error {
			defer a.progress.Step(total)
			return write(w)
		}
	}
}

// timings tells how long each stage took.
func (p *progress) timings(w io.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.stages {
		fmt.Fprintf(w, "%8.1f ms  %s\n", float64(s.took.Microseconds())/1000, s.name)
	}
}

// wordFlags adds the flags that say how much a command tells.
func (a *app) wordFlags(root *cobra.Command) {
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "print nothing but problems")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "say how long each stage took")
}

// prepare makes ready what tells of the work, once the flags are known.
func (a *app) prepare() error {
	if a.quiet && a.verbose {
		return usageError{errors.New("--quiet and --verbose exclude each other; keep one of the two")}
	}
	a.progress.now, a.meter.now = a.Now, a.Now
	if a.escapes() && !a.quiet {
		a.progress.out = a.Stderr
	}
	return nil
}

// finish says at the end of a command what took how long, where that was asked for.
func (a *app) finish() {
	a.progress.end()
	if a.verbose {
		a.progress.timings(a.news())
	}
}

// escapes reports whether the standard error is a terminal that takes control sequences. Those that do not are called dumb, or dumb-emacs.
func (a *app) escapes() bool { return a.Terminal && !strings.HasPrefix(a.Getenv("TERM"), "dumb") }

// coloured reports whether problems may be printed in colours: where nobody asked for none by NO_COLOR, see no-color.org.
func (a *app) coloured() bool { return a.escapes() && a.Getenv("NO_COLOR") == "" }
