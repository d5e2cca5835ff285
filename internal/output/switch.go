package output

import (
	"errors"
	"io/fs"
	"os"
)

// exchangeByRename lets two folders change places with three renames. A process killed after the first leaves nothing at
// live; [restore] mends that.
func exchangeByRename(live, spare string) error {
	aside := asideOf(spare)
	if err := os.Rename(live, aside); err != nil {
		return err
	}
	if err := os.Rename(spare, live); err != nil {
		return errors.Join(err, os.Rename(aside, live))
	}
	return os.Rename(aside, spare)
}

// restore undoes an exchangeByRename that was killed between its renames, or clears up what it left aside.
func restore(live, spare string) error {
	aside := asideOf(spare)
	if _, err := os.Lstat(live); errors.Is(err, fs.ErrNotExist) {
		return ignoreMissing(os.Rename(aside, live))
	}
	return os.RemoveAll(aside)
}

// asideOf names the folder that the live one becomes for a moment.
func asideOf(spare string) string { return spare + ".old" }
