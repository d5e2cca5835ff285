package dossier

import (
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"briefing/internal/diag"
)

// A Table is the keys that an entry, or a record within one, may have, in the order in which they are written.
type Table []Field

// Index returns the position of the field with the key, or -1.
func (t Table) Index(key string) int {
	return slices.IndexFunc(t, func(f Field) bool { return f.Key == key })
}

// A Field is one key of a Table.
type Field struct {
	Key string
	// Doc says what the key is for, in one sentence with a full stop.
	Doc string
	// Also are words that newcomers write for the key.
	Also []string
	// Example is a value as it is written.
	Example  string
	Required bool
	// Unless names keys; where none of them is given, this one is required.
	Unless []string
	// Excludes names keys that must not stand beside this one.
	Excludes []string
	// Needs names the key that must stand beside this one.
	Needs string
	Slot  Slot
}

// required marks a field as required.
func required(f Field) Field {
	f.Required = true
	return f
}

// WordsShown is how long a vocabulary may be to be written out for somebody who has to choose from it. The types of sources and the codes of
// rules are more, which help nobody who was one letter off.
const WordsShown = 12

// Advice says what the value of a field is, or one item of it, which slot takes: with its vocabulary or with an example. A long vocabulary
// is left to the problem that a wrong word would be, which names the nearest right one.
func Advice(f Field, slot Slot) string {
	scalar, _ := slot.(Scalar)
	doc := strings.TrimSuffix(f.Doc, ".")
	switch n := len(scalar.Words); {
	case n > 0 && n <= WordsShown:
		return doc + ": " + strings.Join(scalar.Words, ", ")
	case f.Example != "":
		return doc + ", such as: " + f.Example
	}
	return f.Doc
}

// A Slot takes the value of a key. It is one of Scalar, Sequence and Record.
type Slot interface{ slot() }

// A Scalar takes a single value, given as the text that stands in the file.
type Scalar struct {
	Type Type
	// Words is the vocabulary of a Word. The decoder holds the text against it before it calls Set.
	Words []string
	// Kinds are those that a Reference may lead to; none for other types.
	Kinds KindSet
	// MaxChars and MaxWords bound a Text; 0 where it has no bound.
	MaxChars, MaxWords int
	// At, where not nil, takes the place of the value.
	At *diag.Mark
	// Set reads the text and keeps its value, or returns what is wrong and keeps nothing; a text that is only too long is kept.
	Set func(text string) *Fault
	// Get returns the value as an editor may write it; "" where there is none.
	Get func() string
}

// A Sequence takes a list. One slot serves its items, one after the other: Next empties it for one more, where so many are still to come,
// and Keep adds to the list what it took; Items yields it with each item that there is.
type Sequence struct {
	Next  func(left int) Slot
	Keep  func()
	Items iter.Seq[Slot]
	// OrOne lets a single value stand for a list of one.
	OrOne bool
}

// got returns the value of a slot that keeps it as text.
func got[T ~string](p *T) func() string { return func() string { return string(*p) } }

// A Record takes a mapping. Where Short names a key, a scalar may stand for a record that has only that key.
type Record struct {
	Table func() Table
	// Check looks at the record as a whole once its keys are set; it may be nil.
	Check func(Report)
	Short string
}

// A Report takes what is wrong with the value at a path: a key, followed by positions from 0 and further keys where the fault lies
// deeper, such as "steps", 1, "date".
type Report func(fault *Fault, path ...any)

// A Checker is a record or an entry with rules that no single key can hold. The decoder calls Check once all keys are set; those that
// could not be read are zero.
type Checker interface{ Check(Report) }

// placed returns s with a place to keep that of the value.
func (s Scalar) placed(at *diag.Mark) Scalar {
	s.At = at
	return s
}

// The three sorts of slot, and no other.
func (Scalar) slot()   {}
func (Sequence) slot() {}
func (Record) slot()   {}

// A Type is the type of a scalar value.
type Type string

