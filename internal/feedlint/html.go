package feedlint

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"briefing/internal/diag"
)

// The elements of HTML, by what becomes of them in a reader.
var (
	// shown are kept by readers and passed by validators.
	shown = words(`a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl
		dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map area mark menu meter nav ol p picture pre
		progress q rp rt ruby s samp search section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul
		var video wbr`)

	// active do something, or fetch something, or ask for something. Readers take them out, at best.
	active = words("script iframe object embed applet form input button select option textarea label fieldset legend base meta noscript template dialog canvas")

	// void have no end.
	void = words("area base br col embed hr img input link meta source track wbr")

	// loose may be left open.
	loose = words("p li dt dd tr td th thead tbody tfoot caption colgroup rp rt")

	// addressed are the attributes that hold an address.
	addressed = words("href src cite action poster data longdesc background")
)

// words returns the words of a text, for lists that are read rather than run.
func words(s string) []string { return strings.Fields(s) }

// schemes are what an address in a feed may begin with. A reader knows no other site than the feed's, and that one not well.
var schemes = []string{"https://", "http://", "mailto:", "tel:"}

// htmlRules are about the content of items. Each but the first takes from a [scan] of the content the faults that have its code.
var htmlRules = []Rule{
	// A reader fetches no page: what the content leaves out is not read offline, nor searched.
	{Code: "feed-content", Means: "an item without a text of its own", Spec: "RFC 4287 section 4.1.3; JSON Feed 1.1 content_html",
		Hint: "give the whole text as HTML, in content:encoded, content or content_html", find: items(noContent)},
	// Readers resolve it against the feed, the site, the item or themselves.
	{Code: "feed-content-relative", Means: "an address in the content that is not absolute, be it a fragment alone", Spec: "W3C validator ContainsRelRef",
		Hint: "put the address of the site, or of the page, before it", find: inContent("feed-content-relative")},
	// Readers take out javascript: and data:, and a careless one that does not runs it as its own.
	{Code: "feed-content-scheme", Means: "an address in the content that is no web or e-mail address", Spec: "W3C validator SecurityRisk",
		Hint: "leave the link out", find: inContent("feed-content-scheme")},
	// They are taken out with what is within them, so that a sentence may lose its end.
	{Code: "feed-content-active", Means: "script, frames, forms or embedded objects in the content", Spec: "W3C validator SecurityRisk",
		Hint: "leave them out, or put what they say in words", find: inContent("feed-content-active")},
	// The lists of elements that readers keep are short; what is drawn is dropped, and its labels stay as words without order.
	{Code: "feed-content-element", Means: "an element in the content that is no HTML of a text, such as svg", Spec: "W3C validator NotHtml, “Non-html tag”",
		Hint: "give a chart as its table or sentence", find: inContent("feed-content-element")},
	// It is taken out, and what it did is missing without a sign.
	{Code: "feed-content-handler", Means: "an event handler in the content", Spec: "W3C validator SecurityRiskAttr",
		Hint: "leave the attribute out", find: inContent("feed-content-handler")},
	// What was styled for a white page is not seen on a dark one, and readers that know this take style out.
	{Code: "feed-content-style", Means: "style in the content", Spec: "W3C validator DangerousStyleAttr",
		Hint: "leave it out: readers have a style of their own", find: inContent("feed-content-style")},
	// A browser shows it as it stands, ampersand and all.
	{Code: "feed-content-entity", Means: "a named entity in the content that HTML does not have", Spec: "HTML Standard section 13.5; W3C validator UndefinedNamedEntity",
		Hint: "write the character itself", find: inContent("feed-content-entity")},
	// An element that does not end goes on into the next item of a reader that puts all into one page.
	{Code: "feed-content-html", Means: "content whose elements do not end, or end each other", Spec: "W3C validator NotHtml",
		Hint: "close each element within the one that it began in", find: inContent("feed-content-html")},
}

// noContent finds items that readers can only follow a link from.
func noContent(i *item, report found) {
	if i.content.text == "" {
		report(max(i.content.at, i.at), "%s has no content", i.what)
	}
}

