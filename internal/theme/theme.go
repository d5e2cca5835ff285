// Package theme makes HTML of the views of package page: templates and assets.
//
// A theme is read from two folders. Templates holds base.html, the frame of every page; partials/, what several pages share; and one
// file for each sort of page, named as [page.Page] names it. A page's file calls the frame and defines the parts that the frame
// leaves open, or is a whole document of its own. Each page has a template set of its own, made of the frame, the partials and
// its file, so that two pages may define a part of the same name. A template may use, beside what html/template offers:
//
//	once "card" .     a part that many pages share, made once: the value is a pointer that package page makes once
//	each "line" .     the same for each of a list of such pointers
//	time .When        a [page.Time] as an element
//	ref .Event        a [page.Ref] as a link, or as its title alone where it leads nowhere
//	link "words" .URL words as a link to an address of the site
//	refs ", " .Donors the links of a list, with what stands between them
//	notes "line" .    notes as items of a list: the part that each source is made with, and links back to each place that cites it
//	feeds .Feeds      the elements by which a page announces its feeds
//	alternate "text/csv" "As a table" .URL  the element by which a page announces another form of itself
//	downloads .Cite   items of a list that hold the citation for each reference manager
//	self .ID "row"    a link to the place of the page that has the id, which stands there itself; nothing where there is no id
//	asset "site.css"  the address of an asset
//	integrity "a.css" the digest of an asset, by which a browser takes no other file for it
//	script "js/a.js"  the elements that load a module, and those that it imports
//	percent .X        a place on a strip as a length, such as 12.5%
//	marks .Marks      what a row is for the filters, as attributes: data-f1="3"
//
// html/template decides how each value is escaped. What it has made of a template is then compiled for the type of the view, as far as
// it asks for fields, conditions, loops, parts and the functions above: such a template is executed in a fraction of the time. A
// template that does more is html/template's to execute, and looks the same.
//
// Static holds the stylesheet in parts, css/, and files that are published as they are. The parts become one asset, site.css, in
// an order that does not depend on the folder: palette, intent, base and layout, the components by name, and any other by name.
// css/print.css stays apart, for paper; the first two parts and css/feed.css become feed.css, with which browsers show feeds. An asset's
// address holds the first ten characters of the SHA-256 of its content in base 64: assets/site.0123456789.css. One asset is in no folder:
// filters.css, which the filters of tables need, and which only pages with filters ask for.
//
// A file js/*.js is a JavaScript module. Where it imports another by a path, such as "./fold.js", the published module has the address of
// that asset. Pages name the modules that they need in the part "scripts", one line each: {{script "js/sort.js"}}. The browser
// loads no module whose content is not the one that the page names.
package theme

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"sync"

	"briefing/internal/page"
	"briefing/internal/picture"
)

// A Theme renders pages. It may be used by many goroutines at once. What it has made of a part is kept: by values
// of lists themselves, and of all others as long as the theme, see [Theme.Forget]. That is why package page hands over pointers to values
// that never change.
type Theme struct {
	// pages are what makes the sets, once each, by the name of the page's file; parts are those that a partial defines, by its name.
	pages map[string]func() (*set, error)
	parts map[string]*part

	// texts are what each file of a template says.
	texts map[string]string

	// assets are by path; urls leads from the name of each to its address.
	assets []Asset
	urls   map[string]string

	// colours are those that the stylesheet has for light pages.
	colours picture.Colours

	// scripts are the elements that load each module, by its name.
	scripts map[string]template.HTML
}

// A part is what a partial defines.
type part struct {
	set func() (*set, error)

	// made holds the HTML of each value that the part was asked for with: a pointer, which is what makes it quick to find. Those of lists
	// keep it themselves, for maker.
	made  sync.Map
	maker *page.Maker
}

// Load reads a theme. Filters says how many options the first, second … filter of any page has; see [page.FilterSizes]. An error of
// a template is a [Fault].
func Load(templates, static fs.FS, filters ...int) (*Theme, error) {
	return (*Theme)(nil).Reload(templates, static, filters...)
}

