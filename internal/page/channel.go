package page

import (
	"slices"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// A Channel is something that can be subscribed to: feeds of one list of items in three formats, and a calendar of its events.
type Channel struct {
	// Title tells the channel from all others of the site.
	Title string

	// Home is the address of the page whose news it carries, from the root. The channel's files lie beside that page.
	Home string

	// Topic is the sort of channel.
	Topic Topic

	// Of is the series or the actor; empty for the channels of the site as a whole.
	Of dossier.ID

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

// RSS, Atom, JSON and Calendar return the addresses of the channel's files, from the root.
func (c Channel) RSS() string      { return c.Home + "feed.xml" }
func (c Channel) Atom() string     { return c.Home + "atom.xml" }
func (c Channel) JSON() string     { return c.Home + "feed.json" }
func (c Channel) Calendar() string { return c.Home + "calendar.ics" }

// HasCalendar reports whether the channel has a calendar: change notes have none, nor has a channel of which no event has a certain day.
func (c Channel) HasCalendar() bool { return c.dated }

// Events returns the events with which the channel is concerned, oldest first: of a site all of them, of a series its own, of an actor
// those in which it appears.
func (c Channel) Events(g *graph.Graph) []*dossier.Event {
	switch c.Topic {
	case SiteNews:
		return graph.Of[*dossier.Event](g, dossier.KindEvent)
	case SeriesNews:
		return g.Series(c.Of)
	case ActorNews:
		var list []*dossier.Event
		for _, x := range g.Appearances(c.Of) {
			list = append(list, x.Event)
		}
		return list
	}
	return nil
}

// InCalendar reports whether an event stands in the calendars of its channels.
func InCalendar(e *dossier.Event) bool {
	days, _ := e.Days()
	return !days.IsZero()
}

// Channels returns all channels of a site: those of the whole, then of each series, then of each actor of whom there is news.
func Channels(g *graph.Graph) []Channel {
	list := []Channel{
		{Title: g.Site.Title, Home: "/", Topic: SiteNews},
		{Title: g.Site.Title + ": updates and corrections", Home: "/updates/", Topic: SiteUpdates},
		{Title: g.Site.Title + ": corrections", Home: "/corrections/", Topic: SiteCorrections},
	}
	for _, s := range graph.Of[*dossier.Series](g, dossier.KindSeries) {
		list = append(list, Channel{Title: g.Site.Title + ": " + s.Title, Home: URL(s), Topic: SeriesNews, Of: s.ID})
	}
	for _, a := range graph.Of[*dossier.Actor](g, dossier.KindActor) {
		if len(g.NewsOf(a.ID)) > 0 {
			list = append(list, Channel{Title: g.Site.Title + ": " + a.Title, Home: URL(a), Topic: ActorNews, Of: a.ID})
		}
	}
	for i := range list {
		list[i].dated = slices.ContainsFunc(list[i].Events(g), InCalendar)
	}
	return list
}
