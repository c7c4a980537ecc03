//go:build go1.22

// Package native is the C side of xcall: what calls C function pointers, and
// what C calls. A guest has no package of this name: the source is copied into
// a package of the guest, with that package's clause, because cgo works in real
// folders only. Any thread may enter.
package native

/*
#cgo CFLAGS: -I${SRCDIR}/../../../../include -I${SRCDIR}/../../include
#include "metaffi_native.h"
*/
import "C"

import (
	"unsafe"

	metaffi "github.com/MetaFFI/sdk/api/go/xcall"
)

//export metaffi_guest_start
func metaffi_guest_start(hub unsafe.Pointer, owner uint64) {
	metaffi_start(hub, owner)
	if metaffi.SeesEnvironment() {
		metaffi_go_follow_environment()
	}
}

// metaffi_go_follow_environment is called when C's environment differs from the
// one that Go knows.
//
//export metaffi_go_follow_environment
func metaffi_go_follow_environment() {
	metaffi.FollowEnvironment(func(add func(string)) bool {
		read := C.metaffi_go_environment()
		if read == nil {
			return false
		}
		for _, entry := range unsafe.Slice(read.entries, read.count) {
			add(C.GoString(entry))
		}
		C.metaffi_go_free(unsafe.Pointer(read))
		return true
	})
}

// metaffi_start passes xcall what only C can do; only the first call counts.
func metaffi_start(hub unsafe.Pointer, owner uint64) {
	table := (*C.metaffi_hub)(hub)
	first := metaffi.Start(metaffi.Native{
		Alloc: func(size uintptr) unsafe.Pointer {
			return C.metaffi_go_alloc(C.size_t(size)) // C.malloc would end the process instead of failing
		},
		Free: func(memory unsafe.Pointer) {
			C.metaffi_go_free(memory)
		},
		Grow: func(frame *metaffi.Frame, size uint64) unsafe.Pointer {
			return C.metaffi_go_grow((*C.metaffi_frame)(unsafe.Pointer(frame)), C.uint64_t(size))
		},
		Shrink: func(frame *metaffi.Frame) {
			C.metaffi_go_frame_shrink((*C.metaffi_go_frame)(unsafe.Pointer(frame)))
		},
		Call: func(call, context, frame uintptr) metaffi.Status {
			at, with, in := C.uintptr_t(call), C.uintptr_t(context), C.uintptr_t(frame)
			return metaffi.Status(C.metaffi_go_call(at, with, in))
		},
		CallScalars: func(call, context uintptr, types, counts, first, second uint64) metaffi.ScalarResult {
			result := C.metaffi_go_call_scalars(C.uintptr_t(call), C.uintptr_t(context),
				C.uint64_t(types), C.uint64_t(counts), C.uint64_t(first), C.uint64_t(second))
			return metaffi.ScalarResult{Bits: uint64(result.bits), Outcome: uint64(result.outcome)}
		},
		OnMainThread: func() bool {
			return C.metaffi_go_on_main_thread() != 0
		},
		Retain: func(object *metaffi.Object) {
			C.metaffi_go_retain((*C.metaffi_object)(unsafe.Pointer(object)))
		},
		Release: func(object *metaffi.Object) {
			C.metaffi_go_release((*C.metaffi_object)(unsafe.Pointer(object)))
		},
		DropError: func(failure unsafe.Pointer) {
			C.metaffi_go_drop_error((*C.metaffi_error)(failure))
		},
		ReadStackTrace: func(failure unsafe.Pointer) metaffi.Text {
			text := C.metaffi_go_read_stack_trace((*C.metaffi_error)(failure))
			return metaffi.Text{Data: uintptr(unsafe.Pointer(text.data)), Length: uint64(text.length)}
		},
		NewErrorObject: func(failure unsafe.Pointer) *metaffi.Object {
			return (*metaffi.Object)(unsafe.Pointer(C.metaffi_go_new_error_object((*C.metaffi_error)(failure))))
		},
		NewExactObject: func(kind uint32, text string, plain *metaffi.Object) *metaffi.Object {
			object := C.metaffi_go_new_exact_object(C.uint32_t(kind),
				(*C.char)(unsafe.Pointer(unsafe.StringData(text))), C.size_t(len(text)),
				(*C.metaffi_object)(unsafe.Pointer(plain)))
			return (*metaffi.Object)(unsafe.Pointer(object))
		},
		Leave: func(back uintptr, status metaffi.Status, toGo bool) {
			to := C.int(0)
			if toGo {
				to = 1
			}
			C.metaffi_go_leave(C.uintptr_t(back), C.uint32_t(status), to)
		},
		Keep: func(back uintptr) unsafe.Pointer {
			return C.metaffi_go_keep(C.uintptr_t(back))
		},
		PutBack: func(kept unsafe.Pointer) {
			C.metaffi_go_put_back(kept)
		},
		Unbind: func() bool {
			return C.metaffi_go_unbind() != 0
		},
		ObjectVtable:   uintptr(unsafe.Pointer(&C.metaffi_go_object_vtable)),
		MappingVtable:  uintptr(unsafe.Pointer(&C.metaffi_go_mapping_vtable)),
		BufferVtable:   uintptr(unsafe.Pointer(&C.metaffi_go_buffer_vtable)),
		CallableVtable: uintptr(unsafe.Pointer(&C.metaffi_go_callable_vtable)),
		CallFunction:   uintptr(C.metaffi_go_call_function),
		ReleaseError:   uintptr(C.metaffi_go_release_error),
		FrameGrow:      uintptr(C.metaffi_go_frame_grow),
		Hub:            hub,
		Owner:          owner,
		OwnerName: func(of uint64) string {
			name := C.metaffi_go_owner_name(table, C.uint64_t(of))
			return C.GoStringN(name.data, C.int(name.length))
		},
		Press: func(used uint64) {
			C.metaffi_go_press(table, C.uint64_t(owner), C.uint64_t(used))
		},
		Live:    (*int64)(unsafe.Pointer(C.metaffi_go_live_of(table, C.uint64_t(owner)))),
		Dropped: (*uintptr)(unsafe.Pointer(&C.metaffi_go_dropped)),
	})
	if first {
		C.metaffi_go_watch_forks()
		C.metaffi_go_add_collector(table, C.uint64_t(owner))
	}
}

//export metaffi_go_collect
func metaffi_go_collect(what uint32) {
	metaffi.Collect(what == C.METAFFI_COLLECT_HELD)
}

//export metaffi_guest_interrupt
func metaffi_guest_interrupt() uint32 {
	if metaffi.Interrupt() {
		return 1
	}
	return 0
}

//export metaffi_go_enter
func metaffi_go_enter(entry uintptr, frame unsafe.Pointer, back uintptr) uint32 {
	return uint32(metaffi.Enter(entry, (*metaffi.Frame)(frame), back))
}

//export metaffi_go_function
func metaffi_go_function(data uintptr, frame unsafe.Pointer, back uintptr) uint32 {
	return uint32(metaffi.EnterFunction(data, (*metaffi.Frame)(frame), back))
}

//export metaffi_go_answer
func metaffi_go_answer(what uint32, object, frame unsafe.Pointer, back uintptr) uint32 {
	return uint32(metaffi.Answer(what, (*metaffi.Object)(object), (*metaffi.Frame)(frame), back))
}

//export metaffi_go_exit
func metaffi_go_exit(frame unsafe.Pointer, status uint32) {
	metaffi.Exit((*metaffi.Frame)(frame), metaffi.Status(status))
}

//export metaffi_go_touch
func metaffi_go_touch() {}
