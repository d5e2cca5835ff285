// Package serve shows a site as it is being written.
//
// A page is rendered when it is asked for, from the newest site. Before each page the content is looked at again: where a file has
// changed the site is loaded anew, with all entries that are the same taken over, and takes the place of the old one in one step.
// While there are problems the last good site stays, and the problems are handed to the caller. Files are sent with the headers that the
// published site has, so that what a policy forbids shows here first.
package serve

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"briefing/internal/diag"
	"briefing/internal/export"
	"briefing/internal/site"
)

// freshness is how long a look at the content counts as new, so that the requests of one page look once.
const freshness = 300 * time.Millisecond

// A Handler serves the pages of a site.
type Handler struct {
	// Source is what the site is made from.
	Source site.Source

	// Now is the clock by which a look at the content grows old. No page depends on it.
	Now func() time.Time

	// Report is told the problems of a site that could not be shown, and nothing once they are mended. May be nil.
	Report func(diag.List)

	current atomic.Pointer[site.Site]
	loading sync.Mutex
	// with problems or without; the next Load starts from it
	latest   *site.Site
	looked   time.Time
	problems diag.List
}

// Load looks at the content. It returns the problems, and an error where the content cannot be read at all.
func (h *Handler) Load(ctx context.Context) (diag.List, error) {
	h.loading.Lock()
	defer h.loading.Unlock()
	if h.Now().Sub(h.looked) < freshness {
		return nil, nil
	}
	s, problems, err := site.Load(ctx, h.Source, h.latest)
	if err != nil {
		return nil, err
	}
	changed := h.latest == nil || s.Parsed > 0 || !slices.Equal(problems, h.problems)
	h.latest, h.looked, h.problems = s, h.Now(), problems
	if problems.Errors() == 0 || h.current.Load() == nil {
		h.current.Store(s)
	}
	if changed && h.Report != nil {
		h.Report(problems)
	}
	return problems, nil
}

// ServeHTTP serves one file of the newest site.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if !isLoopback(r.Host) {
		http.Error(w, "this preview answers to localhost only", http.StatusForbidden)
		return
	}
	if _, err := h.Load(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h.file(w, r, h.current.Load())
}

// file answers with what stands at the address, with a redirect to the folder of that name, or with the page for what is not there.
func (h *Handler) file(w http.ResponseWriter, r *http.Request, s *site.Site) {
	address, status := r.URL.Path, http.StatusOK
	f, ok := s.File(address)
	if _, folder := s.File(address + "/"); !ok && folder && !strings.HasPrefix(address, "//") {
		http.Redirect(w, r, address+"/", http.StatusMovedPermanently)
		return
	}
	if !ok {
		status = http.StatusNotFound
		if f, ok = s.File("/404.html"); !ok {
			http.NotFound(w, r)
			return
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	for _, h := range export.Headers(f.Path) {
		w.Header().Set(h.Name, h.Value)
	}
	w.Header().Set("Cache-Control", "no-store") // what is being written is never kept
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		w.Write(b.Bytes()) // a client that has gone is no concern of ours
	}
}

// isLoopback reports whether a Host header names this machine. Others are refused, so that no page elsewhere can read the preview
// under a name of its own.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
