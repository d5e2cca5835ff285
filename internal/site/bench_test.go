package site

import (
	"context"
	"flag"
	"io"
	"os"
	"path"
	"runtime"
	"strconv"
	"testing"
	"time"

	"briefing/internal/output"
	"briefing/static"
	"briefing/templates"
)

// corpusDir names a folder into which TestWriteCorpus writes a synthetic site, for measuring the whole program from outside.
var (
	corpusDir  = flag.String("corpus", "", "write a synthetic site to this folder")
	corpusSize = flag.Int("corpus-size", 10_000, "how many entries it has")
)

func TestWriteCorpus(t *testing.T) {
	if *corpusDir == "" {
		t.Skip("no -corpus")
	}
	if err := os.CopyFS(*corpusDir, newCorpus(*corpusSize)); err != nil {
		t.Fatal(err)
	}
}

func TestACorpusHasNoProblems(t *testing.T) {
	_, problems, err := Load(t.Context(), corpusSource(200), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

func corpusSource(n int) Source {
	return Source{Files: newCorpus(n), Templates: templates.Files, Static: static.Files}
}

// keep renders everything that a site puts out, on all cores, and returns how many bytes that is.
func keep(ctx context.Context, s *Site) (int64, error) {
	sizes := make([]int64, s.output.Len())
	err := output.Each(ctx, s.output.Len(), func(i int) error {
		var n counter
		err := s.output.File(i).Write(&n)
		sizes[i] = int64(n)
		return err
	})
	var total int64
	for _, n := range sizes {
		total += n
	}
	return total, err
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

var _ io.Writer = (*counter)(nil)

// BenchmarkBuild loads and renders synthetic sites, without writing files. Doubling the entries shows steps that are not linear.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1_000, 2_000, 4_000} {
		src := corpusSource(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, problems, err := Load(b.Context(), src, nil)
				if err != nil || len(problems) > 0 {
					b.Fatal(err, problems)
				}
				size, err := keep(b.Context(), s)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(size)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/entry")
		})
	}
}

// BenchmarkReload loads a site again after nothing has changed.
func BenchmarkReload(b *testing.B) {
	src := corpusSource(2_000)
	s, _, err := Load(b.Context(), src, nil)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	for b.Loop() {
		if _, _, err = Load(b.Context(), src, s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFeeds renders a synthetic site, and reports how much of the work feeds are, in percent of all the rest.
func BenchmarkFeeds(b *testing.B) {
	s, _, err := Load(b.Context(), corpusSource(*corpusSize), nil)
	if err != nil {
		b.Fatal(err)
	}
	var feeds, rest time.Duration
	for b.Loop() {
		for _, f := range output.All(s.output) {
			var n counter
			start := time.Now()
			if err := f.Write(&n); err != nil {
				b.Fatal(err)
			}
			if isFeed(f.Path) {
				feeds += time.Since(start)
			} else {
				rest += time.Since(start)
			}
		}
	}
	b.ReportMetric(100*feeds.Seconds()/rest.Seconds(), "%feeds")
}

// isFeed reports whether a file is a feed, or a part of the archive of one.
func isFeed(name string) bool {
	switch path.Base(name) {
	case "feed.xml", "atom.xml", "feed.json", "feeds.opml":
		return true
	}
	return path.Base(path.Dir(name)) == "archive"
}
