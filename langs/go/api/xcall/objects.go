//go:build go1.22

package xcall

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// countedObject is metaffi_go_object of the native header.
type countedObject struct {
	Object
	references int64
	index      uint64
	typeNumber uint64
}

// held is a Go value that others hold a reference to.
type held struct {
	value any
	// boxed marks a value that is the pointer to a struct which was passed by
	// value.
	boxed bool
	// exportedFunc tells how a func is called; nil for every other value.
	exportedFunc *exportedFunc
	// methods are the funcs of an interface of the guest that the value
	// implements, by the guest's names; nil for every other value.
	methods map[string]any
}

const chunkSize = 1 << 10

// chunk holds C objects and, beside them, the Go values that they stand for. It
// is never freed: an object that was released is used again.
type chunk struct {
	objects *[chunkSize]countedObject
	held    [chunkSize]held
	next    [chunkSize]atomic.Uint32
}

// table holds all Go values that others hold. Taking and returning an index is
// lock-free, and orders what is written at it: by the previous holder and, as
// the object leaves through a call, before anyone else reads it.
type table struct {
	chunks  atomic.Pointer[[]*chunk]
	growing sync.Mutex
	// free is the first free index plus one, with a count of changes above it,
	// so that a head that was taken and put back differs from one that never
	// changed.
	free atomic.Uint64
}

var objects table

// newObject makes an object for value; one reference passes to the receiver.
func (t *table) newObject(entry held) (*Object, error) {
	index, err := t.hold(entry)
	if err != nil {
		return nil, err
	}
	in, at := t.place(index)
	object := &in.objects[at]
	object.Object = Object{Vtable: vtableOf(entry.value), Owner: native.Owner, Data: identity(entry.value, index)}
	object.index, object.typeNumber = uint64(index), entry.typeNumber()
	atomic.StoreInt64(&object.references, 1)
	countLive()
	return &object.Object, nil
}

// vtableOf returns the vtable of an object that stands for value: that of a map
// marks it as a mapping.
func vtableOf(value any) uintptr {
	of := reflect.TypeOf(value)
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() == reflect.Map {
		return native.MappingVtable
	}
	return native.ObjectVtable
}

// isHeld reports whether the object stands for a value of this library.
func (o *Object) isHeld() bool {
	return o.Vtable == native.ObjectVtable || o.Vtable == native.MappingVtable
}

// hold keeps a value until its index is dropped.
func (t *table) hold(entry held) (uint32, error) {
	index, err := t.take()
	if err == nil {
		in, at := t.place(index)
		in.held[at] = entry
	}
	return index, err
}

// get returns the value of an object of this library.
func (t *table) get(object *Object) held {
	in, at := t.place(indexOf(object))
	return in.held[at]
}

// indexOf returns the index of the value of an object of this library.
func indexOf(object *Object) uint32 {
	switch object.Vtable {
	case native.ObjectVtable, native.MappingVtable:
		return uint32((*countedObject)(unsafe.Pointer(object)).index)
	case native.CallableVtable:
		return uint32((*callable)(unsafe.Pointer(object)).context)
	}
	return indexOf(object.plain())
}

// identity returns one number for all objects that stand for one value: the
// address that a pointer, map, channel or func points to, combined with the
// lower half of its type's address, because a struct and its first field are at
// one place. What is held does not move, and nothing else takes its place.
// Other values have no identity: each of their objects is a different one.
func identity(value any, index uint32) uintptr {
	words := (*[2]uintptr)(unsafe.Pointer(&value))
	switch reflect.TypeOf(value).Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return words[1] ^ words[0]<<32
	}
	return uintptr(index) + 1
}

// drop forgets the value of an object that nothing holds any more.
func drop(index uint32) {
	in, at := objects.place(index)
	left := in.held[at].exportedFunc
	in.held[at] = held{}
	objects.put(index)
	if left == nil {
		return
	}
	latest.CompareAndSwap(left, nil)
	if left.plan != nil {
		left.plan.freeExports.Put(left)
	}
}

// forgetDropped forgets what others have released since its last call. They
// only set it aside, on whatever thread they are.
func forgetDropped() {
	if atomic.LoadUintptr(native.Dropped) == 0 {
		return
	}
	for at := atomic.SwapUintptr(native.Dropped, 0); at != 0; {
		object := (*Object)(pointer(at))
		at = object.Data
		drop(indexOf(object))
	}
}

// collection is an object that nothing refers to. Garbage is collected to get
// rid of what is not needed, so that is when the objects that others released
// are forgotten, if no object has been made since.
type collection struct{ _ *collection }

func (c *collection) passed() {
	forgetDropped()
	forgetTypes()
	runtime.SetFinalizer(c, (*collection).passed)
}

// releaseObject releases one reference. One to an object of this library does
// not go through C, and back into Go.
func releaseObject(object *Object) {
	var references *int64
	switch object.Vtable {
	case native.ObjectVtable, native.MappingVtable:
		references = &(*countedObject)(unsafe.Pointer(object)).references
	case native.CallableVtable:
		references = &(*countedCallable)(unsafe.Pointer(object)).references
	default:
		native.Release(object)
		return
	}
	index := indexOf(object)
	if atomic.AddInt64(references, -1) == 0 {
		atomic.AddInt64(native.Live, -1)
		drop(index)
	}
}

func (t *table) place(index uint32) (*chunk, uint32) {
	return (*t.chunks.Load())[index/chunkSize], index % chunkSize
}

func (t *table) take() (uint32, error) {
	forgetDropped()
	for {
		head := t.free.Load()
		first := uint32(head)
		if first == 0 {
			if err := t.grow(); err != nil {
				return 0, err
			}
			continue
		}
		in, at := t.place(first - 1)
		if t.free.CompareAndSwap(head, changed(head, in.next[at].Load())) {
			return first - 1, nil
		}
	}
}

func (t *table) put(index uint32) {
	in, at := t.place(index)
	for {
		head := t.free.Load()
		in.next[at].Store(uint32(head))
		if t.free.CompareAndSwap(head, changed(head, index+1)) {
			return
		}
	}
}

func changed(head uint64, first uint32) uint64 {
	return (head>>32+1)<<32 | uint64(first)
}

// grow adds a chunk, unless another goroutine just did.
func (t *table) grow() error {
	t.growing.Lock()
	defer t.growing.Unlock()
	if uint32(t.free.Load()) != 0 {
		return nil
	}
	memory := native.Alloc(unsafe.Sizeof([chunkSize]countedObject{}))
	if memory == nil {
		return &callError{kind: ErrorInternal, message: "out of memory"}
	}
	var before []*chunk
	if chunks := t.chunks.Load(); chunks != nil {
		before = *chunks
	}
	after := append(before[:len(before):len(before)], &chunk{objects: (*[chunkSize]countedObject)(memory)})
	t.chunks.Store(&after)
	first := uint32(len(before) * chunkSize)
	for i := range uint32(chunkSize) {
		t.put(first + i)
	}
	return nil
}
