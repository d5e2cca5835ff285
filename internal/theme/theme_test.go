package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"briefing/internal/page"
	"briefing/static"
	"briefing/templates"
)

func TestUnknownTemplate(t *testing.T) {
	err := loaded(t).Render(io.Discard, "nothing.html", nil)
	if err == nil || err.Error() != "no template nothing.html" {
		t.Errorf("error %v", err)
	}
}

// changed is the default templates with one file replaced.
func changed(t *testing.T, name, content string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(templates.Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.Files, file)
		files[file] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files[name] = &fstest.MapFile{Data: []byte(content)}
	return files
}

// TestErrorsNamePlaces proves that an error tells the file and the line, though the template was collapsed.
func TestErrorsNamePlaces(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"<p>\n\n  {{.Title}\n</p>", "brief.html:3: "},
		{"<p>\n\n  {{nothing .}}\n</p>", `brief.html:3: function "nothing" not defined`},
		{"<p>\n  text\n\n\n  {{.Nothing}}</p>", "brief.html:5:5: "},
		{"<p>\n\n  {{.Tittle}}</p>", "brief.html:3:5: page.Brief has no field Tittle"},
		{"<p>\n\n{{asset \"none.css\"}}</p>", "no asset none.css in static"},
		{"<p>\n{{if .Title}}<a href='{{end}}</p>", "brief.html:2:6: "},
	} {
		th, err := Load(changed(t, "brief.html", c.content), static.Files)
		if err == nil {
			err = th.Render(io.Discard, "brief.html", page.Brief{})
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %s", c.content, err, c.want)
		}
	}
}

// TestAReloadIsALoad proves that a theme that was read after another makes what a theme makes that was read alone, and has its mistakes.
func TestAReloadIsALoad(t *testing.T) {
	styled := fstest.MapFS{}
	if err := fs.WalkDir(static.Files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(static.Files, file)
		styled[file] = &fstest.MapFile{Data: data}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	styled["css/layout.css"] = &fstest.MapFile{Data: []byte("h1 { color: red }")}
	view := framed(page.Brief{})
	const wrong = "<p>\n{{if .Title}}<a href='{{end}}</p>"
	for what, c := range map[string]struct{ templates, static fs.FS }{
		"a style": {templates.Files, styled}, "a page": {changed(t, "brief.html", "<p>Another.</p>"), static.Files},
		"another page": {changed(t, "event.html", "<p>Another.</p>"), static.Files}, "the frame": {changed(t, "base.html", "<p>Framed.</p>"), static.Files},
		"a partial":         {changed(t, "partials/card.html", `{{define "card"}}<p>Carded.</p>{{end}}`), static.Files},
		"a mistake":         {changed(t, "event.html", wrong), static.Files},
		"a shared mistake":  {changed(t, "base.html", wrong), static.Files},
		"a page of nothing": {changed(t, "nothing.html", "<p>Never.</p>"), static.Files},
	} {
		alone, failed := Load(c.templates, c.static)
		after, err := loaded(t).Reload(c.templates, c.static)
		if (err == nil) != (failed == nil) || err != nil && err.Error() != failed.Error() {
			t.Errorf("%s: error %v, want %v", what, err, failed)
		}
		if err != nil || failed != nil {
			continue
		}
		var got, want bytes.Buffer
		if err := errors.Join(after.Render(&got, "brief.html", view), alone.Render(&want, "brief.html", view)); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%s: the page is %s, want %s", what, got.String(), want.String())
		}
	}
}

// TestErrorsTellPartialsFromPages proves that a partial may be called as a page is.
func TestErrorsTellPartialsFromPages(t *testing.T) {
	files := changed(t, "brief.html", "<p>\n{{template \"own\" .}}</p>").(fstest.MapFS)
	files["partials/brief.html"] = &fstest.MapFile{Data: []byte("{{define \"own\"}}\n\n{{.Tittle}}{{end}}")}
	th, err := Load(files, static.Files)
	if err != nil {
		t.Fatal(err)
	}
	var f *Fault
	if err := th.Render(io.Discard, "brief.html", page.Brief{}); !errors.As(err, &f) || f.File != "partials/brief.html" || f.Line != 3 {
		t.Errorf("error %v", err)
	}
}

func TestMissingTemplate(t *testing.T) {
	files := changed(t, "page.html", "").(fstest.MapFS)
	delete(files, "event.html")
	if _, err := Load(files, static.Files); err == nil || err.Error() != "no template event.html" {
		t.Errorf("error %v", err)
	}
}

