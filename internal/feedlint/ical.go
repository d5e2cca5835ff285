package feedlint

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// foldLimit is how many octets a line may have.
const foldLimit = 75

// icalRules are those of RFC 5545, with the properties of RFC 7986 for calendars that are subscribed to. Definitions of time zones and rules
// of recurrence are taken as they are.
var icalRules = []Rule{
	// Calendars differ in what they do with it: some skip the line, others the event, others the file.
	{Code: "ical-line", Means: "a line that is none of iCalendar", Spec: "RFC 5545 section 3.1",
		Hint: "begin continued lines with a space, and escape line ends in texts", find: parsed("ical-line")},
	// Where an END is missing the next event becomes a part of the one before it.
	{Code: "ical-nesting", Means: "BEGIN and END do not match", Spec: "RFC 5545 section 3.4",
		Hint: "end each component within the one that it began in", find: parsed("ical-nesting")},
	// Only the first is told of: a file has mostly one kind of line ends.
	{Code: "ical-crlf", Means: "a line that does not end in CR and LF", Spec: "RFC 5545 section 3.1",
		Hint: "end each line with CRLF", find: func(d *doc, report found) {
			for n, l := range d.cal.physical() {
				if !l.crlf {
					report(l.at, "line %d ends otherwise than in CR and LF", n+1)
					return
				}
			}
		}},
	// The limit is in octets, without the line end, so that texts in other scripts reach it early.
	{Code: "ical-fold", Means: "a line of more than 75 octets", Spec: "RFC 5545 section 3.1",
		Hint: "fold it", find: func(d *doc, report found) {
			for n, l := range d.cal.physical() {
				if len(l.text) > foldLimit {
					report(l.at, "line %d has %d octets", n+1, len(l.text))
				}
			}
		}},
	// The standard asks readers to bear it and to unfold first. Programs that decode line by line lose the character all the same.
	{Code: "ical-split", Means: "a line that was folded within a character", Spec: "RFC 5545 section 3.1",
		Hint: "fold between characters", find: func(d *doc, report found) {
			for n, l := range d.cal.physical() {
				if !utf8.ValidString(l.text) && utf8.Valid(unfolded(d.data)) {
					report(l.at, "line %d holds part of a character", n+1)
					return
				}
			}
		}},
	// Without the version a program cannot know that it is not vCalendar 1.0, which writes dates and texts otherwise.
	{Code: "ical-calendar", Means: "the calendar lacks what every calendar has", Spec: "RFC 5545 section 3.6",
		Hint: "add VERSION:2.0 and PRODID", find: calendars(func(c *component, report found) {
			if c.name != "VCALENDAR" {
				report(c.at, "the file begins with %s", short(c.name))
			}
			if v := c.text("VERSION"); v != "2.0" {
				report(c.at, "the calendar has the VERSION “%s”", short(v))
			}
			without(c, "the calendar", words("PRODID"), report)
		})},
	// Each of the standard ones has an older brother that begins with X-, and programs in use know one, the other or both.
	{Code: "ical-calendar-more", Warning: true, Means: "the calendar lacks what calendars that are subscribed to use", Spec: "RFC 7986 section 5; [MS-OXCICAL]",
		Hint: "add the property", find: calendars(func(c *component, report found) {
			without(c, "the calendar", words("CALSCALE NAME X-WR-CALNAME SOURCE REFRESH-INTERVAL X-PUBLISHED-TTL"), report)
		})},
	// With a METHOD the file is an invitation or its answer, and mail programs offer to reply to it.
	{Code: "ical-method", Means: "a calendar that asks for something, which one that is subscribed to must not", Spec: "RFC 5545 section 3.7.2; section 3.8.7.2, on what DTSTAMP then means",
		Hint: "leave METHOD out", find: calendars(func(c *component, report found) {
			if p, given := c.prop("METHOD"); given {
				report(p.at, "the calendar has the METHOD %s", short(p.value))
			}
		})},
	// A program that cannot read the interval asks as often as it sees fit, or never again.
	{Code: "ical-refresh", Means: "an interval that is no duration, or a source that is no address", Spec: "RFC 7986 sections 5.7, 5.8",
		Hint: "write REFRESH-INTERVAL;VALUE=DURATION:PT12H and SOURCE;VALUE=URI:https://…", find: calendars(icalRefresh)},
	// The grammar wants one component at least, and some programs refuse the subscription without.
	{Code: "ical-empty", Warning: true, Means: "a calendar without events", Spec: "RFC 5545 section 3.6, “at least one calendar component”",
		Hint: "offer the calendar when there is an event", find: calendars(func(c *component, report found) {
			if len(c.kids) == 0 {
				report(c.at, "the calendar has no event")
			}
		})},
	// DTSTART and SUMMARY may be left out by the grammar; an event without them is nowhere, and has no name.
	{Code: "ical-event", Means: "an event lacks what every event has", Spec: "RFC 5545 section 3.6.1",
		Hint: "add the property", find: events(func(e *component, what string, report found) {
			without(e, what, words("UID DTSTAMP DTSTART SUMMARY"), report)
		})},
	// A subscriber's copy is updated by UID: two events with one take each other's place at every refresh.
	{Code: "ical-uid", Means: "two events with one UID", Spec: "RFC 5545 section 3.8.4.7",
		Hint: "give each event a UID of its own that never changes", find: icalUID},
	// Of two, one calendar takes the first and another the last.
	{Code: "ical-once", Means: "a property that may stand once stands again", Spec: "RFC 5545 sections 3.6, 3.6.1",
		Hint: "keep one of the two", find: func(d *doc, report found) {
			calendars(func(c *component, report found) { propsOnce(c, "the calendar", report) })(d, report)
			events(propsOnce)(d, report)
		}},
	// It is mostly one that was misspelt, and what it says is shown to nobody.
	{Code: "ical-property", Means: "a property that is not registered", Spec: "RFC 5545 section 8.3.2; RFC 7986 section 5",
		Hint: "leave it out, or begin it with X-", find: func(d *doc, report found) {
			calendars(func(c *component, report found) { unknownProps(c, "the calendar", calendarProps, report) })(d, report)
			events(func(e *component, what string, report found) { unknownProps(e, what, eventProps, report) })(d, report)
		}},
	// The three order the versions of an event, whichever zone a reader is in.
	{Code: "ical-utc", Means: "a time of writing that is not in UTC", Spec: "RFC 5545 sections 3.8.7.1 to 3.8.7.3",
		Hint: "write it like 20060102T150405Z", find: events(func(e *component, what string, report found) {
			for _, name := range words("DTSTAMP CREATED LAST-MODIFIED") {
				if p, given := e.prop(name); given && !isUTC(p.value) {
					report(p.at, "%s has the %s “%s”", what, name, short(p.value))
				}
			}
		})},
	// An event of which the date cannot be read is left out, or takes the whole file with it.
	{Code: "ical-date", Means: "a date that is none", Spec: "RFC 5545 sections 3.3.4, 3.3.5",
		Hint: "write VALUE=DATE:20060102, or 20060102T150405Z", find: events(icalDate)},
	// It is meant for alarms, such as every day at seven. A meeting happens at one instant for all.
	{Code: "ical-floating", Means: "a time without a zone, which is another one for each reader", Spec: "RFC 5545 section 3.3.5",
		Hint: "give the time in UTC", find: events(icalFloating)},
	// An end that is the last day itself makes an all-day event one day short, or of no length.
	{Code: "ical-end", Means: "an event that does not end after it began, or in another type of date", Spec: "RFC 5545 section 3.8.2.2",
		Hint: "the end is exclusive: of one day it is the next", find: events(icalEnd)},
	// The times are compared as text: in UTC both have one form, and later is greater.
	{Code: "ical-changed", Means: "an event that changed before it was written", Spec: "RFC 5545 sections 3.8.7.1, 3.8.7.3",
		Hint: "LAST-MODIFIED is CREATED, or later", find: events(func(e *component, what string, report found) {
			created, changed := e.text("CREATED"), e.text("LAST-MODIFIED")
			if isUTC(created) && isUTC(changed) && changed < created {
				report(e.at, "%s was written at %s, but changed at %s", what, created, changed)
			}
		})},
	// A client takes the version with the greater sequence, and leaves one out whose sequence it cannot compare.
	{Code: "ical-sequence", Means: "a sequence that is no whole number", Spec: "RFC 5545 section 3.8.7.4",
		Hint: "count the changes of date, place and status, from 0", find: events(func(e *component, what string, report found) {
			if p, given := e.prop("SEQUENCE"); given && !isCount(p.value, 0) {
				report(p.at, "%s has the SEQUENCE “%s”", what, short(p.value))
			}
		})},
	// Of an unknown status a calendar assumes the best: a cancelled meeting is shown as one that takes place.
	{Code: "ical-status", Means: "a status or a transparency that is none", Spec: "RFC 5545 sections 3.8.1.11, 3.8.2.7",
		Hint: "write TENTATIVE, CONFIRMED or CANCELLED; OPAQUE or TRANSPARENT", find: events(icalStatus)},
	// A comma ends one of several texts, a semicolon one part of a value. What follows is lost where it was meant as text.
	{Code: "ical-escape", Means: "a text with a comma, a semicolon or a backslash that is not escaped", Spec: "RFC 5545 section 3.3.11",
		Hint: "put a backslash before \\ ; and , and write \\n for the end of a line", find: icalEscape},
	// A calendar has no page that a relative address could be relative to.
	{Code: "ical-url", Means: "an address of an event that is not absolute", Spec: "RFC 5545 section 3.8.4.6",
		Hint: "give the whole address, with https://", find: events(func(e *component, what string, report found) {
			if p, given := e.prop("URL"); given && !isAddress(p.value) {
				report(p.at, "%s has the URL “%s”", what, short(p.value))
			}
		})},
}

