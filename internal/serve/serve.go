// Package serve shows a site as it is being written.
//
// A page is made when it is asked for, from the newest site, and nothing else is made with it. When files change, the site is loaded anew,
// with all entries that are the same taken over; it takes the place of the old one in one step, and open pages take over what is new as they
// stand. While there are errors the last good site stays, and open pages show them.
//
//	server.go   listening until the preview ends, within limits
//	guard.go    whom the preview answers
//	watch.go    which files change: the system says so, or they are looked at
//	memory.go   the site's files, without looking again at those that nobody has changed
//	live.go     telling open pages, by server-sent events
//	problem.go  problems as open pages show them
//	own.go      what the preview adds to pages, and its own addresses
//	assets/     its scripts and its styles: preview.js begins, update.js makes the open page what it has become
//
// Files have the headers that the published site has, but for those on caching: what a policy forbids shows here first. Pages are those of
// a build with one element more, which loads the preview's script; no build has it. All that is the preview's own has addresses
// below [Own], where no page can be: no id begins with an underscore.
package serve

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"briefing/internal/crash"
	"briefing/internal/diag"
	"briefing/internal/export"
	"briefing/internal/site"
)

// A Handler serves the pages of a site.
type Handler struct {
	// Source is what the site is made from.
	Source site.Source

	// Now is the clock. By it an entry is still to be published, and a client is too slow; nothing else depends on it.
	Now func() time.Time

	// Report is told the problems of each site that was loaded, where they differ from those before. May be nil.
	Report func(diag.List)

	// Editor makes links that open a file where it is edited.
	Editor Editor

	// Host is a name by which other machines may ask for the preview; they may then use its addresses in numbers too. Where it is empty only
	// this machine is answered.
	Host string

	files memory
	live  live
	news  news
	// group are those who watch.
	group sync.WaitGroup

	current atomic.Pointer[shown]
	loading sync.Mutex
	// latest is with errors or without: the next Load starts from it. So are its problems.
	latest   *site.Site
	problems diag.List
	// series names the sites of this run, number the one that is shown.
	series string
	number int
}

// A shown is a site that is shown, with the name by which open pages know it.
type shown struct {
	*site.Site
	name string
	// making has the answers that are being made, by address: what many ask for at once is made once.
	making singleflight.Group
}

// Changed tells that files may have changed, by their names in the folder of the site; without names, that any may have.
func (h *Handler) Changed(names ...string) {
	h.files.forget(names)
	h.news.add(len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return !isStyle(name) }))
}

// isStyle reports whether a file is part of a stylesheet and of nothing else.
func isStyle(name string) bool {
	return strings.HasPrefix(name, "static/css/") && path.Ext(name) == ".css"
}

// A news counts changes. The zero news has one: there is no site yet.
type news struct {
	mu sync.Mutex
	// loaded is how many changes the newest site shows.
	count, loaded int
	started       bool
	// pages says that other files than styles have changed since the site that is shown.
	pages bool
}

// add notes a change, of what pages say or of their styles alone.
func (n *news) add(pages bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.count++
	n.pages = n.pages || pages
}

// pending returns how many changes there have been, and whether a site has yet to be loaded for them.
func (n *news) pending() (count int, any bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.count, !n.started || n.count != n.loaded
}

// settle notes that the first count changes are in the newest site, which is shown or not. It reports whether the pages that are shown have
// changed.
func (n *news) settle(count int, shows bool) (pages bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	pages = n.pages || !n.started
	n.loaded, n.started = count, true
	// What changed meanwhile may be pages again.
	if shows && n.count == count {
		n.pages = false
	}
	return pages
}

