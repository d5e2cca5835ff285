package site_test

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/page"
	"briefing/internal/site"
)

// A mined folder of files panics over one of them, as a mistake of the program would.
type mined struct {
	fstest.MapFS
	name string
}

func (m mined) ReadFile(name string) ([]byte, error) {
	if name == m.name {
		panic("a mine")
	}
	return m.MapFS.ReadFile(name)
}

func (m mined) Open(name string) (fs.File, error) { return m.MapFS.Open(name) }

func TestAFileThatTheProgramFailsOverIsNamed(t *testing.T) {
	const name = "content/actors/northland.md"
	files := starter(t)
	if files[name] == nil {
		t.Fatalf("the starter has no %s", name)
	}
	_, problems, err := site.Load(t.Context(), bareSource(mined{files, name}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) != 1 || problems[0].Code != diag.Internal || problems[0].File != name {
		t.Fatalf("problems %v", problems)
	}
	if p := problems[0]; !strings.Contains(p.Msg, "a mine in ") || !strings.Contains(p.Msg, "crash_test.go:") || !strings.Contains(p.Hint, "report") {
		t.Errorf("%v; %s", p, p.Hint)
	}
}

func TestAPageThatTheProgramFailsOverIsNamed(t *testing.T) {
	s := load(t, bareSource(starter(t)), nil)
	for i := range s.Pages {
		p := &s.Pages[i]
		if p.Template() != "event.html" {
			continue
		}
		p.Own = &page.Own{URL: p.URL(), Template: p.Template(), Origin: p.Origin(), View: func() any { panic("a mine") }}
		f, _ := s.File(p.URL())
		err := f.Write(io.Discard)
		var failed *crash.Error
		if !errors.As(err, &failed) || !strings.Contains(err.Error(), p.URL()) || !strings.Contains(err.Error(), p.Origin()) {
			t.Errorf("got %v", err)
		}
		return
	}
	t.Error("the starter has no event")
}
