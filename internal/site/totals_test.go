package site_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// manyPledges makes a site of n pledges in which all that makes sums hard comes up: joint pledges, published shares and shares inside other
// pledges, parts and repetitions, withdrawals, whole and in part, ranges with and without ends, rates, loans, several recipients, former
// ids, and what no source tells. The same seed gives the same site.
func manyPledges(seed uint64, n int) fstest.MapFS {
	h := &pledger{rand.New(rand.NewPCG(seed, 3)), fstest.MapFS{}}
	h.files["content/site.yaml"] = &fstest.MapFile{Data: []byte("title: Hard\ndescription: A hard site.\nbase_url: https://example.org\n")}
	for i := range 6 {
		h.entry("actors", fmt.Sprintf("actor-%d", i), fmt.Sprintf("kind: state\naliases: [former-%d]\n", i))
		h.entry("events", fmt.Sprintf("event-%d", i), "kind: meeting\ndate: 2025\n")
	}
	h.entry("sources", "paper", "type: webpage\npublisher: P\nundated: true\n")
	for i := range n {
		h.entry("pledges", fmt.Sprintf("pledge-%d", i), h.pledge(i))
	}
	return h.files
}

type pledger struct {
	*rand.Rand
	files fstest.MapFS
}

func (h *pledger) entry(folder, id, keys string) {
	h.files["content/"+folder+"/"+id+".md"] = &fstest.MapFile{Data: []byte(
		"---\ntitle: The entry " + id + "\nsummary: What it says.\npublished: 2026-01-01T00:00:00Z\n" + keys + "---\n")}
}

// one chooses one of some texts.
func (h *pledger) one(texts ...string) string { return texts[h.IntN(len(texts))] }

// wholes is how many pledges may contain others. Each is of more than all that come after it together.
const wholes = 5

// whole returns a pledge made before pledge i that may contain it.
func (h *pledger) whole(i int) string { return fmt.Sprintf("pledge-%d", h.IntN(min(i, wholes))) }

// pledge returns the keys of a pledge. It belongs only to such as were made before it.
func (h *pledger) pledge(i int) string {
	var b strings.Builder
	currency := h.one("EUR", "EUR", "GBP", "SEK")
	fmt.Fprintf(&b, "donors:\n%s", h.donors(i, currency))
	fmt.Fprintf(&b, "recipient: %s\n", h.one("actor-5", "actor-5", "former-5", "[actor-4, actor-5]", "[former-3, actor-3]"))
	relation := ""
	if i > 0 {
		relation = h.one("", "", "", "", "part_of: "+h.whole(i)+"\n", "reannounces: "+h.whole(i)+"\n", "uncounted: It overlaps with others.\n")
	}
	day := "2025" // what is announced again may have been announced at any time
	if !strings.HasPrefix(relation, "reannounces") {
		day = h.one("2025-01-10", "2025-02", "2025", "2025-03-30/2025-04-02", "2025-05-01~")
	}
	fmt.Fprintf(&b, "announced: {date: %s%s}\n", day, h.one("", ", event: event-1", ", event: event-2"))
	fmt.Fprintf(&b, "category: %s\n%s", h.one("military", "financial", "humanitarian"), h.one("", "instrument: grant\n", "instrument: loan\n", "instrument: guarantee\n"))
	amount := h.one("", h.amount(i, currency), h.amount(i, currency), h.amount(i, currency))
	b.WriteString(amount + relation + "as_of: 2025-12\nsteps:\n  - {stage: announced, date: 2025-06-01, source: paper}\n")
	step := func(stage, more string) string {
		return fmt.Sprintf("  - {stage: %s, date: 2025-06-02, source: paper%s}\n", stage, more)
	}
	some := fmt.Sprintf(", amount: {value: %d.25, currency: %s}", 1+h.IntN(290), currency)
	if amount == "" {
		some = ""
	}
	b.WriteString(h.one("", "", step("committed", ""), step("allocated", ""), step("delivered", some), step("delivered", ", final: true"),
		step("withdrawn", ""), step("withdrawn", some), step("committed", "")+step("withdrawn", some)))
	return b.String()
}

// amount returns a sum of more than the shares that donors may have of it, and than a step takes back.
func (h *pledger) amount(i int, currency string) string {
	least := 300 + h.IntN(1000)
	if i < wholes {
		return fmt.Sprintf("amount: {%s: %d, currency: %s}\n", h.one("value", "value", "min", "max"), int64(1e12)<<(2*(wholes-i-1))+int64(least), currency)
	}
	return fmt.Sprintf("amount: {%s, currency: %s}\n", h.one(
		fmt.Sprintf("value: %d", least), fmt.Sprintf("value: %d.5", least), fmt.Sprintf("value: %d000000", least), fmt.Sprintf("min: %d", least),
		fmt.Sprintf("max: %d", least), fmt.Sprintf("min: %d, max: %d", least, least+h.IntN(500)), fmt.Sprintf("min: %d, wording: about %d", least, least),
	), currency)
}

// donors returns one to three donors, some with a share.
func (h *pledger) donors(i int, currency string) string {
	var b strings.Builder
	for at := range 1 + h.IntN(3) {
		actor := h.one(fmt.Sprintf("actor-%d", at), fmt.Sprintf("former-%d", at))
		fmt.Fprintf(&b, "  - actor: %s\n%s", actor, h.one("", "", fmt.Sprintf("    amount: {value: %d.75, currency: %s}\n", 1+h.IntN(90), currency)))
		if i > 0 {
			b.WriteString(h.one("", "", "", "    part_of: "+h.whole(i)+"\n"))
		}
	}
	return b.String()
}

