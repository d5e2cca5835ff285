package content

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// A decoder sets the fields of one entry from the nodes of its front matter.
type decoder struct {
	file string
	yaml []byte
	// line is the one before the first of the YAML: lines of nodes count from 1 within it.
	line int
	// head is nil for the site's own file; links are the references so far.
	head  *dossier.Head
	links []dossier.Link
	root  *yaml.Node
	// unread means that a key has a value that cannot be read, so that no rule about the whole entry can be held against it.
	unread   bool
	problems diag.List
}

// decode sets the fields of a form from front matter, and returns what that refers to.
func decode(form *dossier.Form, m matter) ([]dossier.Link, diag.List) {
	// Few entries have more links than there is room for.
	d := &decoder{file: m.name, yaml: m.yaml, line: m.yamlLine, head: form.Entry.Base(), links: make([]dossier.Link, 0, 16)}
	r := dossier.Record{Table: func() dossier.Table { return form.Keys }}
	if c, ok := form.Entry.(dossier.Checker); ok {
		r.Check = c.Check
	}
	d.document(r)
	return append([]dossier.Link(nil), d.links...), d.problems
}

// ParseSite reads the site's own file, content/site.yaml.
func ParseSite(name string, src []byte) (dossier.Site, diag.List) {
	var s dossier.Site
	src, problems, ok := clean(name, src)
	if !ok {
		return s, problems
	}
	d := &decoder{file: name, yaml: src, problems: problems}
	d.document(dossier.Record{Table: s.Table, Check: s.Check})
	return s, d.problems
}

// reopen returns the decoder of the front matter of an entry that has been decoded before, with its root, and whether it can be read.
func reopen(name string, src []byte) (*decoder, bool) {
	m, problem := split(name, src)
	if problem != nil {
		return nil, false
	}
	d := &decoder{file: name, yaml: m.yaml, line: m.yamlLine}
	var ok bool
	d.root, ok = d.load()
	return d, ok
}

// document decodes the whole of the YAML.
func (d *decoder) document(r dossier.Record) {
	root, ok := d.load()
	if d.root = root; ok && d.plain(root) {
		d.record(nil, r, root)
	}
	if d.head != nil {
		d.head.Broken = !ok || d.unread
	}
}

// fault reports what a slot or a Check found at a place.
func (d *decoder) fault(at diag.Mark, f *dossier.Fault) {
	d.problems.Add(diag.Problem{Pos: at.In(d.file), Code: f.Code, Msg: f.Msg, Hint: f.Hint})
}

// problem reports a fault at a node.
func (d *decoder) problem(n *yaml.Node, code diag.Code, hint, format string, args ...any) {
	d.fault(d.mark(n), &dossier.Fault{Code: code, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// fix gives the problem that was found last the edit that puts another text in place of a scalar. The file is asked later whether the old
// text stands there as it is: escapes, and lines that were joined, are left to the editor.
func (d *decoder) fix(n *yaml.Node, text string) {
	if text == "" || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return
	}
	last := &d.problems[len(d.problems)-1]
	last.Fix = diag.Edit{Pos: d.mark(n).In(d.file), Old: n.Value, New: text}
}

// mark returns the place of a node. Of a text that runs over several lines it underlines as much as stands on the first.
func (d *decoder) mark(n *yaml.Node) diag.Mark {
	m := diag.Mark{Line: int32(n.Line + d.line), Col: int32(n.Column), Len: 1}
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		m.Len = int32(max(utf8.RuneCountInString(n.Value), 1))
		if quoted(n) {
			m.Len = int32(utf8.RuneCountInString(n.Value) + len(`""`))
		}
	}
	return m
}

// quoted reports whether a scalar stands in quotation marks, which its place includes and its value does not. Escapes make it longer
// still in the file, by how much only the parser knew: the underline then ends early.
func quoted(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
}

// record decodes a mapping, or the scalar that stands for one. The field that it belongs to is nil for the whole of the YAML.
func (d *decoder) record(f *dossier.Field, r dossier.Record, n *yaml.Node) {
	table := r.Table()
	if n.Kind != yaml.MappingNode {
		if i := table.Index(r.Short); i >= 0 && n.Kind == yaml.ScalarNode {
			d.value(&table[i], n, n)
			return
		}
		d.noRecord(f, table, n)
		return
	}
	// Rules about the record as a whole are asked only where each of its keys is sound: otherwise one slip would be told twice. Those
	// about an entry are asked even so, since an entry with one bad key should still tell of all its contradictions.
	before := len(d.problems)
	keys := make(map[string]*yaml.Node, len(n.Content)/2)
	// What a misspelt key was near to counts as given, so that it is not also missing.
	meant := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if near := d.pair(table, keys, n, i); near != "" {
			meant[near] = true
		}
	}
	given := func(key string) bool { return keys[key] != nil || meant[key] }
	d.required(table, n, given)
	d.together(table, keys, given)
	if r.Check != nil && (n == d.root && !d.unread || len(d.problems) == before) {
		r.Check(func(f *dossier.Fault, path ...any) {
			_, found := follow(n, path)
			d.fault(d.place(found), f)
		})
	}
}

