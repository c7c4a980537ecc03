//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"sync"
)

// typedLifts holds how results are lifted, by their types; each is chosen once.
var typedLifts sync.Map

func typedLift(of reflect.Type) reflectedLift {
	if known, ok := typedLifts.Load(of); ok {
		return known.(reflectedLift)
	}
	known, _ := typedLifts.LoadOrStore(of, liftOf(of))
	return known.(reflectedLift)
}

// liftAsDescribed returns how values are lifted whose types define it
// themselves: those of classes, and nullable ones; nil for all other types.
func liftAsDescribed(of reflect.Type) reflectedLift {
	if lift := liftReceiverAs(of); lift != nil {
		return lift
	}
	described := reflect.TypeFor[Lifted]()
	switch kind := of.Kind(); {
	case kind == reflect.Pointer && of.Implements(described):
		return liftDescribed(of, of.Elem(), func(made reflect.Value) reflect.Value { return made })
	case kind != reflect.Interface && reflect.PointerTo(of).Implements(described):
		return liftDescribed(of, of, reflect.Value.Elem)
	case kind == reflect.Pointer && isPlain(of.Elem().Kind()):
		return liftNullable(of)
	}
	return nil
}

func isPlain(kind reflect.Kind) bool {
	return numericTypes[kind] != 0 || kind == reflect.Bool || kind == reflect.String
}

// liftDescribed makes a new value from the object; `as` converts it to the
// wanted type.
func liftDescribed(of, made reflect.Type, as func(reflect.Value) reflect.Value) reflectedLift {
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() {
			return reflect.Zero(of), nil
		}
		if !v.isObject() {
			return reflect.Value{}, fmt.Errorf("expected %s, got %s", of, v.describe())
		}
		object, err := anyObject(v)
		if err != nil {
			return reflect.Value{}, err
		}
		if failure, ok := object.(*MetaFFIError); ok {
			object = failure.Original()
		}
		if function, ok := object.(*MetaFFICallable); ok {
			object = function.MetaFFIHandle // a class that can be called
		}
		handle, foreign := object.(MetaFFIHandle)
		if !foreign {
			if found := reflect.ValueOf(object); found.Type().AssignableTo(of) {
				return found, nil
			}
			handle = ownHandle(v.object())
		}
		value := reflect.New(made)
		err = value.Interface().(Lifted).MetaFFILift(handle)
		return as(value), err
	}
}

// liftNullable lifts a plain value, or null, as a pointer.
func liftNullable(of reflect.Type) reflectedLift {
	lift := liftOf(of.Elem())
	return func(v *Value) (reflect.Value, error) {
		if v.isNull() {
			return reflect.Zero(of), nil
		}
		value, err := lift(v)
		if err != nil {
			return reflect.Value{}, err
		}
		made := reflect.New(of.Elem())
		made.Elem().Set(value)
		return made, nil
	}
}
