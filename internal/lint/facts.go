package lint

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// place returns the place of a value of the front matter.
func (r *reader) place(path ...any) diag.Pos {
	return content.Place(r.head.File, r.src, 0, 0, path...).In(r.head.File)
}

// fact reports a value of the front matter.
func (r *reader) fact(problem diag.Problem, path ...any) {
	if r.off[problem.Code] {
		return
	}
	problem.Pos = r.place(path...)
	r.problems.Add(problem)
}

// facts checks what the front matter says.
func (r *reader) facts() {
	if d := r.head.ReviewAfter; !d.IsZero() && !d.First().After(r.date) {
		r.fact(diag.Problem{
			Code: diag.ReviewDue, Msg: "the entry was to be looked at again from " + d.Text() + " on",
			Hint: "look at it, then set the next date or remove the key",
		}, "review_after")
	}
	r.dated(r.head.Published, "published")
	for i, c := range r.head.Changes {
		r.dated(c.At, "changes", i, "at")
	}
	if r.head.Kind != dossier.KindSource { // what a source is called, others have decided
		r.title()
	}
	switch e := r.entry.(type) {
	case *dossier.Event:
		r.event(e)
	case *dossier.Actor:
		r.thing("the same title", e.Title, "title")
		r.thing("the same code", e.Code, "code")
	case *dossier.Pledge:
		r.dated(e.AsOf.First(), "as_of")
		r.steps(e)
	case *dossier.Figure:
		r.dated(e.AsOf.First(), "as_of")
	case *dossier.Source:
		r.thing("the same address", strings.TrimSuffix(e.URL, "/"), "url")
		if e.URL != "" && e.Archive.URL == "" {
			r.fact(diag.Problem{
				Code: diag.NoArchive, Msg: "nothing is left of the source once its page is gone", Hint: "store a copy, and add archive: {url, at}",
			}, "url")
		}
	}
}

// dated reports a time of ours that is still to come: the site would say that it stood like this on that day.
func (r *reader) dated(t time.Time, path ...any) {
	// Nobody knows by which time zone an editor counts.
	if r.Today.IsZero() || !t.After(r.Today.AddDate(0, 0, 1)) {
		return
	}
	r.fact(diag.Problem{
		Code: diag.OutOfTime, Msg: "dated " + dossier.Day(t).Text() + ", which is still to come",
		Hint: "mend the date; what is to wait until then is held back by briefing build --as-of $(date -I)",
	}, path...)
}

// steps checks that something a step rests on is no older than the step itself.
func (r *reader) steps(p *dossier.Pledge) {
	for i, step := range p.Steps {
		var newest dossier.Date
		for _, c := range step.Sources {
			source := graph.Find[*dossier.Source](r.g, c.Source)
			if source == nil || source.Issued.IsZero() {
				newest = dossier.Date{} // it bears no date, and may be the newest
				break
			}
			if newest.IsZero() || source.Issued.Last().After(newest.Last()) {
				newest = source.Issued
			}
		}
		// Where a source is printed it may be a day earlier than where the step was taken.
		if newest.IsZero() || step.Date.IsZero() || !newest.Last().AddDate(0, 0, 1).Before(step.Date.First()) {
			continue
		}
		r.fact(diag.Problem{
			Code: diag.OutOfTime, Msg: "the step is of " + step.Date.Text() + ", and its newest source of " + newest.Text(),
			Hint: "mend the date, or name the source that tells of the step",
		}, "steps", i, "date")
	}
}

// stopped is a title that ends as a sentence does, and not with an abbreviation such as U.S. or Co.
var stopped = regexp.MustCompile(`\pL{4,}\.$|\d\.$`)

// title checks the form of the entry's title, which stands in lists among others.
func (r *reader) title() {
	title := r.head.Title
	problem := diag.Problem{Code: diag.TitleForm}
	switch {
	case stopped.MatchString(title):
		problem.Msg, problem.Hint = "a title with a final stop", "write it without"
	case strings.ToUpper(title) == title && strings.ToLower(title) != title && strings.Contains(title, " "):
		problem.Msg, problem.Hint = "a title in capital letters", "write capitals where a sentence has them"
	default:
		return
	}
	r.fact(problem, "title")
}

// event checks when an event is, who led it, and its number.
func (r *reader) event(e *dossier.Event) {
	for i, id := range e.Chairs {
		r.absent(string(id), "%s chairs the event, and was absent from it", "mend the chairs or the attendance", func() diag.Pos { return r.place("chairs", i) })
	}
	// The site's date is its newest change: what had not been said by then cannot be held against an entry.
	today := dossier.Day(r.date)
	switch state := e.State(); {
	// Such a date is in no time that could be compared.
	case e.Date.IsZero() || e.Date.Open:
	case state == dossier.Scheduled && e.Date.Last().Before(today.First()):
		r.fact(diag.Problem{
			Code: diag.OutOfTime, Msg: "scheduled for " + e.Date.Text() + ", which is past: the site’s date is " + today.Text(),
			Hint: "say whether it was held, with a change of kind status",
		}, "status")
	case state == dossier.Held && e.Date.First().After(today.First()):
		r.fact(diag.Problem{
			Code: diag.OutOfTime, Msg: "held on " + e.Date.Text() + ", which is still to come: the site’s date is " + today.Text(),
			Hint: "write status: scheduled, or mend the date",
		}, "date")
	}
	before := r.before[e.ID]
	if before == nil {
		return
	}
	if before.Number < e.Number-1 {
		r.fact(diag.Problem{
			Code: diag.NumberGap, Msg: fmt.Sprintf("no entry of the series has the number %s", between(before.Number, e.Number)),
			Hint: "add what is missing, or excuse the entry with the reason under allow:",
		}, "number")
	}
	if e.Date.Last().Before(before.Date.First()) {
		r.fact(diag.Problem{
			Code: diag.OutOfTime, Msg: fmt.Sprintf("dated before number %d of the series, which is of %s", before.Number, before.Date.Text()),
			Hint: "mend the date or the number, or excuse the entry with the reason under allow:", Also: diag.Pos{File: before.File},
		}, "date")
	}
}

// between lists the numbers between two.
func between(low, high int) string {
	// More would be read by nobody.
	if high-low > 4 {
		return fmt.Sprintf("%d to %d", low+1, high-1)
	}
	var list []string
	for n := low + 1; n < high; n++ {
		list = append(list, fmt.Sprint(n))
	}
	return strings.Join(list, " or ")
}

// learnNumbers gathers which meeting has the number before that of another in each series.
func (l *Linter) learnNumbers() {
	l.before = map[dossier.ID]*dossier.Event{}
	for _, s := range graph.Of[*dossier.Series](l.g, dossier.KindSeries) {
		meetings := slices.Clone(l.g.Series(s.ID))
		slices.SortFunc(meetings, func(a, b *dossier.Event) int { return cmp.Compare(a.Number, b.Number) })
		for i, e := range meetings {
			// Meetings without a number come first, and leave no gap.
			if i > 0 && meetings[i-1].Number > 0 {
				l.before[e.ID] = meetings[i-1]
			}
		}
	}
}
