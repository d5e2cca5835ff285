package site

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"slices"

	"briefing/internal/graph"
	"briefing/internal/page"
	"briefing/internal/theme"
)

// An input is digests of what a site is made from: of the entries, of all else that says what is told, and of templates and assets.
type input struct{ entries, frame, look [sha256.Size]byte }

// is reports whether both are known, and the same.
func (a input) is(b input) bool {
	return a.sameFrame(b) && a.entries == b.entries && a.entries != input{}.entries
}

// sameFrame reports whether all but the entries is known, and the same.
func (a input) sameFrame(b input) bool {
	return a.frame == b.frame && a.frame != input{}.frame && a.hasLook(b)
}

// hasLook reports whether the look is known, and the same.
func (a input) hasLook(b input) bool { return a.look == b.look && a.look != input{}.look }

// inputOf returns the input of s, whose files have been read. A part of which something cannot be read is zero: it is like nothing else.
func (s *Site) inputOf(src Source) input {
	return input{s.entriesDigest(), frameDigest(src), lookDigest(src.Templates, src.Static)}
}

// Is reports whether all that both sites were made from is known, and the same.
func (s *Site) Is(other *Site) bool { return s.input.is(other.input) }

// entriesDigest returns the digest of all entries, and of the rates.
func (s *Site) entriesDigest() (sum [sha256.Size]byte) {
	h := sha256.New()
	for i := range s.files {
		f := &s.files[i]
		if f.digest == sum {
			return sum
		}
		enter(h, f.name, f.digest[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// frameDigest returns the digest of what else a site says what it tells by: its own file, the record of what feeds have carried, and images.
func frameDigest(src Source) (sum [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintln(h, src.BaseURL, src.Drafts, src.AsOf, src.Lean)
	for _, name := range []string{ConfigFile, LockFile, MediaFolder} {
		if err := enterAll(h, src.Files, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return sum
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// lookDigest returns the digest of all files of some folders.
func lookDigest(folders ...fs.FS) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, folder := range folders {
		enter(h, "", nil)
		if err := enterAll(h, folder, "."); err != nil {
			return sum
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// enterAll adds a file to a digest, or all files of a folder.
func enterAll(h hash.Hash, files fs.FS, name string) error {
	return fs.WalkDir(files, name, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		enter(h, name, text)
		return err
	})
}

// enter adds a file to a digest, so that no two files can be taken for others.
func enter(h hash.Hash, name string, text []byte) {
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], uint64(len(name)))
	binary.BigEndian.PutUint64(n[8:], uint64(len(text)))
	h.Write(n[:])
	h.Write([]byte(name))
	h.Write(text)
}

// takeLook reads the theme of src for the pages of g. It takes over the theme of prev, which may be nil, where it would be the same: to parse
// the templates takes longer than to link a site of hundreds of entries. What that theme made of parts of pages it forgets, since the parts
// are those of the site before.
func (s *Site) takeLook(src Source, g *graph.Graph, prev *Site) error {
	s.filters = page.FilterSizes(g)
	if prev != nil && prev.theme != nil && s.input.hasLook(prev.input) && slices.Equal(prev.filters, s.filters) {
		s.theme = prev.theme
		s.theme.Forget()
		return nil
	}
	t, err := theme.Load(src.Templates, src.Static, s.filters...)
	s.theme = t
	return err
}

// Styles returns the addresses of the stylesheets, in order.
func (s *Site) Styles() []string {
	var list []string
	if s.theme == nil {
		return nil
	}
	for _, a := range s.theme.Assets() {
		if path.Ext(a.Path) == ".css" {
			list = append(list, "/"+a.Path)
		}
	}
	return list
}
