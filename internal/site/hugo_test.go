//go:build linux

package site

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"briefing/static"
)

// The flags of TestBesideHugo.
var (
	hugoProgram = flag.String("hugo", "", "build the synthetic site with this program too, and compare")
	hugoRounds  = flag.Int("hugo-rounds", 1, "how many times each builds it")
)

// TestBesideHugo builds the synthetic site with this program and with Hugo, in turn and on the same machine, and tells what each took, and
// what [TestFloor] does. The
// layouts for Hugo, in testdata/hugo, print the lists of our pages. They make no pictures, data, records, feeds of actors, calendars, search
// index or structured data, all of which our site has. TMPDIR says where it all lies; a disk in memory shows the programs alone.
func TestBesideHugo(t *testing.T) {
	if *hugoProgram == "" {
		t.Skip("no -hugo")
	}
	dir := t.TempDir()
	ours := filepath.Join(dir, "briefing")
	if out, err := exec.Command("go", "build", "-o", ours, "briefing/cmd/briefing").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source, peer, out := filepath.Join(dir, "source"), filepath.Join(dir, "hugo"), filepath.Join(dir, "out", "public")
	writeSites(t, source, peer)
	// The peak of a program that is started is not below its parent's, which is set to what the parent takes now.
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200); err != nil {
		t.Fatal(err)
	}
	finished := filepath.Join(dir, "finished")
	for range *hugoRounds {
		a := measured(t, out, ours, "build", "--quiet", "--site", source, "--out", out)
		if err := os.Rename(out, finished); err != nil {
			t.Fatal(err)
		}
		least := measured(t, out, os.Args[0], "-test.run=^TestFloor$", "-floor", source+":"+finished+":"+out)
		if err := os.RemoveAll(finished); err != nil {
			t.Fatal(err)
		}
		b := measured(t, out, *hugoProgram, "--source", peer, "--destination", out, "--noBuildLock", "--quiet")
		t.Logf("%d entries\nbriefing %v\nHugo     %v\nfloor    %v\nratio    %.2f of Hugo's processor time, %.2f of its memory; %.2f times the floor's processor time",
			*corpusSize, a, b, least, a.cpu.Seconds()/b.cpu.Seconds(), float64(a.peak)/float64(b.peak), a.cpu.Seconds()/least.cpu.Seconds())
	}
}

// writeSites writes the synthetic site to a folder, and as a site of Hugo's to another.
func writeSites(t *testing.T, source, peer string) {
	t.Helper()
	corpus := newCorpus(*corpusSize)
	for folder, files := range map[string]fs.FS{source: corpus, peer: hugoSite(t, corpus)} {
		if err := os.CopyFS(folder, files); err != nil {
			t.Fatal(err)
		}
	}
}

// A tally is what a build took and what it made. Its peak is in bytes.
type tally struct {
	cpu, wall          time.Duration
	peak, files, bytes int64
}

// String returns the tally in the units of a table.
func (e tally) String() string {
	return fmt.Sprintf("%.2f s of processor time, %.2f s in all, peak %d MB, %d files, %d MB",
		e.cpu.Seconds(), e.wall.Seconds(), e.peak/1e6, e.files, e.bytes/1e6)
}

