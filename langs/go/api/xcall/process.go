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
// a guest is initialised, before the packages that import this one.
//
// The arguments are the host's: a guest that parses flags must not find them,
// so the program's name alone is left. And Go ends a process that writes to a
// closed standard output; here that is the host's to decide, and the guest gets
// the error. (This takes SIGPIPE from the process, too; whoever loads the guest
// puts back what was there.)
//
// seesEnvironment says that a package of the guest may look at the environment.
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

// SeesEnvironment says whether the environment is to be followed.
func SeesEnvironment() bool { return environment.seen }

// mostReadings is how often an environment is read that does not stay the same.
const mostReadings = 8

// FollowEnvironment makes Go's copy of the environment what C's is: read adds
// the entries of that, unless it cannot. What Go sets it sets in C, too, so it
// is read until they agree.
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

// follow says whether anything was different.
func follow(entries []string) bool {
	changed := false
	there := make(map[string]bool, len(entries))
	for _, entry := range entries {
		name, value, found := strings.Cut(entry, "=")
		if !found || name == "" || there[name] {
			continue // nobody can ask for it
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
