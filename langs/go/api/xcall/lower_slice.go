//go:build go1.22

package xcall

import (
	"reflect"
	"unsafe"
)

// lowerSlice lowers a slice of which only its reflect.Value is known.
func lowerSlice(to arena, out *Value, slice reflect.Value) error {
	switch element, rank := innermost(slice.Type()); {
	case rank > 1:
		return lowerEach(to, out, element, rank, interfaces(slice), LowerAny)
	case element == TypeAny:
		return LowerAnys(to, out, interfaces(slice))
	case element == TypeHandle:
		return LowerObjects(objectOfReflected)(to, out, reflected(slice))
	case element == TypeCallable:
		return lowerObjects(TypeCallable, funcOfReflected)(to, out, reflected(slice))
	case element == TypeString8:
		texts := unsafe.Slice((*string)(slice.UnsafePointer()), slice.Len())
		return LowerStrings(to, out, texts)
	default:
		if _, err := to.inside(); err != nil {
			return err
		}
		*out = Value{Type: element | TypeArray, Dims: 1, Length: uint64(slice.Len())}
		of := slice.Type().Elem()
		size := uintptr(slice.Len()) * of.Size()
		return to.content(out, slice.UnsafePointer(), size, uintptr(of.Align()))
	}
}

// innermost returns the type of a slice's innermost elements, and its rank. A
// slice of a higher rank than a slot can express, such as one whose elements
// are of its own type, is a slice of elements of any type.
func innermost(slice reflect.Type) (Type, int) {
	rank := 0
	of := slice
	for (of.Kind() == reflect.Slice || of.Kind() == reflect.Array) && !isUUID(of) {
		of = of.Elem()
		if rank++; rank > maxRank {
			return TypeAny, 1
		}
	}
	switch kind := of.Kind(); {
	case numericTypes[kind] != 0:
		return numericTypes[kind], rank
	case kind == reflect.Bool:
		return TypeBool, rank
	case kind == reflect.String:
		return TypeString8, rank
	case kind == reflect.Interface && of.NumMethod() == 0, isExact(of):
		return TypeAny, rank
	case kind == reflect.Func, of == reflect.TypeFor[*MetaFFICallable]():
		return TypeCallable, rank
	}
	return TypeHandle, rank
}

func interfaces(slice reflect.Value) []any {
	items := make([]any, slice.Len())
	for i := range items {
		items[i] = slice.Index(i).Interface()
	}
	return items
}

func reflected(slice reflect.Value) []reflect.Value {
	items := make([]reflect.Value, slice.Len())
	for i := range items {
		items[i] = slice.Index(i)
	}
	return items
}

// objectOfReflected returns the object of a value that only Go understands. A
// struct is passed as a pointer, so that its methods can be called: to its
// place if that is known, or else to a copy.
func objectOfReflected(value reflect.Value) (*Object, error) {
	if value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if !value.IsValid() {
		return nil, nil
	}
	if value.Kind() != reflect.Struct || value.Type() == reflect.TypeFor[MetaFFIHandle]() {
		return ObjectOf(value.Interface())
	}
	if !value.CanAddr() {
		copied := reflect.New(value.Type()).Elem()
		copied.Set(value)
		value = copied
	}
	return objects.newObject(held{value: value.Addr().Interface(), boxed: true})
}
