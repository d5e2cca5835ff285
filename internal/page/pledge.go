package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Pledge is the page of a pledge, with its ledger.
type Pledge struct {
	Base

	// Sentence says in one line how far it has come; Status is the adjective.
	Sentence string
	Status   string

	// Donors are who promises.
	Donors []Donor

	// Recipients are to whom.
	Recipients []Ref

	// Announced is when, Event where; Event may be empty.
	Announced Time
	Event     Ref

	// Category is what it is for, Instrument how it is to be kept.
	Category   string
	Instrument string

	// Amount is the sum as it was stated, Wording the source's own words where it is not exact.
	Amount  string
	Wording string

	// Average is the sum divided by the years that it covers, where it covers several; Years is how many.
	Average string
	Years   int

	// Estimate says that the source estimated the sum.
	Estimate bool

	// Items are the things promised.
	Items []string

	// Period is the years that it covers, Due the date by which it was to be done.
	Period Time
	Due    Time

	// Rests are the marks of the sources of the entry.
	Rests template.HTML

	// Stages are those that a promise goes through, in order.
	Stages []Stage

	// Bars are what arrived of what was promised, for each measure in which that was told.
	Bars []PledgeBar

	// Steps are its ledger, oldest first.
	Steps []Step

	// Counting says where in the totals it stands, and why; CountedIn leads to the sums that it is part of.
	Counting  []*Row
	CountedIn []Ref

	// PartOf is the pledge that contains it, Parts are those that it contains.
	PartOf Ref
	Parts  []*PledgeRow

	// Repeats is the pledge that it announces again, RepeatedBy are those that announce this one again.
	Repeats    Ref
	RepeatedBy []*PledgeRow

	// Body is the prose of the entry.
	Body template.HTML

	// Disputed are the points on which sources differ.
	Disputed []Dispute

	// Doubts lead to those that concern a fact of the promise.
	Doubts PledgeDoubts
}

// PledgeDoubts are the places of the page that tell how sources differ on a fact; empty where they do not.
type PledgeDoubts struct {
	Amount, Items, Announced, Period, Due string
}

// A Donor is who promises, with a share where it is published.
type Donor struct {
	Ref

	// Share is the donor's part of the sum, where published.
	Share string

	// PartOf is the pledge whose sum contains the share.
	PartOf Ref
}

// A PledgeBar is what is known to have arrived of a sum, or of one sort of thing.
type PledgeBar struct {
	// Text is the same in words.
	Text string

	// Bar is what arrived, and what else was promised.
	Bar Bar
}

// A Stage is one of the stages that a promise goes through.
type Stage struct {
	// Name is the stage, in a word.
	Name string

	// State is done, part, or not known to us.
	State string

	// When is empty where no step tells of the stage.
	When Time
}

// A Step is a row of a pledge's ledger.
type Step struct {
	// ID is its place on the page.
	ID string

	// Stage is how far the promise had come.
	Stage string

	// When is the date of the step.
	When Time

	// What is the sum and the things of this step alone; empty where that is not known to us.
	What string

	// Final says that with What the whole promise has arrived.
	Final bool

	// Standing is how sure it is; empty where it is reported, which goes without saying.
	Standing string

	// Note is what readers should know of it.
	Note string

	// Rest are the marks of its sources.
	Rest template.HTML
}

// A PledgeRow is a pledge in a table.
type PledgeRow struct {
	// ID is the place of the row on the page.
	ID string

	// Pledge leads to the pledge.
	Pledge Ref

	// Donors and Recipients are by their short names, where they are many the first of them.
	Donors     []Ref
	Recipients []Ref

	// What is the sum, or the things where no sum is stated. Raw is the sum as programs compare it.
	What string
	Raw  string

	// When is the date of the announcement, Event where it was made.
	When Time

	// Status is how far it has come, AsOf the date of our newest knowledge.
	Status string
	AsOf   Time
	Event  Ref

	// Category is what it is for.
	Category string
}

// pledge returns the page of a pledge.
func (p *planner) pledge(x *dossier.Pledge) Pledge {
	d := p.desk()
	v := d.pledgeText(x)
	v.Base = p.entryBase(x, Ref{Title: "Pledges", URL: "/pledges/"})
	v.AsOf, v.Stages, v.Bars = dateTime(x.AsOf), stages(x), pledgeBars(x)
	if average, years := x.Average(); years > 1 {
		v.Average, v.Years = average.Text(), years
	}
	v.Counting, v.CountedIn = p.counting(x)
	v.kin(p, x)
	doubt := func(fact string) string { return doubt(x.Disputed, fact) }
	v.Doubts = PledgeDoubts{doubt("amount"), doubt("items"), doubt("announced"), doubt("period"), doubt("due")}
	d.finish(&v.Base, x, shownOnPledge(p.g, x))
	return v
}

