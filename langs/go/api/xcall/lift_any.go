//go:build go1.22

package xcall

import (
	"fmt"
	"math"
	"reflect"
)

// Any lifts a value by its actual type. A mapping of another runtime becomes a
// map, and so do mappings inside it.
func Any(v *Value) (any, error) {
	return anyWithin(v, 0)
}

// asObjects is the depth at which a mapping of another runtime stays an object.
const asObjects = -1

// anyWithin lifts a value that is nested in that many mappings.
func anyWithin(v *Value, depth int) (any, error) {
	switch v.Type {
	case TypeNull:
		return nil, nil
	case TypeFloat64:
		return math.Float64frombits(v.Bits), nil
	case TypeFloat32:
		return math.Float32frombits(uint32(v.Bits)), nil
	case TypeBool:
		return v.Bits != 0, nil
	case TypeString8, TypeString16, TypeString32:
		return String[string](v)
	case TypeHandle, TypeCallable:
		if depth != asObjects && v.isMapping() {
			return anyMap(v, depth)
		}
		return anyObject(v)
	}
	if v.isInteger() {
		return anyInteger(v), nil
	}
	if v.Type.isArray() {
		return anyArrayWithin(v, depth)
	}
	return nil, &unsupported{what: v.describe() + " as a value of any type"}
}

func anyInteger(v *Value) any {
	switch v.Type {
	case TypeInt8:
		return int8(v.Bits)
	case TypeInt16:
		return int16(v.Bits)
	case TypeInt32:
		return int32(v.Bits)
	case TypeInt64:
		return int64(v.Bits)
	case TypeUint8, TypeChar8:
		return uint8(v.Bits)
	case TypeUint16, TypeChar16:
		return uint16(v.Bits)
	case TypeUint32:
		return uint32(v.Bits)
	case TypeChar32:
		return rune(v.Bits)
	}
	return v.Bits
}

func anyArray(v *Value) (any, error) {
	return anyArrayWithin(v, 0)
}

func anyArrayWithin(v *Value, depth int) (any, error) {
	if v.Dims > 1 {
		return anyRows(v, depth)
	}
	switch element := v.Type.element(); element {
	case TypeFloat64:
		return Numbers[float64](element)(v)
	case TypeFloat32:
		return Numbers[float32](element)(v)
	case TypeInt8:
		return Numbers[int8](element)(v)
	case TypeInt16:
		return Numbers[int16](element)(v)
	case TypeInt32, TypeChar32:
		return Numbers[int32](element)(v)
	case TypeInt64:
		return Numbers[int64](element)(v)
	case TypeUint8, TypeChar8:
		return Numbers[uint8](element)(v)
	case TypeUint16, TypeChar16:
		return Numbers[uint16](element)(v)
	case TypeUint32:
		return Numbers[uint32](element)(v)
	case TypeUint64, TypeSize:
		return Numbers[uint64](element)(v)
	case TypeBool:
		return each(v, Bool[bool])
	case TypeString8, TypeString16, TypeString32:
		return each(v, String[string])
	}
	items, err := each(v, func(item *Value) (any, error) { return anyWithin(item, depth) })
	if err != nil || v.Type.element()&(TypeHandle|TypeCallable) != 0 {
		return items, err
	}
	return alike(items), nil
}

// alike makes [][]T of rows that are all []T: hosts whose lists have no element
// type describe the type of each row only. An empty row fits any T.
func alike(items []any) any {
	var row reflect.Type
	for _, item := range items {
		of := reflect.TypeOf(item)
		switch {
		case of == nil || of.Kind() != reflect.Slice:
			return items
		case isEmptyRow(item) || of == row:
		case row == nil:
			row = of
		default:
			return items
		}
	}
	if row == nil {
		return items
	}
	rows := reflect.MakeSlice(reflect.SliceOf(row), len(items), len(items))
	for i, item := range items {
		if isEmptyRow(item) {
			item = reflect.MakeSlice(row, 0, 0).Interface()
		}
		rows.Index(i).Set(reflect.ValueOf(item))
	}
	return rows.Interface()
}

