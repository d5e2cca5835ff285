package workspace

import (
	"fmt"
	"path"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// Rename returns the change that gives an entry another id: its file gets the new name, each reference to it, by its present id or by a
// former one, gets the new id, and the old one becomes the newest of its former ids, so that its address goes on leading there and feeds go
// on knowing it. Of a draft, which nobody has seen, there is no former id.
func (w *Workspace) Rename(from, to dossier.ID) (Change, []Reference, error) {
	head, err := w.renamable(from, to)
	if err != nil {
		return Change{}, nil, err
	}
	refs := w.References(head.ID)
	var edits []diag.Edit
	for _, r := range refs {
		edits = append(edits, diag.Edit{Pos: r.Pos, Old: string(r.ID), New: string(to)})
	}
	if !head.Draft {
		alias, ok := content.AddAlias(head.File, w.Text(head.File), head.ID)
		if !ok {
			return Change{}, nil, fmt.Errorf("%s: the former ids cannot be read", head.File)
		}
		edits = append(edits, alias)
	}
	c, err := w.change(edits)
	if err != nil {
		return Change{}, nil, err
	}
	text, ok := c.Texts[head.File]
	if !ok {
		text = w.Text(head.File)
	}
	name := path.Join(path.Dir(head.File), string(to)+".md")
	// The file moves with the edits in it: its own references to itself are among them.
	c.Texts[name], c.Texts[head.File], c.Old[head.File] = text, nil, w.Text(head.File)
	c.from, c.to = head.File, name
	return c, refs, nil
}

// renamable returns the entry that is to have another id, if it may.
func (w *Workspace) renamable(from, to dossier.ID) (*dossier.Head, error) {
	head, err := w.Named(from)
	if err != nil {
		return nil, err
	}
	if !to.Valid() {
		return nil, fmt.Errorf("%q is not an id: write lower-case letters a to z, digits and single hyphens", to)
	}
	g := w.Site.Graph
	// Nobody else may have had the id: a subscriber or a bookmark would be led to another entry.
	switch taken, ok := g.Lookup(to); {
	case ok && taken.Base().ID == to:
		return nil, fmt.Errorf("the id %q is taken: %s", to, taken.Base().File)
	case ok && taken.Base() == head:
		return nil, fmt.Errorf("%q is a former id of the same entry, and feeds would take it for another if it went back; choose a third", to)
	case ok:
		return nil, fmt.Errorf("the id %q is a former one of %s", to, taken.Base().File)
	}
	// A file that is broken has references that nobody has seen, which would be left dangling.
	for _, other := range g.All() {
		if other.Base().Broken {
			return nil, fmt.Errorf("%s cannot be read whole, so that nobody knows what it refers to; mend it first, as briefing check says", other.Base().File)
		}
	}
	return head, nil
}

// Named returns the entry that has the id now. What is to be moved or deleted has to be named as it is, and not by a former id.
func (w *Workspace) Named(id dossier.ID) (*dossier.Head, error) {
	e, ok := w.Site.Graph.Lookup(id)
	if !ok {
		return nil, w.noEntry(id)
	}
	head := e.Base()
	if head.ID != id {
		return nil, fmt.Errorf("%q is a former id; the entry is %q now (%s)", id, head.ID, head.File)
	}
	return head, nil
}

// noEntry is the error for an id that there is not, with the nearest that there is.
func (w *Workspace) noEntry(id dossier.ID) error {
	ids := func(yield func(string) bool) {
		for _, e := range w.Site.Graph.All() {
			if !yield(string(e.Base().ID)) {
				return
			}
		}
	}
	if near, ok := diag.Nearest(string(id), ids); ok {
		return fmt.Errorf("there is no entry %q; did you mean %q?", id, near)
	}
	return fmt.Errorf("there is no entry %q", id)
}

// Remove returns the change that takes the file of an entry away.
func (w *Workspace) Remove(head *dossier.Head) Change {
	return Change{Texts: Texts{head.File: nil}, Old: Texts{head.File: w.Text(head.File)}}
}
