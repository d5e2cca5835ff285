package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"testing"

	"briefing/internal/page"
)

// TestPrograms proves that each page of the built-in theme has a program, and that it writes what html/template does: of an empty view, of a
// full one, and of one whose texts hold what must be escaped.
func TestPrograms(t *testing.T) {
	th := loaded(t)
	for name, empty := range Views() {
		t.Run(name, func(t *testing.T) {
			made, err := th.pages[name]()
			if err != nil {
				t.Fatal(err)
			}
			p := made.program(reflect.TypeOf(empty))
			if p == nil {
				t.Fatal("no program")
			}
			views := []any{framed(empty)}
			for _, hostile := range []string{"", "\x00\"&'+<>\xff%zz é", "javascript:/"} {
				full := reflect.New(reflect.TypeOf(empty)).Elem()
				(&filler{texts: map[string][]string{}, before: hostile}).fill(full, full.Type().Name())
				views = append(views, full.Interface())
			}
			for _, view := range views {
				var quick, want bytes.Buffer
				if !p.execute(&quick, view) {
					t.Fatal("the program could not be executed")
				}
				if err := made.Execute(&want, view); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(quick.Bytes(), want.Bytes()) {
					t.Errorf("a program wrote\n%s\nand html/template\n%s", quick.Bytes(), want.Bytes())
				}
			}
		})
	}
}

// A sample has a field of each sort that templates ask for.
type sample struct {
	Text, None string
	Markup     template.HTML
	Code       template.JS
	N, Zero    int
	Yes        bool
	List       []page.Ref
	Names      []string
	Card       *page.Card
	Nothing    *page.Card
	When       page.Time
	Filters    page.Filters
	Any        any
}

// TestProgramOf proves of single things in a template whether there is a program for it, and that what is written is the same as
// without, whether there is or not.
func TestProgramOf(t *testing.T) {
	th := loaded(t)
	view := sample{
		Text: `a "b" & <c> 'd' +`, Markup: "<b>&amp;</b>", Code: `{"a":"</x>"}`, N: -7, Yes: true, List: []page.Ref{{Title: "<A>", URL: "/a/"}, {Title: "B"}},
		Names: []string{"x", "https://b/?c=d&e", "javascript:alert(1)", "/a:b", "#c"}, Card: &page.Card{URL: "/u/"}, When: page.Time{Text: "now", Machine: "2025"}, Any: "x",
	}
	view.Card.Title, view.Card.Label = "title", "meeting, planned"
	for text, has := range map[string]bool{
		`{{.Text}} <a title="{{.Text}}" href="{{.Text}}">{{.Markup}}</a> <i title="{{.Markup}}">{{.N}}{{.Yes}}</i><script>{{.Code}}{{.Text}}</script>`: true,
		`{{range .Names}}<a href="{{.}}" id="{{.}}">{{.}}</a> <a href="#{{.}}"> <a href="/x?{{.}}">{{else}}none{{end}}{{range .Card.Short}}{{end}}`:    false,
		`{{range .Names}}<a href="{{.}}" id="{{.}}">{{.}}</a> <a href="#{{.}}"> <a href="/x?{{.}}">{{else}}none{{end}}`:                                true,
		`{{range $i, $r := .List}}{{if $i}}, {{end}}{{ref $r}}{{$.N}}{{end}}{{refs "; " .List}}{{time .When}}{{link "w" .Card.URL}}`:                   true,
		`{{with .Card}}{{.Title}}{{.Class}}{{else}}no{{end}}{{with $c := .Nothing}}{{$c.Title}}{{else}}no{{end}}{{with .None}}x{{end}}`:                true,
		`{{if and .Yes (or .None .List) (not .Zero)}}1{{end}}{{if eq .Text "x"}}2{{else if ne .Text "x"}}3{{end}}{{if gt (len .List) 1}}4{{end}}`:      true,
		`{{$long := eq .N 3}}{{if $long}}x{{else}}y{{end}}{{define "x"}}[{{.}}]{{end}}{{template "x" .Text}}{{template "x" .N}}{{self "id" "row"}}`:    true,
		`{{.Filters.Label}}{{.Any}}`: true,
		`{{printf "%d" .N}}`:         false,
		`{{.Text | len}}`:            false,
		`{{or .None .Text}}`:         false,
		`{{.Nothing.Title}}`:         true,
		`{{.Missing}}`:               false,
		`{{index .Names 9}}`:         false,
		`{{once "card" .Nothing}}`:   true,
		`{{asset "none.css"}}`:       false,
	} {
		made := template.Must(template.New("x.html").Funcs(th.functions()).Parse(text))
		if err := check(made); err != nil {
			t.Fatal(err)
		}
		s := &set{Template: made, theme: th, functions: th.functions()}
		if got := s.program(reflect.TypeOf(view)) != nil; got != has {
			t.Errorf("%s: has a program: %v", text, got)
		}
		var got, want bytes.Buffer
		failed, failure := s.write(&got, view), made.Execute(&want, view)
		if (failed == nil) != (failure == nil) || failed == nil && got.String() != want.String() {
			t.Errorf("%s\n got %s, %v\nwant %s, %v", text, got.String(), failed, want.String(), failure)
		}
	}
}
