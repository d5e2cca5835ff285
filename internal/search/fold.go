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

// longestStop is how many letters the longest of them have.
const longestStop = 4

// isStop reports whether a word is one of them.
func isStop(word string) bool { return len(word) <= longestStop && stops[word] }

// lower is the letter or sign of ASCII that each byte is in lower case; 0 for what takes more than that to fold.
var lower = func() (t [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		t[c] = byte(unicode.ToLower(rune(c)))
	}
	t['`'] = 0
	return t
}()

// fold returns a text in lower case, without the marks on its letters.
func fold(s string) string {
	b := make([]byte, len(s))
	for i := range b {
		if b[i] = lower[s[i]]; b[i] == 0 {
			return foldLetters(s)
		}
	}
	return string(b)
}

// foldLetters folds a text that has other letters than those of ASCII. Most have none, and need no normal form.
func foldLetters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFC.String(s) {
		foldRune(&b, unicode.ToLower(r))
	}
	return b.String()
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
	for s != "" {
		n, joined := wordAt(s)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s)
			s = s[n:]
			continue
		}
		w := s[:n]
		if joined {
			w = strings.ReplaceAll(strings.TrimSuffix(w, "'s"), "'", "")
		}
		if !isStop(w) {
			yield(w)
		}
		s = s[n:]
	}
}

// wordAt returns how many bytes the word at the start of a folded text has, 0 where none stands there, and whether an apostrophe joins it.
func wordAt(s string) (n int, joined bool) {
	for {
		// Most letters need no decoding.
		for n < len(s) && plain[s[n]] {
			n++
		}
		size := letterAt(s[n:])
		if size == 0 && n > 0 && n < len(s) && s[n] == '\'' && letterAt(s[n+1:]) > 0 {
			size, joined = 1, true
		}
		if size == 0 {
			return n, joined
		}
		n += size
	}
}

// plain marks the letters and digits of ASCII that a folded text has.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
	}
	return t
}()

// letterAt returns how many bytes the letter or digit at the start of a text has; 0 where anything else stands there, or nothing.
func letterAt(s string) int {
	switch {
	case s == "" || s[0] < utf8.RuneSelf && !plain[s[0]]:
		return 0
	case s[0] < utf8.RuneSelf:
		return 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return n
	}
	return 0
}
