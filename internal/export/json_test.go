package export

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Bytes are looked at eight at a time: each must be found wherever it stands among them, and after any other.
func TestEveryByteIsEscapedWhereverItStands(t *testing.T) {
	for c := range 256 {
		for _, other := range []byte{'a', ' ', '~', 0x7f, '"', '\\', 0x1f, 0, '!', '#', '[', ']', 0x80, 0xff} {
			for at := range 9 {
				text := []byte(strings.Repeat("a", 17))
				text[at], text[at+1] = other, byte(c)
				s := string(text)
				var got string
				// What is no UTF-8 becomes U+FFFD, byte by byte.
				if err := json.Unmarshal(appendText(nil, s), &got); err != nil || got != string([]rune(s)) {
					t.Fatalf("%q is written as %s: %v", s, appendText(nil, s), err)
				}
				if utf8.Valid(text) && strings.ContainsFunc(s, unprintable) != suspicious(s) {
					t.Fatalf("%q is suspicious: %t", s, suspicious(s))
				}
			}
		}
	}
}
