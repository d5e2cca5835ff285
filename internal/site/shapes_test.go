package site

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/output"
	"briefing/static"
	"briefing/templates"
)

// A shape is a site that has very many of one thing, where a real one has few.
type shape struct {
	name string
	most int // how many a site may well have one day
	fill func(c *corpus, n int)
}

// source makes the site with n of the thing.
func (s shape) source(n int) Source {
	c := &corpus{files: fstest.MapFS{}}
	c.file("site.yaml", "title: Corpus\ndescription: A synthetic site.\nbase_url: https://example.org\n")
	c.entry("sources", "paper", "", "type: webpage\npublisher: Publisher\nundated: true\nlanguage: en\nclass: media\n")
	c.entry("series", "talks", "A series.", "numbering: Nobody numbers them.\n")
	c.entry("actors", "land", "A state.", "kind: state\n")
	if s.fill != nil {
		s.fill(c, n)
	}
	return Source{Files: c.files, Templates: templates.Files, Static: static.Files}
}

// each adds n entries to a folder, called by its name and their number, with the same text and keys, in which each # is the number.
func (c *corpus) each(folder string, n int, body, keys string) {
	for i := range n {
		c.entry(folder, fmt.Sprintf("%s-%d", folder, i), numbered(body, i), numbered(keys, i))
	}
}

// numbered returns a text with a number in place of each #.
func numbered(text string, i int) string { return strings.ReplaceAll(text, "#", fmt.Sprint(i)) }

// many returns n copies of a text, each with its number in place of each #.
func many(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(numbered(text, i))
	}
	return b.String()
}

// Front matter of entries without anything particular.
const (
	plainEvent  = "kind: meeting\ndate: 2025-06-04\nplace: {city: Town}\n"
	plainPledge = "donors: [land]\nrecipient: land\nannounced: 2025-06-04\ncategory: military\namount: {value: 1000000, currency: EUR}\nas_of: 2025-06-04\n"
	oneStep     = "steps: [{stage: announced, date: 2025-06-04, source: paper}]\n"
	sourceKeys  = "type: webpage\npublisher: Publisher\nundated: true\nlanguage: en\nclass: media\n"
)

// spread returns the day of an event that is one of many.
func spread(i int) string {
	return time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%4000).Format(time.DateOnly)
}

