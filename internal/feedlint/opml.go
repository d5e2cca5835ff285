package feedlint

import "slices"

// opmlRules are those of OPML 2.0 for lists of subscriptions. Outlines of other sorts, such as notes, are held against the common ones.
var opmlRules = []Rule{
	// Version 2.0 is the first to say what a subscription is.
	{Code: "opml-version", Means: "the root is not <opml version=\"2.0\">", Spec: "OPML 2.0, “The <opml> element”",
		Hint: "write version=\"2.0\"", find: func(d *doc, report found) {
			if version := d.root.attrValue("version"); d.root != nil && (d.root.name != "opml" || version != "2.0") {
				report(d.root.at, "the root is <%s version=%q>", d.root.name, short(version))
			}
		}},
	// Importers make a folder of the list and name it by the title.
	{Code: "opml-head", Means: "the list has no head with a title", Spec: "OPML 2.0, “The <head> element”; W3C validator MissingElement",
		Hint: "say in <head><title> what it is", find: func(d *doc, report found) {
			if d.root != nil && d.root.child("head").child("title").value() == "" {
				report(d.root.at, "the list has no title")
			}
		}},
	// An importer that finds nothing reports a broken file.
	{Code: "opml-body", Means: "the list has no body, or an empty one", Spec: "OPML 2.0, “The <body> element”",
		Hint: "list at least one feed", find: func(d *doc, report found) {
			if d.root != nil && len(d.root.child("body").all("outline")) == 0 {
				report(d.root.at, "the list has no outline in its <body>")
			}
		}},
	// Clients that follow a list tell by the date whether it is a new one.
	{Code: "opml-date", Means: "a date that is not by RFC 822 with a year of four digits", Spec: "OPML 2.0 dateCreated, dateModified; W3C validator InvalidRFC2822Date",
		Hint: "write it like “Mon, 02 Jan 2006 15:04:05 +0000”", find: func(d *doc, report found) {
			for _, name := range words("dateCreated dateModified") {
				wrongDate("the head", d.root.child("head").child(name).field(), rfc822, report)
			}
		}},
	// OPML 2.0 wants what is not its own in a namespace; importers pass over it.
	{Code: "opml-element", Means: "an element that OPML 2.0 does not have at that place", Spec: "OPML 2.0; W3C validator UndefinedElement",
		Hint: "leave it out", find: func(d *doc, report found) {
			strange(d.root, "<opml>", "", words("head body"), report)
			strange(d.root.child("head"), "the head", "", words(`title dateCreated dateModified ownerName ownerEmail ownerId docs expansionState
				vertScrollState windowTop windowLeft windowBottom windowRight`), report)
			strange(d.root.child("body"), "the body", "", words("outline"), report)
		}},
	// It is all that OPML asks of an outline.
	{Code: "opml-text", Means: "an outline without a text, which is a line without words", Spec: "OPML 2.0 text; W3C validator MissingAttribute",
		Hint: "say in text what it is", find: outlines(func(e *element, report found) {
			if e.attrValue("text") == "" {
				report(e.at, "an <outline> has no text")
			}
		})},
	// The list is read on another machine, where no base address is known.
	{Code: "opml-feed", Means: "a subscription without the address of its feed, or with one that is not absolute", Spec: "OPML 2.0, “Subscription lists”",
		Hint: "give xmlUrl as a whole address, with https://", find: outlines(func(e *element, report found) {
			if url := e.attrValue("xmlUrl"); e.attrValue("type") == "rss" && !isAddress(url) {
				report(e.at, "the outline “%s” has the xmlUrl “%s”", short(e.attrValue("text")), short(url))
			}
		})},
	// OPML calls all feeds rss, of whatever format; outlines of other types are not imported.
	{Code: "opml-type", Means: "an outline with the address of a feed that is not said to be one", Spec: "OPML 2.0, “Subscription lists”; W3C validator InvalidOutlineType",
		Hint: "write type=\"rss\", whatever the format of the feed", find: outlines(func(e *element, report found) {
			if kind := e.attrValue("type"); kind != "rss" && (e.attrValue("xmlUrl") != "" || kind != "" && kind != "link" && kind != "include") {
				report(e.at, "the outline “%s” has the type “%s”", short(e.attrValue("text")), short(kind))
			}
		})},
	// An importer that meets title or htmlUrl takes the group for a subscription without address.
	{Code: "opml-group", Means: "a group with more than a text", Spec: "OPML 2.0, “Subscription lists”; W3C validator MissingOutlineType",
		Hint: "keep text alone", find: outlines(opmlGroup)},
	// With them a client can show the list before it has fetched a single feed.
	{Code: "opml-subscription", Warning: true, Means: "a subscription without its title, its page or the format of its feed", Spec: "OPML 2.0, “Subscription lists”",
		Hint: "add the attribute", find: outlines(func(e *element, report found) {
			for _, name := range words("title htmlUrl version") {
				if e.attrValue("type") == "rss" && e.attrValue(name) == "" {
					report(e.at, "the outline “%s” has no %s", short(e.attrValue("text")), name)
				}
			}
		})},
	// It is opened from within the reader.
	{Code: "opml-page", Means: "the address of a subscription's page is not absolute", Spec: "OPML 2.0 htmlUrl; W3C validator InvalidURLAttribute",
		Hint: "give the whole address, with https://", find: outlines(func(e *element, report found) {
			if url, given := e.attr("htmlUrl"); given && !isAddress(url) {
				report(e.at, "the outline “%s” has the htmlUrl “%s”", short(e.attrValue("text")), short(url))
			}
		})},
	// A client offers a reader the feeds in the languages that are set on the machine.
	{Code: "opml-language", Means: "a language tag of a subscription that is none", Spec: "BCP 47; OPML 2.0 language",
		Hint: "write it like “en-GB”", find: outlines(func(e *element, report found) {
			if tag, given := e.attr("language"); given && !isLanguage(tag) {
				report(e.at, "the outline “%s” has the language “%s”", short(e.attrValue("text")), short(tag))
			}
		})},
	// The version has values for RSS alone; that of another format misleads whoever chooses a parser by it.
	{Code: "opml-format", Means: "a subscription with a version that is none", Spec: "OPML 2.0 version; W3C validator InvalidOutlineVersion",
		Hint: "write RSS2 for RSS 2.0, and leave it out for others", find: outlines(func(e *element, report found) {
			if v, given := e.attr("version"); given && !slices.Contains(words("RSS RSS1 RSS2 scriptingNews"), v) {
				report(e.at, "the outline “%s” has the version “%s”", short(e.attrValue("text")), short(v))
			}
		})},
	// A client keeps one of the two, and nobody can foresee in which group.
	{Code: "opml-twice", Means: "one feed listed twice", Spec: "OPML 2.0, “Subscription lists”",
		Hint: "keep one of the two", find: opmlTwice},
}

// outlines makes a rule of what is to be found in each outline, at any depth.
func outlines(find func(*element, found)) func(*doc, found) {
	return func(d *doc, report found) {
		d.root.child("body").walk(func(e *element) {
			if e.name == "outline" {
				find(e, report)
			}
		})
	}
}

// opmlGroup finds groups that readers would take for a feed.
func opmlGroup(e *element, report found) {
	if _, typed := e.attr("type"); typed || e.attrValue("xmlUrl") != "" {
		return
	}
	for _, a := range e.attrs {
		if a.name != "text" {
			report(e.at, "the group “%s” has the attribute %s", short(e.attrValue("text")), a.name)
			return
		}
	}
}

// opmlTwice finds subscriptions that readers would merge, or refuse.
func opmlTwice(d *doc, report found) {
	first := map[string]string{}
	outlines(func(e *element, report found) {
		url := e.attrValue("xmlUrl")
		if other, taken := first[url]; taken && url != "" {
			report(e.at, "the outlines “%s” and “%s” have one xmlUrl", short(other), short(e.attrValue("text")))
			return
		}
		first[url] = e.attrValue("text")
	})(d, report)
}
