package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes the problems as commands of a GitHub workflow, which shows each beside the line of the change that it stands in.
func GitHub(w io.Writer, l List) error {
	// The signs that end a property or a command; in the text colons and commas stand as they are.
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	for _, p := range l {
		place := ""
		if p.File != "" {
			place = ",file=" + property.Replace(p.File)
		}
		if p.Line > 0 {
			col := max(p.Col, 1)
			place += fmt.Sprintf(",line=%d,col=%d,endColumn=%d", p.Line, col, col+max(p.Len, 1))
		}
		text := p.Msg
		if hint := hintLine(p); hint != "" {
			text += "\n" + hint
		}
		if _, err := fmt.Fprintf(w, "::%s title=%s%s::%s\n", p.Severity, property.Replace(string(p.Code)), place, data.Replace(text)); err != nil {
			return err
		}
	}
	return nil
}
