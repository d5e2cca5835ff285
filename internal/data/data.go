// Package data says what the open data holds: its tables, column by column.
//
// A [Table] is described once, here. Its files in every format, the schema that tells programs of its columns and the page that tells
// readers of them are all printed from that description. The order of tables and of columns is fixed: new ones are added at the end.
//
//	pledges.go  pledges, their steps, the things promised
//	ledger.go   the totals and their rows
//	rates.go    exchange rates, and what was converted at them
//	events.go   meetings and events
//	others.go   actors, sources, figures and corrections
//
// What values a column may have is told beside it, by words of constraint.go.
//
// A table of more than [MaxRows] entries is split, so that no file is huge: by year, actors by their kind, sources by the first sign of
// their id. All that belongs to a pledge stands in the file of the year in which the pledge was announced.
package data

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// Folder is where the files of the open data lie.
const Folder = "data/"

// MaxRows is how many entries a table may have before it is split.
const MaxRows = 5000

// Rules say how every table is written.
var Rules = []string{
	"CSV files follow RFC 4180: commas, double quotes, CRLF line ends, one line of column names; UTF-8 without a byte order mark. An empty cell means that nothing is stated, never zero.",
	"In CSV files, a cell that is no number and begins with =, +, -, @, a tab, a line break, a full-width form of these signs or an apostrophe has one apostrophe put before it, so that no spreadsheet takes it for a formula. To undo it: where such a cell begins with an apostrophe, take one apostrophe away.",
	"Lists stand in one cell of a CSV file, joined by semicolons. In lists of texts a semicolon or a backslash within an item has a backslash before it; ids hold neither.",
	"JSON files hold the same rows and columns: numbers as numbers, lists as arrays, null for an empty cell, and texts as they are, without the apostrophe.",
	"A table of many rows is split into several files, by year, by kind or by the first sign of the id; the column descriptions in datapackage.json name the table, and its files all bear its name, so that rows of one table can be put together again.",
	"Dates are EDTF: 2025-06-04, 2025-06, 2025, with ~ for about, ? for uncertain and a slash between the ends of an interval. Where a date has columns _first and _last, these are the first and the last day that it may mean.",
	"A number known only by a bound has that bound alone: _min without _max is “more than” or “at least”, _max without _min is “up to”. The column _text has the number as pages print it.",
}

// SQLite is a command that loads two tables into a database and joins them; it is run in the folder into which they were downloaded.
const SQLite = `sqlite3 brief.db ".import --csv pledges.csv pledges" ".import --csv steps.csv steps" \
  "SELECT steps.date, pledges.title FROM steps JOIN pledges ON pledges.id = steps.pledge WHERE steps.stage = 'delivered' ORDER BY steps.date"`

// Spreadsheet says how to open a table in a spreadsheet.
const Spreadsheet = "Import the CSV file as UTF-8, with the comma as the only separator, and with the type Text for every column of ids, lists and dates: a spreadsheet that guesses makes other dates of them. Columns of numbers hold plain digits with a point."

// A Revision is a change of the tables that programs may have to know of.
type Revision struct {
	Date string // such as 2026-11-22
	Doc  string
}

// History lists the revisions, newest first. What is added at the end of a table or of the list of tables needs none.
var History = []Revision{{"2026-11-22", "The first version."}}

// A Type says what the cells of a column hold. Its value is the words for it.
type Type string

// The types of columns.
const (
	Text    Type = "text"
	Word    Type = "word" // of a fixed list
	ID      Type = "id"
	IDs     Type = "list of ids"
	Texts   Type = "list of texts"
	EDTF    Type = "EDTF date"
	Day     Type = "day"
	Time    Type = "time, UTC"
	Number  Type = "number"
	Integer Type = "whole number"
	Boolean Type = "true or false"
	Address Type = "address"
)

// IsList reports whether cells of the type hold any number of items.
func (t Type) IsList() bool { return t == IDs || t == Texts }

// IsNumber reports whether cells of the type hold a number.
func (t Type) IsNumber() bool { return t == Number || t == Integer }

// A Cell is the items of a list, or one value, or nothing.
type Cell []string

// A Column describes a column.
type Column struct {
	Name string
	Type Type
	Doc  string
	Of   string // the table whose ids it holds; may be empty

	// Words are all that its cells may hold, and Form is a regular expression that the whole of each fits; either may be empty.
	Words []string
	Form  string

	// Required says that no cell is empty, Unique that no two are the same.
	Required, Unique bool
}

// A Table describes a table.
type Table struct {
	Name    string // of its files, such as pledges
	Doc     string // what a row is
	Key     []string
	Columns []Column
	Parts   []Part

	// Kind is the one of the entries that make the rows, and RowsOf returns those of one entry. Kind is empty where the rows are of
	// another table too, or not those of one entry.
	Kind   dossier.Kind
	RowsOf func(dossier.Entry) [][]Cell
}

// A Part is a file of a table: the whole of it, or one section.
type Part struct {
	Name    string // pledges, or pledges-2025
	Section string // such as 2025; empty where the table is not split
	// Rows are all in the memory of one: none may be kept.
	Rows  iter.Seq[[]Cell]
	Count func() int
}

