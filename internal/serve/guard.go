package serve

import (
	"net"
	"net/http"
	"strings"
)

// A refusal is why a request is not answered.
type refusal struct {
	status int
	text   string
}

// send answers with a refusal.
func (x *refusal) send(w http.ResponseWriter) {
	if x.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	http.Error(w, x.text, x.status)
}

// refuse returns why a request is not answered, or nil. A page elsewhere that has its own name lead to this machine asks by that name, and
// a page elsewhere that asks by the right one says where it comes from: neither may read what is not published.
func (h *Handler) refuse(r *http.Request) *refusal {
	switch origin := r.Header.Get("Origin"); {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return &refusal{http.StatusMethodNotAllowed, "method not allowed"}
	case !h.answersTo(r.Host):
		return &refusal{http.StatusForbidden, "this preview answers to localhost only; briefing serve --host NAME has it answer to others"}
	case origin != "" && origin != "http://"+r.Host:
		return &refusal{http.StatusForbidden, "this preview answers its own pages only"}
	case strings.HasPrefix(r.URL.Path, Own) && r.Header.Get("Sec-Fetch-Site") == "cross-site":
		return &refusal{http.StatusForbidden, "this preview answers its own pages only"}
	}
	return nil
}

// answersTo reports whether a Host header names the preview: this machine, or what the preview was told to answer to.
func (h *Handler) answersTo(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() {
		return true
	}
	// Nobody can have an address in numbers lead elsewhere.
	return h.Host != "" && (ip != nil && !ip.IsUnspecified() || strings.EqualFold(host, h.Host))
}
