// Package lint holds the house style: rules that good texts keep and that no single value can break.
//
// A rule is a code of package diag and what finds it here. Each is quiet on good text, for a rule that cries wolf is switched off; what it
// reports all the same an editor excuses in the entry, with the reason:
//
//	allow:
//	  - {code: number-gap, reason: No source names the two meetings between.}
//
// An allowance that excuses nothing any more is reported in its turn.
//
// The words of others are theirs: rules about words leave out blockquotes, what stands in quotation marks, emphasised titles of works,
// code, and in the front matter what is copied from a source, such as wordings, names and the versions of a dispute. Rules about English
// are asked only of sites in English.
//
// # Words
//
//	relative-time      today, last week, two days ago: words that are true on the day of writing alone
//	date-form          June 4 or 04.06.2025 for 4 June 2025; 24–25 June for 24 to 25 June
//	spelling           American spellings on a site in British English, but in names and offices
//	loaded-word        words that judge, and those that site.yaml lists under style: avoid:
//	name-spelling      a person's or a state's name as its entry does not spell it
//	link-text          a link that says “here”, or shows a bare address
//	literal-mark       signs of Markdown that readers see, as in **bold, ##Heading or [words] (address)
//	title-form         a title with a final stop, or in capital letters alone
//	bare-id            the id of an entry in the text, as in [paper] or @paper, that is neither a link nor a note
//
// # Texts
//
//	repeated-text      a paragraph or a summary that stands on the site twice
//	quotation-differs  a speaker's words quoted in two ways from one source
//	uncited            a paragraph with a number, or with what a named actor said, and neither a note nor a link to another entry; a
//	                   blockquote of nobody
//	unsourced          an entry that names no source at all
//	unlinked-amount    a sum of money in a paragraph that leads to no pledge, figure or event
//
// # Facts
//
//	absent-speaker     somebody quoted at an event, or chairing one, from which they were absent
//	not-in-office      an office named in an event's text beside a person who did not hold it on that day
//	number-gap         a number left out in a series
//	out-of-time        an event scheduled for a day before the site's date, held after it, or before one of a smaller number; a step of a
//	                   pledge of which all sources are older; an entry or a change dated after today
//	doubled-entry      two actors of one title or code, two sources at one address
//	review-due         review_after: is not later than the site's date
//	no-archive         a source with an address and no stored copy
//
// [Linter.Read] looks at one entry and its file alone, so that entries may be read in parallel; [Linter.Check] sees what only shows when
// all have been read. Neither reads the clock: the site's date is its newest change, and Linter.Today is told.
package lint

import (
	"fmt"
	"strings"
	"time"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
	"briefing/internal/markup"
)

// A Linter holds what the rules ask of the site as a whole. It may be used by any number of goroutines.
type Linter struct {
	// Today is when the site is checked, by which an entry that is dated later is found; zero where nobody tells.
	Today time.Time

	g       *graph.Graph
	date    time.Time
	english bool
	// wordings are phrases to report, by their first words.
	wordings map[string][]wording
	names    names
	// off are the rules that the site does not ask for.
	off map[diag.Code]bool
	// before maps a numbered event to that of the number before its own in its series.
	before map[dossier.ID]*dossier.Event
}

// New returns the linter of a site.
func New(g *graph.Graph) *Linter {
	l := &Linter{g: g, date: g.Date(), english: strings.HasPrefix(g.Site.Language, "en"), wordings: map[string][]wording{}}
	l.off = map[diag.Code]bool{}
	for _, r := range diag.Rules() {
		own, ok := g.Site.Severities[r.Code]
		l.off[r.Code] = ok && own == diag.Off || !ok && r.Severity == diag.Off
	}
	l.learnWordings()
	l.learnNames()
	l.learnNumbers()
	return l
}

// Findings are what Read found in one entry: problems, and what Check compares with other entries.
type Findings struct {
	head     *dossier.Head
	problems diag.List
	texts    []placed // paragraphs long enough to be told apart
	quotes   []placed
	things   []placed // what tells that two entries are of one thing: what it is, and the value
}

// A placed is a text and where it stands, which is asked only of those that are reported.
type placed struct {
	words   []string // in lower case, without punctuation
	pos     func() diag.Pos
	speaker string
	sources []string
}

// A reader reads one entry.
type reader struct {
	*Linter
	Findings
	entry dossier.Entry
	src   []byte
}

// Read checks an entry. Src is the text of its file.
func (l *Linter) Read(e dossier.Entry, src []byte) Findings {
	r := &reader{Linter: l, Findings: Findings{head: e.Base()}, entry: e, src: src}
	if e.Base().IsWithdrawn() {
		return r.Findings
	}
	r.facts()
	passages := content.Passages(r.head.File, src)
	for i := range passages {
		// What brings in a quotation or a table is grounded there.
		opens := i+1 < len(passages) && (passages[i+1].Kind == markup.Quotation || passages[i+1].Kind == markup.Cell)
		r.passage(&passages[i], opens)
	}
	if grounded.Has(r.head.Kind) {
		r.attributions(passages)
		r.sources(passages)
	}
	r.fields(e.Table(), nil)
	return r.Findings
}

