package feedlint

import (
	"fmt"
	"strings"
	"time"
)

// itemsLimit is how many items a feed has that is fetched every hour. Older ones are in its archives.
const itemsLimit = 50

// A feed is what the three formats have in common.
type feed struct {
	// at is the offset of the element or the object that holds the items: where what is missing is reported.
	at       int
	archive  bool // an archive document, by RFC 5005
	language field
	title    field
	// newest is when the feed says that it last changed; JSON Feed has no such date.
	newest moment
	items  []item
}

// An item is one thing that a feed tells of.
type item struct {
	what string // how messages name it
	at   int

	// What every item should have. A field that is not given is empty, and its offset 0.
	id, title, link field
	summary         field // with plain already read as the format wants it
	content         field // HTML

	// The second is zero for an item that never changed, where a format lets it be left out.
	published, updated moment
}

// A field is the text of an element or of a key.
type field struct {
	text    string
	at      int
	element string // how messages name it
	given   bool
}

// A moment is a date that was understood, or the zero time.
type moment struct {
	field
	time.Time
}

// when reads the date in a field. What is wrong with it the rules of the format report.
func when(f field, read func(string) (time.Time, string)) moment {
	t, wrong := read(f.text)
	if wrong != "" {
		t = time.Time{}
	}
	return moment{f, t}
}

// items makes a rule of what is to be found in each item.
func items(find func(*item, found)) func(*doc, found) {
	return func(d *doc, report found) {
		for i := range d.feed.items {
			find(&d.feed.items[i], report)
		}
	}
}

