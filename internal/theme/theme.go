// Package theme makes HTML of the views of package page: templates and assets.
//
// A theme is read from two folders. Templates holds base.html, the frame of every page; partials/, what several pages share; and one
// file for each sort of page, named as [page.Page] names it. A page's file calls the frame and defines the parts that the frame
// leaves open, or is a whole document of its own. Each page has a template set of its own, made of the frame, the partials and
// its file, so that two pages may define a part of the same name. A template may use, beside what html/template offers:
//
//	card .            the HTML of a [page.Card], made once for each entry by the template "card"
//	asset "site.css"  the address of an asset
//	percent .X        a place on a strip as a length, such as 12.5%
//
// Static holds the stylesheet in parts, css/, and files that are published as they are. The parts become one asset, site.css, in
// an order that does not depend on the folder: palette, intent, base and layout, the components by name, any other by name, and
// print. An asset's address holds the first ten hexadecimal digits of the SHA-256 of its content: assets/site.0123456789.css.
package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"

	"briefing/internal/page"
)

// A Theme renders pages. It may be used by many goroutines at once.
type Theme struct {
	pages  map[string]*template.Template // by the name of the page's file
	card   *template.Template
	cards  sync.Map // the address of an entry to its madeCard
	assets []Asset
	urls   map[string]string // the name of an asset to its address
}

// A madeCard is the HTML of a card. It is good for that card alone, not for a later one of the same entry.
type madeCard struct {
	card page.Card
	html template.HTML
}

// Load reads a theme. An error names the file, and the line where there is one.
func Load(templates, static fs.FS) (*Theme, error) {
	t := &Theme{pages: map[string]*template.Template{}}
	var err error
	if t.assets, t.urls, err = readAssets(static); err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	if err := t.parse(templates); err != nil {
		return nil, err
	}
	return t, nil
}

// Assets returns the files that the pages need, by path.
func (t *Theme) Assets() []Asset { return t.assets }

// buffers hold pages while they are made.
// Address returns the address of an asset from the root, by the name of its file, or "" where there is none.
func (t *Theme) Address(name string) string { return t.urls[name] }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a page. Nothing is written where it returns an error, which names the template and the line.
func (t *Theme) Render(w io.Writer, name string, view any) error {
	set := t.pages[name]
	if set == nil {
		return fmt.Errorf("no template %s", name)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := set.Execute(b, view); err != nil {
		return plain(err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// makeCard returns the HTML of a card; of one that was made before, the same. No more than one is kept for each entry, so that a theme
// that serves one state of a site after another does not grow. Two goroutines may make the same card at once; both make the same.
func (t *Theme) makeCard(c page.Card) (template.HTML, error) {
	if made, ok := t.cards.Load(c.URL); ok && made.(madeCard).card == c {
		return made.(madeCard).html, nil
	}
	var b strings.Builder
	if err := t.card.Execute(&b, c); err != nil {
		return "", err
	}
	html := template.HTML(b.String())
	t.cards.Store(c.URL, madeCard{c, html})
	return html, nil
}

// asset returns the address of an asset from the root.
func (t *Theme) asset(name string) (string, error) {
	url, ok := t.urls[name]
	if !ok {
		return "", fmt.Errorf("no asset %s in static", name)
	}
	return url, nil
}

// percent returns a place on a strip as a share of its width.
func percent(x int) string {
	return fmt.Sprintf("%g%%", float64(x)*100/page.StripWidth)
}
