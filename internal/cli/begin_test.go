package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"briefing/internal/content"
	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// answers are what an editor might write for each key that a new entry leaves open.
var answers = map[string]string{
	"title": "A title", "summary": "A summary.", "date": "2025-06-04", "as_of": "2025-06", "recipient": "southland", "donors": "northland",
	"category": "military", "stage": "announced", "source": "gazette", "type": "webpage", "publisher": "The Gazette", "issued": "2025-06-04~",
	"value": "300",
}

// kinds are the answers for the key kind, whose words differ.
var kinds = map[dossier.Kind]string{dossier.KindActor: "state", dossier.KindEvent: "meeting"}

var (
	open    = regexp.MustCompile(`^( *-? *)(\w+): (.*)TODO(\]?) #`)
	comment = regexp.MustCompile(`^# (\w+): (.+) # `)
)

// filled returns a template with an answer for each key that it leaves open.
func filled(t *testing.T, kind dossier.Kind, text string) string {
	t.Helper()
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		m := open.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		answer := answers[m[2]]
		if m[2] == "kind" {
			answer = kinds[kind]
		}
		if answer == "" {
			t.Errorf("%s: nobody knows what to answer to %q", kind, line)
		}
		lines[i] = strings.Replace(line, dossier.Todo, answer, 1)
	}
	return strings.Join(lines, "\n")
}

// parse parses a text as an entry of a kind.
func parse(kind dossier.Kind, text string) (dossier.Entry, diag.List) {
	return content.Parse(fmt.Sprintf("content/%s/new.md", kind.Folder()), []byte(text))
}

func TestANewEntryLacksNothingButWhatItSaysIsToBeFilledIn(t *testing.T) {
	now := time.Date(2026, 11, 21, 13, 0, 0, 0, time.FixedZone("", 3600))
	for _, kind := range dossier.Kinds {
		text := template(kind, now)
		_, problems := parse(kind, text)
		if len(problems) != strings.Count(text, dossier.Todo) {
			t.Errorf("%s: %d problems with\n%s", kind, len(problems), text)
		}
		for _, p := range problems {
			if p.Code != diag.EmptyValue || p.Line == 0 || p.Hint == "" {
				t.Errorf("%s: %v", kind, p)
			}
		}
		entry, problems := parse(kind, filled(t, kind, text))
		for _, p := range problems {
			t.Errorf("%s, filled in: %v: %s", kind, p, p.Hint)
		}
		if got := entry.Base().Published; !got.Equal(now) {
			t.Errorf("%s: published %v", kind, got)
		}
	}
}

// Each key that may be added stands in a comment, with an example that could be taken as it is.
func TestANewEntryNamesEveryOtherKeyWithAnExample(t *testing.T) {
	for _, kind := range dossier.Kinds {
		text := template(kind, time.Now())
		for _, f := range dossier.New(kind).Table() {
			if !strings.Contains(text, "\n# "+f.Key+": ") && !strings.Contains(text, "\n"+f.Key+": ") {
				t.Errorf("%s: no %s", kind, f.Key)
			}
		}
		base := filled(t, kind, text)
		for line := range strings.Lines(base) {
			if m := comment.FindStringSubmatch(line); m != nil {
				_, problems := parse(kind, strings.Replace(base, line, strings.TrimPrefix(line, "# "), 1))
				for _, p := range problems {
					if p.Code != diag.Contradiction && p.Code != diag.MissingKey {
						t.Errorf("%s with %s: %v", kind, m[1], p)
					}
				}
			}
		}
	}
}

// template returns the text of a new entry of which nothing is known but the time.
func template(kind dossier.Kind, now time.Time) string {
	d := draft{kind: kind, now: now, values: map[string]string{"published": now.UTC().Format(time.RFC3339)}}
	return d.text()
}

// TestNewAsksForWhatIsMissing answers as a person would: with a slip, with nothing, and with what is meant.
func TestNewAsksForWhatIsMissing(t *testing.T) {
	brief := filepath.Join(t.TempDir(), "brief")
	if code, _, stderr := runs(t, "init", brief); code != exitOK {
		t.Fatal(stderr)
	}
	var out, err bytes.Buffer
	host := Host{
		Stdout: &out, Stderr: &err, Terminal: true, Getenv: func(string) string { return "" },
		Now:   func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) },
		Stdin: strings.NewReader("Boats: a first look\n\nnorthlnad\nnorthland\nsouthland\nmilitary\n\n"),
	}
	if code := Run(t.Context(), []string{"new", "pledge", "boats-2", "--event", "harbour-talks-1", "--site", brief}, host); code != exitOK {
		t.Fatal(err.String())
	}
	for _, want := range []string{"Leave empty what you do not know", "donors: Who promised", `did you mean "northland"?`, "category: What it is for: military, financial"} {
		if !strings.Contains(err.String(), want) {
			t.Errorf("no %q in\n%s", want, err.String())
		}
	}
	text, fail := os.ReadFile(filepath.Join(brief, "content", "pledges", "boats-2.md"))
	if fail != nil {
		t.Fatal(fail)
	}
	for _, want := range []string{
		"title: \"Boats: a first look\"\n", "summary: TODO # ", "donors: [northland]\n", "recipient: [southland]\n", "  event: harbour-talks-1\n",
		"  - stage: announced\n", "    source: TODO # ", "as_of: 2026-11-21\n", "category: military\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	// What is still to do is all that is wrong.
	_, _, stderr := runs(t, "check", "--site", brief)
	if n := strings.Count(string(text), "TODO"); strings.Count(stderr, "empty-value") != n || !strings.Contains(stderr, fmt.Sprintf("\n%s\n", count(n, "problem"))) {
		t.Errorf("%d things to do, and\n%s", n, stderr)
	}
}