// shapes are of all that may be many: entries that refer to one, things in one entry, and what is counted, chained or looked up by name.
var shapes = []shape{
	{"backlinks", 50_000, func(c *corpus, n int) { // of one actor, on many days
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "About [[land]].", "kind: meeting\ndate: "+spread(i)+"\nplace: {city: Town}\nattendance: [{actor: land, mode: in-person}]\n")
		}
	}},
	{"prose-backlinks", 20_000, func(c *corpus, n int) { c.each("briefs", n, "About [[land]].", "") }},
	{"body-KiB", 1000, func(c *corpus, n int) {
		const section = "## A section #\n\nThe ministers *met* and agreed, said [[land]].[@paper] So **they** did, [as told](https://example.org/#) and `so`.\n\n- one item\n- another\n\n"
		c.entry("pages", "long", many(n<<10/(len(section)+10), section), "")
	}},
	{"sources", 20_000, func(c *corpus, n int) {
		c.each("sources", n, "", sourceKeys)
		c.each("events", n/20, "So.[@sources-#] And so.[@sources-1#]", plainEvent)
	}},
	{"month-events", 10_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "A text.", fmt.Sprintf("kind: meeting\ndate: 2025-06-%02d\nplace: {city: Town}\nkey: Key\n", 1+i%30))
		}
	}},
	{"day-events", 10_000, func(c *corpus, n int) { c.each("events", n, "A text.", plainEvent) }},
	{"citations", 5_000, func(c *corpus, n int) {
		c.each("sources", n, "", sourceKeys)
		c.entry("briefs", "brief", many(n, "So.[@sources-#]\n\n"), "")
	}},
	{"citations-of-one", 20_000, func(c *corpus, n int) { c.entry("briefs", "brief", many(n, "So.[@paper]\n\n"), "") }},
	{"references", 10_000, func(c *corpus, n int) {
		c.each("actors", n, "", "kind: state\n")
		c.entry("briefs", "brief", many(n, "See [[actors-#]].\n\n"), "")
	}},
	{"steps", 2_000, func(c *corpus, n int) {
		c.entry("pledges", "pledge", "", plainPledge+"steps:\n"+many(n, "  - {stage: delivered, date: 2025-06-04, amount: {value: 100, currency: EUR}, source: paper}\n"))
	}},
	{"deliveries", 2_000, func(c *corpus, n int) { // of ten sorts of things
		c.entry("pledges", "pledge", "", plainPledge+"items:\n"+many(10, "  - {what: thing #, value: 10000}\n")+"steps:\n  - {stage: announced, date: 2025-06-04, source: paper}\n"+
			many(n/10, many(10, "  - {stage: delivered, date: 2025-06-04, items: [{what: thing #, value: 5}], source: paper}\n")))
	}},
	{"donors", 2_000, func(c *corpus, n int) {
		c.each("actors", n, "", "kind: state\n")
		c.entry("pledges", "pledge", "", strings.Replace(plainPledge, "[land]", "["+many(n, "actors-#, ")+"land]", 1)+oneStep)
	}},
	{"pledges-of-one", 20_000, func(c *corpus, n int) { c.each("pledges", n, "A text.", plainPledge+oneStep) }},
	{"pledges-in-one", 5_000, func(c *corpus, n int) {
		c.entry("pledges", "whole", "", plainPledge+oneStep)
		c.each("pledges", n, "A text.", strings.Replace(plainPledge, "1000000", "1", 1)+"part_of: whole\n"+oneStep)
	}},
	{"pledge-chain", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("pledges", fmt.Sprintf("p-%d", i), "", plainPledge+oneStep+link("part_of: p-%d\n", i))
		}
	}},
	{"reannounced-chain", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("pledges", fmt.Sprintf("p-%d", i), "", plainPledge+oneStep+link("reannounces: p-%d\n", i))
		}
	}},
	{"reannounced-often", 2_000, func(c *corpus, n int) {
		c.entry("pledges", "whole", "", plainPledge+oneStep)
		c.each("pledges", n, "", plainPledge+"reannounces: whole\n"+oneStep)
	}},
	{"event-chain", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "", plainEvent+link("part_of: e-%d\n", i))
		}
	}},
	{"follows-chain", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "", plainEvent+link("follows: e-%d\n", i))
		}
	}},
	{"parts-of-event", 5_000, func(c *corpus, n int) {
		c.entry("events", "whole", "", plainEvent)
		c.each("events", n, "", plainEvent+"part_of: whole\n")
	}},
	{"meetings", 5_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "", fmt.Sprintf("kind: meeting\ndate: %s\nplace: {city: Town}\nseries: talks\nnumber: %d\nattendance: [{actor: land, mode: in-person}]\nchairs: [land]\noutcomes: [{text: An outcome., source: paper}]\n", spread(i), i+1))
		}
	}},
	{"attendance", 5_000, func(c *corpus, n int) {
		c.each("actors", n, "", "kind: state\n")
		c.entry("events", "event", "", plainEvent+"attendance:\n"+many(n, "  - {actor: actors-#, mode: in-person, source: paper}\n"))
	}},
	{"series-attendance", 2_000, func(c *corpus, n int) {
		c.each("actors", n, "", "kind: state\n")
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "", fmt.Sprintf("kind: meeting\ndate: %s\nplace: {city: Town}\nseries: talks\nattendance: [{actor: actors-%d, mode: in-person}]\n", spread(i), i))
		}
	}},
	{"outcomes", 5_000, func(c *corpus, n int) {
		c.entry("events", "event", "", plainEvent+"outcomes:\n"+many(n, "  - {text: Outcome #., source: paper}\n"))
	}},
	{"aliases", 5_000, func(c *corpus, n int) {
		c.entry("briefs", "brief", "", "aliases: "+listed(n, "alias-#")+"\n")
	}},
	{"tags", 10_000, func(c *corpus, n int) {
		c.entry("briefs", "brief", "", "tags: "+listed(n, "tag-#")+"\n")
	}},
	{"tags-of-events", 10_000, func(c *corpus, n int) { c.each("events", n, "", plainEvent+"tags: [tag-#, other-#]\n") }},
	{"table-rows", 4_000, func(c *corpus, n int) {
		c.entry("pages", "long", "| A | B |\n|---|---:|\n"+many(n, "| a word [[land]] | # |\n"), "")
	}},
	{"headings", 3_000, func(c *corpus, n int) { c.entry("pages", "long", many(n, "## The same\n\nText.\n\n"), "") }},
	{"quotations", 3_000, func(c *corpus, n int) {
		c.entry("pages", "long", many(n, "> Said he, #\n>\n> — [[land]], [@paper]\n\n"), "")
	}},
	{"footnotes", 1_000, func(c *corpus, n int) {
		c.entry("pages", "long", many(n, "So.[^#]\n\n")+many(n, "[^#]: A note.\n\n"), "")
	}},
	{"changes", 5_000, func(c *corpus, n int) {
		c.entry("briefs", "brief", "", "changes:\n"+many(n, "  - {at: 2026-05-02T00:00:00Z, kind: correction, was: Old #., now: New #., note: A note.}\n"))
	}},
	{"changed-entries", 10_000, func(c *corpus, n int) {
		c.each("briefs", n, "", "changes: [{at: 2026-05-02T00:00:00Z, kind: correction, was: Old #., now: New #., note: A note.}]\n")
	}},
	{"roles", 2_000, func(c *corpus, n int) {
		c.entry("actors", "ada", "", "kind: person\nroles:\n"+many(n, "  - {title: Role #, of: land, from: 2020-01, to: 2021}\n"))
	}},
	{"people-of-a-state", 10_000, func(c *corpus, n int) {
		c.each("actors", n, "", "kind: person\nroles: [{title: Minister, of: land, from: 2020-01}]\nmember_of: [land]\n")
	}},
	{"names", 5_000, func(c *corpus, n int) {
		c.entry("actors", "ada", "", "kind: person\nalso_known_as: "+listed(n, "Name #")+"\n")
	}},
	{"figures", 10_000, func(c *corpus, n int) {
		c.each("figures", n, "", "value: #\nunit: drones\nmeasures: Drones\nas_of: 2025-06-04\nasserted_by: land\nsources: [paper]\n")
	}},
	{"figure-chain", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("figures", fmt.Sprintf("f-%d", i), "", "value: 1\nunit: drones\nmeasures: Drones\nas_of: "+spread(i)+"\nasserted_by: land\nsources: [paper]\n"+link("supersedes: f-%d\n", i))
		}
	}},
	{"key-points", 3_000, func(c *corpus, n int) {
		c.entry("briefs", "brief", "", "key_points:\n"+many(n, "  - {text: Point #., source: paper}\n"))
	}},
	{"brief-of-events", 5_000, func(c *corpus, n int) {
		c.each("events", n, "", plainEvent)
		c.entry("briefs", "brief", "", "events: "+listed(n, "events-#")+"\n")
	}},
	{"same-titles", 10_000, func(c *corpus, n int) {
		for i := range n {
			c.file(fmt.Sprintf("actors/a-%d.md", i), "---\ntitle: The same\nsummary: The same.\npublished: 2026-01-01T00:00:00Z\nkind: state\n---\n")
		}
	}},
	{"years", 2_000, func(c *corpus, n int) {
		for i := range n {
			c.entry("events", fmt.Sprintf("e-%d", i), "", fmt.Sprintf("kind: meeting\ndate: %04d-06-04\nplace: {city: Town}\n", 100+i))
		}
	}},
	{"places", 5_000, func(c *corpus, n int) {
		c.each("events", n, "", "kind: meeting\ndate: 2025-06-04\nplace: {city: Town #}\n")
	}},
	{"rates", 10_000, func(c *corpus, n int) {
		var rows strings.Builder
		for i := range n {
			fmt.Fprintf(&rows, "%s,EUR/USD,1.25,paper\n", time.Date(2025, 6, 4-i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		}
		c.file("rates.csv", "date,pair,rate,source\n"+rows.String())
		c.each("pledges", n/10, "", plainPledge+oneStep)
	}},
	{"publishers", 5_000, func(c *corpus, n int) {
		c.each("sources", n, "", "type: webpage\npublisher: Publisher #\nauthor: [Author #]\nissued: 2025-06-04\nlanguage: en\nclass: media\nurl: https://example.org/#\n")
	}},
	{"versions", 2_000, func(c *corpus, n int) {
		c.entry("events", "event", "", plainEvent+"disputed:\n  - point: A point\n    versions:\n"+many(n, "      - {text: Version #., asserted_by: land, source: paper}\n"))
	}},
	{"links-to-paths", 10_000, func(c *corpus, n int) { c.entry("pages", "long", many(n, "[x](/actors/land/)\n\n"), "") }},
}

// link returns the line that links one of a chain to the one before it; the first has none.
func link(format string, i int) string {
	if i == 0 {
		return ""
	}
	return fmt.Sprintf(format, i-1)
}

// listed returns the items of many as a list of YAML.
func listed(n int, item string) string {
	return "[" + strings.TrimSuffix(many(n, item+", "), ", ") + "]"
}

// An effort is what it took to build a site, and how many bytes it put out.
type effort struct {
	time   time.Duration
	output int64
}

// build loads and renders a site, with the theme of another.
func build(tb testing.TB, src Source, prev *Site) (*Site, effort) {
	tb.Helper()
	start := time.Now()
	s, problems, err := Load(tb.Context(), src, prev)
	if err != nil || len(problems) > 0 {
		tb.Fatal(err, problems[:min(len(problems), 3)])
	}
	size, err := keep(tb.Context(), s)
	if err != nil {
		tb.Fatal(err)
	}
	return s, effort{time.Since(start), size}
}

// BenchmarkShapes builds each shape at three sizes, each twice the one before. What one more costs, beside what the empty site costs, must
// not grow from one to the next: where it doubles, a step is quadratic. A pattern chooses shapes, as -bench Shapes/sources.
func BenchmarkShapes(b *testing.B) {
	empty, _ := build(b, shape{}.source(0), nil)
	_, idle := build(b, shape{}.source(0), empty)
	for _, s := range shapes {
		for _, n := range []int{s.most / 4, s.most / 2, s.most} {
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				src := s.source(n)
				var total effort
				for b.Loop() {
					_, e := build(b, src, empty)
					total.time += e.time - idle.time
					total.output += e.output - idle.output
				}
				units := float64(b.N) * float64(n)
				b.ReportMetric(float64(total.time)/units, "ns/unit")
				b.ReportMetric(float64(total.output)/units, "out-B/unit")
			})
		}
	}
}

