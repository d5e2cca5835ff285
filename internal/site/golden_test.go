package site_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"briefing/internal/output"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// golden are the files whose text testdata/feeds.golden has.
var golden = []string{
	"feed.xml", "atom.xml", "feed.json", "updates/feed.xml", "updates/atom.xml", "updates/feed.json",
	"actors/northland/feed.xml", "actors/northland/atom.xml", "actors/northland/feed.json", "calendar.ics", "feeds.opml",
}

// fingerprint is what an asset's name has of its content, which is no matter of feeds. joint is where a new element begins.
var (
	fingerprint = regexp.MustCompile(`\.[\w-]{10}\.`)
	joint       = regexp.MustCompile(`><([^/])`)
)

// readable returns the text of a file as a person reads it: each element begins a line.
func readable(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	switch path.Ext(name) {
	case ".json":
		var b bytes.Buffer
		if err := json.Indent(&b, text, "", "  "); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text = b.Bytes()
	case ".xml":
		text = joint.ReplaceAll(text, []byte(">\n<$1"))
	}
	text = fingerprint.ReplaceAll(text, []byte("."))
	return append(bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))), '\n')
}

// The golden tree is of the small site that subscribers follow, once one of its entries was corrected and one withdrawn.
func TestGoldenFeeds(t *testing.T) {
	d := newDesk(t)
	d.note("events/talks-1.md", "2026-02-01T08:00:00Z", "correction", "We erred")
	d.replace("briefs/boats.md", "actors: [northland]", "actors: [northland]\nwithdrawn: {at: 2026-02-02T08:00:00Z, reason: Boats do not always float.}")
	got := &txtar.Archive{Comment: []byte("What the site in subscriber.txtar says in its feeds after a correction and a withdrawal.\n")}
	for _, f := range output.All(d.publish().site.Files()) {
		if !slices.Contains(golden, f.Path) {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		got.Files = append(got.Files, txtar.File{Name: f.Path, Data: readable(t, f.Path, b.Bytes())})
	}
	if len(got.Files) != len(golden) {
		t.Errorf("there are %d of the %d files", len(got.Files), len(golden))
	}
	const name = "testdata/feeds.golden"
	if *update {
		if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sameFiles(t, got.Files, want.Files)
}

// sameFiles reports the first line in which each file differs from what is wanted.
func sameFiles(t *testing.T, got, want []txtar.File) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d files, want %d", len(got), len(want))
	}
	for i, f := range got {
		if f.Name != want[i].Name {
			t.Fatalf("%s stands where %s is wanted", f.Name, want[i].Name)
		}
		a, b := strings.Split(string(f.Data), "\n"), strings.Split(string(want[i].Data), "\n")
		for n := range max(len(a), len(b)) {
			if n >= len(a) || n >= len(b) || a[n] != b[n] {
				t.Errorf("%s:%d differs: %q, want %q (-update rewrites it)", f.Name, n+1, a[min(n, len(a)-1):min(n+1, len(a))], b[min(n, len(b)-1):min(n+1, len(b))])
				break
			}
		}
	}
}
