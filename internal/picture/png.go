package picture

import (
	"encoding/binary"
	"hash/crc32"
)

// head is how the PNG begins: its signature, and its size, with 4 bits for each pixel, which is the index of a colour.
var head = chunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", func(out []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, Width)
	out = binary.BigEndian.AppendUint32(out, Height)
	return append(out, 4, 3, 0, 0, 0)
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