// The types of scalar values.
const (
	Text      Type = "text"
	Integer   Type = "whole number"
	Number    Type = "number"
	Boolean   Type = "true or false"
	DateType  Type = "date"
	Timestamp Type = "time"
	Clock     Type = "time of day"
	Word      Type = "word"
	Reference Type = "id"
	CiteType  Type = "source id"
	Address   Type = "address"
	Language  Type = "language tag"
	Country   Type = "country code"
	Money     Type = "currency code"
	Slug      Type = "kebab-case word"
	FormerID  Type = "former id"
)

// Names reports whether a value of the type is the name of something, which no list needs twice.
func (t Type) Names() bool { return t == Reference || t == CiteType || t == Slug || t == Money }

// Article returns the type as a sentence has it: "a date", "an id".
func (t Type) Article() string {
	switch t {
	case Text:
		return "text"
	case Boolean:
		return string(t)
	case Timestamp:
		return "a date with a time and a zone"
	case Reference, Address:
		return "an " + string(t)
	}
	return "a " + string(t)
}

// A Fault is what is wrong with a value; the decoder adds the place.
type Fault struct {
	Code diag.Code
	Msg  string
	Hint string
	// Mend is the value that was certainly meant; empty where an editor has to choose.
	Mend string
}

// meant returns the fault with the value that was certainly meant.
func (f *Fault) meant(value string) *Fault {
	f.Mend = value
	return f
}

// A KindSet is a set of kinds of entry.
type KindSet uint16

// Of returns the set of the given kinds; Of() is the set of all.
func Of(kinds ...Kind) KindSet {
	var s KindSet
	for i, k := range Kinds {
		for _, want := range kinds {
			if k == want {
				s |= 1 << i
			}
		}
	}
	if len(kinds) == 0 {
		s = 1<<len(Kinds) - 1
	}
	return s
}

// Has reports whether k is in the set.
func (s KindSet) Has(k Kind) bool { return s&Of(k) != 0 }

// String names the kinds, such as "actor or event".
func (s KindSet) String() string {
	var names []string
	for _, k := range Kinds {
		if s.Has(k) {
			names = append(names, string(k))
		}
	}
	return orList(names)
}

// orList joins words as in "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// The slots for plain values.

// text takes plain text of any length.
func text(p *string) Slot { return sentence(p, 0) }

// sentence takes text of at most limit words; 0 means any number. One that is too long is kept all the same, as by line: sites may choose
// to be warned of it only.
func sentence(p *string, limit int) Slot {
	return Scalar{Type: Text, MaxWords: limit, Get: got(p), Set: func(s string) *Fault {
		*p = s
		if n := len(strings.Fields(s)); limit > 0 && n > limit {
			return faultf(diag.TooLong, "shorten it to %[2]d words or fewer", "this has %[1]d words, and %[2]d is the limit", n, limit)
		}
		return nil
	}}
}

// line takes text of at most limit characters.
func line(p *string, limit int) Slot {
	return Scalar{Type: Text, MaxChars: limit, Get: got(p), Set: func(s string) *Fault {
		*p = s
		if n := len([]rune(s)); n > limit {
			return faultf(diag.TooLong, "shorten it to %[2]d or fewer", "this has %[1]d characters, and %[2]d is the limit", n, limit)
		}
		return nil
	}}
}