// itemRules are those that hold for an item whatever its format. Where two specifications differ the stricter one is followed.
var itemRules = []Rule{
	// Fifty items cover days of a reader that was switched off, and a client that asks every hour should not be sent a history each time.
	{Code: "feed-items", Means: "a feed that is fetched every hour has more than fifty items", Spec: "RFC 5005 section 4",
		Hint: "keep the newest fifty, and the others in archives", find: tooMany},
	// Readers choose a voice, a hyphenation and a translation by the tag, and fall back on that of the machine without a word.
	{Code: "feed-language", Means: "a language tag that is none", Spec: "BCP 47; W3C validator InvalidLanguage",
		Hint: "write it like “en-GB”", find: badLanguage},
	// The id is all by which a reader knows what it has shown: without one it goes by the address, and an item that moves is shown anew.
	{Code: "feed-id", Means: "an item without an id, or with one that is no absolute IRI", Spec: "RSS 2.0 guid; RFC 4287 section 4.2.6; JSON Feed 1.1 id",
		Hint: "give it a tag URI that never changes", find: items(badID)},
	// A tag URI is unique because its host and year say who may mint it. One out of form promises that and does not keep it.
	{Code: "feed-id-tag", Means: "an id that begins as a tag URI but is none", Spec: "RFC 4151 section 2.1; W3C validator InvalidTAG",
		Hint: "write tag:host,year:name, with other characters percent-encoded", find: items(badTag)},
	// The second of two is taken for a newer version of the first, which then vanishes.
	{Code: "feed-id-twice", Means: "two items with one id, of which readers show one", Spec: "RFC 4287 section 4.1.1; W3C validator DuplicateValue",
		Hint: "give each item an id of its own", find: repeated(func(i *item) field { return i.id }, "id")},
	// JSON Feed and RSS allow an item without a title, for microblogs. In a list of headlines it is a blank line.
	{Code: "feed-title", Means: "an item or a feed without a title", Spec: "RFC 4287 section 4.1; RSS 2.0; W3C validator MissingItemTitle",
		Hint: "say in one line what it is", find: noTitle},
	// RSS does not say whether a title is text or HTML, and readers are divided. Only a title without either sign reads alike in all.
	{Code: "feed-title-markup", Means: "a title that readers take for markup, however it is escaped", Spec: "W3C validator ContainsHTML, CharacterData",
		Hint: "write titles without angle brackets and entities", find: markedTitle},
	// A reader has no page that a relative address could be relative to, and a cached copy has another one than the feed.
	{Code: "feed-link", Means: "an item that leads nowhere: no link, or one that is not absolute", Spec: "RSS 2.0 link; RFC 4287 section 4.1.1; JSON Feed 1.1 url",
		Hint: "give the whole address, with https://", find: items(badLink)},
	// Aggregators that distrust ids go by the address, and so would show one of two meetings on a page.
	{Code: "feed-link-twice", Warning: true, Means: "two items with one address, which some readers merge", Spec: "RFC 4287 section 4.2.7.2",
		Hint: "lead each to its own place, with a fragment where it is on a page with others", find: repeated(func(i *item) field { return i.link }, "link")},
	// Readers that sort by change would put such an item before what it was made from.
	{Code: "feed-updated", Means: "an item that changed before it was published", Spec: "RFC 4287 section 4.2.15",
		Hint: "the date of change is that of publication, or later", find: items(updatedEarly)},
	// Two items of one instant change places from one fetch to the next, and a reader that keeps the newest date alone misses one.
	{Code: "feed-updated-twice", Warning: true, Means: "two items with one date of change, whose order readers cannot know", Spec: "W3C validator DuplicateUpdated",
		Hint: "let their times differ by a second", find: repeated(func(i *item) field { return i.updated.field }, "date of change")},
	// As above, for readers that sort by publication.
	{Code: "feed-published-twice", Warning: true, Means: "two items published at one instant, whose order readers cannot know", Spec: "RFC 4287 section 4.2.9",
		Hint: "let their times differ by a second", find: repeated(func(i *item) field { return i.published.field }, "date of publication")},
	// Some readers hide what is dated in the future until then, and others keep it on top for ever.
	{Code: "feed-future", Means: "an item later than the feed says it last changed", Spec: "RFC 4287 section 4.2.15; W3C validator ImplausibleDate",
		Hint: "the feed's own date is that of its newest item or change", find: inFuture},
	// A program that takes the first ten items takes them for the newest ten.
	{Code: "feed-order", Means: "items that are not newest first", Spec: "RFC 4287 section 4.1.1, which leaves it to readers; some do not sort",
		Hint: "sort by the date of publication", find: disordered},
	// Notifications show a summary as it is, and web readers put it into a page.
	{Code: "feed-summary-markup", Warning: true, Means: "a summary in plain text that looks like markup, which some readers take it for", Spec: "RFC 4287 section 3.1.1; JSON Feed 1.1 summary; W3C validator TypeContainsHTML",
		Hint: "write plain text; the HTML has a place of its own", find: items(markedSummary)},
	// Text that was escaped for HTML and then for XML once too often shows “&amp;” to the reader. It can be meant, in a text about HTML.
	{Code: "feed-summary-twice", Warning: true, Means: "a summary that was escaped twice", Spec: "W3C validator, on double-escaped text",
		Hint: "escape it once for each format that it is put into", find: items(escapedTwice)},
}

// tooMany finds a feed that should have archives. An archive may hold what it likes.
func tooMany(d *doc, report found) {
	if n := len(d.feed.items); n > itemsLimit && !d.feed.archive {
		report(d.feed.items[itemsLimit].at, "the feed has %d items", n)
	}
}

// badLanguage finds a tag by which no reader can choose a voice or a hyphenation.
func badLanguage(d *doc, report found) {
	if l := d.feed.language; l.given && !isLanguage(l.text) {
		report(l.at, "%s is “%s”, which is no language", l.element, short(l.text))
	}
}

// badID finds an item that readers cannot tell from others once its address changes.
func badID(i *item, report found) {
	switch {
	case i.id.text == "":
		report(i.at, "%s has no id", i.what)
	case !isIRI(i.id.text):
		report(i.id.at, "%s has the %s “%s”, which is no absolute IRI", i.what, i.id.element, short(i.id.text))
	}
}

// badTag finds ids that only look as if nobody else could mint them.
func badTag(i *item, report found) {
	if !isTag(i.id.text) {
		report(i.id.at, "%s has the %s “%s”, which is no tag URI", i.what, i.id.element, short(i.id.text))
	}
}

