package e2e

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// An answer is what the page of the search shows.
type answer struct {
	Count, Query, Focus, Path string
	URLs, Marks, Facets       []string
	List                      bool
}

// shown reads the page of the search.
const shown = `(() => { const all = s => [...document.querySelectorAll(s)];
	return {Count: document.querySelector("[data-count]").textContent, Query: location.search, Path: location.pathname,
		Focus: document.activeElement.getAttribute("href") ?? document.activeElement.tagName,
		URLs: document.querySelector("[data-found]").hidden ? [] : all(".results h2 a").map(a => a.getAttribute("href")),
		Marks: all(".results mark").map(m => m.textContent),
		Facets: all(".facets a").map(a => a.textContent),
		List: !document.querySelector("[data-all]").hidden} })()`

// until waits for the page to show what is wanted, and returns what it shows.
func until(t *testing.T, tab context.Context, wanted func(answer) bool) answer {
	t.Helper()
	var a answer
	for deadline := time.Now().Add(pageLimit / 2); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		now, err := chromedp.Run(tab, chromedp.Evaluate[answer](shown))
		if err != nil { // between two pages there is none
			continue
		}
		if a = now; wanted(a) {
			return a
		}
	}
	t.Errorf("the page stays as %+v", a)
	return a
}

// results waits for an answer with results.
func results(t *testing.T, tab context.Context) answer {
	t.Helper()
	return until(t, tab, func(a answer) bool { return len(a.URLs) > 0 })
}

// do does some things in the browser.
func do(t *testing.T, tab context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for _, a := range actions {
		if err := chromedp.Do(tab, a); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSearchFinds(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, c := range []struct{ query, first string }{
		{"sakaliene", "/actors/dovile-sakaliene/"},
		{"Зеленський", "/actors/volodymyr-zelenskyy/"},
		{"ЗЕЛЕНСЬК", "/actors/volodymyr-zelenskyy/"},
		{"UK", "/actors/united-kingdom/"},
		{"john healey", "/actors/john-healey/"},
		{"june 2025", "/timeline/2025/06/"},
		{"2025-06", "/timeline/2025/06/"},
	} {
		do(t, tab, chromedp.Navigate(host.URL+"/search/?q="+c.query))
		if a := results(t, tab); a.URLs[0] != c.first {
			t.Errorf("%q finds %q first, not %s", c.query, a.URLs, c.first)
		}
	}
	for _, query := range []string{"4 june 2025", "June 4, 2025", "2025-06-04", "udcg meeting 4th of june 2025"} {
		do(t, tab, chromedp.Navigate(host.URL+"/search/?q="+strings.ReplaceAll(query, " ", "+")))
		if a := results(t, tab); !slices.Contains(a.URLs, "/events/udcg-28/") {
			t.Errorf("%q does not find what happened then: %q", query, a.URLs)
		}
	}
	do(t, tab, chromedp.Navigate(host.URL+"/search/?q=guardian"))
	if a := results(t, tab); !slices.ContainsFunc(a.URLs, func(url string) bool { return strings.HasPrefix(url, "/sources/") }) {
		t.Errorf("no source is found by its publisher: %q", a.URLs)
	}
	do(t, tab, chromedp.Navigate(host.URL+"/search/?q=dron"))
	if a := results(t, tab); !slices.ContainsFunc(a.Marks, func(m string) bool { return strings.EqualFold(m, "drones") }) {
		t.Errorf("the words that were found are not marked: %q", a.Marks)
	}
}

func TestTheSearchNarrowsByFacets(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	do(t, tab, chromedp.Navigate(host.URL+"/search/?q=drones"))
	all := results(t, tab)
	i := slices.IndexFunc(all.Facets, func(s string) bool { return strings.HasPrefix(s, "pledge ") })
	if i < 0 {
		t.Fatalf("facets %q", all.Facets)
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelectorAll(".facets a")[%d].click()`, i)))
	_, n, _ := strings.Cut(all.Facets[i], " ")
	a := until(t, tab, func(a answer) bool { return a.Count == n+" results" })
	for _, url := range a.URLs {
		if !strings.HasPrefix(url, "/pledges/") {
			t.Errorf("%s is among the pledges", url)
		}
	}
	if a.Query != "?q=drones&kind=pledge" {
		t.Errorf("the address is %s", a.Query)
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-actors]").click()`))
	a = until(t, tab, func(a answer) bool {
		return slices.ContainsFunc(a.Facets, func(s string) bool { return strings.HasPrefix(s, "Ukraine ") })
	})
	for _, prefix := range []string{"2025 ", "announced "} {
		if !slices.ContainsFunc(a.Facets, func(s string) bool { return strings.HasPrefix(s, prefix) }) {
			t.Errorf("no %sin %q", prefix, a.Facets)
		}
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`history.back()`))
	until(t, tab, func(a answer) bool { return a.Query == "?q=drones" && a.Count == all.Count })
}

