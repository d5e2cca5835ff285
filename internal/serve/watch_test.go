package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"briefing/internal/diag"
)

// limit is how long a test waits for what must happen; soon is how long it waits to see that nothing more does.
const (
	limit = 20 * time.Second
	soon  = 300 * time.Millisecond
)

// A running is a preview of a folder, served as the command serves it.
type running struct {
	*Handler
	dir, address string
	stop         func() error
	// states are those that an open page is told.
	states <-chan state
}

// run serves the starter site from a folder, and opens a page of it.
func run(t *testing.T, poll bool) *running {
	t.Helper()
	p := newPreview(t)
	r := &running{Handler: p.Handler, dir: t.TempDir()}
	for name, f := range p.files {
		r.write(t, name, string(f.Data))
	}
	r.write(t, "static/css/own.css", "p { color: red }")
	r.Source.Files, r.Source.Static, r.Report = os.DirFS(r.dir), os.DirFS(filepath.Join(r.dir, "static")), nil
	r.Editor = Editor{"edit:{file}:{line}:{column}", r.dir}
	ctx, cancel := context.WithCancel(t.Context())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if poll {
		r.Poll(ctx, r.dir)
	} else if err := r.Watch(ctx, r.dir); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.Serve(ctx, listener) }()
	r.address = "http://" + listener.Addr().String()
	r.stop = func() error { cancel(); return <-ended }
	t.Cleanup(cancel)
	r.states = open(t, r.address)
	return r
}

// open returns the states that an open page is told, until the preview ends.
func open(t *testing.T, address string) <-chan state {
	t.Helper()
	fetch(t, address+"/")
	answer, err := http.Get(address + Own + "events")
	if err != nil {
		t.Fatal(err)
	}
	states := make(chan state, 1000)
	go func() {
		defer close(states)
		defer answer.Body.Close()
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			var s state
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(text), &s) == nil {
				states <- s
			}
		}
	}()
	return states
}

// fetch returns the status and the text at an address.
func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, added.ReplaceAllString(string(text), "")
}

// write writes a file of the site in one step, as editors do.
func (r *running) write(t *testing.T, name, text string) {
	t.Helper()
	full := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(full+"~", full); err != nil {
		t.Fatal(err)
	}
}

// edit replaces a text in a file of the site.
func (r *running) edit(t *testing.T, name, old, by string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatalf("no %q in %s, %v", old, name, err)
	}
	r.write(t, name, strings.Replace(string(text), old, by, 1))
}

// until waits for a state of which a condition holds, and returns it with how many there were.
func (r *running) until(t *testing.T, what string, holds func(state) bool) (last state, count int) {
	t.Helper()
	deadline := time.After(limit)
	for {
		select {
		case s := <-r.states:
			if count++; holds(s) {
				return s, count
			}
		case <-deadline:
			t.Fatalf("an open page is never told of %s", what)
		}
	}
}

// first waits for the state that a page is told when it is opened.
func (r *running) first(t *testing.T) state {
	s, _ := r.until(t, "the site", func(state) bool { return true })
	return s
}

// settled drops what is told until nothing more is, and returns how much that is.
func (r *running) settled() (count int) {
	for {
		select {
		case <-r.states:
			count++
		case <-time.After(soon):
			return count
		}
	}
}