// noRecord reports a value that stands where keys and values must, and shows how they are written.
func (d *decoder) noRecord(f *dossier.Field, table dossier.Table, n *yaml.Node) {
	what, hint := "this", "write its keys: "+keyList(table)
	if f != nil {
		what, hint = strconv.Quote(f.Key), "write "+example(f)
		if _, list := f.Slot.(dossier.Sequence); list {
			what = "an item of " + what
		}
		if len(table) <= keysShown {
			hint += "; the keys are " + keyList(table)
		}
	}
	d.problem(n, diag.WrongType, hint, "%s takes keys and values, not %s", what, kindName(n))
}

// required reports the keys that a record lacks, at its beginning: there is no better place for what is not there. Of keys one of which
// is enough the first is reported, with the others in the hint.
func (d *decoder) required(table dossier.Table, n *yaml.Node, given func(key string) bool) {
	for i := range table {
		f := &table[i]
		if given(f.Key) || !f.Required && (f.Unless == nil || slices.ContainsFunc(f.Unless, given)) {
			continue
		}
		hint := "add " + example(f)
		for _, other := range f.Unless {
			hint += ", or " + example(&table[table.Index(other)])
		}
		d.fault(d.start(n), &dossier.Fault{Code: diag.MissingKey, Msg: fmt.Sprintf("%q is missing", f.Key), Hint: hint})
	}
}

// example shows how a field may be written.
func example(f *dossier.Field) string {
	if f.Example != "" {
		return f.Key + ": " + f.Example
	}
	return f.Key + ": " + strings.ToLower(f.Doc[:1]) + strings.TrimSuffix(f.Doc[1:], ".")
}

// together reports keys that exclude or need each other. It goes by keys, not by values: a key whose value is wrong is there all the same,
// and so is one that a misspelt key was near to.
func (d *decoder) together(table dossier.Table, keys map[string]*yaml.Node, given func(key string) bool) {
	for _, f := range table {
		key := keys[f.Key]
		if key == nil {
			continue
		}
		for _, other := range f.Excludes {
			if keys[other] != nil {
				d.problems.Add(diag.Problem{
					Pos: d.mark(key).In(d.file), Code: diag.Contradiction, Msg: fmt.Sprintf("%q and %q exclude each other", f.Key, other),
					Hint: "keep one of the two", Also: d.mark(keys[other]).In(d.file),
				})
			}
		}
		if f.Needs != "" && !given(f.Needs) {
			d.problem(key, diag.Contradiction, fmt.Sprintf("add %s:, or remove %s:", f.Needs, f.Key), "%q stands without %q", f.Key, f.Needs)
		}
	}
}

// start returns the place where a record begins; for the front matter, the line that opens it.
func (d *decoder) start(record *yaml.Node) diag.Mark {
	if record == d.root && d.head != nil {
		return diag.Mark{Line: int32(d.line), Col: 1, Len: 3}
	}
	if record.Kind == yaml.MappingNode && record.Style&yaml.FlowStyle == 0 && len(record.Content) > 0 {
		return d.mark(record.Content[0])
	}
	m := d.mark(record)
	m.Len = 1
	return m
}

// place returns the place of a node, of a record that of its beginning.
func (d *decoder) place(n *yaml.Node) diag.Mark {
	if n.Kind == yaml.ScalarNode {
		return d.mark(n)
	}
	return d.start(n)
}

// thousands are digits behind a comma, as they stand in numbers for readers.
var thousands = regexp.MustCompile(`^\d{3}$`)

