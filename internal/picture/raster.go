package picture

import (
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Places are in 64ths of a pixel. A pixel is looked at along a few lines, on which coverage is exact.
const (
	pixel    = 64
	scans    = 4
	perScan  = pixel / scans
	flatness = 6 // straight pieces of a curve
)

// A stroke is a straight piece of an outline that goes down, or up where its winding is -1. Pieces that go neither way enclose nothing.
type stroke struct {
	x0, y0, x1, y1 int
	winding        int
}

// rasterise returns the shape of an outline in an ink, paler at its edges: there it covers but a part of a pixel.
func rasterise(outline sfnt.Segments, in ink) *shape {
	strokes, box := flatten(outline)
	if len(strokes) == 0 {
		return &shape{}
	}
	left, top := floor(box.Min.X), floor(box.Min.Y)
	width, height := floor(box.Max.X+pixel-1)-left, floor(box.Max.Y+pixel-1)-top
	pixels := make([]byte, 0, width*height)
	cover := make([]int, width)
	for row := range height {
		clear(cover)
		for i := range scans {
			scan(cover, left, strokes, (top+row)*pixel+i*perScan+perScan/2)
		}
		for _, n := range cover {
			pixels = append(pixels, in.at((n*steps+pixel*scans/2)/(pixel*scans)))
		}
	}
	return newShape(pixels, left, top, width)
}

// floor returns the pixel in which a place lies.
func floor(x fixed.Int26_6) int { return int(x) >> 6 }

// scan adds what the outline covers along a line to each pixel of a row, which begins at a pixel.
func scan(cover []int, left int, strokes []stroke, y int) {
	type crossing struct{ x, winding int }
	var found [64]crossing
	crossings := found[:0]
	for _, s := range strokes {
		if s.y0 <= y && y < s.y1 {
			crossings = append(crossings, crossing{s.x0 + (y-s.y0)*(s.x1-s.x0)/(s.y1-s.y0) - left*pixel, s.winding})
		}
	}
	slices.SortFunc(crossings, func(a, b crossing) int { return a.x - b.x })
	winding := 0
	for i, c := range crossings {
		if winding != 0 {
			addSpan(cover, crossings[i-1].x, c.x)
		}
		winding += c.winding
	}
}

// addSpan adds the part of each pixel that lies between two places.
func addSpan(cover []int, from, to int) {
	for i := from / pixel; i*pixel < to; i++ {
		cover[i] += min(to, (i+1)*pixel) - max(from, i*pixel)
	}
}

// flatten returns an outline in straight pieces, and the box around it.
func flatten(outline sfnt.Segments) ([]stroke, fixed.Rectangle26_6) {
	var strokes []stroke
	var at fixed.Point26_6
	line := func(to fixed.Point26_6) {
		strokes = appendStroke(strokes, at, to)
		at = to
	}
	for _, s := range outline {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			at = s.Args[0]
		case sfnt.SegmentOpLineTo:
			line(s.Args[0])
		case sfnt.SegmentOpQuadTo:
			from := at
			for i := 1; i <= flatness; i++ {
				line(onCurve(from, s.Args[0], s.Args[1], i))
			}
		default:
			panic("picture: a font with cubic curves") // cannot happen: TrueType has none
		}
	}
	return strokes, outline.Bounds()
}

// onCurve returns the place that lies i of the pieces along a quadratic curve.
func onCurve(from, control, to fixed.Point26_6, i int) fixed.Point26_6 {
	t, u := fixed.Int26_6(i), fixed.Int26_6(flatness-i)
	along := func(a, b, c fixed.Int26_6) fixed.Int26_6 { return (u*u*a + 2*t*u*b + t*t*c) / (flatness * flatness) }
	return fixed.Point26_6{X: along(from.X, control.X, to.X), Y: along(from.Y, control.Y, to.Y)}
}

// appendStroke appends the line between two places.
func appendStroke(list []stroke, from, to fixed.Point26_6) []stroke {
	s := stroke{int(from.X), int(from.Y), int(to.X), int(to.Y), 1}
	switch {
	case s.y0 == s.y1:
		return list
	case s.y0 > s.y1:
		s = stroke{s.x1, s.y1, s.x0, s.y0, -1}
	}
	return append(list, s)
}
