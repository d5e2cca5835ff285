package page

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

const news = `
-- actors/a.md --
kind: state
published: 2026-03-01T00:00:00Z
changes:
  - {at: 2026-05-02T09:00:00Z, kind: correction, was: Old., now: New., note: Newer.}
  - {at: 2026-04-02T09:00:00Z, kind: update, note: Older.}
-- briefs/b1.md --
number: RB-2
published: 2026-03-02T00:30:00+02:00
authors: [Ada Berg, Bob]
events: [talks, held]
actors: [a]
pledges: [p, f]
questions: [Who?]
key_points: [{text: A point., source: paper}, Another.]
sources: [paper]
---
## One

Words.[@paper]

## Two

### Three
-- briefs/b0.md --
number: RB-1
published: 2026-03-01T23:00:00Z
-- series/talks.md --
aka: [Talks]
-- events/held.md --
kind: meeting
date: 2025-01-01
series: talks
published: 2026-03-01T22:00:00Z
-- events/coming.md --
kind: meeting
date: 2027-01-01
status: scheduled
series: talks
-- figures/f.md --
value: 3
as_of: 2025-01-01
published: 2026-03-04T00:00:00Z
changes: [{at: 2026-05-01T09:00:00Z, kind: status, note: Done.}]
-- pledges/p.md --
donors: [a]
recipient: a
announced: 2025-01-01
category: military
steps: [{stage: announced, date: 2025-01-01, source: paper}]
as_of: 2025-01-01
published: 2026-03-04T12:00:00Z
-- sources/paper.md --
type: article
publisher: P
undated: true
class: media
-- pages/about.md --
---
See [[b1]].
`

func TestUpdatesStandUnderTheirDay(t *testing.T) {
	pages := linked(t, news)
	v := view[Updates](t, pages, "/updates/")
	var got []string
	for _, d := range v.Days {
		got = append(got, d.When.Machine)
		for _, c := range d.Changed {
			got = append(got, "  "+c.Label+": "+c.Note)
		}
		for _, c := range d.Cards {
			got = append(got, "  "+c.Title)
		}
	}
	want := []string{
		"2026-05-02", "  Correction: Newer.", "2026-05-01", "  Status: Done.", "2026-04-02", "  Update: Older.",
		"2026-03-04", "  The p", "  The f", "2026-03-01", "  The b0", "  The b1", "  The held",
	}
	if d := cmp.Diff(want, got); d != "" || v.Rest != 0 {
		t.Errorf("%s, %d more", d, v.Rest)
	}
}

// ofDays returns the changes of all days.
func ofDays(days []NewsDay) []ChangeNote {
	var all []ChangeNote
	for _, d := range days {
		all = append(all, d.Changed...)
	}
	return all
}

// TestChangesHaveAWordForTheirSort proves the order of the lists of changes: the newest first, whatever the order in the file.
func TestChangesHaveAWordForTheirSort(t *testing.T) {
	pages := linked(t, news)
	lines := func(list []ChangeNote) []string {
		var out []string
		for _, c := range list {
			out = append(out, strings.TrimSpace(c.When.Text+" "+c.Label+": "+c.Note+" "+c.Of.URL))
		}
		return out
	}
	all := []string{"2 May 2026 Correction: Newer. /actors/a/#change.1", "1 May 2026 Status: Done. /figures/f/#change.1", "2 April 2026 Update: Older. /actors/a/#change.2"}
	for name, c := range map[string]struct {
		got  []ChangeNote
		want []string
	}{
		"updates":     {ofDays(view[Updates](t, pages, "/updates/").Days), all},
		"home":        {view[Home](t, pages, "/").Changed, all},
		"corrections": {view[Corrections](t, pages, "/corrections/").List, all[:1]},
		"the actor":   {view[Actor](t, pages, "/actors/a/").Changes, []string{"2 May 2026 Correction: Newer.", "2 April 2026 Update: Older."}},
	} {
		if d := cmp.Diff(c.want, lines(c.got)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if v := view[Actor](t, pages, "/actors/a/"); v.Published.Text != "1 March 2026" || v.Updated.Text != "2 May 2026" || v.Site.Date.Text != "2 May 2026" {
		t.Errorf("published %v, updated %v; the site is of %v", v.Published, v.Updated, v.Site.Date)
	}
}

func TestTheFirstPageShowsWhatIsNew(t *testing.T) {
	v := view[Home](t, linked(t, news), "/")
	var latest, briefs, doors []string
	for _, c := range v.Latest {
		latest = append(latest, c.Title)
	}
	for _, c := range v.Briefs {
		briefs = append(briefs, c.Short)
	}
	for _, d := range v.Doors {
		doors = append(doors, d.URL+" "+d.Text)
	}
	if d := cmp.Diff([]string{"The p", "The f", "The held"}, latest); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"RB-1", "RB-2"}, briefs); d != "" {
		t.Error(d)
	}
	want := []string{
		"/timeline/ 2 events, by year, month and day", "/pledges/ 1 promise, and what is known of each",
		"/figures/ 1 reported total, each with who said it", "/actors/ 1 actor, and where each took part",
		"/sources/ 1 source, and what rests on each",
	}
	if d := cmp.Diff(want, doors); d != "" {
		t.Error(d)
	}
}

