package pack_test

import (
	"math"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"briefing/internal/pack"
)

type inner struct {
	Number int8
	Text   string
}

// Plain has no field that is not exported, but that of a type that is not.
type Plain struct {
	Inner   inner
	Yes     bool
	Word    []string
	Nested  [][]inner
	Array   [2]uint32
	Half    float64
	Sum     decimal.Decimal
	At      time.Time
	Largest uint64
	Least   int64
	None    *inner
	One     *inner
}

var full = Plain{
	Inner: inner{-7, "é"}, Yes: true, Word: []string{"", "two"}, Nested: [][]inner{nil, {}, {{1, "x"}}}, Array: [2]uint32{1, math.MaxUint32},
	Half: 0.5, Sum: decimal.RequireFromString("1234567890123456789.000100"), At: time.Date(2025, 6, 4, 12, 0, 0, 1, time.UTC),
	Largest: math.MaxUint64, Least: math.MinInt64, One: &inner{Number: 1},
}

func TestValuesComeBack(t *testing.T) {
	for _, want := range []Plain{{}, full} {
		b, err := pack.Append(nil, &want)
		if err != nil {
			t.Fatal(err)
		}
		var got Plain
		if err := pack.Unpack(string(b), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v (%v), want %+v", got, err, want)
		}
	}
}

func TestDamagedBytesAreAnError(t *testing.T) {
	b, err := pack.Append(nil, &full)
	if err != nil {
		t.Fatal(err)
	}
	for n := range b {
		if pack.Unpack(string(b[:n]), new(Plain)) == nil {
			t.Errorf("the first %d bytes are a value", n)
		}
		changed := []byte(string(b))
		changed[n] ^= 0xff
		pack.Unpack(string(changed), new(Plain)) // must not panic, nor ask for all memory
	}
	if pack.Unpack(string(b)+"x", new(Plain)) == nil {
		t.Error("bytes too many are a value")
	}
}

func TestWhatCannotComeBackIsRefused(t *testing.T) {
	for _, v := range []any{new(struct{ inner }), new(map[string]int), &struct{ P *any }{new(any)}, new(struct{ A any }), new(struct{ F func() }), &[]chan int{nil}} {
		if b, err := pack.Append(nil, v); err == nil {
			t.Errorf("%T became %d bytes", v, len(b))
		}
		if pack.Unpack("\x02\x02\x02", v) == nil {
			t.Errorf("%T came back", v)
		}
	}
}

type node struct {
	name string
	next *node
	any  any
}

func TestDigestsTellValuesApart(t *testing.T) {
	one := 1
	list := []any{
		nil, 0, int8(0), "", "0", false, []string(nil), []string{}, []string{""}, []string{"", ""}, [1]string{}, struct{ A, B string }{"ab", ""},
		struct{ A, B string }{"a", "b"}, &one, (*int)(nil), node{name: "x"}, node{any: "x"}, node{next: &node{}}, node{next: &node{name: "y"}},
		node{any: node{}}, node{any: &node{}}, node{any: inner{}}, full, Plain{},
	}
	var d pack.Digester
	seen := map[pack.Digest]any{}
	for range 2 {
		for _, v := range list {
			digest, err := d.Of(v)
			if err != nil {
				t.Fatalf("%T: %v", v, err)
			}
			if other, ok := seen[digest]; ok && !reflect.DeepEqual(other, v) {
				t.Errorf("%#v and %#v have one digest", v, other)
			}
			seen[digest] = v
		}
	}
	if len(seen) != len(list) {
		t.Errorf("%d digests of %d values", len(seen), len(list))
	}
}

func TestADigestRefusesWhatItCannotTellApart(t *testing.T) {
	loop := &node{}
	loop.next = loop
	var d pack.Digester
	for _, v := range []any{loop, map[string]int{}, func() {}, node{any: map[string]int{}}} {
		if _, err := d.Of(v); err == nil || !strings.HasPrefix(err.Error(), "internal error") {
			t.Errorf("%T: %v", v, err)
		}
	}
}

// A card keeps its digest.
type card struct {
	digest atomic.Pointer[pack.Digest]
	name   string
}

func (c *card) Digest() *pack.Digest      { return c.digest.Load() }
func (c *card) KeepDigest(d *pack.Digest) { c.digest.Store(d) }

// What is shared is digested once: a change that nobody may make does not show.
func TestSharedValuesAreDigestedOnce(t *testing.T) {
	shared := &card{name: "card"}
	var d pack.Digester
	type view struct{ Cards []*card }
	before, err := d.Of(view{[]*card{shared, shared}})
	if err != nil {
		t.Fatal(err)
	}
	if other, _ := d.Of(view{[]*card{shared, {name: "card"}}}); other != before {
		t.Error("cards that are alike have two digests")
	}
	shared.name = "other"
	if after, _ := d.Of(view{[]*card{shared, shared}}); after != before {
		t.Error("what is shared was digested again")
	}
	if after, _ := d.Of(view{[]*card{{name: "other"}, shared}}); after == before {
		t.Error("another card has the digest of the first")
	}
}

func BenchmarkUnpack(b *testing.B) {
	text, err := pack.Append(nil, &full)
	if err != nil {
		b.Fatal(err)
	}
	s := string(text)
	for b.Loop() {
		if err := pack.Unpack(s, new(Plain)); err != nil {
			b.Fatal(err)
		}
	}
}
