package lint

import (
	"regexp"
	"strings"

	"briefing/internal/diag"
	"briefing/internal/markup"
)

// A slip is a sign of Markdown, or of another program's, that stands in the words of a text. No text that is meant has it.
type slip struct {
	// sign finds it; what is in parentheses is what is reported. Any is a byte that the words must have for it.
	sign *regexp.Regexp
	any  string
	msg  string
	hint string
}

// slips are the ways in which newcomers write what other programs let pass.
var slips = []slip{
	{regexp.MustCompile(`(?:^| )(#{2,6})[^\s#]`), "#", "a heading that is none", "write a space behind the number signs, and a blank line before them"},
	{regexp.MustCompile(`^(\|)(?: ?[^|]*\|){2}`), "|", "a table that is none", "write under its first row a line of as many cells of hyphens, such as |---|---|"},
	{regexp.MustCompile(`(\[[^\[\]]*\] ?\()(?:https?:|/|www\.|\.\.?/|[^ ]*\.md\))`), "[", "a link that is none", "write [words](address), with no space between the two, and %20 for one in the address"},
	{regexp.MustCompile(`(\([^()]*\)\[)(?:https?:|/|www\.)`), "[", "a link that is none", "write the words in brackets and the address in parentheses: [words](address)"},
	{regexp.MustCompile(`\S(\[\d{1,3}\])`), "[", "a note’s number", "write [@source]: notes get their numbers by themselves"},
	{regexp.MustCompile(`^(\[[ xX]\]) `), "[", "a box to tick", "write the item without it: a page cannot be ticked"},
	{regexp.MustCompile(`(\*\*|~~)`), "*~", "signs of emphasis that belong to none", "write them on both sides of the words, with no space between"},
	{regexp.MustCompile(`(?:^| )(__|[*_])\pL`), "*_", "a sign of emphasis that belongs to none", `write it on both sides of the words, or \ before it if it is meant`},
	{regexp.MustCompile("(`)"), "`", "a sign of code that belongs to none", "write one on both sides of the code"},
	{regexp.MustCompile(`^([-+•]|\d{1,2}[.)])\pL`), "-+•.)", "an item of a list that is none", "write a space behind its sign; items begin with a hyphen, or with a number and a stop"},
	{regexp.MustCompile(`\b(TODO|FIXME)\b`), "TF", "a note of what is still to be done", "do it, or say under questions: what is not known; then remove the note"},
	{regexp.MustCompile(`(\{\{|\{%|^:::)`), "{:", "an instruction to another program", "remove it: a text is Markdown alone"},
}

// marks reports signs that readers see, where a heading, a link, a table or the like was meant. A backslash before one says that it is.
func (r *reader) marks(m *markup.Passage, p *prose) {
	for _, s := range slips {
		if !strings.ContainsAny(p.text, s.any) {
			continue
		}
		for _, at := range s.sign.FindAllStringSubmatchIndex(p.text, -1) {
			if start, stop := at[2], at[3]; !m.Literal(start) && !p.linked(start) {
				r.report(p, start, stop, diag.Problem{Code: diag.LiteralMark, Msg: s.msg + ": readers see " + p.text[start:stop], Hint: s.hint})
				break // of one kind, one to a paragraph
			}
		}
	}
	for _, part := range p.parts {
		if part.Kind == markup.Referring && strings.HasSuffix(p.text[:part.Start], "[") && strings.HasPrefix(p.text[part.Stop:], "]") {
			r.report(p, part.Start-1, part.Stop+1, diag.Problem{
				Code: diag.LiteralMark, Msg: "a reference in one pair of brackets too many", Hint: "write [[" + part.Target + "]]",
			})
		}
	}
}

// linked reports whether a byte of the text is part of a link by address, which may have any sign.
func (p *prose) linked(at int) bool {
	for _, part := range p.parts {
		if part.Kind == markup.Linking && part.Start <= at && at < part.Stop {
			return true
		}
	}
	return false
}
