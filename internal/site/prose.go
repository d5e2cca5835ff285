package site

import (
	"errors"
	"reflect"
	"slices"
	"sync"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
	"briefing/internal/output"
	"briefing/internal/pack"
)

// A prose knows where the texts of the entries of a lean site lie: they would be most of what it has in memory, and each is asked for only
// now and then.
//
// It is the one part of a site that may be replaced: see [Site.reworded]. Whoever asks for a text gets the old one or the new one.
type prose struct {
	// mu guards texts, by the entry whose body each was.
	mu    sync.RWMutex
	texts map[*dossier.Head]place
}

// settle makes the outline of a file where that is not known from before, and puts its text on a shelf, which may be nil.
func (f *file) settle(src Source, to *shelf) (err error) {
	if src.Program != "" && f.entry != nil && f.outline == (pack.Digest{}) {
		f.outline, err = outlineOf(f.entry, f.body())
	}
	return errors.Join(err, f.unload(to))
}

// unload puts the text of an entry that nobody else has seen on a shelf, and leaves in the entry what others must know of it. The shelf may
// be nil, for a site whose entries hold their texts.
func (f *file) unload(to *shelf) (err error) {
	if f.entry == nil || f.text.on != nil {
		return nil
	}
	head, packed := f.entry.Base(), f.packed
	switch f.packed = nil; {
	case to == nil && packed == nil:
		return nil
	case to == nil:
		head.Body, err = readBody(string(packed))
		return err
	case packed == nil:
		b := buffers.Get().(*[]byte)
		defer buffers.Put(b)
		if *b, err = appendBody((*b)[:0], head.Body); err != nil {
			return err
		}
		packed = *b
	}
	head.Body = told(head.Body)
	f.text, err = to.put(packed)
	return err
}

// told returns what others must know of a text, beside what it refers to and has for headings, which is asked for once.
func told(b *dossier.Body) *dossier.Body {
	if len(b.Quotes)+len(b.Paths)+len(b.Terms) == 0 {
		return dossier.Blank
	}
	return &dossier.Body{Fragment: markup.Fragment{Quotes: b.Quotes, Paths: b.Paths, Terms: b.Terms}}
}

// body reads a text.
func (p place) body() *dossier.Body {
	b, err := readBody(p.text())
	if err != nil {
		panic(err) // cannot happen: this program has put it there
	}
	return b
}

// body returns the text of the file's entry.
func (f *file) body() *dossier.Body {
	if f.text.on != nil {
		return f.text.body()
	}
	return f.entry.Base().Body
}

// proseOf returns the texts of files; nil where they have none, since their entries hold them.
func proseOf(files []file) *prose {
	p := &prose{texts: make(map[*dossier.Head]place, len(files))}
	for i := range files {
		if f := &files[i]; f.text.on != nil {
			p.texts[f.entry.Base()] = f.text
		}
	}
	if len(p.texts) == 0 {
		return nil
	}
	return p
}

// of returns the text of an entry.
func (p *prose) of(e dossier.Entry) *dossier.Body {
	p.mu.RLock()
	at := p.texts[e.Base()]
	p.mu.RUnlock()
	return at.body()
}

// replace gives an entry another text.
func (p *prose) replace(e dossier.Entry, t place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.texts[e.Base()] = t
}

// lookup returns how a graph finds texts; nil where entries hold them.
func (p *prose) lookup() func(dossier.Entry) *dossier.Body {
	if p == nil {
		return nil
	}
	return p.of
}

// maxReworded is how many files may have other words before a site is linked anew all the same.
const maxReworded = 16

// reworded makes s, whose files have been read, of prev where both differ in nothing but the words of texts: all that is linked is the same
// then, and only what holds texts is promised anew. It reports whether that is so. An editor who writes at a site of 50,000 entries
// waits a tenth of the time.
func (s *Site) reworded(src Source, prev *Site) bool {
	if prev == nil || prev.prose == nil || prev.theme == nil || !s.input.sameFrame(prev.input) || len(s.files) != len(prev.files) {
		return false
	}
	var changed []int
	for i := range s.files {
		f, old := &s.files[i], &prev.files[i]
		if f.Name != old.Name {
			return false
		}
		if f.Digest == old.Digest {
			continue
		}
		if len(changed) == maxReworded || f.text.on == nil || old.text.on == nil || len(f.problems) > 0 || prev.hasProblem(f.Name) || !sameOutline(f, old) {
			return false
		}
		changed = append(changed, i)
	}
	next := prev.again(s.files)
	next.input, next.Parsed, next.output = s.input, s.Parsed, slices.Clone(prev.output)
	for _, i := range changed {
		f := &next.files[i]
		// The graph holds the old entry, and goes on holding it: all that changed is its text.
		f.entry = prev.files[i].entry
		next.prose.replace(f.entry, f.text)
	}
	*s = *next
	s.reprint(src)
	return true
}

// reprint promises anew what holds texts, or may hold on to older ones. There are as many files as before, at the same paths.
func (s *Site) reprint(src Source) {
	// Feeds, data and the index of the search are those of all entries: they are made when one of them is asked for.
	made := sync.OnceValue(s.collections)
	s.output[collected] = family{
		s.output[collected].Len(), func(i int) string { return made().Path(i) }, func(i int) output.File { return made().File(i) },
	}
	s.output[recorded] = s.records(src.Files)
}

// hasProblem reports whether something is wrong with a file: its place may be another when words are.
func (s *Site) hasProblem(name string) bool {
	return slices.ContainsFunc(s.problems, func(p diag.Problem) bool { return p.File == name || p.Also.File == name })
}

// sameOutline reports whether two versions of a file tell others the same.
func sameOutline(a, b *file) bool {
	x, err := outlineOf(a.entry, a.body())
	y, err2 := outlineOf(b.entry, b.body())
	return err == nil && err2 == nil && x == y
}

// bare returns an entry without its text.
func bare(e dossier.Entry) dossier.Entry { return with(dossier.Blank, e) }

// with returns an entry with another text. The entry itself is not touched: it may be in use.
func with(text *dossier.Body, e dossier.Entry) dossier.Entry {
	c := reflect.New(reflect.TypeOf(e).Elem())
	c.Elem().Set(reflect.ValueOf(e).Elem())
	other := c.Interface().(dossier.Entry)
	other.Base().Body = text
	return other
}
