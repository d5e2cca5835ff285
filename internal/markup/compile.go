package markup

import (
	"iter"
	"sync"

	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"briefing/internal/diag"
)

// markdown is the parser, and plain the same for text without bare addresses: it need not stop at
// each word to look for one. They hold no state of a document: that lies in a compiler, found
// through the parse context.
var (
	markdown = newParser(parser.WithInlineParsers(util.Prioritized(newAddressParser(), 999)))
	plain    = newParser()
)

// newParser puts the language together. A lower number comes first: what begins with [ and is ours
// must be asked before footnotes (101) and links (200) are.
func newParser(more ...parser.Option) parser.Parser {
	return parser.NewParser(append([]parser.Option{
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(depthLimit{}, 0),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(footnoteDefinition{extension.NewFootnoteBlockParser()}, 999),
		),
		parser.WithInlineParsers(
			util.Prioritized(referenceParser{}, 90),
			util.Prioritized(citationParser{}, 91),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(undefinedFootnote{}, 102),
			util.Prioritized(linkParser{parser.NewLinkParser()}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(newTypographer(), 9999),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(tableLimit{}, 199),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			util.Prioritized(lengthLimit{}, 300),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	}, more...)...)
}

// newTypographer returns goldmark's parser of quotes and dashes, writing characters where its
// default writes entities: they are shorter, and a feed reader needs no table of names for them.
func newTypographer() parser.InlineParser {
	return extension.NewTypographerParser(extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation]string{
		extension.LeftSingleQuote:  "‘",
		extension.RightSingleQuote: "’",
		extension.LeftDoubleQuote:  "“",
		extension.RightDoubleQuote: "”",
		extension.EnDash:           "–",
		extension.EmDash:           "—",
		extension.Ellipsis:         "…",
		extension.LeftAngleQuote:   "«",
		extension.RightAngleQuote:  "»",
		extension.Apostrophe:       "’",
	}))
}

// A compiler is the state of one Compile while the text is parsed. goldmark calls the parsers of
// this package block by block, in the order of the text, once all blocks are known: when the first
// reference is read, every footnote and link label is defined.
type compiler struct {
	src      Source
	text     []byte // src.Text, normalised
	position position
	problems diag.List

	reference *reference       // the one whose own text is being read, if any
	brackets  []int            // offsets of the link brackets open in this block
	footnotes []*xast.Footnote // as defined, in order
	paths     []Path           // links to this site by address
	cells     int              // of all tables so far
	tooDeep   bool             // reported already
	crowded   bool             // likewise that there are too many footnotes
	searches  int              // for the nearest label
}

// maxSearches bounds the searches for the nearest label, each of which reads all of them; beyond it problems come without a suggestion.
const maxSearches = 100

// nearest returns the candidate that comes nearest to a label.
func (c *compiler) nearest(label string, candidates iter.Seq[string]) (string, bool) {
	if c.searches++; c.searches > maxSearches {
		return "", false
	}
	return diag.Nearest(label, candidates)
}

// compilerKey finds the compiler in a parse context.
var compilerKey = parser.NewContextKey()

// compilerOf returns the compiler that a parse context belongs to.
func compilerOf(pc parser.Context) *compiler { return pc.Get(compilerKey).(*compiler) }

// printers keeps the buffers of finished compilations for the next: a site has tens of thousands of
// texts of much the same size.
var printers = sync.Pool{New: func() any { return &printer{compiler: &compiler{}} }}

// Compile compiles src in three steps: the text is normalised, goldmark parses it with the parsers
// of this package, which report what they see, and a printer walks the tree once, reporting what
// only shows there, such as a reference within a link. The tree is not kept: it is several times
// larger than the fragment.
//
// The problems are in the order found; their list may be sorted.
func Compile(src Source) (Fragment, diag.List) {
	p := printers.Get().(*printer)
	defer printers.Put(p)
	p.reset(src)
	// A long line is refused before the parser sees it: it may be a heading or a cell, for which
	// goldmark asks no transformer.
	if p.tooLong() {
		return Fragment{}, p.problems
	}

	pc, language := parser.NewContext(), plain
	if mayHoldAddress(p.text) {
		language = markdown
	}
	pc.Set(compilerKey, p.compiler)
	doc := language.Parse(text.NewReader(p.text), parser.WithContext(pc))
	p.unusedFootnotes()
	p.children(doc)
	return p.finish(), p.problems
}

// reset readies the printer for src. Of the last compilation it keeps buffers that nobody else can
// see.
func (p *printer) reset(src Source) {
	c := p.compiler
	text, lines := normalise(c.text[:0], c.position.lines[:0], src.Text)
	*c = compiler{src: src, text: text, brackets: c.brackets[:0]}
	c.position = position{text: text, lines: lines, first: max(src.Line, 1)}
	*p = printer{compiler: c, out: p.out[:0], holes: p.holes[:0]}
}

// finish returns what has been printed, copied out of the buffers that the next compilation will
// write to.
func (p *printer) finish() Fragment {
	f := p.fragment
	f.HTML = string(p.out)
	f.Holes = append(f.Holes, p.holes...) // nil where there are none
	f.Paths = p.paths
	f.Words = countWords(f.HTML)
	for i := range f.Holes {
		f.Words += f.Holes[i].words()
	}
	return f
}

// A span is a stretch of the normalised text.
type span struct{ start, stop int }

// report adds a problem at a span.
func (c *compiler) report(at span, code diag.Code, msg, hint string) {
	c.problems.Add(diag.Problem{Pos: c.position.mark(at).In(c.src.File), Code: code, Msg: msg, Hint: hint})
}