// Load makes sure that the newest site has all that changed. It waits for a Load that is under way. The error is for content that cannot be
// read at all; a site that was there before stays.
func (h *Handler) Load(ctx context.Context) error {
	if _, news := h.news.pending(); !news {
		return nil
	}
	h.loading.Lock()
	defer h.loading.Unlock()
	count, news := h.news.pending()
	if !news {
		return nil
	}
	src := h.Source
	src.Files, src.Lean = h.files.over(src.Files), os.TempDir()
	var s *site.Site
	var problems diag.List
	err := crash.Guard(func() (err error) {
		s, problems, err = site.Load(ctx, src, h.latest)
		return err
	}, "linking the site")
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && h.latest == nil:
		return err
	case err != nil:
		s, problems = h.latest, diag.List{{Pos: diag.Pos{File: site.ContentFolder}, Code: diag.Unreadable, Msg: err.Error()}}
	}
	h.take(s, problems, count)
	return nil
}

// take makes s the newest site, and shows it unless it has errors; then the last good one stays, or where there is none the site is shown
// as far as it goes.
func (h *Handler) take(s *site.Site, problems diag.List, count int) {
	reports := h.latest == nil || !slices.Equal(problems, h.problems)
	shows := problems.Errors() == 0 || h.current.Load() == nil
	pages := h.news.settle(count, shows)
	if shows {
		h.show(s, pages)
	}
	h.latest, h.problems = s, problems
	if reports && h.Report != nil {
		h.Report(problems)
	}
	h.live.publish(h.state())
}

// show puts s in the place of the site that is shown. It gets a new name where its pages differ.
func (h *Handler) show(s *site.Site, pages bool) {
	if h.series == "" {
		h.series = rand.Text() // a page that was open when another preview ended is to be loaded anew
	}
	if old := h.current.Load(); old == nil || pages && !old.Is(s) {
		h.number++
	}
	h.current.Store(&shown{Site: s, name: fmt.Sprintf("%s-%d", h.series, h.number)})
}

// ServeHTTP answers with one file of the newest site, or with what is the preview's own.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if refusal := h.refuse(r); refusal != nil {
		refusal.send(w)
		return
	}
	// An answer that nobody takes must not stay for ever.
	http.NewResponseController(w).SetWriteDeadline(h.Now().Add(writeLimit))
	if name, own := strings.CutPrefix(r.URL.Path, Own); own {
		h.own(w, r, name)
		return
	}
	if !h.ready(w, r) {
		return
	}
	h.file(w, r, h.current.Load())
}

// ready makes sure that the newest site is shown. It answers where there is none, and reports whether there is one.
func (h *Handler) ready(w http.ResponseWriter, r *http.Request) bool {
	// The site is everybody's: one who asked and has gone must not keep it from the others.
	err := h.Load(context.WithoutCancel(r.Context()))
	if err != nil {
		h.fail(w, err)
	}
	return err == nil
}

// file answers with what stands at the address, with a redirect to the folder of that name, or with the page for what is not there.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, s *shown) {
	address, status := r.URL.Path, http.StatusOK
	f, ok := s.File(address)
	if _, folder := s.File(address + "/"); !ok && folder && !strings.HasPrefix(address, "//") {
		http.Redirect(w, r, address+"/", http.StatusMovedPermanently)
		return
	}
	if !ok {
		status = http.StatusNotFound
		if f, ok = s.File("/404.html"); !ok {
			h.fail(w, errors.New("there are no pages yet: the templates cannot be read"))
			return
		}
	}
	text, err, _ := s.making.Do(address, func() (any, error) {
		var b bytes.Buffer
		err := crash.Guard(func() error { return f.Write(&b) }, "making ", f.Path)
		return h.joined(b.Bytes(), f.Path, s, address), err
	})
	if err != nil {
		h.fail(w, err)
		return
	}
	send(w, r, status, f.Path, text.([]byte))
}

// send answers with a file, with the headers of its like. A client that has gone is no concern of ours.
func send(w http.ResponseWriter, r *http.Request, status int, path string, text []byte) {
	for _, h := range export.Headers(path) {
		w.Header().Set(h.Name, h.Value)
	}
	w.Header().Set("Cache-Control", "no-store") // what is being written is never kept
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		w.Write(text)
	}
}
