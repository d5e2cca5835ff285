package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"briefing/internal/diag"
)

// Place returns where the words between two offsets of a value of the front matter stand or, where they cannot be told from the rest,
// where the value does. The value is as the decoder read it, with one space for white space; the path leads to it as that of a
// dossier.Report does.
func Place(name string, src []byte, start, stop int, path ...any) diag.Mark {
	m, problem := split(name, bytes.TrimPrefix(src, []byte("\ufeff")))
	if problem != nil {
		return diag.Mark{}
	}
	d := &decoder{file: name, yaml: m.yaml, line: m.yamlLine}
	root, ok := d.load()
	if !ok {
		return diag.Mark{}
	}
	d.root = root
	if n := follow(root, path); n != nil && n.Kind == yaml.ScalarNode && start < stop {
		if words, ok := d.within(n, start, stop); ok {
			return words
		}
	}
	return d.at(root, path)
}

// follow returns the node that a path leads to, or nil. A value that stands for a list or for a record ends the path.
func follow(n *yaml.Node, path []any) *yaml.Node {
	for _, step := range path {
		if n.Kind == yaml.ScalarNode {
			break
		}
		i := len(n.Content)
		switch step := step.(type) {
		case int:
			i = step
		case string:
			for k := 0; k+1 < len(n.Content); k += 2 {
				if n.Content[k].Value == step {
					i = k + 1
				}
			}
		}
		if i >= len(n.Content) {
			return nil
		}
		n = n.Content[i]
	}
	return n
}

// within returns the place of the words of a scalar between two offsets of its value. It goes through the value and the file side by side,
// and gives up where they differ by more than white space and what YAML escapes.
func (d *decoder) within(n *yaml.Node, start, stop int) (diag.Mark, bool) {
	value, raw := strings.Join(strings.Fields(n.Value), " "), d.yaml
	at, from := d.offset(n), -1
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		at += bytes.IndexByte(raw[at:], '\n') + 1 // behind the signs that open the block
	}
	for i := 0; i < len(value) && at < len(raw); {
		switch {
		case value[i] == ' ':
			i++
			continue
		case value[i] == raw[at]:
			if i >= start && from < 0 {
				from = at
			}
			i++
		case strings.IndexByte(" \t\r\n\\'\"", raw[at]) < 0:
			return diag.Mark{}, false
		}
		at++
		if i >= stop && from >= 0 {
			return d.stretch(from, at), true
		}
	}
	return diag.Mark{}, false
}

// offset returns the offset of a node in the YAML.
func (d *decoder) offset(n *yaml.Node) int {
	at := 0
	for range n.Line - 1 {
		at += bytes.IndexByte(d.yaml[at:], '\n') + 1
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(d.yaml[at:])
		at += size
	}
	return at
}

// stretch returns the mark of the YAML between two offsets, as far as it stands on one line.
func (d *decoder) stretch(from, to int) diag.Mark {
	m := place(d.yaml, from)
	m.Line += int32(d.line)
	words, _, _ := bytes.Cut(d.yaml[from:to], []byte("\n"))
	m.Len = int32(utf8.RuneCount(bytes.TrimRight(words, "\r")))
	return m
}
