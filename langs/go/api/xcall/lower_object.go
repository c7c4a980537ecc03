//go:build go1.22

package xcall

import (
	"reflect"
	"unsafe"
)

// ObjectOf returns the object that a value is passed as; one reference passes
// to the receiver. A handle of another runtime is passed as the object that it
// is, a struct in an interface like one whose type is known.
func ObjectOf[T any](value T) (*Object, error) {
	boxed := any(value)
	if handle, ok := boxed.(MetaFFIHandle); ok {
		return handle.retained()
	}
	if isNil(boxed) {
		return nil, nil
	}
	if hasReferences {
		if handle, is, err := referredTo(boxed); is {
			if err != nil {
				return nil, err
			}
			return handle.retained()
		}
	}
	if reflect.TypeOf(boxed).Kind() == reflect.Struct {
		return objectOfReflected(reflect.ValueOf(boxed))
	}
	return objects.newObject(held{value: boxed})
}

// StructOf returns the object that a struct is passed as: the pointer to a
// copy.
func StructOf[T any](value T) (*Object, error) {
	return objects.newObject(held{value: &value, boxed: true})
}

// FieldOf returns the object that a struct inside another value is passed as:
// changes are made in place.
func FieldOf[T any](value *T) (*Object, error) {
	return objects.newObject(held{value: value, boxed: true})
}

// isNil reports whether an interface holds nothing, or a nil pointer, map,
// channel or func: the data word of all of these is the value itself. The same
// is true of a struct or array of one of them, which is not nil.
func isNil(value any) bool {
	if value == nil || (*[2]uintptr)(unsafe.Pointer(&value))[1] != 0 {
		return value == nil
	}
	kind := reflect.TypeOf(value).Kind()
	return kind != reflect.Struct && kind != reflect.Array
}

// PutObject lowers result i as a handle.
func PutObject[T any](f *Frame, i int, value T) {
	Put(f, i, lowerAs(ObjectOf[T]), value)
}

// PutZero lowers result i as a handle to a new zero T.
func PutZero[T any](f *Frame, i int) {
	PutObject(f, i, new(T))
}

// PutStruct lowers result i as a handle to a copy of the struct.
func PutStruct[T any](f *Frame, i int, value T) {
	Put(f, i, lowerAs(StructOf[T]), value)
}

// PutField lowers result i as a handle to the struct where it is.
func PutField[T any](f *Frame, i int, value *T) {
	Put(f, i, lowerAs(FieldOf[T]), value)
}

func lowerAs[T any](object func(T) (*Object, error)) Lower[T] {
	return func(_ arena, out *Value, value T) error {
		given, err := object(value)
		if err == nil {
			*out = handleValue(given)
		}
		return err
	}
}

func handleValue(object *Object) Value {
	return Value{
		Type: TypeHandle, Ownership: Transferred, Bits: uint64(uintptr(unsafe.Pointer(object))),
	}
}
