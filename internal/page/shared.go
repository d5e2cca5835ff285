package page

import (
	"html/template"
	"sync/atomic"
)

// shared is part of what many views point to. Such a value is made once for all pages and never changes, so that what is made of it stays
// with it, and goes when it goes: its digest, and its HTML in lists. It may be used by many goroutines at once.
type shared struct {
	digest atomic.Pointer[[32]byte]
	html   atomic.Pointer[listed]
}

// A listed value is the HTML that a maker has made of it.
type listed struct {
	by   *Maker
	html template.HTML
}

// A Maker is who makes HTML of the values of lists. No two are the same, even where they make the same part.
type Maker struct{ Part string }

// Digest returns the digest that was kept, or nil; see package pack.
func (s *shared) Digest() *[32]byte { return s.digest.Load() }

// KeepDigest keeps a digest.
func (s *shared) KeepDigest(d *[32]byte) { s.digest.Store(d) }

// HTML returns the HTML that was kept for a maker, and reports whether there is any.
func (s *shared) HTML(by *Maker) (template.HTML, bool) {
	if l := s.html.Load(); l != nil && l.by == by {
		return l.html, true
	}
	return "", false
}

// KeepHTML keeps what a maker has made, in place of what another did.
func (s *shared) KeepHTML(by *Maker, html template.HTML) { s.html.Store(&listed{by, html}) }

// kept is what is made of entries, once of each, by the position of the entry in the graph. It may be asked by many goroutines at once.
type kept[T any] []atomic.Pointer[T]

// of returns what has been made of the entry at a position; the first time it makes it.
func (k kept[T]) of(position int, make func() *T) *T {
	if made := k[position].Load(); made != nil {
		return made
	}
	k[position].CompareAndSwap(nil, make())
	return k[position].Load()
}
