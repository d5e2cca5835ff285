package e2e

import (
	"context"
	"flag"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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
	ctx       context.Context
	dir, file string
	original  string
}

// preview opens a page of a preview of a site.
func preview(t *testing.T, from, entry string) *previewed {
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
	address := "http://" + listener.Addr().String() + "/" + entry + "/"
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	return p
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
	p := preview(t, "../..", "events/udcg-28")
	p.ready(t)
	p.do(t, `scrollTo({top: 700, behavior: "instant"}); window.before = true`)
	p.save(t, p.original+"\n"+previewMarker+" once.\n")
	p.until(t, "the new text", `!window.before && document.querySelector("main").textContent.includes("`+previewMarker+` once")`)
	p.until(t, "the place where the reader was", `Math.abs(scrollY - 700) < 2`)
	p.ready(t)

	// Styles are taken over by the page as it stands.
	p.do(t, `window.before = true`)
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
	p.until(t, "the mended page", `!window.before && document.querySelector("briefing-preview") && !`+inside+`.querySelector(".overlay")`)
	p.until(t, "the mended text", `!document.querySelector("main").textContent.includes("`+previewMarker+`")`)
}

func TestThePanelTellsWhatIsBehindAPage(t *testing.T) {
	p := preview(t, "../..", "events/udcg-28")
	p.ready(t)
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

// TestFromSavingToSeeing measures how long it takes from saving a text until the page in the browser shows it.
func TestFromSavingToSeeing(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement")
	}
	p := preview(t, *previewSite, *previewEntry)
	const times = 7
	var took []time.Duration
	for i := range times {
		p.ready(t)
		mark := previewMarker + " " + strings.Repeat("x", i+1) + "."
		start := time.Now()
		p.save(t, p.original+"\n"+mark+"\n")
		p.until(t, "the new text", `document.querySelector("main")?.textContent.includes("`+mark+`")`)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("from saving to seeing: median %v of %v", took[times/2], took)
}
