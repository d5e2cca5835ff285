package diag

// A Code names a sort of problem. Codes are part of the interface: scripts may test for them, so none is ever renamed.
type Code string

// The codes, by the stage that finds them.
const (
	// Reading a file.

	FileTooLarge Code = "file-too-large" // over the size limit
	InvalidUTF8  Code = "invalid-utf8"   // bytes that are not UTF-8
	BadCharacter Code = "bad-character"  // a control character
	Unreadable   Code = "unreadable"     // the system refused to read it
	UnknownPlace Code = "unknown-folder" // a Markdown file in no kind's folder
	BadID        Code = "bad-id"         // a file name that is not kebab-case

	// Front matter.

	FrontMatterMissing  Code = "front-matter-missing"
	FrontMatterUnclosed Code = "front-matter-unclosed"
	FrontMatterEarly    Code = "front-matter-closed-early" // an indented --- ended it
	BadYAML             Code = "bad-yaml"
	YAMLTooDeep         Code = "yaml-too-deep"
	YAMLAlias           Code = "yaml-alias" // anchors, aliases, merge keys and tags
	UnknownKey          Code = "unknown-key"
	MissingKey          Code = "missing-key"
	DuplicateKey        Code = "duplicate-key"
	EmptyValue          Code = "empty-value"
	WrongType           Code = "wrong-type"
	UnknownWord         Code = "unknown-word" // not in the key's vocabulary
	BadDate             Code = "bad-date"
	BadTime             Code = "bad-time"
	BadNumber           Code = "bad-number"
	BadValue            Code = "bad-value" // right type, impossible content
	TooLong             Code = "too-long"
	Contradiction       Code = "contradiction" // two keys that exclude each other
	BadCSV              Code = "bad-csv"

	// Prose.

	RawHTML           Code = "raw-html"
	UnsafeLink        Code = "unsafe-link"
	BadReference      Code = "bad-reference" // [[…]] or [@…] that cannot be read
	UndefinedFootnote Code = "undefined-footnote"
	UndefinedLink     Code = "undefined-link"
	UnusedFootnote    Code = "unused-footnote"
	BadHeading        Code = "bad-heading"
	BadQuotation      Code = "bad-quotation"
	MissingAlt        Code = "missing-alt"
	TableTooLarge     Code = "table-too-large"
	NestedTooDeep     Code = "nested-too-deep" // lists and quotations within each other

	// Linking.

	DuplicateID       Code = "duplicate-id"
	AliasCollision    Code = "alias-collision"
	DanglingReference Code = "dangling-reference"
	WrongKind         Code = "wrong-kind"
	DanglingAnchor    Code = "dangling-anchor"
	DanglingAddress   Code = "dangling-address" // a link to this site by address
	UnknownSource     Code = "unknown-source"
	NumberTwice       Code = "number-twice"
	Cycle             Code = "cycle"
	MissingRate       Code = "missing-rate"    // a sum in a total that cannot be converted
	StandingRaised    Code = "standing-raised" // surer than the sources make it

	// Feeds.

	BadLock     Code = "bad-lock"     // a line of the record of what feeds have carried
	Vanished    Code = "vanished"     // feeds have carried it, and it is gone
	TimeChanged Code = "time-changed" // feeds have carried it with another time

	// Output.

	AddressCollision Code = "address-collision"
	BadTemplate      Code = "bad-template"
	BadSite          Code = "bad-site"
)
