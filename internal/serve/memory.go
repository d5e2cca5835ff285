package serve

import (
	"io/fs"
	"path"
	"sync"
	"time"
)

// A memory is a file system that remembers what its folders list and the stamps of its files, until it is told that they changed: to ask
// for those of 50,000 files takes longer than to link them. The zero memory is ready to use.
type memory struct {
	fs.FS

	mu    sync.Mutex
	lists map[string][]fs.DirEntry
	infos map[string]fs.FileInfo
	// changed are the files that have changed since the memory was made.
	changed map[string]bool
	// round counts what was forgotten: what was asked for before is not remembered after it.
	round int
}

// over makes m remember files, and returns it.
func (m *memory) over(files fs.FS) *memory {
	m.FS = files
	return m
}

// forget forgets some files, or all where no names are given.
func (m *memory) forget(names []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.round++
	if m.changed == nil || len(names) == 0 {
		m.clear()
	}
	for _, name := range names {
		// What lay in a folder that was moved cannot be told from its name alone.
		if _, folder := m.lists[name]; folder {
			m.clear()
		}
		delete(m.lists, path.Dir(name))
		delete(m.infos, name)
		m.changed[name] = true
	}
}

// clear forgets everything but which files have changed.
func (m *memory) clear() {
	m.lists, m.infos = map[string][]fs.DirEntry{}, map[string]fs.FileInfo{}
	if m.changed == nil {
		m.changed = map[string]bool{}
	}
}

// remembered returns what a map holds, or else asks for it and has the map hold the answer, unless something was forgotten meanwhile.
func remembered[T any](m *memory, of func() map[string]T, name string, ask func() (T, error)) (T, error) {
	m.mu.Lock()
	if m.lists == nil {
		m.clear()
	}
	known, ok := of()[name]
	round := m.round
	m.mu.Unlock()
	if ok {
		return known, nil
	}
	answer, err := ask()
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil && m.round == round {
		of()[name] = answer
	}
	return answer, err
}

// ReadDir lists a folder.
func (m *memory) ReadDir(name string) ([]fs.DirEntry, error) {
	return remembered(m, func() map[string][]fs.DirEntry { return m.lists }, name, func() ([]fs.DirEntry, error) { return fs.ReadDir(m.FS, name) })
}

// Stat returns the stamp of a file.
func (m *memory) Stat(name string) (fs.FileInfo, error) {
	return remembered(m, func() map[string]fs.FileInfo { return m.infos }, name, func() (fs.FileInfo, error) { return m.stamp(name) })
}

// remembers reports whether a file was there when it was last asked for, and has not changed since.
func (m *memory) remembers(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.infos[name]
	return ok
}

// stamp asks for the stamp of a file. One that has changed has no time, so that its bytes are compared: two edits may come within one tick
// of the clock by which files are stamped.
func (m *memory) stamp(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(m.FS, name)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil && m.changed[name] {
		return unstamped{info}, nil
	}
	return info, err
}

// An unstamped is a stamp without its time.
type unstamped struct{ fs.FileInfo }

// ModTime returns no time.
func (unstamped) ModTime() time.Time { return time.Time{} }
