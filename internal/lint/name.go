package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// shortest is the length in letters from which on a surname is compared with words one letter off: shorter words are too alike.
const shortest = 6

// Names are how the house spells people.
type names struct {
	// known are the words of all names, of actors and of places.
	known map[string]bool
	// near maps what surnames are without accents, and without one of their letters, to those who have them.
	near map[string]*dossier.Actor
}

// learnNames gathers the names of actors, and the other spellings of those of people and states.
func (l *Linter) learnNames() {
	l.names = names{known: map[string]bool{}, near: map[string]*dossier.Actor{}}
	actors := graph.Of[*dossier.Actor](l.g, dossier.KindActor)
	titles := map[string]bool{}
	for _, a := range actors {
		titles[strings.ToLower(a.Title)], titles[strings.ToLower(a.ShortName)] = true, true
		for _, name := range []string{a.Title, a.ShortName} {
			l.names.add(name)
		}
		if a.Sort != dossier.Person {
			for _, name := range a.AlsoKnownAs {
				l.names.add(name)
			}
		}
	}
	for _, e := range graph.Of[*dossier.Event](l.g, dossier.KindEvent) {
		l.names.add(e.Place.Name)
		l.names.add(e.Place.City)
	}
	for _, a := range actors {
		if a.Sort != dossier.Person {
			continue
		}
		l.names.surname(a)
		for _, other := range a.AlsoKnownAs {
			if !titles[strings.ToLower(other)] && !strings.Contains(a.Title, other) && startsUpper(other) {
				l.learn(other, wording{
					code: diag.NameSpelling, msg: "another spelling of a name:", hint: "write " + a.Title + ", as in " + a.File, name: true,
				})
			}
		}
	}
}

// add makes the words of a name known.
func (n names) add(name string) {
	for _, t := range newProse(name, nil).tokens {
		n.known[t.lower] = true
	}
}

// surname makes known what is near to a person's surname. Where two people come near to one word, none is meant.
func (n names) surname(a *dossier.Actor) {
	// The surname is the last word, which holds for the names that English texts use without the given name.
	words := strings.Fields(a.Title)
	name := strings.ToLower(words[len(words)-1])
	if utf8.RuneCountInString(name) < shortest {
		return
	}
	for key := range variants(bare(name)) {
		if other, ok := n.near[key]; ok && other != a {
			a = nil
		}
		n.near[key] = a
	}
}

// variants are a word and what it is without one of its letters. Two words that differ in one letter share a variant.
func variants(word string) map[string]bool {
	set := map[string]bool{word: true}
	for i := range word {
		_, size := utf8.DecodeRuneInString(word[i:])
		set[word[:i]+word[i+size:]] = true
	}
	return set
}

// bare returns a word without accents.
func bare(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(word))
		}
	}
	return word
}

// noName has words that stand before a surname with a capital letter, and are no given name: titles, and what begins sentences.
var noName = wordSet("president minister secretary general chancellor ambassador premier mr ms mrs " +
	"a after also and as at before both but by for from if in later like of on only since so that the then to unlike until when while with " +
	strings.Join(months, " "))

// wordSet returns the set of the words of a text.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// name reports a word that is a surname but for one letter, or for its accents.
func (r *reader) name(p *prose, i int) {
	t := p.tokens[i]
	if len(t.lower) < shortest-1 || !startsUpper(p.text[t.start:]) || r.names.known[t.lower] {
		return
	}
	a := r.nearest(t.lower)
	if a == nil {
		return
	}
	// Somebody else has another given name, and whoever has it for a given name has a surname behind it.
	follows := p.next(i) && p.tokens[i+1].capital
	// given says that a given name stands before it; follows, that a surname may stand behind it.
	given := p.next(i-1) && startsUpper(p.text[p.tokens[i-1].start:]) && !noName[p.word(i-1)]
	if follows || given && !strings.Contains(strings.ToLower(a.Title), p.word(i-1)) {
		return
	}
	r.report(p, t.start, t.stop, diag.Problem{
		Code: diag.NameSpelling, Msg: "another spelling of a name: “" + p.text[t.start:t.stop] + "”", Hint: "write " + a.Title + ", as in " + a.File,
	})
}

// nearest returns the person whose surname a word is nearly.
func (r *reader) nearest(word string) *dossier.Actor {
	word = bare(word)
	if a := r.names.near[word]; a != nil {
		return a
	}
	// Both may have lost a letter by now: one that was replaced is found too.
	for key := range variants(word) {
		if a := r.names.near[key]; a != nil && utf8.RuneCountInString(key) >= shortest-1 {
			return a
		}
	}
	return nil
}

// startsUpper reports whether a text begins with a capital letter.
func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
