package site

import (
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"briefing/internal/content"
	"briefing/internal/diag"
)

// FuzzLock checks that no record of what feeds have carried stops a site, and that each problem is at a line that it has.
func FuzzLock(f *testing.F) {
	for _, text := range []string{
		"", "# what feeds carry\nevent/e1 2025-06-04T12:00:00Z\n", "event/e1 2025-06-04T12:00:00Z\nevent/e1 2025-06-05T12:00:00Z\n", "event/e1\n", "boat/e1 2025-06-04T12:00:00Z",
		"event/e1#3 2025-06-04T12:00:00+02:00\r\n", "/ \n", "event/ 9999-12-31T23:59:60Z\n", "\xff\x00\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, problems := readLock(fstest.MapFS{LockFile: {Data: text}})
		lines := strings.Count(string(text), "\n") + 1
		for _, p := range problems {
			if p.Code != diag.BadLock || p.Line < 1 || int(p.Line) > lines || p.Hint == "" {
				t.Errorf("%+v, of %d lines", p, lines)
			}
		}
	})
}

// FuzzRecall checks that no bytes of a cache, whose checksum may be right by chance, make an entry that panics when it is taken for one.
func FuzzRecall(f *testing.F) {
	archive, err := txtar.ParseFile("../cli/starter.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, x := range archive.Files {
		if e, problems := content.Parse(x.Name, x.Data); e != nil && problems == nil {
			data, text, err := packFile(nil, &file{entry: e})
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data, text)
		}
	}
	f.Add([]byte("boat\x00"), 0)
	f.Fuzz(func(t *testing.T, data []byte, text int) {
		entries, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer entries.Close()
		if _, err := entries.Write(data); err != nil {
			t.Fatal(err)
		}
		var got file
		m := Memory{entries: entries}
		p := packed{Size: int64(len(data)), Text: int64(min(max(text, 0), len(data))), Check: crc32.Checksum(data, castagnoli)}
		if !m.recall(&p, &got) || got.entry == nil {
			return
		}
		if _, _, err := packFile(nil, &got); err != nil {
			t.Error(err)
		}
	})
}

// FuzzMemory checks that a file of inputs that is damaged, or made by another, is known by its digest or its form.
func FuzzMemory(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(strings.Repeat("\xff", 64)))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, inputsName), data, 0o644); err != nil {
			t.Fatal(err)
		}
		m := OpenMemory(dir, "program")
		defer m.Close()
		if m.Site() != nil {
			t.Errorf("%q is taken for a table", data)
		}
	})
}
