package serve

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/export"
	"briefing/internal/site"
	"briefing/internal/theme"
)

const brief = "content/briefs/boats.md"

// A preview is a handler with a site that a test edits, and what was reported.
type preview struct {
	*Handler
	files   fstest.MapFS
	reports []diag.List
}

// starter returns the files of a new site.
func starter(t *testing.T) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("../cli/starter.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// newPreview returns a preview of the starter site under a theme that prints titles and texts alone.
func newPreview(t *testing.T) *preview {
	t.Helper()
	p := &preview{files: starter(t)}
	templates := fstest.MapFS{"base.html": {}, "partials/card.html": {Data: []byte(`{{define "card"}}{{end}}`)}}
	for name := range theme.Views() {
		templates[name] = &fstest.MapFile{Data: []byte(`<title>{{.Title}}</title>`)}
	}
	templates["brief.html"] = &fstest.MapFile{Data: []byte(`<title>{{.Title}}</title>{{.Body}}`)}
	p.Handler = &Handler{
		Now:    time.Now,
		Source: site.Source{Files: p.files, Templates: templates, Static: fstest.MapFS{"css/base.css": {}, "note.woff2": {}}},
		Report: func(l diag.List) { p.reports = append(p.reports, l) },
	}
	return p
}

// edit replaces the text of a file, and tells the preview.
func (p *preview) edit(name, old, by string) {
	files := maps.Clone(p.files)
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), old, by, 1))}
	p.files, p.Source.Files = files, files
	p.Changed(name)
}

// ask sends a request to the handler.
func (p *preview) ask(method, host, target string) *http.Response {
	r := httptest.NewRequest(method, "http://localhost:8080/", nil)
	r.URL.Path, r.Host = target, host
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Result()
}

// added is the element that the preview adds to pages.
var added = regexp.MustCompile(`<script type="module" src="/_preview/preview.js" data-preview="[^"]*" data-later="[^"]*"></script>\n`)

// get returns the answer to a plain request, without what the preview adds.
func (p *preview) get(t *testing.T, target string) (status int, body string) {
	t.Helper()
	r := p.ask(http.MethodGet, "localhost:8080", target)
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, added.ReplaceAllString(string(text), "")
}

func TestEachFileIsServedWithItsType(t *testing.T) {
	p := newPreview(t)
	for target, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/briefs/boats/": "text/html; charset=utf-8", "/index.html": "text/html; charset=utf-8",
		"/feed.xml": "application/xml; charset=utf-8", "/robots.txt": "text/plain; charset=utf-8",
	} {
		r := p.ask(http.MethodGet, "localhost:8080", target)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != want {
			t.Errorf("%s: %s, %s", target, r.Status, r.Header.Get("Content-Type"))
		}
		if r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", target, r.Header)
		}
	}
	files := p.current.Load().Files()
	for i := range files.Len() {
		f := files.File(i)
		r := p.ask(http.MethodGet, "localhost:8080", "/"+f.Path)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %s, %q", f.Path, r.Status, r.Header.Get("Content-Type"))
		}
	}
}

func TestAnEditOfTheRatesShows(t *testing.T) {
	p := newPreview(t)
	const rates, dollars = "content/rates.csv", "all,all,USD,false"
	if status, _ := p.get(t, "/data/converted.csv"); status != http.StatusNotFound {
		t.Errorf("%d without rates", status)
	}
	p.files[rates] = &fstest.MapFile{Data: []byte("date,pair,rate,source\n2026-01-04,EUR/USD,1.25,gazette-2026-01-04\n")}
	for _, edit := range []struct{ old, by, want string }{{"", "", "2500000"}, {"1.25", "1.5", "3000000"}} {
		p.edit(rates, edit.old, edit.by)
		if _, body := p.get(t, "/data/converted.csv"); !strings.Contains(body, dollars) || !strings.Contains(body, edit.want) {
			t.Errorf("with %q: %s, and %v is reported", edit.by, body, p.reports)
		}
	}
	p.edit(rates, "1.5", "-1.5")
	if p.get(t, "/"); len(p.reports) == 0 || p.reports[len(p.reports)-1][0].File != rates {
		t.Errorf("a bad rate: %v", p.reports)
	}
}

func TestWhatIsNotThereIsAnsweredWithThePageForIt(t *testing.T) {
	if status, body := newPreview(t).get(t, "/nowhere/"); status != http.StatusNotFound || body != "<title>Page not found</title>" {
		t.Errorf("%d %q", status, body)
	}
}

