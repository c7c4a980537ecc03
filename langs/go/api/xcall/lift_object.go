//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
)

// Any lifts argument i by its actual type.
func (f *Frame) Any(i int) any {
	return Arg(f, i, Any)
}

// AnyAs lifts a value by its actual type, for an interface type that every
// value implements.
func AnyAs[T any](v *Value) (T, error) {
	value, err := Any(v)
	as, _ := value.(T) // fails only for nil
	return as, err
}

// Receiver lifts the object of a method, which must not be null.
func Receiver[T any](f *Frame) T {
	slot := f.arg(0)
	if slot.isNull() {
		panic(&argumentError{index: 0, err: mismatch[T](slot)})
	}
	return Arg(f, 0, Pointer[T])
}

// NoInstance ends a call whose object is not an instance of the generic type.
func NoInstance(f *Frame, generic string) error {
	got := f.arg(0).describe()
	if object := f.arg(0).object(); object != nil && object.Owner == native.Owner {
		got = fmt.Sprintf("%T", objects.get(object).value)
	}
	panic(&argumentError{index: 0, err: fmt.Errorf("expected an instance of %s, got %s", generic, got)})
}

// Pointer lifts a value that is kept in Go and passed as a handle: a pointer, a
// map, a channel, a complex number, a value of an interface. Null is nil.
func Pointer[T any](v *Value) (T, error) {
	forgetDropped() // what was released is freed, even if nothing is passed out
	var none T
	if v.isNull() {
		if !nilable[T]() {
			return none, mismatch[T](v)
		}
		return none, nil
	}
	if v.isObject() && v.object().Owner == native.Owner {
		if value, ok := own[T](objects.get(v.object())); ok {
			return value, nil
		}
	}
	if err := errorIn(v); err != nil {
		if value, ok := any(err).(T); ok {
			return value, nil
		}
	}
	if value, done, err := fromExact[T](v); done {
		return value, err
	}
	if value, done, err := implemented[T](v); done {
		return value, err
	}
	if value, done, err := collected[T](v); done {
		return value, err
	}
	return none, mismatch[T](v)
}

// own returns the value as T; what was passed by value and is wanted as an
// interface is a value again, if it fits.
func own[T any](entry held) (T, bool) {
	if entry.boxed && reflect.TypeFor[T]().Kind() == reflect.Interface {
		if value, ok := unboxed(entry).(T); ok {
			return value, true
		}
	}
	value, ok := entry.value.(T)
	return value, ok
}

func unboxed(entry held) any {
	return reflect.ValueOf(entry.value).Elem().Interface()
}

// Struct lifts a struct by value: a copy of what the handle points to.
func Struct[T any](v *Value) (T, error) {
	forgetDropped()
	if v.isObject() && v.object() != nil && v.object().Owner == native.Owner {
		switch value := objects.get(v.object()).value.(type) {
		case *T:
			if value != nil {
				return *value, nil
			}
		case T:
			return value, nil
		}
	}
	if value, done, err := fromExact[T](v); done {
		return value, err
	}
	var none T
	return none, mismatch[T](v)
}

// OrObject lifts what lift lifts, and what the object of a method may be in
// addition: a handle to such a value, or to a pointer to one.
func OrObject[T any](lift func(*Value) (T, error)) func(*Value) (T, error) {
	return func(v *Value) (T, error) {
		if v.Type == TypeHandle {
			return Struct[T](v)
		}
		return lift(v)
	}
}

func nilable[T any]() bool {
	switch reflect.TypeFor[T]().Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.Interface,
		reflect.UnsafePointer:
		return true
	}
	return false
}

// anyObject returns the original of an object that came back, or else a handle.
func anyObject(v *Value) (any, error) {
	forgetDropped()
	object := v.object()
	switch {
	case object == nil:
		return nil, nil
	case object.Owner != native.Owner && v.Type == TypeCallable:
		return newCallable(object), nil
	case object.Owner != native.Owner:
		if value, is := passed(object); is {
			return value, nil
		}
		native.Retain(object)
		return newHandle(object), nil
	}
	entry := objects.get(object)
	if entry.exportedFunc != nil && entry.exportedFunc.plan == nil {
		return newCallable(object), nil // this is a member, which is not a func of Go
	}
	if entry.boxed {
		return unboxed(entry), nil
	}
	return entry.value, nil
}

// passed returns the Go value that an object of another runtime stands for: an
// error, or the value that it describes; false for all other objects.
func passed(object *Object) (any, bool) {
	exact := object.exact()
	switch {
	case exact == nil:
		return nil, false
	case exact.kind == exactError:
		return passedError(object), true
	}
	return exactValue(exact)
}
