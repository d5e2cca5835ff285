package dossier

import (
	"net/url"
	"strings"
	"time"

	"briefing/internal/diag"
)

// A Site is what content/site.yaml says of the whole.
type Site struct {
	Title       string
	Description string
	// BaseURL is a scheme and a host, without a final slash: every address of the site is BaseURL and a path.
	BaseURL string
	// Language is the BCP 47 tag of what readers see; en-GB where not given.
	Language string
	// TimeZone is the name of Location in the IANA database; empty for UTC.
	TimeZone string
	Licence  Licence
	// TaggingEntity is the authority of the tag: ids of feed items, by RFC 4151. It must never change, or readers of feeds are
	// shown every item again.
	TaggingEntity string
	// Editor stands as author where an entry names none.
	Editor     string
	Navigation []NavItem
	// Currencies are those to which totals are converted where the site has rates; EUR and USD where not given.
	Currencies []string
	// Severities are those of the site's own choice, by the code of the problem.
	Severities map[diag.Code]diag.Severity
	// Style are the house's own rules of style, beside those that every site has.
	Style Style
	// Location is the zone in which times of day are given. It is never nil once Check has run, and never that of the machine.
	Location *time.Location
}

// Table returns the keys of a site.
func (s *Site) Table() Table {
	return Table{
		required(Field{Key: "title", Doc: "The site’s name.", Example: "Ramstein Brief", Slot: line(&s.Title, titleLimit)}),
		required(Field{Key: "description", Doc: "What it is, in one sentence.", Example: "A sourced brief on one group and its meetings.", Slot: sentence(&s.Description, summaryLimit)}),
		required(Field{Key: "base_url", Doc: "The address at which it is published.", Example: "https://example.org", Slot: baseURL(&s.BaseURL)}),
		{Key: "language", Doc: "The language of its texts, as a BCP 47 tag; en-GB where not given.", Example: "en-GB", Slot: languageTag(&s.Language)},
		{Key: "time_zone", Doc: "The zone of the times of events; UTC where not given.", Example: "Europe/Brussels", Slot: timeZone(&s.TimeZone, &s.Location)},
		{Key: "licence", Doc: "The terms on which others may use its texts.", Example: `{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}`, Slot: record(&s.Licence)},
		{Key: "tagging_entity", Doc: "The authority of the permanent ids of feed items, by RFC 4151: a domain you owned on the date.", Example: "example.org,2026", Slot: taggingEntity(&s.TaggingEntity)},
		{Key: "editor", Doc: "Who stands as author where an entry names none.", Example: "The editors", Slot: text(&s.Editor)},
		{Key: "navigation", Doc: "The links at the head of each page.", Example: "[{title: Timeline, to: /timeline/}]", Slot: list(&s.Navigation, func(n *NavItem) Slot { return record(n) })},
		{Key: "currencies", Doc: "The currencies to which totals are converted, where content/rates.csv has rates; EUR and USD where not given.", Example: "[EUR, USD]", Slot: list(&s.Currencies, currencyCode)},
		{Key: "severity", Doc: "Which problems are errors, which are warnings, and which are passed over, by their codes.", Example: "{no-archive: warning, uncited: error}", Slot: Record{Table: func() Table { return severities(&s.Severities) }}},
		{Key: "style", Doc: "Rules of house style beside those that every site has.", Example: "{avoid: [{words: special operation, use: invasion}]}", Slot: record(&s.Style)},
	}
}

// severities returns a key for each code of problems. Those that no site may lower take their own severity alone.
func severities(p *map[diag.Code]diag.Severity) Table {
	var t Table
	for _, r := range diag.Rules() {
		words := []string{diag.Error.String(), diag.Warning.String(), diag.Off.String()}
		if r.Firm {
			words = []string{r.Severity.String()}
		}
		t = append(t, Field{Key: string(r.Code), Doc: r.Means, Example: r.Severity.String(), Slot: severity(p, r.Code, words)})
	}
	return t
}

// severity takes the severity of one code.
func severity(p *map[diag.Code]diag.Severity, code diag.Code, words []string) Scalar {
	get := func() string {
		if s, ok := (*p)[code]; ok {
			return s.String()
		}
		return ""
	}
	return Scalar{Type: Word, Words: words, Get: get, Set: func(text string) *Fault {
		if *p == nil {
			*p = map[diag.Code]diag.Severity{}
		}
		(*p)[code], _ = diag.ParseSeverity(text)
		return nil
	}}
}

