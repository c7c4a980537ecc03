package metaffi

import "os"

// Exit ends the program as os.Exit does, but lets the runtimes end first: see
// [BeginExit].
func Exit(code int) {
	BeginExit()
	os.Exit(code)
}

// BeginExit tells the runtimes that the program is about to end: Java's
// shutdown hooks and Python's atexit handlers run, and buffered output is
// written. From then on only the thread that called it may enter them. Meant
// for defer in main; Go tells nobody that main has returned, so without it
// those do not run. Idempotent.
func BeginExit() {
	if hub, done := opened(); done {
		hub.BeginExit()
	}
}
