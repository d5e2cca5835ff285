package feedlint

import (
	"slices"
	"strings"
)

// The elements of RFC 4287 that may stand in its two containers, and those of them that may stand once.
var (
	atomFeedOnce  = words("atom:generator atom:icon atom:id atom:logo atom:rights atom:subtitle atom:title atom:updated")
	atomFeedOwn   = words("author category contributor generator icon id link logo rights subtitle title updated entry")
	atomEntryOnce = words("atom:content atom:id atom:published atom:rights atom:source atom:summary atom:title atom:updated")
	atomEntryOwn  = words("author category content contributor id link published rights source summary title updated")
	// Needs are what the specification asks for, wants what readers make use of. The title is asked for in all formats, by feed-title.
	atomFeedNeeds  = words("atom:id atom:updated")
	atomFeedWants  = words("atom:subtitle atom:generator")
	atomEntryNeeds = words("atom:updated atom:published")
)

// atomFeed returns what a feed document has in common with other feeds.
func atomFeed(root *element) feed {
	f := feed{
		title: root.child("atom:title").field(), newest: when(root.child("atom:updated").field(), rfc3339),
		archive: root.child("fh:archive") != nil,
	}
	if root == nil {
		return f
	}
	f.at = root.at
	if tag, given := root.attr("xml:lang"); given {
		f.language = field{text: tag, at: root.at, element: "xml:lang", given: true}
	}
	for _, e := range root.all("atom:entry") {
		f.items = append(f.items, atomEntry(e))
	}
	return f
}

// atomEntry returns what an entry has in common with the items of other feeds.
func atomEntry(e *element) item {
	i := item{
		at: e.at, id: e.child("atom:id").field(), title: e.child("atom:title").field(),
		summary: e.child("atom:summary").field(), content: e.child("atom:content").field(),
		published: when(e.child("atom:published").field(), rfc3339), updated: when(e.child("atom:updated").field(), rfc3339),
	}
	if list := atomLinks(e, "alternate"); len(list) > 0 {
		i.link = field{text: list[0].attrValue("href"), at: list[0].at, element: "<atom:link>", given: true}
	}
	i.what = named("the entry", i.title.text, i.id.text)
	return i
}

// atomLinks returns the links with a relation. One without any is an alternate.
func atomLinks(e *element, rel string) []*element {
	return slices.DeleteFunc(e.all("atom:link"), func(l *element) bool {
		own, given := l.attr("rel")
		return own != rel && (given || rel != "alternate")
	})
}

// containers makes a rule of what is to be found in the feed and in each entry, as they are written.
func containers(find func(e *element, what string, report found)) func(*doc, found) {
	return func(d *doc, report found) {
		if d.root != nil {
			find(d.root, "the feed", report)
		}
		entries(find)(d, report)
	}
}

// entries makes a rule of what is to be found in each entry.
func entries(find func(e *element, what string, report found)) func(*doc, found) {
	return func(d *doc, report found) {
		for _, e := range d.root.all("atom:entry") {
			find(e, named("the entry", e.child("atom:title").value(), e.child("atom:id").value()), report)
		}
	}
}

