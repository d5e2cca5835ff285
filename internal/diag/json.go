package diag

import (
	"encoding/json"
	"io"
)

// A jsonMark is a place as programs read it.
type jsonMark struct {
	File   string `json:"file,omitempty"`
	Line   int32  `json:"line,omitempty"`
	Column int32  `json:"column,omitempty"`
	Length int32  `json:"length,omitempty"`
}

// A jsonProblem is a problem as programs read it.
type jsonProblem struct {
	jsonMark
	Severity string    `json:"severity"`
	Code     Code      `json:"code"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint,omitempty"`
	Also     *jsonMark `json:"also,omitempty"`
	Fix      *jsonFix  `json:"fix,omitempty"`
}

// A jsonFix is what mends a problem for certain: on its line, the first Old from its column on is New.
type jsonFix struct {
	Column int32  `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// JSON writes the problems as one object: how many errors and warnings there are, and each in the order of the list. Lines and columns
// count from 1, columns in characters; a problem of a file as a whole has neither.
func JSON(w io.Writer, l List) error {
	document := struct {
		Errors   int           `json:"errors"`
		Warnings int           `json:"warnings"`
		Problems []jsonProblem `json:"problems"`
	}{l.Errors(), len(l) - l.Errors(), make([]jsonProblem, len(l))}
	for i, p := range l {
		j := jsonProblem{jsonMark: p.Pos.json(), Severity: p.Severity.String(), Code: p.Code, Message: p.Msg, Hint: p.Hint}
		if p.Also.File != "" {
			also := p.Also.json()
			j.Also = &also
		}
		if p.Fix.Some() {
			j.Fix = &jsonFix{p.Fix.Col, p.Fix.Old, p.Fix.New}
		}
		document.Problems[i] = j
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(document)
}

// json returns the place as programs read it.
func (p Pos) json() jsonMark { return jsonMark{p.File, p.Line, p.Col, p.Len} }
