package diag

import (
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	src := "\ufeffone twö three\r\nfour\n"
	edit := func(line, col int32, old, new string) Edit {
		return Edit{Mark{Line: line, Col: col}.In("a.md"), old, new}
	}
	for _, test := range []struct {
		name  string
		edits []Edit
		want  string // empty where the edits fail
	}{
		{"none", nil, src},
		{"columns count characters", []Edit{edit(1, 9, "three", "3"), edit(1, 5, "twö", "2")}, "\ufeffone 2 3\r\nfour\n"},
		{"put in", []Edit{edit(2, 1, "", "x\n"), edit(3, 1, "", "end\n")}, "\ufeffone twö three\r\nx\nfour\nend\n"},
		{"twice the same", []Edit{edit(2, 1, "four", "4"), edit(2, 1, "four", "4")}, "\ufeffone twö three\r\n4\n"},
		{"another text", []Edit{edit(2, 1, "five", "4")}, ""},
		{"beyond the line", []Edit{edit(2, 7, "", "x")}, ""},
		{"beyond the file", []Edit{edit(9, 1, "", "x")}, ""},
		{"overlapping", []Edit{edit(1, 1, "one twö", "x"), edit(1, 5, "twö", "y")}, ""},
	} {
		got, err := Apply([]byte(src), test.edits)
		if string(got) != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "a.md:") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
