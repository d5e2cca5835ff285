package dossier

import (
	"fmt"
	"slices"
	"strings"
)

// Sentence says in one line how far the pledge has come: "Part-delivered: more than 85,000 of 100,000 drones, as of 15 October 2025",
// "Committed on 18 July 2025; what followed is not known to us". It never says that nothing followed.
func (p *Pledge) Sentence() string {
	s := p.Status()
	label := strings.ToUpper(s.Label()[:1]) + s.Label()[1:]
	if s.Stage == Delivered {
		return label + p.arrived(s)
	}
	if part := p.partly(s.Stage); part != "" {
		return label + part + ", as of " + p.AsOf.Text() + "; no later stage is known to us"
	}
	date, later := p.reached(s.Stage)
	if s.Stage == Announced && date.IsZero() {
		date = p.Announced.Date
	}
	asOf := ""
	if p.AsOf != date {
		asOf = ", as of " + p.AsOf.Text()
	}
	switch {
	case s.Stage == Withdrawn:
		return label + date.phrase() + asOf
	case p.cut():
		return label + date.phrase() + "; part of it was withdrawn, and no later stage is known to us" + asOf
	case later:
		return label + date.phrase() + "; no later stage is known to us" + asOf
	}
	return label + date.phrase() + "; what followed is not known to us" + asOf
}

// partly says how much of the promised money came to a stage, where steps tell of less than all of it: ": £100 of £500".
func (p *Pledge) partly(stage Stage) string {
	if stage != Committed && stage != Allocated || p.Amount.IsZero() {
		return ""
	}
	var sum Range
	for _, step := range p.Steps {
		switch {
		case step.Stage != stage:
		case step.Amount.IsZero():
			return ""
		default:
			sum = plus(sum, step.Amount.Range)
		}
	}
	if x := (Progress{Currency: p.Amount.Currency, Promised: p.Net().Range, Delivered: sum}); !x.Done() {
		return ": " + x.Text()
	}
	return ""
}

// reached returns when a stage was first told of, and whether a later step tells more of the promise. Of a withdrawal it is the last step,
// with which nothing was left.
func (p *Pledge) reached(stage Stage) (first Date, later bool) {
	for _, step := range p.Steps {
		switch {
		case step.Stage == stage && (first.IsZero() || stage == Withdrawn):
			first = step.Date
		case !first.IsZero():
			later = true
		}
	}
	return first, later
}

// cut reports whether a step took back part of the promise.
func (p *Pledge) cut() bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Stage == Withdrawn })
}

// phrase returns d with the preposition that goes before it: " on 4 June 2025", " in June 2025"; nothing where there is no date.
func (d Date) phrase() string {
	switch {
	case d.IsZero():
		return ""
	case d.IsInterval() || d.Start.Approximate:
		return ", " + d.Text()
	case d.Start.Day == 0:
		return " in " + d.Text()
	}
	return " on " + d.Text()
}

// arrived says what of the promise arrived.
func (p *Pledge) arrived(s Status) string {
	asOf := ", as of " + s.AsOf.Text()
	var told []string
	for _, x := range p.Progress() {
		if !x.Delivered.IsZero() {
			told = append(told, x.Text())
		}
	}
	switch {
	case told != nil:
		return ": " + strings.Join(told, ", ") + asOf
	case !s.Part:
		return asOf
	}
	if others := p.others(); others != "" {
		return ": " + others + asOf + "; how much of the promise that is, is not known to us"
	}
	return ", to an extent not known to us" + asOf
}

// Text says what arrived of what was promised: "3 of 4 tanks", "all 14 tanks", "18 tanks, more than the 14 promised".
func (p Progress) Text() string {
	delivered, promised, things := p.number(p.Delivered), p.number(p.Promised), ""
	if p.What != "" {
		things = " " + p.What
	}
	switch {
	case p.Promised.IsZero():
		return delivered + things
	case !p.Done():
		return fmt.Sprintf("%s of %s%s", delivered, promised, things)
	case delivered == promised && p.Promised.IsExact() && p.What == "":
		return "all of " + promised
	case delivered == promised && p.Promised.IsExact() && promised != "1":
		return "all " + promised + things
	case delivered == promised && p.Promised.IsExact():
		return Item{What: p.What, Range: p.Promised}.Text()
	case p.Promised.HasMax && p.Delivered.Low().GreaterThan(p.Promised.High()):
		return fmt.Sprintf("%s%s, more than the %s promised", delivered, things, promised)
	}
	return fmt.Sprintf("%s%s, of %s promised", delivered, things, promised)
}

// number returns a number of p in words, with the sign of the currency where it is money.
func (p Progress) number(r Range) string {
	if p.What == "" {
		return Amount{Range: r, Currency: p.Currency}.Text()
	}
	return r.Text()
}

// others names what was delivered in a measure that was not promised.
func (p *Pledge) others() string {
	var told []string
	for _, step := range p.Steps {
		if step.Stage != Delivered {
			continue
		}
		if !step.Amount.IsZero() {
			told = append(told, step.Amount.Text())
		}
		for _, item := range step.Items {
			told = append(told, item.Text())
		}
	}
	return strings.Join(told, ", ")
}
