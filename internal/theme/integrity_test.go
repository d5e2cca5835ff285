package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"testing"

	"briefing/internal/page"
)

var loads = regexp.MustCompile(`<(?:link rel="(?:stylesheet|modulepreload)"|script type="module")[^>]*?(?:href|src)="/([^"]*)"[^>]*>`)

// Each file that a page runs or is styled by is named with its digest, so that no other content is taken for it.
func TestWhatAPageLoadsHasADigest(t *testing.T) {
	th := loaded(t)
	assets := map[string][]byte{}
	for _, a := range th.Assets() {
		assets[a.Path] = a.Data
	}
	for _, name := range []string{"search.html", "series.html", "redirect.html"} {
		var b bytes.Buffer
		view := framed(Views()[name])
		if s, ok := view.(page.Series); ok {
			s.Filters.List = make([]page.Filter, 1)
			view = s
		}
		if err := th.Render(&b, name, view); err != nil {
			t.Fatal(err)
		}
		found := loads.FindAllStringSubmatch(html.UnescapeString(b.String()), -1)
		if len(found) == 0 {
			t.Errorf("%s loads nothing", name)
		}
		for _, m := range found {
			sum := sha256.Sum256(assets[m[1]])
			if want := ` integrity="sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `"`; assets[m[1]] == nil || !bytes.Contains([]byte(m[0]), []byte(want)) {
				t.Errorf("%s: %s lacks %s", name, m[0], want)
			}
		}
	}
}
