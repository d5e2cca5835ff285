package workspace

import (
	"context"
	"slices"
	"strings"
	"time"

	"briefing/internal/diag"
)

// rounds bounds how often a mended site is mended again. A slip of syntax hides others of its file, and few hide more.
const rounds = 4

// Fix returns the change that mends what can be mended for certain: the problems that carry their cure, references to former ids, and white
// space that nobody sees. It mends again what comes to light by that, and returns how many edits there are.
func (w *Workspace) Fix(ctx context.Context) (Change, int, error) {
	all, made := Change{Texts: Texts{}, Old: Texts{}}, 0
	for range rounds {
		// Each round asks anew what is wrong: an edit may have mended more than its own problem, and moved the places of others.
		style, err := w.style(ctx)
		if err != nil {
			return all, made, err
		}
		edits := slices.Concat(w.cures(slices.Concat(w.Problems, style)), w.renamed(), w.tidy())
		c, n := w.fitting(edits)
		if n == 0 {
			break
		}
		made += n
		for name, text := range c.Texts {
			// The old text is that of before the first round, so that the diff shows all that was done to a file.
			if _, ok := all.Texts[name]; !ok {
				all.Old[name] = c.Old[name]
			}
			all.Texts[name] = text
		}
		next, err := w.With(ctx, c.Texts)
		if err != nil {
			return all, made, err
		}
		w = next
	}
	return all, made, nil
}

// style returns what breaks the house style, where there are no errors: they come first, as in a check.
func (w *Workspace) style(ctx context.Context) (diag.List, error) {
	if w.Problems.Errors() > 0 {
		return nil, nil
	}
	return w.Site.Style(ctx, w.source.Files, time.Time{})
}

// fitting returns the change of those edits that hold, and how many they are. Of two that overlap the first is made; the other comes up
// again.
func (w *Workspace) fitting(edits []diag.Edit) (Change, int) {
	c, made := Change{Texts: Texts{}, Old: Texts{}}, 0
	byFile := map[string][]diag.Edit{}
	for _, e := range edits {
		old := w.Text(e.File)
		list := append(byFile[e.File], e)
		if text, err := diag.Apply(old, list); err == nil && string(text) != string(old) {
			byFile[e.File], c.Texts[e.File], c.Old[e.File] = list, text, old
			made++
		}
	}
	return c, made
}

// cures returns the edits that problems carry, each at the very place of what it replaces.
func (w *Workspace) cures(problems diag.List) []diag.Edit {
	var edits []diag.Edit
	lines := map[string][]string{}
	for _, p := range problems {
		e := p.Fix
		if !e.Some() {
			continue
		}
		if lines[e.File] == nil {
			lines[e.File] = w.lines(e.File)
		}
		if e.Old != "" {
			// A problem may point at a whole value, of which the edit is a part.
			e.Mark = within(e.Mark, lines[e.File], e.Old)
		}
		edits = append(edits, e)
	}
	return edits
}

// renamed returns the edits that put the present id in place of each former one.
func (w *Workspace) renamed() []diag.Edit {
	var edits []diag.Edit
	for r := range w.all {
		if e, ok := w.Site.Graph.Lookup(r.ID); ok && e.Base().ID != r.ID {
			edits = append(edits, diag.Edit{Pos: r.Pos, Old: string(r.ID), New: string(e.Base().ID)})
		}
	}
	return edits
}

// tidy returns the edits of white space that means nothing: at the ends of lines of front matter, and where the last line of a file has no
// end. In the body two spaces at the end of a line mean something.
func (w *Workspace) tidy() []diag.Edit {
	var edits []diag.Edit
	for _, e := range w.Site.Graph.All() {
		name := e.Base().File
		lines := w.lines(name)
		if last := lines[len(lines)-1]; last != "" {
			edits = append(edits, diag.Edit{Pos: diag.Mark{Line: int32(len(lines)), Col: int32(len([]rune(last)) + 1)}.In(name), New: "\n"})
		}
		edits = append(edits, trimmed(name, lines)...)
	}
	return edits
}

// trimmed returns the edits that take white space from the ends of the lines of front matter.
func trimmed(name string, lines []string) []diag.Edit {
	if strings.TrimRight(lines[0], " \t\r") != "---" {
		return nil
	}
	var edits []diag.Edit
	for i, line := range lines[1:] {
		if strings.HasPrefix(line, "---") {
			return edits
		}
		line = strings.TrimSuffix(line, "\r")
		kept := strings.TrimRight(line, " \t")
		if kept != line {
			edits = append(edits, diag.Edit{Pos: diag.Mark{Line: int32(i + 2), Col: int32(len([]rune(kept)) + 1)}.In(name), Old: line[len(kept):]})
		}
	}
	return nil // front matter without an end
}

// Mendable returns how many problems carry their cure.
func Mendable(l diag.List) int {
	n := 0
	for _, p := range l {
		if p.Fix.Some() {
			n++
		}
	}
	return n
}
