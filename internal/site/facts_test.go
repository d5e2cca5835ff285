package site_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// mark is the mark of a source, as a reader sees it.
var mark = regexp.MustCompile(`\[\d+(, [^\]]*)?\]`)

// near is how many bytes of text may stand between a fact and the mark of its source.
const near = 400

// sourced reports whether a page states a fact, all of whose words stand close together, with a mark beside it.
func sourced(text string, words []string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words[0])
		if i < 0 {
			return false
		}
		at := from + i
		around := text[max(0, at-near):min(len(text), at+near)]
		holds := func(word string) bool { return strings.Contains(around, word) }
		if mark.MatchString(around) && !slices.ContainsFunc(words, func(w string) bool { return !holds(w) }) {
			return true
		}
		from = at + 1
	}
}

// The facts that the brief was begun with. Each must be on the page where a reader looks for it, beside its source.
func TestTheFactsThatTheBriefBeganWithAreToldAndSourced(t *testing.T) {
	docs := sites(t)["this repository"].docs
	for _, c := range []struct {
		page  string
		words []string
	}{
		{"events/udcg-28", []string{"126 billion"}},
		{"figures/total-aid-126bn", []string{"126 billion"}},
		{"events/udcg-28", []string{"66.5 billion", "United States"}},
		{"figures/total-us-66-5bn", []string{"66.5 billion"}},
		{"briefs/first-meeting-without-us-secretary", []string{"12,000", "civilians"}},
		{"figures/civilian-deaths-12000", []string{"12,000"}},
		{"timeline/2025/06", []string{"1,200", "on each side"}},
		{"pledges/prisoner-swap-istanbul-2025", []string{"1,200"}},
		{"timeline/2025/06", []string{"339", "children"}},
		{"pledges/russia-339-children-2025", []string{"339", "children"}},
		{"ramstein", []string{"26 April 2022", "Ramstein Air Base"}},
		{"ramstein", []string{"Lloyd Austin", "US defense secretary of the time", "set up the group"}},
		{"actors/lloyd-austin", []string{"Secretary of Defense"}},
		{"events/udcg-28", []string{"Pete Hegseth", "did not take part"}},
		{"ramstein", []string{"absent altogether for the first time"}},
		{"briefs/first-meeting-without-us-secretary", []string{"Hegseth", "absent"}},
		{"timeline/2025/06", []string{"24 to 25 June 2025"}},
		{"events/2025-06-24-nato-summit-the-hague", []string{"24 to 25 June 2025"}},
	} {
		d, ok := docs[c.page+"/index.html"]
		if !ok {
			t.Errorf("there is no page %s", c.page)
		} else if !sourced(d.text, c.words) {
			t.Errorf("/%s/ does not tell %q with a source beside it", c.page, c.words)
		}
	}
}

var row = regexp.MustCompile(`(?s)<tr id="meeting-([a-z0-9-]+)".*?</th>`)

// All the numbers from 1 to 28 and on, newest first, with those that have no number where their dates put them.
func TestTheHistoryOfMeetingsIsComplete(t *testing.T) {
	page := sites(t)["this repository"].tree["ramstein/index.html"]
	var got []string
	number := regexp.MustCompile(`class="number">(\d+)<`)
	for _, m := range row.FindAllStringSubmatch(page, -1) {
		if n := number.FindStringSubmatch(m[0]); n != nil {
			got = append(got, n[1])
			continue
		}
		got = append(got, m[1])
	}
	want := []string{"udcg-2026-02-12"}
	for n := 32; n >= 1; n-- {
		want = append(want, strconv.Itoa(n))
		if n == 25 {
			want = append(want, "udcg-2024-10-12-postponed")
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the table has\n%v, want\n%v", got, want)
	}
	if postponed := page[strings.Index(page, `id="meeting-udcg-2024-10-12-postponed"`):]; !strings.Contains(postponed[:strings.Index(postponed, "</tr>")], "postponed</span>") {
		t.Error("the meeting that was not held is not said to be postponed")
	}
}

func TestTheTimelineOfJune2025ShowsEveryEventOnItsDay(t *testing.T) {
	s := sites(t)["this repository"]
	page := s.tree["timeline/2025/06/index.html"]
	n := 0
	for _, e := range graph.Of[*dossier.Event](s.Graph, dossier.KindEvent) {
		if start := e.Date.Start; start.Year != 2025 || start.Month != 6 {
			continue
		}
		n++
		day := fmt.Sprintf(`id="2025-06-%02d"`, e.Date.Start.Day)
		from := strings.Index(page, day)
		if from < 0 {
			t.Errorf("the month has no day %s", day)
			continue
		}
		section := page[from:]
		if next := strings.Index(section[1:], `id="2025-06-`); next > 0 {
			section = section[:next]
		}
		if !strings.Contains(section, `href="/events/`+string(e.ID)+`/"`) {
			t.Errorf("%s does not stand in its day", e.ID)
		}
	}
	if n < 30 {
		t.Errorf("the content has %d events of June 2025", n)
	}
}
