package pack_test

import (
	"testing"

	"briefing/internal/pack"
)

// FuzzUnpack proves that whatever bytes a damaged file holds, they are a value or an error, and that a value comes back.
func FuzzUnpack(f *testing.F) {
	whole, err := pack.Append(nil, &full)
	if err != nil {
		f.Fatal(err)
	}
	for _, data := range [][]byte{nil, {0}, whole, whole[:len(whole)/2], []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), []byte("\xff\xff\xff\x7f")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var v, again Plain
		if pack.Unpack(string(data), &v) != nil {
			return
		}
		text, err := pack.Append(nil, &v)
		if err != nil {
			t.Fatal(err)
		}
		if err := pack.Unpack(string(text), &again); err != nil {
			t.Fatalf("what was packed of %+v cannot be unpacked: %v", v, err)
		}
	})
}
