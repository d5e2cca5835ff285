package e2e

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"briefing/internal/serve"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// previewSite and previewEntry name the site on which the time from saving a file to seeing it is measured, and the entry that is saved.
var (
	previewSite  = flag.String("preview-site", "../..", "measure the preview on the site in this folder")
	previewEntry = flag.String("preview-entry", "events/udcg-28", "save this entry of it")
)

// previewMarker stands in texts that tests add to an entry.
const previewMarker = "Written by a test"

// A previewed is a preview of a copy of a site, open in a browser at the page of an entry.
type previewed struct {
	ctx context.Context
	// base is where the preview answers.
	base      string
	dir, file string
	original  string
}

// preview previews a site for the sake of an entry, and opens a page of it.
func preview(t *testing.T, from, entry, address string) *previewed {
	t.Helper()
	tab := browser(t)[0]
	p := &previewed{dir: t.TempDir()}
	if err := os.CopyFS(filepath.Join(p.dir, site.ContentFolder), os.DirFS(filepath.Join(from, site.ContentFolder))); err != nil {
		t.Fatal(err)
	}
	p.file = filepath.Join(p.dir, site.ContentFolder, filepath.FromSlash(entry)+".md")
	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	p.original = string(text)
	ctx, cancel := context.WithCancel(t.Context())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(p.dir, "static"), static.Files); err != nil {
		t.Fatal(err)
	}
	h := &serve.Handler{
		Source: site.Source{Files: os.DirFS(p.dir), Templates: templates.Files, Static: os.DirFS(filepath.Join(p.dir, "static"))}, Now: time.Now,
		Editor: serve.Editor{URL: "vscode://file/{file}:{line}:{column}", Dir: p.dir},
	}
	if err := h.Watch(ctx, p.dir); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	p.ctx, cancel = context.WithTimeout(tab, 4*pageLimit)
	t.Cleanup(cancel)
	p.base = "http://" + listener.Addr().String()
	p.open(t, address)
	return p
}

// open opens a page of the preview, and waits until it is told what is new.
func (p *previewed) open(t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(p.base+address)); err != nil {
		t.Fatal(err)
	}
	p.ready(t)
}

// save writes the entry in one step, as editors do.
func (p *previewed) save(t *testing.T, text string) {
	t.Helper()
	replace(t, p.file, text)
}

func replace(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+"~", file); err != nil {
		t.Fatal(err)
	}
}

