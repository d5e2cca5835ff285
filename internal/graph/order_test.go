package graph

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/shopspring/decimal"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// choices yields small numbers, taken from a few bytes that come round again.
type choices struct {
	data []byte
	at   int
}

func (c *choices) below(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	b := int(c.data[c.at%len(c.data)]) + c.at/len(c.data)
	c.at++
	return b % n
}

const published = "published: 2026-11-21T12:00:00Z\n"

// generated makes the files of a small site: three actors, and events and pledges that refer to each other as the data say. Some
// references lead nowhere, or round in a ring.
func generated(data []byte) []txtar.File {
	c := &choices{data: data}
	var files []txtar.File
	add := func(folder, id, text string) {
		files = append(files, txtar.File{
			Name: "content/" + folder + "/" + id + ".md", Data: []byte("---\ntitle: " + id + "\nsummary: A summary.\n" + published + text),
		})
	}
	for _, id := range []string{"a0", "a1", "a2"} {
		add("actors", id, "kind: state\naliases: ["+id+"-old]\n---\n")
	}
	add("sources", "s0", "type: webpage\npublisher: P\nissued: 2025\n---\n")
	add("series", "row", "---\n")
	files = append(files, txtar.File{Name: ratesFile, Data: []byte(generatedRates)})
	for i := range 1 + c.below(5) {
		add("events", fmt.Sprintf("e%d", i), generatedEvent(variant(c)))
	}
	for i := range 1 + c.below(7) {
		add("pledges", fmt.Sprintf("p%d", i), generatedPledge(variant(c)))
	}
	return files
}

// generatedRates are those of the days on which generated pledges are announced. None is a number by which others divide evenly.
const generatedRates = "date,pair,rate,source\n2024-11-27,EUR/GBP,0.83,s0\n2024-12-01,EUR/USD,1.07,s0\n2025-01-01,EUR/USD,1.03,s0\n2025-01-01,GBP/EUR,1.19,s0\n" +
	"2025-01-14,EUR/USD,1.13,s0\n2025-01-15,EUR/GBP,0.87,s0\n2025-01-15,GBP/USD,1.31,s0\n"

// variants is how many texts of an event, and of a pledge, sites are made of: enough that a few of them hold each thing that a text
// may say, and few enough that thousands of sites need each parsed once only.
const variants = 256

// variant chooses one of the variants, and yields the choices that make its text.
func variant(c *choices) *choices { return &choices{data: random(1_000_000 + c.below(variants))} }

// generatedEvent makes the rest of an event.
func generatedEvent(c *choices) string {
	return fmt.Sprintf(
		"kind: meeting\ndate: 2025-0%d\nseries: row\nnumber: %d\nchairs: [a%d]\nfollows: e%d\nattendance: [a%d-old]\n---\nSee [[e%d#quote-1]].\n\n> W.\n>\n> — [[a%d]], [@s0]\n",
		1+c.below(9)*c.below(2), 1+c.below(30), c.below(3), c.below(9), c.below(3), c.below(6), c.below(3))
}

