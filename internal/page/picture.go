package page

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/picture"
)

// A Picture is what other sites show a link to the page with. Pages that have none of their own share that of the first page.
type Picture struct {
	// URL is the full address. It ends in a digest of what the picture says, so that who has kept a former one asks again.
	URL string

	// Alt says the same in words.
	Alt string

	// Width and Height are in pixels.
	Width, Height int
}

// PictureURL returns the address of the picture of the page at an address. It is permanent: it does not change with what the picture says.
func PictureURL(page string) string { return page + "card.png" }

// pictured returns what a page says of its picture.
func (p *planner) pictured(page string, c picture.Card) Picture {
	return Picture{
		URL: p.g.Site.BaseURL + PictureURL(page) + "?v=" + c.Digest(), Alt: altOf(c), Width: picture.Width, Height: picture.Height,
	}
}

// altOf returns what a picture says, in words.
func altOf(c picture.Card) string {
	alt := c.Title
	if about := joined(", ", c.Kind, c.Date); about != "" {
		alt = about + ": " + alt
	}
	if c.Text != "" && c.Number == "" {
		alt = joined(". ", alt, c.Text)
	}
	if c.Number != "" {
		alt = joined(". ", strings.TrimSuffix(alt, "."), joined(" ", c.Number, c.Label))
	}
	return alt
}

// joined returns texts with a separator between those that are not empty.
func joined(separator string, texts ...string) string {
	var list []string
	for _, s := range texts {
		if s != "" {
			list = append(list, s)
		}
	}
	return strings.Join(list, separator)
}

// sitePicture is the picture of the first page.
func (p *planner) sitePicture() picture.Card {
	return p.signed(picture.Card{Title: p.g.Site.Title, Text: p.g.Site.Description})
}

// signed adds the site to a picture.
func (p *planner) signed(c picture.Card) picture.Card {
	c.Site = p.g.Site.Title
	if address, err := url.Parse(p.g.Site.BaseURL); err == nil {
		c.Host = address.Host
	}
	return c
}

// hasPicture reports whether the page of an entry has a picture of its own.
func hasPicture(e dossier.Entry) bool {
	switch e.(type) {
	case *dossier.Source, *dossier.Page:
		return false
	}
	return !e.Base().IsWithdrawn()
}

// entryPicture returns the picture of an entry that has one.
func (p *planner) entryPicture(e dossier.Entry) picture.Card {
	card := p.card(e)
	c := picture.Card{Kind: capital(card.Label), Date: card.When().Text, Title: card.Title, Text: card.Summary}
	switch e := e.(type) {
	case *dossier.Event:
		c.Date = marked(c.Date, e.Disputed, "date")
		c.Number, c.Label = participants(e.Participants), marked("took part", e.Disputed, "participants")
	case *dossier.Pledge:
		c.Kind, c.Date = "Pledge, "+card.Label, marked(c.Date, e.Disputed, "announced")
		c.Number, c.Label = promised(e), marked("promised", e.Disputed, "amount", "items")
	case *dossier.Figure:
		c.Date, c.Number = marked("as of "+card.When().Text, e.Disputed, "as_of"), e.Text()
		c.Label = cmp.Or(p.word(e, e), marked("", e.Disputed, "value"))
	case *dossier.Series:
		c.Number, c.Label = split(count(len(p.g.Series(e.ID)), "event"))
	}
	if c.Number == "" {
		c.Label = ""
	}
	c.Number = capital(c.Number)
	return p.signed(c)
}

// marked returns a text with a word beside it where sources differ on any of the facts that it is about, given by their keys: what is
// shared says no more than the page.
func marked(text string, list []dossier.Dispute, facts ...string) string {
	if !slices.ContainsFunc(facts, func(fact string) bool { return doubt(list, fact) != "" }) {
		return text
	}
	return joined(" ", text, "(disputed)")
}

// promised returns the sum of a pledge, or the first number of things promised where no sum is known.
func promised(x *dossier.Pledge) string {
	if !x.Amount.IsZero() {
		return x.Amount.Text()
	}
	for _, i := range x.Items {
		if !i.IsZero() {
			return i.Text()
		}
	}
	return ""
}

// monthPicture returns the picture of a month.
func (p *planner) monthPicture(m graph.Month) picture.Card {
	c := picture.Card{Kind: "Timeline", Title: m.Text()}
	c.Number, c.Label = split(count(len(m.Events), "event"))
	return p.signed(c)
}

// split returns a number and its noun.
func split(counted string) (number, noun string) {
	number, noun, _ = strings.Cut(counted, " ")
	return number, noun
}

// capital returns a text with a capital at its beginning.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
