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
	files := []File{{Path: "a.html", Key: "k", Write: write}, {Path: "b.png", Write: write}}
	all := Compressed(files, func(path string) bool { return path == "a.html" })
	if len(all) != 4 || all[2].Path != "a.html.gz" || all[3].Path != "a.html.br" || all[2].Key == "k" || all[2].Key == all[3].Key {
		t.Fatalf("%d files: %+v", len(all), all)
	}
	for i, open := range map[int]func(io.Reader) (io.Reader, error){
		2: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		3: func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		var b, again bytes.Buffer
		if all[i].Write(&b) != nil || all[i].Write(&again) != nil || !bytes.Equal(b.Bytes(), again.Bytes()) || b.Len() > len(text)/10 {
			t.Errorf("%s has %d bytes, and then %d", all[i].Path, b.Len(), again.Len())
		}
		r, err := open(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%s holds other words, error %v", all[i].Path, err)
		}
	}
}
