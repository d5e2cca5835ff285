package content

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// TestParse runs the cases in testdata. Each is named by what it promises and holds content files, in want.fields the fields that they
// set, and in want.problems what an editor is told of them. Want.same says that all files set the same fields.
func TestParse(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			results := parseAll(t, a)
			for i := range a.Files {
				got, ok := results[a.Files[i].Name]
				if !ok {
					continue
				}
				if *update {
					a.Files[i].Data = []byte(got)
				}
				if diff := cmp.Diff(string(a.Files[i].Data), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", a.Files[i].Name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// parseAll parses the content files of a case and returns its results by name.
func parseAll(t *testing.T, a *txtar.Archive) map[string]string {
	t.Helper()
	var all, problems bytes.Buffer
	same := map[string]bool{}
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "content/") {
			continue
		}
		e, list := Parse(f.Name, f.Data)
		invariants(t, f.Name, f.Data, e, list)
		list.Sort()
		if err := diag.Print(&problems, list, func(string) []byte { return f.Data }); err != nil {
			t.Fatal(err)
		}
		if e != nil {
			id := fmt.Sprintf("\tID %s\n", e.Base().ID)
			fmt.Fprintf(&all, "%s\n%s", f.Name, fields(e))
			same[strings.TrimPrefix(fields(e), id)] = true
		}
	}
	return map[string]string{
		"want.fields": all.String(), "want.problems": problems.String(), "want.same": fmt.Sprintln(len(same) == 1),
	}
}

// fields lists what an entry's front matter set, a line each: the Go name of the field and its value. Places are left out.
func fields(e dossier.Entry) string {
	var b strings.Builder
	flatten(&b, "", reflect.ValueOf(e).Elem())
	return b.String()
}

func flatten(b *strings.Builder, path string, v reflect.Value) {
	switch x := v.Interface().(type) {
	case *dossier.Body, diag.Mark:
		return
	case fmt.Stringer: // a date, a time or a number
		if !v.IsZero() {
			fmt.Fprintf(b, "\t%s %s\n", path, x)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.Anonymous {
				flatten(b, path, v.Field(i))
			} else {
				flatten(b, strings.TrimPrefix(path+"."+field.Name, "."), v.Field(i))
			}
		}
	case reflect.Pointer:
		flatten(b, path, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			flatten(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	default:
		if !v.IsZero() && path != "File" {
			fmt.Fprintf(b, "\t%s %v\n", path, v.Interface())
		}
	}
}

// invariants checks what holds for every parsed file.
func invariants(t *testing.T, name string, src []byte, e dossier.Entry, problems diag.List) {
	t.Helper()
	kind, id, bad := Identify(name)
	switch {
	case e == nil && kind != "":
		t.Fatalf("%s gives no entry", name)
	case e != nil && (e.Base().Kind != kind || !e.Base().ID.Valid() || len(bad) == 0 && e.Base().ID != id || e.Base().Title == ""):
		t.Errorf("%s gives %+v", name, e.Base())
	}
	lines := bytes.Split(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("\n"))
	place := func(what string, m diag.Mark) {
		if m.Line == 0 {
			return
		}
		if m.Line < 0 || int(m.Line) > len(lines) {
			t.Fatalf("%s: %s in line %d of %d", name, what, m.Line, len(lines))
		}
		if n := utf8.RuneCount(lines[m.Line-1]); m.Col < 1 || int(m.Col) > n+1 || m.Len < 0 {
			t.Errorf("%s: %s at %d:%d+%d, in a line of %d", name, what, m.Line, m.Col, m.Len, n)
		}
	}
	for _, p := range problems {
		place(p.String(), p.Mark)
		place("the other place of "+p.String(), p.Also.Mark)
		if p.File != name || p.Msg == "" || p.Code == "" || p.Hint == "" && p.Code != diag.BadHeading || !utf8.ValidString(p.Msg+p.Hint) || len(p.Msg) > 1000 {
			t.Errorf("%s: %+v lacks something", name, p)
		}
	}
	if e == nil {
		return
	}
	for _, l := range e.Base().Body.Links {
		place("link", l.At)
		if !l.To.Valid() {
			t.Errorf("%s: a link to %q", name, l.To)
		} else if line := []rune(string(lines[l.At.Line-1])); !strings.HasPrefix(string(line[l.At.Col-1:]), string(l.To)) && !strings.ContainsAny(string(line), `\"'>|`) {
			t.Errorf("%s: the link to %q is not at %d:%d", name, l.To, l.At.Line, l.At.Col)
		}
	}
}

const good = "---\ntitle: An event\nsummary: Something happened.\npublished: 2026-11-21T12:00:00Z\nkind: meeting\ndate: 2025-06-04\nfollows: udcg-27\n---\n\nSee [[udcg-27]].\n"

// TestBytes reads files that are not plain UTF-8 with LF line ends.
func TestBytes(t *testing.T) {
	long := strings.Repeat("x", MaxSize)
	tests := []struct {
		name, src string
		want      []string // problems, in part
	}{
		{"good", good, nil},
		{"byte order mark", "\ufeff" + good, nil},
		{"CRLF", strings.ReplaceAll(good, "\n", "\r\n"), nil},
		{"byte order mark and CRLF", "\ufeff" + strings.ReplaceAll(good, "\n", "\r\n"), nil},
		{"blank lines first", "\n \n" + good, nil},
		{"no line end at the end", strings.TrimSuffix(good, "\n"), nil},
		{"front matter alone, without line end", good[:strings.Index(good, "\n\nSee")], nil},
		{"CRLF has places", strings.ReplaceAll(strings.Replace(good, "meeting", "meting", 1), "\n", "\r\n"), []string{"5:7: unknown-word"}},
		{"CRLF and a reference", strings.ReplaceAll(strings.Replace(good, "[[udcg-27]]", "[[Udcg]]", 1), "\n", "\r\n"), []string{"10:5: bad-reference"}},
		{"byte order mark and places", "\ufeff" + strings.Replace(good, "---", "--", 1), []string{"1:1: front-matter-missing"}},
		{"blank lines and places", "\n\n" + strings.Replace(good, "meeting", "meting", 1), []string{"7:7: unknown-word"}},
		{"invalid UTF-8", strings.Replace(good, "An event", "An \xe9vent", 1), []string{"2:11: invalid-utf8: byte 0xe9"}},
		{"invalid UTF-8 and another fault", strings.Replace(strings.Replace(good, "An event", "ä \xff\xfe", 1), "meeting", "meting", 1),
			[]string{"2:10: invalid-utf8: byte 0xff", "2:11: invalid-utf8: byte 0xfe", "5:7: unknown-word"}},
		{"UTF-16", "\xff\xfe-\x00-\x00-\x00", []string{": invalid-utf8: the file is in UTF-16"}},
		{"control character", strings.Replace(good, "See", "See\x07", 1), []string{"10:4: bad-character: control character U+0007"}},
		{"NUL", strings.Replace(good, "An event", "A\x00", 1), []string{"2:9: bad-character: control character U+0000"}},
		{"byte order mark within", strings.Replace(good, "See", "\ufeffSee", 1), []string{"10:1: bad-character: control character U+FEFF"}},
		{"line separator", strings.Replace(good, "An event", "An\u2028event", 1), []string{"2:10: bad-character: control character U+2028"}},
		{"next line", strings.Replace(good, "An event", "An\u0085event", 1), []string{"2:10: bad-character: control character U+0085"}},
		{"no character", strings.Replace(good, "An event", "An\ufffe", 1), []string{"2:10: bad-character: control character U+FFFE"}},
		{"carriage return", strings.Replace(good, "An event", "An\revent", 1), []string{"2:10: bad-character: a carriage return"}},
		{"too large", long + "x", []string{": file-too-large: the file has 1048577 bytes, and 1048576 is the limit"}},
		{"as large as may be", good + strings.Repeat("x ", (MaxSize-len(good))/2), []string{": too-long"}},
		{"not text at all", strings.Repeat("\x00", MaxSize), slices.Repeat([]string{"bad-character"}, mostFaults)},
	}
	for _, test := range tests {
		e, problems := Parse("content/events/e.md", []byte(test.src))
		if test.name == "as large as may be" && len(problems) == 0 {
			continue // whether prose may be that long is for markup to say
		}
		if len(problems) != len(test.want) {
			t.Errorf("%s: %v, want %d", test.name, problems, len(test.want))
			continue
		}
		for i, want := range test.want {
			if !strings.Contains(problems[i].String(), want) {
				t.Errorf("%s: %s, want %s", test.name, problems[i], want)
			}
		}
		if e == nil || len(test.want) == 0 && (e.Base().Title != "An event" || len(e.Base().Body.Links) != 1) {
			t.Errorf("%s: %+v", test.name, e)
		}
		if !strings.HasPrefix(test.name, "not text") {
			invariants(t, "content/events/e.md", []byte(test.src), e, problems)
		}
	}
}

// allocsPerByte bounds the work on a file, whatever is in it.
const allocsPerByte = 8

// TestWorkIsBounded reads files that are made to cost much, and counts the work.
func TestWorkIsBounded(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, (MaxSize/8)/len(unit)) }
	aliases := "a: &a [x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		aliases += fmt.Sprintf("%c: &%c [*%c, *%c, *%c]\n", c, c, c-1, c-1, c-1)
	}
	tests := map[string]string{
		"brackets":       "title: " + fill("["),
		"braces":         "title: " + fill("{a: "),
		"hyphens":        "title:\n" + fill("- "),
		"question marks": fill("? "),
		"keys":           fill("abcdefg: x\nx"),
		"unknown keys":   fill("titl: x\n"),
		"aliases":        aliases,
		"quotes":         "title: \"" + fill("x\\u00e9"),
		"long word":      "kind: " + fill("x"),
		"long key":       fill("x") + ": y",
		"long list":      "tags: [" + fill("a, ") + "]",
		"list of dates":  "changes: [" + fill("2025-06-31, ") + "]",
		"comments":       fill("# x\n"),
		"fences":         fill(" ---\n"),
	}
	for name, yaml := range tests {
		var problems diag.List
		src := []byte("---\n" + yaml + "\n---\n")
		work := testing.AllocsPerRun(1, func() { _, problems = Parse("content/events/e.md", src) })
		if most := float64(allocsPerByte * len(src)); work > most {
			t.Errorf("%s: %.0f allocations for %d bytes", name, work, len(src))
		}
		if len(problems) == 0 {
			t.Errorf("%s: no problem", name)
		}
	}
}

