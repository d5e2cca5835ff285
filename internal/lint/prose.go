package lint

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"briefing/internal/diag"
	"briefing/internal/markup"
)

// A prose is a text in tokens.
type prose struct {
	text  string
	parts []markup.Part
	// mark returns the place in the file of a part of the text, given in bytes from its start. It is asked only of what is reported.
	mark   func(start, stop int) diag.Mark
	tokens []token
}

// A token is a word or a number, with the signs within it.
type token struct {
	start, stop int
	lower       string // in lower case, without a possessive 's
	theirs      bool   // the words of somebody else
	capital     bool   // begins with a capital letter that no sentence asks for
}

// newProse cuts a text into tokens.
func newProse(text string, parts []markup.Part) *prose {
	p := &prose{text: text, parts: parts, tokens: make([]token, 0, len(text)/5)}
	// reach is how far the stretches that have begun go: within it words are somebody else's.
	foreign, reach := p.foreign(), 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			i += size
			continue
		}
		start := i
		i = wordEnd(text, i)
		for ; len(foreign) > 0 && foreign[0].start <= start; foreign = foreign[1:] {
			reach = max(reach, foreign[0].stop)
		}
		stop := len(possessor(text[:i]))
		if stop <= start {
			stop = i
		}
		p.tokens = append(p.tokens, token{
			start: start, stop: stop, lower: strings.ToLower(text[start:stop]), theirs: start < reach,
			capital: unicode.IsUpper(r) && !opens(text[:start]),
		})
	}
	return p
}

// inWord reports whether r is part of a word or a number wherever it stands.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// wordEnd returns where the word that begins at i ends. Hyphens and apostrophes join letters; stops, commas, colons, slashes and dashes
// join digits alone.
func wordEnd(text string, i int) int {
	before := rune(0)
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			after, _ := utf8.DecodeRuneInString(text[i+size:])
			joins := strings.ContainsRune("-'’", r) && inWord(after) ||
				strings.ContainsRune(".,:/–", r) && unicode.IsDigit(before) && unicode.IsDigit(after)
			if !joins {
				return i
			}
		}
		before = r
		i += size
	}
	return i
}

// possessor returns text without a possessive 's at its end.
func possessor(text string) string {
	return strings.TrimSuffix(strings.TrimSuffix(text, "’s"), "'s")
}

// opens reports whether a word that follows text begins a sentence, where it has a capital letter whatever it is.
func opens(text string) bool {
	text = strings.TrimRight(text, " “‘\"'(")
	return text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") ||
		strings.HasSuffix(text, ":") || strings.HasSuffix(text, "–") || strings.HasSuffix(text, "—") || strings.HasSuffix(text, ";")
}

// A stretch is a part of a text.
type stretch struct{ start, stop int }

// foreign returns what stands in quotation marks or is stressed, by where it begins.
func (p *prose) foreign() []stretch {
	list := quotations(p.text)
	for _, part := range p.parts {
		if part.Kind == markup.Stressed {
			list = append(list, stretch{part.Start, part.Stop})
		}
	}
	slices.SortFunc(list, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })
	return list
}

// closers maps what opens a quotation to what closes it.
var closers = map[rune]string{'“': "”", '«': "»", '„': "“", '"': `"`}

// quotations returns the stretches of a text that stand in quotation marks. One that is never closed runs to the end.
func quotations(text string) []stretch {
	var list []stretch
	single := strings.Contains(text, "’")
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		start := i
		i += size
		switch closer := closers[r]; {
		case closer != "":
			if end := strings.Index(text[i:], closer); end >= 0 {
				i += end + len(closer)
			} else {
				i = len(text)
			}
		case r == '‘' && single:
			// Where none is closed from here on, none is behind.
			end := singleEnd(text, i)
			single, i = end > 0, max(end, i)
		default:
			continue
		}
		list = append(list, stretch{start, i})
	}
	return list
}

// singleEnd returns where a quotation in single marks ends that begins before i: at the first closing mark that is no apostrophe. It is 0
// where there is none: the mark is then itself an apostrophe, as in ‘22.
func singleEnd(text string, i int) int {
	for j := i; j < len(text); {
		r, size := utf8.DecodeRuneInString(text[j:])
		j += size
		if after, _ := utf8.DecodeRuneInString(text[j:]); r == '’' && !inWord(after) {
			return j
		}
	}
	return 0
}

// word returns the i-th token in lower case, "" beyond either end.
func (p *prose) word(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].lower
}

// next reports whether the tokens i and i+1 stand beside each other, with nothing but a space between.
func (p *prose) next(i int) bool {
	return i >= 0 && i+1 < len(p.tokens) && p.text[p.tokens[i].stop:p.tokens[i+1].start] == " "
}