// boolean takes true or false. What YAML 1.1 took for booleans, such as yes and No, is refused, since it may be meant as a word.
func boolean(p *bool) Slot {
	return Scalar{Type: Boolean, Get: truth(p), Set: func(s string) *Fault {
		switch s {
		case "true":
			*p = true
		case "false":
			*p = false
		default:
			fault := faultf(diag.WrongType, "write true or false", "%q is neither true nor false", s)
			return fault.meant(map[string]string{"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}[strings.ToLower(s)])
		}
		return nil
	}}
}

// onlyTrue takes true: leaving the key out says the contrary.
func onlyTrue(p *bool) Slot {
	return Scalar{Type: Boolean, Get: truth(p), Set: func(s string) *Fault {
		if s != "true" {
			return faultf(diag.WrongType, "write true, or remove the key", "%q is not true", s)
		}
		*p = true
		return nil
	}}
}

// truth returns the value of a slot for a condition.
func truth(p *bool) func() string { return func() string { return strconv.FormatBool(*p) } }

// word takes one of a vocabulary. The decoder holds the text against it, and suggests the nearest.
func word[T ~string](p *T, words ...T) Scalar {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return Scalar{Type: Word, Words: list, Get: got(p), Set: func(s string) *Fault {
		// The decoder has held s against Words. The word of the vocabulary is kept: all entries share it.
		if i := slices.Index(words, T(s)); i >= 0 {
			*p = words[i]
		}
		return nil
	}}
}

// ref takes the id of an entry of one of the given kinds. Whether there is one is for the linker to say.
func ref(p *ID, kinds ...Kind) Scalar {
	return Scalar{Type: Reference, Kinds: Of(kinds...), Get: got(p), Set: func(s string) *Fault {
		if !ID(s).Valid() {
			return faultf(diag.BadReference, idHint(s), "%q is not an id", s).meant(bareID(s))
		}
		*p = ID(s)
		return nil
	}}
}

// bareID returns the id that a text was meant to be, or "". What an address ends in is nobody's id, and of two ids with a space between
// nobody knows whether they are one.
func bareID(s string) string {
	if web(s) || spacedIDs(s) != "" {
		return ""
	}
	s = strings.TrimSuffix(path.Base(strings.Trim(s, "[]@ ")), ".md")
	if id := ID(strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(s))); id.Valid() {
		return string(id)
	}
	return ""
}

// web reports whether a text is an address of the web.
func web(s string) bool { return strings.Contains(s, "://") || strings.HasPrefix(s, "www.") }

// IDList returns ids that commas or “and” join with commas alone, as a list in brackets has them; "" where the text is anything else.
func IDList(s string) string {
	ids := strings.Split(strings.ReplaceAll(s, " and ", ","), ",")
	for i := range ids {
		if ids[i] = strings.TrimSpace(ids[i]); !ID(ids[i]).Valid() {
			return ""
		}
	}
	return strings.Join(ids, ", ")
}

// spacedIDs returns ids that spaces alone join with commas; "" where the text is anything else.
func spacedIDs(s string) string {
	if words := strings.Fields(s); len(words) > 1 {
		return IDList(strings.Join(words, ","))
	}
	return ""
}

// idHint says how to write an id.
func idHint(s string) string {
	if web(s) {
		return "write the id of an entry, in which the address may stand; briefing new begins one"
	}
	if list := IDList(s); list != "" {
		return "write one id; where several may stand, they are a list: [" + list + "]"
	}
	if list := spacedIDs(s); list != "" {
		return "put commas between ids, as in [" + list + "], and hyphens between the words of one: " + strings.ReplaceAll(list, ", ", "-")
	}
	if id := bareID(s); id != "" {
		return "write the bare id: " + id
	}
	if strings.Contains(s, " -") {
		return "of a list, begin each item on a line of its own, with a hyphen, a space and the id, all in one column"
	}
	return "write the bare id, in lower-case letters, digits and hyphens"
}

// citation takes the id of a source, perhaps with a locator behind a comma.
func citation(p *Citation) Slot {
	return Scalar{Type: CiteType, Kinds: Of(KindSource), Get: p.written, Set: func(s string) *Fault {
		id, locator := CutLocator(s)
		if !id.Valid() {
			hint := idHint(string(id)) + "; a locator follows after a comma"
			if web(s) {
				hint = "begin an entry for it with briefing new source ID, and write its id here"
			}
			return faultf(diag.BadReference, hint, "%q is not the id of a source", s)
		}
		*p = Citation{Source: id, Locator: locator}
		return nil
	}}
}

// CutLocator splits "id, locator"; the locator may be missing.
func CutLocator(s string) (id ID, locator string) {
	before, after, _ := strings.Cut(s, ",")
	return ID(strings.TrimSpace(before)), strings.TrimSpace(after)
}

// written returns the citation as an editor may write it.
func (c *Citation) written() string {
	if c.Locator == "" {
		return string(c.Source)
	}
	return string(c.Source) + ", " + c.Locator
}

// timestamp takes a time by RFC 3339, with its zone; it is kept in UTC, so that nothing depends on the zone of the machine.
func timestamp(p *time.Time) Slot {
	get := func() string {
		if p.IsZero() {
			return ""
		}
		return p.Format(time.RFC3339)
	}
	return Scalar{Type: Timestamp, Get: get, Set: func(s string) *Fault {
		var t time.Time
		if err := t.UnmarshalText([]byte(s)); err != nil {
			return faultf(diag.BadTime, timeHint(s), "%q is not a date with a time and a zone", s)
		}
		*p = t.UTC()
		return nil
	}}
}

// timeHint says what a time lacks.
func timeHint(s string) string {
	if d, fault := ParseDate(s); fault == nil && d.IsDay() {
		return "add the time and the zone: " + s + "T12:00:00Z"
	}
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02 15:04:05Z07:00"} {
		if t, err := time.Parse(form, s); err == nil {
			return "write " + t.Format(time.RFC3339) + ", or another zone in place of Z"
		}
	}
	return "write it as 2025-06-04T14:30:00Z (RFC 3339)"
}

