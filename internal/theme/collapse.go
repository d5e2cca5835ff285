package theme

import (
	"strings"
	"text/template/parse"
)

// collapse takes the line breaks and the indentation of a template out of its static text: wholly beside the tag of a block, where
// they mean nothing, and down to one line break elsewhere. What stands in a tag, a comment, or an element such as pre stays. The nodes keep
// their places, so that an error still names the right line.
func collapse(tree *parse.Tree) {
	if tree.Root != nil {
		c := collapser{}
		c.node(tree.Root)
	}
}

// blocks are the elements beside which white space means nothing: they begin and end a line, or are not shown. Those of a chart are
// among them, for SVG draws no space between shapes.
var blocks = wordSet(`html head body title meta link header nav main footer section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd
	table caption thead tbody tfoot tr th td figure figcaption blockquote details summary form fieldset hr br pre
	svg g path circle rect line polygon text desc script style template !doctype`)

// wordSet returns the words of a text as a set. Names of elements are in lower case there, as HTML does not tell the cases apart.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// A collapser goes through the text of a template in the order in which it is written. Where it is carries over from one node to the
// next, for a tag may have actions in it: <a href="{{.URL}}">. It relies on what html/template makes sure of, that the branches of
// an action end where they are in the same place of the HTML.
type collapser struct {
	out     strings.Builder
	pending string // white space not yet written
	place
}

// A place is where in the HTML a collapser is.
type place struct {
	name   string // of the tag that it is in, with the slash of an end tag; empty outside tags
	quote  byte   // that will end the attribute it is in
	kept   int    // elements that are open whose text is kept
	beside bool   // the tag of a block has just ended
}

// keeping are the elements in which each space means something.
var keeping = wordSet("pre textarea script style")

// node collapses the text of n and of all that it holds. What another action prints is no text of the template.
func (c *collapser) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			c.node(child)
		}
	case *parse.TextNode:
		n.Text = c.text(string(n.Text))
	case *parse.IfNode:
		c.branch(&n.BranchNode)
	case *parse.RangeNode:
		c.branch(&n.BranchNode)
	case *parse.WithNode:
		c.branch(&n.BranchNode)
	}
}

// branch collapses what is printed if a condition holds, and what is printed else. Both begin at the same place, so that a tag or an
// attribute that each of them begins, or ends, is begun or ended once.
func (c *collapser) branch(n *parse.BranchNode) {
	before := c.place
	c.node(n.List)
	if n.ElseList != nil {
		c.place = before
		c.node(n.ElseList)
	}
}

// text returns one stretch of text, collapsed. White space at its end is decided on before the action that follows is known, so
// that it stays, as one line break, unless a block has just begun or ended.
func (c *collapser) text(s string) []byte {
	c.out.Reset()
	c.beside = c.beside && strings.HasPrefix(s, "<") // an action stands between
	for s != "" {
		n := c.next(s)
		s = s[n:]
	}
	c.space(false)
	return []byte(c.out.String())
}

// next takes what s begins with, and returns its length.
func (c *collapser) next(s string) int {
	switch {
	case c.name != "":
		return c.inTag(s)
	case strings.HasPrefix(s, "<!--"):
		c.space(false)
		return c.copy(s, lengthTo(s, "-->"))
	case s[0] == '<':
		return c.tag(s)
	}
	white := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
	if white > 0 {
		c.pending = s[:white]
		return white
	}
	c.space(false)
	c.beside = false
	end := strings.IndexAny(s, "< \t\r\n")
	if end < 0 {
		end = len(s)
	}
	return c.copy(s, end)
}

// tag begins a tag: it takes its name. A < that begins no tag is text.
func (c *collapser) tag(s string) int {
	end := 1 + len(s[1:]) - len(strings.TrimLeft(s[1:], "/!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
	c.name = strings.ToLower(s[1:end])
	c.space(blocks[strings.TrimPrefix(c.name, "/")])
	if c.name == "" {
		c.beside = false
	}
	return c.copy(s, end)
}

// inTag takes a part of a tag: up to a quote, up to the end of what is quoted, or up to the end of the tag.
func (c *collapser) inTag(s string) int {
	if c.quote != 0 {
		n := lengthTo(s, string(c.quote))
		if s[n-1] == c.quote {
			c.quote = 0
		}
		return c.copy(s, n)
	}
	i := strings.IndexAny(s, `"'>`)
	if i < 0 {
		return c.copy(s, len(s))
	}
	if s[i] == '>' {
		c.endTag()
	} else {
		c.quote = s[i]
	}
	return c.copy(s, i+1)
}

// endTag notes that a tag has ended, and whether what follows stands beside a block. An end tag too many counts for nothing: a template may
// hold the end of what another one began.
func (c *collapser) endTag() {
	if name, end := strings.CutPrefix(c.name, "/"); keeping[name] {
		if c.kept++; end {
			c.kept = max(0, c.kept-2)
		}
	}
	c.beside = blocks[strings.TrimPrefix(c.name, "/")]
	c.name = ""
}

// space writes the white space that is pending. Before says that the tag of a block follows it.
func (c *collapser) space(before bool) {
	s := c.pending
	c.pending = ""
	switch {
	case c.kept > 0 || !strings.Contains(s, "\n"):
		c.out.WriteString(s)
	case !before && !c.beside:
		c.out.WriteByte('\n')
	}
}

// copy writes the first n bytes of s as they are, and returns n.
func (c *collapser) copy(s string, n int) int {
	c.out.WriteString(s[:n])
	return n
}

// lengthTo returns the length of s up to the end of mark, or all of it.
func lengthTo(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}
