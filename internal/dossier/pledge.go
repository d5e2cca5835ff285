package dossier

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"briefing/internal/diag"
)

// A Category is what a pledge is for.
type Category string

// The categories of pledges.
const (
	// Military is arms, ammunition, training, and money for them.
	Military Category = "military"
	// Financial is money for a budget, by grant, loan or guarantee.
	Financial Category = "financial"
	// Humanitarian is help for people: food, shelter, medicine, energy for homes.
	Humanitarian Category = "humanitarian"
	// Diplomatic is a promise to act and not to give: a sanction, a vote, an envoy.
	Diplomatic Category = "diplomatic"
)

// An Instrument is how a pledge is to be kept.
type Instrument string

// The instruments.
const (
	// Grant is money that is not paid back.
	Grant Instrument = "grant"
	// Loan is money that is; it is added up apart.
	Loan Instrument = "loan"
	// InKind is things out of the donor's own stocks.
	InKind Instrument = "in-kind"
	// Procurement is things bought for the recipient, from industry or from third states.
	Procurement Instrument = "procurement"
	Training    Instrument = "training"
	// Guarantee stands for what others lend; it costs nothing unless they are not paid, and is added up with loans.
	Guarantee Instrument = "guarantee"
)

// A Stage is how far a promise has come.
type Stage string

// The stages, in their order. Withdrawn stands apart: a step that takes back.
const (
	// Announced was said in public, and binds nobody.
	Announced Stage = "announced"
	// Committed was signed, voted or put into a budget.
	Committed Stage = "committed"
	// Allocated is set aside for a specific package.
	Allocated Stage = "allocated"
	// Delivered was handed over or paid out, in whole or in part.
	Delivered Stage = "delivered"
	// Withdrawn was taken back: what the step names, or all where it names nothing.
	Withdrawn Stage = "withdrawn"
)

// Stages lists the stages that a promise goes through, in their order.
var Stages = []Stage{Announced, Committed, Allocated, Delivered}

// A Pledge is one promise and the steps that followed it.
type Pledge struct {
	Head
	Donors     []Donor
	Recipients []ID
	Announced  Announcing
	Category   Category
	Instrument Instrument
	Amount     Amount
	Items      []Item
	Period     Date
	Due        Date
	// PartOf is the pledge whose sum contains this one, which therefore counts nothing.
	PartOf ID
	// Reannounces is the pledge that this one repeats, which therefore counts nothing either.
	Reannounces ID
	// Uncounted is why its amount is in no total; empty where it may be.
	Uncounted string
	Disputed  []Dispute
	// Steps are only ever added to. Status is derived from them.
	Steps []Step
	// AsOf is the date of our newest knowledge: no step is later.
	AsOf Date
}

// Table returns the keys of a pledge.
func (p *Pledge) Table() Table {
	return append(p.Head.Table(), Table{
		required(Field{Key: "donors", Also: []string{"from", "pledged_by"}, Doc: "Who promised; with an amount where the shares are published.", Example: "[norway]", Slot: list(&p.Donors, func(d *Donor) Slot { return recordOr(d, "actor") })}),
		required(Field{Key: "recipient", Also: []string{"to", "beneficiary"}, Doc: "To whom.", Example: "ukraine", Slot: listOrOne(&p.Recipients, func(id *ID) Slot { return ref(id, KindActor) })}),
		required(Field{Key: "announced", Doc: "When, and at which event.", Example: "{date: 2025-06-04, event: udcg-28}", Slot: recordOr(&p.Announced, "date")}),
		required(Field{Key: "category", Doc: "What it is for.", Example: "military", Slot: word(&p.Category, Military, Financial, Humanitarian, Diplomatic)}),
		{Key: "instrument", Doc: "How it is to be kept.", Example: "in-kind", Slot: word(&p.Instrument, Grant, Loan, InKind, Procurement, Training, Guarantee)},
		{Key: "amount", Also: []string{"money", "sum", "value"}, Doc: "The sum, in the currency in which it was stated.", Example: "{value: 350000000, currency: GBP}", Slot: record(&p.Amount)},
		{Key: "items", Doc: "The things promised.", Example: "[{what: drones, value: 100000}]", Slot: list(&p.Items, func(i *Item) Slot { return record(i) })},
		{Key: "period", Doc: "The years it covers.", Example: "2025/2029", Slot: date(&p.Period)},
		{Key: "due", Doc: "When it was to be done.", Example: "2026-04", Slot: date(&p.Due)},
		{Key: "part_of", Doc: "The pledge whose sum contains this one.", Example: "uk-4-5bn-2025", Slot: ref(&p.PartOf, KindPledge)},
		{Key: "reannounces", Doc: "The pledge that this one repeats.", Example: "uk-100k-drones-2025", Excludes: []string{"part_of"}, Slot: ref(&p.Reannounces, KindPledge)},
		{Key: "uncounted", Doc: "Why its sum must not be added to others, in one sentence.", Example: "The sum was named by a third party, and covers an unknown period.", Slot: text(&p.Uncounted)},
		disputes(&p.Disputed, "amount", "items", "announced", "period", "due"),
		required(Field{Key: "steps", Also: []string{"status", "stages", "history"}, Doc: "What happened, oldest first; steps are added, never changed.", Example: "[{stage: announced, date: 2025-06-04, source: guardian-2025-06-04-europe-live}]", Slot: list(&p.Steps, func(s *Step) Slot { return record(s) })}),
		required(Field{Key: "as_of", Doc: "The date of our newest knowledge.", Example: "2025-10-15", Slot: date(&p.AsOf)}),
	}...)
}

