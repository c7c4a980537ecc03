//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"sync"
	"time"
)

// planOf returns the plan of a func type. If it has no glue, the plan is made
// once by reflection.
func planOf(of reflect.Type) *funcPlan {
	if known, ok := funcPlans.Load(of); ok {
		return known.(*funcPlan)
	}
	plan := newFuncPlan(of)
	if plan.call = commonCall(of); plan.call == nil {
		plan.call = reflectedCall(of)
	}
	known, _ := funcPlans.LoadOrStore(of, plan)
	return known.(*funcPlan)
}

// reflectedCall returns the function that calls a func of the type with a
// frame.
func reflectedCall(of reflect.Type) func(any) func(*Frame) error {
	params := make([]reflectedLift, of.NumIn())
	for i := range params {
		params[i] = liftArgument(of.In(i))
	}
	return func(function any) func(*Frame) error {
		value := reflect.ValueOf(function)
		call := value.Call
		if of.IsVariadic() {
			call = value.CallSlice
		}
		return func(f *Frame) error {
			args := make([]reflect.Value, len(params))
			for i, lift := range params {
				args[i] = Arg(f, i, lift)
			}
			return putReflected(f, call(args))
		}
	}
}

// putReflected lowers the results of a func, or returns the error among them.
func putReflected(f *Frame, results []reflect.Value) error {
	for _, result := range results {
		if err := asError(result); err != nil {
			return err
		}
	}
	slot := 0
	for _, result := range results {
		if result.Type() != reflect.TypeFor[error]() {
			Put(f, slot, lowerReflectedResult, result)
			slot++
		}
	}
	return nil
}

func asError(result reflect.Value) error {
	if result.Type() != reflect.TypeFor[error]() || result.IsNil() {
		return nil
	}
	return result.Interface().(error)
}

// lowerReflectedResult lowers a result by its declared kind; the content of an
// interface by its own.
func lowerReflectedResult(to arena, out *Value, result reflect.Value) error {
	if result.Kind() == reflect.Interface {
		return LowerAny(to, out, result.Interface())
	}
	return lowerReflected(to, out, result)
}

// reflectedLift lifts a slot as a value of one type.
type reflectedLift func(*Value) (reflect.Value, error)

// liftOf returns the function that lifts values of the type, which is chosen
// once.
func liftOf(of reflect.Type) reflectedLift {
	if described := liftAsDescribed(of); described != nil {
		return described
	}
	switch kind := of.Kind(); {
	case numericTypes[kind] != 0:
		return liftNumberAs(of)
	case kind == reflect.Bool:
		return lifted(of, Bool[bool])
	case kind == reflect.String:
		return lifted(of, String[string])
	case kind == reflect.Interface && of.NumMethod() == 0:
		return lifted(of, Any)
	case kind == reflect.Slice:
		return liftSliceAs(of)
	case kind == reflect.Func:
		return liftFuncAs(of)
	case kind == reflect.Map:
		return liftMapAs(of)
	case isUUID(of):
		return liftUUIDAs(of)
	}
	return liftObjectAs(of)
}

// lifted returns a lift of this package with its value converted to the given
// type.
func lifted[T any](of reflect.Type, lift func(*Value) (T, error)) reflectedLift {
	return func(v *Value) (reflect.Value, error) {
		value, err := lift(v)
		if err != nil {
			return reflect.Value{}, err
		}
		if made := reflect.ValueOf(&value).Elem(); made.Type() == of {
			return made, nil
		}
		return reflect.ValueOf(value).Convert(of), nil
	}
}

func liftNumberAs(of reflect.Type) reflectedLift {
	if of == reflect.TypeFor[time.Duration]() {
		return liftDuration
	}
	switch of.Kind() {
	case reflect.Int:
		return lifted(of, Number[int])
	case reflect.Int8:
		return lifted(of, Number[int8])
	case reflect.Int16:
		return lifted(of, Number[int16])
	case reflect.Int32:
		return lifted(of, Number[int32])
	case reflect.Int64:
		return lifted(of, Number[int64])
	case reflect.Uint:
		return lifted(of, Number[uint])
	case reflect.Uint8:
		return lifted(of, Number[uint8])
	case reflect.Uint16:
		return lifted(of, Number[uint16])
	case reflect.Uint32:
		return lifted(of, Number[uint32])
	case reflect.Uint64:
		return lifted(of, Number[uint64])
	case reflect.Uintptr:
		return lifted(of, Number[uintptr])
	case reflect.Float32:
		return lifted(of, Number[float32])
	}
	return lifted(of, Number[float64])
}

