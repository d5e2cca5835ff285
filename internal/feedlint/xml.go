package feedlint

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// prefixes are the namespaces that readers know, with the prefix by which the rules name them. RSS and OPML have none.
var prefixes = map[string]string{
	"":                            "",
	"http://www.w3.org/2005/Atom": "atom",
	"http://purl.org/rss/1.0/modules/content/":     "content",
	"http://purl.org/dc/elements/1.1/":             "dc",
	"http://purl.org/syndication/history/1.0":      "fh",
	"http://purl.org/rss/1.0/modules/syndication/": "sy",
	"http://search.yahoo.com/mrss/":                "media",
	"http://purl.org/syndication/thread/1.0":       "thr",
	"http://creativecommons.org/ns#":               "cc",
	"http://www.w3.org/XML/1998/namespace":         "xml",
	"xml":                                          "xml",
}

// An element is an element of XML. The methods of a nil element are those of one that is empty.
type element struct {
	// name has the prefix of prefixes, whatever the file's own is; that of an unknown namespace is “?”.
	name  string
	space string
	attrs []attribute
	text  []byte // without that of the elements within
	kids  []*element
	at    int
}

// An attribute is an attribute, named as an element is.
type attribute struct{ name, value string }

// all returns the children with a name, in order.
func (e *element) all(name string) []*element {
	var list []*element
	if e != nil {
		for _, k := range e.kids {
			if k.name == name {
				list = append(list, k)
			}
		}
	}
	return list
}

// child returns the first child with a name, or nil.
func (e *element) child(name string) *element {
	if list := e.all(name); len(list) > 0 {
		return list[0]
	}
	return nil
}

// value returns the text of an element without the space around it.
func (e *element) value() string {
	if e == nil {
		return ""
	}
	return string(bytes.TrimSpace(e.text))
}

// attr returns the value of an attribute, and whether there is one.
func (e *element) attr(name string) (string, bool) {
	if e != nil {
		for _, a := range e.attrs {
			if a.name == name {
				return a.value, true
			}
		}
	}
	return "", false
}

// attrValue returns the value of an attribute, or nothing.
func (e *element) attrValue(name string) string {
	value, _ := e.attr(name)
	return value
}

// field returns the text of an element with its place.
func (e *element) field() field {
	if e == nil {
		return field{}
	}
	return field{text: e.value(), at: e.at, element: "<" + e.name + ">", given: true}
}

// walk calls f for the element and all within it.
func (e *element) walk(f func(*element)) {
	if e == nil {
		return
	}
	f(e)
	for _, k := range e.kids {
		k.walk(f)
	}
}

// parseXML makes a tree of the elements. At the first mistake it stops, as every reader must, and the tree is left out: half a feed
// breaks more rules than it should.
func (d *doc) parseXML() {
	r := &xmlReader{doc: d, decoder: xml.NewDecoder(bytes.NewReader(d.data))}
	// Whether the file is UTF-8 is seen in its bytes. What its declaration says is a rule of its own, and must not stop the parser.
	r.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		at := int(r.decoder.InputOffset())
		token, err := r.decoder.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			d.syntaxFault(at, err)
			return
		}
		if !r.take(token, at) {
			return
		}
	}
	if len(r.open) > 0 || r.root == nil {
		d.fault("xml-syntax", len(d.data), "the file ends before its root element does")
		return
	}
	d.root = r.root
}

// badEntity is how the decoder words the one mistake of syntax that has a rule of its own: it has no type to tell it by.
var badEntity = regexp.MustCompile(`invalid character entity (&\w+;)`)

// syntaxFault words an error of the decoder.
func (d *doc) syntaxFault(at int, err error) {
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) {
		d.fault("xml-syntax", at, "%v", err)
	} else if m := badEntity.FindStringSubmatch(syntax.Msg); m != nil {
		at += max(bytes.Index(d.data[min(at, len(d.data)):], []byte(m[1])), 0)
		d.fault("xml-entity", at, "XML knows no %s", m[1])
	} else {
		d.fault("xml-syntax", at, "%s", syntax.Msg)
	}
}

// An xmlReader makes a tree of tokens. It resolves the prefixes itself, for the decoder lets those pass that are not declared.
type xmlReader struct {
	doc     *doc
	decoder *xml.Decoder
	root    *element
	open    []*element
	scopes  []map[string]string // of each open element: the prefixes that it declares
	names   []xml.Name          // as they were written
}

// take takes a token, and reports whether to go on.
func (r *xmlReader) take(token xml.Token, at int) bool {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t, at)
	case xml.EndElement:
		return r.end(t, at)
	case xml.CharData:
		if n := len(r.open); n > 0 {
			r.open[n-1].text = append(r.open[n-1].text, t...)
		} else if len(bytes.TrimSpace(bytes.TrimPrefix(t, []byte("\ufeff")))) > 0 {
			r.doc.fault("xml-syntax", at, "text stands outside the root element")
			return false
		}
	// Entities that a document type declares are never resolved here, and need no limit.
	case xml.Directive:
		r.doc.fault("xml-doctype", at, "the file has a document type")
	case xml.ProcInst:
		r.instruction(t, at)
	}
	return true
}

