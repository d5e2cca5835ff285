package content

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"briefing/internal/diag"
	"briefing/internal/dossier"
)

// AddAlias returns the edit that makes id the newest of the former ids of an entry, in the style in which the file lists them. It reports
// whether the front matter can be read.
func AddAlias(name string, src []byte, id dossier.ID) (diag.Edit, bool) {
	d, ok := reopen(name, src)
	if !ok {
		return diag.Edit{}, false
	}
	end := "\n"
	if bytes.Contains(src, []byte("\r\n")) {
		end = "\r\n"
	}
	insert := func(line, col int, text string) (diag.Edit, bool) {
		return diag.Edit{Pos: diag.Mark{Line: int32(line), Col: int32(col)}.In(name), New: text}, true
	}
	_, list := pairOf(d.root, "aliases")
	if list == nil {
		// Behind the line of a time, or of the hyphens, no value can be torn apart.
		line := d.line
		if _, at := pairOf(d.root, "published"); at != nil && at.Kind == yaml.ScalarNode && at.Style == 0 {
			line += at.Line
		}
		return insert(line+1, 1, fmt.Sprintf("aliases: [%s]%s", id, end))
	}
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		return diag.Edit{}, false
	}
	last := list.Content[len(list.Content)-1]
	if list.Style&yaml.FlowStyle != 0 {
		return insert(last.Line+d.line, int(d.mark(last).Col+d.mark(last).Len), ", "+string(id))
	}
	indent, _, _ := strings.Cut(strings.Split(string(d.yaml), "\n")[last.Line-1], "-")
	return insert(last.Line+d.line+1, 1, fmt.Sprintf("%s- %s%s", indent, id, end))
}