func TestABriefShowsWhatItIsAbout(t *testing.T) {
	v := view[Brief](t, linked(t, news), "/briefs/b1/")
	titles := func(list []*Card) string {
		var out []string
		for _, c := range list {
			out = append(out, c.Title)
		}
		return strings.Join(out, ", ")
	}
	if titles(v.Actors) != "The a" || titles(v.Events) != "The talks, The held" || titles(v.Pledges) != "The p, The f" {
		t.Errorf("about %s; %s; %s", titles(v.Actors), titles(v.Events), titles(v.Pledges))
	}
	if v.Number != "RB-2" || strings.Join(v.Authors, ", ") != "Ada Berg, Bob" || len(v.Questions) != 1 || v.Minutes != 1 {
		t.Errorf("%s by %v, %d minutes, %v", v.Number, v.Authors, v.Minutes, v.Questions)
	}
	if len(v.KeyPoints) != 2 || v.KeyPoints[0].Standing != "" || v.KeyPoints[0].Rest == "" || v.KeyPoints[1].Rest != "" {
		t.Errorf("key points %+v", v.KeyPoints)
	}
	if len(v.Contents) != 3 || v.Contents[0].Level != 2 || v.Contents[2].Level != 3 || string(v.Contents[1].HTML) != "Two" {
		t.Errorf("contents %+v", v.Contents)
	}
	if len(v.Notes) != 1 || len(v.Notes[0].Uses) != 3 || len(v.Kin) != 1 || v.Kin[0].Title != "Pages" {
		t.Errorf("notes %+v, kin %+v", v.Notes, v.Kin)
	}
	if other := view[Brief](t, linked(t, news), "/briefs/b0/"); strings.Join(other.Authors, "") != "The editors" {
		t.Errorf("a brief without authors is by %v", other.Authors)
	}
}

func TestReadingTakesAMinuteAtLeast(t *testing.T) {
	for words, want := range map[int]int{0: 1, 1: 1, 220: 1, 330: 2, 549: 2, 550: 3, 2200: 10} {
		g := graphOf(t, "-- briefs/b.md --\n---\n"+strings.Repeat("word ", words)+"\n")
		if got := view[Brief](t, planned(g), "/briefs/b/").Minutes; got != want {
			t.Errorf("%d words take %d minutes, want %d", words, got, want)
		}
	}
}

