// Package output is the output tree, and committing it to a directory.
//
// A tree is a list of files, and a [File] is a promise: a path, and how to write the bytes when they are asked for. Pages,
// feeds, calendars, data files, redirects and assets are all this one thing. [Files] are promises by number, each made when it is
// its turn. [Check] finds the files that cannot stand beside each other; [Dir.Commit] makes a directory show exactly the files given:
//
//   - All or nothing. The new tree is completed in a spare folder, and then the directory and the spare change places in one
//     step. Before that step the directory is not touched, so that an error, or a build killed at any moment, leaves the old
//     site, complete; after it the new site is there, complete. (On systems other than Linux the step is two renames, and the next
//     commit mends one that was killed between them.)
//   - A file whose bytes are equal stays the same file, with its modification time. Where all are equal nothing is written.
//   - A promise is kept only where it must be: a file that stands as the last commit left it, and whose key is the same, is not
//     made again. Whoever edits or removes a file in the directory finds it mended.
//   - A file goes away only if an earlier commit wrote it. A directory that holds anything else is refused, symbolic links
//     included, so that none is ever followed. The one file that may be there, and is kept, is .gitignore at the top.
//   - The root, the home folder, the working folder and every folder that holds sources are refused.
//   - One at a time. A second commit to the same directory waits for the first.
//
// What a commit must remember lies in a state folder, by default .briefing beside the directory:
//
//	.briefing/public/lock            held during a commit
//	.briefing/public/manifest        what commits wrote to the directory: of each file the SHA-256, the size, the time, the keys and the path
//	.briefing/public/manifest.new    the same for the tree that is being made, in part
//	.briefing/public/manifest.next   the same for the tree about to be switched to
//	.briefing/public/spare/          the tree that was switched away from; the next commit turns it into the new one
//
// So a program that keeps the directory itself open, and not its name, goes on seeing the spare. Callers may keep more in the folder, see
// [Dir.StateFolder].
//
// The state may be deleted at any moment. Then a file in the directory itself, .briefing, tells that commits wrote all that is there:
// it holds the SHA-256 of the list of all files with theirs, as sha256sum writes it. Where a single byte is another the files are accepted
// only if the next commit would write the same.
//
// Stamps of files, their size and time, are trusted only where they are older than the record, see [Settled]; else the bytes are compared.
//
// [Dir.Stands] tells, without a single promise, whether the directory is as it was left; [Dir.Compare] keeps all of them and holds it
// against what comes of that. [Compressed] adds forms of files for servers that send what lies ready.
//
// Equal files are hard links in both trees, which costs no space and no copying. Nothing is synced to the disk, for that
// takes minutes at 150,000 files: a commit survives being killed, but after a power failure the site may have to be built again.
package output

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// keptName is the one file in a directory that belongs to its user.
const keptName = ".gitignore"

// A File is a promise of one file in the tree.
type File struct {
	// Path is slash-separated, relative and clean, such as events/udcg-28/index.html.
	Path string

	// Key is a digest of all that the file may depend on: equal keys mean equal bytes. It is empty if unknown; it has no spaces.
	Key string

	// Maker names what makes the file, such as a template, for those who measure it; it may be empty.
	Maker string

	// Draft, which may be nil, makes what the file shows, and returns a digest of that, with no spaces, and what writes it: equal views mean
	// equal bytes too. It is asked where the key is another, and must be less work than all of Write.
	Draft func() (view string, write func(w io.Writer) error, err error)

	// Write writes the bytes, the same ones each time. It may be called at any time, any number of times, by any goroutine.
	Write func(w io.Writer) error
}

// Files are promises by number, from 0 on. None of them need be there before it is asked for, so that a tree may have any number. Any
// goroutine may ask.
type Files interface {
	Len() int

	// Path returns the path of a file, and File its promise, which must be the same each time.
	Path(i int) string
	File(i int) File
}

// A List is files of which every promise is there.
type List []File

// Len returns how many files there are.
func (l List) Len() int { return len(l) }

// Path returns the path of a file.
func (l List) Path(i int) string { return l[i].Path }

// File returns a file.
func (l List) File(i int) File { return l[i] }

// All yields files with their numbers.
func All(files Files) iter.Seq2[int, File] {
	return func(yield func(int, File) bool) {
		for i := 0; i < files.Len() && yield(i, files.File(i)); i++ {
		}
	}
}

// paths yields the paths of files with their numbers.
func paths(files Files) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := 0; i < files.Len() && yield(i, files.Path(i)); i++ {
		}
	}
}

// A Collision is a path that two files claim, or that one file needs as a folder.
type Collision struct {
	Path string

	// First and Second are the indexes of the files; First is the smaller.
	First, Second int
}

// Check returns the collisions among files, in order of their second file. A file in the way of many others is reported
// with the first of them only.
func Check(files Files) []Collision {
	var found []Collision
	first := make(map[string]int, files.Len())
	for i, path := range paths(files) {
		if j, taken := first[path]; taken {
			found = append(found, Collision{path, j, i})
			continue
		}
		first[path] = i
	}
	for i, path := range paths(files) {
		for folder := range parents(path) {
			if j, taken := first[folder]; taken {
				found = append(found, Collision{folder, min(i, j), max(i, j)})
				delete(first, folder)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Collision) int { return cmp.Compare(a.Second, b.Second) })
	return found
}

// checkAll refuses files that do not make up a tree. Callers that know where the files come from call [Check] before, and
// can say more.
func checkAll(files Files) error {
	for _, path := range paths(files) {
		if err := checkPath(path); err != nil {
			return err
		}
	}
	if found := Check(files); len(found) > 0 {
		return fmt.Errorf("output path %q is claimed twice, or is both a file and a folder", found[0].Path)
	}
	return nil
}

// checkPath refuses a path that could lead out of the tree, that not every system can hold, or that is not for files of ours.
// A manifest relies on it: a path is one line.
func checkPath(path string) error {
	_, err := filepath.Localize(path)
	switch {
	case err != nil, path == ".", strings.ContainsFunc(path, unicode.IsControl):
		return fmt.Errorf("output path %q is not a clean relative path", path)
	case path == keptName:
		return errors.New("output path .gitignore belongs to the user of the directory")
	case path == markName:
		return errors.New("output path .briefing is the mark of the directory")
	}
	return nil
}

// foldersOf returns the folders that hold files.
func foldersOf(files Files) map[string]bool {
	folders := map[string]bool{}
	for _, path := range paths(files) {
		for folder := range parents(path) {
			folders[folder] = true
		}
	}
	return folders
}

// parents yields the folders that hold path, from the innermost out.
func parents(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path, '/') {
			path = path[:i]
			if !yield(path) {
				return
			}
		}
	}
}
