//go:build go1.22

package xcall

import (
	"math"
	"unicode/utf8"
	"unsafe"
)

// PutInt64 lowers result i.
func (f *Frame) PutInt64(i int, x int64) {
	*f.ret(i) = Value{Type: TypeInt64, Bits: uint64(x)}
}

// PutSigned lowers result i as a signed integer of the given type.
func PutSigned[T ~int8 | ~int16 | ~int32 | ~int64 | ~int](f *Frame, i int, as Type, x T) {
	*f.ret(i) = Value{Type: as, Bits: uint64(int64(x))}
}

// PutUnsigned lowers result i as an unsigned integer of the given type.
func PutUnsigned[T ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uint | ~uintptr](f *Frame, i int, as Type, x T) {
	*f.ret(i) = Value{Type: as, Bits: uint64(x)}
}

// PutFloat64 lowers result i.
func (f *Frame) PutFloat64(i int, x float64) {
	*f.ret(i) = Value{Type: TypeFloat64, Bits: math.Float64bits(x)}
}

// PutFloat32 lowers result i.
func (f *Frame) PutFloat32(i int, x float32) {
	*f.ret(i) = Value{Type: TypeFloat32, Bits: uint64(math.Float32bits(x))}
}

// PutBool lowers result i.
func (f *Frame) PutBool(i int, x bool) {
	*f.ret(i) = boolValue(x)
}

func boolValue(x bool) Value {
	if x {
		return Value{Type: TypeBool, Bits: 1}
	}
	return Value{Type: TypeBool}
}

// PutString lowers result i.
func (f *Frame) PutString(i int, x string) {
	if err := lowerString(arena{Frame: f}, f.ret(i), x); err != nil {
		panic(&resultError{index: i, err: err})
	}
}

func lowerString(to arena, out *Value, x string) error {
	if err := checkText(x); err != nil {
		return err
	}
	*out = Value{Type: TypeString8, Length: uint64(len(x))}
	return to.content(out, unsafe.Pointer(unsafe.StringData(x)), uintptr(len(x)), 1)
}

// checkText refuses text that is not UTF-8.
func checkText(x string) error {
	if isASCII(x) || utf8.ValidString(x) {
		return nil
	}
	return errInvalidText
}

// isASCII looks at eight bytes at a time: most text is ASCII, and need not be
// decoded.
func isASCII(x string) bool {
	data, whole := unsafe.Pointer(unsafe.StringData(x)), len(x)&^7
	var bits uint64
	for at := 0; at < whole; at += 8 {
		bits |= *(*uint64)(unsafe.Add(data, at)) // the pointer never goes beyond the end
	}
	for at := whole; at < len(x); at++ {
		bits |= uint64(x[at])
	}
	return bits&0x8080808080808080 == 0
}

// Lower turns a Go value into a slot. If it fails, the slot owns nothing.
type Lower[T any] func(to arena, out *Value, value T) error

// Put lowers result i with lower; an error ends the call.
func Put[T any](f *Frame, i int, lower Lower[T], value T) {
	if err := lower(arena{Frame: f}, f.ret(i), value); err != nil {
		panic(&resultError{index: i, err: err})
	}
}
