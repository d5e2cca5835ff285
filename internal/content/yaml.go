package content

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// maxDepth is how deep values may be nested.
const maxDepth = 20

// limits stop a few bytes from standing for much work.
var limits = loaderlimits.New(loaderlimits.AliasValue(0), loaderlimits.DepthValue(maxDepth))

// load parses YAML to the mapping at its root.
func (d *decoder) load() (*yaml.Node, bool) {
	empty := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	var document yaml.Node
	if len(bytes.TrimSpace(d.yaml)) == 0 {
		return empty, true
	}
	switch err := yaml.Load(d.yaml, &document, yaml.WithPlugin(limits)); {
	case err != nil && strings.Contains(err.Error(), "no documents"): // comments alone
		return empty, true
	case err != nil:
		d.syntax(err)
		return empty, false
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

// syntax reports an error of the YAML parser in our words.
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
}