func TestAnOpenPageIsToldOfEachKindOfEdit(t *testing.T) {
	for _, poll := range []bool{false, true} {
		t.Run(fmt.Sprintf("poll=%v", poll), func(t *testing.T) {
			t.Parallel()
			r := run(t, poll)
			s := r.first(t)
			edits := []struct {
				what string
				do   func()
			}{
				{"a text", func() { r.edit(t, brief, "the first talks", "the very first talks") }},
				{"site.yaml", func() { r.edit(t, "content/site.yaml", "title: My brief", "title: Our brief") }},
				{"a new file", func() {
					r.write(t, "content/pages/new.md", "---\ntitle: New\nsummary: New.\npublished: 2026-01-04T12:00:00Z\n---\n\nText.\n")
				}},
				{"a file in a new folder", func() { r.write(t, "content/figures/f.md", figure) }},
				{"an edit in a new folder", func() { r.edit(t, "content/figures/f.md", "value: 3", "value: 4") }},
				{"a renamed file", func() { r.move(t, "content/pages/new.md", "content/pages/newer.md") }},
				{"a removed file", func() { r.remove(t, "content/pages/newer.md") }},
				{"a module", func() { r.write(t, "static/js/new.js", "export const x = 1;") }},
			}
			for _, e := range edits {
				e.do()
				s, _ = r.until(t, e.what, func(next state) bool { return next.Site != s.Site && next.Count == 0 })
			}
			if err := r.stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// figure is an entry of a kind that the starter site has none of.
const figure = "---\ntitle: Boats\nsummary: How many boats there are.\npublished: 2026-01-04T12:00:00Z\nvalue: 3\nunit: boats\nmeasures: boats\nas_of: 2026-01-04\nsources: [gazette-2026-01-04]\n---\n"

func (r *running) move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(r.dir, from), filepath.Join(r.dir, to)); err != nil {
		t.Fatal(err)
	}
}

func (r *running) remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(r.dir, name)); err != nil {
		t.Fatal(err)
	}
}

func TestStylesAloneChangeNoPage(t *testing.T) {
	r := run(t, false)
	s := r.first(t)
	r.edit(t, "static/css/own.css", "red", "blue")
	next, _ := r.until(t, "the new styles", func(next state) bool { return strings.Join(next.Styles, " ") != strings.Join(s.Styles, " ") })
	if next.Site != s.Site {
		t.Error("the pages are to be loaded anew")
	}
	r.edit(t, brief, "the first talks", "the very first talks")
	r.until(t, "a text", func(next state) bool { return next.Site != s.Site })
}

func TestWhatIsSavedUnchangedChangesNothing(t *testing.T) {
	r := run(t, false)
	s := r.first(t)
	r.settled()
	r.edit(t, brief, "the first talks", "the first talks")
	r.write(t, "content/briefs/.boats.md.swp", "an editor's own")
	r.write(t, "content/4913", "another editor's own")
	r.settled()
	r.edit(t, brief, "the first talks", "the very first talks")
	next, _ := r.until(t, "a text", func(next state) bool { return next.Site != s.Site })
	if want := strings.TrimSuffix(s.Site, "-1") + "-2"; next.Site != want {
		t.Errorf("the site is %s, want %s", next.Site, want)
	}
}

func TestErrorsAreToldWithTheirPlacesUntilTheyAreMended(t *testing.T) {
	r := run(t, false)
	s := r.first(t)
	r.edit(t, brief, "[[northland]]", "[[nowhere]]")
	broken, _ := r.until(t, "the error", func(next state) bool { return next.Count > 0 })
	if broken.Site != s.Site {
		t.Error("the last good site does not stay")
	}
	p := broken.Problems[0]
	if want := "edit:" + strings.TrimPrefix(filepath.ToSlash(r.dir), "/") + "/" + p.Place; p.Link != want || !strings.HasPrefix(p.Place, brief+":") || p.Code != string(diag.DanglingReference) {
		t.Errorf("%+v, want a link to %s", p, want)
	}
	if !strings.Contains(p.Detail, "[[nowhere]]") || !strings.Contains(p.Detail, "^^^") {
		t.Errorf("no excerpt: %q", p.Detail)
	}
	r.edit(t, brief, "[[nowhere]]", "[[northland]]")
	mended, _ := r.until(t, "the cure", func(next state) bool { return next.Count == 0 })
	if mended.Problems == nil {
		t.Error("problems are null, which no script expects")
	}
}

func TestAFolderThatIsMovedAwayAndBackIsThereAgain(t *testing.T) {
	r := run(t, false)
	r.first(t)
	r.move(t, "content", "elsewhere")
	r.until(t, "the loss", func(s state) bool { return s.Count > 0 })
	r.move(t, "elsewhere", "content")
	back, _ := r.until(t, "the return", func(s state) bool { return s.Count == 0 })
	r.edit(t, brief, "the first talks", "the very first talks")
	r.until(t, "an edit after it", func(s state) bool { return s.Site != back.Site })
}

