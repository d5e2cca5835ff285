package site

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/fstest"
	"time"
)

// A corpus makes synthetic sites for benchmarks: of n entries 30 % are actors, 30 % events, 30 % pledges and 10 % briefs, each with
// 150 to 600 words of varied Markdown. Actors are popular by a power law, so that a few stand in thousands of entries. The same n gives
// the same bytes.
type corpus struct {
	random  *rand.Rand
	files   fstest.MapFS
	actors  int
	events  int
	pledges int
	briefs  int

	// days are those of the events, by their numbers
	days []string
}

// newCorpus returns a site of n entries.
func newCorpus(n int) fstest.MapFS {
	c := &corpus{
		random: rand.New(rand.NewPCG(1, uint64(n))), files: fstest.MapFS{},
		actors: n * 3 / 10, events: n * 3 / 10, pledges: n * 3 / 10, briefs: n / 10,
	}
	c.file("site.yaml", "title: Corpus\ndescription: A synthetic site.\nbase_url: https://example.org\n")
	for i := range max(1, n/50) {
		c.entry("sources", fmt.Sprintf("source-%d", i), "", "type: webpage\npublisher: Publisher\nundated: true\nlanguage: en\nclass: media\n")
	}
	c.entry("series", "talks", "A series.", "numbering: Nobody numbers them.\n")
	for i := range c.actors {
		c.entry("actors", fmt.Sprintf("actor-%d", i), c.prose(), "kind: state\n")
	}
	for i := range c.events {
		c.event(i)
	}
	for i := range c.pledges {
		c.pledge(i)
	}
	for i := range c.briefs {
		c.entry("briefs", fmt.Sprintf("brief-%d", i), c.prose(), fmt.Sprintf("actors: [%s]\nevents: [event-%d]\n", c.actor(), c.random.IntN(c.events)))
	}
	return c.files
}

func (c *corpus) file(name, text string) {
	c.files["content/"+name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(1, 0)}
}

func (c *corpus) entry(folder, id, body, keys string) {
	published := time.Date(2026, 1, 1, 0, 0, len(c.files), 0, time.UTC).Format(time.RFC3339)
	c.file(folder+"/"+id+".md", fmt.Sprintf("---\ntitle: The entry %s\nsummary: What %s says, in one sentence.\npublished: %s\n%s---\n\n%s", id, id, published, keys, body))
}

// actor returns the id of an actor; the first ones come up most.
func (c *corpus) actor() string {
	u := c.random.Float64()
	return fmt.Sprintf("actor-%d", int(u*u*u*u*float64(c.actors)))
}

func (c *corpus) source() string {
	return fmt.Sprintf("source-%d", c.random.IntN(max(1, (c.actors*10/3)/50)))
}

func (c *corpus) event(i int) {
	var attendance strings.Builder
	present := map[string]bool{}
	for range 5 + c.random.IntN(8) {
		if actor := c.actor(); !present[actor] {
			present[actor] = true
			fmt.Fprintf(&attendance, "  - {actor: %s, mode: in-person}\n", actor)
		}
	}
	day := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, c.random.IntN(4000)).Format(time.DateOnly)
	c.days = append(c.days, day)
	c.entry("events", fmt.Sprintf("event-%d", i), c.prose(), fmt.Sprintf(
		"kind: meeting\ndate: %s\nplace: {city: Town}\nchairs: [%s]\nattendance:\n%soutcomes:\n  - {text: An outcome., source: %s}\n", day, c.actor(), attendance.String(), c.source()))
}

func (c *corpus) pledge(i int) {
	event := c.random.IntN(c.events)
	day := c.days[event]
	c.entry("pledges", fmt.Sprintf("pledge-%d", i), c.prose(), fmt.Sprintf(
		"donors: [%s]\nrecipient: %s\nannounced: {date: %s, event: event-%d}\ncategory: military\namount: {value: %d000000, currency: EUR}\nsteps:\n  - {stage: announced, date: %s, source: %s}\nas_of: %s\n",
		c.actor(), c.actor(), day, event, 1+c.random.IntN(900), day, c.source(), day))
}

var corpusWords = strings.Fields(`the ministers met and agreed that support should go on while air defence and drones were
	discussed by partners who promised further aid in the coming year although details remain to be settled between capitals and industry`)

// prose returns 150 to 600 words with headings, lists, a table, references and citations.
func (c *corpus) prose() string {
	var b strings.Builder
	words := 150 + c.random.IntN(450)
	for section := 0; words > 0; section++ {
		if section > 0 {
			fmt.Fprintf(&b, "## Section %d\n\n", section)
		}
		for range 40 + c.random.IntN(60) {
			switch c.random.IntN(40) {
			case 0:
				fmt.Fprintf(&b, "[[%s]] ", c.actor())
			case 1:
				fmt.Fprintf(&b, "said so.[@%s] ", c.source())
			case 2:
				b.WriteString("*indeed* ")
			default:
				b.WriteString(corpusWords[c.random.IntN(len(corpusWords))] + " ")
			}
			words--
		}
		b.WriteString("\n\n")
		switch c.random.IntN(4) {
		case 0:
			b.WriteString("- one item\n- another **item**\n- a third\n\n")
		case 1:
			b.WriteString("| A | B |\n|---|---:|\n| one | 1 |\n| two | 2 |\n\n")
		}
	}
	return b.String()
}
