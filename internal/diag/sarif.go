package diag

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
)

// The objects of SARIF 2.1.0 that are written here, with the names that they have there.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      Code         `json:"id"`
		Text    sarifMessage `json:"shortDescription"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifResult struct {
		RuleID       Code              `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int32 `json:"startLine"`
		StartColumn int32 `json:"startColumn"`
		EndColumn   int32 `json:"endColumn"`
	}
)

// A Tool is what found the problems.
type Tool struct {
	Name, Version string
	// Rules are those that it may find broken; those of problems that are not among them are added.
	Rules []Rule
}

// SARIF writes the problems as a log of SARIF 2.1.0, which code hosts and editors read. A result keeps its fingerprint when lines above it
// come or go.
func SARIF(w io.Writer, l List, tool Tool) error {
	log := sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: make([]sarifRun, 1)}
	run := &log.Runs[0]
	run.ColumnKind, run.Results = "unicodeCodePoints", make([]sarifResult, len(l))
	run.Tool.Driver = sarifDriver{Name: tool.Name, Version: tool.Version, Rules: []sarifRule{}}
	for i, p := range l {
		at := slices.IndexFunc(tool.Rules, func(r Rule) bool { return r.Code == p.Code })
		if at < 0 {
			at = len(tool.Rules)
			tool.Rules = append(slices.Clone(tool.Rules), Rule{Code: p.Code, Means: string(p.Code)})
		}
		run.Results[i] = p.sarif(at)
	}
	for _, r := range tool.Rules {
		rule := sarifRule{ID: r.Code, Text: sarifMessage{r.Means}}
		rule.Default.Level = level(r.Severity)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(log)
}

// level returns the word of SARIF for a severity.
func level(s Severity) string {
	if s == Off {
		return "none"
	}
	return s.String()
}

// sarif returns the problem as a result of the rule at an index.
func (p Problem) sarif(rule int) sarifResult {
	text := p.Msg + "."
	if p.Hint != "" {
		text += "\n" + p.Hint
	}
	r := sarifResult{
		RuleID: p.Code, RuleIndex: rule, Level: level(p.Severity), Message: sarifMessage{text},
		Fingerprints: map[string]string{"finding/v1": fmt.Sprintf("%x", sha256.Sum256([]byte(p.Finding())))},
	}
	if p.File != "" {
		r.Locations = []sarifLocation{p.Pos.sarif()}
	}
	if p.Also.File != "" {
		r.Related = []sarifLocation{p.Also.sarif()}
	}
	return r
}

// sarif returns the place as a location.
func (p Pos) sarif() sarifLocation {
	var l sarifLocation
	l.Physical.Artifact.URI = (&url.URL{Path: p.File}).String()
	if p.Line > 0 {
		col := max(p.Col, 1)
		l.Physical.Region = &sarifRegion{p.Line, col, col + max(p.Len, 1)}
	}
	return l
}
