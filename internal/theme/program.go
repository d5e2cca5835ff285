package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"sync"
	"text/template/parse"
)

// A set is a template that is ready to be executed, with what it calls.
type set struct {
	*template.Template
	theme     *Theme
	functions template.FuncMap

	// programs are what has been made of it for views of each type; nil where there is no program.
	programs sync.Map
}

// write writes what the template makes of a view. A program does so; what none does is left to html/template, and so is what fails, for
// it says what is wrong, and where.
func (s *set) write(b *bytes.Buffer, view any) error {
	at := b.Len()
	if view != nil {
		if p := s.program(reflect.TypeOf(view)); p != nil && p.execute(b, view) {
			return nil
		}
	}
	b.Truncate(at)
	return s.Execute(b, view)
}

// program returns the program for views of a type, or nil.
func (s *set) program(view reflect.Type) *program {
	if made, ok := s.programs.Load(view); ok {
		return made.(*program)
	}
	made, _ := s.programs.LoadOrStore(view, compile(s, view))
	return made.(*program)
}

// A program does with values of one type what html/template would do, in a fraction of the time: where each field lies, which function is
// called and which values need no escaping is found out once, when it is compiled, and not each time that a value is printed. It
// is made of what html/template has left of a template, so that the decision of what is escaped, and how, stays there.
type program struct {
	view reflect.Type
	main *block
}

// A block is a template within a program, for values of one type.
type block struct {
	body step

	// slots is how many values it holds while it is executed; the first is what it was given.
	slots int

	// below is how many the blocks hold that it calls, and those that these call. One that calls itself may need more.
	below int
}

// A step is a part of a block.
type step func(*run)

// A run is a program while it is executed. Where html/template would fail, it panics.
type run struct {
	out *bytes.Buffer

	// stack holds the values of each block that is being executed; those of the innermost begin at base.
	stack []reflect.Value
	base  int
}

// execute writes what the program makes of a view, and reports whether it could.
func (p *program) execute(b *bytes.Buffer, view any) (ok bool) {
	defer func() { ok = recover() == nil }()
	v := reflect.ValueOf(view)
	if p.view.Kind() != reflect.Pointer {
		// What lies in memory of its own can be handed on without a copy.
		own := reflect.New(p.view).Elem()
		own.Set(v)
		v = own
	}
	(&run{out: b, stack: make([]reflect.Value, 0, p.main.slots+p.main.below)}).call(p.main, v)
	return true
}

// call executes a block with a value.
func (r *run) call(b *block, dot reflect.Value) {
	base, end := r.base, len(r.stack)
	r.stack = append(r.stack, make([]reflect.Value, b.slots)...)
	r.base = end
	r.stack[end] = dot
	b.body(r)
	r.base, r.stack = base, r.stack[:end]
}

// A compiler makes a program of a set.
type compiler struct {
	set    *set
	blocks map[blockKey]*block

	// left says that something is left to html/template, and so all of it.
	left bool
}

// A blockKey is a template by its name, with the type of what it is given.
type blockKey struct {
	name string
	dot  reflect.Type
}

// compile returns the program of a set for views of a type, or nil where the set has something that no program does.
func compile(s *set, view reflect.Type) *program {
	c := &compiler{set: s, blocks: map[blockKey]*block{}}
	p := &program{main: c.block(s.Name(), view), view: view}
	if c.left {
		return nil
	}
	return p
}

// block returns the block of a template for values of a type.
func (c *compiler) block(name string, dot reflect.Type) *block {
	key := blockKey{name, dot}
	if b := c.blocks[key]; b != nil {
		return b
	}
	b := &block{slots: 1}
	c.blocks[key] = b
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		c.left = true
		return b
	}
	s := scope{compiler: c, block: b, dot: slot(0, dot), names: map[string]expr{"$": slot(0, dot)}}
	b.body = s.list(t.Tree.Root)
	return b
}

// A scope is what the nodes of a list may name.
type scope struct {
	*compiler
	block *block
	dot   expr
	names map[string]expr
}

