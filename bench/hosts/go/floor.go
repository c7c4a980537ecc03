package main

// The floor: cgo written by hand over the table of bench/floor for the guest.

/*
#include <dlfcn.h>
#include "../../floor/guest.h"

static const floor_guest *guest;

static char *open_guest(const char *library, const char *fixture) {
    void *so = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const floor_guest *(*get)(void) = NULL;
    if (so) *(void **)&get = dlsym(so, "floor_guest_get");
    if (!get) return strdup(dlerror());
    guest = get();
    return guest->open(fixture);
}

static char *nothing(void) { return guest->nothing(); }
static char *fail(void) { return guest->fail(); }
static floor_result calls(void) { return guest->calls(); }
static floor_result echo(int64_t value) { return guest->echo(value); }
static floor_longs numbers(void) { return guest->numbers(); }
static floor_result make(void) { return guest->make(); }
static floor_result increment(int64_t object) { return guest->increment(object); }
static floor_result apply(int64_t bound, int64_t value) { return guest->apply(bound, value); }

static floor_result sum(const int64_t *values, int64_t length) {
    return guest->sum(values, length);
}

// In C's memory, where results do not move.
typedef struct text_call {
    char room[256];
    floor_text result;
} text_call;

static void text(const char *data, int64_t length, text_call *call) {
    call->result = guest->text(data, length, call->room, sizeof call->room);
}

floor_result call_go(uintptr_t function, int64_t value);

static floor_result call_bound(void *function, int64_t value) {
    return call_go((uintptr_t)function, value);
}

static floor_result bind(uintptr_t function) {
    return guest->bind(call_bound, (void *)function);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/cgo"
	"strings"
	"sync"
	"unsafe"
)

// floor attaches to the guest's runtime, which is already running.
func floor(guest, built string) (*contestant, error) {
	library := C.CString(filepath.Join(built, "libfloor_"+guest+".so"))
	fixture := C.CString(filepath.Join(built, guest))
	if err := taken(C.open_guest(library, fixture)); err != nil {
		return nil, err
	}
	counter, err := value(C.make())
	if err != nil {
		return nil, err
	}
	function := cgo.NewHandle(func(value int64) int64 { return value + step })
	bound, err := value(C.bind(C.uintptr_t(function)))
	return &contestant{
		calls: func() (int64, error) { return value(C.calls()) },
		loops: map[string]loop{
			"void":     floorVoid,
			"int64":    floorEcho,
			"string":   floorText,
			"array":    floorSum,
			"numbers":  floorNumbers,
			"object":   func(n int, _ any) (any, error) { return floorIncrement(n, counter) },
			"callback": func(n int, v any) (any, error) { return floorApply(n, bound, v.(int64)) },
			"error":    floorFail,
		},
	}, err
}

func taken(message *C.char) error {
	if message == nil {
		return nil
	}
	defer C.free(unsafe.Pointer(message))
	return errors.New(C.GoString(message))
}

func value(result C.floor_result) (int64, error) {
	return int64(result.value), taken(result.error)
}

func floorVoid(n int, _ any) (any, error) {
	for ; n > 0; n-- {
		if err := taken(C.nothing()); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func floorEcho(n int, argument any) (any, error) {
	var last int64
	var err error
	number := argument.(int64)
	for ; n > 0 && err == nil; n-- {
		last, err = value(C.echo(C.int64_t(number)))
	}
	return last, err
}

var textCalls = sync.Pool{New: func() any { return C.calloc(1, C.sizeof_text_call) }}

func textOnce(argument string) (string, error) {
	memory := textCalls.Get().(unsafe.Pointer)
	defer textCalls.Put(memory)
	call := (*C.text_call)(memory)
	data := (*C.char)(unsafe.Pointer(unsafe.StringData(argument)))
	C.text(data, C.int64_t(len(argument)), call)
	if call.result.length < 0 {
		return "", taken(call.result.data)
	}
	answer := C.GoStringN(call.result.data, C.int(call.result.length))
	if call.result.data != &call.room[0] {
		C.free(unsafe.Pointer(call.result.data))
	}
	return answer, nil
}

func floorText(n int, argument any) (any, error) {
	var last string
	var err error
	text := argument.(string)
	for ; n > 0 && err == nil; n-- {
		last, err = textOnce(text)
	}
	return last, err
}

func floorSum(n int, argument any) (any, error) {
	var last int64
	var err error
	values := argument.([]int64)
	for ; n > 0 && err == nil; n-- {
		data := (*C.int64_t)(unsafe.Pointer(unsafe.SliceData(values)))
		last, err = value(C.sum(data, C.int64_t(len(values))))
	}
	return last, err
}

func numbersOnce() ([]int64, error) {
	answer := C.numbers()
	if answer.length < 0 {
		return nil, taken((*C.char)(answer.data))
	}
	defer C.free(answer.data)
	numbers := make([]int64, answer.length)
	copy(numbers, unsafe.Slice((*int64)(answer.data), len(numbers)))
	return numbers, nil
}

func floorNumbers(n int, _ any) (any, error) {
	var last []int64
	var err error
	for ; n > 0 && err == nil; n-- {
		last, err = numbersOnce()
	}
	return last, err
}

func floorIncrement(n int, counter int64) (any, error) {
	var last int64
	var err error
	for ; n > 0 && err == nil; n-- {
		last, err = value(C.increment(C.int64_t(counter)))
	}
	return last, err
}

//export call_go
func call_go(function C.uintptr_t, value C.int64_t) (result C.floor_result) {
	defer func() {
		if cause := recover(); cause != nil {
			result.error = C.CString(fmt.Sprint(cause))
		}
	}()
	result.value = C.int64_t(cgo.Handle(function).Value().(func(int64) int64)(int64(value)))
	return result
}

func floorApply(n int, bound, number int64) (any, error) {
	var last int64
	var err error
	for ; n > 0 && err == nil; n-- {
		last, err = value(C.apply(C.int64_t(bound), C.int64_t(number)))
	}
	return last, err
}

func floorFail(n int, _ any) (any, error) {
	var failed int64
	for ; n > 0; n-- {
		if err := taken(C.fail()); err != nil && strings.Contains(err.Error(), luck) {
			failed++
		}
	}
	return failed, nil
}
