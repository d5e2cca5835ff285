package site_test

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"
)

// hostile is a site that has a bit of everything, with texts that try to break out of where they are put: each X is a title of its own.
const hostile = `
-- site.yaml --
title: X
description: X
base_url: https://example.org
time_zone: Europe/Brussels
licence: {name: CC0, url: "https://creativecommons.org/publicdomain/zero/1.0/"}
editor: X
-- actors/ada.md --
kind: person
short_name: X
also_known_as: [X, X]
roles:
  - {title: X, of: land, from: 2020-01, to: 2021~}
  - {title: X, from: 2022}
member_of: [{of: union, from: 2019}, land]
same_as: ["https://example.net/?a=%3C/script%3E&b"]
-- actors/land.md --
kind: state
code: BE
member_of: [union]
-- actors/union.md --
kind: alliance
-- series/rows.md --
aka: [X]
organiser: union
chairs: [{actor: ada, from: 2024-01-01, to: 2024-02-01}]
-- events/met.md --
kind: meeting
date: 2024-01-01
time: "14:30"
place: {name: X, city: X, country: BE}
online: true
series: rows
number: 1
chairs: [ada]
attendance:
  - {actor: land, mode: in-person}
  - {actor: union, mode: absent}
participants: {min: 50, wording: X}
outcomes:
  - text: X
    standing: disputed
    versions: [{text: X, asserted_by: land, source: paper}, {text: X, asserted_by: ada, source: paper}]
disputed:
  - {point: X, versions: [{text: X, asserted_by: land, source: paper}, {text: X, source: paper}]}
changes: [{at: 2026-01-02T00:00:00Z, kind: correction, was: Old., now: New., note: X}]
BODY
> X [[land|words]] and [[union]]
>
> — [[ada]], [@paper]
-- events/around.md --
kind: talks
date: 2024-02~/2024-03-05
part_of: met
actors: [ada]
-- events/off.md --
kind: meeting
date: 2030-01-01
status: postponed
was: 2029-12-01
place: {city: X}
attendance: [{actor: ada}]
participants: {value: 3}
-- pledges/whole.md --
donors: [land, union]
recipient: ada
announced: {date: 2024-01-01, event: met}
category: military
instrument: loan
amount: {min: 1000000000.5, currency: EUR, wording: X}
steps: [{stage: announced, date: 2024-01-01, source: paper, note: X}]
as_of: 2024-01-01
disputed:
  - {point: X, versions: [{text: X, source: paper}, {text: X, source: paper}]}
-- pledges/rate.md --
donors: [land]
recipient: ada
announced: 2024-01-01
category: financial
amount: {value: 1, currency: EUR, per: year}
steps: [{stage: announced, date: 2024-01-01, source: paper}]
as_of: 2024-01-01
-- figures/money.md --
min: 126000000000
currency: USD
wording: X
measures: X
asserted_by: ada
as_of: 2024-01-01
-- figures/drones.md --
value: 3
unit: X
as_of: 2024~
-- briefs/brief.md --
number: X
authors: [X]
actors: [ada]
events: [met, rows]
pledges: [whole, money]
key_points:
  - text: X
    standing: disputed
    versions: [{text: X, source: paper}, {text: X, source: paper}]
-- sources/paper.md --
type: article-newspaper
publisher: X
author: [X]
issued: 2024-01~
url: https://example.net/x?a='&b=*/
archive: {url: "https://example.net/archive"}
language: uk
-- sources/speech.md --
type: speech
publisher: X
issued: 2024-01-02
-- pages/month.md --
timeline: 2024-01
BODY
> X
>
> — [[ada]], [@paper]
-- pages/about.md --
aliases: [before]
`

// breakouts are texts that end a script element, or begin a comment in it, where they are not escaped.
var breakouts = []string{
	`</script><script>alert(1)</script>`, `<!-- <script>`, `]]> -->`, `\u003c/script> "quoted" \`, "line\u2028and\u2029paragraph", `*/ ${x} {{.Title}}`,
	`</ScRiPt/x>`, `&lt;/script&gt; &amp;`, "\u202eback\u202c 👩‍👧", `'; alert(1); //`,
}

// hostileSite returns the files of that site.
func hostileSite() fstest.MapFS {
	files := fstest.MapFS{}
	n := 0
	text := func() string {
		n++
		quoted, _ := json.Marshal(fmt.Sprintf("%d %s", n, breakouts[n%len(breakouts)]))
		return string(quoted)
	}
	for _, f := range txtar.Parse([]byte(hostile)).Files {
		keys, body, _ := strings.Cut(string(f.Data), "BODY\n")
		if f.Name != "site.yaml" {
			keys = "title: X\nsummary: X\npublished: 2026-01-01T00:00:00Z\n" + keys
			if !strings.HasPrefix(f.Name, "sources/") {
				keys += "sources: [paper, speech]\n"
			}
		}
		var out strings.Builder
		for i, part := range strings.Split(" "+strings.NewReplacer("[X", "[ X", "X]", "X ]").Replace(keys), " X") {
			if i > 0 {
				out.WriteString(" " + text())
			}
			out.WriteString(part)
		}
		src := strings.TrimPrefix(out.String(), " ")
		if f.Name != "site.yaml" {
			src = "---\n" + src + "---\n\n" + strings.ReplaceAll(body, "X", `\</script> & \<!-- “x”`)
		}
		files["content/"+f.Name] = &fstest.MapFile{Data: []byte(src)}
	}
	return files
}