// liftSliceAs lifts an array of any elements, at any rank.
func liftSliceAs(of reflect.Type) reflectedLift {
	element := of.Elem()
	// Not before there is an element: it may be of the same type.
	lift := sync.OnceValue(func() reflectedLift { return liftOf(element) })
	same := scalarTypes[numericTypes[element.Kind()]] == element
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() {
			return reflect.Zero(of), nil
		}
		if same && v.Dims <= 1 && v.Type.element() == numericTypes[element.Kind()] {
			return lifted(of, anyArray)(v) // contiguous memory of the same type
		}
		if isForeign(v) {
			return sliceOfForeign(of, v)
		}
		if !v.Type.isArray() {
			return reflect.Value{}, fmt.Errorf("expected %s, got %s", of, v.describe())
		}
		items := reflect.MakeSlice(of, int(v.Length), int(v.Length))
		for i := range int(v.Length) {
			slot := v.at(uint64(i))
			item, err := lift()(&slot)
			if err != nil {
				return reflect.Value{}, fmt.Errorf("element %d: %w", i, err)
			}
			items.Index(i).Set(item)
		}
		return items, nil
	}
}

// liftObjectAs lifts a value that is kept in Go: a pointer, a struct, a map.
func liftObjectAs(of reflect.Type) reflectedLift {
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() && of.Kind() != reflect.Struct && of.Kind() != reflect.Array {
			return reflect.Zero(of), nil
		}
		if of == reflect.TypeFor[MetaFFIHandle]() || v.isObject() && v.object() != nil {
			value, err := anyObject(v)
			if err != nil {
				return reflect.Value{}, err
			}
			if found, ok := asType(reflect.ValueOf(value), of, v); ok {
				return found, nil
			}
		}
		if made, done, err := foreignAs(of, v); done {
			return made, err
		}
		return reflect.Value{}, fmt.Errorf("expected %s, got %s", of, v.describe())
	}
}

// foreignAs converts a value of another language to the type.
func foreignAs(of reflect.Type, v *Value) (made reflect.Value, done bool, err error) {
	if made, done, err = exactAs(of, v); done {
		return made, done, err
	}
	if made, done, err = implementedAs(of, v); done {
		return made, done, err
	}
	return collectedAs(of, v)
}

func liftDuration(v *Value) (reflect.Value, error) {
	if made, done, err := exactAs(reflect.TypeFor[time.Duration](), v); done {
		return made, err
	}
	duration, err := Number[time.Duration](v)
	return reflect.ValueOf(duration), err
}

func liftUUIDAs(of reflect.Type) reflectedLift {
	own := liftObjectAs(of)
	return func(v *Value) (reflect.Value, error) {
		if !v.Type.isArray() {
			return own(v)
		}
		octets, err := Exactly(of.Len(), Bytes[byte])(v)
		if err != nil {
			return reflect.Value{}, err
		}
		return reflect.ValueOf(octets).Convert(of), nil
	}
}

// asType returns the value as the type. A struct may be a pointer to one, and a
// value that was passed by value may be asked for as the pointer to it.
func asType(value reflect.Value, of reflect.Type, v *Value) (reflect.Value, bool) {
	switch {
	case !value.IsValid():
		return value, false
	case value.Type().AssignableTo(of):
		return value, true
	case value.Kind() == reflect.Pointer && value.Type().Elem() == of && !value.IsNil():
		return value.Elem(), true
	case v.object().Owner == native.Owner && objects.get(v.object()).boxed:
		boxed := reflect.ValueOf(objects.get(v.object()).value)
		return boxed, boxed.Type().AssignableTo(of)
	}
	return value, false
}

// liftFuncAs makes a func from a foreign function.
func liftFuncAs(of reflect.Type) reflectedLift {
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() {
			return reflect.Zero(of), nil
		}
		if v.isObject() && v.object().Owner == native.Owner {
			value := reflect.ValueOf(objects.get(v.object()).value)
			if value.IsValid() && value.CanConvert(of) {
				return value.Convert(of), nil
			}
		}
		if v.Type != TypeCallable {
			return reflect.Value{}, fmt.Errorf("expected %s, got %s", of, v.describe())
		}
		return reflectedFunc(of, v.object())
	}
}
