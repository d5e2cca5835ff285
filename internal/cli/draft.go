package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"briefing/internal/dossier"
	"briefing/internal/workspace"
)

// A beginning is what the user says of a new entry on the command line.
type beginning struct {
	// The four that most entries begin with have flags of their own; which field each sets depends on the kind.
	title, date, event, donor string
	// set are further fields, as key=value.
	set []string
	// edit opens the file once it is written.
	edit bool
}

// A draft is an entry that is being begun.
type draft struct {
	// What is begun and when; site holds what references may lead to.
	kind dossier.Kind
	now  time.Time
	site *workspace.Workspace
	// values are what is known already, by the paths of fields, as in announced.date: of a list of records there is one. They are written as
	// YAML.
	values map[string]string
}

// The fields that flags set, by kind.
var (
	dateFields  = map[dossier.Kind]string{dossier.KindEvent: "date", dossier.KindPledge: "announced.date", dossier.KindFigure: "as_of", dossier.KindSource: "issued"}
	eventFields = map[dossier.Kind]string{dossier.KindEvent: "part_of", dossier.KindPledge: "announced.event", dossier.KindBrief: "events"}
	donorFields = map[dossier.Kind]string{dossier.KindPledge: "donors"}
)

// told takes what the user said, and what follows from it: a promise was announced on the day of its event, and its first step on that day
// too.
func (d *draft) told(b beginning) error {
	day := d.now.UTC().Format(time.DateOnly)
	d.values["published"] = d.now.UTC().Format(time.RFC3339)
	if e, ok := d.site.Site.Graph.Lookup(dossier.ID(b.event)); ok && b.date == "" {
		if event, ok := e.(*dossier.Event); ok && d.kind == dossier.KindPledge {
			b.date = event.Date.String()
		}
	}
	for _, f := range []struct {
		flag, value string
		fields      map[dossier.Kind]string
	}{{"--date", b.date, dateFields}, {"--event", b.event, eventFields}, {"--donor", b.donor, donorFields}} {
		field, ok := f.fields[d.kind]
		// A flag that was not given is empty, and then the kind need have no field for it.
		if !ok && f.value != "" {
			return fmt.Errorf("%s says nothing of a kind of entry such as %s", f.flag, d.kind)
		}
		if err := d.set(field, f.value); err != nil {
			return err
		}
	}
	if err := d.set("title", b.title); err != nil {
		return err
	}
	// A promise that is first recorded was announced, whatever followed: later steps are added by hand, each with its source.
	if d.kind == dossier.KindPledge {
		d.values["as_of"], d.values["steps.stage"] = day, string(dossier.Announced)
		if date := d.values["announced.date"]; date != "" {
			d.values["steps.date"] = date
		}
	}
	// Whoever begins a source has it open.
	if d.kind == dossier.KindSource {
		d.values["accessed"] = day
	}
	for _, text := range b.set {
		key, value, ok := strings.Cut(text, "=")
		if !ok {
			return fmt.Errorf("--set takes key=value, not %q", text)
		}
		if err := d.set(key, value); err != nil {
			return err
		}
	}
	return nil
}

// set keeps the value of the field at a path, if the field takes it. A value that begins with a bracket or a brace is YAML, which the check
// reads. White space counts as one space, as it does in a file: a line break would end the value.
func (d *draft) set(path, value string) error {
	if value = strings.Join(strings.Fields(value), " "); value == "" {
		return nil
	}
	if !utf8.ValidString(value) {
		return fmt.Errorf("%s: %q is not UTF-8, which files are written in; set the terminal to UTF-8", path, value)
	}
	f, err := d.field(path)
	if err != nil {
		return err
	}
	if strings.ContainsAny(value[:1], "[{") {
		d.values[path] = value
		return nil
	}
	text, fault := d.written(f.Slot, value)
	if fault != nil {
		return fmt.Errorf("%s: %s; %s", path, fault.Msg, fault.Hint)
	}
	d.values[path] = text
	return nil
}

