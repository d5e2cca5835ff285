package pack

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"sync"
)

// maxDepth is how many pointers may lead from one to the next. A value that leads back to itself is deeper.
const maxDepth = 100

// A Digest tells values apart: equal digests mean equal values.
type Digest = [sha256.Size]byte

// A Digester makes digests of values. It may be used by many goroutines at once.
type Digester struct {
	// Shared are the types of what many values point to, such as page.Card. What such a pointer leads to is digested once, and
	// must never change: the pointer is kept as long as the Digester, and with it what it leads to.
	Shared []reflect.Type

	// known grows with what Shared leads to, and is never emptied. writers are kept for the memory that they hold.
	known   sync.Map // of pointers, to their Digest
	writers sync.Pool
}

// Of returns the digest of a value.
func (d *Digester) Of(value any) (Digest, error) {
	w, _ := d.writers.Get().(*writer)
	if w == nil {
		w = &writer{digests: d}
	}
	defer d.writers.Put(w)
	return w.digest(reflect.ValueOf(value))
}

// digest returns the digest of a value with that of its type. What w held before stays.
func (w *writer) digest(v reflect.Value) (Digest, error) {
	start := len(w.b)
	defer func() { w.b = w.b[:start] }()
	if err := writeDynamic(w, v); err != nil {
		return Digest{}, err
	}
	return sha256.Sum256(w.b[start:]), nil
}

// writeDynamic writes the name of a value's type, and the value.
func writeDynamic(w *writer, v reflect.Value) error {
	if !v.IsValid() {
		w.b = append(w.b, 0)
		return nil
	}
	// Two types may write the same bytes: without the name an ID and a string would be equal.
	w.b = append(append(w.b, v.Type().String()...), 0)
	return w.of(v.Type())(w, v)
}

// writeInterface writes what an interface holds.
func writeInterface(w *writer, v reflect.Value) error { return writeDynamic(w, v.Elem()) }

// pointer returns what writes pointers of a type: what they lead to, or its digest where many lead there.
func (w *writer) pointer(t reflect.Type) writeFunc {
	to := w.of(t.Elem())
	return func(w *writer, v reflect.Value) error {
		if v.IsNil() {
			w.b = append(w.b, 0)
			return nil
		}
		w.b = append(w.b, 1)
		if w.depth++; w.depth > maxDepth {
			return fmt.Errorf("internal error: a %v leads back to itself", t)
		}
		defer func() { w.depth-- }()
		if w.digests != nil && v.CanInterface() && w.digests.shares(t.Elem()) {
			return w.shared(v)
		}
		return to(w, v.Elem())
	}
}

// shares reports whether many values point to one of a type. They are too few for a map to be faster.
func (d *Digester) shares(t reflect.Type) bool {
	for _, s := range d.Shared {
		if s == t {
			return true
		}
	}
	return false
}

// shared writes the digest of what a pointer leads to.
func (w *writer) shared(v reflect.Value) error {
	pointer := v.Interface()
	if known, ok := w.digests.known.Load(pointer); ok {
		digest := known.(Digest)
		w.b = append(w.b, digest[:]...)
		return nil
	}
	digest, err := w.digest(v.Elem())
	if err != nil {
		return err
	}
	w.digests.known.Store(pointer, digest)
	w.b = append(w.b, digest[:]...)
	return nil
}
