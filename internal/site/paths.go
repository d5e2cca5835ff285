package site

import (
	"fmt"
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// paths reports links of prose and of the menu to addresses of this site at which nothing stands.
func (s *Site) paths() diag.List {
	var problems diag.List
	for _, item := range s.Graph.Site.Navigation {
		if _, ok := s.Graph.Lookup(dossier.ID(item.To)); ok {
			continue
		}
		if hint, ok := s.stands(item.To); !ok {
			problems.Add(diag.Problem{
				Pos: item.At.In(ConfigFile), Code: diag.DanglingAddress, Msg: fmt.Sprintf("there is nothing at %s", item.To), Hint: hint,
			})
		}
	}
	for _, e := range s.Graph.All() {
		head := e.Base()
		for _, p := range head.Body.Paths {
			if hint, ok := s.leads(e, p.Address); !ok {
				problems.Add(diag.Problem{
					Pos: p.At.In(head.File), Code: diag.DanglingAddress, Msg: fmt.Sprintf("there is nothing at %s", p.Address), Hint: hint,
				})
			}
		}
	}
	return problems
}

// leads reports whether something stands at an address that the body of e gives, and what to do where nothing does.
func (s *Site) leads(e dossier.Entry, address string) (hint string, ok bool) {
	file, anchor, _ := strings.Cut(address, "#")
	if file == "" {
		anchors := s.Graph.Anchors(e)
		return "this page has #" + strings.Join(anchors, ", #"), slices.Contains(anchors, anchor)
	}
	return s.stands(file)
}

// stands reports whether something stands at an address, and what to do where nothing does.
func (s *Site) stands(address string) (hint string, ok bool) {
	file, _, _ := strings.Cut(address, "?")
	if _, ok := s.File(file); ok {
		return "", true
	}
	if _, ok := s.File(file + "/"); ok {
		return fmt.Sprintf("write %s/", file), false
	}
	near, found := diag.Nearest(file, func(yield func(string) bool) {
		for i := range s.Pages {
			if !yield(s.Pages[i].URL) {
				return
			}
		}
	})
	if found {
		return "did you mean " + near + "?", false
	}
	return "write an address of this site, or [[id]] to lead to an entry", false
}
