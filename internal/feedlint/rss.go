package feedlint

import (
	"html"
	"slices"
	"strings"
)

// The elements of RSS 2.0 that may stand in its two containers. Those that are given once are all but category.
var (
	rssChannelOnce = words(`title link description language copyright managingEditor webMaster pubDate lastBuildDate generator docs cloud ttl
		image rating textInput skipHours skipDays`)
	rssItemOnce = words("title link description author comments enclosure guid pubDate source content:encoded atom:updated")
)

// rssFeed returns what a channel has in common with other feeds.
func rssFeed(root *element) feed {
	channel := root.child("channel")
	f := feed{
		language: channel.child("language").field(), title: channel.child("title").field(),
		newest: when(channel.child("lastBuildDate").field(), rfc822), archive: channel.child("fh:archive") != nil,
	}
	if channel != nil {
		f.at = channel.at
	}
	for _, e := range channel.all("item") {
		f.items = append(f.items, rssItem(e))
	}
	return f
}

// rssItem returns what an item has in common with those of other feeds. Its summary is HTML in which plain text was escaped.
func rssItem(e *element) item {
	i := item{
		at: e.at, id: e.child("guid").field(), title: e.child("title").field(), link: e.child("link").field(),
		summary: e.child("description").field(), content: e.child("content:encoded").field(),
		published: when(e.child("pubDate").field(), rfc822), updated: when(e.child("atom:updated").field(), rfc3339),
	}
	i.what = named("the item", i.title.text, i.id.text)
	// What is left of tags once the text is read as HTML is text, and no mistake.
	i.summary.text = tagLike.ReplaceAllString(html.UnescapeString(i.summary.text), "")
	return i
}

// channels makes a rule of what is to be found in the channel.
func channels(find func(*element, found)) func(*doc, found) {
	return func(d *doc, report found) {
		if channel := d.root.child("channel"); channel != nil {
			find(channel, report)
		}
	}
}

// rssItems makes a rule of what is to be found in each item, as it is written.
func rssItems(find func(e *element, what string, report found)) func(*doc, found) {
	return channels(func(channel *element, report found) {
		for _, e := range channel.all("item") {
			find(e, named("the item", e.child("title").value(), e.child("guid").value()), report)
		}
	})
}

