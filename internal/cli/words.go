package cli

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"briefing/internal/diag"
)

// count returns a number with its noun: "1 problem", "1,204 pages".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return digits(n) + " " + noun
}

// digits returns n, which is not less than nothing, grouped by threes.
func digits(n int) string {
	// From the right, so that no comma moves the places that are still to come.
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// entries returns a number of entries in words. Count cannot, for the plural is not regular.
func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return digits(n) + " entries"
}

// wereWords counts words in a sentence: "1 word was", "3 words were".
func wereWords(n int) string {
	if n == 1 {
		return "1 word was"
	}
	return count(n, "word") + " were"
}

// known returns a usage error where a word is none of those there are; what is the noun for them.
func known(what, word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return unknown(what, word, words, "write one of "+strings.Join(words, ", "))
}

// unknown is the usage error for a word that is none of those there are. The hint is for one that is near to none of them.
func unknown(what, word string, words []string, hint string) error {
	return usageError{fmt.Errorf("there is no %s %q: %s", what, word, guess(word, slices.Values(words), hint))}
}

// guess returns the question whether the word that is nearest was meant, or the hint where none is near.
func guess(word string, words iter.Seq[string], hint string) string {
	if near, ok := diag.Nearest(word, words); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return hint
}
