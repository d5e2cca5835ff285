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

// A Keeper is a pointer to what many values point to, such as a page.Card. What it leads to is digested once, and must never change: it
// keeps the digest itself.
type Keeper interface {
	// Digest returns the digest that was kept, or nil.
	Digest() *Digest

	KeepDigest(*Digest)
}

// keeper is the type of a Keeper.
var keeper = reflect.TypeFor[Keeper]()

// A Digester makes digests of values. It may be used by many goroutines at once.
type Digester struct {
	// writers are kept for the memory that they hold.
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
	to, keeps := w.of(t.Elem()), w.digests != nil && t.Implements(keeper)
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
		if keeps && v.CanInterface() {
			return w.shared(v)
		}
		return to(w, v.Elem())
	}
}

// shared writes the digest of what a pointer leads to.
func (w *writer) shared(v reflect.Value) error {
	value := v.Interface().(Keeper)
	known := value.Digest()
	if known == nil {
		digest, err := w.digest(v.Elem())
		if err != nil {
			return err
		}
		known = &digest
		value.KeepDigest(known)
	}
	w.b = append(w.b, known[:]...)
	return nil
}
