package serve

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"time"

	"briefing/internal/diag"
	"briefing/internal/export"
	"briefing/internal/site"
)

// Own is where the preview's own addresses begin.
const Own = "/_preview/"

// assets are the preview's script and styles.
//
//go:embed assets
var assets embed.FS

// own answers what is asked for below Own.
func (h *Handler) own(w http.ResponseWriter, r *http.Request, name string) {
	switch rest, again := strings.CutPrefix(name, "again/"); {
	case again:
		h.again(w, r, rest)
	case name == "events":
		h.events(w, r)
	case name == "page":
		h.about(w, r)
	default:
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		send(w, r, http.StatusOK, name, text)
	}
}

// again answers with an asset under an address at which no browser has had it, so that its module runs once more, with those that it imports.
func (h *Handler) again(w http.ResponseWriter, r *http.Request, name string) {
	turn, address, _ := strings.Cut(name, "/")
	if !h.ready(w, r) {
		return
	}
	f, ok := h.current.Load().File("/" + address)
	var b bytes.Buffer
	if !ok || !strings.HasPrefix("/"+address, export.AssetFolder) || f.Write(&b) != nil {
		http.NotFound(w, r)
		return
	}
	other := Own + "again/" + turn + export.AssetFolder
	send(w, r, http.StatusOK, f.Path, bytes.ReplaceAll(b.Bytes(), []byte(export.AssetFolder), []byte(other)))
}

// joined returns a file as the preview sends it: a page has one element more, before all that its head names, which loads the preview's script.
// Pages that stand at the address of an entry yet to be published say when that will be.
func (h *Handler) joined(text []byte, path string, s *shown, address string) []byte {
	if !isPage(path) {
		return text
	}
	later := ""
	if e := s.EntryAt(address); e != nil && e.Base().Published.After(h.Now()) {
		later = dayAndTime(e.Base().Published)
	}
	return joinedWith(text, s.name, later)
}

// isPage reports whether a file is a page.
func isPage(path string) bool { return export.Headers(path)[0].Value == "text/html; charset=utf-8" }

// joinedWith returns a page with the element that loads the preview's script, for the site of the given name.
func joinedWith(text []byte, name, later string) []byte {
	element := fmt.Appendf(nil, "<script type=\"module\" src=\"%spreview.js\" data-preview=\"%s\" data-later=\"%s\"></script>\n",
		Own, html.EscapeString(name), html.EscapeString(later))
	const head = "<head>"
	at := bytes.Index(text, []byte(head)) + len(head)
	if at < len(head) {
		at = len(text)
	}
	return slices.Concat(text[:at], element, text[at:])
}

// dayAndTime returns a time in words, as the panel shows it.
func dayAndTime(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 MST") }

// fail answers that there is no page, in a page that is loaded anew when there is one.
func (h *Handler) fail(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	w.Write(joinedWith(fmt.Appendf(nil, "<!doctype html>\n<html lang=\"en\">\n<head><title>No page</title></head>\n<body>\n<p>%s</p>\n</body>\n</html>\n",
		html.EscapeString(err.Error())), "", ""))
}

// A panel is what the panel of a page shows, beside what the page itself says.
type panel struct {
	File     string    `json:"file"`
	Link     string    `json:"link"`
	Problems []problem `json:"problems"`
	Mentions []mention `json:"mentions"`
	Item     *item     `json:"item"`
}

// A mention is a page that refers to the one that is shown.
type mention struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// An item is a page as subscribers see it.
type item struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Summary    string   `json:"summary"`
	HTML       string   `json:"html"`
	Published  string   `json:"published"`
	Updated    string   `json:"updated"`
	Authors    []string `json:"authors"`
	Categories []string `json:"categories"`
}

// about answers with the panel of the page whose address is asked for.
func (h *Handler) about(w http.ResponseWriter, r *http.Request) {
	if !h.ready(w, r) {
		return
	}
	about, err := h.current.Load().About(r.URL.Query().Get("address"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	text, err := json.Marshal(h.panel(about))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, r, http.StatusOK, "page.json", text)
}

// panel returns what the panel of a page shows.
func (h *Handler) panel(a site.About) panel {
	p := panel{File: a.File, Link: h.Editor.Link(diag.Pos{File: a.File}), Problems: h.problemsOf(a.File), Mentions: []mention{}}
	for _, m := range a.Mentions {
		p.Mentions = append(p.Mentions, mention{m.Title, m.URL})
	}
	if x := a.Item; x != nil {
		p.Item = &item{x.ID, x.Title, x.Summary, x.HTML, dayAndTime(x.Published), dayAndTime(x.Updated), x.Authors, x.Categories}
	}
	return p
}

// problemsOf returns the problems of one file, those included that another file has with it. Where the site has no errors, what breaks the
// house style is among them: what is wrong hides what is inelegant.
func (h *Handler) problemsOf(file string) []problem {
	h.loading.Lock()
	defer h.loading.Unlock()
	var list diag.List
	for _, p := range h.problems {
		if file != "" && (p.File == file || p.Also.File == file) {
			list.Add(p)
		}
	}
	if h.problems.Errors() == 0 {
		list = append(list, h.current.Load().StyleOf(h.Source.Files, file)...)
	}
	return h.shown(list)
}