// rssRules are about the channel: those of RSS 2.0 where it is clear, and elsewhere those of the profile of the RSS Advisory Board.
var rssRules = []Rule{
	// Readers choose a parser by the root alone: RSS 0.9 and 1.0 have the same names in another structure.
	{Code: "rss-version", Means: "the root is not <rss version=\"2.0\">", Spec: "RSS 2.0, “Sample files”; W3C validator InvalidRSSVersion",
		Hint: "write version=\"2.0\"", find: rssVersion},
	// The title is asked for in all formats, by feed-title.
	{Code: "rss-channel", Means: "the channel lacks what every channel has", Spec: "RSS 2.0, “Required channel elements”; W3C validator MissingElement",
		Hint: "add the element", find: func(d *doc, report found) {
			if d.root != nil && d.root.child("channel") == nil {
				report(d.root.at, "<rss> has no <channel>")
			}
			lacking(d.root.child("channel"), "the channel", words("link description"), report)
		}},
	// The language and the dates let a client decide what to do without reading the items; ttl says how soon to ask again.
	{Code: "rss-channel-more", Warning: true, Means: "the channel lacks what good readers use", Spec: "RSS 2.0, “Optional channel elements”; W3C validator MissingDCLanguage",
		Hint: "add the element", find: channels(func(channel *element, report found) {
			lacking(channel, "the channel", words("language generator docs ttl"), report)
			// A channel that has told of nothing yet has no date to give.
			if len(channel.all("item")) > 0 {
				lacking(channel, "the channel", words("pubDate lastBuildDate"), report)
			}
		})},
	// Subscribers reach the site by it, from within a program that knows no base address.
	{Code: "rss-link", Means: "an address of the channel that is not absolute", Spec: "RSS 2.0 link, docs; W3C validator InvalidFullLink",
		Hint: "give the whole address, with https://", find: channels(rssLinks)},
	// RSS has no element for this, so that of Atom is used: a reader that was given a saved or mirrored copy finds the original by it.
	{Code: "rss-self", Means: "the channel does not say where it is found", Spec: "RSS Advisory Board, Best Practices Profile, “atom:link”; W3C validator MissingAtomSelfLink",
		Hint: "add <atom:link rel=\"self\"> with the absolute address of the feed", find: channels(rssSelf)},
	// A reader that is offered several feeds chooses among them by the type.
	{Code: "rss-self-type", Means: "the link to the feed itself has another type than the feed", Spec: "RSS Advisory Board, Best Practices Profile, “atom:link”",
		Hint: "write type=\"application/rss+xml\"", find: channels(rssSelfType)},
	// Of two, one reader takes the first and another the last.
	{Code: "rss-once", Means: "an element that may stand once stands again", Spec: "RSS 2.0; W3C validator DuplicateElement",
		Hint: "keep one of the two", find: func(d *doc, report found) {
			once(d.root.child("channel"), "the channel", rssChannelOnce, report)
			rssItems(func(e *element, what string, report found) { once(e, what, rssItemOnce, report) })(d, report)
		}},
	// RSS 2.0 is frozen: all that is new belongs into a namespace, and without one is passed over.
	{Code: "rss-element", Means: "an element that RSS 2.0 does not have at that place", Spec: "RSS 2.0, “Extending RSS”; W3C validator UndefinedElement",
		Hint: "leave it out, or put it into the namespace that it is from", find: func(d *doc, report found) {
			strange(d.root, "<rss>", "", words("channel"), report)
			strange(d.root.child("channel"), "the channel", "", append(words("item category"), rssChannelOnce...), report)
			rssItems(func(e *element, what string, report found) {
				strange(e, what, "", append(words("category"), rssItemOnce...), report)
			})(d, report)
		}},
	// Those of the channel ask for what no reader does any more: to register for calls, to show a form, to rate. Those of an item come
	// with conditions, such as a length in bytes, that are easily broken.
	{Code: "rss-unwanted", Means: "an element that clients of today do not use, and validators trip over", Spec: "RSS Advisory Board, Best Practices Profile; W3C validator on source, cloud",
		Hint: "leave it out", find: func(d *doc, report found) {
			unwanted(d.root.child("channel"), "the channel", words("cloud textInput rating"), report)
			rssItems(func(e *element, what string, report found) {
				unwanted(e, what, words("source comments enclosure"), report)
			})(d, report)
		}},
	// A program that shows items as they arrive has to know the channel before the first of them.
	{Code: "rss-order", Means: "elements of the channel behind its items, which clients that read as they load miss", Spec: "RSS Advisory Board, Best Practices Profile, “item”",
		Hint: "write all items last", find: channels(rssOrder)},
	// The three elements hold an address by definition, so that readers offer to write to whatever stands there.
	{Code: "rss-email", Means: "a person without an e-mail address", Spec: "RSS 2.0 author, managingEditor, webMaster; W3C validator InvalidContact",
		Hint: "name the person in <dc:creator>", find: rssEmail},
	// A reader that cannot read the date takes the time of fetching, and an old item comes up as new.
	{Code: "rss-date", Means: "a date that is not by RFC 822 with a year of four digits", Spec: "RSS 2.0 pubDate; RFC 822 section 5; W3C validator InvalidRFC2822Date",
		Hint: "write it like “Mon, 02 Jan 2006 15:04:05 +0000”", find: rssDates},
	// A client that finds the date unchanged need not look at the items.
	{Code: "rss-pubdate", Means: "the channel's date is not that of its newest item", Spec: "RSS 2.0 pubDate",
		Hint: "give the pubDate of the newest item", find: rssPubDate},
	// RSS wants both repeated, for programs that show the image alone and need its alternative text and its link.
	{Code: "rss-image", Means: "the image is not that of the channel", Spec: "RSS 2.0 image; W3C validator ImageTitleDoesntMatch, ImageLinkDoesntMatch",
		Hint: "give it a url, and the title and link of the channel", find: channels(rssImage)},
	// It is in minutes, unlike sy:updateFrequency and all else that tells how often to ask.
	{Code: "rss-ttl", Means: "a time to live that is no number of minutes", Spec: "RSS 2.0 ttl; W3C validator InvalidPositiveInteger",
		Hint: "write the minutes, such as 60", find: channels(func(channel *element, report found) {
			if ttl := channel.child("ttl"); ttl.value() != "" && !isCount(ttl.value(), 1) {
				report(ttl.at, "the channel has the <ttl> “%s”", short(ttl.value()))
			}
		})},
}

