package site_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/diag"
	"briefing/internal/feedlint"
	"briefing/internal/output"
	"briefing/internal/site"
)

// lint returns what readers would stumble over in the feeds, calendars and lists of feeds of a site, and how many there are. It keeps no
// other promise.
func lint(t *testing.T, s *site.Site) (found diag.List, feeds int) {
	t.Helper()
	for _, f := range output.All(s.Files()) {
		if strings.HasSuffix(f.Path, ".html") {
			continue
		}
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if feedlint.Known(f.Path, []byte(b.String())) {
			feeds++
			found = append(found, feedlint.Check(f.Path, []byte(b.String()))...)
		}
	}
	return found, feeds
}

// hard is text that is hard to put into a feed.
var hard = []string{
	"<b>bold</b> & <script>alert(1)</script>", "]]> in the text", "🛥️ 🇺🇦 👩‍🚀", "משרד הביטחון العربية", "Dovilė Šakalienė & Łukasz", `"quotes" 'and' back\slashes`,
	"semi;colons, commas: and = signs", "a < b > c && d", "<!-- a comment -->", "&amp; is no entity", "zero\u200bwidth\u00ad and\u2028lines", "e\u0301 and \u202eturned",
}

// hardSite returns a site of n entries that are hard to put into a feed. Every two of a kind are published a second apart.
func hardSite(n int) fstest.MapFS {
	files := fstest.MapFS{}
	file := func(name, text string) {
		files["content/"+name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(1, 0)}
	}
	file("site.yaml", "title: \"<i>News</i> & ]]> 🛥️\"\ndescription: \"What <b>they</b> said & did ]]>\"\nbase_url: https://hard.example\neditor: \"A <b>& Sons</b>\"\n")
	file("actors/northland.md", "---\ntitle: \"North <b>land</b> & ]]> 🛥️\"\nsummary: A state.\npublished: 2026-01-01T00:00:00Z\nkind: state\n---\n")
	file("series/talks.md", "---\ntitle: \"משרד <talks> & 🛥️\"\nsummary: Talks.\npublished: 2026-01-01T00:00:00Z\nnumbering: Nobody numbers them.\n---\n")
	for i := range n {
		text := hard[i%len(hard)]
		published := time.Date(2026, 2, 1, 0, 0, i, 0, time.UTC)
		common := fmt.Sprintf("title: %q\nsummary: %q\npublished: %s\ntags: [tag-%d]\n", clean(text), "It says "+untagged(text)+".", published.Format(time.RFC3339), i%3)
		if i%5 == 0 {
			common += fmt.Sprintf("changes:\n  - {at: %s, kind: correction, was: %q, now: %q, note: %q}\n", published.AddDate(0, 1, 0).Format(time.RFC3339), untagged(text), untagged(text), untagged(text))
		}
		const body = "\n## A place\n\n## Head & ]]> 🛥️\n\nText with `<b>]]>` and [a place](#a-place), [afar](https://afar.example/?a=1&b=2).[^n]\n\n[^n]: See [[northland]].\n\n| A | B |\n|---|---|\n| 1 | 🛥️ |\n"
		switch i % 3 {
		case 0:
			file(fmt.Sprintf("briefs/brief-%d.md", i), "---\n"+common+"actors: [northland]\n---\n"+body)
		case 1:
			date := time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			file(fmt.Sprintf("events/event-%d.md", i), "---\n"+common+fmt.Sprintf("kind: meeting\ndate: %s\nseries: talks\nnumber: %d\nchairs: [northland]\nplace: {name: %q, city: Town}\n---\n", date, i, clean(text))+body)
		case 2:
			file(fmt.Sprintf("figures/figure-%d.md", i), "---\n"+common+"value: 1\nunit: boats\nmeasures: Boats.\nas_of: 2026-01\nasserted_by: northland\n---\n"+body)
		}
	}
	return files
}

// clean returns text without what a title is told not to have, and untagged without what a summary is.
func clean(s string) string { return strings.ReplaceAll(s, "&amp;", "&") }
func untagged(s string) string {
	return strings.NewReplacer("<", "< ", "!--", "! --").Replace(clean(s))
}

// equalDates gives every entry the same time of publication.
func equalDates(files fstest.MapFS) fstest.MapFS {
	for name, f := range files {
		lines := strings.Split(string(f.Data), "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, "published: ") {
				lines[i] = "published: 2026-02-01T00:00:00Z"
			}
		}
		files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n")), ModTime: f.ModTime}
	}
	return files
}

func TestNoReaderStumblesOverAFeed(t *testing.T) {
	for name, src := range map[string]site.Source{
		"this repository": repository(), "the starter": realSource(starter(t)),
		"five hundred hard entries": realSource(hardSite(500)), "a dozen of them": realSource(hardSite(12)), "none": realSource(hardSite(0)),
	} {
		found, feeds := lint(t, load(t, src, nil))
		for _, p := range found[:min(len(found), 5)] {
			t.Errorf("%s: %s, and %d more", name, p, len(found)-1)
		}
		if feeds < 10 {
			t.Errorf("%s has %d feeds", name, feeds)
		}
	}
}

// Where all was published at one instant, that is all that is said of it, and no more than a warning.
func TestEqualDatesAreToldAsAWarning(t *testing.T) {
	found, _ := lint(t, load(t, realSource(equalDates(hardSite(60))), nil))
	if len(found) == 0 {
		t.Error("nothing is found")
	}
	for _, p := range found {
		if !slices.Contains([]diag.Code{"feed-published-twice", "feed-updated-twice"}, p.Code) || p.Severity != diag.Warning {
			t.Error(p)
		}
	}
}
