package theme

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// whole is a site in which each kind of entry has all its sections, and each kind of source stands in an order that is easy to get wrong.
const whole = `
-- actors/ada.md --
title: Ada <b>Berg</b> & Co
kind: person
also_known_as: [Ада, '"Ada"']
roles: [{title: Minister, of: body, from: 2024, source: s1}, {title: Envoy, as_of: 2025, source: s2}]
member_of: [body]
same_as: ["https://example.org/?a=1&b=2"]
sources: [s3]
changes: [{at: 2026-02-01T00:00:00Z, kind: correction, was: Old., now: New., note: "It said <i>this</i>; it is that."}]
---
A profile.[@s4] See [[talks-1#outcomes]] and [[boats]].
-- actors/body.md --
title: The Body
kind: state
code: BE
-- series/talks.md --
aka: [Talks]
organiser: body
numbering: The body numbers them.
chairs: [{actor: ada, from: 2025-01}]
sources: [s1]
---
A history.[@s2]
-- events/talks-1.md --
aliases: [first-talks]
kind: meeting
date: 2025-06-04
time: "14:30"
place: {name: Hall, city: Town, country: BE}
online: true
series: talks
number: 1
key: The first
chairs: [ada]
attendance: [{actor: body, mode: absent, note: was ill, source: s5}]
participants: {min: 40, wording: more than 40, source: s6}
outcomes: [{text: "One, <two>.", source: "s2, p. <3>"}]
disputed: [{point: How many, versions: [{text: A., asserted_by: ada, source: s1}, {text: B., source: s3}]}]
sources: [s4]
---
Some *prose*.[@s7]

> Words, "quoted".
>
> — [[ada]], [@s1]
-- events/talks-2.md --
kind: meeting
date: 2027-06-04
status: scheduled
series: talks
follows: talks-1
sources: [s2]
-- events/side.md --
kind: talks
date: 2025-06
part_of: talks-1
sources: [s5]
-- events/other.md --
kind: attack
date: 2025-06-30
sources: [s6]
-- events/unknown.md --
kind: politics
date: 2025
-- pledges/boats.md --
donors: [{actor: ada, amount: {value: 2, currency: EUR}}, body]
recipient: body
announced: {date: 2025-06-04, event: talks-1}
category: military
amount: {min: 5, max: 6, currency: EUR}
items: [{what: boats, value: 3}]
period: 2025/2027
due: 2026
disputed: [{point: The sum, versions: [{text: 5, source: s1}, {text: 6, source: s2}]}]
steps:
  - {stage: announced, date: 2025-06-04, source: s3, note: "A <note>"}
  - {stage: delivered, date: 2025-07-01, source: [s4, s3], final: true}
as_of: 2025-07-01
sources: [s5]
---
Background.[@s6]
-- pledges/part.md --
donors: [body]
recipient: ada
announced: 2025-06-05
category: financial
instrument: loan
amount: {value: 1, currency: EUR}
part_of: boats
steps: [{stage: committed, date: 2025-06-05, source: s1}]
as_of: 2025-07-01
-- figures/total.md --
value: 7
unit: boats
as_of: 2025-06-05
asserted_by: ada
sources: [s2]
---
Of this.[@s1]
-- briefs/brief.md --
number: RB-1
questions: [Who <knows>?]
key_points: [{text: A point., source: s2}]
sources: [s1]
---
## One

Text.[@s3]

## Two

## Three

## Four
-- pages/about.md --
sources: [s1]
---
## What

It is.[@s2]
-- pages/june.md --
title: June 2025
timeline: 2025-06
sources: [s1]
---
An introduction.[@s7]
-- sources/s1.md --
title: "One </title><script>alert(1)</script>"
type: webpage
publisher: "P & Q"
author: [A, B]
issued: 2025
url: "https://example.org/?a=1&b=2"
accessed: 2025-06-05
archive: {url: "https://archive.example/1", at: 2025-06-06}
language: uk
class: media
via: s2
---
A note.
`

// rendered returns the pages of a site, by address, as the default theme prints them.
func rendered(t *testing.T, archive string) map[string][]byte {
	t.Helper()
	var entries []dossier.Entry
	add := func(name, text string) {
		e, problems := content.Parse("content/"+name, []byte(text))
		for _, p := range problems {
			t.Error(p)
		}
		entries = append(entries, e)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		keys, body, _ := strings.Cut(string(f.Data), "---\n")
		if !strings.Contains("\n"+keys, "\ntitle:") {
			keys += "title: " + f.Name[:len(f.Name)-len(".md")] + "\n"
		}
		add(f.Name, "---\nsummary: What it says.\npublished: 2026-01-01T00:00:00Z\n"+keys+"---\n"+body)
	}
	for i := 2; i <= 7 && archive != ""; i++ {
		add(fmt.Sprintf("sources/s%d.md", i), fmt.Sprintf("---\ntitle: Source %d\npublished: 2026-01-01T00:00:00Z\ntype: webpage\npublisher: P\nundated: true\n---\n", i))
	}
	site := dossier.Site{Title: "Site", BaseURL: "https://example.org", Language: "en-GB", Location: time.UTC, Editor: "The editors"}
	g, problems := graph.Link(site, entries, graph.Options{})
	for _, p := range problems {
		t.Error(p)
	}
	th, pages := loaded(t), map[string][]byte{}
	for _, p := range page.Plan(g) {
		var b bytes.Buffer
		if err := th.Render(&b, p.Template(), p.View()); err != nil {
			t.Errorf("%s: %v", p.URL(), err)
		}
		pages[p.URL()] = b.Bytes()
	}
	for _, a := range th.Assets() {
		pages["/"+a.Path] = nil
	}
	return pages
}