// rssItemRules are about the items of the channel.
var rssItemRules = []Rule{
	// RSS asks for a title or a description only; without the date readers cannot sort.
	{Code: "rss-item", Means: "an item lacks what every item of ours has", Spec: "RSS 2.0, “Elements of <item>”",
		Hint: "add the element", find: rssItems(func(e *element, what string, report found) {
			lacking(e, what, words("description pubDate"), report)
		})},
	// <author> wants an e-mail address, which nobody publishes today; readers show the name in dc:creator.
	{Code: "rss-creator", Means: "an item without an author", Spec: "Dublin Core 1.1 creator; RSS Advisory Board, Best Practices Profile, “author”",
		Hint: "add a <dc:creator> for each author", find: rssItems(func(e *element, what string, report found) {
			lacking(e, what, words("dc:creator"), report)
		})},
	// isPermaLink is true where it is left out, so a plain id becomes a link that leads nowhere.
	{Code: "rss-guid", Means: "an id that readers take for an address", Spec: "RSS 2.0 guid; W3C validator InvalidHttpGUID",
		Hint: "write isPermaLink=\"false\"", find: rssItems(rssGuid)},
	// Some readers have one place for both texts and keep whichever comes first.
	{Code: "rss-summary-order", Means: "the full text stands before the summary, and readers that take the first take that", Spec: "RSS Advisory Board, Best Practices Profile, “content:encoded”",
		Hint: "write <description> first", find: rssItems(rssSummaryOrder)},
	// A description is read twice, as XML and then as HTML, and text has to be escaped for each.
	{Code: "rss-summary-bare", Means: "a summary that was not escaped as the HTML that it is read as", Spec: "RSS 2.0 description, “entity-encoded HTML is allowed”",
		Hint: "escape the text once as HTML, and once as XML", find: rssItems(func(e *element, what string, report found) {
			if f := e.child("description").field(); bareAmpersand(f.text) {
				report(f.at, "%s has an ampersand in its <description> that begins no entity", what)
			}
		})},
	// Lists of headlines show the description in one line, where paragraphs and images break the list.
	{Code: "rss-summary-markup", Means: "a summary with markup, where clients expect a sentence", Spec: "RSS Advisory Board, Best Practices Profile, “description”",
		Hint: "escape the text as HTML, or give the markup as <content:encoded>", find: rssItems(func(e *element, what string, report found) {
			if f := e.child("description").field(); tagLike.MatchString(f.text) {
				report(f.at, "%s has %s in its <description>", what, short(tagLike.FindString(f.text)))
			}
		})},
	// The domain says whose vocabulary a category is from; a word that is no address names nobody's.
	{Code: "rss-domain", Means: "a category whose domain is no address", Spec: "RSS 2.0 category",
		Hint: "give the absolute address of the vocabulary", find: rssItems(func(e *element, what string, report found) {
			for _, c := range e.all("category") {
				if domain, given := c.attr("domain"); given && !isAddress(domain) {
					report(c.at, "%s has the <category domain=%q>", what, short(domain))
				}
			}
		})},
	// Readers make a label of each category, here one without words.
	{Code: "rss-category", Means: "a category without a name", Spec: "RSS 2.0 category; W3C validator NotBlank",
		Hint: "name it, or leave it out", find: rssItems(func(e *element, what string, report found) {
			for _, c := range e.all("category") {
				if c.value() == "" {
					report(c.at, "%s has an empty <category>", what)
				}
			}
		})},
}

// rssVersion finds a root of which readers cannot tell what is within it.
func rssVersion(d *doc, report found) {
	if version, _ := d.root.attr("version"); d.root != nil && (d.root.name != "rss" || version != "2.0") {
		report(d.root.at, "the root is <%s version=%q>", d.root.name, short(version))
	}
}

// rssLinks finds addresses of the channel that lead nowhere from within a reader.
func rssLinks(channel *element, report found) {
	for _, name := range words("link docs") {
		if e := channel.child(name); e.value() != "" && !isAddress(e.value()) {
			report(e.at, "the channel has the <%s> “%s”", name, short(e.value()))
		}
	}
}

// rssLink returns the link of the channel with a relation, or nil.
func rssLink(channel *element, rel string) *element {
	for _, l := range channel.all("atom:link") {
		if l.attrValue("rel") == rel {
			return l
		}
	}
	return nil
}