// modules are the elements that load a module: the one script that a page may have beside its data.
var modules = regexp.MustCompile(`<script type="module" src="/assets/js/[\w.-]+" integrity="sha256-[\w+/=]{44}"></script>`)

// linked returns the structured data of a page: that of its one script element which loads no module.
func linked(t *testing.T, name, text string) []any {
	t.Helper()
	text = modules.ReplaceAllString(text, "")
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "script" {
			continue
		}
		if len(n.Attr) != 1 || n.Attr[0] != (html.Attribute{Key: "type", Val: "application/ld+json"}) {
			t.Errorf("%s has a script that is no data: %v", name, n.Attr)
		}
		found = append(found, n.FirstChild.Data)
	}
	if len(found) != 1 || strings.Count(strings.ToLower(text), "<script") != 1 || strings.Contains(found[0], "<") {
		t.Fatalf("%s has %d script elements, or one with markup in it: %q", name, len(found), found)
	}
	d := json.NewDecoder(strings.NewReader(found[0]))
	d.UseNumber()
	var data struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	d.DisallowUnknownFields()
	if err := d.Decode(&data); err != nil {
		t.Fatalf("%s: %v in %s", name, err, found[0])
	}
	if _, err := d.Token(); err != io.EOF || data.Context != "https://schema.org" {
		t.Errorf("%s: the data is not one object in the context of schema.org", name)
	}
	return data.Graph
}

// graphs returns the structured data of each page, by its path. Redirects have none.
func graphs(t *testing.T, tree map[string]string) map[string][]any {
	t.Helper()
	out := map[string][]any{}
	for name, text := range tree {
		if strings.HasSuffix(name, ".html") && !strings.Contains(text, `http-equiv="refresh"`) {
			out[name] = linked(t, name, text)
		}
	}
	return out
}

// TestEveryPageTellsProgramsWhatItIs holds the structured data of whole sites against the vocabulary of schema.org.
func TestEveryPageTellsProgramsWhatItIs(t *testing.T) {
	s := load(t, realSource(hostileSite()), nil)
	trees := map[string]map[string]string{"a hostile site": keep(t, s)}
	for name, s := range sites(t) {
		trees[name] = s.tree
	}
	for name, tree := range trees {
		t.Run(name, func(t *testing.T) { checkLinked(t, tree) })
	}
}

