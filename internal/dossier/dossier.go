// Package dossier is the domain: what a briefing is about, free of files, of YAML and of HTML pages.
//
// A dossier is a set of entries. An [Entry] is one of eight kinds: [Actor], [Series], [Event], [Pledge], [Figure], [Brief],
// [Source] and [Page]. All share a [Head]; each has fields of its own. Entries refer to each other by [ID] alone, so that one
// entry can be read without any other.
//
// What an editor may write is told once, by the entry's own Table: for each key its name, what it means, whether it is
// required, which other keys it excludes or needs, and the [Slot] that takes its value. Rules that no single key can hold stand in a
// Check, which reports faults by path. The decoder, the templates of new entries, the documentation of fields and the records of
// entries for programs all read that table.
//
// Values with rules of their own have types of their own: a [Date] is an EDTF date that may be partial, uncertain or an
// interval; an [Amount] is exact decimal money that may be a range; a [Pledge] derives its [Status] from its steps.
//
// Every value is immutable once its entry has been decoded.
package dossier

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"briefing/internal/diag"
	"briefing/internal/markup"
)

// An ID names an entry: lower-case ASCII words and digits joined by hyphens, unique in the whole site, permanent.
type ID string

// Valid reports whether id is in kebab-case.
func (id ID) Valid() bool {
	word := false
	for i := range len(id) {
		switch c := id[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			word = true
		case c == '-' && word:
			word = false
		default:
			return false
		}
	}
	return word
}

// A Kind is a sort of entry. Its value is the word for it.
type Kind string

// The kinds of entry.
const (
	KindActor  Kind = "actor"
	KindSeries Kind = "series"
	KindEvent  Kind = "event"
	KindPledge Kind = "pledge"
	KindFigure Kind = "figure"
	KindBrief  Kind = "brief"
	KindSource Kind = "source"
	KindPage   Kind = "page"
)

// Kinds lists every kind. A KindSet has a bit for each, by its position here.
var Kinds = []Kind{KindActor, KindSeries, KindEvent, KindPledge, KindFigure, KindBrief, KindSource, KindPage}

// Folder returns the name of the folder that holds entries of kind k.
func (k Kind) Folder() string {
	if k == KindSeries {
		return "series"
	}
	return string(k) + "s"
}

// KindOf returns the kind whose entries a folder holds.
func KindOf(folder string) (Kind, bool) {
	for _, k := range Kinds {
		if k.Folder() == folder {
			return k, true
		}
	}
	return "", false
}

// An Entry is one of *Actor, *Series, *Event, *Pledge, *Figure, *Brief, *Source and *Page.
type Entry interface {
	// Base returns what the entry shares with all others.
	Base() *Head
	// Table returns the entry's keys, bound to its fields.
	Table() Table
	// Card returns what other entries' pages may show of the entry.
	Card() Card
}

// New returns an empty entry of kind k.
func New(k Kind) Entry {
	switch k {
	case KindActor:
		return &Actor{Head: headOf(k)}
	case KindSeries:
		return &Series{Head: headOf(k)}
	case KindEvent:
		return &Event{Head: headOf(k)}
	case KindPledge:
		return &Pledge{Head: headOf(k)}
	case KindFigure:
		return &Figure{Head: headOf(k)}
	case KindBrief:
		return &Brief{Head: headOf(k)}
	case KindSource:
		return &Source{Head: headOf(k)}
	case KindPage:
		return &Page{Head: headOf(k)}
	}
	panic(fmt.Sprintf("internal error: no kind of entry %q", k))
}

// A Body is the text of an entry, with what its front matter refers to. A site need not hold it: it is asked for when the entry is linked,
// and when its text is shown.
type Body struct {
	markup.Fragment
	// Links are every reference of the front matter, in the order of the file.
	Links []Link
}

// Blank is the body of an entry that has none, or that does not hold it.
var Blank = &Body{}

// headOf returns the head of an empty entry.
func headOf(k Kind) Head { return Head{Kind: k, Body: Blank, Seldom: &Seldom{}} }

