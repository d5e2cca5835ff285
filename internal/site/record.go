package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"weak"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/page"
)

// records promises, beside the page of each entry, all that is known of it as JSON, and the file in which it is written. Where they lie
// nothing else can, unless two entries have one address. There is no file of an entry that was withdrawn, nor any on a site as it stood at
// a date: they tell of what came later.
func (s *Site) records(files fs.FS) []output.File {
	records := export.NewRecords(s.Graph)
	all := s.Graph.All()
	list := make([]output.File, 0, 2*len(all))
	for _, e := range all {
		list = append(list, s.recordsOf(files, records, e)...)
	}
	return list
}

// recordsOf promises what lies beside the page of one entry.
func (s *Site) recordsOf(files fs.FS, records *export.Records, e dossier.Entry) []output.File {
	folder := strings.TrimPrefix(page.URL(e), "/")
	if !s.Graph.AsOf.IsZero() || e.Base().IsWithdrawn() {
		// The record itself stays, without the text: programs that know its address learn what became of a withdrawn entry.
		return []output.File{{Path: folder + page.RecordName, Key: s.key(e.Base().File), Write: func(w io.Writer) error { return records.Write(w, e, nil, nil) }}}
	}
	source := s.sourceOf(files, e)
	write := func(w io.Writer, rows []byte) error {
		text, err := source()
		if err != nil {
			return err
		}
		return records.Write(w, e, rows, content.Body(text))
	}
	record := output.File{
		Path: folder + page.RecordName, Key: s.key(e.Base().File), Write: func(w io.Writer) error { return write(w, records.Rows(e)) },
	}
	if s.keys.whole != "" {
		record.Draft = func() (string, func(io.Writer) error, error) {
			rows := records.Rows(e)
			return s.viewOfRecord(e, rows), func(w io.Writer) error { return write(w, rows) }, nil
		}
	}
	return []output.File{
		record,
		{Path: folder + page.SourceName, Key: s.keyOfCopy(e.Base().File), Write: func(w io.Writer) error {
			text, err := source()
			if err == nil {
				_, err = w.Write(text)
			}
			return err
		}},
	}
}

// sourceOf returns how to read the file of an entry for those that lie beside its page. They are made one after the other, and so it is read
// once for both, unless the memory is needed meanwhile.
func (s *Site) sourceOf(files fs.FS, e dossier.Entry) func() ([]byte, error) {
	var mu sync.Mutex
	var last weak.Pointer[[]byte]
	return func() ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		if text := last.Value(); text != nil {
			return *text, nil
		}
		text, err := s.source(files, e)
		if err == nil {
			last = weak.Make(&text)
		}
		return text, err
	}
}

// source returns the file of an entry, byte for byte. It is read again, since the sources of a large site would fill the memory; what
// was published beside it would no longer fit if it had changed meanwhile.
func (s *Site) source(files fs.FS, e dossier.Entry) ([]byte, error) {
	name := e.Base().File
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("the file went away during the build; build again: %w", err)
	}
	if sha256.Sum256(text) != s.fileNamed(name).Digest {
		return nil, fmt.Errorf("%s changed during the build; build again", name)
	}
	return text, nil
}

// fileNamed returns the content file of a name, which there must be.
func (s *Site) fileNamed(name string) *file {
	i, ok := slices.BinarySearchFunc(s.files, name, func(f file, name string) int { return cmp.Compare(f.Name, name) })
	if !ok {
		// An entry names the file that it was parsed from, which is one of the site's.
		panic("internal error: no content file " + name)
	}
	return &s.files[i]
}
