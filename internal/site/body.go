package site

import (
	"encoding/binary"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/markup"
	"briefing/internal/pack"
)

// A body is the one value of which a build reads tens of thousands, each several times. What there is much of in one is therefore written by
// hand: as package pack writes it, and without asking each value for its type. The rest, which most bodies have nothing of, follows as pack
// has it.

// appendBody appends a body as bytes.
func appendBody(b []byte, body *dossier.Body) ([]byte, error) {
	b = appendText(b, body.HTML)
	b = appendNumber(b, len(body.Holes))
	for i := range body.Holes {
		h := &body.Holes[i]
		b = appendNumber(appendNumber(b, h.Offset), h.Kind)
		b = appendMark(appendText(appendText(appendText(b, h.Target), h.Anchor), h.Text), h.At)
	}
	b = appendNumber(b, len(body.Headings))
	for i := range body.Headings {
		h := &body.Headings[i]
		b = appendMark(appendText(appendText(appendNumber(b, h.Level), h.ID), h.HTML), h.At)
	}
	b = appendNumber(b, len(body.Mentions))
	for _, m := range body.Mentions {
		b = appendText(appendNumber(b, m.Offset), m.Word)
	}
	b = appendNumber(b, len(body.Links))
	for _, l := range body.Links {
		b = appendMark(appendNumber(appendText(b, string(l.To)), l.Kinds), l.At)
	}
	return pack.Append(b, &rare{body.Quotes, body.Paths, body.Terms, body.Words})
}

// A rare is what bodies have little of.
type rare struct {
	Quotes []markup.Quote
	Paths  []markup.Path
	Terms  []markup.Term
	Words  int
}

// appendNumber appends a number that is mostly small, and never less than nothing.
func appendNumber[T int | int32 | markup.HoleKind | dossier.KindSet](b []byte, n T) []byte {
	return binary.AppendUvarint(b, uint64(n))
}

// appendText appends a text behind its length.
func appendText(b []byte, s string) []byte { return append(appendNumber(b, len(s)), s...) }

// appendMark appends a place.
func appendMark(b []byte, m diag.Mark) []byte {
	return appendNumber(appendNumber(appendNumber(b, m.Line), m.Col), m.Len)
}

// readBody returns the body of which appendBody made a text. Its strings are parts of that.
func readBody(text string) (*dossier.Body, error) {
	r := bodyReader{text: text}
	body := &dossier.Body{Fragment: markup.Fragment{HTML: r.string()}}
	body.Holes = listOf(&r, func(h *markup.Hole) {
		*h = markup.Hole{
			Offset: int32(r.number()), Kind: markup.HoleKind(r.number()), Target: r.string(), Anchor: r.string(), Text: r.string(), At: r.mark(),
		}
	})
	body.Headings = listOf(&r, func(h *markup.Heading) {
		*h = markup.Heading{Level: r.number(), ID: r.string(), HTML: r.string(), At: r.mark()}
	})
	body.Mentions = listOf(&r, func(m *markup.Mention) { *m = markup.Mention{Offset: int32(r.number()), Word: r.string()} })
	body.Links = listOf(&r, func(l *dossier.Link) {
		*l = dossier.Link{To: dossier.ID(r.string()), Kinds: dossier.KindSet(r.number()), At: r.mark()}
	})
	var more rare
	err := pack.Unpack(text[r.at:], &more)
	body.Quotes, body.Paths, body.Terms, body.Words = more.Quotes, more.Paths, more.Terms, more.Words
	return body, err
}

// A bodyReader gives the values of a text. Of one that is damaged nothing is left to read, which the last to read it finds.
type bodyReader struct {
	text string
	// at is how much has been read: unlike the text it can be set without the garbage collector being told.
	at int
}

// number reads a number.
func (r *bodyReader) number() int {
	n := uint64(0)
	for shift := 0; r.at < len(r.text) && shift < 64; shift += 7 {
		c := r.text[r.at]
		r.at++
		if n |= uint64(c&0x7f) << shift; c < 0x80 {
			return int(n)
		}
	}
	r.at = len(r.text)
	return 0
}

// size reads the size of what follows, of which each part takes a byte at least.
func (r *bodyReader) size() int {
	n := r.number()
	if n < 0 || n > len(r.text)-r.at {
		r.at = len(r.text)
		return 0
	}
	return n
}

// string reads a text.
func (r *bodyReader) string() string {
	n := r.size()
	r.at += n
	return r.text[r.at-n : r.at]
}

// mark reads a place.
func (r *bodyReader) mark() diag.Mark {
	return diag.Mark{Line: int32(r.number()), Col: int32(r.number()), Len: int32(r.number())}
}

// listOf reads a list; nil where it is empty.
func listOf[T any](r *bodyReader, read func(*T)) []T {
	n := r.size()
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for i := range list {
		read(&list[i])
	}
	return list
}
