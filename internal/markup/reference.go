package markup

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"briefing/internal/diag"
)

// A reference is [[target#anchor|text]]. Its children are the text.
type reference struct {
	ast.BaseInline
	target, anchor string
	at             span     // brackets included
	bottom         ast.Node // the last delimiter before the text: its emphasis must not reach out of the brackets
}

// kindReference tells references from links, which goldmark reads in the same way.
var kindReference = ast.NewNodeKind("Reference")

func (*reference) Kind() ast.NodeKind { return kindReference }

func (r *reference) Dump(source []byte, level int) {
	ast.DumpHelper(r, source, level, map[string]string{"Target": r.target, "Anchor": r.anchor}, nil)
}

// A referenceParser reads references as goldmark reads links: the opening brackets leave a node,
// the text is read like any other, and the closing brackets gather it into the node. It knows from
// the start where the closing brackets are.
type referenceParser struct{}

// Trigger names both ends of a reference.
func (referenceParser) Trigger() []byte { return []byte{'[', ']'} }

// Parse returns a whole reference, the beginning of one that has its own text, or, at the closing
// brackets, that one complete. What cannot be read becomes literal text as a whole, so that no
// other parser finds a link in its middle and a second problem.
func (referenceParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := compilerOf(pc)
	line, segment := block.PeekLine()
	switch {
	case line[0] == ']':
		return c.closeReference(parent, block, pc)
	case !bytes.HasPrefix(line, []byte("[[")) || bytes.HasPrefix(line, []byte("[[[")):
		return nil // in [[[id]]] the first bracket is literal
	}
	at := span{segment.Start, segment.Start + len("[[")}
	end := closing(line)
	if end < 0 {
		c.report(at, diag.BadReference, "[[ without its ]] on the same line",
			`close it with ]]; write \[\[ if the brackets are meant literally, and \[ or \] for a bracket in a reference's own text`)
		block.Advance(len("[["))
		return ast.NewTextSegment(text.NewSegment(at.start, at.stop))
	}
	at.stop = segment.Start + end + len("]]")
	r := &reference{at: at}
	label, problem := r.read(line[len("[["):end])
	switch {
	case problem != nil:
		c.report(at, diag.BadReference, problem.Msg, problem.Hint)
		block.Advance(at.stop - at.start)
		return ast.NewTextSegment(text.NewSegment(at.start, at.stop))
	case label < 0:
		block.Advance(at.stop - at.start)
	default:
		c.openReference(r, pc)
		block.Advance(len("[[") + label)
	}
	return r
}

