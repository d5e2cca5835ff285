package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// A Whole is the brief as one document, for paper: its chapters one after the other, with the sources of all of them as one list of notes.
// However big the site is, a chapter has no more rows than MaxRows, and there are no more chapters than a reader would print.
type Whole struct {
	Base

	// Editor is who publishes the site.
	Editor string

	// Chapters are all that follow, for the table of contents.
	Chapters []Chapter

	// Left are what the document leaves out because it is too long, each with the place where all of it stands. Doors lead to the rest: what
	// has a page of its own on the site, and no room here.
	Left  []Ref
	Doors []Door

	// Briefs are by number.
	Briefs []BriefChapter

	// Series are the histories of meetings.
	Series []SeriesChapter

	// Keys are the key events by month; there is no such chapter where there are none.
	Keys *KeyChapter

	// Pledges are the totals and who promised them; nil where there are no pledges.
	Pledges *PledgeChapter

	// Prose are the other texts of the site, such as the methodology.
	Prose []TextChapter
}

// A Chapter is a part of a document.
type Chapter struct {
	// ID is its place in the document. What stands within it has ids that begin with the same word and a colon.
	ID string

	// Number counts from 1.
	Number int
	Title  string
}

// A BriefChapter is a brief as a chapter.
type BriefChapter struct {
	Chapter
	Summary   string
	Published Time

	// KeyPoints are its conclusions, Questions what we do not know.
	KeyPoints []Claim
	Questions []string

	// Body is its text, Rests the marks of the sources of the whole.
	Body  template.HTML
	Rests template.HTML
}

// A SeriesChapter is a series as a chapter.
type SeriesChapter struct {
	Chapter
	Summary string

	// Held is how many meetings were held.
	Held int

	// Strip is all of them to scale, Meetings are the newest as rows of a table.
	Strip    Strip
	Meetings []Meeting

	// Body is the prose of the entry, Rests the marks of its sources.
	Body  template.HTML
	Rests template.HTML
}

// A KeyChapter is the key events, oldest first.
type KeyChapter struct {
	Chapter
	Months []KeyMonth
}

// A KeyMonth is the key events of a month, with what the site says of the month as a whole.
type KeyMonth struct {
	// Title names the month.
	Title string
	Items []Item

	// Intro is the text that introduces the month, Rests the marks of its sources.
	Intro template.HTML
	Rests template.HTML
}

// A PledgeChapter is the totals, and the same by donor.
type PledgeChapter struct {
	Chapter

	// Recorded is how many pledges there are, Stages say how far they have come.
	Recorded int
	Stages   []StageCount

	// Sums and Converted are the totals, Donors the same by donor, Unsummed the donors without a sum of their own.
	Sums      []Sum
	Converted []Sum
	Donors    []BarGroup
	Unsummed  []Promiser
}

// A TextChapter is a text of the site as a chapter.
type TextChapter struct {
	Chapter
	Summary string

	// Body is the text, Rests the marks of the sources of the whole.
	Body  template.HTML
	Rests template.HTML
}

// wholeURL is the address of the whole brief as one document.
const wholeURL = "/print/"

// wholeTexts is how many briefs, series and texts the document holds of each; a reader prints no more.
const wholeTexts = 20

// whole returns the brief as one document. Its chapters are made in the order in which they are read, so that the notes are numbered
// through.
func (p *planner) whole() Whole {
	d := p.desk()
	v := Whole{
		Base:   p.base(wholeURL, "The whole brief", "All of "+p.site.Title+" that fits on paper, as one document with one list of sources."),
		Editor: p.g.Site.Editor, Doors: p.doors(),
	}
	briefs := graph.Of[*dossier.Brief](p.g, dossier.KindBrief)
	for _, b := range shortened(&v, briefs, wholeTexts, Ref{Title: "briefs", URL: "/briefs/"}) {
		v.Briefs = append(v.Briefs, d.briefChapter(v.entryChapter(b), b))
	}
	for _, s := range shortened(&v, graph.Of[*dossier.Series](p.g, dossier.KindSeries), wholeTexts, Ref{Title: "series", URL: "/"}) {
		v.Series = append(v.Series, d.seriesChapter(&v, s))
	}
	v.Keys = d.keyChapter(&v)
	v.Pledges = p.pledgeChapter(&v)
	for _, x := range shortened(&v, prosePages(p.g), wholeTexts, Ref{Title: "other texts", URL: searchURL}) {
		c := v.entryChapter(x)
		v.Prose = append(v.Prose, TextChapter{Chapter: c, Summary: x.Summary, Body: d.part(d.g.Body(x), c), Rests: d.cite(x.Sources)})
	}
	v.AsOf = p.newestKnowledge(graph.Of[*dossier.Pledge](p.g, dossier.KindPledge))
	d.annotate(&v.Base)
	w := p.document(&v.Base, "WebPage")
	w.MainEntity = listOf(p, briefs, whole(briefs))
	p.describe(&v.Base, w)
	return v
}

