package site

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"briefing/internal/dossier"
	"briefing/internal/pack"
)

// A Memory is a folder in which a build keeps, for the next one of the same program, every entry that it parsed and the stamps of all
// files that it read:
//
//	inputs    the stamps, and where the entry of each file lies in the other
//	entries   entries as bytes; what is new is added at the end
//
// It may be deleted at any moment. What another program wrote, or what is damaged, counts for nothing, and costs no more than the time to
// parse the files again: inputs begins with its own SHA-256, and has a checksum of each entry.
type Memory struct {
	folder  string
	program string
	table   table
	entries *os.File
}

// A table is what the file inputs holds.
type table struct {
	// Program is the digest of the program that wrote it, and the only one that may read it.
	Program string

	// At is when the files were read, in nanoseconds. Entries is how many the site had.
	At      int64
	Entries int

	Others []stamp
	Files  []packed
}

// A packed is a content file whose entry is kept.
type packed struct {
	Stamp   stamp
	Outline pack.Digest

	// Offset and Size say where the entry lies; a file with problems has none. Check is its checksum. Of its bytes the last, as many as Text,
	// are its text, which is put aside as it is.
	Offset, Size, Text int64
	Check              uint32
}

// castagnoli is the polynomial of the checksums: processors of today compute it in hardware, and a damaged disk is all it must find.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const (
	// The names of the files in the folder.
	inputsName  = "inputs"
	entriesName = "entries"
)

// OpenMemory returns what the folder holds that a program, named by a digest, can use. A missing folder holds nothing.
func OpenMemory(folder, program string) *Memory {
	m := &Memory{folder: folder, program: program}
	text, err := os.ReadFile(filepath.Join(folder, inputsName))
	if err != nil || len(text) < sha256.Size {
		return m
	}
	sum := sha256.Sum256(text[sha256.Size:])
	var t table
	if !bytes.Equal(sum[:], text[:sha256.Size]) || pack.Unpack(string(text[sha256.Size:]), &t) != nil || t.Program != program {
		return m
	}
	if m.entries, err = os.Open(filepath.Join(folder, entriesName)); err == nil {
		m.table = t
	}
	return m
}

// Close closes the files of the memory.
func (m *Memory) Close() error {
	if m.entries == nil {
		return nil
	}
	return m.entries.Close()
}

// From names all that a site is made from now, as [Site.From] does, and returns how many entries the last site had. It parses nothing, and
// reads only what cannot be known from the last time.
func (m *Memory) From(ctx context.Context, src Source) (from string, entries int, err error) {
	// A table that was never read has no time.
	if m.table.At == 0 {
		return "", 0, nil
	}
	src.Files = walking(src.Files)
	names, err := contentFiles(src.Files)
	if err != nil {
		return "", 0, err
	}
	in := inputs{program: m.program, settings: settingsOf(src)}
	known := m.trusted()
	if in.others, err = take(ctx, src, otherFiles(src), known); err != nil {
		return "", 0, err
	}
	files, err := take(ctx, src, names, known)
	in.entries = digestOf(nil, slices.Values(files))
	return in.name(), m.table.Entries, err
}

// trusted returns the stamps that are known.
func (m *Memory) trusted() trusted {
	known := byStamp(m.table.Others)
	for i := range m.table.Files {
		known[m.table.Files[i].Stamp.Name] = m.table.Files[i].Stamp
	}
	return trusted{time.Unix(0, m.table.At), known}
}

// Site returns a site that has nothing but the files of the last one, for [Load] to take entries from. Entries are read when they are asked
// for. It is nil where nothing is known.
func (m *Memory) Site() *Site {
	if m.table.At == 0 {
		return nil
	}
	s := &Site{at: time.Unix(0, m.table.At), inputs: inputs{others: m.table.Others}}
	for i := range m.table.Files {
		p := &m.table.Files[i]
		s.files = append(s.files, file{
			stamp: p.Stamp, outline: p.Outline, recall: func(f *file) bool { return m.recall(p, f) },
		})
	}
	return s
}

// recall gives f what became of the file. It reports whether that could be read.
func (m *Memory) recall(p *packed, f *file) bool {
	b := make([]byte, p.Size)
	if n, err := m.entries.ReadAt(b, p.Offset); p.Size == 0 || n < len(b) && err != nil || crc32.Checksum(b, castagnoli) != p.Check {
		return false
	}
	f.outline = p.Outline
	// packFile puts the kind before the entry, since unpacking has to know the type.
	kind, values, _ := bytes.Cut(b[:p.Size-p.Text], []byte{0})
	switch {
	case len(kind) == 0:
		f.rates = &dossier.Rates{}
		return pack.Unpack(string(values), f.rates) == nil
	case !slices.Contains(dossier.Kinds, dossier.Kind(kind)):
		return false
	}
	f.entry = dossier.New(dossier.Kind(kind))
	if pack.Unpack(string(values), f.entry) != nil {
		return false
	}
	f.entry.Base().Slim()
	f.packed = b[p.Size-p.Text:]
	return true
}

