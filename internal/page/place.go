package page

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// Countries are the names of countries that are actors of the site, by their codes.
type Countries map[string]string

// regions names the countries that are no actors of the site.
var regions = display.Regions(language.BritishEnglish)

// CountriesOf returns the countries that are actors.
func CountriesOf(g *graph.Graph) Countries {
	names := Countries{}
	for _, a := range graph.Of[*dossier.Actor](g, dossier.KindActor) {
		if _, taken := names[a.Code]; a.Code != "" && !taken {
			names[a.Code] = a.Title
		}
	}
	return names
}

// Name returns the name of a country: that of the actor who has its code, so that one name is used throughout, or else the
// common English one.
func (c Countries) Name(code string) string {
	if name, ok := c[code]; ok {
		return name
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return regions.Name(region)
}

// Place returns a place in words: "NATO headquarters, Brussels, Belgium".
func (c Countries) Place(x dossier.Place) string {
	var parts []string
	for _, s := range []string{x.Name, x.City, c.Name(x.Country)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
