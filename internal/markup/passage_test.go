package markup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every word is found again where a passage says that it stands, whatever the text.
func FuzzPassagesKnowTheirPlaces(f *testing.F) {
	f.Add("A *b* [[c|d]] \\[e [@f]\r\n> g\r\n> — [[h]], [@i]\r\n\r\n| j |\r\n|---|\r\n| k |")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range Passages(Source{File: "x.md", Text: []byte(text)}) {
			for i := range p.Words {
				if m := p.Mark(i, i+1); m.Line < 1 || m.Col < 1 {
					t.Fatalf("%q at %d: %+v", p.Words, i, m)
				}
			}
		}
	})
}

func TestPassagesTellWordsAndPlaces(t *testing.T) {
	const text = `A *first* line, [[the-uk|the UK]]
and [[norway]] said \[so\] – “tomorrow”.[@a; @b]

## Heading

- An item [here](https://example.org)

| A | B |
|---|---|
| x | y's [[c|d]] |

> Words of hers
>
> — [[her]], [@a, p. 2]

    code
`
	var b strings.Builder
	for _, p := range Passages(Source{File: "x.md", Line: 10, Text: []byte(text)}) {
		fmt.Fprintf(&b, "%d %s|%s %v\n", p.Kind, p.Words, p.Speaker, p.Sources)
		for _, part := range p.Parts {
			m := p.Mark(part.Start, part.Stop)
			fmt.Fprintf(&b, "  %d %q %s %d:%d+%d\n", part.Kind, p.Words[part.Start:part.Stop], part.Target, m.Line, m.Col, m.Len)
		}
	}
	const want = `0 A first line, the UK and \ufffc said [so] – “tomorrow”.| []
  4 "first"  10:4+5
  0 "the UK" the-uk 10:26+6
  0 "\ufffc" norway 11:5+10
  2 "" a 11:41+1
  2 "" b 11:41+1
1 Heading| []
0 An item here| []
  1 "here" https://example.org 15:12+4
2 A| []
2 B| []
2 x| []
2 y’s d| []
  0 "d" c 19:15+1
3 Words of hers|her [a]
`
	if diff := cmp.Diff(strings.ReplaceAll(want, `\ufffc`, string(Object)), strings.ReplaceAll(b.String(), `\ufffc`, string(Object))); diff != "" {
		t.Error(diff)
	}
}
