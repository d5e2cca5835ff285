package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"briefing/internal/page"
)

// hostile are texts that would be markup, or would end the place where they stand, if anything forgot to escape them.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `]]><svg onload=alert(1)>`, `</title><script>`, `-->`,
	`javascript:alert(1)`, `{{.Title}}`, `&lt;b&gt;&amp;`, "\u202eright to left\u202c", "👩‍👩‍👧", "two\nlines\tand\x00more", "`${alert(1)}`", `\u003cscript`,
}

// TestHostileTextsStayText renders each view twice: with harmless texts, and with hostile ones in every string. Whatever an editor
// or a source writes, the page has the same elements with the same attributes, and the hostile texts stand in it as they are.
func TestHostileTextsStayText(t *testing.T) {
	th := loaded(t)
	for name, empty := range Views() {
		harmless := skeleton(t, render(t, th, name, empty, "words"))
		for _, text := range hostile {
			if bad := skeleton(t, render(t, th, name, empty, text)); !slices.Equal(harmless, bad) {
				t.Errorf("%s with %q: %s", name, text, difference(harmless, bad))
			}
		}
	}
}

// TestNoAddressIsAScript puts scripts where addresses belong. No attribute that a browser follows may hold one.
func TestNoAddressIsAScript(t *testing.T) {
	th := loaded(t)
	for name, empty := range Views() {
		for _, address := range []string{"javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>", "vbscript:x"} {
			view := reflect.New(reflect.TypeOf(empty)).Elem()
			stuff(view, address, address)
			var b bytes.Buffer
			if err := th.Render(&b, name, view.Interface()); err != nil {
				t.Fatal(err)
			}
			for _, a := range attributes(t, b.Bytes()) {
				if slices.Contains([]string{"href", "src", "action", "formaction", "xlink:href", "srcset"}, a.Key) && scripted(a.Val) {
					t.Errorf("%s: %s=%q", name, a.Key, a.Val)
				}
			}
		}
	}
}

// references are how the addresses begin that hold a citation. Browsers show no file of these types.
var references = regexp.MustCompile(`^data:application/(x-bibtex|x-research-info-systems|vnd\.citationstyles\.csl\+json);charset=utf-8,[^\s"'<>#]*$`)

// scripted reports whether a browser would take an address for a script or for a document of its own.
func scripted(address string) bool {
	if references.MatchString(address) {
		return false
	}
	address = strings.ToLower(strings.NewReplacer("\n", "", "\t", "", "\r", "").Replace(strings.TrimSpace(address)))
	return slices.ContainsFunc([]string{"javascript:", "data:", "vbscript:"}, func(scheme string) bool { return strings.HasPrefix(address, scheme) })
}

// render returns a page with a text in each string of its view, and an address in each string that is one.
func render(t *testing.T, th *Theme, name string, empty any, text string) []byte {
	t.Helper()
	view := reflect.New(reflect.TypeOf(empty)).Elem()
	stuff(view, text, "/somewhere/")
	var b bytes.Buffer
	if err := th.Render(&b, name, view.Interface()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stuff puts a text into every string of a view, and an address into those that are addresses. What is HTML already stays empty but for
// a word, for other packages answer for it.
func stuff(v reflect.Value, text, address string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case !field.IsExported():
			case slices.Contains([]string{"URL", "Canonical", "Address", "Archive", "To", "Previous", "Next"}, field.Name) && field.Type.Kind() == reflect.String:
				v.Field(i).SetString(address)
			default:
				stuff(v.Field(i), text, address)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		stuff(v.Elem(), text, address)
	case reflect.Slice:
		n := 2
		if v.Type() == reflect.TypeFor[[]page.Heading]() {
			n = 4 // fewer have no table of contents
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range v.Len() {
			stuff(v.Index(i), text, address)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(3)
	case reflect.String:
		switch v.Type() {
		case reflect.TypeFor[template.HTML]():
			text = "<em>w</em>"
		case reflect.TypeFor[template.JS]():
			text = `{"@graph":[]}`
		}
		v.SetString(text)
	}
}

// skeleton lists the elements of a page in order, each with the names of its attributes.
func skeleton(t *testing.T, src []byte) []string {
	t.Helper()
	var out []string
	walk(t, src, func(n *html.Node) {
		switch n.Type {
		case html.ElementNode:
			line := n.Data
			for _, a := range n.Attr {
				line += " " + a.Key
			}
			out = append(out, line)
		case html.CommentNode:
			out = append(out, "<!--")
		}
	})
	return out
}

// attributes returns the attributes of all elements of a page.
func attributes(t *testing.T, src []byte) []html.Attribute {
	t.Helper()
	var out []html.Attribute
	walk(t, src, func(n *html.Node) { out = append(out, n.Attr...) })
	return out
}

// walk calls visit with each node of a page, as a browser reads it.
func walk(t *testing.T, src []byte, visit func(*html.Node)) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		visit(n)
	}
}

// difference returns the first place at which two lists differ.
func difference(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("element %d is <%s>, not <%s>", i, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d elements, not %d", len(b), len(a))
}

// TestHostileTextsAreShown proves that escaping loses nothing: a reader sees the text as it was written.
func TestHostileTextsAreShown(t *testing.T) {
	th := loaded(t)
	for _, text := range hostile {
		want := strings.ReplaceAll(text, "\x00", "\ufffd")
		src := render(t, th, "pledge.html", page.Pledge{}, text)
		found := map[string]bool{}
		walk(t, src, func(n *html.Node) {
			if n.Type == html.TextNode && strings.Contains(strings.ReplaceAll(n.Data, "\x00", "\ufffd"), want) {
				found[n.Parent.Data] = true
			}
		})
		for _, element := range []string{"h1", "title", "td", "a", "time", "li"} {
			if !found[element] {
				t.Errorf("no <%s> shows %q", element, text)
			}
		}
	}
}

// TestTheFunctionsOfTemplatesEscape covers what html/template does not look at, as it comes from a function as HTML.
func TestTheFunctionsOfTemplatesEscape(t *testing.T) {
	for _, c := range []struct {
		got  template.HTML
		want string
	}{
		{ref(page.Ref{Title: "A & B", URL: "/a/"}), `<a href="/a/">A &amp; B</a>`},
		{ref(page.Ref{Title: "<b>", URL: `/a/"onclick="x`}), `<a href="/a/&#34;onclick=&#34;x">&lt;b&gt;</a>`},
		{ref(page.Ref{Title: "<b>"}), `&lt;b&gt;`},
		{ref(page.Ref{Title: "No", URL: "javascript:alert(1)"}), `No`},
		{ref(page.Ref{Title: "No", URL: "https://example.org/"}), `No`},
		{ref(page.Ref{}), ``},
		{timeElement(page.Time{Text: "4 June 2025", Machine: "2025-06-04"}), `<time datetime="2025-06-04">4 June 2025</time>`},
		{timeElement(page.Time{Text: "<b>"}), `&lt;b&gt;`},
		{timeElement(page.Time{Text: "x", Machine: `"><script>`}), `<time datetime="&#34;&gt;&lt;script&gt;">x</time>`},
		{timeElement(page.Time{}), ``},
	} {
		if string(c.got) != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	for x, want := range map[int]string{0: "0%", page.StripWidth: "100%", 125: "12.5%", 333: "33.3%"} {
		if got := percent(x); got != want {
			t.Errorf("%d is %s of the width, want %s", x, got, want)
		}
	}
}
