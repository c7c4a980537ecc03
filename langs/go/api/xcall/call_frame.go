//go:build go1.22

package xcall

import (
	"runtime"
	"sync"
	"unsafe"
)

const (
	// The number of arguments and results together that need no allocation.
	inlineSlots = 16
	// The size in bytes of an arena that needs none.
	inlineArena = 512
)

// callMemory is C's memory for one call that Go makes. It begins with
// metaffi_go_frame of the native header.
type callMemory struct {
	Frame
	overflow uintptr
	slots    [inlineSlots]Value
	arena    [inlineArena]byte
	// seen is the frame as the glue of its caller sees it; see [Outgoing].
	seen struct {
		Frame
		overflow uintptr
	}
}

// callFrame is the memory of a call, and what is released after it. It is
// reused: a call of scalars allocates nothing here.
type callFrame struct {
	*callMemory
	// objects are those of which this frame holds one reference each.
	objects []*Object
	// inUse are handles that must not be released during the call.
	inUse  []*reference
	pinner runtime.Pinner
	pinned bool
	// depth is the number of arrays around the value that is being lowered.
	depth int
}

var callFrames sync.Pool

// newCallFrame returns a frame with room for the slots of a call.
func newCallFrame(nargs, nrets int) (*callFrame, error) {
	f, _ := callFrames.Get().(*callFrame)
	if f == nil {
		memory, err := allocate[callMemory](0)
		if err != nil {
			return nil, err
		}
		f = &callFrame{callMemory: memory}
		f.arenaGrow, f.overflow = native.FrameGrow, 0
		f.seen.arenaGrow, f.seen.overflow = native.FrameGrow, 0
		runtime.SetFinalizer(f, (*callFrame).free)
	}
	f.err, f.depth = 0, 0
	f.arenaNext = uintptr(unsafe.Pointer(&f.callMemory.arena))
	f.arenaEnd = f.arenaNext + inlineArena
	slots := unsafe.Pointer(&f.callMemory.slots)
	if nargs+nrets > inlineSlots {
		var err error
		if slots, err = f.alloc(uintptr(nargs+nrets)*valueSize, unsafe.Alignof(Value{})); err != nil {
			f.done()
			return nil, err
		}
	}
	f.args = uintptr(slots)
	f.rets = uintptr(unsafe.Add(slots, uintptr(nargs)*valueSize))
	f.nargs, f.nrets = uint32(nargs), uint32(nrets)
	return f, nil
}

// done releases what the call held, and the frame itself.
func (f *callFrame) done() {
	if f.overflow|f.seen.overflow|uintptr(len(f.objects))|uintptr(len(f.inUse)) != 0 || f.pinned {
		f.release()
	}
	callFrames.Put(f)
}

func (f *callFrame) release() {
	for i, object := range f.objects {
		releaseObject(object)
		f.objects[i] = nil
	}
	for i, held := range f.inUse {
		held.done()
		f.inUse[i] = nil
	}
	f.objects, f.inUse = f.objects[:0], f.inUse[:0]
	if f.pinned {
		f.pinner.Unpin()
		f.pinned = false
	}
	if f.overflow != 0 {
		native.Shrink(&f.Frame)
	}
	if f.seen.overflow != 0 {
		native.Shrink(&f.seen.Frame)
	}
}

// free is the finalizer. The call may have ended with its goroutine.
func (f *callFrame) free() {
	f.release()
	native.Free(unsafe.Pointer(f.callMemory))
}

// here returns the place that the next value is lowered to.
func (f *callFrame) here() arena {
	return arena{Frame: &f.Frame, depth: f.depth}
}

// isOurs reports whether the frame belongs to a call that this library makes.
func (f *Frame) isOurs() bool {
	return f.arenaGrow == native.FrameGrow
}

// borrow makes out point at size bytes of Go's memory: at a copy when it is
// small, else at the bytes themselves, pinned until the call is done.
func (f *callFrame) borrow(out *Value, source unsafe.Pointer, size, align uintptr) error {
	start := (f.arenaNext + align - 1) &^ (align - 1)
	if start <= f.arenaEnd && size <= f.arenaEnd-start {
		f.arenaNext = start + size
		copyBytes(pointer(start), source, size)
		out.Bits = uint64(start)
		return nil
	}
	f.lend(out, source)
	return nil
}

// lend makes out point at Go's memory, which is pinned until the call is done.
func (f *callFrame) lend(out *Value, source unsafe.Pointer) {
	f.pinner.Pin(source)
	f.pinned = true
	out.Bits = uint64(uintptr(source))
}

// own marks the slot of an argument as borrowed, and remembers what it referred
// to.
func (f *callFrame) own(v *Value) {
	switch {
	case v.Type.isArray():
		f.ownElements(v)
	case v.Ownership == Transferred && v.Bits != 0:
		f.objects = append(f.objects, v.object())
		v.Ownership = Borrowed
	}
}

func (f *callFrame) ownElements(v *Value) {
	element := v.Type.element()
	if v.holdsSlots() {
		slots := unsafe.Slice((*Value)(v.data()), int(v.Length))
		for i := range slots {
			f.own(&slots[i])
		}
		return
	}
	if element != TypeHandle && element != TypeCallable {
		return
	}
	for _, address := range unsafe.Slice((*uintptr)(v.data()), int(v.Length)) {
		if address != 0 {
			f.objects = append(f.objects, (*Object)(pointer(address)))
		}
	}
}
