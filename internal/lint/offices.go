package lint

import (
	"slices"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

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
	// An end that is open has no last day.
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
	// near is in bytes: an office with the name of a state before it is no longer.
	const near = 60
	const signs = ".,;:()[]"
	var words []string
	for _, t := range p.tokens {
		within := part.Start <= t.start && t.start < part.Stop
		before := t.stop <= part.Start && t.stop > part.Start-near && !strings.ContainsAny(p.text[t.stop:part.Start], signs)
		behind := t.start >= part.Stop+len(", ") && t.start < part.Stop+near && strings.HasPrefix(p.text[part.Stop:], ", ") &&
			!strings.ContainsAny(p.text[part.Stop+len(", "):t.start], signs)
		if within || before || behind {
			words = append(words, t.lower)
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
		// all says that each word of the office is among the words, but for the small ones.
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