// checkLinked checks the structured data of all pages of a site.
func checkLinked(t *testing.T, tree map[string]string) {
	t.Helper()
	all := graphs(t, tree)
	v := vocabulary{types: map[string]string{}}
	for name, graph := range all {
		if err := v.define(graph); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, graph := range all {
		v.report = func(format string, args ...any) { t.Errorf(name+": "+format, args...) }
		ids := map[any]bool{}
		for _, x := range graph {
			node := x.(object)
			if ids[node["@id"]] {
				v.report("it tells of %s twice", node["@id"])
			}
			ids[node["@id"]] = true
			v.object(node, "")
		}
		canonical := `<link rel="canonical" href="` + graph[0].(object)["@id"].(string) + `"`
		if !strings.Contains(tree[name], canonical) {
			v.report("the first object is not the page: %v", graph[0])
		}
		trail := slices.ContainsFunc(graph, func(x any) bool { return x.(object)["@type"] == "BreadcrumbList" })
		if trail == (name == "index.html") {
			v.report("trail: %v", trail)
		}
	}
}

// TestTheVocabularyRefusesWhatIsWrong proves that the check finds what it is for.
func TestTheVocabularyRefusesWhatIsWrong(t *testing.T) {
	for _, text := range []string{
		`{"@type": "Country"}`, `{"@type": "Event", "citation": "x"}`, `{"@type": "Event", "maximumAttendeeCount": 50}`,
		`{"@type": "Event", "attendee": {"@type": "Place", "name": "x"}}`, `{"@type": "Event", "startDate": "about 2025"}`,
		`{"@type": "Event", "eventStatus": "EventPostponed"}`, `{"@type": "Event", "eventStatus": "https://schema.org/EventHeld"}`,
		`{"@type": "Grant", "amount": 1}`, `{"@type": "MonetaryAmount", "minValue": "1"}`, `{"@type": "WebPage", "isPartOf": {"@id": "https://a.example/"}}`,
		`{"@type": "Person", "memberOf": {"@type": "OrganizationRole", "organizer": {"@type": "Person"}}}`, `{"@type": "Person", "name": ""}`,
		`{"@type": "Person", "sameAs": "x"}`, `{"@type": "ItemList", "numberOfItems": 1.5}`, `{"@type": "Person", "alternateName": []}`,
		`{"@type": "WebPage", "about": {"name": "x"}}`, `{"@type": "Person", "name": null}`,
	} {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var x object
		if err := d.Decode(&x); err != nil {
			t.Fatal(err)
		}
		found := 0
		vocabulary{types: map[string]string{}, report: func(string, ...any) { found++ }}.object(x, "")
		if found == 0 {
			t.Errorf("nothing is wrong with %s", text)
		}
	}
}

// TestWhatPagesTellPrograms checks what matters most: that nothing is told that is not known.
func TestWhatPagesTellPrograms(t *testing.T) {
	tree := keep(t, load(t, realSource(hostileSite()), nil))
	for _, c := range []struct {
		page, typ, property, want string
	}{
		{"events/met", "Event", "startDate", `"2024-01-01T14:30:00+01:00"`},
		{"events/met", "Event", "eventAttendanceMode", `"https://schema.org/MixedEventAttendanceMode"`},
		{"events/met", "Event", "eventStatus", `"https://schema.org/EventScheduled"`},
		{"events/met", "Event", "organizer/@id", `["https://example.org/actors/ada/#actor"]`},
		{"events/met", "Event", "attendee/@id", `["https://example.org/actors/land/#actor"]`}, // and not the absent
		{"events/met", "Event", "location/@type", `["Place","VirtualLocation"]`},
		{"events/met", "Event", "superEvent/@id", `["https://example.org/rows/#series"]`},
		{"events/met", "Observation", "minValue", `50`},
		{"events/met", "Claim", "appearance/@id", `["https://example.org/sources/paper/#source"]`},
		{"events/met", "WebPage", "correction/@type", `["CorrectionComment"]`},
		{"events/met", "WebPage", "mainEntity/@id", `"https://example.org/events/met/#event"`},
		{"events/met", "Quotation", "text", `"</script> & <!– “x” words and %s"`},
		{"events/around", "Event", "startDate", `null`}, // about February
		{"events/around", "Event", "endDate", `"2024-03-05"`},
		{"events/off", "Event", "eventStatus", `"https://schema.org/EventPostponed"`},
		{"events/off", "Event", "previousStartDate", `"2029-12-01"`},
		{"events/off", "Event", "attendee", `null`}, // nobody has come yet
		{"events/off", "Observation", "value", `null`},
		{"actors/ada", "Person", "memberOf/@type", `["OrganizationRole","OrganizationRole","GovernmentOrganization"]`},
		{"actors/ada", "Person", "memberOf/startDate", `["2020-01","2019",null]`},
		{"actors/ada", "Person", "memberOf/endDate", `[null,null,null]`}, // about 2021
		{"actors/land", "GovernmentOrganization", "identifier/value", `"BE"`},
		{"pledges/whole", "MonetaryGrant", "amount/minValue", `1000000000.5`},
		{"pledges/whole", "MonetaryGrant", "amount/value", `null`},
		{"pledges/whole", "MonetaryGrant", "sponsor/@type", `["GovernmentOrganization","Organization"]`},
		{"pledges/whole", "MonetaryGrant", "fundedItem/@id", `["https://example.org/actors/ada/#actor"]`},
		{"pledges/whole", "MonetaryGrant", "additionalType", `"loan"`},
		{"pledges/rate", "Grant", "amount", `null`}, // so much a year is no sum
		{"figures/money", "Claim", "about/value", `[{"@type":"MonetaryAmount","currency":"USD","description":"%s","minValue":126000000000}]`},
		{"figures/drones", "Claim", "about/observationDate", `[null]`},
		{"briefs/brief", "Report", "about/@type", `["Person","Event","EventSeries","MonetaryGrant","Claim"]`},
		{"sources/paper", "NewsArticle", "datePublished", `null`}, // about January
		{"sources/speech", "CreativeWork", "datePublished", `"2024-01-02"`},
		{"timeline/2024/01", "CollectionPage", "mainEntity/numberOfItems", `1`},
		{"actors", "CollectionPage", "mainEntity/numberOfItems", `3`},
	} {
		got := "null"
		for _, x := range linked(t, c.page, tree[c.page+"/index.html"]) {
			if node := x.(object); node["@type"] == c.typ && got == "null" {
				got = printed(at(node, c.property))
			}
		}
		before, after, _ := strings.Cut(c.want, "%s")
		if !strings.HasPrefix(got, before) || !strings.HasSuffix(got, after) || len(after) == 0 && got != before {
			t.Errorf("%s: %s of the %s is %s, want %s", c.page, c.property, c.typ, got, c.want)
		}
	}
}

// at returns what stands at a path of properties; of a list, what stands there in each of its elements.
func at(x any, path string) any {
	if path == "" {
		return x
	}
	name, rest, _ := strings.Cut(path, "/")
	if list, ok := x.([]any); ok {
		out := make([]any, len(list))
		for i := range list {
			out[i] = at(list[i], path)
		}
		return out
	}
	node, _ := x.(object)
	return at(node[name], rest)
}

// printed returns a value as JSON without escapes.
func printed(x any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}
