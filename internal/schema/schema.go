// Package schema tells people and programs what an entry may hold: as a JSON Schema for editors that check while one types, and as a
// reference of fields to be read.
//
// All of it comes from the tables of package dossier, by which entries are decoded, so that no key can be documented that there is not,
// and none can be missing. What a table cannot say, such as that a role ends after it began, the decoder alone knows: a text that the
// schema takes may still be a problem, one that it refuses always is.
//
// The subjects are the kinds of entry, by their words, and [Site] for the site's own file.
package schema

import (
	"fmt"
	"strings"

	"briefing/internal/dossier"
)

// Site is the subject that is the site's own file.
const Site = "site"

// Subjects returns what there is a schema of, in the order of the documentation.
func Subjects() []string {
	var names []string
	for _, k := range dossier.Kinds {
		names = append(names, string(k))
	}
	return append(names, Site)
}

// table returns the table of a subject. A word that is none is a mistake of the caller's.
func table(subject string) dossier.Table {
	if subject == Site {
		return new(dossier.Site).Table()
	}
	return dossier.New(dossier.Kind(subject)).Table()
}

// where says in which files a subject is written.
func where(subject string) string {
	if subject == Site {
		return "content/site.yaml"
	}
	return fmt.Sprintf("content/%s/ID.md", dossier.Kind(subject).Folder())
}

// title returns the heading of a subject.
func title(subject string) string {
	return strings.ToUpper(subject[:1]) + subject[1:]
}
