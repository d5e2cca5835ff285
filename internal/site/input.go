package site

import (
	"path"
	"slices"

	"briefing/internal/graph"
	"briefing/internal/pack"
	"briefing/internal/page"
	"briefing/internal/theme"
)

// An input is digests of what a site is made from: of the entries, of all else that says what is told, and of templates and assets. A part
// of which something cannot be read is zero: it is like nothing else.
type input struct{ entries, frame, look pack.Digest }

// is reports whether both are known, and the same.
func (a input) is(b input) bool {
	return a.sameContent(b) && a.hasLook(b)
}

// sameContent reports whether all that is told is known, and the same.
func (a input) sameContent(b input) bool {
	return a.frame == b.frame && a.frame != input{}.frame && a.entries == b.entries && a.entries != input{}.entries
}

// sameFrame reports whether all but the entries is known, and the same.
func (a input) sameFrame(b input) bool {
	return a.frame == b.frame && a.frame != input{}.frame && a.hasLook(b)
}

// hasLook reports whether the look is known, and the same.
func (a input) hasLook(b input) bool { return a.look == b.look && a.look != input{}.look }

// Is reports whether all that both sites were made from is known, and the same.
func (s *Site) Is(other *Site) bool { return s.input.is(other.input) }

// takeLook reads the theme of src for the pages of g. It takes over the theme of prev, which may be nil, where it would be the same: to
// parse the templates takes longer than to link a site of hundreds of entries. What that theme made of parts of pages it forgets, since the
// parts are those of the site before.
func (s *Site) takeLook(src Source, g *graph.Graph, prev *Site) error {
	// The theme writes a style for each option of a filter, since the pages' policy forbids to do so in them.
	s.filters = page.FilterSizes(g)
	if prev != nil && prev.theme != nil && s.input.hasLook(prev.input) && slices.Equal(prev.filters, s.filters) {
		s.theme = prev.theme
		s.theme.Forget()
		return nil
	}
	var old *theme.Theme
	if prev != nil {
		old = prev.theme
	}
	t, err := old.Reload(src.Templates, src.Static, s.filters...)
	s.theme = t
	return err
}

// Styles returns the addresses of the stylesheets, in order.
func (s *Site) Styles() []string {
	var list []string
	// A theme with a mistake is none.
	if s.theme == nil {
		return nil
	}
	for _, a := range s.theme.Assets() {
		if path.Ext(a.Path) == ".css" {
			list = append(list, "/"+a.Path)
		}
	}
	return list
}