// generatedPledge makes the rest of a pledge.
func generatedPledge(c *choices) string {
	var b strings.Builder
	currency := []string{"EUR", "GBP"}[c.below(2)]
	amount := fmt.Sprintf("{value: %d, currency: %s}", 100+c.below(100), currency)
	if c.below(3) == 0 {
		amount = fmt.Sprintf("{%s: %d, currency: %s}", []string{"min", "max", "min: 50, max"}[c.below(3)], 100+c.below(100), currency)
	}
	b.WriteString("donors:\n")
	for donor := range 1 + c.below(3) {
		fmt.Fprintf(&b, "  - actor: a%d%s\n", donor, []string{"", "-old"}[c.below(2)])
		if c.below(2) == 0 {
			fmt.Fprintf(&b, "    amount: {%s: %d, currency: %s}\n", []string{"value", "value", "min", "max"}[c.below(4)], 1+c.below(70), currency)
		}
		if c.below(4) == 0 {
			fmt.Fprintf(&b, "    part_of: p%d\n", c.below(9))
		}
	}
	fmt.Fprintf(&b, "recipient: %s\ncategory: %s\n", []string{"a2", "a2-old", "[a1, a2-old]"}[c.below(3)], []string{"military", "financial"}[c.below(2)])
	b.WriteString([]string{"instrument: grant\n", "instrument: loan\n", ""}[c.below(3)])
	fmt.Fprintf(&b, "announced: {date: %s, event: e0}\n", []string{"2025-01", "2025-01-15", "2025", "2024-12/2025-01"}[c.below(4)])
	if c.below(5) != 0 {
		fmt.Fprintf(&b, "amount: %s\n", amount)
	}
	switch c.below(6) {
	case 0:
		fmt.Fprintf(&b, "part_of: p%d\n", c.below(9))
	case 1:
		fmt.Fprintf(&b, "reannounces: p%d\n", c.below(9))
	}
	b.WriteString("steps:\n  - {stage: announced, date: 2025-01, source: s0}\n")
	for range c.below(3) {
		stage := []string{"committed", "withdrawn", "delivered"}[c.below(3)]
		bound := []string{"value", "value", "value", "min", "max"}[c.below(5)]
		fmt.Fprintf(&b, "  - {stage: %s, date: 2025-02, amount: {%s: %d, currency: %s}, source: s0}\n", stage, bound, 1+c.below(110), currency)
	}
	b.WriteString("as_of: 2025-10\n---\n")
	return b.String()
}

// random returns data for generated; the same for the same seed.
func random(seed int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	data := make([]byte, 40)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	return data
}

// TestOrderOfFiles checks that no order of files changes a problem or an answer.
func TestOrderOfFiles(t *testing.T) {
	archives := [][]txtar.File{}
	for _, name := range []string{"testdata/linked.txt", "testdata/broken.txt"} {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		archives = append(archives, a.Files)
	}
	for seed := range 100 {
		archives = append(archives, generated(random(seed)))
	}
	for i, files := range archives {
		sameInAnyOrder(t, i, files)
	}
}

// sameInAnyOrder links files in several orders and compares what comes of it.
func sameInAnyOrder(t *testing.T, seed int, files []txtar.File) (*Graph, diag.List) {
	t.Helper()
	g, problems := load(files, Options{})
	want := printed(t, problems, files) + queries(g) + ledgers(g)
	r := rand.New(rand.NewPCG(uint64(seed), 2))
	shuffled := slices.Clone(files)
	for range 3 {
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other, list := load(shuffled, Options{})
		if got := printed(t, list, files) + queries(other) + ledgers(other); got != want {
			t.Fatalf("site %d: another order gives another result:\n%s\ninstead of\n%s", seed, got, want)
		}
	}
	return g, problems
}

// balances checks what holds for the ledgers of every graph without problems: a donor's ledger tells of each of its pledges, a row that is in
// adds something, and in each dimension the cuts come to the whole, with each row in one of them and none lost.
func balances(t *testing.T, g *Graph) {
	t.Helper()
	whole := g.LedgerOf(Cut{})
	for _, r := range whole.In {
		if r.Amount.IsZero() || r.Amount.Currency == "" || !sound(r.Amount.Range) || most(r).LessThan(r.Amount.Low()) {
			t.Errorf("a row of %s brings %v", r.Pledge.ID, r.Amount)
		}
	}
	for _, x := range slices.Concat(whole.Totals(), Converted(whole.Totals())) {
		if !sound(x.Firm) || !sound(x.Announced) {
			t.Errorf("a total of %v", x)
		}
	}
	for _, a := range Of[*dossier.Actor](g, dossier.KindActor) {
		l := g.LedgerOf(Cut{ByDonor, string(a.ID)})
		told := map[dossier.ID]bool{}
		for _, r := range slices.Concat(l.In, l.Out) {
			told[r.Pledge.ID] = true
		}
		for _, p := range g.PledgesOf(a.ID) {
			if !told[p.ID] {
				t.Errorf("the ledger of %s says nothing of %s", a.ID, p.ID)
			}
		}
	}
	for _, by := range Dimensions {
		cutsBalance(t, g, by, whole)
	}
}

// sound reports whether a number can be a sum: not less than nothing, and at the most not less than at the least.
func sound(r dossier.Range) bool {
	return !r.Min.IsNegative() && !r.Max.IsNegative() && (!r.HasMax || !r.Max.LessThan(r.Min))
}

