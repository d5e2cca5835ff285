package dossier

import (
	"fmt"
	"time"

	"briefing/internal/diag"
)

// A Figure is a reported total or count. It is a claim by someone on a date, never part of a total of ours.
type Figure struct {
	Head
	Range
	// Unit is what is counted, in the plural; percent stands as a sign behind the number. A figure has a unit or a currency.
	Unit string
	// Currency is a code of ISO 4217.
	Currency string
	Measures string
	// AsOf is the date for which the number holds, not that of its source.
	AsOf       Date
	AssertedBy ID
	// Supersedes is the earlier value of the same measure that this one replaces.
	Supersedes ID
	// Standing is the editor's word for how sure it is, and StandingAt where it stands; empty where its sources say.
	Standing   Standing
	StandingAt diag.Mark
	Disputed   []Dispute
}

// Table returns the keys of a figure.
func (f *Figure) Table() Table {
	t := append(f.Head.Table(), f.rangeFields().numbered()...)
	return append(t, Table{
		{Key: "unit", Doc: "What is counted, where it is not money.", Example: "drones", Excludes: []string{"currency"}, Slot: text(&f.Unit)},
		{Key: "currency", Doc: "The currency, by ISO 4217.", Example: "USD", Slot: currencyCode(&f.Currency)},
		wordingField(&f.Range),
		{Key: "measures", Doc: "What the number measures, in one sentence.", Example: "Artillery rounds that had been delivered, by its own count.", Slot: text(&f.Measures)},
		required(Field{Key: "as_of", Doc: "The date for which it holds.", Example: "2025-06-04", Slot: date(&f.AsOf)}),
		{Key: "asserted_by", Doc: "Who says so.", Example: "germany", Slot: ref(&f.AssertedBy, KindActor)},
		{Key: "supersedes", Doc: "The figure that holds the earlier value of the same measure, which this one replaces.", Example: "commitments-80bn-2023", Slot: ref(&f.Supersedes, KindFigure)},
		standingField(&f.Standing, &f.StandingAt, Confirmed, Reported, Claimed, Unconfirmed),
		disputes(&f.Disputed, "value", "as_of"),
	}...)
}

// Check reports bounds that exclude each other.
func (f *Figure) Check(report Report) {
	f.Head.Check(report)
	f.Range.Check(report)
}

// Text returns the number with its unit: "about US$126 billion", "more than 12,000".
func (f *Figure) Text() string {
	switch {
	case f.IsZero():
		return f.Wording
	case f.Currency != "":
		return Amount{Range: f.Range, Currency: f.Currency}.Text()
	case f.Unit == "percent":
		return f.Range.Text() + "%"
	case f.Unit != "":
		return f.Range.Text() + " " + f.Unit
	}
	return f.Range.Text()
}

// Dated returns the number with its unit and the date for which it holds, as prose prints it: “more than 12,000 civilians, as of 4 June
// 2025”.
func (f *Figure) Dated() string {
	if f.AsOf.IsZero() {
		return f.Text()
	}
	return f.Text() + ", as of " + f.AsOf.Text()
}

// Card returns what other pages show of the figure.
func (f *Figure) Card() Card {
	c := f.Head.Card()
	c.Label, c.Date = "figure", f.AsOf
	return c
}

// A Brief is a text with conclusions.
type Brief struct {
	Head
	Authors   []string
	Actors    []ID
	Events    []ID
	Pledges   []ID
	KeyPoints []Claim
	// Questions are what we do not know.
	Questions []string
	// Number names the brief in citations, and orders the index of briefs; NumberAt is where it stands.
	Number   string
	NumberAt diag.Mark
}

// Table returns the keys of a brief.
func (b *Brief) Table() Table {
	return append(b.Head.Table(), Table{
		{Key: "authors", Doc: "Who wrote it.", Example: "[The editors]", Slot: texts(&b.Authors)},
		{Key: "actors", Doc: "The actors it is about.", Example: "[germany, united-kingdom]", Slot: refs(&b.Actors, KindActor)},
		{Key: "events", Doc: "The events it is about.", Example: "[udcg-28]", Slot: refs(&b.Events, KindEvent, KindSeries)},
		{Key: "pledges", Doc: "The pledges and figures it is about.", Example: "[uk-100k-drones-2025]", Slot: refs(&b.Pledges, KindPledge, KindFigure)},
		{Key: "key_points", Doc: "Its conclusions, each with its sources.", Example: "[{text: The United Kingdom promised drones., source: nato-2025-06-05-rutte-press}]", Slot: list(&b.KeyPoints, func(c *Claim) Slot { return recordOr(c, "text") })},
		{Key: "questions", Doc: "What we do not know.", Example: "[How many of them have arrived is not known to us.]", Slot: texts(&b.Questions)},
		{Key: "number", Doc: "Its number, which never changes.", Example: "RB-01", Slot: text(&b.Number).(Scalar).placed(&b.NumberAt)},
	}...)
}

// Card returns what other pages show of the brief.
func (b *Brief) Card() Card {
	c := b.Head.Card()
	c.Label, c.Short = "brief", b.Number
	c.Date = Day(b.Published)
	return c
}

// A SourceClass says what sort of witness a source is.
type SourceClass string

