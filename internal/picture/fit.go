package picture

// A line is the letters of a line of text.
type line []letter

// A block is a text in lines.
type block struct {
	style
	lines []line
}

// leading is the way from one base line to the next, for a size.
func leading(size int) int { return size * 6 / 5 }

// height returns how high a block of n lines is.
func height(n, size int) int { return n * leading(size) }

// A room is a space for text: how wide and how high it is, and the sizes that may be tried, largest first.
type room struct {
	width, height int
	sizes         []int
}

// fit returns a text in the largest size at which it has room without a word broken, or in the smallest, cut off where even that is too
// large.
func (r room) fit(text string, in style) block {
	letters := in.text(text)
	for _, size := range r.sizes {
		in.size = size
		lines, broken := in.wrap(letters, r.width)
		if !broken && height(len(lines), size) <= r.height {
			return block{in, in.balance(letters, r.width, lines)}
		}
	}
	lines, _ := in.wrap(letters, r.width)
	if n := max(1, r.height/leading(in.size)); len(lines) > n {
		lines = lines[:n]
		lines[n-1] = in.cut(lines[n-1], r.width)
	}
	return block{in, lines}
}

// balance returns a text in as few lines as it has, of about equal length: no word is left alone on the last.
func (s style) balance(text []letter, wide int, lines []line) []line {
	for narrow := wide; narrow > wide/2; narrow -= wide / 32 {
		tried, broken := s.wrap(text, narrow)
		if broken || len(tried) > len(lines) {
			break
		}
		lines = tried
	}
	return lines
}

// largest returns a text on one line in the largest size at which it is no wider than a number of pixels, or cut off in the smallest.
func largest(text string, in style, wide int, sizes []int) block {
	letters := in.text(text)
	for _, in.size = range sizes {
		if in.length(letters) <= wide {
			return block{in, []line{letters}}
		}
	}
	return block{in, []line{in.cut(letters, wide)}}
}

// wrap returns letters in lines no wider than a number of pixels, and whether a word had to be broken for it.
func (s style) wrap(text []letter, wide int) (lines []line, broken bool) {
	space := s.letter(' ')
	limit := wide * s.em / s.size
	for len(text) > 0 {
		end, last, units := 0, 0, 0
		for end < len(text) {
			units += text[end].advance
			if units > limit && text[end] != space {
				break
			}
			if text[end] == space {
				last = end
			}
			end++
		}
		if end < len(text) && last > 0 {
			end = last
		} else if end < len(text) {
			broken = true
			end = max(1, end)
		}
		lines = append(lines, trim(text[:end], space))
		text = trimLeft(text[end:], space)
	}
	return lines, broken
}

// trim takes the spaces off the end of a line.
func trim(text []letter, space letter) line {
	for len(text) > 0 && text[len(text)-1] == space {
		text = text[:len(text)-1]
	}
	return text
}

// trimLeft takes the spaces off the beginning.
func trimLeft(text []letter, space letter) []letter {
	for len(text) > 0 && text[0] == space {
		text = text[1:]
	}
	return text
}

// cut shortens a line until it and an ellipsis are no wider than a number of pixels.
func (s style) cut(text line, wide int) line {
	space, dots := s.letter(' '), s.letter('…')
	text = trim(text, space)
	for len(text) > 0 && s.pixels(width(text)+dots.advance, s.size) > wide {
		text = trim(text[:len(text)-1], space)
	}
	return append(text[:len(text):len(text)], dots)
}

// short returns a text on one line, cut off where it is wider than a number of pixels.
func (s style) short(text string, wide int) line {
	letters := line(s.text(text))
	if s.length(letters) > wide {
		return s.cut(letters, wide)
	}
	return letters
}
