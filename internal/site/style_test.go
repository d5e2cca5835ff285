package site_test

import (
	"io/fs"
	"os"
	"testing"

	"briefing/internal/site"
)

func TestTheSiteAndTheOneToStartFromKeepTheHouseStyle(t *testing.T) {
	for name, files := range map[string]fs.FS{"site": os.DirFS("../.."), "starter": starter(t)} {
		templates, assets := bare()
		s, _, err := site.Load(t.Context(), site.Source{Files: files, Templates: templates, Static: assets}, nil)
		if err != nil {
			t.Fatal(err)
		}
		problems, err := s.Style(t.Context(), files)
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
		if _, err := s.Style(b.Context(), files); err != nil {
			b.Fatal(err)
		}
	}
}
