// Package feedlint finds what feed readers and calendars would stumble over, in RSS 2.0, Atom 1.0, JSON Feed 1.1, OPML 2.0 and
// iCalendar.
//
// It looks at bytes alone and knows nothing of the programs that wrote them, so that a mistake in a writer is no mistake here as
// well. Every demand is a [Rule]: one code, one sentence on what it means, where it is written, what to do, and one function that
// finds what breaks it. [Rules] lists them all:
//
//	text.go     any file: its size, its characters
//	xml.go      RSS, Atom and OPML as XML
//	item.go     what the three feed formats have in common: ids, dates, addresses, order
//	html.go     the HTML of an item
//	rss.go, atom.go, archive.go, jsonfeed.go, opml.go, ical.go    one format each
//
//	json.go, calendar.go    JSON and iCalendar as trees; that of XML is in xml.go
//	value.go    addresses, ids, languages and dates, by the rules of each
//	sample.go   for each rule a file that breaks it, to be shown
//
// The rules are those of the specifications, what the W3C feed validator adds to them, and what readers are known to need: one item
// for one thing, for ever under one id. Nothing here asks for the time: a date lies in the future where it is later than the newest
// that the feed itself gives.
package feedlint

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"briefing/internal/diag"
)

// findingsLimit is how often a rule is reported in one file: what is wrong with each of a thousand items is one mistake.
const findingsLimit = 20

// A Rule is one thing that readers of feeds rely on.
type Rule struct {
	// Code names the rule in messages. It never changes.
	Code diag.Code

	// Warning says that readers manage all the same.
	Warning bool

	// Means is what a finding means, in one line.
	Means string

	// Spec is where the rule is written.
	Spec string

	// Hint is what to do.
	Hint string

	// find reports whatever in a file breaks the rule, in any order and as often as it happens. It is called for files of the rule's
	// formats only, also for those that could not be parsed, and so must bear a doc whose trees are nil.
	find func(*doc, found)
}

// found takes what breaks a rule: the offset of its first byte, and a sentence that names the element and the item.
type found func(at int, format string, args ...any)

// A doc is a file as the rules see it. What belongs to another format is empty.
type doc struct {
	// What the file is: its name in messages, its bytes, and the one format that both together say.
	name   string
	data   []byte
	format format

	// what could not even be parsed
	faults []fault

	// What it holds, once parsed. Of a file with a mistake in its syntax all of this is nil or empty, so that one mistake is told as one.
	root *element  // RSS, Atom and OPML
	json *value    // JSON Feed
	cal  *calendar // iCalendar
	feed feed      // RSS, Atom and JSON Feed
}

// A fault is something that a parser stumbled over. It belongs to the rule with its code.
type fault struct {
	code diag.Code
	at   int
	msg  string
}

// A format is a set of file formats.
type format int

const (
	// Each format is a bit, so that a table of rules may name several.
	rss format = 1 << iota
	atom
	jsonFeed
	opml
	ical

	// The sets that the tables are for.
	anyXML  = rss | atom | opml
	anyFeed = rss | atom | jsonFeed
	anyFile = anyFeed | opml | ical
)

// tables returns the rules with the formats that each is for.
func tables() []struct {
	formats format
	rules   []Rule
} {
	return []struct {
		formats format
		rules   []Rule
	}{
		{anyFile, textRules}, {anyXML, xmlRules}, {anyFeed, itemRules}, {anyFeed, htmlRules},
		{rss, rssRules}, {rss, rssItemRules}, {atom, atomRules}, {rss | atom, archiveRules}, {jsonFeed, jsonRules}, {opml, opmlRules}, {ical, icalRules},
	}
}

// Rules returns every rule.
func Rules() []Rule {
	var list []Rule
	for _, t := range tables() {
		list = append(list, t.rules...)
	}
	return list
}

// Rule returns what holds for all problems of the rule.
func (r *Rule) Rule() diag.Rule {
	return diag.Rule{Code: r.Code, Severity: r.severity(), Firm: true, Means: strings.ToUpper(r.Means[:1]) + r.Means[1:] + "."}
}

// severity returns the severity of what breaks the rule.
func (r *Rule) severity() diag.Severity {
	if r.Warning {
		return diag.Warning
	}
	return diag.Error
}

// Known reports whether a file is one that Check has rules for, by its name and by how it begins.
func Known(name string, data []byte) bool { return formatOf(name, data) != 0 }

// formatOf returns the format of a file, or 0. The roots are looked for where the sniffing of browsers and validators looks.
func formatOf(name string, data []byte) format {
	switch path.Ext(name) {
	case ".ics":
		return ical
	case ".opml":
		return opml
	}
	head := string(data[:min(len(data), 1024)])
	for _, f := range []struct {
		sign string
		format
	}{{"<rss", rss}, {"<feed", atom}, {"<opml", opml}, {"BEGIN:VCALENDAR", ical}, {"jsonfeed.org/version", jsonFeed}} {
		if strings.Contains(head, f.sign) {
			return f.format
		}
	}
	// A JSON Feed whose version is missing or misspelt has no sign. Its usual name lets the rules say so.
	if path.Base(name) == "feed.json" {
		return jsonFeed
	}
	return 0
}

// Check returns everything in a file that breaks a rule, sorted. Name is what the problems call the file. A file that Check does not
// know has none.
func Check(name string, data []byte) diag.List {
	d := &doc{name: name, data: data, format: formatOf(name, data)}
	d.parse()
	var list diag.List
	for _, t := range tables() {
		if t.formats&d.format == 0 {
			continue
		}
		for _, r := range t.rules {
			// The limit is for each rule, so that a rule that is broken everywhere hides no other.
			n := 0
			r.find(d, func(at int, format string, args ...any) {
				if n++; n <= findingsLimit {
					list.Add(diag.Problem{Pos: d.mark(at).In(name), Code: r.Code, Severity: r.severity(), Msg: fmt.Sprintf(format, args...), Hint: r.Hint})
				}
			})
		}
	}
	list.Sort()
	return list
}

// parse reads the file as its format wants, and stops at what is too large.
func (d *doc) parse() {
	if len(d.data) > sizeLimit {
		d.fault("feed-limit", 0, "the file has %d bytes, and was not read", len(d.data))
		return
	}
	switch {
	case d.format&anyXML != 0:
		d.parseXML()
	case d.format == jsonFeed:
		d.parseJSON()
	case d.format == ical:
		d.parseCalendar()
	}
	switch d.format {
	case rss:
		d.feed = rssFeed(d.root)
	case atom:
		d.feed = atomFeed(d.root)
	case jsonFeed:
		d.feed = jsonFeedOf(d.json)
	}
}

// fault notes what a parser stumbled over.
func (d *doc) fault(code diag.Code, at int, format string, args ...any) {
	d.faults = append(d.faults, fault{code, at, fmt.Sprintf(format, args...)})
}

// parsed finds the faults with a code.
func parsed(code diag.Code) func(*doc, found) {
	return func(d *doc, report found) {
		for _, f := range d.faults {
			if f.code == code {
				report(f.at, "%s", f.msg)
			}
		}
	}
}

// mark returns the place of an offset.
func (d *doc) mark(at int) diag.Mark {
	// A fault at the end of the file has an offset one past its last byte, and one that names no place has a negative one.
	before := d.data[:min(max(at, 0), len(d.data))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Mark{Line: int32(bytes.Count(before, []byte("\n")) + 1), Col: int32(utf8.RuneCount(before[line:]) + 1)}
}
