//go:build go1.23

package stubs

import (
	"errors"
	"iter"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// Steps go through what an object holds. Each may be nil: without Iterate the
// object is an iterator itself, without HasNext the end is a failure of Next,
// and without any of them the guest's ways for all objects are taken.
type Steps struct {
	Module                 *Module
	Iterate, HasNext, Next *Entity
}

// All goes through the elements of an object. What fails ends it, and is put
// into failed; where that is nil it panics.
func All[E any](steps Steps, object Handle, failed *error) iter.Seq[E] {
	return func(yield func(E) bool) {
		if err := steps.each(object, func(call *Call) (bool, error) {
			element, err := Return[E](call)
			return err == nil && yield(element), err
		}); err != nil {
			give(err, failed)
		}
	}
}

func give(err error, failed *error) {
	if failed == nil {
		panic(err)
	}
	*failed = err
}

// each calls visit with the call that gives each element, until it says false.
func (s Steps) each(object Handle, visit func(*Call) (bool, error)) error {
	if s.Next == nil {
		s.Iterate, s.Next = s.Module.Iterate, s.Module.Next
	}
	if s.Next == nil {
		return errors.New("its guest has no way to go through what this object holds")
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

// ended is the error of an iterator's last step; that it is at its end is none.
func ended(err error, byFailure bool) error {
	var failure *metaffi.MetaFFIError
	if byFailure && errors.As(err, &failure) && failure.TypeName == "StopIteration" {
		return nil
	}
	return err
}

// All goes through the elements. What fails ends it and is put into failed;
// where that is nil it panics.
func (i *Iterable[E]) All(failed *error) iter.Seq[E] {
	return All[E](Steps{Module: i.module}, i.MetaFFIObject(), failed)
}

// AllEntries goes through the keys and values that a map has now. What fails is
// put into failed; where that is nil it panics.
func AllEntries[K, V any](object Handle, failed *error) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		keys, values, err := xcall.Entries[K, V](object)
		if err != nil {
			give(err, failed)
		}
		for at, key := range keys {
			if !yield(key, values[at]) {
				return
			}
		}
	}
}
