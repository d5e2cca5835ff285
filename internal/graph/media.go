package graph

import (
	"maps"
	"slices"
	"strings"
)

// MediaAddress is where the images that entries show are published.
const MediaAddress = "/media/"

// A Size is that of an image, in pixels.
type Size struct{ Width, Height int }

// Image returns the size of the image at an address of the site. It reports whether there is one.
func (g *Graph) Image(address string) (Size, bool) {
	s, ok := g.media[address]
	return s, ok
}

// Media returns the addresses of all images that entries may show, in order.
func (g *Graph) Media() []string { return slices.Sorted(maps.Keys(g.media)) }

// Images returns the addresses of the images that entries show or lead to, each once, in the order of entries. An image that no entry names
// is none of the site's: it may belong to one that is not published yet.
func (g *Graph) Images() []string {
	var list []string
	seen := map[string]bool{}
	for _, e := range g.All() {
		for _, p := range e.Base().Body.Paths {
			if _, ok := g.media[p.Address]; ok && strings.HasPrefix(p.Address, MediaAddress) && !seen[p.Address] {
				seen[p.Address] = true
				list = append(list, p.Address)
			}
		}
	}
	return list
}