// The properties that may stand in a calendar and in an event. Those of several are the only ones that may stand more than once.
var (
	calendarProps = words("PRODID VERSION CALSCALE METHOD NAME DESCRIPTION UID LAST-MODIFIED URL CATEGORIES REFRESH-INTERVAL SOURCE COLOR IMAGE")
	eventProps    = words(`DTSTAMP UID DTSTART CLASS CREATED DESCRIPTION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY SEQUENCE STATUS SUMMARY
		TRANSP URL RECURRENCE-ID RRULE DTEND DURATION ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE REQUEST-STATUS RELATED-TO RESOURCES
		RDATE COLOR CONFERENCE IMAGE LINK CONCEPT REFID`)
	several = words(`ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE REQUEST-STATUS RELATED-TO RESOURCES RDATE CONFERENCE IMAGE LINK CONCEPT
		REFID`)
	// textProps are of the type TEXT, in which some characters are escaped.
	textProps = words("SUMMARY DESCRIPTION LOCATION NAME COMMENT CONTACT X-WR-CALNAME X-WR-CALDESC UID PRODID")
)

// physical returns the lines as they stand in the file.
func (c *calendar) physical() []line {
	if c == nil {
		return nil
	}
	return c.lines
}

// calendars makes a rule of what is to be found in the calendar.
func calendars(find func(*component, found)) func(*doc, found) {
	return func(d *doc, report found) {
		if d.cal != nil && d.cal.root != nil {
			find(d.cal.root, report)
		}
	}
}

