package theme

import (
	"bytes"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// Names of the functions that html/template adds to what is printed, by the place where it stands.
const (
	escapePrefix = "_html_template_"
	escapeText   = "_html_template_htmlescaper"
	escapeAttr   = "_html_template_attrescaper"
	escapeTitle  = "_html_template_rcdataescaper"
	escapeJS     = "_html_template_jsvalescaper"
	filterName   = "_html_template_htmlnamefilter"
	filterURL    = "_html_template_urlfilter"
	normaliseURL = "_html_template_urlnormalizer"
)

// safe says of which types a value passes a function as it is.
var safe = map[string]reflect.Type{
	escapeText: reflect.TypeFor[template.HTML](), escapeJS: reflect.TypeFor[template.JS](), filterName: reflect.TypeFor[template.HTMLAttr](),
}

// harmless says of which texts it is known that no function of a chain changes them. Of others nothing is known.
var harmless = map[string]func(string) bool{
	escapeText: isPlain, escapeAttr: isPlain, escapeTitle: isPlain, filterURL + normaliseURL + escapeAttr: isAddress,
}

// isPlain reports whether a text has no character that means something in HTML.
func isPlain(s string) bool { return !strings.ContainsAny(s, "\x00\"&'+<>") }

// isAddress reports whether a text is an address of the site, or one of the web, without any character that could be written in another way.
func isAddress(s string) bool {
	if !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "https://") {
		return false
	}
	for _, c := range []byte(s) {
		if !isPlainByte(c, "-._~/#:?=") {
			return false
		}
	}
	return true
}

// print returns the step that prints a value by way of the functions that html/template has put behind it. What is the same each time is
// printed once.
func (s scope) print(x expr, chain []*parse.CommandNode) step {
	name := ""
	for _, c := range chain {
		name += c.String()
	}
	if x.get == nil || len(chain) == 0 || strings.Count(name, escapePrefix) != len(chain) {
		s.left = true
		return nil
	}
	next := printer(x, name, escaper(name, chain))
	if !x.fixed {
		return next
	}
	var text bytes.Buffer
	next(&run{out: &text})
	return func(r *run) { r.out.Write(text.Bytes()) }
}

// printer returns the step that prints a value by way of a chain of functions, which full does. Where they would change nothing it is spared.
func printer(x expr, chain string, full *template.Template) step {
	escaped := func(r *run) {
		must(full.Execute(r.out, x.get(r).Interface()))
	}
	unchanged := harmless[chain]
	switch {
	case x.typ == safe[chain] && x.write != nil:
		return x.write
	case x.typ == safe[chain]:
		return func(r *run) { r.out.WriteString(x.text(r)) }
	case unchanged == nil || x.typ.NumMethod() > 0 || x.typ.PkgPath() == safe[escapeText].PkgPath():
		return escaped
	case x.typ.Kind() == reflect.String:
		return func(r *run) {
			if text := x.text(r); unchanged(text) {
				r.out.WriteString(text)
			} else {
				escaped(r)
			}
		}
	case x.typ.Kind() == reflect.Int && unchanged("-0123456789"):
		return func(r *run) { r.out.Write(strconv.AppendInt(r.out.AvailableBuffer(), x.get(r).Int(), 10)) }
	}
	return escaped
}

// escapers are templates that print a value by way of functions of html/template, by the names of these.
var escapers sync.Map

// escaper returns the template for a chain of functions. One serves all places that have the chain.
func escaper(name string, chain []*parse.CommandNode) *template.Template {
	if made, ok := escapers.Load(name); ok {
		return made.(*template.Template)
	}
	t := template.Must(template.New("").Parse("{{.}}"))
	// Only what has been executed has these functions.
	if err := t.Execute(io.Discard, ""); err != nil {
		panic("internal error: " + err.Error())
	}
	pipe := t.Tree.Root.Nodes[0].(*parse.ActionNode).Pipe
	pipe.Cmds = append(pipe.Cmds[:1:1], chain...)
	made, _ := escapers.LoadOrStore(name, t)
	return made.(*template.Template)
}
