package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"briefing/internal/page"
)

// tabs is how many pages are looked at side by side.
const tabs = 2

// pageLimit is how long one look at a page may take: the whole brief has thousands of links, and the machine may be busy.
const pageLimit = 3 * time.Minute

// quiet are the flags without which Chromium looks for its maker's hosts.
var quiet = []string{"disable-gpu", "disable-quic", "disable-component-update", "no-pings", "hide-scrollbars"}

// browser starts Chromium, and returns contexts that each are a tab of it.
func browser(t *testing.T) []context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "Chromium")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()))
	for _, flag := range quiet {
		options = append(options, chromedp.Flag(flag, true))
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	list := make([]context.Context, tabs)
	for i := range list {
		parent := ctx
		if i > 0 {
			parent = list[0]
		}
		list[i], cancel = chromedp.NewContext(parent)
		if err := chromedp.Do(list[i], chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			t.Cleanup(func() { chromedp.Cancel(list[0]) })
		}
	}
	_ = cancel
	return list
}

// share has each tab take the next job until none is left.
func share[J any](tabs []context.Context, jobs []J, do func(ctx context.Context, job J)) {
	queue := make(chan J)
	var group sync.WaitGroup
	for _, tab := range tabs {
		group.Go(func() {
			for job := range queue {
				ctx, cancel := context.WithTimeout(tab, pageLimit)
				do(ctx, job)
				cancel()
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	group.Wait()
}

// A look is a page as one reader sees it.
type look struct {
	address string
	width   int64
	scheme  string
	plain   bool // without scripts
}

// looks returns the looks at the longest page of each template, narrow and wide, and one at the shortest.
func (b built) looks() []look {
	long, short := b.samples()
	var list []look
	for i, address := range long {
		list = append(list, look{address, 320, "light", false}, look{address, 1280, "light", false})
		if short[i] != address {
			list = append(list, look{short[i], 320, "light", false})
		}
	}
	return list
}

// audits returns looks at the longest page of each template, narrow and light, wide and dark, and without scripts, and at the shortest the
// other way round. Colours come from one table for all widths, so that no page must be seen in all four ways.
func (b built) audits() []look {
	long, short := b.samples()
	var list []look
	for i, address := range long {
		list = append(list, look{address, 320, "light", false}, look{address, 1280, "dark", false}, look{address, 320, "light", true})
		if short[i] != address {
			list = append(list, look{short[i], 320, "dark", false}, look{short[i], 1280, "light", false})
		}
	}
	return list
}

// String names the look.
func (l look) String() string {
	s := fmt.Sprintf("%s at %d px, %s", l.address, l.width, l.scheme)
	if l.plain {
		s += ", without scripts"
	}
	return s
}

// open opens the page.
func (l look) open(ctx context.Context, base string) error {
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		return err
	}
	if err := scripting(ctx, !l.plain); err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(l.width, 800), chromedp.Navigate(base+l.address)); err != nil {
		return err
	}
	return scripting(ctx, true) // those of the tests: the page’s own are not run once it stands
}

// scripting has a tab run scripts, or not.
func scripting(ctx context.Context, run bool) error {
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
	return err
}

// visit opens pages in a browser, and calls see with a tab that shows each.
func (b built) visit(t *testing.T, looks []look, see func(ctx context.Context, l look)) {
	t.Helper()
	tabs := browser(t)
	host := b.serve(t)
	share(tabs, looks, func(ctx context.Context, l look) {
		if err := l.open(ctx, host.URL); err != nil {
			t.Errorf("%v: %v", l, err)
			return
		}
		see(ctx, l)
	})
}

// A finding is a rule of axe that a page breaks, and where.
type finding struct {
	ID, Help string
	Nodes    []string
}

// rules are the rules of WCAG 2.2 at levels A and AA, and what axe holds to be good practice. contrasts are those of the contrast of text, at
// level AAA too.
const (
	rules     = `["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22a","wcag22aa","best-practice"]`
	contrasts = `"color-contrast": {enabled: %[1]t}, "color-contrast-enhanced": {enabled: %[1]t}`
)

// audit runs axe on the page, with the rules of contrast, which take the most of its time, or without.
func audit(ctx context.Context, axe string, contrast bool) ([]finding, error) {
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
		return nil, err
	}
	options := `{runOnly: ` + rules + `, rules: {` + fmt.Sprintf(contrasts, contrast) + `}, resultTypes: ["violations"]}`
	return chromedp.Run(ctx, chromedp.Evaluate[[]finding](`axe.run(document, `+options+`).then(r =>
		r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " – " + n.failureSummary)})))`,
		chromedp.EvalAwaitPromise))
}

func TestPagesAreAccessibleAtEveryWidthInBothSchemes(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "BRIEFING_AXE", "axe-core"))
	if err != nil {
		t.Fatal(err)
	}
	b := build(t)
	b.visit(t, b.audits(), func(ctx context.Context, l look) {
		found, err := audit(ctx, string(axe), !l.plain) // without scripts a page has the colours that it has with them
		if err != nil {
			t.Errorf("%v: %v", l, err)
		}
		for _, f := range found {
			t.Errorf("%v: %s: %s\n\t%s", l, f.ID, f.Help, strings.Join(f.Nodes, "\n\t"))
		}
	})
}

