package content

import (
	"fmt"
	"math/rand/v2"
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

// TestClean checks what of a file's bytes the parsers see. Each faulty character becomes one space, so that no column moves.
func TestClean(t *testing.T) {
	tests := []struct {
		name, src, want string
		places          string
	}{
		{"plain", "a\tb\nc\n", "a\tb\nc\n", ""},
		{"CRLF", "a\r\nb\r\n", "a\r\nb\r\n", ""},
		{"byte order mark", "\ufeffa", "a", ""},
		{"two byte order marks", "\ufeff\ufeffa", " a", "1:1"},
		{"nothing", "", "", ""},
		{"byte order mark alone", "\ufeff", "", ""},
		{"controls", "a\x00b\x1b[31m\x7f\n", "a b [31m \n", "1:2 1:4 1:9"},
		{"second controls", "ї\u0085\u009f", "ї  ", "1:2 1:3"},
		{"separators", "a\u2028b\n\u2029", "a b\n ", "1:2 2:1"},
		{"no characters", "\ufffe\uffff\U0001ffff", "   ", "1:1 1:2 1:3"},
		{"a replacement character is one", "\ufffd", "\ufffd", ""},
		{"invalid bytes", "ї\xc3\xffx", "ї  x", "1:2 1:3"},
		{"a cut character", "a\n\xe2\x82", "a\n  ", "2:1 2:2"},
		{"a surrogate", "\xed\xa0\x80", "   ", "1:1 1:2 1:3"},
		{"an overlong slash", "\xc0\xaf", "  ", "1:1 1:2"},
		{"a carriage return", "a\rb\r\r\nc", "a b \r\nc", "1:2 1:4"},
		{"a carriage return at the end", "a\r", "a\r", ""},
		{"invisible, but of use", "a\u00adb\u200dc\u200fd", "a\u00adb\u200dc\u200fd", ""},
	}
	for _, test := range tests {
		out, problems, ok := clean("e.md", []byte(test.src))
		var places []string
		for _, p := range problems {
			places = append(places, fmt.Sprintf("%d:%d", p.Line, p.Col))
			if p.Hint == "" || p.Code != diag.BadCharacter && p.Code != diag.InvalidUTF8 {
				t.Errorf("%s: %+v", test.name, p)
			}
		}
		if got := strings.Join(places, " "); string(out) != test.want || got != test.places || !ok {
			t.Errorf("%s: %q at %q, %v; want %q at %q", test.name, out, got, ok, test.want, test.places)
		}
	}
	if out, problems, ok := clean("e.md", []byte(strings.Repeat("\x00", 2*mostFaults))); ok || len(problems) != mostFaults {
		t.Errorf("%d problems, %d bytes of what is no text", len(problems), len(out))
	}
}

// TestSplit cuts files in two, and counts lines up to the YAML and to the body.
func TestSplit(t *testing.T) {
	tests := []struct {
		name, src      string
		yaml, body     string
		yamlAt, bodyAt int
		code           diag.Code // where there is a problem, with its place
		at             string
	}{
		{"plain", "---\na: b\n---\nBody.\n", "a: b\n", "Body.\n", 1, 4, "", ""},
		{"without body", "---\na: b\n---", "a: b\n", "", 1, 3, "", ""},
		{"without keys", "---\n---\nBody.", "", "Body.", 1, 3, "", ""},
		{"blank lines before", "\n \t\n---\na: b\n---\nBody.", "a: b\n", "Body.", 3, 6, "", ""},
		{"spaces behind the hyphens", "--- \na: b\n---\t\nBody.", "a: b\n", "Body.", 1, 4, "", ""},
		{"blank lines behind", "---\na: b\n---\n\n\nBody.", "a: b\n", "\n\nBody.", 1, 4, "", ""},
		{"a rule in the body", "---\na: b\n---\nOne.\n\n---\nTwo.", "a: b\n", "One.\n\n---\nTwo.", 1, 4, "", ""},
		{"four hyphens within", "---\na: |\n  ----\n---\n", "a: |\n  ----\n", "", 1, 5, "", ""},
		{"empty", "", "", "", 0, 0, diag.FrontMatterMissing, ""},
		{"blank", " \n\n", "", "", 0, 0, diag.FrontMatterMissing, ""},
		{"a body alone", "\n\nBody.", "", "", 0, 0, diag.FrontMatterMissing, "3:1"},
		{"TOML", "+++\na = 1\n+++\n", "", "", 0, 0, diag.FrontMatterMissing, "1:1"},
		{"four hyphens", "----\na: b\n----\n", "", "", 0, 0, diag.FrontMatterMissing, "1:1"},
		{"no end", "\n---\na: b\n", "", "", 0, 0, diag.FrontMatterUnclosed, "2:1"},
		{"opening alone", "---", "", "", 0, 0, diag.FrontMatterUnclosed, "1:1"},
		{"an end within a value", "---\na: |\n  text\n  ---\nb: c\n---\n", "", "", 0, 0, diag.FrontMatterEarly, "4:3"},
	}
	for _, test := range tests {
		for _, end := range []string{"\n", "\r\n"} {
			m, p := split("e.md", []byte(strings.ReplaceAll(test.src, "\n", end)))
			if test.code != "" {
				if p == nil || p.Code != test.code || strings.TrimPrefix(strings.TrimPrefix(p.Pos.String(), "e.md"), ":") != test.at || p.Hint == "" {
					t.Errorf("%s: %v, want %s at %s", test.name, p, test.code, test.at)
				}
				continue
			}
			yaml, body := strings.ReplaceAll(string(m.yaml), "\r\n", "\n"), strings.ReplaceAll(string(m.body), "\r\n", "\n")
			if p != nil || strings.TrimSpace(yaml) != strings.TrimSpace(test.yaml) || strings.TrimLeft(body, "\n") != strings.TrimLeft(test.body, "\n") {
				t.Errorf("%s: %q and %q, %v; want %q and %q", test.name, yaml, body, p, test.yaml, test.body)
			}
			// The body may begin behind blank lines, which are counted.
			skipped := strings.Count(test.body, "\n") - strings.Count(body, "\n")
			if m.yamlLine != test.yamlAt || m.bodyLine != test.bodyAt+skipped {
				t.Errorf("%s: YAML behind line %d and body in line %d, want %d and %d", test.name, m.yamlLine, m.bodyLine, test.yamlAt, test.bodyAt+skipped)
			}
		}
	}
}

// TestTopLevel cuts YAML into pieces, each of which begins with a key; together they are the whole.
func TestTopLevel(t *testing.T) {
	tests := []struct{ yaml, want string }{
		{"a: 1\nb: 2\n", "0:a: 1\n|1:b: 2\n"},
		{"a:\n  - 1\n- 2\nb: 2", "0:a:\n  - 1\n- 2\n|3:b: 2"},
		{"# first\n\na: 1\n", "0:# first\n\n|2:a: 1\n"},
		{"a: |\n  b: c\n\n  d\ne: f\n", "0:a: |\n  b: c\n\n  d\n|4:e: f\n"},
		{"a: \"b\nc: d\"\n", "0:a: \"b\n|1:c: d\"\n"},
		{"a: [\n]\nb: {\n}\n", "0:a: [\n]\n|2:b: {\n}\n"},
		{"no colon\na: 1\n", "0:no colon\n|1:a: 1\n"},
		{"\n\n", ""},
		{"", ""},
	}
	for _, test := range tests {
		var pieces []string
		for line, text := range topLevel(test.yaml) {
			pieces = append(pieces, fmt.Sprintf("%d:%s", line, text))
			if before := strings.Join(strings.SplitAfter(test.yaml, "\n")[:line], "") + text; !strings.HasPrefix(test.yaml, before) {
				t.Errorf("%q: the piece %q does not begin in line %d", test.yaml, text, line)
			}
		}
		if got := strings.Join(pieces, "|"); got != test.want {
			t.Errorf("%q: %q, want %q", test.yaml, got, test.want)
		}
	}
}

// slips are lines of front matter, each with one thing wrong, between angle quotes, of the given code. No two speak of one key, so that
// any of them may stand together in a file.
var slips = []struct {
	code  diag.Code
	lines string
}{
	{diag.UnknownWord, "kind: «meting»"},
	{diag.BadDate, "date: «2025-06-31» # a comment"},
	{diag.BadTime, "time: «'25:00'»"},
	{diag.BadValue, "place: {city: Київ, country: «Uk»}"},
	{diag.WrongType, "online: «yes»"},
	{diag.UnknownWord, "status:   «\"hold\"»"},
	{diag.BadDate, "was:\n  «4 June 2025»"},
	{diag.BadReference, "series: «Ramstein Format»"},
	{diag.BadNumber, "number: «28th»"},
	{diag.BadValue, "chairs: [ana, ben, «ana»]"},
	{diag.UnknownWord, "attendance:\n  - ben\n  - actor: ana\n    mode: «onlne»"},
	{diag.BadNumber, "participants: {min: «fifty», wording: більше 50}"},
	{diag.WrongType, "actors: «udcg»"},
	{diag.Contradiction, "outcomes:\n  - {text: Так, standing: «disputed»}"},
	{diag.Contradiction, "disputed:\n- point: Number\n  «versions»: [{text: 50}]"},
	{diag.YAMLAlias, "part_of: «!!str» summit"},
	{diag.WrongType, "follows: «[[udcg-27]]»"},
	{diag.TooLong, "key: «" + strings.Repeat("ї", 61) + "»"},
	{diag.UnknownKey, "«wheather»: fine"},
	{diag.BadTime, "changes: [{at: «2026-11-22», kind: update, note: N.}]"},
	{diag.BadReference, "sources: [paper, «\"Paper Two, p. 3\"»]"},
	{diag.BadValue, "aliases: [old, «Older»]"},
	{diag.BadValue, "tags:\n    - drones\n    - «Air Defence»"},
	{diag.WrongType, "draft: «maybe»"},
	{diag.EmptyValue, "«title»:"},
	{diag.BadReference, "summary: Who met «[[»ukraine]] and why."},
}

// TestSlipsAreToldWhereTheyAre puts some slips together in any order: each is told once, under exactly what is wrong, whatever the others
// are. This is what makes one run enough to mend a file.
func TestSlipsAreToldWhereTheyAre(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		order := r.Perm(len(slips))[:1+r.IntN(len(slips))]
		if seed == 0 {
			order = r.Perm(len(slips))
		}
		text := "---\npublished: 2026-11-21T12:00:00Z\n"
		for _, i := range order {
			text += slips[i].lines + "\n"
		}
		text += "---\n"
		if seed%2 == 1 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		src := strings.NewReplacer("«", "", "»", "").Replace(text)
		e, problems := Parse("content/events/e.md", []byte(src))
		invariants(t, "content/events/e.md", []byte(src), e, problems)
		var got, want []string
		for _, p := range problems {
			// Keys that this choice of slips leaves out, and what they need, are told too.
			if p.Code != diag.MissingKey && !strings.Contains(p.Msg, `"number" stands without`) {
				got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Col, p.Code))
			}
		}
		for i, line := range strings.Split(text, "\n") {
			if before, _, found := strings.Cut(line, "«"); found {
				want = append(want, fmt.Sprintf("%d:%d", i+1, utf8.RuneCountInString(before)+1))
			}
		}
		for i := range want {
			want[i] += " " + string(slips[order[i]].code)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, src)
		}
	}
}