// measured runs a program that fills an output folder, which it finds empty and without anything remembered beside it.
func measured(t *testing.T, out, program string, args ...string) tally {
	t.Helper()
	if err := os.RemoveAll(filepath.Dir(out)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd, start := exec.CommandContext(t.Context(), program, args...), time.Now()
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	c := tally{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(start)}
	c.peak = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	sizes, _ := files(t, out)
	c.files = int64(len(sizes))
	for _, size := range sizes {
		c.bytes += size
	}
	return c
}

// What stands in the corpus, and means something else to Hugo or nothing.
var (
	corpusID  = regexp.MustCompile(`\b(actor|event|pledge|brief|source)-(\d+)`)
	corpusKey = regexp.MustCompile(`^(\w+):(.*)$`)
	announced = regexp.MustCompile(`date: ([\d-]+)`)
	reference = regexp.MustCompile(`\[\[([a-z]+)-(\d+)\]\]`)
	cited     = regexp.MustCompile(`\[@source-(\d+)\]`)
	hugoKeys  = map[string]string{"summary": "description", "published": "publishDate", "kind": "sort", "type": "medium", "language": "tongue"}
)

// hugoSite returns a corpus as a site of Hugo's.
func hugoSite(t *testing.T, corpus fstest.MapFS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{"assets/site.css": {}, "assets/favicon.svg": {}}
	put := func(name, text string) { files["content/"+name] = &fstest.MapFile{Data: []byte(text)} }
	months := map[string]bool{}
	for name, f := range corpus {
		folder, file := path.Split(strings.TrimPrefix(name, "content/"))
		switch text, date := hugoEntry(folder, string(f.Data)); folder {
		case "":
		case "series/":
			put(file, text)
		case "events/":
			months[date[:len("2025-06")]] = true
			fallthrough
		default:
			put(folder+file, text)
		}
	}
	hugoIndexes(put, slices.Sorted(maps.Keys(months)))
	copyTree(t, files, os.DirFS("testdata/hugo"))
	for name, all := range map[string]string{"assets/site.css": "css/*.css css/components/*.css", "assets/favicon.svg": "favicon.svg"} {
		for pattern := range strings.FieldsSeq(all) {
			found, _ := fs.Glob(static.Files, pattern) // the patterns are right
			for _, file := range found {
				data, err := fs.ReadFile(static.Files, file)
				if err != nil {
					t.Fatal(err)
				}
				files[name].Data = append(files[name].Data, data...)
			}
		}
	}
	return files
}

// hugoEntry returns an entry of the corpus as a page of Hugo's, whose ids are paths, and its date.
func hugoEntry(folder, text string) (string, string) {
	_, text, _ = strings.Cut(text, "---\n")
	head, body, _ := strings.Cut(text, "---\n")
	var out strings.Builder
	date, published := "", ""
	for line := range strings.Lines(head) {
		m := corpusKey.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			out.WriteString(corpusID.ReplaceAllString(line, "/${1}s/$1-$2"))
			continue
		}
		key, value := m[1], m[2]
		switch key {
		case "published":
			published = strings.TrimSpace(value)
		case "date":
			date = strings.TrimSpace(value)
		case "announced":
			date = announced.FindStringSubmatch(value)[1]
		}
		if key != "title" && key != "summary" {
			value = corpusID.ReplaceAllString(value, "/${1}s/$1-$2")
		}
		if other := hugoKeys[key]; other != "" {
			key = other
		}
		fmt.Fprintf(&out, "%s:%s\n", key, value)
	}
	if folder != "events/" {
		if date == "" && published != "" {
			date = published[:len(time.DateOnly)]
		}
		fmt.Fprintf(&out, "date: %s\n", date)
	}
	if folder == "series/" {
		out.WriteString("type: series\n")
	}
	body = cited.ReplaceAllString(reference.ReplaceAllString(body, "[](/${1}s/$1-$2)"), "[@](/sources/source-$1)")
	return "---\n" + out.String() + "---\n" + body, date
}

// hugoIndexes puts the pages that are no entries, for events in some months.
func hugoIndexes(put func(name, text string), months []string) {
	index := func(name, title, more string) {
		put(name, fmt.Sprintf("---\ntitle: %q\ndescription: What stands under this title, in one sentence.\n%s---\n", title, more))
	}
	index("_index.md", "Corpus", "")
	for _, section := range []string{"Actors", "Events", "Pledges", "Briefs", "Sources", "Figures", "Timeline"} {
		index(strings.ToLower(section)+"/_index.md", section, "")
	}
	index("pledges/sum/_index.md", "How the totals are made", "layout: sum\n")
	index("updates.md", "Updates", "layout: updates\n")
	index("corrections.md", "Corrections", "layout: corrections\n")
	for _, m := range months {
		first, _ := time.Parse("2006-01", m) // the corpus has no other
		year, name := first.Format("2006"), first.Format("January 2006")
		index(fmt.Sprintf("timeline/%s/_index.md", year), "Timeline of "+year, fmt.Sprintf("layout: year\nspan: %s\nname: %q\n", year, year))
		index(fmt.Sprintf("timeline/%s/_index.md", first.Format("2006/01")), "Timeline: "+name,
			fmt.Sprintf("layout: month\nspan: %s\nname: %s\nfirst: %s-01\n", first.Format("2006/01"), name, m))
	}
}

// copyTree adds the files of a tree to others.
func copyTree(t *testing.T, files fstest.MapFS, tree fs.FS) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
