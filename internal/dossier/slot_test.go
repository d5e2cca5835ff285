package dossier

import (
	"strings"
	"testing"
	"time"

	"briefing/internal/diag"
)

// TestSlotFaults gives each slot what editors write by mistake. A fault names the value, and its hint says what to write instead.
func TestSlotFaults(t *testing.T) {
	const (
		fullAddress = "write it in full, as https://example.org/page, with %20 for a space, %5B for [ and %5D for ]"
		anyCountry  = "write two capital letters of ISO 3166-1, such as UA"
		anyCurrency = "write three capital letters of ISO 4217, such as EUR"
		anyLanguage = "write a BCP 47 tag, such as en or uk"
		anyTime     = "write it as 2025-06-04T14:30:00Z (RFC 3339)"
		anyClock    = `write hours from 00 to 23 and minutes, as "14:30"`
		anyID       = "write the bare id, in lower-case letters, digits and hyphens"
		anySource   = "; a locator follows after a comma"
		anySite     = "write it as https://example.org"
		anyZone     = "write a name of the IANA database, such as Europe/Brussels"
		anyEntity   = "write a domain and a date, such as example.org,2026"
		anyNumber   = "write it in digits, such as 28"
		anyPlace    = "write an address of this site, such as /pledges/, or an entry’s id"
		anySlug     = "write lower-case letters, digits and hyphens, such as air-defence"
	)
	var (
		s  string
		id ID
		n  int
		at diag.Mark
		b  bool
	)
	tests := []struct {
		name string
		slot Slot
		in   string
		code diag.Code
		hint string
	}{
		{"address", address(&s), "example.org/a", diag.BadValue, "write https://example.org/a"},
		{"address", address(&s), "www.example.org", diag.BadValue, "write https://www.example.org"},
		{"address", address(&s), "example", diag.BadValue, fullAddress},
		{"address", address(&s), "me@example.org", diag.BadValue, fullAddress},
		{"address", address(&s), "ftp://example.org/", diag.BadValue, fullAddress},
		{"address", address(&s), "https://", diag.BadValue, fullAddress},
		{"address", address(&s), "https://:80/", diag.BadValue, fullAddress},
		{"address", address(&s), "https://example.org/a b", diag.BadValue, fullAddress},
		{"address", address(&s), "https://example.org/[a]", diag.BadValue, fullAddress},
		{"address", address(&s), "javascript:alert(1)", diag.BadValue, fullAddress},
		{"country", country(&s), "UK", diag.BadValue, "write GB, the code of the United Kingdom in ISO 3166-1"},
		{"country", country(&s), "uk", diag.BadValue, "write GB, the code of the United Kingdom in ISO 3166-1"},
		{"country", country(&s), "ua", diag.BadValue, "write UA"},
		{"country", country(&s), "UKR", diag.BadValue, anyCountry},
		{"country", country(&s), "ZZ", diag.BadValue, anyCountry},
		{"country", country(&s), "A ", diag.BadValue, anyCountry},
		{"currency", currencyCode(&s), "eur", diag.BadValue, "write EUR"},
		{"currency", currencyCode(&s), "€", diag.BadValue, anyCurrency},
		{"currency", currencyCode(&s), "EURO", diag.BadValue, anyCurrency},
		{"currency", currencyCode(&s), "XXX", diag.BadValue, anyCurrency},
		{"language", languageTag(&s), "en_GB", diag.BadValue, anyLanguage},
		{"language", languageTag(&s), "English", diag.BadValue, anyLanguage},
		{"language", languageTag(&s), "qq-", diag.BadValue, anyLanguage},
		{"timestamp", timestamp(&time.Time{}), "2025-06-04", diag.BadTime, "add the time and the zone: 2025-06-04T12:00:00Z"},
		{"timestamp", timestamp(&time.Time{}), "2025-06-04T14:30:00", diag.BadTime, "write 2025-06-04T14:30:00Z, or another zone in place of Z"},
		{"timestamp", timestamp(&time.Time{}), "2025-06-04 14:30", diag.BadTime, "write 2025-06-04T14:30:00Z, or another zone in place of Z"},
		{"timestamp", timestamp(&time.Time{}), "2025-06-31T14:30:00Z", diag.BadTime, anyTime},
		{"timestamp", timestamp(&time.Time{}), "4 June 2025", diag.BadTime, anyTime},
		{"clock", clock(&s), "9:30", diag.BadTime, `write "09:30"`},
		{"clock", clock(&s), "24:00", diag.BadTime, anyClock},
		{"clock", clock(&s), "14:60", diag.BadTime, anyClock},
		{"clock", clock(&s), "2:30 pm", diag.BadTime, anyClock},
		{"clock", clock(&s), "1430", diag.BadTime, anyClock},
		{"slug", slug(&s), "Air Defence", diag.BadValue, anySlug},
		{"alias", alias(&Alias{}), "Old_Name", diag.BadValue, "write a former id, in lower-case letters, digits and hyphens"},
		{"integer", integer(&n, &at), "0", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "-1", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "+1", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "2.5", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "28th", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "1000001", diag.BadNumber, anyNumber},
		{"integer", integer(&n, &at), "99999999999999999999", diag.BadNumber, anyNumber},
		{"base_url", baseURL(&s), "example.org", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "https://example.org/?a=b", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "https://example.org/#top", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "https://name:word@example.org", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "https://:8080", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "file:///srv/www", diag.BadValue, anySite},
		{"base_url", baseURL(&s), "https://example.org/brief/", diag.BadValue, "write https://example.org, and publish there"},
		{"time_zone", timeZone(&s, new(*time.Location)), "Local", diag.BadValue, anyZone},
		{"time_zone", timeZone(&s, new(*time.Location)), "Brussels", diag.BadValue, anyZone},
		{"time_zone", timeZone(&s, new(*time.Location)), "../etc/passwd", diag.BadValue, anyZone},
		{"tagging_entity", taggingEntity(&s), "example.org", diag.BadValue, anyEntity},
		{"tagging_entity", taggingEntity(&s), ",2026", diag.BadValue, anyEntity},
		{"tagging_entity", taggingEntity(&s), "https://example.org,2026", diag.BadValue, anyEntity},
		{"tagging_entity", taggingEntity(&s), "example.org,2026~", diag.BadValue, anyEntity},
		{"tagging_entity", taggingEntity(&s), "example.org,2025/2026", diag.BadValue, anyEntity},
		{"to", destination(&s, &at), "https://example.org", diag.BadValue, anyPlace},
		{"to", destination(&s, &at), "//example.org", diag.BadValue, anyPlace},
		{"to", destination(&s, &at), "Pledges", diag.BadValue, anyPlace},
		{"ref", ref(&id), "[[udcg-28]]", diag.BadReference, "write the bare id: udcg-28"},
		{"ref", ref(&id), "content/events/udcg-28.md", diag.BadReference, "write the bare id: udcg-28"},
		{"ref", ref(&id), "John Healey", diag.BadReference, "write the bare id: john-healey"},
		{"ref", ref(&id), "john_healey", diag.BadReference, "write the bare id: john-healey"},
		{"ref", ref(&id), "norway sweden", diag.BadReference, "put commas between ids, as in [norway, sweden], and hyphens between the words of one: norway-sweden"},
		{"ref", ref(&id), "Šakalienė", diag.BadReference, anyID},
		{"cite", citation(&Citation{}), "[@guardian]", diag.BadReference, "write the bare id: guardian" + anySource},
		{"cite", citation(&Citation{}), ", p. 3", diag.BadReference, anyID + anySource},
		{"boolean", boolean(&b), "yes", diag.WrongType, "write true or false"},
		{"boolean", boolean(&b), "True", diag.WrongType, "write true or false"},
		{"undated", onlyTrue(&b), "false", diag.WrongType, "write true, or remove the key"},
		{"title", line(&s, 5), "Ramstein", diag.TooLong, "shorten it to 5 or fewer"},
		{"summary", sentence(&s, 2), "one two three", diag.TooLong, "shorten it to 2 words or fewer"},
	}
	for _, test := range tests {
		fault := test.slot.(Scalar).Set(test.in)
		if fault == nil {
			t.Errorf("%s takes %q", test.name, test.in)
			continue
		}
		if fault.Code != test.code || fault.Hint != test.hint {
			t.Errorf("%s %q: %s, %q; want %s, %q", test.name, test.in, fault.Code, fault.Hint, test.code, test.hint)
		}
		if long := test.name == "title" || test.name == "summary"; !long && !strings.Contains(fault.Msg, `"`+test.in+`"`) {
			t.Errorf("%s: the message %q does not name the value %q", test.name, fault.Msg, test.in)
		}
	}
	// A text that is too long is kept, for a site may choose to be warned of it only.
	if s != "one two three" || id != "" || n != 0 || b {
		t.Errorf("a fault has set a value: %q %q %d %v", s, id, n, b)
	}
}

