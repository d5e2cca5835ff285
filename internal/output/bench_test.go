package output_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"briefing/internal/output"
)

// site returns as many pages of 4 KB, the first of which has the given text.
func site(pages int, text string) output.List {
	page := bytes.Repeat([]byte("0123456789abcdef"), 256)
	files := promises("index.html", text)
	for n := 1; n < pages; n++ {
		path := fmt.Sprintf("events/%d/index.html", n)
		files = append(files, output.File{Path: path, Write: func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "%s%d", page, n)
			return err
		}})
	}
	return files
}

func BenchmarkCommit(b *testing.B) {
	const pages = 10_000
	b.Run("full", func(b *testing.B) {
		files := site(pages, "home")
		for b.Loop() {
			b.StopTimer()
			d := newDir(b)
			b.StartTimer()
			commit(b, d, files)
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		d := newDir(b)
		files := site(pages, "home")
		commit(b, d, files)
		for b.Loop() {
			commit(b, d, files)
		}
	})
	b.Run("one changed", func(b *testing.B) {
		d := newDir(b)
		for i := 0; b.Loop(); i++ {
			commit(b, d, site(pages, fmt.Sprint(i)))
		}
	})
}