// field returns the field at a path.
func (d *draft) field(path string) (dossier.Field, error) {
	table := dossier.New(d.kind).Table()
	keys := strings.Split(path, ".")
	for i, key := range keys {
		at := table.Index(key)
		if at < 0 {
			var names []string
			for _, f := range table {
				names = append(names, f.Key)
			}
			hint := guess(key, slices.Values(names), "briefing fields "+string(d.kind)+" lists them")
			return dossier.Field{}, fmt.Errorf("there is no field %q; %s", path, hint)
		}
		if i == len(keys)-1 {
			return table[at], nil
		}
		// Behind a field that is no record the next key is looked for in no table, and is found to be unknown.
		record, _ := element(table[at].Slot).(dossier.Record)
		if table = nil; record.Table != nil {
			table = record.Table()
		}
	}
	return dossier.Field{}, fmt.Errorf("there is no field %q", path)
}

// element returns the slot of one item of a list, and any other slot as it is.
func element(slot dossier.Slot) dossier.Slot {
	if s, ok := slot.(dossier.Sequence); ok {
		return s.Next(1)
	}
	return slot
}

// written returns the YAML of a value, or what is wrong with it.
func (d *draft) written(slot dossier.Slot, value string) (string, *dossier.Fault) {
	switch s := slot.(type) {
	case dossier.Sequence:
		var items []string
		for item := range strings.SplitSeq(value, ",") {
			text, fault := d.written(s.Next(1), strings.TrimSpace(item))
			if fault != nil {
				return "", fault
			}
			items = append(items, text)
		}
		return "[" + strings.Join(items, ", ") + "]", nil
	// A record that may be written as one value, such as a place by its name, is set by that value.
	case dossier.Record:
		if i := s.Table().Index(s.Short); i >= 0 {
			return d.written(s.Table()[i].Slot, value)
		}
		return "", &dossier.Fault{Msg: "it has fields of its own", Hint: "set these, or write it in braces"}
	case dossier.Scalar:
		return quotedYAML(value), d.fault(s, value)
	}
	// No slot is of another type; a new one would be left empty, which check reports.
	return "", nil
}

// fault returns what is wrong with a value: no word of the vocabulary, not of the type, or the id of nothing that may stand there.
func (d *draft) fault(s dossier.Scalar, value string) *dossier.Fault {
	if len(s.Words) > 0 && !slices.Contains(s.Words, value) {
		hint := guess(value, slices.Values(s.Words), "write one of "+strings.Join(s.Words, ", "))
		return &dossier.Fault{Msg: fmt.Sprintf("there is no word %q for it", value), Hint: hint}
	}
	if fault := s.Set(value); fault != nil || s.Kinds == 0 {
		return fault
	}
	// A reference to a source may name the page after a comma.
	id, _ := dossier.CutLocator(value)
	e, ok := d.site.Site.Graph.Lookup(id)
	if ok && s.Kinds.Has(e.Base().Kind) {
		return nil
	}
	ids := func(yield func(string) bool) {
		for _, card := range d.site.Complete(s.Kinds, "") {
			if !yield(string(card.ID)) {
				return
			}
		}
	}
	hint := guess(string(id), ids, fmt.Sprintf("briefing new %s %s begins one", s.Kinds, id))
	return &dossier.Fault{Msg: fmt.Sprintf("there is no %s %q", s.Kinds, id), Hint: hint}
}

// plainYAML is a text that YAML reads as it stands, in brackets too.
var plainYAML = regexp.MustCompile(`^[\pL\pN/(][^:#,\[\]{}"\\\pC]*$`)