// Check fills in what was left out.
func (s *Site) Check(Report) {
	if s.Language == "" {
		s.Language = "en-GB"
	}
	if s.Currencies == nil {
		s.Currencies = []string{"EUR", "USD"}
	}
	if s.Location == nil {
		s.Location = time.UTC
	}
	if s.Editor == "" {
		s.Editor = "The editors"
	}
	if u, err := url.Parse(s.BaseURL); s.TaggingEntity == "" && err == nil {
		s.TaggingEntity = u.Hostname() + ",2026"
	}
}

// A Licence is the terms on which others may use the texts.
type Licence struct {
	Name string
	URL  string
}

// Table returns the keys of a licence.
func (l *Licence) Table() Table {
	return Table{
		required(Field{Key: "name", Doc: "Its short name.", Example: "CC BY 4.0", Slot: text(&l.Name)}),
		{Key: "url", Doc: "Where its text is.", Example: "https://creativecommons.org/licenses/by/4.0/", Slot: address(&l.URL)},
	}
}

// A Style is the house's own rules of style.
type Style struct {
	Avoid []Wording
}

// Table returns the keys of a style.
func (s *Style) Table() Table {
	return Table{
		{Key: "avoid", Doc: "Words to avoid outside quotations, each with a better one.", Example: "[{words: special operation, use: invasion}]", Slot: list(&s.Avoid, func(w *Wording) Slot { return record(w) })},
	}
}

// A Wording is words that the house does not use, and those that it uses instead.
type Wording struct {
	Words string
	Use   string
}

// Table returns the keys of a wording.
func (w *Wording) Table() Table {
	return Table{
		required(Field{Key: "words", Doc: "One word or several, in lower case.", Example: "special operation", Slot: text(&w.Words)}),
		required(Field{Key: "use", Doc: "What to write instead.", Example: "invasion", Slot: text(&w.Use)}),
	}
}

// A NavItem is a link at the head of each page.
type NavItem struct {
	Title string
	// To is an address on the site, beginning with a slash, or an entry's id.
	To string
	// At is where To stands, since only the linker knows whether it leads anywhere.
	At diag.Mark
}

// Table returns the keys of a navigation link.
func (n *NavItem) Table() Table {
	return Table{
		required(Field{Key: "title", Doc: "The words of the link.", Example: "Pledges", Slot: text(&n.Title)}),
		required(Field{Key: "to", Doc: "An address on the site, such as /pledges/, or an entry’s id.", Example: "/pledges/", Slot: destination(&n.To, &n.At)}),
	}
}

// destination takes an address of the site, from its root, or an entry's id.
func destination(p *string, at *diag.Mark) Slot {
	return Scalar{Type: Text, At: at, Get: got(p), Set: func(s string) *Fault {
		if !ID(s).Valid() && (!strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\ <>\"")) {
			return faultf(diag.BadValue, "write an address of this site, such as /pledges/, or an entry’s id", "%q is neither", s)
		}
		*p = s
		return nil
	}}
}

// baseURL takes the address of a site. Every other address is made by adding a path, so that it has no query and no final slash.
func baseURL(p *string) Slot {
	return Scalar{Type: Address, Get: got(p), Set: func(s string) *Fault {
		u, err := url.Parse(s)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
			return faultf(diag.BadValue, "write it as https://example.org", "%q is not the address of a site", s)
		}
		if strings.Trim(u.Path, "/") != "" {
			return faultf(diag.BadValue, "write https://"+u.Host+", and publish there", "%q leads into a folder, and the links of a site begin at the root of its host", s)
		}
		*p = u.Scheme + "://" + u.Host
		return nil
	}}
}

// timeZone takes a name of the IANA database. “Local” is refused: the output must not depend on the machine.
func timeZone(name *string, p **time.Location) Slot {
	return Scalar{Type: Text, Get: got(name), Set: func(s string) *Fault {
		location, err := time.LoadLocation(s)
		if err != nil || s == "Local" {
			return faultf(diag.BadValue, "write a name of the IANA database, such as Europe/Brussels", "%q is not a time zone", s)
		}
		*name, *p = s, location
		return nil
	}}
}

// taggingEntity takes a domain and a date, as RFC 4151 has them.
func taggingEntity(p *string) Slot {
	return Scalar{Type: Text, Get: got(p), Set: func(s string) *Fault {
		domain, day, _ := strings.Cut(s, ",")
		_, fault := ParseDate(day)
		if fault != nil || domain == "" || strings.ContainsAny(domain, " /:") || strings.ContainsAny(day, "~?%/") {
			return faultf(diag.BadValue, "write a domain and a date, such as example.org,2026", "%q is not a tagging entity", s)
		}
		*p = s
		return nil
	}}
}
