// Package crash turns panics into errors, so that a mistake of the program is told as such: what it was about, where in the program it
// happened, and that it is to be reported.
//
// A panic is caught where one thing of many is made: an entry of its file, an output file of its promise, an answer of its request. Whoever
// stands there knows the name that a user knows. What else may fail is caught where the command begins. Nothing goes on with a value
// that a panic has left half made.
package crash

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// An Error is a panic that was caught.
type Error struct {
	// About says what was being done, and with which file: “reading content/events/udcg-28.md”.
	About string

	// Value is what the panic was given.
	Value any

	// Place is the function that panicked, and its line, such as briefing/internal/page.place (event.go:33).
	Place string

	// Stack is the stack of the goroutine as debug.Stack formats it.
	Stack []byte
}

// Error says what happened, where, and what to do, on one line.
func (e *Error) Error() string {
	return fmt.Sprintf("internal error while %s: %s; %s", e.About, e.Cause(), Remedy)
}

// Cause says what the panic was, and where in the program.
func (e *Error) Cause() string {
	return strings.ReplaceAll(fmt.Sprint(e.Value), "\n", " ") + " in " + e.Place
}

// Remedy says what to do about any Error.
const Remedy = "this is a mistake of briefing and none of yours: please report it, with the file that it happened with"

// Guard calls f and returns its error, or an [Error] where f panics. The parts of about make up [Error.About]; they are joined only then.
// What ends the whole program, such as a stack without end, it cannot catch.
func Guard(f func() error, about ...string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Error{About: strings.Join(about, ""), Value: v, Place: place(), Stack: debug.Stack()}
		}
	}()
	return f()
}

// place returns the function that panicked. It must be called by the function that recovers.
func place() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for panicked := false; ; {
		f, more := frames.Next()
		panicked = panicked || f.Function == "runtime.gopanic"
		if panicked && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s (%s:%d)", f.Function, filepath.Base(f.File), f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}