func isEmptyRow(item any) bool {
	row, untyped := item.([]any)
	return untyped && len(row) == 0
}

var scalarTypes = map[Type]reflect.Type{
	TypeFloat64: reflect.TypeFor[float64](), TypeFloat32: reflect.TypeFor[float32](),
	TypeInt8: reflect.TypeFor[int8](), TypeInt16: reflect.TypeFor[int16](),
	TypeInt32: reflect.TypeFor[int32](), TypeInt64: reflect.TypeFor[int64](),
	TypeUint8: reflect.TypeFor[uint8](), TypeUint16: reflect.TypeFor[uint16](),
	TypeUint32: reflect.TypeFor[uint32](), TypeUint64: reflect.TypeFor[uint64](),
	TypeSize: reflect.TypeFor[uint64](), TypeBool: reflect.TypeFor[bool](),
	TypeChar8: reflect.TypeFor[uint8](), TypeChar16: reflect.TypeFor[uint16](),
	TypeChar32: reflect.TypeFor[rune](), TypeString8: reflect.TypeFor[string](),
	TypeString16: reflect.TypeFor[string](), TypeString32: reflect.TypeFor[string](),
}

// anyRows makes [][]T with the elements' own type, and so on for higher ranks.
func anyRows(v *Value, depth int) (any, error) {
	row := sliceType(v.Type.element(), int(v.Dims)-1)
	rows := reflect.MakeSlice(reflect.SliceOf(row), int(v.Length), int(v.Length))
	for i := range int(v.Length) {
		element := v.at(uint64(i))
		item, err := anyWithin(&element, depth)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
		if item == nil {
			continue // a null row is a nil slice
		}
		if reflect.TypeOf(item) != row {
			return nil, fmt.Errorf("element %d: expected %s, got %s", i, row, element.describe())
		}
		rows.Index(i).Set(reflect.ValueOf(item))
	}
	return rows.Interface(), nil
}

func sliceType(element Type, rank int) reflect.Type {
	of, known := scalarTypes[element]
	if !known {
		of = reflect.TypeFor[any]()
	}
	for range rank {
		of = reflect.SliceOf(of)
	}
	return of
}

// isMapping reports whether it is an object of another runtime that declares
// itself a mapping.
func (v *Value) isMapping() bool {
	object := v.object()
	if object == nil || object.Owner == native.Owner || !object.canBeAsked() {
		return false
	}
	return (*objectVtable)(pointer(object.Vtable)).mapping == 1
}

// anyMap returns a mapping of another runtime as a map[string]any, or a
// map[any]any if not all keys are text. One with keys that Go cannot compare
// stays an object.
func anyMap(v *Value, depth int) (any, error) {
	if depth >= MaxDepth {
		return nil, errTooDeep
	}
	texts, others := map[string]any{}, map[any]any{}
	comparable := true
	err := v.object().eachEntry(func(key, value *Value) error {
		of, err := Any(key)
		if err != nil {
			return fmt.Errorf("a key: %w", err)
		}
		item, err := anyWithin(value, depth+1)
		if err != nil {
			return inEntry(of, err)
		}
		if text, is := of.(string); is {
			texts[text] = item
		} else if comparable = comparable && (of == nil || reflect.TypeOf(of).Comparable()); comparable {
			others[of] = item
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case !comparable:
		return anyObject(v)
	case len(others) == 0:
		return texts, nil
	}
	for key, value := range texts {
		others[key] = value
	}
	return others, nil
}

// inEntry names the value of a mapping that an error is about.
func inEntry(key any, err error) error {
	if err == error(errTooDeep) {
		return err
	}
	return fmt.Errorf("the value of %v: %w", key, err)
}
