package page

import (
	"reflect"
	"sync/atomic"
)

// Shared returns the types of what many views point to. Each value of one is made once for all pages and never changes, so that what is
// made of it can be kept.
func Shared() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[Card](), reflect.TypeFor[SourceLine](), reflect.TypeFor[Site](), reflect.TypeFor[Menu](), reflect.TypeFor[Scale](),
	}
}

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