// atomRules are those of RFC 4287 and what the W3C validator adds. xml:base and content in other forms than HTML are legal there; ours do
// without, since not all readers know them.
var atomRules = []Rule{
	// Atom 0.3 has the same names in another namespace, and readers dropped it long ago.
	{Code: "atom-root", Means: "the root is not a feed of Atom 1.0", Spec: "RFC 4287 section 2; W3C validator InvalidNamespace",
		Hint: "write <feed xmlns=\"http://www.w3.org/2005/Atom\">", find: func(d *doc, report found) {
			if d.root != nil && d.root.name != "atom:feed" {
				report(d.root.at, "the root is <%s> of the namespace “%s”", strings.TrimPrefix(d.root.name, "?:"), short(d.root.space))
			}
		}},
	// The id tells two feeds apart wherever they are fetched from, and the date tells a client whether to read on.
	{Code: "atom-feed", Means: "the feed lacks what every feed has", Spec: "RFC 4287 section 4.1.1; W3C validator MissingElement",
		Hint: "add the element", find: func(d *doc, report found) { lacking(d.root, "the feed", atomFeedNeeds, report) }},
	// They are shown when somebody subscribes, and when somebody looks for the program at fault.
	{Code: "atom-feed-more", Warning: true, Means: "the feed lacks what good readers use", Spec: "RFC 4287 section 4.2",
		Hint: "add the element", find: func(d *doc, report found) { lacking(d.root, "the feed", atomFeedWants, report) }},
	// Atom asks for the date of change alone. A reader that sorts by it would bring each correction up as news, so ours give both.
	{Code: "atom-entry", Means: "an entry lacks what every entry of ours has", Spec: "RFC 4287 section 4.1.2; W3C validator MissingElement",
		Hint: "add the element", find: entries(func(e *element, what string, report found) { lacking(e, what, atomEntryNeeds, report) })},
	// Readers without one cut the content off in mid-sentence.
	{Code: "atom-summary", Means: "an entry without a summary", Spec: "RFC 4287 section 4.2.13",
		Hint: "say in one or two sentences what it is about", find: entries(func(e *element, what string, report found) {
			lacking(e, what, words("atom:summary"), report)
		})},
	// The address of the feed would do, until it moves and all its entries come up as new.
	{Code: "atom-id", Means: "an id of the feed that is no absolute IRI, or that of an entry", Spec: "RFC 4287 section 4.2.6; W3C validator InvalidFullLink",
		Hint: "give the feed a tag URI of its own", find: atomID},
	// Unlike RSS and JSON Feed, Atom says it for each element, and the root's holds for all.
	{Code: "atom-lang", Means: "the feed does not say its language", Spec: "RFC 4287 section 2; W3C validator MissingDCLanguage",
		Hint: "add xml:lang to <feed>", find: func(d *doc, report found) {
			if _, given := d.root.attr("xml:lang"); d.root != nil && !given {
				report(d.root.at, "<feed> has no xml:lang")
			}
		}},
	// A reader subscribes to this address, not to the one that it was handed, which may be a copy's or a redirect's.
	{Code: "atom-self", Means: "the feed does not say where it is found", Spec: "RFC 4287 section 4.1.1; W3C validator MissingSelf",
		Hint: "add <link rel=\"self\" type=\"application/atom+xml\"> with the absolute address of the feed", find: atomSelf},
	// A reader opens the first that suits its type and language, and of two alike it cannot know which is meant.
	{Code: "atom-alternate", Means: "no page, or two of a kind, that the feed or an entry stands for", Spec: "RFC 4287 section 4.1.1; W3C validator DuplicateAtomLink, MissingAlternateLink",
		Hint: "give one <link rel=\"alternate\">", find: containers(atomAlternate)},
	// xml:base would make relative ones legal, and half of the readers do not know it.
	{Code: "atom-link", Means: "a link without an absolute address", Spec: "RFC 4287 section 4.2.7.1; W3C validator MissingHref",
		Hint: "give the whole address, with https://", find: containers(atomLink)},
	// A relation that is neither registered nor an address means something to its author alone.
	{Code: "atom-rel", Means: "a link with a relation that is not registered", Spec: "RFC 4287 section 4.2.7.2; W3C validator UnregisteredAtomLinkRel",
		Hint: "use a registered one", find: containers(atomRel)},
	// Atom knows one form, with a zone. Readers that fail to read it take the time of fetching.
	{Code: "atom-date", Means: "a date that is not by RFC 3339", Spec: "RFC 4287 section 3.3; W3C validator InvalidRFC3339Date",
		Hint: "write it like “2006-01-02T15:04:05Z”", find: containers(func(e *element, what string, report found) {
			for _, name := range words("atom:updated atom:published") {
				wrongDate(what, e.child(name).field(), rfc3339, report)
			}
		})},
	// An entry may be passed on without its feed, and must then still say whose it is.
	{Code: "atom-author", Means: "nobody is named as author", Spec: "RFC 4287 section 4.1.1; W3C validator MissingElement",
		Hint: "add <author><name> to the feed or to each entry", find: atomAuthor},
	// Readers show the name and link it to the address, and an invented one is worse than none.
	{Code: "atom-person", Means: "a person without a name, or with an address that is none", Spec: "RFC 4287 section 3.2; W3C validator InvalidContact",
		Hint: "give a name, and leave out what is not known", find: containers(atomPerson)},
	// Lists of headlines show plain text, and take the markup out or show its tags.
	{Code: "atom-text", Means: "a title or summary that is not plain text", Spec: "RFC 4287 section 3.1",
		Hint: "leave type out, or write type=\"text\"", find: containers(func(e *element, what string, report found) {
			for _, name := range words("atom:title atom:subtitle atom:summary atom:rights") {
				if kind := e.child(name).attrValue("type"); !isPlain(kind) {
					report(e.child(name).at, "%s has the <%s type=%q>", what, name, short(kind))
				}
			}
		})},
	// Text is the default, and a reader that keeps to it shows every tag.
	{Code: "atom-content", Means: "content that is not said to be HTML", Spec: "RFC 4287 section 4.1.3; W3C validator ContainsUndeclaredHTML",
		Hint: "write type=\"html\"", find: entries(func(e *element, what string, report found) {
			if c := e.child("atom:content"); c != nil && c.attrValue("type") != "html" {
				report(c.at, "%s has <atom:content type=%q>", what, short(c.attrValue("type")))
			}
		})},
	// The term is the category; label is only how it is shown.
	{Code: "atom-category", Means: "a category without a term, or with a scheme that is no IRI", Spec: "RFC 4287 section 4.2.2; W3C validator MissingAttribute",
		Hint: "give term, and the absolute address of the vocabulary as scheme", find: containers(atomCategory)},
	// It is for whoever looks for the program behind a mistake.
	{Code: "atom-generator", Means: "a program without a name, or with an address that is none", Spec: "RFC 4287 section 4.2.4; W3C validator InvalidURIAttribute",
		Hint: "name the program; leave uri out where it has no page", find: func(d *doc, report found) {
			g := d.root.child("atom:generator")
			if uri, given := g.attr("uri"); g != nil && (g.value() == "" || given && !isAddress(uri)) {
				report(g.at, "the <generator uri=%q> is “%s”", short(uri), short(g.value()))
			}
		}},
	// Readers fetch the two on their own, outside the feed that they stand in.
	{Code: "atom-icon", Means: "an icon or logo without an absolute address", Spec: "RFC 4287 sections 4.2.5, 4.2.8; W3C validator InvalidFullLink",
		Hint: "give the whole address, with https://", find: func(d *doc, report found) {
			for _, name := range words("atom:icon atom:logo") {
				if e := d.root.child(name); e != nil && !isAddress(e.value()) {
					report(e.at, "the feed has the <%s> “%s”", name, short(e.value()))
				}
			}
		}},
	// Of two, one reader takes the first and another the last.
	{Code: "atom-once", Means: "an element that may stand once stands again", Spec: "RFC 4287 section 4.1; W3C validator DuplicateElement",
		Hint: "keep one of the two", find: func(d *doc, report found) {
			once(d.root, "the feed", atomFeedOnce, report)
			entries(func(e *element, what string, report found) { once(e, what, atomEntryOnce, report) })(d, report)
		}},
	// A misspelt name is no error to a reader: what it holds is just not there.
	{Code: "atom-element", Means: "an element that Atom does not have at that place", Spec: "RFC 4287 section 4; W3C validator UndefinedElement",
		Hint: "leave it out, or put it into the namespace that it is from", find: func(d *doc, report found) {
			strange(d.root, "the feed", "atom", atomFeedOwn, report)
			entries(func(e *element, what string, report found) { strange(e, what, "atom", atomEntryOwn, report) })(d, report)
		}},
}

