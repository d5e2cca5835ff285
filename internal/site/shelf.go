package site

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// A shelf is a file in which the texts of entries lie, so that they take no memory. It has no name where the system allows that, and so
// goes away with the program, however that ends.
type shelf struct {
	file *os.File
	// size is how many bytes have been given places.
	size atomic.Int64
}

// A place is where a text lies on a shelf.
type place struct {
	on     *shelf
	offset int64
	size   int
}

// newShelf makes an empty shelf in a folder, which need not be there.
func newShelf(folder string) (*shelf, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, noRoom(folder, err)
	}
	f, err := os.CreateTemp(folder, "texts-*")
	if err != nil {
		return nil, noRoom(folder, err)
	}
	// A system that removes no open file leaves it in a folder that may be emptied at any moment.
	_ = os.Remove(f.Name())
	return &shelf{file: f}, nil
}

// noRoom says what to do where a folder cannot be written to.
func noRoom(folder string, err error) error {
	return fmt.Errorf("texts cannot be kept in %s while the site is made: %w; choose an output folder beside which you may write", folder, err)
}

// put writes a text. Many may be put at once.
func (s *shelf) put(text []byte) (place, error) {
	p := place{s, s.size.Add(int64(len(text))) - int64(len(text)), len(text)}
	_, err := s.file.WriteAt(text, p.offset)
	return p, err
}

// append reads what was put, and appends it to b.
func (p place) append(b []byte) []byte {
	from := len(b)
	b = slices.Grow(b, p.size)[:from+p.size]
	if _, err := p.on.file.ReadAt(b[from:], p.offset); err != nil {
		panic(fmt.Sprintf("a text that was put aside in %s cannot be read again: %v", p.on.file.Name(), err))
	}
	return b
}

// buffers are the memory of what is bytes for a moment: a text that is read until it is a string, or one that is written.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// text reads what was put.
func (p place) text() string {
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = p.append((*b)[:0])
	return string(*b)
}
