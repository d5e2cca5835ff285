package output

import (
	"bytes"
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
)

// brotliLevel is as much as can be had before a page takes longer to compress than to make.
const brotliLevel = 9

// Compressed returns the files and, after them, two compressed forms of each that is worth it, for servers that send what lies ready:
// index.html.gz and index.html.br beside index.html. Neither says when or where it was made.
func Compressed(files []File, worth func(path string) bool) []File {
	all := files[:len(files):len(files)]
	for _, f := range files {
		if !worth(f.Path) {
			continue
		}
		all = append(all, f.compressed(".gz", func(w io.Writer) io.WriteCloser {
			z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // the level is one that there is
			return z
		}), f.compressed(".br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotliLevel) }))
	}
	return all
}

// compressed promises a compressed form of the file.
func (f File) compressed(ending string, pack func(io.Writer) io.WriteCloser) File {
	form := File{Path: f.Path + ending, Maker: "compression", Write: func(w io.Writer) error {
		// The file is made again for each form: a form is a promise of its own, and may be the only one that has to be kept.
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			return err
		}
		z := pack(w)
		if _, err := z.Write(b.Bytes()); err != nil {
			return err
		}
		return z.Close()
	}}
	if f.Key != "" {
		form.Key = f.Key + ending
	}
	return form
}
