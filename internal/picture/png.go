package picture

import (
	"encoding/binary"
	"hash/crc32"
)

// head is how the PNG begins: its signature, and its size, with 8 bits for each pixel, which is the index of a colour.
var head = chunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", func(out []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, Width)
	out = binary.BigEndian.AppendUint32(out, Height)
	return append(out, 8, 3, 0, 0, 0)
})

// png returns the sheet as a PNG. The bytes are good until the sheet is used again.
func (c *canvas) png(colours Colours) []byte {
	out := append(c.out[:0], head...)
	out = chunk(out, "PLTE", func(out []byte) []byte { return append(out, colours.palette()...) })
	out = chunk(out, "IDAT", c.zlib)
	c.out = chunk(out, "IEND", func(out []byte) []byte { return out })
	return c.out
}

// chunk appends a part of a PNG: its length, its name, what body appends, and the sum by which errors are found.
func chunk(out []byte, name string, body func([]byte) []byte) []byte {
	start := len(out)
	out = append(out, 0, 0, 0, 0)
	out = body(append(out, name...))
	data := out[start+4:]
	binary.BigEndian.PutUint32(out[start:], uint32(len(data)-len(name)))
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
}

// zlib appends the rows, compressed. Each begins with a byte that says what its other bytes are: the pixels, or their differences to those
// above. A blank row is all zeros either way, and is said to be pixels, so that it is zeros from its first byte on.
func (c *canvas) zlib(out []byte) []byte {
	const asDifference = 2
	p := newPacker(out)
	blank := 0 // the zeros that are not packed yet
	var line, none [Width]byte
	for y := range Height {
		if c.to[y] == 0 {
			blank += 1 + Width
			continue
		}
		p.run(0, blank)
		p.run(asDifference, 1)
		from, to := c.from[y], c.to[y]
		above := none[:]
		if y > 0 && c.to[y-1] > 0 {
			from, to = min(from, c.from[y-1]), max(to, c.to[y-1])
			above = c.row(y - 1)
		}
		difference := line[:to-from]
		subtract(difference, c.row(y)[from:to], above[from:to])
		p.run(0, from)
		p.pack(difference)
		blank = Width - to
	}
	p.run(0, blank)
	return p.end()
}
