// Package explain says what each code of a problem means, why it matters, and what to do about it, with an example that is wrong and the
// same put right.
//
// An explanation is a file in cases/, named by its code: a txtar archive whose comment says why, whose files below bad/ are wrong and whose
// files below good/ are right. Put into the site of testdata/base.txtar the first produce the code and the second do not; a test builds
// both. Rules for feeds are explained by package feedlint itself.
package explain

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"briefing/internal/diag"
	"briefing/internal/feedlint"
)

// files are the cases.
//
//go:embed cases/*.txtar
var files embed.FS

// A Case is one explanation.
type Case struct {
	diag.Rule
	// Why says why it matters, and what to do where no example shows it.
	Why string
	// Spec is where the rule is written, where others made it.
	Spec string
	// Bad and Good are files of a site: an example, and the same put right. Both are empty where a text cannot show it.
	Bad, Good []txtar.File
}

// Codes returns every code that there is.
func Codes() []diag.Code {
	var codes []diag.Code
	for _, r := range Rules() {
		codes = append(codes, r.Code)
	}
	return codes
}

// Rules returns the rules for entries and those for feeds, in the order of their stages.
func Rules() []diag.Rule {
	rules := diag.Rules()
	for _, r := range feedlint.Rules() {
		rules = append(rules, r.Rule())
	}
	return rules
}

// Find returns the explanation of a code.
func Find(code diag.Code) (Case, bool) {
	all := Rules()
	i := slices.IndexFunc(all, func(r diag.Rule) bool { return r.Code == code })
	if i < 0 {
		return Case{}, false
	}
	c := Case{Rule: all[i]}
	text, err := files.ReadFile("cases/" + string(code) + ".txtar")
	if err != nil {
		c.feed()
		return c, true
	}
	archive := txtar.Parse(text)
	c.Why = strings.TrimSpace(string(archive.Comment))
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "bad/"); ok {
			c.Bad = append(c.Bad, txtar.File{Name: name, Data: f.Data})
		} else if name, ok := strings.CutPrefix(f.Name, "good/"); ok {
			c.Good = append(c.Good, txtar.File{Name: name, Data: f.Data})
		}
	}
	return c, true
}

// feed fills in the explanation of a rule for feeds.
func (c *Case) feed() {
	for _, r := range feedlint.Rules() {
		if r.Code == c.Code {
			c.Why, c.Spec = "What to do: "+r.Hint+".", r.Spec
		}
	}
	if file, bad, good := feedlint.Sample(c.Code); file != "" {
		c.Bad, c.Good = []txtar.File{{Name: file, Data: []byte(bad)}}, []txtar.File{{Name: file, Data: []byte(good)}}
	}
}

// Text writes the explanation for a terminal.
func (c Case) Text(w io.Writer) {
	weight := c.Severity.String()
	if !c.Firm {
		weight += "; site.yaml may say otherwise under severity"
	}
	fmt.Fprintf(w, "%s (%s)\n%s\n\n%s\n", c.Code, weight, c.Means, c.Why)
	if c.Spec != "" {
		fmt.Fprintf(w, "See %s.\n", c.Spec)
	}
	example(w, "Wrong", c.Bad, c.Good)
	example(w, "Right", c.Good, c.Bad)
}

// example writes the files of one side of an example, but for those that are the same on the other.
func example(w io.Writer, title string, list, other []txtar.File) {
	for _, f := range list {
		if same := slices.ContainsFunc(other, func(o txtar.File) bool { return o.Name == f.Name && string(o.Data) == string(f.Data) }); same {
			continue
		}
		fmt.Fprintf(w, "\n%s, %s:\n\n", title, f.Name)
		for line := range strings.Lines(string(f.Data)) {
			fmt.Fprintf(w, "    %s\n", strings.TrimRight(line, "\r\n"))
		}
	}
}

// List writes every code with its meaning, a line each.
func List(w io.Writer) {
	for _, r := range Rules() {
		fmt.Fprintf(w, "%-26s %-8s %s\n", r.Code, r.Severity, r.Means)
	}
}
