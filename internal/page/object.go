package page

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// sourceTypes are the types of schema.org that are narrower than CreativeWork, by the type of CSL.
var sourceTypes = map[string]string{
	"article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article", "article-newspaper": "NewsArticle",
	"bill": "Legislation", "book": "Book", "chapter": "Chapter", "dataset": "Dataset", "entry": "Article", "entry-dictionary": "Article",
	"entry-encyclopedia": "Article", "legislation": "Legislation", "manuscript": "Manuscript", "map": "Map", "motion_picture": "Movie",
	"paper-conference": "ScholarlyArticle", "post": "SocialMediaPosting", "post-weblog": "BlogPosting", "regulation": "Legislation",
	"report": "Report", "thesis": "Thesis", "webpage": "WebPage",
}

// typeOf returns the type of an entry. A state is an organisation here, for a country, which is a place, can neither promise nor meet.
func typeOf(e dossier.Entry) string {
	switch e := e.(type) {
	case *dossier.Actor:
		return actorType(e)
	case *dossier.Series:
		return "EventSeries"
	case *dossier.Event:
		return "Event"
	case *dossier.Pledge:
		if money(e.Amount) == nil {
			return "Grant"
		}
		return "MonetaryGrant"
	case *dossier.Figure:
		return "Claim"
	case *dossier.Brief:
		return "Report"
	case *dossier.Source:
		if t, ok := sourceTypes[e.Type]; ok {
			return t
		}
		return "CreativeWork"
	case *dossier.Page:
		return "WebPage"
	}
	panic("internal error: no type of schema.org for " + string(e.Base().Kind))
}

// actorType returns the type of an actor.
func actorType(a *dossier.Actor) string {
	switch a.Sort {
	case dossier.Person:
		return "Person"
	case dossier.State:
		return "GovernmentOrganization"
	}
	// Alliances, coalitions and groups without a form in law are organisations too.
	return "Organization"
}

// objectID returns the address that names what an entry tells of. That of a text is its page; else the page is one thing, and what it
// tells of another.
func (p *planner) objectID(e dossier.Entry) string {
	id := p.g.Site.BaseURL + URL(e)
	switch kind := e.Base().Kind; kind {
	case dossier.KindBrief, dossier.KindPage:
		return id
	default:
		return id + "#" + string(kind)
	}
}

// object refers to what an entry tells of, by name.
func (p *planner) object(e dossier.Entry) thing {
	return thing{Type: typeOf(e), ID: p.objectID(e), Name: e.Base().Title}
}

// objects is object for a list of ids. Those that lead nowhere are left out.
func (p *planner) objects(ids ...dossier.ID) []thing {
	ids = first(ids, maxNodes)
	out := make([]thing, 0, len(ids))
	for _, id := range ids {
		if e, ok := p.g.Lookup(id); ok {
			out = append(out, p.object(e))
		}
	}
	return out
}

// agents is objects for what only an actor can be.
func (p *planner) agents(ids ...dossier.ID) []thing {
	return p.objects(slices.DeleteFunc(slices.Clone(ids), func(id dossier.ID) bool { return graph.Find[*dossier.Actor](p.g, id) == nil })...)
}

// references refers to sources, by address alone.
func (p *planner) references(list []dossier.Citation) []named {
	var out []named
	for _, c := range list {
		if s := graph.Find[*dossier.Source](p.g, c.Source); s != nil {
			out = append(out, named{p.objectID(s)})
		}
	}
	return out
}

// describeEntry tells of the page of an entry. Its notes must be complete.
func (p *planner) describeEntry(b *Base, e dossier.Entry) {
	w := p.document(b, "WebPage")
	own := p.object(e)
	var main any
	var objects []any
	switch e := e.(type) {
	case *dossier.Actor:
		main = p.agent(e, own)
	case *dossier.Series:
		main = p.eventSeries(e, own)
	case *dossier.Event:
		// An event has no citations of its own; those of the page that is about it are told there.
		own.SubjectOf = &thing{ID: b.Canonical}
		main = p.happening(e, own)
	case *dossier.Pledge:
		main = p.grant(e, own)
	case *dossier.Figure:
		main = p.assertion(e, own)
	case *dossier.Source:
		main = p.publication(e, own)
	case *dossier.Brief:
		p.report(w, e)
	case *dossier.Page:
		objects = p.termSet(e)
	}
	if main != nil {
		w.MainEntity = &thing{ID: own.ID}
		objects = append(objects, main)
	}
	objects = append(objects, p.counted(e)...)
	objects = append(objects, p.stated(b, e)...)
	p.describe(b, w, append(objects, p.quoted(e)...)...)
}