func TestAnAddressWithoutItsSlashLeadsToTheFolder(t *testing.T) {
	r := newPreview(t).ask(http.MethodGet, "localhost:8080", "/briefs/boats")
	if r.StatusCode != http.StatusMovedPermanently || r.Header.Get("Location") != "/briefs/boats/" {
		t.Errorf("%s to %q", r.Status, r.Header.Get("Location"))
	}
}

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	p := newPreview(t)
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "[::1]": 200,
		"evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "10.0.0.1:8080": 403,
		"": 403, "0.0.0.0:8080": 403,
	} {
		if r := p.ask(http.MethodGet, host, "/"); r.StatusCode != want {
			t.Errorf("Host %q: %s, want %d", host, r.Status, want)
		}
	}
}

func TestOthersAreAnsweredOnlyUnderTheNameThatWasGiven(t *testing.T) {
	p := newPreview(t)
	p.Host = "desk.example"
	for host, want := range map[string]int{
		"desk.example": 200, "DESK.example:8080": 200, "10.0.0.1:8080": 200, "[fe80::1]:8080": 200, "localhost": 200,
		"evil.example": 403, "sub.desk.example": 403, "0.0.0.0:8080": 403, "[::]": 403, "": 403,
	} {
		if r := p.ask(http.MethodGet, host, "/"); r.StatusCode != want {
			t.Errorf("Host %q: %s, want %d", host, r.Status, want)
		}
	}
}

func TestPagesFromElsewhereReadNothing(t *testing.T) {
	p := newPreview(t)
	for _, c := range []struct {
		header, value, target string
		want                  int
	}{
		{"Origin", "http://localhost:8080", "/", 200}, {"Origin", "http://localhost:8081", "/", 403}, {"Origin", "https://evil.example", "/", 403},
		{"Origin", "null", "/", 403}, {"Origin", "https://evil.example", Own + "page", 403}, {"Origin", "https://evil.example", Own + "events", 403},
		{"Sec-Fetch-Site", "cross-site", "/", 200}, {"Sec-Fetch-Site", "cross-site", Own + "page", 403}, {"Sec-Fetch-Site", "cross-site", Own + "events", 403},
		{"Sec-Fetch-Site", "same-origin", Own + "page", 200}, {"Sec-Fetch-Site", "cross-site", Own + "preview.js", 403},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:8080"+c.target, nil)
		r.Header.Set(c.header, c.value)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s with %s: %s: %d, want %d", c.target, c.header, c.value, w.Code, c.want)
		}
	}
}

// What the preview adds stands in no build, and every other byte is that of a build.
func TestAPageIsThatOfABuildWithOneElementMore(t *testing.T) {
	p := newPreview(t)
	p.get(t, "/")
	files := p.current.Load().Files()
	for i := range files.Len() {
		f := files.File(i)
		var want bytes.Buffer
		if err := f.Write(&want); err != nil {
			t.Fatal(err)
		}
		r := p.ask(http.MethodGet, "localhost", "/"+f.Path)
		got, _ := io.ReadAll(r.Body)
		if n := len(added.FindAll(got, -1)); (n == 1) != isPage(f.Path) || added.Match(want.Bytes()) {
			t.Errorf("%s has %d elements of the preview", f.Path, n)
		}
		if !bytes.Equal(added.ReplaceAll(got, nil), want.Bytes()) {
			t.Errorf("%s is not that of a build", f.Path)
		}
		for _, h := range export.Headers(f.Path) {
			if got := r.Header.Get(h.Name); got != h.Value && h.Name != "Cache-Control" {
				t.Errorf("%s: %s: %s, published with %s", f.Path, h.Name, got, h.Value)
			}
		}
	}
}

