package feedlint

// archiveRules are those of RFC 5005, section 4, for RSS and Atom: a subscription document, which changes, leads to archive documents,
// which do not and lead to each other. Whether the chain is whole only a client that follows it can tell.
var archiveRules = []Rule{
	// Who comes upon an archive by a search would else subscribe to what never changes.
	{Code: "archive-current", Means: "an archive that does not lead to the feed that is subscribed to", Spec: "RFC 5005 section 4",
		Hint: "add <link rel=\"current\"> with the address of the feed", find: archives(func(e *element, report found) {
			if len(atomLinks(e, "current")) == 0 {
				report(e.at, "the archive has no link to the current feed")
			}
		})},
	// Clients fetch an archive once and for all; without the mark they come again every hour.
	{Code: "archive-mark", Means: "a feed that leads to newer archives, but does not say that it is one", Spec: "RFC 5005 section 4",
		Hint: "add <fh:archive/>, or leave out the link to what is newer", find: func(d *doc, report found) {
			if e := history(d); e.child("fh:archive") == nil {
				for _, l := range append(atomLinks(e, "next-archive"), atomLinks(e, "current")...) {
					report(l.at, "the feed has a <link rel=%q>, but no <fh:archive/>", l.attrValue("rel"))
				}
			}
		}},
	// A client goes from archive to archive until none is left.
	{Code: "archive-loop", Means: "a document that leads to itself as an archive", Spec: "RFC 5005 section 4",
		Hint: "lead to the document before, or leave the link out", find: archiveLoop},
	// The archives are a chain, not a tree: of two a client follows one and misses what is behind the other.
	{Code: "archive-once", Means: "two documents before or behind one", Spec: "RFC 5005 section 4",
		Hint: "keep one of the links", find: func(d *doc, report found) {
			for _, rel := range words("prev-archive next-archive current") {
				if list := atomLinks(history(d), rel); len(list) > 1 {
					report(list[1].at, "the feed has %d links of the relation %s", len(list), rel)
				}
			}
		}},
	// In a complete feed what is not there was deleted, and so a client would delete all that is in the archives.
	{Code: "archive-complete", Means: "a feed that says both that it is complete and that there are archives", Spec: "RFC 5005 section 2",
		Hint: "leave one of the two out", find: func(d *doc, report found) {
			e := history(d)
			if complete := e.child("fh:complete"); complete != nil && (e.child("fh:archive") != nil || len(atomLinks(e, "prev-archive")) > 0) {
				report(complete.at, "the feed is said to be complete, but has archives")
			}
		}},
}

// history returns the element in which a feed leads to its archives.
func history(d *doc) *element {
	if d.format == rss {
		return d.root.child("channel")
	}
	return d.root
}

// archives makes a rule of what is to be found in an archive document.
func archives(find func(*element, found)) func(*doc, found) {
	return func(d *doc, report found) {
		if e := history(d); e.child("fh:archive") != nil {
			find(e, report)
		}
	}
}

// archiveLoop finds a document in which a client that follows the chain would go round for ever.
func archiveLoop(d *doc, report found) {
	e := history(d)
	own := map[string]bool{}
	for _, l := range atomLinks(e, "self") {
		own[l.attrValue("href")] = true
	}
	for _, rel := range words("prev-archive next-archive") {
		for _, l := range atomLinks(e, rel) {
			if own[l.attrValue("href")] {
				report(l.at, "the feed names itself as its %s", rel)
			}
		}
	}
}
