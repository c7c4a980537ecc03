//go:build go1.22

package xcall

import (
	"math"
	"reflect"
	"unicode/utf16"
	"unsafe"
)

// lowerArgument lowers an argument of a call as its declared type. The slot is
// borrowed: what it refers to belongs to the frame or to the caller.
type lowerArgument func(f *callFrame, out *Value, arg any) error

// typeMismatch is the error of an argument whose type cannot be converted; the caller
// knows the names of both types.
type typeMismatch struct{}

func (typeMismatch) Error() string { return "the type does not fit" }

// lowering returns the function that lowers arguments of a declared type.
func lowering(declared TypeInfo) lowerArgument {
	if declared.Type.isArray() {
		return lowerArrayAs(declared.Type.element(), declared.Dims)
	}
	switch declared.Type {
	case TypeInt64:
		return lowerInt64
	case TypeFloat64:
		return lowerFloat64
	case TypeString8:
		return lowerText
	case TypeBool:
		return lowerBool
	case TypeAny:
		return lowerAnything
	case TypeNull:
		return lowerNull
	case TypeHandle:
		return lowerHandle
	case TypeCallable:
		return lowerFunction
	case TypeString16, TypeString32:
		return lowerWideAs(declared.Type)
	}
	return lowerNumberAs(declared.Type)
}

func lowerInt64(_ *callFrame, out *Value, arg any) error {
	switch x := arg.(type) {
	case int64:
		*out = Value{Type: TypeInt64, Bits: uint64(x)}
		return nil
	case int:
		*out = Value{Type: TypeInt64, Bits: uint64(int64(x))}
		return nil
	}
	return lowerNumber[int64](TypeInt64, out, arg)
}

func lowerFloat64(_ *callFrame, out *Value, arg any) error {
	if x, ok := arg.(float64); ok {
		*out = Value{Type: TypeFloat64, Bits: math.Float64bits(x)}
		return nil
	}
	var number Value
	if err := numberOf(&number, arg); err != nil {
		return err
	}
	x, err := Number[float64](&number)
	*out = Value{Type: TypeFloat64, Bits: math.Float64bits(x)}
	return err
}

func lowerFloat32(_ *callFrame, out *Value, arg any) error {
	var number Value
	if err := numberOf(&number, arg); err != nil {
		return err
	}
	x, err := Number[float32](&number)
	*out = Value{Type: TypeFloat32, Bits: uint64(math.Float32bits(x))}
	return err
}

// lowerNumberAs returns the lowering of the rarer numbers and of characters.
func lowerNumberAs(declared Type) lowerArgument {
	by := map[Type]func(Type, *Value, any) error{
		TypeInt8: lowerNumber[int8], TypeInt16: lowerNumber[int16], TypeInt32: lowerNumber[int32],
		TypeUint8: lowerNumber[uint8], TypeUint16: lowerNumber[uint16],
		TypeUint32: lowerNumber[uint32], TypeUint64: lowerNumber[uint64],
		TypeSize: lowerNumber[uint64], TypeInt64: lowerNumber[int64],
		TypeChar8: lowerNumber[uint8], TypeChar16: lowerNumber[uint16], TypeChar32: lowerNumber[uint32],
	}[declared]
	switch {
	case declared == TypeFloat32:
		return lowerFloat32
	case by == nil:
		return func(*callFrame, *Value, any) error {
			return &unsupported{what: declared.String() + " as an argument"}
		}
	}
	return func(_ *callFrame, out *Value, arg any) error { return by(declared, out, arg) }
}

// lowerNumber lowers an integer of any type, if T can hold it.
func lowerNumber[T integer](declared Type, out *Value, arg any) error {
	var number Value
	if err := numberOf(&number, arg); err != nil {
		return err
	}
	if number.Type&(TypeFloat32|TypeFloat64) != 0 {
		return typeMismatch{}
	}
	x, err := Number[T](&number)
	*out = Value{Type: declared, Bits: uint64(x)} // sign-extended, as T is
	return err
}

// numberOf lowers a Go number of any type, including named ones, by its own
// type.
func numberOf(out *Value, arg any) error {
	value := reflect.ValueOf(arg)
	tag := numericTypes[value.Kind()]
	if tag == 0 {
		return typeMismatch{}
	}
	*out = Value{Type: tag, Bits: numberBits(value)}
	return nil
}

func lowerBool(_ *callFrame, out *Value, arg any) error {
	x, ok := arg.(bool)
	if !ok {
		value := reflect.ValueOf(arg)
		if value.Kind() != reflect.Bool {
			return typeMismatch{}
		}
		x = value.Bool()
	}
	*out = boolValue(x)
	return nil
}