// pair decodes the key at an index of a mapping, and its value. Keys maps the keys seen so far to their nodes. Pair returns the key that an
// unknown one is near to.
func (d *decoder) pair(table dossier.Table, keys map[string]*yaml.Node, mapping *yaml.Node, i int) (near string) {
	key, value := mapping.Content[i], mapping.Content[i+1]
	if !d.plain(key) {
		return ""
	}
	if key.Kind != yaml.ScalarNode {
		d.problem(key, diag.BadYAML, "write a plain word before the colon", "a key cannot be %s", kindName(key))
		return ""
	}
	if len(key.Value) == 3 && thousands.MatchString(key.Value) && value.ShortTag() == "!!null" {
		if keys[key.Value] == nil {
			d.problem(key, diag.BadNumber, "write the whole number without commas, such as 2000000", "a comma ends a value, so that this is no part of the number before it")
		}
		keys[key.Value] = key
		return ""
	}
	if first := keys[key.Value]; first != nil {
		d.problems.Add(diag.Problem{
			Pos: d.mark(key).In(d.file), Code: diag.DuplicateKey, Msg: fmt.Sprintf("%q is given twice", clip(key.Value)),
			Hint: "keep one of the two", Also: d.mark(first).In(d.file),
		})
		return ""
	}
	keys[key.Value] = key
	// A value that could not be read has been reported: the key is there, and no more is known of it.
	if value.Kind == 0 {
		d.unread = true
		return ""
	}
	i = table.Index(key.Value)
	if i < 0 {
		d.allPlain(value)
		return d.unknownKey(table, mapping, key)
	}
	d.value(&table[i], key, value)
	return ""
}

// unknownKey reports a key of a mapping that is not in the table, and returns the one that it is near to.
func (d *decoder) unknownKey(table dossier.Table, mapping, key *yaml.Node) (near string) {
	names := make([]string, len(table))
	for i, f := range table {
		names[i] = f.Key
	}
	word := folded(key.Value, "_")
	near, ok := diag.Nearest(word, slices.Values(names))
	if i := slices.IndexFunc(table, func(f dossier.Field) bool { return slices.Contains(f.Also, word) }); i >= 0 {
		near, ok = table[i].Key, true
	}
	if there, _ := pairOf(mapping, near); there != nil {
		ok = false // renamed, it would stand there twice
	}
	hint := "the keys here are " + keyList(table)
	switch {
	case key.ShortTag() == "!!merge":
		d.problem(key, diag.YAMLAlias, "write the keys out", "merge keys are not used here")
		return ""
	case key.Value == "":
		d.problem(key, diag.BadYAML, "write a key before the colon, or remove it", "a colon without a key")
		return ""
	case ok && invisible(key.Value) != "":
		hint = fmt.Sprintf("did you mean %q? Remove the %s", near, invisible(key.Value))
	case ok:
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	d.problem(key, diag.UnknownKey, hint, "there is no key %q here", clip(key.Value))
	if meant, sure := diag.Meant(word, slices.Values(names)); sure {
		if there, _ := pairOf(mapping, meant); there == nil {
			d.fix(key, meant)
		}
	}
	return near
}

// folded returns a word in the form of keys, with sep between words, and without characters that cannot be seen. Editors write Part-Of,
// part of and, out of a word processor, part_of with a space of no width in it; all three mean one key.
func folded(word, sep string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '_':
			return rune(sep[0])
		case unseen(r):
			return -1
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(word))
}

// invisible names the first character of a word that cannot be seen, or returns "".
func invisible(word string) string {
	for _, r := range word {
		if unseen(r) {
			return fmt.Sprintf("invisible character U+%04X", r)
		}
	}
	return ""
}

// unseen reports whether r is a character that cannot be seen, or a space that is no plain space.
func unseen(r rune) bool { return r > 0x7f && (!unicode.IsGraphic(r) || unicode.IsSpace(r)) }

// clip shortens a text that a message shows: a file may hold a key of a million characters.
func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// value decodes the value of a field. Where there is none, the culprit is the key.
func (d *decoder) value(f *dossier.Field, key, n *yaml.Node) {
	if !d.plain(n) {
		return
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" || n.Kind != yaml.ScalarNode && len(n.Content) == 0 {
		hint := "give it a value, or remove the key"
		if f.Required {
			hint = "give it a value: " + example(f)
		}
		if c := cmp.Or(n.LineComment, key.LineComment); tight(c) {
			hint = fmt.Sprintf("put the value in quotes if %q is it: a # begins a comment", clip(c))
		}
		d.problem(key, diag.EmptyValue, hint, "%q has no value", f.Key)
		return
	}
	d.slot(f, f.Slot, n)
}

