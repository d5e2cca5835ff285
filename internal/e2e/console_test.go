package e2e

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A witness writes down what a tab does that no page of a site has it do.
type witness struct {
	mu   sync.Mutex
	seen []string
}

// watch has the witness look at a tab.
func (w *witness) watch(t *testing.T, tab context.Context) {
	t.Helper()
	err := chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *page.EventJavascriptDialogOpening:
			w.note("a dialog: " + e.Message)
			go chromedp.Call(tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		case *log.EventEntryAdded:
			// A feed cannot name an icon.
			if !strings.HasSuffix(e.Entry.URL, "/favicon.ico") {
				w.note(e.Entry.URL + ": " + e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, "http://127.0.0.1:") && !strings.HasPrefix(u, "about:") {
				w.note("a request: " + u)
			}
		}
	})
	if err == nil {
		_, err = chromedp.Call(tab, network.Enable, network.EnableParams{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// note writes down what is said.
func (w *witness) note(said string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, said)
}

// take returns what was seen since it was last called, once the tab has said all of the pages that it showed.
func (w *witness) take(t *testing.T, tab context.Context) []string {
	t.Helper()
	do(t, tab, chromedp.Navigate("about:blank"))
	w.mu.Lock()
	defer w.mu.Unlock()
	seen := w.seen
	w.seen = nil
	return seen
}

// iconless forgives a browser that it asks for an icon where a feed cannot name one.
func (h *host) iconless() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.missed = slices.DeleteFunc(h.missed, func(address string) bool { return address == "/favicon.ico" })
}

func TestPagesKeepTheirPolicy(t *testing.T) {
	tab := browser(t)[0]
	var w witness
	w.watch(t, tab)
	b := build(t)
	host := b.serve(t)
	defer host.iconless()
	long, _ := b.samples()
	for _, address := range append(long, "/feed.xml", "/ramstein/atom.xml") {
		do(t, tab, chromedp.Navigate(host.URL+address))
	}
	for _, said := range w.take(t, tab) {
		t.Error(said)
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
