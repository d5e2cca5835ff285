package export_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// A urlset is a sitemap as the protocol has it.
type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []struct {
		Loc string `xml:"loc"`
	} `xml:"url"`
}

func TestASitemapHasEachPageOnceByItsAbsoluteAddress(t *testing.T) {
	g, pages := hard(t)
	var set urlset
	if err := xml.Unmarshal([]byte(written(t, g, pages, "sitemap.xml")), &set); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, u := range set.URLs {
		got = append(got, u.Loc)
	}
	for _, p := range pages {
		if !p.Unlisted() {
			want = append(want, "https://brief.example"+p.URL())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	slices.Sort(got)
	if len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Error("an address stands twice")
	}
	for _, wanted := range []string{"/", "/events/talks/", "/timeline/2025/06/"} {
		if !slices.Contains(got, "https://brief.example"+wanted) {
			t.Errorf("no %s", wanted)
		}
	}
	if slices.Contains(got, "https://brief.example/404.html") {
		t.Error("the page for what is not there is listed")
	}
}

func TestRobotsLetsAllInAndNamesTheSitemap(t *testing.T) {
	g, pages := empty(t)
	want := "User-agent: *\nDisallow:\n\nSitemap: https://empty.example/sitemap.xml\n"
	if got := written(t, g, pages, "robots.txt"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if text := written(t, g, pages, "sitemap.xml"); !strings.Contains(text, "<loc>https://empty.example/</loc>") {
		t.Errorf("the sitemap of an empty site lacks the first page:\n%s", text)
	}
}
