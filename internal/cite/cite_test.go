package cite_test

import (
	"encoding/json"
	"strings"
	"testing"

	"briefing/internal/cite"
	"briefing/internal/dossier"
)

// hostile is an item whose texts mean something to each of the formats.
func hostile(t *testing.T) cite.Item {
	t.Helper()
	issued, fault := dossier.ParseDate("2025-06-04~")
	if fault != nil {
		t.Fatal(fault)
	}
	return cite.Item{
		ID: "a-1", Type: "report", Title: "100% {of} “it” \\ & #1_a$b\nER  - ~^ \"Київ\"", Authors: []string{"A {and} B", "The EU & co"},
		Publisher: "P and Q", Container: "C", Number: "RB_1", Version: 2, Issued: issued, URL: "https://example.org/a%20b?c=1&d=%C3%A9",
		Archive: "https://archive.example/1", Note: "As\r\ntold.",
	}
}

func TestBibTeX(t *testing.T) {
	item := hostile(t)
	var b strings.Builder
	item.BibTeX(&b)
	want := `@techreport{a-1,
  title = {{100\% \{of\} “it” \textbackslash{} \& \#1\_a\$b ER - \textasciitilde{}\textasciicircum{} "Київ"}},
  author = {{A \{and\} B} and {The EU \& co}},
  institution = {P and Q},
  organization = {C},
  number = {RB\_1},
  version = {2},
  date = {2025-06-04~},
  year = 2025,
  month = jun,
  url = {https://example.org/a%20b?c=1&d=%C3%A9},
  note = {As told. Stored copy: https://archive.example/1},
}

`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestRIS(t *testing.T) {
	item := hostile(t)
	var b strings.Builder
	item.RIS(&b)
	want := `TY  - RPRT
ID  - a-1
TI  - 100% {of} “it” \ & #1_a$b ER - ~^ "Київ"
AU  - A {and} B
AU  - The EU & co
T2  - C
PB  - P and Q
SN  - RB_1
ET  - 2
PY  - 2025
DA  - 2025/06/04/
UR  - https://example.org/a%20b?c=1&d=%C3%A9
N1  - As told. Stored copy: https://archive.example/1
ER  - 

`
	if got := b.String(); got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSL(t *testing.T) {
	item := hostile(t)
	line := item.CSL()
	var v struct {
		Title, Version, Number string
		Issued                 struct{ Circa bool }
	}
	if err := json.Unmarshal(line, &v); err != nil || strings.Contains(string(line), "\n") {
		t.Fatalf("%v: %s", err, line)
	}
	if v.Title != item.Title || v.Version != "2" || v.Number != "RB_1" || !v.Issued.Circa {
		t.Errorf("%+v", v)
	}
}

func TestText(t *testing.T) {
	item := hostile(t)
	want := "A {and} B, The EU & co, “100% {of} “it” \\ & #1_a$b ER - ~^ \"Київ\"”, C, P and Q, RB_1, version 2, about 4 June 2025, https://example.org/a%20b?c=1&d=%C3%A9"
	if got := item.Text(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	bare := cite.Item{ID: "a", Type: "webpage", Title: "A"}
	if got := bare.Text(); got != "“A”" {
		t.Errorf("got %s", got)
	}
}
