package output_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"briefing/internal/output"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name  string
		paths []string
		want  []output.Collision
	}{
		{"no files", nil, nil},
		{"neighbours", []string{"a/index.html", "a/b/index.html", "ab", "index.html"}, nil},
		{"same path", []string{"a", "b", "a"}, []output.Collision{{Path: "a", First: 0, Second: 2}}},
		{"same path three times", []string{"a", "a", "a"}, []output.Collision{
			{Path: "a", First: 0, Second: 1}, {Path: "a", First: 0, Second: 2},
		}},
		{"file before folder", []string{"a", "a/b"}, []output.Collision{{Path: "a", First: 0, Second: 1}}},
		{"file after folder", []string{"a/b/c", "a"}, []output.Collision{{Path: "a", First: 0, Second: 1}}},
		{"file in the way of many", []string{"x", "a/b", "a/c", "a"}, []output.Collision{{Path: "a", First: 1, Second: 3}}},
		{"rooted path", []string{"/a", "/"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var files output.List
			for _, path := range test.paths {
				files = append(files, output.File{Path: path})
			}
			if diff := cmp.Diff(test.want, output.Check(files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBadPathsAreRefused(t *testing.T) {
	for _, path := range []string{
		"", ".", "..", "../x", "a/../../x", "/etc/x", "a/", "a//b", "./a", "a/./b", "a\x00", "a\nb", "a\xff", ".gitignore",
	} {
		d := newDir(t)
		refused(t, d, promises("index.html", "home", path, "x"), "output path")
		if got := contents(t, d.Path); len(got) > 0 {
			t.Errorf("%q: directory has %v", path, got)
		}
	}
}

func TestCollisionsAreRefused(t *testing.T) {
	refused(t, newDir(t), promises("a", "1", "a", "2"), `"a"`, "twice")
	refused(t, newDir(t), promises("a/b", "1", "a", "2"), `"a"`, "folder")
}