// hold returns a new slot of the block.
func (s scope) hold() int {
	s.block.slots++
	return s.block.slots - 1
}

// list returns the steps of a list.
func (s scope) list(l *parse.ListNode) step {
	if l == nil {
		return func(*run) {}
	}
	var steps []step
	for _, n := range l.Nodes {
		var next step
		if a, ok := n.(*parse.ActionNode); ok && len(a.Pipe.Decl) == 1 {
			s, next = s.declare(a.Pipe)
		} else {
			next = s.node(n)
		}
		if next != nil {
			steps = append(steps, next)
		}
	}
	return func(r *run) {
		for _, next := range steps {
			next(r)
		}
	}
}

// node returns the step of a node, or nil where it does nothing.
func (s scope) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.CommentNode:
		return nil
	case *parse.TextNode:
		return func(r *run) { r.out.Write(n.Text) }
	case *parse.ActionNode:
		return s.print(s.command(n.Pipe.Cmds[0]), n.Pipe.Cmds[1:])
	case *parse.TemplateNode:
		return s.template(n)
	case *parse.IfNode:
		return s.choice(&n.BranchNode)
	case *parse.WithNode:
		return s.with(&n.BranchNode)
	case *parse.RangeNode:
		return s.loop(&n.BranchNode)
	}
	s.left = true
	return nil
}

// declare returns the scope with a name for the value of a pipeline, and the step that computes it.
func (s scope) declare(p *parse.PipeNode) (scope, step) {
	x, at := s.pipe(p), s.hold()
	return s.named(p.Decl, slot(at, x.typ)), func(r *run) { r.stack[r.base+at] = x.get(r) }
}

// template returns the step that calls a template.
func (s scope) template(n *parse.TemplateNode) step {
	x := expr{typ: nothing, get: func(*run) reflect.Value { return reflect.Value{} }}
	if n.Pipe != nil {
		x = s.pipe(n.Pipe)
	}
	b := s.compiler.block(n.Name, x.typ)
	s.block.below = max(s.block.below, b.slots+b.below)
	return func(r *run) { r.call(b, x.get(r)) }
}

// choice returns the steps of an if.
func (s scope) choice(n *parse.BranchNode) step {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 {
		s.left = true
		return nil
	}
	is := s.truth(s.command(n.Pipe.Cmds[0]))
	then, other := s.list(n.List), s.list(n.ElseList)
	return func(r *run) {
		if is(r) {
			then(r)
		} else {
			other(r)
		}
	}
}

// with returns the steps of a with, whose value is the dot of what it holds.
func (s scope) with(n *parse.BranchNode) step {
	x, at := s.pipe(n.Pipe), s.hold()
	held := slot(at, x.typ)
	inner := s.named(n.Pipe.Decl, held)
	inner.dot = held
	is, then, other := s.truth(held), inner.list(n.List), s.list(n.ElseList)
	return func(r *run) {
		r.stack[r.base+at] = x.get(r)
		if is(r) {
			then(r)
		} else {
			other(r)
		}
	}
}

// loop returns the steps of a range, which are those of what it holds once for each element.
func (s scope) loop(n *parse.BranchNode) step {
	x, at, number := s.pipe(n.Pipe), s.hold(), s.hold()
	if x.typ.Kind() != reflect.Slice {
		s.left = true
		return nil
	}
	element := slot(at, x.typ.Elem())
	held := []expr{element}
	if len(n.Pipe.Decl) == 2 {
		held = []expr{slot(number, reflect.TypeFor[int]()), element}
	}
	inner := s.named(n.Pipe.Decl, held...)
	inner.dot = element
	each, other := inner.list(n.List), s.list(n.ElseList)
	return func(r *run) {
		list := x.get(r)
		for i := range list.Len() {
			r.stack[r.base+at], r.stack[r.base+number] = list.Index(i), reflect.ValueOf(i)
			each(r)
		}
		if list.Len() == 0 {
			other(r)
		}
	}
}
