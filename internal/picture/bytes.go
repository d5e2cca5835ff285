package picture

import "encoding/binary"

// Pixels are reckoned with eight at a time, as the bytes of a word. Ones has a 1 in each byte, tops the highest bit of each.
const (
	ones = 0x0101010101010101
	tops = 0x80 * ones
	word = 8
)

// subtract sets each byte of dst to that of a less that of b. All have one length.
func subtract(dst, a, b []byte) {
	i := 0
	for ; i+word <= len(dst); i += word {
		x, y := binary.LittleEndian.Uint64(a[i:]), binary.LittleEndian.Uint64(b[i:])
		// The highest bit of each byte is lent to the others, and put right after.
		binary.LittleEndian.PutUint64(dst[i:], ((x|tops)-(y&^tops))^((x^^y)&tops))
	}
	for ; i < len(dst); i++ {
		dst[i] = a[i] - b[i]
	}
}

// blend puts the levels of a mask on pixels in an ink. Where a pixel has a colour already the stronger one stays.
func blend(pixels, levels []byte, in ink) {
	i := 0
	for ; i+word <= len(levels); i += word {
		m := binary.LittleEndian.Uint64(levels[i:])
		switch {
		case m == 0:
		case binary.LittleEndian.Uint64(pixels[i:]) == 0:
			some := (m + (tops - ones)) & tops >> 7 // 1 in each byte that is not 0: no level has the highest bit
			binary.LittleEndian.PutUint64(pixels[i:], m+some*uint64(in-1))
		default:
			blendEach(pixels[i:], levels[i:i+word], in)
		}
	}
	blendEach(pixels[i:], levels[i:], in)
}

// blendEach is blend, pixel by pixel.
func blendEach(pixels, levels []byte, in ink) {
	for i, level := range levels {
		if level > 0 {
			pixels[i] = max(pixels[i], in.at(level))
		}
	}
}
