package export

import (
	"fmt"
	"html/template"
	"strings"
	"sync"

	"briefing/internal/page"
)

// An article is the text of an entry as feeds carry it: plain HTML with absolute addresses, for readers know no base. It has no chart, no
// navigation, and nothing that needs a style sheet. It is written by hand and by no template, for an archive holds one for each entry of
// a site.
type article struct {
	// base is the address of the site, url that of the entry's page from the root.
	base, url string

	// b is the text so far, or that of the article before, whose memory it takes.
	b []byte
}

// articles are those that nobody writes, for the memory of others.
var articles = sync.Pool{New: func() any { return new(article) }}

// of returns the text of an entry from the view of its page at url.
func (a *article) of(url string, view any) (string, error) {
	a.url, a.b = url, a.b[:0]
	switch v := view.(type) {
	case page.Event:
		a.event(&v)
	case page.Pledge:
		a.pledge(&v)
	case page.Figure:
		a.figure(&v)
	case page.Brief:
		a.brief(&v)
	// What has news is an entry of one of the four kinds above.
	default:
		return "", fmt.Errorf("internal error: no feed carries a %T", view)
	}
	return plain(string(a.b)), nil
}

// summary returns what stands in place of the text of an item.
func (a *article) summary(x *Item) string {
	a.b = append(a.b[:0], "<p>"...)
	a.text(x.Summary)
	a.raw("</p>\n<p>")
	a.link(page.Ref{URL: x.URL, Title: "Read the whole entry"})
	a.raw("</p>\n")
	return string(a.b)
}

// raw adds HTML as it is.
func (a *article) raw(html string) { a.b = append(a.b, html...) }

// text adds text, escaped.
func (a *article) text(text string) { a.b = inHTML.append(a.b, text) }

// page adds HTML of the entry's page. Its addresses become absolute, and what is for the page alone is left out: its tables can be
// scrolled. Quotation marks in text are escaped, so that each after an equals sign begins the value of an attribute.
func (a *article) page(html template.HTML) {
	rest := string(html)
	for {
		before, value, found := strings.Cut(rest, `="`)
		if !found {
			a.raw(rest)
			return
		}
		name := before[strings.LastIndexByte(before, ' ')+1:]
		if name == "tabindex" || name == "role" {
			a.raw(strings.TrimSuffix(before, " "+name))
			_, rest, _ = strings.Cut(value, `"`)
			continue
		}
		a.raw(before)
		a.raw(`="`)
		if name == "href" || name == "src" {
			a.before(value)
		}
		rest = value
	}
}

// before adds what an address lacks to be absolute: one that begins with a number sign is a place on the entry's page.
func (a *article) before(address string) {
	place := strings.HasPrefix(address, "#")
	if place || strings.HasPrefix(address, "/") {
		a.raw(a.base)
	}
	if place {
		a.raw(a.url)
	}
}

// link adds a link, or its words where it leads nowhere.
func (a *article) link(r page.Ref) {
	if r.URL == "" {
		a.text(r.Title)
		return
	}
	a.raw(`<a href="`)
	a.before(r.URL)
	a.text(r.URL)
	a.raw(`">`)
	a.text(r.Title)
	a.raw("</a>")
}

// links adds links with a separator between each two.
func (a *article) links(list []page.Ref, separator string) {
	for i, r := range list {
		if i > 0 {
			a.raw(separator)
		}
		a.link(r)
	}
}

// optional adds text with what stands before and after it, where there is any. What stands around it is HTML.
func (a *article) optional(before, text, after string) {
	if text != "" {
		a.raw(before)
		a.text(text)
		a.raw(after)
	}
}

// related adds a line with a link, where there is one.
func (a *article) related(word string, r page.Ref) {
	if r.URL != "" {
		a.raw("<li>" + word + " ")
		a.link(r)
		a.raw("</li>\n")
	}
}

// event adds the text of an event.
func (a *article) event(v *page.Event) {
	a.raw(paragraph(v.Summary))
	a.raw("<ul>\n<li>Date: ")
	a.text(v.When.Text)
	a.optional(", ", v.Clock, "")
	a.raw("</li>\n")
	a.optional("<li>Place: ", v.Place, "</li>\n")
	a.optional("<li>Held: ", v.Format, "</li>\n")
	a.optional("<li>Status: ", v.Status, "</li>\n")
	// An event whose state goes without saying, because it was held, has no status.
	chaired := "Chaired by "
	if v.Status != "" {
		chaired = "To be chaired by "
	}
	a.people(chaired, v.Chairs)
	a.optional("<li>Participants: ", v.Participants, "</li>\n")
	for _, x := range v.Attendance {
		a.people(x.Mode+": ", x.People)
	}
	a.people("Also involved: ", v.Others)
	a.related("Part of", v.PartOf)
	a.related("Follows", v.Follows)
	a.raw("</ul>\n")
	a.claims(v.Outcomes)
	if v.Unmarked != "" {
		a.raw("<p>What bears no mark rests on ")
		a.page(v.Unmarked)
		a.raw("</p>\n")
	}
	a.made(v.Pledges)
	a.body(v.Body)
	a.disputes(v.Disputed)
	a.notes(v.Notes)
}

// people adds a line of people, where there are any.
func (a *article) people(words string, list []page.Person) {
	if len(list) == 0 {
		return
	}
	a.raw("<li>" + words)
	for i, x := range list {
		if i > 0 {
			a.raw("; ")
		}
		a.link(x.Ref)
		a.optional(", ", x.Role, "")
		a.optional(" (", x.Note, ")")
		a.page(x.Rest)
	}
	a.raw("</li>\n")
}