// pledgeText returns what feeds carry of a pledge.
func (d *desk) pledgeText(x *dossier.Pledge) Pledge {
	v := Pledge{
		Base: Base{Summary: x.Summary}, Sentence: x.Sentence(), Status: x.Status().Label(),
		Recipients: d.refs(x.Recipients), Announced: dateTime(x.Announced.Date), Category: string(x.Category), Instrument: string(x.Instrument),
		Amount: x.Amount.Text(), Wording: x.Amount.Wording, Estimate: x.Amount.Basis == "estimate",
		Period: dateTime(x.Period), Due: dateTime(x.Due), Rests: d.cite(x.Sources),
	}
	if x.Announced.Event != "" {
		v.Event = d.ref(x.Announced.Event)
	}
	for _, donor := range x.Donors {
		entry := Donor{Ref: d.ref(donor.Actor), Share: donor.Amount.Text()}
		if donor.PartOf != "" {
			entry.PartOf = d.ref(donor.PartOf)
		}
		v.Donors = append(v.Donors, entry)
	}
	for _, item := range x.Items {
		v.Items = append(v.Items, item.Text())
	}
	v.Steps = d.steps(x)
	v.Body = d.body(d.g.Body(x))
	v.Disputed = d.disputes(x, x.Disputed)
	v.Notes = d.notes
	return v
}

// kin fills in the pledges to which this one is tied.
func (v *Pledge) kin(p *planner, x *dossier.Pledge) {
	if x.PartOf != "" {
		v.PartOf = p.ref(x.PartOf)
	}
	if x.Reannounces != "" {
		v.Repeats = p.ref(x.Reannounces)
	}
	v.Parts, v.RepeatedBy = p.pledgeRows(first(p.g.Parts(x.ID), MaxRows)), p.pledgeRows(first(p.g.Repeats(x.ID), MaxRows))
}

// shownOnPledge returns the entries that a pledge's page names in sections of their own.
func shownOnPledge(g *graph.Graph, x *dossier.Pledge) map[dossier.ID]bool {
	shown := map[dossier.ID]bool{x.PartOf: true, x.Reannounces: true, x.Announced.Event: true}
	for _, list := range [][]*dossier.Pledge{g.Parts(x.ID), g.Repeats(x.ID)} {
		for _, other := range first(list, MaxRows) {
			shown[other.ID] = true
		}
	}
	return shown
}

// stages returns how far a pledge has come, stage by stage. A stage of which no step tells is not known to us, unless a later one
// shows that it was passed. That a promise was withdrawn shows nothing of the kind: it says no more than that it was made.
func stages(x *dossier.Pledge) []Stage {
	status := x.Status()
	out := make([]Stage, 0, len(dossier.Stages)+1)
	furthest := 0
	for _, step := range x.Steps {
		furthest = max(furthest, slices.Index(dossier.Stages, step.Stage))
	}
	for i, stage := range dossier.Stages {
		s := Stage{Name: string(stage), State: "not known to us"}
		if date, ok := reached(x, stage); ok {
			s.State, s.When = "done", dateTime(date)
		}
		switch {
		case stage == dossier.Delivered && s.State == "done" && status.Part:
			s.State = "part"
		case s.State != "done" && i <= furthest:
			s.State = "no record of its own"
		}
		out = append(out, s)
	}
	if status.Stage == dossier.Withdrawn {
		out = append(out, Stage{Name: string(dossier.Withdrawn), State: "done", When: withdrawal(x)})
	}
	return out
}

// reached returns when a promise came to a stage, and reports whether a step tells of it. Of several deliveries it is the date of the last,
// for what arrived before was a part.
func reached(x *dossier.Pledge, stage dossier.Stage) (date dossier.Date, ok bool) {
	for _, step := range x.Steps {
		if step.Stage == stage && (!ok || stage == dossier.Delivered && step.Date.Compare(date) > 0) {
			date, ok = step.Date, true
		}
	}
	return date, ok
}

// withdrawal returns when the last of a promise was taken back.
func withdrawal(x *dossier.Pledge) Time {
	var last dossier.Date
	for _, step := range x.Steps {
		if step.Stage == dossier.Withdrawn && step.Date.Compare(last) > 0 {
			last = step.Date
		}
	}
	return dateTime(last)
}

