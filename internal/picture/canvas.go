package picture

// A canvas is a sheet on which shapes lie. It has no pixels: of each row it knows where it differs from the row above, and how that is
// packed.
type canvas struct {
	// rows are the slices of shapes in each row, from the left, and ends has where the lowest shape ends that begins in a row.
	rows [Height][]placed
	ends [Height]int

	// out is where the PNG is put together.
	out []byte
}

// A placed slice has its place in a row, in bytes.
type placed struct {
	from, to int
	slice    *slice
}

// clear makes the sheet blank again.
func (c *canvas) clear() {
	for y := range c.rows {
		c.rows[y] = c.rows[y][:0]
	}
	clear(c.ends[:])
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
	list := s.slices[x%perByte]
	for i := range list {
		part := &list[i]
		if row := y + int(part.row); row < Height {
			from := x/perByte + int(part.from)
			c.rows[row] = inOrder(append(c.rows[row], placed{from, from + len(part.data), part}))
		}
	}
}

// inOrder puts the last slice of a row in its place among the others. Most often it is there already, for lines are written from the left.
func inOrder(row []placed) []placed {
	for i := len(row) - 1; i > 0 && row[i].from < row[i-1].from; i-- {
		row[i], row[i-1] = row[i-1], row[i]
	}
	return row
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
		p.zeros(zeros)
		p.slice(&asDifference)
		zeros = p.row(row)
	}
	p.zeros(zeros)
	return p.close()
}

// row packs the slices of a row, and returns how many bytes there are after them.
func (p *packer) row(list []placed) int {
	x := 0
	for len(list) > 0 {
		n, end := touching(list)
		p.zeros(list[0].from - x)
		if n == 1 {
			p.slice(list[0].slice)
		} else {
			p.slice(merged(list[:n], end))
		}
		x, list = end, list[n:]
	}
	return rowBytes - 1 - x
}
