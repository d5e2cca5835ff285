package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"briefing/internal/output"
)

// A clock goes on by itself each time that it is asked.
type clock struct {
	now  time.Time
	tick time.Duration
}

func (c *clock) ask() time.Time {
	c.now = c.now.Add(c.tick)
	return c.now
}

func TestLongWorkIsOneLineThatGoes(t *testing.T) {
	var b bytes.Buffer
	c := clock{time.Unix(1e9, 0), 200 * time.Millisecond}
	p := progress{out: &b, now: c.ask}
	p.Enter("parsing")
	for range 48 {
		p.Step(1204)
	}
	p.Enter("linking")
	p.end()
	p.end()
	const line = "\r\x1b[K"
	want := line + "parsing 32 of 1,204 files …" + line + "parsing 48 of 1,204 files …" + line + "linking …" + line
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	var told strings.Builder
	p.timings(&told)
	if want := "   800.0 ms  parsing\n   200.0 ms  linking\n"; told.String() != want {
		t.Errorf("%q, want %q", told.String(), want)
	}
}

func TestShortWorkShowsNothing(t *testing.T) {
	var b bytes.Buffer
	c := clock{time.Unix(1e9, 0), time.Millisecond}
	p := progress{out: &b, now: c.ask}
	p.Enter("parsing")
	for range 100 {
		p.Step(100)
	}
	p.end()
	if b.Len() > 0 {
		t.Errorf("%q", b.String())
	}
}

func TestAWatchedPromiseIsKeptAsItIs(t *testing.T) {
	a := app{Host: Host{Now: time.Now, Getenv: func(string) string { return "" }}, metrics: true}
	if err := a.prepare(); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("no")
	around := a.steps(2)
	first := around(&output.File{Path: "a"}, func(w io.Writer) error { _, err := io.WriteString(w, "text"); return err })
	second := around(&output.File{Path: "b"}, func(io.Writer) error { return failed })
	var b bytes.Buffer
	if err := first(&b); err != nil || b.String() != "text" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if err := second(&b); err != failed || a.progress.done != 2 {
		t.Errorf("%v, %d done", err, a.progress.done)
	}
}

// TestColoursAndLinesAreForTerminals runs the command on what is and is not a terminal.
func TestColoursAndLinesAreForTerminals(t *testing.T) {
	brief := filepath.Join(t.TempDir(), "brief")
	if code, _, stderr := runs(t, "init", brief); code != exitOK {
		t.Fatal(stderr)
	}
	file := filepath.Join(brief, "content/briefs/boats.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(text, "\nThey met today.\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	on := func(terminal bool, env map[string]string) string {
		var b bytes.Buffer
		c := clock{time.Unix(1e9, 0), time.Second}
		host := Host{Stdout: io.Discard, Stderr: &b, Now: c.ask, Getenv: func(name string) string { return env[name] }, Terminal: terminal}
		if code := Run(t.Context(), []string{"check", "--site", brief}, host); code != exitOK {
			t.Fatal(b.String())
		}
		return b.String()
	}
	plain, coloured := on(false, nil), on(true, nil)
	if strings.Contains(plain, "\x1b") || !strings.Contains(plain, "warning: relative-time: true on one day only: “today”") {
		t.Errorf("not on a terminal: %q", plain)
	}
	if !strings.Contains(coloured, "\r\x1b[Klinking …") || !strings.Contains(coloured, "\x1b[35mwarning: relative-time\x1b[m: true on") {
		t.Errorf("on a terminal: %q", coloured)
	}
	// Colours say nothing that words do not.
	words := regexp.MustCompile(`\r\x1b\[K[^\r\x1b]*…|\r\x1b\[K|\x1b\[[0-9]*m`).ReplaceAllString(coloured, "")
	if words != plain {
		t.Errorf("without its colours %q, want %q", words, plain)
	}
	if s := on(true, map[string]string{"NO_COLOR": "1"}); regexp.MustCompile(`\x1b\[\d*m`).MatchString(s) {
		t.Errorf("with NO_COLOR: %q", s)
	}
	if s := on(true, map[string]string{"TERM": "dumb-emacs"}); s != plain {
		t.Errorf("on a terminal without lines that can be put anew: %q", s)
	}
}

func TestMetricsAreByMaker(t *testing.T) {
	c := clock{time.Unix(1e9, 0), time.Millisecond}
	m := meter{now: c.ask}
	text := func(w io.Writer) error { _, err := io.WriteString(w, "text"); return err }
	for _, f := range []output.File{{Path: "a/index.html", Maker: "event.html"}, {Path: "b/index.html", Maker: "event.html"}, {Path: "feed.xml"}} {
		if err := m.measured(&f, text)(io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	m.print(&b)
	const want = `     files   total ms    mean ms        bytes  made by
         2        2.0      1.000            8  event.html
         1        1.0      1.000            4  *.xml
`
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}