// steps returns the ledger of a pledge. Steps are only ever added, so that a letter is a lasting address for each.
func (d *desk) steps(x *dossier.Pledge) []Step {
	out := make([]Step, 0, len(x.Steps))
	for i, s := range x.Steps {
		out = append(out, Step{
			ID: "step-" + useLabel(i), Stage: string(s.Stage), When: dateTime(s.Date), What: stepText(&s),
			Final: s.Final && s.Counts(), Standing: d.word(x, &s), Note: s.Note, Rest: d.cite(s.Sources),
		})
	}
	return out
}

// stepText says what a step speaks of: its own sum and things, else the whole promise. Only of a delivery without either is that not
// known, unless it was the last.
func stepText(s *dossier.Step) string {
	if !s.Counts() {
		if s.Stage == dossier.Delivered && !s.Final {
			return ""
		}
		return "the whole promise"
	}
	var what []string
	if !s.Amount.IsZero() {
		what = append(what, s.Amount.Text())
	}
	for _, item := range s.Items {
		what = append(what, item.Text())
	}
	return strings.Join(what, ", ")
}

// pledgeBars draws each measure in which a delivery was told. A rate has none, nor has a promise without a number; nor has one that
// arrived in full by other signs than its numbers.
func pledgeBars(x *dossier.Pledge) []PledgeBar {
	status := x.Status()
	var out []PledgeBar
	for _, m := range x.Progress() {
		if m.Delivered.IsZero() || m.Promised.IsZero() || m.What == "" && x.Amount.Per != "" || !status.Part && !m.Done() {
			continue
		}
		drawn := extent{delivered: m.Delivered, firm: m.Promised}
		out = append(out, PledgeBar{Text: m.Text(), Bar: drawn.bar(drawn.high())})
	}
	return out
}

// counting says where in the totals a pledge stands, and leads to the sums that it is part of.
func (p *planner) counting(x *dossier.Pledge) ([]*Row, []Ref) {
	l := p.g.Ledger(x)
	rows := make([]*Row, 0, len(l.In)+len(l.Out))
	for _, r := range append(slices.Clone(l.In), l.Out...) {
		rows = append(rows, p.row(r))
	}
	if len(l.In) == 0 {
		return rows, nil
	}
	sums := []Ref{{Title: "all pledges", URL: sumAddress}}
	for _, by := range graph.Dimensions {
		for _, r := range l.In {
			cut := graph.Cut{By: by, Value: graph.Joint}
			switch values := p.g.Values(r, by); len(values) {
			case 0:
				continue
			case 1:
				cut.Value = values[0]
			}
			if ref := p.cutRef(cut); !slices.Contains(sums, ref) {
				sums = append(sums, ref)
			}
		}
	}
	return rows, sums
}

// pledgeRows is pledgeRow for a list.
func (p *planner) pledgeRows(list []*dossier.Pledge) []*PledgeRow {
	out := make([]*PledgeRow, 0, len(list))
	for _, x := range list {
		out = append(out, p.pledgeRow(x))
	}
	return out
}

// raw returns a number as programs compare it: what it counts, and the least that it may be. It is empty where there is no number.
func raw(unit string, r dossier.Range) string {
	if r.IsZero() {
		return ""
	}
	return strings.TrimSpace(unit + " " + r.Low().String())
}

// maxParty is how many of those who promise something together the row of it names: it stands on the page of each of them.
const maxParty = 20

// party returns, by their short names, donors or recipients of a pledge for a row of it. With more of them the last leads to the pledge,
// which names all.
func (p *planner) party(ids []dossier.ID, x *dossier.Pledge) []Ref {
	out := make([]Ref, 0, min(len(ids), maxParty+1))
	for _, id := range first(ids, maxParty) {
		out = append(out, p.short(id))
	}
	if more := len(ids) - maxParty; more > 0 {
		out = append(out, Ref{Title: fmt.Sprintf("%d more", more), URL: URL(x)})
	}
	return out
}

// pledgeRow returns the row of a pledge. Where no sum is stated the first of the things stands for it.
func (p *planner) pledgeRow(x *dossier.Pledge) *PledgeRow {
	row := &PledgeRow{
		ID: "pledge-" + string(x.ID), Pledge: Ref{Title: x.Title, URL: URL(x)}, When: dateTime(x.Announced.Date),
		Status: x.Status().Label(), AsOf: dateTime(x.AsOf), What: x.Amount.Text(), Raw: raw(x.Amount.Currency, x.Amount.Range), Category: string(x.Category),
	}
	row.Donors, row.Recipients = p.party(donorsOf(x), x), p.party(x.Recipients, x)
	if row.What == "" && len(x.Items) > 0 {
		row.What = x.Items[0].Text()
		if len(x.Items) > 1 {
			row.What += " and more"
		}
	}
	if x.Announced.Event != "" {
		row.Event = p.ref(x.Announced.Event)
	}
	return row
}
