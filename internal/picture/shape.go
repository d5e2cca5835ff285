package picture

import "bytes"

// perByte is how many pixels are in a byte. The first of them is its upper half.
const perByte = 2

// rowBytes is how many bytes a PNG has for a row.
const rowBytes = 1 + Width/perByte

// A shape is what can be put on a sheet, row by row, and packed already.
type shape struct {
	// left and top lead from the place at which the shape is put to its first pixel.
	left, top     int
	width, height int

	// spans are where the pixels of each row lie.
	spans []span

	// slices are for putting the first pixel at an even place and at an odd one.
	slices [perByte][]slice
}

// A span is a row of a shape, from the first pixel that is not paper up to the last.
type span struct{ from, to int }

// A slice is where a row of a shape differs from the row above.
type slice struct {
	row, from, width int16

	// sum is the sum of data, and weighted that of each byte times how many there are from it to the end.
	sum, weighted uint32

	// first and rest are what data are packed in: most fit one code.
	first code
	rest  []code

	// data are the differences, as many as the slice is wide, the first and the last of them not 0.
	data []byte
}

// newShape returns the shape of pixels, which are colours row by row.
func newShape(pixels []byte, left, top, width int) *shape {
	s := &shape{left: left, top: top, width: width, height: len(pixels) / width}
	for row := range s.height {
		s.spans = append(s.spans, spanOf(pixels[row*width:][:width]))
	}
	for odd := range s.slices {
		above := make([]byte, width/perByte+1)
		for row := range s.height + 1 {
			line := make([]byte, len(above))
			if row < s.height {
				for x, colour := range pixels[row*width:][:width] {
					x += odd
					line[x/perByte] |= colour << (4 * (perByte - 1 - x%perByte))
				}
			}
			s.slices[odd] = appendSlice(s.slices[odd], row, line, above)
			above = line
		}
	}
	return s
}

// spanOf returns where the pixels of a row lie. A row of paper begins behind where it ends.
func spanOf(row []byte) span {
	all := span{len(row), -len(row)}
	for x, colour := range row {
		if colour > 0 {
			all = span{min(all.from, x), x + 1}
		}
	}
	return all
}

// overlap returns by how many pixels a shape reaches into one that is put to the right of it, by a number of pixels.
func (s *shape) overlap(next *shape, by int) int {
	n := 0
	for y := max(s.top, next.top); y < min(s.top+s.height, next.top+next.height); y++ {
		n = max(n, s.left+s.spans[y-s.top].to-(by+next.left+next.spans[y-next.top].from))
	}
	return n
}

// rectangle returns the shape of pixels of one colour.
func rectangle(width, height int, colour byte) *shape {
	return newShape(bytes.Repeat([]byte{colour}, width*height), 0, 0, width)
}

// appendSlice appends the slice in which a line differs from the line above, if it does.
func appendSlice(list []slice, row int, line, above []byte) []slice {
	from, to := 0, len(line)
	for from < to && line[from] == above[from] {
		from++
	}
	for from < to && line[to-1] == above[to-1] {
		to--
	}
	if from == to {
		return list
	}
	data := make([]byte, to-from)
	for i := range data {
		data[i] = line[from+i] - above[from+i]
	}
	return append(list, newSlice(row, from, data))
}

// newSlice packs differences.
func newSlice(row, from int, data []byte) slice {
	codes := words.packed(data)
	s := slice{row: int16(row), from: int16(from), width: int16(len(data)), first: codes[0], rest: codes[1:], data: data}
	for i, d := range data {
		s.sum += uint32(d)
		s.weighted += uint32(d) * uint32(len(data)-i)
	}
	return s
}

// touching returns how many slices at the beginning of a row, in order, have bytes in common, and where the last of these bytes ends.
func touching(list []placed) (n int, end int16) {
	end = list[0].to
	for n = 1; n < len(list) && list[n].from < end; n++ {
		end = max(end, list[n].to)
	}
	return n, end
}

// merged returns slices that have bytes in common as one, up to an end. The differences add up, as the pixels do: shapes may lie in one
// byte, but not in one pixel.
func merged(list []placed, end int16, stamps [][]slice) *slice {
	data := make([]byte, end-list[0].from)
	for _, p := range list {
		for i, d := range stamps[p.stamp][p.part].data {
			data[int(p.from-list[0].from)+i] += d
		}
	}
	s := newSlice(0, 0, data)
	return &s
}
