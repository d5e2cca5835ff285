package theme

import (
	"testing"
	"text/template/parse"
)

func TestCollapse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<ul>\n  <li>one</li>\n\n  <li>two</li>\n</ul>\n", "<ul><li>one</li><li>two</li></ul>"},
		{"<p>\n  <b>a</b>\n  <i>b</i>\n</p>", "<p><b>a</b>\n<i>b</i></p>"},
		{"<p>two  spaces <b>stay</b> here</p>", "<p>two  spaces <b>stay</b> here</p>"},
		{"<p>a line\n   goes on</p>", "<p>a line\ngoes on</p>"},
		{"<pre>\n  kept\n    <b>kept</b>\n</pre>\n<p>", "<pre>\n  kept\n    <b>kept</b>\n</pre><p>"},
		{"<ul>\n  {{range .}}\n  <li>{{.}}\n  {{.}}</li>\n  {{end}}\n</ul>", "<ul>{{range .}}<li>{{.}}\n{{.}}</li>{{end}}</ul>"},
		{"<a href=\"{{.}}\" title='>\n  kept'>\n  b</a>", "<a href=\"{{.}}\" title='>\n  kept'>\nb</a>"},
		{"<li id=\"{{.}}\">\n  text", "<li id=\"{{.}}\">text"},
		{"{{if .}}\n<p>{{else}}\n  no\n{{end}}\n  more", "{{if .}}<p>{{else}}\nno\n{{end}}\nmore"},
		{"<p>1 < 2\n\n<br>\n  so", "<p>1 < 2<br>so"},
	} {
		tree, err := parse.Parse("t", c.in, "", "")
		if err != nil {
			t.Fatal(err)
		}
		collapse(tree["t"])
		if got := tree["t"].Root.String(); got != c.want {
			t.Errorf("%q\n became %q\n    want %q", c.in, got, c.want)
		}
	}
}