// quotedYAML returns a text as a value of YAML. What a colon may stand in, such as an address or a time, needs no quotation marks unless a
// space follows.
func quotedYAML(text string) string {
	bare := strings.NewReplacer("://", "", ":", "").Replace(text)
	if plainYAML.MatchString(bare) && !strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// ask asks for each required field that nothing is known of yet. An empty answer leaves the field to be filled in later.
func (a *app) ask(d *draft) {
	fmt.Fprintln(a.Stderr, "Leave empty what you do not know yet.")
	a.askTable(d, dossier.New(d.kind).Table(), "")
}

// askTable asks for the fields of a table whose paths begin with a prefix.
func (a *app) askTable(d *draft, table dossier.Table, prefix string) {
	for _, f := range table {
		path := prefix + f.Key
		if d.values[path] != "" || !f.Required && f.Key != usual[d.kind] {
			continue
		}
		// A record is asked for field by field, but one that a single value may stand for by that value.
		if record, ok := element(f.Slot).(dossier.Record); ok && record.Short == "" || ok && d.below(path) {
			a.askTable(d, record.Table(), path+".")
			continue
		}
		// It asks until the field takes the answer. An empty one is always taken, so that nobody is held here.
		for {
			fmt.Fprintf(a.Stderr, "\n%s: %s\n> ", path, dossier.Advice(f, element(f.Slot)))
			err := d.set(path, a.answer())
			if err == nil {
				break
			}
			fmt.Fprintln(a.Stderr, err)
		}
	}
}

// below reports whether something is known of a field within the one at a path.
func (d *draft) below(path string) bool {
	for known := range d.values {
		if strings.HasPrefix(known, path+".") {
			return true
		}
	}
	return false
}

// usual names a key that is not required because another may stand for it, but which most entries of the kind have.
var usual = map[dossier.Kind]string{dossier.KindFigure: "value", dossier.KindSource: "issued"}

// text returns the text of the new entry: each required key, and each of which something is known, with its value or with TODO and a
// comment that says what goes there; then each other key as a comment, to be taken out of it where wanted.
func (d *draft) text() string {
	var b, others strings.Builder
	for _, f := range dossier.New(d.kind).Table() {
		switch {
		case f.Required, f.Key == usual[d.kind], d.values[f.Key] != "", d.below(f.Key):
			d.write(&b, f, line{path: f.Key})
		case f.Example != "":
			fmt.Fprintf(&others, "# %s: %s # %s\n", f.Key, f.Example, f.Doc)
		default:
			fmt.Fprintf(&others, "# %s: # %s\n", f.Key, f.Doc)
		}
	}
	return "---\n" + b.String() + others.String() + "---\n\n"
}

// A line is where a field is written. First stands before its key, and indent before the lines that belong to it: they differ only for the
// first field of an element of a list, which begins with a hyphen. path is that of the field, as values are kept by.
type line struct{ path, first, indent string }

// write writes a field. A list that may be written as a single value is; of a record only what is required or known is written, unless a
// single value may stand for all of it.
func (d *draft) write(b *strings.Builder, f dossier.Field, at line) {
	if value := d.values[at.path]; value != "" {
		fmt.Fprintf(b, "%s%s: %s\n", at.first, f.Key, value)
		return
	}
	slot, value := element(f.Slot), dossier.Todo
	sequence, isList := f.Slot.(dossier.Sequence)
	if isList && !sequence.OrOne {
		value = "[" + dossier.Todo + "]"
	}
	record, nested := slot.(dossier.Record)
	if !nested || isList && record.Short != "" && !d.below(at.path) {
		fmt.Fprintf(b, "%s%s: %s # %s\n", at.first, f.Key, value, dossier.Advice(f, slot))
		return
	}
	fmt.Fprintf(b, "%s%s: # %s\n", at.first, f.Key, f.Doc)
	inner := line{indent: at.indent + "  "}
	// The first line of an element begins with a hyphen, which takes the place of its indentation.
	inner.first = inner.indent
	if isList {
		inner.first, inner.indent = inner.indent+"- ", inner.indent+"  "
	}
	for _, f := range record.Table() {
		if inner.path = at.path + "." + f.Key; f.Required || d.values[inner.path] != "" || d.below(inner.path) {
			d.write(b, f, inner)
			inner.first = inner.indent
		}
	}
}
