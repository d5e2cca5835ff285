package site_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"briefing/internal/site"
)

// The channels that the subscribers of these tests follow, by the folders that their feeds lie in.
const (
	everything  = ""
	updates     = "updates/"
	corrections = "corrections/"
	series      = "talks/"
	actor       = "actors/northland/"
)

// An edit is something that an editor does to a site, and what is then new to a subscriber of each channel, by the ends of the ids. Of a
// channel that is not named nothing is.
type edit struct {
	what string
	do   func(*desk)
	new  map[string][]string
}

// edits are done one after the other, on top of each other. This table is the promise of the feeds: something new is one new item, where
// it belongs, and nothing else ever is.
var edits = []edit{
	{"nothing at all", func(*desk) {}, nil},
	{
		"a new entry",
		func(d *desk) {
			d.write("briefs/ships.md", "title: Ships\nsummary: Of ships.\npublished: 2026-02-01T08:00:00Z\nactors: [northland]", "Ships.")
		},
		map[string][]string{everything: {"brief/ships"}, actor: {"brief/ships"}},
	},
	{
		"a new meeting of a series",
		func(d *desk) {
			d.write("events/talks-2.md", "title: Second talks\nsummary: They met again.\npublished: 2026-02-02T08:00:00Z\nkind: meeting\ndate: 2026-02-01\nseries: talks\nnumber: 2\nchairs: [northland]", "")
		},
		map[string][]string{everything: {"event/talks-2"}, series: {"event/talks-2"}, actor: {"event/talks-2"}},
	},
	{"a typo mended in a text", func(d *desk) { d.replace("events/talks-1.md", "ageed", "agreed") }, nil},
	{"a better title", func(d *desk) { d.replace("briefs/boats.md", "title: Boats", "title: On boats") }, nil},
	{"a better summary", func(d *desk) { d.replace("briefs/boats.md", "What is known", "All that is known") }, nil},
	{
		"a delivery: a step in the ledger, and a note on the change of status",
		func(d *desk) {
			d.replace("pledges/ten-boats.md", "as_of: 2026-01-04", "  - {stage: delivered, date: 2026-02-03, items: [{what: boats, value: 4}], source: gazette}\nas_of: 2026-02-03")
			d.note("pledges/ten-boats.md", "2026-02-03T08:00:00Z", "status", "Four boats came.")
		},
		map[string][]string{updates: {"pledge/ten-boats/change/1"}},
	},
	{
		"a correction",
		func(d *desk) {
			d.replace("events/talks-1.md", "kind: meeting", "kind: talks")
			d.note("events/talks-1.md", "2026-02-04T08:00:00Z", "correction", "It was no meeting but talks.")
		},
		map[string][]string{updates: {"event/talks-1/change/1"}, corrections: {"event/talks-1/change/1"}},
	},
	{"a typo mended in a note", func(d *desk) {
		d.replace("events/talks-1.md", "It was no meeting but talks.", "These were talks and no meeting.")
	}, nil},
	{
		"a second note on the same entry",
		func(d *desk) { d.note("events/talks-1.md", "2026-02-05T08:00:00Z", "update", "We know who came.") },
		map[string][]string{updates: {"event/talks-1/change/2"}},
	},
	{"a new name, with an alias", func(d *desk) { d.rename("briefs/ships.md", "briefs/vessels.md", "[ships]") }, nil},
	{"another new name", func(d *desk) { d.rename("briefs/vessels.md", "briefs/craft.md", "[ships, vessels]") }, nil},
	{
		"an entry under a name that was given up",
		func(d *desk) {
			d.write("briefs/sails.md", "title: Sails\nsummary: Of sails.\npublished: 2026-02-06T08:00:00Z", "Sails.")
		},
		map[string][]string{everything: {"brief/sails"}},
	},
	{"a move to https", func(d *desk) { d.replace("site.yaml", "http://harbour.example", "https://harbour.example") }, nil},
	{"a move to another host", func(d *desk) { d.replace("site.yaml", "https://harbour.example", "https://news.example/") }, nil},
	{
		"an old event, entered now",
		func(d *desk) {
			d.write("events/founding.md", "title: The founding\nsummary: It was founded.\npublished: 2026-02-07T08:00:00Z\nkind: meeting\ndate: 2022-04-26\nchairs: [northland]", "")
		},
		map[string][]string{everything: {"event/founding"}, actor: {"event/founding"}},
	},
	{
		"an event that is to come, which calendars tell of",
		func(d *desk) {
			d.write("events/talks-3.md", "title: Third talks\nsummary: They are to meet.\npublished: 2026-02-08T08:00:00Z\nkind: meeting\nstatus: scheduled\ndate: 2026-03-01\nseries: talks\nnumber: 3\nchairs: [northland]", "")
		},
		nil,
	},
	{
		"that event, now that it was held",
		func(d *desk) {
			d.replace("events/talks-3.md", "status: scheduled", "status: held")
			d.note("events/talks-3.md", "2026-03-01T20:00:00Z", "status", "They met.")
		},
		map[string][]string{
			everything: {"event/talks-3"}, series: {"event/talks-3"}, actor: {"event/talks-3"}, updates: {"event/talks-3/change/1"},
		},
	},
	{
		"sixty entries at once, more than a feed holds",
		func(d *desk) {
			for i := range 60 {
				d.write(fmt.Sprintf("briefs/many-%02d.md", i), fmt.Sprintf("title: Number %d\nsummary: One of many.\npublished: 2026-04-01T08:%02d:00Z\nactors: [northland]", i, i), "Text.")
			}
		},
		map[string][]string{everything: many(60), actor: many(50)},
	},
	{"a typo in an entry that only an archive holds", func(d *desk) { d.replace("briefs/boats.md", "Boats float.", "Boats do float.") }, nil},
	{
		"a correction of such an entry",
		func(d *desk) { d.note("briefs/boats.md", "2026-04-02T08:00:00Z", "correction", "Not all boats float.") },
		map[string][]string{updates: {"brief/boats/change/1"}, corrections: {"brief/boats/change/1"}},
	},
	{
		"an event announced long ago, now that it was held",
		func(d *desk) {
			d.replace("events/talks-9.md", "status: scheduled", "status: held")
			d.note("events/talks-9.md", "2026-12-01T20:00:00Z", "status", "They met.")
		},
		map[string][]string{
			everything: {"event/talks-9"}, series: {"event/talks-9"}, actor: {"event/talks-9"}, updates: {"event/talks-9/change/1"},
		},
	},
	{
		"an entry taken back, which its channels go on carrying as such",
		func(d *desk) {
			d.replace("events/talks-2.md", "kind: meeting", "withdrawn: {at: 2026-12-02T08:00:00Z, reason: They never met.}\nkind: meeting")
		},
		map[string][]string{updates: {"event/talks-2/withdrawn"}, corrections: {"event/talks-2/withdrawn"}},
	},
	{
		"one more entry after them",
		func(d *desk) {
			d.write("briefs/last.md", "title: Last\nsummary: The last one.\npublished: 2026-12-03T08:00:00Z", "Text.")
		},
		map[string][]string{everything: {"brief/last"}},
	},
}

