package dossier

import (
	"slices"
	"strings"
	"time"
)

// A Status is how far a pledge has come, derived from its steps.
type Status struct {
	Stage Stage
	// Part says of Delivered that it is so in part, or to an extent not known to us.
	Part bool
	AsOf Date
}

// Label returns the status as an adjective: "announced", "part-delivered".
func (s Status) Label() string {
	if s.Part {
		return "part-" + string(s.Stage)
	}
	return string(s.Stage)
}

// Progress is what was promised and what arrived, of money or of one sort of thing.
type Progress struct {
	// What is the things, such as "drones"; empty for money.
	What     string
	Currency string
	// Per is that of the promised sum; a sum stated otherwise is not held against it.
	Per string
	// Promised is less than the pledge said where part of it was withdrawn.
	Promised  Range
	Delivered Range
}

// Done reports whether at least the least that was promised has arrived.
func (p Progress) Done() bool {
	return p.Promised.HasMin && p.Delivered.HasMin && !p.Delivered.Low().LessThan(p.Promised.Low())
}

// Status derives how far the pledge has come: withdrawn where nothing of the promise is left; delivered where a step says that all
// has arrived, or where all that can be counted adds up to it; else the furthest stage that a step tells of.
func (p *Pledge) Status() Status {
	s := Status{Stage: Announced, AsOf: p.AsOf}
	rank, final := 0, false
	for _, step := range p.Steps {
		if i := slices.Index(Stages, step.Stage); i > rank {
			rank, s.Stage = i, step.Stage
		}
		final = final || step.Final && step.Stage == Delivered
	}
	switch {
	case s.Stage == Delivered:
		s.Part = !final && !p.allArrived()
	case p.withdrawn():
		s.Stage = Withdrawn
	}
	return s
}

// StatusAt returns the status that the pledge had at a time, by the steps that were recorded by then. It reports whether one of them was
// recorded after since; otherwise nothing is known to have happened between the two.
func (p *Pledge) StatusAt(since, at time.Time) (Status, bool) {
	then := *p
	then.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(s Step) bool { return s.Recorded.After(at) })
	return then.Status(), slices.ContainsFunc(then.Steps, func(s Step) bool { return s.Recorded.After(since) })
}

// Labels are all that a status may be called.
func Labels() []string {
	list := []string{string(Withdrawn), Status{Stage: Delivered, Part: true}.Label()}
	for _, stage := range Stages {
		list = append(list, string(stage))
	}
	return list
}

// withdrawn reports whether nothing of the promise is left: a step took back all of it, or several did part by part.
func (p *Pledge) withdrawn() bool {
	partly := false
	for _, step := range p.Steps {
		if step.Stage != Withdrawn {
			continue
		}
		if step.Final || !step.Counts() {
			return true
		}
		partly = true
	}
	if !partly {
		return false
	}
	progress := p.Progress()
	for _, x := range progress {
		if x.Promised.IsZero() || x.Promised.High().IsPositive() {
			return false
		}
	}
	return len(progress) > 0
}

// Net returns the promised sum less what was withdrawn of it.
func (p *Pledge) Net() Amount {
	a := p.Amount
	for _, step := range p.Steps {
		if step.Stage == Withdrawn && step.Amount.Currency == a.Currency && step.Amount.Per == a.Per {
			a.Range = a.Less(step.Amount.Range)
		}
	}
	return a
}

// allArrived reports whether all that was promised in numbers has arrived.
func (p *Pledge) allArrived() bool {
	progress := p.Progress()
	for _, x := range progress {
		if !x.Done() {
			return false
		}
	}
	return len(progress) > 0
}

// Progress returns what was promised, less what was withdrawn of it, and what arrived: money first, then each sort of thing that was
// promised.
func (p *Pledge) Progress() []Progress {
	all := p.measures()
	for _, step := range p.Steps {
		for i := range all {
			all[i].enter(step)
		}
	}
	return all
}

// measures returns what was promised, before any step.
func (p *Pledge) measures() []Progress {
	var all []Progress
	if !p.Amount.IsZero() {
		all = append(all, Progress{Currency: p.Amount.Currency, Per: p.Amount.Per, Promised: p.Amount.Range})
	}
	for _, item := range p.Items {
		all = append(all, Progress{What: item.What, Promised: item.Range})
	}
	return all
}

// enter counts what a step delivered, or took back.
func (p *Progress) enter(step Step) {
	switch measured := p.measured(step); step.Stage {
	case Delivered:
		p.Delivered = plus(p.Delivered, measured)
	case Withdrawn:
		p.Promised = p.Promised.Less(measured)
	}
}

// measured returns what a step tells of the money, or of the things.
func (p *Progress) measured(step Step) Range {
	if p.What == "" {
		if step.Amount.Currency != p.Currency || step.Amount.Per != p.Per {
			return Range{}
		}
		return step.Amount.Range
	}
	var sum Range
	for _, item := range step.Items {
		if strings.EqualFold(item.What, p.What) {
			sum = plus(sum, item.Range)
		}
	}
	return sum
}

// plus adds two ranges; where one is no number, the other keeps its wording and its bounds.
func plus(a, b Range) Range {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	return a.Add(b)
}