// TestHintsMendTheFault writes what each hint proposes, which the same slot must then take.
func TestHintsMendTheFault(t *testing.T) {
	var s string
	slots := map[string]Scalar{
		"address": address(&s).(Scalar), "country": country(&s).(Scalar), "currency": currencyCode(&s).(Scalar), "clock": clock(&s).(Scalar),
		"time": timestamp(&time.Time{}).(Scalar), "date": date(&Date{}), "base_url": baseURL(&s).(Scalar), "id": ref(new(ID)),
	}
	inputs := map[string][]string{
		"address": {"example.org/a?b", "www.nato.int", "a.b/[c]"}, "country": {"uk", "de", "Fr", "xk"}, "currency": {"usd", "Gbp"}, "clock": {"0:05", "7:59"},
		"time":     {"2025-06-04", "2025-06-04T01:02", "2025-06-04 01:02:03+02:00", "2025-06-04 01:02:03"},
		"date":     {"4 June 2025", "June 2025", "2025/06/04", "2025-6-4", "2025-06-25/2025-06-24", "2025-06-24/25", "2025-12-31/01"},
		"base_url": {"https://example.org/a/", "https://example.org:8080/a"}, "id": {"[[Udcg 28]]", "events/udcg_28.md", "@Udcg-28"},
	}
	for name, list := range inputs {
		for _, in := range list {
			fault := slots[name].Set(in)
			if fault == nil {
				t.Errorf("%s takes %q", name, in)
				continue
			}
			words := strings.Fields(strings.NewReplacer(",", " ", `"`, " ").Replace(fault.Hint))
			taken := false
			for _, w := range words {
				taken = taken || slots[name].Set(w) == nil
			}
			if !taken && !strings.Contains(fault.Hint, "such as") && !strings.Contains(fault.Hint, "in full") {
				t.Errorf("%s %q: nothing in the hint %q is taken", name, in, fault.Hint)
			}
		}
	}
}

