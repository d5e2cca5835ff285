package theme

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"briefing/internal/dossier"
	"briefing/internal/page"
	"briefing/static"
	"briefing/templates"
)

func loaded(t *testing.T) *Theme {
	t.Helper()
	th, err := Load(templates.Files, static.Files, 9, 9, 9, 9, 9)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// TestViews proves each template against a view without and a view with everything.
func TestViews(t *testing.T) {
	th := loaded(t)
	for name, empty := range Views() {
		full := reflect.New(reflect.TypeOf(empty)).Elem()
		f := filler{texts: map[string][]string{}}
		f.fill(full, full.Type().Name())
		for kind, view := range map[string]any{"empty": framed(empty), "full": full.Interface()} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				var b bytes.Buffer
				if err := th.Render(&b, name, view); err != nil {
					t.Fatal(err)
				}
				checkHTML(t, b.Bytes())
				if kind == "full" {
					checkShown(t, b.String(), f.texts)
					checkSections(t, name, b.String())
				}
			})
		}
	}
}

// framed returns an empty view with the frame that every page has.
func framed(view any) any {
	v := reflect.New(reflect.TypeOf(view)).Elem()
	v.Set(reflect.ValueOf(view))
	if base := v.FieldByName("Base"); base.IsValid() {
		site := &page.Site{}
		base.Set(reflect.ValueOf(page.Base{Site: site, Menu: &page.Menu{Site: site}}))
	}
	return v.Interface()
}

// TestNothingToListIsSaid proves that a list without entries says so, instead of showing a table without rows or a title over nothing.
func TestNothingToListIsSaid(t *testing.T) {
	th := loaded(t)
	for name, want := range map[string]string{
		"actors.html": "Nobody is recorded here.", "briefs.html": "No brief is published here.", "figures.html": "No figure is recorded here.",
		"events.html":  "No event is recorded here.",
		"pledges.html": "No promise is recorded here.", "search.html": "Nothing is recorded here.", "sources.html": "No source is recorded here.",
		"timeline.html": "No event is recorded here.", "updates.html": "Nothing has been published yet.", "corrections.html": "No corrections yet.",
	} {
		var b bytes.Buffer
		if err := th.Render(&b, name, framed(Views()[name])); err != nil {
			t.Fatal(err)
		}
		if s := b.String(); strings.Contains(s, "<table") || !strings.Contains(s, `<p class="empty">`+want) {
			t.Errorf("%s says of nothing:\n%s", name, s)
		}
	}
}

// TestPagesNotFirst proves that a list goes on without what its first page alone shows.
func TestPagesNotFirst(t *testing.T) {
	var b bytes.Buffer
	view := framed(page.Pledges{}).(page.Pledges)
	view.Rows = []page.MarkedRow{{PledgeRow: &page.PledgeRow{}}}
	view.Pager = page.Pager{Page: 2, Pages: 2, Rows: 201, Previous: "/pledges/"}
	if err := loaded(t).Render(&b, "pledges.html", view); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Contains(s, "By donor") || !strings.Contains(s, `rel="prev" href="/pledges/"`) {
		t.Errorf("second page of the pledges:\n%s", s)
	}
}

// checkHTML reports elements that are not closed, ids given twice, links that lead nowhere and values that html/template refused.
func checkHTML(t *testing.T, src []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	ids := map[string]bool{}
	var open []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, src)
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			for _, a := range token.Attr {
				checkAttr(t, a, ids)
			}
		case xml.EndElement:
			if last := open[len(open)-1]; last != token.Name.Local {
				t.Fatalf("<%s> ends in </%s>", last, token.Name.Local)
			}
			open = open[:len(open)-1]
		}
	}
	for _, bad := range []string{"ZgotmplZ", "<no value>", "style="} {
		if bytes.Contains(src, []byte(bad)) {
			t.Errorf("%s in\n%s", bad, src)
		}
	}
}

func checkAttr(t *testing.T, a xml.Attr, ids map[string]bool) {
	t.Helper()
	switch {
	case a.Name.Local == "id" && ids[a.Value]:
		t.Errorf("two elements have the id %q", a.Value)
	case a.Name.Local == "id":
		ids[a.Value] = true
	}
}

// unshown are the fields that a page need not print: they decide how others are shown, or its own opening leaves them out.
var unshown = map[string]bool{
	"Current": true, "URL": true, "Contents": true, "Home.AsOf": true, "Home.Published": true, "Home.Updated": true, "Home.Lang": true,
	"Pledge.Lang": true, "Event.Format": true,
}

// checkShown reports the fields of a view of which its page shows nothing.
func checkShown(t *testing.T, html string, texts map[string][]string) {
	t.Helper()
	shown := map[string]bool{}
	for path, values := range texts {
		parts := strings.SplitN(path, ".", 3)
		field := parts[0] + "." + parts[1]
		shown[field] = shown[field] || unshown[field] || unshown[parts[1]] ||
			slices.ContainsFunc(values, func(s string) bool { return strings.Contains(html, s) })
	}
	for field, ok := range shown {
		if !ok {
			t.Errorf("%s is not shown", field)
		}
	}
}

// promised are the sections to which prose may lead.
var promised = map[string][]string{
	"event.html":  {"outcomes", "pledges", "attendance", "disputed"},
	"pledge.html": {"ledger", "disputed"},
	"figure.html": {"disputed"},
	"actor.html":  {"roles", "events", "pledges", "quotations"},
	"brief.html":  {"key-points", "questions", "contents"},
	"series.html": {"meetings"},
}

func checkSections(t *testing.T, name, html string) {
	t.Helper()
	if name == "redirect.html" {
		return
	}
	for _, id := range append(promised[name], "mentions", "changes", "cite", "sources", "content") {
		if !strings.Contains(html, `id="`+id+`"`) {
			t.Errorf("no element has the id %q", id)
		}
	}
}

// A filler gives each text of a view a value of its own.
type filler struct {
	n     int
	texts map[string][]string // by the path of the field, such as Event.Chairs.Role

	// before stands before each text.
	before string
}

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.field(v, i, path)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 5, 5))
		for i := range v.Len() {
			f.fill(v.Index(i), path)
		}
	case reflect.Bool:
		v.SetBool(f.n%2 == 0)
	case reflect.Int:
		v.SetInt(int64(f.n))
	case reflect.String:
		f.text(v, path)
	}
}

// field fills one field of a struct.
func (f *filler) field(v reflect.Value, i int, path string) {
	field := v.Type().Field(i)
	switch {
	case field.Anonymous:
		f.fill(v.Field(i), path)
	case field.IsExported() && field.Type != reflect.TypeFor[dossier.Date]():
		f.fill(v.Field(i), path+"."+field.Name)
	}
}

func (f *filler) text(v reflect.Value, path string) {
	text := f.before + fmt.Sprintf("t%dt", f.n)
	f.texts[path] = append(f.texts[path], text)
	switch {
	case v.Type() == reflect.TypeFor[template.HTML]():
		text = "<em>" + text + "</em>"
	case strings.HasSuffix(path, "URL"):
		text = "/" + text + "/"
	}
	v.SetString(text)
}
