//go:build go1.22

package xcall

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
)

// Iterator iterates over a channel or a sequence, for a host that asks for one
// element after the other.
type Iterator struct {
	mutex sync.Mutex
	// pull returns the next element, one value or two, and false after the
	// last.
	pull func() ([]reflect.Value, bool)
	// ahead is the next element, once HasNext has taken it.
	ahead []reflect.Value
	ended bool
	// failure is the error that ended it, if one did.
	failure error
}

// Iterate is the entry that returns an [Iterator] over a channel or a sequence.
func Iterate(f *Frame) error {
	made, err := iteratorOver(collectionIn(f, reflect.Chan, reflect.Func))
	if err != nil {
		panic(&argumentError{index: 0, err: err})
	}
	PutObject(f, 0, made)
	return nil
}

// iteratorOver iterates over elements, keys, or what a channel or a sequence
// yields.
func iteratorOver(of reflect.Value) (*Iterator, error) {
	made := &Iterator{}
	switch of.Kind() {
	case reflect.Chan:
		made.pull = func() ([]reflect.Value, bool) {
			item, ok := of.Recv()
			return []reflect.Value{item}, ok
		}
	case reflect.Slice, reflect.Array:
		at := -1
		made.pull = func() ([]reflect.Value, bool) {
			if at++; at >= of.Len() {
				return nil, false
			}
			return []reflect.Value{of.Index(at)}, true
		}
	case reflect.Map:
		keys := of.MapRange()
		made.pull = func() ([]reflect.Value, bool) {
			if !keys.Next() {
				return nil, false
			}
			return []reflect.Value{keys.Key()}, true
		}
	default:
		var stop func()
		if made.pull, stop = pullFrom(of); made.pull == nil {
			return nil, fmt.Errorf("a %s cannot be iterated over", of.Type())
		}
		runtime.SetFinalizer(made, func(*Iterator) { go stop() })
	}
	return made, nil
}

// IteratorHasNext is the entry that reports whether an iterator has another
// element.
func IteratorHasNext(f *Frame) error {
	it := Receiver[*Iterator](f)
	it.mutex.Lock()
	defer it.mutex.Unlock()
	f.PutBool(0, it.fill())
	return nil
}

func (it *Iterator) fill() bool {
	if it.ahead == nil && !it.ended {
		var ok bool
		if it.ahead, ok = it.pull(); !ok {
			it.ahead, it.ended = nil, true
		}
	}
	return it.ahead != nil
}

// IteratorNext is the entry that returns the next element of an iterator, as
// one result or, for a sequence of pairs, as two.
func IteratorNext(f *Frame) error {
	element, ok, err := Receiver[*Iterator](f).next()
	if err != nil {
		return err
	}
	if !ok {
		return errorf(ErrorArgument, "the iterator is at its end")
	}
	for i, value := range element {
		Put(f, i, lowerReflectedResult, value)
	}
	return nil
}

// next takes the next element, one value or two; false after the last.
func (it *Iterator) next() (element []reflect.Value, ok bool, err error) {
	it.mutex.Lock()
	defer it.mutex.Unlock()
	if !it.fill() {
		return nil, false, it.failure
	}
	element, it.ahead = it.ahead, nil
	return element, true, nil
}

// isSequence reports whether a type is a sequence: func(yield func(V) bool), or
// with two values.
func isSequence(of reflect.Type) bool {
	if of.Kind() != reflect.Func || of.NumIn() != 1 || of.NumOut() != 0 || of.In(0).Kind() != reflect.Func {
		return false
	}
	yield := of.In(0)
	return yield.NumOut() == 1 && yield.Out(0).Kind() == reflect.Bool && (yield.NumIn() == 1 || yield.NumIn() == 2)
}

// sequenceOf returns an array, or what another runtime's object iterates over,
// as the sequence T.
func sequenceOf[T any](v *Value) (value T, done bool, err error) {
	of := reflect.TypeFor[T]()
	if !isSequence(of) || !v.Type.isArray() && !isForeign(v) {
		return value, false, nil
	}
	var rows [][]reflect.Value
	if yield := of.In(0); yield.NumIn() == 2 {
		rows, err = pairsOf(yield, v)
	} else {
		var items []reflect.Value
		items, err = itemsOf(yield.In(0), v)
		for _, item := range items {
			rows = append(rows, []reflect.Value{item})
		}
	}
	if err != nil {
		return value, true, err
	}
	made := reflect.MakeFunc(of, func(args []reflect.Value) []reflect.Value {
		for _, row := range rows {
			if !args[0].Call(row)[0].Bool() {
				break
			}
		}
		return nil
	})
	value, _ = made.Interface().(T)
	return value, true, nil
}

// pairsOf returns the entries of a mapping as arguments of yield.
func pairsOf(yield reflect.Type, v *Value) ([][]reflect.Value, error) {
	if v.Type.isArray() {
		return nil, fmt.Errorf("expected a mapping, got %s", v.describe())
	}
	entries, err := mapOfForeign(reflect.MapOf(yield.In(0), yield.In(1)), v.object())
	if err != nil {
		return nil, err
	}
	var rows [][]reflect.Value
	for _, key := range entries.MapKeys() {
		rows = append(rows, []reflect.Value{key, entries.MapIndex(key)})
	}
	return rows, nil
}
