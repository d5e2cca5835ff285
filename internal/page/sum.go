package page

import (
	"strings"

	"briefing/internal/data"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A SumPage shows each row of a sum, and each row that is not in it, with why.
type SumPage struct {
	Base

	// Whole says that the sum is that of all pledges.
	Whole bool

	// Unconverted says that the site has rates, and that its record lacks one that a total needs.
	Unconverted bool

	// Doors lead to the parts into which the whole can be cut. They are on its first page alone.
	Doors []Dimension

	Sheet

	// Pager leads through the other pages.
	Pager Pager
}

// A Dimension leads to the sums of one dimension.
type Dimension struct {
	Door

	// Parts leads to each of them, where they are few.
	Parts []Ref
}

// A SumsBy is the sums of one dimension, which come to the whole.
type SumsBy struct {
	Base

	// Rule says how the whole is cut.
	Rule string

	// Groups are the sums of this page, by currency.
	Groups []SumGroup

	// Without are the parts that are in no total.
	Without []Part

	// Pager leads through the other pages.
	Pager Pager
}

// A Sheet is a sum with its rows.
type Sheet struct {
	// Sums are the totals of all rows, Converted what they come to in each currency of the site; empty where nothing is converted.
	Sums      []Sum
	Converted []Sum

	// In and Out are how many rows are in the totals, and how many are not.
	In, Out int

	// Groups are the rows of this page that are in the totals, by currency; Left are those that are not.
	Groups []SumGroup
	Left   []*Row

	// More leads to the rows where they are too many for the page.
	More Ref
}

// A Sum is a total in one currency.
type Sum struct {
	// Currency is that in which the rows were stated, or to which they were converted.
	Currency string

	// Firm is the sum of what was committed, allocated or delivered, Announced that of the rest; either may be empty.
	Firm      string
	Announced string

	// Loans says that the rows are loans and guarantees.
	Loans bool

	// Rows is how many there are.
	Rows int

	// URL is where the rows are; empty where they stand beside it.
	URL string
}

// A SumGroup is the lines of one total that stand on one page.
type SumGroup struct {
	// ID is its place on the page.
	ID string

	// Currency is that of all lines; Loans says that they are loans and guarantees.
	Currency string
	Loans    bool

	// Brought is what the lines on the pages before come to; empty where there are none.
	Brought Columns

	// Rows are the lines of a sum, Parts those of a dimension.
	Rows  []*Row
	Parts []Part

	// Total is what all lines up to here come to. GoesOn says that further ones follow on the next page.
	Total  Columns
	GoesOn bool

	// Converted is Total in each currency of the site, in digits; empty where nothing is converted.
	Converted []Sum
}

// Columns are the two sums of a line in digits; either may be empty.
type Columns struct {
	// Firm is what was committed, allocated or delivered, Announced what was no more than announced.
	Firm, Announced string

	// Rows is how many rows they are the sums of.
	Rows int
}

// A Part is one of the sums into which a total can be cut.
type Part struct {
	// Of is what it is the sum of, and leads to its rows.
	Of Ref

	Columns
}

// A Row is a row of a sum: a pledge or a share that is in it, or one that is not, and why.
type Row struct {
	// ID is its place on the page.
	ID string

	// Pledge leads to the pledge.
	Pledge Ref

	// Donor is set where the row is one donor's share; Whose are those who stand behind it, where they are many the first of them.
	Donor Ref
	Whose []Ref

	// Amount is the sum that the row brings, or would bring.
	Amount string

	// Columns are the same in digits, in the column in which it counts; empty where it does not.
	Columns Columns

	// Converted is what it brings in each currency of the site; empty where nothing is converted.
	Converted []Conversion

	// Status is how far the pledge has come.
	Status string

	// Joint says that several donors promised, and the split is not published.
	Joint bool

	// Firm says that it was committed, allocated or delivered.
	Firm bool

	// In says whether it is in the totals.
	In bool

	// Reason is why it is not, and See the pledge that Reason speaks of.
	Reason string
	See    Ref
}

// sumAddress is the address of the sum of all pledges.
const sumAddress = "/pledges/sum/"

// sumTitle is what the page there is called.
const sumTitle = "How the totals are made"

// A part is a line of a dimension: what a cut comes to in one currency, or that it is in no total.
type part struct {
	partID
	total graph.Total
}

// A partID tells a part by the place of the cut among those of its dimension, and by that of the total in the ledger of the cut; by noTotal
// where it is in none.
type partID struct{ cut, total int32 }

const noTotal = -1

// sumPages adds the pages of sums: that of the whole, those of the dimensions, and those of their parts. The sum of a donor, or of an
// event, stands on the page of the entry, and goes on below that address where it is long.
func (p *planner) sumPages() {
	p.dimensions = map[graph.Dimension]*sheet[partID]{}
	p.index(sumAddress, sumTitle, "sum.html", len(p.sheet(graph.Cut{}).lines), func(n int) any { return p.sum(graph.Cut{}, n) })
	for _, by := range graph.Dimensions {
		var lines []part
		for i, c := range p.g.Cuts(by) {
			l := p.g.LedgerOf(c)
			totals := l.Totals()
			for j, t := range totals {
				lines = append(lines, part{partID{int32(i), int32(j)}, t})
			}
			if len(totals) == 0 {
				lines = append(lines, part{partID: partID{int32(i), noTotal}})
			}
			p.cutPages(c, len(l.In)+len(l.Out))
		}
		url := sumAddress + string(by) + "/"
		p.dimensions[by] = told(newSheet(url, lines, func(x part) graph.Total { return x.total }), func(x part) partID { return x.partID })
		p.index(url, sumsTitle(by), "sums.html", len(lines), func(n int) any { return p.sumsBy(by, n) })
	}
}

// cutPages adds the pages of a cut of so many rows, unless they stand on the page of an entry.
func (p *planner) cutPages(c graph.Cut, rows int) {
	e := p.entryOf(c)
	if e != nil && rows <= MaxRows {
		return
	}
	page := Own{URL: sumURL(p.g, c), Title: p.cutTitle(c), Template: "sum.html", View: func() any { return p.sum(c, 1) }}
	switch {
	case e != nil:
		page.URL, page.Origin = URL(e)+"sum/", e.Base().File
	case c.By == graph.ByRecipient:
		// Of ids alone nobody knows beforehand that they are no word of ours, such as joint.
		if e, ok := p.g.Lookup(dossier.ID(c.Value)); ok {
			page.Origin = e.Base().File
		}
	}
	p.add(page)
	p.pagesOf(page, rows, func(n int) any { return p.sum(c, n) })
}

// entryOf returns the entry on whose page the sum of a cut stands, or nil where it has a page of its own.
func (p *planner) entryOf(c graph.Cut) dossier.Entry { return entryOf(p.g, c) }

// entryOf returns that entry for those who have no planner.
func entryOf(g *graph.Graph, c graph.Cut) dossier.Entry {
	if c.By != graph.ByDonor && c.By != graph.ByEvent {
		return nil
	}
	e, _ := g.Lookup(dossier.ID(c.Value))
	return e
}

// sumURL returns the address of a sum: a page of its own, or a section of the page of an entry.
func sumURL(g *graph.Graph, c graph.Cut) string {
	if e := entryOf(g, c); e != nil {
		return URL(e) + "#" + dossier.SectionSum
	}
	if c == (graph.Cut{}) {
		return sumAddress
	}
	return sumAddress + string(c.By) + "/" + slugs.Replace(c.Value) + "/"
}

// DataAddresses gives the addresses of pages as the open data has them.
func DataAddresses(g *graph.Graph) data.Addresses {
	return data.Addresses{Entry: URL, Sum: func(c graph.Cut) string { return sumURL(g, c) }}
}

// slugs makes values of cuts that are no ids fit for an address.
var slugs = strings.NewReplacer("(", "", ")", "", " ", "-")

// dimensionWords are what pages say of each dimension: how the whole is cut there, and where rows stand that have no one value.
var dimensionWords = map[graph.Dimension]struct{ title, rule, joint, none string }{
	graph.ByDonor: {
		"By donor", "A share counts with the donor whose it is. Where several donors promise and the split is not published, what is left stands on a line of its own, and is in the sum of none of them.",
		"Joint, the split is not published", "Donor not stated",
	},
	graph.ByRecipient: {
		"By recipient", "A pledge to several recipients without a published split stands on a line of its own, and is in the sum of none of them.",
		"To several recipients, the split is not published", "Recipient not stated",
	},
	graph.ByCategory: {"By category", "What a pledge is for. Each has one category.", "", "Category not stated"},
	graph.ByInstrument: {
		"By instrument", "How a pledge is to be kept. One whose sources do not say so stands under “instrument not stated”.", "", "Instrument not stated",
	},
	graph.ByEvent: {
		"By event", "At which event a pledge was announced. One announced elsewhere stands on a line of its own.", "", "Not announced at an event recorded here",
	},
	graph.ByMonth: {
		"By month of announcement", "When a pledge was announced. One of which only the year is known, or a span over several months, stands on a line of its own.",
		"", "Month of announcement not known to us",
	},
	graph.ByStage: {
		"By stage", "How far a pledge is known to have come; it counts there with its whole sum. One that was withdrawn is in no total.", "", "Stage not stated",
	},
}

// cutRef names what a cut is the sum of, and leads to its rows.
func (p *planner) cutRef(c graph.Cut) Ref {
	words := dimensionWords[c.By]
	r := Ref{Title: c.Value}
	switch {
	case c.Value == graph.Joint:
		r.Title = words.joint
	case c.Value == graph.NotStated:
		r.Title = words.none
	case c.By == graph.ByMonth:
		if d, fault := dossier.ParseDate(c.Value); fault == nil {
			r.Title = d.Text()
		}
	case c.By == graph.ByDonor, c.By == graph.ByRecipient, c.By == graph.ByEvent:
		r = p.ref(dossier.ID(c.Value))
	}
	r.URL = sumURL(p.g, c)
	return r
}

// cutTitle returns what the page of a cut is called.
func (p *planner) cutTitle(c graph.Cut) string {
	if c == (graph.Cut{}) {
		return sumTitle
	}
	return "Sum of pledges " + lowerFirst(dimensionWords[c.By].title) + ": " + p.cutRef(c).Title
}

// lowerFirst returns a text that begins with a word of ours, within a sentence.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// sheet returns the rows of a cut. Those that take several pages are kept, for each page asks for them.
func (p *planner) sheet(c graph.Cut) *sheet[*graph.Row] {
	if made, ok := p.sheets.Load(c); ok {
		return made.(*sheet[*graph.Row])
	}
	l := p.g.LedgerOf(c)
	url := sumURL(p.g, c)
	if e := p.entryOf(c); e != nil {
		url = URL(e) + "sum/"
	}
	s := newSheet(url, append(l.In, l.Out...), (*graph.Row).Total)
	if len(s.lines) > MaxRows {
		made, _ := p.sheets.LoadOrStore(c, s)
		return made.(*sheet[*graph.Row])
	}
	return s
}

// sums returns the totals of a cut in words, each with the way to its rows.
func (p *planner) sums(c graph.Cut) []Sum { return p.sumsOf(c, p.sheet(c)) }

// sumsOf returns the same where the sheet of the cut has been made already.
func (p *planner) sumsOf(c graph.Cut, s *sheet[*graph.Row]) []Sum {
	out := make([]Sum, 0, len(s.totals()))
	for _, g := range s.totals() {
		out = append(out, sumOf(g.Total, p.rowsAt(c, s, s.address(g)), dossier.Amount.Text))
	}
	return out
}

// rowsAt returns where the rows of a cut stand: on the page of its entry where they find room there, else at the address in its own pages.
func (p *planner) rowsAt(c graph.Cut, s *sheet[*graph.Row], own string) string {
	if p.entryOf(c) != nil && len(s.lines) <= MaxRows {
		return sumURL(p.g, c)
	}
	return own
}

// sumOf returns a total, in the words for its two amounts that text gives.
func sumOf(t graph.Total, url string, text func(dossier.Amount) string) Sum {
	sum := Sum{Currency: t.Currency, Loans: t.Loan, Rows: t.Rows, URL: url}
	if !t.Firm.IsZero() {
		sum.Firm = text(dossier.Amount{Range: t.Firm, Currency: t.Currency})
	}
	if !t.Announced.IsZero() {
		sum.Announced = text(dossier.Amount{Range: t.Announced, Currency: t.Currency})
	}
	return sum
}

// sheetOf returns the sum of an entry for its own page: with the rows where they find room there, else with the way to them.
func (p *planner) sheetOf(c graph.Cut) Sheet {
	s := p.sheet(c)
	v := p.sheetPage(c, s, 1)
	if len(s.lines) > MaxRows {
		v.Groups, v.Left, v.More = nil, nil, Ref{Title: "All rows of this sum", URL: s.url}
		return v
	}
	for _, sums := range [][]Sum{v.Sums, v.Converted} {
		for i := range sums {
			sums[i].URL = ""
		}
	}
	return v
}

// sheetPage returns one page of a sum. The totals are those of all pages.
func (p *planner) sheetPage(c graph.Cut, s *sheet[*graph.Row], page int) Sheet {
	v := Sheet{Sums: p.sumsOf(c, s), Converted: p.convertedOf(c, s), Out: len(s.lines)}
	for _, sum := range v.Sums {
		v.In += sum.Rows
	}
	v.Out -= v.In
	for _, leaf := range s.page(page) {
		rows := make([]*Row, len(leaf.lines))
		for i, r := range leaf.lines {
			rows[i] = p.row(r)
		}
		if leaf.Currency == "" {
			v.Left = rows
			continue
		}
		group := sumGroup(leaf)
		group.Rows = rows
		v.Groups = append(v.Groups, group)
	}
	return v
}

// sumGroup returns the frame of the lines of one total that stand on one page.
func sumGroup[T any](l leaf[T]) SumGroup {
	return SumGroup{
		ID: groupID(l.Total), Currency: l.Currency, Loans: l.Loan, Brought: columns(l.brought), Total: columns(l.upTo), GoesOn: l.goesOn,
		Converted: convertedSums(l.upTo.Converted, "", func(a dossier.Amount) string { return a.Whole().Digits() }),
	}
}

// groupID returns the place on a page of the lines of a total.
func groupID(t graph.Total) string {
	id := "sum-" + strings.ToLower(t.Currency)
	if t.Loan {
		id += "-loans"
	}
	return id
}

// columns returns a total in digits.
func columns(t graph.Total) Columns {
	return Columns{t.Firm.Digits(), t.Announced.Digits(), t.Rows}
}

// sum returns one page of the rows of a cut.
func (p *planner) sum(c graph.Cut, page int) SumPage {
	s := p.sheet(c)
	_, pager := paged(s.lines, s.url, page)
	v := SumPage{
		Base:  p.base(s.url, p.cutTitle(c), "Every row that is in the totals, every row that is not, and why."),
		Whole: c == graph.Cut{}, Unconverted: p.g.LacksRates(), Sheet: p.sheetPage(c, s, page), Pager: pager,
	}
	v.Trail = append(v.Trail, p.sumTrail(c)...)
	if v.Whole && page == 1 {
		v.Doors = p.sumDoors()
	}
	v.turn(pager)
	p.describeSum(&v.Base, s.url, s.totals())
	return v
}

// sumTrail leads to the page of a sum.
func (p *planner) sumTrail(c graph.Cut) []Ref {
	if e := p.entryOf(c); e != nil {
		return []Ref{p.titled(e)}
	}
	trail := []Ref{{Title: "Pledges", URL: "/pledges/"}}
	if c.By != "" {
		trail = append(trail, Ref{Title: sumTitle, URL: sumAddress}, Ref{Title: sumsTitle(c.By), URL: p.dimensions[c.By].url})
	}
	return trail
}

// fewParts is how many parts of a dimension a door to it may name.
const fewParts = 12

// sumDoors leads to each dimension.
func (p *planner) sumDoors() []Dimension {
	var out []Dimension
	for _, by := range graph.Dimensions {
		cuts := p.g.Cuts(by)
		if len(cuts) == 0 {
			continue
		}
		d := Dimension{Door: Door{Ref{Title: dimensionWords[by].title, URL: p.dimensions[by].url}, count(len(cuts), "part")}}
		if len(cuts) <= fewParts {
			for _, c := range cuts {
				d.Parts = append(d.Parts, p.cutRef(c))
			}
		}
		out = append(out, d)
	}
	return out
}

// sumsTitle returns what the page of a dimension is called.
func sumsTitle(by graph.Dimension) string { return "Sums " + lowerFirst(dimensionWords[by].title) }

// sumsBy returns one page of the sums of a dimension.
func (p *planner) sumsBy(by graph.Dimension, page int) SumsBy {
	s, words := p.dimensions[by], dimensionWords[by]
	_, pager := paged(s.lines, s.url, page)
	v := SumsBy{
		Base: p.base(s.url, sumsTitle(by), "What was promised, "+lowerFirst(words.title)+". In each currency the parts come to the total of all pledges."),
		Rule: words.rule, Pager: pager,
	}
	v.Trail = append(v.Trail, Ref{Title: "Pledges", URL: "/pledges/"}, Ref{Title: sumTitle, URL: sumAddress})
	for _, leaf := range s.page(page) {
		parts := make([]Part, len(leaf.lines))
		for i, x := range leaf.lines {
			parts[i] = p.part(p.g.Cuts(by)[x.cut], x)
		}
		if leaf.Currency == "" {
			v.Without = parts
			continue
		}
		group := sumGroup(leaf)
		group.Parts = parts
		v.Groups = append(v.Groups, group)
	}
	v.turn(pager)
	p.describeSum(&v.Base, s.url, s.totals())
	return v
}

// part returns a line of a dimension, which is of the given cut.
func (p *planner) part(c graph.Cut, x partID) Part {
	var t graph.Total
	if x.total != noTotal {
		t = p.g.LedgerOf(c).Totals()[x.total]
	}
	return Part{Of: p.cutRef(c), Columns: columns(t)}
}

// row returns a row of a ledger in words.
func (p *planner) row(r *graph.Row) *Row {
	row := &Row{
		ID: "row-" + string(r.Pledge.ID), Pledge: Ref{Title: r.Pledge.Title, URL: URL(r.Pledge)}, Amount: r.Amount.Text(), Columns: columns(r.Total()), Status: r.Pledge.Status().Label(),
		Joint: r.Joint, Firm: r.Firm, In: r.Reason == "", Reason: r.Reason,
	}
	if r.Donor != "" {
		row.ID += "--" + string(r.Donor) // no id of an entry has two hyphens together
		row.Donor = p.ref(r.Donor)
	}
	var whose []dossier.ID
	for _, id := range p.g.Values(r, graph.ByDonor) {
		whose = append(whose, dossier.ID(id))
	}
	row.Whose = p.party(whose, r.Pledge)
	if r.See != "" {
		row.See = p.ref(r.See)
	}
	if row.In {
		row.Converted = p.conversions(r)
	}
	return row
}
