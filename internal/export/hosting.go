package export

import (
	_ "embed" // the two configurations
	"io"
	"regexp"
	"text/template"
)

// A Host is where a site is published by a server of one's own. What it tells the server to send is what [Headers] returns.
type Host struct {
	// Name is that of the host, such as example.org.
	Name string

	// Root is the folder on the server that a build writes.
	Root string
}

// nginxConfig and caddyConfig are templates, each of which is given a hostTable.
//
//go:embed nginx.conf
var nginxConfig string

//go:embed Caddyfile
var caddyConfig string

// hosting is what both templates begin with. Names become parts of regular expressions in them.
var hosting = template.New("").Funcs(template.FuncMap{"quote": regexp.QuoteMeta})

// The two templates. They are embedded, so that a mistake in one is a mistake of the program.
var (
	nginx = template.Must(template.Must(hosting.Clone()).Parse(nginxConfig))
	caddy = template.Must(template.Must(hosting.Clone()).Parse(caddyConfig))
)

// Nginx writes a configuration of nginx that serves the site.
func (h Host) Nginx(w io.Writer) error { return nginx.Execute(w, h.table()) }

// Caddy writes a configuration of Caddy that serves the site.
func (h Host) Caddy(w io.Writer) error { return caddy.Execute(w, h.table()) }

// A hostTable is what a configuration is made of.
type hostTable struct {
	Host, Root string
	Security   []Header

	// Assets is where the files lie that are kept for ever.
	Assets, ForEver string

	// Data are the types of files for programs, kept for an hour; Texts are those that are in UTF-8, and Packed those that are worth
	// compressing.
	Types, Data, Texts, Packed []fileType
	ForAnHour                  string
}

// table returns what the configurations of the host are made of.
func (h Host) table() hostTable {
	return hostTable{
		Host: h.Name, Root: h.Root, Security: security, Assets: AssetFolder, ForEver: keepForEver, ForAnHour: keepForAnHour, Types: fileTypes,
		Data:   typesWhere(func(t fileType) bool { return t.Data }),
		Texts:  typesWhere(func(t fileType) bool { return t.Text }),
		Packed: typesWhere(fileType.packed),
	}
}
