package page

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"briefing/internal/dossier"
)

// searchURL is the address of the page, at which the form in the header of every page asks.
const searchURL = "/search/"

// A Search is the page on which entries are looked for. Without a script it leads to all of them by title.
type Search struct {
	Base

	// Letters lead to the entries by the first letter of their titles; Cards are all of them where they are few enough for one page.
	Letters []Letter
	Cards   []*Card
}

// A Letter leads to the entries whose titles begin with it.
type Letter struct {
	Ref

	// Count is how many there are. Current is page on the page of the letter itself, and empty elsewhere.
	Count   int
	Current string
}

// A LetterPage is a page of the entries whose titles begin with one letter.
type LetterPage struct {
	Base

	// Letters lead to all letters, and Cards are the rows of this page.
	Letters []Letter
	Cards   []*Card

	// Pager leads through the other pages.
	Pager Pager
}

// What stands under no letter of English: a title that begins with a digit, and all else.
const (
	digits = "0-9"
	others = "other"
)

// letterOf returns the letter under which a title stands, without its marks: Šakalienė stands under s.
func letterOf(title string) string {
	for _, r := range norm.NFD.String(title) {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			return strings.ToLower(string(r))
		case '0' <= r && r <= '9':
			return digits
		case r > 0x7f && !strings.ContainsRune("“”‘’«»„–—…", r):
			return others
		}
	}
	return others
}

// letterName returns a letter as readers see it.
func letterName(letter string) string {
	if letter == others {
		return "Other"
	}
	return strings.ToUpper(letter)
}

// searches adds the page of the search, and the list of all entries by title. Entries are sorted when a page of their letter is first made.
func (p *planner) searches() {
	byLetter := map[string][]dossier.Entry{}
	var all []dossier.Entry
	for _, e := range p.g.All() {
		if x, ok := e.(*dossier.Page); e.Base().IsWithdrawn() || ok && !x.Timeline.IsZero() {
			continue
		}
		letter := letterOf(e.Base().Title)
		byLetter[letter] = append(byLetter[letter], e)
		all = append(all, e)
	}
	if len(all) <= MaxRows {
		p.add(Own{URL: searchURL, Title: "Search", Template: "search.html", View: func() any { return p.search(nil, byTitle(all)) }})
		return
	}
	letters := lettersOf(byLetter)
	p.add(Own{URL: searchURL, Title: "Search", Template: "search.html", View: func() any { return p.search(letters, nil) }})
	for i, l := range letters {
		list := byLetter[path.Base(l.URL)]
		sorted := sync.OnceValue(func() []dossier.Entry { return byTitle(list) })
		here := slices.Clone(letters)
		here[i].Current = "page"
		p.index(l.URL, letterTitle(l), "letter.html", len(list), func(n int) any { return p.letter(here, i, sorted(), n) })
	}
}

// lettersOf returns the letters that have entries, in their order.
func lettersOf(byLetter map[string][]dossier.Entry) []Letter {
	var list []Letter
	for _, name := range append(strings.Split(digits+" a b c d e f g h i j k l m n o p q r s t u v w x y z", " "), others) {
		if n := len(byLetter[name]); n > 0 {
			list = append(list, Letter{Ref: Ref{Title: letterName(name), URL: searchURL + name + "/"}, Count: n})
		}
	}
	return list
}

// letterTitle returns the title of the page of a letter.
func letterTitle(l Letter) string { return "All entries: " + l.Title }

// byTitle returns entries in the order in which a reader looks for titles.
func byTitle(list []dossier.Entry) []dossier.Entry {
	collator := collate.New(language.English, collate.IgnoreCase)
	var buf collate.Buffer
	keys := make(map[dossier.ID][]byte, len(list))
	for _, e := range list {
		keys[e.Base().ID] = slices.Clone(collator.KeyFromString(&buf, e.Base().Title))
		buf.Reset()
	}
	return slices.SortedFunc(slices.Values(list), func(a, b dossier.Entry) int {
		return cmp.Or(slices.Compare(keys[a.Base().ID], keys[b.Base().ID]), cmp.Compare(a.Base().ID, b.Base().ID))
	})
}

// search returns the page of the search.
func (p *planner) search(letters []Letter, all []dossier.Entry) Search {
	v := Search{Base: p.base(searchURL, "Search", "People, states, meetings, promises, figures, briefs and sources, by name, word or date."), Letters: letters}
	v.Cards = cardsOf(p, all)
	p.describe(&v.Base, p.document(&v.Base, "WebPage"))
	return v
}

// letter returns one page of the entries under a letter.
func (p *planner) letter(letters []Letter, at int, list []dossier.Entry, page int) LetterPage {
	l := letters[at]
	rows, pager := paged(list, l.URL, page)
	v := LetterPage{Base: p.base(l.URL, letterTitle(l), fmt.Sprintf("By title, %d in all.", len(list))), Letters: letters, Pager: pager}
	v.turn(pager)
	v.Trail = append(v.Trail, Ref{Title: "Search", URL: searchURL})
	v.Cards = cardsOf(p, rows)
	describeList(p, &v.Base, rows, pager)
	return v
}