// start opens an element.
func (r *xmlReader) start(t xml.StartElement, at int) bool {
	switch {
	case len(r.open) == 0 && r.root != nil:
		r.doc.fault("xml-syntax", at, "a second root element <%s>", t.Name.Local)
		return false
	case len(r.open) == depthLimit:
		r.doc.fault("feed-limit", at, "elements lie more than %d deep in each other", depthLimit)
		return false
	case len(t.Attr) > attributesLimit:
		r.doc.fault("feed-limit", at, "<%s> has more than %d attributes", t.Name.Local, attributesLimit)
		return false
	}
	r.scopes, r.names = append(r.scopes, declared(t.Attr)), append(r.names, t.Name)
	// The element's own declarations hold for its own name as well, and therefore come before it.
	e := &element{at: at}
	e.name, e.space = r.resolve(t.Name, true, at)
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		name, _ := r.resolve(a.Name, false, at)
		if _, twice := e.attr(name); twice {
			r.doc.fault("xml-syntax", at, "<%s> has the attribute %s twice", e.name, name)
		}
		e.attrs = append(e.attrs, attribute{name, a.Value})
	}
	if n := len(r.open); n > 0 {
		r.open[n-1].kids = append(r.open[n-1].kids, e)
	} else {
		r.root = e
	}
	r.open = append(r.open, e)
	return true
}

// end closes an element.
func (r *xmlReader) end(t xml.EndElement, at int) bool {
	n := len(r.open) - 1
	if n < 0 || r.names[n] != t.Name {
		r.doc.fault("xml-syntax", at, "</%s> ends an element that is not open here", t.Name.Local)
		return false
	}
	r.open, r.scopes, r.names = r.open[:n], r.scopes[:n], r.names[:n]
	return true
}

// declared returns the namespaces that an element declares, by prefix.
func declared(attrs []xml.Attr) map[string]string {
	var m map[string]string
	for _, a := range attrs {
		prefix, ok := "", a.Name.Space == "" && a.Name.Local == "xmlns"
		if a.Name.Space == "xmlns" {
			prefix, ok = a.Name.Local, true
		}
		if ok {
			if m == nil {
				m = map[string]string{}
			}
			m[prefix] = a.Value
		}
	}
	return m
}

// resolve returns a name with the prefix that the rules use, and its namespace. An attribute without a prefix has no namespace.
func (r *xmlReader) resolve(n xml.Name, isElement bool, at int) (name, space string) {
	if n.Space == "" && !isElement {
		return n.Local, ""
	}
	space, ok := r.namespace(n.Space)
	if !ok {
		r.doc.fault("xml-namespace", at, "the prefix of %s:%s is not declared", n.Space, n.Local)
	}
	switch prefix, known := prefixes[space]; {
	case !known:
		return "?:" + n.Local, space
	case prefix == "":
		return n.Local, space
	default:
		return prefix + ":" + n.Local, space
	}
}

// namespace returns what a prefix stands for.
func (r *xmlReader) namespace(prefix string) (string, bool) {
	for _, scope := range slices.Backward(r.scopes) {
		if space, ok := scope[prefix]; ok {
			return space, true
		}
	}
	// No prefix is no namespace, and xml needs no declaration: Namespaces in XML 1.0, section 3.
	return prefix, prefix == "" || prefix == "xml"
}

// pseudoAttribute is how an instruction writes what looks like an attribute but is none to the parser.
var pseudoAttribute = regexp.MustCompile(`(\w+)\s*=\s*["']([^"']*)["']`)

// instruction looks at the XML declaration and at style sheets.
func (r *xmlReader) instruction(t xml.ProcInst, at int) {
	values := map[string]string{}
	for _, m := range pseudoAttribute.FindAllStringSubmatch(string(t.Inst), -1) {
		values[m[1]] = m[2]
	}
	switch {
	case t.Target == "xml" && values["encoding"] != "" && !strings.EqualFold(values["encoding"], "utf-8"):
		r.doc.fault("xml-encoding", at, "the file says that it is %s", values["encoding"])
	case t.Target == "xml-stylesheet" && values["type"] != "text/css":
		r.doc.fault("xml-stylesheet", at, "the style sheet %s is of the type “%s”", values["href"], values["type"])
	}
}

