package theme

import (
	"html/template"
	"maps"
	"reflect"
	"text/template/parse"

	"briefing/internal/page"
)

// An expr is a value that a program computes, of a type that is known before.
type expr struct {
	typ reflect.Type

	// get returns the value; it is nil where the value is asked for its truth alone. Text does where the kind of the type is string,
	// and is where it is a condition.
	get  func(*run) reflect.Value
	text func(*run) string
	is   func(*run) bool

	// write writes a value that is HTML where it is to stand; it may be nil.
	write step

	// fixed says that the value is the same each time.
	fixed bool
}

// nothing is the type of what has no value that a program could use.
var nothing = reflect.TypeFor[struct{}]()

// leave leaves a value to html/template, and so all of the program.
func (c *compiler) leave() expr {
	c.left = true
	return expr{typ: nothing}
}

// slot returns the value of a slot of the block.
func slot(at int, typ reflect.Type) expr {
	return value(typ, func(r *run) reflect.Value { return r.stack[r.base+at] })
}

// value returns a value of a type.
func value(typ reflect.Type, get func(*run) reflect.Value) expr {
	return expr{typ: typ, get: get, text: func(r *run) string { return get(r).String() }}
}

// fixed returns a value that is the same each time.
func fixed(x any) expr {
	v := reflect.ValueOf(x)
	made := value(v.Type(), func(*run) reflect.Value { return v })
	made.fixed = true
	return made
}

// computed returns a text of a type.
func computed[T ~string](text func(*run) T) expr {
	return expr{
		typ:  reflect.TypeFor[T](),
		get:  func(r *run) reflect.Value { return reflect.ValueOf(text(r)) },
		text: func(r *run) string { return string(text(r)) },
	}
}

// named returns the scope with names for values.
func (s scope) named(names []*parse.VariableNode, values ...expr) scope {
	s.names = maps.Clone(s.names)
	for i, n := range names {
		s.names[n.Ident[0]] = values[i]
	}
	return s
}

// pipe returns the value of a pipeline of one command.
func (s scope) pipe(p *parse.PipeNode) expr {
	if len(p.Cmds) != 1 || p.IsAssign {
		return s.leave()
	}
	x := s.command(p.Cmds[0])
	if x.get == nil {
		return s.leave()
	}
	return x
}

// command returns the value of a command.
func (s scope) command(c *parse.CommandNode) expr {
	if f, ok := c.Args[0].(*parse.IdentifierNode); ok {
		args := make([]expr, len(c.Args)-1)
		for i, n := range c.Args[1:] {
			args[i] = s.operand(n)
		}
		return s.call(f.Ident, args)
	}
	if len(c.Args) > 1 {
		return s.leave()
	}
	return s.operand(c.Args[0])
}

// operand returns the value of a node.
func (s scope) operand(n parse.Node) expr {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return s.fields(s.dot, n.Ident)
	case *parse.VariableNode:
		if x, ok := s.names[n.Ident[0]]; ok {
			return s.fields(x, n.Ident[1:])
		}
	case *parse.ChainNode:
		return s.fields(s.operand(n.Node), n.Field)
	case *parse.PipeNode:
		if len(n.Cmds) == 1 && len(n.Decl) == 0 {
			return s.command(n.Cmds[0])
		}
	case *parse.StringNode:
		return fixed(n.Text)
	case *parse.NumberNode:
		if n.IsInt {
			return fixed(int(n.Int64))
		}
	}
	return s.leave()
}

// fields returns what a path of fields leads to.
func (s scope) fields(x expr, path []string) expr {
	for _, name := range path {
		x = s.field(x, name)
	}
	return x
}

// field returns a field of a struct, or what a method of that name returns.
func (s scope) field(x expr, name string) expr {
	if x.get == nil {
		return s.leave()
	}
	t, get := x.typ, x.get
	if t.Kind() == reflect.Pointer {
		t, get = t.Elem(), func(r *run) reflect.Value { return x.get(r).Elem() }
	}
	if m, ok := x.typ.MethodByName(name); ok && m.Type.NumIn() == 1 && m.Type.NumOut() == 1 {
		return value(m.Type.Out(0), func(r *run) reflect.Value { return x.get(r).Method(m.Index).Call(nil)[0] })
	}
	if _, ok := reflect.PointerTo(t).MethodByName(name); ok || t.Kind() != reflect.Struct {
		return s.leave()
	}
	f, ok := t.FieldByName(name)
	switch {
	case !ok || !f.IsExported():
		return s.leave()
	case len(f.Index) == 1:
		i := f.Index[0]
		return value(f.Type, func(r *run) reflect.Value { return get(r).Field(i) })
	}
	return value(f.Type, func(r *run) reflect.Value { return get(r).FieldByIndex(f.Index) })
}

