package dossier

import (
	"slices"
	"time"

	"briefing/internal/diag"
)

// The limits on texts that other pages show: cards, feeds and results of a search give them whole.
const (
	// titleLimit is in characters: two lines of a card.
	titleLimit = 90
	// summaryLimit is in words: two sentences.
	summaryLimit = 60
	// keyLimit is in characters: one line of the list of key events.
	keyLimit = 60
)

// Table returns the keys that all entries share.
func (h *Head) Table() Table {
	// The keys of an entry's own kind come behind these.
	const most = 32
	return append(make(Table, 0, most), Table{
		required(Field{Key: "title", Also: []string{"name", "headline"}, Doc: "What it is called, without a final stop.", Example: "28th meeting of the contact group", Slot: line(&h.Title, titleLimit)}),
		required(Field{Key: "summary", Doc: "Who, what and when, in one or two sentences of plain text.", Example: "The United Kingdom and Germany chaired; the US defense secretary stayed away.", Slot: sentence(&h.Summary, summaryLimit)}),
		required(Field{Key: "published", Doc: "When we first published it, never the date of the event.", Example: "2026-11-21T12:00:00Z", Slot: timestamp(&h.Published)}),
		{Key: "changes", Doc: "Notes on changes that readers should know of; small edits have none.", Example: "[{at: 2026-11-22T09:00:00Z, kind: update, note: The text of the statement is published.}]", Slot: list(&h.Changes, func(c *Change) Slot { return record(c) })},
		{Key: "sources", Doc: "The sources it rests on, by id, each with a locator where that helps.", Example: "[nato-2025-06-05-rutte-press]", Slot: cites(&h.Sources)},
		{Key: "aliases", Doc: "Former ids, oldest first; each address goes on leading here, and feeds go on knowing the entry by the first.", Example: "[ramstein-28]", Slot: list(&h.Aliases, alias)},
		{Key: "tags", Doc: "Topics, in kebab-case.", Example: "[air-defence]", Slot: list(&h.Tags, slug)},
		{Key: "withdrawn", Doc: "When and why it was taken back after it had been published; its address stays and says so.", Example: "{at: 2026-12-01T09:00:00Z, reason: The talks never took place.}", Slot: record(&h.Withdrawn)},
		{Key: "review_after", Doc: "The day from which on it should be looked at again.", Example: "2027-01-01", Slot: date(&h.ReviewAfter)},
		{Key: "allow", Doc: "Rules of house style that it may break, each with the reason.", Example: "[{code: relative-time, reason: Today is the name of the programme.}]", Slot: list(&h.Allow, func(a *Allowance) Slot { return record(a) })},
		{Key: "draft", Doc: "True while it must not be published.", Example: "true", Slot: boolean(&h.Draft)},
	}...)
}

// Table returns the keys of a change.
func (c *Change) Table() Table {
	return Table{
		required(Field{Key: "at", Doc: "When the change was published.", Example: "2026-11-22T09:00:00Z", Slot: timestamp(&c.At)}),
		required(Field{Key: "kind", Doc: "Whether we know more, were wrong, or the thing itself changed.", Example: "correction", Slot: word(&c.Kind, Update, StatusNote, Correction)}),
		required(Field{Key: "note", Doc: "What changed, and why, in one sentence.", Example: "The source gives the date of the report, not of the meeting.", Slot: text(&c.Note)}),
		{Key: "was", Doc: "What stood here before; a correction needs it.", Example: "5 June 2025", Needs: "now", Slot: text(&c.Was)},
		{Key: "now", Doc: "What stands here instead.", Example: "4 June 2025", Needs: "was", Slot: text(&c.Now)},
		{Key: "severity", Doc: "How grave a correction is; correction where not given.", Example: "clarification", Slot: word(&c.Severity, Clarifies, Corrects, Retracts)},
	}
}

// Check reports a correction that does not say what was wrong, and a severity of anything else.
func (c *Change) Check(report Report) {
	switch {
	case c.Kind == Correction && c.Was == "" && c.Now == "":
		report(faultf(diag.MissingKey, "add was: and now:, each in plain text", "a correction must say what was wrong and what is right"), "kind")
	case c.Kind != Correction && c.Severity != "":
		report(faultf(diag.Contradiction, "remove it, or write kind: correction", "only a correction has a severity"), "severity")
	}
}

// An Allowance excuses an entry from a rule of house style.
type Allowance struct {
	Code diag.Code
	// At is where Code stands: only a check of the whole site knows whether it is still needed.
	At     diag.Mark
	Reason string
}

// Table returns the keys of an allowance.
func (a *Allowance) Table() Table {
	return Table{
		required(Field{Key: "code", Doc: "The code of the rule, as it is reported.", Example: "relative-time", Slot: word(&a.Code, diag.Style...).placed(&a.At)}),
		required(Field{Key: "reason", Doc: "Why the text is right as it is, in one sentence for other editors.", Example: "Today is the name of the programme.", Slot: text(&a.Reason)}),
	}
}

// A Withdrawal says when and why the editors took an entry back. It is zero where they did not.
type Withdrawal struct {
	At     time.Time
	Reason string
}

// Table returns the keys of a withdrawal.
func (w *Withdrawal) Table() Table {
	return Table{
		required(Field{Key: "at", Doc: "When it was withdrawn.", Example: "2026-12-01T09:00:00Z", Slot: timestamp(&w.At)}),
		required(Field{Key: "reason", Doc: "Why, in one sentence for readers.", Example: "The talks never took place; the report was withdrawn by its publisher.", Slot: text(&w.Reason)}),
	}
}

