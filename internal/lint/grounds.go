package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// emptyLinks are words that do not say where a link leads.
var emptyLinks = []string{"here", "this", "link", "this link", "click here", "read more", "more", "source", "this page", "see here"}

// A brokenLink is what stands before an address that was to be that of a link.
var brokenLink = regexp.MustCompile(`\] ?\($|\)\[$`)

// links reports links that say nothing of where they lead.
func (r *reader) links(p *prose) {
	for _, part := range p.parts {
		if part.Kind != markup.Linking && part.Kind != markup.Referring {
			continue
		}
		words := strings.TrimSpace(p.text[part.Start:part.Stop])
		msg := ""
		switch {
		case r.english && slices.Contains(emptyLinks, strings.ToLower(words)):
			msg = "a link that does not say where it leads: “" + words + "”"
		case brokenLink.MatchString(p.text[:part.Start]): // which marks reports
		case strings.HasPrefix(words, "http://"), strings.HasPrefix(words, "https://"), strings.HasPrefix(words, "www."):
			msg = "a bare address as the text of a link"
		}
		if msg != "" {
			r.report(p, part.Start, part.Stop, diag.Problem{Code: diag.LinkText, Msg: msg, Hint: "let the link’s words name what stands there"})
		}
	}
}

// An idMark is what newcomers put around or before an id for a reference: one pair of brackets, or the sign of a citation alone.
var idMark = regexp.MustCompile(`\[@?([a-z0-9]+(?:-[a-z0-9]+)*)\]|@([a-z0-9]+(?:-[a-z0-9]+)*)`)

// bareIDs reports ids of entries that stand in the text as they are, where a link or a note was meant.
func (r *reader) bareIDs(p *prose) {
	if !strings.ContainsAny(p.text, "[@") {
		return
	}
	for _, m := range idMark.FindAllStringSubmatchIndex(p.text, -1) {
		words := p.text[m[0]:m[1]]
		id := strings.Trim(words, "[@]")
		e, ok := r.g.Lookup(dossier.ID(id))
		if before, _ := utf8.DecodeLastRuneInString(p.text[:m[0]]); !ok || inWord(before) { // as in the address of a mailbox
			continue
		}
		form := "[[" + id + "]]"
		if e.Base().Kind == dossier.KindSource {
			form = "[@" + id + "]"
		}
		r.report(p, m[0], m[1], diag.Problem{Code: diag.BareID, Msg: "an id that readers see as it stands: " + words, Hint: "write " + form})
	}
}

// attributions reports blockquotes that say neither who spoke nor where that is to be found. A note in the paragraph that brings one in
// will do.
func (r *reader) attributions(passages []markup.Passage) {
	for i := 0; i < len(passages); i++ {
		if passages[i].Kind != markup.Quotation {
			continue
		}
		first, said := i, i > 0 && noted(&passages[i-1])
		for ; i < len(passages) && passages[i].Kind == markup.Quotation; i++ {
			said = said || passages[i].Speaker != "" || len(passages[i].Sources) > 0 || noted(&passages[i])
		}
		if !said {
			m := &passages[first]
			r.problems.Add(diag.Problem{
				Pos: m.Mark(0, len(m.Words)).In(r.head.File), Code: diag.Uncited, Msg: "a quotation that says neither who spoke nor where that stands",
				Hint: "write as its last line: > — [[speaker]], [@source]",
			})
		}
	}
}

// signature reports the last line of a quotation that names speaker and source as an attribution does, and is none for want of a dash.
func (r *reader) signature(p *prose) {
	last := -1 // the last reference to an actor
	for i, part := range p.parts {
		if e, ok := r.g.Lookup(dossier.ID(part.Target)); part.Kind == markup.Referring && ok && e.Base().Kind == dossier.KindActor {
			last = i
		}
	}
	if last < 0 {
		return
	}
	at := p.parts[last]
	rest := p.text[at.Stop:]
	named := last+1 < len(p.parts) && p.parts[len(p.parts)-1].Kind == markup.Noting
	if named && (rest == "" || strings.HasPrefix(rest, ",")) && !strings.Contains(rest, ".") {
		r.report(p, at.Start, at.Stop, diag.Problem{
			Code: diag.Uncited, Msg: "who spoke stands among the words that were spoken",
			Hint: "write on a line of its own, beginning with a dash: > — [[" + at.Target + "]], [@source]",
		})
	}
}