// InKey reports whether a column is one of those that tell rows apart.
func (t *Table) InKey(column string) bool { return slices.Contains(t.Key, column) }

// Addresses gives the addresses of pages, from the root. They are given by package page, which this one may not import.
type Addresses struct {
	// Entry gives that of an entry, Sum that of the rows of a sum.
	Entry func(dossier.Entry) string
	Sum   func(graph.Cut) string
}

// A linked is a graph and where its pages are on the site.
type linked struct {
	*graph.Graph
	addresses Addresses
}

// Tables describes the tables of a graph.
func Tables(g *graph.Graph, addresses Addresses) []Table {
	l := linked{g, addresses}
	tables := []Table{
		l.meetings(), l.events(), l.pledges(), l.steps(), l.items(), l.shares(), l.actors(), l.sources(), l.figures(), l.corrections(), l.sums(),
	}
	if len(g.Currencies()) > 0 {
		tables = append(tables, l.rates(), l.convertedSums())
	}
	return tables
}

// A table is a Table that is being described: each of its entries makes some rows.
type table[E, R any] struct {
	Table
	entries func() []E // makes the list anew: none is kept, for there are many tables
	rows    func(E) []R
	section func(E) string // nil where it is never split
	columns []column[R]
}

// A column is a Column with what makes its cells.
type column[R any] struct {
	Column
	cell func(R) Cell
}

// described finishes a table: it divides the entries into parts.
func (t table[E, R]) described() Table {
	for _, c := range t.columns {
		t.Columns = append(t.Columns, t.constrained(c.Column))
	}
	t.RowsOf = func(e dossier.Entry) [][]Cell { return t.of(any(e).(E)) }
	entries := t.entries()
	if t.section == nil || len(entries) <= MaxRows {
		t.Parts = []Part{t.part(t.Name, "")}
		return t.Table
	}
	sections := map[string]bool{}
	for _, e := range entries {
		sections[t.section(e)] = true
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		t.Parts = append(t.Parts, t.part(t.Name+"-"+name, name))
	}
	return t.Table
}

// yearOf names the section of a year.
func yearOf(year int) string { return strconv.Itoa(10_000 + year)[1:] }

// in returns the entries of a section.
func (t table[E, R]) in(section string) []E {
	list := t.entries()
	if section == "" {
		return list
	}
	return slices.DeleteFunc(list, func(e E) bool { return t.section(e) != section })
}

// part returns a file of the table: a section, or the whole.
func (t table[E, R]) part(name, section string) Part {
	rows := func(yield func([]Cell) bool) {
		row := make([]Cell, len(t.columns))
		for _, e := range t.in(section) {
			for _, r := range t.rows(e) {
				if t.fill(row, r); !yield(row) {
					return
				}
			}
		}
	}
	// The cells are not made for it, only the rows.
	count := func() int {
		n := 0
		for _, e := range t.in(section) {
			n += len(t.rows(e))
		}
		return n
	}
	return Part{Name: name, Section: section, Rows: rows, Count: count}
}

// of returns the rows of an entry.
func (t table[E, R]) of(e E) [][]Cell {
	var rows [][]Cell
	for _, r := range t.rows(e) {
		cells := make([]Cell, len(t.columns))
		t.fill(cells, r)
		rows = append(rows, cells)
	}
	return rows
}

// fill puts the cells of a row in place.
func (t table[E, R]) fill(row []Cell, r R) {
	for i := range t.columns {
		row[i] = t.columns[i].cell(r)
	}
}

// every returns what lists the entries of a kind, in the order of their index.
func every[E dossier.Entry](l linked, kind dossier.Kind) func() []E {
	return func() []E { return graph.Of[E](l.Graph, kind) }
}

// alone makes one row of an entry.
func alone[E any](e E) []E { return []E{e} }

// col describes a column of single values. An empty one is an empty cell.
func col[R any](kind Type, name, doc string, value func(R) string) column[R] {
	return column[R]{Column{Name: name, Type: kind, Doc: doc}, func(r R) Cell {
		if s := value(r); s != "" {
			return Cell{s}
		}
		return nil
	}}
}

// of says which table's ids a column holds.
func (c column[R]) of(table string) column[R] {
	c.Of = table
	return c
}

// ids returns the present ids of entries.
func (l linked) ids(list []dossier.ID) Cell {
	var c Cell
	for _, id := range list {
		if present := l.id(id); present != "" {
			c = append(c, present)
		}
	}
	return c
}

// id returns the present id of the entry that has one, now or formerly; nothing of one that was withdrawn, for no table has it.
func (l linked) id(id dossier.ID) string {
	if e, ok := l.Lookup(id); ok && e.Base().IsWithdrawn() {
		return ""
	} else if ok {
		return string(e.Base().ID)
	}
	return string(id)
}

// many describes a column of lists. The cell of an empty list is nil.
func many[R any](kind Type, name, doc string, cell func(R) Cell) column[R] {
	return column[R]{Column{Name: name, Type: kind, Doc: doc}, cell}
}

