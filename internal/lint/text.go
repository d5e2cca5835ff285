package lint

import (
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// emptyLinks are words that do not say where a link leads.
var emptyLinks = []string{"here", "this", "link", "this link", "click here", "read more", "more", "source", "this page", "see here"}

// links reports links that say nothing of where they lead.
func (r *reader) links(p *prose) {
	for _, part := range p.parts {
		if part.Kind != markup.Linking && part.Kind != markup.Referring {
			continue
		}
		words := strings.TrimSpace(p.text[part.Start:part.Stop])
		msg := ""
		switch {
		case r.english && slices.Contains(emptyLinks, strings.ToLower(words)):
			msg = "a link that does not say where it leads: “" + words + "”"
		case strings.HasPrefix(words, "http://"), strings.HasPrefix(words, "https://"), strings.HasPrefix(words, "www."):
			msg = "a bare address as the text of a link"
		}
		if msg != "" {
			r.report(p, part.Start, part.Stop, diag.Problem{Code: diag.LinkText, Msg: msg, Hint: "let the link’s words name what stands there"})
		}
	}
}

// grounded are the kinds whose paragraphs state facts.
var grounded = dossier.Of(dossier.KindActor, dossier.KindSeries, dossier.KindEvent, dossier.KindPledge, dossier.KindFigure, dossier.KindBrief)

// A basis is what a paragraph leads to.
type basis struct{ noted, linked, summed, peopled bool }

// basisOf returns what a paragraph leads to. A link to an entry is a ground: the sources are there. One to an actor is none, for that a
// name is a link says nothing of what is told of it.
func (r *reader) basisOf(p *prose) basis {
	var b basis
	for _, part := range p.parts {
		switch part.Kind {
		case markup.Noting, markup.Footnoting:
			b.noted = true
		case markup.Referring:
			e, ok := r.g.Lookup(dossier.ID(part.Target))
			if !ok {
				continue
			}
			kind := e.Base().Kind
			b.peopled = b.peopled || kind == dossier.KindActor
			b.linked = b.linked || kind != dossier.KindActor
			b.summed = b.summed || dossier.Of(dossier.KindPledge, dossier.KindFigure, dossier.KindEvent, dossier.KindBrief).Has(kind)
		}
	}
	return b
}

// saying are words that tell what somebody said.
var saying = wordSet("said says told announced promised stated declared confirmed warned argued demanded")

// grounds reports a paragraph that gives numbers, or what a named actor said, and not from where; and a sum of money that leads to nothing
// in which it can be checked. Of each there is one report to a paragraph.
func (r *reader) grounds(p *prose) {
	b := r.basisOf(p)
	for i, t := range p.tokens {
		number := '0' <= t.lower[0] && t.lower[0] <= '9'
		switch {
		case t.theirs:
			continue
		case !b.noted && !b.linked && (number && ordinal(t.lower) == "" || r.english && b.peopled && saying[t.lower]):
			what := "what somebody said, "
			if number {
				what = "a number "
			}
			r.report(p, t.start, t.stop, diag.Problem{
				Code: diag.Uncited, Msg: what + "in a paragraph without a source", Hint: "add a citation, [@source], or a link to the entry that has it",
			})
			b.noted = true
		}
		if start := p.money(i); number && !b.summed && start >= 0 {
			r.report(p, start, t.stop, diag.Problem{
				Code: diag.UnlinkedAmount, Msg: "a sum of money that leads to no pledge, figure or event",
				Hint: "write [[id|the sum]], or enter the pledge or the figure",
			})
			b.summed = true
		}
	}
}

// currencies are what stands before a sum of money.
var currencies = []string{"£", "$", "€"}

// money returns where the sum of money begins whose number is token i, or -1.
func (p *prose) money(i int) int {
	start := p.tokens[i].start
	for _, sign := range currencies {
		if strings.HasSuffix(p.text[:start], sign) {
			return start - len(sign)
		}
	}
	if !p.next(i - 1) {
		return -1
	}
	code := p.text[p.tokens[i-1].start:p.tokens[i-1].stop]
	if len(code) == 3 && strings.ToUpper(code) == code && slices.Contains([]string{"EUR", "USD", "GBP", "CAD", "NOK", "SEK", "DKK", "AUD", "CHF", "PLN", "JPY"}, code) {
		return p.tokens[i-1].start
	}
	return -1
}

// quotation keeps a quotation, and reports one of somebody who was not there.
func (r *reader) quotation(m *markup.Passage, p *prose) {
	if m.Speaker == "" {
		return
	}
	speaker := r.present(m.Speaker)
	q := placed{words: p.all(), pos: r.whole(p), speaker: speaker}
	for _, s := range m.Sources {
		q.sources = append(q.sources, r.present(s))
	}
	r.quotes = append(r.quotes, q)
	event, ok := r.entry.(*dossier.Event)
	if !ok {
		return
	}
	for i, a := range event.Attendance {
		if a.Mode == dossier.Absent && r.present(string(a.Actor)) == speaker {
			r.problems.Add(diag.Problem{
				Pos: q.pos(), Code: diag.AbsentSpeaker, Msg: r.called(speaker) + " is quoted here, and was absent from the event",
				Hint: "move the quotation to where it was said, or mend the attendance", Also: r.place("attendance", i, "mode"),
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
	list.Sort()
	return list
}

// nearly reports whether two quotations are of the same words and not the same: neither is a part of the other, and they differ in fewer
// than a fifth of their words.
func nearly(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for i := 0; i+len(a) <= len(b); i++ {
		if slices.Equal(a, b[i:i+len(a)]) {
			return false
		}
	}
	return distance(a, b) <= max(1, len(a)/5)
}

// distance returns by how many words two texts differ: the least number of words to add, to leave out or to replace.
func distance(a, b []string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, word := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if word != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// gone are words that tell that somebody does not hold an office, or not yet.
var gone = wordSet("former formerly then later future ex next new outgoing incoming designate successor predecessor until became become " +
	"elected acting deputy nominee nominated previous")

// offices reports offices that stand beside people in the text of an event, and that they are known not to have held on its day.
func (r *reader) offices(p *prose) {
	event, ok := r.entry.(*dossier.Event)
	if !ok || !event.Date.IsDays() {
		return
	}
	for _, part := range p.parts {
		if part.Kind != markup.Referring {
			continue
		}
		a := graph.Find[*dossier.Actor](r.g, dossier.ID(part.Target))
		if a == nil || len(a.Roles) == 0 {
			continue
		}
		words := p.beside(part)
		if role := claimed(a, words); role != nil && !slices.ContainsFunc(words, func(w string) bool { return gone[w] || isYear(w) }) {
			r.office(p, part, a, role)
		}
	}
}

// office reports a role of a person that was not held on the day of the event.
func (r *reader) office(p *prose, part markup.Part, a *dossier.Actor, role *dossier.Role) {
	event, term := r.entry.(*dossier.Event), ""
	switch {
	case !role.From.IsZero() && role.From.First().After(event.Date.Last()):
		term = "from " + role.From.Text()
	case !role.To.IsZero() && !role.To.Last().IsZero() && role.To.Last().Before(event.Date.First()):
		term = "until " + role.To.Text()
	default:
		return
	}
	r.report(p, part.Start, part.Stop, diag.Problem{
		Code: diag.NotInOffice, Msg: a.Title + " was " + role.Title + " " + term + ", and not on the day of the event",
		Hint: "write “later” or “former” before the office, or mend the role",
	})
}

// beside returns the words that may say what somebody is: those of the reference itself, those before it up to a sign, and those behind
// it between two commas.
func (p *prose) beside(part markup.Part) []string {
	const most = 7
	var words []string
	for i, t := range p.tokens {
		switch {
		case part.Start <= t.start && t.start < part.Stop:
			words = append(words, t.lower)
		case t.stop <= part.Start && t.stop > part.Start-80 && !strings.ContainsAny(p.text[t.stop:part.Start], ".,;:()[]"):
			words = append(words, t.lower)
		case t.start >= part.Stop && strings.HasPrefix(p.text[part.Stop:], ", "):
			behind := p.text[part.Stop+len(", ") : t.start]
			if len(strings.Fields(behind)) < most && !strings.ContainsAny(behind, ".,;:()[]") && i < len(p.tokens) {
				words = append(words, t.lower)
			}
		}
	}
	return words
}

// small are words that an office may be written with or without.
var small = []string{"of", "for", "the", "and", "s"}

// claimed returns the role whose office words name, if it is the only role of the person with such words: “defence minister” is the
// Minister of Defence.
func claimed(a *dossier.Actor, words []string) *dossier.Role {
	var found *dossier.Role
	for i := range a.Roles {
		all := true
		for _, t := range newProse(a.Roles[i].Title, nil).tokens {
			all = all && (slices.Contains(small, t.lower) || slices.Contains(words, t.lower))
		}
		if all && found != nil {
			return nil
		}
		if all {
			found = &a.Roles[i]
		}
	}
	return found
}
