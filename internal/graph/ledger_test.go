package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/dossier"
)

// entryFile makes a content file. The keys that all entries need are there already; lines are further ones, and, after a line of three
// hyphens, the body.
func entryFile(name string, lines ...string) txtar.File {
	folder, id, _ := strings.Cut(name, "/")
	text := "---\ntitle: " + id + "\nsummary: A summary.\n"
	switch folder {
	case "sources":
		text += "type: webpage\npublisher: P\nissued: 2025\n"
	case "pledges":
		text += "recipient: ukraine\ncategory: military\nas_of: 2025-12\n"
	}
	text += strings.Join(lines, "\n") + "\n"
	if !strings.Contains(text, "published:") {
		text = strings.Replace(text, "summary:", published+"summary:", 1)
	}
	if strings.Count(text, "\n---\n") == 0 {
		text += "---\n"
	}
	return txtar.File{Name: "content/" + name + ".md", Data: []byte(text)}
}

// pledgeFile makes a pledge, announced and with further steps given as "stage" or "stage amount".
func pledgeFile(id, donors, amount string, steps []string, lines ...string) txtar.File {
	all := append([]string{"donors: " + donors, "announced: 2025-04-11"}, lines...)
	currency := ""
	if amount != "" {
		all = append(all, "amount: {"+amount+"}")
		_, currency, _ = strings.Cut(amount, "currency: ")
		currency = strings.Split(currency, ",")[0]
	}
	all = append(all, "steps:", "  - {stage: announced, date: 2025-04-11, source: paper}")
	for _, s := range steps {
		stage, sum, found := strings.Cut(s, " ")
		if found {
			sum = fmt.Sprintf(", amount: {value: %s, currency: %s}", sum, currency)
		}
		all = append(all, fmt.Sprintf("  - {stage: %s, date: 2025-05%s, source: paper}", stage, sum))
	}
	return entryFile("pledges/"+id, all...)
}

// world is what every site of these tests has.
var world = []txtar.File{
	entryFile("actors/united-kingdom", "kind: state", "aliases: [uk]"), entryFile("actors/norway", "kind: state"), entryFile("actors/germany", "kind: state"),
	entryFile("actors/ukraine", "kind: state"), entryFile("sources/paper"), entryFile("sources/old-paper", "aliases: [ancient]"),
}

// linked links the world and further files, in which nothing may be wrong.
func linked(t *testing.T, files ...txtar.File) *Graph {
	t.Helper()
	all := slices.Concat(world, files)
	g, problems := load(all, Options{})
	if len(problems) > 0 {
		t.Fatal(printed(t, problems, all))
	}
	return g
}

// total returns the sums of all pledges of a site.
func total(g *Graph) string { return sums(g.Ledger(Of[*dossier.Pledge](g, dossier.KindPledge)...)) }

// The pledges of April 2025, the case on which the ledger was designed: 21 billion was a headline, two sums make up most of it, and the
// third file lies for the most part inside the second.
var (
	headline  = entryFile("figures/headline", "value: 21000000000", "currency: EUR", "as_of: 2025-04-11", "asserted_by: uk")
	germany   = pledgeFile("germany-2025", "[germany]", "value: 11000000000, currency: EUR", nil)
	britain   = pledgeFile("uk-2025", "[united-kingdom]", "value: 4500000000, currency: GBP", []string{"committed"})
	ukNorway  = pledgeFile("uk-norway", "[{actor: uk, amount: {value: 350000000, currency: GBP}, part_of: uk-2025}, norway]", "value: 450000000, currency: GBP", nil)
	british   = "GBP false 1: 4.5 billion, ; "
	german    = "EUR false 1: , 11 billion; "
	norwegian = "GBP false 2: 4.5 billion, 100 million; "
)

// TestHeadlineCountsNothing adds the files of the case one by one.
func TestHeadlineCountsNothing(t *testing.T) {
	for _, test := range []struct {
		files []txtar.File
		want  string
	}{
		{nil, ""},
		{[]txtar.File{headline}, ""},
		{[]txtar.File{headline, germany}, german},
		{[]txtar.File{headline, germany, britain}, german + british},
		{[]txtar.File{headline, germany, britain, ukNorway}, german + norwegian},
	} {
		if got := total(linked(t, test.files...)); got != test.want {
			t.Errorf("%d files: %q, want %q", len(test.files), got, test.want)
		}
	}
}