// Clone returns a copy of an entry, for what must show it otherwise than it stands. Its lists are those of the entry itself.
func Clone(e Entry) Entry {
	c := shallow(e)
	c.Base().Seldom = copied(c.Base().Seldom)
	return c
}

// shallow returns a copy of an entry that shares its Seldom.
func shallow(e Entry) Entry {
	switch e := e.(type) {
	case *Actor:
		return copied(e)
	case *Series:
		return copied(e)
	case *Event:
		return copied(e)
	case *Pledge:
		return copied(e)
	case *Figure:
		return copied(e)
	case *Brief:
		return copied(e)
	case *Source:
		return copied(e)
	case *Page:
		return copied(e)
	}
	panic(fmt.Sprintf("internal error: no copy of %T", e))
}

// copied returns a copy of what v points to.
func copied[T any](v *T) *T {
	c := *v
	return &c
}

// InProse returns what a reference without a text of its own shows: of a figure its number with its date, so that a number is written
// once; of all else the title.
func InProse(e Entry) string {
	if f, ok := e.(*Figure); ok {
		return f.Dated()
	}
	return e.Base().Title
}

// A Head is what every entry has.
type Head struct {
	// ID is the name of the entry's file without .md.
	ID ID
	// Kind is that of the folder in which the file lies.
	Kind Kind
	// File is where the entry is written, such as content/events/udcg-28.md.
	File string

	// Title is never empty: where the file gives none that can be read, it is the id.
	Title string
	// Summary is one or two sentences of plain text; a source may have none.
	Summary string
	// Published is when we first published the entry, in UTC. It is never the date of what the entry is about.
	Published time.Time
	// Sources are those that the entry as a whole rests on.
	Sources []Citation
	Draft   bool
	// Broken means that the file could not be read whole, so that what it lacks is no problem of those that refer to it.
	Broken bool

	// Body is never nil in what [New] made, nor is Seldom.
	Body *Body
	*Seldom
}

// Seldom is what few entries have anything of. Those that have nothing share one.
type Seldom struct {
	// Changes stand in the order of the entry; the number of one is part of its address.
	Changes []Change
	// Aliases are former ids, oldest first.
	Aliases []Alias
	Tags    []string
	// Withdrawn is set where the editors took the entry back. Its address stays and says so; no list and no total has it any more.
	Withdrawn Withdrawal
	// ReviewAfter is the day from which on the editors want to look at the entry again; zero where they named none.
	ReviewAfter Date
	// Allow are the rules of house style that the entry is excused from.
	Allow []Allowance
}

// nothing is the Seldom of entries that have nothing of it.
var nothing = &Seldom{}

// Slim lets h share the Seldom of all that have nothing of it, where it has nothing.
func (h *Head) Slim() {
	if s := h.Seldom; len(s.Changes)+len(s.Aliases)+len(s.Tags)+len(s.Allow) == 0 && s.Withdrawn == (Withdrawal{}) && s.ReviewAfter.IsZero() {
		h.Seldom = nothing
	}
}

// Base returns h itself; it makes each kind that embeds a Head an Entry.
func (h *Head) Base() *Head { return h }

// Updated returns the time of the newest change, or of publication where there was none.
func (h *Head) Updated() time.Time {
	t := h.Published
	for _, c := range h.Changes {
		if c.At.After(t) {
			t = c.At
		}
	}
	if h.Withdrawn.At.After(t) {
		t = h.Withdrawn.At
	}
	return t
}

// IsWithdrawn reports whether the editors took the entry back.
func (h *Head) IsWithdrawn() bool { return !h.Withdrawn.At.IsZero() }

// Lasting returns the name by which feeds know the entry for good: its kind and the oldest of its ids, which no renaming changes.
func (h *Head) Lasting() string {
	id := h.ID
	if len(h.Aliases) > 0 && h.Aliases[0].ID != "" {
		id = h.Aliases[0].ID
	}
	return string(h.Kind) + "/" + string(id)
}

// Version returns the number of the version: 1, and one more for each change that readers should know of.
func (h *Head) Version() int { return 1 + len(h.Changes) }

// Card returns what other entries' pages may show of this one.
func (h *Head) Card() Card {
	return Card{ID: h.ID, Kind: h.Kind, Title: h.Title, Summary: h.Summary}
}

