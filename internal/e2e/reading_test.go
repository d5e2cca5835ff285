package e2e

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// eventually waits for an expression to hold in a page.
func eventually(t *testing.T, tab context.Context, what, expression string) {
	t.Helper()
	for deadline := time.Now().Add(pageLimit / 4); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if ok, err := chromedp.Run(tab, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
	}
	t.Errorf("not so: %s", what)
}

// mark is the first mark of a source among the outcomes of a meeting; popped says that its box is open and has the focus.
const (
	mark   = `#outcomes .cite > a`
	popped = `document.activeElement?.matches(".source-box:popover-open") && document.activeElement.querySelectorAll("a").length > 1`
	closed = `!document.querySelector(".source-box:popover-open")`
)

func TestAMarkOpensItsSourceInPlace(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	do(t, tab, chromedp.EmulateViewport(390, 800), chromedp.Navigate(host.URL+"/events/udcg-28/"))
	eventually(t, tab, "the module has run", `document.querySelector("`+mark+`[aria-haspopup]") !== null`)
	do(t, tab, chromedp.Focus(mark), chromedp.KeyEvent(kb.Enter))
	eventually(t, tab, "the return key opens the source", popped)
	eventually(t, tab, "the place is kept", `location.hash === "" && document.querySelector(".source-box").getBoundingClientRect().top < innerHeight`)
	eventually(t, tab, "the box lies in the window", `(() => { const r = document.querySelector(".source-box").getBoundingClientRect();
		return r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight })()`)
	eventually(t, tab, "it says what the note says", `document.querySelector(".source-box p").textContent ===
		document.querySelector(document.querySelector("`+mark+`").hash + " p").textContent`)
	do(t, tab, chromedp.KeyEvent(kb.Tab))
	eventually(t, tab, "the next stop is in the box", `document.activeElement.closest(".source-box") !== null && document.activeElement.tagName === "A"`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	eventually(t, tab, "Esc closes it", closed)
	eventually(t, tab, "the focus is on the mark again", `document.activeElement.matches("`+mark+`")`)

	click(tab, t, mark)
	eventually(t, tab, "a click opens it", popped)
	click(tab, t, mark)
	eventually(t, tab, "a second click closes it", closed)
	click(tab, t, mark)
	eventually(t, tab, "a third click opens it", popped)
	click(tab, t, ".source-box a[href^='#note']")
	eventually(t, tab, "the way to the note leads there", closed+` && location.hash === document.querySelector("`+mark+`").hash`)
}

func TestAMarkLeadsToItsNoteWithoutAScript(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	if err := scripting(tab, false); err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.Navigate(host.URL+"/events/udcg-28/"))
	click(tab, t, mark)
	eventually(t, tab, "the note is the target", `document.querySelector(":target")?.matches(".notes > li")`)
	const made = `document.querySelectorAll("button:not([type=reset]), .source-box, [aria-haspopup]").length === 0`
	eventually(t, tab, "there is no button that does nothing", made)
}

// column reads a column of a table: the raw values of its cells.
const column = `(() => [...document.querySelectorAll(".pledge-table.all tbody tr")].filter(r => r.getClientRects().length).map(r => r.cells[4].querySelector("time").dateTime))()`

func TestATableIsSortedAndSearched(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	do(t, tab, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(host.URL+"/pledges/"))
	eventually(t, tab, "the module has run", `document.querySelector(".find-row") !== null`)
	before, err := chromedp.Run(tab, chromedp.Evaluate[[]string](column))
	if err != nil || len(before) < 30 {
		t.Fatalf("%d pledges: %v", len(before), err)
	}
	const head = ".pledge-table.all thead th:nth-child(5)"
	for _, direction := range []string{"ascending", "descending"} {
		click(tab, t, head+" button")
		eventually(t, tab, "it says that it is "+direction, `document.querySelector("`+head+`").ariaSort === "`+direction+`" &&
			document.querySelector("[role=status].said").textContent.includes("`+direction+`")`)
		after, err := chromedp.Run(tab, chromedp.Evaluate[[]string](column))
		if direction == "descending" {
			slices.Reverse(after)
		}
		if err != nil || !slices.IsSorted(after) || len(after) != len(before) {
			t.Errorf("%s: %q: %v", direction, after, err)
		}
	}
	const decimals = `["1.25", "1.5", "1.125"].forEach((n, i) => document.querySelectorAll(".pledge-table.all [data-value^=EUR]")[i].dataset.value = "EUR " + n)`
	if _, err := chromedp.Run(tab, chromedp.Evaluate[any](decimals)); err != nil {
		t.Fatal(err)
	}
	click(tab, t, ".pledge-table.all thead th:nth-child(4) button")
	eventually(t, tab, "sums are in the order of their numbers, and what has none comes last", `(() => {
		const cells = [...document.querySelectorAll(".pledge-table.all tbody tr")].map(r => r.cells[3]);
		const euros = cells.filter(c => /^EUR /.test(c.dataset.value)).map(c => +c.dataset.value.slice(4));
		const gap = cells.findIndex(c => c.querySelector(".unknown"));
		return euros.length > 3 && euros.every((n, i) => !i || euros[i - 1] <= n) && gap > 0 && cells.slice(gap).every(c => c.querySelector(".unknown")) })()`)
	do(t, tab, chromedp.Focus(".find-row input"), chromedp.KeyEvent("norway DRONES"))
	const found = `(() => { const shown = [...document.querySelectorAll(".pledge-table.all tbody tr")].filter(r => r.getClientRects().length);
		return shown.length > 0 && shown.every(r => /norway/i.test(r.textContent) && /drones/i.test(r.textContent)) &&
			document.querySelector(".find-row [role=status]").textContent.startsWith(shown.length + " of ") && shown.length })()`
	eventually(t, tab, "the rows have the words, and are counted", found+` > 0`)
	do(t, tab, chromedp.Navigate(host.URL+"/pledges/"))
	eventually(t, tab, "the module has run", `document.querySelector(".find-row") !== null`)
	choose(tab, t, "f3-1")
	all := choices(tab, t, "with a filter").Rows
	do(t, tab, chromedp.Focus(".find-row input"), chromedp.KeyEvent("drones"))
	eventually(t, tab, "field and filter work together", `document.querySelector(".find-row [role=status]").textContent !== "" &&
		[...document.querySelectorAll(".filtered [data-f1]")].filter(r => r.getClientRects().length).every(r => r.dataset.f3.split(" ").includes("1") && /drones/i.test(r.textContent))`)
	click(tab, t, ".filters button[type=reset]")
	eventually(t, tab, "both are cleared", `document.querySelector(".find-row input").value === "" &&
		[...document.querySelectorAll(".filtered [data-f1]")].every(r => r.getClientRects().length > 0)`)
	if all == 0 || all == len(before) {
		t.Errorf("the filter leaves %d rows of %d: it tests nothing", all, len(before))
	}
}

