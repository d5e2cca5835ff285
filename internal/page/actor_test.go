package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const biography = `
-- actors/body.md --
title: Example Body
short_name: EB
kind: organisation
-- actors/ada.md --
title: Ada Berg
kind: person
also_known_as: [Ада Берґ, Ada B., Адъ, Ў]
same_as: ["https://example.org/ada"]
roles:
  - {title: Minister, of: body, from: 2024, to: 2025-03, source: first}
  - {title: Envoy, as_of: 2025-05-01/2025-06-30, source: second}
  - {title: Chair of Example Body, of: body, from: 2025-09, source: first}
  - {title: Member, from: 2025-10}
member_of: [{of: body, from: 2020}, body]
sources: [first]
---
A profile.[@third]
-- actors/bob.md --
title: Bob
kind: person
---
See [[ada]].
-- sources/first.md --
type: webpage
publisher: A
undated: true
-- sources/second.md --
type: webpage
publisher: B
undated: true
-- sources/third.md --
type: webpage
publisher: C
undated: true
-- events/held.md --
kind: talks
date: 2025-06-04
actors: [ada]
---
> Words at the talks.[@third]
>
> — [[ada]], [@second]
-- briefs/brief.md --
number: RB-1
---
> Words in a brief.
>
> — [[ada]], [@first]
-- pages/about.md --
---
> Words in prose.
>
> — [[ada]], [@first]
-- pledges/own.md --
donors: [ada, bob]
recipient: [ada, bob]
announced: 2025-06-04
category: diplomatic
steps: [{stage: announced, date: 2025-06-04, source: first}]
as_of: 2025-06-04
-- pledges/given.md --
donors: [bob]
recipient: ada
announced: 2025-06-05
category: diplomatic
steps: [{stage: announced, date: 2025-06-05, source: first}]
as_of: 2025-06-05
`

