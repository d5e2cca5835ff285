package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A message is what the Nu HTML checker has to say of a page.
type message struct {
	Type, SubType, URL, Message, Extract string
	LastLine                             int
}

// nu returns what the checker says of the files in a folder.
func nu(t *testing.T, jar, dir string) []message {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "java", "-Xss8m", "-jar", jar, "--skip-non-html", "--also-check-css", "--also-check-svg",
		"--exit-zero-always", "--stdout", "--format", "json", dir).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("%v: %s", err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	var report struct{ Messages []message }
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v: %.500s", err, out)
	}
	return report.Messages
}

// mistaken are messages of the checker on our policy that no browser agrees with: it takes structured data for a script, and a file that it
// reads from a disk for one from elsewhere.
var mistaken = []string{"Inline script violates Content Security Policy", "Resource violates Content Security Policy"}

// faults are files with something wrong, by which the checker shows that it can fail, of pages, stylesheets and pictures.
var faults = map[string]string{
	"faults/index.html": `<!doctype html><html lang="en"><title>A</title><p id="a"><p id="a"><img src="a">`,
	"faults/site.css":   `a { colr: red }`,
	"faults/icon.svg":   `<svg xmlns="http://www.w3.org/2000/svg"><rect widt="3"/></svg>`,
}

// Pages, stylesheets and pictures are checked, and some with faults beside them: the checker takes long to start. Each message is told once,
// with the first page that it is about and how many there are.
func TestEveryPageStylesheetAndPictureIsValid(t *testing.T) {
	jar := tool(t, "BRIEFING_VNU", "the Nu HTML checker")
	if _, err := exec.LookPath("java"); err != nil {
		missing(t, "Java")
	}
	b := built{tree: maps.Clone(build(t).tree)}
	for name, text := range faults {
		b.tree[name] = []byte(text)
	}
	count, first, found := map[string]int{}, map[string]message{}, map[string]bool{}
	for _, m := range nu(t, jar, b.save(t)) {
		if i := strings.Index(m.URL, "/faults/"); i >= 0 {
			found[m.URL[i+1:]] = true
			continue
		}
		if slices.ContainsFunc(mistaken, func(s string) bool { return strings.HasPrefix(m.Message, s) }) {
			continue
		}
		key := fmt.Sprintf("%s %s: %s", m.Type, m.SubType, m.Message)
		if count[key]++; count[key] == 1 {
			first[key] = m
		}
	}
	for _, key := range slices.Sorted(maps.Keys(first)) {
		m := first[key]
		t.Errorf("%s\n\t%d times, first in %s:%d: %q", key, count[key], filepath.ToSlash(m.URL), m.LastLine, m.Extract)
	}
	for name := range faults {
		if !found[name] {
			t.Errorf("it finds nothing wrong with %s", name)
		}
	}
}
