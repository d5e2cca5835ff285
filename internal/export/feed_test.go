package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"golang.org/x/tools/txtar"

	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// files returns the bytes of every file of a site, by path.
func files(t *testing.T, archive *txtar.Archive) map[string]string {
	t.Helper()
	g, pages := link(t, archive)
	all := map[string]string{}
	for _, f := range everyFile(g, pages, look) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		all[f.Path] = b.String()
	}
	return all
}

// hardArchive returns the site in testdata that is hard to write into a feed.
func hardArchive(t *testing.T) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/feed.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// replaced returns the hard site with a text in place of another in one of its files.
func replaced(t *testing.T, name, old, new string) *txtar.Archive {
	t.Helper()
	archive := hardArchive(t)
	for i, f := range archive.Files {
		if f.Name == name && bytes.Contains(f.Data, []byte(old)) {
			archive.Files[i].Data = bytes.Replace(f.Data, []byte(old), []byte(new), 1)
			return archive
		}
	}
	t.Fatalf("no %q in %s", old, name)
	return nil
}

// many returns a site of n briefs, published a minute apart, each with a body of so many bytes.
func many(n, size int) *txtar.Archive {
	archive := txtar.Parse([]byte("-- site.yaml --\ntitle: Many\ndescription: Many briefs.\nbase_url: https://many.example\n"))
	for i := range n {
		archive.Files = append(archive.Files, txtar.File{Name: fmt.Sprintf("content/briefs/brief-%d.md", i), Data: fmt.Appendf(nil,
			"---\ntitle: Brief %d\nsummary: One of many.\npublished: 2026-11-%02dT%02d:%02d:00Z\n---\n\n%s\n", i, 1+i/1440, i/60%24, i%60, strings.Repeat("\"Word\" ", size/7))})
	}
	return archive
}

