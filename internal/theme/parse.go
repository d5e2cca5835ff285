package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"briefing/internal/page"
)

const (
	baseFile = "base.html" // the frame; no page of its own
	partials = "partials"  // the folder of what pages share
)

// functions returns what a template may call beside what html/template offers.
func (t *Theme) functions() template.FuncMap {
	return template.FuncMap{
		"once": t.once, "each": returning(t.each), "time": timeElement, "ref": ref, "link": link, "refs": refs, "notes": returning(t.notes), "feeds": feeds, "alternate": alternate, "downloads": downloads,
		"self": self, "asset": t.asset, "integrity": t.integrity, "script": t.script, "percent": percent, "marks": marks,
	}
}

// returning makes a function that returns HTML of one that writes it. A program calls the one that writes: lists are long.
func returning[T any](write func(b *bytes.Buffer, name string, list T) error) func(string, T) (template.HTML, error) {
	return func(name string, list T) (template.HTML, error) {
		var b bytes.Buffer
		err := write(&b, name, list)
		return template.HTML(b.String()), err
	}
}

// parse makes a template set for each page file. The frame and the partials are parsed once, and each set has copies of those that its page
// calls: a set that has been executed can be neither cloned nor added to. Prev may be nil, or a theme without mistakes.
func (t *Theme) parse(templates fs.FS, prev *Theme) error {
	shared := template.New("shared").Funcs(t.functions())
	files, err := fs.Glob(templates, partials+"/*.html")
	if err != nil {
		return err
	}
	for _, file := range append(files, baseFile) {
		if err := t.read(templates, file); err != nil {
			return err
		}
		if err := t.addFile(shared, file); err != nil {
			return err
		}
	}
	known := prev != nil && maps.Equal(t.texts, prev.shared())
	t.setApart(shared)
	pages, err := fs.Glob(templates, "*.html")
	if err != nil {
		return err
	}
	for _, file := range pages {
		if file == baseFile {
			continue
		}
		if err := t.read(templates, file); err != nil {
			return err
		}
		t.pages[file] = sync.OnceValues(func() (*set, error) { return t.parsePage(shared, file) })
		if known && t.texts[file] == prev.texts[file] {
			continue
		}
		if _, err := t.pages[file](); err != nil {
			return err
		}
	}
	return t.complete()
}

// shared returns the texts of the frame and the partials.
func (t *Theme) shared() map[string]string {
	texts := maps.Clone(t.texts)
	maps.DeleteFunc(texts, func(file, _ string) bool { return t.pages[file] != nil })
	return texts
}

// read reads a file of a template.
func (t *Theme) read(templates fs.FS, file string) error {
	text, err := fs.ReadFile(templates, file)
	t.texts[file] = string(text)
	return err
}

// parsePage makes the set of one page: its own file, and what that calls of the frame and the partials.
func (t *Theme) parsePage(shared *template.Template, file string) (*set, error) {
	made := template.New(file).Funcs(t.functions())
	if err := t.addFile(made, file); err != nil {
		return nil, err
	}
	return t.finish(made, shared)
}

// finish returns what a set is for, which has its name, ready to be executed.
func (t *Theme) finish(own, shared *template.Template) (*set, error) {
	if err := complement(own, shared); err != nil {
		return nil, err
	}
	made := own.Lookup(own.Name())
	if err := check(made); err != nil {
		return nil, err
	}
	return &set{Template: made, theme: t, functions: t.functions()}, nil
}

// complement adds to a set what it calls and does not define itself. What a page defines stands before what the frame and
// the partials define, unless it is empty: that is how text/template has it.
func complement(set, shared *template.Template) error {
	done := map[string]bool{}
	for todo := []string{set.Name()}; len(todo) > 0; todo = todo[1:] {
		name := todo[0]
		if done[name] {
			continue
		}
		done[name] = true
		own, other := set.Lookup(name), shared.Lookup(name)
		if isEmpty(own) && other != nil && other.Tree != nil {
			var err error
			if own, err = set.AddParseTree(name, other.Tree.Copy()); err != nil {
				return err
			}
		}
		if !isEmpty(own) {
			todo = append(todo, called(own.Tree.Root)...)
		}
	}
	return nil
}

// isEmpty reports whether a part is not defined, or prints nothing.
func isEmpty(t *template.Template) bool {
	return t == nil || t.Tree == nil || parse.IsEmptyTree(t.Tree.Root)
}

// called returns the names of the parts that a node calls.
func called(n parse.Node) (names []string) {
	inspect(n, func(n parse.Node) {
		if n, ok := n.(*parse.TemplateNode); ok {
			names = append(names, n.Name)
		}
	})
	return names
}

// inspect visits a node and all that it holds.
func inspect(n parse.Node, visit func(parse.Node)) {
	branch := func(n *parse.BranchNode) {
		inspect(n.List, visit)
		if n.ElseList != nil {
			inspect(n.ElseList, visit)
		}
	}
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			inspect(child, visit)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

// complete reports a page that Render could not do without, and a file of which no page is made.
func (t *Theme) complete() error {
	known := Templates()
	for _, name := range known {
		if t.pages[name] == nil {
			return fmt.Errorf("no template %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.pages)) {
		if !slices.Contains(known, name) {
			return &Fault{File: name, Line: 1, Msg: "no page is made with a template of this name", Name: name, Choices: known}
		}
	}
	return nil
}

// setApart makes a set of its own for each part that partials define: what is made once must look the same on every page, whatever a page's
// file defines again.
func (t *Theme) setApart(shared *template.Template) {
	for _, made := range shared.Templates() {
		name := made.Name()
		if made.Tree == nil || name == baseFile || strings.HasSuffix(name, ".html") {
			continue
		}
		t.parts[name] = &part{maker: &page.Maker{Part: name}, set: sync.OnceValues(func() (*set, error) {
			return t.finish(template.New(name).Funcs(t.functions()), shared)
		})}
	}
}

// addFile adds what a file defines to a set. The file as a whole is there under its own name without folders; a part that the set
// has already is replaced, so that a page's file may define again what the frame or a partial defines. An empty definition does not
// replace a full one: that is how text/template has it.
//
// The file is parsed apart from the set, for a syntax tree must be collapsed before html/template has seen it.
func (t *Theme) addFile(set *template.Template, file string) error {
	parsed, err := template.New(file).Funcs(t.functions()).Parse(t.texts[file])
	if err != nil {
		return err
	}
	for _, part := range parsed.Templates() {
		if part.Tree == nil { // a file that holds nothing but definitions
			continue
		}
		collapse(part.Tree)
		if _, err := set.AddParseTree(part.Name(), part.Tree); err != nil {
			return err
		}
	}
	return nil
}

// check has html/template look at where a template prints values, which it does when it is first executed: a template that is wrong
// is thus found when it is loaded, not when the first page is made. Errors of the execution itself mean nothing, as it has no view.
func check(t *template.Template) error {
	var wrong *template.Error
	if err := t.Execute(closed{}, nil); errors.As(err, &wrong) {
		return err
	}
	return nil
}

// closed is a writer that takes nothing.
type closed struct{}

// Write fails.
func (closed) Write([]byte) (int, error) { return 0, fs.ErrClosed }
