package export

import (
	"io"

	"briefing/internal/data"
	"briefing/internal/graph"
	"briefing/internal/page"
)

// A dataFile is a file of the open data and what the package says of it.
type dataFile struct {
	File
	doc   string
	media string
	table *data.Table // nil for the lists of sources
	part  data.Part
}

// dataFiles returns the files of the open data, without the package that describes them.
func dataFiles(g *graph.Graph) []dataFile {
	var list []dataFile
	tables := data.Tables(g, page.DataAddresses(g))
	for i := range tables {
		t := &tables[i]
		for _, part := range t.Parts {
			csv := File{Path: data.Folder + part.Name + ".csv", Write: func(w io.Writer) error { return CSV(w, t, part) }}
			json := File{Path: data.Folder + part.Name + ".json", Write: func(w io.Writer) error { return JSON(w, t, part) }}
			list = append(list, dataFile{csv, t.Doc, "text/csv", t, part}, dataFile{json, t.Doc, "application/json", t, part})
		}
	}
	for _, f := range []struct {
		name, doc, media string
		write            func(io.Writer, *graph.Graph) error
	}{
		{"sources.csl.json", "The sources as CSL-JSON.", "application/vnd.citationstyles.csl+json", CSL},
		{"sources.bib", "The sources as BibTeX.", "application/x-bibtex", BibTeX},
		{"sources.ris", "The sources as RIS.", "application/x-research-info-systems", RIS},
	} {
		file := File{Path: data.Folder + f.name, Write: func(w io.Writer) error { return f.write(w, g) }}
		list = append(list, dataFile{File: file, doc: f.doc, media: f.media})
	}
	return list
}
