package output

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"strings"
)

// A manifest is the name of the file that lists what commits wrote to a directory.
//
// From begin until end there are two files, and the directory shows the one or the other tree; what either lists is ours.
type manifest string

func (m manifest) next() string { return string(m) + ".next" }

// read returns the paths listed. A last line without its end is of a list that was never finished, and does not count.
func (m manifest) read() (map[string]bool, error) {
	paths := make(map[string]bool)
	for _, name := range []string{string(m), m.next()} {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if path, whole := strings.CutSuffix(line, "\n"); whole {
				paths[path] = true
			}
		}
	}
	return paths, nil
}

// begin lists the files that the directory is about to show.
func (m manifest) begin(files []File) error {
	out, err := os.Create(m.next())
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	for _, f := range files {
		w.WriteString(f.Path) // an error stays with w until Flush
		w.WriteByte('\n')
	}
	return errors.Join(w.Flush(), out.Close())
}

// end makes the list of begin the only one.
func (m manifest) end() error { return os.Rename(m.next(), string(m)) }
