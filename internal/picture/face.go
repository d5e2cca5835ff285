package picture

import (
	"sync"
	"sync/atomic"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// A face is a font. What has been asked of it is kept, for the texts of a site use few letters again and again.
type face struct {
	font *sfnt.Font
	em   int // its units to the size of the font

	letters sync.Map // a letter by its rune
	shapes  sync.Map // []atomic.Pointer[shape] by the style, and by the glyph
}

// A letter is a glyph, and the way from it to the next in units of the font.
type letter struct {
	glyph   sfnt.GlyphIndex
	advance int
}

var (
	// The two fonts that pictures are written in.
	regular = newFace(goregular.TTF)
	bold    = newFace(gobold.TTF)
)

// newFace reads a font.
func newFace(ttf []byte) *face {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(err) // cannot happen: the font is part of the program
	}
	return &face{font: f, em: int(f.UnitsPerEm())}
}

// missing stands for a letter that the font lacks.
const missing = '\uFFFD'

// text returns a text as letters of the font.
func (f *face) text(s string) []letter {
	list := make([]letter, 0, len(s))
	for _, r := range norm.NFC.String(s) {
		if l := f.letter(r); l.glyph != 0 {
			list = append(list, l)
			continue
		}
		list = append(list, f.instead(r)...)
	}
	return list
}

// instead returns the letters of a rune that the font lacks: those of which it is composed, without the accents that it lacks too.
func (f *face) instead(r rune) []letter {
	var list []letter
	for _, part := range norm.NFKD.String(string(r)) {
		if l := f.letter(part); l.glyph != 0 {
			list = append(list, l)
		}
	}
	if list == nil && !norm.NFD.PropertiesString(string(r)).BoundaryBefore() {
		return nil // an accent by itself
	}
	if list == nil {
		return []letter{f.letter(missing)}
	}
	return list
}

// letter returns the letter of a rune; that without a glyph, 0, where the font has none.
func (f *face) letter(r rune) letter {
	if l, ok := f.letters.Load(r); ok {
		return l.(letter)
	}
	var l letter
	var buffer sfnt.Buffer
	if glyph, err := f.font.GlyphIndex(&buffer, r); err == nil && glyph != 0 {
		// At a size of its own units a font is not rounded.
		advance, err := f.font.GlyphAdvance(&buffer, glyph, fixed.I(f.em), font.HintingNone)
		if err != nil {
			panic(err) // cannot happen: the glyph is of the font
		}
		l = letter{glyph, int(advance) / pixel}
	}
	f.letters.Store(r, l)
	return l
}

// pixels returns a length in units of the font at a size in pixels, rounded up.
func (f *face) pixels(units, size int) int { return (units*size + f.em - 1) / f.em }

// width returns the length of letters in units of the font.
func width(text []letter) int {
	n := 0
	for _, l := range text {
		n += l.advance
	}
	return n
}

// A style is a face at a size, in a colour.
type style struct {
	*face
	size int
	ink  ink
}

// length returns how long letters are, in pixels.
func (s style) length(text []letter) int { return s.pixels(width(text), s.size) }

// shapes returns how glyphs look, those that have been asked for.
func (s style) shapes() []atomic.Pointer[shape] {
	list, ok := s.face.shapes.Load(s)
	if !ok {
		list, _ = s.face.shapes.LoadOrStore(s, make([]atomic.Pointer[shape], s.font.NumGlyphs()))
	}
	return list.([]atomic.Pointer[shape])
}

// shape returns how a glyph looks.
func (s style) shape(glyph sfnt.GlyphIndex) *shape {
	var buffer sfnt.Buffer
	outline, err := s.font.LoadGlyph(&buffer, glyph, fixed.I(s.size), nil)
	if err != nil {
		panic(err) // cannot happen: the glyph is of the font
	}
	return rasterise(outline, s.ink)
}

// write puts letters on the sheet, from x on along a base line, and returns where they end. A letter that would lie on the one before is put
// beside it.
func (s style) write(c *canvas, text []letter, x, y int) int {
	shapes := s.shapes()
	units, before, last := 0, &shape{}, 0
	for _, l := range text {
		at := x + (units*s.size+s.em/2)/s.em
		next := shapes[l.glyph].Load()
		if next == nil {
			next = s.shape(l.glyph)
			shapes[l.glyph].Store(next)
		}
		if at+next.left < last+before.left+before.width {
			at += before.overlap(next, at-last)
		}
		c.stamp(next, at, y)
		before, last = next, at
		units += l.advance
	}
	return x + s.pixels(units, s.size)
}