// TestNothingHalf proves that a page which fails is not begun.
func TestNothingHalf(t *testing.T) {
	th, err := Load(changed(t, "brief.html", "<p>begun {{.Nothing}}</p>"), static.Files)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := th.Render(&b, "brief.html", page.Brief{}); err == nil || b.Len() > 0 {
		t.Errorf("error %v, wrote %q", err, b.String())
	}
}

// TestPartsAreMadeOnce proves that a part is made of a value once, and of another value anew.
func TestPartsAreMadeOnce(t *testing.T) {
	th := loaded(t)
	before := &page.Card{URL: "/events/e1/"}
	before.Title = "Before"
	first, err := th.once("card", before)
	if err != nil || !strings.Contains(string(first), "Before") {
		t.Fatalf("%s, %v", first, err)
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = th.once("card", before) }); n > 2 {
		t.Errorf("a card made before costs %v allocations", n)
	}
	after := &page.Card{URL: "/events/e1/"}
	after.Title = "After"
	if second, err := th.once("card", after); err != nil || !strings.Contains(string(second), "After") {
		t.Errorf("a changed card is %s, %v", second, err)
	}
	if _, err := th.once("nothing", after); err == nil {
		t.Error("a part that no partial defines was made")
	}
}

// TestListsAreOfTheThemeThatMakesThem proves that a card of two themes in turn, each of which keeps what it made, is shown by neither as the
// other does.
func TestListsAreOfTheThemeThatMakesThem(t *testing.T) {
	own, err := Load(changed(t, "partials/card.html", `{{define "card"}}{{end}}{{define "cards"}}{{end}}{{define "line"}}own {{.Title}}{{end}}{{define "lines"}}{{each "line" .}}{{end}}`), static.Files)
	if err != nil {
		t.Fatal(err)
	}
	c := &page.Card{URL: "/briefs/b1/"}
	c.Title = "First"
	for range 2 {
		for th, want := range map[*Theme]string{loaded(t): `<li><a href="/briefs/b1/">First</a></li>`, own: "own First"} {
			if html, err := th.listed("line", c); err != nil || string(html) != want {
				t.Errorf("%s, %v, want %s", html, err, want)
			}
			if again, _ := th.listed("line", c); string(again) != want {
				t.Errorf("a second time it is %s", again)
			}
		}
	}
}

// TestManyAtOnce renders with many goroutines; the race detector is the judge.
func TestManyAtOnce(t *testing.T) {
	th := loaded(t)
	c := &page.Card{URL: "/briefs/b1/"}
	view := framed(page.Roll{}).(page.Roll)
	view.Cards = []*page.Card{c, c}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if err := th.Render(io.Discard, "roll.html", view); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestAssets(t *testing.T) {
	th := loaded(t)
	for name, url := range th.urls {
		found := false
		for _, a := range th.Assets() {
			if "/"+a.Path != url {
				continue
			}
			found = true
			if sum := sha256.Sum256(a.Data); !strings.Contains(url, "."+base64.RawURLEncoding.EncodeToString(sum[:])[:10]+".") {
				t.Errorf("%s has the address %s, but its digest is %x", name, url, sum)
			}
		}
		if !found {
			t.Errorf("nothing stands at %s", url)
		}
	}
	if url, err := th.asset("site.css"); err != nil || !strings.HasPrefix(url, "/assets/site.") {
		t.Errorf("the stylesheet is at %q, %v", url, err)
	}
}

func TestStyles(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	th := &Theme{}
	err := th.readAssets(fstest.MapFS{
		"css/print.css":        file("f{}\n"),
		"css/own.css":          file("e{}"),
		"css/components/b.css": file("d{}\n"),
		"css/components/a.css": file("/* A list. */\nc:is(a, b)  :hover\n{\n\n  content: \"/* kept; */\"  / \"\";\n\ttop: calc(1px + 2px);\n}\n"),
		"css/intent.css":       file("b{}\n"),
		"css/palette.css":      file("a{}\n"),
		"img/map.png":          file("png"),
		"static.go":            file("package static"),
	})
	assets := th.Assets()
	if err != nil || len(assets) != 3 {
		t.Fatalf("%d assets, %v", len(assets), err)
	}
	const want = "a{}b{}c:is(a,b) :hover {content:\"/* kept; */\" / \"\";top:calc(1px + 2px);}d{}e{}"
	if got := string(assets[2].Data); got != want {
		t.Errorf("stylesheet %q, want %q", got, want)
	}
	if got := string(assets[1].Data); got != "f{}" || !strings.HasPrefix(assets[1].Path, "assets/print.") {
		t.Errorf("for paper %s holds %q", assets[1].Path, got)
	}
	if got := assets[0].Path; !strings.HasPrefix(got, "assets/img/map.") || !strings.HasSuffix(got, ".png") {
		t.Errorf("picture at %s", got)
	}
}
