package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A readerSet runs programs that others wrote, npm packages all, on what the site puts out. The scripts that call them lie in
// testdata/readers; each is given its arguments, and prints what is wrong, one finding a line.
type readerSet struct {
	t   *testing.T
	dir string // holds the scripts beside node_modules, where Node looks for packages
}

// readers returns the programs that BRIEFING_READERS leads to.
func readers(t *testing.T) readerSet {
	t.Helper()
	modules, err := filepath.Abs(tool(t, "BRIEFING_READERS", "the folder of npm packages that read data"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "Node")
	}
	r := readerSet{t, t.TempDir()}
	if err := os.CopyFS(r.dir, os.DirFS("testdata/readers")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(r.dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	return r
}

// run returns what a script finds.
func (r readerSet) run(script string, args ...string) []string {
	r.t.Helper()
	out, err := exec.CommandContext(r.t.Context(), "node", append([]string{filepath.Join(r.dir, script)}, args...)...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		r.t.Fatalf("%s: %v: %s", script, err, exit.Stderr)
	} else if err != nil {
		r.t.Fatal(err)
	}
	return strings.FieldsFunc(string(out), func(c rune) bool { return c == '\n' })
}

// check reports what a script finds.
func (r readerSet) check(script string, args ...string) {
	r.t.Helper()
	for _, finding := range r.run(script, args...) {
		r.t.Error(finding)
	}
}

// damage changes a file of a saved site.
func damage(t *testing.T, dir, name, old, replacement string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	text, err := os.ReadFile(full)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), old, replacement, 1)
	if changed == string(text) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(full, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLibrariesReadTheSources(t *testing.T) {
	readers(t).check("citations.mjs", build(t).save(t))
}

func TestLibrariesReadWhatPagesSayOfThemselves(t *testing.T) {
	readers(t).check("pages.mjs", build(t).save(t))
}

func TestLibrariesReadTheTables(t *testing.T) {
	readers(t).check("package.mjs", build(t).save(t))
}

// Wherever a subscriber lives, an event that lasts all day falls on its own day.
func TestCalendarsHaveEventsOnTheRightDay(t *testing.T) {
	r, dir := readers(t), build(t).save(t)
	for _, zone := range []string{"Europe/Kyiv", "America/New_York", "Pacific/Kiritimati"} {
		t.Setenv("TZ", zone)
		r.check("calendars.mjs", dir)
	}
}

// Whatever a reader is built on, it takes the same from a feed in each format, and all that is there.
func TestFeedReadersReadEveryFeed(t *testing.T) {
	readers(t).check("feeds.mjs", build(t).save(t))
}

// What a reader does not mind must not pass for proof that nothing is wrong.
func TestReadersFindFaults(t *testing.T) {
	r, dir := readers(t), build(t).save(t)
	const event, pledges = "events/udcg-28/index.html", "data/pledges.csv"
	damage(t, dir, "data/sources.bib", "title = {{", "title = {{X")
	damage(t, dir, "data/sources.ris", "TI  - ", "TI  - X")
	damage(t, dir, event, "TI%20%20-%20", "TI%20%20-%20X")
	damage(t, dir, event, `"@context":"https://schema.org"`, `"@context":"https://example.org"`)
	damage(t, dir, pledges, "\r\n", "\r\n=1+1,")
	damage(t, dir, "data/steps.csv", "\r\nair-defence-coalition-2023,", "\r\nno-such-pledge,")
	damage(t, dir, "atom.xml", "<entry>", "<entry><title>X</title>")
	damage(t, dir, "feed.json", `"summary":"`, `"summary":"X`)
	damage(t, dir, "feeds.opml", "/feed.xml", "/feed2.xml")
	damage(t, dir, "calendar.ics", "DTEND;VALUE=DATE:2", "DTEND;VALUE=DATE:3")
	for script, want := range map[string][]string{
		"citations.mjs": {"sources.bib: ", "sources.ris: "},
		"pages.mjs":     {event + ": udcg-28.ris: title is X", event + ": its JSON-LD: "},
		"calendars.mjs": {"calendar.ics, ical.js: ", "calendar.ics, node-ical: "},
		"feeds.mjs":     {"atom.xml, ", "feed.xml, feedsmith: ", "feeds.opml does not list /feed.xml"},
		"package.mjs":   {"pledges: ", "steps: ", "pledges.csv: A2 is a formula"},
	} {
		found := "\n" + strings.Join(r.run(script, dir), "\n")
		for _, finding := range want {
			if !strings.Contains(found, "\n"+finding) {
				t.Errorf("%s does not find %q:%s", script, finding, found)
			}
		}
	}
}
