package page

import (
	"html/template"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// glossary returns where each name is defined: in the definition lists of the pages of prose. The first of several definitions counts.
func glossary(g *graph.Graph) map[string]string {
	out := map[string]string{}
	for _, x := range prosePages(g) {
		for _, t := range x.Body.Terms {
			for _, name := range t.Names {
				if out[name] == "" {
					out[name] = URL(x) + "#" + t.ID
				}
			}
		}
	}
	return out
}

// mention appends an abbreviation. Where it first stands in the text of a page, and a glossary explains it, it leads there.
func (d *desk) mention(b []byte, word string) []byte {
	url := d.glossary[word]
	if url == "" || d.told[word] {
		return append(b, word...)
	}
	d.told[word] = true
	b = append(append(b, `<a class="term" href="`...), template.HTMLEscapeString(url)...)
	b = append(append(b, `">`...), word...)
	return append(b, `</a>`...)
}

// A termSet is a glossary, a definedTerm what it defines.
type termSet struct {
	thing
	HasDefinedTerm []definedTerm `json:"hasDefinedTerm"`
}

// A definedTerm is one term, which names the glossary that it is in: a search engine may read it by itself.
type definedTerm struct {
	thing
	InDefinedTermSet thing `json:"inDefinedTermSet"`
}

// termSet returns what a page of prose defines, or nothing.
func (p *planner) termSet(x *dossier.Page) []any {
	body := p.g.Body(x)
	if len(body.Terms) == 0 {
		return nil
	}
	page := p.g.Site.BaseURL + URL(x)
	set := termSet{thing: thing{Type: "DefinedTermSet", ID: page + "#terms", Name: x.Title, SubjectOf: &thing{ID: page}}}
	for _, t := range body.Terms {
		words := body.Cut(t.Start, t.End)
		text := words.Text(func(h *markup.Hole) string {
			if e, ok := p.g.Lookup(dossier.ID(h.Target)); ok && h.Kind == markup.Link {
				return dossier.InProse(e)
			}
			return ""
		})
		set.HasDefinedTerm = append(set.HasDefinedTerm, definedTerm{
			thing: thing{
				Type: "DefinedTerm", ID: page + "#" + t.ID, Name: t.Names[0], AlternateName: t.Names[1:], URL: page + "#" + t.ID,
				Description: strings.TrimSpace(text),
			},
			InDefinedTermSet: thing{ID: set.ID},
		})
	}
	return []any{set}
}