// until waits until an expression of the page is true.
func (p *previewed) until(t *testing.T, what, expression string) {
	t.Helper()
	for deadline := time.Now().Add(pageLimit); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		// While a page is loaded anew there is none to ask.
		if ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`)); err == nil && ok {
			return
		}
	}
	t.Fatalf("never in the browser: %s", what)
}

// inside is the tree in which the preview shows what is its own.
const inside = `document.querySelector("briefing-preview").shadowRoot`

// do runs a script in the page.
func (p *previewed) do(t *testing.T, script string) {
	t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](script)); err != nil {
		t.Fatal(err)
	}
}

// ready waits until the page is told what is new.
func (p *previewed) ready(t *testing.T) {
	t.Helper()
	p.until(t, "the preview's own button", `document.readyState === "complete" && document.querySelector("briefing-preview") && `+inside+`.querySelector(".opener")`)
	time.Sleep(100 * time.Millisecond) // in which it asks to be told
}

func TestAnOpenPageFollowsItsFile(t *testing.T) {
	p := preview(t, "../..", "events/udcg-28", "/events/udcg-28/")
	p.do(t, `scrollTo({top: 700, behavior: "instant"}); window.before = true`)
	p.save(t, p.original+"\n"+previewMarker+" once.\n")
	p.until(t, "the new text", `window.before && document.querySelector("main").textContent.includes("`+previewMarker+` once")`)
	p.until(t, "the place where the reader was", `Math.abs(scrollY - 700) < 2`)

	// Styles are taken over by the page as it stands.
	styles := filepath.Join(p.dir, "static", "css", "layout.css")
	text, err := os.ReadFile(styles)
	if err != nil {
		t.Fatal(err)
	}
	replace(t, styles, string(text)+"\nh1 { letter-spacing: 7px }\n")
	p.until(t, "the new styles", `window.before && getComputedStyle(document.querySelector("h1")).letterSpacing === "7px"`)
	p.until(t, "one stylesheet", `[...document.styleSheets].filter(s => s.href.includes("/site.")).length === 1`)

	// Errors stand over the last good page, with a link to their place.
	p.save(t, p.original+"\nSee [[nowhere-at-all]].\n")
	p.until(t, "the error", inside+`.querySelector(".overlay")?.textContent.includes("nowhere-at-all")`)
	lines := strings.Count(p.original, "\n") + 2
	p.until(t, "its place", inside+`.querySelector(".overlay a.place").textContent.match(/udcg-28\.md:`+strconv.Itoa(lines)+`:\d+$/)`)
	p.until(t, "the link into the editor", inside+`.querySelector(".overlay a.place").href.match(/^vscode:\/\/file\/.*udcg-28\.md:`+strconv.Itoa(lines)+`:\d+$/)`)
	p.until(t, "the page as it was", `window.before && document.querySelector("main").textContent.includes("`+previewMarker+` once")`)
	p.save(t, p.original)
	p.until(t, "the page without the error", `!`+inside+`.querySelector(".overlay")`)
	p.until(t, "the mended text", `window.before && !document.querySelector("main").textContent.includes("`+previewMarker+`")`)
}

// touched is what a reader makes of a page with a table, notes and a place to cite it by: a column sorted, rows found, a part open, the focus
// in the field and the page scrolled.
const touched = `
  document.querySelector("[data-table] th:nth-of-type(2) button").click();
  document.querySelector("main details").open = true;
  const find = document.querySelector(".find-row input");
  find.value = "brussels";
  find.dispatchEvent(new Event("input"));
  find.focus();
  find.setSelectionRange(2, 4);
  scrollTo({top: 700, behavior: "instant"});
  window.before = true`

// kept are the parts of it that a page keeps whose scripts have run again: all but the order of rows.
var kept = map[string]string{
	"an open part": `document.querySelector("main details").open`,
	"the focus":    `document.activeElement.matches(".find-row input") && document.activeElement.selectionStart === 2`,
	"what was typed": `document.querySelector(".find-row input").value === "brussels" && document.querySelector("[data-table] tr[hidden]") &&
		document.querySelector("[data-table] tbody tr:not([hidden])")`,
	"the place where the reader was": `Math.abs(scrollY - 700) < 2`,
	"the page, which was not loaded": `window.before`,
}

// works are things that scripts do, each once.
var works = map[string]string{
	"one field, one button to a column": `document.querySelectorAll(".find-row").length === 1 && document.querySelectorAll(".said").length === 1 &&
		[...document.querySelectorAll("[data-table] thead th")].every(th => th.querySelectorAll("button").length === 1)`,
	"a column is sorted, and the other way": `(() => {
		const head = document.querySelector("[data-table] th:nth-of-type(2)"), order = [];
		for (let i = 0; i < 2; i++) head.querySelector("button").click(), order.push(head.ariaSort);
		return order.sort().join() === "ascending,descending" && document.querySelector(".said").textContent.startsWith("Sorted by");
	})()`,
	"a source opens at its mark": `(() => {
		const marks = [...document.querySelectorAll(".cite > a")];
		marks.at(-1).click();
		const open = document.querySelectorAll(".source-box:popover-open").length;
		document.querySelector(".source-box").hidePopover();
		return open === 1 && marks.every(m => m.ariaHasPopup === "dialog");
	})()`,
	"/ leads to the field once": `(() => {
		const field = document.querySelector("main [data-find]") ?? document.querySelector("[data-find]");
		let times = 0;
		field.focus = () => times++;
		dispatchEvent(new KeyboardEvent("keydown", {key: "/", cancelable: true}));
		document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true}));
		delete field.focus;
		return times === 2;
	})()`,
}

// holds demands that expressions of the page are true, each named by what it stands for.
func (p *previewed) holds(t *testing.T, all map[string]string) {
	t.Helper()
	for _, what := range slices.Sorted(maps.Keys(all)) {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`Boolean(`+all[what]+`)`))
		if err != nil || !ok {
			t.Errorf("not so: %s, %v", what, err)
		}
	}
}

// TestWhatAReaderMadeOfAPageStays saves words alone, then what scripts have a part in, and looks whether the page is otherwise as it was.
func TestWhatAReaderMadeOfAPageStays(t *testing.T) {
	p := preview(t, "../..", "series/ramstein", "/ramstein/")
	p.do(t, touched)
	text := strings.Replace(p.original, "in its early years", "in its first years", 1) + "\n" + previewMarker + ".\n"
	p.save(t, text)
	p.until(t, "other words", `document.querySelector("main").textContent.includes("in its first years") && document.querySelector("main").textContent.includes("`+previewMarker+`.")`)
	p.holds(t, kept)
	p.holds(t, map[string]string{"the order of rows": `document.querySelector("[data-table] th:nth-of-type(2)").ariaSort`})
	p.holds(t, works)

	p.open(t, "/ramstein/")
	p.do(t, touched)
	for i := range 3 {
		text += "\n" + previewMarker + " " + strconv.Itoa(i) + ".[@wikimili-udcg]\n"
		p.save(t, text)
		p.until(t, "another source", `document.querySelector("main").textContent.includes("`+previewMarker+` `+strconv.Itoa(i)+`") && document.querySelector(".find-row")`)
		p.until(t, "the scripts of the new page", `[...document.querySelectorAll(".cite > a")].every(m => m.ariaHasPopup) && document.querySelector("[data-table] tr[hidden]")`)
		p.holds(t, kept)
	}
	p.holds(t, works)
}

func TestAPageComesAndGoes(t *testing.T) {
	p := preview(t, "../..", "events/udcg-28", "/passing/")
	file := filepath.Join(p.dir, site.ContentFolder, "pages", "passing.md")
	p.until(t, "that there is none", `document.title.startsWith("Page not found") && (window.before = true)`)
	replace(t, file, "---\ntitle: In passing\nsummary: A page.\npublished: 2026-11-20T15:00:00Z\n---\n\n"+previewMarker+".\n")
	p.until(t, "the page", `window.before && document.title.startsWith("In passing") && document.querySelector("main").textContent.includes("`+previewMarker+`")`)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	p.until(t, "that there is none again", `!window.before && document.title.startsWith("Page not found")`)
}

func TestThePanelTellsWhatIsBehindAPage(t *testing.T) {
	p := preview(t, "../..", "events/udcg-28", "/events/udcg-28/")
	p.do(t, inside+`.querySelector(".opener").click()`)
	panel := inside + `.querySelector(".panel")`
	p.until(t, "the file", panel+`.querySelector("a.place")?.textContent === "content/events/udcg-28.md"`)
	p.until(t, "what refers to it", panel+`.querySelectorAll("ul a").length > 10 && `+panel+`.querySelector('ul a[href^="/pledges/"]')`)
	p.until(t, "the item of the feed", panel+`.querySelector(".item h3")?.textContent.includes("28th meeting") && `+panel+`.querySelector(".item article p")`)
	p.until(t, "the structured data", panel+`.textContent.includes('"@type": "Event"') || `+panel+`.textContent.includes('"@context": "https://schema.org"')`)
	p.do(t, `document.location.assign("/timeline/")`)
	p.until(t, "the panel on another page", `location.pathname === "/timeline/" && document.querySelector("briefing-preview") && `+panel+`?.textContent.includes("no file of its own")`)
	p.do(t, `dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}))`)
	p.until(t, "the page without it", `!`+panel)
}

// TestWhatThePreviewShowsIsAccessible looks at the panel and at the problems over a page, in both schemes.
func TestWhatThePreviewShowsIsAccessible(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "BRIEFING_AXE", "axe-core"))
	if err != nil {
		t.Fatal(err)
	}
	p := preview(t, "../..", "events/udcg-28", "/events/udcg-28/")
	p.do(t, inside+`.querySelector(".opener").click()`)
	p.until(t, "the panel", inside+`.querySelectorAll(".panel details").length > 3`)
	p.save(t, p.original+"\nSee [[nowhere-at-all]].\n")
	p.until(t, "the problems", inside+`.querySelector(".overlay a.place") && `+inside+`.querySelector(".panel .problems")`)
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		found, err := audit(p.ctx, string(axe), true)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s: %s\n%s", scheme, f.ID, f.Help, strings.Join(f.Nodes, "\n"))
		}
	}
}

// A sight is when, in milliseconds since 1970, an open page asked for its new text, had it, took it over, and was painted with it.
type sight struct{ Asked, Had, Took, Painted float64 }

// seeing has the page note when its main part first shows a text. A message that is sent when a frame is about to be painted arrives after that.
const seeing = `window.sight = new Promise(done => {
  const at = t => performance.timeOrigin + t;
  performance.clearResourceTimings();
  const watch = new MutationObserver(() => {
    if (!document.querySelector("main")?.textContent.includes(%q)) return;
    watch.disconnect();
    const took = at(performance.now());
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const painted = at(performance.now());
        const asked = performance.getEntriesByType("resource").find(e => e.initiatorType === "fetch" && e.name === location.href);
        done({ Asked: at(asked.startTime), Had: at(asked.responseEnd), Took: took, Painted: painted });
      };
      port2.postMessage("");
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}); undefined`

// TestFromSavingToSeeing measures how long it takes from saving a text until the page in the browser shows it, and where the time goes.
func TestFromSavingToSeeing(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement")
	}
	p := preview(t, *previewSite, *previewEntry, "/"+*previewEntry+"/")
	const times = 15
	var whole []float64
	for i := range times {
		mark := previewMarker + " " + strings.Repeat("x", i+1) + "."
		p.do(t, fmt.Sprintf(seeing, mark))
		time.Sleep(50 * time.Millisecond)
		start := time.Now()
		p.save(t, p.original+"\n"+mark+"\n")
		saved := time.Since(start)
		seen, err := chromedp.Run(p.ctx, chromedp.Evaluate[sight](`sight`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		began := float64(start.UnixNano()) / 1e6
		whole = append(whole, seen.Painted-began)
		t.Logf("%.0f ms: %v to write the file, told after %.0f, answered in %.0f, taken over in %.0f, painted in %.0f",
			seen.Painted-began, saved, seen.Asked-began, seen.Had-seen.Asked, seen.Took-seen.Had, seen.Painted-seen.Took)
	}
	slices.Sort(whole)
	t.Logf("from saving to seeing: median %.0f ms, fastest %.0f, slowest %.0f", whole[times/2], whole[0], whole[times-1])
}
