package lint

import (
	"slices"
	"strings"

	"briefing/internal/diag"
)

// A wording is a phrase that is reported wherever it stands in words of ours.
type wording struct {
	words []string
	code  diag.Code
	msg   string
	hint  string
	// use is what to write instead, where nothing but that is meant; "" where an editor has to choose.
	use string
	// name says that the phrase is a name, and begins with a capital letter; others are reported only where no name can hold them.
	name bool
	// after and before are words beside which the phrase is right.
	after, before []string
}

// relative are words that are true on the day of writing alone. What stands behind a bar makes them right: “the next day” counts from the
// day that is told of, “the last week of May” names it.
var relative = []string{
	"today", "yesterday", "tomorrow", "tonight", "recently", "currently", "nowadays", "at present", "these days", "last night",
	"over the weekend", "this morning", "this afternoon", "this evening", "this week", "this weekend", "this month", "this year",
	"last week|of", "last month|of", "last year|of", "last weekend|of", "next week|the of", "next weekend|the of", "next month|the of", "next year|the of",
	"hours ago", "days ago", "weeks ago", "months ago", "years ago", "a week ago", "a month ago", "a year ago",
}

// american are spellings that a British text has in names and in the titles of offices alone, with the British ones.
var american = []string{
	"defense=defence|of secretary department", "armor=armour", "armored=armoured", "center=centre|for of", "centers=centres", "color=colour",
	"favor=favour", "honor=honour", "honored=honoured", "labor=labour", "neighbor=neighbour", "neighboring=neighbouring", "neighbors=neighbours",
	"theater=theatre", "traveled=travelled", "traveling=travelling", "canceled=cancelled", "fulfill=fulfil", "analyze=analyse",
	"organize=organise", "organized=organised", "organization=organisation|for", "recognize=recognise", "recognized=recognised",
	"emphasize=emphasise", "emphasized=emphasised", "mobilize=mobilise", "mobilization=mobilisation", "modernize=modernise",
	"modernization=modernisation", "prioritize=prioritise", "signaled=signalled", "artillerymen=gunners", "skeptical=sceptical", "maneuver=manoeuvre",
}

// loaded are words that judge, or shout, where a brief should state.
var loaded = []string{
	"slammed=criticised", "slams=criticises", "lashed out=criticised", "lashes out=criticises", "bombshell=what was said", "stunning=what happened",
	"shocking=what happened", "heroic=what was done", "brazen=what was done", "game changer=what it changes", "game-changer=what it changes",
	"game-changing=what it changes", "huge leap=by how much", "ruffle feathers=who objected, and to what", "ruffled feathers=who objected, and to what",
	"unfortunately=only what happened", "fortunately=only what happened", "sadly=only what happened", "hopefully=who expects it",
	"obviously=only what shows it", "clearly=only what shows it", "needless to say=only what follows",
}

// learnWordings gathers the phrases that are reported on this site.
func (l *Linter) learnWordings() {
	for _, w := range l.g.Site.Style.Avoid {
		l.learn(w.Words, wording{code: diag.LoadedWord, msg: "the house does not write", hint: "write " + w.Use})
	}
	if !l.english {
		return
	}
	for _, entry := range relative {
		phrase, beside, _ := strings.Cut(entry, "|")
		l.learn(phrase, wording{
			code: diag.RelativeTime, msg: "true on one day only:", hint: "write the date, such as 4 June 2025",
			after: strings.Fields(beside), before: strings.Fields(beside),
		})
	}
	for _, entry := range loaded {
		phrase, use, _ := strings.Cut(entry, "=")
		l.learn(phrase, wording{code: diag.LoadedWord, msg: "a word that judges:", hint: "say " + use + ", or quote who says so"})
	}
	if l.g.Site.Language != "en-GB" {
		return
	}
	// Each is written as american=british|words beside which it is right.
	for _, entry := range american {
		entry, beside, _ := strings.Cut(entry, "|")
		phrase, use, _ := strings.Cut(entry, "=")
		l.learn(phrase, wording{
			code: diag.Spelling, msg: "American spelling:", hint: "write " + use, use: use,
			after: strings.Fields(beside), before: strings.Fields(beside),
		})
	}
}

// learn adds a phrase.
func (l *Linter) learn(phrase string, w wording) {
	for _, t := range newProse(phrase, nil).tokens {
		w.words = append(w.words, t.lower)
	}
	if len(w.words) > 0 {
		l.wordings[w.words[0]] = append(l.wordings[w.words[0]], w)
	}
}

// words checks the words of a text.
func (r *reader) words(p *prose) {
	for i, t := range p.tokens {
		if t.theirs {
			continue
		}
		for _, w := range r.wordings[t.lower] {
			if p.holds(i, &w) {
				stop := p.tokens[i+len(w.words)-1].stop
				r.report(p, t.start, stop, diag.Problem{
					Code: w.code, Msg: w.msg + " “" + p.text[t.start:stop] + "”", Hint: w.hint, Fix: diag.Edit{New: alike(w.use, p.text[t.start:])},
				})
			}
		}
		r.name(p, i)
	}
	if r.english {
		r.dates(p)
	}
}

// alike returns a word with a capital letter where the one that it replaces has one.
func alike(word, old string) string {
	if word == "" || !startsUpper(old) {
		return word
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// holds reports whether the phrase stands at token i, and is not right there.
func (p *prose) holds(i int, w *wording) bool {
	// A phrase that is no name is right where a capital letter says that it is part of one, as in “Center for Policy”.
	last := i + len(w.words) - 1
	if last >= len(p.tokens) || w.name != startsUpper(p.text[p.tokens[i].start:]) && (w.name || p.tokens[i].capital) {
		return false
	}
	for k, word := range w.words {
		if p.word(i+k) != word || k > 0 && !p.next(i+k-1) {
			return false
		}
	}
	return !(p.next(i-1) && slices.Contains(w.after, p.word(i-1))) && !(p.next(last) && slices.Contains(w.before, p.word(last+1)))
}
