package e2e

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// filterState says what a reader sees of a table with filters: what is chosen, how many rows stand, and whether all of these have it.
const filterState = `(() => {
	const rows = [...document.querySelectorAll(".filtered [data-f1]")];
	const shown = rows.filter(r => r.getClientRects().length > 0);
	const chosen = [...document.querySelectorAll(".facet input:checked")].map(i => i.id);
	const fits = r => chosen.every(id => { const [f, o] = id.slice(1).split("-");
		return o === "0" || r.getAttribute("data-f" + f).split(" ").includes(o) });
	return { Chosen: chosen.filter(id => !id.endsWith("-0")).join(" "), Rows: shown.length, Want: rows.filter(fits).length, Wrong: shown.filter(r => !fits(r)).length };
})()`

// A choice is what a page with filters shows.
type choice struct {
	Chosen            string
	Rows, Want, Wrong int
}

// choices returns what a page with filters shows, or reports that rows stand that ought not to, or do not that ought to.
func choices(ctx context.Context, t *testing.T, when string) choice {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[choice](filterState))
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if got.Rows != got.Want || got.Wrong > 0 {
		t.Errorf("%s: %d rows stand, %d of them wrongly; %d ought to", when, got.Rows, got.Wrong, got.Want)
	}
	return got
}

// told returns how many rows stand, as it is told to those who cannot see the page; nothing while nothing is chosen. The stylesheet counts
// them, so that no element holds the number.
func told(ctx context.Context, t *testing.T) string {
	t.Helper()
	page, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{})
	if err != nil {
		t.Fatal(err)
	}
	number, err := chromedp.Call(ctx, dom.QuerySelector, dom.QuerySelectorParams{NodeID: page.Root.NodeID, Selector: ".matches"})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := chromedp.Call(ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{NodeID: number.NodeID, Role: "StaticText"})
	if err != nil {
		return "" // what is not displayed is not in the tree
	}
	text := ""
	for _, node := range tree.Nodes {
		text += strings.Trim(string(node.Name.Value), `" `)
	}
	return text
}

// filterPage opens a page with filters and returns the ids of their options, those that let all rows stand first.
func filterPage(ctx context.Context, t *testing.T, address string) []string {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	ids, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".facet input")].map(i => i.id)`))
	if err != nil || len(ids) < 10 {
		t.Fatalf("%s has %d options: %v", address, len(ids), err)
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		return cmp.Compare(strings.Count(b, "-0"), strings.Count(a, "-0"))
	})
	return ids
}

// click clicks with the mouse on what a selector finds. It does not wait for it: a page without scripts is complete.
func click(ctx context.Context, t *testing.T, selector string) {
	t.Helper()
	middle := fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2, r.width] })()`, selector)
	at, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](middle))
	if err != nil || at[2] == 0 {
		t.Fatalf("%s is not there to be clicked on: %v", selector, err)
	}
	if err := chromedp.Do(ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		t.Fatalf("%s: %v", selector, err)
	}
}

// choose clicks on options.
func choose(ctx context.Context, t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		click(ctx, t, "#"+id)
	}
}

// clear clicks on the button that takes all choices back: the one among the filters, or the one below the table.
func clear(ctx context.Context, t *testing.T, where string) {
	t.Helper()
	click(ctx, t, where+" button[type=reset]")
	if got := choices(ctx, t, "cleared"); got.Chosen != "" || told(ctx, t) != "" {
		t.Errorf("after the button of %s: %+v", where, got)
	}
}

// Each option is chosen alone, then two that have no row in common.
func TestFiltersWorkWithoutAScript(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, address := range []string{"/pledges/", "/ramstein/"} {
		ids := filterPage(tab, t, host.URL+address)
		all := choices(tab, t, address)
		if all.Rows < 30 || all.Chosen != "" || told(tab, t) != "" {
			t.Errorf("%s begins with %+v", address, all)
		}
		for _, id := range ids {
			choose(tab, t, id)
			got := choices(tab, t, address+" "+id)
			if want := strconv.Itoa(got.Rows); got.Rows == 0 || got.Chosen != "" && told(tab, t) != want {
				t.Errorf("%s: with %q %d rows stand, and %q are told of", address, got.Chosen, got.Rows, told(tab, t))
			}
			if got.Chosen != "" {
				clear(tab, t, ".filters")
			}
		}
	}
}

