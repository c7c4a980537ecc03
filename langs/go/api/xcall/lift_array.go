//go:build go1.22

package xcall

import (
	"fmt"
	"unsafe"
)

// Numbers lifts an array of numbers, whose elements the caller declares as
// want: a copy of the memory if they are of that type, or else one by one.
func Numbers[T number](want Type) func(*Value) ([]T, error) {
	return func(v *Value) ([]T, error) {
		source := memoryOf[T](v, want)
		if source == nil {
			return each(v, Number[T])
		}
		items := make([]T, len(source)) // followed directly by the copy, it is not zeroed
		copy(items, source)
		return items, nil
	}
}

// memoryOf returns the caller's memory of an array of numbers; nil if its
// elements are not of the type want, or there are none.
func memoryOf[T number](v *Value, want Type) []T {
	contiguous := v.Type.element() == want && v.Type.isArray() && v.Dims <= 1
	if !contiguous || want.size() != unsafe.Sizeof(T(0)) || v.Length == 0 {
		return nil
	}
	return unsafe.Slice((*T)(v.data()), int(v.Length))
}

// Lent lifts an array of numbers, as Numbers does, for a function that neither
// keeps nor writes to it: as the caller's own memory, which is valid until the
// call returns.
func Lent[T number](want Type) func(*Value) ([]T, error) {
	copied := Numbers[T](want)
	return func(v *Value) ([]T, error) {
		if memory := memoryOf[T](v, want); isAligned(memory) {
			return memory, nil
		}
		return copied(v)
	}
}

// Filled lifts an array of numbers for a function that does not keep it, but
// writes to it: as the caller's own memory if that may be written to, or else
// as a copy.
func Filled[T number](want Type) func(*Value) ([]T, error) {
	lent, copied := Lent[T](want), Numbers[T](want)
	return func(v *Value) ([]T, error) {
		if v.Flags&(fillable|writable) != 0 {
			return lent(v)
		}
		return copied(v)
	}
}

// isAligned reports whether there is memory, aligned as Go aligns it.
func isAligned[T any](memory []T) bool {
	at := uintptr(unsafe.Pointer(unsafe.SliceData(memory)))
	return at != 0 && at%unsafe.Alignof(*new(T)) == 0
}

// CopyBack copies what a function left in its copy of argument i, an array of
// numbers of the type want, to the caller's memory if the caller requires it.
func CopyBack[S ~[]T, T number](f *Frame, i int, want Type, items S) {
	v := f.arg(i)
	if v.Flags&fillable == 0 {
		return
	}
	copy(memoryOf[T](v, want), items) // does nothing if it is the same, borrowed memory
}

// Bytes lifts an array of bytes.
func Bytes[T ~uint8](v *Value) ([]T, error) {
	if v.Type.isString() {
		return nil, mismatch[[]T](v)
	}
	return Numbers[T](TypeUint8)(v)
}

// Each lifts an array, each element with lift. At rank 2 and above the elements
// are rows, and lift lifts an array.
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

// Exactly refuses an array of a length other than n, for Go's arrays.
func Exactly[T any](n int, lift func(*Value) ([]T, error)) func(*Value) ([]T, error) {
	return func(v *Value) ([]T, error) {
		items, err := lift(v)
		if err == nil && len(items) != n {
			err = fmt.Errorf("expected %d elements, got %d", n, len(items))
		}
		return items, err
	}
}

// at returns element i as a slot of its own; it borrows from the array.
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
