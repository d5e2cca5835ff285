package markup

import (
	"slices"
	"sort"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"briefing/internal/diag"
)

// Object stands in the words of a passage for what has none of its own there: a reference that shows the title of its entry, a piece
// of code, a picture.
const Object = '\uFFFC'

// A PassageKind says what part of a text a passage is.
type PassageKind uint8

const (
	Prose     PassageKind = iota // a paragraph, an item of a list, a footnote
	Title                        // a heading
	Cell                         // a cell of a table
	Quotation                    // a paragraph of a blockquote, without its attribution
)

// A Passage is the words of one block of a text, for programs that read prose. It knows where each of them stands in the file.
type Passage struct {
	Kind PassageKind
	// Words are the text without markup, a line end as a space. Character references stay as they are written.
	Words string
	// Parts are the stretches of Words that are marked up, by where they begin, and the notes between them.
	Parts []Part
	// Speaker and Sources are those of an attributed quotation.
	Speaker string
	Sources []string

	pieces []piece
	file   *compiler
}

// A PartKind says what a part of a passage is.
type PartKind uint8

const (
	Referring  PartKind = iota // a reference: Target is an id
	Linking                    // a link by address: Target is the address
	Noting                     // a citation, which has no words: Target is the id of a source
	Footnoting                 // the mark of a footnote, which has no words
	Stressed                   // emphasis, often the title of a work
)

// A Part is a stretch of a passage's words.
type Part struct {
	Kind        PartKind
	Start, Stop int // in Words
	Target      string
}

// A piece says that the words from offset at on stand in the normalised text from offset from on.
type piece struct{ at, from int }

// Passages returns the passages of a text in their order. Like [Compile] it makes what it can of a text with problems, and reports
// none of them.
func Passages(src Source) []Passage {
	p := &printer{compiler: &compiler{}}
	p.reset(src)
	if p.tooLong() {
		return nil
	}
	pc := parser.NewContext()
	pc.Set(compilerKey, p.compiler)
	r := &passageReader{printer: p}
	r.blocks(markdown.Parse(text.NewReader(p.text), parser.WithContext(pc)))
	return r.list
}

// Mark returns the place of a stretch of the passage's words.
func (p *Passage) Mark(start, stop int) diag.Mark {
	c := p.file
	// A position remembers its last answer, so that each asker has one of its own.
	at := position{text: c.text, lines: c.position.lines, first: c.position.first}
	from := p.source(start)
	return at.mark(span{from, max(p.source(max(stop-1, start))+1, from+1)})
}

// Literal reports whether a backslash stands before the words at an offset, which says that the sign there is meant as it stands.
func (p *Passage) Literal(offset int) bool {
	at := p.source(offset)
	return at > 0 && p.file.text[at-1] == '\\'
}

// source returns where in the normalised text the word that begins at an offset stands.
func (p *Passage) source(offset int) int {
	i := sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].at > offset }) - 1
	if i < 0 {
		return 0
	}
	return p.pieces[i].from + offset - p.pieces[i].at
}

// A passageReader gathers passages. Of its printer it uses what finds attributions.
type passageReader struct {
	*printer
	list  []Passage
	words []byte
	now   Passage
	last  int // where in the text the last words ended
}

// blocks reads the blocks that n holds.
func (r *passageReader) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			r.passage(Title, c)
		case *ast.Paragraph, *ast.TextBlock, *xast.DefinitionTerm:
			r.passage(Prose, c)
		case *xast.TableCell:
			r.passage(Cell, c)
		case *ast.Blockquote:
			r.quotation(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *ast.LinkReferenceDefinition:
		default:
			r.blocks(c)
		}
	}
}

// quotation reads a blockquote. What stands in one is told of as quoted, however deep.
func (r *passageReader) quotation(n *ast.Blockquote) {
	first := len(r.list)
	caption, at := r.attribution(n)
	r.blocks(n)
	var q Quote
	if caption != nil {
		q = r.quote(n, caption, at)
	}
	for i := first; i < len(r.list); i++ {
		r.list[i].Kind, r.list[i].Speaker, r.list[i].Sources = Quotation, q.Speaker, q.Sources
	}
}

// passage reads a block that holds words.
func (r *passageReader) passage(kind PassageKind, n ast.Node) {
	r.words, r.now = r.words[:0], Passage{Kind: kind, file: r.compiler}
	r.inlines(n)
	if len(r.words) > 0 {
		r.now.Words = string(r.words)
		// A part is known when it ends, so that an outer one comes behind those within.
		slices.SortStableFunc(r.now.Parts, func(a, b Part) int { return a.Start - b.Start })
		r.list = append(r.list, r.now)
	}
}

// inlines reads the inlines that n holds.
func (r *passageReader) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inline(c)
	}
}

// inline reads an inline.
func (r *passageReader) inline(n ast.Node) {
	start := len(r.words)
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
	case *ast.String: // the typographer's: it stands where the text before it ended
		r.add(n.Value, r.last)
	case *reference:
		if !n.HasChildren() {
			r.object(n.at)
		}
		r.inlines(n)
		r.part(Referring, start, n.target)
	case *citation:
		for _, s := range n.sources {
			r.part(Noting, start, s.id)
		}
	case *xast.FootnoteLink:
		r.part(Footnoting, start, "")
	case *ast.Link:
		r.inlines(n)
		r.part(Linking, start, string(n.Destination))
	case *ast.AutoLink:
		label := n.Label(r.printer.text)
		r.add(label, max(n.Pos(), r.last))
		r.part(Linking, start, string(label))
	case *ast.Emphasis, *xast.Strikethrough:
		r.inlines(n)
		r.part(Stressed, start, "")
	case *ast.CodeSpan, *ast.Image:
		r.object(span{r.last, r.last + 1})
	}
}

// part adds a part that began at start and ends here.
func (r *passageReader) part(kind PartKind, start int, target string) {
	r.now.Parts = append(r.now.Parts, Part{kind, start, len(r.words), target})
}

// object adds the sign for what has no words.
func (r *passageReader) object(at span) {
	// The sign is three bytes long: the first stands for the beginning, the last for the end.
	sign := []byte(string(Object))
	r.add(sign[:2], at.start)
	r.add(sign[2:], max(at.stop-1, at.start))
}

// text adds the words of a text, without the backslashes that make signs literal.
func (r *passageReader) text(n *ast.Text) {
	from, value := n.Segment.Start, n.Segment.Value(r.printer.text)
	for i := 0; i+1 < len(value); i++ {
		if value[i] == '\\' && util.IsPunct(value[i+1]) {
			r.add(value[:i], from)
			from, value, i = from+i+1, value[i+1:], 0
		}
	}
	r.add(value, from)
	if n.SoftLineBreak() || n.HardLineBreak() {
		r.add([]byte(" "), r.last)
	}
}

// add adds words that stand in the text at offset from.
func (r *passageReader) add(words []byte, from int) {
	if len(words) > 0 {
		r.now.pieces = append(r.now.pieces, piece{len(r.words), from})
		r.words = append(r.words, words...)
		r.last = from + len(words)
	}
}
