package markup

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzCompile checks that no text makes Compile panic or break the invariants of a fragment, and
// that the same text gives the same fragment again.
func FuzzCompile(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(cases) == 0 {
		f.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		src := Source{File: "e.md", Text: text, Line: 7, Reserved: []string{"sources"}}
		fragment, problems := Compile(src)
		invariants(t, src, fragment, problems)
		again, _ := Compile(src)
		if diff := cmp.Diff(fragment, again); diff != "" {
			t.Errorf("another result for the same text:\n%s", diff)
		}
	})
}
