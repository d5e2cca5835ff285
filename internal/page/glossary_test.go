package page

import (
	"strings"
	"testing"
)

const defined = `
-- pages/words.md --
---
ABC is explained below.

Alphabet, ABC
: The letters of [[ada]].

XYZ
: The end.
-- actors/ada.md --
kind: person
---
## ABC

She knows [the ABC](/) and the ABC, then ABC and XYZ, but not QRS.
`

func TestAnAbbreviationLeadsToItsDefinitionOnce(t *testing.T) {
	body := string(view[Actor](t, linked(t, defined), "/actors/ada/").Body)
	const want = `knows <a href="/">the ABC</a> and the <a class="term" href="/words/#term-alphabet-abc">ABC</a>, then ABC and <a class="term" href="/words/#term-xyz">XYZ</a>, but not QRS.`
	if !strings.Contains(body, want) {
		t.Errorf("it is %s", body)
	}
}

func TestAGlossaryIsASetOfTerms(t *testing.T) {
	said := string(view[Prose](t, linked(t, defined), "/words/").Linked)
	for _, want := range []string{
		`"@type":"DefinedTermSet"`, `"name":"Alphabet","alternateName":["ABC"]`, `"description":"The letters of `, `/words/#term-xyz"`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in %s", want, said)
		}
	}
}
