//go:build go1.23

package metaffi

import (
	"iter"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Iter iterates over what the object holds or yields: elements, the keys of a
// mapping, the lines of a file. An error ends it: the last Object is one whose
// [Object.Err] is that error.
func (o *Object) Iter() iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		if items := reflect.ValueOf(o.value); o.err == nil && items.Kind() == reflect.Slice {
			for i := range items.Len() {
				if !yield(ObjectOf(items.Index(i).Interface())) {
					return
				}
			}
			return
		}
		results, err := o.member(xcall.MemberOperation, "iterate")
		iterator := given(results, err)
		for iterator.err == nil {
			step, err := iterator.member(xcall.MemberOperation, "advance")
			if err != nil {
				iterator = failed(err)
				break
			}
			if more, is := step[0].(bool); !is || !more || !yield(ObjectOf(step[1])) {
				return
			}
		}
		yield(iterator)
	}
}

// All is [Object.Iter] with each element as a T. An error ends it, and is
// yielded with the zero value.
func All[T any](o *Object) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item := range o.Iter() {
			value, err := As[T](item)
			if !yield(value, err) || err != nil {
				return
			}
		}
	}
}
