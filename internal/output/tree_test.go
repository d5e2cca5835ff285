package output

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// newTree returns a tree with one file, mark, that has the given text.
func newTree(t *testing.T, name, text string) tree {
	t.Helper()
	made := tree(name)
	if err := os.MkdirAll(name, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := made.write("mark", []byte(text)); err != nil {
		t.Fatal(err)
	}
	return made
}

func wantMark(t *testing.T, in tree, want string) {
	t.Helper()
	if got, err := os.ReadFile(in.name("mark")); err != nil || string(got) != want {
		t.Errorf("%s has mark %q (%v), want %q", in, got, err, want)
	}
}

func TestExchange(t *testing.T) {
	for name, swap := range map[string]func(live, spare string) error{
		"by the system": exchange,
		"by renames":    exchangeByRename,
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			live := newTree(t, filepath.Join(folder, "live"), "old")
			spare := newTree(t, filepath.Join(folder, "spare"), "new")
			if err := swap(string(live), string(spare)); err != nil {
				t.Fatal(err)
			}
			wantMark(t, live, "new")
			wantMark(t, spare, "old")
		})
	}
}

func TestExchangeByRenameThatFails(t *testing.T) {
	folder := t.TempDir()
	live := newTree(t, filepath.Join(folder, "live"), "old")
	if err := exchangeByRename(string(live), filepath.Join(folder, "missing")); err == nil {
		t.Error("exchanged with nothing")
	}
	wantMark(t, live, "old")
}

func TestRestore(t *testing.T) {
	folder := t.TempDir()
	live := newTree(t, filepath.Join(folder, "live"), "old")
	spare := newTree(t, filepath.Join(folder, "spare"), "new")

	// Killed after the first rename.
	if err := os.Rename(string(live), asideOf(string(spare))); err != nil {
		t.Fatal(err)
	}
	if err := restore(string(live), string(spare)); err != nil {
		t.Fatal(err)
	}
	wantMark(t, live, "old")

	// Killed after the second rename.
	newTree(t, asideOf(string(spare)), "older")
	if err := restore(string(live), string(spare)); err != nil {
		t.Fatal(err)
	}
	wantMark(t, live, "old")
	if _, err := os.Stat(asideOf(string(spare))); !os.IsNotExist(err) {
		t.Errorf("the folder aside is still there (%v)", err)
	}
}

func TestCopyKeepsTheModificationTime(t *testing.T) {
	from := newTree(t, filepath.Join(t.TempDir(), "from"), "text")
	to := newTree(t, filepath.Join(t.TempDir(), "to"), "other")
	old := time.Date(2025, 6, 4, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(from.name("mark"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := to.copy("mark", from); err != nil {
		t.Fatal(err)
	}
	wantMark(t, to, "text")
	info, err := os.Stat(to.name("mark"))
	if err != nil || !info.ModTime().Equal(old) {
		t.Errorf("modification time %v (%v), want %v", info.ModTime(), err, old)
	}
}

func TestUnfinishedManifest(t *testing.T) {
	m := manifest(filepath.Join(t.TempDir(), "manifest"))
	j, err := m.open("")
	if err != nil {
		t.Fatal(err)
	}
	j.add(&File{Path: "a"}, &state{})
	if err := errors.Join(m.begin(j), m.end()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.next(), []byte("b\nunfinis"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := m.read()
	if want := (history{records: map[string]record{"a": {}, "b": {}}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read %v (%v), want a and b", got, err)
	}
}
