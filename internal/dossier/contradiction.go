package dossier

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"briefing/internal/diag"
)

// Check reports contradictions in the ledger: of a pledge without any, no total is less than nothing.
func (p *Pledge) Check(report Report) {
	p.Head.Check(report)
	p.checkDonors(report)
	for i, item := range p.Items {
		// What is delivered counts for each item of its name, so that a second one of a name would be kept by the same delivery.
		if slices.ContainsFunc(p.Items[:i], func(other Item) bool { return item.What != "" && strings.EqualFold(other.What, item.What) }) {
			report(twice(item.What), "items", i, "what")
		}
	}
	if !p.Due.IsZero() && !p.Announced.Date.IsZero() && p.Due.Last().Before(p.Announced.Date.First()) {
		report(faultf(diag.Contradiction, "check both dates", "it was due on %s, before the announcement on %s", p.Due, p.Announced.Date), "due")
	}
	for i := range p.Steps {
		step := func(f *Fault, path ...any) { report(f, append([]any{"steps", i}, path...)...) }
		p.checkDates(&p.Steps[i], step)
		p.checkSum(&p.Steps[i], step)
		p.checkItems(&p.Steps[i], step)
	}
	for _, x := range p.measures() {
		x.check(p.Steps, report)
	}
}

// checkDonors reports a donor listed twice, and shares that do not fit the promise.
func (p *Pledge) checkDonors(report Report) {
	var shares Range
	for i, d := range p.Donors {
		if slices.ContainsFunc(p.Donors[:i], func(e Donor) bool { return d.Actor != "" && e.Actor == d.Actor }) {
			report(twice(string(d.Actor)), "donors", i, "actor")
		}
		if d.Amount.IsZero() || p.Amount.IsZero() {
			continue
		}
		if d.Amount.Currency != p.Amount.Currency {
			report(faultf(diag.Contradiction, "give the share in the currency of the promise", "the share is in %s, the promise in %s", d.Amount.Currency, p.Amount.Currency), "donors", i, "amount", "currency")
			continue
		}
		if d.Amount.Per != p.Amount.Per {
			report(faultf(diag.Contradiction, "give both as totals, or both as rates", "either the share or the promise is a rate"), "donors", i, "amount")
			continue
		}
		shares = shares.Add(d.Amount.Range)
	}
	if p.Amount.HasMax && shares.Low().GreaterThan(p.Amount.High()) {
		report(faultf(diag.Contradiction, "check the shares and the amount", "the shares of the donors come to %s, more than the promise, %s", shares.Low(), p.Amount.High()), "donors")
	}
}

// checkDates reports a step that does not fit the other dates of the pledge, or ends it without a delivery.
func (p *Pledge) checkDates(s *Step, report Report) {
	if !s.Date.IsZero() && !p.AsOf.IsZero() && s.Date.First().After(p.AsOf.Last()) {
		report(faultf(diag.Contradiction, "set as_of: to the date of our newest knowledge", "the step is dated %s, and as_of is %s", s.Date, p.AsOf), "date")
	}
	if s.Stage != Announced && !s.Date.IsZero() && !p.Announced.Date.IsZero() && s.Date.Last().Before(p.Announced.Date.First()) {
		report(faultf(diag.Contradiction, "check both dates", "the step is dated %s, before the announcement on %s", s.Date, p.Announced.Date), "date")
	}
	if s.Final && s.Stage != Delivered {
		report(faultf(diag.Contradiction, "remove final:, or write stage: delivered", "only with a delivery can the whole promise have arrived"), "final")
	}
	if !s.Recorded.IsZero() && s.Recorded.Before(p.Published) {
		report(faultf(diag.Contradiction, "remove recorded: from a step as old as the pledge", "the step is older than the pledge, which was published at %s", p.Published.Format(time.RFC3339)), "recorded")
	}
}

// checkSum reports a step whose sum cannot be held against the promise. What is taken back must be, or the totals would not know of it.
func (p *Pledge) checkSum(s *Step, report Report) {
	shared := slices.ContainsFunc(p.Donors, func(d Donor) bool { return !d.Amount.IsZero() })
	switch {
	case s.Amount.IsZero():
	case p.Amount.IsZero() && shared && s.Stage == Withdrawn:
		report(faultf(diag.Contradiction, "give the whole of the promise as amount:", "a sum is taken back, and the promise has none but the shares of its donors"), "amount")
	case p.Amount.IsZero():
	case s.Amount.Currency != p.Amount.Currency:
		report(faultf(diag.Contradiction, "give the step in the currency of the promise", "the step is in %s, the promise in %s", s.Amount.Currency, p.Amount.Currency), "amount", "currency")
	case s.Amount.Per != p.Amount.Per && s.Stage == Withdrawn:
		report(faultf(diag.Contradiction, "give both as totals, or both as rates", "either what was taken back or the promise is a rate"), "amount")
	}
}

// checkItems reports things of a step whose name is nearly that of something promised: they would not count for it.
func (p *Pledge) checkItems(s *Step, report Report) {
	names := func(yield func(string) bool) {
		for _, item := range p.Items {
			if !yield(item.What) {
				return
			}
		}
	}
	for i, item := range s.Items {
		if slices.ContainsFunc(p.Items, func(promised Item) bool { return strings.EqualFold(promised.What, item.What) }) {
			continue
		}
		if near, ok := diag.Nearest(item.What, names); ok {
			report(faultf(diag.UnknownWord, fmt.Sprintf("write %q, or else another name that nobody takes for it", near), "no %q were promised, and so these count for nothing", item.What), "items", i, "what")
		}
	}
}

// check follows one measure of the promise through the steps. It reports the step with which more was taken back than had been promised,
// and the first with which more had arrived than stood promised, unless a note tells how that came about. A promise of “at least” has no
// most.
func (p Progress) check(steps []Step, report Report) {
	promised, withdrawn := p.Promised, Range{}
	for i, step := range steps {
		key := "amount"
		if p.What != "" {
			key = "items"
		}
		p.enter(step)
		if step.Stage == Withdrawn {
			withdrawn = plus(withdrawn, p.measured(step))
		}
		switch {
		case promised.exceededBy(withdrawn):
			report(faultf(diag.Contradiction, "give what this step alone takes back, or check the promise", "with this step what is taken back comes to %s, of %s promised", p.text(withdrawn), p.text(promised)), "steps", i, key)
			return
		case p.Promised.exceededBy(p.Delivered) && step.Note == "":
			report(faultf(diag.Contradiction, "give what this step alone brings or takes back, or say in its note: how that came about", "with this step deliveries come to %s, of %s promised", p.text(p.Delivered), p.text(p.Promised)), "steps", i, key)
			return
		case p.Promised.exceededBy(p.Delivered):
			return
		}
	}
}

// text puts a number of the measure in words.
func (p Progress) text(r Range) string {
	if p.What == "" {
		return Amount{Range: r, Currency: p.Currency, Per: p.Per}.Text()
	}
	return r.Text() + " " + p.What
}

// exceededBy reports whether the least that s may mean is more than the most that r may mean.
func (r Range) exceededBy(s Range) bool { return r.HasMax && s.Low().GreaterThan(r.Max) }