func TestManyFilesAtOnceAreOneChange(t *testing.T) {
	r := run(t, false)
	s := r.first(t)
	r.settled()
	for i := range 100 {
		r.write(t, fmt.Sprintf("content/pages/page-%d.md", i), "---\ntitle: New\nsummary: New.\npublished: 2026-01-04T12:00:00Z\n---\n\nText.\n")
		time.Sleep(10 * time.Millisecond) // on a slow disk
	}
	_, told := r.until(t, "the pages", func(next state) bool { return next.Site != s.Site })
	// The first few may each be all that changes, and a slow machine may pause in the middle of them.
	if told += r.settled(); told > 2*many {
		t.Errorf("an open page is told %d times", told)
	}
	if status, _ := fetch(t, r.address+"/page-99/"); status != http.StatusOK {
		t.Errorf("the last of the pages: %d", status)
	}
}

// ours returns the goroutines of previews and of their watches.
func ours() []string {
	stacks := make([]byte, 1<<22)
	all := strings.Split(string(stacks[:runtime.Stack(stacks, true)]), "\n\n")
	return slices.DeleteFunc(all, func(g string) bool {
		return !strings.Contains(g, "serve.(*Handler)") && !strings.Contains(g, "serve.(*watch)") && !strings.Contains(g, "fsnotify.")
	})
}

// gone waits until no more goroutines of previews are left than some, as long as it is worth while to wait.
func gone(but int) {
	for deadline := time.Now().Add(limit); len(ours()) > but && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
}

func TestNothingIsLeftWhenThePreviewEnds(t *testing.T) {
	// The previews of tests before this one may still be ending.
	gone(0)
	before := len(ours())
	r := run(t, false)
	r.first(t)
	if len(ours()) == before {
		t.Fatal("no goroutine is seen, so that this test proves nothing")
	}
	start := time.Now()
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > shutdownTimeout {
		t.Errorf("open pages held it up for %v", took)
	}
	gone(before)
	if left := ours(); len(left) > before {
		t.Errorf("left:\n%s", strings.Join(left, "\n\n"))
	}
	if answer, err := http.Get(r.address); err == nil {
		answer.Body.Close()
		t.Error("it still answers")
	}
}

func TestASlowHeaderIsCutOffAndTheNewsAreNot(t *testing.T) {
	t.Parallel()
	r := run(t, false)
	s := r.first(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n") // and no more
	conn.SetReadDeadline(time.Now().Add(2 * headerTimeout))
	if answer, err := bufio.NewReader(conn).ReadString('\n'); err == nil && !strings.Contains(answer, "408") && !strings.Contains(answer, "400") {
		t.Errorf("half a request is answered with %q", answer)
	} else if ne, ok := err.(net.Error); ok && ne.Timeout() {
		t.Error("half a request holds its connection")
	}
	// By now the page that waits for news has said nothing for longer than a request may take.
	r.edit(t, brief, "the first talks", "the very first talks")
	r.until(t, "an edit", func(next state) bool { return next.Site != s.Site })
}

// wait opens a connection, and asks on it for the news, as an open page does.
func (r *running) wait(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET %sevents HTTP/1.1\r\nHost: localhost\r\n\r\n", Own)
	return conn
}

// answered reports whether there is an answer on a connection within a time.
func answered(conn net.Conn, within time.Duration) bool {
	conn.SetReadDeadline(time.Now().Add(within))
	_, err := conn.Read(make([]byte, 1))
	return err == nil
}

func TestConnectionsBeyondTheBoundWaitForOneToEnd(t *testing.T) {
	t.Parallel()
	r := run(t, false)
	r.first(t)
	http.DefaultClient.CloseIdleConnections() // those that run made, but for the one of the page that is open
	held := make([]net.Conn, maxConnections-1)
	for i := range held {
		if held[i] = r.wait(t); !answered(held[i], limit) {
			t.Fatalf("connection %d of %d is not answered", i+2, maxConnections)
		}
	}
	more := r.wait(t)
	if answered(more, soon) {
		t.Errorf("one more than %d connections is answered", maxConnections)
	}
	held[0].Close()
	if !answered(more, limit) {
		t.Error("a connection ended, and the one that waited for it is not answered")
	}
}

func TestTheHeadOfTheNewsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	r := run(t, false)
	client := http.Client{Timeout: limit}
	answer, err := client.Head(r.address + Own + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("it is of the type %q", kind)
	}
}