// atomID finds an id by which two feeds, or a feed and an entry, would be taken for one.
func atomID(d *doc, report found) {
	id := d.root.child("atom:id").field()
	if id.text == "" {
		return
	}
	if !isIRI(id.text) || !isTag(id.text) {
		report(id.at, "the feed has the id “%s”", short(id.text))
	}
	for _, i := range d.feed.items {
		if i.id.text == id.text {
			report(i.id.at, "%s has the id of the feed", i.what)
		}
	}
}

// atomSelf finds a feed that cannot be subscribed to from a copy of it.
func atomSelf(d *doc, report found) {
	if d.root == nil {
		return
	}
	list := atomLinks(d.root, "self")
	if len(list) != 1 {
		report(d.root.at, "the feed has %d links to itself", len(list))
		return
	}
	if kind := list[0].attrValue("type"); kind != "application/atom+xml" {
		report(list[0].at, "the feed's link to itself has the type “%s”", short(kind))
	}
}

// atomAlternate finds what stands for no page, or for two that readers cannot choose from.
func atomAlternate(e *element, what string, report found) {
	list := atomLinks(e, "alternate")
	if len(list) == 0 && what == "the feed" {
		report(e.at, "%s has no alternate link", what)
	}
	seen := map[[2]string]bool{}
	for _, l := range list {
		sort := [2]string{l.attrValue("type"), l.attrValue("hreflang")}
		if seen[sort] {
			report(l.at, "%s has a second alternate link of the same type and language", what)
		}
		seen[sort] = true
	}
}

