package e2e

import (
	"bytes"
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// opening returns the head of a page: its title, how fresh it is, its summary.
func (b built) opening(address string) []byte {
	_, rest, _ := bytes.Cut(b.tree[file(address)], []byte(`<header class="opening`))
	head, _, _ := bytes.Cut(rest, []byte("</header>"))
	return head
}

// longestOpenings returns for each template the address of the page with the longest opening.
func (b built) longestOpenings() []string {
	longest := map[string]string{}
	for _, p := range b.pages {
		if old, ok := longest[p.Template()]; p.Template() != "redirect.html" && (!ok || len(b.opening(p.URL())) > len(b.opening(old))) {
			longest[p.Template()] = p.URL()
		}
	}
	var list []string
	for _, address := range longest {
		list = append(list, address)
	}
	return list
}

// below lists the parts of the opening that reach below the window, or that stand on no page at all.
const below = `["h1", ".opening .standing", ".opening .lede"].filter(s => {
	const e = document.querySelector(s);
	return e ? e.getBoundingClientRect().bottom > innerHeight : s === "h1";
}).map(s => s + " of " + location.pathname)`

// The first screen says what a page is about, how fresh it is and on what it rests, on a phone and on a laptop.
func TestTheOpeningIsSeenWithoutScrolling(t *testing.T) {
	tabs := browser(t)
	b := build(t)
	host := b.serve(t)
	share(tabs, b.longestOpenings(), func(ctx context.Context, address string) {
		for _, window := range [][2]int64{{360, 640}, {1280, 720}} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(window[0], window[1]), chromedp.Navigate(host.URL+address)); err != nil {
				t.Errorf("%s: %v", address, err)
				return
			}
			found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](below))
			if err != nil || len(found) > 0 {
				t.Errorf("%v: below the window: %v, %v", window, found, err)
			}
		}
	})
}
