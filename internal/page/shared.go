package page

import "reflect"

// Shared returns the types of what many views point to. Each value of one is made once for all pages and never changes, so that what is
// made of it can be kept.
func Shared() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[Card](), reflect.TypeFor[PledgeRow](), reflect.TypeFor[Row](), reflect.TypeFor[SourceLine](),
		reflect.TypeFor[Site](), reflect.TypeFor[Menu](), reflect.TypeFor[Scale](),
	}
}
