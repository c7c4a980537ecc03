//go:build go1.22

package xcall

import (
	"math"
	"reflect"
)

// PutAny lowers result i by its actual type.
func (f *Frame) PutAny(i int, value any) {
	Put(f, i, LowerAny, value)
}

// LowerAny lowers a value by its actual type: basic types and slices as
// themselves, everything else as a handle.
func LowerAny(to arena, out *Value, value any) error {
	switch x := value.(type) {
	case nil:
		*out = Value{Type: TypeNull}
	case bool:
		*out = boolValue(x)
	case int:
		*out = Value{Type: TypeInt64, Bits: uint64(int64(x))}
	case int64:
		*out = Value{Type: TypeInt64, Bits: uint64(x)}
	case float64:
		*out = Value{Type: TypeFloat64, Bits: math.Float64bits(x)}
	case string:
		return lowerString(to, out, x)
	case []byte:
		return LowerNumbers[byte](TypeUint8)(to, out, x)
	case []string:
		return LowerStrings(to, out, x)
	case []any:
		return LowerAnys(to, out, x)
	case MetaFFIHandle:
		return lowerAs(ObjectOf[MetaFFIHandle])(to, out, x)
	case *MetaFFICallable:
		return lowerFunc(to, out, reflect.ValueOf(x))
	default:
		return lowerReflected(to, out, reflect.ValueOf(value))
	}
	return nil
}

// lowerReflected lowers a value of a named or rarer type by its kind.
func lowerReflected(to arena, out *Value, value reflect.Value) error {
	kind := value.Kind()
	if hasReferences && kind == reflect.String {
		if _, is := value.Interface().(member); is {
			return lowerAs(ObjectOf[any])(to, out, value.Interface())
		}
	}
	if tag := numericTypes[kind]; tag != 0 {
		*out = Value{Type: tag, Bits: numberBits(value)}
		return nil
	}
	switch kind {
	case reflect.Bool:
		*out = boolValue(value.Bool())
	case reflect.String:
		return lowerString(to, out, value.String())
	case reflect.Slice:
		return lowerSlice(to, out, value)
	case reflect.Array:
		if done, err := lowerExact(out, value); done {
			return err
		}
		slice := reflect.New(value.Type()).Elem()
		slice.Set(value)
		return lowerSlice(to, out, slice.Slice(0, value.Len()))
	case reflect.Func:
		return lowerFunc(to, out, value)
	default:
		if done, err := lowerExact(out, value); done {
			return err
		}
		if holder, is := value.Interface().(ValueHolder); is && !isNil(holder) {
			held, err := holder.MetaFFIValue()
			if err != nil {
				return err
			}
			return LowerAny(to, out, held)
		}
		if err, isError := value.Interface().(error); isError && !isNil(err) {
			return lowerError(to, out, err)
		}
		return lowerAs(objectOfReflected)(to, out, value)
	}
	return nil
}

var numericTypes = map[reflect.Kind]Type{
	reflect.Int: TypeInt64, reflect.Int8: TypeInt8, reflect.Int16: TypeInt16,
	reflect.Int32: TypeInt32, reflect.Int64: TypeInt64,
	reflect.Uint: TypeUint64, reflect.Uint8: TypeUint8, reflect.Uint16: TypeUint16,
	reflect.Uint32: TypeUint32, reflect.Uint64: TypeUint64, reflect.Uintptr: TypeSize,
	reflect.Float32: TypeFloat32, reflect.Float64: TypeFloat64,
}

func numberBits(value reflect.Value) uint64 {
	switch {
	case value.CanInt():
		return uint64(value.Int())
	case value.CanUint():
		return value.Uint()
	case value.Kind() == reflect.Float32:
		return uint64(math.Float32bits(float32(value.Float())))
	}
	return math.Float64bits(value.Float())
}