// inContent finds the faults of the contents that have a code.
func inContent(code diag.Code) func(*doc, found) {
	return items(func(i *item, report found) {
		if i.content.text == "" {
			return
		}
		s := scan{z: html.NewTokenizer(strings.NewReader(i.content.text))}
		s.all()
		for _, f := range s.faults {
			if f.code == code {
				report(i.content.at, "%s has %s in its %s", i.what, f.msg, i.content.element)
				return
			}
		}
	})
}

// A scan is one pass over the HTML of an item.
type scan struct {
	z      *html.Tokenizer
	open   []string // outermost first
	faults []fault
}

// fault notes what was found. Where in the content it stands is not told: readers of a problem look for the words.
func (s *scan) fault(code diag.Code, format string, args ...any) {
	s.faults = append(s.faults, fault{code: code, msg: fmt.Sprintf(format, args...)})
}

// all reads the whole text.
func (s *scan) all() {
	for {
		kind := s.z.Next()
		raw := string(s.z.Raw())
		switch kind {
		case html.ErrorToken:
			s.unclosed(0)
			return
		case html.TextToken:
			s.entities(raw)
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start(s.z.Token())
		case html.EndTagToken:
			s.end(s.z.Token().Data)
		}
	}
}

// start looks at a tag and opens its element.
func (s *scan) start(t html.Token) {
	// Each tag is told of once, by the strongest rule that it breaks.
	name := t.Data
	switch {
	case slices.Contains(active, name):
		s.fault("feed-content-active", "<%s>", name)
	case name == "style" || name == "link":
		s.fault("feed-content-style", "<%s>", name)
	case !slices.Contains(shown, name):
		s.fault("feed-content-element", "<%s>", short(name))
	}
	for _, a := range t.Attr {
		s.attribute(name, a)
	}
	if t.Type == html.StartTagToken && !slices.Contains(void, name) && len(s.open) < depthLimit {
		s.open = append(s.open, name)
	}
}

// attribute looks at an attribute of an element.
func (s *scan) attribute(element string, a html.Attribute) {
	switch {
	case strings.HasPrefix(a.Key, "on"):
		s.fault("feed-content-handler", "<%s %s>", element, short(a.Key))
	case a.Key == "style":
		s.fault("feed-content-style", "<%s style>", element)
	case a.Key == "srcset":
		for _, candidate := range strings.Split(a.Val, ",") {
			s.address(element, a.Key, strings.TrimSpace(candidate))
		}
	// srcset above is several addresses, each with a width or a density behind it.
	case slices.Contains(addressed, a.Key):
		s.address(element, a.Key, a.Val)
	}
}

// address looks at an address.
func (s *scan) address(element, key, value string) {
	if slices.ContainsFunc(schemes, func(scheme string) bool { return strings.HasPrefix(strings.ToLower(value), scheme) }) {
		return
	}
	// What stands before the colon is a scheme only if no path, query or fragment began before it.
	code := diag.Code("feed-content-relative")
	if scheme, _, ok := strings.Cut(value, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		code = "feed-content-scheme"
	}
	s.fault(code, "<%s %s=%q>", element, key, short(value))
}

// entities looks for character references that are none.
func (s *scan) entities(text string) {
	for _, ref := range entityLike.FindAllString(text, -1) {
		if html.UnescapeString(ref) == ref {
			s.fault("feed-content-entity", "%s", ref)
		}
	}
}

// end closes the innermost element of a name, and those within it that may be left open.
func (s *scan) end(name string) {
	for n, open := range slices.Backward(s.open) {
		if open == name {
			s.unclosed(n + 1)
			s.open = s.open[:n]
			return
		}
	}
	if !slices.Contains(void, name) && len(s.open) < depthLimit {
		s.fault("feed-content-html", "</%s>, which ends nothing,", short(name))
	}
}

// unclosed reports the elements from the nth on that had to be closed.
func (s *scan) unclosed(n int) {
	for _, name := range s.open[min(n, len(s.open)):] {
		if !slices.Contains(loose, name) {
			s.fault("feed-content-html", "<%s>, which does not end,", short(name))
		}
	}
}
