//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"unsafe"
)

// arrayLowering lowers Go slices and arrays as arrays of a declared type.
type arrayLowering struct {
	element Type
	lower   lowerArgument
	// kind is the kind of the Go type whose memory has the layout of the
	// elements.
	kind reflect.Kind
}

var contiguousKinds = map[Type]reflect.Kind{
	TypeFloat64: reflect.Float64, TypeFloat32: reflect.Float32,
	TypeInt8: reflect.Int8, TypeInt16: reflect.Int16, TypeInt32: reflect.Int32,
	TypeInt64: reflect.Int64, TypeUint8: reflect.Uint8, TypeUint16: reflect.Uint16,
	TypeUint32: reflect.Uint32, TypeUint64: reflect.Uint64, TypeSize: reflect.Uint64,
	TypeBool: reflect.Bool, TypeChar8: reflect.Uint8, TypeChar16: reflect.Uint16,
	TypeChar32: reflect.Int32,
}

// lowerArrayAs returns the lowering of an array; an element of 0 is untyped.
func lowerArrayAs(element Type, rank int) lowerArgument {
	if element == 0 {
		return lowerUntyped
	}
	array := arrayLowering{element: element, lower: lowering(TypeInfo{Type: element})}
	array.kind = contiguousKinds[element]
	return func(f *callFrame, out *Value, arg any) error {
		return array.rank(f, out, rank, reflect.ValueOf(arg))
	}
}

// lowerUntyped lowers a slice by the types of its elements.
func lowerUntyped(f *callFrame, out *Value, arg any) error {
	switch reflect.ValueOf(arg).Kind() {
	case reflect.Slice, reflect.Array, reflect.Invalid:
		return lowerAnything(f, out, arg)
	}
	return typeMismatch{}
}

// rank lowers an array of the given rank; -1 is the rank of the Go type.
func (a *arrayLowering) rank(f *callFrame, out *Value, rank int, items reflect.Value) error {
	if items.Kind() == reflect.Interface {
		items = items.Elem()
	}
	switch items.Kind() {
	case reflect.Invalid:
		*out = Value{Type: TypeNull}
		return nil
	case reflect.Slice, reflect.Array:
	default:
		return typeMismatch{}
	}
	if rank < 0 {
		if _, rank = innermost(items.Type()); rank > 1 || a.element != TypeAny {
			return a.rank(f, out, rank, items)
		}
		return lowerUntyped(f, out, items.Interface())
	}
	if rank > 1 {
		return a.rows(f, out, rank, items)
	}
	return a.row(f, out, items)
}

func (a *arrayLowering) rows(f *callFrame, out *Value, rank int, items reflect.Value) error {
	slots, err := elements[Value](f.here(), out, a.element, rank, items.Len())
	if err != nil {
		return err
	}
	out.Ownership = Borrowed
	f.depth++
	defer func() { f.depth-- }()
	for i := range slots {
		if err := a.rank(f, &slots[i], rank-1, items.Index(i)); err != nil {
			return a.inElement(i, rank-1, items.Index(i), err)
		}
	}
	return nil
}

// row lowers an array of rank 1: as one piece of memory if it is one.
func (a *arrayLowering) row(f *callFrame, out *Value, items reflect.Value) error {
	if _, err := f.here().inside(); err != nil {
		return err
	}
	kind := items.Type().Elem().Kind()
	if a.kind != 0 && (kind == a.kind || isWord(kind, a.kind)) {
		return a.contiguous(f, out, items)
	}
	switch a.element {
	case TypeString8, TypeString16, TypeString32:
		return eachElement(a, f, out, items, func(text *Text, slot *Value) {
			*text = Text{Data: uintptr(slot.Bits), Length: slot.Length}
		})
	case TypeHandle, TypeCallable:
		return eachElement(a, f, out, items, func(object *uintptr, slot *Value) {
			*object = uintptr(slot.Bits) // 0 for null
		})
	case TypeAny:
		return eachElement(a, f, out, items, func(element, slot *Value) { *element = *slot })
	}
	return a.numbers(f, out, items)
}