// dated describes the four columns of a date.
func dated[R any](name, doc string, date func(R) dossier.Date) []column[R] {
	return []column[R]{
		col(EDTF, name, doc, func(r R) string { return date(r).String() }),
		col(Day, name+"_first", "The first day that "+name+" may mean.", func(r R) string {
			if d := date(r); !d.IsZero() {
				return dossier.Day(d.First()).String()
			}
			return ""
		}),
		col(Day, name+"_last", "The last day that "+name+" may mean; empty where it is open.", func(r R) string {
			if d := date(r); !d.IsZero() && !d.Open {
				return dossier.Day(d.Last()).String()
			}
			return ""
		}),
		col(Text, name+"_text", "The date as pages print it.", func(r R) string { return date(r).Text() }),
	}
}

// ranged describes the two columns of a number and its bounds.
func ranged[R any](name, what string, value func(R) dossier.Range) []column[R] {
	return []column[R]{
		col(Number, name+"_min", "The least that "+what+" may be; equal to "+name+"_max where it is exact.", func(r R) string { return low(value(r)) }),
		col(Number, name+"_max", "The most that "+what+" may be.", func(r R) string { return high(value(r)) }),
	}
}

// low returns the lower bound of a number, if it has one.
func low(r dossier.Range) string { return digits(r.Min, r.HasMin) }

// high returns the upper bound of a number, if it has one.
func high(r dossier.Range) string { return digits(r.Max, r.HasMax) }

// digits returns a number in plain digits.
func digits(d decimal.Decimal, known bool) string {
	if !known {
		return ""
	}
	return d.String()
}

// sum describes the columns of a sum of money.
func sum[R any](what string, amount func(R) dossier.Amount) []column[R] {
	list := ranged("amount", what, func(r R) dossier.Range { return amount(r).Range })
	return append(list,
		col(Word, "currency", "The currency in which it was stated, by ISO 4217.", func(r R) string { return amount(r).Currency }).like(currencyForm),
		col(Word, "amount_per", "Says that the sum is a rate, not a total: year or package.", func(r R) string { return amount(r).Per }).words(dossier.PerYear, dossier.PerPackage),
		col(Word, "amount_basis", "Whether the sum was stated or is an estimate of the source; empty where no sum is given.", basis(amount)).words(written(dossier.KindPledge, "amount", "basis")...),
		col(Text, "amount_text", "The sum as pages print it.", func(r R) string { return amount(r).Text() }),
	)
}

// basis says whether a sum was stated or estimated.
func basis[R any](amount func(R) dossier.Amount) func(R) string {
	return func(r R) string {
		// Editors leave out what is usual.
		if a := amount(r); a.Basis != "" || a.IsZero() {
			return a.Basis
		}
		return "stated"
	}
}

// yes returns a condition as CSV and JSON both write it.
func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// cited returns the sources of citations, each once.
func (l linked) cited(list []dossier.Citation) Cell {
	var c Cell
	for _, x := range list {
		if id := l.id(x.Source); id != "" && !slices.Contains(c, id) {
			c = append(c, id)
		}
	}
	return c
}

// things returns items as pages print them.
func things(list []dossier.Item) Cell {
	var c Cell
	for _, item := range list {
		c = append(c, item.Text())
	}
	return c
}

// titled describes the first columns of an entry's row.
func titled[R dossier.Entry]() []column[R] {
	return []column[R]{
		col(ID, "id", "The permanent id.", func(r R) string { return string(r.Base().ID) }),
		col(Text, "title", "What it is called.", func(r R) string { return r.Base().Title }).always(),
		col(Text, "summary", "Who, what and when, in a sentence or two.", func(r R) string { return r.Base().Summary }),
	}
}

// ending describes the last columns of an entry's row.
func ending[R dossier.Entry](l linked) []column[R] {
	return []column[R]{
		many(IDs, "sources", "The sources that the entry as a whole rests on.", func(r R) Cell { return l.cited(r.Base().Sources) }).of("sources"),
		many(Texts, "tags", "Topics.", func(r R) Cell { return slices.Clone(r.Base().Tags) }),
		col(Time, "published", "When we first published the entry.", func(r R) string { return moment(r.Base().Published) }),
		col(Time, "updated", "When it last changed in a way that readers should know of.", func(r R) string { return moment(r.Base().Updated()) }),
		col(Address, "page", "The address of its page.", func(r R) string { return l.page(r) }).always(),
	}
}

// page returns the whole address of an entry's page.
func (l linked) page(e dossier.Entry) string { return l.Site.BaseURL + l.addresses.Entry(e) }

// Separator stands between the items of a list in a CSV file.
const Separator = ";"

// Join returns a list as one cell of a CSV file.
func Join(items []string) string {
	escaped := make([]string, len(items))
	for i, s := range items {
		escaped[i] = listEscapes.Replace(s)
	}
	return strings.Join(escaped, Separator)
}

// listEscapes lets a list be taken apart again: a semicolon that no backslash precedes parts two items.
var listEscapes = strings.NewReplacer(`\`, `\\`, `;`, `\;`)