func lowerNull(_ *callFrame, out *Value, arg any) error {
	if !isNil(arg) {
		return typeMismatch{}
	}
	*out = Value{Type: TypeNull}
	return nil
}

// textOf returns a Go string, also one of a named type; it returns false for
// anything else.
func textOf(arg any) (string, bool) {
	if text, ok := arg.(string); ok {
		return text, true
	}
	if value := reflect.ValueOf(arg); value.Kind() == reflect.String {
		return value.String(), true
	}
	return "", false
}

func lowerText(f *callFrame, out *Value, arg any) error {
	text, ok := textOf(arg)
	if !ok {
		return lowerNullable(out, arg)
	}
	if err := checkText(text); err != nil {
		return err
	}
	*out = Value{Type: TypeString8, Length: uint64(len(text))}
	return f.borrow(out, unsafe.Pointer(unsafe.StringData(text)), uintptr(len(text)), 1)
}

// lowerNullable lowers nil as null, for types that are nullable in other
// languages.
func lowerNullable(out *Value, arg any) error {
	if arg != nil {
		return typeMismatch{}
	}
	*out = Value{Type: TypeNull}
	return nil
}

func lowerWideAs(encoding Type) lowerArgument {
	return func(f *callFrame, out *Value, arg any) error {
		text, ok := textOf(arg)
		if !ok {
			return lowerNullable(out, arg)
		}
		return lowerWide(f, out, encoding, text)
	}
}

// lowerWide lowers text in UTF-16 or UTF-32.
func lowerWide(f *callFrame, out *Value, encoding Type, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	units := []rune(text)
	*out = Value{Type: encoding, Length: uint64(len(units)) * 4}
	if encoding == TypeString32 {
		return f.content(out, unsafe.Pointer(unsafe.SliceData(units)), uintptr(out.Length), 4)
	}
	halves := utf16.Encode(units)
	out.Length = uint64(len(halves)) * 2
	return f.content(out, unsafe.Pointer(unsafe.SliceData(halves)), uintptr(out.Length), 2)
}

func lowerAnything(f *callFrame, out *Value, arg any) error {
	switch x := arg.(type) {
	case string:
		return lowerText(f, out, arg)
	case MetaFFIHandle:
		return lowerForeign(f, out, x)
	}
	if err := LowerAny(f.here(), out, arg); err != nil {
		return err
	}
	f.own(out)
	return nil
}

// lowerHandle lowers a handle, or any Go value as an object of this library.
func lowerHandle(f *callFrame, out *Value, arg any) error {
	if handle, ok := arg.(MetaFFIHandle); ok {
		return lowerForeign(f, out, handle)
	}
	if foreign, ok := arg.(*MetaFFIError); ok && foreign.Original().reference != nil {
		return lowerForeign(f, out, foreign.Original())
	}
	if holder, is := arg.(ValueHolder); is && !isNil(arg) {
		held, err := holder.MetaFFIValue()
		if err != nil {
			return err
		}
		return lowerHandle(f, out, held)
	}
	object, err := ObjectOf(arg)
	if err != nil {
		return err
	}
	if object == nil {
		*out = Value{Type: TypeNull}
		return nil
	}
	*out = handleValue(object)
	f.own(out)
	return nil
}

// lowerForeign borrows a handle for the duration of the call.
func lowerForeign(f *callFrame, out *Value, handle MetaFFIHandle) error {
	held := handle.reference
	if held == nil {
		*out = Value{Type: TypeNull}
		return nil
	}
	if !held.use() {
		return errReleasedHandle()
	}
	f.inUse = append(f.inUse, held)
	*out = Value{Type: TypeHandle, Bits: uint64(uintptr(unsafe.Pointer(held.object)))}
	return nil
}

// lowerFunction lowers a Go func, or a function of another runtime. Null is nil.
func lowerFunction(f *callFrame, out *Value, arg any) error {
	if object := again(arg); object != nil {
		*out = callableValue(object)
		f.own(out)
		return nil
	}
	if isNil(arg) {
		*out = Value{Type: TypeNull}
		return nil
	}
	value := reflect.ValueOf(arg)
	if _, foreign := arg.(*MetaFFICallable); !foreign && value.Kind() != reflect.Func {
		return typeMismatch{}
	}
	if err := lowerFunc(f.here(), out, value); err != nil {
		return err
	}
	f.own(out)
	return nil
}
