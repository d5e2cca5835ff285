package content

import (
	"regexp"
	"strings"
	"unicode"

	"briefing/internal/diag"
)

// A wording tells an editor what an error of the YAML parser means.
type wording struct {
	// parser is words of the parser's message. A new version of the parser may word it anew: the tests then show its own words.
	parser string
	// code is bad-yaml where not given.
	code diag.Code
	msg  string
	hint string
	// context says that the culprit is where the construct began, if that is on another line: what was never closed, and not the
	// end of the file, where the parser missed it.
	context bool

	// look, where given, looks at the source around the culprit for a better place, message and hint.
	look func(c *culprit, w wording) (msg, hint string)
}

// wordings are tried in order: of two whose words are both in a message the first counts.
var wordings = []wording{
	// Colons and tabs, the two slips that are made most.
	{parser: "mapping values are not allowed", msg: "a colon within a value", hint: "put the whole value in quotes", look: lookAtColon},
	{parser: "found a tab character", msg: "a tab in the indentation", hint: "indent with spaces"},
	{parser: "found character that cannot start any token", msg: "a value cannot begin with this character", hint: "put the value in quotes", look: lookAtTab},
	// What YAML has and an entry must not.
	{parser: "exceeded max depth", code: diag.YAMLTooDeep, msg: "values are nested deeper than any entry needs", hint: "check the brackets and the indentation"},
	{parser: "unknown anchor", code: diag.YAMLAlias, msg: "anchors and aliases are not used here", hint: "put the value in quotes if it begins with *"},
	{parser: "alias", code: diag.YAMLAlias, msg: "anchors and aliases are not used here", hint: "write the value out; put it in quotes if it begins with & or *"},
	{parser: "anchor", code: diag.YAMLAlias, msg: "anchors and aliases are not used here", hint: "write the value out; put it in quotes if it begins with & or *"},
	{parser: "tag", code: diag.YAMLAlias, msg: "tags are not used here", hint: "remove the tag; put the value in quotes if it begins with !"},
	// Quotation marks and brackets. The parser stops at the end of the file, or at the next key; the culprit is the opening one.
	{parser: "unexpected end of stream", msg: "a quotation mark is never closed", hint: "close it, or remove it", context: true},
	{parser: "found unknown escape character", msg: "a backslash in double quotes begins an escape, and there is none of this letter", hint: `write \\ for a backslash, or put the value in single quotes`},
	{parser: "hexdecimal", msg: "an escape that is not complete", hint: `write \\ for a backslash, or put the value in single quotes`},
	{parser: "did not find expected ',' or ']'", msg: "a list in brackets is never closed, or lacks a comma", hint: "check commas and the closing ]; put texts with brackets in quotes", context: true},
	{parser: "did not find expected ',' or '}'", msg: "a record in braces is never closed, or lacks a comma", hint: "check commas and the closing }; put texts with commas or colons in quotes", context: true},
	// Indentation. The parser names what it expected; an editor has to know which line to move.
	{parser: "did not find expected '-' indicator", msg: "this line is neither an item of the list nor a key", hint: "begin the item with a hyphen, or indent the line like its neighbours"},
	{parser: "did not find expected key", msg: "this line is not indented like its neighbours", hint: "begin all keys of a record in one column, and its values behind the colon", look: lookBehindValue},
	{parser: "could not find expected ':'", msg: "a line without a colon", hint: "write key: value, or indent the line to continue the value above", context: true},
	{parser: "did not find expected <document start>", msg: "this line is not indented like the first key", hint: "begin all keys in the first column", look: lookBehindValue},
	// Characters that mean something at the beginning of a value, and lines that end the YAML.
	{parser: "did not find expected node content", msg: "a value cannot begin with this character", hint: "remove it, or put the value in quotes"},
	{parser: "did not find expected comment or line break", msg: "text behind > or |", hint: "write the text on the lines below, indented; or put the value in quotes if it begins with > or |"},
	{parser: "block sequence entries are not allowed", msg: "a hyphen within a value", hint: "begin each item of a list on a line of its own; put the value in quotes if it begins with a hyphen"},
	{parser: "mapping keys are not allowed", msg: "a question mark begins a value", hint: "put the value in quotes"},
	{parser: "multiple documents", msg: "three dots or hyphens end the YAML here", hint: "remove the line", look: lookForEnd},
	{parser: "found multiple", msg: "three dots or hyphens end the YAML here", hint: "remove the line", look: lookForEnd},
}

// A culprit is the place that the YAML parser complains of. Lines and columns count from 1. The parser may give a place beyond the text,
// or none: clamp comes before any use of it.
type culprit struct {
	lines     []string
	line, col int
}

// clamp keeps the culprit within the text, and returns its line.
func (c *culprit) clamp() int {
	c.line = min(max(c.line, 1), len(c.lines))
	c.col = min(max(c.col, 1), len([]rune(c.text()))+1)
	return c.line
}