// most returns the most that a row of a pledge may bring: the whole promise, or all that its donors promised where it has no sum.
func most(r *Row) decimal.Decimal {
	if !r.Pledge.Amount.IsZero() {
		return r.Pledge.Amount.High()
	}
	var sum dossier.Range
	for _, d := range r.Pledge.Donors {
		sum = sum.Add(d.Amount.Range)
	}
	return sum.High()
}

// cutsBalance checks that the cuts of a dimension come to the whole: each row of it is in the ledger of one cut as what it is there, and in
// that of others at most among those left out.
func cutsBalance(t *testing.T, g *Graph, by Dimension, whole Ledger) {
	t.Helper()
	var parts Ledger
	in, out := map[*Row]int{}, map[*Row]int{}
	for _, c := range g.Cuts(by) {
		l := g.LedgerOf(c)
		if len(l.In)+len(l.Out) == 0 {
			t.Errorf("there are no rows by %s of %s", by, c.Value)
		}
		for _, r := range l.In {
			in[r]++
			parts.In = append(parts.In, r)
		}
		for _, r := range l.Out {
			if single(g.Values(r, by)) == c.Value {
				out[r]++
			}
			if r.Reason == "" {
				t.Errorf("by %s of %s, a row of %s is left out without a word", by, c.Value, r.Pledge.ID)
			}
		}
	}
	for _, r := range whole.In {
		if in[r] != 1 || out[r] != 0 {
			t.Errorf("by %s, a row of %s is %d times in and %d times out, which is in the whole", by, r.Pledge.ID, in[r], out[r])
		}
	}
	for _, r := range whole.Out {
		if in[r] != 0 || out[r] != 1 {
			t.Errorf("by %s, a row of %s is %d times in and %d times out, which is out of the whole", by, r.Pledge.ID, in[r], out[r])
		}
	}
	if got, want := sums(parts), sums(whole); got != want || len(in) != len(whole.In) {
		t.Errorf("by %s the parts come to %s, the whole to %s\n%s", by, got, want, ledgers(g))
	}
}

// sums returns the totals of a ledger.
func sums(l Ledger) string {
	var b strings.Builder
	for _, x := range slices.Concat(l.Totals(), Converted(l.Totals())) {
		fmt.Fprintf(&b, "%s %v %d: %s, %s; ", x.Currency, x.Loan, x.Rows, x.Firm.Text(), x.Announced.Text())
	}
	return b.String()
}

func TestLedgersBalance(t *testing.T) {
	a, err := txtar.ParseFile("testdata/linked.txt")
	if err != nil {
		t.Fatal(err)
	}
	g, _ := load(a.Files, Options{})
	balances(t, g)
	converted := withRates(a.Files)
	if g, _ = load(converted, Options{}); len(g.Currencies()) == 0 {
		t.Error("the site is not converted")
	}
	balances(t, g)
	clean := 0
	for seed := range 3000 {
		if g, problems := load(generated(random(seed)), Options{}); !slices.ContainsFunc(problems, inPledge) {
			if clean++; len(g.Currencies()) == 0 {
				t.Errorf("site %d is not converted", seed)
			}
			balances(t, g)
		}
	}
	if clean < 100 {
		t.Errorf("only %d sites with sound pledges", clean)
	}
}

// withRates adds to the files of a site a rate of every currency for every day that it needs one of.
func withRates(files []txtar.File) []txtar.File {
	lines := map[string]bool{}
	g, _ := load(files, Options{})
	for _, day := range append([]string{"2025-07-01"}, announcements(g)...) {
		for i, currency := range []string{"USD", "GBP", "SEK", "NOK", "CAD"} {
			lines[fmt.Sprintf("%s,EUR/%s,1.%d7,%s\n", day, currency, i, Of[*dossier.Source](g, dossier.KindSource)[0].ID)] = true
		}
	}
	text := "date,pair,rate,source\n" + strings.Join(slices.Sorted(maps.Keys(lines)), "")
	return append(slices.Clone(files), txtar.File{Name: ratesFile, Data: []byte(text)})
}

