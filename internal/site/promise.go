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
	t := s.theme
	origins := s.pageFiles()
	for _, a := range t.Assets() {
		s.output = append(s.output, output.File{Path: a.Path, Key: s.key(), Write: func(w io.Writer) error {
			_, err := w.Write(a.Data)
			return err
		}})
	}
	s.pictures()
	s.mediaFiles(src.Files)
	s.collected.from = len(s.output)
	s.output = append(s.output, s.collections()...)
	s.collected.to = len(s.output)
	for _, c := range output.Check(s.output) {
		problems.Add(s.collision(c, origins))
	}
	// They come after the check: where they lie beside their pages no other file can be.
	s.output = append(s.output, s.records(src.Files)...)
	files := s.output
	s.byPath = sync.OnceValue(func() map[string]int {
		all := make(map[string]int, len(files))
		for i, f := range files {
			all[f.Path] = i
		}
		return all
	})
	return problems
}

// collections promises what is made of many entries and is no page: feeds, calendars, open data and the index of the search.
func (s *Site) collections() []output.File {
	var list []output.File
	look := export.Look{Icon: s.theme.Address("icon.png"), Style: s.theme.Address("feed.css")}
	for _, f := range export.Files(s.Graph, s.Pages, look) {
		promise := output.File{Path: f.Path, Key: s.keyOfTexts(f.Texts), Write: f.Write}
		if f.Shown != nil && s.keys.whole != "" && s.Graph.AsOf.IsZero() {
			promise.Draft = func() (string, func(io.Writer) error, error) { return s.viewOf(f.Shown()), f.Write, nil }
		}
		list = append(list, promise)
	}
	for _, f := range search.Files(s.Graph, s.Pages) {
		list = append(list, output.File{Path: f.Path, Write: f.Write})
	}
	return list
}

// pageFiles promises the pages, and returns the file of the entry that each shows.
func (s *Site) pageFiles() []string {
	origins := make([]string, len(s.Pages))
	s.output = make([]output.File, len(s.Pages), len(s.Pages)+16)
	for i := range s.Pages {
		p := &s.Pages[i]
		origins[i] = p.Origin
		f := output.File{Path: outputPath(p.URL), Maker: p.Template, Write: func(w io.Writer) error { return s.guard(p, func() error { return s.render(w, p, p.View()) }) }}
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
		s.output[i] = f
	}
	return origins
}

// guard makes a panic over a page an error that names the page and the file that it is of.
func (s *Site) guard(p *page.Page, f func() error) error {
	if p.Origin == "" {
		return crash.Guard(f, "making the page ", p.URL)
	}
	return crash.Guard(f, "making the page ", p.URL, " of ", p.Origin)
}

// pictures promises the pictures of the pages that have one. A picture's key is what it says, so that it is not drawn again while that
// stays the same.
func (s *Site) pictures() {
	colours := s.theme.Colours()
	for i := range s.Pages {
		p := &s.Pages[i]
		if p.Picture == nil {
			continue
		}
		f := output.File{Path: outputPath(page.PictureURL(p.URL)), Write: func(w io.Writer) error { return p.Picture().Write(w, colours) }}
		// A preview, whose files have no keys, shows few pictures: none is laid out before it is asked for.
		if s.keys.whole != "" {
			f.Key = s.keyOfPicture(p.Picture().Key(colours))
		}
		s.output = append(s.output, f)
	}
}

// render writes a page, given its view.
func (s *Site) render(w io.Writer, p *page.Page, view any) error {
	return templateError(p, s.theme.Render(w, p.Template, view))
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
func (s *Site) collision(c output.Collision, origins []string) diag.Problem {
	name := func(i int) (file, what string) {
		switch {
		case i < len(origins) && origins[i] != "":
			return origins[i], origins[i]
		case i < len(origins):
			return "", "the page “" + s.Pages[i].Title + "”, which every site has,"
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
func (s *Site) Files() []output.File { return s.output }

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
	return s.output[i], true
}