// TestShareInsideStaysWithItsDonor looks at the same case from each donor: nothing is counted twice, and nothing is lost.
func TestShareInsideStaysWithItsDonor(t *testing.T) {
	g := linked(t, headline, germany, britain, ukNorway)
	for donor, want := range map[dossier.ID]string{
		"united-kingdom": british, "uk": british, "germany": german, "norway": "GBP false 1: , 100 million; ", "ukraine": "", "nobody": "",
	} {
		if got := sums(g.LedgerOf(Cut{ByDonor, string(donor)})); got != want {
			t.Errorf("%s: %q, want %q", donor, got, want)
		}
	}
	balances(t, g)
	l := g.LedgerOf(Cut{ByDonor, "uk"})
	if len(l.In) != 1 || len(l.Out) != 1 || l.Out[0].Reason != "share inside" || l.Out[0].See != "uk-2025" || l.Out[0].Donor != "united-kingdom" {
		t.Errorf("%+v", l)
	}
}

// reasons returns each row that is not in a total, as "id donor: reason see", the donor where the row is one’s share.
func reasons(l Ledger) string {
	var all []string
	for _, r := range l.Out {
		row := strings.TrimSpace(fmt.Sprintf("%s %s", r.Pledge.ID, r.Donor))
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s: %s %s", row, r.Reason, r.See)))
	}
	return strings.Join(all, "; ")
}

// TestRowsOfOnePledge divides one pledge, beside that of Britain, into what is in the totals and what is not.
func TestRowsOfOnePledge(t *testing.T) {
	const share = "{actor: germany, amount: {value: 60, currency: EUR}}"
	tests := []struct {
		name string
		file txtar.File
		in   string // without Britain’s
		out  string
	}{
		{"a loan", pledgeFile("p", "[germany]", "value: 100, currency: EUR", nil, "instrument: loan"), "EUR true 1: , 100; ", ""},
		{"a guarantee", pledgeFile("p", "[germany]", "value: 100, currency: EUR", []string{"allocated"}, "instrument: guarantee"), "EUR true 1: 100, ; ", ""},
		{"a rate", pledgeFile("p", "[germany]", "value: 100, currency: EUR, per: year", nil), "", "p: a sum for each year, not a total"},
		{"a package", pledgeFile("p", "[germany]", "value: 500, currency: USD, per: package", nil), "", "p: a sum for each package, not a total"},
		{"no sum", pledgeFile("p", "[germany]", "", nil), "", "p: no amount stated"},
		{"an overlap", pledgeFile("p", "[germany]", "value: 100, currency: EUR", nil, "uncounted: Overlaps with the budget."), "", "p: Overlaps with the budget."},
		{"withdrawn", pledgeFile("p", "[germany]", "value: 100, currency: EUR", []string{"committed", "withdrawn"}), "", "p: withdrawn"},
		{"withdrawn in part", pledgeFile("p", "[germany]", "value: 100, currency: EUR", []string{"committed", "withdrawn 40"}), "EUR false 1: 60, ; ", ""},
		{"withdrawn by parts", pledgeFile("p", "[germany]", "value: 100, currency: EUR", []string{"withdrawn 40", "withdrawn 60"}), "", "p: withdrawn"},
		{"delivered in part", pledgeFile("p", "[germany]", "value: 100, currency: EUR", []string{"delivered 40"}), "EUR false 1: 100, ; ", ""},
		{"more than so much", pledgeFile("p", "[germany]", "min: 100, currency: EUR", nil), "EUR false 1: , at least 100; ", ""},
		{"up to so much", pledgeFile("p", "[germany]", "max: 100, currency: EUR", nil), "EUR false 1: , up to 100; ", ""},
		{"a repetition", pledgeFile("p", "[uk]", "value: 4500000000, currency: GBP", nil, "reannounces: uk-2025"), "", "p: announces again uk-2025"},
		{"a part", pledgeFile("p", "[uk]", "value: 5, currency: GBP", []string{"delivered"}, "part_of: uk-2025"), "", "p: inside uk-2025"},
		// The reason comes before the state: a part that was withdrawn is a part still.
		{"a part withdrawn", pledgeFile("p", "[uk]", "value: 5, currency: GBP", []string{"withdrawn"}, "part_of: uk-2025"), "", "p: inside uk-2025"},
		{"a part by a former id", pledgeFile("p", "[uk]", "value: 5, currency: GBP", nil, "part_of: britain"), "", "p: inside uk-2025"},
		{"a repetition by a former id", pledgeFile("p", "[uk]", "value: 5, currency: GBP", nil, "reannounces: britain"), "", "p: announces again uk-2025"},
		{"a share by a former id", pledgeFile("p", "[{actor: uk, amount: {value: 5, currency: GBP}, part_of: britain}]", "value: 5, currency: GBP", nil),
			"", "p united-kingdom: share inside uk-2025"},
		{"a share of unknown size by a former id", pledgeFile("p", "[{actor: uk, part_of: britain}, norway]", "value: 5, currency: GBP", nil),
			"", "p united-kingdom: share of unknown size inside uk-2025; p norway: lies in part, of unknown size, inside uk-2025"},
		{"joint", pledgeFile("p", "[germany, norway]", "value: 100, currency: EUR", nil), "EUR false 1: , 100; ", ""},
		{"one share known", pledgeFile("p", "["+share+", norway]", "value: 100, currency: EUR", nil), "EUR false 2: , 100; ", ""},
		{"one share known of three", pledgeFile("p", "["+share+", norway, uk]", "value: 100, currency: EUR", nil), "EUR false 2: , 100; ", ""},
		{"the share is the whole", pledgeFile("p", "["+share+", norway]", "value: 60, currency: EUR", nil),
			"EUR false 1: , 60; ", "p norway: the shares of the others make up the whole"},
		{"shares without a whole", pledgeFile("p", "["+share+", norway]", "", nil), "EUR false 1: , 60; ", "p norway: no amount stated"},
		{"a share that is a rate", pledgeFile("p", "[{actor: germany, amount: {value: 6, currency: EUR, per: year}}]", "", nil),
			"", "p germany: a sum for each year, not a total"},
		{"cut, with shares", pledgeFile("p", "["+share+", norway]", "value: 100, currency: EUR", []string{"withdrawn 30"}),
			"EUR false 1: , 70; ", "p germany: share before part of the pledge was withdrawn"},
	}
	whole := strings.Replace(string(britain.Data), "donors:", "aliases: [britain]\ndonors:", 1)
	for _, test := range tests {
		g := linked(t, txtar.File{Name: britain.Name, Data: []byte(whole)}, test.file)
		p := Find[*dossier.Pledge](g, "p")
		l := g.Ledger(p)
		if got := sums(l); got != test.in {
			t.Errorf("%s: in is %q, want %q", test.name, got, test.in)
		}
		if got := reasons(l); got != test.out {
			t.Errorf("%s: out is %q, want %q", test.name, got, test.out)
		}
		balances(t, g)
	}
}

