package metaffi

import (
	"os"
	"runtime"
)

// Exit ends the program as os.Exit does, but lets the runtimes end first: see
// [BeginExit].
func Exit(code int) {
	BeginExit()
	os.Exit(code)
}

// BeginExit tells the runtimes that the program is about to end: Java's
// shutdown hooks and Python's atexit handlers run, and buffered output is
// written. Meanwhile all goroutines may still call; from then on only the one
// that called it. Meant for defer in main, before whatever else is deferred and
// still calls; Go tells nobody that main has returned, so without it those do
// not run. Idempotent: a second goroutine waits for the first.
func BeginExit() {
	if hub, done := opened(); done {
		runtime.LockOSThread() // for good: to others this thread is the one that exits
		hub.BeginExit()
	}
}
