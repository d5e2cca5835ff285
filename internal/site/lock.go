package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"briefing/internal/diag"
	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// LockFile records what feeds have carried: for each item the name by which feeds know it for good, and the time of its publication.
// Whoever subscribed has the item, so that neither may ever change. It is written by “briefing lock” alone.
//
// Each item has a line of its own, and lines are sorted, so that two editors' additions merge.
const LockFile = ContentFolder + "/feeds.lock"

// lockHead explains the file to those who open it.
const lockHead = "# What feeds have carried: names of items, which must never change, with the time of publication. “briefing lock” adds lines; do not edit them.\n"

// A lock is what a lock file records, with the line of each item.
type lock struct {
	// at has the time of each item's publication by its name, as event/udcg-28 or event/udcg-28/NOTE, and line the line that says so.
	at   map[string]time.Time
	line map[string]int
}

// readLock reads the lock file. A site without one has published nothing yet.
func readLock(files fs.FS) (lock, diag.List) {
	l := lock{map[string]time.Time{}, map[string]int{}}
	text, err := fs.ReadFile(files, LockFile)
	var problems diag.List
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			problems.Add(diag.Problem{Pos: diag.Pos{File: LockFile}, Code: diag.Unreadable, Msg: err.Error(), Hint: "check the file and its permissions"})
		}
		return l, problems
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if p := l.enter(line, i+1); p.Msg != "" {
			p.Pos, p.Code = lockPos(i+1), diag.BadLock
			problems.Add(p)
		}
	}
	return l, problems
}

// enter reads one line. What it returns has no message where all is well.
func (l *lock) enter(line string, number int) diag.Problem {
	name, stamp, _ := strings.Cut(line, " ")
	at, err := time.Parse(time.RFC3339, stamp)
	kind, _, _ := strings.Cut(name, "/")
	if err != nil || !slices.Contains(dossier.Kinds, dossier.Kind(kind)) {
		return diag.Problem{
			Msg:  fmt.Sprintf("%q is not the name of an item and the time of its publication", line),
			Hint: "a line reads event/udcg-28 2026-11-21T12:00:00Z; after a merge keep the lines of both sides, without the marks between them",
		}
	}
	if first, again := l.at[name]; again && !first.Equal(at) {
		return diag.Problem{
			Msg:  fmt.Sprintf("%s is recorded with another time", name),
			Hint: "keep the line whose time subscribers were given", Also: lockPos(l.line[name]),
		}
	}
	l.at[name], l.line[name] = at, number
	return diag.Problem{}
}

// lockPos returns the place of a line of the lock file.
func lockPos(line int) diag.Pos { return diag.Mark{Line: int32(line), Col: 1}.In(LockFile) }

// locked reports items of the lock file that no feed has any more, or that were given another time.
func (s *Site) locked(l lock) diag.List {
	var problems diag.List
	now := map[string]graph.Announcement{}
	// Mostly nothing has vanished, and then nobody asks.
	bearers := sync.OnceValue(s.bearers)
	for _, x := range s.Graph.Announced() {
		now[x.Name] = x
	}
	for name, at := range l.at {
		x, ok := now[name]
		switch {
		case !ok:
			problems.Add(l.vanished(name, bearers()))
		// A broken entry, or one without a time, has a problem that says more.
		case !x.At.Equal(at) && !x.Entry.Base().Broken && !x.At.IsZero():
			problems.Add(diag.Problem{
				Pos: diag.Pos{File: x.Entry.Base().File}, Code: diag.TimeChanged, Also: lockPos(l.line[name]),
				Msg:  fmt.Sprintf("feeds have carried %s as published at %s, and it now says %s", name, at.Format(time.RFC3339), x.At.Format(time.RFC3339)),
				Hint: "write the time that subscribers were given; what changed since belongs into changes:",
			})
		}
	}
	return problems
}

// bearers returns, for each id present or former, an entry that bears it; drafts too.
func (s *Site) bearers() map[dossier.ID]*dossier.Head {
	all := map[dossier.ID]*dossier.Head{}
	for i := range s.files {
		if s.files[i].entry == nil {
			continue
		}
		head := s.files[i].entry.Base()
		for _, a := range head.Aliases {
			all[a.ID] = head
		}
		all[head.ID] = head
	}
	return all
}

// vanished words the problem of an item that no feed has any more. Bearers are the entries by their ids.
func (l lock) vanished(name string, bearers map[dossier.ID]*dossier.Head) diag.Problem {
	p := diag.Problem{
		Pos: lockPos(l.line[name]), Code: diag.Vanished, Msg: fmt.Sprintf("feeds have carried %s, and no entry has this name any more", name),
		Hint: "bring it back, or say withdrawn: {at, reason}; if it was renamed, its former id goes first into aliases:",
	}
	kind, id, _ := strings.Cut(name, "/")
	id, note, _ := strings.Cut(id, "/")
	head := bearers[dossier.ID(id)]
	if head == nil {
		return p
	}
	p.Also = diag.Pos{File: head.File}
	switch {
	case head.Draft:
		p.Msg = fmt.Sprintf("feeds have carried %s, and the entry is a draft", name)
		p.Hint = "a draft cannot take back what was published: remove draft:, or say withdrawn: {at, reason}"
	case head.Lasting() != kind+"/"+id:
		p.Msg = fmt.Sprintf("feeds have carried %s, and now know the entry as %s", name, head.Lasting())
		p.Hint = "the first of aliases: must be the oldest id under which the entry was published, and its folder the one of then"
	case note != "":
		p.Msg = fmt.Sprintf("feeds have carried %s, and the entry has no such note any more", name)
		p.Hint = "bring the note back: notes are only added, at the end of changes:"
	default:
		p.Msg = fmt.Sprintf("feeds have carried %s, and have it no more: the event is only scheduled", name)
		p.Hint = "say status: cancelled; or status: postponed until it is held, with the new date in date: and the old one in was:; or withdrawn: {at, reason}"
	}
	return p
}

// Carried reports whether feeds have carried an entry, as far as the lock file knows.
func (s *Site) Carried(head *dossier.Head) bool {
	_, ok := s.lock.at[head.Lasting()]
	return ok
}

// Unlocked returns how many items of feeds the lock file does not record yet.
func (s *Site) Unlocked() int {
	n := 0
	for _, x := range s.Graph.Announced() {
		if _, ok := s.lock.at[x.Name]; !ok {
			n++
		}
	}
	return n
}

// Lock returns the text of a lock file that records every item of the site's feeds, and all that it recorded before.
func (s *Site) Lock() []byte {
	// What feeds carry no more stays: it is a problem until somebody says what became of it.
	all := maps.Clone(s.lock.at)
	for _, x := range s.Graph.Announced() {
		all[x.Name] = x.At
	}
	b := []byte(lockHead)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b = fmt.Appendf(b, "%s %s\n", name, all[name].UTC().Format(time.RFC3339Nano))
	}
	return b
}
