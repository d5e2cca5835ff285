package site

import (
	"io/fs"
	"syscall"
)

// changed returns when a file, or its stamp, was last changed, in nanoseconds: nobody can set it back, as tools do that write a file and
// restore its modification time. It is 0 where that is not known.
func changed(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano()
	}
	return 0
}