// many are the ends of the ids of the newest n of sixty entries.
func many(n int) []string {
	var list []string
	for i := 60 - n; i < 60; i++ {
		list = append(list, fmt.Sprintf("brief/many-%02d", i))
	}
	return list
}

// Each channel is followed in all three formats. In the end those who followed one have read the same, to the last letter.
func TestASubscriberSeesWhatIsNewOnce(t *testing.T) {
	d := newDesk(t)
	var subscribers []*subscriber
	for _, channel := range []string{everything, updates, corrections, series, actor} {
		for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
			subscribers = append(subscribers, &subscriber{feed: channel + name, seen: map[string]entry{}, read: map[string]bool{}})
		}
	}
	w := d.publish()
	for _, s := range subscribers {
		s.poll(w)
	}
	for _, e := range edits {
		e.do(d)
		w := d.publish()
		for _, s := range subscribers {
			channel := s.feed[:strings.LastIndex(s.feed, "/")+1]
			if diff := cmp.Diff(e.new[channel], s.poll(w)); diff != "" {
				t.Errorf("%s: what is new in %s (-want +got):\n%s", e.what, s.feed, diff)
			}
		}
	}
	for i, s := range subscribers {
		first := subscribers[i-i%3]
		if diff := cmp.Diff(first.seen, s.seen, cmp.AllowUnexported(entry{})); diff != "" {
			t.Errorf("what %s and %s told of differs (-first +second):\n%s", first.feed, s.feed, diff)
		}
	}
}

// A subscriber follows one feed, and remembers what was in it and which archives it has read.
type subscriber struct {
	feed string
	seen map[string]entry
	read map[string]bool
}

