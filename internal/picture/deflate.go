package picture

import (
	"encoding/binary"
	"math/bits"
)

// A packer compresses rows of a PNG in the format of RFC 1950, as one block of RFC 1951. A general compressor looks for repetitions
// everywhere. Here the only one is that of the byte before: a row is given as its difference to the one above, which is mostly 0, and
// need not be looked at where it is known to be 0.
type packer struct {
	out []byte

	// acc holds n bits that are not put out yet, the first of them lowest.
	acc uint64
	n   uint

	// last is the byte before, and adler and adlers are the two sums of the checksum.
	last          byte
	adler, adlers uint64
}

// The shortest and the longest repetition.
const (
	shortest = 3
	longest  = 258
)

// adlerModulus is the prime of Adler's checksum.
const adlerModulus = 65521

// A code is a word of a prefix code: its bits, the first of them lowest, and how many they are.
type code struct {
	bits uint64
	n    uint
}

// newPacker returns a packer that appends to out. It has opened the block.
func newPacker(out []byte) *packer {
	p := &packer{out: append(out, 0x78, 0x01), adler: 1, last: 1}
	for _, c := range words.opening {
		p.put(c)
	}
	return p
}

// put appends the bits of a code.
func (p *packer) put(c code) {
	p.acc |= c.bits << p.n
	p.n += c.n
	if p.n >= 32 {
		p.out = binary.LittleEndian.AppendUint32(p.out, uint32(p.acc))
		p.acc >>= 32
		p.n -= 32
	}
}

// end closes the block and returns all that was put out, with the checksum.
func (p *packer) end() []byte {
	p.put(words.literals[endOfBlock])
	for ; p.n > 0; p.n -= min(p.n, 8) {
		p.out = append(p.out, byte(p.acc))
		p.acc >>= 8
	}
	return binary.BigEndian.AppendUint32(p.out, uint32(p.adlers%adlerModulus<<16|p.adler%adlerModulus))
}

// run packs n bytes of one value.
func (p *packer) run(value byte, n int) {
	if n > 0 && value != p.last {
		p.single(value)
		n--
	}
	p.repeat(n)
}

// single packs a byte that is not the one before.
func (p *packer) single(value byte) {
	p.put(words.literals[value])
	p.sum(uint64(value), 1)
	p.last = value
}

// repeat packs the byte before n times more.
func (p *packer) repeat(n int) {
	p.sum(uint64(p.last), uint64(n))
	for ; n >= longest; n -= longest {
		p.put(words.runs[longest])
	}
	if n >= shortest {
		p.put(words.runs[n])
		return
	}
	for range n {
		p.put(words.literals[p.last])
	}
}

// sum adds n bytes of one value to the checksum: the first sum is that of the bytes, the second that of what the first has been. Neither
// can grow, in the bytes of one picture, to more than it holds.
func (p *packer) sum(value, n uint64) {
	p.adlers += n*p.adler + value*(n*(n+1)/2)
	p.adler += n * value
}

// pack packs bytes of any sort.
func (p *packer) pack(data []byte) {
	for i := 0; i < len(data); {
		n := same(data[i:], p.last)
		p.repeat(n)
		i += n
		for i < len(data) && data[i] != p.last {
			p.single(data[i])
			i++
		}
	}
}

// same returns how many bytes at the beginning of data have a value.
func same(data []byte, value byte) int {
	n, all := 0, uint64(value)*ones
	for ; n+word <= len(data); n += word {
		if d := binary.LittleEndian.Uint64(data[n:]) ^ all; d != 0 {
			return n + bits.TrailingZeros64(d)/8
		}
	}
	for n < len(data) && data[n] == value {
		n++
	}
	return n
}
