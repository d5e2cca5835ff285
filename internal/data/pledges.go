package data

import (
	"slices"
	"strconv"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A promise is a pledge with its rows in the ledger.
type promise struct {
	*dossier.Pledge
	ledger graph.Ledger
}

// An entered is a step of a pledge, or a thing of its promise or of a step, or a row of the ledger.
type entered[T any] struct {
	pledge *dossier.Pledge
	step   int // from 1; 0 is the promise itself
	number int // from 1, within the step or the pledge
	value  T
}

// all returns every pledge, oldest first.
func (l linked) all() []*dossier.Pledge { return every[*dossier.Pledge](l, dossier.KindPledge)() }

// announcedIn returns the year in which a pledge was announced.
func announcedIn(p *dossier.Pledge) string { return yearOf(int(p.Announced.Date.Start.Year)) }

// pledges are the promises.
func (l linked) pledges() Table {
	return table[*dossier.Pledge, promise]{
		Table:   Table{Name: "pledges", Kind: dossier.KindPledge, Doc: "Promises, oldest first, with how far each is known to have come and what of it is in the totals.", Key: []string{"id"}},
		entries: l.all, section: announcedIn,
		rows: func(p *dossier.Pledge) []promise { return []promise{{p, l.Ledger(p)}} },
		columns: slices.Concat(
			titled[promise](), l.promised(), sum("the sum", func(p promise) dossier.Amount { return p.Amount }), l.course(), counting(), ending[promise](l),
		),
	}.described()
}

// promised describes the columns of who promised what to whom.
func (l linked) promised() []column[promise] {
	return slices.Concat([]column[promise]{
		many(IDs, "donors", "Who promised; their shares are in the table shares.", func(p promise) Cell {
			var c Cell
			for _, d := range p.Donors {
				c = append(c, l.id(d.Actor))
			}
			return c
		}).of("actors"),
		many(IDs, "recipients", "To whom.", func(p promise) Cell { return l.ids(p.Recipients) }).of("actors"),
	}, dated("announced", "When it was announced.", func(p promise) dossier.Date { return p.Announced.Date }), []column[promise]{
		col(ID, "event", "The event at which it was announced.", func(p promise) string { return l.id(p.Announced.Event) }).of("events"),
		col(Word, "category", "military, financial, humanitarian or diplomatic.", func(p promise) string { return string(p.Category) }).words(written(dossier.KindPledge, "category")...).always(),
		col(Word, "instrument", "How it is to be kept: grant, loan, in-kind, procurement, training or guarantee.", func(p promise) string { return string(p.Instrument) }).words(written(dossier.KindPledge, "instrument")...),
	})
}

// course describes the columns of what became of a promise.
func (l linked) course() []column[promise] {
	return []column[promise]{
		many(Texts, "items_text", "The things promised as pages print them; their numbers are in the table items.", func(p promise) Cell { return things(p.Items) }),
		col(EDTF, "period", "The years that it covers.", func(p promise) string { return p.Period.String() }),
		col(EDTF, "due", "When it was to be done.", func(p promise) string { return p.Due.String() }),
		col(ID, "part_of", "The pledge whose sum contains this one.", func(p promise) string { return l.id(p.PartOf) }).of("pledges"),
		col(ID, "reannounces", "The pledge that this one repeats.", func(p promise) string { return l.id(p.Reannounces) }).of("pledges"),
		col(Word, "stage", "The furthest stage that a step tells of: announced, committed, allocated, delivered or withdrawn.", func(p promise) string { return string(p.Status().Stage) }).words(written(dossier.KindPledge, "steps", "stage")...).always(),
		col(Boolean, "part", "True where it was delivered in part, or to an extent not known to us.", func(p promise) string { return yes(p.Status().Part) }),
		col(EDTF, "as_of", "The date of our newest knowledge.", func(p promise) string { return p.AsOf.String() }),
		col(Text, "status_text", "How far it has come, as pages print it.", func(p promise) string { return p.Sentence() }),
	}
}

// counting describes the columns that say what of a promise is in the totals.
func counting() []column[promise] {
	return []column[promise]{
		col(Boolean, "counted", "Whether any of its sum is in the totals at /pledges/sum/.", func(p promise) string { return yes(len(p.ledger.In) > 0) }),
		col(Text, "counted_reason", "Why it, or some share of it, is not in the totals.", func(p promise) string { return p.reasons() }),
		col(Word, "counted_currency", "The currency of what is counted; empty where its shares are counted in several, for which see the table shares.", func(p promise) string { return p.total().Currency }).like(currencyForm),
		col(Number, "counted_min", "The least that it brings to a total. Added up for each counted_currency, firm and loan, they are the totals.", func(p promise) string { return low(p.total().Range) }),
		col(Number, "counted_max", "The most that it brings to a total; where one is empty beside a counted_min, the total has no upper bound.", func(p promise) string { return high(p.total().Range) }),
		col(Boolean, "firm", "Whether it was committed, allocated or delivered; false means no more than announced, or withdrawn before it was.", func(p promise) string { return yes(firm(p.Pledge)) }),
		col(Boolean, "loan", "Whether it is a loan or a guarantee; totals keep these apart.", func(p promise) string { return yes(p.Instrument == dossier.Loan || p.Instrument == dossier.Guarantee) }),
	}
}

// firm reports whether a step beyond the announcement is known, and the promise still stands.
func firm(p *dossier.Pledge) bool {
	s := p.Status().Stage
	return s != dossier.Announced && s != dossier.Withdrawn
}

// total returns what a pledge brings to the totals: nothing where that is in several currencies, which must not be added up.
func (p promise) total() dossier.Amount {
	var a dossier.Amount
	for i, r := range p.ledger.In {
		if i > 0 && r.Amount.Currency != a.Currency {
			return dossier.Amount{}
		}
		a.Range, a.Currency = a.Add(r.Amount.Range), r.Amount.Currency
	}
	return a
}

// reasons says why rows of a pledge are not in the totals, each reason once.
func (p promise) reasons() string {
	var list []string
	for _, r := range p.ledger.Out {
		if s := reason(r); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, "; ")
}

// reason says why a row is not in the totals, with the pledge that it speaks of.
func reason(r *graph.Row) string {
	return strings.TrimSpace(r.Reason + " " + string(r.See))
}

// steps are what happened to pledges.
func (l linked) steps() Table {
	return table[*dossier.Pledge, entered[dossier.Step]]{
		Table:   Table{Name: "steps", Kind: dossier.KindPledge, Doc: "What happened to pledges, step by step: the ledger of each, in its order.", Key: []string{"pledge", "step"}},
		entries: l.all, section: announcedIn,
		rows: func(p *dossier.Pledge) []entered[dossier.Step] {
			list := make([]entered[dossier.Step], len(p.Steps))
			for i, s := range p.Steps {
				list[i] = entered[dossier.Step]{p, i + 1, 1, s}
			}
			return list
		},
		columns: slices.Concat(
			owned[dossier.Step]("The number of the step, from 1.", func(r entered[dossier.Step]) int { return r.step }), l.step(),
			sum("the sum of this step alone", func(r entered[dossier.Step]) dossier.Amount { return r.value.Amount }), l.stepped(),
		),
	}.described()
}

// owned describes the columns that say to which pledge a row belongs, and to which step.
func owned[T any](doc string, step func(entered[T]) int) []column[entered[T]] {
	return []column[entered[T]]{
		col(ID, "pledge", "The pledge.", func(r entered[T]) string { return string(r.pledge.ID) }).of("pledges"),
		col(Integer, "step", doc, func(r entered[T]) string { return strconv.Itoa(step(r)) }),
	}
}

// step describes the columns of what a step was.
func (l linked) step() []column[entered[dossier.Step]] {
	stage := col(Word, "stage", "How far the promise had come: announced, committed, allocated, delivered; or withdrawn, which takes back.",
		func(r entered[dossier.Step]) string { return string(r.value.Stage) }).words(written(dossier.KindPledge, "steps", "stage")...).always()
	return append([]column[entered[dossier.Step]]{stage}, dated("date", "When.", func(r entered[dossier.Step]) dossier.Date { return r.value.Date })...)
}

// stepped describes the columns of what a step brought, and what says so.
func (l linked) stepped() []column[entered[dossier.Step]] {
	return []column[entered[dossier.Step]]{
		many(Texts, "items_text", "The things of this step alone as pages print them; their numbers are in the table items.", func(r entered[dossier.Step]) Cell { return things(r.value.Items) }),
		col(Boolean, "final", "True where the step says that the whole promise has arrived, or was taken back.", func(r entered[dossier.Step]) string { return yes(r.value.Final) }),
		col(Text, "note", "What readers should know of it.", func(r entered[dossier.Step]) string { return r.value.Note }),
		many(IDs, "sources", "What says so.", func(r entered[dossier.Step]) Cell { return l.cited(r.value.Sources) }).of("sources"),
		col(Time, "recorded", "When we added the step; empty where that was with the pledge, or is not noted.", func(r entered[dossier.Step]) string { return moment(r.value.Recorded) }),
		col(Word, "standing", standingDoc, func(r entered[dossier.Step]) string { return string(l.Standing(r.pledge, &r.value)) }).words(texts(dossier.Standings)...),
	}
}

// items are the things of promises and of steps.
func (l linked) items() Table {
	return table[*dossier.Pledge, entered[dossier.Item]]{
		Table:   Table{Name: "items", Kind: dossier.KindPledge, Doc: "Things promised, and things of each step, with their numbers.", Key: []string{"pledge", "step", "item"}},
		entries: l.all, section: announcedIn, rows: thingsOf,
		columns: slices.Concat(
			owned[dossier.Item]("The step whose things they are; 0 for those of the promise itself.", func(r entered[dossier.Item]) int { return r.step }),
			[]column[entered[dossier.Item]]{
				col(Integer, "item", "The number of the row within the step, from 1.", func(r entered[dossier.Item]) string { return strconv.Itoa(r.number) }),
				col(Text, "what", "The things, in the plural.", func(r entered[dossier.Item]) string { return r.value.What }),
			},
			ranged("number", "their number", func(r entered[dossier.Item]) dossier.Range { return r.value.Range }),
			[]column[entered[dossier.Item]]{
				col(Text, "number_text", "The number and the things as pages print them.", func(r entered[dossier.Item]) string { return r.value.Text() }),
			},
		),
	}.described()
}

// thingsOf returns the things of a promise, then those of its steps.
func thingsOf(p *dossier.Pledge) []entered[dossier.Item] {
	var list []entered[dossier.Item]
	add := func(step int, items []dossier.Item) {
		for i, item := range items {
			list = append(list, entered[dossier.Item]{p, step, i + 1, item})
		}
	}
	add(0, p.Items)
	for i, s := range p.Steps {
		add(i+1, s.Items)
	}
	return list
}
