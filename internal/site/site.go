// Package site is the one path from files to output, whole or in part.
//
// [Load] reads a folder of content, links it and plans its pages. What it returns is a [Site], which never changes: after an edit
// Load makes a new one, and takes from the one before it every entry whose file is the same. Problems of all stages come back in one
// list, graded as the site's own file says; a Site with errors can still be looked at, but must not be published.
//
// A Site's output is a list of promises: [Site.Files] gives all of them, for a build, and [Site.File] the one at an address, for a
// preview. Nothing is rendered before a promise is kept.
//
//	site.go     from a folder to a site
//	inputs.go   what a site is made from: which files there are, and which are as they were
//	folders.go  files that are read by way of their folders
//	input.go    what two sites have in common, and so need not be made twice
//	memory.go   the entries of the last build, kept for the next
//	prose.go    texts that take no memory; and an edit of words alone, which links nothing anew
//	shelf.go    the file in which they lie
//	body.go     texts as bytes
//	promise.go  the output: pages, assets, pictures, feeds and the index of the search
//	record.go   the output beside each entry's page: its record and its file
//	media.go    the images of entries
//	keys.go     by what a build knows that a file of the output is the same as before
//	lock.go     what feeds have carried, which must not change
//	paths.go    links of prose to addresses at which nothing stands
//	style.go    the house style, for a check
//	fault.go    mistakes of templates, told as problems
//	about.go    what an editor may want to know of a page, for a preview
//
// Work is spread over all cores here and in package output alone; what comes of it never depends on which part ends first.
package site

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"briefing/internal/content"
	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/output"
	"briefing/internal/pack"
	"briefing/internal/page"
	"briefing/internal/theme"
)

// ContentFolder is where a site's entries lie.
const ContentFolder = "content"

// ConfigFile is the site's own file.
const ConfigFile = ContentFolder + "/site.yaml"

// RatesFile is where a site's exchange rates are; it need not have any.
const RatesFile = ContentFolder + "/rates.csv"

// A Source is what a site is made from. Everything is read through an fs.FS.
type Source struct {
	// the site's folder, with content/ in it
	Files fs.FS
	// the site's own over the built-in ones
	Templates fs.FS
	// likewise
	Static fs.FS
	// replaces the one of site.yaml; may be empty
	BaseURL string
	// include drafts
	Drafts bool
	// the moment of the record that is shown; zero for all of it
	AsOf dossier.Moment
	// a digest of the program that makes the site; files have keys only where it is known
	Program string
	// a folder for a file in which the texts of entries lie, for a site that takes little memory; empty for entries that hold theirs. An edit
	// of words alone then takes little time. A site of the past is never lean
	Lean string
	// is told, where it is not nil, of each stage of a Load as it begins, and of each file that was read
	Watch Watcher
}

// A Watcher is told how far work is. It may be called from any number of goroutines.
type Watcher interface {
	// Enter begins a stage, named by what is being done: “linking”.
	Enter(stage string)
	// Step says that one more of so many things of the stage is done.
	Step(total int)
}

// nobody watches.
type nobody struct{}

// Whoever works need not ask whether anybody watches.
func (nobody) Enter(string) {}
func (nobody) Step(int)     {}

// watch returns who is told how far a Load is.
func (src Source) watch() Watcher {
	if src.Watch == nil {
		return nobody{}
	}
	return src.Watch
}

// A Site is a linked and planned site.
type Site struct {
	Graph *graph.Graph
	Pages []page.Page

	// files that this Load parsed; the others were taken from the site before
	Parsed int

	// files are all content files, in the order of their names. The lock is what feeds have carried already.
	files []file
	lock  lock
	// what it was made from, and with which problems
	inputs   inputs
	input    input
	problems diag.List
	// the problems that there were before pages were planned
	linked diag.List
	// when the files were read, where that was another run of the program
	at   time.Time
	keys keyring
	// the surroundings of entries, made when the first file asks for them
	near func() []pack.Digest
	// how many options the filters have, for which the theme has styles
	filters []int
	theme   *theme.Theme
	// the texts of a lean site, and the shelf that new ones are put on
	prose  *prose
	shelf  *shelf
	output joined
	// leads from the path of a file to its index; made when first asked for, see find
	byPath func() map[string]int

	// the graph of what has been published to this day, where Graph is that of an earlier moment
	whole *graph.Graph
}

