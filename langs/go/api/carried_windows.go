package metaffi

import (
	"os"
	"syscall"
	"unsafe"
)

// lockFile waits until no other process holds the file.
func lockFile(file *os.File) error {
	const exclusive = 2 // LOCKFILE_EXCLUSIVE_LOCK
	lock := syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")
	var at syscall.Overlapped
	locked, _, err := lock.Call(file.Fd(), exclusive, 0, 1, 0, uintptr(unsafe.Pointer(&at)))
	if locked == 0 {
		return err
	}
	return nil
}

// private reports nothing here: the user's cache folder is writable by its user only.
func private(string) error { return nil }
