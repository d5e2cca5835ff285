package picture

import "encoding/binary"

// A packer compresses rows of a PNG in the format of RFC 1950, as one block of RFC 1951. A general compressor looks for repetitions
// everywhere. Here the only one is that of the byte before: a row is given as its difference to the one above, which is mostly 0.
type packer struct {
	out []byte

	// acc holds n bits that are not put out yet, the first of them lowest.
	acc uint64
	n   uint

	// adler and adlers are the two sums of the checksum: of the bytes, and of what the first has been. Neither can grow, in the bytes of
	// one picture, to more than it holds.
	adler, adlers uint64
}

// The shortest and the longest repetition.
const (
	shortest = 3
	longest  = 258
)

// adlerModulus is the prime of Adler's checksum.
const adlerModulus = 65521

// newPacker returns a packer that appends to out. It has opened the block.
func newPacker(out []byte) *packer {
	p := &packer{out: append(out, 0x78, 0x01), adler: 1}
	for _, c := range words.opening {
		p.put(c)
	}
	return p
}

// put appends the bits of a code.
func (p *packer) put(c code) {
	p.acc |= uint64(c.bits) << p.n
	p.n += uint(c.n)
	if p.n >= 32 {
		p.out = binary.LittleEndian.AppendUint32(p.out, uint32(p.acc))
		p.acc >>= 32
		p.n -= 32
	}
}

// close ends the block and returns all that was put out, with the checksum.
func (p *packer) close() []byte {
	p.put(words.literals[endOfBlock])
	for ; p.n > 0; p.n -= min(p.n, 8) {
		p.out = append(p.out, byte(p.acc))
		p.acc >>= 8
	}
	return binary.BigEndian.AppendUint32(p.out, uint32(p.adlers%adlerModulus<<16|p.adler%adlerModulus))
}

// zeros packs n bytes that are 0.
func (p *packer) zeros(n int) {
	p.adlers += uint64(n) * p.adler
	for ; n > longest; n -= longest {
		p.put(words.zeros[longest])
	}
	p.put(words.zeros[n])
}

// slice packs the bytes of a slice.
func (p *packer) slice(s *slice) {
	p.adlers += uint64(len(s.data))*p.adler + uint64(s.weighted)
	p.adler += uint64(s.sum)
	for _, c := range s.words {
		p.put(c)
	}
}
