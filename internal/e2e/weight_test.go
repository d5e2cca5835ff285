package e2e

import (
	"bytes"
	"compress/gzip"
	"path"
	"strings"
	"testing"
)

// The most that pages may weigh, in bytes as gzip sends them: what one round trip carries, and what a whole history takes.
const (
	entryWeight = 13_000
	listWeight  = 30_000
	styleWeight = 9_000
)

// entryTemplates are those of pages that show one entry.
var entryTemplates = map[string]bool{
	"event.html": true, "pledge.html": true, "actor.html": true, "source.html": true, "figure.html": true, "page.html": true,
}

// weight returns how many bytes gzip makes of data.
func weight(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestPagesAreLight(t *testing.T) {
	b := build(t)
	for _, p := range b.pages {
		limit := listWeight
		if entryTemplates[p.Template] {
			limit = entryWeight
		}
		if n := weight(t, b.tree[file(p.URL)]); n > limit {
			t.Errorf("%s weighs %d bytes, and may weigh %d", p.URL, n, limit)
		}
	}
}

func TestTheStylesheetIsLight(t *testing.T) {
	for name, data := range build(t).tree {
		if path.Ext(name) != ".css" || !strings.HasPrefix(path.Base(name), "site.") {
			continue
		}
		if n := weight(t, data); n > styleWeight {
			t.Errorf("%s weighs %d bytes, and may weigh %d", name, n, styleWeight)
		}
	}
}
