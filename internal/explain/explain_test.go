package explain

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/feedlint"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// themed are the codes that depend on templates. All others are looked for without any, which takes a tenth of the time.
var themed = []diag.Code{diag.DanglingAddress, diag.AddressCollision, diag.BadTemplate}

// found returns the codes of the problems that a site has.
func found(t *testing.T, files fstest.MapFS, theme bool) []diag.Code {
	t.Helper()
	src := site.Source{Files: files, Templates: fstest.MapFS{}, Static: static.Files}
	if theme {
		src.Templates = withTemplates(t, files)
	}
	s, problems, err := site.Load(t.Context(), src, nil)
	if err != nil {
		t.Fatal(err)
	}
	style, err := s.Style(t.Context(), files, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	// What is wrong hides what is inelegant, as in a check.
	if len(problems) == 0 || !theme && !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Code != diag.BadTemplate }) {
		problems = append(problems, style...)
	}
	var codes []diag.Code
	for _, p := range problems {
		if theme || p.Code != diag.BadTemplate {
			codes = append(codes, p.Code)
		}
	}
	return slices.Compact(codes)
}

// withTemplates returns the built-in templates with those of a site over them.
func withTemplates(t *testing.T, files fstest.MapFS) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(templates.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(templates.Files, name)
		all[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range files {
		if name, ok := strings.CutPrefix(name, "templates/"); ok {
			all[name] = f
		}
	}
	return all
}

// with returns the site of examples with some files more.
func with(t *testing.T, list []txtar.File) fstest.MapFS {
	t.Helper()
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range slices.Concat(base.Files, list) {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// made are examples that no text of a few lines can show, and a test can make.
var made = map[diag.Code]func(fstest.MapFS){
	diag.FileTooLarge: func(f fstest.MapFS) {
		f["content/pages/x.md"] = &fstest.MapFile{Data: bytes.Repeat([]byte("x"), 2<<20)}
	},
	diag.InvalidUTF8: func(f fstest.MapFS) {
		f["content/actors/norway.md"].Data = append(f["content/actors/norway.md"].Data, 0xff)
	},
	diag.Unreadable: func(f fstest.MapFS) {
		f["content/pages/x.md"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("nowhere")}
	},
	diag.TableTooLarge: func(f fstest.MapFS) { body(f, strings.Repeat("| a ", 60)+"|\n"+strings.Repeat("|---", 60)+"|\n") },
	diag.NestedTooDeep: func(f fstest.MapFS) { body(f, strings.Repeat("> ", 200)+"x\n") },
	diag.TooManyFootnotes: func(f fstest.MapFS) {
		var text strings.Builder
		for i := range 1001 {
			fmt.Fprintf(&text, "a[^%d]\n\n[^%d]: a\n\n", i, i)
		}
		body(f, text.String())
	},
	diag.BadSite: func(f fstest.MapFS) { delete(f, site.ConfigFile) },
}

// body adds to the text of an entry.
func body(files fstest.MapFS, text string) {
	files["content/events/talks.md"].Data = append(files["content/events/talks.md"].Data, "\n"+text...)
}

// TestEveryExampleIsWhatItSays builds each wrong example, which must produce its code and nothing else, and each right one, which must
// produce nothing.
func TestEveryExampleIsWhatItSays(t *testing.T) {
	if codes := found(t, with(t, nil), true); codes != nil {
		t.Fatalf("the site itself has %v", codes)
	}
	for _, r := range diag.Rules() {
		c, ok := Find(r.Code)
		if !ok || c.Why == "" {
			t.Errorf("%s is not explained", r.Code)
			continue
		}
		if r.Code == diag.Internal {
			continue // whoever knew an example would mend it
		}
		bad := with(t, c.Bad)
		if change := made[r.Code]; change != nil {
			change(bad)
		} else if len(c.Bad) == 0 || len(c.Good) == 0 {
			t.Errorf("%s has no example", r.Code)
		}
		theme := slices.Contains(themed, r.Code)
		if codes := found(t, bad, theme); !slices.Equal(codes, []diag.Code{r.Code}) {
			t.Errorf("the wrong example of %s has %v", r.Code, codes)
		}
		if codes := found(t, with(t, c.Good), theme); codes != nil {
			t.Errorf("the right example of %s has %v", r.Code, codes)
		}
	}
}

// TestEveryCaseIsThatOfACode finds files that explain nothing any more.
func TestEveryCaseIsThatOfACode(t *testing.T) {
	cases, err := files.ReadDir("cases")
	if err != nil || len(cases) == 0 {
		t.Fatal(err, len(cases))
	}
	for _, f := range cases {
		name := strings.TrimSuffix(f.Name(), ".txtar")
		if !slices.ContainsFunc(diag.Rules(), func(r diag.Rule) bool { return string(r.Code) == name }) {
			t.Errorf("there is no code %s", name)
		}
	}
}

// TestRulesForFeedsHaveTheirSamples proves that each has an example, but for those whose samples are thousands of lines.
func TestRulesForFeedsHaveTheirSamples(t *testing.T) {
	without := map[diag.Code]bool{}
	for _, r := range feedlint.Rules() {
		c, ok := Find(r.Code)
		if !ok || c.Why == "" || c.Spec == "" || !strings.HasSuffix(c.Means, ".") {
			t.Errorf("%s: %+v", r.Code, c)
		}
		if len(c.Bad) == 0 {
			without[r.Code] = true
		}
	}
	if want := []diag.Code{"feed-items", "feed-large", "feed-limit", "ical-empty"}; !slices.Equal(slices.Sorted(maps.Keys(without)), want) {
		t.Errorf("without a sample: %v", slices.Sorted(maps.Keys(without)))
	}
}

func TestText(t *testing.T) {
	c, _ := Find(diag.BadDate)
	var b bytes.Buffer
	c.Text(&b)
	for _, want := range []string{"bad-date (error)\n", "Wrong, content/events/example.md:\n\n    ---\n", "    date: 4 June 2025\n", "Right, ", "    date: 2025-06-04\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if _, ok := Find("no-such-code"); ok {
		t.Error("there is an explanation of nothing")
	}
	b.Reset()
	List(&b)
	if n := strings.Count(b.String(), "\n"); n != len(Codes()) || n < 100 {
		t.Errorf("%d lines for %d codes", n, len(Codes()))
	}
}
