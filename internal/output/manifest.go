package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Settled reports whether a record of a file is enough newer than the file's stamp for the stamp to be trusted. A file that is written twice
// within one tick of the file system's clock has the same stamp both times. There are clocks that tick every two seconds, but one that
// tells parts of a second ticks many times in a tenth of one.
func Settled(modified, recorded time.Time) bool {
	tick := 2 * time.Second
	if modified.Nanosecond() != 0 {
		tick = time.Second / 10
	}
	return modified.Add(tick).Before(recorded)
}

// A state is what a commit knows of a file in the directory, beside what the [File] has.
type state struct {
	// sum is that of its bytes, size how many they are.
	sum  [sha256.Size]byte
	size int64

	// modified is the file's modification time in nanoseconds.
	modified int64

	// view is that of the Draft of the [File], in hexadecimal digits; it may be empty.
	view string
}

// A record is what the last commit knew of a file: its state, and the key of the [File], which may be empty.
type record struct {
	state
	key string
}

// A manifest is the name of the file that records what commits wrote to a directory.
//
// From begin until end there are two files, and the directory shows the one or the other tree; what either lists is ours.
type manifest string

// next returns the name of the file that begin makes, and end puts in the place of the other.
func (m manifest) next() string { return string(m) + ".next" }

// draft returns the name of the file while it is written.
func (m manifest) draft() string { return string(m) + ".new" }

// A history is what manifests say.
type history struct {
	// from is what the tree in the directory was made from; empty where that is not known.
	from string

	// at is when the tree was committed: the stamps of files must be older to be trusted.
	at time.Time

	// records are by path. Of a path that was ours there is a record, though it may say nothing.
	records map[string]record
}

// manifestHead begins the first line of a manifest. Lines of another version say no more than which files are ours.
const manifestHead = "briefing-manifest-2"

// read returns the records of the last commit. Where one did not come to its end nobody knows which of two trees the directory shows, so
// that only the paths of both are known. A last line without its end is of a list that was never finished, and does not count.
func (m manifest) read() (history, error) {
	h, err := readManifest(string(m))
	if err != nil {
		return h, err
	}
	next, err := readManifest(m.next())
	if err != nil || next.records == nil {
		return h, err
	}
	both := history{records: map[string]record{}}
	for _, one := range []history{h, next} {
		for path := range one.records {
			both.records[path] = record{}
		}
	}
	return both, nil
}

// readManifest reads one file; one that is missing has no records.
func readManifest(name string) (history, error) {
	in, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return history{}, nil
	}
	if err != nil {
		return history{}, err
	}
	defer in.Close()
	h := history{records: map[string]record{}}
	if info, err := in.Stat(); err == nil {
		h.at = info.ModTime()
	}
	h.from, err = scan(in, func(path string, r record) { h.records[path] = r })
	return h, err
}

// scan visits the records of a manifest, and returns what the tree was made from.
func scan(in io.Reader, visit func(path string, r record)) (from string, err error) {
	lines := bufio.NewReader(in)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return from, nil
		}
		if err != nil {
			return from, err
		}
		line = strings.TrimSuffix(line, "\n")
		if first && strings.HasPrefix(line, manifestHead) {
			from = strings.TrimPrefix(line[len(manifestHead):], " ")
			continue
		}
		visit(parseRecord(line))
	}
}

// parseRecord reads the line of a file. A line that says nothing else is a path.
func parseRecord(line string) (string, record) {
	fields := strings.SplitN(line, " ", 6)
	if len(fields) < 6 {
		return line, record{}
	}
	var r record
	sum, err := hex.DecodeString(fields[0])
	size, sizeErr := strconv.ParseInt(fields[1], 10, 64)
	modified, timeErr := strconv.ParseInt(fields[2], 10, 64)
	if errors.Join(err, sizeErr, timeErr) != nil || len(sum) != len(r.sum) {
		return line, record{}
	}
	r = record{state{size: size, modified: modified, view: undash(fields[4])}, undash(fields[3])}
	copy(r.sum[:], sum)
	return fields[5], r
}

// dash and undash write a word that may be empty, and read it.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func undash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// A journal is a manifest that is being written, while files are made and in the order in which they are.
type journal struct {
	file *os.File

	// mu guards lines, in which an error stays until Flush.
	mu    sync.Mutex
	lines *bufio.Writer
}

// open begins a manifest of a tree, and what it was made from.
func (m manifest) open(from string) (*journal, error) {
	out, err := os.Create(m.draft())
	if err != nil {
		return nil, err
	}
	j := &journal{file: out, lines: bufio.NewWriter(out)}
	fmt.Fprintf(j.lines, "%s %s\n", manifestHead, from)
	return j, nil
}

// add records a file.
func (j *journal) add(f *File, s *state) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b := append(hex.AppendEncode(j.lines.AvailableBuffer(), s.sum[:]), ' ')
	b = append(strconv.AppendInt(b, s.size, 10), ' ')
	b = append(strconv.AppendInt(b, s.modified, 10), ' ')
	for _, word := range []string{dash(f.Key), dash(s.view)} {
		b = append(append(b, word...), ' ')
	}
	j.lines.Write(append(append(b, f.Path...), '\n'))
}

// begin makes what a journal recorded the files that the directory is about to show.
func (m manifest) begin(j *journal) error {
	if err := errors.Join(j.lines.Flush(), j.file.Close()); err != nil {
		return err
	}
	return os.Rename(m.draft(), m.next())
}

// recorded returns the files that begin recorded, n of them.
func (m manifest) recorded(n int) ([]sum, error) {
	in, err := os.Open(m.next())
	if err != nil {
		return nil, err
	}
	defer in.Close()
	list := make([]sum, 0, n)
	_, err = scan(in, func(path string, r record) { list = append(list, sum{strings.Clone(path), r.sum}) })
	return list, err
}

// discard removes a journal that did not come to begin.
func (m manifest) discard(j *journal) {
	if j.file.Close() == nil {
		os.Remove(m.draft())
	}
}

// end makes the records of begin the only ones.
func (m manifest) end() error { return os.Rename(m.next(), string(m)) }
