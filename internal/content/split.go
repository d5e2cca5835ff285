package content

import (
	"bufio"
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"briefing/internal/diag"
)

// matter is a file cut in two.
type matter struct {
	name string
	yaml []byte
	// yamlLine is the line before the first of the YAML: that of the opening hyphens.
	yamlLine int
	body     []byte
	// bodyLine is the first line of the body, behind blank lines where the splitter leaves them out.
	bodyLine int
}

// format is the only form of front matter there is: no TOML, no JSON. It keeps the YAML as bytes, copied out of the splitter's buffer;
// decode reads it.
var format = frontmatter.NewFormat("---", "---", func(data []byte, v any) error {
	*v.(*[]byte) = slices.Clone(data)
	return nil
})

// readers are what the splitter reads from: it would make one of 4 KB for each file.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// split cuts src into front matter and body. The splitter ends front matter at any line that holds only three hyphens and
// white space, even within a block of text, and says nothing of front matter without end; both are problems here.
func split(name string, src []byte) (matter, *diag.Problem) {
	m := matter{name: name}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	opening := bytes.TrimLeft(src, " \t\r\n")
	blank := bytes.Count(src[:len(src)-len(opening)], []byte("\n"))
	first, _, _ := bytes.Cut(opening, []byte("\n"))
	at := func(line int) diag.Pos { return diag.Mark{Line: int32(line), Col: 1, Len: 3}.In(name) }
	if len(opening) == 0 {
		return m, &diag.Problem{
			Pos: diag.Pos{File: name}, Code: diag.FrontMatterMissing, Msg: "the file is empty",
			Hint: "write an entry, or delete the file",
		}
	}
	if string(bytes.TrimSpace(first)) != "---" {
		return m, &diag.Problem{
			Pos: at(blank + 1), Code: diag.FrontMatterMissing, Msg: "the file does not begin with front matter",
			Hint: fenceHint(string(bytes.TrimSpace(first))),
		}
	}
	taken := fenced(src)
	r := readers.Get().(*bufio.Reader)
	r.Reset(bytes.NewReader(taken))
	_, err := frontmatter.MustParse(r, &m.yaml, format)
	readers.Put(r)
	if errors.Is(err, frontmatter.ErrNotFound) {
		return m, &diag.Problem{
			Pos: at(blank + 1), Code: diag.FrontMatterUnclosed, Msg: "the front matter has no end",
			Hint: "put a line of three hyphens after its last key",
		}
	}
	if err != nil {
		return m, &diag.Problem{Pos: at(blank + 1), Code: diag.BadYAML, Msg: err.Error()}
	}
	m.yamlLine, m.body = blank+1, src[len(taken):]
	m.bodyLine = bytes.Count(taken, []byte("\n")) + 1
	// The splitter took all up to the line that ended the front matter; one that is indented stands within a value.
	before, fence := lastLine(taken)
	if !bytes.HasPrefix(fence, []byte("---")) {
		pos := at(bytes.Count(before, []byte("\n")) + 1)
		pos.Col += int32(utf8.RuneCount(fence) - utf8.RuneCount(bytes.TrimLeftFunc(fence, unicode.IsSpace)))
		return m, &diag.Problem{
			Pos: pos, Code: diag.FrontMatterEarly, Msg: "these hyphens end the front matter within a value",
			Hint: "write something else than three hyphens here, or take the indentation away if the front matter ends here",
		}
	}
	return m, nil
}

// fenced returns src up to its second line of three hyphens, with which front matter ends: the splitter copies all that it is given.
func fenced(src []byte) []byte {
	hyphens, end := 0, 0
	for line := range bytes.Lines(src) {
		end += len(line)
		if string(bytes.TrimSpace(line)) == "---" {
			if hyphens++; hyphens == 2 {
				break
			}
		}
	}
	return src[:end]
}

// fenceHint says how front matter begins, to one who began with the line.
func fenceHint(line string) string {
	switch {
	case strings.Trim(line, "-–—−") == "" && line != "":
		return "write exactly three plain hyphens, ---, here and at the end of the front matter; word processors make dashes of them"
	case line == "+++" || strings.HasPrefix(line, "{"):
		return "front matter is YAML: write --- here and at its end, and key: value between"
	}
	return "begin with a line of three hyphens, then title:, summary: and the other keys, then three hyphens again"
}

// Body returns the text of the file of an entry behind its front matter, as it is written; nothing where that has no end.
func Body(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	return src[len(fenced(src)):]
}

// lastLine splits text before its last line.
func lastLine(text []byte) (before, line []byte) {
	i := bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n') + 1
	return text[:i], text[i:]
}
