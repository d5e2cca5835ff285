package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/picture"
)

const portraits = `
-- actors/north.md --
kind: state
title: Northland
-- actors/ada.md --
kind: person
title: Ada
-- series/talks.md --
title: Talks
-- events/talks-1.md --
kind: meeting
title: First talks
date: 2025-06-04
series: talks
number: 1
participants: {min: 40, wording: more than 40}
-- events/talks-2.md --
kind: meeting
title: Second talks
date: 2025-07-04
participants: {min: 40, wording: more than 40}
disputed:
  - {point: How many came, fact: participants, versions: [{text: More than 40}, {text: About 30}]}
-- pledges/boats.md --
title: Boats
donors: [north]
recipient: ada
announced: {date: 2025-06-04, event: talks-1}
category: military
amount: {value: 2000000, currency: EUR}
steps: [{stage: announced, date: 2025-06-04, source: gazette}]
as_of: 2025-06-04
-- pledges/nets.md --
title: Nets
donors: [north]
recipient: ada
announced: {date: 2025-06-05}
category: military
items: [{what: nets, value: 12}]
steps: [{stage: announced, date: 2025-06-05, source: gazette}]
as_of: 2025-06-05
-- figures/count.md --
title: Boats counted
value: 7
unit: boats
measures: Boats seen
as_of: 2025-06-06
-- sources/gazette.md --
type: webpage
publisher: Gazette
undated: true
-- pages/about.md --
title: About
`

func TestPicturesSayWhatMatters(t *testing.T) {
	got := map[string]picture.Card{}
	for _, p := range linked(t, portraits) {
		if p.HasPicture() {
			got[p.URL()] = p.Picture()
		}
	}
	of := func(kind, date, title, number, label string) picture.Card {
		c := picture.Card{Kind: kind, Date: date, Title: title, Number: number, Label: label}
		c.Site, c.Host, c.Text = got["/"].Site, got["/"].Host, got["/events/talks-1/"].Text
		return c
	}
	want := map[string]picture.Card{
		"/actors/north/":     of("State", "", "Northland", "", ""),
		"/actors/ada/":       of("Person", "", "Ada", "", ""),
		"/talks/":            of("Series", "", "Talks", "1", "event"),
		"/events/talks-1/":   of("Meeting", "4 June 2025", "First talks", "More than 40", "took part"),
		"/events/talks-2/":   of("Meeting", "4 July 2025", "Second talks", "More than 40", "took part (disputed)"),
		"/timeline/2025/07/": {Kind: "Timeline", Title: "July 2025", Number: "1", Label: "event", Site: got["/"].Site, Host: got["/"].Host},
		"/pledges/boats/":    of("Pledge, announced", "4 June 2025", "Boats", "€2 million", "promised"),
		"/pledges/nets/":     of("Pledge, announced", "5 June 2025", "Nets", "12 nets", "promised"),
		"/figures/count/":    of("Figure", "as of 6 June 2025", "Boats counted", "7 boats", "unconfirmed"),
		"/timeline/2025/06/": {Kind: "Timeline", Title: "June 2025", Number: "1", Label: "event", Site: got["/"].Site, Host: got["/"].Host},
		"/":                  got["/"],
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if home := got["/"]; home.Title != home.Site || home.Site == "" || home.Host == "" {
		t.Errorf("the first page has the picture %+v", home)
	}
}

func TestPagesNameTheirPictures(t *testing.T) {
	g := linked(t, portraits)
	event := view[Event](t, g, "/events/talks-1/")
	if p := event.Picture; !strings.HasPrefix(p.URL, "https://example.org/events/talks-1/card.png?v=") || p.Width != 1200 || p.Height != 630 ||
		p.Alt != "Meeting, 4 June 2025: First talks. More than 40 took part" {
		t.Errorf("an event has %+v", p)
	}
	if own, shared := view[Month](t, g, "/timeline/2025/06/").Picture, view[Prose](t, g, "/about/").Picture; own == shared ||
		shared != view[Home](t, g, "/").Picture {
		t.Errorf("a month has %+v and a page of prose %+v", own, shared)
	}
}