func TestIdentify(t *testing.T) {
	tests := []struct {
		name string
		kind dossier.Kind
		id   dossier.ID
		want string
	}{
		{"content/events/udcg-28.md", dossier.KindEvent, "udcg-28", ""},
		{"content/events/2025/06/udcg-28.md", dossier.KindEvent, "udcg-28", ""},
		{"content/series/ramstein.md", dossier.KindSeries, "ramstein", ""},
		{"content/event/e.md", "", "e", "unknown-folder events/ (the nearest)"},
		{"content/readme.md", "", "readme", "unknown-folder actors/, series/"},
		{"content/events.md", "", "events", "unknown-folder actors/, series/"},
		{"content/Events/e.md", "", "e", "unknown-folder events/ (the nearest)"},
		{"content/events/Udcg_28.md", dossier.KindEvent, "Udcg_28", "bad-id udcg-28.md"},
		{"content/events/Šakalienė .md", dossier.KindEvent, "Šakalienė ", "bad-id sakaliene.md"},
		{"content/events/日本.md", dossier.KindEvent, "日本", "bad-id a-name-of-its-own.md"},
		{"content/events/.md", dossier.KindEvent, "", "bad-id a-name-of-its-own.md"},
	}
	for _, test := range tests {
		kind, id, problems := Identify(test.name)
		got := ""
		for _, p := range problems {
			got += string(p.Code) + " " + p.Hint
		}
		if kind != test.kind || id != test.id || (got == "") != (test.want == "") {
			t.Errorf("%s: %q %q %s", test.name, kind, id, got)
		}
		for _, word := range strings.Fields(test.want) {
			if !strings.Contains(got, word) {
				t.Errorf("%s: %s, want %s", test.name, got, test.want)
			}
		}
	}
}

