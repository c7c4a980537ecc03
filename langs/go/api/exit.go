package metaffi

import (
	"os"
	"runtime"
)

// Exit ends the program as os.Exit does, but lets the runtimes shut down first:
// see [BeginExit].
func Exit(code int) {
	BeginExit()
	os.Exit(code)
}

// BeginExit tells the runtimes that the program is about to end: Java's
// shutdown hooks and Python's atexit handlers run, and buffered output is
// written. Meanwhile all goroutines may still call; after that only the
// goroutine that called it may. Defer it in main before other deferred functions
// that still call, so that it runs after them. Go gives no notice that main has
// returned, so without BeginExit the hooks and handlers do not run. Idempotent:
// a second goroutine waits for the first.
func BeginExit() {
	if hub, done := opened(); done {
		runtime.LockOSThread() // for good: this is the thread that exits, as other runtimes see it
		hub.BeginExit()
	}
}
