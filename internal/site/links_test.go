package site_test

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A document is what a page says of itself, and where it leads.
type document struct {
	path  string
	ids   map[string]int
	links []string
	// by the name of the element
	elements map[string]int
	lang     string
	text     string
}

// read parses a page.
func read(t *testing.T, name, text string) document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := document{path: name, ids: map[string]int{}, elements: map[string]int{}}
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			d.element(n)
		case html.TextNode:
			b.WriteString(n.Data)
		}
	}
	d.text = strings.Join(strings.Fields(b.String()), " ")
	return d
}

// element enters an element into what the document says.
func (d *document) element(n *html.Node) {
	d.elements[n.Data]++
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			d.ids[a.Val]++
		case "href", "src":
			d.links = append(d.links, a.Val)
		case "aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list":
			for id := range strings.FieldsSeq(a.Val) {
				d.links = append(d.links, "#"+id)
			}
		case "lang":
			if n.Data == "html" {
				d.lang = a.Val
			}
		}
	}
}

// documents parses every page of a tree.
func documents(t *testing.T, tree map[string]string) map[string]document {
	t.Helper()
	out := map[string]document{}
	for name, text := range tree {
		if path.Ext(name) == ".html" {
			out[name] = read(t, name, text)
		}
	}
	return out
}

func TestEveryInternalLinkLeadsSomewhere(t *testing.T) {
	for name, s := range sites(t) {
		t.Run(name, func(t *testing.T) {
			for _, d := range s.docs {
				for _, link := range d.links {
					if err := s.follow(link, d); err != nil {
						t.Errorf("%s: %q: %v", d.path, link, err)
					}
				}
			}
		})
	}
}

// follow returns why a link leads nowhere. Links that leave the site are not followed.
func (s built) follow(link string, from document) error {
	base := s.Graph.Site.BaseURL
	if strings.TrimSpace(link) == "" {
		return fmt.Errorf("it is empty")
	}
	here, err := url.Parse(base + "/" + from.path)
	if err != nil {
		return err
	}
	there, err := here.Parse(link)
	if err != nil {
		return err
	}
	if there.Scheme+"://"+there.Host != base {
		return nil
	}
	file := strings.TrimPrefix(there.Path, "/")
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	if _, ok := s.tree[file]; !ok {
		return fmt.Errorf("there is no %s", file)
	}
	if there.Fragment != "" && s.docs[file].ids[there.Fragment] == 0 {
		return fmt.Errorf("%s has no place %q", file, there.Fragment)
	}
	return nil
}

func TestNoPageHasAnIdTwice(t *testing.T) {
	for name, s := range sites(t) {
		for _, d := range s.docs {
			for id, n := range d.ids {
				if n > 1 || id == "" || strings.ContainsAny(id, " \t\n") {
					t.Errorf("%s: %s: id %q stands %d times", name, d.path, id, n)
				}
			}
		}
	}
}

func TestEveryPageIsAWholeDocument(t *testing.T) {
	for name, s := range sites(t) {
		for _, d := range s.docs {
			text := s.tree[d.path]
			if !strings.HasPrefix(strings.ToLower(text), "<!doctype html>") || d.lang == "" || d.elements["title"] < 1 {
				t.Errorf("%s: %s lacks its doctype, its language or its title", name, d.path)
			}
			for _, trace := range []string{"ZgotmplZ", "<no value>", "%!", "{{", "[[", "[@", "&lt;sup", "01 Jan 0001", "0001-01-01", "TODO"} {
				if strings.Contains(text, trace) {
					t.Errorf("%s: %s has the trace %q of something that went wrong", name, d.path, trace)
				}
			}
			redirect := strings.Contains(text, `http-equiv="refresh"`)
			if !redirect && d.elements["h1"] != 1 {
				t.Errorf("%s: %s has %d h1", name, d.path, d.elements["h1"])
			}
		}
	}
}

func TestNoTwoPagesHaveTheSameTitle(t *testing.T) {
	title := regexp.MustCompile(`<title>(.*?)</title>`)
	for name, s := range sites(t) {
		seen := map[string]string{}
		for _, p := range s.Pages {
			file := strings.TrimPrefix(p.URL(), "/") + "index.html"
			found := title.FindStringSubmatch(s.tree[file])
			if p.Unlisted() || found == nil {
				continue
			}
			if other, ok := seen[found[1]]; ok {
				t.Errorf("%s: %s and %s have the title %q", name, other, p.URL(), found[1])
			}
			seen[found[1]] = p.URL()
		}
	}
}

var cssAddress = regexp.MustCompile(`url\(["']?([^"')]*)`)

func TestStylesLeadToNothingOutside(t *testing.T) {
	for name, text := range sites(t)["this repository"].tree {
		if path.Ext(name) != ".css" {
			continue
		}
		for _, m := range cssAddress.FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(m[1], "data:") && !strings.HasPrefix(m[1], "#") {
				t.Errorf("%s asks for %s", name, m[1])
			}
		}
		if strings.Contains(text, "@import") {
			t.Errorf("%s imports another", name)
		}
	}
}

// A page must work under a policy that allows no inline script and no inline style, and must ask nothing of other hosts.
func TestPagesAskForNothingOutside(t *testing.T) {
	s := sites(t)["this repository"]
	for name := range s.docs {
		root, _ := html.Parse(strings.NewReader(s.tree[name]))
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			for _, a := range n.Attr {
				loads := a.Key == "src" || a.Key == "srcset" || n.Data == "link" && a.Key == "href" && !slices.ContainsFunc(n.Attr, isPlainRel)
				switch {
				case loads && !strings.HasPrefix(a.Val, "/"):
					t.Errorf("%s: <%s> loads %s", name, n.Data, a.Val)
				case a.Key == "style", strings.HasPrefix(a.Key, "on"), n.Data == "style":
					t.Errorf("%s: <%s> has the attribute %s", name, n.Data, a.Key)
				}
			}
		}
	}
}

// isPlainRel reports whether an attribute says that a link element loads nothing.
func isPlainRel(a html.Attribute) bool {
	return a.Key == "rel" && slices.Contains([]string{"canonical", "alternate", "license", "prev", "next", "up"}, a.Val)
}