// A file is a content file and what became of it.
type file struct {
	stamp
	outline  pack.Digest
	entry    dossier.Entry
	text     place          // of an entry of a lean site, which does not hold its text itself
	packed   []byte         // the text of an entry that was recalled, until it is unloaded
	rates    *dossier.Rates // of RatesFile alone, which is no entry
	problems diag.List
	// parsed by this Load
	fresh bool

	// recall gives another file the entry or the rates, where they have yet to be read; it reports whether that could be done
	recall func(to *file) bool
}

// Load makes a site from src. Prev, which may be nil, is the site as it was loaded before; where all that src holds is the same, so is the
// graph.
// The error is for what no edit of content can mend, such as a folder that cannot be read, or a moment before anything was published.
func Load(ctx context.Context, src Source, prev *Site) (*Site, diag.List, error) {
	src.Files = walking(src.Files)
	s, watch := &Site{}, src.watch()
	watch.Enter("reading and parsing")
	names, err := contentFiles(src.Files)
	if err != nil {
		return nil, nil, err
	}
	if err := s.takeShelf(src, prev); err != nil {
		return nil, nil, err
	}
	s.files = make([]file, len(names))
	old, known := prev.byName(), trusted{}
	if prev != nil {
		known.at = prev.at
	}
	// Problems of a file are its own, and no error here: one bad file hides no other.
	err = output.Each(ctx, len(names), func(i int) error {
		s.files[i] = known.attempt(src, names[i], old[names[i]])
		watch.Step(len(names))
		return s.files[i].settle(src, s.shelf)
	})
	if err == nil {
		err = s.lookAround(ctx, src, prev)
	}
	if err != nil {
		return nil, nil, err
	}
	for i := range s.files {
		if s.files[i].fresh {
			s.Parsed++
		}
	}
	if prev != nil && s.input.is(prev.input) {
		return prev.again(s.files), prev.problems, nil
	}
	if s.reworded(src, prev) {
		return s, s.problems, nil
	}
	g := s.link(src, prev)
	problems := slices.Clone(s.linked)
	watch.Enter("planning pages")
	problems = append(problems, s.plan(src, g, prev)...)
	// Without a theme there is no output, and nothing that a link could lead to.
	if s.theme != nil {
		problems = append(problems, s.paths()...)
		s.find()
	}
	lock, list := readLock(src.Files)
	s.lock, problems = lock, append(problems, list...)
	problems = append(problems, s.locked(s.lock)...)
	problems.Sort()
	problems = problems.Graded(g.Site.Severities)
	// What had yet to come hides no problem, and makes none: those of the whole are all that there are.
	if !src.AsOf.IsZero() {
		if err := s.turnBack(src); err != nil && problems.Errors() == 0 {
			return nil, nil, err
		}
	}
	s.problems = problems
	// A file that was saved while the site was made may be in it in either version, and so no key can tell which.
	if src.Program != "" && s.unsettled(src) {
		s.forgetKeys()
	}
	return s, problems, nil
}

