package site_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/site"
)

func TestTheSiteAndTheOneToStartFromKeepTheHouseStyle(t *testing.T) {
	for name, files := range map[string]fs.FS{"site": os.DirFS("../.."), "starter": starter(t)} {
		templates, assets := bare()
		s, _, err := site.Load(t.Context(), site.Source{Files: files, Templates: templates, Static: assets}, nil)
		if err != nil {
			t.Fatal(err)
		}
		problems, err := s.Style(t.Context(), files, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Errorf("%s: %s; %s", name, p, p.Hint)
		}
	}
}

func BenchmarkStyle(b *testing.B) {
	files := os.DirFS("../..")
	templates, assets := bare()
	s, _, err := site.Load(b.Context(), site.Source{Files: files, Templates: templates, Static: assets}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Style(b.Context(), files, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheHouseStyleIsThatOfTheWhole(t *testing.T) {
	files := starter(t)
	const head = "---\ntitle: Talks\nsummary: They met.\nkind: talks\nseries: harbour-talks\n"
	files["content/events/one.md"] = &fstest.MapFile{Data: []byte(head + "published: 2020-01-02T00:00:00Z\ndate: 2020-01-01\nnumber: 101\n---\n")}
	files["content/events/two.md"] = &fstest.MapFile{Data: []byte(head + "published: 2026-03-20T00:00:00Z\ndate: 2020-01-02\nnumber: 102\n---\n")}
	files["content/events/three.md"] = &fstest.MapFile{Data: []byte(head + "published: 2020-01-04T00:00:00Z\ndate: 2020-01-03\nnumber: 104\n---\n")}
	files["content/series/harbour-talks.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Talks\nsummary: A series.\npublished: 2020-01-01T00:00:00Z\n---\n")}
	for _, moment := range []string{"", "2020-06-01"} {
		var asOf dossier.Moment
		if moment != "" {
			asOf, _ = dossier.ParseMoment(moment)
		}
		templates, assets := bare()
		s, _, err := site.Load(t.Context(), site.Source{Files: files, Templates: templates, Static: assets, AsOf: asOf}, nil)
		if err != nil {
			t.Fatal(err)
		}
		problems, err := s.Style(t.Context(), files, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		gaps := 0
		for _, p := range problems {
			if p.Code == diag.NumberGap && p.File == "content/events/three.md" && strings.Contains(p.Msg, "number 103") {
				gaps++
			}
		}
		if gaps != 1 {
			t.Errorf("as of %q: %v", moment, problems)
		}
	}
}