// TestAnEmptySiteHasEveryIndex proves that nothing but the configuration is needed: each index is there and says that it is empty.
func TestAnEmptySiteHasEveryIndex(t *testing.T) {
	pages := linked(t, "")
	for _, url := range []string{
		"/", "/timeline/", "/actors/", "/events/", "/pledges/", "/pledges/sum/", "/figures/", "/briefs/", "/sources/", "/updates/",
		"/corrections/", "/404.html",
	} {
		p, ok := pages[url]
		if !ok || p.View() == nil {
			t.Errorf("no page at %s", url)
		}
	}
	for url, p := range pages {
		if p.Origin() != "" || p.View() == nil {
			t.Errorf("%s shows an entry of %q", url, p.Origin())
		}
	}
	home := view[Home](t, pages, "/")
	if home.Series != nil || home.Doors != nil || len(home.Main) != 0 || home.Stages != nil || home.News.What != "" || home.Site.Date.Text != "" || home.Trail != nil {
		t.Errorf("%+v", home)
	}
	if v := view[Pledges](t, pages, "/pledges/"); v.Summary != "No promise has been entered yet." || v.AsOf.Text != "" {
		t.Errorf("%q as of %v", v.Summary, v.AsOf)
	}
}

func TestNumbersHaveTheirNouns(t *testing.T) {
	pages := linked(t, small+"-- events/alone.md --\nkind: talks\ndate: 2024-05\n")
	for url, want := range map[string]string{
		"/timeline/2024/05/": "1 event of May 2024, day by day.", "/events/": "3 events, newest first.",
		"/sources/": "2 sources, by title, with how many entries rest on each.", "/pledges/": "1 promise: who promised, and what is known to have followed.",
	} {
		if got := reflect.ValueOf(pages[url].View()).FieldByName("Summary").String(); got != want {
			t.Errorf("%s says %q, want %q", url, got, want)
		}
	}
}

func TestTheMenuIsTheEditorsOwn(t *testing.T) {
	site := dossier.Site{Title: "Site", Language: "en-GB", Location: time.UTC, Navigation: []dossier.NavItem{
		{Title: "Start", To: "/"}, {Title: "Talks", To: "talks"}, {Title: "Second", To: "second-talks"}, {Title: "Promises", To: "/pledges/"}, {Title: "Sum", To: "/pledges/sum/"},
	}}
	pages := planned(graphAs(t, site, graph.Options{}, small))
	menu := view[Home](t, pages, "/").Menu
	var got []string
	for _, l := range menu.Links {
		got = append(got, l.Title+" "+l.URL)
	}
	if d := cmp.Diff([]string{"Start /", "Talks /talks/", "Second /events/talks-2/", "Promises /pledges/", "Sum /pledges/sum/"}, got); d != "" {
		t.Error(d)
	}
	current := func(url string) string {
		for _, l := range reflect.ValueOf(pages[url].View()).FieldByName("Menu").Interface().(*Menu).Links {
			if l.Current != "" {
				return l.Title + " " + l.Current
			}
		}
		return ""
	}
	for url, want := range map[string]string{
		"/": "Start page", "/pledges/boats/": "Promises true", "/pledges/sum/": "Sum page", "/talks/": "Talks page", "/events/talks-2/": "Second page", "/updates/": "",
	} {
		if got := current(url); got != want {
			t.Errorf("on %s the menu marks %q, want %q", url, got, want)
		}
	}
}

// TestDraftsAreShownOnlyOnRequest proves that a draft has no page and is in no list, unless it is asked for: then its page says what it is.
func TestDraftsAreShownOnlyOnRequest(t *testing.T) {
	const archive = "-- briefs/done.md --\n-- briefs/begun.md --\ndraft: true\n"
	site := dossier.Site{Title: "Site", Language: "en-GB"}
	without, with := planned(graphAs(t, site, graph.Options{}, archive)), planned(graphAs(t, site, graph.Options{Drafts: true}, archive))
	if _, ok := without["/briefs/begun/"]; ok || len(view[Briefs](t, without, "/briefs/").Cards) != 1 {
		t.Error("a draft is published")
	}
	if !view[Brief](t, with, "/briefs/begun/").Draft || view[Brief](t, with, "/briefs/done/").Draft {
		t.Error("a draft does not say that it is one, or another page does")
	}
}

