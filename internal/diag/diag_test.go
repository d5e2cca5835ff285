package diag

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// TestPrint shows problems in lines that are hard to show. What stands in the golden file must look right in a terminal.
func TestPrint(t *testing.T) {
	files := map[string]string{
		"a.md": "\ufeffbyte order mark\n\ttab\tbed\n" +
			"naïve Šakalienė and и\u0306 in two characters\n" +
			"日本語 wide and 🎉 too\n" +
			"escape \x1b[31m, bell \a and a no-break\u00a0space\n" +
			"carriage return\r\n" +
			strings.Repeat("long ", 60) + "\n" +
			"bad \xff byte\n" +
			"\n",
	}
	at := func(line, col, n int32, msg string) Problem {
		return Problem{Pos: Mark{line, col, n}.In("a.md"), Code: BadValue, Msg: msg, Hint: "mend it"}
	}
	list := List{
		at(1, 6, 5, "the mark does not count as a character"),
		at(2, 6, 3, "a tab counts as one"),
		at(3, 7, 9, "letters beyond ASCII"),
		at(3, 24, 2, "behind a combining character"),
		at(4, 2, 2, "wide characters take two columns"),
		at(4, 14, 1, "an emoji"),
		at(5, 8, 1, "a control character \x1b[31m in the line and in the message"),
		at(5, 35, 1, "a no-break space"),
		at(6, 11, 20, "carets stop at the end of the line"),
		at(6, 99, 1, "a column beyond the end"),
		at(7, 6, 4, "a long line is cut at its end"),
		at(7, 151, 4, "and at both ends"),
		at(7, 296, 200, "and at its beginning"),
		at(8, 5, 1, "a byte that is no character"),
		at(9, 1, 0, "an empty line"),
		at(10, 1, 1, "the line behind the last"),
		at(99, 1, 1, "no such line"),
		at(0, 0, 0, "the file as a whole"),
		{Pos: Pos{File: "missing.md", Mark: Mark{3, 1, 1}}, Code: UnknownKey, Msg: "a file that cannot be had"},
		{Pos: Pos{File: "b.md"}, Code: DuplicateID, Msg: "another place, without a hint", Also: Mark{2, 3, 1}.In("a.md")},
		{Pos: Pos{File: "b.md"}, Code: DuplicateID, Msg: "another place, with a hint", Hint: "look there", Also: Pos{File: "a.md"}},
	}
	var b bytes.Buffer
	err := Print(&b, list, func(file string) []byte { return []byte(files[file]) })
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/print.txt"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if i := strings.IndexFunc(b.String(), func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
		t.Errorf("a control character at %d", i)
	}
}

func TestPrintReportsFailure(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	w.Close()
	if Print(w, List{{Code: BadValue}}, nil) == nil {
		t.Error("no error from a closed file")
	}
}