// Check reports changes, and a withdrawal, that are older than the entry.
func (h *Head) Check(report Report) {
	if at := h.Withdrawn.At; !at.IsZero() && at.Before(h.Published) {
		report(faultf(diag.Contradiction, "check both times", "it was withdrawn before it was published, at %s", h.Published.Format(time.RFC3339)), "withdrawn", "at")
	}
	for i, c := range h.Changes {
		if !c.At.IsZero() && c.At.Before(h.Published) {
			report(faultf(diag.Contradiction, "check both times", "the change is older than the entry, which was published at %s", h.Published.Format(time.RFC3339)), "changes", i, "at")
		}
	}
}

// twice is the fault of a list that names the same actor, or the same sort of thing, again.
func twice(name string) *Fault {
	return faultf(diag.BadValue, "keep one of the two", "%q is listed twice", name)
}

// A Claim is one sentence and what it rests on.
type Claim struct {
	Text    string
	Sources []Citation
	// Standing is the editor's word for how sure it is, and StandingAt where it stands; empty where its sources say.
	Standing   Standing
	StandingAt diag.Mark
	Versions   []Version
}

// Table returns the keys of a claim.
func (c *Claim) Table() Table {
	return Table{
		required(Field{Key: "text", Doc: "The claim, in one sentence.", Example: "Drones led the pledges.", Slot: text(&c.Text)}),
		{Key: "source", Doc: "What it rests on, where that is not what the whole entry rests on.", Example: "nato-2025-06-05-rutte-press", Slot: cites(&c.Sources)},
		standingField(&c.Standing, &c.StandingAt, Standings...),
		{Key: "versions", Doc: "What each side says, where it is disputed.", Example: "[{text: 339 names, asserted_by: vladimir-medinsky}, {text: more than 500}]", Slot: list(&c.Versions, func(v *Version) Slot { return record(v) })},
	}
}

// Check reports a dispute without versions, a version without another, and two that do not differ.
func (c *Claim) Check(report Report) {
	switch {
	case c.Standing == Disputed && len(c.Versions) < 2:
		report(faultf(diag.Contradiction, "list two or more under versions:", "it is disputed, but what each side says is not given"), "standing")
	case len(c.Versions) == 1:
		report(oneVersion(), "versions")
	}
	differ(c.Versions, report)
}

// A Version is what one side says of a disputed point.
type Version struct {
	Text       string
	AssertedBy ID
	Sources    []Citation
}

// Table returns the keys of a version.
func (v *Version) Table() Table {
	return Table{
		required(Field{Key: "text", Doc: "What this side says.", Example: "More than 50", Slot: text(&v.Text)}),
		{Key: "asserted_by", Doc: "The actor who says it.", Example: "nato", Slot: ref(&v.AssertedBy, KindActor)},
		{Key: "source", Doc: "Where it is said.", Example: "nato-2025-06-05-rutte-press", Slot: cites(&v.Sources)},
	}
}

// A Dispute is a point on which sources differ, with what each says. None is preferred.
type Dispute struct {
	Point string
	// Fact is the key of the entry whose value is disputed, such as participants; empty where no key holds it.
	Fact     string
	Versions []Version
}

// table returns the keys of a dispute about an entry that has the given facts.
func (d *Dispute) table(facts []string) Table {
	return Table{
		required(Field{Key: "point", Doc: "What is disputed, in a few words.", Example: "Number of countries", Slot: text(&d.Point)}),
		{Key: "fact", Doc: "The key of the entry whose value is disputed; its line on the page then leads here.", Example: facts[0], Slot: word(&d.Fact, facts...)},
		required(Field{Key: "versions", Doc: "What each side says, two or more.", Example: "[{text: 339 names, asserted_by: vladimir-medinsky}, {text: more than 500}]", Slot: list(&d.Versions, func(v *Version) Slot { return record(v) })}),
	}
}

// Check reports a dispute with one side, or whose sides say the same.
func (d *Dispute) Check(report Report) {
	if len(d.Versions) == 1 {
		report(oneVersion(), "versions")
	}
	differ(d.Versions, report)
}

// differ reports a version that says what another says.
func differ(versions []Version, report Report) {
	for i, v := range versions {
		if slices.ContainsFunc(versions[:i], func(other Version) bool { return v.Text != "" && other.Text == v.Text }) {
			report(faultf(diag.Contradiction, "write what this side says instead, or remove it", "two versions say the same"), "versions", i, "text")
		}
	}
}

// oneVersion is the fault of a dispute with one side.
func oneVersion() *Fault {
	return faultf(diag.Contradiction, "add what the other side says", "a disputed point has one version only")
}

// disputes is the key under which events, pledges and figures tell on what sources differ. Facts are the keys that may be disputed.
func disputes(p *[]Dispute, facts ...string) Field {
	return Field{Key: "disputed", Doc: "Points on which sources differ.", Example: "[{point: Children on the list, versions: [{text: 339 names, asserted_by: vladimir-medinsky}, {text: more than 500}]}]", Slot: list(p, func(d *Dispute) Slot {
		return Record{Table: once(func() Table { return d.table(facts) }), Check: d.Check}
	})}
}
