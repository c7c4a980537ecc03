//go:build unix

package metaffi

import (
	"errors"
	"os"
	"syscall"
)

// lockFile waits until no other process holds the file.
func lockFile(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
}

// private fails if other users can write to a folder: they could replace what
// is in it with their own code.
func private(folder string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	status, ok := info.Sys().(*syscall.Stat_t)
	if info.Mode().Perm()&0o022 != 0 || ok && status.Uid != 0 && int(status.Uid) != os.Geteuid() {
		return errors.New("other users can write there, so it is not used")
	}
	return nil
}
