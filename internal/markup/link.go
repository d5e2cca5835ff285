package markup

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"briefing/internal/diag"
)

// A linkParser is goldmark's, which passes over in silence what is reported here: labels that are
// not defined, addresses that no page should lead to, images without a text.
type linkParser struct{ parser.InlineParser }

// Parse keeps its own stack of open brackets, in step with goldmark's, which cannot be seen: it
// says where a link began.
func (l linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := compilerOf(pc)
	line, segment := block.PeekLine()
	opener := -1
	switch {
	case line[0] == '[' || bytes.HasPrefix(line, []byte("![")):
		c.brackets = append(c.brackets, segment.Start)
	case line[0] == ']' && len(c.brackets) > 0:
		last := len(c.brackets) - 1
		opener, c.brackets = c.brackets[last], c.brackets[:last]
	}
	n := l.InlineParser.Parse(parent, block, pc)
	_, after := block.Position()
	at := span{opener, after.Start}
	switch n := n.(type) {
	case nil:
		if opener >= 0 {
			c.undefinedLabel(span{opener, segment.Start}, line, pc)
		}
	case *ast.Link:
		n.Destination = c.address(at, n.Destination)
	case *ast.Image:
		n.Destination = c.image(at, n.Destination)
		if util.IsBlank(c.text[opener+len("![") : segment.Start]) {
			c.report(at, diag.MissingAlt, "an image without an alternative text", "say between the brackets what the image shows")
		}
	}
	return n
}