// events makes a rule of what is to be found in each event.
func events(find func(e *component, what string, report found)) func(*doc, found) {
	return calendars(func(c *component, report found) {
		for _, e := range c.kids {
			if e.name == "VEVENT" {
				find(e, named("the event", e.text("SUMMARY"), e.text("UID")), report)
			}
		}
	})
}

// without reports properties that are missing or empty.
func without(c *component, what string, names []string, report found) {
	for _, name := range names {
		if p, given := c.prop(name); !given {
			report(c.at, "%s has no %s", what, name)
		} else if p.value == "" {
			report(p.at, "%s has an empty %s", what, name)
		}
	}
}

// icalUID finds events that calendars would merge. Instances of one that recurs share its UID.
func icalUID(d *doc, report found) {
	first := map[string]string{}
	events(func(e *component, what string, report found) {
		uid := e.text("UID") + "\n" + e.text("RECURRENCE-ID")
		if other, taken := first[uid]; taken && e.text("UID") != "" {
			report(e.at, "%s has the UID of %s", what, other)
			return
		}
		first[uid] = what
	})(d, report)
}

// propsOnce reports properties that stand again, of which a calendar takes either.
func propsOnce(c *component, what string, report found) {
	seen := map[string]bool{}
	for _, p := range c.props {
		if seen[p.name] && !slices.Contains(several, p.name) && !strings.HasPrefix(p.name, "X-") {
			report(p.at, "%s has a second %s", what, p.name)
		}
		seen[p.name] = true
	}
}

// unknownProps reports properties that are neither known nor begin with X-.
func unknownProps(c *component, what string, known []string, report found) {
	for _, p := range c.props {
		if !slices.Contains(known, p.name) && !strings.HasPrefix(p.name, "X-") {
			report(p.at, "%s has the property %s", what, short(p.name))
		}
	}
}