// TestSort checks that any order of problems becomes the same one, without repetitions.
func TestSort(t *testing.T) {
	want := List{
		{Pos: Pos{File: "a.md"}, Code: BadID, Msg: "x"},
		{Pos: Pos{File: "a.md", Mark: Mark{2, 1, 1}}, Code: BadDate, Msg: "x"},
		{Pos: Pos{File: "a.md", Mark: Mark{2, 1, 1}}, Code: BadID, Msg: "x"},
		{Pos: Pos{File: "a.md", Mark: Mark{2, 1, 1}}, Code: BadID, Msg: "y", Hint: "one"},
		{Pos: Pos{File: "a.md", Mark: Mark{2, 1, 1}}, Code: BadID, Msg: "y", Hint: "two"},
		{Pos: Pos{File: "a.md", Mark: Mark{2, 10, 1}}, Code: BadDate, Msg: "x"},
		{Pos: Pos{File: "a.md", Mark: Mark{10, 1, 1}}, Code: BadDate, Msg: "x"},
		{Pos: Pos{File: "b.md"}, Code: BadDate, Msg: "x"},
	}
	for range 100 {
		got := slices.Concat(want, want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		got.Sort()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestNearest(t *testing.T) {
	ids := []string{"john-healey", "john-haley", "norway", "ukraine", "udcg-27", "udcg-28", "title", "date"}
	tests := []struct {
		word, want string
	}{
		{"jon-healey", "john-healey"}, // left out
		{"nnorway", "norway"},         // put in
		{"norwey", "norway"},          // changed
		{"nowray", "norway"},          // swapped
		{"udcg-29", "udcg-27"},        // of equally near ones the first
		{"udcg-82", "udcg-28"},        // a swap is nearer than two changes
		{"titel", "title"},
		{"dat", "date"},
		{"dt", ""}, // two characters: one change at most
		{"norwegian-kingdom", ""},
		{"", ""},
		{"éé", ""},
		{"nörway", "norway"},
	}
	for _, test := range tests {
		for range 2 {
			got, ok := Nearest(test.word, slices.Values(ids))
			if got != test.want || ok != (got != "") {
				t.Errorf("Nearest(%q) = %q, %v, want %q", test.word, got, ok, test.want)
			}
			slices.Reverse(ids)
		}
	}
}

// TestMeant covers what only looks like a slip: one of two names that are as near, and another number.
func TestMeant(t *testing.T) {
	ids := []string{"northland", "southland", "udcg-27", "udcg-28", "title"}
	for word, want := range map[string]string{"nothland": "northland", "nouthland": "", "northlnad": "northland", "udcg-29": "", "udcg-82": "", "udgc-28": "udcg-28", "titel": "title", "x": ""} {
		if got, ok := Meant(word, slices.Values(ids)); ok && got != want || ok != (want != "") {
			t.Errorf("Meant(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
}

func TestPosString(t *testing.T) {
	for _, test := range []struct {
		pos  Pos
		want string
	}{
		{Pos{File: "a.md"}, "a.md"},
		{Mark{3, 7, 2}.In("a.md"), "a.md:3:7"},
		{Mark{3, 0, 0}.In("a.md"), "a.md:3:1"},
	} {
		if got := fmt.Sprint(test.pos); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// TestEveryCodeHasARule reads the constants out of the source, since nothing else knows them all.
func TestEveryCodeHasARule(t *testing.T) {
	source, err := os.ReadFile("code.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []Code
	for _, m := range regexp.MustCompile(`(?m)^\t\w+ +Code = "(.+)"$`).FindAllSubmatch(source, -1) {
		codes = append(codes, Code(m[1]))
	}
	var ruled []Code
	for _, r := range Rules() {
		ruled = append(ruled, r.Code)
		if r.Firm && r.Severity != Error {
			t.Errorf("%s is firm, and no error", r.Code)
		}
		if !strings.HasSuffix(r.Means, ".") {
			t.Errorf("%s: %q is no sentence", r.Code, r.Means)
		}
	}
	if diff := cmp.Diff(codes, ruled); len(codes) < 50 || diff != "" {
		t.Errorf("%d codes; constants and rules differ:\n%s", len(codes), diff)
	}
}

// TestGraded covers the word of the table, that of a site, and the codes about which a site has no say.
func TestGraded(t *testing.T) {
	list := List{{Code: MissingAlt}, {Code: BadHeading}, {Code: BadYAML}, {Code: "feed-id"}}
	own := map[Code]Severity{MissingAlt: Warning, BadHeading: Off, BadYAML: Off, "feed-id": Off}
	want := List{{Code: MissingAlt, Severity: Warning}, {Code: BadYAML}, {Code: "feed-id"}}
	if diff := cmp.Diff(want, list.Graded(own)); diff != "" {
		t.Error(diff)
	}
	if got := list.Graded(own).Errors(); got != 2 || list[0].Severity != Error {
		t.Errorf("%d errors, and the list of the caller %v", got, list)
	}
	if s := list[0]; list.Graded(own)[0].String() != ": warning: missing-alt: " || s.String() != ": missing-alt: " {
		t.Errorf("%q, %q", list.Graded(own)[0], s)
	}
}
