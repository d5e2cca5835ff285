package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// scrolled scrolls the table of meetings to its middle, within its box and in the window, and returns where the head of its columns stands above
// and beside what can be seen, and where the first cell of the last row does: zero where they stay in sight.
const scrolled = `(() => {
	const box = document.querySelector("#meetings .table"), table = box.querySelector("table");
	box.scrollTo(200, box.scrollHeight / 3);
	scrollTo(0, scrollY + table.querySelector("tbody tr:nth-child(12)").getBoundingClientRect().top - 200);
	const seen = box.getBoundingClientRect(), head = table.tHead.rows[0].cells[0].getBoundingClientRect(), row = table.querySelector("tbody tr:nth-child(12) th").getBoundingClientRect();
	return [head.top - Math.max(seen.top, 0), head.left - Math.max(seen.left, 0), row.left - Math.max(seen.left, 0)].map(Math.round);
})()`

// However far a reader scrolls through the meetings, the names of the columns and the numbers of the meetings stay in sight.
func TestTheMeetingsKeepTheirHeadInSight(t *testing.T) {
	tab := browser(t)[0]
	host := build(t).serve(t)
	for _, width := range []int64{320, 768, 1280} {
		if err := (look{"/ramstein/", width, "light", false}).open(tab, host.URL); err != nil {
			t.Fatal(err)
		}
		at, err := chromedp.Run(tab, chromedp.Evaluate[[]int](scrolled))
		if err != nil {
			t.Fatal(err)
		}
		for i, what := range []string{"the head from above", "the head from the side", "the row from the side"} {
			if at[i] < -1 || at[i] > 1 {
				t.Errorf("at %d px: %s is %d px away", width, what, at[i])
			}
		}
	}
}