func TestAnAuditorComesToEveryTotalOfHardSites(t *testing.T) {
	for seed, n := range []int{40, 40, 450} {
		files := manyPledges(uint64(seed), n)
		tree := keep(t, load(t, realSource(files), nil))
		sums, links := audit(t, tree), linkedSums(t, tree)
		if n == 450 && (sums < 25 || links < 40 || tree["actors/actor-0/sum/page/2/index.html"] == "") {
			t.Errorf("%d sums and %d links to them, or no long ones", sums, links)
		}
		if t.Failed() {
			t.Fatalf("site %d of %d pledges", seed, n)
		}
	}
}

// The case on which the ledger was designed. On 11 April 2025 the press told of a headline of 21 billion euro; of a German and a British
// pledge that make up most of it; and of a package of Britain and Norway, of which Britain's share lies inside its pledge.
var april2025 = []struct{ name, text string }{
	{"figures/headline", "min: 21000000000\ncurrency: EUR\nas_of: 2025-04-11\nasserted_by: united-kingdom\n"},
	{"pledges/germany-11bn", pledged("[germany]", "value: 11000000000, currency: EUR", "committed")},
	{"pledges/uk-4-5bn", pledged("[united-kingdom]", "value: 4500000000, currency: GBP", "announced")},
	{"pledges/uk-norway", pledged("[{actor: united-kingdom, amount: {value: 350000000, currency: GBP}, part_of: uk-4-5bn}, norway]", "value: 450000000, currency: GBP", "announced")},
}

// pledged returns the keys of a pledge of that day.
func pledged(donors, amount, stage string) string {
	return fmt.Sprintf("donors: %s\nrecipient: ukraine\nannounced: {date: 2025-04-11, event: meeting}\ncategory: military\namount: {%s}\nas_of: 2025-06\nsteps: [{stage: %s, date: 2025-04-11, source: paper}]\n",
		donors, amount, stage)
}

// Adds the files of the case one by one and reads the totals that readers see. The headline is in none; the package adds Norway's share alone.
func TestTheHeadlineOfApril2025IsInNoTotal(t *testing.T) {
	h := &pledger{files: manyPledges(0, 0)}
	for _, id := range []string{"germany", "united-kingdom", "norway", "ukraine"} {
		h.entry("actors", id, "kind: state\n")
	}
	h.entry("events", "meeting", "kind: meeting\ndate: 2025-04-11\n")
	const whole, meeting, germany, britain, norway = "pledges/sum/", "events/meeting/", "actors/germany/", "actors/united-kingdom/", "actors/norway/"
	const eur, pounds, share = "EUR firm 11000000000..11000000000", "GBP 4500000000..4500000000", "GBP 100000000..100000000"
	for i, want := range []map[string]string{
		{whole: ""},
		{whole: eur, meeting: eur, germany: eur},
		{whole: eur + ", " + pounds, meeting: eur + ", " + pounds, germany: eur, britain: pounds},
		{whole: eur + ", GBP 4600000000..4600000000", meeting: eur + ", GBP 4600000000..4600000000", germany: eur, britain: pounds, norway: share},
	} {
		folder, id, _ := strings.Cut(april2025[i].name, "/")
		h.entry(folder, id, april2025[i].text)
		tree := keep(t, load(t, realSource(maps.Clone(h.files)), nil))
		audit(t, tree)
		for _, page := range []string{whole, meeting, germany, britain, norway} {
			if got := shownTotals(t, tree, page); got != want[page] {
				t.Errorf("with %s /%s says %q, want %q", id, page, got, want[page])
			}
		}
	}
}

// shownTotals returns the totals that a page shows.
func shownTotals(t *testing.T, tree map[string]string, page string) string {
	t.Helper()
	section := ""
	if !strings.HasPrefix(page, "pledges/") {
		if section = "sum"; !strings.Contains(tree[page+"index.html"], `<section id="sum"`) {
			return ""
		}
	}
	var all []string
	for key, b := range readSum(t, tree[page+"index.html"], section).totals {
		name := key.currency
		if key.firm {
			name += " firm"
		}
		all = append(all, name+" "+b.String())
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// The same case as this site tells it.
func TestThisSiteTellsTheCaseOfApril2025(t *testing.T) {
	tree := sites(t)["this repository"].tree
	if got := shownTotals(t, tree, "events/udcg-27/"); !strings.Contains(got, "EUR firm 11000000000..11000000000") || !strings.Contains(got, "GBP 4600000000..4600000000") {
		t.Errorf("the meeting comes to %s", got)
	}
	if got := shownTotals(t, tree, "actors/norway/"); !strings.Contains(got, "GBP 100000000..100000000") {
		t.Errorf("Norway comes to %s", got)
	}
	const britain = "uk-4-5bn-2025"
	i := slices.IndexFunc(table(t, tree, "shares"), func(row map[string]string) bool {
		return row["pledge"] == "uk-norway-450m-2025" && row["donor"] == "united-kingdom" && row["counted"] == "false" && row["reason"] == "share inside" && row["see"] == britain
	})
	if i < 0 {
		t.Error("the data do not say that Britain’s share of the package lies inside its pledge")
	}
}
