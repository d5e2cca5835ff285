package picture

import (
	"math/bits"
	"slices"
	"strconv"
)

// A code is a word of a prefix code, or a few: its bits, the first of them lowest, and how many they are.
type code struct {
	bits uint64
	n    uint32
}

// longestCode is how many bits a code can have: with those of a byte that is not full they fit a number.
const longestCode = 56

// The prefix code is the same for all pictures, for they differ little in how often they need each word. These are the lengths of its
// words, fitted to a few hundred of them:
//
//	for bytes, in hexadecimal digits: a byte is how two pixels differ from those above
//	for the end of the block, and then for the classes of lengths of a repetition
const byteLengths = "" +
	"2558d789d9abefdc5788baacccecdffd6868aadbbeeedfff88879aaaaedcccdf" +
	"dba9abccfffffedd7aa9c89abffffedd8aabd989bffffddc9bbbfaa98aabfabc" +
	"bcb9fcba9baafbbb9cddffffb989daca8ceeffffaa88dbaa7ddcfffffccc89ab" +
	"ccdbcdddabb997888fffddeebcbba8786fffdcedccaab8875ffffca9b987c865"

var repeatLengths = [30]byte{14, 5, 5, 6, 7, 7, 7, 8, 8, 7, 7, 8, 8, 7, 8, 8, 8, 7, 7, 8, 9, 8, 8, 10, 10, 9, 9, 9, 4, 15}

// wordLengths returns the lengths of all words.
func wordLengths() []byte {
	var list []byte
	for _, digit := range []byte(byteLengths) {
		n, _ := strconv.ParseUint(string(digit), 16, 4) // a digit it is
		list = append(list, byte(n))
	}
	return append(list, repeatLengths[:]...)
}

// endOfBlock is the byte, as it were, that ends a block. The classes of repetitions follow it.
const endOfBlock = 256

// A codebook holds all words that a block needs.
type codebook struct {
	// opening are the bits that begin a block and tell its code.
	opening []code

	// literals are the words for single bytes and for the end, runs those for repetitions of the byte before by how many there are, and
	// zeros those for so many bytes that are 0.
	literals    [endOfBlock + 1]code
	runs, zeros [longest + 1]code
}

// words is the one code book of all pictures: they are alike enough for fixed lengths to serve each.
var words = newCodebook()

// newCodebook makes the words from their lengths, as RFC 1951, section 3.2.2, would have a reader do it.
func newCodebook() *codebook {
	lengths := wordLengths()
	all := canonical(lengths)
	b := &codebook{opening: openingOf(lengths)}
	copy(b.literals[:], all)
	for n := shortest; n <= longest; n++ {
		class, extra := lengthClass(n)
		// The word for the distance, of which there is one alone, is a single 0.
		b.runs[n] = all[endOfBlock+1+class].then(extra).then(code{0, 1})
	}
	for n := 1; n <= longest; n++ {
		b.zeros[n] = b.packed(make([]byte, n))[0]
	}
	return b
}

// packed returns bytes in words, as many of them together as a code can hold.
func (b *codebook) packed(data []byte) []code {
	var list []code
	for len(data) > 0 {
		n := min(same(data), longest)
		list = joined(list, b.literals[data[0]])
		if n > shortest {
			list = joined(list, b.runs[n-1])
			data = data[n:]
			continue
		}
		data = data[1:]
	}
	return list
}

// joined appends a code to others: to the last of them where it fits there.
func joined(list []code, c code) []code {
	if last := len(list) - 1; last >= 0 && list[last].n+c.n <= longestCode {
		list[last] = list[last].then(c)
		return list
	}
	return append(list, c)
}

// same returns how many bytes at the beginning are the same.
func same(data []byte) int {
	n := 1
	for n < len(data) && data[n] == data[0] {
		n++
	}
	return n
}

// then returns a word and another that follows it.
func (c code) then(d code) code { return code{c.bits | d.bits<<c.n, c.n + d.n} }

// canonical returns the words of a prefix code, by RFC 1951, from their lengths.
func canonical(lengths []byte) []code {
	list := make([]code, len(lengths))
	next := uint32(0)
	for n := uint32(1); n <= 15; n++ {
		next <<= 1
		for i, length := range lengths {
			if uint32(length) == n {
				list[i] = code{uint64(bits.Reverse32(next) >> (32 - n)), n}
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
		return 4*e + k>>e, code{uint64(k & (1<<e - 1)), uint32(e)}
	}
}

// openingOf returns the bits with which a block begins. The lengths of words are themselves told in words, all of four bits.
func openingOf(lengths []byte) []code {
	const told = 4
	order := [19]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	used := slices.Repeat([]byte{told}, 1<<told)
	// The last block, with a code of its own; then how many words there are of each sort.
	list := []code{{0b101, 3}, {uint64(len(lengths) - 257), 5}, {0, 5}, {uint64(len(order) - 4), 4}}
	for _, i := range order {
		length := code{0, 3}
		if int(i) < len(used) {
			length.bits = told
		}
		list = joined(list, length)
	}
	in := canonical(used)
	for _, n := range lengths {
		list = joined(list, in[n])
	}
	return joined(list, in[1]) // that of the one distance
}
