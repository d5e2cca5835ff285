package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// Limits of the server. There is none on how long an answer may take to make: the first after an edit waits until the site is loaded.
const (
	// headerTimeout is for a request, idleTimeout for the next one on the same connection, writeLimit for taking an answer.
	headerTimeout = 5 * time.Second
	idleTimeout   = time.Minute
	writeLimit    = 30 * time.Second

	// shutdownTimeout is for answers that are under way when the preview ends.
	shutdownTimeout = 2 * time.Second

	// maxHeader is in bytes. No request has a body that is read.
	maxHeader = 64 << 10

	// maxConnections is how many there may be at once: more wait. A browser has six, one of which waits for news.
	maxConnections = 256
)

// Serve answers requests until ctx ends. It then lets go of the pages that wait for news, and waits for answers that are being sent, but
// not for a browser that keeps its connection open.
func (h *Handler) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	server.RegisterOnShutdown(h.live.end)
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(done)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		if server.Shutdown(end) != nil {
			server.Close()
		}
	})
	err := server.Serve(netutil.LimitListener(listener, maxConnections))
	if stop() {
		return err // it ended by itself
	}
	<-done
	h.group.Wait()
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
