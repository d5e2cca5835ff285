package feedlint

import (
	"bytes"
	"regexp"
	"strings"
)

// A calendar is a file of iCalendar: its lines as they are in the file, and the tree of its components.
type calendar struct {
	lines []line
	root  *component
}

// A line is a line as it stands in the file, without its end.
type line struct {
	text string
	at   int
	// crlf reports whether it ended in CR and LF. Where the file ends without either, it did not.
	crlf bool
}

// A component is what stands between a BEGIN and its END. The methods of a nil component are those of an empty one.
type component struct {
	// The name of a component, such as VEVENT, is as it was written; that of a property is in capitals, for it may be written in either.
	name  string
	props []property
	kids  []*component
	at    int
}

// A property is an unfolded line.
type property struct {
	name string
	// The parameters by name in capitals, without the quotation marks around their values.
	params map[string]string
	value  string
	at     int
}

// all returns the properties with a name.
func (c *component) all(name string) []property {
	var list []property
	if c != nil {
		for _, p := range c.props {
			if p.name == name {
				list = append(list, p)
			}
		}
	}
	return list
}

// prop returns the first property with a name, and whether there is one.
func (c *component) prop(name string) (property, bool) {
	if list := c.all(name); len(list) > 0 {
		return list[0], true
	}
	return property{}, false
}

// text returns the value of a property, or nothing.
func (c *component) text(name string) string {
	p, _ := c.prop(name)
	return p.value
}

// fold is where a line was folded.
var fold = regexp.MustCompile(`\r?\n[ \t]`)

// unfolded returns the text of a calendar with its folds taken out.
func unfolded(data []byte) []byte { return fold.ReplaceAll(data, nil) }

// contentLine is the syntax of RFC 5545 section 3.1: a name, parameters, a value.
var (
	contentLine = regexp.MustCompile(`^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$`)
	parameter   = regexp.MustCompile(`;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)`)
)

// parseCalendar makes the lines and the tree. What does not follow the syntax is left out of the tree.
func (d *doc) parseCalendar() {
	c := &calendar{}
	d.cal = c
	rest, at := d.data, 0
	for len(rest) > 0 {
		text, after, _ := bytes.Cut(rest, []byte("\n"))
		c.lines = append(c.lines, line{string(bytes.TrimSuffix(text, []byte("\r"))), at, bytes.HasSuffix(text, []byte("\r")) && len(text) < len(rest)})
		at += len(text) + 1
		rest = after
	}
	r := &calendarReader{doc: d}
	for i := 0; i < len(c.lines); {
		// A mistake in a folded line is reported where the line begins.
		first := i
		var b strings.Builder
		b.WriteString(c.lines[i].text)
		// Only the first space is the fold's; more are part of the text.
		for i++; i < len(c.lines) && strings.HasPrefix(c.lines[i].text, " ") || i < len(c.lines) && strings.HasPrefix(c.lines[i].text, "\t"); i++ {
			b.WriteString(c.lines[i].text[1:])
		}
		r.take(b.String(), c.lines[first].at)
	}
	if len(r.open) > 0 || r.root == nil {
		d.fault("ical-nesting", len(d.data), "the file ends before its calendar does")
	}
	c.root = r.root
}

// A calendarReader makes a tree of lines.
type calendarReader struct {
	doc  *doc
	root *component
	open []*component
}

// take takes an unfolded line.
func (r *calendarReader) take(text string, at int) {
	m := contentLine.FindStringSubmatch(text)
	if m == nil {
		r.doc.fault("ical-line", at, "the line “%s” is no name, a colon and a value", short(text))
		return
	}
	p := property{name: strings.ToUpper(m[1]), params: map[string]string{}, value: m[3], at: at}
	for _, param := range parameter.FindAllStringSubmatch(m[2], -1) {
		p.params[strings.ToUpper(param[1])] = strings.Trim(param[2], `"`)
	}
	// An END closes nothing but the innermost component: one too many must not close the calendar.
	n := len(r.open)
	switch {
	case p.name == "BEGIN":
		r.begin(p)
	case p.name == "END" && n > 0 && r.open[n-1].name == p.value:
		r.open = r.open[:n-1]
	case p.name == "END" || n == 0:
		r.doc.fault("ical-nesting", at, "the line “%s” stands outside what it belongs to", short(text))
	default:
		r.open[n-1].props = append(r.open[n-1].props, p)
	}
}

// begin opens a component. Beyond the limit on depth it is not kept.
func (r *calendarReader) begin(p property) {
	c := &component{name: p.value, at: p.at}
	switch n := len(r.open); {
	case n == depthLimit:
		r.doc.fault("feed-limit", p.at, "components lie more than %d deep in each other", depthLimit)
		return
	case n > 0:
		r.open[n-1].kids = append(r.open[n-1].kids, c)
	case r.root != nil:
		r.doc.fault("ical-nesting", p.at, "a second calendar begins")
	default:
		r.root = c
	}
	r.open = append(r.open, c)
}
