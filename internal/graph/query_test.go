package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// eventFile makes a meeting on a date.
func eventFile(id, date string, lines ...string) txtar.File {
	return entryFile("events/"+id, append([]string{"kind: meeting", "date: " + date}, lines...)...)
}

// TestTimeline puts each event into the month in which it began, and those whose month is not known beside them.
func TestTimeline(t *testing.T) {
	g := linked(t,
		eventFile("over", "2025-06-30/2025-07-01"), eventFile("a-day", "2025-06-04"), eventFile("a-month", "2025-06"),
		eventFile("about", "2025-06-04~"), eventFile("a-year", "2025"), eventFile("years", "2024/2025"), eventFile("open", "2025-07/.."),
		eventFile("before", "2024-06-04"), eventFile("z-same-day", "2025-06-04"),
	)
	var got []string
	for _, m := range g.Timeline() {
		got = append(got, m.String()+": "+strings.Join(ids(m.Events), " "))
	}
	// Within a month by the first day that a date may mean: what is known by its month alone comes first.
	want := "2024-06: before; 2025-06: a-month a-day about z-same-day over; 2025-07: open"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
	for year, want := range map[int]string{2023: "", 2024: "years", 2025: "a-year"} {
		if got := strings.Join(ids(g.YearEvents(year)), " "); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
	whole := 0
	for _, m := range g.Timeline() {
		whole += len(m.Events)
	}
	if whole+len(g.YearEvents(2024))+len(g.YearEvents(2025)) != len(Of[*dossier.Event](g, dossier.KindEvent)) {
		t.Error("an event is in no month and in no year")
	}
	if m := (Month{Year: 2025, Month: time.June}); m.Text() != "June 2025" || m.String() != "2025-06" {
		t.Errorf("%s, %s", m.Text(), m)
	}
}

// TestNewsAndChanges tells subscribers what is new, newest first.
func TestNewsAndChanges(t *testing.T) {
	at := func(day int) string { return fmt.Sprintf("published: 2026-11-%02dT12:00:00Z", day) }
	change := func(kind string, days ...int) string {
		var all []string
		for i, d := range days {
			all = append(all, fmt.Sprintf("{at: 2026-12-%02dT12:00:00Z, kind: %s, was: A., now: B., note: %s %d}", d, kind, kind, i+1))
		}
		return "changes: [" + strings.Join(all, ", ") + "]"
	}
	g := linked(t,
		eventFile("held", "2025-06-04", at(3), change("correction", 1, 5)), eventFile("to-come", "2027", "status: scheduled", at(9)),
		eventFile("moved", "2027", "status: postponed", at(5)), eventFile("off", "2027", "status: cancelled", at(5)),
		entryFile("briefs/first", at(4), change("update", 3)), entryFile("pages/about", at(20), change("update", 9)),
		entryFile("figures/sum", "value: 5", "unit: drones", "as_of: 2025", at(6)), entryFile("series/row", at(21)),
		pledgeFile("promise", "[norway]", "", nil, at(1), change("status", 5)),
	)
	if got := strings.Join(ids(g.News()), " "); got != "sum moved off first held promise" {
		t.Errorf("news: %s", got)
	}
	var notes []string
	for _, c := range g.Changes() {
		notes = append(notes, fmt.Sprintf("%s %s (%d)", c.Entry.Base().ID, c.Note, c.Number))
	}
	want := "about update 1 (1), held correction 2 (2), promise status 1 (1), first update 1 (1), held correction 1 (1)"
	if got := strings.Join(notes, ", "); got != want {
		t.Errorf("changes: %s, want %s", got, want)
	}
	if got := g.Date().Format("2006-01-02"); got != "2026-12-09" {
		t.Errorf("the date of the site is %s", got)
	}
	if empty, _ := Link(dossier.Site{}, nil, Options{}); !empty.Date().IsZero() || len(empty.News()) > 0 || empty.Timeline() != nil || len(empty.All()) > 0 {
		t.Error("an empty site has something to tell")
	}
}

// An event that was published before its day becomes news when its status is told of; all else when it is published.
func TestAnEventThatWasAnnouncedIsToldOfWhenItTakesPlace(t *testing.T) {
	const published, changes = "published: 2026-11-03T12:00:00Z", "changes: [{at: 2026-12-01T12:00:00Z, kind: update, note: A.}, {at: 2026-12-02T12:00:00Z, kind: status, note: B.}]"
	g := linked(t,
		eventFile("announced", "2026-12-02", published, changes), eventFile("entered-later", "2026-11-02", published, changes),
		eventFile("without-a-note", "2026-12-02", "status: cancelled", published), eventFile("of-no-day", "2026", published, changes),
	)
	for id, want := range map[dossier.ID]string{"announced": "2026-12-02", "entered-later": "2026-11-03", "without-a-note": "2026-11-03", "of-no-day": "2026-11-03"} {
		if got := Told(Find[*dossier.Event](g, id)).Format(time.DateOnly); got != want {
			t.Errorf("%s is told of on %s, not on %s", id, got, want)
		}
	}
	if got := strings.Join(ids(g.News()), " "); got != "announced entered-later of-no-day without-a-note" {
		t.Errorf("news: %s", got)
	}
}

// TestNeighbours walks a series from its first meeting to its last and back, and goes from an event outside of it to those beside it in time.
func TestNeighbours(t *testing.T) {
	g := linked(t, entryFile("series/row", "aliases: [old-row]"),
		eventFile("c", "2025-01", "series: row"), eventFile("a", "2025-02-03", "series: old-row"), eventFile("d", "2025-02-03", "series: row"),
		eventFile("b", "2025", "series: row"), eventFile("other", "2025-02-03"))
	var there, back []string
	var e dossier.Entry = Find[*dossier.Event](g, "c")
	for at := e; at != nil; _, at = g.Neighbours(at) {
		there = append(there, string(at.Base().ID))
		e = at
	}
	for at := e; at != nil; at, _ = g.Neighbours(at) {
		back = append(back, string(at.Base().ID))
	}
	slices.Reverse(back)
	if got := strings.Join(there, " "); got != "c b a d" || !slices.Equal(there, back) || !slices.Equal(there, ids(g.Series("row"))) {
		t.Errorf("there %v, back %v, series %v", there, back, ids(g.Series("row")))
	}
	if before, after := g.Neighbours(Find[*dossier.Event](g, "other")); before != dossier.Entry(Find[*dossier.Event](g, "d")) || after != nil {
		t.Errorf("an event in no series lies between %v and %v", before, after)
	}
}

// TestIndexes puts each kind in the order of its index.
func TestIndexes(t *testing.T) {
	titled := func(name, title string, lines ...string) txtar.File {
		f := entryFile(name, lines...)
		_, id, _ := strings.Cut(name, "/")
		f.Data = []byte(strings.Replace(string(f.Data), "title: "+id, "title: "+title, 1))
		return f
	}
	g := linked(t,
		titled("actors/x", "šakalienė", "kind: person"), titled("actors/y", "Sybiha", "kind: person"), titled("actors/z", "Élysée", "kind: group"),
		entryFile("briefs/late", "number: RB-02"), entryFile("briefs/soon", "number: RB-01"), entryFile("briefs/none"),
		entryFile("figures/b", "value: 1", "as_of: 2025"), entryFile("figures/a", "value: 1", "as_of: 2025-06"), entryFile("figures/c", "value: 1", "as_of: 2024"),
	)
	for kind, want := range map[dossier.Kind]string{
		dossier.KindActor: "z germany norway x y ukraine united-kingdom", dossier.KindBrief: "none soon late", dossier.KindFigure: "c b a",
		dossier.KindSource: "old-paper paper",
	} {
		if got := strings.Join(ids(Of[dossier.Entry](g, kind)), " "); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
	if all := ids(g.All()); !slices.IsSorted(all) {
		t.Errorf("all entries, by id: %v", all)
	}
}

// TestAnchors lists the places of a page of each kind that prose may lead to: a section is there only if it has something to show.
func TestAnchors(t *testing.T) {
	const body = "---\n\n## A heading\n\n> Words.\n>\n> — [[speaker]], [@paper]\n"
	files := []txtar.File{
		entryFile("actors/speaker", "kind: person", "roles: [{title: Minister, of: norway, from: 2024}]", "sources: [paper]"),
		eventFile("bare", "2025-06-04"),
		eventFile("full", "2025-06-04", "outcomes: [One.]", "chairs: [speaker]", "sources: [paper]",
			"disputed: [{point: Number, versions: [{text: 50}, {text: 57}]}]", body),
		entryFile("events/attack", "kind: attack", "date: 2025-06-04"), entryFile("events/statement", "kind: statement", "date: 2025-06-04"),
		pledgeFile("promise", "[norway]", "", nil, "disputed: [{point: Number, versions: [{text: 50}, {text: 57}]}]"),
		pledgeFile("made", "[norway]", "", nil),
		entryFile("briefs/brief", "key_points: [One.]", "questions: [Who?]"), entryFile("briefs/empty", body),
		entryFile("figures/sum", "value: 5", "as_of: 2025", "sources: [paper]"), entryFile("series/row"), entryFile("pages/about", body),
	}
	g := linked(t, files...)
	for id, want := range map[dossier.ID]string{
		"bare": "pledges", "full": "outcomes pledges attendance disputed sources a-heading quote-1", "attack": "", "statement": "",
		"promise": "ledger disputed", "made": "ledger", "speaker": "roles events quotations sources", "norway": "pledges sum", "ukraine": "",
		"brief": "key-points questions", "empty": "a-heading quote-1", "sum": "sources", "row": "meetings", "about": "a-heading quote-1", "paper": "",
	} {
		e, _ := g.Lookup(id)
		got := g.Anchors(e)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %q, want %q", id, s, want)
		}
		for _, a := range got {
			leads := entryFile("pages/leads", fmt.Sprintf("---\n\nSee [[%s#%s]].\n", id, a))
			if _, problems := load(slices.Concat(world, files, []txtar.File{leads}), Options{}); len(problems) > 0 {
				t.Errorf("[[%s#%s]]: %v", id, a, problems)
			}
		}
	}
}

// TestFormerIDs refers to everything by a former id: every query answers by the present one, as if it had been written.
func TestFormerIDs(t *testing.T) {
	files := func(old bool) []txtar.File {
		id := func(present string) string {
			if old {
				return "old-" + present
			}
			return present
		}
		was := func(present string) string { return "aliases: [old-" + present + "]" }
		return []txtar.File{
			entryFile("actors/a", "kind: person", was("a"), "member_of: ["+id("b")+"]", "roles: [{title: T, of: "+id("b")+", from: 2024, source: "+id("s")+"}]"),
			entryFile("actors/b", "kind: group", was("b")), entryFile("sources/s", was("s")), entryFile("sources/s2", was("s2"), "via: "+id("s")),
			entryFile("series/r", was("r"), "organiser: "+id("b"), "chairs: ["+id("a")+"]"),
			eventFile("e", "2025-01", was("e"), "series: "+id("r"), "number: 1", "chairs: ["+id("a")+"]", "attendance: [{actor: "+id("b")+", mode: absent}]", "actors: ["+id("b")+"]"),
			eventFile("e2", "2025-02", was("e2"), "series: "+id("r"), "number: 2", "part_of: "+id("e"), "follows: "+id("e"), "sources: ["+id("s")+"]",
				"---\n\n> W.\n>\n> — [["+id("a")+"]], [@"+id("s")+"]\n\nSee [["+id("p")+"#ledger]].\n"),
			pledgeFile("p", "["+id("a")+"]", "value: 5, currency: EUR", nil, was("p")),
			pledgeFile("p2", "[{actor: "+id("b")+", amount: {value: 3, currency: EUR}, part_of: "+id("p")+"}]", "value: 3, currency: EUR", nil, was("p2")),
			pledgeFile("p3", "["+id("a")+", "+id("b")+"]", "value: 5, currency: EUR", nil, "reannounces: "+id("p")),
			entryFile("figures/f", "value: 5", "as_of: 2025", "asserted_by: "+id("b")),
			entryFile("briefs/k", "actors: ["+id("a")+"]", "events: ["+id("e")+"]", "pledges: ["+id("p")+", f]"),
		}
	}
	present, former := linked(t, files(false)...), linked(t, files(true)...)
	if a, b := queries(present)+ledgers(present), queries(former)+ledgers(former); a != b {
		t.Errorf("by former ids:\n%s\nby present ones:\n%s", b, a)
	}
	for _, e := range former.All() {
		id := e.Base().ID
		for _, a := range e.Base().Aliases {
			if found, ok := former.Lookup(a.ID); !ok || found != e {
				t.Errorf("%s leads to %v, not to %s", a.ID, found, id)
			}
		}
		if slices.ContainsFunc(former.Mentions(id), func(m dossier.Entry) bool { return m == e }) {
			t.Errorf("%s mentions itself", id)
		}
	}
	if got := strings.Join(ids(former.Mentions("old-s")), " "); got != "a e2 s2" {
		t.Errorf("mentions of s by its former id: %s", got)
	}
}

// TestRings makes a ring of each relation that must have none, of one, two and three entries.
func TestRings(t *testing.T) {
	makers := map[string]func(id, next string) txtar.File{
		"contain or repeat each other": func(id, next string) txtar.File {
			return pledgeFile(id, "[norway]", "", nil, map[string]string{"e0": "reannounces: ", "e1": "part_of: ", "e2": "part_of: "}[id]+next)
		},
		"are part of each other":       func(id, next string) txtar.File { return eventFile(id, "2025", "part_of: "+next) },
		"follow each other":            func(id, next string) txtar.File { return eventFile(id, "2025", "follows: "+next) },
		"are known through each other": func(id, next string) txtar.File { return entryFile("sources/"+id, "via: "+next) },
	}
	for words, file := range makers {
		for n := 1; n <= 3; n++ {
			files := slices.Clone(world)
			path := ""
			for i := range n {
				files = append(files, file(fmt.Sprint("e", i), fmt.Sprint("e", (i+1)%n)))
				path += fmt.Sprintf("e%d → ", i)
			}
			_, problems := load(files, Options{})
			want := "entries " + words + ": " + path + "e0"
			if n == 1 {
				want = `"e0" refers to itself`
			}
			if len(problems) != 1 || problems[0].Code != diag.Cycle || problems[0].Msg != want || !strings.HasSuffix(problems[0].File, "/e0.md") || problems[0].Line == 0 {
				t.Errorf("%d entries that %s: %v, want %s", n, words, problems, want)
			} else if n > 1 && (!strings.HasSuffix(problems[0].Also.File, "/e1.md") || problems[0].Also.Line == 0) {
				t.Errorf("%s: the other place is %s", want, problems[0].Also)
			}
		}
	}
	// A share may close a ring too, and two relations between events are two matters.
	files := append(slices.Clone(world), pledgeFile("e0", "[{actor: norway, part_of: e1}]", "", nil), pledgeFile("e1", "[norway]", "", nil, "part_of: e0"))
	if _, problems := load(files, Options{}); len(problems) != 1 || problems[0].Code != diag.Cycle {
		t.Errorf("a ring through a share: %v", problems)
	}
	linked(t, eventFile("e0", "2025", "part_of: e1"), eventFile("e1", "2025", "follows: e0"))
}

// TestSharedIDs checks what comes of two files with one id: the first in the order of files is the entry, and only one problem is told.
func TestSharedIDs(t *testing.T) {
	files := append(slices.Clone(world), eventFile("same", "2025"), entryFile("pages/same"), entryFile("pages/draft", "draft: true"),
		entryFile("pages/other", "aliases: [draft, norway]"))
	g, problems := load(files, Options{})
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s %s %s", p.File, p.Code, p.Also.File))
	}
	want := "content/pages/other.md alias-collision content/pages/draft.md\ncontent/pages/other.md alias-collision content/actors/norway.md\n" +
		"content/pages/same.md duplicate-id content/events/same.md"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if e, _ := g.Lookup("same"); e.Base().Kind != dossier.KindEvent || len(Of[*dossier.Page](g, dossier.KindPage)) != 1 {
		t.Error("the second file with an id is in the graph")
	}
	if e, _ := g.Lookup("norway"); e.Base().Kind != dossier.KindActor {
		t.Error("a former id has taken that of an entry")
	}
}

