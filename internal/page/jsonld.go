package page

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// This file holds the shapes of the structured data of a page: objects in the vocabulary of schema.org, as JSON-LD. A page tells of
// itself, of the trail that leads to it, and of the one thing that it is about; all else it only refers to, by the address that names
// it on a page of its own. The names of the fields are those of schema.org. Empty fields are left out, for they are not known to us.

// maxNodes is how many things a list of the structured data names. Readers of it find all of them on the pages themselves.
const maxNodes = 50

// A linkedData is the structured data of a page: objects in the vocabulary of schema.org, which JSON-LD calls a graph.
type linkedData struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

// script returns the data as it stands in a script element: encoding/json escapes each character that could end one or begin a comment in it.
func (d linkedData) script() template.JS {
	var text strings.Builder
	if err := json.NewEncoder(&text).Encode(d); err != nil {
		panic("internal error: structured data: " + err.Error())
	}
	return template.JS(strings.TrimSuffix(text.String(), "\n"))
}

// A thing is what all objects have. One that has no more than an ID refers to an object of this page or of another.
type thing struct {
	Type           string    `json:"@type,omitempty"`
	ID             string    `json:"@id,omitempty"`
	AdditionalType string    `json:"additionalType,omitempty"`
	Name           string    `json:"name,omitempty"`
	AlternateName  []string  `json:"alternateName,omitempty"`
	Identifier     *quantity `json:"identifier,omitempty"`
	URL            string    `json:"url,omitempty"`
	Description    string    `json:"description,omitempty"`
	SameAs         []string  `json:"sameAs,omitempty"`
	SubjectOf      *thing    `json:"subjectOf,omitempty"`
}

// A named object is one of which no more is told than what names it: a page has many.
type named struct {
	ID string `json:"@id"`
}

// A work is a page, or any other text: a report, a source, a claim, a quotation.
type work struct {
	thing
	Text         string `json:"text,omitempty"`
	ReportNumber string `json:"reportNumber,omitempty"`
	WordCount    int    `json:"wordCount,omitempty"`

	// Author is who wrote it, or who makes a claim; SpokenByCharacter is who is quoted.
	Author            []thing `json:"author,omitempty"`
	SpokenByCharacter *thing  `json:"spokenByCharacter,omitempty"`
	Publisher         *thing  `json:"publisher,omitempty"`

	// DatePublished and DateModified of a page are ours; those of a source are the source's own.
	DatePublished string `json:"datePublished,omitempty"`
	DateModified  string `json:"dateModified,omitempty"`

	// StructuredDate is the day on which what programs are told was last brought up to date.
	StructuredDate string `json:"sdDatePublished,omitempty"`

	InLanguage string `json:"inLanguage,omitempty"`

	// License is given for what is ours alone: not for sources, and not for words of others.
	License    string `json:"license,omitempty"`
	IsPartOf   *thing `json:"isPartOf,omitempty"`
	ArchivedAt string `json:"archivedAt,omitempty"`

	// Breadcrumb and MainEntity are those of a page. MainEntity is a *thing or an *itemList.
	Breadcrumb *thing `json:"breadcrumb,omitempty"`
	MainEntity any    `json:"mainEntity,omitempty"`

	// About are things, or the observation that a claim makes.
	About []any `json:"about,omitempty"`

	// Citation is what it rests on, Appearance where a claim is made.
	Citation   []named `json:"citation,omitempty"`
	Appearance []named `json:"appearance,omitempty"`
	Correction []work  `json:"correction,omitempty"`
}

// A dataset is data to download: as files, or as parts that have some.
type dataset struct {
	work
	HasPart      []dataset  `json:"hasPart,omitempty"`
	Distribution []download `json:"distribution,omitempty"`

	// VariableMeasured are the totals of a sum.
	VariableMeasured []*quantity `json:"variableMeasured,omitempty"`
}

// A download is a file.
type download struct {
	thing
	ContentURL     string `json:"contentUrl"`
	EncodingFormat string `json:"encodingFormat"`
}