// repeated finds items that have the same text in a field as one before them.
func repeated(of func(*item) field, what string) func(*doc, found) {
	return func(d *doc, report found) {
		first := map[string]*item{}
		for n := range d.feed.items {
			i := &d.feed.items[n]
			f := of(i)
			if other, taken := first[f.text]; taken {
				report(f.at, "%s has the same %s, %s, as %s", i.what, what, short(f.text), other.what)
			} else if f.text != "" {
				first[f.text] = i
			}
		}
	}
}

// noTitle finds a feed or an item that would be an empty line in a list.
func noTitle(d *doc, report found) {
	if d.feed.title.text == "" && (d.root != nil || d.json != nil) {
		report(max(d.feed.title.at, d.feed.at), "the feed has no title")
	}
	for _, i := range d.feed.items {
		if i.title.text == "" {
			report(max(i.title.at, i.at), "%s has no title", i.what)
		}
	}
}

// markedTitle finds titles that one reader shows as they are and another without their markup.
func markedTitle(d *doc, report found) {
	marked := func(f field, what string) {
		if strings.ContainsAny(f.text, "<>") || entityLike.MatchString(f.text) {
			report(f.at, "%s has a title with markup, “%s”", what, short(f.text))
		}
	}
	marked(d.feed.title, "the feed")
	for _, i := range d.feed.items {
		marked(i.title, i.what)
	}
}

// badLink finds items that cannot be opened.
func badLink(i *item, report found) {
	switch {
	case i.link.text == "":
		report(i.at, "%s has no link", i.what)
	case !isAddress(i.link.text):
		report(i.link.at, "%s has the link “%s”, which is no absolute address", i.what, short(i.link.text))
	}
}

// updatedEarly finds items whose two dates contradict each other.
func updatedEarly(i *item, report found) {
	if !i.updated.IsZero() && i.updated.Before(i.published.Time) {
		report(i.updated.at, "%s changed at %s but was published at %s", i.what, i.updated.text, i.published.text)
	}
}

// inFuture finds dates later than that of the feed, each item once. It stands in for the clock, which no check may depend on.
func inFuture(d *doc, report found) {
	newest := d.feed.newest
	for _, i := range d.feed.items {
		for _, m := range []moment{i.published, i.updated} {
			if !newest.IsZero() && m.After(newest.Time) {
				report(m.at, "%s has the date %s, but the feed last changed at %s", i.what, m.text, newest.text)
				break
			}
		}
	}
}

// disordered finds an item before which an older one stands.
func disordered(d *doc, report found) {
	for n := 1; n < len(d.feed.items); n++ {
		i, before := &d.feed.items[n], &d.feed.items[n-1]
		if !before.published.IsZero() && i.published.After(before.published.Time) {
			report(i.at, "%s is newer than %s, which stands before it", i.what, before.what)
		}
	}
}

// markedSummary finds summaries that some readers show with their tags.
func markedSummary(i *item, report found) {
	if tag := tagLike.FindString(i.summary.text); tag != "" {
		report(i.summary.at, "%s has %s in its %s", i.what, short(tag), i.summary.element)
	}
}

// escapedTwice finds summaries that would show a character reference. Text may speak of one, so that it is no error.
func escapedTwice(i *item, report found) {
	if ref := entityLike.FindString(i.summary.text); ref != "" {
		report(i.summary.at, "%s shows %s in its %s", i.what, ref, i.summary.element)
	}
}

// wrongDate reports a date that the format does not know.
func wrongDate(what string, f field, read func(string) (time.Time, string), report found) {
	if !f.given {
		return
	}
	if _, wrong := read(f.text); wrong != "" {
		report(f.at, "%s has the %s “%s”: %s", what, f.element, short(f.text), wrong)
	}
}

// quoted returns values as a list in words.
func quoted(values ...string) string {
	return fmt.Sprintf("“%s”", strings.Join(values, "”, “"))
}
