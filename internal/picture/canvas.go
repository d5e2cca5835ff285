package picture

// A canvas is a sheet on which shapes lie. It has no pixels: of each row it knows where it differs from the row above, and how that is
// packed.
type canvas struct {
	// stamps are the slices of the shapes, in the order in which they were put there.
	stamps [][]slice

	// rows are the slices in each row, from the left, and ends has where the lowest shape ends that begins in a row.
	rows [Height][]placed
	ends [Height]int

	// out is where the PNG is put together.
	out []byte
}

// A placed slice has its place in a row, in bytes. It is told by numbers, for while the collector works a pointer would cost more than all
// else: it is that part of a stamp.
type placed struct {
	from, to, part int16
	stamp          int32
}

// clear makes the sheet blank again.
func (c *canvas) clear() {
	for y := range c.rows {
		c.rows[y] = c.rows[y][:0]
	}
	clear(c.ends[:])
	c.stamps = c.stamps[:0]
}

// stamp puts a shape on the sheet, with its origin at x and y. One that would reach beyond the edge is left out: cards have margins.
func (c *canvas) stamp(s *shape, x, y int) {
	x, y = x+s.left, y+s.top
	if x < 0 || y < 0 || x+s.width > Width || y+s.height > Height {
		return
	}
	if s.height > 0 {
		c.ends[y] = max(c.ends[y], y+s.height)
	}
	list, stamp := s.slices[x%perByte], int32(len(c.stamps))
	c.stamps = append(c.stamps, list)
	for i := range list {
		row := y + int(list[i].row)
		if row >= Height {
			return
		}
		from := int16(x/perByte) + list[i].from
		c.rows[row] = append(c.rows[row], placed{from, from + list[i].width, int16(i), stamp})
		// Most often it is in its place already, for lines are written from the left.
		for line, i := c.rows[row], len(c.rows[row])-1; i > 0 && line[i].from < line[i-1].from; i-- {
			line[i], line[i-1] = line[i-1], line[i]
		}
	}
}

// asDifference is the byte with which a row begins that is given as its differences to the one above.
var asDifference = newSlice(0, 0, []byte{2})

// zlib appends the rows, compressed. Each begins with a byte that says what its other bytes are: the pixels, for which the byte is 0, or
// their differences to those above. A blank row is all zeros either way, and is said to be pixels, so that it is zeros from its first byte on.
func (c *canvas) zlib(out []byte) []byte {
	p := newPacker(out)
	zeros, end := 0, 0 // zeros are not packed yet
	for y, row := range c.rows {
		end = max(end, c.ends[y])
		if y >= end {
			zeros += rowBytes
			continue
		}
		p.reserve(zeros, rowBytes)
		p.zeros(zeros)
		zeros = p.row(row, c.stamps)
	}
	p.reserve(zeros, 0)
	p.zeros(zeros)
	return p.close()
}
