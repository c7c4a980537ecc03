package xcall

import (
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"
)

const (
	ownID     = 7
	foreignID = 8
)

// fake stands for C in one test process: memory that is never freed, objects
// that are counted.
type fake struct {
	lock     sync.Mutex
	memory   [][]byte
	outOf    bool
	live     int64
	dropped  uintptr
	retained map[*Object]int
}

var c fake

// plainTable is the vtable of objects without further functions.
var plainTable = objectVtable{structSize: uint32(unsafe.Sizeof(objectVtable{}))}

func (f *fake) alloc(size uintptr) unsafe.Pointer {
	if f.outOf {
		return nil
	}
	block := make([]byte, size+16)
	f.lock.Lock()
	defer f.lock.Unlock()
	f.memory = append(f.memory, block)
	return unsafe.Pointer(unsafe.SliceData(block))
}

// foreign returns an object of another runtime with one reference.
func (f *fake) foreign() *Object {
	object := (*Object)(f.alloc(unsafe.Sizeof(Object{})))
	object.Owner = foreignID
	object.Vtable = uintptr(unsafe.Pointer(&plainTable))
	f.count(object, 1)
	return object
}

// count changes the number of references of a foreign object, and returns it.
func (f *fake) count(object *Object, delta int) int {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.retained[object] += delta
	return f.retained[object]
}

// releaseError releases an error with its causes.
func (f *fake) releaseError(failure *cError) {
	for failure != nil {
		if failure.original != 0 {
			f.release((*Object)(pointer(failure.original)))
		}
		failure = (*cError)(pointer(failure.cause))
	}
}

func (f *fake) release(object *Object) {
	if object.Owner == foreignID {
		f.count(object, -1)
		return
	}
	counted := (*countedObject)(unsafe.Pointer(object))
	if atomic.AddInt64(&counted.references, -1) == 0 {
		atomic.AddInt64(native.Live, -1)
		f.drop(object)
	}
}

// drop does what the native C code does.
func (f *fake) drop(object *Object) {
	for {
		object.Data = atomic.LoadUintptr(&f.dropped)
		if atomic.CompareAndSwapUintptr(&f.dropped, object.Data, uintptr(unsafe.Pointer(object))) {
			return
		}
	}
}

func TestMain(m *testing.M) {
	c.retained = map[*Object]int{}
	Start(Native{
		Alloc:   c.alloc,
		Grow:    func(_ *Frame, size uint64) unsafe.Pointer { return c.alloc(uintptr(size)) },
		Retain:  func(object *Object) { c.count(object, 1) },
		Release: c.release,
		Press:   func(uint64) {},
		Owner:   ownID, ObjectVtable: 1, CallableVtable: 2, MappingVtable: 3,
		OwnerName: func(owner uint64) string {
			return map[uint64]string{foreignID: "elsewhere"}[owner]
		},
		FrameGrow: 1, // no frame of the tests belongs to this library
		Live:      &c.live,
		Dropped:   &c.dropped,
	})
	os.Exit(m.Run())
}

// call is a frame with its slots and an arena of 64 bytes.
type call struct {
	Frame
	args, rets []Value
	arena      [64]byte
}

func newCall(results int, args ...Value) *call {
	made := &call{args: args, rets: make([]Value, results)}
	made.Frame.args = uintptr(unsafe.Pointer(unsafe.SliceData(made.args)))
	made.Frame.rets = uintptr(unsafe.Pointer(unsafe.SliceData(made.rets)))
	made.nargs, made.nrets = uint32(len(args)), uint32(results)
	made.arenaNext = uintptr(unsafe.Pointer(&made.arena))
	made.arenaEnd = made.arenaNext + unsafe.Sizeof(made.arena)
	return made
}

// failure returns the error that a call set.
func (c *call) failure() *cError {
	return (*cError)(pointer(c.err))
}

func (t Text) text() string {
	return copyString(pointer(t.Data), t.Length)
}

// lowered returns a value in a slot, as an argument.
func lowered(t *testing.T, value any) Value {
	t.Helper()
	frame := newCall(1)
	if err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), value); err != nil {
		t.Fatal(err)
	}
	return frame.rets[0]
}

func noLiveObjects(t *testing.T) {
	t.Helper()
	if c.live != 0 {
		t.Errorf("%d objects leak", c.live)
	}
}
