package feedlint

import (
	"regexp"
	"slices"
	"strings"
)

// The keys of JSON Feed 1.1, with the type of each.
var (
	jsonFeedKeys = map[string]kind{
		"version": textual, "title": textual, "home_page_url": textual, "feed_url": textual, "description": textual, "user_comment": textual,
		"next_url": textual, "icon": textual, "favicon": textual, "authors": array, "language": textual, "expired": truth, "hubs": array, "items": array,
	}
	jsonItemKeys = map[string]kind{
		"id": textual, "url": textual, "external_url": textual, "title": textual, "content_html": textual, "content_text": textual,
		"summary": textual, "image": textual, "banner_image": textual, "date_published": textual, "date_modified": textual,
		"authors": array, "tags": array, "language": textual, "attachments": array,
	}
)

// jsonFeedOf returns what a feed has in common with those of other formats.
func jsonFeedOf(root *value) feed {
	f := feed{title: root.field("title"), language: root.field("language")}
	if root != nil {
		f.at = root.at
	}
	// Later pages of a feed are known by their name alone: the format has no mark for them.
	f.archive = jsonArchive.MatchString(root.key("feed_url").str())
	for _, v := range root.key("items").list() {
		if v.is(object) {
			f.items = append(f.items, jsonItem(v))
		}
	}
	return f
}

// jsonArchive is the address of a later page of a feed.
var jsonArchive = regexp.MustCompile(`/(archives?|history)/|/feed-[^/]*\.json$`)

// jsonItem returns what an item has in common with those of other formats.
func jsonItem(v *value) item {
	i := item{
		at: v.at, id: v.field("id"), title: v.field("title"), link: v.field("url"), summary: v.field("summary"), content: v.field("content_html"),
		published: when(v.field("date_published"), rfc3339), updated: when(v.field("date_modified"), rfc3339),
	}
	if i.content.text == "" {
		i.content = v.field("content_text")
	}
	i.what = named("the item", i.title.text, i.id.text)
	return i
}

// jsonItems makes a rule of what is to be found in each item, as it is written.
func jsonItems(find func(v *value, what string, report found)) func(*doc, found) {
	return func(d *doc, report found) {
		for _, v := range d.json.key("items").list() {
			find(v, named("the item", v.key("title").str(), v.key("id").str()), report)
		}
	}
}

// jsonObjects makes a rule of what is to be found in the feed and in each item.
func jsonObjects(find func(v *value, what string, report found)) func(*doc, found) {
	return func(d *doc, report found) {
		if d.json.is(object) {
			find(d.json, "the feed", report)
		}
		jsonItems(find)(d, report)
	}
}