// TestEveryLinkLeadsSomewhere follows each link of a whole site, and of one without entries, to its page and to its place there.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for name, archive := range map[string]string{"whole": whole, "empty": ""} {
		pages := rendered(t, archive)
		ids := map[string]bool{}
		for url, src := range pages {
			for _, a := range attributes(t, src) {
				if a.Key == "id" {
					ids[url+"#"+a.Val] = true
				}
			}
		}
		for url, src := range pages {
			for _, a := range attributes(t, src) {
				to, place, hasPlace := strings.Cut(a.Val, "#")
				if to == "" {
					to = url
				}
				_, ok := pages[to]
				switch {
				case a.Key != "href" || strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "data:") || path.Ext(to) != "": // not a page
				case !ok:
					t.Errorf("%s: %s leads to %s, where there is no page", name, url, to)
				case hasPlace && !ids[to+"#"+place]:
					t.Errorf("%s: %s leads to #%s on %s, where there is no such place", name, url, place, to)
				}
			}
		}
	}
}

var citation = regexp.MustCompile(`^cite-(\d+)-(\d+)$`)

// TestSourcesAreNumberedAsAPageIsRead goes through the pages from top to bottom: the marks of sources that were not cited before
// have the numbers 1, 2, 3 …, and the uses of each are counted the same way.
func TestSourcesAreNumberedAsAPageIsRead(t *testing.T) {
	for url, src := range rendered(t, whole) {
		var uses []int
		for _, a := range attributes(t, src) {
			m := citation.FindStringSubmatch(a.Val)
			if a.Key != "id" || m == nil {
				continue
			}
			note, _ := strconv.Atoi(m[1])
			use, _ := strconv.Atoi(m[2])
			if note == len(uses)+1 {
				uses = append(uses, 0)
			}
			if note > len(uses) || use != uses[note-1]+1 {
				t.Errorf("%s: %s follows the uses %v", url, a.Val, uses)
				break
			}
			uses[note-1]++
		}
	}
}

// isModule reports whether an element loads a module of the theme, and nothing else than the one that was meant.
func isModule(n *html.Node) bool {
	return n.FirstChild == nil && len(n.Attr) == 3 && n.Attr[0].Val == "module" && strings.HasPrefix(n.Attr[1].Val, "/assets/js/") &&
		n.Attr[2].Key == "integrity" && strings.HasPrefix(n.Attr[2].Val, "sha256-")
}

// TestPagesAreWholeDocuments holds each page of a whole and of an empty site against what a browser and a reader with a screen reader need.
func TestPagesAreWholeDocuments(t *testing.T) {
	for _, archive := range []string{whole, ""} {
		for url, src := range rendered(t, archive) {
			if src == nil {
				continue // an asset
			}
			checkHTML(t, src)
			count := map[string]int{}
			level := 0
			walk(t, src, func(n *html.Node) {
				if n.Type != html.ElementNode || n.Namespace != "" {
					return
				}
				count[n.Data]++
				if n.Data == "script" && !isModule(n) && (len(n.Attr) != 1 || n.Attr[0].Val != "application/ld+json" || !json.Valid([]byte(n.FirstChild.Data))) {
					t.Errorf("%s holds a script: %v %v", url, n.Attr, n.FirstChild)
				}
				if n.Data == "script" && isModule(n) {
					count["script"]--
				}
				if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
					if at := int(n.Data[1] - '0'); at > level+1 {
						t.Errorf("%s: a heading of level %d follows one of level %d", url, at, level)
					} else {
						level = at
					}
				}
			})
			for _, once := range []string{"title", "h1", "main"} {
				if count[once] != 1 {
					t.Errorf("%s has %d <%s>", url, count[once], once)
				}
			}
			if count["script"] > 1 || count["style"]+count["iframe"]+count["img"]+count["object"] > 0 {
				t.Errorf("%s has elements that no template holds: %v", url, count)
			}
		}
	}
}

// TestWhatIsNotKnownIsSaid proves that an empty site says on each index that nothing is recorded, and promises nothing.
func TestWhatIsNotKnownIsSaid(t *testing.T) {
	pages := rendered(t, "")
	for url, want := range map[string]string{
		"/": "No pledge with a sum is recorded here.", "/pledges/": "No pledge with a sum is recorded here.",
		"/pledges/sum/": "No pledge with a sum is recorded here.", "/corrections/": "No corrections yet.",
		"/updates/": "Nothing has been published yet.",
	} {
		if !bytes.Contains(pages[url], []byte(want)) {
			t.Errorf("%s does not say %q", url, want)
		}
	}
}

// TestTheSortOfAnEntryIsOneWord proves that what a label adds to the sort of an entry does not take its sign away.
func TestTheSortOfAnEntryIsOneWord(t *testing.T) {
	for url, src := range rendered(t, whole) {
		for _, a := range attributes(t, src) {
			if a.Key == "class" && slices.ContainsFunc(strings.Fields(a.Val), func(s string) bool { return strings.HasSuffix(s, ",") }) {
				t.Errorf("%s: class %q", url, a.Val)
			}
		}
	}
}

// TestAMeetingToComeIsNotToldAsHeld reads the page of a scheduled meeting.
func TestAMeetingToComeIsNotToldAsHeld(t *testing.T) {
	src := rendered(t, whole+"-- events/talks-3.md --\nkind: meeting\ndate: 2028\nstatus: scheduled\nseries: talks\nchairs: [ada]\nattendance: [body]\n")["/events/talks-3/"]
	for _, wrong := range []string{"Took part", "Chaired"} {
		if bytes.Contains(src, []byte(wrong)) {
			t.Errorf("it says %q:\n%s", wrong, src)
		}
	}
	if !bytes.Contains(src, []byte("To be chaired by")) || !bytes.Contains(src, []byte("Expected")) {
		t.Errorf("%s", src)
	}
}
