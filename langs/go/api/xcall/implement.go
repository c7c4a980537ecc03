//go:build go1.22

package xcall

import (
	"reflect"
	"strings"
	"unsafe"
)

// implementers make a value of an interface from a foreign object that has its
// methods. Packages' init functions fill it; after that it is only read.
var implementers = map[reflect.Type]func(*Foreign) any{}

// Foreign is an object of another runtime that is to implement an interface.
type Foreign struct {
	MetaFFIHandle
	object *Object
	// err is why it cannot.
	err error
}

// implementation is passed as the foreign object that it was made from.
type implementation interface{ MetaFFIObject() MetaFFIHandle }

// member is passed as a foreign object that may have to be fetched first.
type member interface{ MetaFFIMember() (MetaFFIHandle, error) }

// hasReferences reports whether such types exist at all.
var hasReferences bool

// UseReferences makes values of types with a method MetaFFIObject be passed as
// the object that it returns. Only a package's init may call it.
func UseReferences() { hasReferences = true }

// referredTo returns the object that a value stands for; false if it is not
// such a value.
func referredTo(value any) (MetaFFIHandle, bool, error) {
	switch value := value.(type) {
	case implementation:
		return value.MetaFFIObject(), true, nil
	case member:
		handle, err := value.MetaFFIMember()
		return handle, true, err
	}
	return MetaFFIHandle{}, false, nil
}

// Implement sets how foreign objects become values of the interface T. Only a
// package's init may call it.
func Implement[T any](adapt func(*Foreign) T) {
	hasReferences = true
	implementers[reflect.TypeFor[T]()] = func(of *Foreign) any { return adapt(of) }
}

// implemented returns a foreign object as the interface T, if that is possible.
func implemented[T any](v *Value) (value T, done bool, err error) {
	made, done, err := implementing(reflect.TypeFor[T](), v)
	if done {
		value, _ = made.(T)
	}
	return value, done, err
}

func implementing(of reflect.Type, v *Value) (made any, done bool, err error) {
	adapt := implementers[of]
	if streamTypes[of] && isForeign(v) && v.object().hasMembers() {
		// What does not have a file's methods may have those that Go has.
		stream, done, err := streamOf(of, v)
		if err == nil || adapt == nil {
			return stream, done, err
		}
	}
	if adapt == nil || !isForeign(v) {
		return nil, false, nil
	}
	native.Retain(v.object())
	foreign := &Foreign{MetaFFIHandle: newHandle(v.object()), object: v.object()}
	made = adapt(foreign)
	return made, true, foreign.err
}

// implementedAs is implemented for an interface of which only the reflect.Type
// is known.
func implementedAs(of reflect.Type, v *Value) (reflect.Value, bool, error) {
	made, done, err := implementing(of, v)
	value := reflect.New(of).Elem()
	if done && made != nil {
		value.Set(reflect.ValueOf(made))
	}
	return value, done, err
}

func (o *Object) canBeAsked() bool {
	if o.isHeld() || o.Vtable == native.CallableVtable {
		return false
	}
	table := (*objectVtable)(pointer(o.Vtable))
	return uintptr(table.structSize) >= unsafe.Sizeof(*table) && table.method != 0
}

// method returns a method of the object; nil if it has none.
func (o *Object) method(name string) (any, error) {
	at := o.Vtable + unsafe.Offsetof(objectVtable{}.method)
	params, rets := []TypeInfo{{Type: TypeString8}}, []TypeInfo{{Type: TypeCallable}}
	results, err := NewFunction("method", at, uintptr(unsafe.Pointer(o)), params, rets, nil).Call(name)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// Method returns the method of a foreign object as a func. Go exports names
// that begin with a capital letter; other languages may begin them with a small
// one.
func (t *FuncType[T]) Method(of *Foreign, name string) T {
	var none T
	for _, spelling := range []string{name, strings.ToLower(name[:1]) + name[1:]} {
		found, err := of.object.method(spelling)
		if err != nil {
			of.err = err
			return none
		}
		switch found := found.(type) {
		case *MetaFFICallable:
			function, err := t.imported(&found.function.base)
			if err != nil {
				of.err = err
			}
			return function
		case T:
			return found
		}
	}
	if of.err == nil {
		of.err = errorf(ErrorArgument, "the object of %s has no method %s", native.OwnerName(of.object.Owner), name)
	}
	return none
}