// report makes the page of a brief the brief itself.
func (p *planner) report(w *work, b *dossier.Brief) {
	w.Type, w.ReportNumber, w.WordCount = "Report", b.Number, p.g.Body(b).Words
	w.Author = authors(b.Authors, p.g.Site.Editor)
	// The page prints the same where the entry names nobody.
	if len(b.Authors) == 0 {
		w.Author = authors([]string{p.g.Site.Editor}, p.g.Site.Editor)
	}
	for _, x := range p.objects(slices.Concat(b.Actors, b.Events, b.Pledges)...) {
		w.About = append(w.About, x)
	}
}

// authors returns who wrote a text; one of them may be an organisation.
func authors(names []string, organisation string) []thing {
	var out []thing
	for _, name := range names {
		author := thing{Type: "Person", Name: name}
		if name == organisation {
			author.Type = "Organization"
		}
		out = append(out, author)
	}
	return out
}

// publication returns a source. Its page is ours, but it is not: it has a publisher, dates and a language of its own, and no licence
// that we could give.
func (p *planner) publication(s *dossier.Source, own thing) *work {
	own.URL, own.Description = s.URL, s.Summary
	return &work{
		thing: own, Author: authors(s.Authors, s.Publisher), Publisher: &thing{Type: "Organization", Name: s.Publisher},
		DatePublished: known(s.Issued), InLanguage: s.Language, ArchivedAt: s.Archive.URL,
	}
}

// agent returns an actor with its offices and what it belongs to. An office in a state or a body is a membership in a role, with the
// dates that are known; one without is an occupation. Only people hold offices in the vocabulary.
func (p *planner) agent(a *dossier.Actor, own thing) *agent {
	own.Description, own.SameAs = a.Summary, a.SameAs
	if a.ShortName != "" {
		own.AlternateName = append(own.AlternateName, a.ShortName)
	}
	own.AlternateName = append(own.AlternateName, a.AlsoKnownAs...)
	if a.Code != "" {
		own.Identifier = &quantity{thing: thing{Type: "PropertyValue"}, PropertyID: "ISO 3166-1 alpha-2", Value: a.Code}
	}
	v := &agent{thing: own}
	for _, r := range a.Roles {
		in := p.agents(r.Of)
		switch {
		case len(in) > 0 && own.Type == "Person" && in[0].Type != "Person":
			v.MemberOf = append(v.MemberOf, role{
				Type: "OrganizationRole", RoleName: r.Title, StartDate: known(r.From), EndDate: known(r.To), MemberOf: &in[0],
			})
		case own.Type == "Person":
			v.HasOccupation = append(v.HasOccupation, thing{Type: "Occupation", Name: r.Title})
		}
		// The first office that goes on, as far as we know, is the one by which the person is known.
		if own.Type == "Person" && v.JobTitle == "" && !r.From.IsZero() && r.To.IsZero() {
			v.JobTitle = r.Title
		}
	}
	for _, m := range a.MemberOf {
		v.MemberOf = append(v.MemberOf, p.membership(m)...)
	}
	return v
}

// membership returns what an actor belongs to, with the time where that is known. Nobody is a member of a person.
func (p *planner) membership(m dossier.Membership) []any {
	in := p.agents(m.Of)
	from, to := known(m.From), known(m.To)
	switch {
	case len(in) == 0 || in[0].Type == "Person":
		return nil
	case from != "" || to != "":
		return []any{role{Type: "OrganizationRole", StartDate: from, EndDate: to, MemberOf: &in[0]}}
	}
	return []any{in[0]}
}

// eventSeries returns a series, with its newest meetings.
func (p *planner) eventSeries(s *dossier.Series, own thing) *happening {
	own.AlternateName, own.Description = s.Aka, s.Summary
	v := &happening{thing: own}
	for _, x := range p.agents(s.Organiser) {
		v.Organizer = append(v.Organizer, x)
	}
	for _, t := range s.Chairs {
		for _, x := range p.agents(t.Actor) {
			v.Organizer = append(v.Organizer, role{Type: "Role", RoleName: "chair", StartDate: known(t.From), EndDate: known(t.To), Organizer: &x})
		}
	}
	// Each page of the table tells of the same newest meetings, for it is one series.
	events := p.g.Series(s.ID)
	if len(events) > 0 {
		v.StartDate = certain(events[0].Date.Start)
	}
	for _, e := range newest(events, min(len(events), maxNodes)) {
		v.SubEvent = append(v.SubEvent, p.object(e))
	}
	return v
}

