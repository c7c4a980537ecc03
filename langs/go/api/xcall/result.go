//go:build go1.22

package xcall

import (
	"math"
	"reflect"
)

// takeValue lifts a result by its actual type; the slot is used up. If objects
// are declared, mappings are objects.
func takeValue(v *Value, declared Type) (any, error) {
	switch v.Type {
	case TypeNull:
		return nil, nil
	case TypeInt64:
		return int64(v.Bits), nil
	case TypeFloat64:
		return math.Float64frombits(v.Bits), nil
	case TypeBool:
		return v.Bits != 0, nil
	case TypeHandle:
		if declared == TypeAny && v.isMapping() {
			value, err := anyMap(v, 0)
			v.release()
			return value, err
		}
		return takeObject(v.object()), nil
	case TypeCallable:
		return takeCallable(v)
	}
	if v.Type.isArray() && !v.fits(MaxDepth) {
		v.release()
		return nil, errTooDeep
	}
	depth := 0
	if declared.element() == TypeHandle {
		depth = asObjects
	}
	value, err := anyWithin(v, depth)
	v.release()
	if err == nil && v.Type.isArray() && v.Type.element() == TypeHandle {
		value = asHandles(value, int(v.Dims))
	}
	return value, err
}

// takeObject returns the original of an object that came back, or else a handle
// that takes ownership of the reference.
func takeObject(object *Object) any {
	switch {
	case object == nil:
		return nil
	case object.Owner != native.Owner:
		if value, is := passed(object); is {
			native.Release(object)
			return value
		}
		return newHandle(object)
	}
	entry := objects.get(object)
	releaseObject(object)
	if entry.boxed {
		return unboxed(entry)
	}
	return entry.value
}

// takeCallable returns the original of a func that came back, or else a
// function to call.
func takeCallable(v *Value) (any, error) {
	value, err := anyObject(v)
	v.Ownership = Transferred
	v.release()
	return value, err
}

// asHandles makes []MetaFFIHandle, [][]MetaFFIHandle … from an array of objects
// none of which is Go's own; null is the zero handle.
func asHandles(value any, rank int) any {
	if rank == 0 {
		switch handle := value.(type) {
		case nil:
			return MetaFFIHandle{}
		case MetaFFIHandle:
			return handle
		}
		return nil
	}
	items := reflect.ValueOf(value)
	of := reflect.TypeFor[MetaFFIHandle]()
	for range rank {
		of = reflect.SliceOf(of)
	}
	if value == nil || items.IsNil() {
		return reflect.Zero(of).Interface()
	}
	made := reflect.MakeSlice(of, items.Len(), items.Len())
	for i := range items.Len() {
		item := asHandles(items.Index(i).Interface(), rank-1)
		if item == nil || reflect.TypeOf(item) != of.Elem() {
			return value
		}
		made.Index(i).Set(reflect.ValueOf(item))
	}
	return made.Interface()
}