func TestParseSite(t *testing.T) {
	s, problems := ParseSite("content/site.yaml", []byte("\ufefftitle: A\ndescription: B.\nbase_url: https://example.org/\n"))
	if len(problems) > 0 || s.BaseURL != "https://example.org" || s.Language != "en-GB" || s.Location != time.UTC || s.TaggingEntity != "example.org,2026" {
		t.Errorf("%+v, %v", s, problems)
	}
	tests := []struct{ src, want string }{
		{"", `1:1: missing-key: "title" is missing`},
		{"titel: A\n", `1:1: unknown-key: there is no key "titel" here`},
		{"title: A: b\n", "1:9: bad-yaml: a colon within a value"},
		{"base_url: example.org\n", `1:11: bad-value: "example.org" is not the address of a site`},
		{"time_zone: Brussels\n", `1:12: bad-value: "Brussels" is not a time zone`},
		{"tagging_entity: example.org\n", `1:17: bad-value: "example.org" is not a tagging entity`},
		{"navigation:\n  - {title: A, too: b}\n", `2:16: unknown-key: there is no key "too" here`},
		{"title: \x00\n", "1:8: bad-character"},
	}
	for _, test := range tests {
		_, problems := ParseSite("content/site.yaml", []byte(test.src))
		if !slices.ContainsFunc(problems, func(p diag.Problem) bool { return strings.Contains(p.String(), test.want) }) {
			t.Errorf("%q: %v, want %s", test.src, problems, test.want)
		}
	}
}

