package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// titles returns what a list of cards is called, in its order.
func titles(cards []*Card) (list []string) {
	for _, c := range cards {
		list = append(list, c.Title)
	}
	return list
}

// TestEverythingStandsUnderItsLetter covers accents, quotation marks, digits and other scripts, and that a letter without entries has no
// page.
func TestEverythingStandsUnderItsLetter(t *testing.T) {
	var b strings.Builder
	for i := range MaxRows {
		fmt.Fprintf(&b, "-- actors/m%d.md --\nkind: person\ntitle: M %d\n", i, i)
	}
	for i, title := range []string{"šakalienė", "Sun", "“Star”", "28th meeting", "Шмигаль", "…"} {
		fmt.Fprintf(&b, "-- actors/x%d.md --\nkind: person\ntitle: %q\n", i, title)
	}
	pages := linked(t, b.String())
	all := view[Search](t, pages, "/search/")
	var letters []string
	for _, l := range all.Letters {
		letters = append(letters, fmt.Sprint(l.Title, " ", l.URL, " ", l.Count))
	}
	want := []string{"0-9 /search/0-9/ 1", "M /search/m/ 200", "S /search/s/ 3", "Other /search/other/ 2"}
	if d := cmp.Diff(want, letters); d != "" || len(all.Cards) > 0 {
		t.Errorf("%d cards, %s", len(all.Cards), d)
	}
	v := view[LetterPage](t, pages, "/search/s/")
	if d := cmp.Diff([]string{"“Star”", "šakalienė", "Sun"}, titles(v.Cards)); d != "" {
		t.Error(d)
	}
	if v.Letters[2].Current != "page" || v.Letters[1].Current != "" || all.Letters[2].Current != "" {
		t.Errorf("the letter that is shown: %+v", v.Letters)
	}
	if _, ok := pages["/search/a/"]; ok {
		t.Error("a letter without entries has a page")
	}
}

// TestASmallSiteIsListedOnOnePage proves that few entries need no letters.
func TestASmallSiteIsListedOnOnePage(t *testing.T) {
	v := view[Search](t, linked(t, "-- actors/b.md --\nkind: person\ntitle: bob\n-- actors/a.md --\nkind: person\ntitle: Ada\n"), "/search/")
	if d := cmp.Diff([]string{"Ada", "bob"}, titles(v.Cards)); d != "" || v.Letters != nil {
		t.Errorf("%+v, %s", v.Letters, d)
	}
}
