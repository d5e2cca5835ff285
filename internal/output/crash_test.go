package output_test

import (
	"io"
	"testing"

	"briefing/internal/output"
)

func TestAFileWhosePromisePanicsIsNamedAndNothingIsChanged(t *testing.T) {
	d := newDir(t)
	commit(t, d, promises("a.html", "a"))
	bad := output.File{Path: "b.html", Write: func(io.Writer) error { panic("a mine") }}
	refused(t, d, append(promises("a.html", "other"), bad), "internal error", "b.html", "a mine", "report")
	bad.Draft = func() (string, func(io.Writer) error, error) { panic("a mine") }
	refused(t, d, append(promises("a.html", "other"), bad), "internal error", "b.html")
	if got := contents(t, d.Path); got["a.html"] != "a" || len(got) != 1 {
		t.Errorf("the directory holds %v", got)
	}
}
