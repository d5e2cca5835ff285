package diag

import "slices"

// A Code names a sort of problem. Codes are part of the interface: scripts may test for them, so none is ever renamed.
type Code string

// The codes, by the stage that finds them. What each means stands in the table of rules below.
const (
	// Reading a file.

	FileTooLarge Code = "file-too-large"
	InvalidUTF8  Code = "invalid-utf8"
	BadCharacter Code = "bad-character"
	Unmerged     Code = "unmerged"
	Unreadable   Code = "unreadable"
	UnknownPlace Code = "unknown-folder"
	BadID        Code = "bad-id"
	UnreadFile   Code = "unread-file"
	Internal     Code = "internal-error"

	// Front matter.

	FrontMatterMissing  Code = "front-matter-missing"
	FrontMatterUnclosed Code = "front-matter-unclosed"
	FrontMatterEarly    Code = "front-matter-closed-early"
	BadYAML             Code = "bad-yaml"
	YAMLTooDeep         Code = "yaml-too-deep"
	YAMLAlias           Code = "yaml-alias"
	UnknownKey          Code = "unknown-key"
	MissingKey          Code = "missing-key"
	DuplicateKey        Code = "duplicate-key"
	EmptyValue          Code = "empty-value"
	WrongType           Code = "wrong-type"
	UnknownWord         Code = "unknown-word"
	BadDate             Code = "bad-date"
	BadTime             Code = "bad-time"
	BadNumber           Code = "bad-number"
	BadValue            Code = "bad-value"
	TooLong             Code = "too-long"
	Contradiction       Code = "contradiction"
	BadCSV              Code = "bad-csv"

	// Prose.

	RawHTML           Code = "raw-html"
	UnsafeLink        Code = "unsafe-link"
	BadReference      Code = "bad-reference"
	UndefinedFootnote Code = "undefined-footnote"
	UndefinedLink     Code = "undefined-link"
	UnusedFootnote    Code = "unused-footnote"
	BadHeading        Code = "bad-heading"
	BadQuotation      Code = "bad-quotation"
	MissingAlt        Code = "missing-alt"
	UnclosedCode      Code = "unclosed-code"
	LostCell          Code = "lost-cell"
	TableTooLarge     Code = "table-too-large"
	NestedTooDeep     Code = "nested-too-deep"
	TooManyFootnotes  Code = "too-many-footnotes"

	// Linking.

	DuplicateID       Code = "duplicate-id"
	AliasCollision    Code = "alias-collision"
	DanglingReference Code = "dangling-reference"
	WrongKind         Code = "wrong-kind"
	DanglingAnchor    Code = "dangling-anchor"
	DanglingAddress   Code = "dangling-address"
	UnknownSource     Code = "unknown-source"
	NumberTwice       Code = "number-twice"
	Cycle             Code = "cycle"
	MissingRate       Code = "missing-rate"
	StandingRaised    Code = "standing-raised"

	// House style: rules of prose and of facts that good texts keep, and that an entry may be excused from, see [Style].

	RelativeTime     Code = "relative-time"
	DateForm         Code = "date-form"
	Spelling         Code = "spelling"
	LoadedWord       Code = "loaded-word"
	NameSpelling     Code = "name-spelling"
	LinkText         Code = "link-text"
	RepeatedText     Code = "repeated-text"
	QuotationDiffers Code = "quotation-differs"
	Uncited          Code = "uncited"
	Unsourced        Code = "unsourced"
	LiteralMark      Code = "literal-mark"
	TitleForm        Code = "title-form"
	BareID           Code = "bare-id"
	UnlinkedAmount   Code = "unlinked-amount"
	AbsentSpeaker    Code = "absent-speaker"
	NotInOffice      Code = "not-in-office"
	NumberGap        Code = "number-gap"
	OutOfTime        Code = "out-of-time"
	DoubledEntry     Code = "doubled-entry"
	ReviewDue        Code = "review-due"
	NoArchive        Code = "no-archive"
	UnusedAllowance  Code = "unused-allowance"

	// Feeds.

	BadLock     Code = "bad-lock"
	Vanished    Code = "vanished"
	TimeChanged Code = "time-changed"

	// Output.

	AddressCollision Code = "address-collision"
	BadTemplate      Code = "bad-template"
	BadSite          Code = "bad-site"
)

// A Severity says what a problem does to a build.
type Severity uint8

// The severities.
const (
	// Error stops a build.
	Error Severity = iota
	// Warning is printed, and stops nothing unless the command is told to be strict.
	Warning
	// Off is not even printed.
	Off
)

// severities are the words for the severities, by their value.
var severities = []string{"error", "warning", "off"}

