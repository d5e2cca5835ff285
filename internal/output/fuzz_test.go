package output

import (
	"slices"
	"testing"
)

// FuzzRecord checks that any line of a manifest is a record or a path, and that the record of a line is that of the path which it ends in.
func FuzzRecord(f *testing.F) {
	for _, line := range []string{
		"", "index.html", "a b c d e f", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 1 - - index.html",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 -1 99999999999999999999 - - x y", "zz 0 0 k v ../../x",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		path, r := parseRecord(line)
		if path != line && (len(path) >= len(line) || line[len(line)-len(path):] != path) {
			t.Errorf("%q has the path %q", line, path)
		}
		if path == line && !slices.Equal(r.sum[:], make([]byte, len(r.sum))) && len(line) > 0 {
			t.Errorf("%q has a sum and no path", line)
		}
	})
}
