package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

func TestNumbersAreReadable(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 150000: "150,000", 1234567: "1,234,567"} {
		if got := digits(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 entries", 1: "1 entry", 2: "2 entries", 1204: "1,204 entries"} {
		if got := entries(n); got != want {
			t.Errorf("%d entries are called %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 1204: "1,204 files"} {
		if got := count(n, "file"); got != want {
			t.Errorf("%d files are called %s, want %s", n, got, want)
		}
	}
}

// runs returns the exit code of a command and what it prints.
func runs(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), args, Host{Stdout: &out, Stderr: &err, Now: time.Now, Getenv: func(string) string { return "" }})
	return code, out.String(), err.String()
}

// TestExitCodes proves the three: all is well, there are problems, the command was not understood. Nothing but results goes to the
// standard output, so that a script may read it.
func TestExitCodes(t *testing.T) {
	brief := filepath.Join(t.TempDir(), "brief")
	for _, c := range []struct {
		args   string
		code   int
		stderr string
	}{
		{"init " + brief, exitOK, ""},
		{"init " + brief, exitProblems, "is not empty"},
		{"check --site " + brief, exitOK, ""},
		{"check --site " + brief + " --drafts --base-url https://example.org", exitOK, ""},
		{"check --site " + brief + " --base-url ftp://example.org", exitUsage, "is not the address of a site"},
		{"check --site " + brief + "/none", exitProblems, "--site names the folder"},
		{"check --site " + brief + "/content/site.yaml", exitProblems, "is no folder"},
		{"check --site " + brief + "/content", exitProblems, "but in " + brief + "; run the command there"},
		{"new --site " + brief + " pledge a-new-one", exitOK, ""},
		{"new --site " + brief + " pledge a-new-one", exitProblems, "is taken"},
		{"new --site " + brief + " plegde another", exitUsage, `did you mean "pledge"?`},
		{"new --site " + brief + " thing another", exitUsage, "write one of actor, series"},
		{"new --site " + brief + " pledge An_ID", exitUsage, "is not an id"},
		{"check --site " + brief, exitProblems, "TODO"},
		{"build --site " + brief, exitProblems, "Nothing was written."},
		{"version", exitOK, ""},
		{"version now", exitUsage, "Usage: briefing version"},
		{"serve --port -1", exitUsage, "there is no port -1"},
		{"serve --port 65536", exitUsage, "there is no port 65536"},
		{"serve --site " + brief + "/none", exitProblems, "--site names the folder"},
		{"--nothing", exitUsage, "unknown flag: --nothing"},
		{"help", exitOK, ""},
	} {
		code, stdout, stderr := runs(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.stderr) || (c.stderr == "") != (stderr == "") {
			t.Errorf("briefing %s: exit code %d, want %d; stderr %q, want %q", c.args, code, c.code, stderr, c.stderr)
		}
		if (code == exitOK) != (stdout != "") {
			t.Errorf("briefing %s: exit code %d with the output %q", c.args, code, stdout)
		}
	}
}

// TestProblemsAreShownWithTheFileAsTheEditorWouldTypeIt proves that a place in a message can be opened from where the command was run.
func TestProblemsAreShownWithTheFileAsTheEditorWouldTypeIt(t *testing.T) {
	files := fstest.MapFS{"content/events/e.md": {Data: []byte("one\ntwo words\n")}}
	var b bytes.Buffer
	a := &app{Host: Host{Stderr: &b}, dir: "some/brief"}
	list := diag.List{
		{Pos: diag.Mark{Line: 2, Col: 5}.In("content/events/e.md"), Code: "bad-value", Msg: "wrong", Hint: "write it right", Also: diag.Mark{Line: 1}.In("content/actors/a.md")},
		{Code: "no-place", Msg: "nowhere"},
	}
	before := list[0]
	a.print(list, files)
	for _, want := range []string{"some/brief/content/events/e.md:2:5: bad-value: wrong", "two words", "write it right", "some/brief/content/actors/a.md:1", "\n2 problems\n"} {
		if !strings.Contains(filepath.ToSlash(b.String()), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if list[0] != before {
		t.Errorf("the list of the caller was changed: %+v", list[0])
	}
	if strings.Contains(b.String(), "some/brief:") {
		t.Errorf("a problem without a place was given one:\n%s", b.String())
	}
}

// failing is a file system that cannot be read.
type failing struct{}

func (failing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// TestASitesOwnFilesStandBeforeTheBuiltInOnes covers files and folders that one side, the other, or both have.
func TestASitesOwnFilesStandBeforeTheBuiltInOnes(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	l := layered{
		fstest.MapFS{"both.html": file("own"), "own.html": file("own"), "partials/b.html": file("own"), "only/x.html": file("own")},
		fstest.MapFS{"both.html": file("built in"), "base.html": file("built in"), "partials/a.html": file("built in"), "partials/b.html": file("built in")},
	}
	want := map[string]string{
		"both.html": "own", "own.html": "own", "base.html": "built in", "partials/a.html": "built in", "partials/b.html": "own", "only/x.html": "own",
	}
	got := map[string]string{}
	err := fs.WalkDir(l, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(l, name)
		got[name] = string(data)
		return err
	})
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
	if names, err := fs.Glob(l, "*.html"); err != nil || strings.Join(names, " ") != "base.html both.html own.html" {
		t.Errorf("%v, %v", names, err)
	}
	for _, read := range []func() error{
		func() error { _, err := l.ReadDir("none"); return err }, func() error { _, err := l.Open("none.html"); return err },
	} {
		if err := read(); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("what neither has: %v", err)
		}
	}
}

// TestAFolderThatCannotBeReadIsNoEmptyOne proves that an error of either side is told: a site must not be built without half of its theme.
func TestAFolderThatCannotBeReadIsNoEmptyOne(t *testing.T) {
	good := fstest.MapFS{"a.html": {Data: []byte("a")}}
	for name, l := range map[string]layered{"over": {failing{}, good}, "under": {good, failing{}}} {
		if list, err := l.ReadDir("."); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s cannot be read: %v, %v", name, list, err)
		}
	}
	if _, err := (layered{failing{}, good}).Open("a.html"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a file of the site's own was passed over: %v", err)
	}
	if data, err := fs.ReadFile(layered{good, failing{}}, "a.html"); err != nil || string(data) != "a" {
		t.Errorf("%q, %v", data, err)
	}
	missing := layered{sub(good, "templates"), good}
	if data, err := fs.ReadFile(missing, "a.html"); err != nil || string(data) != "a" {
		t.Errorf("without a folder of the site's own: %q, %v", data, err)
	}
}