// poll fetches the feed, and those of its archives that were not read yet, as RFC 5005 has it and JSON Feed with its further pages. It
// returns the ends of the ids of what is new, sorted; and complains of an item that says to have been published at another time than
// before.
func (s *subscriber) poll(w *web) []string {
	w.t.Helper()
	var fresh []string
	for url := w.base + "/" + s.feed; url != "" && !s.read[url]; {
		doc := w.get(url)
		s.read[url] = !strings.HasSuffix(url, s.feed)
		for _, e := range doc.entries {
			old, known := s.seen[e.id]
			if s.seen[e.id] = e; !known {
				fresh = append(fresh, e.id[strings.LastIndex(e.id, ":")+1:])
			} else if e.published != old.published {
				w.t.Errorf("%s: %s was published at %s, and now at %s", s.feed, e.id, old.published, e.published)
			}
		}
		url = doc.older
	}
	slices.Sort(fresh)
	return fresh
}

// A web is a site as it is published, and knows how to get a document.
type web struct {
	t    *testing.T
	base string
	site *site.Site
}

// get returns the document at an address, as two decoders that know nothing of each other understand it.
func (w *web) get(url string) feedDocument {
	w.t.Helper()
	path, ok := strings.CutPrefix(url, w.base)
	if !ok {
		w.t.Fatalf("%s is not on %s", url, w.base)
	}
	f, ok := w.site.File(path)
	if !ok {
		w.t.Fatalf("there is nothing at %s", url)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		w.t.Fatal(err)
	}
	doc := decode(w.t, url, b.Bytes())
	if diff := cmp.Diff(doc.entries, decodeByLibrary(w.t, url, b.Bytes()), cmp.AllowUnexported(entry{})); diff != "" {
		w.t.Errorf("%s: two decoders read two feeds (-ours +gofeed):\n%s", url, diff)
	}
	return doc
}

// A desk is where an editor works.
type desk struct {
	t     *testing.T
	files fstest.MapFS
	saved int
}

// newDesk returns a desk with the files in testdata/subscriber.txtar.
func newDesk(t *testing.T) *desk {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/subscriber.txtar")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, files: fstest.MapFS{}}
	for _, f := range archive.Files {
		d.save(strings.TrimPrefix(f.Name, "content/"), string(f.Data))
	}
	return d
}

// save writes a file of the content folder, a second after the one before.
func (d *desk) save(name, text string) {
	d.saved++
	d.files["content/"+name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(int64(d.saved), 0)}
}

func (d *desk) read(name string) string {
	f, ok := d.files["content/"+name]
	if !ok {
		d.t.Fatalf("there is no %s", name)
	}
	return string(f.Data)
}

// write makes an entry.
func (d *desk) write(name, front, body string) { d.save(name, "---\n"+front+"\n---\n\n"+body+"\n") }

// replace changes one part of a file.
func (d *desk) replace(name, old, new string) {
	d.t.Helper()
	text := d.read(name)
	if strings.Count(text, old) != 1 {
		d.t.Fatalf("%s holds %q %d times", name, old, strings.Count(text, old))
	}
	d.save(name, strings.Replace(text, old, new, 1))
}

// note adds a note on a change behind those that there are.
func (d *desk) note(name, at, kind, note string) {
	d.t.Helper()
	if kind == "correction" {
		note += ", was: One thing, now: Another"
	}
	line := fmt.Sprintf("  - {at: %s, kind: %s, note: %s}\n", at, kind, note)
	text := d.read(name)
	if before, rest, ok := strings.Cut(text, "changes:\n"); ok {
		notes := strings.Count(rest, "  - {at: ")
		end := 0
		for range notes {
			end += strings.Index(rest[end:], "\n") + 1
		}
		d.save(name, before+"changes:\n"+rest[:end]+line+rest[end:])
		return
	}
	_, rest, _ := strings.Cut(text, "published: ")
	published, _, _ := strings.Cut(rest, "\n")
	d.replace(name, "published: "+published+"\n", "published: "+published+"\nchanges:\n"+line)
}

// rename moves an entry, and gives it the aliases.
func (d *desk) rename(old, new, aliases string) {
	text := d.read(old)
	if before, rest, ok := strings.Cut(text, "aliases: "); ok {
		_, after, _ := strings.Cut(rest, "\n")
		text = before + after
	}
	delete(d.files, "content/"+old)
	d.save(new, strings.Replace(text, "published: ", "aliases: "+aliases+"\npublished: ", 1))
}

// publish builds the site.
func (d *desk) publish() *web {
	d.t.Helper()
	s := load(d.t, realSource(maps.Clone(d.files)), nil)
	return &web{t: d.t, base: s.Graph.Site.BaseURL, site: s}
}