func TestAModuleRunsAgainWithThoseThatItImports(t *testing.T) {
	p := newPreview(t)
	p.Source.Static = fstest.MapFS{"css/base.css": {}, "js/first.js": {Data: []byte(`import "./second.js";`)}, "js/second.js": {Data: []byte(`says();`)}}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := Own + "again/7"
	files := p.current.Load().Files()
	for i := range files.Len() {
		f := files.File(i)
		name := "/" + f.Path
		if !strings.HasSuffix(name, ".js") {
			continue
		}
		_, once := p.get(t, name)
		status, text := p.get(t, again+name)
		if want := strings.Replace(once, `"/assets/`, `"`+again+`/assets/`, 1); status != http.StatusOK || text != want || strings.Contains(name, "first") && text == once {
			t.Errorf("%s: %d, %s; want %s", again+name, status, text, want)
		}
	}
	for _, name := range []string{again + "/assets/js/third.js", again, again + "/"} {
		if status, _ := p.get(t, name); status != http.StatusNotFound {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func TestAnEntryThatIsYetToBePublishedSaysWhen(t *testing.T) {
	p := newPreview(t)
	at := p.Now()
	p.Now = func() time.Time { return at }
	p.edit(brief, "published: ", "published: 2999-01-02T03:04:05Z # ")
	r := p.ask(http.MethodGet, "localhost", "/briefs/boats/")
	if body, _ := io.ReadAll(r.Body); !strings.Contains(string(body), `data-later="2 January 2999, 03:04 UTC"`) {
		t.Errorf("%s", body)
	}
	at = at.AddDate(2000, 0, 0)
	r = p.ask(http.MethodGet, "localhost", "/briefs/boats/")
	if body, _ := io.ReadAll(r.Body); !strings.Contains(string(body), `data-later=""`) {
		t.Errorf("%s", body)
	}
}

func TestThePanelTellsOfAPage(t *testing.T) {
	p := newPreview(t)
	p.Editor = Editor{"edit:{file}:{line}", "/home/editor/a site"}
	for _, c := range []struct{ address, want string }{
		{"/briefs/boats/", `"file":"content/briefs/boats.md","link":"edit:home/editor/a%20site/content/briefs/boats.md:1","problems":[]`},
		{"/briefs/boats/", `"item":{"id":"tag:`},
		{"/actors/northland/", `"url":"/briefs/boats/"`},
		{"/actors/northland/", `"item":null`},
		{"/timeline/", `{"file":"","link":"","problems":[],"mentions":[],"item":null}`},
		{"/nowhere/", `{"file":"","link":"","problems":[],"mentions":[],"item":null}`},
		{"", `"file":""`},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+Own+"page?address="+c.address, nil)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %d %s, want %s", c.address, w.Code, w.Body, c.want)
		}
	}
	p.edit(brief, "[[northland]]", "[[nowhere]]")
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+Own+"page?address=/briefs/boats/", nil)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), `"code":"dangling-reference"`) {
		t.Errorf("no problem of the page: %s", w.Body)
	}
	// What breaks the house style is told where nothing is wrong.
	p.edit(brief, "[[nowhere]]", "today [[northland]]")
	w = httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), `"code":"relative-time"`) || !strings.Contains(w.Body.String(), `"warning":true`) {
		t.Errorf("nothing of the house style: %s", w.Body)
	}
}

func TestHeadIsGetWithoutTheBody(t *testing.T) {
	p := newPreview(t)
	r := p.ask(http.MethodHead, "localhost", "/briefs/boats/")
	body, _ := io.ReadAll(r.Body)
	if r.StatusCode != http.StatusOK || len(body) > 0 || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s, %d bytes, %v", r.Status, len(body), r.Header)
	}
}

func TestNothingCanBeSentToThePreview(t *testing.T) {
	p := newPreview(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodConnect} {
		if r := p.ask(method, "localhost", "/"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, Allow %q", method, r.Status, r.Header.Get("Allow"))
		}
	}
}

func TestNoAddressLeadsOutOfTheSite(t *testing.T) {
	p := newPreview(t)
	for _, target := range []string{
		"/../content/site.yaml", "/content/site.yaml", "/./feed.xml", "/events/../feed.xml", "//feed.xml", "//evil.example/..", "/..", "/...",
		`/..\content\site.yaml`, "/%252e%252e/content/site.yaml", "/_preview/../serve.go", "/_preview/../../serve.go", "/_preview/%2e%2e/serve.go", "/_preview/", "/_preview/nothing.js",
		`/C:\content\site.yaml`, "/C:/content/site.yaml", "/content/site.yaml\x00.html", "/_preview/preview.js\x00", "/CON", "/assets/", "/assets", "/feed.xml::$DATA", "/%2e%2e/content/site.yaml", "/feed.xml/", "/\x00", "/.briefing/public/manifest", "/templates/base.html", "", "feed",
	} {
		r := p.ask(http.MethodGet, "localhost", target)
		if r.StatusCode != http.StatusNotFound && target != "" {
			t.Errorf("%q: %s to %q", target, r.Status, r.Header.Get("Location"))
		}
		if body, _ := io.ReadAll(r.Body); strings.Contains(string(body), "base_url") {
			t.Errorf("%q leads to the site's own file", target)
		}
	}
}

func TestAnEditIsShownByTheNextRequest(t *testing.T) {
	p := newPreview(t)
	if _, body := p.get(t, "/briefs/boats/"); !strings.Contains(body, "the first talks") {
		t.Fatal(body)
	}
	p.edit(brief, "the first talks", "the *very* first talks")
	if status, body := p.get(t, "/briefs/boats/"); status != http.StatusOK || !strings.Contains(body, "the <em>very</em> first talks") {
		t.Errorf("%d %q", status, body)
	}
	if p.latest.Parsed != 1 {
		t.Errorf("%d files were parsed for it", p.latest.Parsed)
	}
}