// Reload reads a theme that may differ from t, which may be nil, as Load does. A page whose templates are those of t, in which there was no
// mistake, has its set made when it is first rendered: whoever changes a style waits for no template.
func (t *Theme) Reload(templates, static fs.FS, filters ...int) (*Theme, error) {
	prev := t
	t = &Theme{pages: map[string]func() (*set, error){}, parts: map[string]*part{}, texts: map[string]string{}}
	if err := t.readAssets(static); err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	if len(filters) > 0 {
		t.assets = append(t.assets, newAsset(filterSheet, filterStyles(filters), t.urls))
		sortAssets(t.assets)
	}
	if err := t.parse(templates, prev); err != nil {
		return nil, t.fault(err)
	}
	return t, nil
}

// Assets returns the files that the pages need, by path.
func (t *Theme) Assets() []Asset { return t.assets }

// Colours returns the colours of pictures, which are those of the pages.
func (t *Theme) Colours() picture.Colours { return t.colours }

// Address returns the address of an asset from the root, by the name of its file, or "" where there is none.
func (t *Theme) Address(name string) string { return t.urls[name] }

// buffers hold pages while they are made. A page goes out whole or not at all, so that it is made in memory first.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a page. Nothing is written where it returns an error, which is a [Fault] where the template is wrong.
func (t *Theme) Render(w io.Writer, name string, view any) error {
	made := t.pages[name]
	if made == nil {
		return fmt.Errorf("no template %s", name)
	}
	set, err := made()
	if err != nil {
		return t.fault(err)
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := set.write(b, view); err != nil {
		return t.fault(err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// Forget drops what the theme has made of parts. It is for a theme that goes on with the pages of another site: the parts of the site
// before would fill the memory.
func (t *Theme) Forget() {
	for _, part := range t.parts {
		part.made.Clear()
	}
}

// once returns what the named partial makes of a value, which is a pointer: of one that it was given before, the same.
func (t *Theme) once(name string, value any) (template.HTML, error) {
	part := t.parts[name]
	if part == nil {
		return "", fmt.Errorf("no partial defines %q", name)
	}
	return part.of(value)
}

// A keeper keeps its HTML itself.
type keeper interface {
	HTML(*page.Maker) (template.HTML, bool)
	KeepHTML(*page.Maker, template.HTML)
}

// listed is once for the values of a list: there are so many of them that they keep themselves what is made of them.
func (t *Theme) listed(name string, value any) (template.HTML, error) {
	part := t.parts[name]
	if part == nil {
		return "", fmt.Errorf("no partial defines %q", name)
	}
	k, ok := value.(keeper)
	if !ok {
		return part.render(value)
	}
	if html, ok := k.HTML(part.maker); ok {
		return html, nil
	}
	html, err := part.render(value)
	if err == nil {
		k.KeepHTML(part.maker, html)
	}
	return html, err
}

// each writes what the named partial makes of each element of a list of pointers.
func (t *Theme) each(b *bytes.Buffer, name string, list any) error {
	v := reflect.ValueOf(list)
	for i := range v.Len() {
		html, err := t.listed(name, v.Index(i).Interface())
		if err != nil {
			return err
		}
		b.WriteString(string(html))
	}
	return nil
}

// of returns what the part makes of a value.
func (p *part) of(value any) (template.HTML, error) {
	if made, ok := p.made.Load(value); ok {
		return made.(template.HTML), nil
	}
	html, err := p.render(value)
	if err == nil {
		p.made.Store(value, html)
	}
	return html, err
}

// render makes the HTML of a value.
func (p *part) render(value any) (template.HTML, error) {
	set, err := p.set()
	if err != nil {
		return "", err
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := set.write(b, value); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// asset returns the address of an asset from the root.
func (t *Theme) asset(name string) (string, error) {
	url, ok := t.urls[name]
	if !ok {
		return "", fmt.Errorf("no asset %s in static", name)
	}
	return url, nil
}

// integrity returns the digest of an asset as the attribute integrity has it.
func (t *Theme) integrity(name string) (string, error) {
	url, err := t.asset(name)
	if err != nil {
		return "", err
	}
	at, _ := slices.BinarySearchFunc(t.assets, url, func(a Asset, url string) int { return cmp.Compare("/"+a.Path, url) })
	return t.assets[at].Integrity, nil
}
