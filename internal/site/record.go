package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"briefing/internal/content"
	"briefing/internal/dossier"
	"briefing/internal/export"
	"briefing/internal/output"
	"briefing/internal/pack"
	"briefing/internal/page"
)

// records promises, beside the page of each entry, all that is known of it as JSON, and the file in which it is written. There is no file of
// an entry that was withdrawn, nor any on a site as it stood at a date: they tell of what came later. The record itself stays, without the
// text: programs that know its address learn what became of a withdrawn entry.
func (s *Site) records(files fs.FS) output.Files {
	records := export.NewRecords(s.Graph)
	var whole, less []dossier.Entry
	for _, e := range s.Graph.All() {
		if !s.Graph.AsOf.IsZero() || e.Base().IsWithdrawn() {
			less = append(less, e)
		} else {
			whole = append(whole, e)
		}
	}
	// The two of one entry are made one after the other, and so its file is mostly read once for both.
	names := [2]string{page.RecordName, page.SourceName}
	return joined{
		family{2 * len(whole), func(i int) string { return besidePage(whole[i/2], names[i%2]) }, func(i int) output.File {
			if i%2 == 0 {
				return s.record(files, records, whole[i/2])
			}
			return s.copyOf(files, whole[i/2])
		}},
		family{len(less), func(i int) string { return besidePage(less[i], page.RecordName) }, func(i int) output.File {
			return output.File{Key: s.key(less[i].Base().File), Write: func(w io.Writer) error { return records.Write(w, less[i], nil, nil) }}
		}},
	}
}

// besidePage returns the path of a file beside the page of an entry.
func besidePage(e dossier.Entry, name string) string {
	return strings.TrimPrefix(page.URL(e), "/") + name
}

// record promises the record of an entry.
func (s *Site) record(files fs.FS, records *export.Records, e dossier.Entry) output.File {
	write := func(w io.Writer, rows []byte) error {
		return s.source(files, e, func(text []byte) error { return records.Write(w, e, rows, content.Body(text)) })
	}
	f := output.File{Key: s.key(e.Base().File), Write: func(w io.Writer) error { return write(w, records.Rows(e)) }}
	if s.keys.whole != "" {
		f.Draft = func() (string, func(io.Writer) error, error) {
			rows := records.Rows(e)
			return s.viewOfRecord(e, rows), func(w io.Writer) error { return write(w, rows) }, nil
		}
	}
	return f
}

// copyOf promises a copy of the file of an entry.
func (s *Site) copyOf(files fs.FS, e dossier.Entry) output.File {
	return output.File{Key: s.keyOfCopy(e.Base().File), Write: func(w io.Writer) error {
		return s.source(files, e, func(text []byte) error { _, err := w.Write(text); return err })
	}}
}

// A source is the bytes of a file, and their digest.
type source struct {
	text   []byte
	digest pack.Digest
}

// sources are files that were read, for whoever needs one of them next, or the memory of one.
var sources = sync.Pool{New: func() any { return new(source) }}

// source calls f with the file of an entry, byte for byte. It is read again, since the sources of a large site would fill the memory; what
// was published beside it would no longer fit if it had changed meanwhile.
func (s *Site) source(files fs.FS, e dossier.Entry, f func(text []byte) error) error {
	last := sources.Get().(*source)
	defer sources.Put(last)
	name := e.Base().File
	if digest := s.fileNamed(name).Digest; last.digest != digest {
		if err := last.read(files, name); err != nil {
			return fmt.Errorf("the file went away during the build; build again: %w", err)
		}
		if last.digest != digest {
			return fmt.Errorf("%s changed during the build; build again", name)
		}
	}
	return f(last.text)
}

// read reads a file.
func (s *source) read(files fs.FS, name string) error {
	s.digest = pack.Digest{}
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	b := bytes.NewBuffer(s.text[:0])
	if _, err := b.ReadFrom(f); err != nil {
		return err
	}
	s.text, s.digest = b.Bytes(), sha256.Sum256(b.Bytes())
	return nil
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