// slot decodes a value into the slot that takes it; f is the field that it belongs to.
func (d *decoder) slot(f *dossier.Field, slot dossier.Slot, n *yaml.Node) {
	switch s := slot.(type) {
	case dossier.Scalar:
		if n.Kind != yaml.ScalarNode {
			hint := "write one value"
			// Of [[id]], which YAML takes for a list within a list, the hint shows the id.
			inner := n
			for inner.Kind == yaml.SequenceNode && len(inner.Content) == 1 {
				inner = inner.Content[0]
			}
			if inner.Kind == yaml.ScalarNode {
				hint = fmt.Sprintf("write %s: %s", f.Key, clip(inner.Value))
			}
			d.problem(n, diag.WrongType, hint, "%q takes %s, not %s", f.Key, s.Type.Article(), kindName(n))
			return
		}
		d.scalar(f, s, n)
	case dossier.Sequence:
		d.sequence(f, s, n)
	case dossier.Record:
		d.record(f, s, n)
	default:
		panic(fmt.Sprintf("internal error: no slot %T", slot))
	}
}

// plain reports whether n uses none of the features of YAML that are refused here. They would let one place of a file change what another
// says, and a tag would let a value be something else than the text that stands there.
func (d *decoder) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode, n.Anchor != "":
		d.problem(n, diag.YAMLAlias, "write the value out; put it in quotes if it begins with & or *", "anchors and aliases are not used here")
	case n.Style&yaml.TaggedStyle != 0:
		d.problem(n, diag.YAMLAlias, "remove the tag; put the value in quotes if it begins with !", "tags are not used here")
	default:
		return true
	}
	return false
}

// allPlain reports the first node of a value that nothing decodes for which plain does not hold.
func (d *decoder) allPlain(n *yaml.Node) bool {
	return d.plain(n) && !slices.ContainsFunc(n.Content, func(child *yaml.Node) bool { return !d.allPlain(child) })
}

// sequence decodes a list, or the single value that may stand for one. What names something stands in a list once.
func (d *decoder) sequence(f *dossier.Field, s dossier.Sequence, n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		if s.OrOne {
			d.slot(f, s.Next(1), n)
			s.Keep()
			return
		}
		hint := "write a list: one item a line, each after a hyphen"
		switch {
		case strings.HasPrefix(f.Example, "[{"): // a list of records: in brackets the text would be no better
			hint = "write a list: " + example(f)
		case n.Kind == yaml.ScalarNode && !strings.ContainsFunc(n.Value, func(r rune) bool { return unicode.IsPunct(r) && r != ',' && r != '-' }):
			hint = fmt.Sprintf("write a list: %s: [%s]", f.Key, clip(cmp.Or(dossier.IDList(n.Value), n.Value)))
		}
		unspaced := n.Kind == yaml.ScalarNode && n.Style == 0 && len(n.Value) > 1 && n.Value[0] == '-' && !strings.Contains(n.Value, " ")
		if unspaced {
			hint = "write a space behind the hyphen: - " + clip(n.Value[1:])
		}
		d.problem(n, diag.WrongType, hint, "%q takes a list, not %s", f.Key, kindName(n))
		if unspaced {
			d.fix(n, "- "+n.Value[1:])
		}
		if n.Style == 0 && dossier.ID(n.Value).Valid() {
			d.fix(n, "["+n.Value+"]")
		}
		return
	}
	// An item is kept even where it is not decoded: positions in the entry then match those in the file, by which a Check reports.
	first := make(map[string]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		slot := s.Next(len(n.Content) - i)
		switch scalar, _ := slot.(dossier.Scalar); {
		case !d.plain(item):
		case item.Kind == yaml.ScalarNode && item.ShortTag() == "!!null":
			d.problem(item, diag.EmptyValue, "fill it in, or remove it", "an item of %q is empty", f.Key)
		case scalar.Type.Names() && first[item.Value] != nil:
			d.problems.Add(diag.Problem{
				Pos: d.mark(item).In(d.file), Code: diag.BadValue, Msg: fmt.Sprintf("%q is listed twice", clip(item.Value)),
				Hint: "keep one of the two", Also: d.mark(first[item.Value]).In(d.file),
			})
		default:
			if item.Kind == yaml.ScalarNode {
				first[item.Value] = item
			}
			d.slot(f, slot, item)
		}
		s.Keep()
	}
}