// TestShapesAreLinear counts what each shape puts out when it is larger than any list on a page may be: of twice as many it is twice as
// much, where it would be four times as much if each page told of each.
func TestShapesAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads a hundred sites")
	}
	const n = 220
	empty, _, err := Load(t.Context(), shape{}.source(0), nil)
	if err != nil {
		t.Fatal(err)
	}
	least := estimate(t, empty)
	for _, s := range shapes {
		var out [2]int64
		for i := range out {
			site, problems, err := Load(t.Context(), s.source(n<<i), empty)
			if err != nil || len(problems) > 0 {
				t.Fatal(s.name, err, problems[:min(len(problems), 3)])
			}
			out[i] = estimate(t, site) - least
		}
		if growth := float64(out[1]) / float64(out[0]); growth > 2.4 {
			t.Errorf("%s: what is put out grows %.2f-fold where the site doubles: %d", s.name, growth, out)
		}
	}
}

// estimate returns about how many bytes a site puts out, without pictures, which are all alike: it makes a few files of each sort.
func estimate(t *testing.T, s *Site) int64 {
	t.Helper()
	const few = 4
	sorts := map[string][]output.File{}
	for _, f := range output.All(s.output) {
		if path.Ext(f.Path) == ".png" {
			continue
		}
		folder, _, _ := strings.Cut(f.Path, "/")
		sort := folder + " " + f.Maker + " " + path.Base(f.Path)
		sorts[sort] = append(sorts[sort], f)
	}
	var total int64
	for _, files := range sorts {
		var n counter
		made := min(few, len(files))
		for i := range made {
			if err := files[i*len(files)/made].Write(&n); err != nil {
				t.Fatal(err)
			}
		}
		total += int64(n) * int64(len(files)) / int64(made)
	}
	return total
}