// clock takes a time of day, in the zone of the site.
func clock(p *string) Slot {
	return Scalar{Type: Clock, Get: got(p), Set: func(s string) *Fault {
		_, err := time.Parse("15:04", s)
		if err != nil || len(s) != len("15:04") {
			hint, meant := `write hours from 00 to 23 and minutes, as "14:30"`, ""
			if err == nil {
				hint, meant = `write "0`+s+`"`, "0"+s
			}
			return faultf(diag.BadTime, hint, "%q is not a time of day", s).meant(meant)
		}
		*p = s
		return nil
	}}
}

// The slots for structure.

// list takes a list, by way of a value that stands for each of its items.
func list[T any](p *[]T, item func(*T) Slot) Sequence {
	var slot Slot
	at := new(T)
	one := func() Slot {
		// A list that is empty needs no slot, and most are.
		if slot == nil {
			slot = item(at)
		}
		return slot
	}
	next := func(left int) Slot {
		*p, *at = slices.Grow(*p, left), *new(T)
		return one()
	}
	items := func(yield func(Slot) bool) {
		for _, *at = range *p {
			if !yield(one()) {
				return
			}
		}
	}
	return Sequence{Next: next, Keep: func() { *p = append(*p, *at) }, Items: items}
}

// listOrOne is a list for which a single item may stand.
func listOrOne[T any](p *[]T, item func(*T) Slot) Sequence {
	s := list(p, item)
	s.OrOne = true
	return s
}

// refs takes a list of ids.
func refs(p *[]ID, kinds ...Kind) Sequence {
	return list(p, func(id *ID) Slot { return ref(id, kinds...) })
}

// cites takes one citation or a list of them.
func cites(p *[]Citation) Sequence { return listOrOne(p, citation) }

// texts takes a list of plain texts.
func texts(p *[]string) Sequence { return list(p, text) }

// A tabled value has a table of its own.
type tabled interface{ Table() Table }

// record takes keys and values.
func record(v tabled) Slot { return recordOr(v, "") }

// recordOr takes a record, or a scalar that stands for the record's key short.
func recordOr(v tabled, short string) Slot {
	r := Record{Table: once(v.Table), Short: short}
	if c, ok := v.(Checker); ok {
		r.Check = c.Check
	}
	return r
}

// once returns a table that is made when it is asked for, and then kept.
func once(table func() Table) func() Table {
	var t Table
	return func() Table {
		if t == nil {
			t = table()
		}
		return t
	}
}