func TestABrokenEditKeepsTheLastGoodPageAndIsReportedOnce(t *testing.T) {
	p := newPreview(t)
	_, good := p.get(t, "/briefs/boats/")
	p.edit(brief, "[[northland]]", "[[nowhere]]")
	for range 3 {
		p.Changed()
		if status, body := p.get(t, "/briefs/boats/"); status != http.StatusOK || body != good {
			t.Errorf("%d %q", status, body)
		}
	}
	p.edit(brief, "[[nowhere]]", "the last talks")
	if _, body := p.get(t, "/briefs/boats/"); !strings.Contains(body, "the last talks") {
		t.Errorf("a mended page is not shown: %q", body)
	}
	var counts []string
	for _, l := range p.reports {
		counts = append(counts, fmt.Sprint(len(l)))
	}
	if got := strings.Join(counts, " "); got != "0 1 0" {
		t.Errorf("reports had %s problems, want 0 1 0", got)
	}
}

// The site's own file and the templates are no entries, so that nothing is parsed when they change.
func TestAnotherProblemIsReportedThoughNothingWasParsed(t *testing.T) {
	p := newPreview(t)
	p.edit("content/site.yaml", "title: My brief", "titel: My brief")
	p.get(t, "/")
	p.edit("content/site.yaml", "description:", "descripton:")
	p.get(t, "/")
	if n := len(p.reports); n != 2 || len(p.reports[0]) == len(p.reports[1]) {
		t.Errorf("%d reports: %v", n, p.reports)
	}
}

func TestASiteThatIsBrokenFromTheStartIsShownAsFarAsItGoes(t *testing.T) {
	p := newPreview(t)
	p.edit(brief, "[[northland]]", "[[nowhere]]")
	if status, body := p.get(t, "/briefs/boats/"); status != http.StatusOK || !strings.Contains(body, "nowhere") {
		t.Errorf("%d %q", status, body)
	}
	if len(p.reports) != 1 || len(p.reports[0]) != 1 {
		t.Errorf("%v", p.reports)
	}
}

func TestAFolderThatWentAwayIsSaidSo(t *testing.T) {
	p := newPreview(t)
	p.get(t, "/")
	p.Source.Files = fstest.MapFS{}
	p.Changed(site.ContentFolder)
	if status, _ := p.get(t, "/"); status != http.StatusOK {
		t.Errorf("the last good page is gone: %d", status)
	}
	if n := len(p.reports); n != 2 || len(p.reports[1]) != 1 || !strings.Contains(p.reports[1][0].Msg, "no folder content") {
		t.Errorf("reports: %v", p.reports)
	}
	p.Source.Files = p.files
	p.Changed(site.ContentFolder)
	p.get(t, "/")
	if n := len(p.reports); n != 3 || len(p.reports[2]) != 0 {
		t.Errorf("reports when it is back: %v", p.reports)
	}
}

func TestAPageOfASiteThatWasNeverThereSaysWhy(t *testing.T) {
	p := newPreview(t)
	p.Source.Files = fstest.MapFS{}
	if status, body := p.get(t, "/"); status != http.StatusInternalServerError || !strings.Contains(body, "no folder content") {
		t.Errorf("%d %q", status, body)
	}
}

// A counted is a file system that counts how often a folder is listed.
type counted struct {
	fs.FS
	n *int
}

// Open counts the openings of the content folder.
func (c counted) Open(name string) (fs.File, error) {
	if name == site.ContentFolder {
		*c.n++
	}
	return c.FS.Open(name)
}

func TestTheContentIsLookedAtOnlyWhenItChanged(t *testing.T) {
	p := newPreview(t)
	looks := 0
	p.Source.Files = counted{p.files, &looks}
	p.get(t, "/")
	once := looks
	for range 10 {
		p.get(t, "/feed.xml")
	}
	if once == 0 || looks != once {
		t.Errorf("%d looks for the first request, %d for all", once, looks)
	}
	p.Changed(brief)
	p.get(t, "/")
	if looks != once {
		t.Errorf("all folders are listed for one file that has changed")
	}
}

func TestRequestsMayComeAllAtOnce(t *testing.T) {
	p := newPreview(t)
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			target := []string{"/", "/briefs/boats/", "/feed.xml", "/nowhere/"}[i%4]
			if r := p.ask(http.MethodGet, "localhost", target); r.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s: %s", target, r.Status)
			}
		})
	}
	group.Wait()
}

// A mine is a file that panics when it is read, as a mistake of the program would.
type mine struct{ fstest.MapFS }

func (m mine) Open(name string) (fs.File, error) {
	if name == brief {
		panic("a mine")
	}
	return m.MapFS.Open(name)
}

// TestThePreviewSurvivesAMistakeOfTheProgram finds it among the problems, and the page that was good before in its place.
func TestThePreviewSurvivesAMistakeOfTheProgram(t *testing.T) {
	p := newPreview(t)
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.edit(brief, "title: ", "title: More ")
	p.Source.Files = mine{p.files}
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	last := p.reports[len(p.reports)-1]
	if last.Errors() != 1 || last[0].Code != diag.Internal || last[0].File != brief {
		t.Errorf("problems %v", last)
	}
}
