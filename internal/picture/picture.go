// Package picture draws the picture with which other sites show a link to a page.
//
// A picture is a PNG of [Width] by [Height] pixels: what sort of thing the page shows and its date, its title, the one number that matters
// and the name of the site. It is made in a fraction of a millisecond, for a site has as many of them as it has entries:
//
//	canvas.go   a sheet on which shapes lie, as the compressed rows of a PNG
//	shape.go    what can be put there: pixels, of which each row is compressed once and for all
//	raster.go   an outline of a glyph as a shape
//	face.go     a font, whose shapes are made once and kept
//	fit.go      text in lines, as large as the space allows; what does not fit ends in an ellipsis
//	card.go     what stands where
//	colours.go  what the colours of a site are for, and their levels at the edges of letters
//	png.go      the sheet as a PNG with a palette
//	deflate.go  its compression, which finds what pictures of text repeat: the pixel before, and the pixel above
//	codes.go    the words in which it is written, the same for all pictures
//
// So a picture is not drawn at all: it is put together from what letters are in a PNG. That can be done because a difference to the row above
// is the same wherever a letter stands, because words are the same for all pictures, and because a checksum of parts can be had from theirs.
//
// The fonts are the Go fonts, in which Latin, Greek and Cyrillic are at home. A letter that they lack is drawn without its accents, and
// what has no letter at all as a replacement character.
//
// All is reckoned in whole numbers, so that the same card is the same bytes on every machine.
package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"
)

// The size of every picture, in pixels: what the networks that show links ask for.
const (
	Width  = 1200
	Height = 630
)

// version counts the ways in which cards have been drawn. It must change with every change of what is drawn, for a picture that is there
// already is not drawn again while its digest is the same.
const version = 2

// A Card is what a picture says. Every text may be empty but Site.
type Card struct {
	// Kind says what sort of thing it is, such as “Meeting”, and Date when it was.
	Kind, Date string

	// Title is the heading of the page.
	Title string

	// Text says more, as far as there is room. It is left out where there is a number.
	Text string

	// Number is the one that matters, such as a sum, and Label what it counts.
	Number, Label string

	// Site is the name of the site, Host the address under which it is found.
	Site, Host string
}

// Digest returns a short digest of what the picture says.
func (c Card) Digest() string {
	data := []byte{version}
	for _, s := range []string{c.Kind, c.Date, c.Title, c.Text, c.Number, c.Label, c.Site, c.Host} {
		data = append(append(data, s...), 0)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// Key returns a digest of the picture in the given colours: equal keys mean equal bytes.
func (c Card) Key(colours Colours) string { return c.Digest() + hex.EncodeToString(colours.palette()) }

// sheets hold canvases between pictures. They are blank.
var sheets = sync.Pool{New: func() any { return new(canvas) }}

// Write writes the picture as a PNG.
func (c Card) Write(w io.Writer, colours Colours) error {
	sheet := sheets.Get().(*canvas)
	defer sheets.Put(sheet)
	c.draw(sheet)
	_, err := w.Write(sheet.png(colours))
	sheet.clear()
	return err
}
