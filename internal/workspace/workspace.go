// Package workspace answers questions about the texts of a site, and edits them.
//
// A [Workspace] is a site as its files are, or as they would be with the texts that an edit makes. It tells their problems, where an id is
// referred to, and which ids there are to choose from; and it makes the edits that must touch many files at once, such as to give an entry
// another id. An edit is a [Change]: new texts, tried out before anything is written, and written all or none.
//
// Drafts belong to a workspace as all else does. Files are named from the site's folder.
package workspace

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"briefing/internal/diag"
	"briefing/internal/dossier"
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

// Open reads the site that src describes.
func Open(ctx context.Context, src site.Source) (*Workspace, error) {
	src.Drafts = true
	return open(ctx, src, nil)
}

// With returns the workspace with other texts in place of some files; a text that is nil means that there is no such file. Files that stay
// are not read again.
func (w *Workspace) With(ctx context.Context, texts Texts) (*Workspace, error) {
	src := w.source
	src.Files = overlay{src.Files, texts}
	return open(ctx, src, w.Site)
}

// open reads a site, all of it or what differs from an earlier one.
func open(ctx context.Context, src site.Source, prev *site.Site) (*Workspace, error) {
	s, problems, err := site.Load(ctx, src, prev)
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
	lines := w.lines(site.ConfigFile)
	for _, n := range g.Site.Navigation {
		if id := dossier.ID(n.To); id.Valid() && !yield(written(n.At.In(site.ConfigFile), lines, id)) {
			return
		}
	}
	lines = w.lines(site.RatesFile)
	for _, r := range g.Rates() {
		if !yield(written(r.SourceAt.In(site.RatesFile), lines, r.Source)) {
			return
		}
	}
	for _, e := range g.All() {
		if !w.ofEntry(e, yield) {
			return
		}
	}
}

// ofEntry yields the references of an entry.
func (w *Workspace) ofEntry(e dossier.Entry, yield func(Reference) bool) bool {
	head, body := e.Base(), w.Site.Graph.Whole(e)
	for _, l := range body.Links {
		if !yield(Reference{l.At.In(head.File), l.To}) {
			return false
		}
	}
	// The text is read only where there is something in it to be found.
	if len(body.Holes) == 0 {
		return true
	}
	lines := w.lines(head.File)
	for _, h := range body.Holes {
		// The place of a hole includes its brackets.
		if !yield(written(h.At.In(head.File), lines, dossier.ID(h.Target))) {
			return false
		}
	}
	return true
}

// written returns the reference with an id that stands somewhere within a place of a file with the lines.
func written(at diag.Pos, lines []string, id dossier.ID) Reference {
	at.Mark = within(at.Mark, lines, string(id))
	return Reference{at, id}
}

// lines returns the lines of a file as problems count them: without the byte order mark.
func (w *Workspace) lines(name string) []string {
	return strings.Split(strings.TrimPrefix(string(w.Text(name)), "\ufeff"), "\n")
}

// within returns the mark of a text that begins somewhere within a longer mark, at its very place, or behind a quotation mark there; the
// longer mark where it does not.
func within(m diag.Mark, lines []string, text string) diag.Mark {
	if m.Line < 1 || int(m.Line) > len(lines) {
		return m
	}
	line, n := []rune(lines[m.Line-1]), utf8.RuneCountInString(text)
	from := min(max(int(m.Col)-1, 0), len(line))
	to := min(from+max(int(m.Len), n+1), len(line))
	part := string(line[from:to])
	i := strings.Index(part, text)
	if i < 0 {
		return m
	}
	m.Col, m.Len = m.Col+int32(utf8.RuneCountInString(part[:i])), int32(n)
	return m
}
