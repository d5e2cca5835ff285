package feedlint

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// A sample is an edit of a good file, and what is found in it then.
type sample struct {
	code     diag.Code
	old, new string
	want     string
}

// sampleFiles are those in testdata, each with a good file first.
func sampleFiles(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	found := map[string]*txtar.Archive{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = archive
	}
	return found
}

// good returns the first file of an archive, with the ends of lines that its format has.
func good(archive *txtar.Archive) (name, text string) {
	name, text = archive.Files[0].Name, string(archive.Files[0].Data)
	if path.Ext(name) == ".ics" {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return name, text
}

// parts splits a case. What stands between quotation marks is written as in Go.
func parts(t *testing.T, f txtar.File) sample {
	t.Helper()
	code, _, _ := strings.Cut(f.Name, ":")
	list := strings.SplitN(string(f.Data), "=>\n", 3)
	if len(list) != 3 {
		t.Fatalf("%s has %d parts", f.Name, len(list))
	}
	s := sample{code: diag.Code(code), old: strings.TrimSuffix(list[0], "\n"), new: strings.TrimSuffix(list[1], "\n"), want: list[2]}
	for _, p := range []*string{&s.old, &s.new} {
		if text, err := strconv.Unquote(*p); err == nil {
			*p = text
		}
	}
	return s
}

// told returns what is found in a file, a line each.
func told(name, text string) string {
	var b strings.Builder
	for _, p := range Check(name, []byte(text)) {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

func TestAGoodFileBreaksNoRule(t *testing.T) {
	for archive, files := range sampleFiles(t) {
		if got := told(good(files)); got != "" {
			t.Errorf("%s:\n%s", archive, got)
		}
	}
}

// Each rule is broken on purpose. Where a mistake breaks more than one, the case says so.
func TestEachRuleFindsWhatBreaksIt(t *testing.T) {
	for archiveName, archive := range sampleFiles(t) {
		name, text := good(archive)
		for i, f := range archive.Files[1:] {
			s := parts(t, f)
			if !strings.Contains(text, s.old) {
				t.Errorf("%s: %s: the good file has no %q", archiveName, f.Name, s.old)
				continue
			}
			got := told(name, strings.Replace(text, s.old, s.new, 1))
			if !strings.Contains(got, ": "+string(s.code)+": ") {
				t.Errorf("%s: %s is not found but\n%s", archiveName, f.Name, got)
			}
			if got != s.want && !*update {
				t.Errorf("%s: %s: found\n%swant\n%s", archiveName, f.Name, got, s.want)
			}
			at := strings.LastIndex(string(f.Data), "=>\n") + len("=>\n")
			archive.Files[i+1].Data = []byte(string(f.Data[:at]) + got)
		}
		if *update {
			if err := os.WriteFile(archiveName, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Rules about size cannot be shown in a sample that anyone would read.
func TestLimits(t *testing.T) {
	archive := sampleFiles(t)["testdata/rss.txtar"]
	name, text := good(archive)
	first, rest, _ := strings.Cut(text, "    <item>\n      <title>Boats")
	second := rest[strings.Index(rest, "    <item>"):strings.Index(rest, "  </channel>")]
	var many strings.Builder
	for i := range 51 {
		at := fmt.Sprintf("09:%02d:%02d", i/60, i%60)
		many.WriteString(strings.NewReplacer("ships", fmt.Sprint("ships-", 60-i), "Mon, 02 Nov 2026 09:00:00", "Mon, 02 Nov 2026 "+strings.Replace(at, "09:", "0"+fmt.Sprint(9-i/10)+":", 1),
			"2026-11-02T09:00:00Z", fmt.Sprintf("2026-11-10T09:00:%02dZ", i)).Replace(second))
	}
	for _, c := range []struct {
		code diag.Code
		name string
		text string
	}{
		{"feed-items", name, first + many.String() + "  </channel></rss>"},
		{"feed-large", name, strings.Replace(text, "More.", strings.Repeat("More. ", pollLimit/6+1), 1)},
		{"feed-limit", name, strings.Replace(text, "More.", strings.Repeat(" ", sizeLimit), 1)},
		{"feed-limit", "deep.xml", "<rss>" + strings.Repeat("<channel>", depthLimit)},
		{"feed-limit", "feed.json", strings.Repeat("[", depthLimit+1)},
		{"feed-limit", "deep.ics", strings.Repeat("BEGIN:VCALENDAR\r\n", depthLimit+1)},
		{"feed-limit", "wide.opml", "<opml" + attributes(attributesLimit+1) + "></opml>"},
		{"ical-empty", "empty.ics", emptyCalendar},
	} {
		list := Check(c.name, []byte(c.text))
		if !slices.ContainsFunc(list, func(p diag.Problem) bool { return p.Code == c.code }) {
			t.Errorf("%s is not found in %s but %v", c.code, c.name, list)
		}
	}
}

// emptyCalendar lacks nothing but an event.
const emptyCalendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nEND:VCALENDAR\r\n"

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=\"\"", i)
	}
	return b.String()
}

// The list of the rules is what the package promises: each has a code of its own, says what it means, where it is written and what to do,
// and is broken by a sample.
func TestTheListOfRulesIsComplete(t *testing.T) {
	broken := map[diag.Code]bool{"feed-limit": true, "feed-large": true, "feed-items": true, "ical-empty": true} // TestLimits
	for _, archive := range sampleFiles(t) {
		for _, f := range archive.Files[1:] {
			broken[parts(t, f).code] = true
		}
	}
	seen := map[diag.Code]bool{}
	for _, r := range Rules() {
		if seen[r.Code] {
			t.Errorf("%s is listed twice", r.Code)
		}
		seen[r.Code] = true
		if r.Means == "" || r.Spec == "" || r.Hint == "" || r.find == nil {
			t.Errorf("%s lacks its meaning, its source, its remedy or its function", r.Code)
		}
		if !broken[r.Code] {
			t.Errorf("no sample breaks %s", r.Code)
		}
	}
	for code := range broken {
		if !seen[code] {
			t.Errorf("a sample breaks %s, which is no rule", code)
		}
	}
}

func TestOnlyFeedsAreKnown(t *testing.T) {
	for name, want := range map[string]bool{"feed.xml": true, "atom.xml": true, "feed.json": true, "feeds.opml": true, "calendar.ics": true} {
		var text string
		for _, archive := range sampleFiles(t) {
			if n, good := good(archive); n == name {
				text = good
			}
		}
		if Known(name, []byte(text)) != want {
			t.Errorf("%s: known %v", name, !want)
		}
	}
	for name, text := range map[string]string{
		"sitemap.xml": `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`,
		"data.json":   `{"items": []}`, "index.html": "<!doctype html>", "robots.txt": "",
	} {
		if Known(name, []byte(text)) || len(Check(name, []byte(text))) > 0 {
			t.Errorf("%s is known", name)
		}
	}
}

// A place is where an editor's cursor would stand: columns count characters.
func TestPlacesCountCharacters(t *testing.T) {
	d := doc{data: []byte("a\nŠè🎉x\n")}
	if m := d.mark(bytes.IndexByte(d.data, 'x')); m.Line != 2 || m.Col != 4 {
		t.Errorf("%+v", m)
	}
}

// Whatever the bytes, the check ends, says the same twice, and names places within the file.
func FuzzCheck(f *testing.F) {
	names := []string{"feed.xml", "atom.xml", "feed.json", "feeds.opml", "calendar.ics"}
	for _, name := range []string{"testdata/rss.txtar", "testdata/atom.txtar", "testdata/jsonfeed.txtar", "testdata/opml.txtar", "testdata/ical.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, text := good(archive)
		for i := range names {
			f.Add(uint8(i), []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, data []byte) {
		name := names[int(n)%len(names)]
		list := Check(name, data)
		if again := Check(name, data); !slices.Equal(list, again) {
			t.Errorf("%v and then %v", list, again)
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, p := range list {
			if int(p.Line) > lines || p.Line < 1 || p.Col < 1 {
				t.Errorf("%s lies outside of %d lines", p, lines)
			}
		}
	})
}
