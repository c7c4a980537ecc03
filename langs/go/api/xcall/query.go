//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"unsafe"
)

// The functions of an object of another runtime that can be called.
const (
	queryItems       = unsafe.Offsetof(objectVtable{}.items)
	queryEntries     = unsafe.Offsetof(objectVtable{}.entries)
	queryDescription = unsafe.Offsetof(objectVtable{}.describe)
)

// query calls a function of the object's vtable, and calls `take` with the
// results while they are valid.
func (o *Object) query(what uintptr, results int, take func(*callFrame) error) error {
	f, err := newCallFrame(0, results)
	if err != nil {
		return err
	}
	defer f.done()
	status := native.Call(o.Vtable+what, uintptr(unsafe.Pointer(o)), uintptr(unsafe.Pointer(f.callMemory)))
	if status != StatusOK {
		return takeFailure(status, f.err)
	}
	err = take(f)
	for i := range results {
		f.ret(i).release()
	}
	return err
}

// eachEntry visits the keys and values of a mapping.
func (o *Object) eachEntry(visit func(key, value *Value) error) error {
	return o.query(queryEntries, 2, func(f *callFrame) error {
		keys, values := f.ret(0), f.ret(1)
		if keys.isNull() {
			return fmt.Errorf("%s is not a mapping", describeHandle(o))
		}
		if keys.Length != values.Length {
			return fmt.Errorf("the mapping returned %d keys and %d values", keys.Length, values.Length)
		}
		for i := range keys.Length {
			key, value := keys.at(i), values.at(i)
			if err := visit(&key, &value); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachElement visits the elements of an array.
func (v *Value) eachElement(visit func(*Value) error) error {
	for i := range v.Length {
		element := v.at(i)
		if err := visit(&element); err != nil {
			return err
		}
	}
	return nil
}

// Entries returns the keys and values that a mapping of another runtime has
// now.
func Entries[K, V any](of MetaFFIHandle) (keys []K, values []V, err error) {
	if of.reference == nil || !of.reference.use() {
		return nil, nil, errReleasedHandle()
	}
	defer of.reference.done()
	object := of.reference.object
	if object.Owner == native.Owner || !object.canBeAsked() {
		return nil, nil, errorf(ErrorUnsupported, "%s is not a mapping whose entries can be listed", describeHandle(object))
	}
	liftKey, liftValue := typedLift(reflect.TypeFor[K]()), typedLift(reflect.TypeFor[V]())
	err = object.eachEntry(func(key, value *Value) error {
		k, err := liftAs[K](liftKey, key)
		if err != nil {
			return fmt.Errorf("a key: %w", err)
		}
		v, err := liftAs[V](liftValue, value)
		if err != nil {
			return inEntry(k, err)
		}
		keys, values = append(keys, k), append(values, v)
		return nil
	})
	return keys, values, err
}

func liftAs[T any](lift reflectedLift, v *Value) (value T, err error) {
	lifted, err := lift(v)
	if err == nil && lifted.IsValid() {
		reflect.ValueOf(&value).Elem().Set(lifted)
	}
	return value, err
}
