package content

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"briefing/internal/diag"
)

// TestParseRates reads files of rates, each named by what is wrong with it, and shows what an editor is told and which rates are left.
func TestParseRates(t *testing.T) {
	const name = "testdata/rates/faults.txt"
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var problems, rates bytes.Buffer
	for i := range a.Files {
		f := &a.Files[i]
		got := map[string]string{"want.problems": problems.String(), "want.rates": rates.String()}
		if want, ok := got[f.Name]; ok {
			if *update {
				f.Data = []byte(want)
			}
			if d := cmp.Diff(string(f.Data), want); d != "" {
				t.Errorf("%s (-want +got):\n%s", f.Name, d)
			}
			continue
		}
		read, list := ParseRates(f.Name, f.Data)
		list.Sort()
		if read.Broken != (len(list) > 0) || read.File != f.Name {
			t.Errorf("%s: %+v", f.Name, read)
		}
		if err := diag.Print(&problems, list, func(string) []byte { return f.Data }); err != nil {
			t.Fatal(err)
		}
		for _, r := range read.List {
			fmt.Fprintf(&rates, "%s: %s on %s, %s at %s\n", f.Name, r.Text(), r.Date, r.Source, r.SourceAt.In(f.Name))
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRatesAreReadWhateverTheFileLooksLike holds what no archive can: line ends, marks, bytes that are no text, and size.
func TestRatesAreReadWhateverTheFileLooksLike(t *testing.T) {
	const header = "date,pair,rate,source\n"
	for name, test := range map[string]struct {
		src   string
		rates int
		code  diag.Code
	}{
		"CRLF":             {strings.ReplaceAll(header+"2025-06-04,EUR/USD,1.25,paper\n", "\n", "\r\n"), 1, ""},
		"byte order mark":  {"\ufeff" + header + "2025-06-04,EUR/USD,1.25,paper", 1, ""},
		"no line":          {header, 0, ""},
		"nothing":          {"", 0, diag.MissingKey},
		"a line end":       {"\n", 0, diag.MissingKey},
		"no text":          {header + "2025-06-04,EUR/\xff,1.25,paper\n", 0, diag.InvalidUTF8},
		"a control":        {header + "2025-06-04,EUR/USD,1.25,\x00\n", 0, diag.BadCharacter},
		"very long":        {header + strings.Repeat("2025-06-04,EUR/USD,1.25,paper\n", MaxSize/20), 0, diag.FileTooLarge},
		"a very long cell": {header + "2025-06-04,EUR/USD,1.25," + strings.Repeat("x ", 1000) + "\n", 0, diag.BadReference},
	} {
		rates, problems := ParseRates("content/rates.csv", []byte(test.src))
		if len(rates.List) != test.rates || (test.code == "") != (len(problems) == 0) || test.code != "" && problems[0].Code != test.code {
			t.Errorf("%s: %d rates, %v", name, len(rates.List), problems)
		}
		for _, p := range problems {
			if p.Hint == "" || p.File == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}

// FuzzParseRates checks that no file makes the reader panic, and that what it keeps can be used.
func FuzzParseRates(f *testing.F) {
	f.Add("date,pair,rate,source\n2025-06-04,EUR/USD,1.25,paper\n")
	f.Add("date,pair,rate,source\n\"2025-06-04\",EUR/\"USD,1.25,paper\n")
	f.Add("pair,pair\n\n,\n")
	f.Fuzz(func(t *testing.T, src string) {
		rates, problems := ParseRates("content/rates.csv", []byte(src))
		for _, r := range rates.List {
			if !r.Value.IsPositive() || !r.Date.IsDay() || r.Base == r.Quote || !r.Source.Valid() {
				t.Errorf("%+v", r)
			}
		}
		lines := int32(strings.Count(src, "\n") + 1)
		for _, p := range problems {
			if p.Line < 0 || p.Line > lines || p.Col < 0 {
				t.Errorf("%s lies outside the file", p)
			}
		}
	})
}
