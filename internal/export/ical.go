package export

import (
	"io"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// refresh is how often a reader of a calendar should look for a newer one, as an iCalendar duration.
const refresh = "PT12H"

// The forms of dates and times in a calendar, the latter in UTC.
const (
	icalDay  = "20060102"
	icalTime = "20060102T150405Z"
)

// calendars prints the calendars of a site. An event is printed once, however many calendars it stands in.
type calendars struct {
	g         *graph.Graph
	countries page.Countries

	// blocks are the printed events, by the event. They are let go when every calendar has been written: left is how many have not.
	blocks sync.Map
	left   atomic.Int64
}

// calendarFiles returns the calendars of all channels that have one.
func calendarFiles(g *graph.Graph, channels []page.Channel) Family {
	c := &calendars{g: g, countries: page.CountriesOf(g)}
	all := those(channels, page.Channel.HasCalendar, 1, func(channel *page.Channel, _ int) File {
		return File{Path: strings.TrimPrefix(channel.Calendar(), "/"), Write: func(w io.Writer) error { return c.write(w, *channel) }}
	})
	c.left.Store(int64(all.N))
	return all
}

// write writes the calendar of a channel as iCalendar, by RFC 5545 and 7986. It has no METHOD, for nobody is invited: a time stamp then
// says when the event was last revised. Events without a certain day are left out; the page on how to subscribe lists them.
func (c *calendars) write(w io.Writer, channel page.Channel) error {
	base := c.g.Site.BaseURL
	var events []*dossier.Event
	var updated time.Time
	for _, e := range channel.Events(c.g) {
		if !page.InCalendar(e) {
			continue
		}
		events = append(events, e)
		if t := e.Updated(); t.After(updated) {
			updated = t
		}
	}
	var head block
	head.raw("BEGIN", "VCALENDAR")
	head.raw("VERSION", "2.0")
	head.raw("PRODID", "-//"+Generator+"//"+Generator+"//EN")
	head.raw("CALSCALE", "GREGORIAN")
	head.text("NAME", channel.Title())
	head.text("X-WR-CALNAME", channel.Title())
	head.raw("URL", base+channel.Home())
	head.raw("SOURCE;VALUE=URI", base+channel.Calendar())
	head.raw("LAST-MODIFIED", updated.UTC().Format(icalTime))
	head.raw("REFRESH-INTERVAL;VALUE=DURATION", refresh)
	head.raw("X-PUBLISHED-TTL", refresh)
	_, err := w.Write(head)
	for i := 0; i < len(events) && err == nil; i++ {
		_, err = io.WriteString(w, c.event(events[i]))
	}
	if err == nil {
		_, err = io.WriteString(w, "END:VCALENDAR\r\n")
	}
	if c.left.Add(-1) == 0 {
		c.blocks.Clear()
	}
	return err
}

// event returns an event of which the day is certain.
func (c *calendars) event(e *dossier.Event) string {
	if made, ok := c.blocks.Load(e); ok {
		return made.(string)
	}
	days, state := e.Days()
	address := c.g.Site.BaseURL + page.URL(e)
	domain, _, _ := strings.Cut(c.g.Site.TaggingEntity, ",")
	var b block
	b.raw("BEGIN", "VEVENT")
	b.text("UID", path.Base(e.Lasting())+"@"+domain)
	b.raw("DTSTAMP", e.Updated().UTC().Format(icalTime))
	b.raw("CREATED", e.Published.UTC().Format(icalTime))
	b.raw("LAST-MODIFIED", e.Updated().UTC().Format(icalTime))
	b.raw("SEQUENCE", strconv.Itoa(sequence(e)))
	b.when(days, e, c.g.Site.Location)
	b.text("SUMMARY", eventTitle(e))
	b.text("DESCRIPTION", strings.TrimSpace(summary(e)+"\n\n"+address))
	if place := c.place(e); place != "" && !e.IsWithdrawn() {
		b.text("LOCATION", place)
	}
	b.raw("URL", address)
	b.categories(e)
	b.raw("STATUS", icalStatus(e, state))
	b.raw("TRANSP", "TRANSPARENT")
	b.raw("END", "VEVENT")
	made, _ := c.blocks.LoadOrStore(e, string(b))
	return made.(string)
}

// sequence returns the number of revisions of an event of which calendars must know: each note that its status changed or that something
// was wrong, a move from an old date, and a withdrawal. Notes are only ever added, so that the number never goes down.
func sequence(e *dossier.Event) int {
	n := 0
	for _, change := range e.Changes {
		if change.Kind != dossier.Update {
			n++
		}
	}
	if !e.Was.IsZero() {
		n++
	}
	if e.IsWithdrawn() {
		n++
	}
	return n
}

// eventTitle returns the title of an event with what became of it, which many readers of calendars do not show otherwise.
func eventTitle(e *dossier.Event) string {
	switch {
	case e.IsWithdrawn():
		return "Withdrawn: " + e.Title
	case e.State() == dossier.Postponed:
		return "Postponed: " + e.Title
	case e.State() == dossier.Cancelled:
		return "Cancelled: " + e.Title
	}
	return e.Title
}

// summary returns what a calendar says of an event: of one that was withdrawn no more than why.
func summary(e *dossier.Event) string {
	if e.IsWithdrawn() {
		return "The editors have withdrawn this entry: " + e.Withdrawn.Reason
	}
	return e.Summary
}

// place returns where an event is held.
func (c *calendars) place(e *dossier.Event) string {
	place := c.countries.Place(e.Place)
	switch {
	case e.Online && place != "":
		return place + ", and online"
	case e.Online:
		return "Online"
	}
	return place
}

// icalStatus returns the word of the standard for the state of an event on its days. One that was withdrawn stays, as if cancelled: many
// readers of calendars keep what is missing.
func icalStatus(e *dossier.Event, s dossier.EventStatus) string {
	switch {
	case e.IsWithdrawn() || s == dossier.Cancelled:
		return "CANCELLED"
	case s == dossier.Scheduled:
		return "TENTATIVE"
	}
	return "CONFIRMED"
}

// A block is lines of a calendar. Each ends in CRLF, and is folded so that none is longer than 75 octets.
type block []byte

// icalWidth is how many octets a line may have, without its end.
const icalWidth = 75

// raw adds a property whose value is no text: an address, a time, a word of the standard.
func (b *block) raw(name, value string) {
	line := name + ":" + strings.Map(printable, strings.ToValidUTF8(value, "\uFFFD"))
	// No line is folded within a character, though the standard would have readers bear that.
	for width := icalWidth; len(line) > width; width = icalWidth - 1 { // the space that a further line begins with counts
		n := width
		for !utf8.RuneStart(line[n]) {
			n--
		}
		*b = append(append(*b, line[:n]...), "\r\n "...)
		line = line[n:]
	}
	*b = append(append(*b, line...), "\r\n"...)
}

// text adds a property whose value is text.
func (b *block) text(name, value string) { b.raw(name, icalText(value)) }

// icalEscape escapes what would end a text, or an item of a list of texts.
var icalEscape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// icalText returns text as a value.
func icalText(s string) string { return icalEscape.Replace(s) }

// printable takes out the control characters, which no value may hold.
func printable(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f {
		return -1
	}
	return r
}

// when adds the days of an event, the last of which is not included by the rule of the standard; or its time, where that is known, without
// an end, which is not known.
func (b *block) when(days dossier.Date, e *dossier.Event, zone *time.Location) {
	clock, err := time.Parse("15:04", e.Time)
	if err != nil || !days.IsDay() || days != e.Date {
		b.raw("DTSTART;VALUE=DATE", days.First().Format(icalDay))
		b.raw("DTEND;VALUE=DATE", days.Last().AddDate(0, 0, 1).Format(icalDay))
		return
	}
	y, m, d := days.First().Date()
	b.raw("DTSTART", time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, zone).UTC().Format(icalTime))
}

// categories adds what sort of event it is, and its topics.
func (b *block) categories(e *dossier.Event) {
	list := make([]string, 0, len(e.Tags)+1)
	for _, s := range append([]string{string(e.Sort)}, e.Tags...) {
		if s != "" {
			list = append(list, icalText(s))
		}
	}
	if len(list) > 0 {
		b.raw("CATEGORIES", strings.Join(list, ","))
	}
}