// isWord reports whether Go's int or uint has the wanted kind.
func isWord(kind, wanted reflect.Kind) bool {
	return unsafe.Sizeof(int(0)) == 8 &&
		(kind == reflect.Int && wanted == reflect.Int64 ||
			(kind == reflect.Uint || kind == reflect.Uintptr) && wanted == reflect.Uint64)
}

func (a *arrayLowering) contiguous(f *callFrame, out *Value, items reflect.Value) error {
	if items.Kind() == reflect.Array {
		copied := reflect.New(items.Type()).Elem()
		copied.Set(items)
		items = copied.Slice(0, items.Len())
	}
	*out = Value{Type: a.element | TypeArray, Dims: 1, Length: uint64(items.Len())}
	if items.Len() == 0 {
		return nil
	}
	size := a.element.size()
	return f.borrow(out, items.UnsafePointer(), uintptr(items.Len())*size, size)
}

// lowerFilled lowers a slice of such numbers as itself, for the callee to fill,
// and everything else with others.
func lowerFilled(element Type, others lowerArgument) lowerArgument {
	kind := contiguousKinds[element]
	if element&(integerTypes|TypeFloat64|TypeFloat32) == 0 {
		return others
	}
	return func(f *callFrame, out *Value, arg any) error {
		items := reflect.ValueOf(arg)
		if items.Kind() != reflect.Slice || items.Len() == 0 {
			return others(f, out, arg)
		}
		if of := items.Type().Elem().Kind(); of != kind && !isWord(of, kind) {
			return others(f, out, arg)
		}
		*out = Value{Type: element | TypeArray, Dims: 1, Flags: fillable, Length: uint64(items.Len())}
		f.lend(out, items.UnsafePointer())
		return nil
	}
}

// eachElement lowers elements one by one, each with place.
func eachElement[E Text | Value | uintptr](
	a *arrayLowering, f *callFrame, out *Value, items reflect.Value, place func(*E, *Value),
) error {
	made, err := elements[E](f.here(), out, a.element, 1, items.Len())
	if err != nil {
		return err
	}
	out.Ownership = Borrowed
	f.depth++
	defer func() { f.depth-- }()
	for i := range made {
		var slot Value
		if err := a.lower(f, &slot, items.Index(i).Interface()); err != nil {
			return a.inElement(i, 0, items.Index(i), err)
		}
		place(&made[i], &slot)
	}
	return nil
}

// numbers lowers elements of types other than the declared one.
func (a *arrayLowering) numbers(f *callFrame, out *Value, items reflect.Value) error {
	width, count := a.element.size(), items.Len()
	*out = Value{Type: a.element | TypeArray, Dims: 1, Length: uint64(count)}
	memory, err := f.alloc(width*uintptr(count), width)
	if err != nil {
		return err
	}
	out.Bits = uint64(uintptr(memory))
	for i := range count {
		var slot Value
		if err := a.lower(f, &slot, items.Index(i).Interface()); err != nil {
			return a.inElement(i, 0, items.Index(i), err)
		}
		store(unsafe.Add(memory, uintptr(i)*width), width, slot.Bits)
	}
	return nil
}

// store writes the low bytes of a number.
func store(at unsafe.Pointer, width uintptr, bits uint64) {
	switch width {
	case 1:
		*(*uint8)(at) = uint8(bits)
	case 2:
		*(*uint16)(at) = uint16(bits)
	case 4:
		*(*uint32)(at) = uint32(bits)
	default:
		*(*uint64)(at) = bits
	}
}

func (a *arrayLowering) inElement(i, rank int, item reflect.Value, err error) error {
	if _, missed := err.(typeMismatch); missed {
		declared := TypeInfo{Type: a.element, Dims: rank}.Normalized()
		err = fmt.Errorf("expected %s, got %s", declared, describeGo(item.Interface()))
	}
	return inElement(i, err)
}
