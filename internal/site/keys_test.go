package site

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/output"
	"briefing/static"
	"briefing/templates"
)

// own returns the site of this repository, in memory.
func own(t *testing.T) fstest.MapFS {
	t.Helper()
	return inMemory(t, os.DirFS("../.."), ContentFolder)
}

// keyedSource returns files with the built-in theme, for a site whose files have keys.
func keyedSource(files fs.FS) Source {
	return Source{Files: files, Templates: templates.Files, Static: static.Files, Program: "program"}
}

// loaded returns the site of a source, which must have no problems.
func loaded(t *testing.T, src Source) *Site {
	t.Helper()
	s, problems, err := Load(t.Context(), src, nil)
	if err != nil || problems.Errors() > 0 {
		t.Fatal(problems, err)
	}
	return s
}

// written returns the bytes of a promise.
func written(t *testing.T, f output.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return b.String()
}

// linkWords are the words of a link outside of quotations, which are shown elsewhere too.
var linkWords = regexp.MustCompile(`(?m)^([^>\n]*\[\[[a-z0-9-]+\|[^\]\n]*)\]\]`)

// A file whose key is the same has the same bytes, though every second entry has other prose: no page shows the text of another entry, and
// no list, calendar or table that of any.
func TestEqualKeysMeanEqualBytes(t *testing.T) {
	before := own(t)
	for half := range 2 {
		after := maps.Clone(before)
		for name, f := range before {
			if !strings.HasSuffix(name, ".md") || len(name)%2 != half {
				continue
			}
			head, body, _ := bytes.Cut(f.Data, []byte("\n---\n"))
			body = linkWords.ReplaceAll(body, []byte("$1 indeed]]"))
			text := append(slices.Concat(head, []byte("\n---\n"), bytes.TrimRight(body, "\n")), "\n\nWords that nobody has written before, and that no other page may show.\n"...)
			after[name] = &fstest.MapFile{Data: text, ModTime: time.Unix(1e9+60, 0)}
		}
		compareKeys(t, loaded(t, keyedSource(before)), loaded(t, keyedSource(after)))
	}
}

// compareKeys reports files of two sites that have one key and not the same bytes.
func compareKeys(t *testing.T, before, after *Site) {
	t.Helper()
	same := sameKeys(t, before, after)
	if total := after.Files().Len(); same < total/3 || same == total {
		t.Errorf("%d of %d files have the same key", same, total)
	}
}

// sameKeys reports files of two sites that have one key and not the same bytes, and returns how many have one key.
func sameKeys(t *testing.T, before, after *Site) int {
	t.Helper()
	old := map[string]output.File{}
	for _, f := range output.All(before.Files()) {
		old[f.Path] = f
	}
	same := 0
	for _, f := range output.All(after.Files()) {
		if f.Key == "" || f.Key != old[f.Path].Key {
			continue
		}
		if same++; written(t, f) != written(t, old[f.Path]) {
			t.Errorf("%s has other bytes and the same key", f.Path)
		}
	}
	return same
}

// called is what an entry, or the publisher of a source, is called, up to the end of its first letter.
var called = regexp.MustCompile(`(?m)^((?:title|publisher): ["']?)\w`)

