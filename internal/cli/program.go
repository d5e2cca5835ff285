package cli

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// programDigest returns a digest of the program that runs, or "" where it cannot be read. What a build remembers is of use to the same
// program alone: another one may parse an entry, or print a page, in another way.
func programDigest() string {
	// On Linux this is the program itself, even where its file has been replaced since.
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		name, err := os.Executable()
		if err != nil {
			return ""
		}
		if f, err = os.Open(name); err != nil {
			return ""
		}
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
}
