package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"briefing/internal/diag"
	"briefing/internal/output"
	"briefing/internal/page"
	"briefing/internal/theme"
)

// A TemplateError is an error of a template that shows when a page is made of it. Its Problem has the place in the template, and beside it
// the file of the entry whose page it was.
type TemplateError struct{ diag.Problem }

// Error returns the problem on one line.
func (e *TemplateError) Error() string { return e.Problem.String() }

// templateError returns an error of the template of a page as a TemplateError, and any other with the address of the page.
func templateError(p *page.Page, err error) error {
	var f *theme.Fault
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &f):
		return fmt.Errorf("%s: %w", p.URL(), err)
	}
	problem := templateProblem(err)
	problem.Msg += ", on the page " + p.URL()
	// A template that fails on one page of many fails for what that page's entry lacks, which the place in the template does not tell.
	problem.Also.File = p.Origin()
	return &TemplateError{problem}
}

// templateProblem says where in the templates an error is, and what to do.
func templateProblem(err error) diag.Problem {
	p := diag.Problem{Pos: diag.Pos{File: "templates"}, Code: diag.BadTemplate, Msg: err.Error(), Hint: "mend the template"}
	var f *theme.Fault
	if !errors.As(err, &f) {
		return p
	}
	p.File, p.Line, p.Col, p.Msg = "templates/"+f.File, int32(f.Line), int32(f.Col), f.Msg
	if file := theme.PartFile(f.Name); file != "" && !slices.Contains(f.Choices, f.Name) {
		p.Hint = fmt.Sprintf("the built-in %s defines it: the site’s own file of that name must define it too", file)
	} else if near, ok := diag.Nearest(f.Name, slices.Values(f.Choices)); ok {
		p.Hint = "did you mean " + near + "?"
		// There may be dozens, such as all fields of a view.
	} else if f.Choices != nil {
		p.Hint = "briefing templates shows what there is"
	}
	return p
}

// Proof makes pages, writes none and returns the problems of their templates: each place of a template once, with the first page on which
// it shows. Without all it makes the first page of each template alone, which finds most mistakes in no time. The error is for pages that
// fail for another reason.
func (s *Site) Proof(ctx context.Context, all bool) (diag.List, error) {
	var chosen []int
	seen := map[string]bool{}
	for i := range s.Pages {
		if name := s.Pages[i].Template(); all || !seen[name] {
			seen[name] = true
			chosen = append(chosen, i)
		}
	}
	// Errors are kept by page, so that the page named with each place is the first whichever core was faster.
	found := make([]*TemplateError, len(chosen))
	err := output.Each(ctx, len(chosen), func(i int) error {
		err := s.output.File(chosen[i]).Write(io.Discard)
		if err != nil && !errors.As(err, &found[i]) {
			return err
		}
		return nil
	})
	var problems diag.List
	places := map[diag.Pos]bool{}
	for _, f := range found {
		if f != nil && !places[f.Pos] {
			places[f.Pos] = true
			problems.Add(f.Problem)
		}
	}
	problems.Sort()
	return problems, err
}
