// Package workspace answers questions about the texts of a site, saved or not, and edits them.
//
// A [Workspace] is a site as its files are, with other texts in place of some of them where a caller has such: those that an editor has not
// saved yet, or those that an edit would make. It tells their problems, where an id is defined, where it is referred to, and which ids
// there are to choose from; and it makes the edits that must touch many files at once, such as to give an entry another id. An edit is a
// [Change]: new texts, tried out before anything is written, and written all or none.
//
// Drafts belong to a workspace as all else does. Files are named from the site's folder.
package workspace

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
	"briefing/internal/site"
)

// A Workspace is the texts of a site, and what they say. Nobody edits one: With makes another.
type Workspace struct {
	Site *site.Site
	// Problems are those of the texts, graded.
	Problems diag.List

	// source is what the site was made from, with the texts over its files.
	source site.Source
}

// Open reads the site that src describes. Texts, which may be nil, stand in place of the files of their names; a text that is nil means
// that there is no such file.
func Open(ctx context.Context, src site.Source, texts Texts) (*Workspace, error) {
	src.Drafts = true
	if len(texts) > 0 {
		src.Files = overlay{src.Files, texts}
	}
	s, problems, err := site.Load(ctx, src, nil)
	if err != nil {
		return nil, err
	}
	return &Workspace{Site: s, Problems: problems, source: src}, nil
}

// With returns the workspace with some texts more. Files that stay are not read again.
func (w *Workspace) With(ctx context.Context, texts Texts) (*Workspace, error) {
	src := w.source
	src.Files = overlay{src.Files, texts}
	s, problems, err := site.Load(ctx, src, w.Site)
	if err != nil {
		return nil, err
	}
	return &Workspace{Site: s, Problems: problems, source: src}, nil
}

// Text returns the text of a file, or nil where there is none.
func (w *Workspace) Text(name string) []byte {
	text, err := fs.ReadFile(w.source.Files, name)
	if err != nil {
		return nil
	}
	return text
}

// A Reference is a place where an id is written.
type Reference struct {
	// Pos is that of the id alone, without brackets and quotation marks.
	diag.Pos
	// ID is what is written there, which may be a former id.
	ID dossier.ID
}

// References returns every place that refers to the entry with the id, present or former, in the order of files; its own file may be among
// them.
func (w *Workspace) References(id dossier.ID) []Reference {
	wanted, ok := w.Site.Graph.Lookup(id)
	if !ok {
		return nil
	}
	var found []Reference
	for r := range w.all {
		if e, ok := w.Site.Graph.Lookup(r.ID); ok && e.Base().ID == wanted.Base().ID {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b Reference) int { return a.Compare(b.Pos) })
	return found
}

// Definition returns the entry that the reference at a place leads to.
func (w *Workspace) Definition(at diag.Pos) (dossier.Entry, bool) {
	for r := range w.all {
		// The place behind the last letter counts too: there a cursor stands after the id was typed.
		if r.File == at.File && r.Line == at.Line && r.Col <= at.Col && at.Col <= r.Col+r.Len {
			return w.Site.Graph.Lookup(r.ID)
		}
	}
	return nil, false
}

// Complete returns the entries of some kinds whose ids begin with a text, by id.
func (w *Workspace) Complete(kinds dossier.KindSet, prefix string) []dossier.Card {
	var cards []dossier.Card
	for _, e := range w.Site.Graph.All() {
		if head := e.Base(); kinds.Has(head.Kind) && strings.HasPrefix(string(head.ID), prefix) {
			cards = append(cards, e.Card())
		}
	}
	return cards
}

// all yields every reference of the site: those of front matter and of prose, of the navigation and of the rates.
func (w *Workspace) all(yield func(Reference) bool) {
	g := w.Site.Graph
	for _, n := range g.Site.Navigation {
		if dossier.ID(n.To).Valid() && !yield(w.written(n.At.In(site.ConfigFile), dossier.ID(n.To))) {
			return
		}
	}
	for _, r := range g.Rates() {
		if !yield(w.written(r.SourceAt.In(site.RatesFile), r.Source)) {
			return
		}
	}
	for _, e := range g.All() {
		if !w.ofEntry(e.Base(), yield) {
			return
		}
	}
}

// ofEntry yields the references of an entry.
func (w *Workspace) ofEntry(head *dossier.Head, yield func(Reference) bool) bool {
	for _, l := range head.Links {
		if !yield(Reference{l.At.In(head.File), l.To}) {
			return false
		}
	}
	// The text is read only where there is something in it to be found.
	if len(head.Body.Holes) == 0 {
		return true
	}
	lines := strings.Split(strings.TrimPrefix(string(w.Text(head.File)), "\ufeff"), "\n")
	for i := range head.Body.Holes {
		if !yield(inProse(&head.Body.Holes[i], head.File, lines)) {
			return false
		}
	}
	return true
}

// inProse returns the reference of a hole, whose place includes its brackets.
func inProse(h *markup.Hole, file string, lines []string) Reference {
	r := Reference{h.At.In(file), dossier.ID(h.Target)}
	if n := int(h.At.Line); n <= len(lines) {
		r.Mark, _ = content.Within(h.At, lines[n-1], h.Target)
	}
	return r
}

// written returns the reference with an id that stands within a value.
func (w *Workspace) written(at diag.Pos, id dossier.ID) Reference {
	lines := strings.Split(strings.TrimPrefix(string(w.Text(at.File)), "\ufeff"), "\n")
	if n := int(at.Line); n >= 1 && n <= len(lines) {
		at.Mark, _ = content.Within(at.Mark, lines[n-1], string(id))
	}
	return Reference{at, id}
}
