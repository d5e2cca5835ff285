package site

import (
	"fmt"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// paths reports links of prose and of the menu to addresses of this site at which nothing stands.
func (s *Site) paths() diag.List {
	var problems diag.List
	searches := 0
	for _, item := range s.Graph.Site.Navigation {
		if _, entry := s.Graph.Lookup(dossier.ID(item.To)); !entry && !s.stands(item.To) {
			problems.Add(diag.Problem{
				Pos: item.At.In(ConfigFile), Code: diag.DanglingAddress, Msg: fmt.Sprintf("there is nothing at %s", item.To), Hint: s.insteadOf(item.To),
			})
		}
	}
	for _, e := range s.Graph.All() {
		head := e.Base()
		for _, p := range head.Body.Paths {
			if s.Graph.Leads(e, p.Address, s.stands) {
				continue
			}
			hint := elsewhere
			switch searches++; {
			case p.Address[0] == '#': // it leads within the entry's own page
				hint = s.ownPlaces(e)
			case searches <= maxSearches:
				hint = s.insteadOf(p.Address)
			}
			problems.Add(diag.Problem{
				Pos: p.At.In(head.File), Code: diag.DanglingAddress, Msg: fmt.Sprintf("there is nothing at %s", p.Address), Hint: hint,
			})
		}
	}
	return problems
}

// maxSearches bounds the searches for the nearest address, each of which reads all of them; beyond it problems come with a general hint.
const maxSearches = 200

// elsewhere is the hint where nothing comes near.
const elsewhere = "write an address of this site, or [[id]] to lead to an entry"

// ownPlaces says which places the page of an entry has.
func (s *Site) ownPlaces(e dossier.Entry) string {
	if anchors := s.Graph.Anchors(e); len(anchors) > 0 {
		return "this page has " + graph.JoinAnchors(anchors)
	}
	return "this page has no such places"
}

// stands reports whether something stands at an address, whatever place or question it ends in.
func (s *Site) stands(address string) bool {
	_, ok := s.index(fileOf(address))
	return ok
}

// fileOf returns the part of an address that names a file.
func fileOf(address string) string {
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		return address[:end]
	}
	return address
}

// insteadOf says what to do where nothing stands at an address.
func (s *Site) insteadOf(address string) string {
	file := fileOf(address)
	// A server may lead on from the one to the other; a copy on a disk does not.
	if s.stands(file + "/") {
		return fmt.Sprintf("write /%s/", strings.TrimPrefix(file, "/"))
	}
	near, found := diag.Nearest(file, func(yield func(string) bool) {
		for _, address := range s.Graph.Media() {
			if !yield(address) {
				return
			}
		}
		for i := range s.Pages {
			if !yield(s.Pages[i].URL()) {
				return
			}
		}
	})
	if found {
		return "did you mean " + near + "?"
	}
	if strings.HasPrefix(file, graph.MediaAddress) {
		return "put the image into " + MediaFolder + "/"
	}
	return elsewhere
}