// A happening is an event or a series of them.
type happening struct {
	thing
	// EventStatus and EventAttendanceMode are addresses of the vocabulary.
	EventStatus         string `json:"eventStatus,omitempty"`
	EventAttendanceMode string `json:"eventAttendanceMode,omitempty"`

	// StartDate and EndDate are left out where the source's date is approximate or uncertain: the vocabulary cannot say so.
	StartDate         string  `json:"startDate,omitempty"`
	EndDate           string  `json:"endDate,omitempty"`
	PreviousStartDate string  `json:"previousStartDate,omitempty"`
	Location          []place `json:"location,omitempty"`

	// Organizer is who chairs: things, or roles where the time is known. Attendee is who is known to have come.
	Organizer []any   `json:"organizer,omitempty"`
	Attendee  []thing `json:"attendee,omitempty"`
	About     []thing `json:"about,omitempty"`

	// SuperEvent is the series, and the event of which this one was a part.
	SuperEvent []thing `json:"superEvent,omitempty"`
	SubEvent   []thing `json:"subEvent,omitempty"`
}

// A place is where something happened.
type place struct {
	thing
	Address *address `json:"address,omitempty"`
}

// An address is what is known of where a place lies.
type address struct {
	Type            string `json:"@type"`
	AddressLocality string `json:"addressLocality,omitempty"`
	AddressCountry  string `json:"addressCountry,omitempty"`
}

// An agent is a person or an organisation.
type agent struct {
	thing
	JobTitle      string  `json:"jobTitle,omitempty"`
	HasOccupation []thing `json:"hasOccupation,omitempty"`

	// MemberOf are things, or roles where the office or the time is known.
	MemberOf []any `json:"memberOf,omitempty"`
}

// A role stands between two objects and says as what, and when, the one is to the other what the property says that it is.
type role struct {
	Type      string `json:"@type"`
	RoleName  string `json:"roleName,omitempty"`
	StartDate string `json:"startDate,omitempty"`
	EndDate   string `json:"endDate,omitempty"`
	MemberOf  *thing `json:"memberOf,omitempty"`
	Organizer *thing `json:"organizer,omitempty"`
}

// A grant is a pledge.
type grant struct {
	thing
	Sponsor    []thing   `json:"sponsor,omitempty"`
	FundedItem []thing   `json:"fundedItem,omitempty"`
	Amount     *quantity `json:"amount,omitempty"`
}

// A quantity is a number with what it measures, or an identifier with what gives it.
type quantity struct {
	thing
	PropertyID string `json:"propertyID,omitempty"`
	Currency   string `json:"currency,omitempty"`

	// Value is a json.Number, which keeps every digit, a string, or a *quantity of money.
	Value    any         `json:"value,omitempty"`
	MinValue json.Number `json:"minValue,omitempty"`
	MaxValue json.Number `json:"maxValue,omitempty"`
	UnitText string      `json:"unitText,omitempty"`

	// VariableMeasured is what was counted, in words; the rest says when, and of what.
	VariableMeasured string `json:"variableMeasured,omitempty"`
	ObservationDate  string `json:"observationDate,omitempty"`
	ObservationAbout *thing `json:"observationAbout,omitempty"`
}

// An itemList is a list of which NumberOfItems tells the whole length.
type itemList struct {
	thing
	NumberOfItems   int        `json:"numberOfItems,omitempty"`
	ItemListElement []listItem `json:"itemListElement,omitempty"`
}

// A listItem is a row of a list.
type listItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name,omitempty"`
	Item     any    `json:"item"`
}

// measure enters a number, or its bounds.
func (q *quantity) measure(r dossier.Range) {
	number := func(d decimal.Decimal) json.Number { return json.Number(d.String()) }
	switch {
	case r.IsExact():
		q.Value = number(r.Min)
		return
	case r.HasMin:
		q.MinValue = number(r.Min)
	}
	if r.HasMax {
		q.MaxValue = number(r.Max)
	}
}

// money returns a sum; nil where no number is stated. What is stated for each year or package is no sum.
func money(a dossier.Amount) *quantity {
	if a.IsZero() || a.Per != "" {
		return nil
	}
	q := &quantity{thing: thing{Type: "MonetaryAmount", Description: a.Wording}, Currency: a.Currency}
	q.measure(a.Range)
	return q
}

