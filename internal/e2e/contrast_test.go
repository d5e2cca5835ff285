package e2e

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/chromedp/chromedp"
)

// pairs are intents that stand on each other, and the least contrast between them: that of WCAG's level AAA for text, and that of parts
// that a reader must see to use a page or to read a chart. What is said in words is checked on the pages themselves, see rules.
var pairs = []struct {
	ink, ground string
	least       float64
}{
	{"text", "surface", 7}, {"text", "sunken", 7}, {"quiet", "surface", 7}, {"quiet", "sunken", 7},
	{"accent", "surface", 7}, {"accent", "sunken", 7}, {"accent-strong", "surface", 7}, {"accent-strong", "accent-soft", 7}, {"on-accent", "accent", 7},
	{"notice", "surface", 7}, {"notice", "notice-soft", 7}, {"alarm", "surface", 7}, {"alarm", "alarm-soft", 7},
	{"edge", "surface", 3}, {"edge", "sunken", 3}, {"accent", "accent-soft", 3},
}

// colours reads the intents of a page as red, green and blue from 0 to 255.
const colours = `(() => {
	const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const style = getComputedStyle(document.documentElement);
	return Object.fromEntries(INTENTS.map(name => {
		const value = style.getPropertyValue("--" + name);
		if (!value) throw Error("there is no intent " + name);
		pen.fillStyle = value;
		pen.fillRect(0, 0, 1, 1);
		return [name, [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)];
	}));
})()`

// luminance returns the relative luminance of a colour, as WCAG defines it.
func luminance(rgb []float64) float64 {
	sum := 0.0
	for i, share := range []float64{.2126, .7152, .0722} {
		c := rgb[i] / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += share * c
	}
	return sum
}

// contrast returns the contrast between two colours, from 1 to 21.
func contrast(a, b []float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func TestColoursStandOutInBothSchemes(t *testing.T) {
	names := ""
	for _, p := range pairs {
		names += fmt.Sprintf("%q, %q, ", p.ink, p.ground)
	}
	tabs := browser(t)
	host := build(t).serve(t)
	share(tabs, []string{"light", "dark"}, func(ctx context.Context, scheme string) {
		if err := (look{"/about/", 1280, scheme, false}).open(ctx, host.URL); err != nil {
			t.Error(err)
			return
		}
		rgb, err := chromedp.Run(ctx, chromedp.Evaluate[map[string][]float64](`(INTENTS => `+colours+`)([`+names+`])`))
		if err != nil {
			t.Error(err)
			return
		}
		for _, p := range pairs {
			if c := contrast(rgb[p.ink], rgb[p.ground]); c < p.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, not %g", scheme, p.ink, p.ground, c, p.least)
			}
		}
	})
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	white := []float64{255, 255, 255}
	for want, grey := range map[float64]float64{21: 0, 4.48: 0x77, 4.54: 0x76, 1: 255} {
		if got := contrast(white, []float64{grey, grey, grey}); math.Abs(got-want) > .005 {
			t.Errorf("%g on white: %.3f, want %g", grey, got, want)
		}
	}
}
