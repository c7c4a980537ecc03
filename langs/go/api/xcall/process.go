//go:build go1.22

package xcall

import (
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
)

// BeGuest makes Go's view of the process that of a library. It is called while
// a guest is initialized, before the packages that import this one.
//
// The arguments are the host's: a guest that parses flags must not find them,
// so only the program's name is kept. And Go ends a process that writes to a
// closed standard output; here that is for the host to decide, and the guest
// gets the error. (This takes SIGPIPE from the process, too; the code that
// loads the guest restores what was there.)
//
// seesEnvironment tells whether a package of the guest may read the
// environment.
func BeGuest(seesEnvironment bool) {
	environment.seen = seesEnvironment
	if len(os.Args) > 1 {
		os.Args = os.Args[:1:1]
	}
	signal.Ignore(syscall.SIGPIPE)
}

var environment struct {
	sync.Mutex
	seen bool
}

// SeesEnvironment reports whether changes of the environment have to be
// followed.
func SeesEnvironment() bool { return environment.seen }

// mostReadings is how often an environment that keeps changing is read.
const mostReadings = 8

// FollowEnvironment makes Go's copy of the environment equal to C's: read
// passes the entries of that to add, unless it cannot. What Go sets it sets in
// C, too, so it is read until they agree.
func FollowEnvironment(read func(add func(entry string)) bool) {
	environment.Lock()
	defer environment.Unlock()
	for range mostReadings {
		var entries []string
		there := read(func(entry string) { entries = append(entries, entry) })
		if !there || !follow(entries) {
			return
		}
	}
}

// follow reports whether anything was different.
func follow(entries []string) bool {
	changed := false
	there := make(map[string]bool, len(entries))
	for _, entry := range entries {
		name, value, found := strings.Cut(entry, "=")
		if !found || name == "" || there[name] {
			continue // it cannot be looked up
		}
		there[name] = true
		if known, set := os.LookupEnv(name); !set || known != value {
			changed = os.Setenv(name, value) == nil || changed
		}
	}
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); name != "" && !there[name] {
			changed = os.Unsetenv(name) == nil || changed
		}
	}
	return changed
}
