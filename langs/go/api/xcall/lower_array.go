//go:build go1.22

package xcall

import (
	"fmt"
	"unicode/utf8"
	"unsafe"
)

// LowerNumbers lowers a slice of numbers as a contiguous array of the type
// element; both have the same memory layout.
func LowerNumbers[T number | ~bool](element Type) Lower[[]T] {
	return func(to arena, out *Value, items []T) error {
		if _, err := to.inside(); err != nil {
			return err
		}
		*out = Value{Type: element | TypeArray, Dims: 1, Length: uint64(len(items))}
		size := uintptr(len(items)) * unsafe.Sizeof(*new(T))
		return to.content(out, unsafe.Pointer(unsafe.SliceData(items)), size, unsafe.Alignof(*new(T)))
	}
}

// LowerStrings lowers a slice of strings; their bytes are stored together after
// the elements.
func LowerStrings[T ~string](to arena, out *Value, items []T) error {
	total := 0
	for i, item := range items {
		if !utf8.ValidString(string(item)) {
			return fmt.Errorf("element %d: %w", i, errInvalidText)
		}
		total += len(item)
	}
	texts, err := elements[Text](to, out, TypeString8, 1, len(items))
	if err != nil {
		return err
	}
	at, err := to.alloc(uintptr(total), 1)
	if err != nil {
		return err
	}
	for i, item := range items {
		at = placeText(&texts[i], string(item), at)
	}
	return nil
}

// LowerObjects lowers a slice as an array of handles.
func LowerObjects[T any](object func(T) (*Object, error)) Lower[[]T] {
	return lowerObjects(TypeHandle, object)
}

// lowerObjects lowers a slice as an array of handles or of callables.
func lowerObjects[T any](element Type, object func(T) (*Object, error)) Lower[[]T] {
	return func(to arena, out *Value, items []T) error {
		handles, err := elements[uintptr](to, out, element, 1, len(items))
		if err != nil {
			return err
		}
		for i, item := range items {
			given, err := object(item)
			if err != nil {
				releaseAll(handles[:i])
				return fmt.Errorf("element %d: %w", i, err)
			}
			handles[i] = uintptr(unsafe.Pointer(given))
		}
		return nil
	}
}

func releaseAll(handles []uintptr) {
	for _, handle := range handles {
		if handle != 0 {
			native.Release((*Object)(pointer(handle)))
		}
	}
}

// LowerAnys lowers a slice of values of any type.
func LowerAnys(to arena, out *Value, items []any) error {
	return lowerEach(to, out, TypeAny, 1, items, LowerAny)
}

// LowerRows lowers a slice of rows as an array of the given rank, each row
// with lower; element is the type of the innermost elements.
func LowerRows[T any](element Type, rank int, lower Lower[T]) Lower[[]T] {
	return func(to arena, out *Value, rows []T) error {
		return lowerEach(to, out, element, rank, rows, lower)
	}
}

func lowerEach[T any](to arena, out *Value, element Type, rank int, items []T, lower Lower[T]) error {
	inside, err := to.inside()
	if err != nil {
		return err
	}
	slots, err := elements[Value](to, out, element, rank, len(items))
	if err != nil {
		return err
	}
	for i, item := range items {
		if err := lower(inside, &slots[i], item); err != nil {
			for done := range slots[:i] {
				slots[done].release()
			}
			return inElement(i, err)
		}
	}
	return nil
}

// elements makes room for an array's elements in the arena.
func elements[E Text | Value | uintptr](to arena, out *Value, element Type, rank, count int) ([]E, error) {
	if _, err := to.inside(); err != nil {
		return nil, err
	}
	if count == 0 {
		*out = Value{Type: element | TypeArray, Dims: uint8(rank), Ownership: InArena}
		return nil, nil
	}
	var one E
	memory, err := to.alloc(uintptr(count)*unsafe.Sizeof(one), unsafe.Alignof(one))
	if err != nil {
		return nil, err
	}
	*out = Value{
		Type: element | TypeArray, Dims: uint8(rank), Ownership: InArena,
		Length: uint64(count), Bits: uint64(uintptr(memory)),
	}
	return unsafe.Slice((*E)(memory), count), nil
}

// release releases what a lowered slot owns, at any depth.
func (v *Value) release() {
	if v.Type.isArray() {
		v.releaseElements()
	}
	if v.Ownership == Transferred && v.Bits != 0 {
		native.Release(v.object())
	}
}

func (v *Value) releaseElements() {
	element := v.Type.element()
	objects := element == TypeHandle || element == TypeCallable
	if !v.holdsSlots() && !objects {
		return
	}
	for i := range v.Length {
		slot := v.at(i)
		if v.Dims <= 1 && objects {
			slot.Ownership = Transferred
		}
		slot.release()
	}
}
