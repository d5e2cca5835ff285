package lint

import (
	"fmt"
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// quotation keeps a quotation, and reports one of somebody who was not there.
func (r *reader) quotation(m *markup.Passage, p *prose) {
	if m.Speaker == "" {
		r.signature(p)
		return
	}
	speaker := r.present(m.Speaker)
	q := placed{words: p.all(), pos: r.whole(p), speaker: speaker}
	for _, s := range m.Sources {
		q.sources = append(q.sources, r.present(s))
	}
	r.quotes = append(r.quotes, q)
	r.absent(speaker, "%s is quoted here, and was absent from the event", "move the quotation to where it was said, or mend the attendance", q.pos)
}

// absent reports somebody who did what only those do who are there, at an event from which the attendance says they were absent.
func (r *reader) absent(id, msg, hint string, pos func() diag.Pos) {
	event, ok := r.entry.(*dossier.Event)
	if !ok {
		return
	}
	id = r.present(id)
	for i, a := range event.Attendance {
		if a.Mode == dossier.Absent && r.present(string(a.Actor)) == id {
			r.problems.Add(diag.Problem{
				Pos: pos(), Code: diag.AbsentSpeaker, Msg: fmt.Sprintf(msg, r.called(id)), Hint: hint, Also: r.place("attendance", i, "mode"),
			})
		}
	}
}

// present returns the present id of the entry that has an id, now or formerly.
func (r *reader) present(id string) string {
	if e, ok := r.g.Lookup(dossier.ID(id)); ok {
		return string(e.Base().ID)
	}
	return id
}

// called returns the title of the entry that has an id.
func (r *reader) called(id string) string {
	e, _ := r.g.Lookup(dossier.ID(id))
	if e == nil {
		return id
	}
	return e.Base().Title
}

// all returns all words of a text in lower case.
func (p *prose) all() []string {
	words := make([]string, len(p.tokens))
	for i, t := range p.tokens {
		words[i] = t.lower
	}
	return words
}

// telling is the number of words from which on two equal texts are no accident.
const telling = 15

// whole returns what tells where a text stands.
func (r *reader) whole(p *prose) func() diag.Pos {
	file := r.head.File
	return func() diag.Pos { return p.mark(0, len(p.text)).In(file) }
}

// keep keeps a text that is long enough to be told apart from others.
func (r *reader) keep(p *prose) {
	if len(p.tokens) >= telling {
		r.texts = append(r.texts, placed{words: []string{strings.Join(p.all(), " ")}, pos: r.whole(p)})
	}
}

// repeated reports texts that stand on the site more than once.
func repeated(all []Findings) diag.List {
	var list diag.List
	first := map[string]func() diag.Pos{}
	for _, f := range all {
		for _, t := range f.texts {
			if pos, ok := first[t.words[0]]; ok {
				list.Add(diag.Problem{
					Pos: t.pos(), Code: diag.RepeatedText, Msg: "the same text stands on the site twice", Hint: "keep one, and link to it from the other", Also: pos(),
				})
			} else {
				first[t.words[0]] = t.pos
			}
		}
	}
	return list
}

// thing keeps what no two entries of a kind have in common unless they are of one thing, and where it stands.
func (r *reader) thing(what, value string, path ...any) {
	if value == "" || r.off[diag.DoubledEntry] {
		return
	}
	r.things = append(r.things, placed{words: []string{what, strings.ToLower(value)}, pos: func() diag.Pos { return r.place(path...) }})
}

// doubled reports entries that seem to be of one thing.
func doubled(all []Findings) diag.List {
	var list diag.List
	first := map[string]func() diag.Pos{}
	for _, f := range all {
		for _, t := range f.things {
			key := strings.Join(t.words, "\n")
			if pos, ok := first[key]; ok {
				list.Add(diag.Problem{
					Pos: t.pos(), Code: diag.DoubledEntry, Msg: "another entry has " + t.words[0], Also: pos(),
					Hint: "make one entry of the two, with the other id under aliases:; where two are really called alike, say so under allow:",
				})
			} else {
				first[key] = t.pos
			}
		}
	}
	return list
}

// opening is how many words at either end of a quotation are compared before the whole is.
const opening = 4

// compared is with how many quotations of one beginning another is compared: beyond them no text would be made of sense.
const compared = 16

// differing reports the words of one speaker that are quoted from one source in two ways. Only quotations are compared that begin or end
// alike, so that the work stays in proportion to their number.
func differing(all []Findings) diag.List {
	var list diag.List
	seen := map[string][]placed{}
	for _, f := range all {
		for _, q := range f.quotes {
			if len(q.words) <= opening {
				continue
			}
			for _, source := range q.sources {
				// Either end may have been cut off.
				for _, end := range [][]string{q.words[:opening], q.words[len(q.words)-opening:]} {
					key := q.speaker + "\n" + source + "\n" + strings.Join(end, " ")
					for _, other := range seen[key] {
						if nearly(q.words, other.words) {
							list.Add(diag.Problem{
								Pos: q.pos(), Code: diag.QuotationDiffers, Msg: "the same words are quoted otherwise elsewhere", Hint: "hold both against the source",
								Also: other.pos(),
							})
						}
					}
					if len(seen[key]) < compared {
						seen[key] = append(seen[key], q)
					}
				}
			}
		}
	}
	return list
}

// nearly reports whether two quotations are of the same words and not the same: neither is a part of the other, and they differ in fewer
// than a fifth of their words.
func nearly(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for i := 0; i+len(a) <= len(b); i++ {
		// A shorter quotation of the same words is no other one.
		if slices.Equal(a, b[i:i+len(a)]) {
			return false
		}
	}
	return diag.Distance(a, b) <= max(1, len(a)/5)
}