// FuzzParse checks that no file makes Parse panic, that every place it names is in the file, and that a file gives the same entry again.
func FuzzParse(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txt")
	broken, _ := filepath.Glob("../graph/testdata/*.txt")
	for _, name := range slices.Concat(cases, broken) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if kind, _, _ := Identify(file.Name); kind != "" {
				f.Add(uint8(slices.Index(dossier.Kinds, kind)), file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, src []byte) {
		name := "content/" + dossier.Kinds[int(kind)%len(dossier.Kinds)].Folder() + "/e.md"
		e, problems := Parse(name, src)
		invariants(t, name, src, e, problems)
		again, list := Parse(name, src)
		if len(list) != len(problems) || fields(again) != fields(e) {
			t.Error("another result for the same file")
		}
		if err := diag.Print(&bytes.Buffer{}, problems, func(string) []byte { return src }); err != nil {
			t.Error(err)
		}
	})
}

// TestBracketsAroundAnID gives a key for one id a reference as prose has it, which YAML takes for a list in a list.
func TestBracketsAroundAnID(t *testing.T) {
	for value, want := range map[string]string{
		"[[udcg-27]]": "write follows: udcg-27", "[udcg-27]": "write follows: udcg-27", "[a, b]": "write one value", "{a: b}": "write one value",
	} {
		_, problems := Parse("content/events/e.md", []byte(strings.Replace(good, "follows: udcg-27", "follows: "+value, 1)))
		if len(problems) != 1 || problems[0].Hint != want {
			t.Errorf("%s: %+v, want %s", value, problems, want)
		}
	}
}

// FuzzParseSite checks that no file of the site makes ParseSite panic, and that every place it names is in the file.
func FuzzParseSite(f *testing.F) {
	for _, s := range []string{
		"", "title: A\ndescription: B.\nbase_url: https://example.org/\n", "navigation:\n  - {title: A, to: b}\n", "severity: {uncited: off}\n",
		"style:\n  avoid:\n    - {words: bad, use: good}\n", "currencies: [EUR, USD]\n", "licence: {name: A, url: 'javascript:x'}\n", "a: &a [*a]\n", "? [a]\n: b\n", "\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, problems := ParseSite("content/site.yaml", src)
		s.Check(nil)
		lines := int32(bytes.Count(src, []byte("\n")) + 1)
		for _, p := range problems {
			if p.File != "content/site.yaml" || p.Line > lines || p.Msg == "" || p.Hint == "" {
				t.Errorf("%+v, of %d lines", p, lines)
			}
		}
	})
}
