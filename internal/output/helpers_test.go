package output_test

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"briefing/internal/output"
)

// promise returns a file with the given text.
func promise(path, text string) output.File {
	return output.File{Path: path, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

// promises returns files from path, text, path, text, …
func promises(pathsAndTexts ...string) output.List {
	var files output.List
	for i := 0; i < len(pathsAndTexts); i += 2 {
		files = append(files, promise(pathsAndTexts[i], pathsAndTexts[i+1]))
	}
	return files
}

// newDir returns a directory named public, not made yet, in a new folder.
func newDir(t testing.TB) output.Dir {
	return output.Dir{Path: filepath.Join(t.TempDir(), "public")}
}

func commit(t testing.TB, d output.Dir, files output.List) output.Result {
	t.Helper()
	result, err := d.Commit(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// refused fails unless a commit of files returns an error with each of words.
func refused(t *testing.T, d output.Dir, files output.List, words ...string) {
	t.Helper()
	_, err := d.Commit(t.Context(), files)
	if err == nil {
		t.Fatal("committed; want an error")
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

// contents returns the text of each file under a folder but the mark; of a link, where it leads. A missing folder has none.
func contents(t testing.TB, folder string) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) && name == folder {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		path, _ := filepath.Rel(folder, name)
		if path == ".briefing" {
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			texts[path], err = os.Readlink(name)
			return err
		}
		text, err := os.ReadFile(name)
		texts[filepath.ToSlash(path)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// age makes the file look as if it was written a while ago, and returns when.
func age(t testing.TB, name string) time.Time {
	t.Helper()
	old := time.Date(2025, 6, 4, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	return old
}

func modTime(t testing.TB, name string) time.Time {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}
