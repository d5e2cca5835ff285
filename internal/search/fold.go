package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that folding treats otherwise than by taking their marks off. Й is a letter of its own, which every reader of Cyrillic
// types; what joins or hyphenates is nothing; all apostrophes are one. The index carries the table to the page.
var letters = map[string]string{
	"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ς": "σ", "ґ": "г", "й": "й",
	"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\u00ad": "", "\u2060": "", "\u200b": "", "\u200d": "",
}

// stops are words that say nothing of what is looked for. They are in no index and in no query.
var stops = map[string]bool{
	"a": true, "an": true, "and": true, "are": true, "as": true, "at": true, "by": true, "for": true, "from": true, "in": true, "is": true,
	"it": true, "of": true, "on": true, "or": true, "that": true, "the": true, "this": true, "to": true, "was": true, "with": true,
}

// fold returns a text in lower case, without the marks on its letters.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFC.String(s) {
		foldRune(&b, unicode.ToLower(r))
	}
	return b.String()
}

// isPlain reports whether a text has letters and signs of ASCII alone, none of them in the table. Most texts are, and need no normal form.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == '`' {
			return false
		}
	}
	return true
}

// foldRune writes a letter in lower case as it is folded.
func foldRune(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf && r != '`' {
		b.WriteByte(byte(r))
		return
	}
	if s, ok := letters[string(r)]; ok {
		b.WriteString(s)
		return
	}
	// Decomposed, an é is an e and a mark, and a ligature its letters.
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.M, part) {
			b.WriteRune(unicode.ToLower(part))
		}
	}
}

// wordsOf calls yield with each word of a text, folded. An apostrophe within a word joins: Лук’янівка is лукянівка and O’Brien obrien; but
// what is somebody’s is found by the name.
func wordsOf(text string, yield func(word string)) {
	s := fold(text)
	start := -1
	for i := 0; i <= len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case n > 0 && isWord(r):
			if start < 0 {
				start = i
			}
		// The word goes on.
		case start >= 0 && r == '\'' && joins(s[i+1:]):
		case start >= 0:
			if w := join(s[start:i]); w != "" && !stops[w] {
				yield(w)
			}
			start = -1
		}
		i += max(n, 1)
	}
}

// isWord reports whether a letter or a digit is part of a word.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// joins reports whether a word goes on behind an apostrophe.
func joins(rest string) bool {
	r, n := utf8.DecodeRuneInString(rest)
	return n > 0 && isWord(r)
}

// join returns a word without the apostrophes in it, and without the s of a genitive.
func join(w string) string {
	if !strings.Contains(w, "'") {
		return w
	}
	return strings.ReplaceAll(strings.TrimSuffix(w, "'s"), "'", "")
}