// happening returns an event. Who took part is told only where it was held, and only of those who are known to have come: who was
// represented, absent, or is disputed did not, or may not have.
func (p *planner) happening(e *dossier.Event, own thing) *happening {
	own.AdditionalType, own.Description = string(e.Sort), e.Summary
	if e.Number != 0 {
		own.Identifier = &quantity{thing: thing{Type: "PropertyValue", Name: "Number in the series"}, Value: strconv.Itoa(e.Number)}
	}
	v := &happening{
		thing: own, EventStatus: eventStatus(e), EventAttendanceMode: attendanceModes[e.Format()], StartDate: p.start(e),
		PreviousStartDate: known(e.Was), Location: p.location(e), About: p.objects(e.Actors...), SuperEvent: p.objects(e.Series, e.PartOf),
	}
	if e.Date.IsInterval() && !e.Date.Open {
		v.EndDate = certain(e.Date.End)
	}
	for _, x := range p.agents(e.Chairs...) {
		v.Organizer = append(v.Organizer, x)
	}
	if e.State() != dossier.Held {
		return v
	}
	// No mode given means that they took part; how is not known to us.
	var came []dossier.ID
	for _, a := range e.Attendance {
		if a.Mode == dossier.InPerson || a.Mode == dossier.Remote || a.Mode == "" {
			came = append(came, a.Actor)
		}
	}
	v.Attendee = p.agents(came...)
	return v
}

// attendanceModes are the ways of holding an event, by the word for each.
var attendanceModes = map[string]string{
	"in person": "https://schema.org/OfflineEventAttendanceMode",
	"online":    "https://schema.org/OnlineEventAttendanceMode",
	"hybrid":    "https://schema.org/MixedEventAttendanceMode",
}

// eventStatus returns whether an event takes place as it was planned. One that was held did.
func eventStatus(e *dossier.Event) string {
	const vocabulary = "https://schema.org/"
	switch {
	case e.State() == dossier.Cancelled:
		return vocabulary + "EventCancelled"
	case e.State() == dossier.Postponed:
		return vocabulary + "EventPostponed"
	case !e.Was.IsZero():
		return vocabulary + "EventRescheduled"
	}
	return vocabulary + "EventScheduled"
}

// start returns when an event began: the time with its zone where it is known, else the date.
func (p *planner) start(e *dossier.Event) string {
	if e.Time != "" && e.Date.IsDay() {
		if t, ok := p.instant(e); ok {
			return t.Format(time.RFC3339)
		}
	}
	return certain(e.Date.Start)
}

// location returns where an event was held; a hybrid one has two places.
func (p *planner) location(e *dossier.Event) []place {
	var out []place
	if at := e.Place; !at.IsZero() {
		// The name is that which readers see, with the city and the country.
		x := place{thing: thing{Type: "Place", Name: p.countries.Place(at)}}
		if at.City+at.Country != "" {
			x.Address = &address{Type: "PostalAddress", AddressLocality: at.City, AddressCountry: at.Country}
		}
		out = append(out, x)
	}
	if e.Online {
		out = append(out, place{thing: thing{Type: "VirtualLocation", Name: "Online"}})
	}
	return out
}

// counted returns how many took part in an event that was held, as an observation: maximumAttendeeCount is how many a place can hold. Where
// sources differ it is none: the versions are claims of the page.
func (p *planner) counted(x dossier.Entry) []any {
	e, ok := x.(*dossier.Event)
	if !ok || e.State() != dossier.Held || e.Participants.IsZero() || doubt(e.Disputed, "participants") != "" {
		return nil
	}
	q := &quantity{
		thing:            thing{Type: "Observation", ID: p.g.Site.BaseURL + URL(e) + "#participants", Description: e.Participants.Wording},
		VariableMeasured: "Number of participants", ObservationDate: known(e.Date), ObservationAbout: &thing{ID: p.objectID(e)},
	}
	q.measure(e.Participants.Range)
	return []any{q}
}

// grant returns a pledge: how far it has come is its description, for the vocabulary has no stages of a promise. Sponsor is the word for
// who supports by a pledge; funder would say that money flowed.
func (p *planner) grant(x *dossier.Pledge, own thing) *grant {
	own.AdditionalType, own.Description = string(x.Instrument), x.Sentence()
	if at := p.objects(x.Announced.Event); len(at) > 0 {
		own.SubjectOf = &at[0]
	}
	donors := make([]dossier.ID, len(x.Donors))
	for i, d := range x.Donors {
		donors[i] = d.Actor
	}
	return &grant{thing: own, Sponsor: p.agents(donors...), FundedItem: p.agents(x.Recipients...), Amount: money(x.Amount)}
}

// assertion returns a figure: what someone said, with the number and the day for which it holds. It is a claim, so that no program adds
// it to the pledges.
func (p *planner) assertion(f *dossier.Figure, own thing) *work {
	own.Description, own.AdditionalType = f.Summary, string(p.g.Standing(f, f))
	// The currency belongs to the sum; an observation has a unit, but no currency.
	q := &quantity{thing: thing{Type: "Observation"}, VariableMeasured: f.Measures, ObservationDate: known(f.AsOf), UnitText: f.Unit}
	if sum := money(dossier.Amount{Range: f.Range, Currency: f.Currency}); sum != nil && f.Currency != "" {
		q.Value = sum
	} else {
		q.measure(f.Range)
		q.Description = f.Wording
	}
	return &work{thing: own, Text: f.Text(), Author: p.agents(f.AssertedBy), About: []any{q}, Appearance: p.references(f.Sources)}
}

