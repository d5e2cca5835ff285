package content

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// ParseRates reads the exchange rates of a site, content/rates.csv. Each line that has a fault is left out of what it returns.
func ParseRates(name string, src []byte) (dossier.Rates, diag.List) {
	r := rateReader{rates: dossier.Rates{File: name}}
	r.read(src)
	r.rates.Broken = len(r.problems) > 0
	return r.rates, r.problems
}

// A rateReader reads a table of rates.
type rateReader struct {
	rates    dossier.Rates
	problems diag.List
	csv      *csv.Reader
	lines    [][]byte
	// columns are the keys of the table, in the order of the file; empty where one is not known.
	columns []string
	// seen holds where the rate of two currencies on a day stands, whichever of them comes first.
	seen map[dated]diag.Mark
}

// A dated names the rate of two currencies, in the order of their codes, on a day.
type dated struct {
	date          dossier.Date
	first, second string
}

// read reads the whole file. After an error of syntax nobody knows where cells begin, so that the rest is not read.
func (r *rateReader) read(src []byte) {
	if len(src) > MaxSize {
		r.fault(diag.Mark{}, diag.FileTooLarge, "keep the rates of the days that pledges need", "the file has %d bytes, and %d is the limit", len(src), MaxSize)
		return
	}
	src, problems, ok := clean(r.rates.File, src)
	if r.problems = problems; !ok {
		return
	}
	r.lines, r.csv = bytes.Split(src, []byte("\n")), csv.NewReader(bytes.NewReader(src))
	r.csv.FieldsPerRecord, r.seen = -1, map[dated]diag.Mark{}
	cells, err := r.csv.Read()
	switch {
	case r.syntax(err):
		return
	case err != nil || !slices.ContainsFunc(cells, func(cell string) bool { return slices.Contains(rateColumns(), strings.TrimSpace(cell)) }):
		r.fault(diag.Mark{Line: 1, Col: 1}, diag.MissingKey, "begin it with the line "+strings.Join(rateColumns(), ","), "the file does not begin with a line of columns")
		return
	}
	for whole := r.header(cells); whole && err == nil; {
		if cells, err = r.csv.Read(); err == nil {
			r.row(cells)
		}
	}
	r.syntax(err)
}

// rateColumns returns the columns of the table, in the order in which they are documented.
func rateColumns() []string {
	var names []string
	for _, f := range new(dossier.Rate).Table() {
		names = append(names, f.Key)
	}
	return names
}

// fault reports what is wrong at a place.
func (r *rateReader) fault(at diag.Mark, code diag.Code, hint, format string, args ...any) {
	r.problems.Add(diag.Problem{Pos: at.In(r.rates.File), Code: code, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// syntax reports an error of the CSV, and whether err is one.
func (r *rateReader) syntax(err error) bool {
	var e *csv.ParseError
	if !errors.As(err, &e) {
		return false
	}
	hint := "put a cell that holds a comma, a line end or a quotation mark in quotation marks, and write each within twice"
	msg := "a quotation mark within a cell"
	if errors.Is(e.Err, csv.ErrQuote) {
		msg = "a quotation mark that is never closed, or with something behind it"
	}
	r.fault(r.mark(e.StartLine, e.Column, ""), diag.BadCSV, hint, "%s", msg)
	return true
}

// mark returns the place of a cell. The reader counts bytes from 1, and may point behind the end of a line.
func (r *rateReader) mark(line, column int, cell string) diag.Mark {
	text := r.lines[min(max(line, 1), len(r.lines))-1]
	before := text[:min(max(column-1, 0), len(text))]
	return diag.Mark{Line: int32(line), Col: int32(utf8.RuneCount(before) + 1), Len: int32(max(utf8.RuneCountInString(cell), 1))}
}

// at returns the place of the cell that was read at a position.
func (r *rateReader) at(i int, cell string) diag.Mark {
	line, column := r.csv.FieldPos(i)
	return r.mark(line, column, cell)
}

// header reads the line of columns, which may stand in any order, and reports whether all are there.
func (r *rateReader) header(cells []string) (whole bool) {
	whole = true
	known := rateColumns()
	for i, cell := range cells {
		column := strings.TrimSpace(cell)
		near, ok := diag.Nearest(folded(column, "_"), slices.Values(known))
		hint := "the columns are " + strings.Join(known, ", ")
		if ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		switch {
		case slices.Contains(r.columns, column) && column != "":
			r.fault(r.at(i, cell), diag.DuplicateKey, "keep one of the two", "there are two columns %q", clip(column))
			column = ""
		case !slices.Contains(known, column):
			r.fault(r.at(i, cell), diag.UnknownKey, hint, "there is no column %q here", clip(column))
			column = near // what was meant is not missing
		}
		r.columns = append(r.columns, column)
	}
	for _, column := range known {
		if !slices.Contains(r.columns, column) {
			r.fault(r.at(0, cells[0]), diag.MissingKey, "the columns are "+strings.Join(known, ", "), "the column %q is missing", column)
			whole = false
		}
	}
	return whole
}

// row reads a line, and keeps its rate where nothing is wrong with it.
func (r *rateReader) row(cells []string) {
	if len(cells) != len(r.columns) {
		r.fault(r.at(0, cells[0]), diag.BadCSV, "give each column one cell; put a cell that holds a comma in quotation marks",
			"the line has %d cells, and there are %d columns", len(cells), len(r.columns))
		return
	}
	rate, sound := dossier.Rate{At: r.at(0, cells[0])}, true
	table := rate.Table()
	for i, cell := range cells {
		if f := table.Index(r.columns[i]); f >= 0 && !r.cell(&table[f], r.at(i, cell), strings.TrimSpace(cell)) {
			sound = false
		}
	}
	if !sound {
		return
	}
	key := dated{rate.Date, min(rate.Base, rate.Quote), max(rate.Base, rate.Quote)}
	if first, twice := r.seen[key]; twice {
		r.problems.Add(diag.Problem{
			Pos: rate.At.In(r.rates.File), Code: diag.DuplicateKey, Hint: "keep one of the two", Also: first.In(r.rates.File),
			Msg: fmt.Sprintf("the rate of %s and %s on %s is given twice", rate.Base, rate.Quote, rate.Date),
		})
		return
	}
	r.seen[key] = rate.At
	r.rates.List = append(r.rates.List, rate)
}

// cell takes the value of a column, and reports whether it is sound.
func (r *rateReader) cell(f *dossier.Field, at diag.Mark, text string) bool {
	if text == "" {
		r.fault(at, diag.EmptyValue, "add "+f.Key+", such as "+f.Example, "%q has no value", f.Key)
		return false
	}
	s := f.Slot.(dossier.Scalar)
	if s.At != nil {
		*s.At = at
	}
	fault := s.Set(text)
	if fault != nil {
		r.fault(at, fault.Code, fault.Hint, "%s", fault.Msg)
	}
	return fault == nil
}
