package picture

import (
	"math/bits"
	"slices"
)

// The prefix code is the same for all pictures, for they differ little in how often they need each word. These are the lengths of its
// words, fitted to a few hundred of them:
//
//	for the bytes from 0 on, which are differences of colours
//	for the bytes up to 255, which are negative ones
//	for the end of the block, and then for the classes of lengths of a repetition
var (
	risingLengths  = [colours]byte{2, 4, 4, 5, 7, 7, 7, 7, 7, 8, 8, 9, 9, 11}
	fallingLengths = [colours]byte{13, 13, 9, 9, 8, 8, 7, 8, 7, 6, 6, 5, 4, 4}
	repeatLengths  = [30]byte{12, 6, 6, 7, 7, 6, 7, 7, 7, 6, 7, 7, 8, 7, 7, 8, 8, 7, 7, 8, 8, 8, 7, 8, 8, 8, 8, 9, 10, 3}
)

// endOfBlock is the byte, as it were, that ends a block. The classes of repetitions follow it.
const endOfBlock = 256

// A codebook holds all words that a block needs.
type codebook struct {
	// opening are the bits that begin a block and tell its code.
	opening []code

	// literals are the words for single bytes and for the end, runs those for repetitions of the byte before by how many there are.
	literals [endOfBlock + 1]code
	runs     [longest + 1]code
}

// words is the one code book of all pictures: they are alike enough for fixed lengths to serve each.
var words = newCodebook()

// newCodebook makes the words from their lengths, as RFC 1951, section 3.2.2, would have a reader do it.
func newCodebook() *codebook {
	lengths := slices.Concat(risingLengths[:], make([]byte, endOfBlock-2*colours), fallingLengths[:], repeatLengths[:])
	all := canonical(lengths)
	b := &codebook{opening: openingOf(lengths)}
	copy(b.literals[:], all)
	for n := shortest; n <= longest; n++ {
		class, extra := lengthClass(n)
		// The word for the distance, of which there is one alone, is a single 0.
		b.runs[n] = all[endOfBlock+1+class].then(extra).then(code{0, 1})
	}
	return b
}

// then returns a word and another that follows it.
func (c code) then(d code) code { return code{c.bits | d.bits<<c.n, c.n + d.n} }

// canonical returns the words of a prefix code, by RFC 1951, from their lengths.
func canonical(lengths []byte) []code {
	list := make([]code, len(lengths))
	next := uint64(0)
	for n := uint(1); n <= 15; n++ {
		next <<= 1
		for i, length := range lengths {
			if uint(length) == n {
				list[i] = code{bits.Reverse64(next) >> (64 - n), n}
				next++
			}
		}
	}
	return list
}

// lengthClass returns the class of a repetition of n bytes, and which of its class it is: the longest is a class of its own, the first
// eight classes have one length each, and of the others four each have twice as many as the four before.
func lengthClass(n int) (class int, extra code) {
	k := n - shortest
	switch e := bits.Len(uint(k)) - 3; {
	case n == longest:
		return 28, code{}
	case k < 8:
		return k, code{}
	default:
		return 4*e + k>>e, code{uint64(k & (1<<e - 1)), uint(e)}
	}
}

// openingOf returns the bits with which a block begins. The lengths of words are themselves told in words, here all of four bits; one of
// them stands for many zeros.
func openingOf(lengths []byte) []code {
	const zeros, fewest, most = 18, 11, 138
	order := [19]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	used := []byte{15: 0, zeros: 4}
	for i := range 15 {
		used[i] = 4
	}
	// The last block, with a code of its own; then how many words there are of each sort.
	list := []code{{0b101, 3}, {uint64(len(lengths) - 257), 5}, {0, 5}, {uint64(len(order) - 4), 4}}
	for _, i := range order {
		list = append(list, code{uint64(used[i]), 3})
	}
	in := canonical(used)
	told := append(slices.Clone(lengths), 1) // that of the one distance
	for i := 0; i < len(told); {
		n := min(same(told[i:], told[i]), most)
		if told[i] == 0 && n >= fewest {
			list = append(list, in[zeros], code{uint64(n - fewest), 7})
			i += n
			continue
		}
		list = append(list, in[told[i]])
		i++
	}
	return list
}
