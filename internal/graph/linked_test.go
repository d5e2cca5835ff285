package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/dossier"
)

// TestLinked asks every query of a small site.
func TestLinked(t *testing.T) {
	const file = "testdata/linked.txt"
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g, problems := load(a.Files, Options{})
	result(t, file, a, "want.problems", printed(t, problems, a.Files))
	result(t, file, a, "want.queries", queries(g))
	result(t, file, a, "want.ledger", ledgers(g))
}

// queries returns the answers to all queries but those for ledgers.
func queries(g *Graph) string {
	var b strings.Builder
	say := func(query string, id dossier.ID, answers []string) {
		if len(answers) > 0 {
			fmt.Fprintf(&b, "%s %s: %s\n", query, id, strings.Join(answers, ", "))
		}
	}
	for _, e := range g.All() {
		id := e.Base().ID
		say("mentions of", id, ids(g.Mentions(id)))
		say("anchors of", id, g.Anchors(e))
		var seen []string
		for _, x := range g.Appearances(id) {
			seen = append(seen, fmt.Sprintf("%s %s", x.As, x.Event.ID))
		}
		say("appearances of", id, seen)
		var said []string
		for _, q := range g.Quotations(id) {
			said = append(said, string(q.In.Base().ID))
		}
		say("quotations of", id, said)
		say("pledges of", id, ids(g.PledgesOf(id)))
		say("pledges to", id, ids(g.PledgesTo(id)))
		say("pledges at", id, ids(g.PledgesAt(id)))
		say("parts of", id, ids(g.Parts(id)))
		say("repeats of", id, ids(g.Repeats(id)))
		say("figures of", id, ids(g.Figures(id)))
		say("series", id, ids(g.Series(id)))
		say("event parts of", id, ids(g.EventParts(id)))
		say("followers of", id, ids(g.Followers(id)))
		before, after := g.Neighbours(e)
		if before != nil {
			say("before", id, []string{string(before.Base().ID)})
		}
		if after != nil {
			say("after", id, []string{string(after.Base().ID)})
		}
	}
	for _, k := range dossier.Kinds {
		say("all of kind", dossier.ID(k), ids(Of[dossier.Entry](g, k)))
	}
	for _, m := range g.Timeline() {
		say("month", dossier.ID(m.String()+" "+m.Text()), ids(m.Events))
		if p := g.Introduction(m.String()); p != nil {
			say("introduction of", dossier.ID(m.String()), []string{string(p.ID)})
		}
	}
	say("year", "2025", ids(g.YearEvents(2025)))
	say("news", "", ids(g.News()))
	for _, c := range g.Changes() {
		say("change of", c.Entry.Base().ID, []string{c.Note})
	}
	return b.String()
}

func ids[T dossier.Entry](list []T) []string {
	var all []string
	for _, e := range list {
		all = append(all, string(e.Base().ID))
	}
	return all
}

// ledgers returns the ledger of all pledges, that of each donor, and the totals of all other cuts.
func ledgers(g *Graph) string {
	var b strings.Builder
	write := func(name string, l Ledger) {
		fmt.Fprintln(&b, name)
		for _, x := range l.Totals() {
			fmt.Fprintf(&b, "\ttotal %s, loan %v: firm %q, announced %q, %d rows\n", x.Currency, x.Loan, x.Firm.Text(), x.Announced.Text(), x.Rows)
		}
		for _, r := range slices.Concat(l.In, l.Out) {
			fmt.Fprintf(&b, "\t%s", r.Pledge.ID)
			if r.Donor != "" {
				fmt.Fprintf(&b, " by %s", r.Donor)
			}
			fmt.Fprintf(&b, ": %s", r.Amount.Text())
			if r.Joint {
				fmt.Fprintf(&b, ", joint")
			}
			if r.Reason != "" {
				fmt.Fprintf(&b, " is out: %s", strings.TrimSpace(r.Reason+" "+string(r.See)))
			}
			fmt.Fprintln(&b)
		}
	}
	all := Of[*dossier.Pledge](g, dossier.KindPledge)
	write("all", g.Ledger(all...))
	for _, c := range g.Cuts(ByDonor) {
		write(c.Value, g.LedgerOf(c))
	}
	for _, by := range Dimensions[1:] {
		for _, c := range g.Cuts(by) {
			l := g.LedgerOf(c)
			fmt.Fprintf(&b, "%s %s: %d in, %d out: %s\n", by, c.Value, len(l.In), len(l.Out), sums(l))
		}
	}
	return b.String()
}

func TestLookup(t *testing.T) {
	a, err := txtar.ParseFile("testdata/linked.txt")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := load(a.Files, Options{})
	if e, ok := g.Lookup("norge"); !ok || e.Base().ID != "norway" {
		t.Errorf("a former id leads to %+v", e)
	}
	if _, ok := g.Lookup("nobody"); ok {
		t.Error("nobody has an entry")
	}
	if Find[*dossier.Event](g, "norway") != nil || Find[*dossier.Actor](g, "norge") == nil {
		t.Error("Find does not go by kind")
	}
	if len(g.Mentions("nobody")) > 0 || g.Date().Format("2006-01-02") != "2026-11-21" {
		t.Errorf("date %v", g.Date())
	}
	if before, after := g.Neighbours(&dossier.Event{}); before != nil || after != nil {
		t.Error("neighbours of an event that is not in the graph")
	}
}
