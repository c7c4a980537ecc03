//go:build go1.22

package xcall

import (
	"fmt"
	"unsafe"
)

// Numbers lifts an array of numbers, the elements of which the caller declares
// as want: a copy of the memory when they are, else one by one.
func Numbers[T number](want Type) func(*Value) ([]T, error) {
	return func(v *Value) ([]T, error) {
		contiguous := v.Type.element() == want && v.Type.isArray() && v.Dims <= 1
		if !contiguous || want.size() != unsafe.Sizeof(T(0)) || v.Length == 0 {
			return each(v, Number[T])
		}
		source := unsafe.Slice((*T)(v.data()), int(v.Length))
		items := make([]T, len(source)) // with the copy right behind, it is not zeroed
		copy(items, source)
		return items, nil
	}
}

// Bytes lifts an array of bytes.
func Bytes[T ~uint8](v *Value) ([]T, error) {
	if v.Type.isString() {
		return nil, mismatch[[]T](v)
	}
	return Numbers[T](TypeUint8)(v)
}

// Each lifts an array, each element with lift. At rank 2 and above the
// elements are rows, and lift is that of an array.
func Each[T any](lift func(*Value) (T, error)) func(*Value) ([]T, error) {
	return func(v *Value) ([]T, error) { return each(v, lift) }
}

func each[T any](v *Value, lift func(*Value) (T, error)) ([]T, error) {
	if v.isNull() {
		return nil, nil
	}
	if !v.Type.isArray() {
		return nil, mismatch[[]T](v)
	}
	items := make([]T, v.Length)
	for i := range items {
		element := v.at(uint64(i))
		item, err := lift(&element)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
		items[i] = item
	}
	return items, nil
}

// Slice lifts a slice as the named type S.
func Slice[S ~[]T, T any](lift func(*Value) ([]T, error)) func(*Value) (S, error) {
	return func(v *Value) (S, error) {
		items, err := lift(v)
		return items, err
	}
}

// Exactly refuses an array of another length than n, for Go's arrays.
func Exactly[T any](n int, lift func(*Value) ([]T, error)) func(*Value) ([]T, error) {
	return func(v *Value) ([]T, error) {
		items, err := lift(v)
		if err == nil && len(items) != n {
			err = fmt.Errorf("expected %d elements, got %d", n, len(items))
		}
		return items, err
	}
}

// at is element i as a slot of its own; it borrows from the array.
func (v *Value) at(i uint64) Value {
	element := v.Type.element()
	if v.holdsSlots() {
		return *(*Value)(unsafe.Add(v.data(), uintptr(i)*valueSize))
	}
	return load(element, unsafe.Add(v.data(), uintptr(i)*element.size()))
}

// load reads an element of a contiguous array into a slot.
func load(element Type, from unsafe.Pointer) Value {
	slot := Value{Type: element}
	switch element {
	case TypeInt8:
		slot.Bits = uint64(*(*int8)(from))
	case TypeInt16:
		slot.Bits = uint64(*(*int16)(from))
	case TypeInt32:
		slot.Bits = uint64(*(*int32)(from))
	case TypeUint8, TypeBool, TypeChar8:
		slot.Bits = uint64(*(*uint8)(from))
	case TypeUint16, TypeChar16:
		slot.Bits = uint64(*(*uint16)(from))
	case TypeUint32, TypeChar32, TypeFloat32:
		slot.Bits = uint64(*(*uint32)(from))
	case TypeString8, TypeString16, TypeString32:
		text := (*Text)(from)
		slot.Bits, slot.Length = uint64(text.Data), text.Length
	default:
		slot.Bits = *(*uint64)(from)
	}
	return slot
}
