package serve

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/page"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// edits is how many edits the preview has to live through.
var edits = flag.Int("edits", 200, "how many edits TestARunningPreviewIsAsAFreshBuild makes")

// An edited is a site that is edited at random, and the preview of it.
type edited struct {
	*Handler
	random *rand.Rand
	files  fstest.MapFS
	clock  time.Time
	// good are the files as they were when the site last had no errors.
	good fstest.MapFS
	next int
}

// newEdited returns the preview of the starter site under its real theme.
func newEdited(t *testing.T) *edited {
	t.Helper()
	e := &edited{Handler: &Handler{Now: time.Now}, random: rand.New(rand.NewPCG(1, 2)), files: starter(t), clock: time.Unix(1, 0)}
	for _, f := range e.files {
		f.ModTime = e.clock
	}
	e.Source = e.source(e.files)
	return e
}

// source returns what the site is made from, with the given files.
func (e *edited) source(files fstest.MapFS) site.Source {
	return site.Source{Files: files, Templates: templates.Files, Static: static.Files, Drafts: true, BaseURL: "https://example.org"}
}

// entries returns the names of the entries that edits choose from, in order.
func (e *edited) entries() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(e.files)), func(name string) bool { return !strings.HasSuffix(name, ".md") })
}

// put replaces a file; without text it is removed. The clock by which files are stamped stands still now and then.
func (e *edited) put(name, text string) {
	files := maps.Clone(e.files)
	delete(files, name)
	if text != "" {
		if e.random.IntN(3) > 0 {
			e.clock = e.clock.Add(time.Second)
		}
		files[name] = &fstest.MapFile{Data: []byte(text), ModTime: e.clock}
	}
	e.files, e.Source.Files = files, files
	e.Changed(name)
}

// edit makes an edit, and says which.
func (e *edited) edit() string {
	names := e.entries()
	name := names[e.random.IntN(len(names))]
	text := string(e.files[name].Data)
	e.next++
	switch e.random.IntN(9) {
	case 0, 1, 2:
		e.put(name, text+fmt.Sprintf("\nMore words, *number* %d.\n", e.next))
		return "words in " + name
	case 3:
		e.put(name, strings.Replace(text, "title: ", fmt.Sprintf("title: Number %d of ", e.next), 1))
		return "title of " + name
	case 4:
		e.put(name, text+fmt.Sprintf("\n## Part %d\n\nSee [[northland]].\n", e.next))
		return "outline of " + name
	case 5:
		added := fmt.Sprintf("content/pages/page-%d.md", e.next)
		e.put(added, fmt.Sprintf("---\ntitle: Page %d\nsummary: A page.\npublished: 2026-01-04T12:00:00Z\n---\n\nIt names [[northland]].\n", e.next))
		return "new " + added
	case 6:
		e.put(name, text+fmt.Sprintf("\nSee [[nothing-%d]].\n", e.next))
		return "error in " + name
	case 7:
		e.put(name, "")
		return "removed " + name
	}
	renamed := fmt.Sprintf("%s-%d.md", strings.TrimSuffix(name, ".md"), e.next)
	e.put(name, "")
	e.put(renamed, text)
	return "renamed " + name
}

// mend takes back all that was edited since the site last had no errors.
func (e *edited) mend() {
	e.files, e.Source.Files = e.good, e.good
	e.Changed()
}

// compare compares what the preview serves with a fresh build: a sample of the files, or all. While there are errors it is the site as it
// last was without them; the files themselves, which stand beside the pages, are not kept.
func (e *edited) compare(t *testing.T, what string, all bool) {
	t.Helper()
	broken := e.problems.Errors() > 0
	fresh, problems, err := site.Load(t.Context(), e.source(e.good), nil)
	if err != nil || problems.Errors() > 0 {
		t.Fatalf("after %s: %v, %v", what, problems, err)
	}
	shown := e.current.Load()
	if shown.Files().Len() != fresh.Files().Len() {
		t.Fatalf("after %s: %d files, a fresh build has %d", what, shown.Files().Len(), fresh.Files().Len())
	}
	for i := range fresh.Files().Len() {
		f := fresh.Files().File(i)
		if !all && e.random.IntN(25) > 0 || broken && isRecord(f.Path) {
			continue
		}
		var want, got bytes.Buffer
		if err := f.Write(&want); err != nil {
			t.Fatal(err)
		}
		if err := shown.Files().File(i).Write(&got); err != nil || !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Fatalf("after %s: %s differs from a fresh build, %v", what, f.Path, err)
		}
	}
}

// isRecord reports whether a file shows the file of an entry.
func isRecord(name string) bool {
	return path.Base(name) == page.RecordName || path.Base(name) == page.SourceName
}

func TestARunningPreviewIsAsAFreshBuild(t *testing.T) {
	e := newEdited(t)
	e.good = e.files
	goroutines := runtime.NumGoroutine()
	var broken, taken int
	for n := range *edits {
		what := e.edit()
		before := e.current.Load()
		if err := e.Load(context.Background()); err != nil {
			t.Fatal(err)
		}
		// An error is mended now and then; until then the last good site stays, whatever else is edited.
		if e.problems.Errors() == 0 {
			e.good = e.files
			if before != nil && before.Graph == e.current.Load().Graph {
				taken++
			}
		} else if broken++; e.random.IntN(2) > 0 {
			e.mend()
			if err := e.Load(context.Background()); err != nil || e.problems.Errors() > 0 {
				t.Fatalf("after mending %s: %v, %v", what, e.problems, err)
			}
		}
		if e.files["content/actors/northland.md"] == nil || len(e.entries()) < 5 {
			e.mend()
		}
		if last := n == *edits-1; last || e.random.IntN(3) == 0 {
			e.compare(t, what, last)
		}
	}
	t.Logf("%d edits: %d with errors, %d took the graph over", *edits, broken, taken)
	if broken == 0 || taken == 0 {
		t.Error("some sorts of edits were not made, so that this test proves little")
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
}

// heap returns the bytes that are in use once what is not is gone.
func heap() int64 {
	runtime.GC()
	runtime.GC() // what a pool kept is gone after the second
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestTheHeapDoesNotGrowWithEdits edits one file again and again, in its words, its title and with an error, and shows it each time. A preview
// that kept as little as the text of each edit would be found out.
func TestTheHeapDoesNotGrowWithEdits(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	const first, last, margin = 200, 2200, 1 << 20
	e := newEdited(t)
	original := string(e.files[brief].Data)
	var before int64
	for n := range last {
		if n == first {
			before = heap()
		}
		text := original + fmt.Sprintf("\nEdit %d.\n", n)
		switch n % 4 {
		case 1:
			text = strings.Replace(text, "title: ", fmt.Sprintf("title: Edit %d of ", n), 1)
		case 3:
			text += fmt.Sprintf("\nSee [[nothing-%d]].\n", n)
		}
		e.put(brief, text)
		if err := e.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		f, _ := e.current.Load().File("/briefs/boats/")
		if err := f.Write(io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	grown := heap() - before
	runtime.KeepAlive(e)
	t.Logf("%d bytes in use, %d more than %d edits before", before+grown, grown, last-first)
	if grown > margin {
		t.Errorf("the heap grew by %d bytes in %d edits", grown, last-first)
	}
}
