package site

import (
	"bytes"
	"compress/gzip"
	"os"
	"slices"
	"strings"
	"testing"

	"briefing/internal/output"
	"briefing/static"
	"briefing/templates"
)

// A cost is what the index of a search takes, in bytes as they are transferred.
type cost struct {
	files, total int

	// first is the most that a first query can take: a word that begins many others and whose results lie far apart.
	first int
}

// searchCost measures the index of a site.
func searchCost(t *testing.T, s *Site) cost {
	t.Helper()
	const shards, rows = 3, 10 // how many files of terms the page reads for a word, and how many results it shows at once
	var c cost
	var terms, blocks []int
	for _, f := range output.All(s.output) {
		if !strings.HasPrefix(f.Path, "search/") && !strings.HasPrefix(f.Path, "assets/js/") || strings.HasSuffix(f.Path, ".html") {
			continue
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if err := f.Write(w); err != nil {
			t.Fatal(err)
		}
		w.Close()
		n := b.Len()
		switch {
		case strings.HasPrefix(f.Path, "search/terms-"):
			terms = append(terms, n)
		case strings.HasPrefix(f.Path, "search/docs-"):
			blocks = append(blocks, n)
		case f.Path == "search/index.json" || strings.HasSuffix(f.Path, ".js"):
			c.first += n
		}
		if strings.HasPrefix(f.Path, "search/") {
			c.files, c.total = c.files+1, c.total+n
		}
	}
	return cost{c.files, c.total, c.first + largest(terms, shards) + largest(blocks, rows)}
}

// largest returns the sum of the n largest numbers.
func largest(list []int, n int) int {
	slices.Sort(list)
	sum := 0
	for _, x := range list[max(0, len(list)-n):] {
		sum += x
	}
	return sum
}

func TestTheSearchIsSmall(t *testing.T) {
	for name, c := range map[string]struct {
		src    Source
		budget int
	}{
		"this repository": {Source{Files: os.DirFS("../.."), Templates: templates.Files, Static: static.Files}, 60_000},
		"3000 entries":    {corpusSource(3_000), 80_000},
	} {
		s, _, err := Load(t.Context(), c.src, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := searchCost(t, s)
		if got.first > c.budget || got.files > 300 || got.files < 5 {
			t.Errorf("%s: %+v, budget %d", name, got, c.budget)
		}
		t.Logf("%s: %+v", name, got)
	}
}