// text returns the line of the culprit.
func (c *culprit) text() string { return strings.TrimSuffix(c.lines[c.line-1], "\r") }

// before returns what stands before the culprit on its line.
func (c *culprit) before() string {
	c.clamp()
	return string([]rune(c.text())[:c.col-1])
}

// lookAtColon tells a colon within a value from a key that is taken for a part of the value above it, because the key is indented or
// because the line above lacks its colon.
func lookAtColon(c *culprit, w wording) (msg, hint string) {
	before := c.before()
	key := strings.TrimLeft(before, " ")
	if strings.ContainsFunc(key, func(r rune) bool { return !unicode.IsLower(r) && r != '_' }) || c.line == 1 {
		return w.msg, w.hint
	}
	// What stands before the colon looks like a key. It is the culprit only where the line above is sound.
	above := c.line - 1
	for above > 1 && strings.TrimSpace(c.lines[above-1]) == "" {
		above--
	}
	text := strings.TrimRight(c.lines[above-1], " \r")
	name := strings.TrimLeft(text, " ")
	switch i := strings.Index(name, ":"); {
	case i < 0 && !strings.HasPrefix(name, "- "):
		c.line, c.col = above, len(text)-len(name)+1
		return "a line without a colon", "write key: value, or indent the line to continue the value above"
	case i > 0 && !strings.Contains(name, ": ") && !strings.HasSuffix(name, ":"):
		c.line, c.col = above, len(text)-len(name)+i+1
		return "a colon without a space behind it", "write key: value, with a space"
	}
	c.col = len(before) - len(key) + 1
	return "this line is indented as if it continued the value above", "begin the key in the column of the keys above it; put the value in quotes if it goes on here"
}

// lookAtTab tells a tab from other characters that cannot begin a value.
func lookAtTab(c *culprit, w wording) (msg, hint string) {
	c.clamp()
	if rest := []rune(c.text())[c.col-1:]; len(rest) > 0 && rest[0] == '\t' {
		return "a tab in the indentation", "indent with spaces"
	}
	return w.msg, w.hint
}

// lookBehindValue tells text behind a closing mark from a line that is badly indented.
func lookBehindValue(c *culprit, w wording) (msg, hint string) {
	before := strings.TrimRight(c.before(), " ")
	switch {
	case strings.HasSuffix(before, `"`), strings.HasSuffix(before, "'"):
		return "text behind a closing quotation mark", `put the whole value in quotes; within them write \" in "…", and '' in '…'`
	case strings.HasSuffix(before, "]"), strings.HasSuffix(before, "}"):
		return "text behind a closing bracket", "remove it, or put the whole value in quotes"
	case strings.HasPrefix(c.text(), "%"):
		return "a line that begins with %", "remove it"
	}
	return w.msg, w.hint
}

// lookForEnd finds the line that ends the YAML, of which the parser gives no place. Three dots end it as three hyphens do, and what
// stands behind would be lost without a word.
func lookForEnd(c *culprit, w wording) (msg, hint string) {
	for i, line := range c.lines {
		if strings.HasPrefix(line, "...") || strings.HasPrefix(line, "---") {
			c.line, c.col = i+1, 1
			break
		}
	}
	return w.msg, w.hint
}

// keyAndValue is a line with a key and a plain value.
var keyAndValue = regexp.MustCompile(`^( *(?:- )?[a-z_]+: +)([^\s"'\[{|>&*!#].*?)\s*$`)

// mend returns the edit of the culprit's line that makes it sound, where there is but one way: quotation marks around a value with a colon,
// or with a first character that begins none, and spaces for a tab. The caller knows the file and the line.
func (c *culprit) mend() (diag.Edit, bool) {
	line := c.lines[c.clamp()-1]
	if tab := strings.TrimLeft(line, " "); strings.HasPrefix(tab, "\t") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		return diag.Edit{Pos: diag.Pos{Mark: diag.Mark{Col: 1}}, Old: indent, New: strings.ReplaceAll(indent, "\t", "  ")}, true
	}
	m := keyAndValue.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
	if m == nil || strings.Contains(m[2], " #") || !strings.Contains(m[2], ": ") && !strings.ContainsAny(m[2][:1], "@`%") || c.continues(len(line)-len(strings.TrimLeft(line, " -"))) {
		return diag.Edit{}, false
	}
	value := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(m[2]) + `"`
	return diag.Edit{Pos: diag.Pos{Mark: diag.Mark{Col: int32(len(m[1]) + 1)}}, Old: m[2], New: value}, true
}

// continues reports whether the line below the culprit's is indented further, and so belongs to the same value.
func (c *culprit) continues(indent int) bool {
	if c.line >= len(c.lines) {
		return false
	}
	next := c.lines[c.line]
	return strings.TrimSpace(next) != "" && len(next)-len(strings.TrimLeft(next, " ")) > indent
}
