package site_test

import (
	"os"
	"path/filepath"
	"testing"

	"briefing/internal/diag"
	"briefing/internal/site"
)

// TestWhatLiesBehindALinkIsNotPublished proves that links out of the site, and to folders, are not followed, and that each is told.
func TestWhatLiesBehindALinkIsNotPublished(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	if err := os.CopyFS(folder, starter(t)); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(outside, "secret.md")
	if err := os.WriteFile(secret, []byte("---\ntitle: Secret\nsummary: Secret.\npublished: 2026-01-01T00:00:00Z\n---\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{"pages/secret.md": secret, "pages/nothing.md": "missing.md", "outside": outside, "more": "pages"}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(folder, site.ContentFolder, name)); err != nil {
			t.Skip("no links can be made here: ", err)
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	s, problems, err := site.Load(t.Context(), bareSource(root.FS()), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Code != diag.Unreadable || links[p.File[len(site.ContentFolder)+1:]] == "" {
			t.Error(p)
		}
	}
	if _, ok := s.File("/secret/"); ok || len(problems) != len(links) {
		t.Errorf("published: %v; problems: %v", ok, problems)
	}
}
