package site

import (
	"fmt"
	"reflect"
	"testing"

	"briefing/internal/dossier"
	"briefing/internal/markup"
)

// filled sets every field below v to a value of its own, and each list to two.
func filled(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0), n)
		filled(v.Index(1), n)
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Uint8, reflect.Uint16:
		v.SetUint(uint64(*n % 200))
	default:
		v.SetInt(int64(*n))
	}
}

// A field of a body that is not written would be lost on the shelf.
func TestABodyComesBackWhole(t *testing.T) {
	whole := &dossier.Body{}
	filled(reflect.ValueOf(whole).Elem(), new(int))
	for _, want := range []*dossier.Body{{}, {Fragment: markup.Fragment{HTML: "<p>No more.</p>"}}, whole} {
		b, err := appendBody(nil, want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readBody(string(b))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v (%v), want %+v", got, err, want)
		}
		for i := range b {
			if _, err := readBody(string(b[:i])); err == nil {
				t.Errorf("%d of %d bytes are taken for a body", i, len(b))
			}
		}
	}
}
