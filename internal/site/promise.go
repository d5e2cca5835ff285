package site

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/export"
	"briefing/internal/graph"
	"briefing/internal/output"
	"briefing/internal/page"
	"briefing/internal/search"
)

// Where in the output the collections stand, and behind them what lies beside pages. The pages come first.
const collected, recorded = 4, 5

// plan makes the site that of a graph, with the list of its output, and reports two files at one address. Prev, which may be nil, is a site
// whose pages or theme may be the same.
func (s *Site) plan(src Source, g *graph.Graph, prev *Site) diag.List {
	var problems diag.List
	if prev != nil && prev.Graph == g {
		s.Graph, s.Pages = g, prev.Pages
	} else {
		s.Graph, s.Pages = g, page.Plan(g)
	}
	if err := s.takeLook(src, g, prev); err != nil {
		problems.Add(templateProblem(err))
		return problems
	}
	s.near = sync.OnceValue(s.surroundings)
	s.output = joined{s.pageFiles(), s.assets(), s.pictures(), s.mediaFiles(src.Files), s.collections(), s.records(src.Files)}
	// Where records lie beside their pages no other file can be.
	for _, c := range output.Check(s.output[:recorded]) {
		problems.Add(s.collision(c))
	}
	s.find()
	return problems
}

// A family is files of one sort: how many there are, and the path and the promise of each by its number. The promise need not have the path.
type family struct {
	n    int
	path func(i int) string
	file func(i int) output.File
}

// Len returns how many files there are.
func (f family) Len() int { return f.n }

// Path returns the path of a file.
func (f family) Path(i int) string { return f.path(i) }

// File returns a file.
func (f family) File(i int) output.File {
	file := f.file(i)
	file.Path = f.path(i)
	return file
}

// joined are files of several sorts, one sort after the other.
type joined []output.Files

// Len returns how many files there are.
func (l joined) Len() int {
	n := 0
	for _, files := range l {
		n += files.Len()
	}
	return n
}

// Path returns the path of a file.
func (l joined) Path(i int) string {
	files, i := l.at(i)
	return files.Path(i)
}

// File returns a file.
func (l joined) File(i int) output.File {
	files, i := l.at(i)
	return files.File(i)
}

// at returns the sort of a file, and its number in that.
func (l joined) at(i int) (output.Files, int) {
	for _, files := range l {
		if i < files.Len() {
			return files, i
		}
		i -= files.Len()
	}
	panic("internal error: no file of that number")
}

// collections promises what is made of many entries and is no page: feeds, calendars, open data and the index of the search.
func (s *Site) collections() output.Files {
	look := export.Look{Icon: s.theme.Address("icon.png"), Style: s.theme.Address("feed.css")}
	var all joined
	for _, f := range export.Files(s.Graph, s.Pages, look) {
		all = append(all, family{f.N, func(i int) string { return f.File(i).Path }, func(i int) output.File { return s.exported(f.File(i)) }})
	}
	found := search.Files(s.Graph, s.Pages)
	return append(all, family{
		len(found), func(i int) string { return found[i].Path }, func(i int) output.File { return output.File{Write: found[i].Write} },
	})
}

// exported promises a file of one of the formats for other programs.
func (s *Site) exported(f export.File) output.File {
	promise := output.File{Key: s.keyOfTexts(f.Texts), Write: f.Write}
	if f.Shown != nil && s.keys.whole != "" && s.Graph.AsOf.IsZero() {
		promise.Draft = func() (string, func(io.Writer) error, error) { return s.viewOf(f.Shown()), f.Write, nil }
	}
	return promise
}

// pageFiles promises the pages.
func (s *Site) pageFiles() output.Files {
	return family{len(s.Pages), func(i int) string { return outputPath(s.Pages[i].URL()) }, func(i int) output.File { return s.pageFile(&s.Pages[i]) }}
}