// String returns the word for a severity.
func (s Severity) String() string { return severities[s] }

// ParseSeverity returns the severity that a word names.
func ParseSeverity(word string) (Severity, bool) {
	i := slices.Index(severities, word)
	return Severity(max(i, 0)), i >= 0
}

// A Rule is what holds for every problem of one code.
type Rule struct {
	Code Code
	// Severity is that of the code where a site does not say otherwise.
	Severity Severity
	// Firm means that no site may say otherwise: what such a problem tells of would be missing from the pages, or wrong on them.
	Firm bool
	// Means says what is wrong, in one sentence with a full stop.
	Means string
}

// Named constants for the third column of the table.
const (
	firm = true
	soft = false
)

// rules has every code, in the order of the constants.
var rules = []Rule{
	// Reading a file.
	{FileTooLarge, Error, firm, "The file is over the limit of size."},
	{InvalidUTF8, Error, firm, "The file has bytes that are not UTF-8."},
	{BadCharacter, Error, firm, "The file has a character that nobody can see, such as a control character."},
	{Unmerged, Error, firm, "A merge has left two versions of some lines."},
	{Unreadable, Error, firm, "The system refused to read the file."},
	{UnknownPlace, Error, firm, "A Markdown file lies in the folder of no kind."},
	{BadID, Error, firm, "The file’s name is not lower-case words joined by hyphens."},
	{UnreadFile, Warning, soft, "A file of content/ has a name under which nothing reads it."},
	{Internal, Error, firm, "The program failed over the file, which is a mistake of the program."},
	// Front matter.
	{FrontMatterMissing, Error, firm, "The file does not begin with front matter."},
	{FrontMatterUnclosed, Error, firm, "The front matter has no line of three hyphens at its end."},
	{FrontMatterEarly, Error, firm, "Three hyphens within a value end the front matter."},
	{BadYAML, Error, firm, "The front matter is not YAML."},
	{YAMLTooDeep, Error, firm, "Values are nested deeper than any entry needs."},
	{YAMLAlias, Error, firm, "The front matter uses anchors, aliases, merge keys or tags of YAML."},
	{UnknownKey, Error, soft, "There is no such key here."},
	{MissingKey, Error, firm, "A required key is missing."},
	{DuplicateKey, Error, firm, "A key is given twice."},
	{EmptyValue, Error, firm, "A key has no value, or is still to be filled in."},
	{WrongType, Error, firm, "The value is of another type than its key takes."},
	{UnknownWord, Error, firm, "The word is not in the vocabulary of its key."},
	{BadDate, Error, firm, "The date cannot be read."},
	{BadTime, Error, firm, "The time cannot be read."},
	{BadNumber, Error, firm, "The number cannot be read."},
	{BadValue, Error, firm, "The value has the right type, and cannot be what is meant."},
	{TooLong, Error, soft, "The text is longer than the lists and feeds that show it whole can take."},
	{Contradiction, Error, firm, "Two values exclude each other."},
	{BadCSV, Error, firm, "The file of rates is not the table that it must be."},
	// Prose.
	{RawHTML, Error, firm, "HTML stands in the text, where it does not work."},
	{UnsafeLink, Error, firm, "A link leads to an address that no page of a site may link to."},
	{BadReference, Error, firm, "A reference or a citation cannot be read."},
	{UndefinedFootnote, Error, soft, "A footnote has a mark and no text."},
	{UndefinedLink, Error, soft, "The label of a link is not defined."},
	{UnusedFootnote, Error, soft, "A footnote has a text and no mark."},
	{BadHeading, Error, soft, "A heading has a level that it must not have."},
	{BadQuotation, Error, firm, "A quotation does not say who spoke, or where that is to be found."},
	{MissingAlt, Error, soft, "A picture has no words for those who cannot see it."},
	{UnclosedCode, Error, soft, "A block of code has no line that ends it, so that all behind it is code."},
	{LostCell, Error, firm, "A row of a table has more cells than its head."},
	{TableTooLarge, Error, firm, "A table has more cells than a reader can use."},
	{NestedTooDeep, Error, firm, "Lists and quotations are nested deeper than a page can show."},
	{TooManyFootnotes, Error, firm, "A text has more footnotes than a reader can follow."},
	// Linking.
	{DuplicateID, Error, firm, "Two entries have one id."},
	{AliasCollision, Error, firm, "A former id is that of another entry."},
	{DanglingReference, Error, firm, "A reference leads to no entry."},
	{WrongKind, Error, firm, "A reference leads to an entry of a kind that has no place there."},
	{DanglingAnchor, Error, soft, "A reference leads to a place that its page does not have."},
	{DanglingAddress, Error, soft, "A link leads to an address that the site does not have."},
	{UnknownSource, Error, firm, "A citation names a source that there is not."},
	{NumberTwice, Error, soft, "Two events of a series, or two briefs, have one number."},
	{Cycle, Error, firm, "Entries lead back to themselves where they must not."},
	{MissingRate, Error, firm, "A sum in a total cannot be converted, for want of a rate."},
	{StandingRaised, Error, soft, "A statement is said to be surer than its sources make it."},
	// House style.
	{RelativeTime, Warning, soft, "The words are true on the day of writing alone."},
	{DateForm, Warning, soft, "A date is not written as the house writes dates."},
	{Spelling, Warning, soft, "The spelling is American, and the site is in British English."},
	{LoadedWord, Warning, soft, "A word judges where a brief should state, or the house does not use it."},
	{NameSpelling, Warning, soft, "A name is not spelt as its entry spells it."},
	{LinkText, Warning, soft, "The words of a link do not say where it leads."},
	{RepeatedText, Warning, soft, "The same text stands on the site twice."},
	{QuotationDiffers, Warning, soft, "The same words are quoted in two ways."},
	{Uncited, Warning, soft, "A paragraph gives a number, or what somebody said, and neither a source nor a link to an entry; or a quotation has no speaker."},
	{Unsourced, Warning, soft, "An entry names no source at all."},
	{LiteralMark, Warning, soft, "The text shows signs of Markdown, where a heading, a link, a table or the like was meant."},
	{TitleForm, Warning, soft, "A title ends with a stop, or is in capital letters."},
	{BareID, Warning, soft, "The text shows the id of an entry, where a link or a note was meant."},
	{UnlinkedAmount, Warning, soft, "A sum of money leads to no pledge, figure or event."},
	{AbsentSpeaker, Warning, soft, "Somebody is quoted at an event, or chairs one, from which they were absent."},
	{NotInOffice, Warning, soft, "An office stands beside a person who did not hold it on the day of the event."},
	{NumberGap, Warning, soft, "A number is left out in a series."},
	{OutOfTime, Warning, soft, "An event is scheduled for the past, was held in the future, or before one of a smaller number; a step is newer than what it rests on; or an entry is dated after today."},
	{DoubledEntry, Warning, soft, "Two entries seem to be of one thing: they have one title, code or address."},
	{ReviewDue, Warning, soft, "The day has come on which the entry was to be looked at again."},
	{NoArchive, Off, soft, "A source has an address and no stored copy."},
	{UnusedAllowance, Warning, soft, "An entry is excused from a rule that it does not break."},
	// Feeds.
	{BadLock, Error, firm, "A line of the record of what feeds have carried cannot be read."},
	{Vanished, Error, firm, "Feeds have carried an item that is gone."},
	{TimeChanged, Error, firm, "Feeds have carried an item with another time."},
	// Output.
	{AddressCollision, Error, firm, "Two pages have one address."},
	{BadTemplate, Error, firm, "A template of the site cannot be used."},
	{BadSite, Error, firm, "The site’s own file is missing."},
}