// sources reports an entry that names no source, neither in its front matter nor in a note.
func (r *reader) sources(passages []markup.Passage) {
	sourced := slices.ContainsFunc(r.g.Whole(r.entry).Links, func(l dossier.Link) bool { return l.Kinds == dossier.Of(dossier.KindSource) })
	for i := range passages {
		sourced = sourced || noted(&passages[i]) || len(passages[i].Sources) > 0
	}
	if !sourced {
		r.fact(diag.Problem{
			Code: diag.Unsourced, Msg: "an entry of which nothing says what it rests on", Hint: "add sources: [id], or cite them in the text",
		}, "title")
	}
}

// noted reports whether a passage has a note.
func noted(m *markup.Passage) bool {
	return slices.ContainsFunc(m.Parts, func(p markup.Part) bool { return p.Kind == markup.Noting || p.Kind == markup.Footnoting })
}

// grounded are the kinds whose paragraphs state facts.
var grounded = dossier.Of(dossier.KindActor, dossier.KindSeries, dossier.KindEvent, dossier.KindPledge, dossier.KindFigure, dossier.KindBrief)

// A basis is what a paragraph leads to.
type basis struct{ noted, linked, summed, peopled bool }

// basisOf returns what a paragraph leads to. A link to an entry is a ground: the sources are there. One to an actor is none, for that a
// name is a link says nothing of what is told of it.
func (r *reader) basisOf(p *prose) basis {
	var b basis
	for _, part := range p.parts {
		switch part.Kind {
		case markup.Noting, markup.Footnoting:
			b.noted = true
		case markup.Referring:
			e, ok := r.g.Lookup(dossier.ID(part.Target))
			if !ok {
				continue
			}
			kind := e.Base().Kind
			b.peopled = b.peopled || kind == dossier.KindActor
			b.linked = b.linked || kind != dossier.KindActor
			b.summed = b.summed || dossier.Of(dossier.KindPledge, dossier.KindFigure, dossier.KindEvent, dossier.KindBrief).Has(kind)
		}
	}
	return b
}

// saying are words that tell what somebody said.
var saying = wordSet("said says told announced promised stated declared confirmed warned argued demanded")

// grounds reports a paragraph that gives numbers, or what a named actor said, and not from where; and a sum of money that leads to nothing
// in which it can be checked. Of each there is one report to a paragraph.
func (r *reader) grounds(p *prose) {
	b := r.basisOf(p)
	for i, t := range p.tokens {
		number := '0' <= t.lower[0] && t.lower[0] <= '9'
		switch {
		case t.theirs:
			continue
		case !b.noted && !b.linked && (number && ordinal(t.lower) == "" || r.english && b.peopled && saying[t.lower]):
			what := "what somebody said, "
			if number {
				what = "a number "
			}
			r.report(p, t.start, t.stop, diag.Problem{
				Code: diag.Uncited, Msg: what + "in a paragraph without a source", Hint: "add a citation, [@source], or a link to the entry that has it",
			})
			b.noted = true
		}
		if start := p.money(i); number && !b.summed && start >= 0 {
			r.report(p, start, t.stop, diag.Problem{
				Code: diag.UnlinkedAmount, Msg: "a sum of money that leads to no pledge, figure or event",
				Hint: "write [[id|the sum]], or enter the pledge or the figure",
			})
			b.summed = true
		}
	}
}

// money returns where the sum of money begins whose number is token i: at the sign or the code before it. It is -1 where there is none.
func (p *prose) money(i int) int {
	start := p.tokens[i].start
	for _, sign := range []string{"£", "$", "€"} {
		if strings.HasSuffix(p.text[:start], sign) {
			return start - len(sign)
		}
	}
	if !p.next(i - 1) {
		return -1
	}
	// USD and usd are parsed alike; only capitals are a code, for “all 3” is no Albanian lek.
	code := p.tokens[i-1]
	if unit, err := currency.ParseISO(code.lower); err != nil || unit.String() != p.text[code.start:code.stop] {
		return -1
	}
	return code.start
}
