package page

import (
	"fmt"
	"path"
	"slices"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Channel is something that can be subscribed to: feeds of one list of items in three formats, and a calendar of its events.
type Channel struct {
	// Topic is the sort of channel.
	Topic Topic

	// Of is the series or the actor; nil for the channels of the site as a whole.
	Of dossier.Entry

	// site is the one that has the channel.
	site *dossier.Site

	// dated says that there is an event for its calendar: one without any would break the standard.
	dated bool
}

// A Topic is a sort of channel.
type Topic string

// The topics.
const (
	// SiteNews is every entry that is news.
	SiteNews Topic = "site"
	// SiteUpdates is every change note, one item each, and SiteCorrections those that correct.
	SiteUpdates     Topic = "updates"
	SiteCorrections Topic = "corrections"
	// SeriesNews and ActorNews are the entries that refer to one series or one actor.
	SeriesNews Topic = "series"
	ActorNews  Topic = "actor"
)

// Title tells the channel from all others of the site.
func (c Channel) Title() string {
	switch c.Topic {
	case SiteNews:
		return c.site.Title
	case SiteUpdates:
		return c.site.Title + ": updates and corrections"
	case SiteCorrections:
		return c.site.Title + ": corrections"
	}
	return c.site.Title + ": " + c.Of.Base().Title
}

// Text says what it carries, in one sentence.
func (c Channel) Text() string {
	switch {
	case c.Topic == SiteNews:
		return c.site.Description
	case c.Topic == SiteUpdates:
		return "Every change that readers should know of, one item each."
	case c.Topic == SiteCorrections:
		return "What was wrong, what it is now, and why."
	case !c.Closed().IsZero():
		return "The editors have withdrawn this page, and nothing new will come: " + c.Of.Base().Withdrawn.Reason
	case c.Topic == ActorNews:
		return "What is new on " + c.Of.Base().Title + ", in summaries."
	}
	return c.Of.Base().Summary
}

// Home is the address of the page whose news it carries, from the root. The channel's files lie beside that page.
func (c Channel) Home() string {
	switch c.Topic {
	case SiteNews:
		return "/"
	case SiteUpdates:
		return "/updates/"
	case SiteCorrections:
		return "/corrections/"
	}
	return URL(c.Of)
}

// Closed is when the editors withdrew what the channel is about; zero of all others. Its files stay, for their subscribers, with what they
// had by then. No list of channels names it any more.
func (c Channel) Closed() time.Time {
	if c.Of == nil || !c.Of.Base().IsWithdrawn() {
		return time.Time{}
	}
	return c.Of.Base().Withdrawn.At
}

// RSS returns the address of the channel as RSS 2.0, from the root.
func (c Channel) RSS() string { return c.Home() + "feed.xml" }

// Atom returns that of the same items as Atom 1.0.
func (c Channel) Atom() string { return c.Home() + "atom.xml" }

// JSON returns that of the same items as JSON Feed 1.1.
func (c Channel) JSON() string { return c.Home() + "feed.json" }

// Calendar returns that of the channel's events as iCalendar.
func (c Channel) Calendar() string { return c.Home() + "calendar.ics" }

// ArchivedAtom returns the address of one part of the channel's archive. Parts are counted from 1, the oldest.
func (c Channel) ArchivedAtom(part int) string {
	return fmt.Sprintf("%sarchive/%d.xml", c.Home(), part)
}

// ArchivedJSON returns that of the same part as JSON Feed.
func (c Channel) ArchivedJSON(part int) string {
	return fmt.Sprintf("%sarchive/%d.json", c.Home(), part)
}

// Whole reports whether the channel carries its items with their whole text, and has an archive. The channels of actors carry summaries
// that lead to the text, and the newest items alone: there are thousands of them, and the site's own channel has everything.
func (c Channel) Whole() bool { return c.Topic != ActorNews }

// Feeds returns the feeds of the channel as a page announces them.
func (c Channel) Feeds() []Feed {
	return []Feed{
		{Title: c.Title() + " (RSS)", URL: c.RSS(), Type: "application/rss+xml"},
		{Title: c.Title() + " (Atom)", URL: c.Atom(), Type: "application/atom+xml"},
		{Title: c.Title() + " (JSON Feed)", URL: c.JSON(), Type: "application/feed+json"},
	}
}

// HasCalendar reports whether the channel has a calendar: change notes have none, nor has a channel of which no event has a certain day.
func (c Channel) HasCalendar() bool { return c.dated }

// Events returns the events with which the channel is concerned, oldest first: of a site all of them, of a series its own, of an actor
// those in which it appears. Those that were withdrawn come last: a calendar that lost one would not tell its readers.
func (c Channel) Events(g *graph.Graph) []*dossier.Event {
	if c.Topic == SiteNews {
		return append(graph.Of[*dossier.Event](g, dossier.KindEvent), g.WithdrawnEvents("")...)
	}
	if c.Of == nil {
		return nil
	}
	id := c.Of.Base().ID
	if c.Topic == SeriesNews {
		return append(slices.Clone(g.Series(id)), g.WithdrawnEvents(id)...)
	}
	var list []*dossier.Event
	for _, x := range g.Appearances(id) {
		list = append(list, x.Event)
	}
	return append(list, g.WithdrawnEvents(id)...)
}

// InCalendar reports whether an event stands in the calendars of its channels.
func InCalendar(e *dossier.Event) bool {
	days, _ := e.Days()
	return !days.IsZero()
}

// ChangeURL returns the address of a change note, on the page of its entry.
func ChangeURL(c *graph.Changed) string { return URL(c.Entry) + "#" + c.Anchor() }

// Channels returns all channels of a site: those of the whole, then of each series, then of each actor of whom there is news.
func Channels(g *graph.Graph) []Channel {
	list := []Channel{{Topic: SiteNews, site: &g.Site}, {Topic: SiteUpdates, site: &g.Site}, {Topic: SiteCorrections, site: &g.Site}}
	for _, s := range graph.Of[*dossier.Series](g, dossier.KindSeries) {
		list = append(list, channelOf(g, s))
	}
	for _, a := range graph.Of[*dossier.Actor](g, dossier.KindActor) {
		if g.HasNewsOf(a.ID) {
			list = append(list, channelOf(g, a))
		}
	}
	for i := range list {
		list[i].dated = slices.ContainsFunc(list[i].Events(g), InCalendar)
	}
	return list
}

// ClosedChannels returns the channels of series and actors that the editors withdrew.
func ClosedChannels(g *graph.Graph) []Channel {
	var list []Channel
	for _, e := range g.All() {
		head := e.Base()
		if !head.IsWithdrawn() || head.Kind != dossier.KindSeries && (head.Kind != dossier.KindActor || !g.HasNewsOf(head.ID)) {
			continue
		}
		c := channelOf(g, e)
		c.dated = slices.ContainsFunc(c.Events(g), InCalendar)
		list = append(list, c)
	}
	return list
}

// channelOf returns the channel of a series or of an actor.
func channelOf(g *graph.Graph, e dossier.Entry) Channel {
	c := Channel{Topic: SeriesNews, Of: e, site: &g.Site}
	if e.Base().Kind == dossier.KindActor {
		c.Topic = ActorNews
	}
	return c
}

// mostFeeds is how many feeds a page announces: readers of feeds offer all of them, and choosing is work.
const mostFeeds = 4

// follow fills in the feeds that a page announces: first those of the channel whose home it is, then those of the site; and where the page on
// how to subscribe tells of that channel.
func (p *planner) follow(b *Base) {
	b.Feeds = p.site.Feeds
	i, ok := p.channelAt[path.Base(b.URL)]
	if !ok || p.channels[i].Home() != b.URL {
		return
	}
	if i > 0 { // the first is that of the site
		b.Feeds = first(append(p.channels[i].Feeds(), b.Feeds...), mostFeeds)
	}
	page := 1 + max(i-p.wholeChannels, 0)/MaxRows
	b.Subscribe = pageURL(subscribeURL, page) + "#" + subscriptionID(p.channels[i])
}
