package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const library = `
-- sources/paper.md --
title: Газета
aliases: [old-paper]
type: article-newspaper
publisher: The Paper
author: [Ada Berg, Bob]
issued: 2025-06-04~
url: https://example.org/paper
accessed: 2025-06-05
archive: {url: "https://archive.example/1", at: 2025-06-06}
language: uk
class: media
via: agency
-- sources/agency.md --
title: Agency
type: webpage
publisher: Agency
undated: true
language: en
-- actors/ada.md --
kind: person
sources: [old-paper]
-- pledges/boats.md --
donors: [ada]
recipient: ada
announced: 2025-06-04
category: military
steps:
  - {stage: announced, date: 2025-06-04, source: ["paper, p. 1 <b>", old-paper]}
as_of: 2025-06-04
-- events/late.md --
kind: talks
date: 2025-07-01
sources: ["paper, p. 3"]
---
First.[@old-paper, para. 3] Then[@agency] and again.[@paper]
-- events/early.md --
kind: talks
date: 2025-01-01
sources: [paper]
-- pages/about.md --
sources: [agency]
---
It rests on this.[@paper]
-- series/talks.md --
sources: [agency]
-- events/talks-1.md --
kind: meeting
date: 2024-01-01
series: talks
participants: {value: 50, source: paper}
-- briefs/brief.md --
sources: [agency]
key_points: [{text: A point., source: paper}]
`

// TestASourceIsOneNoteUnderAllItsNames proves that citations by a present and by a former id are uses of one note.
func TestASourceIsOneNoteUnderAllItsNames(t *testing.T) {
	v := view[Event](t, linked(t, library), "/events/late/")
	if len(v.Notes) != 2 || v.Notes[0].Source.URL != "/sources/paper/" || v.Notes[1].Source.URL != "/sources/agency/" {
		t.Fatalf("%+v", v.Notes)
	}
	want := []Use{{"cite-1a", "a", "p. 3"}, {"cite-1b", "b", "para. 3"}, {"cite-1c", "c", ""}}
	if d := cmp.Diff(want, v.Notes[0].Uses); d != "" {
		t.Error(d)
	}
	if html := string(v.Body); !strings.Contains(html, `<a href="#note-1" role="doc-noteref">[1, para. 3]</a>`) {
		t.Error(html)
	}
}

func TestALocatorIsText(t *testing.T) {
	v := view[Pledge](t, linked(t, library), "/pledges/boats/")
	if html := string(v.Steps[0].Rest); strings.Contains(html, "<b>") || !strings.Contains(html, "[1, p. 1 &lt;b&gt;]") || strings.Count(html, "<sup") != 2 {
		t.Error(html)
	}
}

func TestANoteSaysWhatTheSourceIs(t *testing.T) {
	notes := view[Event](t, linked(t, library), "/events/late/").Notes
	want := &SourceLine{
		Title: "Газета", URL: "/sources/paper/", Lang: "uk", Publisher: "The Paper", Class: "media",
		Issued: Time{"about 4 June 2025", "2025-06-04"}, Address: "https://example.org/paper", Archive: "https://archive.example/1",
	}
	if d := cmp.Diff(want, notes[0].Source, cmpopts.IgnoreUnexported(SourceLine{})); d != "" {
		t.Error(d)
	}
	if agency := notes[1].Source; agency.Issued.Text != "" || agency.Lang != "" || agency.Address != "" {
		t.Errorf("undated and in the site's language: %+v", agency)
	}
}

