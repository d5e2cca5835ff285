package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// sourceFile makes a source of a class and a publisher, known via another where one is given.
func sourceFile(id, class, publisher, via string) txtar.File {
	var lines []string
	if class != "" {
		lines = append(lines, "class: "+class)
	}
	if via != "" {
		lines = append(lines, "via: "+via)
	}
	f := entryFile("sources/"+id, lines...)
	f.Data = []byte(strings.Replace(string(f.Data), "publisher: P", "publisher: "+publisher, 1))
	return f
}

// shelf holds a source of each class and each sort of dependence.
var shelf = []txtar.File{
	sourceFile("ministry", "official", "Ministry", ""), sourceFile("alliance", "official", "Alliance", ""),
	sourceFile("wire", "agency", "Wire", ""), sourceFile("daily", "media", "Daily", ""), sourceFile("weekly", "media", "Weekly", ""),
	sourceFile("tracker", "research", "Tracker", ""), sourceFile("wiki", "secondary", "Wiki", ""), sourceFile("plain", "", "Plain", ""),
	sourceFile("ministry-read-in-daily", "official", "Ministry", "daily"), sourceFile("ministry-tv", "media", "ministry (television)", ""),
	sourceFile("daily-of-ministry", "media", "Daily", "ministry"), sourceFile("daily-of-tracker", "media", "Another", "tracker"),
}

// sourced returns the key for some sources; none for none.
func sourced(sources string) string {
	if sources == "" {
		return "# none"
	}
	return "sources: [" + sources + "]"
}

// TestStanding holds the rule of the package comment against what it says, case by case.
func TestStanding(t *testing.T) {
	for _, test := range []struct {
		sources, more string
		want          dossier.Standing
	}{
		{"ministry, daily", "", dossier.Confirmed},
		{"daily, wire, tracker", "", dossier.Confirmed},
		{"tracker, ministry", "", dossier.Confirmed},
		{"wiki, ministry, wire", "", dossier.Confirmed},
		{"daily", "", dossier.Reported},
		{"daily, weekly, wire", "", dossier.Reported}, // many, but none primary
		{"tracker", "", dossier.Reported},
		{"tracker, wiki", "", dossier.Reported}, // an encyclopedia is no second witness
		{"ministry-read-in-daily, weekly", "", dossier.Reported},
		{"ministry, ministry-tv", "", dossier.Reported},       // one publisher
		{"ministry, daily-of-ministry", "", dossier.Reported}, // one through the other
		{"tracker, daily-of-tracker", "", dossier.Reported},
		{"ministry", "", dossier.Claimed},
		{"ministry, alliance", "", dossier.Claimed}, // both have a part in it
		{"ministry, wiki", "", dossier.Claimed},
		{"daily, wire", "asserted_by: norway", dossier.Claimed}, // they only pass it on
		{"ministry, daily", "asserted_by: norway", dossier.Claimed},
		{"tracker", "asserted_by: norway", dossier.Reported},
		{"tracker, ministry", "asserted_by: norway", dossier.Confirmed},
		{"wiki", "", dossier.Unconfirmed},
		{"plain", "", dossier.Unconfirmed},
		{"", "", dossier.Unconfirmed},
		{"wiki", "asserted_by: norway", dossier.Unconfirmed},
		{"ministry, daily", "disputed: [{point: P, versions: [{text: A}, {text: B}]}]", dossier.Disputed},
	} {
		g := linked(t, append(slices.Clone(shelf), entryFile("figures/f", "value: 3", "as_of: 2025", sourced(test.sources), test.more))...)
		f := Find[*dossier.Figure](g, "f")
		if got := g.Standing(f, f); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.sources, test.more, got, test.want)
		}
	}
}

