package search

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"briefing/internal/dossier"
)

// A top is the file index.json.
type top struct {
	// Version is a digest of all other files.
	Version string `json:"version"`

	// Docs is how many documents there are, Block how many a file shows, and Fields how many fields there are.
	Docs   int `json:"docs"`
	Block  int `json:"block"`
	Fields int `json:"fields"`

	// Shards are the first terms of the files of terms.
	Shards []string `json:"shards"`

	// Letters and Stops are what wordsOf folds and leaves out.
	Letters map[string]string `json:"letters"`
	Stops   []string          `json:"stops"`

	// Kinds and Stages are words; Kind and Stage have a letter for each document, a for the first word, and - for none.
	Kinds  []string `json:"kinds"`
	Kind   string   `json:"kind"`
	Stages []string `json:"stages"`
	Stage  string   `json:"stage"`

	// Years are pairs of a year, 0 for none, and how many documents in a row have it.
	Years []int `json:"years"`
}

// summaryLimit is how many characters of a summary are shown.
const summaryLimit = 180

// files returns what makes the content of each file, by its name. Those that show documents are most of all bytes, and are made each time
// they are asked for; the others hold what the index does.
func (x *index) files(blocks, shards int) map[string]func() []byte {
	files := map[string]func() []byte{}
	all := sha256.New()
	add := func(name string, content func() []byte) {
		all.Write(content())
		files[name] = content
	}
	made := func(b []byte) func() []byte { return func() []byte { return b } }
	// All other files than the first count for its version, in the order of their names.
	add("actors.json", made(x.cast()))
	// Beyond the bound on files each has more documents.
	size := ceil(len(x.docs), blocks)
	for i := range blocks {
		docs := x.docs[min(i*size, len(x.docs)):min((i+1)*size, len(x.docs))]
		add(blockName(i), func() []byte { return block(docs) })
	}
	ranges := x.shards(shards)
	t := x.top(size)
	for i := range shards {
		var words []string
		// There may be fewer terms than files: those left over are empty, since how many there are must not depend on the terms.
		if i < len(ranges) {
			words = ranges[i]
			t.Shards = append(t.Shards, words[0])
		}
		add(shardName(i), made(x.shard(words)))
	}
	add("words.json", made(encode(x.likely())))
	t.Version = hex.EncodeToString(all.Sum(nil))[:10]
	files["index.json"] = made(encode(t))
	return files
}

// top returns the first file, but for what the others say.
func (x *index) top(size int) *top {
	t := &top{Docs: len(x.docs), Block: size, Fields: int(fields), Shards: []string{}, Letters: letters, Stops: slices.Sorted(maps.Keys(stops)), Years: []int{}}
	kinds, stages := words{places: map[string]int{}}, words{places: map[string]int{}}
	var kind, stage strings.Builder
	for _, d := range x.docs {
		kind.WriteByte(kinds.letter(d.kind()))
		stage.WriteByte(stages.letter(d.stage()))
		year := d.year()
		if last := len(t.Years) - 2; last >= 0 && t.Years[last] == year {
			t.Years[last+1]++
		} else {
			t.Years = append(t.Years, year, 1)
		}
	}
	t.Kinds, t.Kind, t.Stages, t.Stage = kinds.list, kind.String(), stages.list, stage.String()
	return t
}

// words gives words letters, in the order in which they come up.
type words struct {
	places map[string]int
	list   []string
}

// letter returns the letter of a word.
func (w *words) letter(word string) byte {
	if word == "" {
		return '-'
	}
	at, ok := w.places[word]
	if !ok {
		at = len(w.list)
		w.places[word] = at
		w.list = append(w.list, word)
	}
	return 'a' + byte(at)
}

// kind returns the word by which readers narrow a search to documents such as this.
func (d document) kind() string {
	if d.entry == nil {
		return "timeline"
	}
	return string(d.entry.Base().Kind)
}

// stage returns how far a pledge has come.
func (d document) stage() string {
	if p, ok := d.entry.(*dossier.Pledge); ok {
		return p.Status().Label()
	}
	return ""
}

// year returns the year of a document, 0 where it has no date.
func (d document) year() int { return int(d.card().Date.Start.Year) }

// block returns what is shown of some documents: of each the address, the word for its kind, the title, the date in words, the summary, and
// the language of the title where it is not the site's.
func block(docs []document) []byte {
	rows := [][]string{}
	for _, d := range docs {
		// A source without a summary has its publisher.
		card := d.card()
		rows = append(rows, []string{d.url(), label(card), card.Title, card.Date.Text(), shortened(cmp.Or(card.Summary, card.Short)), card.Lang})
	}
	return encode(rows)
}

// shortened returns a text, cut behind a word where it is long.
func shortened(s string) string {
	if utf8.RuneCountInString(s) <= summaryLimit {
		return s
	}
	cut := string([]rune(s)[:summaryLimit])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, ",;:–- ") + " …"
}

// shard returns the postings of some terms: after each term a list, which begins with -n where the term has been cut and n documents have
// it in all. The first posting is as it is, each other as its distance to the one before.
func (x *index) shard(terms []string) []byte {
	out := []byte("[")
	for i, word := range terms {
		t := x.terms[word]
		if i > 0 {
			out = append(out, ',')
		}
		// Words and dates have letters, digits and hyphens alone: nothing is to be escaped.
		out = append(append(append(out, '"'), word...), `",[`...)
		if int(t.all) > len(t.postings) {
			out = append(strconv.AppendInt(out, -int64(t.all), 10), ',')
		}
		last := uint32(0)
		for j, p := range t.postings {
			if j > 0 {
				out = append(out, ',')
			}
			out = strconv.AppendUint(out, uint64(p-last), 10)
			last = p
		}
		out = append(out, ']')
	}
	return append(out, ']')
}

// encode returns a value as JSON. Letters and signs stay as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("internal error: " + err.Error()) // strings and numbers can always be encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
