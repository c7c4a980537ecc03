//go:build go1.22

package xcall

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
)

// A guest's function that takes a context may get null for it. That is the
// background context; on the main thread of the program it is one that is
// cancelled when the program is interrupted (Ctrl-C) while the call runs. It is
// not cancelled when the call returns: something that the function created may
// have kept it.

// interruptible are the contexts of the calls that the main thread is making.
var interruptible struct {
	sync.Mutex
	calls []cancellable
	count atomic.Int32
}

type cancellable struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Context lifts argument i of a call; call Returned at the end of the call.
func Context(f *Frame, i int) context.Context {
	switch {
	case !f.arg(i).isNull():
		return Arg(f, i, Pointer[context.Context])
	case !native.OnMainThread():
		return context.Background()
	}
	ctx, cancel := context.WithCancel(context.Background())
	interruptible.Lock()
	defer interruptible.Unlock()
	interruptible.calls = append(interruptible.calls, cancellable{ctx, cancel})
	interruptible.count.Add(1)
	return ctx
}

// Returned marks the call for which ctx was lifted as finished.
func Returned(ctx context.Context) {
	if interruptible.count.Load() == 0 {
		return
	}
	interruptible.Lock()
	defer interruptible.Unlock()
	at := slices.IndexFunc(interruptible.calls, func(call cancellable) bool { return call.ctx == ctx })
	if at >= 0 {
		interruptible.calls = slices.Delete(interruptible.calls, at, at+1)
		interruptible.count.Add(-1)
	}
}

// Interrupt cancels the contexts of the calls that the main thread is making,
// and reports whether there are any.
func Interrupt() bool {
	interruptible.Lock()
	defer interruptible.Unlock()
	for _, call := range interruptible.calls {
		call.cancel()
	}
	return len(interruptible.calls) > 0
}

// liftArgument is liftOf for the parameter of a func.
func liftArgument(of reflect.Type) reflectedLift {
	lift := liftOf(of)
	if of != reflect.TypeFor[context.Context]() {
		return lift
	}
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() {
			return reflect.ValueOf(context.Background()), nil
		}
		return lift(v)
	}
}