// TestOrderOfKeysMeansNothing shuffles the keys of an entry of each kind, and gives it other line ends.
func TestOrderOfKeysMeansNothing(t *testing.T) {
	a, err := txtar.ParseFile("testdata/every-key-of-every-kind.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		m, problem := split(f.Name, f.Data)
		if !strings.HasPrefix(f.Name, "content/") || problem != nil {
			continue
		}
		e, problems := Parse(f.Name, f.Data)
		var pieces []string
		for _, text := range topLevel(string(m.yaml)) {
			pieces = append(pieces, text)
		}
		r := rand.New(rand.NewPCG(1, 4))
		for range 5 {
			r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
			src := "---\n" + strings.Join(pieces, "") + "---\n" + string(m.body)
			for _, text := range []string{src, strings.ReplaceAll(src, "\n", "\r\n"), "\ufeff\n" + src} {
				again, list := Parse(f.Name, []byte(text))
				if diff := cmp.Diff(fields(e), fields(again)); diff != "" || len(list) != len(problems) {
					t.Errorf("%s: %v (-want +got):\n%s\n%s", f.Name, list, diff, text)
				}
			}
		}
	}
}

// TestDamagedFiles takes each byte out of a file, doubles it, or puts a character of YAML in its place: whatever is left, it is an entry or
// has problems with places.
func TestDamagedFiles(t *testing.T) {
	for i := range len(good) {
		for _, with := range []string{"", good[i:i+1] + good[i:i+1], "\n", ":", "'", "\"", "[", "- ", "\t", "\xff", "#", "&"} {
			src := []byte(good[:i] + with + good[i+1:])
			e, problems := Parse("content/events/e.md", src)
			invariants(t, "content/events/e.md", src, e, problems)
		}
		src := []byte(good[:i])
		e, problems := Parse("content/events/e.md", src)
		invariants(t, "content/events/e.md", src, e, problems)
		if i < strings.LastIndex(good, "\n---")+len("\n---") && len(problems) == 0 {
			t.Errorf("%q is taken for a whole entry", src)
		}
	}
}

