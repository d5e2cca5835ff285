package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"strings"
	"testing"
)

var inks = Colours{
	Surface: Colour{0xfd, 0xfc, 0xfa}, Text: Colour{0x1b, 0x1e, 0x22}, Quiet: Colour{0x4b, 0x4f, 0x55}, Accent: Colour{0x0f, 0x4a, 0x73}, Rule: Colour{0xd3, 0xcf, 0xc5},
}

// cards are what pictures have to bear.
var cards = map[string]Card{
	"nothing": {},
	"pledge": {
		Kind: "Pledge, part-delivered", Date: "4 June 2025", Title: "United Kingdom: £350 million for 100,000 drones in 2025/26", Number: "£350 million", Label: "promised",
		Site: "Ramstein Brief", Host: "brief.example",
	},
	"person":          {Kind: "Person", Title: "Dovilė Šakalienė", Text: "Minister of National Defence of Lithuania until October 2025.", Site: "Ramstein Brief"},
	"long title":      {Kind: "Brief", Date: "4 June 2025", Title: strings.Repeat("A title that does not end ", 40), Number: strings.Repeat("1,000 ", 40), Label: strings.Repeat("more ", 80)},
	"long words":      {Title: strings.Repeat("Donaudampfschifffahrt", 40), Text: strings.Repeat("kapitän", 200), Kind: strings.Repeat("M", 300), Date: strings.Repeat("W", 300)},
	"long foot":       {Title: "T", Site: strings.Repeat("Site ", 60), Host: strings.Repeat("host", 60)},
	"other scripts":   {Title: "Володимир Зеленський, Ґ Є Ї, Çırağan, Ελλάδα, ő ș ǆ, 日本語, e\u0301, \u0301, \x00", Number: "½ × ≈ 1,000 €"},
	"spaces":          {Title: "   a   b   ", Text: strings.Repeat(" ", 3000), Number: " "},
	"no-break spaces": {Title: "4\u00a0June\u00a02025", Number: "£\u00a0350"},
}

// drawn returns a picture, read by another's decoder.
func drawn(t *testing.T, c Card) (*image.Paletted, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b, inks); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted), b.Bytes()
}

func TestNothingReachesIntoTheMargins(t *testing.T) {
	for name, c := range cards {
		img, _ := drawn(t, c)
		for y := band; y < Height; y++ {
			for x := range Width {
				// A glyph may lean a little out of its place.
				if inside := x >= margin-6 && x < Width-margin+6 && y < Height-24; !inside && img.ColorIndexAt(x, y) != 0 {
					t.Fatalf("%s: something is drawn at %d,%d", name, x, y)
				}
			}
		}
	}
}

// Titles never run into the number below them, nor text into the foot.
func TestRowsBetweenTheBlocksAreFree(t *testing.T) {
	for name, c := range cards {
		img, _ := drawn(t, c)
		blocks := []int{footRule}
		if c.Number != "" {
			blocks = append(blocks, c.drawNumber(new(canvas)))
		}
		for _, begin := range blocks {
			for y := begin - 6; y < begin; y++ {
				for x := range Width {
					if img.ColorIndexAt(x, y) != 0 {
						t.Fatalf("%s: something is drawn at %d,%d, right above the block that begins at %d", name, x, y, begin)
					}
				}
			}
		}
	}
}

// The same card is the same bytes on every machine. Where this test fails because drawing was changed on purpose, version must change too.
func TestBytes(t *testing.T) {
	_, data := drawn(t, cards["pledge"])
	_, again := drawn(t, cards["pledge"])
	sum := sha256.Sum256(data)
	const want = "1a1e51f0cb5f94b3"
	if got := hex.EncodeToString(sum[:8]); got != want || !bytes.Equal(data, again) || version != 2 {
		t.Errorf("version %d draws %s, want %s", version, got, want)
	}
	if len(data) > 20<<10 {
		t.Errorf("%d bytes", len(data))
	}
}

func TestADigestKnowsEveryText(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []Card{{}, {Kind: "a"}, {Date: "a"}, {Title: "a"}, {Text: "a"}, {Number: "a"}, {Label: "a"}, {Site: "a"}, {Host: "a"}} {
		seen[c.Digest()] = true
	}
	if len(seen) != 9 {
		t.Errorf("%d digests of 9 cards", len(seen))
	}
	if c := (Card{}); c.Key(inks) == c.Key(Colours{}) {
		t.Error("the colours are not in the key")
	}
}

