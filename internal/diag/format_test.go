package diag

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// told are problems of every shape: with a place and without, with a second place, a warning, with characters that formats escape.
var told = List{
	{Pos: Mark{7, 18, 14}.In("content/pledges/uk drones.md"), Code: DanglingReference, Msg: `there is no actor "united-kingdon"`, Hint: `did you mean "united-kingdom"?`, Also: Pos{File: "content/actors/united-kingdom.md"},
		Fix: Edit{Mark{7, 18, 14}.In("content/pledges/uk drones.md"), "united-kingdon", "united-kingdom"}},
	{Pos: Mark{Line: 3}.In("content/a,b:c.md"), Code: TooLong, Severity: Warning, Msg: "100 % of it\nand more"},
	{Pos: Pos{File: "content/x.md"}, Code: Unreadable, Msg: "no"},
	{Code: "feed-id", Msg: "nowhere <b>"},
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, told); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Errors, Warnings int
		Problems         []struct {
			File, Severity, Code, Message, Hint string
			Line, Column, Length                int
			Also                                *struct{ File string }
			Fix                                 *struct{ Old, New string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Errors != 3 || got.Warnings != 1 || len(got.Problems) != 4 {
		t.Fatalf("%+v", got)
	}
	if p := got.Problems[0]; p.File != told[0].File || p.Line != 7 || p.Column != 18 || p.Length != 14 || p.Severity != "error" || p.Code != "dangling-reference" || p.Message != told[0].Msg || p.Also.File != told[0].Also.File || p.Fix.New != "united-kingdom" {
		t.Errorf("%+v", p)
	}
	b.Reset()
	if err := JSON(&b, nil); err != nil || !strings.Contains(b.String(), `"problems": []`) {
		t.Errorf("no problems are %s, %v", b.String(), err)
	}
}

func TestGitHub(t *testing.T) {
	var b bytes.Buffer
	if err := GitHub(&b, told); err != nil {
		t.Fatal(err)
	}
	want := `::error title=dangling-reference,file=content/pledges/uk drones.md,line=7,col=18,endColumn=32::there is no actor "united-kingdon"%0Adid you mean "united-kingdom"? (content/actors/united-kingdom.md)
::warning title=too-long,file=content/a%2Cb%3Ac.md,line=3,col=1,endColumn=2::100 %25 of it%0Aand more
::error title=unreadable,file=content/x.md::no
::error title=feed-id::nowhere <b>
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// TestSARIF holds the log against what the standard demands, and the rules against the results.
func TestSARIF(t *testing.T) {
	text, err := os.ReadFile("testdata/sarif.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("sarif.json")
	for _, list := range []List{told, nil} {
		var b bytes.Buffer
		if err := SARIF(&b, list, Tool{Name: "briefing", Version: "1", Rules: Rules()}); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%v\n%s", err, b.String())
		}
		var log sarifLog
		if err := json.Unmarshal(b.Bytes(), &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		for i, r := range run.Results {
			if r.RuleID != list[i].Code || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
				t.Errorf("result %d is of %s, and its rule %s", i, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
			}
		}
		if list != nil && (run.Results[0].Locations[0].Physical.Artifact.URI != "content/pledges/uk%20drones.md" || run.Results[1].Level != "warning") {
			t.Errorf("%+v", run.Results[:2])
		}
	}
}

// TestBaseline proves that a finding is known wherever it stands, once for each time that it was recorded, and that what must be mended is
// never known.
func TestBaseline(t *testing.T) {
	old := List{
		{Pos: Mark{1, 1, 1}.In("a.md"), Code: MissingAlt, Msg: "x"}, {Pos: Mark{2, 1, 1}.In("a.md"), Code: MissingAlt, Msg: "x"},
		{Pos: Mark{3, 1, 1}.In("a.md"), Code: BadYAML, Msg: "y"}, {Pos: Mark{4, 1, 1}.In("b.md"), Code: BadHeading, Severity: Warning, Msg: "z"},
	}
	text := old.Text()
	if bytes.Contains(text, []byte("bad-yaml")) || strings.Count(string(text), "\n") != 4 {
		t.Errorf("%s", text)
	}
	b := ReadBaseline(text)
	now := List{
		{Pos: Mark{30, 1, 1}.In("a.md"), Code: MissingAlt, Msg: "x"}, {Pos: Mark{31, 1, 1}.In("a.md"), Code: MissingAlt, Msg: "x"},
		{Pos: Mark{32, 1, 1}.In("a.md"), Code: MissingAlt, Msg: "x"}, {Pos: Mark{3, 1, 1}.In("a.md"), Code: BadYAML, Msg: "y"},
	}
	unknown, mended := b.Unknown(now)
	if diff := cmp.Diff(now[2:], unknown); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"b.md: bad-heading: z"}, mended); diff != "" {
		t.Error(diff)
	}
}