// slash presses the key / as a keyboard does: in one event, of which no letter is left where a page takes it.
func slash(t *testing.T, tab context.Context) {
	t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		press := input.DispatchKeyEventParams{Type: kind, Key: "/", Code: "Slash", WindowsVirtualKeyCode: 191}
		if kind == input.DispatchKeyEventTypeKeyDown {
			press.Text = "/"
		}
		if _, err := chromedp.Call(tab, input.DispatchKeyEvent, press); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSearchByKeys(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	do(t, tab, chromedp.Navigate(host.URL+"/search/"))
	slash(t, tab)
	if a := until(t, tab, func(a answer) bool { return a.Focus == "INPUT" }); !a.List {
		t.Error("without a query the list of all entries is not there")
	}
	do(t, tab, chromedp.KeyEvent("healey\r"))
	a := until(t, tab, func(a answer) bool { return len(a.URLs) > 1 && a.Query == "?q=healey" })
	if a.List || len(a.URLs) < 2 {
		t.Fatalf("%+v", a)
	}
	const down, up = "\u0301", "\u0304"
	do(t, tab, chromedp.KeyEvent(down), chromedp.KeyEvent(down))
	until(t, tab, func(b answer) bool { return b.Focus == a.URLs[1] })
	do(t, tab, chromedp.KeyEvent(up))
	until(t, tab, func(b answer) bool { return b.Focus == a.URLs[0] })
	do(t, tab, chromedp.KeyEvent("\r"))
	where := ""
	for deadline := time.Now().Add(pageLimit / 2); where != a.URLs[0] && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		where, _ = chromedp.Run(tab, chromedp.Evaluate[string](`location.pathname`))
	}
	if where != a.URLs[0] {
		t.Fatalf("Enter leads to %s, not to %s", where, a.URLs[0])
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`history.back()`))
	until(t, tab, func(b answer) bool { return slices.Equal(b.URLs, a.URLs) })
	slash(t, tab)
	do(t, tab, chromedp.KeyEvent("\u001b"))
	until(t, tab, func(b answer) bool { return b.Query == "" && b.List && len(b.URLs) == 0 && b.Focus == "INPUT" })

	do(t, tab, chromedp.Navigate(host.URL+"/events/udcg-28/"))
	slash(t, tab)
	do(t, tab, chromedp.KeyEvent("healey\r"))
	until(t, tab, func(b answer) bool { return b.Path == "/search/" && slices.Equal(b.URLs, a.URLs) })
}

func TestTheSearchOffersWhatWasMeant(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, c := range [][2]string{{"sakalinee", "sakaliene"}, {"zelensyk", "zelensky"}} {
		do(t, tab, chromedp.Navigate(host.URL+"/search/?q="+c[0]))
		a := until(t, tab, func(a answer) bool { return strings.HasPrefix(a.Count, "No match. Did you mean ") })
		if !strings.Contains(a.Count, c[1]) {
			t.Errorf("for %s it offers: %s", c[0], a.Count)
		}
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-count] a").click()`))
	results(t, tab)
	do(t, tab, chromedp.Navigate(host.URL+"/search/?q=qqqqqqqqqq"))
	until(t, tab, func(a answer) bool { return a.Count == "No match." })
}

