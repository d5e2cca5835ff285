package site_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/site"
)

func TestEveryPromiseCanBeKeptTwice(t *testing.T) {
	s := sites(t)["this repository"]
	mustEqual(t, keep(t, s.Site), s.tree, "the second time")
}

// TestASiteWithProblemsCanBeLookedAt renders every page of a site in which nearly each entry is broken: a preview shows the first
// site that it loads, whatever is wrong with it.
func TestASiteWithProblemsCanBeLookedAt(t *testing.T) {
	archive, err := txtar.ParseFile("../graph/testdata/broken.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for name, config := range map[string]string{"a site": "title: Broken\ndescription: Much is wrong.\nbase_url: https://example.org\n", "no site": "["} {
		files[site.ConfigFile] = &fstest.MapFile{Data: []byte(config)}
		s, problems, err := site.Load(t.Context(), realSource(files), nil)
		if err != nil || len(problems) == 0 {
			t.Fatalf("%s: %d problems, error %v", name, len(problems), err)
		}
		if tree := keep(t, s); len(tree) < len(files)/2 {
			t.Errorf("%s: %d entries make %d files", name, len(files), len(tree))
		}
	}
}

// The test changes what holds for the whole process, so it must not run beside others.
func TestOutputDependsOnNeitherCoresNorTimeZone(t *testing.T) {
	want := sites(t)["this repository"].tree
	defer func(n int, zone *time.Location) { runtime.GOMAXPROCS(n); time.Local = zone }(runtime.GOMAXPROCS(1), time.Local)
	time.Local = time.FixedZone("Pacific/Kiritimati", 14*60*60)
	mustEqual(t, keep(t, load(t, repository(), nil)), want, "on one core, in another time zone,")
}

func TestWhatIsPutOutMakesUpATree(t *testing.T) {
	for name, s := range sites(t) {
		if found := output.Check(s.Files()); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestFileFindsWhatStandsAtAnAddress(t *testing.T) {
	s := load(t, bareSource(starter(t)), nil)
	for address, want := range map[string]string{
		"/": "index.html", "/events/harbour-talks-1/": "events/harbour-talks-1/index.html", "/feed.xml": "feed.xml",
		"/404.html": "404.html", "/timeline/2026/01/": "timeline/2026/01/index.html", "/index.html": "index.html",
	} {
		if f, ok := s.File(address); !ok || f.Path != want {
			t.Errorf("%s: %q, want %q", address, f.Path, want)
		}
	}
	for _, address := range []string{"/nowhere/", "/events/harbour-talks-1", "//", "/../content/site.yaml", "/events/../feed.xml"} {
		if f, ok := s.File(address); ok {
			t.Errorf("at %s stands %s", address, f.Path)
		}
	}
}

func TestAnAliasLeadsToThePresentAddress(t *testing.T) {
	files := starter(t)
	files = edited(files, brief, replaced(files, brief, "title:", "aliases: [old-boats]\ntitle:"))
	tree := keep(t, load(t, realSource(files), nil))
	page := tree["briefs/old-boats/index.html"]
	for _, part := range []string{`url=/briefs/boats/"`, `href="https://example.org/briefs/boats/"`, `href="/briefs/boats/"`} {
		if !strings.Contains(page, part) {
			t.Errorf("no %s in\n%s", part, page)
		}
	}
	if strings.Contains(tree["sitemap.xml"], "old-boats") {
		t.Error("the former address is in the sitemap")
	}
}

// A theme that prints cards alone shows which pages an edit reaches: those of the entry itself and those that show its card.
func TestAnEditChangesThePagesThatShowIt(t *testing.T) {
	files := starter(t)
	before := keep(t, load(t, realSource(files), nil))
	after := keep(t, load(t, realSource(edited(files, brief, string(files[brief].Data)+"\nMore.\n")), nil))
	var changed []string
	for path := range after {
		if after[path] != before[path] {
			changed = append(changed, path)
		}
	}
	slices.Sort(changed)
	if want := []string{"atom.xml", "briefs/boats/index.html", "briefs/boats/index.json", "briefs/boats/index.md", "feed.json", "feed.xml", "print/index.html", "search/index.json", "search/terms-000.json", "search/words.json"}; !slices.Equal(changed, want) {
		t.Errorf("a word more in a brief changed %v, want %v", changed, want)
	}
}

func TestPagesGiveThePolicyThatServersSend(t *testing.T) {
	want := `<meta http-equiv="Content-Security-Policy" content="` + export.PagePolicy + `">`
	for name, s := range sites(t) {
		for path, text := range s.tree {
			if strings.HasSuffix(path, ".html") && !strings.Contains(text, `http-equiv="refresh"`) && strings.Count(text, want) != 1 {
				t.Errorf("%s: %s does not give the policy, or gives another", name, path)
			}
			if kind := export.Headers(path)[0].Value; kind == "application/octet-stream" && path != "_headers" && path != ".nojekyll" {
				t.Errorf("%s: %s has no type", name, path)
			}
		}
	}
}
