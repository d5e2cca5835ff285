package dossier

import (
	"reflect"
	"slices"
	"sync"
)

// A Form is an entry with its table, for one entry after the other to be written into, or to be read by its keys: a table takes longer to
// make than to fill.
type Form struct {
	// Entry is the one that the keys are bound to. Made copies it, to outlast the form.
	Entry Entry
	Keys  Table
	empty Entry
}

// forms are those that nobody uses, by the position of their kind in Kinds.
var forms = make([]sync.Pool, len(Kinds))

// Borrow returns an empty form of kind k. Whoever is done with it calls Return.
func Borrow(k Kind) *Form {
	if f, ok := pool(k).Get().(*Form); ok {
		return f
	}
	e := New(k)
	return &Form{Entry: e, Keys: e.Table(), empty: New(k)}
}

// pool returns where forms of a kind are kept.
func pool(k Kind) *sync.Pool { return &forms[slices.Index(Kinds, k)] }

// Copy makes the form's entry a copy of another, which must be of its kind.
func (f *Form) Copy(e Entry) {
	own := f.Entry.Base().Seldom
	reflect.ValueOf(f.Entry).Elem().Set(reflect.ValueOf(e).Elem())
	*own = *e.Base().Seldom
	f.Entry.Base().Seldom = own
}

// Made returns a copy of the form's entry.
func (f *Form) Made() Entry {
	e := shallow(f.Entry)
	if e.Base().Slim(); e.Base().Seldom != nothing {
		e.Base().Seldom = copied(f.Entry.Base().Seldom)
	}
	return e
}

// Return empties the form, and gives it to others.
func (f *Form) Return() {
	f.Copy(f.empty)
	pool(f.empty.Base().Kind).Put(f)
}
