package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/internal/data"
	"briefing/internal/output"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
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

// The recipe of the data page does what it says.
func TestTheRecipeForSQLiteWorks(t *testing.T) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		missing(t, "sqlite3")
	}
	b := build(t)
	command := exec.CommandContext(t.Context(), "sh", "-c", data.SQLite)
	command.Dir = filepath.Join(b.save(t), data.Folder)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := bytes.Count(b.tree["data/steps.json"], []byte(`"stage":"delivered"`))
	if got := bytes.Count(out, []byte("\n")); got != want || want == 0 {
		t.Errorf("%d rows, want %d:\n%s", got, want, out)
	}
}

// Rows of tables that are split find each other across the files.
func TestLibrariesReadTablesThatAreSplit(t *testing.T) {
	r := readers(t)
	files := fstest.MapFS{
		site.ConfigFile:               {Data: []byte("title: Large\ndescription: Many rows.\nbase_url: https://large.example\n")},
		"content/actors/giver.md":     {Data: []byte(head("kind: state\ncode: NL"))},
		"content/sources/document.md": {Data: []byte(head("type: report\npublisher: P\nissued: 2025"))},
	}
	for i := range data.MaxRows + 1 {
		day := fmt.Sprintf("%d-01-01", 2020+i%3)
		files[fmt.Sprintf("content/events/e-%d.md", i)] = &fstest.MapFile{Data: []byte(head("kind: talks\nsources: [document]\ndate: " + day))}
		files[fmt.Sprintf("content/pledges/p-%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, head(
			"donors: [giver]\nrecipient: giver\nannounced: {date: %s, event: e-%d}\ncategory: military\nsteps: [{stage: announced, date: %[1]s, source: document}]\nas_of: %[1]s"), day, i)}
	}
	s, problems, err := site.Load(t.Context(), site.Source{Files: files, Templates: templates.Files, Static: static.Files}, nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems[:min(len(problems), 3)])
	}
	var promised output.List
	for _, f := range output.All(s.Files()) {
		if strings.HasPrefix(f.Path, data.Folder) && path.Ext(f.Path) != ".html" {
			promised = append(promised, f)
		}
	}
	tables := built{tree: written(t, promised)}
	if tables.tree["data/pledges-2022.csv"] == nil || tables.tree["data/events-2020.csv"] == nil || tables.tree["data/steps.csv"] != nil {
		t.Error("the tables are not split")
	}
	r.check("package.mjs", tables.save(t))
}

// head returns a file with the given keys beside those that each entry has.
func head(keys string) string {
	return "---\ntitle: T\nsummary: S.\npublished: 2026-01-01T00:00:00Z\n" + keys + "\n---\n"
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