// CloseBlock ends the block that brackets cannot reach out of.
func (l linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	c := compilerOf(pc)
	c.brackets = c.brackets[:0]
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// undefinedLabel reports [text][label] and [text][] if the label is not defined. The opener and the
// text are at the span given, the rest is in line. [text] alone is literal: people write [sic].
func (c *compiler) undefinedLabel(at span, line []byte, pc parser.Context) {
	if !bytes.HasPrefix(line, []byte("][")) {
		return
	}
	end := bytes.IndexAny(line[2:], "[]\n") + 2
	if end < 2 || line[end] != ']' {
		return
	}
	label := line[2:end]
	// [text][] means [text][text]. A label that begins with ^ or @ is a footnote or a citation
	// right after a bracket.
	if util.IsBlank(label) {
		label = bytes.TrimPrefix(c.text[at.start:at.stop], []byte("!"))[1:]
	}
	if util.IsBlank(label) || label[0] == '^' || label[0] == '@' {
		return
	}
	if _, ok := pc.Reference(util.ToLinkReference(label)); ok {
		return
	}
	hint := fmt.Sprintf(`define it on a line of its own as [%s]: https://…, or write \[ for a literal bracket`, restore(label))
	if near, ok := c.nearest(string(restore(label)), func(yield func(string) bool) {
		for _, r := range pc.References() {
			if !yield(string(r.Label())) {
				return
			}
		}
	}); ok {
		hint = fmt.Sprintf("did you mean [%s]?", near)
	}
	c.report(span{at.start, at.stop + end + 1}, diag.UndefinedLink, fmt.Sprintf("link label %q is not defined", restore(label)), hint)
}

// schemes are those that a link may have.
var schemes = []string{"https", "http", "mailto"}

// address returns the address that a destination of Markdown stands for, escaped as addresses are.
// If it is one that no link may lead to, address reports it and returns nil.
func (c *compiler) address(at span, destination []byte) []byte {
	// What is judged is what a browser will see: character references can hide a scheme.
	url := util.URLEscape(restore(destination), true)
	scheme, _, found := bytes.Cut(url, []byte(":"))
	switch {
	case len(url) == 0:
		c.report(at, diag.UnsafeLink, "a link that leads nowhere", "write an address between the parentheses")
	case bytes.HasPrefix(url, []byte("//")):
		c.report(at, diag.UnsafeLink, "an address without a scheme", "write https: before it")
	case found && !bytes.ContainsAny(scheme, "/?#") && !slices.Contains(schemes, strings.ToLower(string(scheme))):
		c.report(at, diag.UnsafeLink, fmt.Sprintf("a link may not begin with %q", string(scheme)+":"),
			"links lead to https, http or mailto addresses, or to paths of this site")
	case found && hostless(url):
		c.report(at, diag.UnsafeLink, "an address without a host", "write two slashes and the host behind the scheme, as in https://example.org/")
	case found && !bytes.ContainsAny(scheme, "/?#"):
		return url
	case url[0] != '/' && url[0] != '#':
		c.report(at, diag.UnsafeLink, "an address that depends on the page it stands on", addressHint(string(url)))
	default: // a colon after a slash, as in /a:b, is part of a path
		c.paths = append(c.paths, Path{string(url), c.position.mark(at)})
		return url
	}
	return nil
}

// hostless reports whether a web address has no host, as https:/example.org has none.
func hostless(url []byte) bool {
	scheme, rest, _ := bytes.Cut(url, []byte(":"))
	host, slashed := bytes.CutPrefix(rest, []byte("//"))
	return bytes.EqualFold(scheme[:min(len(scheme), 4)], []byte("http")) && (!slashed || len(host) == 0 || bytes.IndexByte([]byte("/?#"), host[0]) >= 0)
}

// addressHint says how to write an address that begins with neither a scheme nor a slash.
func addressHint(url string) string {
	if id, ok := strings.CutSuffix(path.Base(url), ".md"); ok && validID([]byte(id)) {
		return fmt.Sprintf("write [[%s]], or [[%s|words of your own]], to lead to the entry", id, id)
	}
	if strings.HasPrefix(url, "www.") {
		return "write https://" + url
	}
	return "begin it with a slash, or write [[id]] to lead to an entry"
}

// image returns the address of an image. One that a page would have to ask another site for is reported, and is nil.
func (c *compiler) image(at span, destination []byte) []byte {
	url := c.address(at, destination)
	if url == nil || url[0] == '/' {
		return url
	}
	c.report(at, diag.UnsafeLink, "an image from another site",
		"put the file into content/media/ and write /media/ and its name: a page asks no other site for anything")
	return nil
}

// link prints a link, or only its text where the link cannot be.
func (p *printer) link(n *ast.Link) {
	if p.bare || p.linked || n.Destination == nil {
		p.children(n)
		return
	}
	p.openLink(n.Destination, n.Title)
	p.linked = true
	p.children(n)
	p.linked = false
	p.write("</a>")
}

// openLink writes the start tag of a link.
func (p *printer) openLink(url, title []byte) {
	p.write(`<a href="`)
	p.out = appendEscaped(p.out, url)
	p.title(title)
	p.write(`">`)
}

// title writes a title attribute, if there is one, into a tag whose last attribute is still open.
func (p *printer) title(title []byte) {
	if len(title) > 0 {
		p.write(`" title="`)
		p.out = appendText(p.out, title)
	}
}

// image prints an image. Its alternative text is the plain text of what stands between the
// brackets.
func (p *printer) image(n *ast.Image) {
	alt := string(withoutTags([]byte(p.bareHTML(n))))
	if p.bare || n.Destination == nil {
		p.write(alt)
		return
	}
	p.write(`<img src="`)
	p.out = appendEscaped(p.out, n.Destination)
	p.write(`" alt="`, alt)
	p.title(n.Title)
	p.write(`">`)
}

// An addressParser makes links of bare addresses, except in a reference's own text, which is a link
// already.
type addressParser struct{ parser.InlineParser }

// newAddressParser leaves out ftp, which browsers no longer open.
func newAddressParser() parser.InlineParser {
	return addressParser{extension.NewLinkifyParser(extension.WithLinkifyAllowedProtocols([]string{"https:", "http:"}))}
}

// mayHoldAddress reports whether a bare address may stand in a text: one of the web, or an @ that is
// not the first character of a word, as in citations it is.
func mayHoldAddress(text []byte) bool {
	if bytes.Contains(text, []byte("http")) || bytes.Contains(text, []byte("www.")) {
		return true
	}
	for i, c := range text {
		if c == '@' && i > 0 && strings.IndexByte(" \t\n[", text[i-1]) < 0 {
			return true
		}
	}
	return false
}

// Parse is called at the start of each word.
func (a addressParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if compilerOf(pc).reference != nil {
		return nil
	}
	return a.InlineParser.Parse(parent, block, pc)
}

// autoLink prints an address that is its own text, in angle brackets or bare.
func (p *printer) autoLink(n *ast.AutoLink) {
	label := n.Label(p.text)
	if p.bare || p.linked {
		p.out = appendEscaped(p.out, label)
		return
	}
	// goldmark gives an address without a scheme one of its own, http, but leaves out that of an
	// e-mail address.
	url := n.URL(p.text)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(url), []byte("mailto:")) {
		url = append([]byte("mailto:"), url...)
	}
	url = p.address(span{n.Pos(), n.Pos() + len("<>") + len(label)}, url)
	if url == nil {
		p.out = appendEscaped(p.out, label)
		return
	}
	p.openLink(url, nil)
	p.out = appendEscaped(p.out, label)
	p.write("</a>")
}
