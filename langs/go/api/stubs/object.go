package stubs

import (
	"fmt"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

func init() { xcall.UseReferences() }

// Class is what a type of the stubs stands for.
type Class struct {
	Module *Module
	// ID is what the guest calls it.
	ID string
	// Bases are those that it derives from.
	Bases []*Class
}

// derives says whether it is the class or derives from it.
func (c *Class) derives(from string) bool {
	if c.ID == from {
		return true
	}
	for _, base := range c.Bases {
		if base.derives(from) {
			return true
		}
	}
	return false
}

// Reference is what stands for an object of the guest: every type of the stubs.
type Reference interface {
	MetaFFIObject() Handle
}

// Typed is a pointer to a type of the stubs.
type Typed interface {
	xcall.Lifted
	MetaFFIClass() *Class
}

// Object is an object of the guest, which keeps it until nothing in Go refers to
// it any more, or Release is called.
type Object struct {
	handle Handle
}

// MetaFFIObject is the reference to the object.
func (o *Object) MetaFFIObject() Handle { return o.handle }

// MetaFFILift makes it stand for an object.
func (o *Object) MetaFFILift(handle Handle) error {
	o.handle = handle
	return nil
}

// Release gives the object back to its guest now. It cannot be used after.
func (o *Object) Release() { o.handle.Release() }

// Text is what an object is as text, by its guest; where that has no such, or
// fails, it says so.
func Text(module *Module, object Handle) string {
	if module.Text == nil {
		return object.String()
	}
	call := module.Text.On(object)
	text, err := ReturnText(&call)
	if err != nil {
		return fmt.Sprintf("%s (%v)", object, err)
	}
	return text
}

// Same says whether two are one object, or equal by their guest.
func Same(module *Module, object Handle, other any) (bool, error) {
	reference, is := other.(Reference)
	if is && object.Same(reference.MetaFFIObject()) {
		return true, nil
	}
	if module.Equal == nil {
		return false, nil
	}
	call := module.Equal.On(object)
	call.Value(other)
	equal, err := Return[any](&call)
	answer, _ := equal.(bool)
	return answer, err
}

// Cast is an object as one of another of its classes, as a cast of its language
// does. The guest is not asked: methods that it does not have fail when called.
func Cast[T Typed](object Reference) T {
	made := newOf[T]()
	_ = made.MetaFFILift(object.MetaFFIObject())
	return made
}

// As is a value as an object of a class, as a type assertion is: false when the
// guest says that it is none. Of a guest that does not know it is [Cast].
func As[T Typed](value any) (T, bool) {
	var none T
	if own, is := value.(T); is {
		return own, true
	}
	handle, is := handleOf(value)
	if !is {
		return none, false
	}
	made := newOf[T]()
	if class := made.MetaFFIClass(); class.Module.SupertypesOf != nil && !class.holds(handle) {
		return none, false
	}
	return made, made.MetaFFILift(handle) == nil
}

// MapOf is a value as a map: what is a mapping for its guest gives its entries,
// which are copied.
func MapOf[T any](value any) (T, error) {
	if own, is := value.(T); is {
		return own, nil
	}
	handle, is := handleOf(value)
	if !is {
		var none T
		return none, fmt.Errorf("%T is no object of a guest", value)
	}
	return xcall.MapOf[T](handle)
}

func newOf[T Typed]() T {
	return reflect.New(reflect.TypeFor[T]().Elem()).Interface().(T)
}

func handleOf(value any) (Handle, bool) {
	switch value := value.(type) {
	case Handle:
		return value, value != Handle{}
	// What can be called may have a class with methods, too.
	case *xcall.MetaFFICallable:
		return value.MetaFFIHandle, value.MetaFFIHandle != Handle{}
	case Reference:
		handle := value.MetaFFIObject()
		return handle, handle != Handle{}
	}
	return Handle{}, false
}

// holds asks the guest whether an object is of the class.
func (c *Class) holds(object Handle) bool {
	for _, name := range c.Module.classesOf(object) {
		if name == c.ID {
			return true
		}
	}
	return false
}

// classesOf are the ids of all classes of an object, nearest first.
func (m *Module) classesOf(object Handle) []string {
	if m.SupertypesOf == nil {
		return nil
	}
	call := m.SupertypesOf.Begin()
	call.Value(object)
	names, err := Return[[]string](&call)
	if err != nil {
		return nil
	}
	return names
}
