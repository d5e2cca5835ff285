// Package search makes the index by which the page /search/ finds entries without a server.
//
// The index is a set of JSON files below /search/, of which a query reads few:
//
//	index.json       what a reader of the others must know, and of each document its kind, its year and its stage
//	terms-000.json   a range of terms, each with the documents that have it; index.json names the first term of each range
//	docs-000.json    what is shown of some documents: each has the same number of them
//	actors.json      the actors of each document
//	words.json       terms that a reader may have meant, the likeliest first
//
// A document is an entry that is not withdrawn, or the page of a year or of a month. Documents are numbered in the order in which they are
// shown where nothing else tells them apart: key events, then all others by date, newest first, and last those without a date by title.
// What stands at the end of a list is therefore what a reader misses least.
//
// A term is a word as [wordsOf] folds it, or a date: 2025-06-04, 2025-06 or 2025. As 2025-06 begins each day of that month, one rule
// finds prefixes of words and days of a month. With a term stands, for each document, the best [field] that has it. A term of very many
// documents keeps those that are shown first, and says how many there are.
//
// How many files there are depends on the number of documents alone, and has a bound. The files say which version of the index they are of
// by the digest in index.json, with which their addresses are asked for.
package search

import (
	"io"
	"sync"

	"briefing/internal/graph"
	"briefing/internal/page"
)

// Folder is where the files lie.
const Folder = "search/"

const (
	// blockSize is how many documents a file shows, and maxBlocks how many such files there may be; beyond that they grow.
	blockSize, maxBlocks = 32, 4096

	// docsPerShard is how many documents there are to a file of terms, and maxShards how many such files there may be.
	docsPerShard, maxShards = 50, 512

	// textLimit is how many documents a term keeps that have it in a text or a summary alone, termLimit how many in all.
	textLimit, termLimit = 1_000, 4_000

	// wordLimit is how many terms are offered for one that is not found.
	wordLimit = 4_000
)

// A File is a file of the index.
type File struct {
	Path  string
	Write func(w io.Writer) error
}

// Files returns the files of the index of a site. It is made when the first of them is written.
func Files(g *graph.Graph, pages []page.Page) []File {
	n := documents(g, pages)
	blocks := min(maxBlocks, ceil(n, blockSize))
	shards := min(maxShards, ceil(n, docsPerShard))
	// A build that has nothing to do does not need it, nor a preview in which nobody searches.
	made := sync.OnceValue(func() map[string]func() []byte { return build(g, pages).files(blocks, shards) })
	var list []File
	for _, name := range names(blocks, shards) {
		list = append(list, File{Folder + name, func(w io.Writer) error {
			_, err := w.Write(made()[name]())
			return err
		}})
	}
	return list
}

// names returns the names of the files.
func names(blocks, shards int) []string {
	list := []string{"index.json", "actors.json", "words.json"}
	for i := range blocks {
		list = append(list, blockName(i))
	}
	for i := range shards {
		list = append(list, shardName(i))
	}
	return list
}

// ceil returns how many parts of a size it takes for n things, at least one.
func ceil(n, size int) int { return max(1, (n+size-1)/size) }
