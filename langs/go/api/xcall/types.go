//go:build go1.22

package xcall

import (
	"fmt"
	"strings"
)

var typeNames = map[Type]string{
	TypeFloat64: "float64", TypeFloat32: "float32",
	TypeInt8: "int8", TypeInt16: "int16", TypeInt32: "int32", TypeInt64: "int64",
	TypeUint8: "uint8", TypeUint16: "uint16", TypeUint32: "uint32", TypeUint64: "uint64",
	TypeBool: "bool", TypeSize: "size",
	TypeChar8: "char8", TypeChar16: "char16", TypeChar32: "char32",
	TypeString8: "string8", TypeString16: "string16", TypeString32: "string32",
	TypeHandle: "handle", TypeAny: "any", TypeNull: "null", TypeCallable: "callable",
}

// element returns the type of an array's elements; 0 for an untyped one.
func (t Type) element() Type {
	return t &^ (TypeArray | TypePacked)
}

// isArray reports whether it is an array of any form.
func (t Type) isArray() bool {
	return t&TypeArray != 0
}

// String returns the name of the type as MetaFFI's interfaces write it.
func (t Type) String() string {
	if t == TypeArray {
		return "array"
	}
	name, known := typeNames[t.element()]
	if !known {
		return fmt.Sprintf("type %#x", uint32(t))
	}
	switch {
	case t&TypePacked != 0:
		return name + "_packed_array"
	case t.isArray():
		return name + "_array"
	}
	return name
}

// describe names what a slot holds, for the "got" of an error.
func (v *Value) describe() string {
	text := v.Type.String()
	if v.Dims > 1 {
		text += strings.Repeat("[]", int(v.Dims)-1)
	}
	if v.isObject() {
		return describeHandle(v.object())
	}
	return text
}

// size returns the width of an element in a contiguous array.
func (t Type) size() uintptr {
	switch t {
	case TypeInt8, TypeUint8, TypeBool, TypeChar8:
		return 1
	case TypeInt16, TypeUint16, TypeChar16:
		return 2
	case TypeInt32, TypeUint32, TypeFloat32, TypeChar32:
		return 4
	case TypeInt64, TypeUint64, TypeFloat64, TypeSize, TypeHandle, TypeCallable:
		return 8
	case TypeString8, TypeString16, TypeString32:
		return 16
	}
	return valueSize
}
