package theme

import (
	"encoding/hex"
	"regexp"

	"briefing/internal/picture"
)

// declared is a custom property of a stylesheet that says a colour: in six digits, or as another one's.
var declared = regexp.MustCompile(`(--[\w-]+):\s*(?:#([0-9a-fA-F]{6})\b|var\((--[\w-]+)\))`)

// defaultColours are those of pictures where the stylesheet does not say its own in a way that is understood here.
var defaultColours = picture.Colours{
	Surface: picture.Colour{0xfd, 0xfc, 0xfa}, Text: picture.Colour{0x1b, 0x1e, 0x22}, Quiet: picture.Colour{0x4b, 0x4f, 0x55},
	Accent: picture.Colour{0x0f, 0x4a, 0x73}, Rule: picture.Colour{0xd3, 0xcf, 0xc5},
}

// coloursOf returns the colours for pictures that a stylesheet says in its intents: of each the first, which is that of light pages.
func coloursOf(css string) picture.Colours {
	values := map[string][]string{}
	for _, m := range declared.FindAllStringSubmatch(css, -1) {
		if values[m[1]] == nil {
			values[m[1]] = m[2:]
		}
	}
	c := defaultColours
	for name, colour := range map[string]*picture.Colour{
		"--surface": &c.Surface, "--text": &c.Text, "--quiet": &c.Quiet, "--accent": &c.Accent, "--rule": &c.Rule,
	} {
		// A name may lead to another, but not for ever.
		for range 3 {
			value := values[name]
			if value == nil {
				break
			}
			if digits, err := hex.DecodeString(value[0]); err == nil && len(digits) == len(colour) {
				*colour = picture.Colour(digits)
				break
			}
			name = value[1]
		}
	}
	return c
}
