package output_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/output"
)

// keyed returns a file with a key and, if view is not empty, a draft.
func keyed(path, key, view, text string) output.File {
	f := promise(path, text)
	f.Key = key
	if view != "" {
		f.Draft = func() (string, func(io.Writer) error, error) { return view, f.Write, nil }
	}
	return f
}

func TestAFileIsMadeOnlyWhereItMustBe(t *testing.T) {
	d := newDir(t)
	steps := []struct {
		name string
		file output.File
		want output.Result
	}{
		{"new", keyed("a", "k1", "v1", "1"), output.Result{Written: 1, Made: 1, Drafted: 1}},
		{"the same key", keyed("a", "k1", "v1", "1"), output.Result{Unchanged: 1}},
		{"another key, the same view", keyed("a", "k2", "v1", "1"), output.Result{Unchanged: 1, Drafted: 1}},
		{"the key of before", keyed("a", "k2", "v1", "1"), output.Result{Unchanged: 1}},
		{"another view, the same bytes", keyed("a", "k3", "v2", "1"), output.Result{Unchanged: 1, Drafted: 1, Made: 1}},
		{"that view again", keyed("a", "k4", "v2", "1"), output.Result{Unchanged: 1, Drafted: 1}},
		{"other bytes", keyed("a", "k5", "v3", "2"), output.Result{Written: 1, Drafted: 1, Made: 1}},
		{"no key", keyed("a", "", "", "2"), output.Result{Unchanged: 1, Made: 1}},
		{"a key again", keyed("a", "k5", "", "2"), output.Result{Unchanged: 1, Made: 1}},
		{"which is then known", keyed("a", "k5", "", "2"), output.Result{Unchanged: 1}},
	}
	for _, step := range steps {
		step.want.Files, step.want.Bytes = 1, 1
		if diff := cmp.Diff(step.want, commit(t, d, output.List{step.file})); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
}

// spoil does to a folder what no commit did, each in a way of its own.
var spoil = map[string]func(t *testing.T, folder string){
	"a file with other bytes of the same size and time": func(t *testing.T, folder string) {
		name := filepath.Join(folder, "a")
		at := modTime(t, name)
		writeFile(t, name, "X")
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	},
	"a file with other bytes": func(t *testing.T, folder string) { writeFile(t, filepath.Join(folder, "a"), "other") },
	"a file removed":          func(t *testing.T, folder string) { os.Remove(filepath.Join(folder, "b/c")) },
	"all removed":             func(t *testing.T, folder string) { os.RemoveAll(folder) },
	"a folder in the place of a file": func(t *testing.T, folder string) {
		os.Remove(filepath.Join(folder, "a"))
		os.Mkdir(filepath.Join(folder, "a"), 0o755)
	},
	"no mark": func(t *testing.T, folder string) { os.Remove(filepath.Join(folder, ".briefing")) },
}

func TestWhatDoesNotStandIsMended(t *testing.T) {
	files := output.List{keyed("a", "ka", "", "1"), keyed("b/c", "kc", "vc", "2")}
	for name, f := range spoil {
		d := newDir(t)
		d.From = "from"
		want := commit(t, d, files)
		whole := contents(t, d.Path)
		if got, ok, err := d.Stands(t.Context()); err != nil || !ok || got.Unchanged != 2 || got.Bytes != want.Bytes {
			t.Fatalf("before: %+v, %t, %v", got, ok, err)
		}
		f(t, d.Path)
		if _, ok, err := d.Stands(t.Context()); err != nil || ok {
			t.Errorf("%s: it stands (%v)", name, err)
		}
		commit(t, d, files)
		if diff := cmp.Diff(whole, contents(t, d.Path)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if _, ok, err := d.Stands(t.Context()); err != nil || !ok {
			t.Errorf("%s: once mended it does not stand (%v)", name, err)
		}
	}
}

func TestWhatStands(t *testing.T) {
	d := newDir(t)
	stands := func(from string) bool {
		t.Helper()
		d.From = from
		_, ok, err := d.Stands(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if stands("1") {
		t.Error("what was never made stands")
	}
	d.From = "1"
	commit(t, d, promises("a", "1"))
	if !stands("1") || stands("2") || stands("") {
		t.Error("what was made from 1 does not stand, or as something else")
	}
	commit(t, d, promises("a", "1"))
	if stands("1") || stands("") {
		t.Error("what was made from nobody knows what stands")
	}
	writeFile(t, filepath.Join(d.Path, "notes"), "mine")
	d.From = "1"
	if _, ok, err := d.Stands(t.Context()); ok || err != nil {
		t.Errorf("%t, %v", ok, err)
	}
}

// A stamp that is old enough is trusted: that is what makes a look at a large site cheap.
func TestAnOldStampIsTrusted(t *testing.T) {
	d := newDir(t)
	d.From = "from"
	commit(t, d, promises("a", "1"))
	name := filepath.Join(d.Path, "a")
	old := age(t, name)
	commit(t, d, promises("a", "1"))
	writeFile(t, name, "2")
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := d.Stands(t.Context()); !ok || err != nil {
		t.Errorf("the file was read (%v)", err)
	}
	if err := os.Chtimes(filepath.Join(filepath.Dir(d.Path), ".briefing/public/manifest"), old, old); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := d.Stands(t.Context()); ok || err != nil {
		t.Errorf("a stamp as old as the record is trusted (%v)", err)
	}
}

// The clock of a file system may tick every two seconds, and then tells whole ones.
func TestAStampIsTrustedOnceTheClockHasTicked(t *testing.T) {
	whole := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		modified time.Time
		after    time.Duration
		want     bool
	}{
		{whole, 0, false},
		{whole, 2 * time.Second, false},
		{whole, 2*time.Second + time.Millisecond, true},
		{whole.Add(time.Millisecond), 0, false},
		{whole.Add(time.Millisecond), 100 * time.Millisecond, false},
		{whole.Add(time.Millisecond), 101 * time.Millisecond, true},
	} {
		if got := output.Settled(c.modified, c.modified.Add(c.after)); got != c.want {
			t.Errorf("a stamp of %s is trusted %s later: %t", c.modified.Format(time.StampMilli), c.after, got)
		}
	}
}

func TestAfterAnErrorTheKeysAreThoseOfTheTree(t *testing.T) {
	d := newDir(t)
	commit(t, d, output.List{keyed("a", "k1", "", "1")})
	broken := output.File{Path: "b", Write: func(io.Writer) error { return errors.New("broken") }}
	if _, err := d.Commit(t.Context(), output.List{keyed("a", "k2", "", "2"), broken}); err == nil {
		t.Fatal("no error")
	}
	if left := contents(t, filepath.Join(filepath.Dir(d.Path), ".briefing/public")); left["manifest.new"] != "" || left["manifest"] == "" {
		t.Errorf("the state holds %v", left)
	}
	if got := commit(t, d, output.List{keyed("a", "k2", "", "2")}); got.Written != 1 {
		t.Errorf("%+v", got)
	}
	if got := contents(t, d.Path)["a"]; got != "2" {
		t.Errorf("a is %q", got)
	}
}

// A commit that was killed before it noted the end may have switched, or not: keys are not believed.
func TestAfterAKillKeysAreNotBelieved(t *testing.T) {
	d := newDir(t)
	commit(t, d, output.List{keyed("a", "k1", "", "1")})
	state := filepath.Join(filepath.Dir(d.Path), ".briefing/public/manifest")
	old, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, d, output.List{keyed("a", "k2", "", "2")})
	if err := os.Rename(state, state+".next"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, state, string(old))
	d.From = "x"
	if _, ok, err := d.Stands(t.Context()); ok || err != nil {
		t.Errorf("it stands (%v)", err)
	}
	if got := commit(t, d, output.List{keyed("a", "k1", "", "1")}); got.Made != 1 || got.Written != 1 {
		t.Errorf("%+v", got)
	}
}

func TestStateMayBeDeletedThoughAllChanges(t *testing.T) {
	d := newDir(t)
	forget := func() {
		if err := os.RemoveAll(filepath.Join(filepath.Dir(d.Path), ".briefing")); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(d.Path, ".gitignore"), "*\n")
	commit(t, d, promises("a", "1", "b/c", "2"))
	forget()
	if got := commit(t, d, promises("a", "new", "d", "3")); got.Written != 2 || got.Removed != 1 {
		t.Errorf("%+v", got)
	}
	for name, f := range map[string]func(string){
		"a file of another": func(folder string) { writeFile(t, filepath.Join(folder, "notes"), "mine") },
		"other bytes":       func(folder string) { writeFile(t, filepath.Join(folder, "a"), "mine") },
		"another mark":      func(folder string) { writeFile(t, filepath.Join(folder, ".briefing"), "mine") },
	} {
		forget()
		f(d.Path)
		before := contents(t, d.Path)
		refused(t, d, promises("a", "newer"), "no build is known to have written")
		if diff := cmp.Diff(before, contents(t, d.Path)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		os.RemoveAll(d.Path)
		forget()
		commit(t, d, promises("a", "1", "b", "2"))
	}
}

func TestManifestIsOneForSha256sum(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("index.html", "home", "a/b", "", `a/b\c`, "x", "a b", "y"))
	name := filepath.Join(t.TempDir(), "sums")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.WriteManifest(t.Context(), out), out.Close()); err != nil {
		t.Fatal(err)
	}
	check := exec.Command("sha256sum", "--strict", "-c", name)
	check.Dir = d.Path
	if said, err := check.CombinedOutput(); errors.Is(err, exec.ErrNotFound) {
		t.Skip("no sha256sum")
	} else if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestCompareNamesWhatDiffers(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("same", "1", "longer", "12", "other", "123", "extra", "1"))
	got, err := d.Compare(t.Context(), promises("same", "1", "longer", "123", "other", "1x3", "missing", ""))
	if err != nil {
		t.Fatal(err)
	}
	want := []output.Difference{
		{Path: "extra", What: "should not be there"}, {Path: "longer", What: "has 2 bytes, not 3"},
		{Path: "missing", What: "is missing"}, {Path: "other", What: "differs from byte 2 on"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