func TestASourceShowsWhatRestsOnIt(t *testing.T) {
	pages := linked(t, library)
	v := view[Source](t, pages, "/sources/paper/")
	var got []string
	for _, g := range v.Groups {
		for _, c := range g.Cards {
			got = append(got, g.Title+": "+c.Title)
		}
	}
	want := []string{
		"Briefs: The brief", "Events: The talks-1", "Events: The early", "Events: The late", "Pledges: The boats", "Actors: The ada", "Pages: The about",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if v.Via.URL != "/sources/agency/" || v.Language != "Ukrainian" || v.Lang != "uk" || v.Apart != "The Paper" || v.Summary != "What it says." {
		t.Errorf("%+v", v.Base)
	}
	if v.Issued.Text != "about 4 June 2025" || v.Accessed.Machine != "2025-06-05" || v.Archived.Text != "6 June 2025" || len(v.Authors) != 2 {
		t.Errorf("%v, %v, %v by %v", v.Issued, v.Accessed, v.Archived, v.Authors)
	}
	agency := view[Source](t, pages, "/sources/agency/")
	if agency.Apart != "" || agency.Lang != "" || agency.Language != "English" || agency.Issued.Text != "" {
		t.Errorf("a source named as its publisher: %+v", agency.Base)
	}
	if last := agency.Groups[len(agency.Groups)-1]; last.Title != "Sources" || last.Cards[0].Title != "Газета" {
		t.Errorf("what is known through it: %+v", last)
	}
	if rows := view[Sources](t, pages, "/sources/").Rows; len(rows) != 2 || rows[0].Uses != 5 || rows[1].Uses != 7 || rows[1].Lang != "uk" {
		t.Errorf("rows %+v", rows)
	}
}

// TestNotesFollowTheOrderOfThePage proves that what a page shows last, the sources of the whole, does not take the first number there.
func TestNotesFollowTheOrderOfThePage(t *testing.T) {
	pages := linked(t, library)
	for url, notes := range map[string][]Note{
		"/about/":        view[Prose](t, pages, "/about/").Notes,
		"/talks/":        view[Series](t, pages, "/talks/").Notes,
		"/briefs/brief/": view[Brief](t, pages, "/briefs/brief/").Notes,
	} {
		if len(notes) != 2 || notes[0].Source.Publisher != "The Paper" || notes[1].Source.Publisher != "Agency" {
			t.Errorf("%s has the notes %+v", url, notes)
		}
	}
}

// TestAFormerIDOfASourceLeadsToIt also proves that the redirect is in no list of pages for search engines.
func TestAFormerIDOfASourceLeadsToIt(t *testing.T) {
	pages := linked(t, library)
	if v := view[Redirect](t, pages, "/sources/old-paper/"); v.To != "/sources/paper/" || v.Title != "Газета" {
		t.Errorf("%+v", v)
	}
	if !pages["/sources/old-paper/"].Unlisted() || pages["/sources/paper/"].Unlisted() {
		t.Error("the sitemap would list the redirect, or would not list the source")
	}
}

func TestForeignLanguages(t *testing.T) {
	for _, c := range []struct{ site, text, want string }{
		{"en-GB", "en-GB", ""}, {"en-GB", "en", ""}, {"en-GB", "", ""}, {"en-GB", "uk", "uk"}, {"en", "en-US", "en-US"}, {"den", "de", "de"}, {"de", "den", "den"},
	} {
		p := &planner{g: graphOf(t, "")}
		p.g.Site.Language = c.site
		if got := p.foreign(c.text); got != c.want {
			t.Errorf("on a site in %s, %s is marked as %q, want %q", c.site, c.text, got, c.want)
		}
	}
}

func TestUsesHaveLettersAndThenNumbers(t *testing.T) {
	seen := map[string]bool{}
	for i := range 60 {
		label := useLabel(i)
		if seen[label] {
			t.Errorf("two uses are called %s", label)
		}
		seen[label] = true
	}
	if got := fmt.Sprint(useLabel(0), useLabel(25), useLabel(26)); got != "az27" {
		t.Error(got)
	}
}

// TestABasisSaysWhatSortsOfSourcesThereAre covers the words for one and for several, in the order of the classes.
func TestABasisSaysWhatSortsOfSourcesThereAre(t *testing.T) {
	for want, of := range map[string]map[string]int{
		"":                   {},
		"1 source: 1 agency": {"agency": 1},
		"6 sources: 1 official, 2 agencies, 3 media": {"media": 3, "official": 1, "agency": 2},
		"3 sources: 1 secondary, 2 of no class":      {"secondary": 1, "": 2},
	} {
		if got := basis(of); got != want {
			t.Errorf("%v: %q, want %q", of, got, want)
		}
	}
}