// TestStandingOfEachSortOfStatement proves that outcomes, key points, steps and versions have a standing too, and what they rest on.
func TestStandingOfEachSortOfStatement(t *testing.T) {
	g := linked(t, append(slices.Clone(shelf),
		eventFile("e", "2025-06-04", "sources: [ministry, daily]",
			"outcomes: [Whole., {text: Own., source: [ministry, daily]}, {text: Two., versions: [{text: A, asserted_by: norway, source: daily}, {text: B, source: wiki}]}]"),
		entryFile("briefs/b", "key_points: [Nothing., {text: One., source: ministry}]"),
		entryFile("pledges/p", "donors: [norway]", "announced: 2025-04", "steps: [{stage: announced, date: 2025-04, source: [ministry, wire]}, {stage: delivered, date: 2025-05, source: ministry}, {stage: delivered, date: 2025-06, source: wire, standing: claimed}]"),
	)...)
	e, b, p := Find[*dossier.Event](g, "e"), Find[*dossier.Brief](g, "b"), Find[*dossier.Pledge](g, "p")
	for _, test := range []struct {
		of   dossier.Entry
		s    dossier.Stated
		want dossier.Standing
	}{
		{e, &e.Outcomes[0], dossier.Reported}, // on the sources of the entry as a whole
		{e, &e.Outcomes[1], dossier.Confirmed},
		{e, &e.Outcomes[2], dossier.Disputed},
		{e, &e.Outcomes[2].Versions[0], dossier.Claimed},
		{e, &e.Outcomes[2].Versions[1], dossier.Unconfirmed},
		{b, &b.KeyPoints[0], dossier.Unconfirmed},
		{b, &b.KeyPoints[1], dossier.Claimed},
		{p, &p.Steps[0], dossier.Confirmed},
		{p, &p.Steps[1], dossier.Claimed},
		{p, &p.Steps[2], dossier.Claimed}, // lowered by the editor
	} {
		if got := g.Standing(test.of, test.s); got != test.want {
			t.Errorf("%+v: %s, want %s", test.s, got, test.want)
		}
	}
}

// TestAnEditorNeverRaisesAStanding tries every word on figures with sources at random: one that is higher than what the sources support
// is a problem and changes nothing, any other lowers.
func TestAnEditorNeverRaisesAStanding(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rank := func(s dossier.Standing) int { return slices.Index(dossier.Standings, s) }
	for range 150 {
		var sources []string
		for _, f := range shelf {
			if random.IntN(4) == 0 {
				sources = append(sources, strings.TrimSuffix(strings.TrimPrefix(f.Name, "content/sources/"), ".md"))
			}
		}
		lines := []string{"value: 3", "as_of: 2025", sourced(strings.Join(sources, ", "))}
		if random.IntN(3) == 0 {
			lines = append(lines, "asserted_by: norway")
		}
		files := append(slices.Concat(world, shelf), entryFile("figures/free", lines...))
		words := []dossier.Standing{dossier.Confirmed, dossier.Reported, dossier.Claimed, dossier.Unconfirmed}
		for _, word := range words {
			files = append(files, entryFile("figures/"+string(word), append(lines, "standing: "+string(word))...))
		}
		g, problems := load(files, Options{})
		supported := g.Standing(Find[*dossier.Figure](g, "free"), Find[*dossier.Figure](g, "free"))
		for _, word := range words {
			f := Find[*dossier.Figure](g, dossier.ID(word))
			raised := slices.ContainsFunc(problems, func(p diag.Problem) bool {
				return p.File == f.File && p.Code == diag.StandingRaised && p.Line > 0 && strings.Contains(p.Msg, fmt.Sprintf("%q", supported))
			})
			want := word
			if rank(word) < rank(supported) {
				want = supported
			}
			if got := g.Standing(f, f); got != want || raised != (rank(word) < rank(supported)) {
				t.Errorf("%v: %s written on %s is %s, a problem: %v", lines, word, supported, got, raised)
			}
		}
	}
}

// TestChain reads the values of one measure from each of them, and those of another beside it.
func TestChain(t *testing.T) {
	usd := func(id, date, more string) txtar.File {
		return entryFile("figures/"+id, "value: 5", "currency: USD", "as_of: "+date, more)
	}
	files := []txtar.File{
		usd("b", "2024-04", "aliases: [old-b]"), usd("c", "2024-06", "supersedes: old-b"), usd("a", "2025", "supersedes: c"),
		usd("alone", "2026", ""), usd("y", "2020", ""), usd("z", "2021", "supersedes: y"),
	}
	g := linked(t, files...)
	for id, want := range map[dossier.ID]string{"a": "b c a", "b": "b c a", "c": "b c a", "old-b": "", "alone": "", "y": "y z", "z": "y z"} {
		if got := strings.Join(ids(g.Chain(id)), " "); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	var all []string
	for _, chain := range g.Chains() {
		all = append(all, strings.Join(ids(chain), " "))
	}
	if got := strings.Join(all, "; "); got != "b c a; y z" {
		t.Errorf("all chains: %s", got)
	}
	gone := linked(t, append(files, usd("d", "2025-02", "supersedes: late"), usd("late", "2025-01", "withdrawn: {at: 2026-12-01T00:00:00Z, reason: A slip.}"))...)
	if got := gone.Chain("d"); got != nil {
		t.Errorf("a figure that was withdrawn is in the chain %s", ids(got))
	}
	if got := total(g); got != "" {
		t.Errorf("figures that supersede each other are in the totals: %s", got)
	}
}
