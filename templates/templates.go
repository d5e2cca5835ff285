// Package templates holds the templates of the default theme.
package templates

import "embed"

// Files are the templates: the frame, one file for each sort of page, and partials/.
//
//go:embed *.html partials
var Files embed.FS
