package site_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/site"
)

// record returns a site whose entries, changes and steps came one after the other.
func record(t *testing.T) fstest.MapFS {
	t.Helper()
	return archived(t, "testdata/record.txt")
}

// asOf returns src up to a moment.
func asOf(t *testing.T, src site.Source, moment string) site.Source {
	t.Helper()
	m, fault := dossier.ParseMoment(moment)
	if fault != nil {
		t.Fatal(fault.Msg)
	}
	src.AsOf = m
	return src
}

// builtAsOf returns the site of src as it stood at a moment, or the whole for "".
func builtAsOf(t *testing.T, src site.Source, moment string) built {
	t.Helper()
	if moment != "" {
		src = asOf(t, src, moment)
	}
	s := load(t, src, nil)
	tree := keep(t, s)
	return built{s, tree, documents(t, tree)}
}

func TestTheRecordAsItStood(t *testing.T) {
	for _, then := range []struct {
		moment  string
		text    string            // of the moment
		absent  []string          // words that only what came later holds
		pledges map[string]string // their status and the date of our newest knowledge
		total   string            // firm, announced
		updates int
		others  []string // addresses that are there
		missing []string
	}{
		{
			moment: "2025-01-31", text: "31 January 2025", absent: []string{"secondwave", "thirdwave", "2025-02", "february 2025", "2025-04", "april 2025"},
			pledges: map[string]string{"boats": "announced 2025-01-05", "rope": "announced 2025-01-06"}, total: "0, 2500000", updates: 0,
			others: []string{"actors/east", "actors/league", "talks", "timeline/2025/01"}, missing: []string{"timeline/2025/02"},
		},
		{
			moment: "2025-01-10T11:00:00+01:00", text: "10 January 2025 at 11:00 CET", absent: []string{"secondwave", "thirdwave"},
			pledges: map[string]string{"boats": "announced 2025-01-05", "rope": "announced 2025-01-06"}, total: "0, 2500000",
		},
		{
			moment: "2025-02", text: "28 February 2025", absent: []string{"thirdwave", "2025-03", "2025-04", "march 2025", "april 2025"},
			pledges: map[string]string{"boats": "committed 2025-02-20", "rope": "announced 2025-02-14", "nets": "announced 2025-02-14"},
			total:   "2000000, 500000", updates: 1,
			others: []string{"timeline/2025/02", "figures/secondwave-count", "sources/secondwave-gazette"}, missing: []string{"thirdwave-notes", "actors/thirdwave-land"},
		},
		{
			// The delivery of March was recorded in April.
			moment: "2025-03-31", text: "31 March 2025", absent: []string{"thirdwave", "2025-04", "april 2025"},
			pledges: map[string]string{"boats": "committed 2025-02-20", "rope": "announced 2025-02-14", "nets": "announced 2025-02-14"},
			total:   "2000000, 500000", updates: 1,
		},
		{
			moment: "2025",
			pledges: map[string]string{
				"boats": "part-delivered 2025-04-01", "rope": "announced 2025-02-14", "nets": "announced 2025-02-14",
				"thirdwave-package": "announced 2025-04-01", "thirdwave-engines": "announced 2025-04-01",
			},
			total: "2000000, 5000000", updates: 3, others: []string{"thirdwave-notes", "actors/thirdwave-land"},
		},
	} {
		t.Run(then.moment, func(t *testing.T) {
			s := builtAsOf(t, realSource(record(t)), then.moment)
			s.mustStand(t, then.text)
			s.mustLack(t, then.absent)
			g := s.Graph
			statuses := map[string]string{}
			for _, p := range graph.Of[*dossier.Pledge](g, dossier.KindPledge) {
				statuses[string(p.ID)] = p.Status().Label() + " " + p.AsOf.String()
			}
			if !maps.Equal(statuses, then.pledges) {
				t.Errorf("the pledges are %v, want %v", statuses, then.pledges)
			}
			total := g.Ledger(graph.Of[*dossier.Pledge](g, dossier.KindPledge)...).Totals()[0]
			if got := total.Firm.Low().String() + ", " + total.Announced.Low().String(); got != then.total {
				t.Errorf("the total is %s, want %s", got, then.total)
			}
			if n := len(g.Changes()); n != then.updates {
				t.Errorf("%d updates, want %d", n, then.updates)
			}
			for _, address := range then.others {
				if s.tree[address+"/index.html"] == "" {
					t.Errorf("there is no %s", address)
				}
			}
			for _, address := range then.missing {
				if s.tree[address+"/index.html"] != "" {
					t.Errorf("there is a %s", address)
				}
			}
		})
	}
}

// mustStand reports pages that do not tell of the moment as of which they stand, and links that lead nowhere. Text is "" for the whole.
func (s built) mustStand(t *testing.T, text string) {
	t.Helper()
	for name, d := range s.docs {
		redirect := strings.Contains(s.tree[name], "http-equiv")
		if told := strings.Contains(d.text, "As it stood in the record on "+cmp.Or(text, "\x00")+"."); told == (text == "") && !redirect {
			t.Errorf("%s tells of its moment: %v", name, told)
		}
		for _, link := range d.links {
			if err := s.follow(link, d); err != nil {
				t.Errorf("%s: %q: %v", name, link, err)
			}
		}
		if strings.Contains(s.tree[name], "0001") {
			t.Errorf("%s shows a time that is none", name)
		}
	}
}

