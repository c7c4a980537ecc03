//go:build go1.23

package xcall

import (
	"iter"
	"reflect"
)

// pullFrom pulls the elements of a sequence; nil if it is not one.
func pullFrom(sequence reflect.Value) (next func() ([]reflect.Value, bool), stop func()) {
	if !isSequence(sequence.Type()) {
		return nil, nil
	}
	if sequence.Type().In(0).NumIn() == 2 {
		pull, stop := iter.Pull2(sequence.Seq2())
		return func() ([]reflect.Value, bool) {
			key, value, ok := pull()
			return []reflect.Value{key, value}, ok
		}, stop
	}
	pull, stop := iter.Pull(sequence.Seq())
	return func() ([]reflect.Value, bool) {
		value, ok := pull()
		return []reflect.Value{value}, ok
	}, stop
}
