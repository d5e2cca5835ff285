package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/output"
	"briefing/internal/pack"
)

// A stamp is a file that a site is made from, as it was when it was read. Its name begins with the folder: content, templates or static.
type stamp struct {
	Name string
	Size int64

	// Modified and Changed are in nanoseconds, and 0 where a file system does not tell.
	Modified, Changed int64
	// Digest is the SHA-256 of the bytes; zero where they could not be read.
	Digest pack.Digest
}

// Inputs are all that a site's output depends on.
type inputs struct {
	program string
	// settings are what flags say, packed; program is the digest of what reads it all.
	settings []byte

	// others are all files but those that become entries or rates, by name; entries is the digest of these.
	others  []stamp
	entries pack.Digest
}

// name returns what names the inputs as a whole; nothing where that cannot be told.
func (in *inputs) name() string {
	parts := in.digests()
	// Parts that are not known are not even like themselves.
	if in.program == "" || !parts.is(parts) {
		return ""
	}
	all := sha256.Sum256(fmt.Appendf(nil, "%s %x %x %x", in.program, parts.entries, parts.frame, parts.look))
	return hex.EncodeToString(all[:])
}

// digests returns the digests of the parts.
func (in *inputs) digests() input {
	frame, look := []stamp{}, []stamp{}
	for _, s := range in.others {
		if strings.HasPrefix(s.Name, ContentFolder+"/") {
			frame = append(frame, s)
		} else {
			look = append(look, s)
		}
	}
	return input{in.entries, digestOf(in.settings, slices.Values(frame)), digestOf(nil, slices.Values(look))}
}

// digestOf returns a digest of files, beginning with that of a text. It is zero where one of them could not be read.
func digestOf(text []byte, list iter.Seq[stamp]) pack.Digest {
	// The text and the names come after their lengths, so that no two lists are written alike.
	h := sha256.New()
	b := append(binary.AppendUvarint(nil, uint64(len(text))), text...)
	for s := range list {
		if s.Digest == (pack.Digest{}) {
			return pack.Digest{}
		}
		h.Write(b)
		b = binary.AppendUvarint(append(b[:0], s.Digest[:]...), uint64(len(s.Name)))
		b = append(b, s.Name...)
	}
	h.Write(b)
	return pack.Digest(h.Sum(nil))
}

// settingsOf returns what a site is made with, beside files.
func settingsOf(src Source) []byte {
	b, err := pack.Append(nil, &struct {
		BaseURL string
		Drafts  bool
		AsOf    dossier.Moment
		Lean    bool
	}{src.BaseURL, src.Drafts, src.AsOf, src.Lean != ""})
	if err != nil {
		panic(err) // cannot happen: the types are ours
	}
	return b
}

// part returns the file system that holds a file, and the file's name in it.
func (src *Source) part(name string) (fs.FS, string) {
	folder, rest, _ := strings.Cut(name, "/")
	switch folder {
	case templatesFolder:
		return src.Templates, cmp.Or(rest, ".")
	case staticFolder:
		return src.Static, cmp.Or(rest, ".")
	}
	return src.Files, name
}

// The first parts of the names of stamps.
const (
	templatesFolder = "templates"
	staticFolder    = "static"
)

// otherFiles returns the names of all that a site is made from but entries and rates. A folder that cannot be read is named as a file would
// be.
func otherFiles(src Source) []string {
	var names []string
	for _, name := range []string{ConfigFile, LockFile} {
		if _, err := fs.Stat(src.Files, name); !errors.Is(err, fs.ErrNotExist) {
			names = append(names, name)
		}
	}
	for _, folder := range []string{MediaFolder, templatesFolder, staticFolder} {
		files, root := src.part(folder)
		prefix := strings.TrimSuffix(folder, root)
		// An error is never returned: whatever is in the way becomes a name without a digest, and so nothing is taken for known.
		fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == root:
			case err != nil, !d.IsDir():
				names = append(names, path.Join(prefix, name))
			}
			return nil
		})
	}
	return names
}

// take returns the stamps of files, in the order of their names. A file whose stamp can be trusted is not read; one that cannot be read has
// no digest.
func take(ctx context.Context, src Source, names []string, known trusted) ([]stamp, error) {
	list := make([]stamp, len(names))
	err := output.Each(ctx, len(names), func(i int) error {
		files, name := src.part(names[i])
		s := look(files, name)
		s.Name = names[i]
		if old, ok := known.stamps[names[i]]; ok && known.same(old, s) {
			list[i] = old
			return nil
		}
		if text, err := fs.ReadFile(files, name); err == nil {
			s.Digest = sha256.Sum256(text)
		}
		list[i] = s
		return nil
	})
	return list, err
}

// look returns the stamp of a file without its digest.
func look(files fs.FS, name string) stamp {
	info, err := fs.Stat(files, name)
	// An embedded file has no time, and is always read.
	if err != nil || info.ModTime().IsZero() {
		return stamp{Name: name}
	}
	return stamp{Name: name, Size: info.Size(), Modified: info.ModTime().UnixNano(), Changed: changed(info)}
}

// A trusted is what was known of files at a time.
type trusted struct {
	// at is zero where stamps were compared at once, so that all of them are trusted.
	at     time.Time
	stamps map[string]stamp
}

// same reports whether a file is as it was. A stamp that is about as old as the look at the file may be that of two contents.
func (t *trusted) same(old, now stamp) bool {
	if now.Modified == 0 || now.Size != old.Size || now.Modified != old.Modified || now.Changed != old.Changed {
		return false
	}
	return t.at.IsZero() || output.Settled(time.Unix(0, now.Modified), t.at)
}

// byStamp returns stamps by their names.
func byStamp(lists ...[]stamp) map[string]stamp {
	m := map[string]stamp{}
	for _, list := range lists {
		for _, s := range list {
			m[s.Name] = s
		}
	}
	return m
}