// A Link is a reference from one entry's front matter to another entry.
type Link struct {
	// To is the id as it is written, which may be a former one.
	To ID
	// Kinds are those that the target may be of.
	Kinds KindSet
	At    diag.Mark
}

// An Alias is a former id of an entry.
type Alias struct {
	ID ID
	At diag.Mark
}

// A Change is a note on a change that readers should know of. Small edits have none.
type Change struct {
	At   time.Time
	Kind ChangeKind
	// Note says what changed, and why.
	Note string
	// Was and Now are the old words and the new. A correction has both.
	Was, Now string
	// Severity is that of a correction; empty means Corrects.
	Severity Severity
}

// A ChangeKind says what sort of change a note tells of.
type ChangeKind string

// The kinds of change.
const (
	// Update says that something new is known.
	Update ChangeKind = "update"
	// Correction says that something we published was wrong; it is also listed on the page of corrections.
	Correction ChangeKind = "correction"
	// StatusNote says that the thing itself changed, such as a pledge that was delivered.
	StatusNote ChangeKind = "status"
	// WithdrawalNote says that the editors took the entry back. It is no kind that a note may have: the key withdrawn makes it.
	WithdrawalNote ChangeKind = "withdrawal"
)

// A Severity says how grave a correction is.
type Severity string

// The severities of a correction.
const (
	// Clarifies says that what stood here could be misread.
	Clarifies Severity = "clarification"
	// Corrects says that what stood here was wrong.
	Corrects Severity = "correction"
	// Retracts takes back what nothing supports; readers are told of it for good.
	Retracts Severity = "retraction"
)

// Grade returns the severity of a correction, and nothing for a change of another kind.
func (c Change) Grade() Severity {
	switch {
	case c.Kind != Correction:
		return ""
	case c.Severity == "":
		return Corrects
	}
	return c.Severity
}

// Corrects reports whether the change says that something we published was wrong, in part or as a whole: readers look for what was
// withdrawn among the corrections.
func (c Change) Corrects() bool { return c.Kind == Correction || c.Kind == WithdrawalNote }

// Text returns the change in one line of plain text: what was, what is, and why.
func (c Change) Text() string {
	if c.Was == "" {
		return c.Note
	}
	return "Was: " + ended(c.Was) + " Now: " + ended(c.Now) + " " + c.Note
}

// Word returns Was or Now as a word of a status, which notes write as a sentence: "Scheduled.".
func (c Change) Word(s string) string { return strings.ToLower(strings.TrimSuffix(s, ".")) }

// ended returns text as a sentence: with a full stop, where it has no end of its own.
func ended(s string) string {
	if strings.ContainsAny(lastRune(strings.TrimRight(s, `”’"')»`)), ".!?…") {
		return s
	}
	return s + "."
}

// lastRune returns the last character of text.
func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// Label returns the word that readers see.
func (c Change) Label() string {
	switch {
	case c.Grade() == Clarifies:
		return "Clarification"
	case c.Grade() == Retracts:
		return "Retraction"
	case c.Kind == Correction:
		return "Correction"
	case c.Kind == StatusNote:
		return "Status"
	case c.Kind == WithdrawalNote:
		return "Withdrawn"
	}
	return "Update"
}

// A Citation points to a source, and to a place within it.
type Citation struct {
	Source ID
	// Locator is plain text such as "para. 3"; empty where the source as a whole is meant.
	Locator string
}

// A Card is all that other entries' pages may show of an entry, beside its address.
type Card struct {
	ID   ID
	Kind Kind
	// Label says what sort of thing it is, in a word or two: "meeting", "state", "part-delivered".
	Label string
	Title string
	// Lang is the language of the title as a BCP 47 tag, where the entry names one.
	Lang    string
	Summary string
	// Date is when it happened, was promised or was published; zero where the kind has no date.
	Date Date
	// Short is a short name, of a brief its number, of a source its publisher; empty where there is none.
	Short string
}

// Todo is the value of a key that an editor has yet to fill in. It is a problem wherever it stands.
const Todo = "TODO"
