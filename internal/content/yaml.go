package content

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// maxDepth is how deep values may be nested. The deepest that a table asks for, the sources of a version of an outcome, has seven levels.
const maxDepth = 20

// limits stop a few bytes from standing for much work: aliases that multiply what they name, brackets a million deep.
var limits = loaderlimits.New(loaderlimits.AliasValue(0), loaderlimits.DepthValue(maxDepth))

// load parses YAML to the mapping at its root.
func (d *decoder) load() (*yaml.Node, bool) {
	// Front matter without keys is an empty record, which lacks its required keys: that says more than an error of syntax would.
	empty := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	var document yaml.Node
	if len(bytes.TrimSpace(d.yaml)) == 0 {
		return empty, true
	}
	switch err := yaml.Load(d.yaml, &document, yaml.WithPlugin(limits)); {
	case err != nil && strings.Contains(err.Error(), "no documents"): // comments alone
		return empty, true
	case err != nil:
		return d.pieces(err)
	}
	if len(document.Content) == 0 {
		return empty, true
	}
	root := document.Content[0]
	switch {
	case root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null":
		return empty, true
	case root.Kind != yaml.MappingNode:
		d.problem(root, diag.BadYAML, "write keys and values, as in title: A title", "the front matter is %s", kindName(root))
		return empty, false
	}
	return root, true
}

// pieces reads YAML that cannot be read as a whole key by key, so that one slip hides no other. A key whose value cannot be read is
// there with an empty node. Where every piece can be read, what is wrong lies between them, and whole, the error of the whole, tells it.
func (d *decoder) pieces(whole error) (root *yaml.Node, ok bool) {
	root = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	before := len(d.problems)
	for start, text := range topLevel(string(d.yaml)) {
		piece := &decoder{file: d.file, line: d.line + start, yaml: []byte(text)}
		pairs := piece.pairs()
		for _, n := range pairs {
			shift(n, start)
		}
		root.Content = append(root.Content, pairs...)
		d.problems = append(d.problems, piece.problems...)
	}
	if len(d.problems) == before {
		d.syntax(whole)
		return root, false
	}
	return root, true
}

// pairs returns the key and the value of a piece; the value is an empty node where it cannot be read.
func (d *decoder) pairs() []*yaml.Node {
	var document yaml.Node
	err := yaml.Load(d.yaml, &document, yaml.WithPlugin(limits))
	switch {
	case err != nil:
		d.syntax(err)
	case len(document.Content) == 1 && document.Content[0].Kind == yaml.MappingNode:
		return document.Content[0].Content
	default:
		d.noColon()
	}
	// The key counts as given, so that it is not told to be missing too.
	key, _, ok := strings.Cut(string(d.yaml), ":")
	if !ok {
		key, _, ok = strings.Cut(string(d.yaml), "=")
	}
	if !ok || strings.Contains(key, "\n") {
		return nil
	}
	return []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.TrimSpace(key), Line: 1, Column: 1}, {}}
}

// noColon reports a piece that is no key with a value, because it has no colon or no space behind it.
func (d *decoder) noColon() {
	line, _, _ := strings.Cut(string(d.yaml), "\n")
	key, _, found := strings.Cut(line, ":")
	at := diag.Mark{Line: int32(d.line + 1), Col: 1}
	f := &dossier.Fault{Code: diag.BadYAML, Msg: "a line without a colon", Hint: "write key: value, or indent the line to continue the value above"}
	if found {
		at.Col = int32(utf8.RuneCountInString(key) + 1)
		f.Msg, f.Hint = "a colon without a space behind it", "write key: value, with a space"
	}
	d.fault(at, f)
}

// topLevel yields the pieces of YAML that begin with a key at the left margin, each with the number of lines before it. What stands
// before the first goes with it.
func topLevel(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		lines := strings.SplitAfter(text, "\n")
		from := 0
		for i := 1; i <= len(lines); i++ {
			if i < len(lines) && !beginsKey(lines[i]) {
				continue
			}
			if piece := strings.Join(lines[from:i], ""); strings.TrimSpace(piece) != "" && !yield(from, piece) {
				return
			}
			from = i
		}
	}
}

// beginsKey reports whether a line looks like the first of a key at the left margin. A line of a text that lost its indentation looks so
// too; it then is a key of its own, which the decoder does not know.
func beginsKey(line string) bool {
	return line != "" && !strings.ContainsRune(" \t\r\n#-?:,[]{}", rune(line[0])) && strings.Contains(line, ":")
}

// shift moves the places of a node and of all within it down by some lines.
func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, child := range n.Content {
		shift(child, lines)
	}
}

// syntax reports an error of the YAML parser in our words. Of several errors the first is told, since the others often follow from it. An
// error that no wording knows is told in the parser's words, which is better than nothing, and which no case in testdata shows.
func (d *decoder) syntax(err error) {
	e := &yaml.LoadError{Message: err.Error()}
	var several *yaml.LoadErrors
	if errors.As(err, &several) && len(several.Errors) > 0 {
		e = several.Errors[0]
	} else if one := (*yaml.LoadError)(nil); errors.As(err, &one) {
		e = one
	}
	c := culprit{lines: strings.Split(string(d.yaml), "\n"), line: e.Mark.Line, col: e.Mark.Column}
	said := wording{msg: "the front matter cannot be read: " + e.Message, hint: "check quotes, colons and indentation"}
	for _, w := range wordings {
		if strings.Contains(e.Message, w.parser) {
			if said = w; w.context && e.ContextMark.Line > 0 && e.ContextMark.Line != e.Mark.Line {
				c.line, c.col = e.ContextMark.Line, e.ContextMark.Column
			}
			break
		}
	}
	if said.code == "" {
		said.code = diag.BadYAML
	}
	if said.look != nil {
		said.msg, said.hint = said.look(&c, said)
	}
	at := diag.Mark{Line: int32(c.clamp() + d.line), Col: int32(max(c.col, 1)), Len: 1}
	d.fault(at, &dossier.Fault{Code: said.code, Msg: said.msg, Hint: said.hint})
	if edit, ok := c.mend(); ok {
		edit.File, edit.Line = d.file, at.Line
		d.problems[len(d.problems)-1].Fix = edit
	}
}
