// The command is the same package for ctypes: exported by hand, with C types.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"

	"example.com/shop"
)

//export Greet
func Greet(name *C.char) *C.char { return C.CString(shop.Greet(C.GoString(name))) }

//export Free
func Free(text *C.char) { C.free(unsafe.Pointer(text)) }

//export Total
func Total(prices *C.double, count C.int) C.double {
	return C.double(shop.Total(unsafe.Slice((*float64)(unsafe.Pointer(prices)), int(count))))
}

//export Share
func Share(total, people C.long, failure **C.char) C.long {
	share, err := shop.Share(int(total), int(people))
	if err != nil {
		*failure = C.CString(err.Error())
	}
	return C.long(share)
}

func main() {}