// TestIdentifyNamesTheWay checks that the file name which a hint proposes is the name of an entry.
func TestIdentifyNamesTheWay(t *testing.T) {
	for _, id := range []string{"Udcg 28", "UDCG_28", "--", "a--b", "Ärger & Co", "Łódź", "ещё", "a.b", "28.", " x ", "x\u00a0y", "-a-"} {
		kind, _, problems := Identify("content/events/" + id + ".md")
		if kind != dossier.KindEvent || len(problems) != 1 || problems[0].Code != diag.BadID {
			t.Errorf("%q: %v", id, problems)
			continue
		}
		_, rest, _ := strings.Cut(problems[0].Hint, "rename the file to ")
		name, _, _ := strings.Cut(rest, ".md")
		if _, _, list := Identify("content/events/" + name + ".md"); len(list) > 0 {
			t.Errorf("%q: the hint %q is wrong itself", id, problems[0].Hint)
		}
		if e, _ := Parse("content/events/"+id+".md", []byte(good)); string(e.Base().ID) != name {
			t.Errorf("%q: the entry is %q, the hint says %q", id, e.Base().ID, name)
		}
	}
	for _, k := range dossier.Kinds {
		if kind, id, problems := Identify("content/" + k.Folder() + "/2025/an-id.md"); kind != k || id != "an-id" || len(problems) > 0 {
			t.Errorf("%s: %q %q %v", k, kind, id, problems)
		}
	}
}

