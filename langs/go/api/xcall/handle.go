//go:build go1.22

package xcall

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
)

// MetaFFIHandle is a reference to an object of another runtime. Passed back, or
// on to a third language, it is the same object. Copies share the reference,
// which is released when none is left, or by Release.
type MetaFFIHandle struct {
	reference *reference
}

type reference struct {
	object   *Object
	released atomic.Bool
	// uses counts the calls that it is an argument of, plus one for itself
	// until it is released: the last one to finish releases the object.
	uses atomic.Int64
	// typeNumber is the number of the object's type; 0 until it is first
	// needed.
	typeNumber atomic.Uint64
}

// holding counts the references to objects of other runtimes.
var holding atomic.Int64

// newHandle takes ownership of one reference to a foreign object.
func newHandle(object *Object) MetaFFIHandle {
	taken := &reference{object: object}
	taken.uses.Store(1)
	holding.Add(1)
	runtime.SetFinalizer(taken, (*reference).release)
	return MetaFFIHandle{taken}
}

func (r *reference) release() {
	if !r.released.Swap(true) {
		r.done()
	}
}

// use keeps the object for a call, until done; it returns false if it was
// released.
func (r *reference) use() bool {
	for {
		uses := r.uses.Load()
		if uses == 0 || r.released.Load() {
			return false
		}
		if r.uses.CompareAndSwap(uses, uses+1) {
			return true
		}
	}
}

func (r *reference) done() {
	if r.uses.Add(-1) == 0 {
		native.Release(r.object)
		holding.Add(-1)
	}
}

// RuntimeID returns the id of the runtime that the object belongs to.
func (h MetaFFIHandle) RuntimeID() uint64 {
	if h.reference == nil {
		return 0
	}
	return h.reference.object.Owner
}

// Release releases the reference now. The handle cannot be passed afterwards.
func (h MetaFFIHandle) Release() {
	if h.reference != nil {
		h.reference.release()
		runtime.SetFinalizer(h.reference, nil)
	}
}

// Same reports whether both are references to one object.
func (h MetaFFIHandle) Same(other MetaFFIHandle) bool {
	if h.reference == nil || other.reference == nil {
		return h.reference == other.reference
	}
	a, b := h.reference.object, other.reference.object
	return a == b || (a.Owner == b.Owner && a.Data == b.Data && a.Data != 0)
}

// String names the runtime that the object belongs to.
func (h MetaFFIHandle) String() string {
	if h.reference == nil {
		return "MetaFFIHandle(null)"
	}
	return fmt.Sprintf("MetaFFIHandle(%s)", describeHandle(h.reference.object))
}

// retained returns the object with an additional reference for someone else.
func (h MetaFFIHandle) retained() (*Object, error) {
	if h.reference == nil {
		return nil, nil
	}
	if !h.reference.use() {
		return nil, errReleasedHandle()
	}
	native.Retain(h.reference.object)
	h.reference.done()
	return h.reference.object, nil
}

// describeHandle names an object for the "got" of an error.
func describeHandle(object *Object) string {
	switch {
	case object == nil:
		return "null"
	case object.Owner == native.Owner:
		return fmt.Sprintf("%T", objects.get(object).value)
	}
	name := native.OwnerName(object.Owner)
	switch {
	case name == "":
		return "an object of another runtime"
	case isDead(name):
		return "an object of " + name + " from before this process was forked; " +
			"it does not survive a fork; make it again in this process"
	}
	return "an object of " + name
}

// afterFork is followed by a number in the names of guests that were started
// again in a forked child.
const afterFork = " after fork "

// isDead reports whether an owner is a guest that ran before the fork after
// which this one was started: all that run have the same number.
func isDead(name string) bool {
	own := native.OwnerName(native.Owner)
	at := strings.LastIndex(own, afterFork)
	return at >= 0 && strings.HasPrefix(name, "go:") && !strings.HasSuffix(name, own[at:])
}
