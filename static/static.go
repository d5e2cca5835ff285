// Package static holds the files of the default theme that are published: the parts of its stylesheet, its scripts and its icons.
package static

import "embed"

// Files are the static files.
//
//go:embed favicon.svg css icon.png touch-icon.png js
var Files embed.FS
