package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"sync"
	"time"

	"briefing/internal/output"
)

// A meter measures what making files takes, by what makes them. The zero meter measures nothing.
type meter struct {
	// now is the clock of the host. It must be set before anything is measured.
	now func() time.Time

	mu sync.Mutex
	// by has the measures by the name of a template, or by the ending of a file that no template makes, as “*.xml”. mu guards it.
	by map[string]*measure
}

// A measure is what the files of one maker took. Files are made on all cores at once: the times together may be longer than the build.
type measure struct {
	// took is the sum over the files, bytes what they have before compression.
	files int
	took  time.Duration
	bytes int64
}

// measured returns what keeps a promise and is measured.
func (m *meter) measured(f *output.File, write func(io.Writer) error) func(io.Writer) error {
	maker := cmp.Or(f.Maker, "*"+path.Ext(f.Path))
	return func(w io.Writer) error {
		counter := counting{to: w}
		start := m.now()
		err := write(&counter)
		m.add(maker, m.now().Sub(start), counter.bytes)
		return err
	}
}

// add adds a file to the measure of its maker.
func (m *meter) add(maker string, took time.Duration, bytes int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.by == nil {
		m.by = map[string]*measure{}
	}
	if m.by[maker] == nil {
		m.by[maker] = &measure{}
	}
	sum := m.by[maker]
	sum.files++
	sum.took += took
	sum.bytes += bytes
}

// print prints the measures, those that took longest first.
func (m *meter) print(w io.Writer) {
	makers := slices.SortedFunc(maps.Keys(m.by), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.by[b].took, m.by[a].took), cmp.Compare(a, b))
	})
	fmt.Fprintf(w, "%10s %10s %10s %12s  made by\n", "files", "total ms", "mean ms", "bytes")
	for _, maker := range makers {
		sum := m.by[maker]
		total := float64(sum.took.Microseconds()) / 1000
		fmt.Fprintf(w, "%10s %10.1f %10.3f %12s  %s\n", digits(sum.files), total, total/float64(sum.files), digits(int(sum.bytes)), maker)
	}
}

// A counting writer counts what it passes on.
type counting struct {
	to    io.Writer
	bytes int64
}

// Write passes text on.
func (c *counting) Write(text []byte) (int, error) {
	n, err := c.to.Write(text)
	c.bytes += int64(n)
	return n, err
}