// certain returns a point where it is known, in as many digits as are.
func certain(p dossier.Point) string {
	if p.Approximate || p.Uncertain {
		return ""
	}
	return p.Plain()
}

// known returns a date that is a single point, where that is certain.
func known(d dossier.Date) string {
	if d.IsInterval() {
		return ""
	}
	return certain(d.Start)
}

// describe puts the structured data of a page into its frame: the page itself, the trail, and the objects that it tells of.
func (p *planner) describe(b *Base, w *work, objects ...any) {
	all := append(make([]any, 0, len(objects)+2), w)
	if trail := p.breadcrumbs(b); trail != nil {
		// A report is a text and no page of the web, so that the vocabulary gives it no trail.
		if w.Type != "Report" {
			w.Breadcrumb = &thing{ID: trail.ID}
		}
		all = append(all, trail)
	}
	b.Linked = linkedData{"https://schema.org", append(all, objects...)}.script()
}

// breadcrumbs returns the way to a page and the page itself; nil for the first page.
func (p *planner) breadcrumbs(b *Base) *itemList {
	if len(b.Trail) == 0 {
		return nil
	}
	list := &itemList{thing: thing{Type: "BreadcrumbList", ID: b.Canonical + "#breadcrumb"}}
	for i, r := range b.Trail {
		list.ItemListElement = append(list.ItemListElement, listItem{"ListItem", i + 1, r.Title, thing{ID: p.g.Site.BaseURL + r.URL}})
	}
	last := listItem{"ListItem", len(b.Trail) + 1, b.Title, thing{ID: b.Canonical}}
	list.ItemListElement = append(list.ItemListElement, last)
	return list
}

// document returns the page itself, with what it cites and what was corrected on it. An index is as new as the newest entry.
func (p *planner) document(b *Base, sort string) *work {
	modified := b.Updated.Machine
	if modified == "" {
		modified = p.site.Date.Machine
	}
	w := &work{
		thing:         thing{Type: sort, ID: b.Canonical, Name: b.Title, URL: b.Canonical, Description: b.Summary},
		DatePublished: b.Published.Machine, DateModified: modified, StructuredDate: modified[:min(len(modified), len(time.DateOnly))],
		InLanguage: p.site.Language, License: p.site.Licence.URL, IsPartOf: p.website(),
	}
	for _, n := range first(b.Notes, maxNodes) {
		w.Citation = append(w.Citation, named{p.g.Site.BaseURL + n.Source.URL + "#" + string(dossier.KindSource)})
	}
	for _, c := range b.Changes {
		if c.Correction {
			w.Correction = append(w.Correction, correction(c))
		}
	}
	return w
}

// correction returns what was wrong, and is now right. Its label says how grave it is.
func correction(c ChangeNote) work {
	return work{thing: thing{Type: "CorrectionComment", Name: c.Label}, Text: c.text, DatePublished: c.When.Machine}
}

// website refers to the site as a whole, of which the first page tells.
func (p *planner) website() *thing { return &thing{ID: p.g.Site.BaseURL + "/#website"} }

// describeHome tells of the first page, and of the site as a whole.
func (p *planner) describeHome(b *Base) {
	site := &work{
		thing:        thing{Type: "WebSite", ID: p.website().ID, Name: p.site.Title, URL: b.Canonical, Description: p.site.Summary},
		Publisher:    &thing{Type: "Organization", Name: p.g.Site.Editor},
		DateModified: p.site.Date.Machine, InLanguage: p.site.Language, License: p.site.Licence.URL,
	}
	w := p.document(b, "WebPage")
	if briefs := graph.Of[*dossier.Brief](p.g, dossier.KindBrief); len(briefs) > 0 {
		w.MainEntity = listOf(p, briefs, whole(briefs))
	}
	p.describe(b, w, site)
}

// describeList tells of a page that lists entries.
func describeList[T dossier.Entry](p *planner, b *Base, rows []T, pager Pager) {
	w := p.document(b, "CollectionPage")
	w.MainEntity = listOf(p, rows, pager)
	p.describe(b, w)
}

// whole is the pager of a list that has one page.
func whole[T any](list []T) Pager { return Pager{Page: 1, Pages: 1, Rows: len(list)} }

