package cli

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"briefing/internal/diag"
	"briefing/internal/serve"
)

// maxPort is the highest port there is.
const maxPort = 1<<16 - 1

// portsTried is how many ports above the wanted one are tried where it is taken.
const portsTried = 20

// editorVariable names the variable of the environment that says how links into the editor are written; editorURL is how Visual Studio
// Code understands them.
const (
	editorVariable = "BRIEFING_EDITOR_URL"
	editorURL      = "vscode://file/{file}:{line}:{column}"
)

// garbage is how much of the memory may be garbage, in percent of what is not: a preview stays all day beside an editor and a browser, and
// has much to hold and little to do.
const garbage = 40

// A preview is how “briefing serve” was asked for.
type preview struct {
	// port is the first that is tried; 0 takes any that is free.
	port int
	// host is the name or address that others may use; empty keeps the preview to this machine.
	host string
	// poll looks at the files in place of waiting to be told of changes.
	poll bool
	// editor is the form of links into the editor, as the flag has it; empty for the default.
	editor string
}

// serveCommand returns “briefing serve”.
func (a *app) serveCommand() *cobra.Command {
	var p preview
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in a browser, always as the files are now",
		Long: `Serve shows the site at an address of this machine alone, drafts included. Save
a file, and the page in the browser is the new one. While there are errors the
last good site stays; they are shown on the page, and printed here.

Each page has a button, and Alt+P, for what is behind it: its file, its problems
and what in it breaks the house style, what refers to it, and how subscribers and search engines see it.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			// The flag is shared with build, where drafts are left out: a preview shows them unless told otherwise.
			a.drafts = a.drafts || !c.Flags().Changed("drafts")
			return a.serve(c.Context(), p)
		},
	}
	c.Flags().IntVar(&p.port, "port", 8080, "the `port`; the next free one where it is taken")
	c.Flags().StringVar(&p.host, "host", "", "the `name` or address by which other machines may ask too; anybody who\ncan reach it then sees drafts")
	c.Flags().BoolVar(&p.poll, "poll", false, "look at the files again and again, where the system does not tell of changes,\nas on some network drives")
	c.Flags().StringVar(&p.editor, "editor-url", "", "the `address` that opens a file in the editor, with {file}, {line} and\n{column} in it (default "+editorVariable+", else Visual Studio Code's)")
	a.siteFlags(c)
	// Help shows what holds here.
	c.Flags().Lookup("drafts").DefValue = "true"
	return c
}

// serve shows the site until ctx ends. The address that it has found is the site's own while it runs, so that links in feeds
// can be followed.
func (a *app) serve(ctx context.Context, p preview) error {
	if p.port < 0 || p.port > maxPort {
		return usageError{fmt.Errorf("there is no port %d: choose one from 1 to %d, or 0 for any that is free", p.port, maxPort)}
	}
	src, err := a.published()
	if err != nil {
		return err
	}
	// The port is taken before the site is read, so that its address can be the site's own.
	listener, err := listen(p.host, p.port)
	if err != nil {
		return err
	}
	defer listener.Close()
	address := "http://" + p.named(listener.Addr())
	// Without it, feeds and calendars would lead from the preview to the published site.
	if src.BaseURL == "" {
		src.BaseURL = address
	}
	// An editor is asked from a browser, which has no folder that a path could begin at.
	dir, err := filepath.Abs(a.dir)
	if err != nil {
		return err
	}
	// Problems are printed when they change, and once that there are none any more.
	handler := &serve.Handler{Source: src, Now: a.Now, Host: p.host, Editor: serve.Editor{URL: a.editorURL(p), Dir: dir}, Report: func(problems diag.List) {
		if len(problems) == 0 {
			fmt.Fprintf(a.Stdout, "%s  no problems\n", a.Now().Format(time.TimeOnly))
			return
		}
		a.print(problems, src.Files)
	}}
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a.watch(ctx, handler, p.poll) // first, so that no change between is missed
	if err := handler.Load(ctx); err != nil {
		return err
	}
	if _, port, _ := net.SplitHostPort(listener.Addr().String()); p.port != 0 && port != strconv.Itoa(p.port) {
		fmt.Fprintf(a.Stdout, "Port %d is taken.\n", p.port)
	}
	fmt.Fprintf(a.Stdout, "\n  %s/\n\nCtrl-C ends it.\n", address)
	return handler.Serve(ctx, listener)
}

// watch has the handler notice which files change, until ctx ends.
func (a *app) watch(ctx context.Context, handler *serve.Handler, poll bool) {
	if !poll {
		err := handler.Watch(ctx, a.dir)
		if err == nil {
			return
		}
		fmt.Fprintf(a.Stderr, "The system does not tell of changes (%v): files are looked at again and again instead.\n", err)
	}
	handler.Poll(ctx, a.dir)
}

// editorURL returns the form of links into the editor.
func (a *app) editorURL(p preview) string {
	for _, url := range []string{p.editor, a.Getenv(editorVariable)} {
		if url != "" {
			return url
		}
	}
	return editorURL
}

// named returns the name and port by which the preview is to be asked for: an address that stands for all of a machine's is none.
func (p preview) named(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	if p.host != "" {
		host = p.host
	}
	return net.JoinHostPort(host, port)
}

// listen opens a port of a host: the given one, or the next that is free. Without a host it is this machine alone, since a preview may show
// drafts, and asks for no password. The error is that of the last port tried.
func listen(host string, port int) (net.Listener, error) {
	if host == "" {
		host = "127.0.0.1"
	}
	var err error
	for wanted := port; wanted < port+portsTried && wanted <= maxPort; wanted++ {
		var l net.Listener
		if l, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(wanted))); err == nil {
			return l, nil
		}
		// The system has chosen among all that are free: there is no next one.
		if port == 0 {
			break
		}
	}
	return nil, err
}
