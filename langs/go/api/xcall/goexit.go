//go:build go1.22

package xcall

import (
	"runtime"
	"strings"
)

// exiting reports whether a deferred function of a call from C runs because the
// goroutine ends (runtime.Goexit), and not, or not only, because of a panic.
func exiting() bool {
	found := false
	walk(func(function string) bool {
		found = function == "runtime.Goexit"
		return !found && !strings.HasSuffix(function, ".(*Entry).enter")
	})
	return found
}

// walk visits the functions on the stack, innermost first, as long as visit
// returns true.
func walk(visit func(function string) bool) {
	counters := make([]uintptr, 16)
	for skip := 0; ; counters = make([]uintptr, 2*len(counters)) {
		count := runtime.Callers(skip, counters)
		if count == 0 {
			return
		}
		skip += count
		frames := runtime.CallersFrames(counters[:count])
		for more := true; more; {
			var frame runtime.Frame
			if frame, more = frames.Next(); !visit(frame.Function) {
				return
			}
		}
	}
}

func exitReport(entry *Entry) report {
	return report{
		kind:     ErrorGuest,
		typeName: "runtime.Goexit",
		message:  entry.Signature + ": the goroutine was ended (runtime.Goexit, as t.FailNow and t.SkipNow do)",
	}
}

// leave returns to C from a call whose goroutine ends. Nothing stops Goexit, so
// this happens while it waits for its deferred functions, of which this is one:
// see the C side. Goexit continues when the guest has returned to Go. On a
// thread that C started nothing waits there, and the thread, with its
// goroutine, lives on as C's alone. leave returns if this is not possible: then
// Go ends the process with a message.
func leave(back uintptr, status Status) {
	if !calledByGo() {
		if native.Unbind() {
			native.Leave(back, status, false)
		}
		return
	}
	kept := native.Keep(back)
	if kept == nil {
		return
	}
	defer native.PutBack(kept) // when Goexit has returned here
	native.Leave(back, status, true)
}

// calledByGo reports whether the C function that called Go was called by Go
// itself, through this library, which then continues with Goexit.
func calledByGo() (yes bool) {
	const cgo = "._Cfunc_"
	inC := false
	walk(func(function string) bool {
		inC = inC || function == "runtime.cgocallbackg"
		at := strings.LastIndex(function, cgo)
		if !inC || at < 0 {
			return true
		}
		switch function[at+len(cgo):] {
		case "metaffi_go_leave", "metaffi_go_put_back": // what called it is further down
			return true
		case "metaffi_go_call", "metaffi_go_call_scalars":
			yes = true
		}
		return false
	})
	return yes
}

// Exit ends the goroutine when a call in which that began has returned to Go;
// the result of the call is dropped.
func Exit(f *Frame, status Status) {
	switch {
	case f == nil:
	case status == StatusOK:
		for i := range int(f.nrets) {
			f.ret(i).release()
		}
	case f.err != 0:
		native.DropError(pointer(f.err))
	}
	runtime.Goexit()
}
