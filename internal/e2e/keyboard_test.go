package e2e

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// unfocused goes through what the keyboard reaches, on a page with thousands of links through hundreds of them. It lists what shows no mark of the focus, or one of less than two pixels, and what
// lies wholly under something else while it has the focus.
const unfocused = `(() => {
	const faults = [];
	const all = [...document.querySelectorAll("a[href], button, input, summary, select, textarea, [tabindex='0']")];
	for (const e of all.filter((_, i) => i % Math.ceil(all.length / 300) === 0)) {
		if (!e.checkVisibility({visibilityProperty: true}) || e.disabled) continue;
		e.focus();
		if (document.activeElement !== e) continue;
		const ring = [e, e.closest("label")].some(x => { if (!x) return false; const s = getComputedStyle(x);
			return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 });
		if (!ring) faults.push("no ring: " + e.outerHTML.slice(0, 120));
		const inside = (x, most) => Math.max(0, Math.min(x, most - 1));
		const at = [...e.getClientRects()].flatMap(r => [0.05, 0.5, 0.95].map(part => document.elementFromPoint(
			inside(r.left + r.width * part, innerWidth), inside(r.top + r.height / 2, innerHeight))));
		if (!at.some(x => x && (e.contains(x) || x.contains(e)))) faults.push("covered by " + at[0]?.outerHTML.slice(0, 80) + ": " + e.outerHTML.slice(0, 120));
	}
	return faults.slice(0, 5);
})()`

// spaced sets text as widely as readers may ask for who have trouble with reading: WCAG 2.2, 1.4.12.
const spaced = `(() => { const s = new CSSStyleSheet();
	s.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
	document.adoptedStyleSheets = [s] })()`

// Whoever reads with the keyboard always sees where they are, and wide letters fit the narrowest window.
func TestTheFocusIsSeenAndWideTextFits(t *testing.T) {
	b := build(t)
	b.visit(t, b.looks(), func(ctx context.Context, l look) {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Errorf("%v: %v", l, err)
		}
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](unfocused))
		if err != nil || len(found) > 0 {
			t.Errorf("%v: %v\n\t%s", l, err, strings.Join(found, "\n\t"))
		}
		if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](spaced)); err != nil {
			t.Errorf("%v: %v", l, err)
		}
		if found, err = chromedp.Run(ctx, chromedp.Evaluate[[]string](wide)); err != nil || len(found) > 0 {
			t.Errorf("%v: with wide text: %v\n\t%s", l, err, strings.Join(found, "\n\t"))
		}
	})
}

// moved is how far what a reader saw has moved while the page loaded, as the web measures it.
const moved = `new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((sum, e) => sum + e.value, 0)))
	.observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => done(0), 300))`

// slight is a movement that nobody sees: the columns of a long table settle while its rows arrive, the more of them the busier the machine.
const slight = 0.005

// What scripts add has its place from the start.
func TestNothingMovesWhileAPageLoads(t *testing.T) {
	b := build(t)
	b.visit(t, b.looks(), func(ctx context.Context, l look) {
		if by, err := chromedp.Run(ctx, chromedp.Evaluate[float64](moved, chromedp.EvalAwaitPromise)); err != nil || by > slight {
			t.Errorf("%v: what stands there moves by %v: %v", l, by, err)
		}
	})
}