// stated returns what an entry states: its outcomes or key points, or, where sources differ, what each side says. None is preferred.
func (p *planner) stated(b *Base, e dossier.Entry) []any {
	var points []dossier.Dispute
	var claims []dossier.Claim
	switch e := e.(type) {
	case *dossier.Event:
		points, claims = e.Disputed, e.Outcomes
	case *dossier.Pledge:
		points = e.Disputed
	case *dossier.Figure:
		points = e.Disputed
	case *dossier.Brief:
		claims = e.KeyPoints
	}
	s := statements{planner: p, page: b.Canonical, about: e}
	for i, x := range points {
		s.versions(disputeID(i), x.Point, x.Versions)
	}
	for i, c := range first(claims, maxNodes) {
		place := "claim-" + strconv.Itoa(i+1)
		if len(c.Versions) > 0 {
			s.versions(place, c.Text, c.Versions)
			continue
		}
		s.add(place, &work{Text: c.Text, Appearance: p.references(c.Sources)}, &c)
	}
	return s.list
}

// statements gather what an entry states.
type statements struct {
	*planner
	page  string
	about dossier.Entry
	list  []any
}

// versions adds what each side says on a point. Each version has an address of its own: the place of the point, and its number there.
func (s *statements) versions(place, point string, versions []dossier.Version) {
	for i, v := range versions {
		claim := &work{thing: thing{Name: point}, Text: v.Text, Author: s.agents(v.AssertedBy), Appearance: s.references(v.Sources)}
		s.add(place+"-"+strconv.Itoa(i+1), claim, &v)
	}
}

// add adds a statement. How sure it is stands as its sort, for the vocabulary has no word for it.
func (s *statements) add(place string, claim *work, of dossier.Stated) {
	claim.Type, claim.ID, claim.AdditionalType = "Claim", s.page+"#"+place, string(s.g.Standing(s.about, of))
	claim.IsPartOf, claim.About = &thing{ID: s.page}, []any{thing{ID: s.objectID(s.about)}}
	s.list = append(s.list, claim)
}

// quoted returns the quotations of an entry's body, or those of an actor wherever they stand.
func (p *planner) quoted(e dossier.Entry) []any {
	var list []graph.Quotation
	if a, ok := e.(*dossier.Actor); ok {
		list = newest(p.g.Quotations(a.ID), maxQuotations)
		list = slices.DeleteFunc(list, func(q graph.Quotation) bool { return q.In == e }) // those follow
	}
	for i := range e.Base().Body.Quotes {
		list = append(list, graph.Quotation{In: e, Index: i})
	}
	var out []any
	for _, q := range list {
		out = append(out, p.quotation(q))
	}
	return out
}

// maxQuotations is how many of an actor's quotations its structured data has in full.
const maxQuotations = 20

// quotation returns words with who said them and where that is reported. Its address is where they stand, on whichever page it is told.
func (p *planner) quotation(q graph.Quotation) *work {
	body := p.g.Body(q.In)
	quote := body.Quotes[q.Index]
	page := p.g.Site.BaseURL + URL(q.In)
	w := &work{
		thing: thing{Type: "Quotation", ID: page + "#" + quote.ID}, Text: p.words(body.Cut(quote.Start, quote.End)), IsPartOf: &thing{ID: page},
	}
	if speaker := p.agents(dossier.ID(quote.Speaker)); len(speaker) > 0 {
		w.SpokenByCharacter = &speaker[0]
	}
	for _, id := range quote.Sources {
		w.Citation = append(w.Citation, p.references([]dossier.Citation{{Source: dossier.ID(id)}})...)
	}
	return w
}

// words returns a fragment as plain text. The marks of its sources are left out.
func (p *planner) words(f markup.Fragment) string {
	filled := f.Fill(nil, func(b []byte, h *markup.Hole) []byte {
		switch {
		case h.Kind == markup.Citation:
			return b
		case h.Text != "":
			return append(b, h.Text...)
		}
		if e, ok := p.g.Lookup(dossier.ID(h.Target)); ok {
			return append(b, html.EscapeString(dossier.InProse(e))...)
		}
		return append(b, html.EscapeString(h.Target)...)
	})
	// Package markup escapes each < and > that begins or ends no tag.
	var text strings.Builder
	inTag := false
	for _, c := range string(filled) {
		switch {
		case c == '<':
			inTag = true
		case c == '>' && inTag:
			inTag = false
		case !inTag:
			text.WriteRune(c)
		}
	}
	return strings.Join(strings.Fields(html.UnescapeString(text.String())), " ")
}
