package main

// The floor: what an engineer who knows cgo would write by hand for the functions of
// bench.go. Each call gets one C frame, and recovers from panics.

/*
#include <stdlib.h>
#include "../floor/guest.h"
#include "frame.h"

static inline floor_result call_host(int64_t function, int64_t context, int64_t value) {
    return ((floor_function)(intptr_t)function)((void *)(intptr_t)context, value);
}
*/
import "C"

import (
	"fmt"
	"runtime/cgo"
	"unsafe"
)

func main() {}

// value reads and writes the union of a slot.
func value(s *C.slot) *int64 { return (*int64)(unsafe.Pointer(&s.as)) }

func args(f *C.frame) *[2]C.slot { return (*[2]C.slot)(unsafe.Pointer(f.args)) }

func data(s *C.slot) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&s.as)) }

func returnInt64(f *C.frame, result int64) {
	f.rets.tag = C.TAG_INT64
	*value(f.rets) = result
}

func returnString(f *C.frame, result string) {
	length := C.uint64_t(len(result))
	into := unsafe.Pointer(f.arena)
	if length > f.room {
		into = C.malloc(C.size_t(length))
		f.overflow = into
	}
	copy(unsafe.Slice((*byte)(into), len(result)), result)
	f.rets.tag = C.TAG_STRING
	f.rets.length = length
	*(*unsafe.Pointer)(unsafe.Pointer(&f.rets.as)) = into
}

// returnLongs returns them in memory of C.
func returnLongs(f *C.frame, values []int64) {
	f.overflow = C.malloc(C.size_t(8*len(values) + 1))
	copy(unsafe.Slice((*int64)(f.overflow), len(values)), values)
	f.rets.tag = C.TAG_INT64_ARRAY
	f.rets.length = C.uint64_t(len(values))
}

func recovered(f *C.frame, status *C.int) {
	if cause := recover(); cause != nil {
		returnString(f, fmt.Sprint("panic: ", cause))
		*status = C.STATUS_PANIC
	}
}

//export FloorNothing
func FloorNothing(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	Nothing()
	return C.STATUS_OK
}

//export FloorCalls
func FloorCalls(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	returnInt64(f, Calls())
	return C.STATUS_OK
}

//export FloorEcho
func FloorEcho(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	returnInt64(f, Echo(*value(f.args)))
	return C.STATUS_OK
}

//export FloorText
func FloorText(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	// Copied, because the function may keep it.
	text := string(unsafe.Slice((*byte)(data(f.args)), int(f.args.length)))
	returnString(f, Text(text))
	return C.STATUS_OK
}

//export FloorSum
func FloorSum(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	returnInt64(f, Sum(unsafe.Slice((*int64)(data(f.args)), int(f.args.length))))
	return C.STATUS_OK
}

//export FloorNumbers
func FloorNumbers(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	returnLongs(f, Numbers())
	return C.STATUS_OK
}

//export FloorFail
func FloorFail(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	if err := Fail(); err != nil {
		returnString(f, err.Error())
		return C.STATUS_ERROR
	}
	return C.STATUS_OK
}

//export FloorNewCounter
func FloorNewCounter(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	returnInt64(f, int64(cgo.NewHandle(NewCounter())))
	f.rets.tag = C.TAG_OBJECT
	return C.STATUS_OK
}

//export FloorIncrement
func FloorIncrement(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	counter := cgo.Handle(*value(f.args)).Value().(*Counter)
	returnInt64(f, counter.Increment())
	return C.STATUS_OK
}

// FloorBind makes a func from a function of the host and its context.
//
//export FloorBind
func FloorBind(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	function, context := C.int64_t(*value(&args(f)[0])), C.int64_t(*value(&args(f)[1]))
	bound := func(value int64) int64 {
		result := C.call_host(function, context, C.int64_t(value))
		if result.error != nil {
			defer C.free(unsafe.Pointer(result.error))
			panic(C.GoString(result.error))
		}
		return int64(result.value)
	}
	returnInt64(f, int64(cgo.NewHandle(bound)))
	f.rets.tag = C.TAG_OBJECT
	return C.STATUS_OK
}

//export FloorApply
func FloorApply(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	bound := cgo.Handle(*value(&args(f)[0])).Value().(func(int64) int64)
	returnInt64(f, Apply(bound, *value(&args(f)[1])))
	return C.STATUS_OK
}

//export FloorDelete
func FloorDelete(f *C.frame) (status C.int) {
	defer recovered(f, &status)
	cgo.Handle(*value(f.args)).Delete()
	return C.STATUS_OK
}
