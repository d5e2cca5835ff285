package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
	"briefing/internal/pack"
	"briefing/internal/page"
)

// A file of the output need not be made again where all that it may depend on is as it was. By the fourth law that is the entries of which
// it shows the text, and of all others no more than their outlines: an outline is the entry without its prose. So the key of a file is made
// of the digests of the former and of one digest of everything else, and costs next to nothing. Where another outline changed, the page's
// view tells whether the page shows it; of a record, and of a feed that has no texts, the outlines of what it names do.

// An outline is, with the entry without its body, all of an entry that files may show which do not show its text.
type outline struct {
	// Headings are the ids of those of the body, Paths the addresses; Holes are without their places.
	Headings []string
	Holes    []markup.Hole
	Paths    []string

	// Terms are what the body defines, to which each mention of them leads.
	Terms []markup.Term

	// Quotes are those of the body, each with its words: they are shown on the page of the speaker.
	Quotes []quote
}

// A quote is an attributed quotation and its words.
type quote struct {
	markup.Quote
	Words markup.Fragment
}

// outlineOf returns the digest of the outline of an entry whose text is body. No place in a text is part of it: one moves when a line is
// added above it, and no file shows it.
func outlineOf(e dossier.Entry, body *dossier.Body) (pack.Digest, error) {
	var o outline
	for _, h := range body.Headings {
		o.Headings = append(o.Headings, h.ID)
	}
	o.Holes = unplaced(body.Holes)
	for _, p := range body.Paths {
		o.Paths = append(o.Paths, p.Address)
	}
	for _, t := range body.Terms {
		t.Start, t.End = 0, 0
		o.Terms = append(o.Terms, t)
	}
	for _, q := range body.Quotes {
		words := body.Cut(q.Start, q.End)
		for i := range words.Holes {
			words.Holes[i].At = diag.Mark{}
		}
		q.Start, q.End, q.At = 0, 0, diag.Mark{}
		o.Quotes = append(o.Quotes, quote{q, words})
	}
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	var err error
	if *b, err = pack.Append((*b)[:0], &o); err == nil {
		*b, err = pack.Append(*b, bare(e))
	}
	return sha256.Sum256(*b), err
}

// unplaced returns holes without their places in the text, and links without their words.
func unplaced(holes []markup.Hole) []markup.Hole {
	list := make([]markup.Hole, len(holes))
	for i, h := range holes {
		h.Offset, h.At = 0, diag.Mark{}
		if h.Kind == markup.Link {
			h.Text = ""
		}
		list[i] = h
	}
	return list
}

// A keyring makes the keys of a site's files. The zero keyring makes none.
type keyring struct {
	// whole is a digest of all that every file may depend on; it is empty where files have no keys.
	whole string

	// base is a digest of all but the entries, and theme one of the program and of all templates and assets.
	base, theme string
	// views digests the views of pages. What many of them share it digests once.
	views *pack.Digester
}

// newKeyring returns the keyring of a site whose files have been read; one that makes no keys where that cannot be told.
func (s *Site) newKeyring() keyring {
	in := &s.inputs
	if in.name() == "" {
		return keyring{}
	}
	theme := sha256.Sum256(fmt.Appendf(nil, "%s %x", in.program, s.input.look))
	whole := sha256.New()
	fmt.Fprintf(whole, "%x %x\n", theme, in.settings)
	for _, o := range in.others {
		fmt.Fprintf(whole, "%x %q\n", o.Digest, o.Name)
	}
	// Rates, and what could not be read, have no outline: every file depends on all of them.
	for i := range s.files {
		if f := &s.files[i]; f.entry == nil {
			fmt.Fprintf(whole, "%x %q\n", f.Digest, f.Name)
		}
	}
	base := whole.Sum(nil)
	for i := range s.files {
		if f := &s.files[i]; f.entry != nil {
			fmt.Fprintf(whole, "%x %q\n", f.outline, f.Name)
		}
	}
	return keyring{short(whole.Sum(nil)), short(base), short(theme[:]), new(pack.Digester)}
}

// short returns a digest in as many hexadecimal digits as keys have.
func short(digest []byte) string { return hex.EncodeToString(digest[:16]) }

// key returns the key of a file that shows the text of the entries in the named files.
func (s *Site) key(names ...string) string {
	if s.keys.whole == "" {
		return ""
	}
	h := sha256.New()
	fmt.Fprintln(h, s.keys.whole)
	for _, name := range names {
		h.Write(s.fileNamed(name).Digest[:])
	}
	return short(h.Sum(nil))
}

// keyOfPicture returns the key of a picture, which depends on what it says and on the program that draws it.
func (s *Site) keyOfPicture(says string) string {
	if s.keys.whole == "" {
		return ""
	}
	key := sha256.Sum256([]byte(s.inputs.program + says))
	return "picture-" + short(key[:])
}