// link links the entries. Where all that is told is as it was in prev, which may be nil, so is the graph: another template or style links
// nothing anew. A site of the past has another graph than the one that was linked.
func (s *Site) link(src Source, prev *Site) *graph.Graph {
	if prev != nil && prev.Graph != nil && src.AsOf.IsZero() && s.input.sameContent(prev.input) {
		s.prose, s.linked = prev.prose, prev.linked
		return prev.Graph
	}
	s.prose = proseOf(s.files)
	config, problems := Config(src)
	entries, rates := make([]dossier.Entry, 0, len(s.files)), dossier.Rates{}
	for i := range s.files {
		problems = append(problems, s.files[i].problems...)
		// An entry may be nil, where nothing could be made of its file; the linker passes over it.
		entries = append(entries, s.files[i].entry)
		if r := s.files[i].rates; r != nil {
			rates = *r
		}
	}
	src.watch().Enter("linking")
	sizes, list := media(src.Files)
	problems = append(problems, list...)
	g, list := graph.Link(config, entries, graph.Options{Drafts: src.Drafts, Rates: rates, Media: sizes, Prose: s.prose.lookup()})
	s.linked = append(problems, list...)
	return g
}

// again returns the same site, with files whose stamps may be newer.
func (s *Site) again(files []file) *Site {
	same := *s
	same.files, same.Parsed = files, 0
	return &same
}

// turnBack makes s the site of the record as it stood at the moment that src names; the same site where nothing had yet to come. The
// linker knows which entries that leaves, and only their plan which addresses: links of prose to others are taken out in a second round.
func (s *Site) turnBack(src Source) error {
	s.whole = s.Graph
	then, err := s.Graph.At(src.AsOf.In(s.Graph.Site.Location))
	for err == nil && then != s.Graph {
		s.plan(src, then, s)
		then = then.WithoutDeadEnds(s.stands)
	}
	return err
}

// byName returns the files of a site by their names; s may be nil.
func (s *Site) byName() map[string]*file {
	if s == nil {
		return nil
	}
	m := make(map[string]*file, len(s.files))
	for i := range s.files {
		m[s.files[i].Name] = &s.files[i]
	}
	return m
}

// isContent reports whether a file of the content folder becomes an entry, or rates, or seems to be meant to.
func isContent(name string) bool {
	return path.Ext(name) == ".md" || name == RatesFile || instead(name) != ""
}

// contentFiles returns the names of all files below the content folder that are content, in order.
func contentFiles(files fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(files, ContentFolder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		// Editors and systems keep files of their own under such names.
		case strings.HasPrefix(d.Name(), ".") && name != ContentFolder:
			if d.IsDir() {
				return fs.SkipDir
			}
		// To read a pipe or a device might never end.
		case d.Type()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeIrregular) != 0:
		case !d.IsDir() && isContent(name), leadsToFolder(files, name, d):
			names = append(names, name)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s here; briefing init DIR makes a site", ContentFolder)
	}
	slices.Sort(names)
	return names, err
}

// leadsToFolder reports whether a file of the content folder is a link to a folder, or out of the site. None is followed, and entries that lie
// behind one must not be missing without a word.
func leadsToFolder(files fs.FS, name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 || name == MediaFolder || path.Ext(name) != "" {
		return false
	}
	info, err := fs.Stat(files, name)
	return err != nil || info.IsDir()
}

// instead says what to do with a file of the content folder whose name only looks like that of one that is read; nothing for any other
// file.
func instead(name string) string {
	ext := path.Ext(name)
	switch strings.ToLower(ext) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		if ext != ".md" {
			return "rename it to " + strings.TrimSuffix(path.Base(name), ext) + ".md"
		}
	case ".txt", ".doc", ".docx", ".odt", ".rtf":
		return "save its text as Markdown in a file that ends in .md, or move it out of " + ContentFolder + "/"
	case ".yml", ".yaml":
		if name != ConfigFile {
			return "the site’s own file is " + ConfigFile + "; move this one out of " + ContentFolder + "/"
		}
	case ".csv", ".xls", ".xlsx", ".ods":
		if name != RatesFile && strings.TrimSuffix(path.Base(name), ext) == strings.TrimSuffix(path.Base(RatesFile), path.Ext(RatesFile)) {
			return "rates of exchange are read from " + RatesFile + " alone"
		}
	}
	return misplaced(name)
}

