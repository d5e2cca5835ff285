package picture

// A Colour is red, green and blue.
type Colour [3]byte

// Colours are those of a site, by what they are for.
type Colours struct{ Surface, Text, Quiet, Accent, Rule Colour }

// steps is how many levels a mask has above nothing: pixels at the edge of a glyph are partly covered.
const steps = 4

// An ink is the index of the palest level of a colour. Its levels follow each other in the palette, up to the full colour.
type ink byte

// The inks, and the one colour that is only used whole. The paper is 0.
const (
	textInk   ink  = 1
	quietInk  ink  = textInk + steps
	accentInk ink  = quietInk + steps
	rule      byte = byte(accentInk) + steps
)

// colours is how many there are.
const colours = int(rule) + 1

// at returns the colour of a level, from paper to steps.
func (i ink) at(level int) byte {
	if level == 0 {
		return 0
	}
	return byte(i) + byte(level) - 1
}

// full returns the ink's own colour.
func (i ink) full() byte { return i.at(steps) }

// palette returns the colours by their indexes, three bytes each: one for each index that a pixel can have, used or not.
func (c Colours) palette() []byte {
	list := append(make([]byte, 0, 3*16), c.Surface[:]...)
	for _, of := range []Colour{c.Text, c.Quiet, c.Accent} {
		for level := 1; level <= steps; level++ {
			for i := range of {
				list = append(list, byte((int(c.Surface[i])*(steps-level)+int(of[i])*level)/steps))
			}
		}
	}
	list = append(list, c.Rule[:]...)
	return list[:cap(list)]
}
