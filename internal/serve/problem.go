package serve

import (
	"bytes"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"briefing/internal/diag"
)

// most is how many problems open pages are told. Whoever has more begins with these.
const most = 50

// A problem is one as open pages show it.
type problem struct {
	// Place is file:line:column, and Link opens it in the editor.
	Place string `json:"place"`
	Link  string `json:"link"`

	Code    string `json:"code"`
	Message string `json:"message"`
	Warning bool   `json:"warning"`

	// Detail is the line that it stands in, and the hint.
	Detail string `json:"detail"`
}

// state returns what open pages are to be told.
func (h *Handler) state() state {
	s := h.current.Load()
	return state{Site: s.name, Styles: s.Styles(), Problems: h.shown(h.problems), Count: len(h.problems)}
}

// shown returns the first problems of a list as pages show them.
func (h *Handler) shown(list diag.List) []problem {
	out := []problem{}
	for _, p := range list[:min(len(list), most)] {
		out = append(out, problem{
			Place: p.Pos.String(), Link: h.Editor.Link(p.Pos), Code: string(p.Code), Message: p.Msg, Warning: p.Severity == diag.Warning, Detail: h.detail(p),
		})
	}
	return out
}

// detail returns what is printed of a problem below its first line.
func (h *Handler) detail(p diag.Problem) string {
	var b bytes.Buffer
	diag.Print(&b, diag.List{p}, func(name string) []byte { // a buffer takes everything
		text, _ := fs.ReadFile(h.Source.Files, name)
		return text
	})
	_, rest, _ := strings.Cut(b.String(), "\n")
	return strings.TrimRight(rest, "\n")
}

// An Editor makes links that open a file where it is edited. The zero Editor makes none.
type Editor struct {
	// URL is the form of a link, with {file}, {line} and {column} in it.
	URL string

	// Dir is the folder of the site, from the root of the machine.
	Dir string
}

// Link returns the link to a place, or "" where there is no file.
func (e Editor) Link(pos diag.Pos) string {
	if e.URL == "" || pos.File == "" {
		return ""
	}
	file := url.URL{Path: filepath.ToSlash(filepath.Join(e.Dir, filepath.FromSlash(pos.File)))}
	return strings.NewReplacer(
		"{file}", strings.TrimPrefix(file.EscapedPath(), "/"), "{line}", strconv.Itoa(max(1, int(pos.Line))), "{column}", strconv.Itoa(max(1, int(pos.Col))),
	).Replace(e.URL)
}
