package search

import (
	"bytes"
	"slices"
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
func isStop(word []byte) bool { return len(word) <= longestStop && stops[string(word)] }

// lower is the letter or sign of ASCII that each byte is in lower case; 0 for what takes more than that to fold.
var lower = func() (t [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		t[c] = byte(unicode.ToLower(rune(c)))
	}
	t['`'] = 0
	return t
}()

// fold returns a text in lower case, without the marks on its letters.
func fold(s string) string { return string(appendFolded(nil, s)) }

// appendFolded appends what fold returns to b.
func appendFolded[T string | []byte](b []byte, s T) []byte {
	from := len(b)
	b = slices.Grow(b, len(s))
	for i := range len(s) {
		c := lower[s[i]]
		if c == 0 {
			return appendLetters(b[:from], string(s))
		}
		b = append(b, c)
	}
	return b
}

// appendLetters folds a text that has other letters than those of ASCII. Most have none, and need no normal form.
func appendLetters(b []byte, s string) []byte {
	for _, r := range norm.NFC.String(s) {
		b = appendRune(b, unicode.ToLower(r))
	}
	return b
}

// appendRune appends a letter in lower case as it is folded.
func appendRune(b []byte, r rune) []byte {
	if r < utf8.RuneSelf && r != '`' {
		return append(b, byte(r))
	}
	if s, ok := letters[string(r)]; ok {
		return append(b, s...)
	}
	// Decomposed, an é is an e and a mark, and a ligature its letters.
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.M, part) {
			b = utf8.AppendRune(b, unicode.ToLower(part))
		}
	}
	return b
}

// wordsOf calls yield with each word of a folded text, which it may keep no longer than the text stays. An apostrophe within a word joins: Лук’янівка is лукянівка and O’Brien obrien; but
// what is somebody’s is found by the name.
func wordsOf(s []byte, yield func(word []byte)) {
	for len(s) > 0 {
		n, joined := wordAt(s)
		if n == 0 {
			_, n = utf8.DecodeRune(s)
			s = s[n:]
			continue
		}
		w := s[:n]
		if joined {
			w = bytes.ReplaceAll(bytes.TrimSuffix(w, []byte("'s")), []byte("'"), nil)
		}
		if !isStop(w) {
			yield(w)
		}
		s = s[n:]
	}
}

// wordAt returns how many bytes the word at the start of a folded text has, 0 where none stands there, and whether an apostrophe joins it.
func wordAt(s []byte) (n int, joined bool) {
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
func letterAt(s []byte) int {
	switch {
	case len(s) == 0 || s[0] < utf8.RuneSelf && !plain[s[0]]:
		return 0
	case s[0] < utf8.RuneSelf:
		return 1
	}
	r, n := utf8.DecodeRune(s)
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return n
	}
	return 0
}