// The classes of sources.
const (
	// Official is a government or a body that tells of its own acts: a primary witness, and an interested one.
	Official SourceClass = "official"
	// Agency is a news agency, which others print.
	Agency SourceClass = "agency"
	// Media is a newspaper or a broadcaster with reporting of its own.
	Media SourceClass = "media"
	// Research counts or studies by a method that it publishes.
	Research SourceClass = "research"
	// Secondary repeats what others found: an encyclopedia, a digest.
	Secondary SourceClass = "secondary"
)

// A Source is something that can be cited. Its keys are those of CSL.
type Source struct {
	Head
	// Type is an item type of CSL.
	Type      string
	Publisher string
	Authors   []string
	// Issued is zero where Undated says that the source bears no date.
	Issued   Date
	Undated  bool
	URL      string
	Accessed Date
	Archive  Archive
	Language string
	Class    SourceClass
	// Via is the source through which we know this one, where we have not seen it ourselves.
	Via ID
}

// sourceTypes are the item types of CSL 1.0.2.
var sourceTypes = []string{
	"article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic",
	"collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
	"interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference",
	"patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report", "review",
	"review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
}

// Table returns the keys of a source. Its citation is its summary, so that it needs no other.
func (s *Source) Table() Table {
	t := s.Head.Table()
	for i := range t {
		if t[i].Key == "summary" {
			t[i].Required = false
		}
	}
	return append(t, Table{
		required(Field{Key: "type", Doc: "What sort of item it is, by CSL.", Example: "article-newspaper", Slot: word(&s.Type, sourceTypes...)}),
		required(Field{Key: "publisher", Also: []string{"outlet", "newspaper"}, Doc: "Who published it.", Example: "The Guardian", Slot: text(&s.Publisher)}),
		{Key: "author", Doc: "Who wrote it.", Example: "[Jane Doe, Joe Bloggs]", Slot: texts(&s.Authors)},
		{Key: "issued", Also: []string{"date"}, Doc: "When it was published; required unless undated.", Example: "2025-06-04", Unless: []string{"undated"}, Slot: date(&s.Issued)},
		{Key: "undated", Doc: "True where it bears no date.", Example: "true", Excludes: []string{"issued"}, Slot: onlyTrue(&s.Undated)},
		{Key: "url", Also: []string{"link", "address"}, Doc: "Where it is.", Example: "https://www.example.org/news/drones", Slot: address(&s.URL)},
		{Key: "accessed", Also: []string{"retrieved"}, Doc: "When we read it there.", Example: "2025-06-05", Slot: date(&s.Accessed)},
		{Key: "archive", Doc: "A stored copy.", Example: `{url: "https://web.archive.org/web/2025/https://example.org/", at: 2025-06-05}`, Slot: record(&s.Archive)},
		{Key: "language", Doc: "Its language, as a BCP 47 tag.", Example: "en", Slot: languageTag(&s.Language)},
		{Key: "class", Doc: "What sort of witness it is.", Example: "media", Slot: word(&s.Class, Official, Agency, Media, Research, Secondary)},
		{Key: "via", Doc: "The source through which we know it.", Example: "guardian-2025-06-04-europe-live", Slot: ref(&s.Via, KindSource)},
	}...)
}

// Card returns what other pages show of the source.
func (s *Source) Card() Card {
	c := s.Head.Card()
	c.Label, c.Date, c.Short, c.Lang = string(s.Class), s.Issued, s.Publisher, s.Language
	return c
}

// printLag is how much later a paper may be dated than its text, which stands on the web before.
const printLag = 48 * time.Hour

// Check reports a source that is dated after we read it, or after we told of it.
func (s *Source) Check(report Report) {
	s.Head.Check(report)
	if s.Issued.IsZero() {
		return
	}
	issued := s.Issued.First().Add(-printLag)
	switch {
	case !s.Accessed.IsZero() && s.Accessed.Last().Before(issued):
		report(faultf(diag.Contradiction, "check both dates", "it was read on %s, before it was issued on %s", s.Accessed, s.Issued), "accessed")
	case !s.Published.IsZero() && s.Published.Before(issued):
		report(faultf(diag.Contradiction, "check both dates: published: is when we first told of it", "it was issued on %s, and published here before that", s.Issued), "issued")
	}
}

// An Archive is a stored copy of a source.
type Archive struct {
	URL string
	At  Date
}

// Table returns the keys of an archive.
func (a *Archive) Table() Table {
	return Table{
		required(Field{Key: "url", Doc: "Where the copy is.", Example: "https://web.archive.org/web/2025/https://example.org/", Slot: address(&a.URL)}),
		{Key: "at", Doc: "When it was made.", Example: "2025-06-05", Slot: date(&a.At)},
	}
}

// A Page is a page of prose, such as the methodology.
type Page struct {
	Head
	// Timeline is the month whose timeline the page introduces; zero for a page of its own.
	Timeline Date
}

// Table returns the keys of a page.
func (p *Page) Table() Table {
	return append(p.Head.Table(), Table{
		{Key: "timeline", Doc: "The month whose timeline it introduces.", Example: "2025-06", Slot: date(&p.Timeline)},
	}...)
}

// Check reports a timeline that is not one month.
func (p *Page) Check(report Report) {
	p.Head.Check(report)
	if t := p.Timeline; !t.IsZero() && t.String() != fmt.Sprintf("%04d-%02d", t.Start.Year, t.Start.Month) {
		report(faultf(diag.BadDate, "write a month, such as 2025-06", "%s is not a month", t), "timeline")
	}
}

// Card returns what other pages show of the page.
func (p *Page) Card() Card {
	c := p.Head.Card()
	c.Label = "page"
	return c
}