// The colours of letters that lie on each other would add up to other ones.
func TestLettersDoNotLieOnEachOther(t *testing.T) {
	for _, size := range titleSizes {
		sheet := new(canvas)
		style{bold, size, quietInk}.write(sheet, bold.text("office rtry AWAV j⁄Qîîj"), margin, 300)
		img, err := png.Decode(bytes.NewReader(sheet.png(inks)))
		if err != nil {
			t.Fatal(err)
		}
		for i, colour := range img.(*image.Paletted).Pix {
			if colour != 0 && (colour < quietInk.at(1) || colour > quietInk.full()) {
				t.Fatalf("at size %d, %d,%d has the colour %d", size, i%Width, i/Width, colour)
			}
		}
	}
}

func TestLettersThatAFontLacks(t *testing.T) {
	for text, want := range map[string]string{
		"Šakalienė Çırağan Зеленський Ґ": "Šakalienė Çırağan Зеленський Ґ",
		"e\u0301": "é",
		"ạǹ":      "an",
		"ﬀ":       "ff",
		"x\u0331": "x",
		"日":       "\uFFFD",
	} {
		got, expected := bold.text(text), bold.text(want)
		if len(got) != len(expected) {
			t.Errorf("%q is written with %d letters, want %d", text, len(got), len(expected))
			continue
		}
		for i := range got {
			if got[i] != expected[i] || got[i].glyph == 0 {
				t.Errorf("%q is not written as %q", text, want)
			}
		}
	}
}

func TestLinesAreBalanced(t *testing.T) {
	b := room{measure, 400, titleSizes}.fit("More than $76 billion of direct military assistance by September 2023", style{face: bold})
	for _, l := range b.lines {
		if n := b.length(l); n < measure/2 || n > measure {
			t.Errorf("a line of %d pixels", n)
		}
	}
}

func TestATextThatIsTooLongEndsInAnEllipsis(t *testing.T) {
	s := style{face: regular, size: 38}
	b := room{measure, 100, textSizes}.fit(strings.Repeat("word ", 200), s)
	last := b.lines[len(b.lines)-1]
	if len(b.lines) != 2 || last[len(last)-1] != s.letter('…') || b.length(last) > measure {
		t.Errorf("%d lines, the last of %d pixels", len(b.lines), b.length(last))
	}
}

// What lies on the sheet is what a decoder sees, to the pixel, whatever lies beside it, in the same byte or below.
func TestThePNGIsTheSheet(t *testing.T) {
	sheet, want := new(canvas), make([]byte, Width*Height)
	for i := range 4000 {
		width, height := 1+i%23, 1+i%17
		pixels := make([]byte, width*height)
		for j := range pixels {
			pixels[j] = byte((j*j*i + j/(1+i%11)) % colours)
		}
		x, y := i*i*31%(Width-width), i*97%(Height-height)
		if i%5 == 0 { // one in five at the edges
			x, y = (Width-width)*(i%2), (Height-height)*(i%3/2)
		}
		covered := false
		for j := range pixels {
			covered = covered || want[(y+j/width)*Width+x+j%width] > 0
		}
		if covered {
			continue
		}
		for j, colour := range pixels {
			want[(y+j/width)*Width+x+j%width] = colour
		}
		sheet.stamp(newShape(pixels, 0, 0, width), x, y)
	}
	img, err := png.Decode(bytes.NewReader(sheet.png(inks)))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.(*image.Paletted); got.Rect.Dx() != Width || got.Rect.Dy() != Height || !bytes.Equal(got.Pix, want) {
		t.Error("the pixels are others")
	}
}

func TestTheWordsOfTheCodeAreAllThereAre(t *testing.T) {
	room := 1 << 15
	for _, n := range wordLengths() {
		room -= 1 << 15 >> n
	}
	if room != 0 {
		t.Errorf("%d of 32768 words are left", room)
	}
}

func BenchmarkWrite(b *testing.B) {
	var w bytes.Buffer
	for b.Loop() {
		w.Reset()
		cards["pledge"].Write(&w, inks)
	}
}

func FuzzCard(f *testing.F) {
	f.Add("28th meeting", "4 June 2025")
	f.Fuzz(func(t *testing.T, title, number string) {
		drawn(t, Card{Title: title, Number: number, Kind: number, Text: title, Site: number})
	})
}