// TestSlotsTake gives slots values that look odd and are right.
func TestSlotsTake(t *testing.T) {
	var s string
	tests := []struct {
		slot     Slot
		in, want string
	}{
		{address(&s), "https://example.org/a%20b?c=d#e", ""},
		{address(&s), "http://192.0.2.1:8080/", ""},
		{address(&s), "https://uk.wikipedia.org/wiki/Рамштайн", ""},
		{country(&s), "XK", ""},
		{currencyCode(&s), "UAH", ""},
		{languageTag(&s), "zh-Hant", ""},
		{languageTag(&s), "no", ""},
		{clock(&s), "00:00", ""},
		{slug(&s), "2025", ""},
		{baseURL(&s), "https://example.org", "https://example.org"},
		{baseURL(&s), "https://example.org//", "https://example.org"},
		{baseURL(&s), "http://localhost:8080/", "http://localhost:8080"},
		// Every address of the site is made by adding a path, so that no mark of an empty query or fragment may stay.
		{baseURL(&s), "https://example.org/?", "https://example.org"},
		{baseURL(&s), "https://example.org/#", "https://example.org"},
		{taggingEntity(&s), "example.org,2026-01-31", ""},
		{destination(&s, new(diag.Mark)), "/pledges/sum/#loans", ""},
		{destination(&s, new(diag.Mark)), "/", ""},
		{destination(&s, new(diag.Mark)), "about", ""},
		{line(&s, 5), "Київ5", ""}, // characters, not bytes
	}
	for _, test := range tests {
		want := test.want
		if want == "" {
			want = test.in
		}
		if fault := test.slot.(Scalar).Set(test.in); fault != nil || s != want {
			t.Errorf("%q gives %q, %v; want %q", test.in, s, fault, want)
		}
	}
	var at time.Time
	if fault := timestamp(&at).(Scalar).Set("2025-06-04T01:30:00+03:00"); fault != nil || at.Location() != time.UTC || at.Day() != 3 {
		t.Errorf("%v, %v: a time must not keep its zone", at, fault)
	}
}