// atomLink finds links that lead nowhere from within a reader.
func atomLink(e *element, what string, report found) {
	for _, l := range e.all("atom:link") {
		// That an entry's page has an address is a rule of all formats.
		own := what != "the feed" && slices.Contains(atomLinks(e, "alternate"), l)
		if href := l.attrValue("href"); !own && !isAddress(href) {
			report(l.at, "%s has the <link rel=%q href=%q>", what, short(l.attrValue("rel")), short(href))
		}
	}
}

// relations are those registered that a feed has a use for, by the registry of RFC 8288.
var relations = words(`alternate self related via enclosure hub license next previous prev first last current prev-archive next-archive
	edit describedby author archives collection up replies payment search help about canonical cite-as predecessor-version version-history`)

// atomRel finds relations that no reader knows.
func atomRel(e *element, what string, report found) {
	for _, l := range e.all("atom:link") {
		if rel, given := l.attr("rel"); given && !slices.Contains(relations, rel) && !isIRI(rel) {
			report(l.at, "%s has a <link rel=%q>", what, short(rel))
		}
	}
}

// atomAuthor finds entries that nobody wrote. An author of the feed is one of each entry.
func atomAuthor(d *doc, report found) {
	if d.root == nil || d.root.child("atom:author") != nil {
		return
	}
	if len(d.feed.items) == 0 {
		report(d.root.at, "the feed has no <author>")
	}
	entries(func(e *element, what string, report found) {
		if e.child("atom:author") == nil {
			report(e.at, "%s has no <author>, nor has the feed", what)
		}
	})(d, report)
}

// atomPerson finds persons of whom less, or more, is said than is known.
func atomPerson(e *element, what string, report found) {
	for _, p := range append(e.all("atom:author"), e.all("atom:contributor")...) {
		name, uri, mail := p.child("atom:name"), p.child("atom:uri"), p.child("atom:email")
		switch {
		case name.value() == "":
			report(p.at, "%s has a person without a name", what)
		case uri != nil && !isIRI(uri.value()):
			report(uri.at, "%s has the <uri> “%s” of a person", what, short(uri.value()))
		case mail != nil && !isEmail(mail.value()):
			report(mail.at, "%s has the <email> “%s” of a person", what, short(mail.value()))
		}
	}
}

// atomCategory finds categories that name nothing.
func atomCategory(e *element, what string, report found) {
	for _, c := range e.all("atom:category") {
		scheme, given := c.attr("scheme")
		switch {
		case c.attrValue("term") == "":
			report(c.at, "%s has a <category> without a term", what)
		case given && !isIRI(scheme):
			report(c.at, "%s has the <category scheme=%q>", what, short(scheme))
		}
	}
}
