package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"briefing": func() {
			os.Exit(Run(context.Background(), os.Args[1:], Host{Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Getenv: os.Getenv}))
		},
	})
}

// The scripts say what the command line promises. Beside the usual commands they have:
//
//	exits CODE command…   runs a command that must end with the exit code
//	tree DIR FILE         writes the path and a digest of each file in a folder to a file
//	replace FILE OLD NEW  replaces a text that the file must hold
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "tree": tree, "replace": replace},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command…")
	}
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || code != want {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func tree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tree DIR FILE")
	}
	var b strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%x %s\n", sha256.Sum256(data), name)
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

// A screen is what a command prints while it runs.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write prints.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// wait returns the first match of a pattern once it is printed.
func (s *screen) wait(t *testing.T, pattern string) []string {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		s.mu.Lock()
		found := regexp.MustCompile(pattern).FindStringSubmatch(s.b.String())
		s.mu.Unlock()
		if found != nil {
			return found
		}
	}
	t.Fatalf("%s is never printed:\n%s", pattern, s.b.String())
	return nil
}

// A running is a preview that runs.
type running struct {
	dir, address   string
	stdout, stderr screen
	// ends it, and returns its exit code
	stop func() int
}

// host returns what the preview runs on: no variable of the machine reaches it.
func (r *running) host() Host {
	return Host{Stdout: &r.stdout, Stderr: &r.stderr, Now: time.Now, Getenv: func(string) string { return "" }}
}

// startServe makes the starter site and serves it.
func startServe(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{dir: filepath.Join(t.TempDir(), "brief")}
	if code := Run(t.Context(), []string{"init", r.dir}, r.host()); code != exitOK {
		t.Fatal(r.stderr.b.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() { code <- Run(ctx, append([]string{"serve", "--site", r.dir}, args...), r.host()) }()
	r.stop = func() int { cancel(); return <-code }
	t.Cleanup(cancel)
	r.address = r.stdout.wait(t, `(http://127\.0\.0\.1:\d+)/`)[1]
	return r
}

// get returns a page of the preview.
func (r *running) get(t *testing.T, path string) string {
	t.Helper()
	answer, err := http.Get(r.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestServeShowsTheSiteUntilItIsStopped(t *testing.T) {
	r := startServe(t, "--port", "0")
	if page := r.get(t, "/events/harbour-talks-1/"); !strings.Contains(page, "First harbour talks") {
		t.Error(page)
	}
	if feed := r.get(t, "/feed.xml"); !strings.Contains(feed, "<link>"+r.address+"/</link>") {
		t.Error("the feed of a preview does not lead to the preview")
	}
	if code := r.stop(); code != exitOK {
		t.Errorf("exit code %d: %s", code, r.stderr.b.String())
	}
	if _, err := http.Get(r.address); err == nil {
		t.Error("it still answers")
	}
}

func TestServePrintsTheProblemsOfAnEditAndThenThatThereAreNone(t *testing.T) {
	r := startServe(t, "--port", "0")
	name := filepath.Join(r.dir, "content", "briefs", "boats.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, edit := range []string{"[[nowhere]]", "the very last talks"} {
		if err := os.WriteFile(name, append(text, edit...), 0o644); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond) // the system takes a moment to tell
		if page := r.get(t, "/briefs/boats/"); strings.Contains(page, edit) != (i == 1) {
			t.Errorf("after %q:\n%s", edit, page)
		}
	}
	r.stderr.wait(t, regexp.QuoteMeta(name)+`:\d+:\d+: dangling-reference: [^\n]*"nowhere"`)
	r.stdout.wait(t, `\d\d:\d\d:\d\d  no problems`)
	r.stop()
}

func TestServeTakesTheNextFreePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	r := startServe(t, "--port", strconv.Itoa(port))
	defer r.stop()
	if strings.HasSuffix(r.address, ":"+strconv.Itoa(port)) {
		t.Errorf("two servers at %s", r.address)
	}
}

// TestAMistakeOfTheProgramIsToldAsSuch has the clock fail, which a command asks in its course.
func TestAMistakeOfTheProgramIsToldAsSuch(t *testing.T) {
	var stderr bytes.Buffer
	host := Host{Stdout: io.Discard, Stderr: &stderr, Now: func() time.Time { panic("a mine") }, Getenv: func(string) string { return "" }}
	dir := t.TempDir()
	if code := Run(t.Context(), []string{"init", dir}, host); code != exitOK {
		t.Fatal(stderr.String())
	}
	if code := Run(t.Context(), []string{"new", "brief", "boats-again", "--site", dir}, host); code != exitProblems {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"briefing: internal error while running briefing new brief boats-again --site " + dir + ": a mine in ", "please report it", "goroutine "} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("no %q in\n%s", want, stderr.String())
		}
	}
}