// read sets target and anchor from what stands between the brackets. It returns the offset of the
// reference's own text, or -1.
func (r *reference) read(body []byte) (int, *diag.Problem) {
	target, label, labelled := bytes.Cut(body, []byte{pipe})
	if labelled {
		target = bytes.TrimSuffix(target, []byte(`\`)) // as other processors demand in a table
	}
	id, anchor, anchored := bytes.Cut(target, []byte("#"))
	bad := func(msg, hint string) (int, *diag.Problem) { return -1, &diag.Problem{Msg: msg, Hint: hint} }
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return bad("a reference to nothing", "write [[id]], the id being the name of an entry's file without .md")
	case len(id) == 0:
		return bad("a reference without an id", fmt.Sprintf("for a place on this page write [text](#%s)", restore(anchor)))
	case !validID(id) && validID(label) && bytes.IndexByte(label, '-') > 0:
		return bad(fmt.Sprintf("%q is not an id", restore(id)), fmt.Sprintf("the id stands first: [[%s|%s]]", label, restore(target)))
	case id[0] == '@' && validID(id[1:]):
		return bad(fmt.Sprintf("%q is not an id", restore(id)), fmt.Sprintf("write [@%s] to cite it, or [[%[1]s]] to lead to its page", id[1:]))
	case !validID(id):
		return bad(fmt.Sprintf("%q is not an id", restore(id)), idHint(id, "[[%s]]"))
	case anchored && !validAnchor(anchor):
		return bad(fmt.Sprintf("%q is not the id of a heading", restore(anchor)), "write the heading's text in lower case, with hyphens for spaces")
	case labelled && len(bytes.TrimSpace(label)) == 0:
		return bad("a reference with an empty text", fmt.Sprintf("write [[%s]] to show the entry's title", target))
	case labelled && holdsBracket(label):
		return bad("a bracket in a reference's own text", `write \[ and \]`)
	}
	r.target, r.anchor = string(id), string(anchor)
	if !labelled {
		return -1, nil
	}
	return len(body) - len(label), nil
}

// holdsBracket reports whether label has a bracket with no backslash before it. Nothing that begins
// with a bracket may stand in a reference: it would be a link within a link.
func holdsBracket(label []byte) bool {
	for i := 0; i < len(label); i++ {
		switch label[i] {
		case '\\':
			i++
		case '[', ']':
			return true
		}
	}
	return false
}

// openReference makes r the reference whose text is read next.
func (c *compiler) openReference(r *reference, pc parser.Context) {
	c.abandonReference()
	if d := pc.LastDelimiter(); d != nil {
		r.bottom = d
	}
	c.reference = r
}

// closeReference returns the open reference, with its text, if these are its closing brackets.
func (c *compiler) closeReference(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := c.reference
	if _, segment := block.PeekLine(); r == nil || segment.Start != r.at.stop-len("]]") {
		return nil
	}
	c.reference = nil
	parser.ProcessDelimiters(r.bottom, pc)
	for n := r.NextSibling(); n != nil; {
		next := n.NextSibling()
		r.AppendChild(r, n)
		n = next
	}
	parent.RemoveChild(parent, r) // goldmark appends what a parser returns
	block.Advance(len("]]"))
	return r
}

// abandonReference reports the open reference whose closing brackets never came, because code began
// in its text and took them.
func (c *compiler) abandonReference() {
	if c.reference != nil {
		c.report(c.reference.at, diag.BadReference, "the closing ]] is part of code", "end the code before the brackets")
		c.reference = nil
	}
}

// CloseBlock is called at the end of a paragraph, cell or heading, beyond which no reference
// reaches.
func (referenceParser) CloseBlock(_ ast.Node, _ text.Reader, pc parser.Context) {
	compilerOf(pc).abandonReference()
}

// reference leaves a hole for a reference.
func (p *printer) reference(r *reference) {
	if p.bare {
		p.referenceText(r)
		return
	}
	if p.linked {
		p.report(r.at, diag.BadReference, "a reference within a link", "end the link before the reference")
		p.referenceText(r)
		return
	}
	// The text is printed like any other and then taken off again: it goes into the hole.
	start := len(p.out)
	p.linked = true
	p.children(r)
	p.linked = false
	label := string(bytes.TrimSpace(p.out[start:]))
	p.out = p.out[:start]
	if label == "" && p.titled {
		p.report(r.at, diag.BadHeading, "a reference without its own text in a heading",
			fmt.Sprintf("a table of contents has to show it too: write [[%s|its text]]", r.target))
	}
	p.hole(Hole{Kind: Link, Target: r.target, Anchor: r.anchor, Text: label}, r.at)
}

// referenceText prints the words of a reference where no link can be.
func (p *printer) referenceText(r *reference) {
	if r.HasChildren() {
		p.children(r)
		return
	}
	p.out = append(p.out, r.target...)
}

// validID reports whether b is words of lower-case ASCII letters and digits, joined by single
// hyphens. No entry has any other id, so that here the author learns how to write it; that it is no
// entry's is for the linker to say.
func validID(b []byte) bool {
	word := false
	for _, c := range b {
		switch {
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

// validAnchor reports whether b can be the id of a heading.
func validAnchor(b []byte) bool {
	for _, r := range string(b) {
		if r != '-' && !inSlug(r) {
			return false
		}
	}
	return len(b) > 0
}

// idHint says how to write an id in the given form, on the example of what was meant if that can be
// guessed.
func idHint(id []byte, form string) string {
	const rule = "ids are lower-case letters, digits and hyphens"
	if bytes.Contains(id, []byte("://")) {
		return rule + "; briefing new source begins an entry for an address"
	}
	guess := strings.Join(strings.FieldsFunc(strings.ToLower(strings.TrimSuffix(path.Base(string(id)), ".md")), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r)
	}), "-")
	if !validID([]byte(guess)) {
		return rule
	}
	return rule + ": " + fmt.Sprintf(form, guess)
}