func TestTheScriptFoldsAsTheIndexDoes(t *testing.T) {
	src, err := os.ReadFile("../search/testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)[0]
	host := build(t).serve(t)
	do(t, tab, chromedp.Navigate(host.URL+"/search/"))
	wrong, err := chromedp.Run(tab, chromedp.Evaluate[[]string](`(async () => {
		const {words} = await import(document.querySelector("link[rel=modulepreload]").href);
		const index = await (await fetch("/search/index.json")).json();
		return Object.entries(`+string(src)+`).map(([text, want]) => [text, want.join(" "), words(text, index).join(" ")])
			.filter(([, want, got]) => want !== got).map(x => x.join(" | "));
	})()`, chromedp.EvalAwaitPromise))
	if err != nil || len(wrong) > 0 {
		t.Errorf("%v: %q", err, wrong)
	}
}

func TestWithoutAScriptTheSearchListsEverything(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	if err := scripting(tab, false); err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.Navigate(host.URL+"/search/?q=healey"))
	const text = `document.querySelector("main").innerText + [...document.querySelectorAll(".letters a")].map(a => a.getAttribute("href"))`
	got, err := chromedp.Run(tab, chromedp.Evaluate[string](text))
	if err != nil || !strings.Contains(got, "Searching takes a script") || !strings.Contains(got, "/search/j/") {
		t.Errorf("%v: %s", err, got)
	}
}

// transferred is how many bytes the files of the search take that a page asks for, packed as servers pack them.
func transferred(t *testing.T, tab context.Context, b built, base string, act func()) int {
	t.Helper()
	var mu sync.Mutex
	asked := map[string]bool{}
	err := chromedp.Listen(tab, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			address, _, _ := strings.Cut(strings.TrimPrefix(e.Request.URL, base), "?")
			asked[address] = true
			mu.Unlock()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	act()
	mu.Lock()
	defer mu.Unlock()
	sum := 0
	for address := range asked {
		if strings.HasSuffix(address, ".js") || strings.HasSuffix(address, ".json") {
			sum += weight(t, b.tree[file(address)])
		}
	}
	return sum
}

func TestAFirstSearchCostsLittle(t *testing.T) {
	const budget = 60_000
	b := build(t)
	host := b.serve(t)
	for _, query := range []string{"drones", "sakaliene", "the+ramstein+format+2025"} {
		t.Run(query, func(t *testing.T) {
			tab := browser(t)[0]
			n := transferred(t, tab, b, host.URL, func() {
				do(t, tab, chromedp.Navigate(host.URL+"/search/?q="+query))
				results(t, tab)
			})
			if n > budget || n < 5_000 {
				t.Errorf("%d bytes, of %d", n, budget)
			}
			t.Logf("%d bytes", n)
		})
	}
}

// The page of an answer holds the same rules as the pages that are written.
func TestAnswersAreAccessible(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "BRIEFING_AXE", "axe-core"))
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, l := range []look{{"/search/?q=drones", 320, "light", false}, {"/search/?q=drones", 1280, "dark", false}, {"/search/?q=sakalinee", 320, "dark", false}} {
		if err := l.open(tab, host.URL); err != nil {
			t.Fatal(err)
		}
		until(t, tab, func(a answer) bool { return a.Count != "" && a.Count != "No match." })
		found, err := audit(tab, string(axe), true)
		if err != nil {
			t.Error(err)
		}
		for _, f := range found {
			t.Errorf("%v: %s: %s\n\t%s", l, f.ID, f.Help, strings.Join(f.Nodes, "\n\t"))
		}
		if reach, err := chromedp.Run(tab, chromedp.Evaluate[[]string](wide)); err != nil || len(reach) > 0 {
			t.Errorf("%v: %v %q", l, err, reach)
		}
	}
}
