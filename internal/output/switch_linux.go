package output

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange lets two folders change places in one step, or in three renames where kernel or file system cannot.
func exchange(live, spare string) error {
	err := unix.Renameat2(unix.AT_FDCWD, live, unix.AT_FDCWD, spare, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP) {
		return exchangeByRename(live, spare)
	}
	return err
}
