package export

import (
	"crypto/sha256"
	"hash"
	"io"
	"sync/atomic"

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

	// sum is that of the file once it was written, whoever asked for it: the package tells it, and need not make the file again.
	sum *atomic.Pointer[sum]
}

// A sum is the length and the SHA-256 of a file.
type sum struct {
	bytes  int64
	sha256 []byte
}

// newDataFile returns a file of the open data that notes its sum.
func newDataFile(name, doc, media string, write func(io.Writer) error) dataFile {
	noted := new(atomic.Pointer[sum])
	return dataFile{doc: doc, media: media, sum: noted, File: File{Path: data.Folder + name, Write: func(w io.Writer) error {
		d := digest{w: w, hash: sha256.New()}
		err := write(&d)
		if err == nil {
			noted.Store(&sum{d.bytes, d.hash.Sum(nil)})
		}
		return err
	}}}
}

// A digest passes on what is written to it, counts it and digests it.
type digest struct {
	w     io.Writer
	hash  hash.Hash
	bytes int64
}

// Write takes a part of a file.
func (d *digest) Write(p []byte) (int, error) {
	d.hash.Write(p)
	d.bytes += int64(len(p))
	return d.w.Write(p)
}

// dataFiles returns the files of the open data, without the package that describes them.
func dataFiles(g *graph.Graph) []dataFile {
	var list []dataFile
	tables := data.Tables(g, page.DataAddresses(g))
	for i := range tables {
		t := &tables[i]
		for _, part := range t.Parts {
			csv := newDataFile(part.Name+".csv", t.Doc, "text/csv", func(w io.Writer) error { return CSV(w, t, part) })
			json := newDataFile(part.Name+".json", t.Doc, "application/json", func(w io.Writer) error { return JSON(w, t, part) })
			csv.table, csv.part, json.table, json.part = t, part, t, part
			list = append(list, csv, json)
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
		list = append(list, newDataFile(f.name, f.doc, f.media, func(w io.Writer) error { return f.write(w, g) }))
	}
	return list
}