// TestTotalsAreSorted puts grants before loans, and each by currency, whatever order the pledges are given in.
func TestTotalsAreSorted(t *testing.T) {
	var files []txtar.File
	for i, currency := range []string{"USD", "EUR", "GBP", "EUR"} {
		for _, instrument := range []string{"loan", "grant"} {
			files = append(files, pledgeFile(fmt.Sprintf("p%d-%s", i, instrument), "[germany]", fmt.Sprintf("value: %d, currency: %s", i+1, currency), nil, "instrument: "+instrument))
		}
	}
	g := linked(t, files...)
	pledges := Of[*dossier.Pledge](g, dossier.KindPledge)
	want := "EUR false 2: , 6; GBP false 1: , 3; USD false 1: , 1; EUR true 2: , 6; GBP true 1: , 3; USD true 1: , 1; "
	for range 2 {
		if got := sums(g.Ledger(pledges...)); got != want {
			t.Errorf("got %s", got)
		}
		pledges = slices.Clone(pledges)
		slices.Reverse(pledges)
	}
}

// TestLedgerLeavesPledgesAlone asks for ledgers again and again: the promises stay what they were.
func TestLedgerLeavesPledgesAlone(t *testing.T) {
	g := linked(t, britain, ukNorway, pledgeFile("cut", "[germany]", "value: 100, currency: EUR", []string{"withdrawn 40"}))
	first := ledgers(g)
	for range 3 {
		if got := ledgers(g); got != first {
			t.Errorf("another answer:\n%s\ninstead of\n%s", got, first)
		}
	}
	if got := Find[*dossier.Pledge](g, "cut").Amount.Text(); got != "€100" {
		t.Errorf("the promise is now %s", got)
	}
}

