package diag

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nearest returns the candidate most like word, if any is near enough to be what was meant: at most a third of the word's
// characters, and never more than four, put in, left out, changed or swapped with a neighbour. Of equally near ones the first in
// order wins, so that the answer does not depend on the order of files.
func Nearest(word string, candidates iter.Seq[string]) (string, bool) {
	near, _ := nearest(word, candidates)
	return near, near != ""
}

// Meant returns the candidate that word was certainly meant to be: the nearest, where no other is as near, and where no digit differs. A
// number that is wrong by one is mostly another number, and no slip.
func Meant(word string, candidates iter.Seq[string]) (string, bool) {
	near, alone := nearest(word, candidates)
	return near, alone && digits(near) == digits(word)
}

// digits returns the digits of a word.
func digits(word string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, word)
}

// nearest returns the candidate most like word, and whether no other is as near.
func nearest(word string, candidates iter.Seq[string]) (best string, alone bool) {
	most := min(max(utf8.RuneCountInString(word)/3, 1), 4)
	bestDistance := most + 1
	w := []rune(word)
	for c := range candidates {
		// A difference in length is a distance at least as large.
		if n := utf8.RuneCountInString(c) - len(w); n > most || -n > most {
			continue
		}
		d := Distance(w, []rune(c))
		if d == bestDistance && c != best {
			alone = false
		} else if d < bestDistance {
			alone = true
		}
		if d < bestDistance || d == bestDistance && d <= most && c < best {
			best, bestDistance = c, d
		}
	}
	return best, alone && best != ""
}

// Distance returns the number of insertions, deletions, substitutions and swaps of neighbours that turn a into b: characters of two words,
// or words of two texts.
func Distance[T comparable](a, b []T) int {
	// Three rows of the table are enough: a swap of neighbours looks back two.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
