package dossier

import "briefing/internal/diag"

// A Standing says how sure a statement is. It is derived from what the statement rests on, see package graph; an editor may lower it.
type Standing string

// The standings of a statement.
const (
	// Confirmed rests on two independent sources, one of them primary.
	Confirmed Standing = "confirmed"
	// Reported rests on one good source that has no part in the matter.
	Reported Standing = "reported"
	// Claimed is what one party says, and nobody else has shown.
	Claimed Standing = "claimed"
	// Unconfirmed rests on no source that has reporting of its own.
	Unconfirmed Standing = "unconfirmed"
	// Disputed has versions that differ; each stands with who asserts it, and none is preferred here.
	Disputed Standing = "disputed"
)

// Standings lists every standing, the surest first.
var Standings = []Standing{Confirmed, Reported, Claimed, Unconfirmed, Disputed}

// Meaning says what the word tells readers.
func (s Standing) Meaning() string {
	switch s {
	case Confirmed:
		return "two or more independent sources say so, one of them primary"
	case Reported:
		return "at least one agency, newspaper, broadcaster or research body says so"
	case Claimed:
		return "one party says so, and nobody independent has shown it"
	case Unconfirmed:
		return "no source seen by us has reporting of its own"
	case Disputed:
		return "sources differ; the versions stand side by side, and none is preferred"
	}
	return ""
}

// A Basis is what a standing is derived from.
type Basis struct {
	// Sources are those of the statement alone; none where it rests on what the whole entry rests on.
	Sources []Citation
	// AssertedBy is the actor who says so, where our sources only pass it on.
	AssertedBy ID
	// Disputed says that there are versions that differ.
	Disputed bool
	// Given is the standing that the editor wrote, and At where; empty where it is left to the sources.
	Given Standing
	At    diag.Mark
}

// A Stated thing has a standing: a *Claim, a *Version, a *Step or a *Figure.
type Stated interface{ Basis() Basis }

// Basis returns what the standing of the claim is derived from.
func (c *Claim) Basis() Basis {
	return Basis{Sources: c.Sources, Disputed: len(c.Versions) > 0, Given: c.Standing, At: c.StandingAt}
}

// Basis returns what the standing of the version is derived from.
func (v *Version) Basis() Basis {
	return Basis{Sources: v.Sources, AssertedBy: v.AssertedBy}
}

// Basis returns what the standing of the step is derived from.
func (s *Step) Basis() Basis {
	return Basis{Sources: s.Sources, Given: s.Standing, At: s.StandingAt}
}

// Basis returns what the standing of the figure is derived from. A figure is one statement, so that all its sources are its own.
func (f *Figure) Basis() Basis {
	return Basis{Sources: f.Sources, AssertedBy: f.AssertedBy, Disputed: len(f.Disputed) > 0, Given: f.Standing, At: f.StandingAt}
}

// standingField is the key by which an editor lowers the standing of a statement.
func standingField(p *Standing, at *diag.Mark, words ...Standing) Field {
	slot := word(p, words...)
	slot.At = at
	return Field{Key: "standing", Doc: "How sure it is, where that is less than its sources make it.", Example: "claimed", Slot: slot}
}
