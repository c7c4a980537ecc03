//go:build go1.22

package xcall

import (
	"math"
	"unsafe"
)

// Int64 lifts argument i. The tag is nearly always the declared one; everything
// else that fits is handled in another function, so that this one can be
// inlined.
func (f *Frame) Int64(i int) int64 {
	if v := f.arg(i); v.Type == TypeInt64 {
		return int64(v.Bits)
	}
	return Arg(f, i, Number[int64])
}

// Integer lifts argument i, which is declared as the given type.
func Integer[T integer](f *Frame, i int, declared Type) T {
	if v := f.arg(i); v.Type == declared && unsafe.Sizeof(T(0)) == declared.size() {
		return T(v.Bits)
	}
	return Arg(f, i, Number[T])
}

// Float32 lifts argument i.
func (f *Frame) Float32(i int) float32 {
	if v := f.arg(i); v.Type == TypeFloat32 {
		return math.Float32frombits(uint32(v.Bits))
	}
	return Arg(f, i, Number[float32])
}

// Float64 lifts argument i.
func (f *Frame) Float64(i int) float64 {
	if v := f.arg(i); v.Type == TypeFloat64 {
		return math.Float64frombits(v.Bits)
	}
	return Arg(f, i, Number[float64])
}

// Bool lifts argument i.
func (f *Frame) Bool(i int) bool {
	if v := f.arg(i); v.Type == TypeBool {
		return v.Bits != 0
	}
	return Arg(f, i, Bool[bool])
}

// Arg lifts argument i with lift; a value that does not fit ends the call.
func Arg[T any](f *Frame, i int, lift func(*Value) (T, error)) T {
	slot := f.arg(i)
	if slot.Type.isArray() && !slot.fits(MaxDepth) {
		panic(&argumentError{index: i, err: errTooDeep})
	}
	value, err := lift(slot)
	if err != nil {
		panic(&argumentError{index: i, err: err})
	}
	return value
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type number interface {
	integer | ~float32 | ~float64
}

// Number lifts a number of any type if T can hold it exactly; float32 takes the
// nearest one.
func Number[T number](v *Value) (T, error) {
	if v.Type == TypeFloat64 || v.Type == TypeFloat32 {
		return fromFloat[T](v)
	}
	if !v.isInteger() {
		return 0, mismatch[T](v)
	}
	if v.isSigned() {
		return fromInt[T](v, int64(v.Bits))
	}
	return fromUint[T](v, v.Bits)
}

func (v *Value) isSigned() bool {
	return v.Type&(TypeInt8|TypeInt16|TypeInt32|TypeInt64) != 0
}

const integerTypes = TypeInt8 | TypeInt16 | TypeInt32 | TypeInt64 | TypeUint8 | TypeUint16 |
	TypeUint32 | TypeUint64 | TypeSize | TypeChar8 | TypeChar16 | TypeChar32

func (v *Value) isInteger() bool {
	return v.Type&integerTypes != 0 && v.Type&^integerTypes == 0
}

func fromInt[T number](v *Value, x int64) (T, error) {
	converted := T(x)
	if roundedUp(converted, 1<<63) || int64(converted) != x || (converted < 0) != (x < 0) {
		return 0, outOfRange[T](v)
	}
	return converted, nil
}

func fromUint[T number](v *Value, x uint64) (T, error) {
	converted := T(x)
	if roundedUp(converted, 1<<64) || converted < 0 || uint64(converted) != x {
		return 0, outOfRange[T](v)
	}
	return converted, nil
}

// roundedUp reports whether an integer became a float that its own type cannot
// hold, which a conversion back would not show.
func roundedUp[T number](converted T, limit float64) bool {
	isFloat, _ := isFloat[T]()
	return isFloat && float64(converted) >= limit
}

func fromFloat[T number](v *Value) (T, error) {
	x := v.float()
	switch isFloat, width := isFloat[T](); {
	case !isFloat:
		return 0, mismatch[T](v)
	case width == 4 && !math.IsInf(x, 0) && math.IsInf(float64(float32(x)), 0):
		return 0, outOfRange[T](v)
	}
	return T(x), nil
}

func (v *Value) float() float64 {
	if v.Type == TypeFloat32 {
		return float64(math.Float32frombits(uint32(v.Bits)))
	}
	return math.Float64frombits(v.Bits)
}

func isFloat[T number]() (bool, uintptr) {
	half := 0.5
	return T(half) != 0, unsafe.Sizeof(T(0))
}

// Bool lifts a bool.
func Bool[T ~bool](v *Value) (T, error) {
	if v.Type != TypeBool {
		return false, mismatch[T](v)
	}
	return v.Bits != 0, nil
}

// isNull reports whether it is null, or a null handle.
func (v *Value) isNull() bool {
	return v.Type == TypeNull || (v.isObject() && v.Bits == 0)
}

// isObject reports whether it is a handle or a function.
func (v *Value) isObject() bool {
	return v.Type == TypeHandle || v.Type == TypeCallable
}