// keyOfCopy returns the key of a copy of the named file, which depends on nothing else.
func (s *Site) keyOfCopy(name string) string {
	if s.keys.whole == "" {
		return ""
	}
	digest := s.fileNamed(name).Digest
	return "copy-" + short(digest[:])
}

// keyOfTexts returns the key of a file that shows the text of the entries that a function returns. It may be nil.
func (s *Site) keyOfTexts(texts func() []dossier.Entry) string {
	if texts == nil || s.keys.whole == "" {
		return s.key()
	}
	var names []string
	for _, e := range texts() {
		names = append(names, e.Base().File)
	}
	return s.key(names...)
}

// keyOfPage returns the key of a page, which shows the text of one entry, of none, or of all.
func (s *Site) keyOfPage(p *page.Page) string {
	switch {
	case p.Whole():
		return "" // its view tells
	case p.Origin() == "":
		return s.key()
	}
	return s.key(p.Origin())
}

// draft makes the view of a page, and returns its digest together with that of the theme.
func (s *Site) draft(p *page.Page) (string, func(io.Writer) error, error) {
	view := p.View()
	digest, err := s.keys.views.Of(view)
	if err != nil {
		return "", nil, err
	}
	all := sha256.Sum256(fmt.Appendf(nil, "%s %s %x", s.keys.theme, p.Template(), digest))
	return short(all[:]), func(w io.Writer) error { return s.guard(p, func() error { return s.render(w, p, view) }) }, nil
}

// surroundings returns the digests of the entries of the graph, each together with those that it refers to: of these a file may depend that
// shows of an entry what its front matter says and names. A source is cited with the one through which it is known.
func (s *Site) surroundings() []pack.Digest {
	all := s.Graph.All()
	own, source := make([]pack.Digest, len(all)), make([]bool, len(all))
	for i, e := range all {
		own[i], source[i] = s.fileNamed(e.Base().File).outline, e.Base().Kind == dossier.KindSource
	}
	near := slices.Clone(own)
	var both [2 * sha256.Size]byte
	for _, sources := range []bool{true, false} {
		s.Graph.References(func(from, to int) {
			if source[from] != sources {
				return
			}
			seen := own[to]
			if source[to] && !sources {
				seen = near[to]
			}
			copy(both[copy(both[:], near[from][:]):], seen[:])
			near[from] = sha256.Sum256(both[:])
		})
	}
	return near
}

// viewOf returns the digest of a file that shows of some entries no more than their front matter says and names; none where there are no
// entries, for such a file may show anything.
func (s *Site) viewOf(shown []dossier.Entry) string {
	if len(shown) == 0 {
		return ""
	}
	h := sha256.New()
	fmt.Fprintln(h, s.keys.base)
	near := s.near()
	for _, e := range shown {
		i, _ := s.Graph.Position(e.Base().ID)
		h.Write(near[i][:])
	}
	return short(h.Sum(nil))
}

// viewOfRecord returns the digest of an entry's record, which shows its text too, and its rows.
func (s *Site) viewOfRecord(e dossier.Entry, rows []byte) string {
	h := sha256.New()
	h.Write(s.fileNamed(e.Base().File).Digest[:])
	io.WriteString(h, s.viewOf([]dossier.Entry{e}))
	h.Write(rows)
	return short(h.Sum(nil))
}

// lookAround finds out what the site is made from, once its content files have been read. Prev may be nil.
func (s *Site) lookAround(ctx context.Context, src Source, prev *Site) error {
	var known trusted
	if prev != nil {
		known = trusted{prev.at, byStamp(prev.inputs.others)}
	}
	s.inputs = inputs{program: src.Program, settings: settingsOf(src)}
	s.inputs.entries = digestOf(nil, func(yield func(stamp) bool) {
		for i := 0; i < len(s.files) && yield(s.files[i].stamp); i++ {
		}
	})
	var err error
	s.inputs.others, err = take(ctx, src, otherFiles(src), known)
	s.input = s.inputs.digests()
	if err != nil || src.Program == "" {
		return err
	}
	s.keys = s.newKeyring()
	return nil
}

// unsettled reports whether a file other than entries and rates changed since the site began to be loaded.
func (s *Site) unsettled(src Source) bool {
	for _, old := range s.inputs.others {
		files, name := src.part(old.Name)
		if now := look(files, name); now.Size != old.Size || now.Modified != old.Modified || now.Changed != old.Changed {
			return true
		}
	}
	return false
}

// forgetKeys makes each file one that must be made to be known.
func (s *Site) forgetKeys() {
	// Without a program there is no name for the whole either, so that the next build takes nothing for done.
	s.inputs.program, s.keys = "", keyring{}
}

// From names all that the site was made from, and is empty where that cannot be told.
func (s *Site) From() string { return s.inputs.name() }