// TestCutsOfRows says to which cut of each dimension the rows of a pledge belong, and in which others they are left out.
func TestCutsOfRows(t *testing.T) {
	meeting := eventFile("meeting", "2025-06-04", "aliases: [talks]")
	const sum, split = "value: 100, currency: EUR", "[{actor: uk, amount: {value: 60, currency: EUR}}, norway, germany]"
	for _, test := range []struct {
		file txtar.File
		cut  Cut
		in   string
		out  string
	}{
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByDonor, "uk"}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", split, sum, nil), Cut{ByDonor, "united-kingdom"}, "EUR false 1: , 60; ", "p: joint pledge; the split is not published"},
		{pledgeFile("p", split, sum, nil), Cut{ByDonor, "norway"}, "", "p: joint pledge; the split is not published"},
		{pledgeFile("p", split, sum, nil), Cut{ByDonor, Joint}, "EUR false 1: , 40; ", ""},
		{pledgeFile("p", split, sum, []string{"withdrawn"}), Cut{ByDonor, Joint}, "", "p: withdrawn"},
		{pledgeFile("p", split, sum, []string{"withdrawn"}), Cut{ByDonor, "norway"}, "", "p: withdrawn"},
		{recipients(pledgeFile("p", "[uk]", sum, nil), "[ukraine, norway]"), Cut{ByRecipient, "ukraine"}, "", "p: to several recipients; the split is not published"},
		{recipients(pledgeFile("p", "[uk]", sum, nil), "[ukraine, norway]"), Cut{ByRecipient, Joint}, "EUR false 1: , 100; ", ""},
		{recipients(pledgeFile("p", "[norway]", sum, nil), "[uk, united-kingdom]"), Cut{ByRecipient, "uk"}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByInstrument, NotStated}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", "[uk]", sum, nil, "instrument: in-kind"), Cut{ByInstrument, "in-kind"}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByEvent, NotStated}, "EUR false 1: , 100; ", ""},
		{announced(pledgeFile("p", "[uk]", sum, nil), "{date: 2025-06, event: talks}"), Cut{ByEvent, "meeting"}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByMonth, "2025-04"}, "EUR false 1: , 100; ", ""},
		{announced(pledgeFile("p", "[uk]", sum, nil), "2025-04-02/2025-04-09"), Cut{ByMonth, "2025-04"}, "EUR false 1: , 100; ", ""},
		{announced(pledgeFile("p", "[uk]", sum, nil), "2025"), Cut{ByMonth, NotStated}, "EUR false 1: , 100; ", ""},
		{announced(pledgeFile("p", "[uk]", sum, nil), "2025-03-31/2025-04-01"), Cut{ByMonth, NotStated}, "EUR false 1: , 100; ", ""},
		{pledgeFile("p", "[uk]", sum, []string{"delivered 40"}), Cut{ByStage, "part-delivered"}, "EUR false 1: 100, ; ", ""},
		{pledgeFile("p", "[uk]", sum, []string{"committed", "withdrawn"}), Cut{ByStage, "withdrawn"}, "", "p: withdrawn"},
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByStage, "delivered"}, "", ""},
		{pledgeFile("p", "[uk]", sum, nil), Cut{ByDonor, "nobody"}, "", ""},
	} {
		g := linked(t, meeting, test.file)
		l := g.LedgerOf(test.cut)
		if in, out := sums(l), reasons(l); in != test.in || out != test.out {
			t.Errorf("%v: %q in and %q out, want %q and %q, of\n%s", test.cut, in, out, test.in, test.out, test.file.Data)
		}
		balances(t, g)
	}
}

// recipients changes to whom a pledge is made.
func recipients(f txtar.File, list string) txtar.File {
	f.Data = []byte(strings.Replace(string(f.Data), "recipient: ukraine", "recipient: "+list, 1))
	return f
}

// announced changes when, and at which event, a pledge was made.
func announced(f txtar.File, text string) txtar.File {
	f.Data = []byte(strings.Replace(string(f.Data), "announced: 2025-04-11", "announced: "+text, 1))
	return f
}

// TestCutsAreOrdered lists months and stages in the order of time, actors by name, and what has no one value last.
func TestCutsAreOrdered(t *testing.T) {
	g := linked(t, pledgeFile("a", "[uk, norway]", "", []string{"delivered"}), announced(pledgeFile("b", "[uk]", "", nil), "2025"),
		announced(pledgeFile("c", "[norway]", "", []string{"committed"}), "2024-12"), pledgeFile("d", "[germany]", "", []string{"withdrawn"}))
	for by, want := range map[Dimension]string{
		ByDonor: "germany norway united-kingdom (joint)", ByMonth: "2024-12 2025-04 (not stated)", ByStage: "announced committed part-delivered withdrawn",
		ByEvent: "(not stated)", ByRecipient: "ukraine",
	} {
		var got []string
		for _, c := range g.Cuts(by) {
			got = append(got, c.Value)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("by %s: %s, want %s", by, s, want)
		}
	}
}
