package page

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Subscribe is the page that says how the site can be followed. Its further pages go on with the channels of actors alone.
type Subscribe struct {
	Base

	// Topics are the channels of the site and of its series, on the first page alone.
	Topics []SubscriptionGroup

	// Outline is the list of all feeds, for programs.
	Outline Ref

	// Letters are the channels of actors, by the letter that their names begin with.
	Letters []SubscriptionGroup

	// Pager leads through the other pages.
	Pager Pager

	// Calendars says that there is a calendar to subscribe to; on the first page alone.
	Calendars bool

	// Undated are events without a certain day, newest first, which stand in no calendar; on the first page alone.
	Undated []*Card

	// AllUndated is how many there are, MoreUndated leads to all of them where they are too many for the page.
	AllUndated  int
	MoreUndated Ref
}

// A SubscriptionGroup is channels that stand together.
type SubscriptionGroup struct {
	Title string
	Rows  []Subscription
}

// A Subscription is a channel with its addresses, which are whole, since they are copied into other programs.
type Subscription struct {
	// ID is its place on the page.
	ID string

	// Name says what it is about, Text what it carries.
	Name string
	Text string

	// RSS is an address to copy.
	RSS string

	// Others lead to the same feed in other formats, and to the page whose news it carries.
	Others []Ref

	// Calendar is an address to copy, empty where there is no calendar; Webcal is the same without its scheme, for a link that programs
	// for calendars open.
	Calendar string
	Webcal   string
}

// subscribeURL is the address of the page.
const subscribeURL = "/subscribe/"

// subscriptionID returns the place of a channel on the page.
func subscriptionID(c Channel) string {
	id := "feed-" + string(c.Topic)
	if c.Of != nil {
		id += "-" + string(c.Of.Base().ID)
	}
	return id
}

// name returns the last part of the address of the channel's page.
func (c Channel) name() string {
	if c.Of != nil {
		return string(c.Of.Base().ID)
	}
	return path.Base(c.Home())
}

// tune takes the channels of the site.
func (p *planner) tune(channels []Channel) {
	p.channels, p.channelAt, p.wholeChannels = channels, make(map[string]int, len(channels)), len(channels)
	for i, c := range channels {
		p.channelAt[c.name()] = i
		if c.Topic == ActorNews {
			p.wholeChannels = min(p.wholeChannels, i)
		}
	}
}

// subscribes adds the pages on how to follow the site.
func (p *planner) subscribes() {
	whole, each := p.channels[:p.wholeChannels], p.channels[p.wholeChannels:]
	p.index(subscribeURL, "Subscribe", "subscribe.html", len(each), func(n int) any { return p.subscribe(whole, each, n) })
	p.rollOf(Own{URL: subscribeURL, Title: "Subscribe"}, Ref{Title: "Events that stand in no calendar", URL: subscribeURL + "undated/"}, len(p.undated()), p.undated)
}

// undated returns the events that stand in no calendar, newest first.
func (p *planner) undated() []dossier.Entry {
	var list []dossier.Entry
	for _, e := range graph.Of[*dossier.Event](p.g, dossier.KindEvent) {
		if !InCalendar(e) {
			list = append(list, e)
		}
	}
	slices.Reverse(list)
	return list
}

// subscribe returns one page on how to follow the site: by the channels of the whole and, on every page, those of some actors.
func (p *planner) subscribe(whole, actors []Channel, page int) Subscribe {
	rows, pager := paged(actors, subscribeURL, page)
	v := Subscribe{
		Base:  p.base(subscribeURL, "Subscribe", "How to be told what is new here, and of every correction: by feed or in your own calendar, without giving an address."),
		Pager: pager, Outline: Ref{Title: "feeds.opml", URL: "/feeds.opml"},
	}
	v.turn(pager)
	for _, c := range rows {
		s := p.subscription(c)
		letter := letterName(letterOf(s.Name))
		if n := len(v.Letters); n == 0 || v.Letters[n-1].Title != letter {
			v.Letters = append(v.Letters, SubscriptionGroup{Title: letter})
		}
		last := &v.Letters[len(v.Letters)-1]
		last.Rows = append(last.Rows, s)
	}
	if page == 1 {
		v.Topics = p.topics(whole)
		undated := p.undated()
		v.Calendars = whole[0].HasCalendar()
		v.AllUndated, v.Undated = len(undated), cardsOf(p, first(undated, MaxRows))
		if len(undated) > MaxRows {
			v.MoreUndated = Ref{Title: fmt.Sprintf("All %d of them", len(undated)), URL: subscribeURL + "undated/"}
		}
	}
	p.describeSubscribe(&v)
	return v
}

// topics returns the channels of the site and of its series.
func (p *planner) topics(channels []Channel) []SubscriptionGroup {
	groups := []SubscriptionGroup{{Title: "The whole site"}, {Title: "Series of meetings"}}
	for _, c := range channels {
		at := &groups[0]
		if c.Topic == SeriesNews {
			at = &groups[1]
		}
		at.Rows = append(at.Rows, p.subscription(c))
	}
	return slices.DeleteFunc(groups, func(g SubscriptionGroup) bool { return g.Rows == nil })
}

// subscription returns a channel with its addresses.
func (p *planner) subscription(c Channel) Subscription {
	base := p.g.Site.BaseURL
	s := Subscription{ID: subscriptionID(c), Name: strings.TrimPrefix(c.Title(), p.g.Site.Title+": "), Text: c.Text(), RSS: base + c.RSS()}
	s.Others = []Ref{{Title: "Atom", URL: c.Atom()}, {Title: "JSON Feed", URL: c.JSON()}, {Title: "Page", URL: c.Home()}}
	switch c.Topic {
	case SiteNews:
		s.Name, s.Text = "Everything new", "Briefs, events, pledges and figures, as they are published."
	case SiteUpdates:
		s.Name = "Updates and corrections"
	case SiteCorrections:
		s.Name = "Corrections"
	}
	if c.HasCalendar() {
		s.Calendar = base + c.Calendar()
		_, s.Webcal, _ = strings.Cut(s.Calendar, "://")
	}
	return s
}

// describeSubscribe tells of the feeds of a page.
func (p *planner) describeSubscribe(v *Subscribe) {
	list := &itemList{thing: thing{Type: "ItemList"}}
	for _, group := range slices.Concat(v.Topics, v.Letters) {
		for _, s := range group.Rows {
			list.NumberOfItems++
			if list.NumberOfItems > maxNodes {
				continue
			}
			feed := dataset{work: work{thing: thing{Type: "DataFeed", ID: v.Canonical + "#" + s.ID, Name: s.Name, Description: s.Text}}}
			feed.License = p.site.Licence.URL
			feed.Distribution = []download{{thing{Type: "DataDownload", Name: "RSS"}, s.RSS, "application/rss+xml"}}
			if s.Calendar != "" {
				feed.Distribution = append(feed.Distribution, download{thing{Type: "DataDownload", Name: "iCalendar"}, s.Calendar, "text/calendar"})
			}
			list.ItemListElement = append(list.ItemListElement, listItem{Type: "ListItem", Position: list.NumberOfItems, Item: feed})
		}
	}
	w := p.document(&v.Base, "CollectionPage")
	w.MainEntity = list
	p.describe(&v.Base, w)
}
