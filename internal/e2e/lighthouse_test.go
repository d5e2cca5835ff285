package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A report is what Lighthouse says of a page: a score for each category from 0 to 1, and what it measured.
type report struct {
	Categories map[string]struct {
		Score     float64
		AuditRefs []struct{ ID string }
	}
	Audits map[string]struct {
		Title        string
		Score        *float64
		DisplayValue string
	}
}

// gated are the categories that do not depend on how busy the machine is. What Lighthouse measures of speed is told, not judged: see
// TestTheFirstViewIsLight for what a page must hold to.
var gated = []string{"accessibility", "best-practices", "seo"}

// measured are the audits of speed that are told.
var measured = []string{"first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"}

// lighthouse looks at a page as a phone on a slow network does.
func lighthouse(t *testing.T, program, address string) report {
	t.Helper()
	out := filepath.Join(t.TempDir(), "report.json")
	flags := "--headless=new --disable-gpu --disable-quic --disable-component-update --no-pings --user-data-dir=" + t.TempDir()
	if os.Geteuid() == 0 {
		flags += " --no-sandbox"
	}
	cmd := exec.CommandContext(t.Context(), "node", program, address, "--quiet", "--output=json", "--output-path="+out, "--chrome-flags="+flags)
	if chromium, err := exec.LookPath("chromium"); err == nil {
		cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	}
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// faults returns what keeps a category from its full score.
func (r report) faults(category string) (list []string) {
	for _, ref := range r.Categories[category].AuditRefs {
		if a := r.Audits[ref.ID]; a.Score != nil && *a.Score < 1 {
			list = append(list, fmt.Sprintf("%s: %s %s", ref.ID, a.Title, a.DisplayValue))
		}
	}
	return list
}

// speed returns what was measured of speed, in a line.
func (r report) speed() string {
	parts := []string{fmt.Sprintf("performance %.0f", 100*r.Categories["performance"].Score)}
	for _, id := range measured {
		parts = append(parts, id+" "+r.Audits[id].DisplayValue)
	}
	return strings.Join(parts, ", ")
}

// Lighthouse gives each sort of page the full score, served as the configuration that the command prints would have it. It takes some
// seconds for each, so that only the longest is looked at.
func TestLighthouseGivesTheFullScore(t *testing.T) {
	program := os.Getenv("BRIEFING_LIGHTHOUSE")
	if program == "" {
		t.Skip("BRIEFING_LIGHTHOUSE names no program: not tested")
	}
	b := build(t)
	base := hosted(t, "nginx", b.save(t))
	long, _ := b.samples()
	slices.Sort(long)
	for _, address := range long {
		if address == "/404.html" {
			continue // what it is for is not to be found
		}
		t.Run(strings.ReplaceAll(address, "/", "_"), func(t *testing.T) {
			r := lighthouse(t, program, base+address)
			t.Log(r.speed())
			for _, category := range gated {
				if score := r.Categories[category].Score; score < 1 {
					t.Errorf("%s %.0f:\n\t%s", category, 100*score, strings.Join(r.faults(category), "\n\t"))
				}
			}
		})
	}
}
