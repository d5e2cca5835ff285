//go:build !linux

package output

// exchange lets two folders change places.
func exchange(live, spare string) error { return exchangeByRename(live, spare) }