// TestFurtherPagesHaveNamesOfTheirOwn proves that no two pages of a list have the same title and address for a search engine.
func TestFurtherPagesHaveNamesOfTheirOwn(t *testing.T) {
	var b strings.Builder
	for i := range MaxRows + 1 {
		fmt.Fprintf(&b, "-- sources/s%d.md --\ntype: article\npublisher: P\nundated: true\n", i)
	}
	pages := linked(t, b.String())
	first, second := view[Sources](t, pages, "/sources/"), view[Sources](t, pages, "/sources/page/2/")
	if first.Apart != "" || first.Canonical != "https://example.org/sources/" || len(first.Rows) != MaxRows {
		t.Errorf("first page: %q, %s", first.Apart, first.Canonical)
	}
	if second.Apart != "page 2" || second.Canonical != "https://example.org/sources/page/2/" || second.URL != "/sources/page/2/" || len(second.Rows) != 1 {
		t.Errorf("second page: %q, %s", second.Apart, second.Canonical)
	}
	if pages["/sources/page/2/"].Title() != "Sources, page 2" || second.Pager.Previous != "/sources/" {
		t.Errorf("%q, back at %s", pages["/sources/page/2/"].Title(), second.Pager.Previous)
	}
}

// TestNoPageIsLongerThanItMayBe builds a site in which one entry of each kind has more to show than a page may hold, and measures
// every list of every view.
func TestNoPageIsLongerThanItMayBe(t *testing.T) {
	const n = MaxRows + 30
	var b strings.Builder
	b.WriteString("-- actors/hub.md --\nkind: state\n-- series/row.md --\n-- sources/paper.md --\ntype: article\npublisher: P\nundated: true\n" +
		"-- events/great.md --\nkind: meeting\ndate: 2024-01-01/2025-01-01\n-- pledges/fund.md --\ndonors: [hub]\nrecipient: hub\nannounced: 2024-01-01\n" +
		"category: military\nsteps: [{stage: announced, date: 2024-01-01, source: paper}]\nas_of: 2025-01-01\n")
	for i := range n {
		fmt.Fprintf(&b, "-- actors/a%d.md --\nkind: person\n-- sources/s%d.md --\ntype: article\npublisher: P\nundated: true\n", i, i)
		fmt.Fprintf(&b, "-- events/e%d.md --\nkind: talks\ndate: 2025\nseries: row\npart_of: great\nfollows: great\nactors: [hub]\nkey: Key %d\nsources: [paper]\n", i, i)
		fmt.Fprintf(&b, "-- events/d%d.md --\nkind: talks\ndate: 2025-06-01\nkey: Day %d\nsources: [paper]\n", i, i)
		fmt.Fprintf(&b, "-- figures/f%d.md --\nvalue: 1\nas_of: 2025\nasserted_by: hub\n-- briefs/b%d.md --\nactors: [hub]\n---\n> W.\n>\n> — [[hub]], [@paper]\n", i, i)
		fmt.Fprintf(&b, "-- pledges/p%d.md --\ndonors: [hub, a%d]\nrecipient: hub\nannounced: {date: 2025-01-01, event: great}\ncategory: military\n"+
			"part_of: fund\nsteps: [{stage: announced, date: 2025-01-01, source: paper}]\nas_of: 2025-01-01\n", i, i)
		fmt.Fprintf(&b, "-- pledges/r%d.md --\ndonors: [hub]\nrecipient: hub\nannounced: 2025-01-01\ncategory: military\n"+
			"reannounces: fund\nsteps: [{stage: announced, date: 2025-01-01, source: paper}]\nas_of: 2025-01-01\n", i)
	}
	worst := map[string]int{}
	for url, p := range linked(t, b.String()) {
		measure(reflect.ValueOf(p.View()), p.Template(), func(list string, rows int) {
			if rows > MaxRows && !strings.HasSuffix(list, ".Strip.Marks") {
				worst[list+" of "+url] = rows
			}
		})
	}
	for list, rows := range worst {
		t.Errorf("%s has %d rows", list, rows)
	}
}

// measure calls found with each list of a view and its length. A note leads back to each of its uses, which are as many as there are.
func measure(v reflect.Value, path string, found func(list string, rows int)) {
	switch v.Kind() {
	case reflect.Slice:
		found(path, v.Len())
		for i := range v.Len() {
			measure(v.Index(i), path, found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Site" && f.Name != "Menu" && f.Name != "Uses" {
				measure(v.Field(i), path+"."+f.Name, found)
			}
		}
	}
}
