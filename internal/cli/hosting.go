package cli

import (
	"io"
	"net/url"

	"github.com/spf13/cobra"

	"briefing/internal/export"
	"briefing/internal/site"
)

// hostingCommand returns “briefing hosting”.
func (a *app) hostingCommand() *cobra.Command {
	var root string
	c := &cobra.Command{
		Use:   "hosting nginx|caddy",
		Short: "Print a configuration of a web server for the site",
		Long: `Hosting prints a configuration of a web server that sends each file with its
type, with how long it may be kept and with the headers that keep readers safe.
Netlify, Cloudflare Pages and others read the same from the file _headers, which
every build writes.`,
		Example:   "  briefing hosting nginx >/etc/nginx/conf.d/brief.conf",
		ValidArgs: []string{"nginx", "caddy"},
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE:      func(_ *cobra.Command, args []string) error { return a.hosting(args[0], root) },
	}
	c.Flags().StringVar(&root, "root", "", "the `folder` on the server that holds the site (default /var/www/ and the host’s name)")
	a.siteFlags(c)
	return c
}

// hosting prints the configuration of one server. It reads content/site.yaml alone, since nothing but the address of the site stands in a
// configuration.
func (a *app) hosting(server, root string) error {
	src, err := a.source()
	if err != nil {
		return err
	}
	config, problems := site.Config(src)
	if problems = problems.Graded(config.Severities); problems.Errors() > 0 {
		a.print(problems, src.Files)
		return errProblems
	}
	address, err := url.Parse(config.BaseURL)
	if err != nil {
		return err
	}
	// Arguments other than the two servers have been refused by the command.
	host := export.Host{Name: address.Host, Root: root}
	if host.Root == "" {
		host.Root = "/var/www/" + host.Name
	}
	print := map[string]func(io.Writer) error{"nginx": host.Nginx, "caddy": host.Caddy}
	return print[server](a.Stdout)
}