// pageFile promises a page.
func (s *Site) pageFile(p *page.Page) output.File {
	f := output.File{Maker: p.Template(), Write: func(w io.Writer) error { return s.guard(p, func() error { return s.render(w, p, p.View()) }) }}
	if s.keys.whole != "" {
		f.Key = s.keyOfPage(p)
		f.Draft = func() (view string, write func(io.Writer) error, err error) {
			err = s.guard(p, func() (err error) {
				view, write, err = s.draft(p)
				return err
			})
			return view, write, err
		}
	}
	return f
}

// assets promises stylesheets, scripts and images of the theme.
func (s *Site) assets() output.Files {
	list := s.theme.Assets()
	return family{len(list), func(i int) string { return list[i].Path }, func(i int) output.File {
		return output.File{Key: s.key(), Write: func(w io.Writer) error {
			_, err := w.Write(list[i].Data)
			return err
		}}
	}}
}

// guard makes a panic over a page an error that names the page and the file that it is of.
func (s *Site) guard(p *page.Page, f func() error) error {
	if p.Origin() == "" {
		return crash.Guard(f, "making the page ", p.URL())
	}
	return crash.Guard(f, "making the page ", p.URL(), " of ", p.Origin())
}

// pictures promises the pictures of the pages that have one. A picture's key is what it says, so that it is not drawn again while that
// stays the same.
func (s *Site) pictures() output.Files {
	colours := s.theme.Colours()
	var pictured []int32
	for i := range s.Pages {
		if s.Pages[i].HasPicture() {
			pictured = append(pictured, int32(i))
		}
	}
	return family{len(pictured), func(i int) string { return outputPath(page.PictureURL(s.Pages[pictured[i]].URL())) }, func(i int) output.File {
		card := s.Pages[pictured[i]].Picture()
		return output.File{Key: s.keyOfPicture(card.Key(colours)), Write: func(w io.Writer) error { return card.Write(w, colours) }}
	}}
}

// render writes a page, given its view.
func (s *Site) render(w io.Writer, p *page.Page, view any) error {
	return templateError(p, s.theme.Render(w, p.Template(), view))
}

// outputPath returns the path of the file at an address: the index of its folder where it ends in a slash.
func outputPath(url string) string {
	p := strings.TrimPrefix(url, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	return p
}

// collision words the problem of two files at one address.
func (s *Site) collision(c output.Collision) diag.Problem {
	name := func(i int) (file, what string) {
		switch {
		case i < len(s.Pages) && s.Pages[i].Origin() != "":
			return s.Pages[i].Origin(), s.Pages[i].Origin()
		case i < len(s.Pages):
			return "", "the page “" + s.Pages[i].Title() + "”, which every site has,"
		}
		return "", "a file that every site has"
	}
	address := "/" + strings.TrimSuffix(c.Path, "index.html")
	firstFile, first := name(c.First)
	secondFile, second := name(c.Second)
	// The second is at fault, as the one that was there stays; only what every site has cannot be given another id.
	p := diag.Problem{
		Code: diag.AddressCollision, Msg: fmt.Sprintf("%s and %s have the same address, %s", second, first, address),
		Hint: "give one of the two another id", Pos: diag.Pos{File: secondFile}, Also: diag.Pos{File: firstFile},
	}
	if p.File == "" {
		p.Pos, p.Also = p.Also, diag.Pos{}
	}
	return p
}

// Files returns everything that the site puts out.
func (s *Site) Files() output.Files { return s.output }

// find makes ready to find files by their paths, once somebody asks. Who asks seldom calls it again behind that, for the paths take memory.
func (s *Site) find() {
	files := s.output
	s.byPath = sync.OnceValue(func() map[string]int {
		all := make(map[string]int, files.Len())
		for i := range files.Len() {
			all[files.Path(i)] = i
		}
		return all
	})
}

// index returns the index of the file at an address. It reports whether there is one; a site without a theme has none.
func (s *Site) index(address string) (int, bool) {
	if s.byPath == nil {
		return 0, false
	}
	i, ok := s.byPath()[outputPath(address)]
	return i, ok
}

// File returns what stands at an address, such as /events/udcg-28/ or /feed.xml. It reports whether there is anything.
func (s *Site) File(address string) (output.File, bool) {
	i, ok := s.index(address)
	if !ok {
		return output.File{}, false
	}
	return s.output.File(i), true
}
