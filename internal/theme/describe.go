package theme

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
)

// described tells of what templates are made with, in sections: each type that a view holds, as its package declares it; which parts there
// are, with the file of each and what it is given; and the functions. A test writes it from the sources, and fails where it is old.
//
//go:embed views.txt
var described string

// The sections of described that are no types.
const (
	partsSection     = "parts"
	functionsSection = "functions"
)

// Describe returns what is said of a type, such as page.Event, or "" where no view holds it.
func Describe(name string) string {
	_, text, found := strings.Cut("\n"+described, "\n-- "+name+" --\n")
	if !found {
		return ""
	}
	text, _, _ = strings.Cut(text, "\n-- ")
	return strings.TrimSpace(text) + "\n"
}

// Parts tells of the parts that templates share, a line each.
func Parts() string { return Describe(partsSection) }

// PartFile returns the file in which the built-in theme defines a part, such as partials/card.html; "" where it defines none of that name.
func PartFile(part string) string {
	for line := range strings.Lines(Parts()) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == part {
			return words[1]
		}
	}
	return ""
}

// Functions tells of what templates may call, a line each.
func Functions() string { return Describe(functionsSection) }

// Types returns the names of all types that Describe knows, in order.
func Types() []string {
	var names []string
	for _, t := range viewTypes() {
		names = append(names, t.String())
	}
	return names
}

// Templates returns the names of the files that a theme must have, in order.
func Templates() []string { return slices.Sorted(maps.Keys(Views())) }

// Held returns the names of the types that a type holds, in order.
func Held(name string) []string {
	var names []string
	for _, t := range viewTypes() {
		if t.String() != name {
			continue
		}
		for i := range t.NumField() {
			if held := element(t.Field(i).Type); isOurs(held) && t.Field(i).IsExported() {
				names = append(names, held.String())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
