package theme

import (
	"io"
	"reflect"
	"testing"

	"briefing/internal/page"
	"briefing/static"
	"briefing/templates"
)

// BenchmarkRender renders the page of an event on which everything is shown.
func BenchmarkRender(b *testing.B) {
	th, err := Load(templates.Files, static.Files)
	if err != nil {
		b.Fatal(err)
	}
	view := reflect.New(reflect.TypeFor[page.Event]()).Elem()
	f := filler{texts: map[string][]string{}}
	f.fill(view, "Event")
	for b.Loop() {
		if err := th.Render(io.Discard, "event.html", view.Interface()); err != nil {
			b.Fatal(err)
		}
	}
}
