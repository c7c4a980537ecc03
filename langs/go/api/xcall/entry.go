//go:build go1.22

package xcall

import (
	"fmt"
	"math"
)

// Entry is something of a guest that can be called.
type Entry struct {
	// ID is its number in the IDL.
	ID uint32
	// Signature is the Go declaration, for errors.
	Signature string
	// Params and Results count the slots.
	Params, Results uint32
	// MaxParams is the largest number of slots it takes; 0 means Params.
	MaxParams uint32
	// Method is the method that it calls; zero for a function.
	Method Method
	// Call lifts the arguments, calls, and lowers the results. A value that
	// does not fit ends it with a panic of this package.
	Call func(*Frame) error
}

var entries []Entry

// unfinished is the status of a call that did not finish.
const unfinished Status = math.MaxUint32

// Register makes entries callable. Only a package's init may call it.
func Register(these ...Entry) {
	for _, entry := range these {
		for uint32(len(entries)) <= entry.ID {
			entries = append(entries, Entry{})
		}
		entries[entry.ID] = entry
	}
}

// Enter handles one call of an entry from outside. back is where C called Go.
func Enter(id uintptr, f *Frame, back uintptr) Status {
	return entries[id].enter(f, back)
}

// enter runs a call: every error in it becomes the frame's error.
func (entry *Entry) enter(f *Frame, back uintptr) (status Status) {
	status = unfinished
	defer func() {
		// Not "recovered something": panic(nil) is also a panic.
		if status == unfinished {
			status = entry.unwound(f, recover(), back)
		}
	}()
	if f.nargs != entry.Params && !entry.takes(f.nargs) || f.nrets != entry.Results {
		return f.fail(report{kind: ErrorArgument, message: entry.wrongCount(f)})
	}
	if err := entry.Call(f); err != nil {
		return f.fail(reportOf(err))
	}
	return StatusOK
}

// takes reports whether an entry that takes a variable number of arguments
// takes that many.
func (e *Entry) takes(count uint32) bool {
	return count > e.Params && count <= e.MaxParams
}

func (e *Entry) wrongCount(f *Frame) string {
	if f.nargs != e.Params && !e.takes(f.nargs) {
		return fmt.Sprintf("%s takes %d argument(s), %d were given", e.Signature, e.Params, f.nargs)
	}
	return fmt.Sprintf("%s returns %d value(s), %d are expected", e.Signature, e.Results, f.nrets)
}

// unwound reports what ended a call. It does not return if the goroutine ends.
func (entry *Entry) unwound(f *Frame, panicked any, back uintptr) Status {
	if !exiting() {
		return recovered(entry, f, panicked)
	}
	var status Status
	if panicked == nil {
		status = f.fail(exitReport(entry))
	} else { // in a deferred function that Goexit ran
		status = recovered(entry, f, panicked)
	}
	leave(back, status)
	return status
}

// recovered reports what ended a call: an error of this package, or a panic of
// the guest's code.
func recovered(entry *Entry, f *Frame, panicked any) Status {
	switch cause := panicked.(type) {
	case *argumentError:
		message := fmt.Sprintf("%s: argument %d: %v", entry.Signature, cause.index+1, cause.err)
		return f.fail(report{kind: kindOf(cause.err, ErrorArgument), message: message})
	case *resultError:
		for i := range cause.index {
			f.ret(i).release()
		}
		message := fmt.Sprintf("%s: result %d: %v", entry.Signature, cause.index+1, cause.err)
		return f.fail(report{kind: kindOf(cause.err, ErrorGuest), message: message})
	}
	return f.fail(panicReport(panicked))
}
