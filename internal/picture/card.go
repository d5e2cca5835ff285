package picture

// Where things stand, in pixels.
const (
	margin   = 80
	measure  = Width - 2*margin
	band     = 16  // the bar at the head
	eyebrow  = 112 // the base line of the kind and the date
	titleTop = 144
	footRule = 528
	foot     = 582 // the base line of the name of the site
	gap      = 28
)

// The sizes of the title, of the text below it and of the number.
var (
	titleSizes  = []int{76, 70, 64, 58, 52, 46, 40}
	textSizes   = []int{38}
	numberSizes = []int{76, 68, 60, 52, 44, 38}
)

// The bar at the head, and the rule above the foot.
var (
	headBar  = rectangle(Width, band, accentInk.full())
	footLine = rectangle(measure, 2, rule)
)

// draw puts the card on a blank sheet.
func (c Card) draw(sheet *canvas) {
	sheet.stamp(headBar, 0, 0)
	top, bottom := titleTop, footRule-gap
	if c.Kind == "" && c.Date == "" {
		top = eyebrow - gap
	}
	c.drawEyebrow(sheet)
	if c.Number != "" {
		bottom = c.drawNumber(sheet) - gap
	}
	title := room{measure, bottom - top, titleSizes}.fit(c.Title, style{face: bold, ink: textInk})
	top = title.write(sheet, margin, top) + gap*2/3
	if c.Number == "" && c.Text != "" && bottom-top >= height(2, textSizes[0]) {
		room{measure, bottom - top, textSizes}.fit(c.Text, style{face: regular, ink: quietInk}).write(sheet, margin, top)
	}
	c.drawFoot(sheet)
}

// drawEyebrow writes what sort of thing it is and when it was.
func (c Card) drawEyebrow(sheet *canvas) {
	kind, date := style{bold, 34, accentInk}, style{regular, 34, quietInk}
	x := margin
	if c.Kind != "" {
		x = kind.write(sheet, kind.short(c.Kind, measure/2), x, eyebrow) + gap
	}
	if c.Date != "" {
		date.write(sheet, date.short(c.Date, Width-margin-x), x, eyebrow)
	}
}

// drawNumber writes the number above the foot, with what it counts beside it, and returns where it begins.
func (c Card) drawNumber(sheet *canvas) int {
	label := style{regular, 36, quietInk}
	counted := label.short(c.Label, measure/2)
	wide := measure
	if len(counted) > 0 {
		wide -= label.length(counted) + gap
	}
	number := largest(c.Number, style{face: bold, ink: accentInk}, wide, numberSizes)
	base := footRule - gap - number.size/5
	x := number.style.write(sheet, number.lines[0], margin, base)
	label.write(sheet, counted, x+gap, base)
	return base - number.size
}

// drawFoot writes the name of the site and its address.
func (c Card) drawFoot(sheet *canvas) {
	sheet.stamp(footLine, margin, footRule)
	site, host := style{bold, 32, textInk}, style{regular, 28, quietInk}
	end := site.write(sheet, site.short(c.Site, measure*3/5), margin, foot)
	address := host.short(c.Host, Width-margin-end-gap)
	host.write(sheet, address, Width-margin-host.length(address), foot)
}

// write puts the lines on the sheet, the first of them right below y, and returns where they end.
func (b block) write(sheet *canvas, x, y int) int {
	for i, l := range b.lines {
		b.style.write(sheet, l, x, y+i*leading(b.size)+b.size)
	}
	return y + height(len(b.lines), b.size)
}
