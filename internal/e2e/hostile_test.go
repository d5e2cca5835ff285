package e2e

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/feedlint"
	"briefing/internal/site"
	"briefing/static"
	"briefing/templates"
)

// scripts are texts that a browser runs where a page does not keep them text.
var scripts = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg/onload=alert(1)>`, `]]><script>alert(1)</script>`,
	`--><!--<script>alert(1)</script>`, `</title></style></textarea><script>alert(1)</script>`, `javascript:alert(1)`,
	`<base href=https://evil.example/>`,
}

// signals are texts that mean something to JSON, CSV, calendars, templates or spreadsheets, or that turn the line about.
var signals = []string{
	`=HYPERLINK("https://evil.example/","x")`, `-1+1`, `@SUM(1)`, "\u202Eevil\u2066", `{{.Title}}{{template "base"}}`,
	`${alert(1)}`, `&lt;script&gt;`, `\n\,;:\`, `%0d%0aX: y`, `العربية "مثال", x`, `null`,
}

// signs are those that Markdown may take for its own.
var signs = regexp.MustCompile("[\\\\`*_{}\\[\\]<>()#+.!|&:~@\"'$=-]")

// attacked builds the hostile site with a text in all its fields. It has no errors: nothing of this may be refused.
func attacked(t *testing.T, text string) built {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	matter := strings.NewReplacer("EVIL", strings.ReplaceAll(text, "'", "''"))
	body := strings.NewReplacer(
		"EVILMD", signs.ReplaceAllString(text, `\$0`), "EVILNOTE", strings.NewReplacer("[", "", "]", "").Replace(text), "EVIL", text,
	)
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		data := string(f.Data)
		switch head, rest, ok := strings.Cut(data, "\n---\n"); {
		case ok:
			data = matter.Replace(head) + "\n---\n" + body.Replace(rest)
		case path.Ext(f.Name) == ".yaml":
			data = matter.Replace(data)
		}
		files[f.Name] = &fstest.MapFile{Data: []byte(data)}
	}
	s, problems, err := site.Load(t.Context(), site.Source{Files: files, Templates: templates.Files, Static: static.Files}, nil)
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	return built{s.Pages, written(t, s.Files())}
}

// An intruder is what no page or feed of ours has, in words; "" for what may be there.
func intruder(n *html.Node) string {
	if n.Type != html.ElementNode {
		return ""
	}
	for _, a := range n.Attr {
		// Citations to download are data of a type that no browser shows.
		value := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "data:application/")
		address := a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction"
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || address && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")) {
			return fmt.Sprintf("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
	switch n.Data {
	case "base", "iframe", "object", "embed":
		return "<" + n.Data + ">"
	case "script":
		kind, src := attribute(n, "type"), attribute(n, "src")
		if n.FirstChild != nil && kind != "application/ld+json" && kind != "speculationrules" || n.FirstChild == nil && !strings.HasPrefix(src, "/assets/") {
			return "<script> of the type " + kind
		}
		if n.FirstChild != nil && !json.Valid([]byte(n.FirstChild.Data)) {
			return "data that is no JSON: " + n.FirstChild.Data
		}
	}
	return ""
}

// attribute returns the value of an attribute, or "".
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// intruders reports what a document holds that it must not.
func intruders(t *testing.T, name string, text []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for n := range doc.Descendants() {
		if found := intruder(n); found != "" {
			t.Errorf("%s holds %s", name, found)
		}
	}
}

// formulas reports cells of a table that a spreadsheet would reckon.
func formulas(t *testing.T, name string, text []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s has the cell %q", name, cell)
			}
		}
	}
}

// A feed is one of those in JSON.
type feed struct {
	Items []struct {
		HTML string `json:"content_html"`
	}
}

// ofTheText are the findings in feeds that the texts themselves give rise to: they look like markup.
var ofTheText = []diag.Code{"feed-title-markup", "feed-summary-markup", "feed-summary-twice"}

// TestHostileContentStaysText reads all that a site puts out whose every field is hostile.
func TestHostileContentStaysText(t *testing.T) {
	for _, text := range slices.Concat(scripts, signals) {
		t.Run(text, func(t *testing.T) {
			for name, data := range attacked(t, text).tree {
				if feedlint.Known(name, data) {
					for _, p := range feedlint.Check(name, data) {
						if !slices.Contains(ofTheText, p.Code) {
							t.Error(p)
						}
					}
				}
				switch {
				case path.Ext(name) == ".html":
					intruders(t, name, data)
				case path.Ext(name) == ".csv":
					formulas(t, name, data)
				case path.Base(name) == "feed.json":
					var f feed
					if err := json.Unmarshal(data, &f); err != nil {
						t.Errorf("%s: %v", name, err)
					}
					for _, item := range f.Items {
						intruders(t, name, []byte(item.HTML))
					}
				case path.Ext(name) == ".json" && !json.Valid(data):
					t.Errorf("%s is no JSON", name)
				}
			}
		})
	}
}

// TestHostileContentRunsNothing opens the longest page of each template, searches, feeds and a picture that is full of scripts. Of the pages
// not even an attempt to run something may be seen. The picture is a file of the editors' own: the policy keeps it still, and says so.
func TestHostileContentRunsNothing(t *testing.T) {
	tab := browser(t)[0]
	var w witness
	w.watch(t, tab)
	for _, text := range scripts {
		b := attacked(t, text)
		addresses, _ := b.samples()
		host := b.serve(t)
		for _, address := range append(addresses, "/feed.xml", "/updates/atom.xml") {
			do(t, tab, chromedp.Navigate(host.URL+address))
		}
		for _, query := range []string{"talks", text + " talks"} {
			do(t, tab, chromedp.Navigate(host.URL+"/search/?q="+url.QueryEscape(query)))
			results(t, tab)
		}
		for _, said := range w.take(t, tab) {
			t.Errorf("with %s: %s", text, said)
		}
		do(t, tab, chromedp.Navigate(host.URL+"/media/evil.svg"))
		for _, said := range w.take(t, tab) {
			if strings.HasPrefix(said, "a dialog") {
				t.Errorf("the picture opens %s", said)
			}
		}
		host.iconless()
	}
}

// TestTheWitnessSeesWhatHostileContentWouldDo shows it a page that has no policy, and one whose policy keeps it still.
func TestTheWitnessSeesWhatHostileContentWouldDo(t *testing.T) {
	tab := browser(t)[0]
	var w witness
	w.watch(t, tab)
	const text = `<!doctype html><title>A</title><link rel="icon" href="data:,"><p>A<img src=x onerror=alert(1)><script>alert(2)</script><img src="https://evil.invalid/">`
	open := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "text/html")
		io.WriteString(out, text)
	}))
	defer open.Close()
	do(t, tab, chromedp.Navigate(open.URL))
	seen := strings.Join(w.take(t, tab), "\n")
	if !strings.Contains(seen, "a dialog: 2") || !strings.Contains(seen, "a request: https://evil.invalid/") {
		t.Errorf("saw %s", seen)
	}
	do(t, tab, chromedp.Navigate(built{tree: map[string][]byte{"index.html": []byte(text), "x": nil}}.serve(t).URL+"/"))
	if seen = strings.Join(w.take(t, tab), "\n"); strings.Contains(seen, "a dialog") || !strings.Contains(seen, "inline") {
		t.Errorf("under the policy saw %s", seen)
	}
}