// jsonRules are those of JSON Feed 1.1. No validator of the W3C reads the format, so that they follow its text alone.
var jsonRules = []Rule{
	// Unlike XML's, parsers of JSON tell no more than that; the feed shows nothing.
	{Code: "json-syntax", Means: "the file is no JSON", Spec: "RFC 8259 section 2",
		Hint: "write it with a JSON encoder", find: parsed("json-syntax")},
	// The standard leaves open which of the two counts, and parsers differ.
	{Code: "json-twice", Means: "a key twice in one object, of which readers take one", Spec: "RFC 8259 section 4",
		Hint: "keep one of the two", find: parsed("json-twice")},
	// Clients know a JSON Feed by this key. Version 1 has author where 1.1 has authors.
	{Code: "json-version", Means: "the version is not that of JSON Feed 1.1", Spec: "JSON Feed 1.1 version",
		Hint: "write https://jsonfeed.org/version/1.1", find: func(d *doc, report found) {
			if v := d.json.key("version"); d.json != nil && v.str() != "https://jsonfeed.org/version/1.1" {
				report(d.json.at, "the feed has the version “%s”", short(v.str()))
			}
		}},
	// A client that finds no list does not know whether there is nothing new or the file is cut off.
	{Code: "json-items", Means: "no items, not even an empty list", Spec: "JSON Feed 1.1 items",
		Hint: "write \"items\": [] where there are none", find: func(d *doc, report found) {
			if d.json != nil && d.json.key("items") == nil {
				report(d.json.at, "the feed has no key items")
			}
		}},
	// They are shown when somebody subscribes, and feed_url is where a client asks from then on.
	{Code: "json-feed-more", Warning: true, Means: "the feed lacks what good readers use", Spec: "JSON Feed 1.1, “Top-level”",
		Hint: "add the key", find: func(d *doc, report found) {
			for _, key := range words("home_page_url feed_url description language authors") {
				if d.json != nil && d.json.key(key) == nil {
					report(d.json.at, "the feed has no key %s", key)
				}
			}
		}},
	// So is null: a key without a value is left out.
	{Code: "json-type", Means: "a value of another type than its key has", Spec: "JSON Feed 1.1",
		Hint: "write the type that the format has", find: jsonTypes},
	// It is mostly one that was misspelt, and what it says is shown to nobody.
	{Code: "json-key", Means: "a key that the format does not have, and that is no extension", Spec: "JSON Feed 1.1, “Extensions”",
		Hint: "leave it out, or begin it with an underscore and a letter", find: jsonObjects(func(v *value, what string, report found) {
			known := jsonItemKeys
			if what == "the feed" {
				known = jsonFeedKeys
			}
			for i, key := range v.keys {
				if _, ok := known[key]; !ok && !extension.MatchString(key) {
					report(v.kids[i].at, "%s has the key %q", what, short(key))
				}
			}
		})},
	// The specification asks for both, so that a client can read any extension into one type.
	{Code: "json-extension", Means: "an extension that is no object, or has keys with dots", Spec: "JSON Feed 1.1, “Extensions”",
		Hint: "make it an object whose keys have no dots", find: jsonObjects(jsonExtension)},
	// JSON Feed has no base address.
	{Code: "json-url", Means: "an address that is not absolute", Spec: "JSON Feed 1.1",
		Hint: "give the whole address, with https://", find: jsonObjects(jsonURLs)},
	// A client that follows next_url until there is none would never end.
	{Code: "json-next", Means: "a feed whose next page is itself", Spec: "JSON Feed 1.1 next_url",
		Hint: "lead to the page of older items, or leave the key out", find: func(d *doc, report found) {
			if next := d.json.field("next_url"); next.text != "" && next.text == d.json.key("feed_url").str() {
				report(next.at, "the feed has itself as next_url")
			}
		}},
	// A client that cannot read the date takes the time of fetching, and an old item comes up as new.
	{Code: "json-date", Means: "a date that is not by RFC 3339", Spec: "JSON Feed 1.1 date_published, date_modified",
		Hint: "write it like “2006-01-02T15:04:05Z”", find: func(d *doc, report found) {
			for _, i := range d.feed.items {
				wrongDate(i.what, i.published.field, rfc3339, report)
				wrongDate(i.what, i.updated.field, rfc3339, report)
			}
		}},
	// The format asks for an id and a text alone. Without the date clients cannot sort.
	{Code: "json-item", Means: "an item lacks what every item of ours has", Spec: "JSON Feed 1.1, “Items”",
		Hint: "add the key", find: jsonItems(func(v *value, what string, report found) {
			for _, key := range words("summary date_published") {
				if v.is(object) && v.key(key) == nil {
					report(v.at, "%s has no key %s", what, key)
				}
			}
		})},
	// One of the three must be there by the specification; an empty object is a line without words.
	{Code: "json-author", Means: "an author without name, address and picture", Spec: "JSON Feed 1.1 authors",
		Hint: "give the name", find: jsonObjects(func(v *value, what string, report found) {
			for _, a := range v.key("authors").list() {
				if a.key("name").str() == "" && a.key("url").str() == "" && a.key("avatar").str() == "" {
					report(a.at, "%s has an author of whom nothing is said", what)
				}
			}
		})},
	// The type says by which protocol to subscribe at the address, and either is of no use alone.
	{Code: "json-hub", Means: "a hub without type and address", Spec: "JSON Feed 1.1, “Subscribing to real-time notifications”",
		Hint: "give type and url", find: func(d *doc, report found) {
			for _, h := range d.json.key("hubs").list() {
				if h.key("type").str() == "" || !isAddress(h.key("url").str()) {
					report(h.at, "the feed has a hub without type or address")
				}
			}
		}},
	// By the type a client decides whether it can play the file, before it fetches it.
	{Code: "json-attachment", Means: "an attachment without address or type", Spec: "JSON Feed 1.1 attachments",
		Hint: "give url and mime_type", find: jsonItems(func(v *value, what string, report found) {
			for _, a := range v.key("attachments").list() {
				if !isAddress(a.key("url").str()) || a.key("mime_type").str() == "" {
					report(a.at, "%s has an attachment without address or type", what)
				}
			}
		})},
}

// extension is what a key of one's own begins with.
var extension = regexp.MustCompile(`^_[a-zA-Z]`)

// jsonTypes finds values that clients in typed languages refuse, with the whole feed.
func jsonTypes(d *doc, report found) {
	if d.json != nil && d.json.kind != object {
		report(d.json.at, "the feed is %s", d.json.kind)
	}
	types := func(v *value, what string, want map[string]kind) {
		for i, key := range v.keys {
			if k, known := want[key]; known && v.kids[i].kind != k {
				report(v.kids[i].at, "%s has %s as %s, not %s", what, v.kids[i].kind, key, k)
			}
		}
		for _, tag := range v.key("tags").list() {
			if tag.kind != textual {
				report(tag.at, "%s has %s as one of its tags, not %s", what, tag.kind, textual)
			}
		}
	}
	if d.json != nil {
		types(d.json, "the feed", jsonFeedKeys)
	}
	jsonItems(func(v *value, what string, report found) {
		if v.kind != object {
			report(v.at, "one of the items is %s", v.kind)
		}
		types(v, what, jsonItemKeys)
	})(d, report)
}

// jsonExtension finds extensions that clients cannot pass over.
func jsonExtension(v *value, what string, report found) {
	for i, key := range v.keys {
		if !extension.MatchString(key) {
			continue
		}
		switch k := v.kids[i]; {
		case k.kind != object:
			report(k.at, "%s has the extension %s, which is %s", what, short(key), k.kind)
		case strings.Contains(key, ".") || slices.ContainsFunc(k.keys, func(s string) bool { return strings.Contains(s, ".") }):
			report(k.at, "%s has the extension %s with a dot in a key", what, short(key))
		}
	}
}

// jsonURLs finds addresses that no reader can follow. That of an item's page is a rule of all formats.
func jsonURLs(v *value, what string, report found) {
	for _, key := range words("home_page_url feed_url next_url icon favicon external_url image banner_image") {
		if f := v.field(key); v.key(key).is(textual) && !isAddress(f.text) {
			report(f.at, "%s has the %s “%s”", what, key, short(f.text))
		}
	}
	for _, a := range v.key("authors").list() {
		for _, key := range words("url avatar") {
			if f := a.field(key); f.given && !isIRI(f.text) {
				report(f.at, "%s has the %s “%s” of an author", what, key, short(f.text))
			}
		}
	}
}
