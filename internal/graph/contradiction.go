package graph

import (
	"fmt"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// contradictions reports pledges and events that cannot be as other entries tell: announced at an event of other days, announced again
// before they were announced, parts that come to more than the whole, events that continue later ones, and members of a person.
//
// To announce again what was itself announced again, or what lies inside another pledge, is none: each leads on to the one that counts. Nor
// is a pledge inside one that was announced later, for a programme often takes in what had been promised before.
func (r *resolver) contradictions() {
	for _, p := range Of[*dossier.Pledge](r.graph, dossier.KindPledge) {
		if e := Find[*dossier.Event](r.graph, p.Announced.Event); e != nil && apart(p.Announced.Date, e.Date) {
			r.problems.Add(diag.Problem{
				Pos: p.Announced.At.In(p.File), Code: diag.Contradiction, Also: diag.Pos{File: e.File},
				Msg:  fmt.Sprintf("it was announced on %s, and the event was on %s", p.Announced.Date, e.Date),
				Hint: "check both dates, or remove event: if it was announced elsewhere",
			})
		}
		if first := Find[*dossier.Pledge](r.graph, p.Reannounces); first != nil && first != p {
			r.again(p, first)
		}
		r.overfull(p)
	}
	for _, e := range Of[*dossier.Event](r.graph, dossier.KindEvent) {
		r.followed(e)
	}
	for _, a := range Of[*dossier.Actor](r.graph, dossier.KindActor) {
		r.belongs(a)
	}
}

// belongs reports an actor that is said to be a member of a person.
func (r *resolver) belongs(a *dossier.Actor) {
	for _, m := range a.MemberOf {
		if to := Find[*dossier.Actor](r.graph, m.Of); to != nil && to.Sort == dossier.Person {
			r.problems.Add(diag.Problem{
				Pos: r.reference(r.graph.index[a.ID], r.graph.index[to.ID]), Code: diag.Contradiction, Also: diag.Pos{File: to.File},
				Msg: fmt.Sprintf("%q is a person, and has no members", to.ID), Hint: "name the organisation, the group or the state",
			})
		}
	}
}

// followed reports an event that continues one of later days.
func (r *resolver) followed(e *dossier.Event) {
	first := Find[*dossier.Event](r.graph, e.Follows)
	if first == nil || first == e || !apart(e.Date, first.Date) || e.Date.Compare(first.Date) > 0 {
		return
	}
	r.problems.Add(diag.Problem{
		Pos: r.reference(r.graph.index[e.ID], r.graph.index[first.ID]), Code: diag.Contradiction, Also: diag.Pos{File: first.File},
		Msg:  fmt.Sprintf("it was on %s, and %q, which it follows, on %s", e.Date, first.ID, first.Date),
		Hint: "check both dates, or let the later event follow the earlier one",
	})
}

// again reports a pledge that announces another again before that was announced.
func (r *resolver) again(p, first *dossier.Pledge) {
	if !apart(p.Announced.Date, first.Announced.Date) || p.Announced.Date.Compare(first.Announced.Date) > 0 {
		return
	}
	r.problems.Add(diag.Problem{
		Pos: p.Announced.At.In(p.File), Code: diag.Contradiction, Also: first.Announced.At.In(first.File),
		Msg:  fmt.Sprintf("it was announced on %s, and %q, which it announces again, on %s", p.Announced.Date, first.ID, first.Announced.Date),
		Hint: "check both dates, or let the later pledge announce the earlier one again",
	})
}

// apart reports whether two dates have no day in common. Of dates that are about right, or in doubt, nobody can say.
func apart(a, b dossier.Date) bool {
	return !a.IsZero() && !b.IsZero() && a.IsPlain() && b.IsPlain() && !a.Overlaps(b)
}

// overfull reports a pledge whose parts come to more than it, at the part with which they do. Only what is in its own currency is held
// against it, and of ranges the ends that leave the most room. Against a promise of “at least” nothing can be held.
func (r *resolver) overfull(whole *dossier.Pledge) {
	if !whole.Amount.HasMax || whole.Amount.Per != "" {
		return
	}
	var sum dossier.Range
	for _, part := range r.graph.Parts(whole.ID) {
		inside := r.graph.inside(part, whole)
		sum = sum.Add(inside)
		if inside.IsZero() || !sum.Low().GreaterThan(whole.Amount.Max) {
			continue
		}
		least, most := dossier.MoneyText(sum.Low(), whole.Amount.Currency), dossier.MoneyText(whole.Amount.Max, whole.Amount.Currency)
		r.problems.Add(diag.Problem{
			Pos: r.reference(r.graph.index[part.ID], r.graph.index[whole.ID]), Code: diag.Contradiction,
			Msg:  fmt.Sprintf("with this the parts of %q come to %s, more than all of it, %s", whole.ID, least, most),
			Hint: "check both sums, and whether this lies inside the other; where parts overlap, say so in uncounted:", Also: diag.Pos{File: whole.File},
		})
		return
	}
}

// inside returns what of a pledge lies inside another: all that is left of it, or the shares that say so.
func (g *Graph) inside(part, whole *dossier.Pledge) dossier.Range {
	var sum dossier.Range
	if part.Uncounted != "" || part.Status().Stage == dossier.Withdrawn {
		return sum
	}
	add := func(a dossier.Amount) {
		if a.Currency == whole.Amount.Currency && a.Per == "" {
			sum = sum.Add(a.Range)
		}
	}
	all := g.present(part.PartOf) == whole.ID
	if all && !part.Amount.IsZero() {
		add(part.Net())
		return sum
	}
	for _, d := range part.Donors {
		if to := g.present(d.PartOf); to == whole.ID || all && to == "" {
			add(d.Amount)
		}
	}
	return sum
}