// packFile appends the bytes of what became of a file to b, and returns how many of them, at their end, are those of its text; it appends
// none where there is nothing that could be used again.
func packFile(b []byte, f *file) (_ []byte, text int, err error) {
	// A file with problems is parsed at every build: its problems have to be told by each.
	if len(f.problems) > 0 {
		return b, 0, nil
	}
	if f.entry == nil {
		b, err = pack.Append(append(b, 0), f.rates)
		return b, 0, err
	}
	b = append(append(b, f.entry.Base().Kind...), 0)
	if b, err = pack.Append(b, with(told(f.entry.Base().Body), f.entry)); err != nil {
		return nil, 0, err
	}
	before := len(b)
	if f.text.on != nil {
		b = f.text.append(b)
	} else {
		b, err = appendBody(b, f.entry.Base().Body)
	}
	return b, len(b) - before, err
}

// Keep remembers a site that was loaded at a time. Two builds that would keep theirs at once do not wait: one is enough.
func (m *Memory) Keep(s *Site, at time.Time) error {
	if m.program == "" || s.inputs.program == "" {
		return nil
	}
	if err := os.MkdirAll(m.folder, 0o755); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(m.folder, inputsName+".lock"))
	if got, err := lock.TryLock(); err != nil || !got {
		return err
	}
	defer lock.Unlock()
	t := table{Program: m.program, At: at.UnixNano(), Entries: len(s.Graph.All()), Others: s.inputs.others}
	var err error
	if t.Files, err = m.append(s); err != nil {
		return err
	}
	return m.write(&t)
}

// write replaces the file inputs.
func (m *Memory) write(t *table) error {
	// The place of the digest is kept free at the beginning.
	text, err := pack.Append(make([]byte, sha256.Size), t)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text[sha256.Size:])
	copy(text, sum[:])
	return replace(filepath.Join(m.folder, inputsName), func(w io.Writer) error { _, err := w.Write(text); return err })
}

// replace writes a file whole or not at all.
func replace(name string, write func(io.Writer) error) error {
	f, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	err = write(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// append returns where the entries of a site lie, after it has written those that the memory does not hold yet behind the others. Where
// most of the file has become useless, or where it is not the one that was opened, it is written anew.
func (m *Memory) append(s *Site) ([]packed, error) {
	known := map[string]*packed{}
	for i := range m.table.Files {
		p := &m.table.Files[i]
		known[p.Stamp.Name] = p
	}
	// used is how many bytes of the file are still those of entries of this site.
	used := int64(0)
	for i := range s.files {
		if p, ok := known[s.files[i].Name]; ok && !s.files[i].fresh {
			used += p.Size
		}
	}
	name := filepath.Join(m.folder, entriesName)
	// A build of another site, or of another program, may have replaced the file since it was opened.
	if end, same := m.end(name); same && end <= 2*used {
		out, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			return nil, err
		}
		w := packer{w: bufio.NewWriter(out), end: end, known: known}
		list, err := w.all(s)
		return list, errors.Join(err, out.Close())
	}
	var list []packed
	err := replace(name, func(out io.Writer) (err error) {
		w := packer{w: bufio.NewWriter(out)}
		list, err = w.all(s)
		return err
	})
	return list, err
}

// end returns the size of the file of entries, and whether it is the one that was opened.
func (m *Memory) end(name string) (int64, bool) {
	if m.entries == nil {
		return 0, false
	}
	now, err := os.Stat(name)
	if err != nil {
		return 0, false
	}
	opened, err := m.entries.Stat()
	return now.Size(), err == nil && os.SameFile(now, opened)
}

// A packer writes entries one after the other.
type packer struct {
	// w takes the bytes, of which the next has the offset end. known are the files whose entries the memory holds already; none where all of
	// them are written anew.
	w     *bufio.Writer
	end   int64
	known map[string]*packed
	// b is the memory of the last one.
	b []byte
}

// all returns where the entries of a site's files lie, once all are written.
func (w *packer) all(s *Site) ([]packed, error) {
	list := make([]packed, len(s.files))
	for i := range s.files {
		f := &s.files[i]
		p := &list[i]
		if old, ok := w.known[f.Name]; ok && !f.fresh {
			*p = *old
		} else if err := w.one(f, p); err != nil {
			return nil, err
		}
		p.Stamp, p.Outline = f.stamp, f.outline
	}
	return list, w.w.Flush()
}

// one writes what became of a file, and notes where.
func (w *packer) one(f *file, p *packed) error {
	b, text, err := packFile(w.b[:0], f)
	if err != nil {
		return err
	}
	w.b = b
	p.Offset, p.Size, p.Text, p.Check = w.end, int64(len(b)), int64(text), crc32.Checksum(b, castagnoli)
	w.end += p.Size
	_, err = w.w.Write(b)
	return err
}
