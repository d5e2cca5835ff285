package site_test

import (
	"iter"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// isPlace reports whether a reader may want to lead others to an element: a heading of a section, a row of a table whose rows are kept, a
// statement, an event in a timeline, a quotation.
func isPlace(n *html.Node) bool {
	class := strings.Fields(attr(n, "class"))
	switch n.Data {
	case "section":
		return attr(n, "id") != ""
	case "tr":
		return attr(n, "id") != "" || inClass(n, "sum-rows") && n.Parent.Data == "tbody" && !inClass(n, "carried")
	case "article":
		return len(class) > 0 && class[0] == "item"
	case "figure":
		return attr(n, "class") == "quotation" && attr(n, "id") != ""
	case "li":
		return attr(n, "id") != "" && inClass(n, "claims")
	}
	return false
}

// selves returns the links of a place that lead to itself. A section of headings alone, or one whose heading leads to a page, has none.
func selves(n *html.Node) int {
	count, id := 0, attr(n, "id")
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && attr(c, "class") == "self" && attr(c, "href") == "#"+id {
			count++
		}
	}
	return count
}

// elements yields every element of every page with the page's file.
func (b built) elements(t *testing.T) iter.Seq2[string, *html.Node] {
	return func(yield func(string, *html.Node) bool) {
		for file, text := range b.tree {
			if path.Ext(file) != ".html" {
				continue
			}
			root, err := html.Parse(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				if n.Type == html.ElementNode && !yield(file, n) {
					return
				}
			}
		}
	}
}

// What can be led to can be found again: it has an id, and one link in it that tells the id.
func TestEachPlaceLeadsToItself(t *testing.T) {
	for name, s := range sites(t) {
		found := map[string]int{}
		for file, n := range s.elements(t) {
			if !isPlace(n) {
				continue
			}
			if got := selves(n); got == 1 {
				found[n.Data]++
			} else if n.Data != "section" {
				t.Errorf("%s: %s: <%s id=%q> has %d links to itself", name, file, n.Data, attr(n, "id"), got)
			}
		}
		for _, element := range []string{"section", "tr", "article", "figure", "li"} {
			if name == "this repository" && found[element] == 0 {
				t.Errorf("no <%s> leads to itself", element)
			}
		}
	}
}

// A link to itself leads to what it stands in, and says where it leads.
func TestEachLinkToItselfStandsInItsPlace(t *testing.T) {
	for name, s := range sites(t) {
		for file, n := range s.elements(t) {
			if attr(n, "class") != "self" {
				continue
			}
			if id := strings.TrimPrefix(attr(n, "href"), "#"); id == "" || !inSection(n, id) {
				t.Errorf("%s: %s: a link to %q stands elsewhere", name, file, attr(n, "href"))
			}
			if n.FirstChild == nil && attr(n, "aria-label") == "" {
				t.Errorf("%s: %s: the link to %q has no name", name, file, attr(n, "href"))
			}
		}
	}
}