// Style lists the codes of house style that an entry may excuse itself from, with a reason.
var Style = []Code{
	RelativeTime, DateForm, Spelling, LoadedWord, NameSpelling, LinkText, RepeatedText, QuotationDiffers, Uncited, Unsourced, LiteralMark, TitleForm, BareID, UnlinkedAmount,
	AbsentSpeaker, NotInOffice, NumberGap, OutOfTime, DoubledEntry, ReviewDue, NoArchive,
}

// Rules returns the rule of every code.
func Rules() []Rule { return slices.Clone(rules) }

// RuleOf returns the rule of a code. Codes that are not in the table, such as those of feeds, are errors that nothing lowers.
func RuleOf(code Code) Rule {
	if i := slices.IndexFunc(rules, func(r Rule) bool { return r.Code == code }); i >= 0 {
		return rules[i]
	}
	return Rule{Code: code, Firm: true}
}

// Graded returns the problems with their severities, without those that are off. A site's own word, where it has one, goes before that of
// the table, but never for a code that is firm.
func (l List) Graded(own map[Code]Severity) List {
	var graded List
	for _, p := range l {
		r := RuleOf(p.Code)
		p.Severity = r.Severity
		if s, ok := own[p.Code]; ok && !r.Firm {
			p.Severity = s
		}
		if p.Severity != Off {
			graded.Add(p)
		}
	}
	return graded
}

// Errors returns how many problems stop a build.
func (l List) Errors() int {
	n := 0
	for _, p := range l {
		if p.Severity == Error {
			n++
		}
	}
	return n
}