// rssSelf finds a feed that cannot be subscribed to from a copy of it.
func rssSelf(channel *element, report found) {
	switch self := rssLink(channel, "self"); {
	case self == nil:
		report(channel.at, "the channel has no <atom:link rel=\"self\">")
	case !isAddress(self.attrValue("href")):
		report(self.at, "the channel's link to itself is “%s”, which is no absolute address", short(self.attrValue("href")))
	}
}

// rssSelfType finds a link to the feed that readers would not take for one.
func rssSelfType(channel *element, report found) {
	if self := rssLink(channel, "self"); self != nil && self.attrValue("type") != "application/rss+xml" {
		report(self.at, "the channel's link to itself has the type “%s”", short(self.attrValue("type")))
	}
}

// unwanted reports children that the format has but no feed of today should.
func unwanted(parent *element, what string, names []string, report found) {
	for _, name := range names {
		if e := parent.child(name); e != nil {
			report(e.at, "%s has <%s>", what, name)
		}
	}
}

// rssOrder finds what stands behind the first item.
func rssOrder(channel *element, report found) {
	first := slices.IndexFunc(channel.kids, func(e *element) bool { return e.name == "item" })
	for i, e := range channel.kids {
		if first >= 0 && i > first && e.name != "item" {
			report(e.at, "<%s> stands behind the first item", e.name)
		}
	}
}

// rssEmail finds persons that are named where RSS wants an address.
func rssEmail(d *doc, report found) {
	check := func(e *element, what string) {
		if e != nil && !isEmail(e.value()) {
			report(e.at, "%s has the <%s> “%s”, which is no e-mail address", what, e.name, short(e.value()))
		}
	}
	channel := d.root.child("channel")
	check(channel.child("managingEditor"), "the channel")
	check(channel.child("webMaster"), "the channel")
	rssItems(func(e *element, what string, _ found) { check(e.child("author"), what) })(d, report)
}

// rssDates finds dates that readers would guess at, or pass over.
func rssDates(d *doc, report found) {
	channel := d.root.child("channel")
	for _, name := range words("pubDate lastBuildDate") {
		wrongDate("the channel", channel.child(name).field(), rfc822, report)
	}
	for _, i := range d.feed.items {
		wrongDate(i.what, i.published.field, rfc822, report)
		wrongDate(i.what, i.updated.field, rfc3339, report)
	}
}

// rssPubDate finds a channel whose date is that of something else than its newest item.
func rssPubDate(d *doc, report found) {
	own := when(d.root.child("channel").child("pubDate").field(), rfc822)
	if own.IsZero() || len(d.feed.items) == 0 {
		return
	}
	newest := slices.MaxFunc(d.feed.items, func(a, b item) int { return a.published.Compare(b.published.Time) })
	if !newest.published.IsZero() && !newest.published.Equal(own.Time) {
		report(own.at, "the channel has the <pubDate> %s, but %s has %s", own.text, newest.what, newest.published.text)
	}
}

// rssImage finds an image that readers would show with another name than the feed.
func rssImage(channel *element, report found) {
	image := channel.child("image")
	if image == nil {
		return
	}
	if url := image.child("url").value(); !isAddress(url) {
		report(image.at, "the image has the <url> “%s”", short(url))
	}
	for _, name := range words("title link") {
		if own, of := image.child(name).value(), channel.child(name).value(); own != of {
			report(image.at, "the image has the <%s> “%s”, but the channel “%s”", name, short(own), short(of))
		}
	}
}

// rssGuid finds ids that readers would open as addresses.
func rssGuid(e *element, what string, report found) {
	guid := e.child("guid")
	permanent, given := guid.attr("isPermaLink")
	switch {
	case guid == nil:
	case given && permanent != "true" && permanent != "false":
		report(guid.at, "%s has isPermaLink=%q", what, short(permanent))
	case permanent != "false" && !isAddress(guid.value()):
		report(guid.at, "%s has the <guid> “%s”, which is no address, as a permanent link", what, short(guid.value()))
	}
}

// rssSummaryOrder finds an item whose summary stands second.
func rssSummaryOrder(e *element, what string, report found) {
	description, content := e.child("description"), e.child("content:encoded")
	if description != nil && content != nil && content.at < description.at {
		report(description.at, "%s has its <description> behind <content:encoded>", what)
	}
}

// isPlain reports whether a type of text in Atom is that of plain text.
func isPlain(kind string) bool { return kind == "" || strings.EqualFold(kind, "text") }