// TestAPortThatIsTakenAtTheEndOfTheRange proves that the message tells of the port that was asked for, and not of one that cannot be.
func TestAPortThatIsTakenAtTheEndOfTheRange(t *testing.T) {
	if taken, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", maxPort)); err == nil {
		defer taken.Close()
	}
	l, err := listen("", maxPort)
	if err == nil {
		l.Close()
		t.Fatal("two servers have the last port")
	}
	if strings.Contains(err.Error(), "65536") || !strings.Contains(err.Error(), "in use") {
		t.Errorf("error %v", err)
	}
}

// TestAnyFreePort proves that port 0 asks the system for one, on this machine alone.
func TestAnyFreePort(t *testing.T) {
	l, err := listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if address := l.Addr().(*net.TCPAddr); address.Port == 0 || !address.IP.IsLoopback() {
		t.Errorf("it listens at %v", address)
	}
}

// TestInitLeavesWhatIsThereAlone proves that a folder with a file, and a file in place of a folder, stay as they are.
func TestInitLeavesWhatIsThereAlone(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "mine.txt")
	if err := os.WriteFile(name, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{dir, name} {
		if code, _, stderr := runs(t, "init", target); code != exitProblems || stderr == "" {
			t.Errorf("init %s: exit code %d, %s", target, code, stderr)
		}
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := runs(t, "init", empty); code != exitOK {
		t.Errorf("an empty folder: exit code %d, %s", code, stderr)
	}
}

// TestNewFindsFormerAndDraftIDsTaken proves that an id is permanent: no entry may take one that another has, or had, in any kind.
func TestNewFindsFormerAndDraftIDsTaken(t *testing.T) {
	brief := filepath.Join(t.TempDir(), "brief")
	if code, _, stderr := runs(t, "init", brief); code != exitOK {
		t.Fatal(stderr)
	}
	text := "---\ntitle: Old\nsummary: What it says.\npublished: 2026-01-01T00:00:00Z\ndraft: true\naliases: [very-old]\n---\n"
	if err := os.WriteFile(filepath.Join(brief, "content", "pages", "old.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"old", "very-old", "ada-berg"} {
		if code, _, stderr := runs(t, "new", "--site", brief, "actor", id); code != exitProblems || !strings.Contains(stderr, "is taken: "+brief) {
			t.Errorf("%s: exit code %d, %s", id, code, stderr)
		}
	}
	code, stdout, stderr := runs(t, "new", "--site", brief, "actor", "old-2")
	name := filepath.Join(brief, "content", "actors", "old-2.md")
	if code != exitOK || !strings.HasPrefix(stdout, name+"\n") {
		t.Errorf("exit code %d, %s%s", code, stdout, stderr)
	}
	if data, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(data), "---\ntitle: TODO # ") {
		t.Errorf("%.60q, %v", data, err)
	}
}

// TestATemplateHasEachKeyOnceAndOnOneLine proves that a new entry can be filled in from top to bottom: required keys first, the others as
// comments.
func TestATemplateHasEachKeyOnceAndOnOneLine(t *testing.T) {
	for _, kind := range dossier.Kinds {
		seen := map[string]int{}
		comments := false
		for line := range strings.Lines(strings.Trim(template(kind, time.Unix(0, 0)), "-\n")) {
			key, _, ok := strings.Cut(strings.TrimPrefix(line, "# "), ":")
			if !ok || strings.HasPrefix(line, " ") {
				continue
			}
			seen[key]++
			if comment := strings.HasPrefix(line, "#"); comments && !comment {
				t.Errorf("%s: %s stands below the keys that may be left out", kind, key)
			} else {
				comments = comment
			}
		}
		for _, f := range dossier.New(kind).Table() {
			if seen[f.Key] != 1 {
				t.Errorf("%s: %s stands there %d times", kind, f.Key, seen[f.Key])
			}
		}
	}
}