// The audit must be able to fail.
func TestTheAuditFindsAFault(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "BRIEFING_AXE", "axe-core"))
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)[0]
	host := built{tree: map[string][]byte{"index.html": []byte(`<!doctype html><link rel="icon" href="data:,"><p><font color="#cccccc">Faint</font> <font color="#707070">grey</font>`)}}.serve(t)
	if err := (look{address: "/", width: 320, scheme: "light"}).open(tab, host.URL); err != nil {
		t.Fatal(err)
	}
	found, err := audit(tab, string(axe), true)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"color-contrast", "color-contrast-enhanced", "document-title", "html-has-lang", "page-has-heading-one"} {
		if !slices.ContainsFunc(found, func(f finding) bool { return f.ID == id }) {
			t.Errorf("it does not find %s", id)
		}
	}
}

// wide lists the elements that reach out of the page to the right and do not lie in one that scrolls.
const wide = `(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width) return [];
	const scrolls = e => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
	return [...document.body.querySelectorAll("*")]
		.filter(e => e.getBoundingClientRect().right > width + 0.5 && !scrolls(e.parentElement))
		.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).concat("the page is " + document.documentElement.scrollWidth + " px wide");
})()`

// headings says where each heading of the first level ends.
const headings = `[...document.querySelectorAll("h1")].map(h => Math.round(h.getBoundingClientRect().bottom))`

// No page scrolls sideways, whatever its width, and its one heading is seen without scrolling.
func TestPagesFitTheirWindow(t *testing.T) {
	b := build(t)
	b.visit(t, b.looks(), func(ctx context.Context, l look) {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](wide))
		if err != nil || len(found) > 0 {
			t.Errorf("%v: %v\n\t%s", l, err, strings.Join(found, "\n\t"))
		}
		bottoms, err := chromedp.Run(ctx, chromedp.Evaluate[[]int](headings))
		if err != nil || len(bottoms) != 1 || bottoms[0] > 640 {
			t.Errorf("%v: headings end at %v px: %v", l, bottoms, err)
		}
	})
}

func TestTheFirstTabLeadsPastTheNavigation(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	l := look{"/ramstein/", 1280, "light", false}
	if err := l.open(tab, host.URL); err != nil {
		t.Fatal(err)
	}
	const seen = `(() => { const e = document.activeElement, r = e.getBoundingClientRect();
		return [e.getAttribute("href") || "", r.width > 1 && r.height > 1 && r.top >= 0 && r.left >= 0 ? "seen" : "hidden"] })()`
	if err := chromedp.Do(tab, chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	focus, err := chromedp.Run(tab, chromedp.Evaluate[[]string](seen))
	if err != nil || !slices.Equal(focus, []string{"#content", "seen"}) {
		t.Errorf("the focus is on %v: %v", focus, err)
	}
	if err := chromedp.Do(tab, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if id, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.activeElement.id`)); err != nil || id != "content" {
		t.Errorf("the skip link moves the focus to %q: %v", id, err)
	}
}

func TestAFormerAddressLeadsToThePresentOne(t *testing.T) {
	b := build(t)
	i := slices.IndexFunc(b.pages, func(p page.Page) bool { return p.Template() == "redirect.html" })
	if i < 0 {
		t.Skip("the content has no alias: not tested")
	}
	former := b.pages[i].URL()
	tab := browser(t)[0]
	host := b.serve(t)
	if err := chromedp.Do(tab, chromedp.Navigate(host.URL+former)); err != nil {
		t.Fatal(err)
	}
	where := former
	for deadline := time.Now().Add(pageLimit); where == former && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if now, err := chromedp.Run(tab, chromedp.Evaluate[string](`location.pathname`)); err == nil { // none while it goes over
			where = now
		}
	}
	if where == former || b.tree[file(where)] == nil {
		t.Errorf("%s leads to %q", former, where)
	}
}
