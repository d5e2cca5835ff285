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

// How long the preview waits for a client.
const (
	headerTimeout   = 5 * time.Second
	idleTimeout     = time.Minute
	shutdownTimeout = 2 * time.Second
	maxHeader       = 64 << 10
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
	src, err := a.source()
	if err != nil {
		return err
	}
	listener, err := listen(port)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	if src.BaseURL == "" {
		src.BaseURL = address
	}
	handler := &serve.Handler{Source: src, Report: func(problems diag.List) {
		if len(problems) == 0 {
			fmt.Fprintf(a.stdout, "%s  no problems\n", time.Now().Format(time.TimeOnly))
			return
		}
		a.print(problems, src.Files)
	}}
	if _, err := handler.Load(ctx); err != nil {
		listener.Close()
		return err
	}
	fmt.Fprintf(a.stdout, "\n  %s/\n\nCtrl-C ends it.\n", address)
	return run(ctx, listener, handler)
}

// listen opens a port of this machine alone: the given one, or the next that is free.
func listen(port int) (net.Listener, error) {
	var err error
	for i := range portsTried {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+i)); err == nil {
			return l, nil
		}
		if port == 0 {
			break
		}
	}
	return nil, err
}

// run serves until ctx ends.
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
