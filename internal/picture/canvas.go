package picture

// A canvas is a sheet of pixels. A pixel is the index of a colour; that of the paper is 0.
type canvas struct {
	pixels []byte

	// from and to are the part of each row that was drawn on, both are 0 where none was.
	from, to [Height]int

	// out is where the PNG is put together.
	out []byte
}

// newCanvas returns a blank sheet. It is large, and meant to be used for many pictures.
func newCanvas() *canvas { return &canvas{pixels: make([]byte, Width*Height)} }

// clear makes the sheet blank again.
func (c *canvas) clear() {
	for y := range c.from {
		clear(c.row(y)[c.from[y]:c.to[y]])
		c.from[y], c.to[y] = 0, 0
	}
}

// row returns the pixels of a row.
func (c *canvas) row(y int) []byte { return c.pixels[y*Width : (y+1)*Width] }

// touch notes that the pixels of a row from one place to another are drawn on, and returns them. Both must lie on the sheet.
func (c *canvas) touch(y, from, to int) []byte {
	if c.to[y] == 0 {
		c.from[y], c.to[y] = from, to
	}
	c.from[y], c.to[y] = min(c.from[y], from), max(c.to[y], to)
	return c.row(y)[from:to]
}

// fill paints a rectangle.
func (c *canvas) fill(x, y, width, height int, colour byte) {
	for row := y; row < y+height; row++ {
		line := c.touch(row, x, x+width)
		for i := range line {
			line[i] = colour
		}
	}
}

// stamp puts a mask on the sheet, with its origin at x and y. What would lie beyond the edge is cut off.
func (c *canvas) stamp(m *mask, x, y int, in ink) {
	x, y = x+m.left, y+m.top
	from, to := max(0, -x), min(m.width, Width-x)
	if from >= to {
		return
	}
	for row := max(0, -y); row < min(m.height, Height-y); row++ {
		line := c.touch(y+row, x+from, x+to)
		blend(line, m.levels[row*m.width+from:row*m.width+to], in)
	}
}
