package picture

import (
	"encoding/binary"
	"slices"
)

// A packer compresses rows of a PNG in the format of RFC 1950, as one block of RFC 1951. A general compressor looks for repetitions
// everywhere. Here the only one is that of the byte before: a row is given as its difference to the one above, which is mostly 0.
type packer struct {
	// out is as long as there is room, and end is where in it the next bits go.
	out []byte
	end cursor

	// sums are those of the checksum.
	sums sums
}

// A cursor is a place between bits: n bits of acc, the first of them lowest and less than eight, are not put out yet, and go to the byte at.
type cursor struct {
	acc uint64
	n   uint32
	at  int
}

// Sums are the two of Adler's checksum: of the bytes, and of what the first has been. Neither can grow, in the bytes of one picture, to more
// than it holds.
type sums struct{ bytes, firsts uint64 }

// add returns the sums after n more bytes, which are zeros and then a slice.
func (a sums) add(n int16, s *slice) sums {
	return sums{a.bytes + uint64(s.sum), a.firsts + uint64(n)*a.bytes + uint64(s.weighted)}
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
	p := &packer{out: append(out, 0x78, 0x01), sums: sums{bytes: 1}}
	p.end.at = len(p.out)
	p.reserve(0, 4*len(words.opening))
	p.put(words.opening...)
	return p
}

// reserve makes room for what some zeros and then n bytes are packed in: no word has more than two bytes, and a code no more than eight.
func (p *packer) reserve(zeros, n int) {
	p.out = slices.Grow(p.out[:p.end.at], 8*(zeros/longest+2)+2*n)
	p.out = p.out[:cap(p.out)]
}

// put puts a code into out, which has room for it, and returns the place behind it.
func (b cursor) put(out []byte, c code) cursor {
	acc, n := b.acc|c.bits<<(b.n&63), b.n+c.n
	binary.LittleEndian.PutUint64(out[b.at:], acc)
	return cursor{acc >> (n & 56), n & 7, b.at + int(n>>3)}
}

// put appends codes. There must be room for them.
func (p *packer) put(codes ...code) {
	for _, c := range codes {
		p.end = p.end.put(p.out, c)
	}
}

// close ends the block and returns all that was put out, with the checksum.
func (p *packer) close() []byte {
	p.reserve(0, 0)
	p.put(words.literals[endOfBlock])
	end := p.end.at
	if p.end.n > 0 {
		end++ // what is left of the last byte stands there already
	}
	return binary.BigEndian.AppendUint32(p.out[:end], uint32(p.sums.firsts%adlerModulus<<16|p.sums.bytes%adlerModulus))
}

// zeros packs n bytes that are 0. There must be room for them.
func (p *packer) zeros(n int) {
	p.sums.firsts += uint64(n) * p.sums.bytes
	for ; n > longest; n -= longest {
		p.put(words.zeros[longest])
	}
	p.put(words.zeros[n])
}

// row packs a row that is given as its differences: its slices, which are parts of stamps, each behind the zeros before it. It returns how
// many bytes there are after them. There must be room for the row.
func (p *packer) row(list []placed, stamps [][]slice) int {
	p.put(asDifference.first)
	p.sums = p.sums.add(1, &asDifference)
	out, b, sums, x := p.out, p.end, p.sums, int16(0)
	for len(list) > 0 {
		n, end := touching(list)
		s := &stamps[list[0].stamp][list[0].part]
		if n > 1 {
			s = merged(list[:n], end, stamps)
		}
		zeros := list[0].from - x
		for ; zeros > longest; zeros -= longest {
			b = b.put(out, words.zeros[longest])
		}
		b = b.put(out, words.zeros[zeros]).put(out, s.first)
		for _, c := range s.rest {
			b = b.put(out, c)
		}
		sums = sums.add(end-x, s)
		x, list = end, list[n:]
	}
	p.end, p.sums = b, sums
	return rowBytes - 1 - int(x)
}
