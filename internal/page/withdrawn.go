package page

import "briefing/internal/dossier"

// A Withdrawn is the page of an entry that the editors took back. It keeps its address, to which references go on leading, and shows
// nothing of what it said.
type Withdrawn struct {
	Base

	// When is the day on which it was withdrawn.
	When Time

	// Reason is why.
	Reason string
}

// withdrawn returns the page of an entry that the editors took back.
func (p *planner) withdrawn(e dossier.Entry) Withdrawn {
	head := e.Base()
	v := Withdrawn{Base: p.entryBase(e), When: moment(head.Withdrawn.At), Reason: head.Withdrawn.Reason}
	v.Summary = "The editors have withdrawn this entry. What it said is no longer part of the site."
	p.describe(&v.Base, p.document(&v.Base, "WebPage"))
	return v
}