// A jsonFeed is what JSON Feed 1.1 says that there is in a feed.
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	Home        string       `json:"home_page_url"`
	Self        string       `json:"feed_url"`
	Description string       `json:"description"`
	UserComment string       `json:"user_comment"`
	Next        string       `json:"next_url"`
	Icon        string       `json:"icon"`
	Favicon     string       `json:"favicon"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type jsonItem struct {
	ID        string         `json:"id"`
	URL       string         `json:"url"`
	Title     string         `json:"title"`
	Summary   string         `json:"summary"`
	HTML      string         `json:"content_html"`
	Published string         `json:"date_published"`
	Modified  string         `json:"date_modified"`
	Authors   []jsonAuthor   `json:"authors"`
	Tags      []string       `json:"tags"`
	Briefing  map[string]any `json:"_briefing"`
}

// parsedJSON reads a feed, in which there must be nothing that the format does not know.
func parsedJSON(t *testing.T, text string) jsonFeed {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	var feed jsonFeed
	if err := d.Decode(&feed); err != nil {
		t.Fatal(err)
	}
	if feed.Items == nil {
		t.Error("there is no list of items")
	}
	return feed
}

// A seen is an item as an independent reader of any format understands it.
type seen struct {
	ID, URL, Title, Summary, HTML, Published, Updated string
	Authors, Categories                               []string
}

// items returns the items of a feed as the reader of its format understands them.
func items(t *testing.T, name, text string) []seen {
	t.Helper()
	var list []seen
	if strings.HasSuffix(name, ".json") {
		for _, x := range parsedJSON(t, text).Items {
			s := seen{ID: x.ID, URL: x.URL, Title: x.Title, Summary: x.Summary, HTML: x.HTML, Published: x.Published, Updated: x.Modified, Categories: x.Tags}
			for _, a := range x.Authors {
				s.Authors = append(s.Authors, a.Name)
			}
			list = append(list, s)
		}
		return list
	}
	feed, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, x := range feed.Items {
		s := seen{ID: x.GUID, URL: x.Link, Title: x.Title, Summary: x.Description, HTML: x.Content, Published: x.PublishedParsed.Format("2006-01-02T15:04:05Z"), Categories: x.Categories}
		if feed.FeedType == "rss" {
			s.Updated = x.Extensions["atom"]["updated"][0].Value
			s.Summary = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(s.Summary)
			s.Authors = x.DublinCoreExt.Creator
		} else {
			s.Updated = x.Updated
			for _, a := range x.Authors {
				s.Authors = append(s.Authors, a.Name)
			}
		}
		list = append(list, s)
	}
	return list
}

func TestEachFormatTellsTheSameItems(t *testing.T) {
	all := files(t, hardArchive(t))
	for _, folder := range []string{"", "updates/", "corrections/", "actors/dovile-sakaliene/"} {
		want := items(t, "feed.json", all[folder+"feed.json"])
		if len(want) == 0 {
			t.Errorf("%s has no items", folder)
		}
		for _, name := range []string{"feed.xml", "atom.xml"} {
			if d := cmp.Diff(want, items(t, name, all[folder+name])); d != "" {
				t.Errorf("%s%s: %s", folder, name, d)
			}
		}
	}
}

func TestAReaderOfJSONUnderstandsAnItem(t *testing.T) {
	feed := parsedJSON(t, files(t, hardArchive(t))["feed.json"])
	head := feed
	head.Items = nil
	want := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: "News ‹of› the UK & Germany", Home: "https://brief.example/", Self: "https://brief.example/feed.json",
		Description: "What the UK & Germany said to Dovilė Šakalienė.", UserComment: feed.UserComment, Icon: "https://brief.example" + look.Icon,
		Favicon: "https://brief.example" + look.Icon, Language: "en-GB", Authors: []jsonAuthor{{"The editors", "https://brief.example/"}},
	}
	if d := cmp.Diff(want, head); d != "" || feed.UserComment == "" {
		t.Error(d)
	}
	talks := feed.Items[2]
	talks.HTML = ""
	if d := cmp.Diff(jsonItem{
		ID: "tag:brief.example,2026:event/talks", URL: "https://brief.example/events/talks/", Title: "4 June 2025: Talks of the UK & Germany",
		Summary: "Dovilė Šakalienė told the UK & Germany that 2 < 3. 🛥️", Published: "2026-11-02T08:00:00Z", Modified: "2026-11-20T12:00:00Z",
		Authors: []jsonAuthor{{Name: "The editors"}}, Tags: []string{"event", "air-defence", "drones"},
		Briefing: map[string]any{"about": "talks", "type": "event", "status": "held", "version": 2.0},
	}, talks); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]any{
		"about": "boats", "type": "pledge", "status": "announced", "as_of": "2025-06-04", "event": "talks", "donors": []any{"dovile-sakaliene"}, "version": 1.0,
	}, feed.Items[1].Briefing); d != "" {
		t.Error(d)
	}
}

func TestAReaderOfAtomUnderstandsTheFeed(t *testing.T) {
	feed, err := (&atom.Parser{}).Parse(strings.NewReader(files(t, hardArchive(t))["atom.xml"]))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{feed.Title, feed.ID, feed.Updated, feed.Subtitle, feed.Rights, feed.Icon, feed.Language, feed.Generator.Value, feed.Authors[0].Name}
	want := []string{
		"News ‹of› the UK & Germany", "tag:brief.example,2026:feed/site", "2026-11-20T12:00:00Z", "What the UK & Germany said to Dovilė Šakalienė.", "CC BY 4.0",
		"https://brief.example" + look.Icon, "en-GB", export.Generator, "The editors",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var links []string
	for _, l := range feed.Links {
		links = append(links, l.Rel+" "+l.Href)
	}
	if d := cmp.Diff([]string{"self https://brief.example/atom.xml", "alternate https://brief.example/", "license https://creativecommons.org/licenses/by/4.0/"}, links); d != "" {
		t.Error(d)
	}
	talks := feed.Entries[2]
	links = nil
	for _, l := range talks.Links {
		links = append(links, l.Rel+" "+l.Href)
	}
	if d := cmp.Diff([]string{"alternate https://brief.example/events/talks/", "via https://gazette.example/a?b=1&c=2"}, links); d != "" {
		t.Error(d)
	}
	if c := talks.Categories[1]; c.Term != "air-defence" || c.Scheme != "https://brief.example/" || c.Label == "" || talks.Content.Type != "html" {
		t.Errorf("%+v %+v", c, talks.Content)
	}
}

func TestAChangeIsAnItemOfItsOwn(t *testing.T) {
	all := files(t, hardArchive(t))
	want := []seen{{
		ID: "tag:brief.example,2026:event/talks/change/1", URL: "https://brief.example/events/talks/#change.1", Title: "Correction: Talks of the UK & Germany",
		Summary: "Was: Old. Now: New. The date was wrong.", Published: "2026-11-20T12:00:00Z", Updated: "2026-11-20T12:00:00Z", Authors: []string{"The editors"},
		Categories: []string{"event", "correction", "air-defence", "drones"},
	}}
	for _, folder := range []string{"updates/", "corrections/"} {
		got := items(t, "feed.json", all[folder+"feed.json"])
		mustHold(t, got[0].HTML, "<p>Was: Old.</p>\n<p>Now: New.</p>\n<p>The date was wrong.</p>", `<a href="https://brief.example/events/talks/">Talks of the UK &amp; Germany</a>`)
		got[0].HTML = ""
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", folder, d)
		}
	}
	update := files(t, replaced(t, "content/events/talks.md", "kind: correction", "kind: update"))
	if n := len(items(t, "feed.json", update["corrections/feed.json"])); n != 0 {
		t.Errorf("%d corrections", n)
	}
	if got := items(t, "feed.json", update["updates/feed.json"])[0].Title; got != "Update: Talks of the UK & Germany" {
		t.Errorf("%q", got)
	}
}

// names returns what readers know items by, and when: what no edit may change.
func names(list []seen) []string {
	var out []string
	for _, x := range list {
		out = append(out, x.ID+" "+x.Published+" "+x.Updated)
	}
	return out
}

func TestASmallEditChangesNoIdNoDateAndNoNoteOfChange(t *testing.T) {
	before, after := files(t, hardArchive(t)), files(t, replaced(t, "content/events/talks.md", "words with", "wordings with"))
	for name, text := range before {
		switch {
		case strings.HasPrefix(name, "updates/"), strings.HasPrefix(name, "corrections/"), strings.HasPrefix(name, "actors/"), name == "feeds.opml":
			if after[name] != text {
				t.Errorf("%s has other bytes", name)
			}
		case name == "feed.xml" || name == "atom.xml" || name == "feed.json":
			if d := cmp.Diff(names(items(t, name, text)), names(items(t, name, after[name]))); d != "" || after[name] == text {
				t.Errorf("%s: %s", name, d)
			}
		}
	}
}

func TestARenamedEntryKeepsItsId(t *testing.T) {
	archive := hardArchive(t)
	for i, f := range archive.Files {
		switch f.Name {
		case "content/events/talks.md":
			archive.Files[i].Name = "content/events/great-talks.md"
			archive.Files[i].Data = bytes.Replace(f.Data, []byte("title:"), []byte("aliases: [talks, big-talks]\ntitle:"), 1)
		}
		archive.Files[i].Data = bytes.ReplaceAll(archive.Files[i].Data, []byte("](/events/talks/)"), []byte("](/events/great-talks/)"))
	}
	before, after := files(t, hardArchive(t)), files(t, archive)
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "updates/feed.xml", "updates/atom.xml", "updates/feed.json"} {
		if d := cmp.Diff(names(items(t, name, before[name])), names(items(t, name, after[name]))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		mustHold(t, after[name], "https://brief.example/events/great-talks/")
	}
}

func TestTheArchiveHasEveryItemOnceAndNeverChanges(t *testing.T) {
	before, after := files(t, many(130, 100)), files(t, many(155, 100))
	var ids []string
	for part := 1; part <= 5; part++ {
		name := fmt.Sprintf("archive/%d.xml", part)
		list := items(t, name, before[name])
		if d := cmp.Diff(list, items(t, "feed.json", before[fmt.Sprintf("archive/%d.json", part)])); d != "" {
			t.Errorf("part %d: %s", part, d)
		}
		for _, x := range slices.Backward(list) {
			ids = append(ids, x.ID)
		}
		mustHold(t, before[name], "<fh:archive>", `href="https://many.example/atom.xml" rel="current"`, `href="https://many.example/`+name+`" rel="self"`)
		now := after[name]
		if part == 5 { // the newest gains the link to the one after it, and nothing else
			now = regexp.MustCompile(`(?m)^ *<link [^>]*rel="next-archive".*\n`).ReplaceAllString(now, "")
		}
		if now != before[name] || after[fmt.Sprintf("archive/%d.json", part)] != before[fmt.Sprintf("archive/%d.json", part)] {
			t.Errorf("part %d changed when news was added", part)
		}
	}
	for i, id := range ids {
		if want := fmt.Sprintf("tag:many.example,2026:brief/brief-%d", i); id != want {
			t.Fatalf("item %d of the archive is %s, want %s", i, id, want)
		}
	}
	if _, more := before["archive/6.xml"]; more || len(ids) != 125 {
		t.Errorf("%d items in full parts, or a part that is not full", len(ids))
	}
	mustHold(t, before["atom.xml"], `href="https://many.example/archive/5.xml" rel="prev-archive"`)
	mustHold(t, before["feed.xml"], `href="https://many.example/archive/5.xml" rel="prev-archive" type="application/atom+xml"`)
	mustHold(t, before["archive/3.xml"], `archive/2.xml" rel="prev-archive"`, `archive/4.xml" rel="next-archive"`)
	if parsedJSON(t, before["feed.json"]).Next != "https://many.example/archive/5.json" || parsedJSON(t, before["archive/1.json"]).Next != "" {
		t.Error("the pages of JSON Feed do not lead from the newest to the oldest")
	}
}

func TestNoFeedIsTooLargeAndNoItemIsLost(t *testing.T) {
	all := files(t, many(140, 9000))
	var newest int
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		if n := len(all[name]); n > 250_000 {
			t.Errorf("%s has %d bytes", name, n)
		}
		newest = len(items(t, name, all[name]))
		if newest >= 50 || newest < 15 {
			t.Errorf("%s has %d items; 15 are in no part of the archive", name, newest)
		}
	}
}

// What is costly is to make the text of an entry: a build does it once for the feeds in all formats, and once for their archive.
func TestTheTextOfAnEntryIsMadeOnceForAllFormats(t *testing.T) {
	made := map[dossier.ID]int{}
	prose := func(e dossier.Entry) *dossier.Body {
		made[e.Base().ID]++
		return e.Base().Body
	}
	g, pages := linkWith(t, graph.Options{Prose: prose}, many(120, 100))
	clear(made)
	for _, f := range everyFile(g, pages, look) {
		if err := f.Write(&bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
	}
	for i, e := range g.News() {
		want := 1 // 120 are four full parts, and twenty that the feed alone has
		if 20 <= i && i < 50 {
			want = 2
		}
		if n := made[e.Base().ID]; n != want {
			t.Errorf("the text of %s, item %d, was made %d times, want %d", e.Base().ID, i, n, want)
		}
	}
}

func TestAFeedWithoutItemsBearsTheDayOnWhichTheSiteBegan(t *testing.T) {
	all := files(t, many(3, 10))
	mustHold(t, all["corrections/atom.xml"], "<updated>2026-11-01T00:00:00Z</updated>")
	if n := len(parsedJSON(t, all["corrections/feed.json"]).Items); n != 0 {
		t.Errorf("%d items", n)
	}
}

func TestTextThatIsHardForAFormatArrivesWhole(t *testing.T) {
	const title = `שלום "it's" 🛥️ & ]]> <i>`
	archive := replaced(t, "content/events/talks.md", "title: Talks of the UK & Germany", "title: '"+strings.ReplaceAll(title, "'", "''")+"'")
	all := files(t, archive)
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		got := items(t, name, all[name])[2]
		if want := `4 June 2025: שלום "it's" 🛥️ & ]]› ‹i›`; got.Title != want {
			t.Errorf("%s: %q, want %q", name, got.Title, want)
		}
		mustHold(t, got.HTML, "<code>]]&gt;</code>")
	}
}

func TestTheListOfFeedsNamesEveryChannel(t *testing.T) {
	g, pages := hard(t)
	opml := written(t, g, pages, "feeds.opml")
	for _, c := range page.Channels(g) {
		mustHold(t, opml, `type="rss"`, `xmlUrl="https://brief.example`+c.RSS()+`" htmlUrl="https://brief.example`+c.Home()+`"`)
	}
	mustHold(t, opml, `<outline text="Actors">`)
}

func TestAnActorsFeedHasSummariesThatLeadToTheText(t *testing.T) {
	all := files(t, hardArchive(t))
	for _, x := range items(t, "feed.json", all["actors/dovile-sakaliene/feed.json"]) {
		want := "<p>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(x.Summary) + "</p>\n" + `<p><a href="` + x.URL + `">Read the whole entry</a></p>` + "\n"
		if x.HTML != want {
			t.Errorf("%q, want %q", x.HTML, want)
		}
	}
}

func TestTheOrderOfFilesDoesNotShowInFeeds(t *testing.T) {
	turned := hardArchive(t)
	slices.Reverse(turned.Files)
	a, b := files(t, hardArchive(t)), files(t, turned)
	for name, text := range a {
		if b[name] != text {
			t.Errorf("%s depends on the order of files", name)
		}
	}
}

func TestTheNameOfAnEntryForGoodIsItsOldestId(t *testing.T) {
	head := dossier.Head{ID: "c", Kind: dossier.KindEvent, Body: dossier.Blank, Seldom: &dossier.Seldom{}}
	if got := head.Lasting(); got != "event/c" {
		t.Error(got)
	}
	head.Aliases = []dossier.Alias{{ID: "a"}, {ID: "b"}}
	if got := head.Lasting(); got != "event/a" {
		t.Error(got)
	}
}

// A client subscribes to a feed, and looks at it again when it was built anew.
type client map[string]bool

// look returns the ids of the items that it has not seen yet.
func (c client) look(t *testing.T, feed string) []string {
	t.Helper()
	var fresh []string
	for _, x := range items(t, "feed.xml", feed) {
		if !c[x.ID] {
			c[x.ID] = true
			fresh = append(fresh, x.ID)
		}
	}
	return fresh
}

// An event that was scheduled when most of the archive was written is one new item, at the top, once it is held; no part of the archive
// changes.
func TestAScheduledEventIsOneNewItemWhenItIsHeld(t *testing.T) {
	const event = "-- content/events/e.md --\n---\ntitle: E\nsummary: It is.\npublished: 2026-11-01T00:00:30Z\nkind: meeting\ndate: 2026-11-20\n%s---\n"
	site := func(keys string) map[string]string {
		archive := many(60, 10)
		archive.Files = append(archive.Files, txtar.Parse(fmt.Appendf(nil, event, keys)).Files...)
		return files(t, archive)
	}
	before := site("status: scheduled\n")
	after := site("changes:\n  - {at: 2026-11-20T18:00:00Z, kind: status, was: Scheduled., now: Held., note: It was held.}\n")
	for _, name := range []string{"feed.xml", "updates/feed.xml"} {
		c := client{}
		c.look(t, before[name])
		want := map[string]string{"feed.xml": "tag:many.example,2026:event/e", "updates/feed.xml": "tag:many.example,2026:event/e/change/1"}[name]
		if d := cmp.Diff([]string{want}, c.look(t, after[name])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	first := items(t, "feed.json", after["feed.json"])[0]
	if first.ID != "tag:many.example,2026:event/e" || first.Published != "2026-11-20T18:00:00Z" {
		t.Errorf("the newest item is %s of %s", first.ID, first.Published)
	}
	if got := items(t, "feed.json", after["updates/feed.json"])[0].Title; got != "Now held: E" {
		t.Errorf("%q", got)
	}
	for _, name := range []string{"archive/1.xml", "archive/2.xml", "archive/1.json", "archive/2.json"} {
		if before[name] != after[name] {
			t.Errorf("%s changed", name)
		}
	}
}

// The subscribers of a series or of an actor that was withdrawn keep their addresses and what they had; nothing new comes.
func TestTheFeedsOfWhatWasWithdrawnStay(t *testing.T) {
	archive := replaced(t, "content/actors/dovile-sakaliene.md", "kind: person", "kind: person\nwithdrawn: {at: 2026-11-02T07:00:00Z, reason: Another person was meant.}")
	all := files(t, archive)
	before := files(t, hardArchive(t))
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		name = "actors/dovile-sakaliene/" + name
		old, now := items(t, name, before[name]), items(t, name, all[name])
		if len(now) == 0 || len(now) >= len(old) {
			t.Errorf("%s has %d items, and had %d", name, len(now), len(old))
		}
		for _, x := range now {
			if x.Published > "2026-11-02T07:00:00Z" {
				t.Errorf("%s has %s, which is newer than the withdrawal", name, x.ID)
			}
		}
		mustHold(t, all[name], "nothing new will come: Another person was meant.")
	}
	if _, ok := all["actors/dovile-sakaliene/calendar.ics"]; !ok {
		t.Error("the calendar is gone")
	}
	if strings.Contains(all["feeds.opml"], "dovile-sakaliene") {
		t.Error("the list of feeds names a feed that is closed")
	}
	for _, folder := range []string{"updates/", "corrections/"} {
		got := items(t, "feed.json", all[folder+"feed.json"])
		if !slices.ContainsFunc(got, func(x seen) bool {
			return x.Title == "Withdrawn: Dovilė Šakalienė" && x.Summary == "Another person was meant."
		}) {
			t.Errorf("%s does not tell of the withdrawal: %+v", folder, got)
		}
	}
}

func TestANoteOnStatusSaysWhatItIsNow(t *testing.T) {
	const steps = "\n  - {stage: announced, date: 2025-06-04, source: gazette}"
	const note = "\n  - {at: %s, kind: status, note: Boats came.%s}"
	for _, x := range []struct {
		name, notes, steps, want string
	}{
		{"a step recorded with the note", fmt.Sprintf(note, "2026-11-21T09:00:00Z", ""), "\n  - {stage: delivered, date: 2025-06-04, items: [{what: boats, value: 1}], recorded: 2026-11-21T09:00:00Z, source: gazette}", "Now part-delivered: Lithuania: three boats"},
		{"a step recorded later", fmt.Sprintf(note, "2026-11-21T09:00:00Z", ""), "\n  - {stage: delivered, date: 2025-06-04, recorded: 2026-11-22T09:00:00Z, source: gazette}", "Status: Lithuania: three boats"},
		{"no step", fmt.Sprintf(note, "2026-11-21T09:00:00Z", ""), "", "Status: Lithuania: three boats"},
		{"the note names it", fmt.Sprintf(note, "2026-11-21T09:00:00Z", ", was: Announced., now: Committed."), "", "Now committed: Lithuania: three boats"},
		{"the note names no status", fmt.Sprintf(note, "2026-11-21T09:00:00Z", ", was: None., now: Some."), "", "Status: Lithuania: three boats"},
	} {
		archive := replaced(t, "content/pledges/boats.md", steps, steps+x.steps)
		for i, f := range archive.Files {
			if f.Name == "content/pledges/boats.md" {
				archive.Files[i].Data = bytes.Replace(f.Data, []byte("donors:"), []byte("changes:"+x.notes+"\ndonors:"), 1)
			}
		}
		if got := items(t, "feed.json", files(t, archive)["updates/feed.json"])[0].Title; got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}
