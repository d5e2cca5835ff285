package site

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/dossier"
	"briefing/internal/output"
	"briefing/static"
	"briefing/templates"
)

var (
	editCount = flag.Int("edits", 25, "how many edits an incremental build is compared after")
	editSeed  = flag.Uint64("edit-seed", 1, "which edits these are")
)

// A desk is a site that is edited and built, again and again, as an editor does it.
type desk struct {
	t      *testing.T
	random *rand.Rand
	folder string
	src    Source
	now    time.Time
	last   time.Time // of what was remembered
	built  int

	content, templates, static fstest.MapFS
}

// newDesk returns the site that briefing init makes.
func newDesk(t *testing.T, seed uint64) *desk {
	archive, err := txtar.ParseFile("../cli/starter.txtar")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, random: rand.New(rand.NewPCG(seed, seed)), folder: t.TempDir(), now: time.Unix(1e9, 0), content: fstest.MapFS{}}
	for _, f := range archive.Files {
		d.content[f.Name] = &fstest.MapFile{Data: f.Data, ModTime: d.now}
	}
	d.templates, d.static = inMemory(t, templates.Files, "."), inMemory(t, static.Files, ".")
	d.src = Source{Program: "program"}
	return d
}

// inMemory returns a copy of all files in a folder.
func inMemory(t *testing.T, files fs.FS, folder string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(files, folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		m[name] = &fstest.MapFile{Data: data, ModTime: time.Unix(1e9, 0)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// set writes a file.
func (d *desk) set(files fstest.MapFS, name, text string) {
	files[name] = &fstest.MapFile{Data: []byte(text), ModTime: d.now}
}

// entry returns the name of some entry.
func (d *desk) entry() string {
	var names []string
	for name := range d.content {
		if strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[d.random.IntN(len(names))]
}

// change replaces the first line that begins with a text in a file.
func (d *desk) change(files fstest.MapFS, name, begins, by string) {
	lines := strings.SplitAfter(string(files[name].Data), "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, begins) })
	if i >= 0 {
		lines[i] = by + "\n"
	}
	d.set(files, name, strings.Join(lines, ""))
}

// edits are what an editor may do, and what may happen to a folder.
var edits = []struct {
	name string
	do   func(d *desk)
}{
	{"body", func(d *desk) {
		name := d.entry()
		d.set(d.content, name, fmt.Sprintf("%s\n\nMore %d of AB%[2]d.\n", d.content[name].Data, d.random.IntN(3)))
	}},
	{"title", func(d *desk) {
		d.change(d.content, d.entry(), "title:", fmt.Sprintf("title: Title %d", d.random.IntN(1e6)))
	}},
	{"summary", func(d *desk) {
		d.change(d.content, d.entry(), "summary:", fmt.Sprintf("summary: Summary %d.", d.random.IntN(1e6)))
	}},
	{"amount", func(d *desk) {
		d.change(d.content, d.entry(), "amount:", fmt.Sprintf("amount: {value: %d, currency: EUR}", 1+d.random.IntN(1e6)))
	}},
	{"broken", func(d *desk) { d.change(d.content, d.entry(), "published:", "published: [") }},
	{"removed", func(d *desk) { delete(d.content, d.entry()) }},
	{"renamed", func(d *desk) {
		name := d.entry()
		d.set(d.content, strings.TrimSuffix(name, ".md")+"-x.md", string(d.content[name].Data))
		delete(d.content, name)
	}},
	{"copied", func(d *desk) {
		name := d.entry()
		d.set(d.content, fmt.Sprintf("%s-%d.md", strings.TrimSuffix(name, ".md"), d.random.IntN(1e6)), string(d.content[name].Data))
	}},
	{"quoted", func(d *desk) {
		name := d.entry()
		d.set(d.content, name, fmt.Sprintf("%s\n> Words %d.\n> — [[avel]], [@treaty-2025]\n", d.content[name].Data, d.random.IntN(1e6)))
	}},
	{"defined", func(d *desk) {
		const name = "content/pages/about.md"
		if f := d.content[name]; f != nil {
			d.set(d.content, name, fmt.Sprintf("%s\nAB%d\n: Words.\n", f.Data, d.random.IntN(3)))
		}
	}},
	{"site", func(d *desk) {
		d.change(d.content, ConfigFile, "description:", fmt.Sprintf("description: Site %d.", d.random.IntN(1e6)))
	}},
	{"template", func(d *desk) {
		d.set(d.templates, "404.html", strings.Replace(string(d.templates["404.html"].Data), "<p", "<p lang=\"en\"", 1))
	}},
	{"style", func(d *desk) {
		d.set(d.static, "css/base.css", string(d.static["css/base.css"].Data)+fmt.Sprintf("\n.x%d { color: red }\n", d.random.IntN(1e6)))
	}},
	{"drafts", func(d *desk) { d.src.Drafts = !d.src.Drafts }},
	{"base URL", func(d *desk) { d.src.BaseURL = fmt.Sprintf("https://%d.example.org", d.random.IntN(3)) }},
	{"as of", func(d *desk) {
		d.src.AsOf = dossier.Moment{}
		if d.random.IntN(2) == 0 {
			d.src.AsOf.Time = time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)
		}
	}},
	{"program", func(d *desk) { d.src.Program = fmt.Sprint("program ", d.random.IntN(3)) }},
	{"nothing", func(*desk) {}},
	{"the same size and time", func(d *desk) {
		name := d.entry()
		f := d.content[name]
		if output.Settled(f.ModTime, d.last) {
			return // such an edit leaves no trace, but on a file system that tells of the change itself
		}
		d.content[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), " the ", " The ", 1)), ModTime: f.ModTime}
	}},
	{"state lost", func(d *desk) {
		list, _ := filepath.Glob(filepath.Join(d.folder, ".briefing/public/*"))
		if len(list) > 0 {
			os.RemoveAll(list[d.random.IntN(len(list))])
		}
	}},
	{"all state lost", func(d *desk) { os.RemoveAll(filepath.Join(d.folder, ".briefing")) }},
	{"output edited", func(d *desk) {
		list, _ := filepath.Glob(filepath.Join(d.folder, "public/*/*/index.html"))
		if _, err := os.Stat(filepath.Join(d.folder, ".briefing/public/manifest")); err == nil && len(list) > 0 {
			os.WriteFile(list[d.random.IntN(len(list))], []byte("edited"), 0o644)
		}
	}},
}

// build builds the site as the command does. It reports whether there were no errors.
func (d *desk) build() bool {
	d.src.Files, d.src.Templates, d.src.Static = d.content, d.templates, d.static
	dir := output.Dir{Path: filepath.Join(d.folder, "public")}
	state, err := dir.StateFolder()
	if err != nil {
		d.t.Fatal(err)
	}
	m := OpenMemory(state, d.src.Program)
	defer m.Close()
	if dir.From, _, err = m.From(d.t.Context(), d.src); err != nil {
		d.t.Fatal(err)
	}
	_, stands, err := dir.Stands(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	if !stands {
		s, problems, err := Load(d.t.Context(), d.src, m.Site())
		if err != nil || problems.Errors() > 0 {
			return false
		}
		dir.From = s.From()
		if _, err := dir.Commit(d.t.Context(), s.Files()); err != nil {
			d.t.Fatal(err)
		}
		if err := m.Keep(s, d.now); err != nil {
			d.t.Fatal(err)
		}
		d.last = d.now
	}
	d.compare(dir)
	return true
}

// compare compares what was built with what a site makes that knows nothing of any before it.
func (d *desk) compare(dir output.Dir) {
	src := d.src
	src.Program = ""
	s, _, err := Load(d.t.Context(), src, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	differ, err := dir.Compare(d.t.Context(), s.Files())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range differ {
		d.t.Errorf("%s %s", f.Path, f.What)
	}
	d.built++
}

func TestAnIncrementalBuildEqualsAFullOne(t *testing.T) {
	d := newDesk(t, *editSeed)
	if !d.build() {
		t.Fatal("the site has errors")
	}
	whole := maps.Clone(d.content)
	for n := range *editCount {
		e := edits[d.random.IntN(len(edits))]
		// Edits may come within one tick of the clock by which files are stamped.
		d.now = d.now.Add(time.Duration(d.random.IntN(3)) * time.Second)
		e.do(d)
		switch ok := d.build(); {
		case ok:
			whole = maps.Clone(d.content)
		case d.random.IntN(3) > 0: // else the errors stay for a while
			d.content = maps.Clone(whole)
			d.src.AsOf, d.src.Drafts = dossier.Moment{}, false
		}
		if t.Failed() {
			t.Fatalf("after edit %d, %s", n, e.name)
		}
	}
	if d.built < *editCount/3 {
		t.Errorf("%d edits made only %d sites without errors", *editCount, d.built)
	}
}
