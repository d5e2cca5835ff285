package site

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/output"
)

// rebuilds are edits of one entry, and how much each may cost. An edit is given the text as it was at first, and its own number.
var rebuilds = []struct {
	name string
	edit func(text string, n int) string
	most output.Result // what may be made, drafted and written, of 120 entries
}{
	{"nothing", func(text string, _ int) string { return text }, output.Result{}},
	{"one body", func(text string, n int) string { return fmt.Sprintf("%s\n\nMore %d.\n", text, n) }, output.Result{Made: 60, Drafted: 3, Written: 40}},
	{"one title", func(text string, n int) string {
		return strings.Replace(text, "title: ", fmt.Sprintf("title: %d ", n), 1)
	}, output.Result{Made: 220, Drafted: 500, Written: 130}},
}

// rebuild builds a site as the command does, and returns what that took.
func rebuild(t testing.TB, folder string, src Source, now time.Time) (parsed int, result output.Result) {
	dir := output.Dir{Path: filepath.Join(folder, "public")}
	m := OpenMemory(filepath.Join(folder, "memory"), src.Program)
	defer m.Close()
	from, _, err := m.From(t.Context(), src)
	if dir.From = from; err != nil {
		t.Fatal(err)
	}
	result, stands, err := dir.Stands(t.Context())
	if err != nil || stands {
		return 0, result
	}
	s, problems, err := Load(t.Context(), src, m.Site())
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	dir.From = s.From()
	if result, err = dir.Commit(t.Context(), s.Files()); err != nil {
		t.Fatal(err)
	}
	if err := m.Keep(s, now); err != nil {
		t.Fatal(err)
	}
	return s.Parsed, result
}

// reedited returns files with one entry edited for the nth time.
func reedited(files fstest.MapFS, edit func(string, int) string, n int) fstest.MapFS {
	const name = "content/briefs/brief-1.md"
	files = maps.Clone(files)
	if text := string(files[name].Data); edit(text, n) != text {
		files[name] = &fstest.MapFile{Data: []byte(edit(text, n)), ModTime: time.Unix(int64(1+n), 0)}
	}
	return files
}

func TestAnEditMakesNoMoreThanItMust(t *testing.T) {
	files, now := newCorpus(120), time.Unix(1e9, 0)
	for _, r := range rebuilds {
		folder, src := t.TempDir(), keyedSource(files)
		rebuild(t, folder, src, now)
		src.Files = reedited(files, r.edit, 1)
		parsed, got := rebuild(t, folder, src, now)
		if got.Made > r.most.Made || got.Drafted > r.most.Drafted || got.Written > r.most.Written || parsed > min(1, r.most.Made) {
			t.Errorf("%s: %d parsed, %+v", r.name, parsed, got)
		}
		if (got.Written == 0) != (r.most.Written == 0) {
			t.Errorf("%s: %d files were written", r.name, got.Written)
		}
	}
}

// BenchmarkRebuild builds a synthetic site again after an edit, and reports what that took beside time.
func BenchmarkRebuild(b *testing.B) {
	files, now := newCorpus(*corpusSize), time.Unix(1e9, 0)
	b.Run("full", func(b *testing.B) {
		for b.Loop() {
			rebuild(b, b.TempDir(), keyedSource(files), now)
		}
	})
	for _, r := range rebuilds {
		b.Run(r.name, func(b *testing.B) {
			folder, src, n := b.TempDir(), keyedSource(files), 0
			rebuild(b, folder, src, now)
			var parsed int
			var result output.Result
			for b.Loop() {
				n++
				src.Files = reedited(files, r.edit, n)
				parsed, result = rebuild(b, folder, src, now)
			}
			b.ReportMetric(float64(parsed), "parsed")
			b.ReportMetric(float64(result.Drafted), "drafted")
			b.ReportMetric(float64(result.Made), "made")
			b.ReportMetric(float64(result.Written), "written")
		})
	}
}