// scalar decodes a single value. Whatever YAML takes it for, it arrives as the text that stands in the file: no and 2025 are words,
// and quotation marks change nothing. A reference is recorded with the place of its id, for the linker.
func (d *decoder) scalar(f *dossier.Field, s dossier.Scalar, n *yaml.Node) {
	text := strings.TrimSpace(n.Value)
	if s.Type == dossier.Text {
		text = strings.Join(strings.Fields(text), " ")
	}
	at := d.mark(n)
	switch {
	case text == "":
		d.problem(n, diag.EmptyValue, "give it a value, or remove the key", "%q has no value", f.Key)
		return
	case !strings.ContainsFunc(text, func(r rune) bool { return !unseen(r) }):
		d.problem(n, diag.EmptyValue, "remove the "+invisible(text)+", and give it a value", "%q has no value that can be seen", f.Key)
		return
	case text == dossier.Todo:
		d.problem(n, diag.EmptyValue, dossier.Advice(*f, s), "%q is still to be filled in", f.Key)
		return
	case len(s.Words) > 0 && !slices.Contains(s.Words, text):
		d.unknownWord(f, s, n)
		return
	case s.Type == dossier.Text && n.ShortTag() == "!!bool":
		d.problem(n, diag.WrongType, fmt.Sprintf("write what readers are to see; %q, in quotes, if that is the word", text), "%q takes words, not true or false", f.Key)
		return
	case s.Type == dossier.Text && n.Style == 0 && tight(n.LineComment):
		d.problem(n, diag.BadValue, fmt.Sprintf("put the whole value in quotes if %q belongs to it; else write a space behind the #", clip(n.LineComment)),
			"a # begins a comment, so that this ends before it")
		return
	case s.Type == dossier.Text && (strings.Contains(text, "[[") || strings.Contains(text, "[@")):
		d.fault(d.reference(n), &dossier.Fault{
			Code: diag.BadReference, Msg: fmt.Sprintf("%q is plain text, in which references do not work", f.Key),
			Hint: "move the reference to the body, or to the keys for ids",
		})
		return
	}
	if fault := s.Set(text); fault != nil {
		if name := invisible(text); name != "" && s.Type != dossier.Text {
			fault.Hint = "remove the " + name
		}
		d.fault(at, fault)
		d.fix(n, fault.Mend)
		return
	}
	if s.At != nil {
		*s.At = at
	}
	// The place of a link is that of its id alone, without quotation marks and locator: the linker underlines what leads nowhere.
	if s.Kinds != 0 && d.head != nil {
		id, _ := dossier.CutLocator(text)
		if at.Len = int32(len(id)); quoted(n) {
			at.Col++
		}
		d.links = append(d.links, dossier.Link{To: id, Kinds: s.Kinds, At: at})
	}
}

// tight reports whether a comment may be none: as in No #1, where a number sign was meant.
func tight(comment string) bool {
	return len(comment) > 1 && comment[0] == '#' && comment[1] != ' ' && comment[1] != '#'
}

// reference returns the place of the first reference in a text. The text may run over several lines, and escapes may move what stands in
// it, so that the file itself is searched, from where the value begins.
func (d *decoder) reference(n *yaml.Node) diag.Mark {
	lines := bytes.Split(d.yaml, []byte("\n"))
	from := n.Column - 1
	for i := n.Line - 1; i < len(lines); i++ {
		line := []rune(string(lines[i]))
		text := string(line[min(from, len(line)):])
		for _, mark := range []string{"[[", "[@"} {
			if at := strings.Index(text, mark); at >= 0 {
				col := min(from, len(line)) + utf8.RuneCountInString(text[:at]) + 1
				return diag.Mark{Line: int32(i + 1 + d.line), Col: int32(col), Len: int32(len(mark))}
			}
		}
		from = 0
	}
	return d.mark(n)
}

// unknownWord reports a word that is not in the vocabulary of its key.
func (d *decoder) unknownWord(f *dossier.Field, s dossier.Scalar, n *yaml.Node) {
	hint := "write one of " + strings.Join(s.Words, ", ")
	if len(s.Words) == 1 {
		hint = "write " + s.Words[0] + ", or remove the key"
	}
	word := folded(n.Value, "-")
	near, ok := diag.Nearest(word, slices.Values(s.Words))
	if i := slices.IndexFunc(s.Words, func(w string) bool { return strings.HasSuffix(w, "-"+word) }); i >= 0 && !ok {
		near, ok = s.Words[i], true // newspaper is a word of article-newspaper
	}
	if ok {
		if hint = fmt.Sprintf("did you mean %q?", near); len(s.Words) <= dossier.WordsShown {
			hint += " One of " + strings.Join(s.Words, ", ")
		}
	}
	d.problem(n, diag.UnknownWord, hint, "%q is not a word for %q", clip(n.Value), f.Key)
	if meant, sure := diag.Meant(word, slices.Values(s.Words)); sure {
		d.fix(n, meant)
	}
}

// keysShown is how many keys of a table a hint lists: all that any kind of entry has. More are the codes of problems, in site.yaml.
const keysShown = 40

// keyList lists the keys of a table, for hints.
func keyList(table dossier.Table) string {
	var names []string
	for _, f := range table[:min(len(table), keysShown)] {
		names = append(names, f.Key)
	}
	if len(table) > keysShown {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// kindName says in words what a node is.
func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}
