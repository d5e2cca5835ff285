package workspace

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/site"
	"briefing/static"
)

var update = flag.Bool("update", false, "rewrite what is told of slips in testdata")

// TestSlips reads the slips of newcomers, each put into the site of the explanations, and compares what they are told. Nothing is rendered,
// so that no templates are needed; what is said of that is left out.
func TestSlips(t *testing.T) {
	files := fstest.MapFS{}
	base, err := txtar.ParseFile("../explain/testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range base.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	w, err := Open(t.Context(), site.Source{Files: files, Templates: fstest.MapFS{}, Static: static.Files})
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile("testdata/slips.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		slip, want := archive.Files[i], &archive.Files[i+1]
		name, file, _ := strings.Cut(slip.Name, "/")
		if want.Name != name {
			t.Fatalf("%s is followed by %s", slip.Name, want.Name)
		}
		got := told(t, w, file, slip.Data)
		if diff := cmp.Diff(string(want.Data), got); diff != "" && !*update {
			t.Errorf("%s:\n%s", name, diff)
		}
		if got == "" {
			t.Errorf("nobody is told of %s", name)
		}
		want.Data = []byte(got)
	}
	if n := len(archive.Files) / 2; n < 40 {
		t.Errorf("%d slips", n)
	}
	if *update {
		if err := os.WriteFile("testdata/slips.txtar", txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// told returns what is printed of the problems of a site with one file more.
func told(t *testing.T, w *Workspace, file string, text []byte) string {
	t.Helper()
	with, err := w.With(t.Context(), Texts{file: text})
	if err != nil {
		t.Fatal(err)
	}
	list := slices.DeleteFunc(slices.Clone(with.Problems), func(p diag.Problem) bool { return p.Code == diag.BadTemplate })
	var b bytes.Buffer
	if err := diag.Print(&b, list, with.Text); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
