//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"slices"
)

// The entries below serve maps and channels of all types, by reflection: a
// guest has one of each, no matter how many types its signatures name.

// collectionIn returns the object of such a call, dereferenced if it is a
// pointer.
func collectionIn(f *Frame, kinds ...reflect.Kind) reflect.Value {
	value := reflect.ValueOf(Arg(f, 0, Any))
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	if !slices.Contains(kinds, value.Kind()) {
		err := fmt.Errorf("expected a %s, got %s", kinds[0], f.arg(0).describe())
		panic(&argumentError{index: 0, err: err})
	}
	return value
}

// MapLen is the entry that counts the keys of a map.
func MapLen(f *Frame) error {
	f.PutInt64(0, int64(collectionIn(f, reflect.Map).Len()))
	return nil
}

// MapKeys is the entry that returns the keys of a map, as a slice in no
// particular order.
func MapKeys(f *Frame) error {
	of := collectionIn(f, reflect.Map)
	keys := reflect.MakeSlice(reflect.SliceOf(of.Type().Key()), 0, of.Len())
	Put(f, 0, lowerReflected, reflect.Append(keys, of.MapKeys()...))
	return nil
}

// MapHas is the entry that reports whether a map has a key. A value that cannot
// be a key of it is not one.
func MapHas(f *Frame) error {
	of := collectionIn(f, reflect.Map)
	key, err := liftOf(of.Type().Key())(f.arg(1))
	f.PutBool(0, err == nil && of.MapIndex(key).IsValid())
	return nil
}

// MapIndex is the entry that returns the value of a key, or the zero value if
// there is none.
func MapIndex(f *Frame) error {
	of := collectionIn(f, reflect.Map)
	value := of.MapIndex(Arg(f, 1, liftOf(of.Type().Key())))
	if !value.IsValid() {
		value = reflect.Zero(of.Type().Elem())
	}
	Put(f, 0, lowerReflectedResult, value)
	return nil
}

// SetMapIndex is the entry that sets the value of a key.
func SetMapIndex(f *Frame) error {
	of := collectionIn(f, reflect.Map)
	key := Arg(f, 1, liftOf(of.Type().Key()))
	of.SetMapIndex(key, Arg(f, 2, liftOf(of.Type().Elem())))
	return nil
}

// MapDelete is the entry that removes a key from a map.
func MapDelete(f *Frame) error {
	of := collectionIn(f, reflect.Map)
	of.SetMapIndex(Arg(f, 1, liftOf(of.Type().Key())), reflect.Value{})
	return nil
}

// ChanSend is the entry that sends a value on a channel.
func ChanSend(f *Frame) error {
	of := collectionIn(f, reflect.Chan)
	of.Send(Arg(f, 1, liftOf(of.Type().Elem())))
	return nil
}

// ChanClose is the entry that closes a channel.
func ChanClose(f *Frame) error {
	collectionIn(f, reflect.Chan).Close()
	return nil
}

// isForeign reports whether a slot holds an object of another runtime that has
// functions for its content.
func isForeign(v *Value) bool {
	return v.isObject() && v.object() != nil && v.object().Owner != native.Owner && v.object().canBeAsked()
}

// collected converts a mapping of another runtime to the map T, or something
// iterable to the channel T, which is closed at the end.
func collected[T any](v *Value) (value T, done bool, err error) {
	made, done, err := collectedAs(reflect.TypeFor[T](), v)
	if done && err == nil {
		value = made.Interface().(T)
	}
	return value, done, err
}

func collectedAs(of reflect.Type, v *Value) (made reflect.Value, done bool, err error) {
	switch kind := of.Kind(); {
	case kind == reflect.Map && isForeign(v):
		made, err = mapOfForeign(of, v.object())
	case kind == reflect.Chan && of.ChanDir() != reflect.SendDir && (v.Type.isArray() || isForeign(v)):
		made, err = chanOf(of, v)
	default:
		return made, false, nil
	}
	if err == nil {
		made = made.Convert(of)
	}
	return made, true, err
}

func chanOf(of reflect.Type, v *Value) (reflect.Value, error) {
	items, err := itemsOf(of.Elem(), v)
	if err != nil {
		return reflect.Value{}, err
	}
	made := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, of.Elem()), len(items))
	for _, item := range items {
		made.Send(item)
	}
	made.Close()
	return made, nil
}

// liftMapAs lifts a map of this Go, or converts a mapping to one.
func liftMapAs(of reflect.Type) reflectedLift {
	own := liftObjectAs(of)
	return func(v *Value) (reflect.Value, error) {
		if isForeign(v) {
			return mapOfForeign(of, v.object())
		}
		return own(v)
	}
}

// MapOf returns a mapping of another runtime as the map T.
func MapOf[T any](handle MetaFFIHandle) (T, error) {
	var none T
	of := reflect.TypeFor[T]()
	switch {
	case of.Kind() != reflect.Map:
		return none, fmt.Errorf("%s is not a map", of)
	case handle.reference == nil:
		return none, nil
	case !handle.reference.use():
		return none, errReleasedHandle()
	}
	defer handle.reference.done()
	made, err := mapOfForeign(of, handle.reference.object)
	if err != nil {
		return none, err
	}
	return made.Interface().(T), nil
}

func mapOfForeign(of reflect.Type, object *Object) (reflect.Value, error) {
	made := reflect.MakeMap(of)
	err := object.eachEntry(func(key, value *Value) error {
		lifted, err := liftOf(of.Key())(key)
		if err != nil {
			return fmt.Errorf("a key: %w", err)
		}
		of, err := liftOf(of.Elem())(value)
		if err != nil {
			return inEntry(lifted, err)
		}
		made.SetMapIndex(lifted, of)
		return nil
	})
	return made, err
}

// itemsOf returns the elements of an array, or those that an object iterates
// over.
func itemsOf(element reflect.Type, v *Value) ([]reflect.Value, error) {
	var items []reflect.Value
	lift := liftOf(element)
	add := func(slot *Value) error {
		item, err := lift(slot)
		if err != nil {
			return fmt.Errorf("element %d: %w", len(items), err)
		}
		items = append(items, item)
		return nil
	}
	if v.Type.isArray() {
		return items, v.eachElement(add)
	}
	err := v.object().query(queryItems, 1, func(f *callFrame) error {
		if f.ret(0).isNull() {
			return fmt.Errorf("%s cannot be iterated over", v.describe())
		}
		return f.ret(0).eachElement(add)
	})
	return items, err
}

// sliceOfForeign returns the elements that an object of another runtime
// iterates over, as a slice.
func sliceOfForeign(of reflect.Type, v *Value) (reflect.Value, error) {
	items, err := itemsOf(of.Elem(), v)
	if err != nil {
		return reflect.Value{}, err
	}
	made := reflect.MakeSlice(of, 0, len(items))
	return reflect.Append(made, items...), nil
}
