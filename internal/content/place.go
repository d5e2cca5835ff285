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
	d, ok := reopen(name, src)
	if !ok {
		return diag.Mark{}
	}
	n, found := follow(d.root, path)
	if n.Kind == yaml.ScalarNode && start < stop {
		if words, ok := d.within(n, start, stop); ok {
			return words
		}
	}
	return d.place(found)
}

// follow returns the node that a path from a record leads to, and the one that stands for its place: a value that stands on its own, else
// the key that it belongs to. A path may lead further than the file does, since a scalar may stand for a record or for a list; it then ends
// at the last node there is.
func follow(record *yaml.Node, path []any) (n, found *yaml.Node) {
	n, found = record, record
	for _, step := range path {
		switch step := step.(type) {
		case string:
			key, value := pairOf(n, step)
			if key == nil {
				return n, found
			}
			found, n = key, value
		case int:
			if n.Kind == yaml.SequenceNode && step < len(n.Content) {
				n = n.Content[step]
				found = n
			}
		}
	}
	if n.Kind == yaml.ScalarNode {
		found = n
	}
	return n, found
}

// pairOf returns a key of a mapping and its value, or nothing.
func pairOf(mapping *yaml.Node, key string) (k, value *yaml.Node) {
	for i := 0; mapping.Kind == yaml.MappingNode && i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i], mapping.Content[i+1]
		}
	}
	return nil, nil
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
