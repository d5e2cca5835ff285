package output

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestCompressedFormsHoldTheFile(t *testing.T) {
	text := strings.Repeat("The same words again. ", 200)
	write := func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	files := List{{Path: "a.html", Key: "k", Write: write}, {Path: "b.png", Write: write}}
	all := Compressed(files, func(path string) bool { return path == "a.html" })
	if all.Len() != 4 {
		t.Fatalf("%d files", all.Len())
	}
	if gz, br := all.File(2), all.File(3); gz.Path != "a.html.gz" || br.Path != "a.html.br" || gz.Key == "k" || gz.Key == br.Key {
		t.Fatalf("%+v and %+v", gz, br)
	}
	for i, path := range paths(all) {
		if got := all.File(i).Path; got != path {
			t.Errorf("file %d is %s, and has the path %s", i, got, path)
		}
	}
	for i, open := range map[int]func(io.Reader) (io.Reader, error){
		2: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		3: func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		var b, again bytes.Buffer
		f := all.File(i)
		if f.Write(&b) != nil || f.Write(&again) != nil || !bytes.Equal(b.Bytes(), again.Bytes()) || b.Len() > len(text)/10 {
			t.Errorf("%s has %d bytes, and then %d", f.Path, b.Len(), again.Len())
		}
		r, err := open(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%s holds other words, error %v", f.Path, err)
		}
	}
}
