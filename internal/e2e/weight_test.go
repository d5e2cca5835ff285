package e2e

import (
	"bytes"
	"compress/gzip"
	"context"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The most that pages may weigh, in bytes as gzip sends them: what one round trip carries beside the headers, and what a whole history takes.
const (
	entryWeight = 13_000
	listWeight  = 30_000
	wholeWeight = 90_000 // the whole brief as one document, which is there to be printed
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
		switch {
		case entryTemplates[p.Template()]:
			limit = entryWeight
		case p.Template() == "print.html":
			limit = wholeWeight
		}
		if n := weight(t, b.tree[file(p.URL())]); n > limit {
			t.Errorf("%s weighs %d bytes, and may weigh %d", p.URL(), n, limit)
		}
	}
}

// The most that a browser must fetch before it shows a page, and in how many requests.
const (
	firstWeight   = 30_000
	firstRequests = 4
)

// blocking lists what a browser waits for before it shows a page.
const blocking = `performance.getEntriesByType("resource").filter(e => e.renderBlockingStatus === "blocking").map(e => new URL(e.name).pathname)`

// What a reader sees first is there after few requests; what a script adds, and what is for paper, comes after it. Of a long page no more
// counts than one round trip carries: a browser shows its beginning while the rest is on its way.
func TestTheFirstViewIsLight(t *testing.T) {
	tabs := browser(t)
	b := build(t)
	host := b.serve(t)
	long, _ := b.samples()
	share(tabs, long, func(ctx context.Context, address string) {
		if err := chromedp.Do(ctx, chromedp.Navigate(host.URL+address)); err != nil {
			t.Errorf("%s: %v", address, err)
			return
		}
		files, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](blocking))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: nothing but the page is waited for: %v", address, err)
		}
		sum := min(weight(t, b.tree[file(address)]), entryWeight)
		for _, name := range files {
			sum += weight(t, b.tree[file(name)])
		}
		if len(files)+1 > firstRequests || sum > firstWeight {
			t.Errorf("%s: %d bytes in %d requests: %v", address, sum, len(files)+1, files)
		}
	})
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
