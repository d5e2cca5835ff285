package export_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/feedlint"
	"briefing/internal/graph"
	"briefing/internal/markup"
	"briefing/internal/page"
)

// FuzzFeeds proves that whatever an entry is called and says, feeds are well-formed and a table gives the text back.
func FuzzFeeds(f *testing.F) {
	for _, s := range []string{
		"Talks", `</title><script>alert(1)</script>`, "]]>", "<![CDATA[", "&amp;&#0;", "=1+1", "'=1", `a,"b";c`, "two\nlines\r\n", "\u202Eevil", "\xff", "\x00\x0b",
		"\ufffe\uffff", "| a |\n|---|\n| b |", "> a\n>\n> — [[e1]], [@e1]", "[a](/updates/#x)", "# A\n\n```\n]]>\n```",
	} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, title, summary, body string) {
		// Entries hold what content.Parse lets through: text without what no text may hold.
		text, list := content.Parse("content/pages/e1.md", []byte("---\n---\n"+title+"\n"+summary+"\n"+body))
		if text == nil || slices.ContainsFunc(list, func(p diag.Problem) bool { return p.Code == "invalid-utf8" || p.Code == "bad-character" }) {
			return
		}
		title, summary = strings.Join(strings.Fields(title), " "), strings.Join(strings.Fields(summary), " ")
		if title == "" {
			return // which content.Parse reports
		}
		e := &dossier.Event{Date: dossier.Day(time.Date(2025, 6, 4, 0, 0, 0, 0, time.UTC))}
		e.Head = dossier.Head{Kind: dossier.KindEvent, Seldom: &dossier.Seldom{}, ID: "e1", Title: title, Summary: summary, Published: time.Date(2025, 6, 5, 0, 0, 0, 0, time.UTC)}
		compiled, _ := markup.Compile(markup.Source{File: "e1.md", Text: []byte(body)})
		e.Body = &dossier.Body{Fragment: compiled}
		site := dossier.Site{Title: "A brief", BaseURL: "https://brief.example", TaggingEntity: "tags.example,2026", Location: time.UTC, Language: "en-GB"}
		g, _ := graph.Link(site, []dossier.Entry{e}, graph.Options{})
		for _, file := range everyFile(g, page.Plan(g), look) {
			var b bytes.Buffer
			if err := file.Write(&b); err != nil {
				t.Fatal(err)
			}
			wellFormed(t, file.Path, b.Bytes())
			if file.Path == "data/events.csv" {
				tells(t, b.Bytes(), title)
			}
		}
	})
}

// unbreakable are the rules that no text may break, beside those of XML and of calendars.
var unbreakable = []string{
	"json-syntax", "json-twice", "json-type", "feed-character", "feed-content-active", "feed-content-scheme", "feed-content-element",
	"feed-content-handler", "feed-content-style", "feed-content-html", "rss-guid", "rss-link",
}

// wellFormed reports a feed, or another file of a form that has rules, which breaks one that no text may break.
func wellFormed(t *testing.T, name string, text []byte) {
	t.Helper()
	if !feedlint.Known(name, text) {
		return
	}
	for _, p := range feedlint.Check(name, text) {
		if code := string(p.Code); slices.Contains(unbreakable, code) || strings.HasPrefix(code, "xml-") || strings.HasPrefix(code, "ical-") {
			t.Errorf("%v\n%s", p, text)
		}
	}
}

// tells reports a table whose first row does not hold a title as it is.
func tells(t *testing.T, text []byte, title string) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := rows[1][slices.Index(rows[0], "title")]
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		t.Errorf("the cell %q is a formula", cell)
	}
	if got := strings.TrimPrefix(cell, "'"); got != title && cell != title {
		t.Errorf("%q is read as %q", title, got)
	}
}