// listOf returns the rows of one page of a list.
func listOf[T dossier.Entry](p *planner, rows []T, pager Pager) *itemList {
	list := &itemList{thing: thing{Type: "ItemList"}, NumberOfItems: pager.Rows}
	for i, e := range first(rows, maxNodes) {
		list.ItemListElement = append(list.ItemListElement, listItem{Type: "ListItem", Position: (pager.Page-1)*MaxRows + i + 1, Item: p.object(e)})
	}
	return list
}

// describeCorrections tells of what was wrong, newest first.
func (p *planner) describeCorrections(b *Base, rows []ChangeNote, pager Pager) {
	list := &itemList{thing: thing{Type: "ItemList"}, NumberOfItems: pager.Rows}
	for i, c := range first(rows, maxNodes) {
		// What it corrects is the page of the entry, not what that page tells of.
		comment := correction(c)
		comment.ID = b.Canonical + "#" + c.ID
		page, _, _ := strings.Cut(c.Of.URL, "#")
		comment.About = []any{thing{ID: p.g.Site.BaseURL + page}}
		list.ItemListElement = append(list.ItemListElement, listItem{Type: "ListItem", Position: (pager.Page-1)*MaxRows + i + 1, Item: comment})
	}
	w := p.document(b, "CollectionPage")
	w.MainEntity = list
	p.describe(b, w)
}

// describeData tells of the open data: a set of tables, each a set of its own with its files.
func (p *planner) describeData(v *Data) {
	frame := work{
		Publisher: &thing{Type: "Organization", Name: p.g.Site.Editor}, DateModified: p.site.Date.Machine, License: p.site.Licence.URL,
	}
	whole := dataset{work: frame}
	whole.thing = thing{Type: "Dataset", ID: v.Canonical + "#dataset", Name: p.site.Title + ": open data", URL: v.Canonical, Description: v.Summary}
	for _, t := range v.Tables {
		part := dataset{work: work{License: frame.License}}
		part.thing = thing{Type: "Dataset", ID: v.Canonical + "#" + t.ID, Name: t.Name, Description: t.Text}
		for _, f := range first(t.Files, maxNodes) {
			part.Distribution = append(part.Distribution, p.download(f.CSV, "text/csv"), p.download(f.JSON, "application/json"))
		}
		whole.HasPart = append(whole.HasPart, part)
	}
	w := p.document(&v.Base, "WebPage")
	w.MainEntity = &thing{ID: whole.ID}
	p.describe(&v.Base, w, whole)
}

// describeSum tells of a sum: a set of data in itself, with the totals as its variables. All pages of a long one tell of the same set.
func (p *planner) describeSum(b *Base, url string, totals []group) {
	address := p.g.Site.BaseURL + url
	set := dataset{work: work{
		thing:     thing{Type: "Dataset", ID: address + "#dataset", Name: b.Title, URL: address, Description: b.Summary},
		Publisher: &thing{Type: "Organization", Name: p.g.Site.Editor}, DateModified: p.site.Date.Machine, License: p.site.Licence.URL,
		IsPartOf: &thing{ID: p.g.Site.BaseURL + "/data/#dataset"},
	}}
	for _, t := range first(totals, maxNodes) {
		set.VariableMeasured = append(set.VariableMeasured, measured(t, "committed or further", t.Firm), measured(t, "no more than announced", t.Announced))
	}
	set.VariableMeasured = slices.DeleteFunc(set.VariableMeasured, func(q *quantity) bool { return q == nil })
	w := p.document(b, "WebPage")
	w.MainEntity = &thing{ID: set.ID}
	p.describe(b, w, set)
}

// measured returns one column of a total, or nil where nothing is in it.
func measured(t group, column string, sum dossier.Range) *quantity {
	if sum.IsZero() {
		return nil
	}
	name := t.Currency + ", " + column
	if t.Loan {
		name += ", loans and guarantees"
	}
	q := &quantity{thing: thing{Type: "PropertyValue", Name: name}, UnitText: t.Currency}
	q.measure(sum)
	return q
}

// download returns a file of the site.
func (p *planner) download(r Ref, format string) download {
	return download{thing: thing{Type: "DataDownload", Name: r.Title}, ContentURL: p.g.Site.BaseURL + r.URL, EncodingFormat: format}
}