// mustLack reports words in any path or file that is put out.
func (s built) mustLack(t *testing.T, words []string) {
	t.Helper()
	for name, text := range s.tree {
		for _, word := range words {
			if strings.Contains(strings.ToLower(name+"\n"+text), word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
}

func TestAsOfADayOnWhichNothingIsMissingIsTheSiteItself(t *testing.T) {
	whole := maps.Clone(sites(t))
	sources := map[string]site.Source{"this repository": repository(), "the starter": realSource(starter(t)), "the record": realSource(record(t))}
	whole["the record"] = builtAsOf(t, sources["the record"], "")
	for name, src := range sources {
		newest := whole[name].Graph.Date().Format(time.RFC3339)
		mustEqual(t, keep(t, load(t, asOf(t, src, newest), nil)), whole[name].tree, name+" as of "+newest)
	}
	for _, moment := range []string{"2025-04-03", "9999"} {
		mustEqual(t, keep(t, load(t, asOf(t, sources["the record"], moment), nil)), whole["the record"].tree, "the record as of "+moment)
	}
}

func TestARealSiteStandsWhenPartOfItHadBeenPublished(t *testing.T) {
	whole := sites(t)["this repository"].Graph
	var moments []time.Time
	for _, e := range whole.All() {
		moments = append(moments, e.Base().Published)
	}
	slices.SortFunc(moments, time.Time.Compare)
	for _, i := range []int{0, len(moments) * 2 / 3} {
		moment := moments[i]
		s := builtAsOf(t, repository(), moment.Format(time.RFC3339))
		s.mustStand(t, dossier.MomentText(moment.In(whole.Site.Location)))
		if date := s.Graph.Date(); date.After(moment) {
			t.Errorf("as of %s the site is of %s", moment, date)
		}
	}
}

func TestBeforeTheFirstPublicationThereIsNoSite(t *testing.T) {
	for _, moment := range []string{"2025-01-09", "2024", "2025-01-10T09:59:59Z"} {
		s, problems, err := site.Load(t.Context(), asOf(t, realSource(record(t)), moment), nil)
		if err == nil || s != nil || len(problems) > 0 {
			t.Fatalf("%s: %v, error %v", moment, problems, err)
		}
		want := "the first entry, content/pledges/boats.md, was published on 10 January 2025 at 11:00 CET; use that date or a later one"
		if !strings.HasPrefix(err.Error(), "nothing had been published by ") || !strings.HasSuffix(err.Error(), want) {
			t.Error(err)
		}
	}
}

// What had yet to come hides no problem, and makes none.
func TestProblemsAreThoseOfTheWhole(t *testing.T) {
	files := record(t)
	const late = "content/pages/thirdwave-notes.md"
	files = edited(files, late, string(files[late].Data)+"[[nowhere]] [x](/nowhere/)\n")
	_, want, err := site.Load(t.Context(), realSource(files), nil)
	if err != nil || len(want) != 2 {
		t.Fatalf("%v, error %v", want, err)
	}
	for _, moment := range []string{"2024", "2025-01-31", "2025-02", "2026"} {
		_, got, err := site.Load(t.Context(), asOf(t, realSource(files), moment), nil)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, error %v", moment, got, err)
		}
	}
}

// The entries of a site are shared with the next one that is loaded, so that turning back must change none of them.
func TestTurningBackChangesNoEntry(t *testing.T) {
	src := realSource(record(t))
	whole := load(t, src, nil)
	want := keep(t, whole)
	load(t, asOf(t, src, "2025-01-31"), whole)
	mustEqual(t, keep(t, load(t, src, whole)), want, "after a look at January")
}

func TestProseKeepsTheWordsOfWhatHadYetToCome(t *testing.T) {
	s := builtAsOf(t, realSource(record(t)), "2025-01-31")
	for name, want := range map[string]string{
		"actors/north/index.html":   `at <a href="/pledges/boats/">the pledge</a> and at the engines.`,
		"events/talks-1/index.html": `to the second and to <a href="/actors/north/#pledges">promises</a>. See notes, <a href="/actors/south/">Southland</a>.`,
		"pledges/boats/index.html":  `confused with engines.`,
		"pledges/rope/index.html":   `<p class="empty">No step is recorded.</p>`,
		"talks/index.html":          `and of the second, in this month.`,
	} {
		if !strings.Contains(s.tree[name], want) {
			t.Errorf("%s lacks %s\n%s", name, want, s.tree[name][strings.Index(s.tree[name], "<main"):])
		}
	}
	if menu := s.tree["index.html"]; strings.Contains(menu, ">Notes<") || strings.Contains(menu, "The second month") || !strings.Contains(menu, ">Talks<") {
		t.Error("the menu leads elsewhere")
	}
}
