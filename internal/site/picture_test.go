package site_test

import (
	"regexp"
	"strings"
	"testing"
)

var pictured = regexp.MustCompile(`<meta property="og:image" content="([^"?]*)\?v=[0-9a-f]{12}">`)

// What a network needs to show a link is on every page that a person may share, and the picture that it names is there.
func TestEveryPageCanBeShared(t *testing.T) {
	for site, s := range sites(t) {
		base, drawn := s.Graph.Site.BaseURL, map[string]bool{}
		for _, p := range s.Pages {
			text := s.tree[strings.TrimPrefix(p.URL(), "/")+"index.html"]
			if p.Template() == "redirect.html" || !strings.HasSuffix(p.URL(), "/") {
				continue
			}
			for _, property := range []string{"og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:image:alt", "og:image:width", "og:image:height"} {
				if !strings.Contains(text, `<meta property="`+property+`" content="`) {
					t.Errorf("%s: %s has no %s", site, p.URL(), property)
				}
			}
			found := pictured.FindStringSubmatch(text)
			if found == nil || !strings.HasPrefix(s.tree[strings.TrimPrefix(found[1], base+"/")], "\x89PNG") {
				t.Errorf("%s: %s has the picture %q", site, p.URL(), found)
				continue
			}
			drawn[found[1]] = true
		}
		for name := range s.tree {
			if strings.HasSuffix(name, "card.png") && !drawn[base+"/"+name] {
				t.Errorf("%s: no page names %s", site, name)
			}
		}
	}
}
