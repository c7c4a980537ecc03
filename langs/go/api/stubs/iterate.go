//go:build go1.23

package stubs

import (
	"errors"
	"iter"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Steps are the entities that iterate over an object. Each may be nil: without
// Iterate the object is itself an iterator, without HasNext an error of Next
// marks the end, and without any of them the guest's operations for all objects
// are used.
type Steps struct {
	Module                 *Module
	Iterate, HasNext, Next *Entity
}

// All iterates over the elements of an object. An error ends it, and is stored
// in failed; if failed is nil, All panics with the error.
func All[E any](steps Steps, object Handle, failed *error) iter.Seq[E] {
	return func(yield func(E) bool) {
		if err := steps.each(object, func(call *Call) (bool, error) {
			element, err := Return[E](call)
			return err == nil && yield(element), err
		}); err != nil {
			fail(err, failed)
		}
	}
}

func fail(err error, failed *error) {
	if failed == nil {
		panic(err)
	}
	*failed = err
}

// each calls visit with the call that returns each element, until visit returns
// false.
func (s Steps) each(object Handle, visit func(*Call) (bool, error)) error {
	if s.Next == nil {
		s.Iterate, s.Next = s.Module.Iterate, s.Module.Next
	}
	if s.Next == nil {
		return errors.New("the guest cannot iterate over this object")
	}
	if s.Iterate != nil {
		call := s.Iterate.On(object)
		iterator, err := Return[Handle](&call)
		if err != nil {
			return err
		}
		object = iterator
	}
	for {
		if s.HasNext != nil {
			call := s.HasNext.On(object)
			if more, err := Return[bool](&call); err != nil || !more {
				return err
			}
		}
		call := s.Next.On(object)
		if more, err := visit(&call); err != nil || !more {
			return ended(err, s.HasNext == nil)
		}
	}
}

// ended returns the error of an iterator's last step, or nil if it only marks
// the end.
func ended(err error, byFailure bool) error {
	var failure *metaffi.MetaFFIError
	if byFailure && errors.As(err, &failure) && failure.TypeName == "StopIteration" {
		return nil
	}
	return err
}

// All iterates over the elements. An error ends it, and is stored in failed; if
// failed is nil, All panics with the error.
func (i *Iterable[E]) All(failed *error) iter.Seq[E] {
	return All[E](Steps{Module: i.module}, i.MetaFFIObject(), failed)
}

// AllEntries iterates over the keys and values that a map has now. An error is
// stored in failed; if failed is nil, AllEntries panics with the error.
func AllEntries[K, V any](object Handle, failed *error) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		keys, values, err := xcall.Entries[K, V](object)
		if err != nil {
			fail(err, failed)
		}
		for at, key := range keys {
			if !yield(key, values[at]) {
				return
			}
		}
	}
}
