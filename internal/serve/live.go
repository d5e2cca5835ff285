package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// A state is what open pages are told of the preview.
type state struct {
	// Site is the name of the site that is shown. A page of another is to be loaded anew.
	Site string `json:"site"`

	// Styles are the addresses of its stylesheets. A page of the same site takes over those that it has under another address.
	Styles []string `json:"styles"`

	// Problems are the first of those of the newest site, Count how many there are.
	Problems []problem `json:"problems"`
	Count    int       `json:"count"`
}

// retry is how long a page waits before it asks again for a preview that has ended, in milliseconds.
const retry = 500

// A live tells open pages the newest state. One that takes its time is told the newest alone.
type live struct {
	mu    sync.Mutex
	state []byte
	wakes map[chan struct{}]bool
	ended bool
}

// publish makes s the newest state.
func (l *live) publish(s state) {
	text, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err)) // a state is strings and numbers
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state = text
	for wake := range l.wakes {
		select {
		case wake <- struct{}{}:
		default: // it has yet to take the state before, and will find this one
		}
	}
}

// join returns a channel on which there is something when the state is new, and which is closed when the preview ends.
func (l *live) join() chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	wake := make(chan struct{}, 1)
	if l.ended {
		close(wake)
		return wake
	}
	if l.wakes == nil {
		l.wakes = map[chan struct{}]bool{}
	}
	l.wakes[wake] = true
	return wake
}

// leave ends what join began.
func (l *live) leave(wake chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.wakes, wake)
}

// newest returns the newest state.
func (l *live) newest() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state
}

// end lets go of all pages.
func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	for wake := range l.wakes {
		close(wake)
	}
	clear(l.wakes)
}

// events answers with the state, and with each new one, until the page or the preview goes. Who asks for the head alone does not wait for
// news.
func (h *Handler) events(w http.ResponseWriter, r *http.Request) {
	wake := h.live.join()
	defer h.live.leave(wake)
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // the page says nothing more, for as long as it likes
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, "retry: %d\n", retry)
	for {
		control.SetWriteDeadline(h.Now().Add(writeLimit))
		if state := h.live.newest(); state != nil {
			fmt.Fprintf(w, "data: %s\n\n", state)
		}
		if control.Flush() != nil || r.Method == http.MethodHead {
			return
		}
		select {
		case _, more := <-wake:
			if !more {
				return
			}
		case <-r.Context().Done():
			return
		}
	}
}
