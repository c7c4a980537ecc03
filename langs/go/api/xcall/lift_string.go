//go:build go1.22

package xcall

import (
	"unicode/utf16"
	"unsafe"
)

// String lifts argument i: one copy into Go's memory.
func (f *Frame) String(i int) string {
	if v := f.arg(i); v.Type == TypeString8 && v.Ownership == Borrowed {
		return copyString(pointer(uintptr(v.Bits)), v.Length)
	}
	return Arg(f, i, String[string])
}

// LentString lifts argument i for a function that does not keep it: as the
// caller's own memory, which is valid until the call returns.
func (f *Frame) LentString(i int) string {
	if v := f.arg(i); v.Type == TypeString8 && v.Ownership != Transferred {
		return unsafe.String((*byte)(pointer(uintptr(v.Bits))), int(v.Length))
	}
	return Arg(f, i, String[string])
}

func copyString(data unsafe.Pointer, length uint64) string {
	return string(unsafe.Slice((*byte)(data), int(length)))
}

// String lifts a string of any encoding.
func String[T ~string](v *Value) (T, error) {
	if !v.Type.isString() {
		return "", mismatch[T](v)
	}
	return T(decode(v.Type, v.data(), v.Length)), nil
}

func (t Type) isString() bool {
	return t == TypeString8 || t == TypeString16 || t == TypeString32
}

// decode reads a string; its length is in bytes in every encoding.
func decode(encoding Type, data unsafe.Pointer, length uint64) string {
	switch encoding {
	case TypeString16:
		return string(utf16.Decode(unsafe.Slice((*uint16)(data), int(length/2))))
	case TypeString32:
		return string(unsafe.Slice((*rune)(data), int(length/4)))
	}
	return copyString(data, length)
}