// call returns what a function returns.
func (s scope) call(name string, args []expr) expr {
	if f, ok := s.set.functions[name]; ok {
		x := s.ours(f, args)
		x.write = s.writing(name, args)
		return x
	}
	if is := s.condition(name, args); is != nil {
		return expr{typ: reflect.TypeFor[bool](), get: func(r *run) reflect.Value { return reflect.ValueOf(is(r)) }, is: is}
	}
	switch {
	case (name == "and" || name == "or") && len(args) > 0:
		return s.combined(args, name == "or")
	case name == "len" && len(args) == 1 && args[0].typ.Kind() == reflect.Slice:
		return value(reflect.TypeFor[int](), func(r *run) reflect.Value { return reflect.ValueOf(args[0].get(r).Len()) })
	}
	return s.leave()
}

// ours returns what a function of the theme returns. What is called with nothing but what is fixed is called once.
func (s scope) ours(f any, args []expr) expr {
	t := reflect.TypeOf(f)
	if len(args) != t.NumIn() {
		return s.leave()
	}
	once := true
	for i, a := range args {
		if a.get == nil || !a.typ.AssignableTo(t.In(i)) {
			return s.leave()
		}
		once = once && a.fixed
	}
	x := calling(f, args)
	if !once {
		return x
	}
	defer func() {
		if recover() != nil {
			s.left = true
		}
	}()
	return fixed(x.get(nil).Interface())
}

// writing returns the step that writes what a function would return, where there is one. The arguments are those that the function takes.
func (s scope) writing(name string, args []expr) step {
	switch name {
	case "each":
		return func(r *run) { must(s.set.theme.each(r.out, args[0].text(r), args[1].get(r).Interface())) }
	case "notes":
		return func(r *run) { must(s.set.theme.notes(r.out, args[0].text(r), as[[]page.Note](args[1].get(r)))) }
	}
	return nil
}

// must has html/template tell an error.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// calling returns a call of a function with values of the types that it takes. What pages call most is called as it is, and all else by
// way of package reflect, which takes longer.
func calling(f any, args []expr) expr {
	switch f := f.(type) {
	case func(page.Time) template.HTML:
		return computed(func(r *run) template.HTML { return f(as[page.Time](args[0].get(r))) })
	case func(page.Ref) template.HTML:
		return computed(func(r *run) template.HTML { return f(as[page.Ref](args[0].get(r))) })
	case func(string, string) template.HTML:
		return computed(func(r *run) template.HTML { return f(args[0].text(r), args[1].text(r)) })
	case func(string, any) (template.HTML, error):
		return computed(func(r *run) template.HTML {
			html, err := f(args[0].text(r), args[1].get(r).Interface())
			must(err)
			return html
		})
	}
	fn := reflect.ValueOf(f)
	return value(fn.Type().Out(0), func(r *run) reflect.Value {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = a.get(r)
		}
		out := fn.Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			panic(out[1].Interface())
		}
		return out[0]
	})
}

// as returns a value as what it is. Where it lies in memory that has an address, it is not copied to the heap for that.
func as[T any](v reflect.Value) T {
	if v.CanAddr() {
		return *v.Addr().Interface().(*T)
	}
	return v.Interface().(T)
}

// combined returns whether any, or each, of some values is true. Which of them it is no page asks.
func (s scope) combined(args []expr, enough bool) expr {
	var list []func(*run) bool
	for _, a := range args {
		list = append(list, s.truth(a))
	}
	return expr{typ: nothing, is: func(r *run) bool {
		for _, is := range list {
			if is(r) == enough {
				return enough
			}
		}
		return !enough
	}}
}

// condition returns a function that compares, or nil where it is none, or compares what a program does not.
func (s scope) condition(name string, args []expr) func(*run) bool {
	if name == "not" && len(args) == 1 {
		is := s.truth(args[0])
		return func(r *run) bool { return !is(r) }
	}
	if len(args) != 2 || args[0].get == nil || args[1].get == nil {
		return nil
	}
	a, b := args[0], args[1]
	kind := a.typ.Kind()
	switch {
	case kind != b.typ.Kind():
		return nil
	case name == "eq" && kind == reflect.String:
		return func(r *run) bool { return a.text(r) == b.text(r) }
	case name == "ne" && kind == reflect.String:
		return func(r *run) bool { return a.text(r) != b.text(r) }
	case name == "eq" && kind == reflect.Int:
		return func(r *run) bool { return a.get(r).Int() == b.get(r).Int() }
	case name == "gt" && kind == reflect.Int:
		return func(r *run) bool { return a.get(r).Int() > b.get(r).Int() }
	}
	return nil
}

// truth returns whether a value is true as templates have it.
func (s scope) truth(x expr) func(*run) bool {
	if x.is != nil {
		return x.is
	}
	switch x.typ.Kind() {
	case reflect.Bool:
		return func(r *run) bool { return x.get(r).Bool() }
	case reflect.Int:
		return func(r *run) bool { return x.get(r).Int() != 0 }
	case reflect.String, reflect.Slice:
		return func(r *run) bool { return x.get(r).Len() > 0 }
	case reflect.Pointer:
		return func(r *run) bool { return !x.get(r).IsNil() }
	case reflect.Struct:
		return func(*run) bool { return x.get != nil }
	}
	s.left = true
	return func(*run) bool { return false }
}
