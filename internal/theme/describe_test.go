package theme

import (
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/static"
	"briefing/templates"
)

var update = flag.Bool("update", false, "rewrite views.txt")

// TestDescribed keeps what the command tells of templates in step with the sources.
func TestDescribed(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "-- %s --\n%s\n-- %s --\n%s\n", partsSection, partsOf(t), functionsSection, functionLines(t))
	for _, typ := range viewTypes() {
		fmt.Fprintf(&b, "-- %s --\n%s\n", typ, declaration(t, typ))
	}
	if *update {
		if err := os.WriteFile("views.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != described {
		t.Error("views.txt is old; run go test ./internal/theme -run TestDescribed -update")
	}
}

func TestDescribeKnowsEveryView(t *testing.T) {
	for _, name := range append(Types(), "parts", "functions") {
		if Describe(name) == "" {
			t.Errorf("nothing is said of %s", name)
		}
	}
	if s := Describe("page.Event"); !strings.HasPrefix(s, "// An Event is the page of an event.\ntype Event struct {") || !strings.Contains(s, "// Chairs are who chaired") {
		t.Errorf("of page.Event it is said:\n%s", s)
	}
	for name := range (&Theme{}).functions() {
		if !strings.Contains("\n"+Functions(), "\n"+name+" ") {
			t.Errorf("nothing is said of the function %s", name)
		}
	}
}

// declaration returns a type and its exported fields and methods as their package declares them.
func declaration(t *testing.T, typ reflect.Type) string {
	t.Helper()
	p := packageOf(t, path.Base(typ.PkgPath()))
	var b strings.Builder
	for _, d := range p.doc.Types {
		if d.Name != typ.Name() {
			continue
		}
		b.WriteString(comment("", d.Doc) + "type " + d.Name + " struct {\n")
		for _, f := range d.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType).Fields.List {
			if shown(f) {
				fmt.Fprintf(&b, "%s\t%s\n", comment("\t", f.Doc.Text()), p.text(f.Pos(), f.End()))
			}
		}
		b.WriteString("}\n")
		for _, m := range d.Methods {
			if callable(m) && m.Level == 0 {
				fmt.Fprintf(&b, "\n%s%s\n", comment("", m.Doc), p.text(m.Decl.Type.Pos(), m.Decl.Type.End()))
			}
		}
	}
	return b.String()
}

// shown reports whether a template can name a field, or one within it.
func shown(f *ast.Field) bool {
	if name, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 {
		return name.IsExported()
	}
	return len(f.Names) == 0 || f.Names[0].IsExported()
}

// comment returns a text as a comment, with something before each line.
func comment(indent, text string) string {
	if text == "" {
		return ""
	}
	return indent + "// " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+indent+"// ") + "\n"
}

// callable reports whether a template has a use for a method: it takes nothing, and is not the one that says how a text is decoded.
func callable(m *doc.Func) bool {
	results := m.Decl.Type.Results
	return m.Decl.Type.Params.NumFields() == 0 && results.NumFields() == 1 && m.Name != "Table"
}

// A source is one of our packages.
type source struct {
	doc *doc.Package
	set *token.FileSet
	// files are the sources by name.
	files map[string][]byte
}

// text returns what stands between two places.
func (s *source) text(from, to token.Pos) string {
	a, b := s.set.Position(from), s.set.Position(to)
	return string(s.files[a.Filename][a.Offset:b.Offset])
}

var packages = map[string]*source{}

// packageOf reads one of our packages.
func packageOf(t *testing.T, name string) *source {
	t.Helper()
	if packages[name] != nil {
		return packages[name]
	}
	names, err := filepath.Glob("../" + name + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	s := &source{set: token.NewFileSet(), files: map[string][]byte{}}
	var parsed []*ast.File
	for _, file := range names {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if s.files[file], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(s.set, file, s.files[file], parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	if s.doc, err = doc.NewFromFiles(s.set, parsed, "briefing/internal/"+name); err != nil {
		t.Fatal(err)
	}
	packages[name] = s
	return s
}

// functionLines returns what the comment of this package says of the functions, which is the table below "beside what html/template
// offers".
func functionLines(t *testing.T) string {
	t.Helper()
	_, text, ok := strings.Cut(packageOf(t, "theme").doc.Doc, "html/template offers:\n\n")
	if !ok {
		t.Fatal("the comment of the package lists no functions")
	}
	text, _, _ = strings.Cut(text, "\n\n")
	return strings.ReplaceAll(strings.TrimPrefix(text, "\t"), "\n\t", "\n") + "\n"
}

var (
	definition = regexp.MustCompile(`\{\{define "([^"]+)"\}\}`)
	given      = regexp.MustCompile(`«([\w-]+) ([^»]+)»`)
)

// partsOf returns the parts that the partials define, each with its file and the types of what it is given, which show when all views are
// made of templates that tell.
func partsOf(t *testing.T) string {
	t.Helper()
	telling, files := fstest.MapFS{}, map[string]string{}
	err := fs.WalkDir(templates.Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(templates.Files, file)
		if path.Dir(file) == partials {
			for _, m := range definition.FindAllSubmatch(src, -1) {
				files[string(m[1])] = file
			}
			src = definition.ReplaceAll(src, []byte(`$0{{printf "«$1 %T»" .}}`))
		}
		telling[file] = &fstest.MapFile{Data: src}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := typesGiven(t, telling)
	var lines []string
	for name, file := range files {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%-18s %-28s %s", name, file, givenTo(seen[name])))+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// givenTo names what a part is given: nothing, one of a few types, or the view of the page that it stands on.
func givenTo(types []string) string {
	const few = 4
	types = slices.DeleteFunc(types, func(s string) bool { return strings.Contains(s, "nil") })
	if len(types) > few {
		return "the view of the page"
	}
	slices.Sort(types)
	return strings.Join(types, ", ")
}

// typesGiven makes every view of templates that tell what their parts are given, and returns that by the names of the parts.
func typesGiven(t *testing.T, telling fs.FS) map[string][]string {
	t.Helper()
	th, err := Load(telling, static.Files, 9, 9, 9, 9, 9)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string][]string{}
	for name, empty := range Views() {
		full := reflect.New(reflect.TypeOf(empty)).Elem()
		(&filler{texts: map[string][]string{}}).fill(full, full.Type().Name())
		var b strings.Builder
		if err := th.Render(&b, name, full.Interface()); err != nil {
			t.Fatal(err)
		}
		for _, m := range given.FindAllStringSubmatch(b.String(), -1) {
			if !slices.Contains(seen[m[1]], m[2]) {
				seen[m[1]] = append(seen[m[1]], m[2])
			}
		}
	}
	return seen
}
