//go:build go1.22

package xcall

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Native is what only C can do, and the place of this library in the process.
type Native struct {
	// Alloc returns memory of C, not zeroed, or nil.
	Alloc func(size uintptr) unsafe.Pointer
	// Free frees memory of Alloc.
	Free func(memory unsafe.Pointer)
	// Grow calls the frame's arena_grow.
	Grow func(frame *Frame, size uint64) unsafe.Pointer
	// Shrink frees what FrameGrow allocated for a frame of this library.
	Shrink func(frame *Frame)
	// Call calls the function at the address call.
	Call func(call, context, frame uintptr) Status
	// CallScalars does the same with a frame that C makes; see scalarCall.
	CallScalars func(call, context uintptr, types, counts, first, second uint64) ScalarResult
	// OnMainThread reports whether this is the thread that the program started
	// on.
	OnMainThread func() bool
	// Retain and Release call an object's vtable.
	Retain, Release func(object *Object)
	// DropError releases a metaffi_error.
	DropError func(failure unsafe.Pointer)
	// ReadStackTrace reads the stack trace of a metaffi_error that has the
	// function for it; the text is borrowed from the error.
	ReadStackTrace func(failure unsafe.Pointer) Text
	// NewErrorObject makes an object of a metaffi_error with an original, and
	// takes ownership of it; nil if memory is exhausted.
	NewErrorObject func(failure unsafe.Pointer) *Object
	// NewExactObject makes an object with a description of plain, and takes
	// ownership of one reference to plain; nil if memory is exhausted.
	NewExactObject func(kind uint32, text string, plain *Object) *Object
	// Leave makes the call from C with that back return status, and does not
	// return; Keep and PutBack save the stack during that time, and Unbind
	// keeps Go from being notified when the thread ends. See leave.
	Leave   func(back uintptr, status Status, toGo bool)
	Keep    func(back uintptr) unsafe.Pointer
	PutBack func(kept unsafe.Pointer)
	Unbind  func() bool
	// These are addresses in C.
	ObjectVtable, BufferVtable, CallableVtable, ReleaseError, FrameGrow uintptr
	// MappingVtable is the ObjectVtable of maps.
	MappingVtable uintptr
	// CallFunction is the C function that calls a Go func by its index.
	CallFunction uintptr
	// Hub is the hub's table.
	Hub unsafe.Pointer
	// Owner is the id under which this library's objects are passed.
	Owner uint64
	// OwnerName asks the hub for the name of an owner.
	OwnerName func(owner uint64) string
	// Press reports, as objects are passed out, how many bytes of Go's heap are
	// in use.
	Press func(used uint64)
	// Live counts the objects that others hold; it is C's memory.
	Live *int64
	// Dropped is the address of the first object that nothing holds any more,
	// or 0; it is C's memory. The next one is that object's Data.
	Dropped *uintptr
}

// native is written once, before the library's first entity or object exists;
// whatever makes one of those visible to a goroutine makes native visible, too,
// and hub does so for a goroutine without any.
var (
	native  Native
	started sync.Once
	hub     atomic.Pointer[byte]
)

// Start hands over what C does, before anything else. Only the first call
// counts, and returns true: a guest that is also a host is started by whichever
// of the two comes first.
func Start(with Native) (first bool) {
	started.Do(func() {
		native, first = with, true
		runtime.SetFinalizer(&collection{}, (*collection).passed)
		openPoller()
		hub.Store((*byte)(with.Hub))
	})
	return first
}

// Hub returns the hub's table, once this library has started.
func Hub() unsafe.Pointer {
	return unsafe.Pointer(hub.Load())
}

// openPoller makes Go's runtime open its poller. Otherwise the first timer or
// connection does that, which ends the process if no descriptor is left.
func openPoller() {
	time.AfterFunc(time.Hour, func() {}).Stop()
}

// allocate returns C memory for a T followed by extra bytes; if memory is
// exhausted, the call fails.
func allocate[T any](extra uintptr) (*T, error) {
	var zero T
	memory := native.Alloc(unsafe.Sizeof(zero) + extra)
	if memory == nil {
		return nil, &callError{kind: ErrorInternal, message: "out of memory"}
	}
	return (*T)(memory), nil
}

// heapCheckInterval is the number of new objects after which the size of the heap is read.
const heapCheckInterval = 4

// lastHeapCheck is the number of objects at the last time: a call that makes an
// object and releases it does not fill memory.
var lastHeapCheck atomic.Int64

// countLive counts one more object that others hold.
func countLive() {
	if live := atomic.AddInt64(native.Live, 1); live%heapCheckInterval == 0 && lastHeapCheck.Swap(live) != live {
		checkHeap()
	}
}
