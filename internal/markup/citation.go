package markup

import (
	"bytes"
	"fmt"
	"html"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"briefing/internal/diag"
)

// A citation is [@source, locator; @source, locator].
type citation struct {
	ast.BaseInline
	sources []cited
}

// A cited is one source of a citation.
type cited struct {
	id, locator string
	at          span
}

// kindCitation tells goldmark's citations from all other nodes, as it asks of each sort.
var kindCitation = ast.NewNodeKind("Citation")

func (*citation) Kind() ast.NodeKind { return kindCitation }

func (n *citation) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A citationParser reads a citation in one go: a locator is plain text.
type citationParser struct{}

// Trigger names the character with which citations begin.
func (citationParser) Trigger() []byte { return []byte{'['} }

// Parse reads a citation up to its closing bracket. What is none is left to the parsers asked after it, such as that for links.
func (citationParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[@")) {
		return nil
	}
	c := compilerOf(pc)
	at := span{segment.Start, segment.Start + len("[@")}
	end := bytes.IndexAny(line[1:], "[]\n") + 1
	if end == 0 || line[end] != ']' {
		c.report(at, diag.BadReference, "[@ without its ] on the same line", `close it with ]; write \[@ if the bracket is meant literally`)
		block.Advance(len("[@"))
		return ast.NewTextSegment(text.NewSegment(at.start, at.stop))
	}
	at.stop = segment.Start + end + 1
	block.Advance(end + 1)
	n := &citation{}
	// One source that cannot be read spoils the others: what is between the brackets is printed as
	// it stands, and they are not cited without it.
	for from := 1; from < end; {
		part := line[from : from+nextSource(line[from:end])]
		source, hint := readSource(part)
		if hint != "" {
			c.report(at, diag.BadReference, "a citation that cannot be read", hint)
			return ast.NewTextSegment(text.NewSegment(at.start, at.stop))
		}
		source.at = trimSpan(part, segment.Start+from)
		n.sources = append(n.sources, source)
		from += len(part) + 1
	}
	if len(n.sources) == 1 {
		n.sources[0].at = at // the brackets belong to it alone
	}
	return n
}

// nextSource returns the offset of the semicolon that ends the first source of a list, or its
// length. Only a semicolon before an @ does: others are part of a locator.
func nextSource(list []byte) int {
	for i, c := range list {
		if c == ';' && bytes.HasPrefix(bytes.TrimLeft(list[i+1:], " \t"), []byte("@")) {
			return i
		}
	}
	return len(list)
}

// unparted is an id with a locator behind it, and no comma between the two.
var unparted = regexp.MustCompile(`^([a-z0-9]+(?:-[a-z0-9]+)*)[ :;]+((?:pp?|paras?|page|pages|ch|chapter|section|sec|line|at|min|art|article|note)\b.*|[§¶].*)$`)

// readSource reads @id or @id, locator. If it cannot, it returns a hint.
func readSource(part []byte) (cited, string) {
	part = bytes.TrimPrefix(bytes.TrimSpace(part), []byte("@"))
	id, locator, located := bytes.Cut(part, []byte(","))
	locator = bytes.TrimSpace(locator)
	switch {
	case len(id) == 0:
		return cited{}, "write [@source] or [@source, locator], the source being the name of its file without .md"
	case !validID(id) && unparted.Match(id):
		m := unparted.FindSubmatch(id)
		return cited{}, fmt.Sprintf("put a comma before what says where in it: [@%s, %s]", m[1], restore(m[2]))
	case !validID(id):
		return cited{}, fmt.Sprintf("%q is not an id; %s", restore(id), idHint(id, "[@%s]"))
	case bytes.HasPrefix(locator, []byte("@")):
		return cited{}, fmt.Sprintf("put a semicolon between two sources: [@%s; %s]", id, locator)
	case located && len(locator) == 0:
		return cited{}, fmt.Sprintf("write [@%s], or say where in it after the comma", id)
	}
	return cited{id: string(id), locator: html.UnescapeString(string(appendText(nil, locator)))}, ""
}

// trimSpan returns the span of part, which begins at start, without the spaces around it.
func trimSpan(part []byte, start int) span {
	left := len(part) - len(bytes.TrimLeft(part, " \t"))
	return span{start + left, start + left + len(bytes.TrimSpace(part))}
}

// citation leaves a hole for each source. The space before it goes: a note's mark stands at the
// word it belongs to. So does a comma in the attribution of a quotation, where it only parts the
// source from the speaker.
func (p *printer) citation(n *citation) {
	if p.bare {
		return
	}
	if p.linked {
		p.report(n.sources[0].at, diag.BadReference, "a citation within a link", "put it after the link")
		return
	}
	space := " \n"
	if p.captioned {
		space = ", \n"
	}
	// No hole may come to lie behind the end of the HTML, so that the space before an earlier hole
	// stays.
	from := 0
	if n := len(p.holes); n > 0 {
		from = int(p.holes[n-1].Offset)
	}
	p.out = append(p.out[:from], bytes.TrimRight(p.out[from:], space)...)
	for _, s := range n.sources {
		p.hole(Hole{Kind: Citation, Target: s.id, Text: s.locator}, s.at)
	}
}
