package export

import (
	"strings"
	"time"
)

// A table says what stands in text for a byte that it cannot have as it is.
type table [256]string

// inHTML and inXML are the signs that template.HTMLEscapeString and xml.EscapeText put in place. In XML they keep what white space an
// attribute has. Neither has one for what no feed may carry: see plain.
var (
	inHTML = table{'"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;"}
	inXML  = table{'"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;", '\t': "&#x9;", '\n': "&#xA;"}
)

// append appends escaped text.
func (t *table) append(b []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		if sign := t[s[i]]; sign != "" {
			b = append(append(b, s[from:i]...), sign...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// escape returns text as HTML. Most texts have nothing to be escaped, and cost no memory.
func escape(s string) string {
	if !strings.ContainsAny(s, `"'&<>`) {
		return s
	}
	return string(inHTML.append(make([]byte, 0, len(s)+20), s))
}

// appendElement appends an element that has only text.
func appendElement(b []byte, name, text string) []byte {
	b = append(append(append(b, '<'), name...), '>')
	return appendEnd(inXML.append(b, text), name)
}

// appendTime appends an element that has only a time, as feedTime returns it.
func appendTime(b []byte, name string, t time.Time) []byte {
	b = append(append(append(b, '<'), name...), '>')
	return appendEnd(t.UTC().AppendFormat(b, time.RFC3339), name)
}

// appendEnd appends the end of an element.
func appendEnd(b []byte, name string) []byte {
	return append(append(append(b, "</"...), name...), '>')
}

// appendAttribute appends an attribute.
func appendAttribute(b []byte, name, value string) []byte {
	b = append(append(append(b, ' '), name...), `="`...)
	return append(inXML.append(b, value), '"')
}

// appendCDATA appends text that is not escaped. Where it has what would end it, it is cut in two.
func appendCDATA(b []byte, text string) []byte {
	b = append(b, "<![CDATA["...)
	for {
		before, after, found := strings.Cut(text, "]]>")
		b = append(b, before...)
		if !found {
			return append(b, "]]>"...)
		}
		b = append(b, "]]]]><![CDATA[>"...)
		text = after
	}
}
