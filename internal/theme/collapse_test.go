package theme

import (
	"io/fs"
	"testing"
	"text/template/parse"

	"briefing/templates"
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
		{"<PRE class=\"a\n  b\">\n  kept\n</PRE>\n\n<p>", "<PRE class=\"a\n  b\">\n  kept\n</PRE><p>"},
		{"<textarea>\n  kept\n</textarea>\n<p>", "<textarea>\n  kept\n</textarea><p>"},
		{"<script>\n  a = `\n  kept`\n</script>\n<p>", "<script>\n  a = `\n  kept`\n</script><p>"},
		{"<!--\n  kept\n-->\n<p>", "<!--\n  kept\n--><p>"},
		{"<a title=it's>\n  b</a>", "<a title=it's>\n  b</a>"},
		{"{{if .A}}<pre>{{else}}<pre class=x>{{end}}\n  kept\n</pre>\n<p>", "{{if .A}}<pre>{{else}}<pre class=x>{{end}}\n  kept\n</pre><p>"},
		{"{{if .A}}<pre>{{.}}</pre>{{else}}</pre>{{end}}<pre>\n  kept</pre>", "{{if .A}}<pre>{{.}}</pre>{{else}}</pre>{{end}}<pre>\n  kept</pre>"},
		{"<i {{if .A}}title=\"a{{else}}title=\"b{{end}}\n  kept\">\n  c</i>", "<i {{if .A}}title=\"a{{else}}title=\"b{{end}}\n  kept\">\nc</i>"},
		{"<p>{{with .A}}\n  a{{end}}\n</p>\n{{template \"x\"}}\n<p>", "<p>{{with .A}}\na{{end}}</p>{{template \"x\"}}<p>"},
		{"", ""},
		{"\n\n", "\n"},
	} {
		tree, err := parse.Parse("t", c.in, "", "")
		if err != nil {
			t.Fatal(err)
		}
		if tree["t"] == nil {
			continue // nothing but white space
		}
		collapse(tree["t"])
		if got := tree["t"].Root.String(); got != c.want {
			t.Errorf("%q\n became %q\n    want %q", c.in, got, c.want)
		}
	}
}

// TestCollapseTwice proves that what is collapsed stays as it is: nothing is lost bit by bit.
func TestCollapseTwice(t *testing.T) {
	files, err := fs.Glob(templates.Files, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		src, err := fs.ReadFile(templates.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		trees := map[string]*parse.Tree{}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(string(src), "", "", trees); err != nil {
			t.Fatal(err)
		}
		for _, part := range trees {
			collapse(part)
			once := part.Root.String()
			if collapse(part); part.Root.String() != once {
				t.Errorf("%s: %q\n became %q", name, once, part.Root.String())
			}
		}
	}
}

// TestStylesKeepTheirStrings proves that taking comments and white space out of CSS takes nothing out of what it shows.
func TestStylesKeepTheirStrings(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a { b: c; } /* gone */", "a {b:c;}"},
		{"a {\n  b: \"/* kept */\";\n}\n", "a {b:\"/* kept */\";}"},
		{"a { b: 'it: { is \"so\"'; }", "a {b:'it: { is \"so\"';}"},
		{`a { b: "\""; /* gone */ c: "/* kept */"; }`, `a {b:"\"";c:"/* kept */";}`},
		{"\n\n  a{}\n\n\n  b  :is(c,\n d)\n\n  e{}", "a{}b :is(c,d) e{}"},
		{"a { b: calc(1px + 2px)  / 3; }", "a {b:calc(1px + 2px) / 3;}"},
		{"a{}/* never ends", "a{}"},
		{"a{b:\"never ends", "a{b:\"never ends"},
	} {
		if got := string(appendStyles(nil, c.in)); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}
