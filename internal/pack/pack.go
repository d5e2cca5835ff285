// Package pack makes bytes of plain values, and the values again of the bytes.
//
// No type has code of its own here, in which a field could be forgotten: what a value consists of is asked of the type, once, and a type
// that holds anything that could not be brought back is refused as a whole. [Append] and [Unpack] take strings, booleans, integers,
// floating-point numbers, slices, arrays, pointers and structs of exported fields, and whatever has encoding.BinaryMarshaler and its
// counterpart, such as times and decimal numbers. The bytes hold no names and no types: they mean something only to a program with the
// same types. A pointer is told by what it leads to: two that led to one value come back as two values.
//
// A [Digester] makes digests of values that need not come back. It takes interfaces and fields that are not exported as well, and passes
// over those of package sync/atomic: what changes is beside the value.
// Maps, functions and channels are refused: the one has no order, the others are nothing that could be compared.
package pack

import (
	"encoding"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"sync"
)

// A writer takes the bytes of a value.
type writer struct {
	b []byte

	// digests is nil where the value must come back.
	digests *Digester
	// depth is how many pointers led to the value that is being written.
	depth int
}

// A writeFunc appends a value of one type.
type writeFunc func(w *writer, v reflect.Value) error

// writers and digesters hold the writeFunc of each type: for values that must come back, and for digests.
var writers, digesters sync.Map

// Append appends the bytes of what a pointer points to.
func Append(b []byte, from any) ([]byte, error) {
	w := writer{b: b}
	v := reflect.ValueOf(from).Elem()
	err := w.of(v.Type())(&w, v)
	return w.b, err
}

// of returns what writes the values of a type.
func (w *writer) of(t reflect.Type) writeFunc {
	known := &writers
	if w.digests != nil {
		known = &digesters
	}
	return once(known, t, func(f func() writeFunc) writeFunc {
		return func(w *writer, v reflect.Value) error { return f()(w, v) }
	}, w.make)
}

// once returns what known holds for a type, and makes it where it holds nothing. While it is being made others, and a type that holds
// itself, are given one that is made by later, of a function that waits until the right one is there. Types are few, and are asked for at
// every value: what has been made stays.
func once[F any](known *sync.Map, t reflect.Type, later func(func() F) F, build func(reflect.Type) F) F {
	if f, ok := known.Load(t); ok {
		return f.(F)
	}
	var ready sync.WaitGroup
	var f F
	ready.Add(1)
	if other, loaded := known.LoadOrStore(t, later(func() F { ready.Wait(); return f })); loaded {
		return other.(F)
	}
	f = build(t)
	ready.Done()
	known.Store(t, f)
	return f
}

// The two methods of a type that makes its own bytes. One of them alone does not do.
var (
	marshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	unmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// marshals reports whether a type makes bytes of its values itself.
func marshals(t reflect.Type) bool {
	return t.Implements(marshaler) && reflect.PointerTo(t).Implements(unmarshaler)
}

// make returns what writes the values of a type.
func (w *writer) make(t reflect.Type) writeFunc {
	if w.digests == nil && marshals(t) {
		return writeMarshaled
	}
	if w.digests != nil && t.PkgPath() == "sync/atomic" {
		return func(*writer, reflect.Value) error { return nil }
	}
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64:
		return writeBasic[t.Kind()]
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return writeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return writeUint
	case reflect.Slice, reflect.Array:
		return w.list(t)
	case reflect.Struct:
		return w.record(t)
	}
	if t.Kind() == reflect.Pointer {
		return w.pointer(t)
	}
	if w.digests != nil && t.Kind() == reflect.Interface {
		return writeInterface
	}
	return refuse(t, "cannot be told by its bytes")
}

// refuse returns the writeFunc of a type that has none.
func refuse(t reflect.Type, why string) writeFunc {
	return func(*writer, reflect.Value) error { return fmt.Errorf("internal error: a %v %s", t, why) }
}

// writeBasic has what writes the kinds that are written the same whatever the type: a byte for a boolean, the length and the bytes of a
// string, the eight bytes of a double.
var writeBasic = map[reflect.Kind]writeFunc{
	reflect.Bool: func(w *writer, v reflect.Value) error {
		bit := byte(0)
		if v.Bool() {
			bit = 1
		}
		w.b = append(w.b, bit)
		return nil
	},
	reflect.String: func(w *writer, v reflect.Value) error {
		s := v.String()
		w.b = append(binary.AppendUvarint(w.b, uint64(len(s))), s...)
		return nil
	},
	reflect.Float32: writeFloat,
	reflect.Float64: writeFloat,
}

// writeFloat writes the bits of a number as a double, little end first; a float32 loses nothing by that.
func writeFloat(w *writer, v reflect.Value) error {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v.Float()))
	return nil
}

// writeInt writes a signed number in as few bytes as it takes, as package binary does: zigzag, seven bits to a byte.
func writeInt(w *writer, v reflect.Value) error {
	w.b = binary.AppendVarint(w.b, v.Int())
	return nil
}

// writeUint writes an unsigned number, seven bits to a byte.
func writeUint(w *writer, v reflect.Value) error {
	w.b = binary.AppendUvarint(w.b, v.Uint())
	return nil
}

// writeMarshaled writes a value that makes its own bytes; none for the zero value, which need not come back as one otherwise.
func writeMarshaled(w *writer, v reflect.Value) error {
	if v.IsZero() {
		w.b = append(w.b, 0)
		return nil
	}
	own, err := v.Interface().(encoding.BinaryMarshaler).MarshalBinary()
	w.b = append(binary.AppendUvarint(w.b, uint64(len(own))), own...)
	return err
}

// list returns what writes a slice or an array: how many elements there are, and each. A slice that is nil counts one less than an
// empty one, so that the two can be told apart.
func (w *writer) list(t reflect.Type) writeFunc {
	element := w.of(t.Elem())
	return func(w *writer, v reflect.Value) error {
		n := v.Len()
		if t.Kind() == reflect.Slice && v.IsNil() {
			w.b = append(w.b, 0)
			return nil
		}
		w.b = binary.AppendUvarint(w.b, uint64(n)+1)
		for i := range n {
			if err := element(w, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

// record returns what writes a struct: its fields, in order.
func (w *writer) record(t reflect.Type) writeFunc {
	fields := make([]writeFunc, t.NumField())
	for i := range fields {
		// Reflection can look at such a field, but not set it.
		if !t.Field(i).IsExported() && w.digests == nil {
			return refuse(t, "has a field that cannot be brought back: "+t.Field(i).Name)
		}
		fields[i] = w.of(t.Field(i).Type)
	}
	return func(w *writer, v reflect.Value) error {
		for i, field := range fields {
			if err := field(w, v.Field(i)); err != nil {
				return err
			}
		}
		return nil
	}
}