// A table whose rows stand below each other on a phone is searched like any other, and needs no sideways scrolling.
func TestAStackedTableIsSearched(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for address, words := range map[string]string{"/sources/": "guardian", "/figures/": "drones", "/pledges/": "norway"} {
		do(t, tab, chromedp.EmulateViewport(390, 844), chromedp.Navigate(host.URL+address))
		eventually(t, tab, address+": the module has run", `document.querySelector(".find-row") !== null`)
		do(t, tab, chromedp.Focus(".find-row input"), chromedp.KeyEvent(words))
		eventually(t, tab, address+": only rows with the words are seen", `(() => {
			const rows = [...document.querySelectorAll("[data-rows] tbody tr")], shown = rows.filter(r => r.getClientRects().length);
			return shown.length > 0 && shown.length < rows.length && shown.every(r => r.textContent.toLowerCase().includes("`+words+`")) })()`)
		eventually(t, tab, address+": no cell is cut", `[...document.querySelectorAll("[data-rows]")].every(box => box.scrollWidth <= box.clientWidth)`)
	}
}

func TestAddressesAreCopied(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		grant := permission.SetPermissionParams{Permission: &permission.PermissionDescriptor{Name: name}, Setting: permission.PermissionSettingGranted, Origin: host.URL}
		if _, err := chromedp.Call(tab, permission.SetPermission, grant); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ address, click, want string }{
		{"/subscribe/", `input[id$="-rss"] + button`, "/feed.xml"},
		{"/pledges/uk-100k-drones-2025/", `#step-a .self`, "/pledges/uk-100k-drones-2025/#step-a"},
	} {
		do(t, tab, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(host.URL+c.address))
		eventually(t, tab, "the module has run", `document.querySelector(".said") !== null`)
		click(tab, t, c.click)
		eventually(t, tab, c.click+" tells of the copy", `document.querySelector(".said").textContent.startsWith("Copied: ")`)
		got, err := chromedp.Run(tab, chromedp.Evaluate[string](`navigator.clipboard.readText()`, chromedp.EvalAwaitPromise))
		if err != nil || !strings.HasSuffix(got, c.want) || !strings.HasPrefix(got, "http") {
			t.Errorf("%s copies %q: %v", c.click, got, err)
		}
	}
}

// scriptWeight is the most that the modules of a page may weigh together. The search has a page of its own, whose work they do.
const scriptWeight = 5_000

var module = regexp.MustCompile(`(?:src|href)="/([^"]+\.js)"`)

func TestScriptsAreLight(t *testing.T) {
	b := build(t)
	for _, p := range b.pages {
		total, counted := 0, map[string]bool{}
		for _, m := range module.FindAllStringSubmatch(string(b.tree[file(p.URL())]), -1) {
			if counted[m[1]] {
				continue // named as a script and ahead of it: it is fetched once
			}
			counted[m[1]] = true
			if b.tree[m[1]] == nil || path.Ext(m[1]) != ".js" {
				t.Errorf("%s has no %s", p.URL(), m[1])
			}
			total += weight(t, b.tree[m[1]])
		}
		if total > scriptWeight && p.Template() != "search.html" {
			t.Errorf("the scripts of %s weigh %d bytes, and may weigh %d", p.URL(), total, scriptWeight)
		}
	}
}