// Average returns the promised sum divided by the years of its period, to three digits, and how many years these are: none where the
// period is not told in whole years, or where the sum is a rate already. It is no schedule: it does not say
// when the money comes.
func (p *Pledge) Average() (Amount, int) {
	a, d := p.Amount, p.Period
	whole := d.IsInterval() && !d.Open && d.Start.Month == 0 && d.End.Month == 0
	if a.IsZero() || a.Per != "" || !whole {
		return Amount{}, 0
	}
	years := int(d.End.Year-d.Start.Year) + 1
	exact := a.Range
	a.Min, a.Max = share(a.Min, years), share(a.Max, years)
	if n := decimal.NewFromInt(int64(years)); a.Wording == "" && !a.Max.Mul(n).Equal(exact.Max) {
		a.Wording = "about"
	}
	return a, years
}

// share divides a sum into equal parts, to three digits.
func share(d decimal.Decimal, parts int) decimal.Decimal {
	part := d.DivRound(decimal.NewFromInt(int64(parts)), maxDigits)
	return part.Round(3 - int32(part.NumDigits()) - part.Exponent())
}

// Card returns what other pages show of the pledge.
func (p *Pledge) Card() Card {
	c := p.Head.Card()
	c.Label, c.Date = p.Status().Label(), p.Announced.Date
	return c
}

// A Donor is someone who promises, alone or with others.
type Donor struct {
	Actor ID
	// Amount is the donor's share, where it is published.
	Amount Amount
	// PartOf is the pledge whose sum contains this share.
	PartOf ID
}

// Table returns the keys of a donor.
func (d *Donor) Table() Table {
	return Table{
		required(Field{Key: "actor", Doc: "Who.", Example: "norway", Slot: ref(&d.Actor, KindActor)}),
		{Key: "amount", Doc: "Its share, where published.", Example: "{value: 350000000, currency: GBP}", Slot: record(&d.Amount)},
		{Key: "part_of", Doc: "The pledge whose sum contains this share.", Example: "uk-4-5bn-2025", Slot: ref(&d.PartOf, KindPledge)},
	}
}

// Announcing is when, and where, a promise was made.
type Announcing struct {
	Date  Date
	Event ID
	// At is where Date stands, since only the linker knows whether it fits other entries.
	At diag.Mark
}

// Table returns the keys of an announcement.
func (a *Announcing) Table() Table {
	return Table{
		required(Field{Key: "date", Doc: "When it was announced.", Example: "2025-06-04", Slot: date(&a.Date).placed(&a.At)}),
		{Key: "event", Doc: "The event at which it was announced.", Example: "udcg-28", Slot: ref(&a.Event, KindEvent)},
	}
}

// An Item is a number of things.
type Item struct {
	What string
	Range
}

// Table returns the keys of an item.
func (i *Item) Table() Table {
	t := Table{required(Field{Key: "what", Doc: "The things, in the plural.", Example: "drones", Slot: text(&i.What)})}
	t = append(t, i.rangeFields()...)
	return append(t, wordingField(&i.Range))
}

// Text returns the item in words: "100,000 drones", "more than 85,000 drones", "Patriot batteries: 1".
func (i Item) Text() string {
	if i.IsExact() && i.Min.Equal(decimal.NewFromInt(1)) {
		return i.What + ": 1" // the things are named in the plural
	}
	return strings.TrimSpace(i.Range.Text() + " " + i.What)
}

// A Step is one thing that happened to a pledge.
type Step struct {
	Stage Stage
	Date  Date
	// Final says of a delivery that with it the whole promise has arrived, of a withdrawal that all of it was taken back.
	Final bool
	// Amount and Items are those of this step alone, not sums up to it.
	Amount  Amount
	Items   []Item
	Sources []Citation
	// Standing is the editor's word for how sure it is, and StandingAt where it stands; empty where its sources say.
	Standing   Standing
	StandingAt diag.Mark
	Note       string
	// Recorded is when we added the step; zero where that was when we published the pledge, or where nobody noted it.
	Recorded time.Time
}

// Counts reports whether the step tells a sum or things of its own. One that does not speaks of the promise as a whole.
func (s *Step) Counts() bool { return !s.Amount.IsZero() || len(s.Items) > 0 }

// Table returns the keys of a step.
func (s *Step) Table() Table {
	return Table{
		required(Field{Key: "stage", Doc: "How far the promise had come.", Example: "delivered", Slot: word(&s.Stage, Announced, Committed, Allocated, Delivered, Withdrawn)}),
		required(Field{Key: "date", Doc: "When.", Example: "2025-10-15", Slot: date(&s.Date)}),
		{Key: "amount", Doc: "The sum of this step alone.", Example: "{value: 350000000, currency: GBP}", Slot: record(&s.Amount)},
		{Key: "items", Doc: "The things of this step alone.", Example: "[{what: drones, value: 100000}]", Slot: list(&s.Items, func(i *Item) Slot { return record(i) })},
		{Key: "final", Doc: "True where the whole promise has arrived.", Example: "true", Slot: boolean(&s.Final)},
		required(Field{Key: "source", Doc: "What says so.", Example: "guardian-2025-06-04-europe-live", Slot: cites(&s.Sources)}),
		standingField(&s.Standing, &s.StandingAt, Confirmed, Reported, Claimed, Unconfirmed),
		{Key: "note", Doc: "What readers should know of it.", Example: "The ministry gave no numbers.", Slot: text(&s.Note)},
		{Key: "recorded", Doc: "When we added the step, where that is later than the publication of the pledge.", Example: "2026-11-22T09:00:00Z", Slot: timestamp(&s.Recorded)},
	}
}
