package theme

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Fault is what is wrong with a template.
type Fault struct {
	// File is in the folder of templates, such as partials/card.html.
	File string

	// Line counts from 1, and so does Col, in bytes; Col is 0 where it is not known.
	Line, Col int

	// Msg says what is wrong. Name is the word that means nothing, and Choices are those that might have been meant; both may be empty.
	Msg     string
	Name    string
	Choices []string
}

// Error returns the place and what is wrong there.
func (f *Fault) Error() string {
	if f.Col == 0 {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Col, f.Msg)
}

// What text/template and html/template say. Of an error in a part that another part asked for the last place is the innermost. Columns
// count from 0.
var (
	faultPlace   = regexp.MustCompile(`([\w./-]+\.html):(\d+):(?:(\d+):)? `)
	executing    = regexp.MustCompile(`^executing "[^"]*" at <.*?>: (?:error calling \w+: )?`)
	unknownField = regexp.MustCompile(`^can't evaluate field (\w+) in type \*?([\w.]+)$`)
	unknownWord  = regexp.MustCompile(`^(function|no such template|no asset|no module|no partial defines) "?([^" ]+)"?`)
)

// fault returns an error of a template as a Fault; any other as it is.
func (t *Theme) fault(err error) error {
	if _, ok := err.(*Fault); ok {
		return err
	}
	text := err.Error()
	places := faultPlace.FindAllStringSubmatchIndex(text, -1)
	if places == nil {
		return err
	}
	at := places[len(places)-1]
	f := &Fault{File: text[at[2]:at[3]], Msg: executing.ReplaceAllString(text[at[1]:], "")}
	f.Line, _ = strconv.Atoi(text[at[4]:at[5]])
	if at[6] >= 0 {
		col, _ := strconv.Atoi(text[at[6]:at[7]])
		f.Col = col + 1
	}
	if m := unknownField.FindStringSubmatch(f.Msg); m != nil {
		f.Msg, f.Name, f.Choices = m[2]+" has no field "+m[1], m[1], fieldsOf(m[2])
	}
	if m := unknownWord.FindStringSubmatch(f.Msg); m != nil {
		f.Name, f.Choices = m[2], t.known(m[1])
	}
	return f
}

// known returns the names of a sort, as an error calls it, in order.
func (t *Theme) known(sort string) []string {
	var names iter.Seq[string]
	switch sort {
	case "function":
		names = maps.Keys(t.functions())
	case "no asset":
		names = maps.Keys(t.urls)
	case "no module":
		names = maps.Keys(t.scripts)
	default:
		names = maps.Keys(t.parts)
	}
	return slices.Sorted(names)
}

// fieldsOf returns what a template may ask of a view, or of a part of one, by the name of its type: its fields and its methods, in order.
func fieldsOf(name string) []string {
	var found []string
	for _, t := range viewTypes() {
		if t.String() != name {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				found = append(found, f.Name)
			}
		}
		p := reflect.PointerTo(t)
		for i := range p.NumMethod() {
			found = append(found, p.Method(i).Name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// viewTypes returns the types of all views and of what they hold, as far as they are this program's own structs, by name.
func viewTypes() []reflect.Type {
	seen := map[reflect.Type]bool{}
	for _, view := range Views() {
		addTypes(reflect.TypeOf(view), seen)
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b reflect.Type) int { return cmp.Compare(a.String(), b.String()) })
}

// addTypes adds a type and those of its fields.
func addTypes(t reflect.Type, seen map[reflect.Type]bool) {
	if t = element(t); seen[t] || !isOurs(t) {
		return
	}
	seen[t] = true
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() {
			addTypes(f.Type, seen)
		}
	}
}

// element returns what a pointer leads to, or what a list has, and any other type as it is.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// isOurs reports whether a type is a struct of this program.
func isOurs(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasPrefix(t.PkgPath(), "briefing/")
}