func TestLongValuesAreCutInMessages(t *testing.T) {
	var s string
	fault := country(&s).(Scalar).Set(strings.Repeat("ї", 5000))
	if n := len([]rune(fault.Msg)); n > 2*quoteLimit || !strings.Contains(fault.Msg, "…") {
		t.Errorf("a message of %d characters", n)
	}
}

func TestCutLocator(t *testing.T) {
	tests := []struct {
		in      string
		id      ID
		locator string
	}{
		{"guardian", "guardian", ""},
		{"guardian, para. 3", "guardian", "para. 3"},
		{" guardian ,p. 3, note 2 ", "guardian", "p. 3, note 2"},
		{"guardian,", "guardian", ""},
		{", p. 3", "", "p. 3"},
		{"", "", ""},
	}
	for _, test := range tests {
		if id, locator := CutLocator(test.in); id != test.id || locator != test.locator {
			t.Errorf("%q is %q, %q", test.in, id, locator)
		}
	}
}

func TestKindSet(t *testing.T) {
	tests := []struct {
		set  KindSet
		want string
	}{
		{Of(KindActor), "actor"},
		{Of(KindPledge, KindActor), "actor or pledge"}, // in the order of Kinds
		{Of(KindEvent, KindSeries, KindPage), "series, event or page"},
		{Of("planet"), ""},
		{Of(), "actor, series, event, pledge, figure, brief, source or page"},
	}
	for _, test := range tests {
		if got := test.set.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	for _, k := range Kinds {
		if !Of().Has(k) || !Of(k).Has(k) || Of("planet").Has(k) {
			t.Errorf("the sets of %q are wrong", k)
		}
	}
}

// TestArticle checks that each type reads well in "date takes a date, not a list".
func TestArticle(t *testing.T) {
	for typ, want := range map[Type]string{
		Text: "text", Boolean: "true or false", Timestamp: "a date with a time and a zone", Reference: "an id", Address: "an address",
		DateType: "a date", CiteType: "a source id", Integer: "a whole number", Slug: "a kebab-case word",
	} {
		if got := typ.Article(); got != want {
			t.Errorf("%q is %q, want %q", typ, got, want)
		}
	}
	for _, typ := range []Type{Reference, CiteType, Slug, Text, DateType, FormerID} {
		if names := typ == Reference || typ == CiteType || typ == Slug; typ.Names() != names {
			t.Errorf("a list of %q may hold one twice: %v", typ, names)
		}
	}
}

// TestSiteDefaults fills in what site.yaml leaves out, and nothing else.
func TestSiteDefaults(t *testing.T) {
	s := Site{BaseURL: "https://brief.example.org:8443"}
	s.Check(nil)
	if s.Language != "en-GB" || s.Location != time.UTC || s.Editor != "The editors" || s.TaggingEntity != "brief.example.org,2026" {
		t.Errorf("%+v", s)
	}
	given := Site{BaseURL: "https://example.org", Language: "uk", Location: time.FixedZone("x", 3600), Editor: "A. Editor", TaggingEntity: "example.net,2020"}
	checked := given
	checked.Check(nil)
	if checked.Language != given.Language || checked.Location != given.Location || checked.Editor != given.Editor || checked.TaggingEntity != given.TaggingEntity {
		t.Errorf("%+v", checked)
	}
}