// misplaced says what to do with a file that lies among entries, and is none; nothing for any other file.
func misplaced(name string) string {
	switch folder := path.Dir(name); {
	case folder == ContentFolder || strings.HasPrefix(name, MediaFolder+"/"):
	case path.Ext(name) == "":
		return "rename it to " + path.Base(name) + ".md if it is an entry; else move it out of " + folder + "/"
	case slices.Contains(images, strings.ToLower(path.Ext(name))):
		return "images lie in " + MediaFolder + "/; move it there"
	}
	return ""
}

// read parses a file, unless it is the same as it was.
func (t *trusted) read(src Source, name string, old *file) file {
	f := file{stamp: look(src.Files, name)}
	if old != nil && t.same(old.stamp, f.stamp) && f.take(old) {
		return f
	}
	data, err := fs.ReadFile(src.Files, name)
	if err != nil {
		f.fresh = true
		hint := "check the file and its permissions; links out of the site, and to folders, are not followed"
		f.problems.Add(diag.Problem{Pos: diag.Pos{File: name}, Code: diag.Unreadable, Msg: err.Error(), Hint: hint})
		return f
	}
	// A file that was written anew with the same bytes, as by a checkout, is not parsed again.
	f.Digest = sha256.Sum256(data)
	if old != nil && f.Digest == old.Digest && f.take(old) {
		return f
	}
	f.fresh = true
	switch hint := instead(name); {
	case name == RatesFile:
		rates, problems := content.ParseRates(name, data)
		f.rates, f.problems = &rates, problems
	case hint != "":
		f.problems.Add(diag.Problem{Pos: diag.Pos{File: name}, Code: diag.UnreadFile, Msg: "nothing reads a file of this name", Hint: hint})
	default:
		f.entry, f.problems = content.Parse(name, data)
	}
	return f
}

// takeShelf makes a shelf for a lean site, or goes on with that of prev, which may be nil.
func (s *Site) takeShelf(src Source, prev *Site) (err error) {
	switch {
	case src.Lean == "" || !src.AsOf.IsZero():
	case prev != nil && prev.shelf != nil:
		s.shelf = prev.shelf
	default:
		s.shelf, err = newShelf(src.Lean)
	}
	return err
}

// attempt reads a file, which is more than the program can do where it has a mistake. The entry is then one without text: it is there, so
// that references to it still lead somewhere. It has no digest, so that nothing of it is remembered.
func (t *trusted) attempt(src Source, name string, old *file) (f file) {
	err := crash.Guard(func() error {
		f = t.read(src, name, old)
		return nil
	})
	var failed *crash.Error
	if !errors.As(err, &failed) {
		return f
	}
	f = file{stamp: stamp{Name: name}, fresh: true}
	if instead(name) == "" && name != RatesFile {
		f.entry, _ = content.Parse(name, nil)
	}
	f.problems.Add(diag.Problem{Pos: diag.Pos{File: name}, Code: diag.Internal, Msg: "internal error: " + failed.Cause(), Hint: crash.Remedy})
	return f
}

// take gives f what became of the same file before, and reports whether that is still known.
func (f *file) take(old *file) bool {
	if old.recall != nil && !old.recall(f) {
		return false
	}
	if old.recall == nil {
		f.entry, f.text, f.rates, f.problems = old.entry, old.text, old.rates, old.problems
	}
	f.Digest, f.outline = old.Digest, old.outline
	return true
}

// Config reads the site's own file.
func Config(src Source) (dossier.Site, diag.List) {
	text, err := fs.ReadFile(src.Files, ConfigFile)
	if err != nil {
		config := dossier.Site{Title: "Untitled", BaseURL: "http://localhost"}
		config.Check(nil)
		return config, diag.List{{
			Pos: diag.Pos{File: ConfigFile}, Code: diag.BadSite, Msg: "the site has no configuration",
			Hint: "add the file, with title:, description: and base_url:",
		}}
	}
	config, problems := content.ParseSite(ConfigFile, text)
	config.Check(nil)
	if src.BaseURL != "" {
		config.BaseURL = strings.TrimRight(src.BaseURL, "/")
	}
	return config, problems
}
