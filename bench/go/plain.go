package main

// The peer: exported functions with plain C types, as one writes them for ctypes.
// Returned strings are released with PlainFree.

/*
#include <stdint.h>
#include <stdlib.h>

typedef long long (*operation)(long long);

static long long operate(operation function, long long value) { return function(value); }
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

//export PlainNothing
func PlainNothing() { Nothing() }

//export PlainCalls
func PlainCalls() C.longlong { return C.longlong(Calls()) }

//export PlainEcho
func PlainEcho(value C.longlong) C.longlong { return C.longlong(Echo(int64(value))) }

//export PlainText
func PlainText(value *C.char) *C.char { return C.CString(Text(C.GoString(value))) }

//export PlainSum
func PlainSum(values *C.longlong, length C.longlong) C.longlong {
	return C.longlong(Sum(unsafe.Slice((*int64)(unsafe.Pointer(values)), int(length))))
}

// PlainNumbers returns memory of C, and the number of elements.
//
//export PlainNumbers
func PlainNumbers(length *C.longlong) *C.longlong {
	values := Numbers()
	into := C.malloc(C.size_t(8 * len(values)))
	copy(unsafe.Slice((*int64)(into), len(values)), values)
	*length = C.longlong(len(values))
	return (*C.longlong)(into)
}

// PlainStrings returns texts in an array, all of which have to be released.
//
//export PlainStrings
func PlainStrings(values **C.char, length C.longlong) **C.char {
	texts := make([]string, length)
	for i, value := range unsafe.Slice(values, int(length)) {
		texts[i] = C.GoString(value)
	}
	texts = Strings(texts)
	size := C.size_t(unsafe.Sizeof(*values)) * C.size_t(len(texts))
	into := (**C.char)(C.malloc(size))
	for i, text := range texts {
		unsafe.Slice(into, len(texts))[i] = C.CString(text)
	}
	return into
}

// PlainBytes returns the same number of bytes.
//
//export PlainBytes
func PlainBytes(values unsafe.Pointer, length C.longlong) unsafe.Pointer {
	return C.CBytes(Bytes(unsafe.Slice((*byte)(values), int(length))))
}

//export PlainApply
func PlainApply(function C.operation, value C.longlong) C.longlong {
	called := func(value int64) int64 { return int64(C.operate(function, C.longlong(value))) }
	return C.longlong(Apply(called, int64(value)))
}

// PlainFail returns the error's text, or NULL.
//
//export PlainFail
func PlainFail() *C.char {
	if err := Fail(); err != nil {
		return C.CString(err.Error())
	}
	return nil
}

//export PlainNewCounter
func PlainNewCounter() C.uintptr_t { return C.uintptr_t(cgo.NewHandle(NewCounter())) }

//export PlainIncrement
func PlainIncrement(counter C.uintptr_t) C.longlong {
	return C.longlong(cgo.Handle(counter).Value().(*Counter).Increment())
}

//export PlainFree
func PlainFree(memory unsafe.Pointer) { C.free(memory) }