// Two filters are combined: rows must have both, and where none has the page says so and offers the way back.
func TestFiltersCombine(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	ids := filterPage(tab, t, host.URL+"/pledges/")
	some, none := false, false
	for _, a := range ids {
		for _, b := range ids {
			if some && none || !strings.HasPrefix(a, "f1-") || !strings.HasPrefix(b, "f3-") || strings.HasSuffix(a+b, "-0") || strings.Contains(a, "-0") {
				continue
			}
			choose(tab, t, a, b)
			got := choices(tab, t, a+" and "+b)
			switch tells := told(tab, t); {
			case got.Rows == 0 && tells != "None" || got.Rows > 0 && tells != strconv.Itoa(got.Rows):
				t.Errorf("%s and %s: %d rows stand, %q are told of", a, b, got.Rows, tells)
			case got.Rows == 0:
				none = true
			default:
				some = true
			}
			clear(tab, t, ".tally")
		}
	}
	if !some || !none {
		t.Errorf("found two options with rows in common: %v, without: %v", some, none)
	}
}

// With the keyboard alone: the arrow keys choose, and the return key does not leave the page.
func TestFiltersWorkWithTheKeyboard(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	filterPage(tab, t, host.URL+"/ramstein/")
	if err := chromedp.Do(tab, chromedp.Focus("#f2-0"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if got := choices(tab, t, "the arrow key"); got.Chosen != "f2-1" {
		t.Errorf("the arrow key chooses %+v", got)
	}
	if url, err := chromedp.Run(tab, chromedp.Evaluate[string](`location.href`)); err != nil || url != host.URL+"/ramstein/" {
		t.Errorf("the return key leads to %s: %v", url, err)
	}
	if err := chromedp.Do(tab, chromedp.Focus(".filters button"), chromedp.KeyEvent(" ")); err != nil {
		t.Fatal(err)
	}
	if got := choices(tab, t, "the button"); got.Chosen != "" {
		t.Errorf("after the button %+v", got)
	}
}

// On a phone the filters take one line until they are asked for, and each option is large enough for a finger. On paper they are not there.
func TestFiltersOnAPhoneAndOnPaper(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	const box = `(() => { const r = document.querySelector(".filters").getBoundingClientRect();
		return [r.height, Math.min(...[...document.querySelectorAll(".facet label")].map(l => l.getBoundingClientRect().height))] })()`
	filterPage(tab, t, host.URL+"/pledges/")
	if err := chromedp.Do(tab, chromedp.EmulateViewport(390, 800)); err != nil {
		t.Fatal(err)
	}
	sizes := func() []float64 {
		got, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](box))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if closed := sizes(); closed[0] < 24 || closed[0] > 60 {
		t.Errorf("closed filters are %v px tall", closed[0])
	}
	click(tab, t, ".filters summary")
	if open := sizes(); open[1] < 24 || open[0] > 800 {
		t.Errorf("open filters are %v px tall, the smallest option %v", open[0], open[1])
	}
	choose(tab, t, "f2-1")
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	const paper = `(() => { const rows = [...document.querySelectorAll(".filtered [data-f1]")];
		return [rows.length, rows.filter(r => r.getClientRects().length > 0).length, document.querySelector(".filters").getClientRects().length] })()`
	got, err := chromedp.Run(tab, chromedp.Evaluate[[]int](paper))
	if err != nil || got[0] != got[1] || got[2] != 0 {
		t.Errorf("on paper %v of %v rows stand, filters %v: %v", got[1], got[0], got[2], err)
	}
}