// made adds the pledges that were made at an event.
func (a *article) made(list []*page.PledgeRow) {
	if len(list) == 0 {
		return
	}
	a.raw("<h2>Pledges made here</h2>\n<ul>\n")
	for _, row := range list {
		a.raw("<li>")
		a.link(row.Pledge)
		a.optional(": ", row.Status, "")
		a.raw("</li>\n")
	}
	a.raw("</ul>\n")
}

// pledge adds the text of a pledge.
func (a *article) pledge(v *page.Pledge) {
	a.raw(paragraph(v.Summary))
	a.optional("<p><strong>", v.Sentence, ".</strong></p>\n")
	a.raw("<ul>\n<li>From ")
	for i, d := range v.Donors {
		if i > 0 {
			a.raw(", ")
		}
		a.link(d.Ref)
	}
	a.raw(" to ")
	a.links(v.Recipients, ", ")
	a.raw("</li>\n")
	a.optional("<li>Amount: ", v.Amount, "</li>\n")
	for _, item := range v.Items {
		a.optional("<li>", item, "</li>\n")
	}
	a.optional("<li>Announced: ", v.Announced.Text, "")
	if v.Event.URL != "" {
		a.raw(", ")
		a.link(v.Event)
	}
	a.optional("</li>\n<li>Kind: ", v.Category, "")
	a.optional(", ", v.Instrument, "")
	a.raw("</li>\n")
	a.optional("<li>Covers: ", v.Period.Text, "</li>\n")
	a.optional("<li>Due: ", v.Due.Text, "</li>\n")
	a.raw("</ul>\n")
	a.ledger(v.Steps)
	a.body(v.Body)
	a.disputes(v.Disputed)
	a.notes(v.Notes)
}

// ledger adds the steps of a pledge.
func (a *article) ledger(steps []page.Step) {
	a.raw("<h2>Ledger</h2>\n<ul>\n")
	for _, s := range steps {
		a.raw("<li>")
		a.text(s.When.Text)
		a.optional(": ", s.Stage, "")
		a.optional(" (", s.Standing, ")")
		a.optional(", ", s.What, "")
		a.raw(".")
		a.optional(" ", s.Note, "")
		a.marks(s.Rest)
		a.raw("</li>\n")
	}
	a.raw("</ul>\n")
}

// figure adds the text of a figure.
func (a *article) figure(v *page.Figure) {
	a.raw(paragraph(v.Summary))
	a.optional("<p><strong>", v.Value, "</strong>, as of ")
	a.text(v.AsOf.Text)
	if v.AssertedBy.URL != "" {
		a.raw(", according to ")
		a.link(v.AssertedBy)
	}
	a.optional(" (", v.Standing, ")")
	a.raw(". ")
	a.text(v.Measures)
	a.raw("</p>\n")
	a.body(v.Body)
	a.disputes(v.Disputed)
	a.notes(v.Notes)
}

// brief adds the text of a brief.
func (a *article) brief(v *page.Brief) {
	a.raw(paragraph(v.Summary))
	if len(v.KeyPoints) > 0 {
		a.raw("<h2>Key points</h2>\n")
	}
	a.claims(v.KeyPoints)
	a.body(v.Body)
	if len(v.Questions) > 0 {
		a.raw("<h2>What we do not know</h2>\n<ul>\n")
		for _, q := range v.Questions {
			a.optional("<li>", q, "</li>\n")
		}
		a.raw("</ul>\n")
	}
	a.notes(v.Notes)
}

// body adds the prose of an entry.
func (a *article) body(html template.HTML) {
	a.page(html)
	a.raw("\n")
}

// marks adds the marks of sources, where there are any.
func (a *article) marks(html template.HTML) {
	if html != "" {
		a.raw(" ")
		a.page(html)
	}
}

// claims adds what an entry states, with how sure it is where that does not go without saying.
func (a *article) claims(list []page.Claim) {
	if len(list) == 0 {
		return
	}
	a.raw("<ul>\n")
	for _, c := range list {
		a.raw("<li>")
		a.text(c.Text)
		a.optional(" (", c.Standing, ")")
		a.marks(c.Rest)
		if len(c.Versions) > 0 {
			a.raw("\n")
			a.versions(c.Versions)
		}
		a.raw("</li>\n")
	}
	a.raw("</ul>\n")
}

// disputes adds the points on which sources differ.
func (a *article) disputes(list []page.Dispute) {
	if len(list) > 0 {
		a.raw("<h2>Disputed</h2>\n")
	}
	for _, x := range list {
		a.optional("<p>", x.Point, ":</p>\n")
		a.versions(x.Versions)
	}
}

// versions adds what each side says.
func (a *article) versions(list []page.Version) {
	a.raw("<ul>\n")
	for _, v := range list {
		a.raw("<li>")
		if v.By.URL != "" {
			a.link(v.By)
			a.raw(": ")
		}
		a.text(v.Text)
		a.marks(v.Rest)
		a.raw("</li>\n")
	}
	a.raw("</ul>\n")
}

// notes adds the sources that a text cites, in the order of their marks.
func (a *article) notes(list []page.Note) {
	if len(list) == 0 {
		return
	}
	a.raw("<h2>Sources</h2>\n<ol>\n")
	for _, n := range list {
		s := n.Source
		a.raw("<li>")
		a.link(page.Ref{Title: s.Title, URL: s.URL})
		a.optional(", ", s.Publisher, "")
		a.optional(", ", s.Issued.Text, "")
		if s.Address != "" {
			a.raw(" (")
			a.link(page.Ref{Title: "original", URL: s.Address})
			a.raw(")")
		}
		a.raw("</li>\n")
	}
	a.raw("</ol>\n")
}
