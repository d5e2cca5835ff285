package page

import (
	"briefing/internal/data"
	"briefing/internal/dossier"
)

// A Data is the page of the open data.
type Data struct {
	Base

	// Tables are what there is to download, in the order of the data package.
	Tables []DataTable

	// Rules say how every table is written.
	Rules []string

	// SQLite is a command that loads tables into a database, Spreadsheet says how to open one elsewhere.
	SQLite      string
	Spreadsheet string

	// History tells of changes of the tables, newest first.
	History []ChangeNote
}

// A DataTable is a table of the open data.
type DataTable struct {
	// ID is the table's place on the page.
	ID string

	// Name is that of its files, Text says what a row is.
	Name string
	Text string

	// Rows is how many it has.
	Rows int

	// Files are its parts: one, or one for each section.
	Files []DataFile

	// Columns are in the order of the files.
	Columns []DataColumn
}

// A DataFile is a part of a table, in each format.
type DataFile struct {
	// Name is that of the file, without its ending.
	Name string

	// Rows is how many it has.
	Rows int

	// CSV and JSON lead to the files.
	CSV  Ref
	JSON Ref
}

// A DataColumn is a column of a table of the open data.
type DataColumn struct {
	// Name is that of the column.
	Name string

	// Type says what its cells hold.
	Type string

	// Text says what that means.
	Text string

	// Key says that it is one of those that tell rows apart.
	Key bool

	// Of leads to the table whose ids it holds.
	Of Ref
}

// data returns the page of the open data.
func (p *planner) data() Data {
	v := Data{
		Base:  p.base("/data/", "Data", "All that this brief records, as tables for spreadsheets and programs: what each holds, column by column."),
		Rules: data.Rules, SQLite: data.SQLite, Spreadsheet: data.Spreadsheet,
	}
	for _, r := range data.History {
		d, _ := dossier.ParseDate(r.Date)
		v.History = append(v.History, ChangeNote{Note: r.Doc, When: dateTime(d)})
	}
	for _, t := range data.Tables(p.g, DataAddresses(p.g)) {
		v.Tables = append(v.Tables, dataTable(t))
	}
	p.describeData(&v)
	return v
}

// dataTable returns a table of the open data.
func dataTable(t data.Table) DataTable {
	out := DataTable{ID: tableID(t.Name), Name: t.Name, Text: t.Doc}
	for _, part := range t.Parts {
		f := DataFile{Name: part.Name, Rows: part.Count()}
		address := "/" + data.Folder + part.Name
		f.CSV, f.JSON = Ref{Title: part.Name + ".csv", URL: address + ".csv"}, Ref{Title: part.Name + ".json", URL: address + ".json"}
		out.Files = append(out.Files, f)
		out.Rows += f.Rows
	}
	for _, c := range t.Columns {
		column := DataColumn{Name: c.Name, Type: string(c.Type), Text: c.Doc, Key: t.InKey(c.Name)}
		if c.Of != "" {
			column.Of = Ref{Title: c.Of, URL: "/data/#" + tableID(c.Of)}
		}
		out.Columns = append(out.Columns, column)
	}
	return out
}

// tableID returns the place of a table on the page.
func tableID(name string) string { return "table-" + name }