// TestWholeSite reads a site.yaml with every key, and one with a fault in each.
func TestWholeSite(t *testing.T) {
	s, problems := ParseSite("content/site.yaml", []byte("title: Brief\r\ndescription: One group.\r\nbase_url: https://example.org\r\nlanguage: uk\r\n"+
		"time_zone: Europe/Brussels\r\nlicence: {name: CC BY 4.0, url: https://example.org/by}\r\ntagging_entity: example.net,2024-01\r\neditor: Us\r\n"+
		"navigation:\r\n  - {title: Pledges, to: /pledges/}\r\n  - title: Про нас\r\n    to: about\r\n"))
	if len(problems) > 0 || s.Title != "Brief" || s.Language != "uk" || s.Location.String() != "Europe/Brussels" || s.Editor != "Us" ||
		s.TaggingEntity != "example.net,2024-01" || s.Licence != (dossier.Licence{Name: "CC BY 4.0", URL: "https://example.org/by"}) {
		t.Errorf("%+v, %v", s, problems)
	}
	at := diag.Mark{Line: 12, Col: 9, Len: 5}
	if len(s.Navigation) != 2 || s.Navigation[1] != (dossier.NavItem{Title: "Про нас", To: "about", At: at}) {
		t.Errorf("%+v", s.Navigation)
	}
	if noon := time.Date(2025, 6, 4, 12, 0, 0, 0, s.Location); noon.UTC().Hour() != 10 {
		t.Errorf("noon in Brussels is %v", noon.UTC())
	}
	_, problems = ParseSite("content/site.yaml", []byte("title: "+strings.Repeat("x", 91)+"\ndescription: [a]\nbase_url: https://example.org/x\nlanguage: en_GB\n"+
		"time_zone: Local\nlicence: CC\ntagging_entity: x\neditor:\nnavigation: [{title: A, to: b c}, {title: D}]\ntheme: dark\n"))
	problems.Sort()
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Col, p.Code))
	}
	want := strings.Split("1:8 too-long,2:14 wrong-type,3:11 bad-value,4:11 bad-value,5:12 bad-value,6:10 wrong-type,7:17 bad-value,8:1 empty-value,"+
		"9:29 bad-value,9:35 missing-key,10:1 unknown-key", ",")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, src := range []string{"- a\n", "just text\n", "title: &a A\n", "\xff\xfe"} {
		if _, problems := ParseSite("content/site.yaml", []byte(src)); len(problems) == 0 {
			t.Errorf("%q is a site", src)
		}
	}
}
