package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Header is a line of the head of an answer.
type Header struct{ Name, Value string }

// PagePolicy is the content security policy that a page itself gives: nothing comes from elsewhere, and no script or style stands within a
// page.
const PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"

// security are the headers of every answer. That no page may be framed only a server can say.
var security = []Header{
	{"Content-Security-Policy", PagePolicy + "; frame-ancestors 'none'"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
	{"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

// AssetFolder is where assets stand.
const AssetFolder = "/assets/"

// How long an answer may be kept: the address of an asset changes with its content, while feeds, calendars and data are asked for
// again and again at one address. Of pages nothing is said, so that a reader who reloads one sees the newest.
const (
	keepForEver   = "public, max-age=31536000, immutable"
	keepForAnHour = "public, max-age=3600"
)

// A fileType is the type of all files whose addresses end in some way.
type fileType struct {
	Ending, Media string

	// Text is in UTF-8, which must be said.
	Text bool

	// Data is for programs, which ask for it again and again.
	Data bool
}

// fileTypes are the types of the files that a site puts out. Of two that fit the first holds. Feeds are served as plain XML, since
// browsers show application/rss+xml as text.
var fileTypes = []fileType{
	{"/feed.json", "application/feed+json", false, true},
	{".json", "application/json", false, true},
	{".xml", "application/xml", true, true},
	{".ics", "text/calendar", true, true},
	{".opml", "text/x-opml", true, true},
	{".csv", "text/csv", true, true},
	{".md", "text/markdown", true, true},
	{".bib", "application/x-bibtex", true, true},
	{".ris", "application/x-research-info-systems", true, true},
	{".html", "text/html", true, false},
	{".css", "text/css", true, false},
	{".js", "text/javascript", true, false},
	{".txt", "text/plain", true, false},
	{".svg", "image/svg+xml", false, false},
	{".png", "image/png", false, false},
	{".jpg", "image/jpeg", false, false},
	{".jpeg", "image/jpeg", false, false},
	{".gif", "image/gif", false, false},
	{".webp", "image/webp", false, false},
	{".ico", "image/x-icon", false, false},
	{".webmanifest", "application/manifest+json", false, false},
	{".pdf", "application/pdf", false, false},
	{".epub", "application/epub+zip", false, false},
	{".zip", "application/zip", false, false},
	{".woff2", "font/woff2", false, false},
}

// typeOf returns the type of the file at an address.
func typeOf(address string) fileType {
	if i := slices.IndexFunc(fileTypes, func(t fileType) bool { return strings.HasSuffix(address, t.Ending) }); i >= 0 {
		return fileTypes[i]
	}
	return fileType{Media: "application/octet-stream"}
}

// ContentType returns the value of the header.
func (t fileType) ContentType() string {
	if t.Text {
		return t.Media + "; charset=utf-8"
	}
	return t.Media
}

// IsName reports whether the type is that of all files of one name.
func (t fileType) IsName() bool { return strings.HasPrefix(t.Ending, "/") }

// Within returns the types that fit all files that t fits, and more; Parts those that fit some of them.
func (t fileType) Within() []fileType {
	return typesWhere(func(u fileType) bool { return u != t && strings.HasSuffix(t.Ending, u.Ending) })
}

// Parts returns the types that fit some of the files that t fits, such as /feed.json of .json: a server must be told of these first.
func (t fileType) Parts() []fileType {
	return typesWhere(func(u fileType) bool { return u != t && strings.HasSuffix(u.Ending, t.Ending) })
}

// typesWhere returns the types for which a condition holds.
func typesWhere(holds func(fileType) bool) []fileType {
	var list []fileType
	for _, t := range fileTypes {
		if holds(t) {
			list = append(list, t)
		}
	}
	return list
}

// Compressible reports whether a file is worth compressing: text, of whatever sort.
func Compressible(path string) bool {
	return typeOf("/" + path).packed()
}

// packed reports whether files of the type are text.
func (t fileType) packed() bool {
	return t.Text || strings.HasSuffix(t.Media, "json") || strings.HasSuffix(t.Media, "xml")
}

// Headers returns the headers with which a file is served. Each server is told to send the same.
func Headers(path string) []Header {
	address := "/" + path
	kind := typeOf(address)
	list := append([]Header{{"Content-Type", kind.ContentType()}}, security...)
	switch {
	case strings.HasPrefix(address, AssetFolder):
		list = append(list, Header{"Cache-Control", keepForEver})
	case kind.Data:
		list = append(list, Header{"Cache-Control", keepForAnHour})
	}
	return list
}

// HeadersFile writes the headers in the form of a file _headers, which Netlify, Cloudflare Pages and others read. They join what two rules
// say of one header, so that no two that fit one file name the same. What is not said here such hosts know: types of pages and pictures.
func HeadersFile(w io.Writer) error {
	b := bufio.NewWriter(w)
	rule := func(pattern string, headers ...Header) {
		fmt.Fprintln(b, pattern)
		for _, h := range headers {
			fmt.Fprintf(b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	rule("/*", security...)
	rule(AssetFolder+"*", Header{"Cache-Control", keepForEver})
	for _, t := range fileTypes {
		var headers []Header
		if t.Data && t.Parts() == nil {
			headers = append(headers, Header{"Content-Type", t.ContentType()})
		}
		if t.Data && t.Within() == nil {
			headers = append(headers, Header{"Cache-Control", keepForAnHour})
		}
		if headers == nil {
			continue
		}
		if t.IsName() {
			rule(t.Ending, headers...)
		}
		rule("/*"+t.Ending, headers...)
	}
	return b.Flush()
}