// xmlRules are about the form of a file. Faults that the parser met come first, since they leave the other rules nothing to look at.
var xmlRules = []Rule{
	// A parser must stop at the first mistake (XML 1.0, section 1.2), so that one bad byte takes away the whole feed.
	{Code: "xml-syntax", Means: "the file is not well-formed XML", Spec: "XML 1.0 section 2.1",
		Hint: "readers show nothing at all of such a file: write it with an XML encoder", find: parsed("xml-syntax")},
	// Only five are known without a document type: amp, lt, gt, quot and apos. Those of HTML are not among them.
	{Code: "xml-entity", Means: "a named entity that XML does not have", Spec: "XML 1.0 section 4.1; W3C validator UndefinedNamedEntity",
		Hint: "write the character itself", find: parsed("xml-entity")},
	// To a parser that knows namespaces this is as bad as ill-formed, and to others it is an element of another name.
	{Code: "xml-namespace", Means: "a prefix that no xmlns attribute declares", Spec: "Namespaces in XML 1.0 section 2; W3C validator MissingNamespace",
		Hint: "declare the prefix in the root element", find: parsed("xml-namespace")},
	// What it holds is shown to nobody. RFC 6721 has such an element for what was withdrawn, which hardly a reader knows.
	{Code: "xml-extension", Means: "an element of a namespace that readers do not know", Spec: "W3C validator UnknownNamespace",
		Hint: "leave the element out; what was withdrawn is told as an item", find: unknownNamespace},
	// A few nested entities can grow to gigabytes, so careful readers refuse any file with a document type.
	{Code: "xml-doctype", Means: "a document type, which may hide entities", Spec: "RFC 4287 section 8; W3C validator ValidDoctype",
		Hint: "leave it out", find: parsed("xml-doctype")},
	// A parser need know no encoding but UTF-8 and UTF-16, and the declaration outweighs the bytes.
	{Code: "xml-encoding", Means: "the XML declaration names another encoding than UTF-8", Spec: "XML 1.0 section 4.3.3; W3C validator ObscureEncoding",
		Hint: "write UTF-8 and say so", find: parsed("xml-encoding")},
	// Browsers are taking XSLT out, and without it a feed that relied on it is a page without words.
	{Code: "xml-stylesheet", Means: "a style sheet that is no CSS", Spec: "HTML Standard, which deprecates XSLT",
		Hint: "link a text/css style sheet, or none", find: parsed("xml-stylesheet")},
	// It is mostly what is left of an element whose tags were lost.
	{Code: "xml-text", Means: "text between elements, where no reader looks", Spec: "RSS 2.0; RFC 4287 section 3; W3C validator UnexpectedText",
		Hint: "put the text into an element", find: strayText},
}

// unknownNamespace finds elements that validators flag and readers pass over.
func unknownNamespace(d *doc, report found) {
	seen := map[string]bool{}
	d.root.walk(func(e *element) {
		if strings.HasPrefix(e.name, "?") && !seen[e.space] {
			seen[e.space] = true
			report(e.at, "<%s> is of the namespace “%s”", strings.TrimPrefix(e.name, "?:"), e.space)
		}
	})
}

// strayText finds text beside elements. In XHTML content it is at home.
func strayText(d *doc, report found) {
	d.root.walk(func(e *element) {
		if len(e.kids) > 0 && e.value() != "" && e.attrValue("type") != "xhtml" && !strings.HasPrefix(e.name, "?") {
			report(e.at, "<%s> has the text “%s” beside its elements", e.name, short(e.value()))
		}
	})
}

// short returns the beginning of a text.
// Sixty characters let a message stay in one line of a terminal or two.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// once reports children that may stand once, and stand again. What says in what.
func once(parent *element, what string, names []string, report found) {
	seen := map[string]bool{}
	if parent == nil {
		return
	}
	for _, k := range parent.kids {
		if seen[k.name] && slices.Contains(names, k.name) {
			report(k.at, "%s has a second <%s>", what, k.name)
		}
		seen[k.name] = true
	}
}

// lacking reports children that are missing or empty.
// An element with children is not empty, such as a person with a name.
func lacking(parent *element, what string, names []string, report found) {
	for _, name := range names {
		switch k := parent.child(name); {
		case parent == nil:
		case k == nil:
			report(parent.at, "%s has no <%s>", what, name)
		case k.value() == "" && len(k.kids) == 0:
			report(k.at, "%s has an empty <%s>", what, name)
		}
	}
}

// strange reports children of a vocabulary's own namespace that it does not have. Prefix is that of the vocabulary.
func strange(parent *element, what, prefix string, names []string, report found) {
	if parent == nil {
		return
	}
	for _, k := range parent.kids {
		own := !strings.Contains(k.name, ":")
		if prefix != "" {
			own = strings.HasPrefix(k.name, prefix+":")
		}
		if own && !slices.Contains(names, strings.TrimPrefix(k.name, prefix+":")) {
			report(k.at, "%s has <%s>, which the format does not", what, k.name)
		}
	}
}

// named returns what messages call an item: its title, or else its id.
func named(sort, title, id string) string {
	switch {
	case title != "":
		return fmt.Sprintf("%s “%s”", sort, short(title))
	case id != "":
		return sort + " " + id
	}
	return "an " + sort + " without title and id"
}
