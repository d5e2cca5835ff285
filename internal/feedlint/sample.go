package feedlint

import (
	"embed"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
)

// samples are good files, each with edits that break one rule. The tests make every one of them.
//
//go:embed testdata/*.txtar
var samples embed.FS

// Sample returns the name of a file, what in it breaks the rule of a code, and what stands there in a good one. The name is empty where no
// sample is short enough to be read.
func Sample(code diag.Code) (file, bad, good string) {
	names, err := samples.ReadDir("testdata")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	for _, n := range names {
		text, err := samples.ReadFile("testdata/" + n.Name())
		if err != nil {
			panic("internal error: " + err.Error())
		}
		archive := txtar.Parse(text)
		for _, f := range archive.Files[1:] {
			parts := strings.SplitN(string(f.Data), "=>\n", 3)
			if name, _, _ := strings.Cut(f.Name, ":"); diag.Code(name) == code && len(parts) == 3 {
				return archive.Files[0].Name, plain(parts[1]), plain(parts[0])
			}
		}
	}
	return "", "", ""
}

// plain returns a part of a sample as it is read; what stands between quotation marks is written as in Go.
func plain(part string) string {
	if text, err := strconv.Unquote(strings.TrimSuffix(part, "\n")); err == nil {
		return text + "\n"
	}
	return part
}
