package page

import (
	"html/template"
	"slices"
	"strconv"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Claim is a sentence with its sources and standing.
type Claim struct {
	// ID is its place on the page; empty where the claim is repeated from another.
	ID string

	// Text is one sentence.
	Text string

	// Standing is how sure it is; empty where it is reported, which goes without saying.
	Standing string

	// Rest are the marks of its sources.
	Rest template.HTML

	// Versions are what each side says, where it is disputed.
	Versions []Version
}

// A Version is what one side says.
type Version struct {
	// By is the actor who says it; it may be empty.
	By Ref

	// Text is what that side says.
	Text string

	// Standing is how sure it is; empty where it is reported, or where By says whose claim it is.
	Standing string

	// Rest are the marks of its sources.
	Rest template.HTML
}

// A Dispute is a point on which sources differ.
type Dispute struct {
	// ID is its place on the page.
	ID string

	// Point is what is disputed, in a few words.
	Point string

	// Versions are in the order of the dates of their sources; none is preferred.
	Versions []Version
}

// A Scale explains the words for how sure a statement is.
type Scale struct {
	shared

	// Words are the surest first.
	Words []ScaleWord

	// More leads to the page of prose that tells how the words are found, where the site has one.
	More Ref
}

// A ScaleWord is a word and what it means.
type ScaleWord struct {
	Word, Meaning string
}

// scale returns the explanation of the words. A page of prose tagged methodology is the place for more.
func (p *planner) scale() *Scale {
	s := &Scale{}
	for _, word := range dossier.Standings {
		s.Words = append(s.Words, ScaleWord{string(word), word.Meaning()})
	}
	s.More = p.proseTagged("methodology", "how-sure-we-are")
	return s
}

// proseTagged leads to the first page of prose that has a tag, and there to a heading where it has that; to nothing where there is none.
func (p *planner) proseTagged(tag, heading string) Ref {
	for _, x := range graph.Of[*dossier.Page](p.g, dossier.KindPage) {
		if !slices.Contains(x.Tags, tag) {
			continue
		}
		r := Ref{Title: x.Title, URL: URL(x)}
		if p.g.HasAnchor(x, heading) {
			r.URL += "#" + heading
		}
		return r
	}
	return Ref{}
}

// word returns how sure a statement of an entry is, where that does not go without saying.
func (p *planner) word(e dossier.Entry, s dossier.Stated) string {
	if standing := p.g.Standing(e, s); standing != dossier.Reported {
		return string(standing)
	}
	return ""
}

// claims returns claims of an entry with the marks of their sources. Each gets a place on the page, named by word and number, unless word
// is empty.
func (d *desk) claims(e dossier.Entry, list []dossier.Claim, word string) []Claim {
	out := make([]Claim, 0, len(list))
	for i, c := range list {
		claim := Claim{Text: c.Text, Standing: d.word(e, &c), Rest: d.cite(c.Sources), Versions: d.versions(e, c.Versions)}
		if word != "" {
			claim.ID = word + "-" + strconv.Itoa(i+1)
		}
		out = append(out, claim)
	}
	return out
}

// versions returns what each side says, in the order of the dates of their sources: none is preferred. Those whose sources bear no date
// come last, in the order of the entry.
func (d *desk) versions(e dossier.Entry, list []dossier.Version) []Version {
	sorted := slices.SortedStableFunc(slices.Values(list), func(a, b dossier.Version) int {
		x, y := d.firstIssued(a.Sources), d.firstIssued(b.Sources)
		switch {
		case x.IsZero() == y.IsZero():
			return x.Compare(y)
		case x.IsZero():
			return 1
		}
		return -1
	})
	out := make([]Version, 0, len(list))
	for _, v := range sorted {
		version := Version{Text: v.Text, Rest: d.cite(v.Sources), Standing: d.word(e, &v)}
		if v.AssertedBy != "" {
			version.By = d.ref(v.AssertedBy)
			if version.Standing == string(dossier.Claimed) {
				version.Standing = "" // “Norway says” says so
			}
		}
		out = append(out, version)
	}
	return out
}

// firstIssued returns the earliest date of some sources; zero where none bears one.
func (p *planner) firstIssued(list []dossier.Citation) dossier.Date {
	var earliest dossier.Date
	for _, c := range list {
		s := graph.Find[*dossier.Source](p.g, c.Source)
		if s != nil && !s.Issued.IsZero() && (earliest.IsZero() || s.Issued.Compare(earliest) < 0) {
			earliest = s.Issued
		}
	}
	return earliest
}

// disputes returns the disputed points of an entry, each with a place of its own on the page.
func (d *desk) disputes(e dossier.Entry, list []dossier.Dispute) []Dispute {
	out := make([]Dispute, 0, len(list))
	for i, x := range list {
		out = append(out, Dispute{ID: disputeID(i), Point: x.Point, Versions: d.versions(e, x.Versions)})
	}
	return out
}

// disputeID returns the place of a disputed point on its page.
func disputeID(i int) string { return "disputed-" + strconv.Itoa(i+1) }

// doubt returns the place of the page that tells how sources differ on a fact, given by its key; empty where they do not.
func doubt(list []dossier.Dispute, fact string) string {
	if i := slices.IndexFunc(list, func(x dossier.Dispute) bool { return x.Fact == fact }); i >= 0 {
		return disputeID(i)
	}
	return ""
}