// A file whose view is the same has the same bytes, though some entries have another title and some sources another publisher: pages, records
// and feeds show of them where they are named, and a source where one is cited that is known through it.
func TestEqualViewsMeanEqualBytes(t *testing.T) {
	before := own(t)
	after := maps.Clone(before)
	for i, name := range slices.Sorted(maps.Keys(before)) {
		if text := string(before[name].Data); strings.HasSuffix(name, ".md") && i%12 == 5 {
			after[name] = &fstest.MapFile{Data: []byte(called.ReplaceAllString(text, "${1}X")), ModTime: time.Unix(1e9+60, 0)}
		}
	}
	old, same := loaded(t, keyedSource(before)), map[string]int{}
	for _, f := range output.All(loaded(t, keyedSource(after)).Files()) {
		was, ok := old.File("/" + strings.TrimSuffix(f.Path, "index.html"))
		if !ok || f.Draft == nil {
			continue
		}
		view, _, err := f.Draft()
		last, _, lastErr := was.Draft()
		if err != nil || lastErr != nil {
			t.Fatal(err, lastErr)
		}
		if view == "" || view != last {
			continue
		}
		same[path.Ext(f.Path)]++
		if written(t, f) != written(t, was) {
			t.Errorf("%s has other bytes and the same view", f.Path)
		}
	}
	// A page of each sort stands, or the test proves nothing of it.
	for _, sort := range []string{".html", ".json", ".xml"} {
		if same[sort] == 0 {
			t.Errorf("no %s file has the same view", sort)
		}
	}
}

// What one body defines other pages lead to: their keys tell of it.
func TestATermIsToldByTheKeysOfWhatMentionsIt(t *testing.T) {
	d := newDesk(t, 1)
	const brief, about = "content/briefs/boats.md", "content/pages/about.md"
	d.set(d.content, brief, string(d.content[brief].Data)+"\nThe BBB met.\n")
	before := loaded(t, keyedSource(maps.Clone(d.content)))
	d.set(d.content, about, string(d.content[about].Data)+"\nBBB\n: The board of boats.\n")
	after := loaded(t, keyedSource(d.content))
	if f, _ := after.File("/briefs/boats/"); !strings.Contains(written(t, f), `href="/about/#term-bbb"`) {
		t.Error("the brief does not lead to what it mentions")
	}
	sameKeys(t, before, after)
}

// The digest of a view is that of what the page shows: two loads of one site have the same digests, and every page has one.
func TestEveryViewHasADigest(t *testing.T) {
	src := keyedSource(own(t))
	digests := map[string]string{}
	for range 2 {
		for _, f := range output.All(loaded(t, src).Files()) {
			if f.Draft == nil {
				continue
			}
			view, write, err := f.Draft()
			if err != nil || view == "" {
				t.Fatalf("%s: %q, %v", f.Path, view, err)
			}
			var b bytes.Buffer
			if err := write(&b); err != nil || b.String() != written(t, f) {
				t.Fatalf("%s: a draft is written as something else (%v)", f.Path, err)
			}
			if old, ok := digests[f.Path]; ok && old != view {
				t.Errorf("%s: its view has another digest each time", f.Path)
			}
			digests[f.Path] = view
		}
	}
	if len(digests) < 500 {
		t.Errorf("only %d pages have a draft", len(digests))
	}
}

// spy notes what is read.
type spy struct {
	fs.FS
	prefix string
	read   *sync.Map
}

func (s spy) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return f, err
	}
	if info, err := f.Stat(); err == nil && !info.IsDir() {
		s.read.Store(s.prefix+name, true)
	}
	return f, nil
}

// What a site reads is among its inputs, so that no change of it goes unnoticed.
func TestEverythingThatIsReadIsAnInput(t *testing.T) {
	read := new(sync.Map)
	src := Source{
		Files: spy{os.DirFS("../.."), "", read}, Templates: spy{templates.Files, "templates/", read}, Static: spy{static.Files, "static/", read},
	}
	for _, f := range output.All(loaded(t, src).Files()) {
		written(t, f)
	}
	s := loaded(t, Source{Files: os.DirFS("../.."), Templates: templates.Files, Static: static.Files, Program: "program"})
	known, n := byStamp(s.inputs.others), 0
	for i := range s.files {
		known[s.files[i].Name] = s.files[i].stamp
	}
	for name := range read.Range {
		if _, ok := known[name.(string)]; !ok {
			t.Errorf("%s is read, and no input", name)
		}
		n++
	}
	if n < 500 {
		t.Errorf("only %d files were read", n)
	}
}
