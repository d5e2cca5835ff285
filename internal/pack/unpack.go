package pack

import (
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
)

// errDamaged says that bytes are not those of a value of the type that was asked for.
var errDamaged = errors.New("the bytes are damaged")

// A reader gives values of bytes. Strings of values are parts of text, so that they cost no memory of their own and keep the whole of it.
type reader struct {
	text string
	// at is how much has been read: unlike the text it can be set without the garbage collector being told.
	at int
}

// A readFunc sets a value of one type.
type readFunc func(r *reader, v reflect.Value) error

// readers holds the readFunc of each type.
var readers sync.Map

// Unpack sets what a pointer points to, which must be zero, to the value of which [Append] made the text. Where the text is anything else
// it returns an error; what has been set by then is of no use.
func Unpack(text string, to any) error {
	v := reflect.ValueOf(to).Elem()
	r := reader{text: text}
	err := readerOf(v.Type())(&r, v)
	// What is left over would be of a type with more in it.
	if err == nil && r.left() > 0 {
		err = errDamaged
	}
	return err
}

// readerOf returns what reads values of a type.
func readerOf(t reflect.Type) readFunc {
	return once(&readers, t, func(f func() readFunc) readFunc {
		return func(r *reader, v reflect.Value) error { return f()(r, v) }
	}, makeReader)
}

// makeReader returns what reads values of a type.
func makeReader(t reflect.Type) readFunc {
	if marshals(t) {
		return readMarshaled
	}
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64:
		return readBasic[t.Kind()]
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return readInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return readUint
	case reflect.Slice, reflect.Array:
		return listReader(t)
	case reflect.Struct:
		return recordReader(t)
	case reflect.Pointer:
		return pointerReader(t)
	}
	return func(*reader, reflect.Value) error {
		return fmt.Errorf("internal error: a %v cannot be brought back", t)
	}
}

// readBasic has the counterparts of writeBasic.
var readBasic = map[reflect.Kind]readFunc{
	reflect.Bool: func(r *reader, v reflect.Value) error {
		bit, err := r.take(1)
		v.SetBool(bit == "\x01")
		return err
	},
	reflect.String: func(r *reader, v reflect.Value) error {
		s, err := r.sized()
		v.SetString(s)
		return err
	},
	reflect.Float32: readFloat,
	reflect.Float64: readFloat,
}

// readFloat reads what writeFloat wrote.
func readFloat(r *reader, v reflect.Value) error {
	bits, err := r.take(8)
	if err == nil {
		v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64([]byte(bits))))
	}
	return err
}

// readInt reads what writeInt wrote. A number that is too large for the type is a damage, not one to be cut off.
func readInt(r *reader, v reflect.Value) error {
	u, err := r.number()
	n := int64(u >> 1)
	if u&1 != 0 {
		n = ^n
	}
	if v.OverflowInt(n) {
		return errDamaged
	}
	v.SetInt(n)
	return err
}

// readUint reads what writeUint wrote, by the same rule.
func readUint(r *reader, v reflect.Value) error {
	n, err := r.number()
	if v.OverflowUint(n) {
		return errDamaged
	}
	v.SetUint(n)
	return err
}

// readMarshaled has a value read its own bytes. Where there are none it is the zero value, which v is already.
func readMarshaled(r *reader, v reflect.Value) error {
	own, err := r.sized()
	if err != nil || own == "" {
		return err
	}
	return v.Addr().Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary([]byte(own))
}

// listReader returns what reads a slice or an array. As each element takes a byte at least, but for one that has nothing in it, a number
// larger than what is left of the text is a damage, and asks for no memory.
func listReader(t reflect.Type) readFunc {
	element := readerOf(t.Elem())
	return func(r *reader, v reflect.Value) error {
		n, err := r.number()
		if err != nil || n == 0 {
			return err
		}
		// The number is one more than there are elements; 0 is nil.
		n--
		switch {
		case t.Kind() == reflect.Array && n != uint64(v.Len()), n > uint64(r.left()):
			return errDamaged
		case t.Kind() == reflect.Slice:
			// An empty one is not nil.
			v.Grow(max(int(n), 1))
			v.SetLen(int(n))
		}
		for i := range int(n) {
			if err := element(r, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

// recordReader returns what reads a struct.
func recordReader(t reflect.Type) readFunc {
	fields := make([]readFunc, t.NumField())
	for i := range fields {
		fields[i] = readerOf(t.Field(i).Type)
	}
	return func(r *reader, v reflect.Value) error {
		for i, field := range fields {
			if err := field(r, v.Field(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

// pointerReader returns what reads a pointer: nothing, or a new value.
func pointerReader(t reflect.Type) readFunc {
	to := readerOf(t.Elem())
	return func(r *reader, v reflect.Value) error {
		there, err := r.take(1)
		if err != nil || there == "\x00" {
			return err
		}
		v.Set(reflect.New(t.Elem()))
		return to(r, v.Elem())
	}
}

// left returns how many bytes have not been read.
func (r *reader) left() int { return len(r.text) - r.at }

// take takes n bytes.
func (r *reader) take(n uint64) (string, error) {
	if n > uint64(r.left()) {
		return "", errDamaged
	}
	from := r.at
	r.at += int(n)
	return r.text[from:r.at], nil
}

// sized takes as many bytes as the number before them says.
func (r *reader) sized() (string, error) {
	n, err := r.number()
	if err != nil {
		return "", err
	}
	return r.take(n)
}

// number takes a number as package binary writes them.
func (r *reader) number() (uint64, error) {
	var n uint64
	for i := range min(r.left(), binary.MaxVarintLen64) {
		c := r.text[r.at+i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.at += i + 1
			return n, nil
		}
	}
	return 0, errDamaged
}
