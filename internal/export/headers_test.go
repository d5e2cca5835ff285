package export_test

import (
	"bytes"
	"strings"
	"testing"

	"briefing/internal/export"
)

// rules returns what the headers file says of an address, as hosts read it: of each header all that the rules that fit say of it.
func rules(t *testing.T, address string) map[string][]string {
	t.Helper()
	var b bytes.Buffer
	if err := export.HeadersFile(&b); err != nil {
		t.Fatal(err)
	}
	found, fits := map[string][]string{}, false
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, " ") {
			before, after, splat := strings.Cut(line, "*")
			fits = address == line || splat && strings.HasPrefix(address, before) && strings.HasSuffix(address[len(before):], after)
			continue
		}
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && fits {
			found[name] = append(found[name], value)
		}
	}
	return found
}

func TestEachFileIsServedAsItsType(t *testing.T) {
	const hour, ever = "public, max-age=3600", "public, max-age=31536000, immutable"
	for path, want := range map[string][2]string{
		"index.html":                    {"text/html; charset=utf-8", ""},
		"404.html":                      {"text/html; charset=utf-8", ""},
		"feed.xml":                      {"application/xml; charset=utf-8", hour},
		"actors/body/atom.xml":          {"application/xml; charset=utf-8", hour},
		"feed.json":                     {"application/feed+json", hour},
		"actors/body/feed.json":         {"application/feed+json", hour},
		"data/events.json":              {"application/json", hour},
		"data/myfeed.json":              {"application/json", hour},
		"data/events.csv":               {"text/csv; charset=utf-8", hour},
		"talks/calendar.ics":            {"text/calendar; charset=utf-8", hour},
		"feeds.opml":                    {"text/x-opml; charset=utf-8", hour},
		"robots.txt":                    {"text/plain; charset=utf-8", ""},
		"assets/site.0123456789.css":    {"text/css; charset=utf-8", ever},
		"assets/favicon.0123456789.svg": {"image/svg+xml", ever},
		"assets/note.0123456789.bin":    {"application/octet-stream", ever},
	} {
		told := rules(t, "/"+path)
		got := map[string]string{}
		for _, h := range export.Headers(path) {
			if got[h.Name] != "" {
				t.Errorf("%s: %s twice", path, h.Name)
			}
			got[h.Name] = h.Value
			// A type that every host knows need not be told.
			if said := told[h.Name]; len(said) > 1 || len(said) == 1 && said[0] != h.Value || said == nil && h.Name != "Content-Type" {
				t.Errorf("%s: _headers says %s: %q, want %q", path, h.Name, said, h.Value)
			}
			delete(told, h.Name)
		}
		if got["Content-Type"] != want[0] || got["Cache-Control"] != want[1] {
			t.Errorf("%s: %q and %q, want %q", path, got["Content-Type"], got["Cache-Control"], want)
		}
		if len(told) > 0 {
			t.Errorf("%s: _headers says %v too", path, told)
		}
	}
}

// Hosts take text/xml, text/plain or no charset for these, and readers then see broken letters.
func TestHostsAreToldTheTypesThatTheyDoNotKnow(t *testing.T) {
	for _, address := range []string{"/feed.xml", "/a/b/atom.xml", "/feed.json", "/a/feed.json", "/calendar.ics", "/data/events.csv", "/feeds.opml"} {
		if said := rules(t, address)["Content-Type"]; len(said) != 1 {
			t.Errorf("%s: %q", address, said)
		}
	}
}

func TestThePolicyLetsInNothingFromElsewhere(t *testing.T) {
	for _, h := range export.Headers("index.html") {
		if h.Name != "Content-Security-Policy" {
			continue
		}
		mustHold(t, h.Value, "default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'")
		for _, loose := range []string{"unsafe", "http", "*", "data:"} {
			if strings.Contains(h.Value, loose) {
				t.Errorf("the policy has %s: %s", loose, h.Value)
			}
		}
		return
	}
	t.Error("no policy")
}
