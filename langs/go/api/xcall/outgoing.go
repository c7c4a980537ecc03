//go:build go1.22

package xcall

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Outgoing is a call of a foreign function by glue. Its slots are those of the
// frame that the callee gets, seen from the other side: what is put into them
// is an argument of the callee, what is lifted from them is one of its results.
// So glue uses it as it uses the frame of an entry. It belongs to one
// goroutine.
type Outgoing struct {
	frame  *callFrame
	callee *MetaFFICallable
	wanted int
	done   bool
}

// Begin begins a call with as many arguments as the func that the callable
// became has. The caller lifts `wanted` results: all, none, or the elements of
// one array. [Outgoing.End] returns its memory.
func (c *MetaFFICallable) Begin(wanted int) Outgoing {
	nargs, nrets := c.passes, int(c.function.nrets)
	spread := 0
	if wanted > nrets {
		spread = wanted
	}
	frame, err := newCallFrame(nargs, nrets+spread)
	if err != nil {
		panic(err)
	}
	seen := &frame.seen
	seen.arenaNext, seen.arenaEnd = frame.arenaNext, frame.arenaEnd
	seen.rets, seen.nrets = frame.args, frame.nargs
	seen.args, seen.nargs = frame.rets, uint32(wanted)
	frame.nrets = uint32(nrets)
	if spread > 0 {
		seen.args += uintptr(nrets) * valueSize
	}
	return Outgoing{frame: frame, callee: c, wanted: wanted}
}

// Slots returns the caller's view of the frame.
func (o *Outgoing) Slots() *Frame {
	return &o.frame.seen.Frame
}

// Do calls the function, after the arguments have been put.
func (o *Outgoing) Do() error {
	f, held := o.frame, o.callee.reference
	for i := range int(f.nargs) {
		if slot := f.arg(i); slot.Ownership != Borrowed {
			f.own(slot)
			slot.Ownership = Borrowed
			if slot.Type == TypeHandle {
				o.passError(i, slot)
			}
		}
	}
	if !held.use() {
		return errReleasedHandle()
	}
	f.inUse = append(f.inUse, held)
	f.arenaNext = f.seen.arenaNext
	function := o.callee.function
	call := uintptr(unsafe.Pointer(&function.call))
	if status := native.Call(call, function.context, uintptr(unsafe.Pointer(f.callMemory))); status != StatusOK {
		return takeFailure(status, f.err)
	}
	o.done = true
	if o.wanted > int(f.nrets) {
		return o.spread()
	}
	return nil
}

// passError describes a Go error that is an argument of a callee which takes
// any value. Glue lowers it by its declared type, as an object.
func (o *Outgoing) passError(i int, slot *Value) {
	object := slot.object()
	if !object.isHeld() || o.callee.function.declared(i) != TypeAny {
		return
	}
	err, isError := objects.get(object).value.(error)
	if !isError {
		return
	}
	if made, failure := errorObjectOf(err); failure == nil {
		passed := handleValue(made)
		o.frame.own(&passed)
		slot.Bits = passed.Bits
	}
}

// Must is Do for a func without an error result: it panics instead.
func (o *Outgoing) Must() {
	if err := o.Do(); err != nil {
		panic(err)
	}
}

// spread uses the elements of the only result as results: Python returns
// several values as one tuple, and does not declare how many.
func (o *Outgoing) spread() error {
	result := o.frame.ret(0)
	if !result.Type.isArray() || result.Length != uint64(o.wanted) {
		return errorf(ErrorArgument, "the callback must return %d results, but returned %s", o.wanted, result.describe())
	}
	for i := range o.wanted {
		*o.Slots().arg(i) = result.at(uint64(i))
	}
	return nil
}

// End ends the call. A value that did not fit is stored in failure; if
// failure is nil, it continues as a panic with the error, as [Outgoing.Must]
// does. It must be deferred.
func (o *Outgoing) End(failure *error) {
	ended := recover()
	if ended == nil {
		o.finish()
		return
	}
	err := o.mismatch(ended)
	o.finish()
	switch {
	case err == nil:
		panic(ended)
	case failure == nil:
		panic(err)
	}
	*failure = err
}

// mismatch returns the error for a value that did not fit; nil for any other
// panic.
func (o *Outgoing) mismatch(ended any) error {
	switch cause := ended.(type) {
	case *resultError: // a result, for glue, is an argument of the callee
		for i := range cause.index {
			o.frame.own(o.frame.arg(i))
		}
		return errorf(kindOf(cause.err, ErrorArgument), "argument %d of the callback: %w", cause.index+1, cause.err)
	case *argumentError:
		return errorf(kindOf(cause.err, ErrorArgument), "result %d of the callback: %w", cause.index+1, cause.err)
	}
	return nil
}

func (o *Outgoing) finish() {
	if o.done {
		for i := range int(o.frame.nrets) {
			o.frame.ret(i).release()
		}
	}
	o.frame.done()
	runtime.KeepAlive(o.callee)
}

// accepts checks whether Go may call it with that many arguments and results.
// One result may be several in an array, and results may be ignored.
func (c *callable) accepts(params, results int) error {
	if !c.takes(params) {
		return fmt.Errorf("expected a function with %d parameter(s), got one with %d", params, c.nparams)
	}
	if results != 0 && int(c.nrets) != results && !(c.nrets == 1 && results > 1) {
		return fmt.Errorf("expected a function with %d result(s), got one with %d", results, c.nrets)
	}
	return nil
}
