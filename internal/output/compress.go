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
func Compressed(files Files, worth func(path string) bool) Files {
	c := &compressed{Files: files}
	for i, path := range paths(files) {
		if worth(path) {
			c.worth = append(c.worth, i)
		}
	}
	return c
}

// compressed are files, and after them the forms of those that are worth it.
type compressed struct {
	Files
	worth []int
}

// forms are the ways in which a file is compressed, by the endings of their names.
var forms = []struct {
	ending string
	pack   func(io.Writer) io.WriteCloser
}{
	{".gz", func(w io.Writer) io.WriteCloser {
		z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // the level is one that there is
		return z
	}},
	{".br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotliLevel) }},
}

// Len returns how many there are in all.
func (c *compressed) Len() int { return c.Files.Len() + len(forms)*len(c.worth) }

// Path returns the path of a file or of a form.
func (c *compressed) Path(i int) string {
	n := c.Files.Len()
	if i < n {
		return c.Files.Path(i)
	}
	return c.Files.Path(c.worth[(i-n)/len(forms)]) + forms[(i-n)%len(forms)].ending
}

// File returns a file or a form.
func (c *compressed) File(i int) File {
	n := c.Files.Len()
	if i < n {
		return c.Files.File(i)
	}
	form := forms[(i-n)%len(forms)]
	return c.Files.File(c.worth[(i-n)/len(forms)]).compressed(form.ending, form.pack)
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
