// Package internal holds the import policy of its packages as a test.
package internal

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// policy lists the packages in the order of the path of data. Each may import those named, all of which stand above it.
var policy = []struct {
	name    string
	imports string
}{
	{"diag", ""},
	{"output", ""},
	{"markup", "diag"},
	{"dossier", "diag markup"},
	{"content", "diag dossier markup"},
	{"graph", "diag dossier markup"},
	{"data", "dossier graph"},
	{"page", "data dossier graph markup"},
	{"theme", "page"},
	{"export", "data dossier graph page"},
	{"site", "content diag dossier export graph output page theme"},
	{"serve", "diag site"},
	{"cli", "diag dossier output serve site"},
}

// goroutines names the packages that may start goroutines; clock those that may ask for the time. Nothing of a site's output
// depends on either.
var (
	goroutines = []string{"output", "site", "serve"}
	clock      = []string{"cli", "serve"}
)

func TestImportsFollowThePathOfData(t *testing.T) {
	var above []string
	for _, p := range policy {
		allowed := strings.Fields(p.imports)
		for _, name := range allowed {
			if !slices.Contains(above, name) {
				t.Errorf("the policy lets %s import %s, which does not stand above it", p.name, name)
			}
		}
		for file, imports := range importsOf(t, p.name) {
			for _, name := range imports {
				if !slices.Contains(allowed, name) {
					t.Errorf("%s imports %s, which the policy does not allow", file, name)
				}
			}
		}
		above = append(above, p.name)
	}
}

func TestEveryPackageIsInThePolicy(t *testing.T) {
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if f.IsDir() && !onlyTests(f.Name()) && !slices.ContainsFunc(policy, func(p struct{ name, imports string }) bool { return p.name == f.Name() }) {
			t.Errorf("the policy does not know the package %s", f.Name())
		}
	}
}

func TestOnlySomePackagesStartGoroutinesOrAskForTheTime(t *testing.T) {
	for _, p := range policy {
		for _, file := range sources(t, p.name) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "\tgo func") || strings.Contains(string(text), "errgroup.") {
				if !slices.Contains(goroutines, p.name) {
					t.Errorf("%s starts goroutines", file)
				}
			}
			if strings.Contains(string(text), "time.Now()") && !slices.Contains(clock, p.name) {
				t.Errorf("%s asks for the time", file)
			}
		}
	}
}

// onlyTests reports whether a folder has no Go files but tests.
func onlyTests(name string) bool {
	files, _ := filepath.Glob(filepath.Join(name, "*.go"))
	return !slices.ContainsFunc(files, func(f string) bool { return !strings.HasSuffix(f, "_test.go") })
}

// importsOf returns, for each file of a package, the packages of ours that it imports.
func importsOf(t *testing.T, name string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, file := range sources(t, name) {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(path, "briefing/internal/"); ok {
				found[file] = append(found[file], ours)
			}
		}
	}
	return found
}

// sources returns the files of a package that are no tests.
func sources(t *testing.T, name string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(name, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", name, err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}
