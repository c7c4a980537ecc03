package stubs

import (
	"fmt"
	"reflect"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

func init() { xcall.UseReferences() }

// Class describes the class that a type of the stubs stands for.
type Class struct {
	Module *Module
	// ID is the guest's name of it.
	ID string
	// Bases are the classes that it derives from.
	Bases []*Class
}

// derives reports whether it is the class or derives from it.
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

// Reference is implemented by every type of the stubs: it refers to an object
// of the guest.
type Reference interface {
	MetaFFIObject() Handle
}

// Typed is implemented by pointers to types of the stubs.
type Typed interface {
	xcall.Lifted
	MetaFFIClass() *Class
}

// Object is an object of the guest. The guest keeps it until nothing in Go
// refers to it any more, or Release is called.
type Object struct {
	handle Handle
}

// MetaFFIObject returns the reference to the object.
func (o *Object) MetaFFIObject() Handle { return o.handle }

// MetaFFILift sets the object that it refers to.
func (o *Object) MetaFFILift(handle Handle) error {
	o.handle = handle
	return nil
}

// Release releases the object now. It cannot be used afterwards.
func (o *Object) Release() { o.handle.Release() }

// Text returns an object as text, as its guest writes it. If the guest cannot
// or fails, the text says so.
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

// Same reports whether two objects are the same, or equal according to their
// guest.
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

// Cast returns an object as another of its classes, as a cast of its language
// does. The guest does not check it: methods that the object does not have fail
// when they are called.
func Cast[T Typed](object Reference) T {
	made := newOf[T]()
	_ = made.MetaFFILift(object.MetaFFIObject())
	return made
}

// As returns a value as an object of a class, as a type assertion does: false
// if the guest says that it is not one. For a guest that cannot tell, it is
// [Cast].
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

// MapOf returns a value as a map: the entries of a mapping of the guest are
// copied.
func MapOf[T any](value any) (T, error) {
	if own, is := value.(T); is {
		return own, nil
	}
	handle, is := handleOf(value)
	if !is {
		var none T
		return none, fmt.Errorf("%T is not an object of a guest", value)
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
	// A callable may also have a class with methods.
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

// classesOf returns the IDs of all classes of an object, nearest first.
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
