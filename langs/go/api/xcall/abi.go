//go:build go1.22

// Package xcall passes values between Go and the frames of a MetaFFI call.
//
// Two directions, two words: lift turns raw slots into Go values, lower turns
// Go values into raw slots. Both a guest's generated glue and the Go host API
// use it. It is pure Go, so that it can be a virtual package of any module;
// what only C can do is passed to it in a [Native]. Any goroutine may enter.
//
// The build constraint above raises the language version of these files if the
// module that they are put into requires an older one.
package xcall

import "unsafe"

// ABIVersion is METAFFI_ABI_VERSION of the header that this package mirrors.
const ABIVersion = 1

// Type is metaffi_type: one bit for a scalar, combined with TypeArray and
// TypePacked.
type Type uint32

// The scalar types and the two bits that mark an array.
const (
	TypeFloat64  Type = 1 << 0
	TypeFloat32  Type = 1 << 1
	TypeInt8     Type = 1 << 2
	TypeInt16    Type = 1 << 3
	TypeInt32    Type = 1 << 4
	TypeInt64    Type = 1 << 5
	TypeUint8    Type = 1 << 6
	TypeUint16   Type = 1 << 7
	TypeUint32   Type = 1 << 8
	TypeUint64   Type = 1 << 9
	TypeBool     Type = 1 << 10
	TypeChar8    Type = 1 << 11
	TypeString8  Type = 1 << 12
	TypeString16 Type = 1 << 13
	TypeString32 Type = 1 << 14
	TypeHandle   Type = 1 << 15
	TypeArray    Type = 1 << 16
	TypeSize     Type = 1 << 17
	TypeAny      Type = 1 << 18
	TypeNull     Type = 1 << 19
	TypeCallable Type = 1 << 20
	TypeChar16   Type = 1 << 21
	TypeChar32   Type = 1 << 22
	TypePacked   Type = 1 << 24
)

// Ownership tells how long the content of a slot is valid.
type Ownership uint8

// The three ownerships of the header.
const (
	Borrowed    Ownership = 0
	InArena     Ownership = 1
	Transferred Ownership = 2
)

// The flags of an argument that is an array, METAFFI_FILLABLE and METAFFI_WRITABLE.
const (
	fillable uint16 = 1 << 0
	writable uint16 = 1 << 1
)

// Value is metaffi_value: one tagged slot. The payload is stored as bits, never
// as a Go pointer type: the memory is C's, and Go's write barrier must not look
// at what it held before.
type Value struct {
	Type      Type
	Dims      uint8
	Ownership Ownership
	Flags     uint16
	Length    uint64
	Bits      uint64
}

// Text is metaffi_str.
type Text struct {
	Data   uintptr
	Length uint64
}

// Object is metaffi_object. It is always C's memory.
type Object struct {
	Vtable uintptr
	Owner  uint64
	Data   uintptr
}

// buffer is metaffi_buffer.
type buffer struct {
	base Object
	data uintptr
	size uint64
}

// cError is metaffi_error.
type cError struct {
	structSize uint32
	kind       Status
	message    Text
	language   Text
	typeName   Text
	stackTrace Text
	cause      uintptr
	original   uintptr
	release    uintptr
	// Errors of earlier versions end before readStackTrace.
	readStackTrace uintptr
}

// objectVtable is metaffi_object_vtable.
type objectVtable struct {
	abiVersion, structSize uint32
	retain, release        uintptr
	exact, mapping         uint32
	// Vtables of earlier versions end before these functions.
	items, entries, method, typeOf, member, describe uintptr
}

// exactObject is metaffi_exact_object.
type exactObject struct {
	Object
	kind, reserved uint32
	text           Text
	object         uintptr
}

// exactError is METAFFI_EXACT_ERROR, the kind of an errorObject.
const exactError = 9

// errorObject is metaffi_error_object.
type errorObject struct {
	exactObject
	err uintptr
}

// Status is metaffi_status: StatusOK or the kind of an error.
type Status uint32

// The kinds of errors.
const (
	StatusOK         Status = 0
	ErrorArgument    Status = 1
	ErrorNotFound    Status = 2
	ErrorLoad        Status = 3
	ErrorSignature   Status = 4
	ErrorGuest       Status = 5
	ErrorPanic       Status = 6
	ErrorReleased    Status = 7
	ErrorABI         Status = 8
	ErrorUnsupported Status = 9
	ErrorInternal    Status = 10
)

// Frame is metaffi_frame: one call. It belongs to the caller and to one thread.
type Frame struct {
	args      uintptr
	rets      uintptr
	nargs     uint32
	nrets     uint32
	arenaNext uintptr
	arenaEnd  uintptr
	arenaGrow uintptr
	err       uintptr
}

const valueSize = unsafe.Sizeof(Value{})

// pointer views an address in C's memory. (A conversion would be the same, but
// vet cannot tell that it is not Go memory, which might move.)
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

// arg returns the slot of argument i.
func (f *Frame) arg(i int) *Value {
	return (*Value)(unsafe.Add(pointer(f.args), uintptr(i)*valueSize))
}

// ret returns the slot of result i.
func (f *Frame) ret(i int) *Value {
	return (*Value)(unsafe.Add(pointer(f.rets), uintptr(i)*valueSize))
}

// object returns the object of a handle, a callable or a transferred buffer.
func (v *Value) object() *Object {
	return (*Object)(pointer(uintptr(v.Bits)))
}

// data returns the content of a string or an array, wherever it is stored.
func (v *Value) data() unsafe.Pointer {
	if v.Ownership != Transferred {
		return pointer(uintptr(v.Bits))
	}
	held := (*buffer)(pointer(uintptr(v.Bits)))
	if held == nil {
		return nil
	}
	return pointer(held.data)
}
