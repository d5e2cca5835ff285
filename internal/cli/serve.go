package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"briefing/internal/diag"
	"briefing/internal/serve"
)

// How long the preview waits for a client. There is no limit on how long an answer may take: the first one after an edit waits until the
// site is loaded anew.
const (
	// headerTimeout is for a request, idleTimeout for the next one on the same connection.
	headerTimeout = 5 * time.Second
	idleTimeout   = time.Minute

	// shutdownTimeout is for answers that are under way when the preview ends.
	shutdownTimeout = 2 * time.Second

	// maxHeader is in bytes.
	maxHeader = 64 << 10
)

// maxPort is the highest port there is.
const maxPort = 1<<16 - 1

// portsTried is how many ports above the wanted one are tried where it is taken.
const portsTried = 20

// serveCommand returns “briefing serve”.
func (a *app) serveCommand() *cobra.Command {
	var port int
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in a browser, always as the files are now",
		Long: `Serve shows the site at an address of this machine alone. Each page is made when
it is asked for: edit an entry, reload the page. While there are problems the
last good site stays, and the problems are printed here.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c.Context(), port) },
	}
	c.Flags().IntVar(&port, "port", 8080, "the `port`; the next free one where it is taken")
	a.siteFlags(c)
	return c
}

// serve shows the site until ctx ends. The address that it has found is the site's own while it runs, so that links in feeds
// can be followed.
func (a *app) serve(ctx context.Context, port int) error {
	if port < 0 || port > maxPort {
		return usageError{fmt.Errorf("there is no port %d: choose one from 1 to %d, or 0 for any that is free", port, maxPort)}
	}
	src, err := a.published()
	if err != nil {
		return err
	}
	listener, err := listen(port)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	// Without it, feeds and calendars would lead from the preview to the published site.
	if src.BaseURL == "" {
		src.BaseURL = address
	}
	// The handler reports the problems of an edit when the next page is asked for, and once that there are none any more.
	handler := &serve.Handler{Source: src, Now: a.Now, Report: func(problems diag.List) {
		if len(problems) == 0 {
			fmt.Fprintf(a.Stdout, "%s  no problems\n", a.Now().Format(time.TimeOnly))
			return
		}
		a.print(problems, src.Files)
	}}
	if _, err := handler.Load(ctx); err != nil {
		listener.Close()
		return err
	}
	fmt.Fprintf(a.Stdout, "\n  %s/\n\nCtrl-C ends it.\n", address)
	return run(ctx, listener, handler)
}

// listen opens a port of this machine alone: the given one, or the next that is free. A preview may show drafts, and asks for no
// password, so that no other machine may reach it. The error is that of the last port tried.
func listen(port int) (net.Listener, error) {
	var err error
	for wanted := port; wanted < port+portsTried && wanted <= maxPort; wanted++ {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", wanted)); err == nil {
			return l, nil
		}
		if port == 0 {
			break
		}
	}
	return nil, err
}

// run serves until ctx ends. It then waits for the pages that are being sent, but not for a browser that keeps its connection open.
func run(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		if server.Shutdown(end) != nil {
			server.Close()
		}
	})
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