// passage checks a passage of the body. Opens says that it brings in what stands behind it.
func (r *reader) passage(m *markup.Passage, opens bool) {
	p := newProse(m.Words, m.Parts)
	p.mark = m.Mark
	r.marks(m, p)
	if m.Kind == markup.Quotation {
		r.quotation(m, p)
		return
	}
	r.words(p)
	r.links(p)
	r.bareIDs(p)
	if m.Kind != markup.Prose {
		return
	}
	if grounded.Has(r.head.Kind) && !opens {
		r.grounds(p)
	}
	r.offices(p)
	r.keep(p)
}

// proseKeys are the keys whose values are sentences of ours. All other texts are names, or copied from a source.
var proseKeys = map[string]bool{
	"title": true, "summary": true, "note": true, "text": true, "point": true, "questions": true, "reason": true, "numbering": true,
	"key": true, "measures": true,
}

// theirKeys are the keys below which nothing is a sentence of ours for readers.
var theirKeys = map[string]bool{"versions": true, "allow": true, "roles": true}

// fields checks the texts of a record of the front matter, which path leads to.
func (r *reader) fields(table dossier.Table, path []any) {
	for i := range table {
		f := &table[i]
		// What a source is called, others have decided.
		if !theirKeys[f.Key] && (f.Key != "title" || r.head.Kind != dossier.KindSource) {
			r.slot(f.Key, f.Slot, append(path[:len(path):len(path)], f.Key))
		}
	}
}

// slot checks the texts of one value.
func (r *reader) slot(key string, slot dossier.Slot, path []any) {
	switch s := slot.(type) {
	case dossier.Record:
		r.fields(s.Table(), path)
	case dossier.Sequence:
		i := 0
		for item := range s.Items {
			r.slot(key, item, append(path[:len(path):len(path)], i))
			i++
		}
	case dossier.Scalar:
		if s.Type == dossier.Text && proseKeys[key] {
			r.field(s.Get(), path)
		}
	}
}

// field checks a text of the front matter. path leads to it, for its place.
func (r *reader) field(text string, path []any) {
	if text == "" {
		return
	}
	p := newProse(text, nil)
	p.mark = func(start, stop int) diag.Mark { return content.Place(r.head.File, r.src, start, stop, path...) }
	r.words(p)
	// Other fields are too short, or say the same for a reason.
	if path[0] == "summary" {
		r.keep(p)
	}
}

// report reports words of a text. Where the problem has a text that is right for certain, that takes their place.
func (r *reader) report(p *prose, start, stop int, problem diag.Problem) {
	problem.Pos = p.mark(start, stop).In(r.head.File)
	if problem.Fix.New != "" {
		problem.Fix.Pos, problem.Fix.Old = problem.Pos, p.text[start:stop]
	}
	r.problems.Add(problem)
}

// Check returns all problems of a site whose entries have been read, without those that entries are excused from. What the site does not
// ask for may be among them.
func (l *Linter) Check(all []Findings) diag.List {
	var list diag.List
	heads := map[string]*dossier.Head{}
	for _, f := range all {
		list = append(list, f.problems...)
		if len(f.head.Allow) > 0 {
			heads[f.head.File] = f.head
		}
	}
	list = append(list, repeated(all)...)
	list = append(list, differing(all)...)
	list = append(list, doubled(all)...)
	return l.excused(list, heads)
}

// excused returns the problems from which no allowance excuses, and the allowances that excuse from none.
func (l *Linter) excused(list diag.List, heads map[string]*dossier.Head) diag.List {
	type allowance struct {
		file string
		code diag.Code
	}
	// An allowance holds for its whole file and one rule.
	given := map[allowance]bool{} // whether it was needed
	for file, head := range heads {
		for _, a := range head.Allow {
			given[allowance{file, a.Code}] = false
		}
	}
	var left diag.List
	for _, p := range list {
		if _, ok := given[allowance{p.File, p.Code}]; ok {
			given[allowance{p.File, p.Code}] = true
			continue
		}
		left.Add(p)
	}
	for file, head := range heads {
		for _, a := range head.Allow {
			if !given[allowance{file, a.Code}] && !l.off[a.Code] {
				left.Add(diag.Problem{
					Pos: a.At.In(file), Code: diag.UnusedAllowance, Msg: fmt.Sprintf("nothing here breaks the rule %q any more", a.Code),
					Hint: "remove it from allow:",
				})
			}
		}
	}
	left.Sort()
	return left
}
