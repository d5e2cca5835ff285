// Package internal holds the import policy of its packages as a test.
package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
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
	{"crash", ""},
	{"diag", ""},
	{"feedlint", "diag"},
	{"explain", "diag feedlint"},
	{"output", "crash"},
	{"pack", ""},
	{"markup", "diag"},
	{"dossier", "diag markup"},
	{"schema", "dossier"},
	{"content", "diag dossier markup"},
	{"graph", "diag dossier markup"},
	{"lint", "content diag dossier graph markup"},
	{"data", "dossier graph"},
	{"cite", "dossier graph"},
	{"picture", ""},
	{"page", "cite data dossier graph markup picture"},
	{"search", "dossier graph markup page"},
	{"theme", "page picture"},
	{"export", "cite data dossier graph markup page"},
	{"site", "content crash diag dossier export graph lint markup output pack page search theme"},
	{"workspace", "content diag dossier site"},
	{"serve", "crash diag export site"},
	{"cli", "crash diag dossier explain export feedlint output schema serve site theme workspace"},
}

// goroutines names the packages that may start goroutines. Nothing of a site's output depends on them.
var goroutines = []string{"output", "serve"}

// machine names what tells of the machine that a program runs on: its clock, its time zone, its environment. The command asks for these
// and hands them on, so that nobody else can put them into a site.
var machine = map[string][]string{
	"time": {"Now", "Since", "Until", "Local"},
	"os":   {"Getenv", "LookupEnv", "Environ", "ExpandEnv"},
}

// command is the one package that may.
const command = "../cmd/briefing"

func TestImportsFollowThePathOfData(t *testing.T) {
	var above []string
	for _, p := range policy {
		allowed := strings.Fields(p.imports)
		for _, name := range allowed {
			if !slices.Contains(above, name) {
				t.Errorf("the policy lets %s import %s, which does not stand above it", p.name, name)
			}
		}
		used := map[string]bool{}
		for file, imports := range importsOf(t, p.name) {
			for _, name := range imports {
				used[name] = true
				if !slices.Contains(allowed, name) {
					t.Errorf("%s imports %s, which the policy does not allow", file, name)
				}
			}
		}
		for _, name := range allowed {
			if !used[name] {
				t.Errorf("the policy lets %s import %s, which it does not", p.name, name)
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

func TestOnlySomePackagesStartGoroutines(t *testing.T) {
	for _, p := range policy {
		starting := slices.DeleteFunc(sources(t, p.name), func(file string) bool { return !startsGoroutines(t, file) })
		if may := slices.Contains(goroutines, p.name); may != (len(starting) > 0) {
			t.Errorf("%s may start goroutines: %v; these do: %v", p.name, may, starting)
		}
	}
}

// startsGoroutines reports whether a file has a go statement, or calls the method Go of a group of goroutines.
func startsGoroutines(t *testing.T, file string) (found bool) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.SelectorExpr:
			found = found || n.Sel.Name == "Go"
		}
		return true
	})
	return found
}

func TestOnlyTheCommandAsksForTheTime(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		asks, err := asksForTheMachine(name, nil)
		if files++; filepath.Dir(name) != command {
			for _, what := range asks {
				t.Errorf("%s asks for %s", name, what)
			}
		} else if len(asks) == 0 {
			t.Errorf("%s asks for nothing, so that this test proves nothing", name)
		}
		return err
	})
	if err != nil || files < len(policy) {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestAskingForTheTimeIsFoundUnderEveryName(t *testing.T) {
	for text, want := range map[string]bool{
		`import "time"; var x = time.Now()`:                    true,
		`import "time"; var now = time.Now`:                    true,
		`import other "time"; func f() { _ = other.Since(x) }`: true,
		`import . "time"; var x = Now()`:                       true,
		`import "time"; var x = time.Time{}.Local()`:           true,
		`import "os"; var zone = os.Getenv("TZ")`:              true,
		`import "time"; var x = time.Second`:                   false,
		`var x = clock.Now()`:                                  false,
		`import "encoding/xml"; var x = xml.Name{}.Local`:      false,
	} {
		asks, err := asksForTheMachine("x.go", []byte("package x; "+text))
		if err != nil || (len(asks) > 0) != want {
			t.Errorf("%s: %v, %v", text, asks, err)
		}
	}
}

// asksForTheMachine returns what a file names of the things of machine. Src may be nil; the file is then read.
func asksForTheMachine(name string, src []byte) ([]string, error) {
	var text any
	if src != nil {
		text = src
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var asks []string
	banned := map[string][]string{}
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		local := path
		if spec.Name != nil {
			local = spec.Name.Name
		}
		if list, ok := machine[path]; ok && local == "." {
			asks = append(asks, "all names of "+path)
		} else if ok {
			banned[local] = list
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			// A time of day has a method Local too, which asks for the zone of the machine; a name of XML has a field of that name.
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Local" {
				asks = append(asks, "Local()")
			}
		case *ast.SelectorExpr:
			if of, ok := n.X.(*ast.Ident); ok && slices.Contains(banned[of.Name], n.Sel.Name) {
				asks = append(asks, n.Sel.Name)
			}
		}
		return true
	})
	return asks, nil
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
