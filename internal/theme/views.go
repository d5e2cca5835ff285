package theme

import "briefing/internal/page"

// Views returns an empty view for each template that a theme must have: the table of which page shows what. Render accepts no other
// type for a template than the one given here, unless it has the same fields.
// A template that is not in the table may stand in a site's own folder all the same; no page asks for it.
func Views() map[string]any {
	return map[string]any{
		"home.html":        page.Home{},
		"series.html":      page.Series{},
		"event.html":       page.Event{},
		"timeline.html":    page.Timeline{},
		"year.html":        page.Year{},
		"month.html":       page.Month{},
		"actors.html":      page.Actors{},
		"actor.html":       page.Actor{},
		"events.html":      page.Events{},
		"pledges.html":     page.Pledges{},
		"pledge.html":      page.Pledge{},
		"sum.html":         page.SumPage{},
		"sums.html":        page.SumsBy{},
		"figures.html":     page.Figures{},
		"figure.html":      page.Figure{},
		"briefs.html":      page.Briefs{},
		"brief.html":       page.Brief{},
		"sources.html":     page.Sources{},
		"source.html":      page.Source{},
		"updates.html":     page.Updates{},
		"corrections.html": page.Corrections{},
		"data.html":        page.Data{},
		"subscribe.html":   page.Subscribe{},
		"search.html":      page.Search{},
		"letter.html":      page.LetterPage{},
		"print.html":       page.Whole{},
		"page.html":        page.Prose{},
		"roll.html":        page.Roll{},
		"withdrawn.html":   page.Withdrawn{},
		"404.html":         page.NotFound{},
		"redirect.html":    page.Redirect{},
	}
}
