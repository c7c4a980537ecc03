//go:build go1.22

package xcall

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Native is what only C can do, and where this library stands in the process.
type Native struct {
	// Alloc gives C memory, not zeroed, or nil.
	Alloc func(size uintptr) unsafe.Pointer
	// Free gives memory of Alloc back.
	Free func(memory unsafe.Pointer)
	// Grow calls the frame's arena_grow.
	Grow func(frame *Frame, size uint64) unsafe.Pointer
	// Shrink frees what FrameGrow gave to a frame of this library.
	Shrink func(frame *Frame)
	// Call calls the function that stands at the address call.
	Call func(call, context, frame uintptr) Status
	// CallScalars does so with a frame that C makes; see scalarCall.
	CallScalars func(call, context uintptr, types, counts, first, second uint64) ScalarResult
	// OnMainThread tells whether this is the thread that the program began on.
	OnMainThread func() bool
	// Retain and Release call an object's vtable.
	Retain, Release func(object *Object)
	// DropError releases a metaffi_error.
	DropError func(failure unsafe.Pointer)
	// ReadStackTrace asks a metaffi_error, which has the function, for its stack
	// trace; the text is borrowed from it.
	ReadStackTrace func(failure unsafe.Pointer) Text
	// NewErrorObject makes an object of a metaffi_error with an original, which
	// it takes over; nil when there is no memory.
	NewErrorObject func(failure unsafe.Pointer) *Object
	// NewExactObject makes an object that says what plain is, a reference to which
	// it takes over; nil when there is no memory.
	NewExactObject func(kind uint32, text string, plain *Object) *Object
	// Leave makes the call from C that came with back return status, and does
	// not return; Keep and PutBack save the stack meanwhile, and Unbind keeps Go
	// from being told when the thread ends. See leave.
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
	// Owner is the id under which this library's objects travel.
	Owner uint64
	// OwnerName asks the hub for the name of an owner.
	OwnerName func(owner uint64) string
	// Press says, while objects leave, how many bytes of Go's heap are in use.
	Press func(used uint64)
	// Live counts the objects that others hold; it is C's memory.
	Live *int64
	// Dropped is the address of the first object that nobody holds any more, or
	// 0; it is C's memory. The next one is that object's Data.
	Dropped *uintptr
}

// native is written once, before the library's first entity or object exists; what
// shows one of those to a goroutine shows it, too, and hub does to one without any.
var (
	native  Native
	started sync.Once
	hub     atomic.Pointer[byte]
)

// Start hands over what C does, before anything else. The first call counts,
// and is told so: a guest that is a host, too, is started by whichever of both
// comes first.
func Start(with Native) (first bool) {
	started.Do(func() {
		native, first = with, true
		runtime.SetFinalizer(&collection{}, (*collection).passed)
		openPoller()
		hub.Store((*byte)(with.Hub))
	})
	return first
}

// Hub is the hub's table, once this library has started.
func Hub() unsafe.Pointer {
	return unsafe.Pointer(hub.Load())
}

// openPoller makes Go's runtime open its poller, which the first timer or
// connection does else, and which ends the process when no descriptor is left.
func openPoller() {
	time.AfterFunc(time.Hour, func() {}).Stop()
}

// allocate gives C memory for a T with extra bytes behind it; out of memory is
// a fault of the call.
func allocate[T any](extra uintptr) (*T, error) {
	var zero T
	memory := native.Alloc(unsafe.Sizeof(zero) + extra)
	if memory == nil {
		return nil, &fault{kind: ErrorInternal, message: "out of memory"}
	}
	return (*T)(memory), nil
}

// looks is after how many objects more the heap is looked at.
const looks = 4

// lookedAt is how many there were at the last time: a call that makes an object
// and gives it back fills no memory.
var lookedAt atomic.Int64

// countLive counts one more object that others hold.
func countLive() {
	if live := atomic.AddInt64(native.Live, 1); live%looks == 0 && lookedAt.Swap(live) != live {
		look()
	}
}