// TestSuggestionsAreBounded links a site with very many wrong references: each is told, the first of them with the nearest id.
func TestSuggestionsAreBounded(t *testing.T) {
	var body strings.Builder
	for i := range 2 * maxSuggestions {
		fmt.Fprintf(&body, "[[norwey%d]]\n\n", i)
	}
	_, problems := load(append(slices.Clone(world), entryFile("pages/wrong", "---\n\n"+body.String())), Options{})
	near := 0
	for _, p := range problems {
		if p.Code != diag.DanglingReference || p.Hint == "" {
			t.Errorf("%+v", p)
		}
		if strings.HasPrefix(p.Hint, "did you mean") {
			near++
		}
	}
	if len(problems) != 2*maxSuggestions || near > maxSuggestions {
		t.Errorf("%d problems, %d with a suggestion", len(problems), near)
	}
}

// TestPlacesAreLookedUp links a page of very many headings with as many references to them, half of which are wrong; one that compares each
// with each takes minutes.
func TestPlacesAreLookedUp(t *testing.T) {
	const n = 2000
	var body strings.Builder
	for i := range n {
		fmt.Fprintf(&body, "## A heading number %d\n\n[[wrong#a-heading-number-%d]] [[wrong#a-heading-nomber-%d]]\n\n", i, i, i)
	}
	_, problems := load(append(slices.Clone(world), entryFile("pages/wrong", "---\n\n"+body.String())), Options{})
	near := 0
	for _, p := range problems {
		if p.Code != diag.DanglingAnchor || p.Hint == "" {
			t.Fatalf("%+v", p)
		}
		if strings.HasPrefix(p.Hint, "did you mean #a-heading-number-") {
			near++
		}
	}
	if len(problems) != n || near != maxSuggestions {
		t.Errorf("%d problems, %d with a suggestion", len(problems), near)
	}
}
