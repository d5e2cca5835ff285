package e2e

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

// complaints returns what the browser tells in its console of each of some addresses: what a policy forbids, files that are not there.
func complaints(t *testing.T, tab context.Context, addresses ...string) []string {
	t.Helper()
	var mu sync.Mutex
	var found []string
	err := chromedp.Listen(tab, func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok {
			mu.Lock()
			found = append(found, e.Entry.URL+": "+e.Entry.Text)
			mu.Unlock()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
	}
	// What is told of the last page has come before the answer of another.
	if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	return found
}

// iconless forgives a browser that it asks for an icon where a feed cannot name one.
func (h *host) iconless() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.missed = slices.DeleteFunc(h.missed, func(address string) bool { return address == "/favicon.ico" })
}

func TestPagesKeepTheirPolicy(t *testing.T) {
	tab := browser(t)[0]
	b := build(t)
	host := b.serve(t)
	defer host.iconless()
	long, _ := b.samples()
	var addresses []string
	for _, address := range append(long, "/feed.xml", "/ramstein/atom.xml") {
		addresses = append(addresses, host.URL+address)
	}
	for _, complaint := range complaints(t, tab, addresses...) {
		t.Error(complaint)
	}
}

// The console must be able to complain.
func TestTheConsoleTellsOfWhatThePolicyForbids(t *testing.T) {
	tab := browser(t)[0]
	host := built{tree: map[string][]byte{"index.html": []byte(`<!doctype html><title>A</title><link rel="icon" href="data:,"><p style="color: red">Red.`)}}.serve(t)
	found := complaints(t, tab, host.URL+"/")
	if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, "inline style") }) {
		t.Errorf("%q", found)
	}
}

func TestABrowserShowsAFeedInAReadableForm(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	defer host.iconless()
	const shown = `(() => { const e = document.documentElement, item = document.querySelector("item, entry");
		return [getComputedStyle(e, "::before").content, getComputedStyle(item).display, item.textContent.length > 0 ? document.contentType : "",
			[...document.querySelectorAll("guid, id, category, content, encoded")].some(x => getComputedStyle(x).display !== "none") ? "machine data" : ""] })()`
	for _, address := range []string{"/feed.xml", "/ramstein/atom.xml"} {
		if err := chromedp.Do(tab, chromedp.Navigate(host.URL+address)); err != nil {
			t.Fatal(err)
		}
		got, err := chromedp.Run(tab, chromedp.Evaluate[[]string](shown))
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		if !strings.Contains(got[0], "This is a feed") || !slices.Equal(got[1:], []string{"block", "application/xml", ""}) {
			t.Errorf("%s: %q", address, got)
		}
	}
}