// announcements returns the first day that each announcement may mean.
func announcements(g *Graph) []string {
	var days []string
	for _, p := range Of[*dossier.Pledge](g, dossier.KindPledge) {
		days = append(days, p.Announced.Date.First().Format(time.DateOnly))
	}
	return days
}

func inPledge(p diag.Problem) bool { return strings.HasPrefix(p.File, "content/pledges/") }

// TestChildrenAddNothing checks that a pledge inside another, whole or with one donor's share, and one that announces another again change
// no total in any dimension.
func TestChildrenAddNothing(t *testing.T) {
	a, err := txtar.ParseFile("testdata/linked.txt")
	if err != nil {
		t.Fatal(err)
	}
	a.Files = withRates(a.Files)
	g, _ := load(a.Files, Options{})
	before := totals(g)
	for i, p := range Of[*dossier.Pledge](g, dossier.KindPledge) {
		inside := "part_of: " + string(p.ID) + "\n"
		for _, keys := range []struct{ share, pledge string }{{"    " + inside, ""}, {"", inside}, {"", "reannounces: " + string(p.ID) + "\n"}} {
			child := txtar.File{Name: fmt.Sprintf("content/pledges/child-%d.md", i), Data: []byte("---\ntitle: A child\nsummary: A child.\n" + published +
				"donors:\n  - actor: germany\n    amount: {value: 5, currency: EUR}\n" + keys.share + "recipient: ukraine\nannounced: 2025-07\ncategory: military\n" +
				"amount: {value: 5, currency: EUR}\n" + keys.pledge + "steps: [{stage: committed, date: 2025-08, source: paper}]\nas_of: 2025-10\n---\n")}
			g, problems := load(append(slices.Clone(a.Files), child), Options{})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if after := totals(g); after != before {
				t.Errorf("a child of %s makes\n%s\nof\n%s", p.ID, after, before)
			}
			balances(t, g)
		}
	}
}

// totals returns the totals of the whole, and of each cut that has any.
func totals(g *Graph) string {
	var b strings.Builder
	fmt.Fprintln(&b, sums(g.LedgerOf(Cut{})))
	for _, by := range Dimensions {
		for _, c := range g.Cuts(by) {
			if s := sums(g.LedgerOf(c)); s != "" {
				fmt.Fprintln(&b, by, c.Value, s)
			}
		}
	}
	return b.String()
}

// TestLongChains links a chain and a ring of very many entries in little time.
func TestLongChains(t *testing.T) {
	const n = 100_000
	entries := make([]dossier.Entry, n)
	for i := range entries {
		e := dossier.New(dossier.KindEvent).(*dossier.Event)
		e.ID, e.Follows = dossier.ID(fmt.Sprint("e", i)), dossier.ID(fmt.Sprint("e", i+1))
		entries[i] = e
	}
	if _, problems := Link(dossier.Site{}, entries, Options{}); len(problems) > 0 {
		t.Error(problems)
	}
	entries[n-1].(*dossier.Event).Follows = "e0"
	if _, problems := Link(dossier.Site{}, entries, Options{}); len(problems) != 1 || problems[0].Code != diag.Cycle {
		t.Errorf("%d problems", len(problems))
	}
}

// TestDrafts checks that drafts are left out, named where something refers to them, and put in on request.
func TestDrafts(t *testing.T) {
	a, err := txtar.ParseFile("testdata/broken.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, drafts := range []bool{false, true} {
		g, problems := load(a.Files, Options{Drafts: drafts})
		_, found := g.Lookup("a-draft")
		told := slices.ContainsFunc(problems, func(p diag.Problem) bool { return strings.Contains(p.Msg, "is a draft") })
		if found != drafts || told == drafts {
			t.Errorf("with drafts %v: found %v, told %v", drafts, found, told)
		}
	}
}

// FuzzLink checks that no small site makes Link panic, that the order of files means nothing, and that its ledgers balance.
func FuzzLink(f *testing.F) {
	for seed := range 8 {
		f.Add(random(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, problems := sameInAnyOrder(t, len(data), generated(data))
		if !slices.ContainsFunc(problems, inPledge) {
			balances(t, g)
		}
	})
}