func TestOfficesAreShownAsFarAsTheyAreKnown(t *testing.T) {
	v := view[Actor](t, linked(t, biography), "/actors/ada/")
	var got []string
	for _, r := range v.Roles {
		got = append(got, fmt.Sprintf("%s of %s, from %s to %s, seen %s", r.Title, r.Of.Title, r.From.Machine, r.To.Machine, r.AsOf.Text))
	}
	want := []string{
		"Minister of Example Body, from 2024 to 2025-03, seen ",
		"Envoy of , from  to , seen 1 May to 30 June 2025",
		"Chair of Example Body of Example Body, from 2025-09 to , seen ",
		"Member of , from 2025-10 to , seen ",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if v.Now != "Chair of Example Body; Member" {
		t.Errorf("offices now: %q", v.Now)
	}
	if len(v.MemberOf) != 2 || v.MemberOf[0].From.Text != "2020" || v.MemberOf[1].From.Text != "" {
		t.Errorf("member of %+v", v.MemberOf)
	}
	if v.Events[0].Role != "Envoy" || v.Events[0].Part != "was involved" {
		t.Errorf("%+v", v.Events[0])
	}
}

func TestOtherNamesHaveTheLanguageOfTheirScript(t *testing.T) {
	want := []Name{{"Ада Берґ", "uk"}, {"Ada B.", ""}, {"Адъ", "und-Cyrl"}, {"Ў", "be"}}
	if d := cmp.Diff(want, view[Actor](t, linked(t, biography), "/actors/ada/").Names); d != "" {
		t.Error(d)
	}
}

// TestAnActorsWordsLeadToWhereTheyStand proves that a quotation shows the office of its date, and none where its entry has no date.
func TestAnActorsWordsLeadToWhereTheyStand(t *testing.T) {
	pages := linked(t, biography)
	v := view[Actor](t, pages, "/actors/ada/")
	if len(v.Quotations) != 3 {
		t.Fatalf("%d quotations", len(v.Quotations))
	}
	talks := v.Quotations[0]
	if !strings.HasPrefix(talks.In.URL, "/events/held/#") || talks.When.Machine != "2025-06-04" || talks.Role != "Envoy" {
		t.Errorf("%+v", talks)
	}
	if !strings.Contains(string(talks.Words), "Words at the talks.") || strings.Contains(string(talks.Words), "blockquote") {
		t.Errorf("words %s", talks.Words)
	}
	_, anchor, _ := strings.Cut(talks.In.URL, "#")
	if body := string(view[Event](t, pages, "/events/held/").Body); !strings.Contains(body, `id="`+anchor+`"`) {
		t.Errorf("there is no place %s in %s", anchor, body)
	}
	for _, q := range v.Quotations[1:] {
		if q.In.Title == "The about" && (q.When.Text != "" || q.Role != "") {
			t.Errorf("prose without a date has %+v", q)
		}
		if q.In.Title == "The brief" && q.When.Text != "1 January 2026" {
			t.Errorf("a brief has the date of its publication: %+v", q.When)
		}
	}
}

// TestThePageOfAnActorNumbersItsSourcesFromTopToBottom goes through facts, offices, profile and quotations.
func TestThePageOfAnActorNumbersItsSourcesFromTopToBottom(t *testing.T) {
	v := view[Actor](t, linked(t, biography), "/actors/ada/")
	var got []string
	for _, n := range v.Notes {
		got = append(got, n.Source.Publisher)
	}
	if d := cmp.Diff([]string{"A", "B", "C"}, got); d != "" {
		t.Error(d)
	}
	if n := len(v.Notes[0].Uses); n != 5 {
		t.Errorf("the first source is used %d times", n)
	}
}

// TestWhatAnActorReceivesIsNotItsOwnGift proves that a pledge that an actor makes with others, to itself among others, stands among its
// own pledges alone.
func TestWhatAnActorReceivesIsNotItsOwnGift(t *testing.T) {
	pages := linked(t, biography)
	for id, want := range map[string][2]string{"ada": {"The own", "The given"}, "bob": {"The given, The own", ""}} {
		v := view[Actor](t, pages, "/actors/"+id+"/")
		var made, received []string
		for _, r := range v.Pledges {
			made = append(made, r.Pledge.Title)
		}
		for _, r := range v.Received {
			received = append(received, r.Pledge.Title)
		}
		if got := [2]string{strings.Join(made, ", "), strings.Join(received, ", ")}; got != want {
			t.Errorf("%s made %q and received %q, want %q", id, got[0], got[1], want)
		}
	}
}

// TestKinAreThoseNotNamedAbove proves that a page ends with the entries that mention it and have no section of their own there.
func TestKinAreThoseNotNamedAbove(t *testing.T) {
	v := view[Actor](t, linked(t, biography), "/actors/ada/")
	var got []string
	for _, g := range v.Kin {
		for _, c := range g.Cards {
			got = append(got, g.Title+": "+c.Title)
		}
	}
	if d := cmp.Diff([]string{"Briefs: The brief", "Actors: Bob", "Pages: The about"}, got); d != "" {
		t.Error(d)
	}
}

// TestARecipientsPageShowsTheNewestPledges proves that a state to which all promise keeps a page of bearable length.
func TestARecipientsPageShowsTheNewestPledges(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- actors/a.md --\nkind: state\n-- actors/b.md --\nkind: state\n-- sources/paper.md --\ntype: webpage\npublisher: P\nundated: true\n")
	for i := range receivedRows + 3 {
		fmt.Fprintf(&b, "-- pledges/p%02d.md --\ndonors: [a]\nrecipient: b\nannounced: 2025-01-%02d\ncategory: military\n"+
			"steps: [{stage: announced, date: 2025-01-%02d, source: paper}]\nas_of: 2025-06-01\n", i, i+1, i+1)
	}
	v := view[Actor](t, linked(t, b.String()), "/actors/b/")
	if len(v.Received) != receivedRows || v.Received[0].Pledge.Title != "The p14" || v.Received[receivedRows-1].Pledge.Title != "The p03" {
		t.Errorf("%d pledges, from %v", len(v.Received), v.Received[0].Pledge)
	}
	if len(v.Kin) != 0 {
		t.Errorf("the others are named as kin: %v", v.Kin)
	}
}

// TestActorsAreListedBySortAndName proves that an index counts what each actor has, and leaves empty sorts out.
func TestActorsAreListedBySortAndName(t *testing.T) {
	v := view[Actors](t, linked(t, biography+"-- actors/aaa.md --\ntitle: Äbc\nkind: person\n-- actors/group.md --\nkind: group\n"), "/actors/")
	var got []string
	for _, g := range v.Groups {
		for _, c := range g.Cards {
			got = append(got, fmt.Sprintf("%s %s: %d events, %d pledges", g.ID, c.Title, c.Events, c.Pledges))
		}
	}
	want := []string{
		"organisation Example Body: 0 events, 0 pledges", "group The group: 0 events, 0 pledges", "person Äbc: 0 events, 0 pledges",
		"person Ada Berg: 1 events, 1 pledges", "person Bob: 0 events, 2 pledges",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
