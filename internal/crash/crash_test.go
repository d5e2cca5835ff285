package crash

import (
	"errors"
	"strings"
	"testing"
)

// third panics for any list of fewer than three.
func third(list []int) int { return list[2] }

func TestGuardTurnsAPanicIntoAnErrorThatNamesItsCause(t *testing.T) {
	err := Guard(func() error {
		third(nil)
		return nil
	}, "reading ", "content/pages/about.md")
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{
		"internal error while reading content/pages/about.md: ", "index out of range [2] with length 0", "crash.third (crash_test.go:10)", "please report it",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q lacks %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "\n") || !strings.Contains(string(e.Stack), "crash.third") {
		t.Errorf("the error is not one line, or its stack lacks the culprit:\n%s", e.Stack)
	}
}

func TestGuardLeavesOtherErrorsAlone(t *testing.T) {
	want := errors.New("no such file")
	if err := Guard(func() error { return want }, "reading"); err != want {
		t.Errorf("got %v", err)
	}
	if err := Guard(func() error { return nil }, "reading"); err != nil {
		t.Errorf("got %v", err)
	}
}