// chapter begins a chapter.
func (v *Whole) chapter(id, title string) Chapter {
	c := Chapter{ID: id, Number: len(v.Chapters) + 1, Title: title}
	v.Chapters = append(v.Chapters, c)
	return c
}

// entryChapter begins the chapter of an entry. Its place has a name that no other part of the page has, whatever the entry is called.
func (v *Whole) entryChapter(e dossier.Entry) Chapter {
	return v.chapter("chapter-"+string(e.Base().ID), e.Base().Title)
}

// shortened returns the first n of a list, and notes in the document where it leaves others out: all gives their noun, and where all stand.
func shortened[T any](v *Whole, list []T, n int, all Ref) []T {
	if len(list) > n {
		v.Left = append(v.Left, Ref{Title: fmt.Sprintf("%d of %d %s", n, len(list), all.Title), URL: all.URL})
	}
	return first(list, n)
}

// part returns a text as a part of a chapter.
func (d *desk) part(f *markup.Fragment, c Chapter) template.HTML {
	within := f.Within(c.ID+":", c.Number)
	return d.body(&within)
}

// briefChapter returns a brief as a chapter.
func (d *desk) briefChapter(c Chapter, b *dossier.Brief) BriefChapter {
	return BriefChapter{
		Chapter: c, Summary: b.Summary, Published: moment(b.Published), KeyPoints: d.claims(b, b.KeyPoints, c.ID+":point"), Questions: b.Questions,
		Body: d.part(d.g.Body(b), c), Rests: d.cite(b.Sources),
	}
}

// seriesChapter returns a series as a chapter, its newest meetings first.
func (d *desk) seriesChapter(v *Whole, s *dossier.Series) SeriesChapter {
	events := slices.Clone(d.g.Series(s.ID))
	x := SeriesChapter{Chapter: v.entryChapter(s), Summary: s.Summary, Strip: d.strip(events)}
	slices.Reverse(events)
	for _, e := range shortened(v, events, MaxRows, Ref{Title: "meetings", URL: URL(s)}) {
		x.Meetings = append(x.Meetings, d.meeting(e))
	}
	for _, e := range events {
		if e.State() == dossier.Held {
			x.Held++
		}
	}
	x.Body, x.Rests = d.part(d.g.Body(s), x.Chapter), d.cite(s.Sources)
	return x
}

// keyChapter returns the newest key events by month, oldest first.
func (d *desk) keyChapter(v *Whole) *KeyChapter {
	var keys []*dossier.Event
	for _, e := range slices.Backward(graph.Of[*dossier.Event](d.g, dossier.KindEvent)) {
		if e.Key != "" {
			keys = append(keys, e)
		}
	}
	if keys == nil {
		return nil
	}
	x := &KeyChapter{Chapter: v.chapter("key-events", "Key events")}
	keys = slices.Clone(shortened(v, keys, MaxRows, Ref{Title: "key events", URL: "/timeline/"}))
	slices.Reverse(keys)
	month := func(e *dossier.Event) dossier.Date {
		at := dossier.Point{Year: e.Date.Start.Year, Month: e.Date.Start.Month}
		return dossier.Date{Start: at, End: at}
	}
	for len(keys) > 0 {
		n := slices.IndexFunc(keys, func(e *dossier.Event) bool { return month(e).Compare(month(keys[0])) != 0 })
		n = cmp.Or(max(n, 0), len(keys))
		x.Months = append(x.Months, d.keyMonth(x.Chapter, month(keys[0]), keys[:n]))
		keys = keys[n:]
	}
	return x
}

// keyMonth returns the key events of a month.
func (d *desk) keyMonth(c Chapter, month dossier.Date, keys []*dossier.Event) KeyMonth {
	x := KeyMonth{Title: month.Text()}
	for _, e := range keys {
		x.Items = append(x.Items, d.item(e, e.Sources))
	}
	if intro := d.g.Introduction(month.String()); intro != nil {
		c.ID = string(intro.ID)
		x.Intro, x.Rests = d.part(d.g.Body(intro), c), d.cite(intro.Sources)
	}
	return x
}

// pledgeChapter returns the totals and who promised them.
func (p *planner) pledgeChapter(v *Whole) *PledgeChapter {
	all := graph.Of[*dossier.Pledge](p.g, dossier.KindPledge)
	if len(all) == 0 {
		return nil
	}
	whole := p.sheet(graph.Cut{})
	x := &PledgeChapter{
		Chapter: v.chapter("pledges", "Pledges by donor"), Recorded: len(all), Stages: stageCounts(all),
		Sums: p.sumsOf(graph.Cut{}, whole), Converted: p.convertedOf(graph.Cut{}, whole), Donors: p.byDonor(),
	}
	x.Unsummed = p.unsummed(x.Donors)
	return x
}