// duration is a part of RFC 5545 section 3.3.6: weeks, or days and times.
var duration = regexp.MustCompile(`^P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$`)

// icalRefresh finds what keeps a calendar from being fetched again.
func icalRefresh(c *component, report found) {
	for _, name := range words("REFRESH-INTERVAL X-PUBLISHED-TTL") {
		p, given := c.prop(name)
		if given && (!duration.MatchString(p.value) || strings.HasSuffix(p.value, "P") || strings.HasSuffix(p.value, "T")) {
			report(p.at, "the calendar has the %s “%s”", name, short(p.value))
		} else if given && name == "REFRESH-INTERVAL" && p.params["VALUE"] != "DURATION" {
			report(p.at, "the calendar has a %s without VALUE=DURATION", name)
		}
	}
	if p, given := c.prop("SOURCE"); given && !isAddress(p.value) {
		report(p.at, "the calendar has the SOURCE “%s”", short(p.value))
	}
}

// isUTC reports whether a value is a time in UTC.
func isUTC(s string) bool {
	_, err := time.Parse("20060102T150405Z", s)
	return err == nil
}

// icalTime reads a date or a time. It reports whether it is one of its type.
func icalTime(p property) (time.Time, bool) {
	// A time without Z is that of its TZID, or of nowhere. Either way it is compared only with others of its kind.
	layout := "20060102T150405"
	switch {
	case p.params["VALUE"] == "DATE":
		layout = "20060102"
	case strings.HasSuffix(p.value, "Z"):
		layout += "Z"
	}
	t, err := time.Parse(layout, p.value)
	return t, err == nil
}

// icalDate finds dates that put an event nowhere.
func icalDate(e *component, what string, report found) {
	for _, name := range words("DTSTART DTEND RECURRENCE-ID") {
		if p, given := e.prop(name); given {
			if _, ok := icalTime(p); !ok {
				report(p.at, "%s has the %s “%s”", what, name, short(p.value))
			}
		}
	}
}

// icalFloating finds times that are an hour of the day wherever one is.
func icalFloating(e *component, what string, report found) {
	for _, name := range words("DTSTART DTEND") {
		p, given := e.prop(name)
		if given && p.params["VALUE"] != "DATE" && p.params["TZID"] == "" && !strings.HasSuffix(p.value, "Z") && strings.Contains(p.value, "T") {
			report(p.at, "%s has the %s %s without a zone", what, name, short(p.value))
		}
	}
}

// icalEnd finds events that calendars show as of no length, or refuse.
func icalEnd(e *component, what string, report found) {
	end, given := e.prop("DTEND")
	if !given {
		return
	}
	start, _ := e.prop("DTSTART")
	from, ok1 := icalTime(start)
	to, ok2 := icalTime(end)
	switch _, lasts := e.prop("DURATION"); {
	case lasts:
		report(end.at, "%s has both DTEND and DURATION", what)
	case start.params["VALUE"] != end.params["VALUE"]:
		report(end.at, "%s has a DTEND of another type than its DTSTART", what)
	case ok1 && ok2 && !to.After(from):
		report(end.at, "%s has the DTEND %s, which is not after its DTSTART %s", what, end.value, start.value)
	}
}

// icalStatus finds words that calendars would read as none.
func icalStatus(e *component, what string, report found) {
	for name, allowed := range map[string]string{"STATUS": "TENTATIVE CONFIRMED CANCELLED", "TRANSP": "OPAQUE TRANSPARENT"} {
		if p, given := e.prop(name); given && !slices.Contains(words(allowed), p.value) {
			report(p.at, "%s has the %s “%s”", what, name, short(p.value))
		}
	}
}

// unescaped is a comma, a semicolon or a backslash that is not escaped. Categories are divided by commas.
var unescaped = regexp.MustCompile(`^(?:[^\\;,]|\\[\\;,nN])*([;,]|\\(?:[^\\;,nN]|$))`)

// icalEscape finds texts that end early, or in a list.
func icalEscape(d *doc, report found) {
	check := func(c *component, what string) {
		for _, p := range c.props {
			if m := unescaped.FindStringSubmatch(p.value); m != nil && slices.Contains(textProps, p.name) {
				report(p.at, "%s has %s in its %s", what, quoted(m[1]), p.name)
			}
		}
	}
	calendars(func(c *component, _ found) { check(c, "the calendar") })(d, report)
	events(func(e *component, what string, _ found) { check(e, what) })(d, report)
}
